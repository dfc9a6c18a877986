"""The only owner of the episodes in the running app: logs, ends, corrects, removes and restores them. No Qt.

The app creates it on the GUI thread; the tray, the panel, windows and the socket all call it. When a call returns, its
change is on the disk or queued to be retried, and each watcher has been called once. The log keeps the state of an
episode before each edit.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Protocol

from numbguard.core.errors import JournalError
from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode, EpisodeContext, EpisodeEnd
from numbguard.core.sentence import N_

from .episode_advice import advice_in, answers_in, sign_answer
from .ids import new_id as random_id
from .one_numbness import ClickMemory, OwnClickMemory, log_click
from .subscribers import Subscribers

if TYPE_CHECKING:
    from numbguard.core.breaks.instant import Instant
    from numbguard.core.breaks.snapshot import Snapshot
    from numbguard.core.log.advice.advice import Advice
    from numbguard.core.log.advice.relief import ReliefMethod
    from numbguard.core.log.red_flags import SignAnswers, WarningSign

_MAX_STEPS = 100
"""Number of changes that can be undone, one after the other."""
_UNDO_FOR_S = 600.0
"""Seconds for which the tray and the panel offer to undo a change, and for which a logged episode counts as fresh."""
_LOOK_BACK = timedelta(days=60)
"""Greatest age of an episode whose answers are offered again."""
_A_SECOND = timedelta(seconds=1)
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

    def last_episode(self) -> Episode | None:
        """Return the episode logged last, or ``None`` if there is none."""

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


class EpisodeEndedError(JournalError):
    """The episode that another was to be added to is no longer open."""


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
        """Whether the episode was open in the log and no longer is, or was removed from the log."""
        return self.after is None or (_is_open(self.before) and not _is_open(self.after))


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
        clicks: ClickMemory | None = None,
        real_now: Callable[[], float] = time.time,
    ) -> None:
        """``help_number`` returns the emergency number in the settings; ``zone`` knows the UTC offset of other days.

        ``clicks`` remembers the last bare log, also of other processes; ``real_now`` returns the seconds since 1970,
        which ``--speed`` does not scale.
        """
        self._log = log
        self._desk = desk
        self._new_id = new_id
        self._help_number = help_number
        self._zone = zone
        self._clicks = clicks or OwnClickMemory()
        self._real_now = real_now
        self._watchers = Subscribers[Change | None]()
        self._log_watchers = Subscribers[Episode]()
        self._steps: list[Change] = []
        self._logged: str | None = None
        """The id of the episode that ``log_numbness`` wrote last."""
        self._logged_at = 0.0
        """When that was, on the app's monotonic clock."""
        self._fresh: Episode | None = None
        """That episode as of the last change; ``None`` if it is no longer in the log."""
        self._open: Episode | None = None
        self._open_before: dict[str, str] = {}
        """For an episode that was logged while another was open: the id of the other."""

    def now(self) -> datetime:
        return self._desk.now().wall

    def local_now(self) -> datetime:
        """Return the present time, in ``zone`` if one was given, so that it converts to other days correctly."""
        return self.now().astimezone(self._zone) if self._zone else self.now()

    def watch(self, changed: Callable[[Change | None], None]) -> Callable[[], None]:
        """Call ``changed`` once after each change; returns a function that ends the watch.

        ``changed`` receives ``None`` if something else has written to the log or emptied it.
        """
        return self._watchers.add(changed)

    def watch_logs(self, logged: Callable[[Episode], None]) -> Callable[[], None]:
        """Call ``logged`` with the episode of each ``log_numbness``; returns a function that ends the watch.

        A second click of a double click calls it again with the same episode.
        """
        return self._log_watchers.add(logged)

    # --- logging and ending an episode ---------------------------------------------------------------------------

    def blank(self) -> Episode:
        """Return a new episode that starts now and is not in the log yet."""
        return Episode(self._new_id(), self.now())

    def log_numbness(
        self, given: Episode | None = None, *, id: str | None = None, clicked_at: float | None = None
    ) -> Episode:
        """Write an episode before asking anything; ``given`` is an episode with details given on the command line.

        Without ``given`` it is a bare log: within two real seconds of the last one it is the same numbness, and the
        open episode of that one is returned. ``id`` is the id for a new episode, and ``clicked_at`` the real moment of
        the click (seconds since 1970), both from another process. An id that is in the log already is logged already:
        the request was slow to arrive, and that process has written it by itself.

        An episode that begins now records the present state at the desk as its context. Raises ``JournalError``.
        """
        moment, before = self._desk.moment(), self._open
        known_id = given.id if given is not None else id
        episode = self.find(known_id) if known_id is not None else None
        if episode is None:
            new = given or Episode(id or self._new_id(), moment.at.wall)
            is_now = abs((moment.at.wall - new.started_at).total_seconds()) < _SAME_MOMENT_S
            if is_now:
                sat_s = moment.seated_s if moment.numb_after_s is None else moment.numb_after_s
                context = EpisodeContext(sat_s, moment.since_break_s, moment.skipped_today, moment.seat)
                new = replace(new, context=context)
            if given is None:
                at = self._real_now() if clicked_at is None else clicked_at
                episode = log_click(self._clicks, at, find=self._log.find_episode, write=lambda: self._written(new))
            else:
                episode = self._written(new)
            if episode is new:
                if is_now and before is not None and _is_open(new):
                    self._open_before[new.id] = before.id
                self._logged, self._logged_at = new.id, moment.at.mono
                self._made(Change(new.id, None, new, moment.at))
        self._log_watchers.call(episode)
        return episode

    def _written(self, episode: Episode) -> Episode:
        self._log.add_episode(episode)
        return episode

    def fresh(self, now: Instant) -> Episode | None:
        """Return the episode logged last, as it is now, if that was less than ten minutes ago; ``None`` otherwise."""
        return self._fresh if now.mono - self._logged_at < _UNDO_FOR_S else None

    # --- a click while another episode is open ----------------------------------------------------------------------

    def open_before(self, id: str) -> Episode | None:
        """Return the episode that was open when ``id`` was logged, if it still is; ``None`` otherwise."""
        other = self._open_before.get(id)
        found = self.find(other) if other is not None else None
        return found if _is_open(found) else None

    def add_to_open(self, id: str) -> Episode:
        """Make the episode part of the one that was open when it was logged; returns that one.

        Its details are added to the other's, without replacing any, and it is removed. Raises ``EpisodeRemovedError``,
        ``EpisodeEndedError`` and ``JournalError``.
        """
        added, other = self._current(id), self.open_before(id)
        if other is None:
            raise EpisodeEndedError(N_("The earlier numbness has since ended. Both were left as they are."))
        whole = _with_details_of(other, added)
        if whole != other:
            self.keep(whole)
        before = self.answers(other).today
        for sign, present in self.answers(added).today.items():
            self.answer(other, sign, present=present or before.get(sign, False))
        self._logged = other.id
        self.remove(id)
        return whole

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
        ``EpisodeChangedError`` if something else has changed that episode since, and drops that step; and
        ``JournalError``.
        """
        return self._revert(self._steps[-1])

    def _revert(self, step: Change) -> tuple[Episode | None, Episode | None]:
        if self._log.find_episode(step.id) != step.after:
            self._drop(step)
            self._announce(None)
            raise EpisodeChangedError(N_("That episode has since been changed. It was left as it is."))
        if step.before is not None:
            self._log.add_episode(step.before)
        else:
            self._log.undo_episode(step.id)
        self._drop(step)
        self._announce(Change(step.id, step.after, step.before, self._desk.now()))
        return step.after, step.before

    def _drop(self, step: Change) -> None:
        # By identity: two equal changes in one moment, such as adding, removing and adding again, are two steps.
        self._steps = [one for one in self._steps if one is not step]

    def undoable(self, now: Instant) -> Change | None:
        """Return the change that *Undo* in the tray and the panel reverts, or ``None``.

        That is the last change of the episode logged last, if it is less than ten minutes old, whatever has been done
        to other episodes since.
        """
        step = self._last_of(self._logged)
        return step if step is not None and now.mono - step.at.mono < _UNDO_FOR_S else None

    def undo_last(self, id: str | None = None) -> Episode | None:
        """Undo the last change of the episode with ``id``, at any age; returns the episode as it was before.

        Without ``id`` that is the episode logged last. Where its last change is not known, remove the episode as a
        whole. Returns ``None`` if it is not in the log. Raises ``JournalError``.
        """
        id = id or self._logged
        if (step := self._last_of(id)) is not None:
            return self._revert(step)[0]
        return self.remove(id) if id is not None else None

    def _last_of(self, id: str | None) -> Change | None:
        step = next((one for one in reversed(self._steps) if one.id == id), None)
        return step if step is not None and step.after is not None else None

    def clock_set(self, by_s: float, *, at: Instant, bout_s: float) -> None:
        """Move the episodes logged in the current sitting bout with the bout's dates, after the wall clock was set.

        ``by_s`` is how far, in seconds, negative if it was set back; the bout began ``bout_s`` seconds before ``at``.
        Only an episode logged as it began has a context, and its date is of that clock; one that was dated by hand
        stays. An episode that cannot be written now keeps its date.
        """
        until = at.wall - timedelta(seconds=by_s)
        try:
            found = list(self._log.episodes(since=until - timedelta(seconds=bout_s), until=until + _A_SECOND))
        except JournalError:
            return
        for before in found:
            if before.context.seated_s is None:
                continue
            after = _moved(before, by_s)
            try:
                self._log.add_episode(after)
            except JournalError:
                continue
            self._steps = [_with_dates_of(step, before.id, by_s) for step in self._steps]
            self._announce(Change(before.id, before, after, at))

    # --- other changes of the log --------------------------------------------------------------------------------

    def reread(self) -> None:
        """Read the log again after something else has written to it."""
        self._announce(None)

    def forget(self) -> None:
        """Drop every step after everything was deleted, so that no undo brings an episode back."""
        self._steps.clear()
        self._open_before.clear()
        self._logged = None
        self._announce(None)

    def _made(self, change: Change, *, undoable: bool = True) -> None:
        if undoable and change.before != change.after:
            self._steps = [*self._steps, change][-_MAX_STEPS:]
        self._announce(change)

    def _announce(self, change: Change | None) -> None:
        self._open = self._log.open_episode(self.now())
        try:
            self._fresh = self._log.find_episode(self._logged) if self._logged is not None else None
        except JournalError:
            pass  # The log cannot be read now: the episode stays as it was known last.
        self._watchers.call(change)

    # --- advice from the guide -----------------------------------------------------------------------------------

    def advice(self, episode: Episode, answers: SignAnswers | None = None) -> Advice:
        """Return the advice on an episode, also by those of the weeks before it; ``answers`` replaces the log's."""
        return advice_in(self._log, episode, now=self.now(), answers=answers)

    @property
    def help_number(self) -> str:
        """The emergency number in the settings; may be empty."""
        return self._help_number()

    def answers(self, episode: Episode) -> SignAnswers:
        """Return what the answers so far about an episode say; nothing if the log cannot be read."""
        return answers_in(self._log, episode)

    def answers_about(self, episode: Episode) -> list[SignAnswer]:
        """Return every answer so far about an episode, oldest first; empty if the log cannot be read."""
        try:
            return self._log.answers_about([episode.id])
        except JournalError:
            return []

    def answer(self, episode: Episode, sign: WarningSign, *, present: bool) -> None:
        """Store the answer to a question; a later answer replaces an earlier one. Raises ``JournalError``."""
        self._log.add_sign_answer(sign_answer(episode, sign, present=present, at=self.now()))

    def contains(self, id: str) -> bool:
        """Whether the episode is in the log; also ``True`` if the log cannot be read, since that proves nothing."""
        try:
            return self._log.find_episode(id) is not None
        except JournalError:
            return True

    def find(self, id: str) -> Episode | None:
        """Return the episode as it is now; ``None`` if it is not in the log or the log cannot be read."""
        try:
            return self._log.find_episode(id)
        except JournalError:
            return None

    def last_logged(self) -> Episode | None:
        """Return the episode logged last, by whatever program; ``None`` if there is none. Raises ``JournalError``."""
        return self._log.last_episode()

    def _current(self, id: str) -> Episode:
        current = self._log.find_episode(id)
        if current is None:
            raise EpisodeRemovedError(N_("This episode has since been undone. Nothing was saved."))
        return current


def _is_open(episode: Episode | None) -> bool:
    return episode is not None and episode.end is EpisodeEnd.OPEN


def _without_end(episode: Episode) -> Episode:
    return replace(episode, ended_at=None, end_unknown=False, relief=None, relief_after_s=None)


_ITS_OWN = frozenset(
    {"id", "started_at", "ended_at", "end_unknown", "before_sites", "relief", "relief_after_s", "context"}
)
"""Fields that an episode does not take over from another that is added to it."""


def _with_details_of(episode: Episode, other: Episode) -> Episode:
    """Return the episode with what only the other says; of several places or sensations, it gets all."""
    details: dict[str, object] = {}
    for name in (field.name for field in fields(Episode) if field.name not in _ITS_OWN):
        mine, its = getattr(episode, name), getattr(other, name)
        if isinstance(mine, tuple):
            details[name] = tuple(dict.fromkeys((*mine, *its)))
        elif mine is None:
            details[name] = its
    if episode.note and other.note and other.note not in episode.note:
        details["note"] = f"{episode.note}\n{other.note}"
    return replace(episode, **details)  # type: ignore[arg-type]


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
