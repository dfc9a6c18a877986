"""The one owner of the episodes in the running app: it logs, ends, corrects, takes back and undoes. No Qt.

Made by the app, on the GUI thread; the tray, the panel, windows and the socket all ask it. Each change is on the disk,
or kept to be written again, when its call returns, and is announced once to those who watch. The log keeps what an
episode was before each edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Protocol

from numbguard.core.errors import JournalError
from numbguard.core.log.records import Context, Episode, SignAnswer

from .ids import new_id as random_id

if TYPE_CHECKING:
    from numbguard.core.breaks.instant import Instant
    from numbguard.core.breaks.snapshot import Snapshot
    from numbguard.core.log.advice import Advice
    from numbguard.core.log.red_flags import WarningSign
    from numbguard.core.log.relief import ReliefMethod

_MOST_STEPS = 100
"""Changes that can be undone, one after the other."""
_UNDO_FOR_S = 600.0
"""How long the tray and the panel offer to take a change back."""
_LOOK_BACK = timedelta(days=60)
"""How far back an episode may lie for its answers to be offered again."""
_SAME_MOMENT_S = 60.0
"""An episode that began no further from now than this is given the present moment at the desk."""


class EpisodeLog(Protocol):
    """The part of the log that holds episodes. A write is durable when its call returns; any may raise
    ``JournalError``."""

    def add_episode(self, episode: Episode) -> None:
        """Keep an episode, or the corrected form of one with the same id."""

    def end_episode(self, id: str | None, at: datetime, *, relief: str | None = None) -> Episode | None:
        """End the open episode begun last, or that one; gives it as it now is, or ``None`` when there is none.

        ``relief``: what helped, kept with the time it took.
        """

    def undo_episode(self, id: str | None) -> Episode | None:
        """Take back the episode logged last, or that one; gives it, or ``None`` when there is none."""

    def open_episode(self) -> Episode | None: ...

    def find_episode(self, id: str) -> Episode | None: ...

    def episodes(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[Episode]: ...

    def add_sign_answer(self, answer: SignAnswer) -> None: ...

    def sign_answers(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[SignAnswer]: ...


class Desk(Protocol):
    """The clock, and what the engine knows of the present moment; the runtime has both."""

    def now(self) -> Instant: ...

    def moment(self) -> Snapshot:
        """The present moment, with the clocks brought up to date: how long somebody has been sitting, and so on."""


class TakenBackError(JournalError):
    """The episode that was to be changed is no longer in the log."""


class ChangedSinceError(JournalError):
    """What was to be undone has been changed by something else meanwhile."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one episode; ``None``: not in the log."""

    id: str
    before: Episode | None
    after: Episode | None
    at: Instant
    """When it was made."""

    @property
    def ends_it(self) -> bool:
        """The episode was open in the log, and no longer is."""
        return _is_open(self.before) and not _is_open(self.after)


