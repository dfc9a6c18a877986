"""Reads and writes the log in SQL: breaks, sitting bouts, episodes, habits and posture checks.

The runtime calls it in the app (GUI thread), and so do the verbs of the command line; each thread has a journal of its
own. The log is opened at the first use. Every write is on the disk (fsync) when its call returns.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from numbguard.core.errors import JournalError
from numbguard.core.log.records.episode import OPEN_FOR, Episode
from numbguard.core.sentence import sentence, words_of
from numbguard.store.profile import Profile

from .database import OpenedLog, open_database
from .errors import DamagedDatabaseError, UnreachableDatabaseError, failure
from .file_set import (
    NameWatch,
    beside,
    identity,
    locked_folder,
    put_journal_aside,
    stamp_of,
)
from .health import HealthFile
from .rows.episodes import SELECT_EPISODE, SELECT_FORMER, read_episode
from .rows.moments import bound_us, microseconds, since_sql, until_sql
from .rows.writing import Record, writing

if TYPE_CHECKING:  # the tray icon shows before they are loaded, and `numbguard log` does without most of them
    import sqlite3

    from numbguard.core.log.day_figures import DayFigures
    from numbguard.core.log.records.answers import SignAnswer
    from numbguard.core.log.records.habits import HabitTick, PostureCheck
    from numbguard.core.log.records.sitting import BreakRecord

T = TypeVar("T")

_PAGE = 500


# A named tuple, as `numbguard log` pays for the making of each class: a dataclass takes five times as long.
class RecordVersion(NamedTuple):
    """A record as of one edit (microseconds since 1970); ``deleted``: the episode was undone."""

    record: Record
    edited_us: int
    deleted: bool = False


def now_us() -> int:
    """Return the present moment in microseconds since 1970, for dating edits."""
    return time.time_ns() // 1000


class SqliteJournal:
    """The log of a profile, in its ``numbguard.db``. The app and the verbs write to it through ``SafeJournal``."""

    def __init__(self, profile: Profile, *, patience_s: float = 1.0, migrations: Sequence[str] | None = None) -> None:
        self._profile = profile
        self._patience_s = patience_s
        self._migrations = migrations
        self._health = HealthFile(profile)
        self._opened: OpenedLog | None = None
        self._watch: NameWatch | None = None
        self._notes: list[str] = []
        self._seen: tuple[tuple[int, int] | None, int] | None = None
        """Stamp of the ``-wal`` and SQLite's data version when this process last opened the log or wrote to it."""
        self.save_lost: Callable[[sqlite3.Connection, bool], str] | None = None
        """Saves a log that was deleted, moved or replaced under this process, or whose journal was (``True``).

        Returns a sentence for the person.
        """

    # --- writing ---------------------------------------------------------------------------------------------------

    def keep(self, version: RecordVersion) -> None:
        """Write a version made just now: it is newer than the one it changes, even after the clock was set back."""
        self._put(version, only_newer=False)

    def merge(self, version: RecordVersion) -> None:
        """Write a version made at another time or place, unless the log has a newer one of that id."""
        self._put(version, only_newer=True)

    # --- reading ---------------------------------------------------------------------------------------------------

    def open_episode(self, now: datetime, *, without: Collection[str] = ()) -> Episode | None:
        """Return the open episode that began last, unless it is too old to be open. ``without``: ids to skip."""
        which = (
            "ended_us IS NULL AND end_unknown IS NOT 1"
            f" AND id NOT IN ({_marks(without)}) ORDER BY started_us DESC, n DESC"
        )
        found = self._one(which, tuple(without))
        return found if found is not None and found.is_open(now) else None

    def last_episode(self, *, without: Collection[str] = ()) -> Episode | None:
        """Return the episode logged last, whenever it began. ``without``: ids to skip."""
        return self._one(f"id NOT IN ({_marks(without)}) ORDER BY n DESC", tuple(without))

    def find_episode(self, id: str) -> Episode | None:
        """Return the episode with that id, unless it was undone."""
        return self._one("id = ?", (id,))

    def former(self, id: str) -> list[RecordVersion]:
        """Return the episode as it was before each of its edits, the latest first."""
        with self.reading() as connection:
            rows = connection.execute(f"{SELECT_FORMER} WHERE id = ? ORDER BY edited_us DESC, n DESC", (id,)).fetchall()
        records = self.read_all([row[:-2] for row in rows], read_episode)
        return [RecordVersion(one, row[-2], bool(row[-1])) for one, row in zip(records, rows, strict=True)]

    def episodes(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[Episode]:
        """Return episodes that began in ``[since, until)``, oldest first, fetched page by page.

        A bound without an offset is meant by the clock of the place where an episode was logged.
        """
        return self._pages(f"{SELECT_EPISODE} WHERE NOT deleted", read_episode, since, until)

    def picked(
        self,
        order: str,
        most: int,
        *,
        such: str = "1",
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> list[Episode]:
        """Return the first ``most`` episodes of ``[since, until)`` that meet ``such``; it and ``order`` are SQL."""
        # Find their rows first, so that regions and sensations are looked up for those alone.
        query, values = f"SELECT n FROM episodes WHERE NOT deleted AND {such}", {"most": most}
        for name, condition, moment in (("since", since_sql, since), ("until", until_sql, until)):
            if moment is not None:
                query, values[name] = f"{query} AND {condition(moment, name)}", bound_us(moment)
        with self.reading() as connection:
            which = f"{SELECT_EPISODE} WHERE n IN ({query} ORDER BY {order} LIMIT :most) ORDER BY {order}"
            rows = connection.execute(which, values).fetchall()
        return self.read_all(rows, read_episode)

    def breaks(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[BreakRecord]:
        """Return breaks that began in ``[since, until)``, oldest first, fetched page by page."""
        from .rows.breaks import SELECT_BREAK, read_break

        return self._pages(f"{SELECT_BREAK} WHERE 1", read_break, since, until)

    def habit_ticks(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[HabitTick]:
        """Return ticks made in ``[since, until)``, oldest first, fetched page by page."""
        from .rows.habits import SELECT_TICK, read_tick

        return self._pages(f"{SELECT_TICK} WHERE 1", read_tick, since, until, moment="at")

    def posture_checks(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[PostureCheck]:
        """Return checks made in ``[since, until)``, oldest first, fetched page by page."""
        from .rows.habits import SELECT_CHECK, read_check

        return self._pages(f"{SELECT_CHECK} WHERE 1", read_check, since, until, moment="at")

    def answers_about(self, ids: Collection[str]) -> list[SignAnswer]:
        """Return the answers to questions about these episodes, oldest first."""
        from .rows.answers import SELECT_ANSWER, read_answer

        found: list[Sequence[Any]] = []
        known = list(ids)
        with self.reading() as connection:
            for at in range(0, len(known), _PAGE):
                some = known[at : at + _PAGE]
                which = f"{SELECT_ANSWER} WHERE episode IN ({_marks(some)})"
                found += connection.execute(which, some).fetchall()
        return sorted(self.read_all(found, read_answer), key=lambda one: one.at)

    def day(self, start: datetime, end: datetime) -> DayFigures:
        """Return the figures of ``[start, end)``; of a bout that reaches over its edge, the part within it."""
        from numbguard.core.log.day_figures import DayFigures
        from numbguard.core.log.records.sitting import Outcome

        from .rows.breaks import BOUT_REACHES_INTO

        bounds = {"start": microseconds(start), "end": microseconds(end)}
        within = "started_us >= :start AND started_us < :end"
        with self.reading() as connection:
            counts = dict(
                connection.execute(f"SELECT outcome, count(*) FROM breaks WHERE {within} GROUP BY outcome", bounds)
            )
            (episodes,) = connection.execute(
                f"SELECT count(*) FROM episodes WHERE NOT deleted AND {within}", bounds
            ).fetchone()
            habits = dict(
                connection.execute(
                    "SELECT kind, sum(amount) FROM habit_ticks WHERE at_us >= :start AND at_us < :end GROUP BY kind",
                    bounds,
                )
            )
            seated_s, longest_s = connection.execute(
                "SELECT coalesce(sum(part), 0.0), coalesce(max(part), 0.0) FROM ("
                " SELECT seated_s * CASE WHEN ended_us > started_us THEN"
                "  CAST(min(ended_us, :end) - max(started_us, :start) AS REAL) / (ended_us - started_us)"
                "  ELSE started_us >= :start END AS part"
                f" FROM bouts WHERE {BOUT_REACHES_INTO})",
                bounds,
            ).fetchone()
        return DayFigures(
            breaks={outcome.value: int(counts.get(outcome.value, 0)) for outcome in Outcome},
            episodes=int(episodes),
            seated_s=float(seated_s),
            longest_sitting_s=float(longest_s),
            habits={str(kind): int(amount) for kind, amount in habits.items()},
        )

    def notes(self) -> tuple[str, ...]:
        """Return sentences on logs that were deleted or moved under this process and saved; usually none."""
        return tuple(self._notes)

    def close(self) -> None:
        """Close the log; the next use opens it again."""
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    # --- within ----------------------------------------------------------------------------------------------------

    def _put(self, version: RecordVersion, *, only_newer: bool) -> None:
        with self.writing() as connection:
            _write(connection, version, only_newer=only_newer)

    def _one(self, which: str, values: tuple[str, ...]) -> Episode | None:
        """Return the first episode that was not undone. ``which``: more conditions and the order, as SQL."""
        with self.reading() as connection:
            rows = connection.execute(f"{SELECT_EPISODE} WHERE NOT deleted AND {which} LIMIT 1", values).fetchall()
        return next(iter(self.read_all(rows, read_episode)), None)

    def _pages(
        self,
        select: str,
        read: Callable[[Sequence[Any]], T],
        since: datetime | None,
        until: datetime | None,
        *,
        moment: str = "started",
    ) -> Iterable[T]:
        """Read the first page now, so that an unreadable log raises here; read the others as they are needed."""
        values: dict[str, int] = {"size": _PAGE}
        if since is not None:
            select, values["since"] = f"{select} AND {since_sql(since, 'since', moment)}", bound_us(since)
        if until is not None:
            select, values["until"] = f"{select} AND {until_sql(until, 'until', moment)}", bound_us(until)
        order = f"ORDER BY {moment}_us, n LIMIT :size"

        def page(after: Sequence[Any] | None) -> list[Sequence[Any]]:
            with self.reading() as connection:
                if after is None:
                    return connection.execute(f"{select} {order}", values).fetchall()
                further = f"{select} AND {moment}_us >= :us AND ({moment}_us > :us OR n > :n) {order}"
                return connection.execute(further, {**values, "n": after[0], "us": after[1]}).fetchall()

        def rest(rows: list[Sequence[Any]]) -> Iterator[T]:
            # No statement stays open between pages: a slow reader must not hold up a checkpoint.
            while len(rows) == _PAGE:
                rows = page(rows[-1])
                yield from self.read_all(rows, read)

        first = page(None)
        return chain(self.read_all(first, read), rest(first))

    def read_all(self, rows: list[Sequence[Any]], read: Callable[[Sequence[Any]], T]) -> list[T]:
        """Read records from rows; raise ``DamagedDatabaseError`` for a value that NumbGuard does not write."""
        try:
            return [read(row) for row in rows]
        except (ValueError, TypeError, OverflowError, AttributeError) as error:
            raise DamagedDatabaseError(
                sentence(
                    "An entry in the log {database} can't be understood ({error}). It was not changed. "
                    "Run “numbguard repair”: it puts the whole log aside and keeps every entry that can be read.",
                    database=self._profile.database,
                    error=error,
                )
            ) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Run a block as one transaction, on the disk when the block ends.

        The log and its journal are known by their identity, before and after: an entry committed to a file that has
        lost its name is not written.
        """
        self._leave_if_changed(self._have_open())
        self._leave_if_touched(self._have_open())
        with self._using() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        if self._opened is not None:
            if self._leave_if_changed(self._opened):
                raise UnreachableDatabaseError(
                    sentence(
                        "The log {database} was moved or deleted while an entry was written to it. "
                        "The entry is written again to the log that is there now.",
                        database=self._profile.database,
                    )
                )
            self._remember_journal(self._opened.connection)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the open log for a query; errors in the block are raised as ``JournalError``."""
        try:
            with self._using() as connection:
                yield connection
        finally:
            # Nobody can move a file of Windows that is open, and a damaged log has to be moved to be repaired.
            if sys.platform == "win32" and self._health.trouble is not None:
                self.close()

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        """Give the open log; close it after any failure, so that the next use opens it afresh."""
        import sqlite3

        opened = self._have_open()
        try:
            yield opened.connection
        except (sqlite3.Error, OSError, UnicodeError) as error:
            self.close()
            raise failure(error, self._profile) from error

    def _have_open(self) -> OpenedLog:
        if self._opened is not None and identity(self._profile.database) != self._opened.file:
            self._leave_if_changed(self._opened)
        if self._opened is None:
            self._opened = open_database(self._profile, patience_s=self._patience_s, migrations=self._migrations)
            self._watch = NameWatch(self._profile.database)
            self._remember_journal(self._opened.connection)
        return self._opened

    def leave_if_changed(self) -> None:
        """Close the log if other files, or none, are at its paths now; what only this process had is saved first."""
        if self._opened is not None:
            self._leave_if_changed(self._opened)

    def _leave_if_changed(self, opened: OpenedLog) -> bool:
        log = self._profile.database
        journal = beside(log)[0]
        has_own_journal = opened.journal is not None and identity(journal) == opened.journal
        if identity(log) == opened.file:
            if identity(journal) == opened.journal:
                return False
            self._rescue(opened, journal=True)
        elif self._profile.folder.is_dir():
            # A restore or a repair has put log and journal aside together. Where the journal stayed behind, or the log
            # has no name any more, this connection alone has all entries.
            if has_own_journal or (self._watch is not None and self._watch.is_deleted()):
                self._rescue(opened, journal=False)
            with suppress(OSError), locked_folder(self._profile.folder):
                # SQLite would replay it into the log that is there now. A folder at that path is not a log: while it is
                # there, the journal waits beside it for its own log to return.
                if has_own_journal and log.is_file() and identity(journal) == opened.journal:
                    put_journal_aside(log, self._profile.backups)
        self.close()
        return True

    def _leave_if_touched(self, opened: OpenedLog) -> None:
        """Save and close the log if another program has written into its journal, which SQLite does not notice.

        SQLite would go on writing to it, and after a restart read no further than the first frame that is not its own.
        """
        journal = beside(self._profile.database)[0]
        if self._seen is None or stamp_of(journal) == self._seen[0]:
            return
        with self._using() as connection:
            connection.execute("BEGIN IMMEDIATE")  # no other process is writing from here on
            try:
                is_touched = stamp_of(journal) != self._seen[0] and _data_version(connection) == self._seen[1]
            finally:
                connection.execute("ROLLBACK")
        if is_touched:
            self._rescue(opened, journal=True)
            self.close()
        else:
            self._remember_journal(opened.connection)

    def _remember_journal(self, connection: sqlite3.Connection) -> None:
        import sqlite3

        try:
            # In this order: of a commit in between, the version must not be the newer of the two.
            version = _data_version(connection)
            self._seen = stamp_of(beside(self._profile.database)[0]), version
        except sqlite3.Error as error:
            self.close()
            raise failure(error, self._profile) from error

    def _rescue(self, opened: OpenedLog, *, journal: bool) -> None:
        import sqlite3

        if self.save_lost is None or opened.is_copy:
            return
        try:
            self._notes.append(self.save_lost(opened.connection, journal))
        except (sqlite3.Error, OSError, UnicodeError) as error:
            self._notes.append(
                sentence(
                    "{reason} What was written since the last start may be lost.",
                    reason=words_of(failure(error, self._profile)),
                )
            )
        except JournalError as error:
            self._notes.append(
                sentence("{reason} What was written since the last start may be lost.", reason=words_of(error))
            )


def _data_version(connection: sqlite3.Connection) -> int:
    """Return a number that changes when another connection has written to the log."""
    (version,) = connection.execute("PRAGMA data_version").fetchone()
    return int(version)


def can_end(episode: Episode, at: datetime) -> bool:
    """Whether *It's gone* can end it: it is open, or began within hours without its end being known."""
    return episode.ended_at is None and (not episode.end_unknown or at - episode.started_at < OPEN_FOR)


def ended_form(episode: Episode, at: datetime, relief: str | None = None) -> Episode:
    """Return the episode with its end, which is never before its beginning (that may be later than ``at``).

    ``relief``: what helped; the time it took is added.
    """
    ended_at = max(at, episode.started_at)
    if relief is None:
        return replace(episode, ended_at=ended_at)
    after_s = (ended_at - episode.started_at).total_seconds()
    return replace(episode, ended_at=ended_at, relief=relief, relief_after_s=after_s)


def put_version(connection: sqlite3.Connection, version: RecordVersion) -> None:
    """Write a version within the caller's transaction, unless the log has a newer one."""
    _write(connection, version, only_newer=True)


def _write(connection: sqlite3.Connection, version: RecordVersion, *, only_newer: bool) -> None:
    record = version.record
    (insert, update), values = writing(
        record, edited_us=version.edited_us, deleted=version.deleted, only_newer=only_newer
    )
    kept = connection.execute(insert, values).fetchall() or connection.execute(update, values).fetchall()
    if not kept or not isinstance(record, Episode):
        return
    ((n,),) = kept
    connection.execute("DELETE FROM episode_regions WHERE episode = ?", (n,))
    connection.executemany(
        "INSERT INTO episode_regions (episode, place, region, side) VALUES (?, ?, ?, ?)",
        [
            (n, place, site.region.value, site.side.value if site.side else None)
            for place, site in enumerate(record.sites)
        ],
    )
    connection.execute("DELETE FROM episode_sensations WHERE episode = ?", (n,))
    connection.executemany(
        "INSERT INTO episode_sensations (episode, place, sensation) VALUES (?, ?, ?)",
        [(n, place, word.value) for place, word in enumerate(record.sensations)],
    )


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))
