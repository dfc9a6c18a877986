"""The only owner of the episodes in the running app: logs, ends, corrects, removes and restores them. No Qt.

The app creates it on the GUI thread; the tray, the panel, windows and the socket all call it. When a call returns, its
change is on the disk or queued to be retried, and each watcher has been called once. The log keeps the state of an
episode before each edit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Protocol

from numbguard.core.errors import JournalError
from numbguard.core.log.records import Context, Episode, EpisodeEnd, SignAnswer

from .ids import new_id as random_id

if TYPE_CHECKING:
    from numbguard.core.breaks.instant import Instant
    from numbguard.core.breaks.snapshot import Snapshot
    from numbguard.core.log.advice import Advice
    from numbguard.core.log.red_flags import WarningSign
    from numbguard.core.log.relief import ReliefMethod

_MAX_STEPS = 100
"""Number of changes that can be undone, one after the other."""
_UNDO_FOR_S = 600.0
"""Seconds for which the tray and the panel offer to undo a change."""
_LOOK_BACK = timedelta(days=60)
"""Greatest age of an episode whose answers are offered again."""
_SAME_MOMENT_S = 60.0
"""An episode that began within this many seconds of now records the present state at the desk."""


class EpisodeLog(Protocol):
    """The episodes in the log. A write is durable when its call returns; any call may raise ``JournalError``."""

    def add_episode(self, episode: Episode) -> None:
        """Store an episode; replaces one with the same id."""

    def end_episode(self, id: str | None, at: datetime, *, relief: str | None = None) -> Episode | None:
        """End the open episode that began last, or the one with ``id``; returns it, or ``None`` if there is none.

        ``relief`` is what helped; it is stored with the time it took.
        """

    def undo_episode(self, id: str | None) -> Episode | None:
        """Remove the episode logged last, or the one with ``id``; returns it, or ``None`` if there is none."""

    def open_episode(self, now: datetime) -> Episode | None: ...

    def find_episode(self, id: str) -> Episode | None: ...

    def episodes(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[Episode]: ...

    def add_sign_answer(self, answer: SignAnswer) -> None: ...

    def answers_about(self, ids: Collection[str]) -> list[SignAnswer]: ...


class Desk(Protocol):
    """The clock and the engine's view of the present; the runtime implements both."""

    def now(self) -> Instant: ...

    def moment(self) -> Snapshot:
        """Return the present state, such as how long the person has been sitting, with the clocks up to date."""


class EpisodeRemovedError(JournalError):
    """The episode to be changed is no longer in the log."""


class EpisodeChangedError(JournalError):
    """Something else has changed the episode since the change to be undone."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one episode; ``None`` before or after means that it is not in the log."""

    id: str
    before: Episode | None
    after: Episode | None
    at: Instant
    """When the change was made."""

    @property
    def ends_it(self) -> bool:
        """Whether the episode was open in the log and no longer is."""
        return _is_open(self.before) and not _is_open(self.after)