class EpisodeBook:
    """Implements ``core.ports.EpisodeControls``. ``reread`` first looks at the log; before it, no episode is open."""

    def __init__(
        self,
        log: EpisodeLog,
        desk: Desk,
        *,
        new_id: Callable[[], str] = random_id,
        help_number: Callable[[], str] = lambda: "",
        zone: tzinfo | None = None,
    ) -> None:
        """``help_number`` gives the emergency number that the person has set, ``zone`` what the clock shows on other
        days."""
        self._log = log
        self._desk = desk
        self._new_id = new_id
        self._help_number = help_number
        self._zone = zone
        self._watchers: list[Callable[[Change | None], None]] = []
        self._steps: list[Change] = []
        self._logged: str | None = None
        """The id of the episode that ``log_numbness`` has written last."""
        self._open: Episode | None = None
        self._of_bout: list[tuple[str, float]] = []
        """The episodes logged as they began, each with the reading of the monotonic clock."""

    def now(self) -> datetime:
        return self._desk.now().wall

    def here(self) -> datetime:
        """Now, in a zone that knows what the clock showed on other days, where one was given."""
        return self.now().astimezone(self._zone) if self._zone else self.now()

    def watch(self, changed: Callable[[Change | None], None]) -> Callable[[], None]:
        """Have ``changed`` called once after each change; gives what ends that.

        ``None`` in place of a change: something else has written to the log, or emptied it.
        """
        self._watchers.append(changed)
        return lambda: self._watchers.remove(changed)

    # --- the one click, and what may follow it -------------------------------------------------------------------

    def blank(self) -> Episode:
        """A new episode, not in the log yet."""
        return Episode(self._new_id(), self.now())

    def log_numbness(self, told: Episode | None = None) -> Episode:
        """Write an episode before anything is asked; ``told`` carries what the command line was told besides.

        An episode that begins now is given the moment it was logged in. Raises ``JournalError``.
        """
        moment = self._desk.moment()
        episode = told or Episode(self._new_id(), moment.at.wall)
        if abs((moment.at.wall - episode.started_at).total_seconds()) < _SAME_MOMENT_S:
            sat_s = moment.seated_s if moment.numb_after_s is None else moment.numb_after_s
            context = Context(sat_s, moment.since_break_s, moment.skipped_today, moment.seat)
            episode = replace(episode, context=context)
            self._of_bout.append((episode.id, moment.at.mono))
        self._log.add_episode(episode)
        self._logged = episode.id
        self._made(Change(episode.id, None, episode, moment.at))
        return episode

    @property
    def open_episode(self) -> Episode | None:
        """The open episode begun last, as of the last change or ``reread``."""
        return self._open

    def gone(self, id: str | None = None) -> Episode | None:
        """End the open episode begun last, or that one, now; gives it, or ``None`` where there is none.

        One that has ended already stays as it is. Raises ``JournalError``.
        """
        return self._end(id, None)

    def relieved(self, id: str, relief: ReliefMethod | None) -> Episode | None:
        """The same, with what helped, if one knows."""
        return self._end(id, relief)

    def _end(self, id: str | None, relief: ReliefMethod | None) -> Episode | None:
        now = self._desk.now()
        before = self._log.find_episode(id) if id is not None else None
        ended = self._log.end_episode(id, now.wall, relief=relief and relief.value)
        if ended is None or ended == before:
            return ended
        # An end is no step of its own: Undo takes back the log, or what was told of it, however it went on.
        self._steps = _with_end(self._steps, ended)
        self._announce(Change(ended.id, before or _without_end(ended), ended, now))
        return ended

    # --- what is told later --------------------------------------------------------------------------------------

    def last_told(self, before: Episode) -> Episode | None:
        """The latest episode before this one of which more is known than its time; ``None`` where the log is shut."""
        try:
            found = list(self._log.episodes(since=self.now() - _LOOK_BACK, until=self.now() + timedelta(minutes=1)))
        except JournalError:
            return None
        told = (one for one in reversed(found) if one.regions or one.sensations or one.posture or one.side)
        return next((one for one in told if one.id != before.id), None)

    def add_to(self, told: Episode) -> Episode:
        """Keep what was told of an episode just logged; an end that it has got meanwhile stays.

        Raises ``JournalError``, also where the episode has been taken back meanwhile.
        """
        return self.keep(_ended_as(told, self._current(told.id)))

    def correct(self, told: Episode) -> Episode:
        """Keep the corrected form of an episode; the time it took to help follows its end. Raises ``JournalError``."""
        self._current(told.id)
        if told.relief is not None and told.ended_at is not None:
            told = replace(told, relief_after_s=(told.ended_at - told.started_at).total_seconds())
        elif told.ended_at is None:
            told = _without_end(told)
        return self.keep(told)

    def keep(self, episode: Episode) -> Episode:
        """Write an episode, a new one or one that is put back; raises ``JournalError``."""
        known, before = True, None
        try:
            before = self._log.find_episode(episode.id)
        except JournalError:
            known = False  # Nobody can undo that; it is kept all the same, to be written when that works.
        self._log.add_episode(episode)
        self._made(Change(episode.id, before, episode, self._desk.now()), undoable=known)
        return episode

    # --- back ----------------------------------------------------------------------------------------------------

    def take_out(self, id: str | None = None) -> Episode | None:
        """Take the episode logged last, or that one, out of the log; gives it, or ``None`` where there is none.

        ``keep`` puts it back. Raises ``JournalError``.
        """
        taken = self._log.undo_episode(id)
        if taken is not None:
            self._made(Change(taken.id, taken, None, self._desk.now()))
        return taken

    @property
    def can_undo(self) -> bool:
        return bool(self._steps)

    def undo(self) -> tuple[Episode | None, Episode | None]:
        """Take the last change back that was made through the book; gives the episode as it was and as it is again.

        ``None`` in either place: not in the log. To be called only where ``can_undo``. Raises ``JournalError``, also
        where something else has changed that episode since; that step is then let go of.
        """
        step = self._steps[-1]
        if self._log.find_episode(step.id) != step.after:
            self._steps.pop()
            self._announce(None)
            raise ChangedSinceError("That episode has been changed since. It was left as it is.")
        if step.before is not None:
            self._log.add_episode(step.before)
        else:
            self._log.undo_episode(step.id)
        self._steps.pop()
        self._announce(Change(step.id, step.after, step.before, self._desk.now()))
        return step.after, step.before

    def undoable(self, now: Instant) -> Change | None:
        """The change that *Undo* in the tray and the panel takes back, or ``None``.

        It is the last change of all, where that has logged the episode logged last or added to it, and is no older than
        ten minutes.
        """
        step = self._last_of_logged()
        return step if step is not None and now.mono - step.at.mono < _UNDO_FOR_S else None

    def undo_last(self) -> Episode | None:
        """Take that change back, however old it is by now; gives the episode as it was before that.

        Where other episodes have been changed since, the episode logged last goes as a whole. ``None``: there is none.
        Raises ``JournalError``.
        """
        if self._last_of_logged() is not None:
            return self.undo()[0]
        return self.take_out(self._logged) if self._logged is not None else None

    def _last_of_logged(self) -> Change | None:
        step = self._steps[-1] if self._steps else None
        return step if step is not None and step.id == self._logged and step.after is not None else None

    def clock_set(self, by_s: float, *, at: Instant, bout_s: float) -> None:
        """The wall clock was set: episodes logged in the sitting bout that goes on move with the bout's dates.

        ``by_s`` is negative where it was set back; the bout began ``bout_s`` seconds before ``at``. An episode that
        cannot be written now keeps its date.
        """
        for id in [id for id, mono in self._of_bout if mono >= at.mono - bout_s]:
            try:
                before = self._log.find_episode(id)
                if before is None:
                    continue
                after = _moved(before, by_s)
                self._log.add_episode(after)
            except JournalError:
                continue
            self._steps = [_with_dates_of(step, id, by_s) for step in self._steps]
            self._announce(Change(id, before, after, at))

    # --- what else happens to the log ----------------------------------------------------------------------------

    def reread(self) -> None:
        """Look at the log again: something else has written to it."""
        self._announce(None)

    def forget(self) -> None:
        """Everything was deleted: nothing of it shall come back."""
        self._steps.clear()
        self._of_bout.clear()
        self._logged = None
        self._announce(None)

    def _made(self, change: Change, *, undoable: bool = True) -> None:
        if undoable and change.before != change.after:
            self._steps = [*self._steps, change][-_MOST_STEPS:]
        self._announce(change)

    def _announce(self, change: Change | None) -> None:
        self._open = self._log.open_episode()
        for watcher in tuple(self._watchers):
            watcher(change)

    # --- what the guide says of it -------------------------------------------------------------------------------

    def advice(self, episode: Episode, answers: Mapping[WarningSign, bool]) -> Advice:
        """What to do about an episode, by itself, by those of the weeks before it, and by what was answered."""
        from numbguard.core.log.advice import FORTNIGHT, STRENGTHS, STRENGTHS_BACK, EpisodePattern, advise, pattern

        began = episode.started_at
        try:
            others = list(self._log.episodes(since=began - 2 * FORTNIGHT, until=began))
            if sum(other.severity is not None for other in others) < STRENGTHS:
                others += self._log.episodes(since=began - STRENGTHS_BACK, until=began - 2 * FORTNIGHT)
            before = pattern(episode, others)
        except JournalError:
            before = EpisodePattern()  # What the episode itself says is said all the same.
        return advise(episode, before, now=self.now(), answers=answers, number=self._help_number())

    def answers(self, episode: Episode) -> dict[WarningSign, bool]:
        """What was said so far to questions about an episode; nothing where the log cannot be read."""
        try:
            found = list(self._log.sign_answers(since=episode.started_at - _LOOK_BACK))
        except JournalError:
            return {}
        return {one.sign: one.present for one in found if one.episode == episode.id}

    def answer(self, episode: Episode, sign: WarningSign, *, present: bool) -> None:
        """Keep what was said to a question; a later answer takes the place of a former one. Raises ``JournalError``."""
        # One id for all answers to one question, whichever computer they were given on.
        id = f"{episode.id}.{sign.value}"
        self._log.add_sign_answer(SignAnswer(id, self.now(), episode.id, sign, present))

    def holds(self, id: str) -> bool:
        """Whether the episode is in the log; where the log cannot be read, nothing says that it is not."""
        try:
            return self._log.find_episode(id) is not None
        except JournalError:
            return True

    def _current(self, id: str) -> Episode:
        current = self._log.find_episode(id)
        if current is None:
            raise TakenBackError("This episode has been taken back meanwhile. Nothing was kept.")
        return current


def _is_open(episode: Episode | None) -> bool:
    return episode is not None and episode.ended_at is None


def _without_end(episode: Episode) -> Episode:
    return replace(episode, ended_at=None, relief=None, relief_after_s=None)


def _moved(episode: Episode, by_s: float) -> Episode:
    """The episode with its dates moved; its length stays."""
    by = timedelta(seconds=by_s)
    ended_at = episode.ended_at + by if episode.ended_at is not None else None
    return replace(episode, started_at=episode.started_at + by, ended_at=ended_at)


def _with_dates_of(step: Change, id: str, by_s: float) -> Change:
    """A step of an episode that was moved, so that it can still be undone."""
    if step.id != id:
        return step
    before, after = (each and _moved(each, by_s) for each in (step.before, step.after))
    return replace(step, before=before, after=after)


def _ended_as(episode: Episode, other: Episode) -> Episode:
    """The episode with the end of another form of it, or with none."""
    return replace(episode, ended_at=other.ended_at, relief=other.relief, relief_after_s=other.relief_after_s)


def _with_end(steps: list[Change], ended: Episode) -> list[Change]:
    """The steps, as if the episode had had its end already when the last of them were made."""
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
