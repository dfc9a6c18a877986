"""Keeps entries that the log cannot take in a spool, reports them, and writes them as soon as that works.

The runtime and the verbs of the command line write through ``SafeJournal``, on the thread of its journal. A record that
could not be written is kept in memory and in ``unwritten.jsonl`` in the profile, one version a line, where another
process or the next start finds it. Writing one twice changes nothing: the newest version of an id wins.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from numbguard.core.errors import JournalError
from numbguard.core.log.records.episode import Episode, EpisodeEnd
from numbguard.core.sentence import counted, sentence, words_of
from numbguard.store.profile import UNWRITTEN, Profile

from ..errors import DamagedDatabaseError, UnreachableDatabaseError
from ..health import HealthFile
from ..journal import RecordVersion, SqliteJournal, can_end, ended_form, now_us
from ..rows.moments import is_since
from ..rows.writing import began
from .spool import Spool

if TYPE_CHECKING:  # imported late: the tray icon shows before they are, and `numbguard log` does without them
    import sqlite3

    from numbguard.core.log.day_figures import DayFigures
    from numbguard.core.log.records.answers import SignAnswer
    from numbguard.core.log.records.habits import HabitTick, PostureCheck
    from numbguard.core.log.records.sitting import BreakRecord, SittingBout

R = TypeVar("R", Episode, "BreakRecord", "HabitTick", "PostureCheck", "SignAnswer")

Key = tuple[type, str]


class SafeJournal:
    """A ``Journal`` with a spool; ``note`` says what is not in the log yet, and why.

    ``JournalError`` is raised only by ``episodes``, ``breaks`` and ``day`` on a log that cannot be read, and by
    ``end_episode`` and ``undo_episode`` when such a log hides which episode is meant.
    """

    def __init__(self, journal: SqliteJournal, profile: Profile) -> None:
        self._journal = journal
        self._journal.save_lost = self._save_lost
        self._profile = profile
        self._health = HealthFile(profile)
        self._spool = Spool(profile.unwritten)
        self._pending: dict[Key, RecordVersion] = {}
        self._only_here: set[Key] = set()
        """Versions that could not be written to the spool either."""
        self.why = ""
        """Why an entry could not be written the last time, as a sentence."""
        self._retrying = False
        self._unread: JournalError | None = None
        """Why the log could not be read at the last attempt."""
        self._open: Episode | None = None
        self._last: Episode | None = None
        """The episodes begun and logged last, for when the log cannot be read."""

    # --- entries that are not in the log yet --------------------------------------------------------------------------

    def pending(self) -> int:
        """Return the number of records that are not in the log yet."""
        self._look()
        return len(self._pending)

    def retry(self) -> int:
        """Try again to write pending records; return how many were written. To be called now and then."""
        self._retrying = True
        try:
            self._look()
            written = self._write_pending()
            if self._unread:
                self.last_episode()
            return written
        finally:
            self._retrying = False

    @property
    def only_in_memory(self) -> bool:
        """Whether an entry would be lost with this process: neither the log nor the spool has it."""
        return bool(self._only_here)

    def note(self) -> str | None:
        """Return a sentence while an entry is not in the log, or the log is damaged or unreadable; else ``None``."""
        self._look()
        if not self._pending:
            return self._health.trouble or (words_of(self._unread) if self._unread else None)
        # Translators: {entries} is “2 episodes and 1 habit or posture check”.
        said = (
            sentence(
                "Not in the log yet: {entries}, only held while NumbGuard is running. Don't quit until this is fixed.",
                entries=self._counted(),
            )
            if self._only_here
            else sentence(
                "Not in the log yet: {entries}, kept in {file} and written as soon as possible.",
                entries=self._counted(),
                file=UNWRITTEN,
            )
        )
        # Translators: two sentences; {reason} says why the entries are not in the log.
        return sentence("{waiting} {reason}", waiting=said, reason=self.why) if self.why else said

    def notes(self) -> tuple[str, ...]:
        """Return every sentence on the state of the log for the person."""
        notes = self.note(), self._spool.note()  # in this order: the first looks at the spool
        return (*self._journal.notes(), *(note for note in notes if note))

    def forget(self) -> None:
        """Drop all pending entries and close the log, before everything is deleted."""
        self._pending.clear()
        self._only_here.clear()
        self._open = self._last = self._unread = None
        self._spool.forget()
        self.close()

    def close(self) -> None:
        """Close the log; the next use opens it again."""
        self._journal.close()

    # --- writing -----------------------------------------------------------------------------------------------------

    def keep_break(self, record: BreakRecord) -> None:
        self._change(RecordVersion(record, now_us()))

    def keep_bout(self, bout: SittingBout) -> None:
        self._change(RecordVersion(bout, now_us()))

    def add_episode(self, episode: Episode) -> None:
        self._change(RecordVersion(episode, now_us()))
        self._last = episode
        if episode.end is EpisodeEnd.OPEN:
            self._open = episode

    def add_tick(self, tick: HabitTick) -> None:
        self._change(RecordVersion(tick, now_us()))

    def add_posture_check(self, check: PostureCheck) -> None:
        self._change(RecordVersion(check, now_us()))

    def add_sign_answer(self, answer: SignAnswer) -> None:
        self._change(RecordVersion(answer, now_us()))

    def end_episode(self, id: str | None, at: datetime, *, relief: str | None = None) -> Episode | None:
        """As the journal does; raises ``JournalError`` only where an unreadable log hides the episode."""
        episode = self._target(id, lambda: self.open_episode(at))
        if episode is None or not can_end(episode, at):
            return episode
        ended = ended_form(episode, at, relief)
        self._change(RecordVersion(ended, now_us()))
        self._forget(ended.id)
        return ended

    def undo_episode(self, id: str | None) -> Episode | None:
        """As the journal does; raises ``JournalError`` only where an unreadable log hides the episode."""
        episode = self._target(id, self.last_episode)
        if episode is not None:
            self._change(RecordVersion(episode, now_us(), deleted=True))
            self._forget(episode.id)
        return episode

    # --- reading -----------------------------------------------------------------------------------------------------

    def open_episode(self, now: datetime) -> Episode | None:
        """Return the open episode that began last, unless it is too old to be open."""
        waiting = [one for one in self._waiting(Episode) if one.is_open(now)]
        found = self._latest(waiting, partial(self._journal.open_episode, now), self._open)
        self._open = found
        return found if found is not None and found.is_open(now) else None

    def find_episode(self, id: str) -> Episode | None:
        """Return the episode with that id, unless it was undone; raise ``JournalError`` for an unreadable log."""
        return self._target(id, lambda: None)

    def last_episode(self) -> Episode | None:
        self._last = self._latest(self._waiting(Episode), self._journal.last_episode, self._last)
        return self._last

    def episodes(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[Episode]:
        return self._with_waiting(self._journal.episodes, Episode, since, until)

    def breaks(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[BreakRecord]:
        from numbguard.core.log.records.sitting import BreakRecord

        return self._with_waiting(self._journal.breaks, BreakRecord, since, until)

    def habit_ticks(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[HabitTick]:
        from numbguard.core.log.records.habits import HabitTick

        return self._with_waiting(self._journal.habit_ticks, HabitTick, since, until)

    def posture_checks(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[PostureCheck]:
        from numbguard.core.log.records.habits import PostureCheck

        return self._with_waiting(self._journal.posture_checks, PostureCheck, since, until)

    def answers_about(self, ids: Collection[str]) -> list[SignAnswer]:
        """Return the answers to questions about these episodes, oldest first."""
        from numbguard.core.log.records.answers import SignAnswer

        wanted = set(ids)
        waiting = [one for one in self._waiting(SignAnswer) if one.episode in wanted]
        pending = {one.id for one in waiting}
        found = [one for one in self._journal.answers_about(wanted) if one.id not in pending]
        return sorted([*found, *waiting], key=lambda one: one.at)

    def day(self, start: datetime, end: datetime) -> DayFigures:
        """Return the figures of the log; of pending entries, habits are included."""
        from numbguard.core.log.records.habits import HabitTick

        try:
            found = self._journal.day(start, end)
        except JournalError as error:
            self._unread = error
            raise
        habits = dict(found.habits)
        for tick in self._waiting(HabitTick):
            if start <= tick.at < end:
                habits[tick.kind.value] = habits.get(tick.kind.value, 0) + tick.amount
        return replace(found, habits=habits)

    # --- within ------------------------------------------------------------------------------------------------------

    def _write_pending(self) -> int:
        written = 0
        for key, version in list(self._pending.items()):
            try:
                self._refuse_damaged()
                self._journal.merge(version)
            except JournalError as error:
                self.why = words_of(error)
                if isinstance(error, UnreachableDatabaseError):
                    continue  # the cause may be this entry alone
                break
            self._settle(key)
            written += 1
        if not self._pending:
            self._spool.empty()
        for key in list(self._only_here):
            if self._spool.add(self._pending[key]):
                self._only_here.discard(key)
        return written

    def _counted(self) -> str:
        from numbguard.core.log.records.answers import SignAnswer
        from numbguard.core.log.records.habits import HabitTick, PostureCheck
        from numbguard.core.log.records.sitting import BreakRecord, SittingBout

        live = [kind for (kind, _), version in self._pending.items() if not version.deleted]
        episodes = live.count(Episode)
        moves = live.count(BreakRecord) + live.count(SittingBout)
        checks = live.count(HabitTick) + live.count(PostureCheck)
        answers, undone = live.count(SignAnswer), len(self._pending) - len(live)
        counts = (
            counted("{count} episode", "{count} episodes", episodes),
            counted("{count} break or sitting bout", "{count} breaks and sitting bouts", moves),
            counted("{count} habit or posture check", "{count} habits and posture checks", checks),
            counted("{count} answer about a sign", "{count} answers about signs", answers),
            counted("{count} episode undone", "{count} episodes undone", undone),
        )
        first, *further = (one for one in counts if one.number)
        for one in further:
            first = sentence("{entries} and {more}", entries=first, more=one)
        return first

    def _change(self, version: RecordVersion) -> None:
        self._look()
        key = _key(version)
        try:
            self._refuse_damaged()
            self._journal.keep(version)
        except JournalError as error:
            self.why = words_of(error)
            self._pending.pop(key, None)
            self._pending[key] = version
            if self._spool.add(version):
                self._only_here.discard(key)
            else:
                self._only_here.add(key)
            return
        self._unread = None
        was_pending = bool(self._pending)
        self._settle(key)
        if was_pending:
            self.retry()

    def _refuse_damaged(self) -> None:
        """Raise while the log is known to be damaged: what is written to it then may be lost with it."""
        if self._health.trouble is None:
            return
        self._journal.leave_if_changed()  # a log that another process misses may be open here, and be saved
        if trouble := self._health.trouble:
            raise DamagedDatabaseError(trouble)

    def _save_lost(self, connection: sqlite3.Connection, journal: bool) -> str:
        from ..recovery.repair import save_lost

        log = self._profile.database
        in_place = journal or not log.exists()
        copy, report = save_lost(self._profile, connection, at=datetime.now().astimezone(), in_place=in_place)
        if copy is None:
            return sentence(
                "The journal of the log {log} was changed by another program while NumbGuard was running. {report}",
                log=log,
                report=report,
            )
        if in_place:
            lost = (
                sentence("The journal of the log {log} was changed or deleted while NumbGuard was running.", log=log)
                if journal
                else sentence("The log {log} was moved or deleted while NumbGuard was running.", log=log)
            )
            return sentence(
                "{lost} NumbGuard wrote it again from what it had open, and nothing is lost; a copy is {copy}. To "
                "delete your entries, use “Delete everything”.",
                lost=lost,
                copy=copy,
            )
        return sentence(
            "The log {log} was replaced while NumbGuard was running. NumbGuard now uses the new one. What the "
            "old one contained is kept as {copy}; run “numbguard restore {name}” to bring it back.",
            log=log,
            copy=copy,
            name=copy.name,
        )

    def _settle(self, key: Key) -> None:
        self._pending.pop(key, None)
        self._only_here.discard(key)

    def _look(self) -> None:
        """Read the spool, left by an earlier run or by another process, and try to write it to the log."""
        found = False
        for version in self._spool.news():
            key = _key(version)
            known = self._pending.get(key)
            if known is None or known.edited_us < version.edited_us:
                self._pending[key] = version
                found = True
        if found and not self._retrying:
            self.retry()
        elif not self._pending and self._spool.has_broken:
            self._spool.empty()

    def _target(self, id: str | None, otherwise: Callable[[], Episode | None]) -> Episode | None:
        self._look()
        if id is None:
            found = otherwise()
        elif version := self._pending.get((Episode, id)):
            return version.record if isinstance(version.record, Episode) and not version.deleted else None
        else:
            known = next((one for one in (self._open, self._last) if one is not None and one.id == id), None)
            found = self._read(lambda: self._journal.find_episode(id), known)
        if found is None and self._unread:
            raise self._unread
        return found

    def _read(self, read: Callable[[], Episode | None], known: Episode | None) -> Episode | None:
        """Return the log's answer, or ``known`` where the log cannot be read."""
        try:
            found = read()
        except JournalError as error:
            self._unread = error
            return known
        self._unread = None
        return found

    def _forget(self, id: str) -> None:
        self._open, self._last = (None if one is not None and one.id == id else one for one in (self._open, self._last))

    def _waiting(self, kind: type[R]) -> list[R]:
        self._look()
        return [
            version.record
            for version in self._pending.values()
            if isinstance(version.record, kind) and not version.deleted
        ]

    def _latest(
        self, waiting: list[Episode], read: Callable[..., Episode | None], known: Episode | None
    ) -> Episode | None:
        taken = {id for kind, id in self._pending if kind is Episode}
        found = self._read(lambda: read(without=taken), None if known is None or known.id in taken else known)
        candidates = waiting if found is None else [found, *waiting]
        return max(candidates, key=lambda one: one.started_at, default=None)

    def _with_waiting(
        self, read: Callable[..., Iterable[R]], kind: type[R], since: datetime | None, until: datetime | None
    ) -> Iterable[R]:
        waiting = [  # first, because this may write them
            one
            for one in self._waiting(kind)
            if (since is None or is_since(began(one), since)) and (until is None or not is_since(began(one), until))
        ]
        kept, taken = read(since=since, until=until), {id for of, id in self._pending if of is kind}
        if not taken:
            return kept
        waiting.sort(key=began)
        import heapq

        return heapq.merge((one for one in kept if one.id not in taken), waiting, key=began)


def _key(version: RecordVersion) -> Key:
    return type(version.record), version.record.id