class EpisodeBook:
    """Implements ``core.ports.EpisodeControls``. Until ``reread`` has read the log, no episode counts as open."""

    def __init__(
        self,
        log: EpisodeLog,
        desk: Desk,
        *,
        new_id: Callable[[], str] = random_id,
        help_number: Callable[[], str] = lambda: "",
        zone: tzinfo | None = None,
    ) -> None:
        """``help_number`` returns the emergency number in the settings; ``zone`` knows the UTC offset of other days."""
        self._log = log
        self._desk = desk
        self._new_id = new_id
        self._help_number = help_number
        self._zone = zone
        self._watchers: list[Callable[[Change | None], None]] = []
        self._steps: list[Change] = []
        self._logged: str | None = None
        """The id of the episode that ``log_numbness`` wrote last."""
        self._open: Episode | None = None

    def now(self) -> datetime:
        return self._desk.now().wall

    def local_now(self) -> datetime:
        """Return the present time, in ``zone`` if one was given, so that it converts to other days correctly."""
        return self.now().astimezone(self._zone) if self._zone else self.now()

    def watch(self, changed: Callable[[Change | None], None]) -> Callable[[], None]:
        """Call ``changed`` once after each change; returns a function that ends the watch.

        ``changed`` receives ``None`` if something else has written to the log or emptied it.
        """
        self._watchers.append(changed)
        return lambda: self._watchers.remove(changed)

    # --- logging and ending an episode ---------------------------------------------------------------------------

    def blank(self) -> Episode:
        """Return a new episode that starts now and is not in the log yet."""
        return Episode(self._new_id(), self.now())

    def log_numbness(self, given: Episode | None = None) -> Episode:
        """Write an episode before asking anything; ``given`` is an episode with details given on the command line.

        An episode that begins now records the present state at the desk as its context. Raises ``JournalError``.
        """
        moment = self._desk.moment()
        episode = given or Episode(self._new_id(), moment.at.wall)
        if abs((moment.at.wall - episode.started_at).total_seconds()) < _SAME_MOMENT_S:
            context = Context(moment.seated_s, moment.since_break_s, moment.skipped_today, moment.seat)
            episode = replace(episode, context=context)
        self._log.add_episode(episode)
        self._logged = episode.id
        self._made(Change(episode.id, None, episode, moment.at))
        return episode

    @property
    def open_episode(self) -> Episode | None:
        """The open episode that began last, as of the last change or ``reread``; not one too old to be open."""
        return self._open if self._open is not None and self._open.is_open(self.now()) else None

    def end(self, id: str | None = None) -> Episode | None:
        """End the open episode that began last, or the one with ``id``; returns it, or ``None`` if there is none.

        It ends now; an episode that has ended already stays as it is. Raises ``JournalError``.
        """
        return self._end(id, None)

    def end_with_relief(self, id: str, relief: ReliefMethod | None) -> Episode | None:
        """End the episode, and record what helped, if the person knows. Raises ``JournalError``."""
        return self._end(id, relief)

    def _end(self, id: str | None, relief: ReliefMethod | None) -> Episode | None:
        now = self._desk.now()
        before = self._log.find_episode(id) if id is not None else None
        ended = self._log.end_episode(id, now.wall, relief=relief and relief.value)
        if ended is None or ended == before:
            return ended
        # An end is not a step of its own: Undo reverts the logging or the details, even after the episode has ended.
        self._steps = _with_end(self._steps, ended)
        self._announce(Change(ended.id, before or _without_end(ended), ended, now))
        return ended

    # --- details added later -------------------------------------------------------------------------------------

    def last_with_details(self, before: Episode) -> Episode | None:
        """Return the latest other episode with more than its time; ``None`` if there is none or on a log error."""
        try:
            found = list(self._log.episodes(since=self.now() - _LOOK_BACK, until=self.now() + timedelta(minutes=1)))
        except JournalError:
            return None
        described = (one for one in reversed(found) if one.sites or one.sensations or one.posture or one.leg)
        return next((one for one in described if one.id != before.id), None)

    def add_details(self, episode: Episode) -> Episode:
        """Store the details of an episode just logged; an end recorded meanwhile stays.

        Raises ``TakenBackError`` if the episode has been removed meanwhile, and ``JournalError``.
        """
        return self.keep(_ended_as(episode, self._current(episode.id)))

    def correct(self, episode: Episode) -> Episode:
        """Store the corrected form of an episode and recalculate the time until relief from its end.

        Raises ``TakenBackError`` if the episode has been removed meanwhile, and ``JournalError``.
        """
        self._current(episode.id)
        if episode.relief is not None and episode.ended_at is not None:
            episode = replace(episode, relief_after_s=(episode.ended_at - episode.started_at).total_seconds())
        elif episode.ended_at is None:
            relief = episode.relief if episode.end_unknown else None
            episode = replace(episode, relief=relief, relief_after_s=None)
        return self.keep(episode)

    def keep(self, episode: Episode) -> Episode:
        """Write an episode, whether new, changed or restored; raises ``JournalError``."""
        known, before = True, None
        try:
            before = self._log.find_episode(episode.id)
        except JournalError:
            known = False  # The change cannot be undone; the episode is kept all the same, to be written later.
        self._log.add_episode(episode)
        self._made(Change(episode.id, before, episode, self._desk.now()), undoable=known)
        return episode

    # --- removal and undo------------------------------------------------------------------------------------------

    def remove(self, id: str | None = None) -> Episode | None:
        """Remove the episode logged last, or the one with ``id``; returns it, or ``None`` if there is none.

        ``keep`` restores it. Raises ``JournalError``.
        """
        taken = self._log.undo_episode(id)
        if taken is not None:
            self._made(Change(taken.id, taken, None, self._desk.now()))
        return taken

    @property
    def can_undo(self) -> bool:
        return bool(self._steps)

    def undo(self) -> tuple[Episode | None, Episode | None]:
        """Undo the last change made through the book; returns the episode as it was before and after the undoing.

        ``None`` in either place means that it is not in the log. Call it only if ``can_undo``. Raises
        ``ChangedSinceError`` if something else has changed that episode since, and drops that step; and
        ``JournalError``.
        """
        step = self._steps[-1]
        if self._log.find_episode(step.id) != step.after:
            self._steps.pop()
            self._announce(None)
            raise EpisodeChangedError("That episode has been changed since. It was left as it is.")
        if step.before is not None:
            self._log.add_episode(step.before)
        else:
            self._log.undo_episode(step.id)
        self._steps.pop()
        self._announce(Change(step.id, step.after, step.before, self._desk.now()))
        return step.after, step.before

    def undoable(self, now: Instant) -> Change | None:
        """Return the change that *Undo* in the tray and the panel reverts, or ``None``.

        That is the last change of all, if it logged the episode logged last or added to it and is less than ten minutes
        old.
        """
        step = self._last_of_logged()
        return step if step is not None and now.mono - step.at.mono < _UNDO_FOR_S else None

    def undo_last(self) -> Episode | None:
        """Undo the change that ``undoable`` describes, at any age; returns the episode as it was before the undoing.

        If other episodes have been changed since, remove the episode logged last as a whole. Returns ``None`` if there
        is no such episode. Raises ``JournalError``.
        """
        if self._last_of_logged() is not None:
            return self.undo()[0]
        return self.remove(self._logged) if self._logged is not None else None

    def _last_of_logged(self) -> Change | None:
        step = self._steps[-1] if self._steps else None
        return step if step is not None and step.id == self._logged and step.after is not None else None

    # --- other changes of the log --------------------------------------------------------------------------------

    def reread(self) -> None:
        """Read the log again after something else has written to it."""
        self._announce(None)

    def forget(self) -> None:
        """Drop every step after everything was deleted, so that no undo brings an episode back."""
        self._steps.clear()
        self._logged = None
        self._announce(None)

    def _made(self, change: Change, *, undoable: bool = True) -> None:
        if undoable and change.before != change.after:
            self._steps = [*self._steps, change][-_MAX_STEPS:]
        self._announce(change)

    def _announce(self, change: Change | None) -> None:
        self._open = self._log.open_episode(self.now())
        for watcher in tuple(self._watchers):
            watcher(change)

    # --- advice from the guide -----------------------------------------------------------------------------------

    def advice(self, episode: Episode, answers: Mapping[WarningSign, bool]) -> Advice:
        """Return advice on an episode, based on the episode, on those of the weeks before it, and on the answers."""
        from numbguard.core.log.advice import FORTNIGHT, STRENGTHS, STRENGTHS_BACK, EpisodePattern, advise, pattern

        began = episode.started_at
        try:
            others = list(self._log.episodes(since=began - 2 * FORTNIGHT, until=began))
            if sum(other.severity is not None for other in others) < STRENGTHS:
                others += self._log.episodes(since=began - STRENGTHS_BACK, until=began - 2 * FORTNIGHT)
            before = pattern(episode, others)
        except JournalError:
            before = EpisodePattern()  # Advise on the episode alone.
        return advise(episode, before, now=self.now(), answers=answers, number=self._help_number())

    def answers(self, episode: Episode) -> dict[WarningSign, bool]:
        """Return the answers so far to today's questions about an episode; empty if the log cannot be read."""
        return {one.sign: one.present for one in self.answers_about(episode) if one.counts}

    def answers_about(self, episode: Episode) -> list[SignAnswer]:
        """Return every answer so far about an episode, oldest first; empty if the log cannot be read."""
        try:
            return self._log.answers_about([episode.id])
        except JournalError:
            return []

    def answer(self, episode: Episode, sign: WarningSign, *, present: bool) -> None:
        """Store the answer to a question; a later answer replaces an earlier one. Raises ``JournalError``."""
        # All answers to one question share an id, on whichever computer they were given.
        id = f"{episode.id}.{sign.value}"
        self._log.add_sign_answer(SignAnswer(id, self.now(), episode.id, sign, present, sign.version))

    def contains(self, id: str) -> bool:
        """Whether the episode is in the log; also ``True`` if the log cannot be read, since that proves nothing."""
        try:
            return self._log.find_episode(id) is not None
        except JournalError:
            return True

    def _current(self, id: str) -> Episode:
        current = self._log.find_episode(id)
        if current is None:
            raise EpisodeRemovedError("This episode has been taken back meanwhile. Nothing was kept.")
        return current


def _is_open(episode: Episode | None) -> bool:
    return episode is not None and episode.end is EpisodeEnd.OPEN


def _without_end(episode: Episode) -> Episode:
    return replace(episode, ended_at=None, end_unknown=False, relief=None, relief_after_s=None)


def _ended_as(episode: Episode, other: Episode) -> Episode:
    """Return the episode with the end of another form of it, which may be none."""
    return replace(
        episode,
        ended_at=other.ended_at,
        end_unknown=other.end_unknown,
        relief=other.relief,
        relief_after_s=other.relief_after_s,
    )


def _with_end(steps: list[Change], ended: Episode) -> list[Change]:
    """Return the steps as if the episode had already ended when its last steps were made."""
    found = list(steps)
    for place in reversed(range(len(found))):
        step = found[place]
        if step.id != ended.id:
            continue
        if step.after is None or not _is_open(step.after):
            break
        before = _ended_as(step.before, ended) if step.before is not None and _is_open(step.before) else step.before
        found[place] = replace(step, before=before, after=_ended_as(step.after, ended))
        if before is step.before:
            break
    return found
