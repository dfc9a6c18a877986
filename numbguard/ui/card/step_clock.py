"""Which step of a card is on at a moment of the break, and for how long yet.

Pure; the break window asks it on the GUI thread. The steps of a card fill the break exactly: they are played in as
many whole rounds as fit best, each step a little longer or shorter than the card says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class StepMoment:
    round: int
    """From 0."""
    index: int
    """The step within its round, from 0."""
    left_s: float
    """What is left of this step."""
    over: bool = False
    """The break's time is used up."""

    @property
    def place(self) -> tuple[int, int, bool]:
        """The same as long as the same words are to be shown."""
        return self.round, self.index, self.over


class StepClock:
    """The steps laid over the break from ``start_s`` (more than 0 for a card that came in during it) to its end."""

    def __init__(self, seconds: Sequence[float], *, start_s: float, end_s: float) -> None:
        total = sum(seconds)
        span = max(end_s - start_s, 0.0)
        self.rounds = max(1, round(span / total)) if total > 0 else 1
        scale = span / (self.rounds * total) if total > 0 else 0.0
        self._start = start_s
        self._round_s = total * scale
        self._ends = [end * scale for end in accumulate(seconds)]
        whole = [round(end) for end in self._ends]
        # Rounded at the ends, not each for itself, so that the seconds shown add up to what the round takes.
        self.shown = tuple(end - begin for begin, end in zip([0, *whole], whole, strict=False))

    def at(self, elapsed_s: float) -> StepMoment:
        since = max(elapsed_s - self._start, 0.0)
        last = len(self._ends) - 1
        if self._round_s <= 0 or since >= self._round_s * self.rounds:
            return StepMoment(self.rounds - 1, last, 0.0, over=True)
        lap = min(int(since // self._round_s), self.rounds - 1)
        within = since - lap * self._round_s
        index = min(bisect_right(self._ends, within), last)
        return StepMoment(lap, index, max(self._ends[index] - within, 0.0))
