"""Computes the step of a card at a given moment of the break, and the time that is left of it.

Pure; ``CardPlan`` and the card's page call it on the GUI thread. The steps of a card fill the break exactly: the card
is played in the number of whole rounds that fits best, each step a little longer or shorter than the card says.
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
    """Seconds left of this step."""
    over: bool = False
    """The break's time has run out."""

    @property
    def place(self) -> tuple[int, int, bool]:
        """A key that stays equal while the same words are shown."""
        return self.round, self.index, self.over


class StepClock:
    """Spreads steps of the given ``seconds`` over the break from ``start_s`` to ``end_s``.

    ``start_s`` is more than 0 for a card shown when the break had already begun.
    """

    def __init__(self, seconds: Sequence[float], *, start_s: float, end_s: float) -> None:
        total = sum(seconds)
        span = max(end_s - start_s, 0.0)
        self.rounds = max(1, round(span / total)) if total > 0 else 1
        scale = span / (self.rounds * total) if total > 0 else 0.0
        self.start_s = start_s
        self._round_s = total * scale
        self._ends = [end * scale for end in accumulate(seconds)]
        whole = [round(end) for end in self._ends]
        # Round the ends of the steps, not each length, so that the seconds shown add up to the round's length.
        self.shown = tuple(end - begin for begin, end in zip([0, *whole], whole, strict=False))

    def turned(self, elapsed_s: float, by: int) -> float | None:
        """When the step begins that is ``by`` steps from the present one; ``None`` if there is no such step."""
        now = self.at(elapsed_s)
        step = now.round * len(self._ends) + now.index + by
        if not 0 <= step < self.rounds * len(self._ends):
            return None
        lap, index = divmod(step, len(self._ends))
        # Slightly later, so that rounding cannot leave the step before it on.
        return self.start_s + lap * self._round_s + [0.0, *self._ends][index] + 0.001

    @property
    def last_step_s(self) -> float:
        """When the last step begins."""
        return self.start_s + (self.rounds - 1) * self._round_s + [0.0, *self._ends][-2] + 0.001

    def at(self, elapsed_s: float) -> StepMoment:
        since = max(elapsed_s - self.start_s, 0.0)
        last = len(self._ends) - 1
        if self._round_s <= 0 or since >= self._round_s * self.rounds:
            return StepMoment(self.rounds - 1, last, 0.0, over=True)
        lap = min(int(since // self._round_s), self.rounds - 1)
        within = since - lap * self._round_s
        index = min(bisect_right(self._ends, within), last)
        return StepMoment(lap, index, max(self._ends[index] - within, 0.0))
