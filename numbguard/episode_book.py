"""What windows may do with the episodes of the log: add to one, correct one, take one out and put it back. No Qt.

Made by the app when it is first asked for; on the GUI thread. Everything that changes the log through here is told to
those who watch, so that open windows follow; each edit keeps what was there before (``Journal`` sees to that).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Protocol

from .core.ports import JournalError
from .core.records import Episode, SignAnswer

if TYPE_CHECKING:
    from .core.advice import Advice
    from .core.red_flags import Sign

_MOST_STEPS = 100
"""Changes that can be undone, one after the other."""
_LOOK_BACK = timedelta(days=60)
"""How far back an episode may lie for its answers to be offered again."""


class EpisodeLog(Protocol):
    """The part of the log that episodes need."""

    def add_episode(self, episode: Episode) -> None: ...

    def find_episode(self, id: str) -> Episode | None: ...

    def undo_episode(self, id: str | None) -> Episode | None: ...

    def episodes(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[Episode]: ...

    def add_sign_answer(self, answer: SignAnswer) -> None: ...

    def sign_answers(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[SignAnswer]: ...


class TakenBackError(JournalError):
    """The episode that was to be changed is no longer in the log."""


class ChangedSinceError(JournalError):
    """What was to be undone has been changed by something else meanwhile."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One change made through the book; ``None``: not in the log."""

    id: str
    before: Episode | None
    after: Episode | None


class EpisodeBook:
    def __init__(
        self,
        log: EpisodeLog,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        changed: Callable[[], None],
        number: Callable[[], str] = lambda: "",
        zone: tzinfo | None = None,
    ) -> None:
        """``changed`` is called after every change, for the tray and the panel; ``number`` gives the emergency number
        that the person has set, ``zone`` what the clock shows on other days."""
        self._log = log
        self._now = now
        self._new_id = new_id
        self._changed = changed
        self._number = number
        self._zone = zone
        self._watchers: list[Callable[[], None]] = []
        self._steps: list[_Step] = []

    def now(self) -> datetime:
        return self._now()

    def here(self) -> datetime:
        """Now, in a zone that knows what the clock showed on other days, where one was given."""
        return self._now().astimezone(self._zone) if self._zone else self._now()

    def watch(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Have ``changed`` called after each change that is made through this book; gives what ends that."""
        self._watchers.append(changed)
        return lambda: self._watchers.remove(changed)

    def blank(self) -> Episode:
        """A new episode, not in the log yet."""
        return Episode(self._new_id(), self._now())

    def last_told(self, before: Episode) -> Episode | None:
        """The latest episode before this one of which more is known than its time; ``None`` where the log is shut."""
        try:
            found = list(self._log.episodes(since=self._now() - _LOOK_BACK, until=self._now() + timedelta(minutes=1)))
        except JournalError:
            return None
        told = (one for one in reversed(found) if one.regions or one.sensations or one.posture or one.side)
        return next((one for one in told if one.id != before.id), None)

    def add_to(self, told: Episode) -> Episode:
        """Keep what was told of an episode just logged; an end that it has got meanwhile stays.

        Raises ``JournalError``, also where the episode has been taken back meanwhile.
        """
        current = self._current(told.id)
        return self.keep(
            replace(told, ended_at=current.ended_at, relief=current.relief, relief_after_s=current.relief_after_s)
        )

    def correct(self, told: Episode) -> Episode:
        """Keep the corrected form of an episode; the time it took to help follows its end. Raises ``JournalError``."""
        self._current(told.id)
        if told.relief is not None and told.ended_at is not None:
            told = replace(told, relief_after_s=(told.ended_at - told.started_at).total_seconds())
        elif told.ended_at is None:
            told = replace(told, relief=None, relief_after_s=None)
        return self.keep(told)

    def keep(self, episode: Episode) -> Episode:
        """Write an episode, a new one or one that is put back; raises ``JournalError``."""
        try:
            steps = [_Step(episode.id, self._log.find_episode(episode.id), episode)]
        except JournalError:
            steps = []  # Nobody knows what it was before; it is kept all the same, to be written when that works.
        self._log.add_episode(episode)
        self._remember(*steps)
        return episode

    def take_out(self, id: str) -> Episode | None:
        """Take an episode out of the log; ``keep`` puts it back. Raises ``JournalError``."""
        taken = self._log.undo_episode(id)
        if taken is not None:
            self._remember(_Step(id, taken, None))
        return taken

    @property
    def can_undo(self) -> bool:
        return bool(self._steps)

    def undo(self) -> tuple[Episode | None, Episode | None]:
        """Take the last change back that was made through the book; gives the episode as it was and as it is again.

        ``None`` in either place: not in the log. Raises ``JournalError``, also where that episode has been changed
        since by something else; that step is then let go of.
        """
        step = self._steps[-1]
        if self._log.find_episode(step.id) != step.after:
            self._steps.pop()
            raise ChangedSinceError("That episode has been changed since. It was left as it is.")
        if step.before is not None:
            self._log.add_episode(step.before)
        else:
            self._log.undo_episode(step.id)
        self._steps.pop()
        self._tell()
        return step.after, step.before

    def forget_steps(self) -> None:
        """Everything was deleted: nothing of it shall come back."""
        self._steps.clear()

    def _remember(self, *steps: _Step) -> None:
        self._steps = [*self._steps, *(step for step in steps if step.before != step.after)][-_MOST_STEPS:]
        self._tell()

    # --- what the guide says of it -------------------------------------------------------------------------------

    def advice(self, episode: Episode, answers: Mapping[Sign, bool]) -> Advice:
        """What to do about an episode, by itself, by those of the weeks before it, and by what was answered."""
        from .core.advice import FORTNIGHT, STRENGTHS, STRENGTHS_BACK, Pattern, advise, pattern

        began = episode.started_at
        try:
            others = list(self._log.episodes(since=began - 2 * FORTNIGHT, until=began))
            if sum(other.severity is not None for other in others) < STRENGTHS:
                others += self._log.episodes(since=began - STRENGTHS_BACK, until=began - 2 * FORTNIGHT)
            before = pattern(episode, others)
        except JournalError:
            before = Pattern()  # What the episode itself says is said all the same.
        return advise(episode, before, now=self._now(), answers=answers, number=self._number())

    def answers(self, episode: Episode) -> dict[Sign, bool]:
        """What was said so far to questions about an episode; nothing where the log cannot be read."""
        try:
            found = list(self._log.sign_answers(since=episode.started_at - _LOOK_BACK))
        except JournalError:
            return {}
        return {one.sign: one.present for one in found if one.episode == episode.id}

    def answer(self, episode: Episode, sign: Sign, *, present: bool) -> None:
        """Keep what was said to a question; a later answer takes the place of a former one. Raises ``JournalError``."""
        # One id for all answers to one question, whichever computer they were given on.
        id = f"{episode.id}.{sign.value}"
        self._log.add_sign_answer(SignAnswer(id, self._now(), episode.id, sign, present))

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

    def _tell(self) -> None:
        self._changed()
        for watcher in tuple(self._watchers):
            watcher()
