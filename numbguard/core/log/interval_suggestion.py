"""Which interval between breaks the log supports, compared with the interval that is set.

Pure arithmetic, called by the verb `insights` and the insights window on the thread that reads the log. An interval is
judged by the survival curve at its end, with its 95 % band:

- It is short enough where the lower limit is at least `FREE_SHARE`, and at least `SITTINGS_FROM` sittings
  lasted that long. Without the second condition, a curve that few have reached would promise too much: its band does
  not widen between episodes.
- It is too long where the upper limit is below that share, and the curve rests on at least `EVENTS_FROM` episodes.
- Otherwise the log does not say yet.

A shorter interval is suggested only where today's is shown to be too long. To suggest one wherever today's is not yet
shown to be short enough would take a lack of entries for a fault of the interval, and shorten it again and again: after
each step, the sittings that could show that the former interval was short enough no longer happen.
`tests/core/log/test_interval_settles.py` follows simulated people to where the suggestion settles.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import Enum
from typing import Final

from .insights import EVENTS_FROM
from .survival import SurvivalEstimate, SurvivalPoint

FREE_SHARE: Final = 0.95
"""Default share of the sittings that are to end without numbness."""
INTERVALS_S: Final = tuple(range(30 * 60, 60 * 60 + 1, 5 * 60))
"""Intervals that can be suggested, in seconds: the guide's 30 to 60 minutes, in steps of five."""
_STEP_S: Final = 5 * 60
SITTINGS_FROM: Final = 59
"""Least number of sittings as long as an interval for a judgement that it is short enough. If fewer than
95 % of them stayed free, 59 without a single numbness would be seen in fewer than 5 % of all cases (0.95⁵⁹ = 0.048)."""
_FORESEEABLE: Final = 500
"""More sittings than this are not announced as needed: the limit is too close to predict."""


class IntervalVerdict(Enum):
    """What the log says about the interval that is set."""

    SERVES = "serves"
    SHORTER = "shorter"
    LONGER = "longer"
    TOO_LITTLE = "too_little"


class _Judgement(Enum):
    SHORT_ENOUGH = 1
    TOO_LONG = 2
    OPEN = 3


@dataclass(frozen=True, slots=True)
class IntervalSuggestion:
    """The longest interval that is short enough, compared with the one that is set. Times are in seconds."""

    says: IntervalVerdict
    interval_s: int | None
    """The suggested interval. `None` where there is too little to say, and where even the shortest is too long."""
    current_s: float
    free_share: float = FREE_SHARE
    """The share of the sittings that are to end without numbness."""
    current_free: float | None = None
    """The share that is still free at the end of the interval that is set; `None` if no sitting lasted that long."""
    interval_free: float | None = None
    """The same at the end of the suggested interval."""
    shortest_free: float | None = None
    """The same at the end of the shortest of `INTERVALS_S`."""
    more: int | None = None
    """Roughly how many more sittings could settle it, where there is too little to say and that can be
    foreseen."""
    current_too_long: bool = False
    """Whether the interval that is set is shown to be too long."""

    @property
    def meanwhile_s(self) -> int | None:
        """The shortest of `INTERVALS_S`, where today's is too long and what is short enough is not known yet."""
        shortest = INTERVALS_S[0]
        too_long = self.current_too_long and self.current_s > shortest
        return shortest if too_long and self.says is IntervalVerdict.TOO_LITTLE else None

    @property
    def none_is_short_enough(self) -> bool:
        """Whether even the shortest of `INTERVALS_S` is too long: a matter for a doctor."""
        return self.says is IntervalVerdict.SHORTER and self.interval_s is None


def suggest(survival: SurvivalEstimate, current_s: float, free_share: float = FREE_SHARE) -> IntervalSuggestion:
    """The suggestion for an interval of ``current_s``. Raises `ValueError` unless 0 < free_share < 1."""
    if not 0 < free_share < 1:
        raise ValueError(f"a share lies between 0 and 1, not {free_share:g}")
    curve = _Curve(survival, free_share)
    fitting = [
        length
        for length in sorted({*INTERVALS_S, *([round(current_s)] if _can_be_suggested(current_s) else [])})
        if curve.judge(length) is _Judgement.SHORT_ENOUGH
    ]
    longest = fitting[-1] if fitting else None
    here, shortest = curve.judge(current_s), INTERVALS_S[0]
    more = None
    if longest is not None and longest >= round(current_s):
        says = IntervalVerdict.LONGER if longest > round(current_s) else IntervalVerdict.SERVES
    elif longest is not None and (here is _Judgement.TOO_LONG or current_s > INTERVALS_S[-1]):
        says = IntervalVerdict.SHORTER
    elif longest is not None and longest >= current_s - _STEP_S:
        # The band of today's interval lies across the share, and that of one only a step shorter lies above it.
        says, longest = IntervalVerdict.SERVES, round(current_s)
    elif curve.judge(shortest) is _Judgement.TOO_LONG:
        says = IntervalVerdict.SHORTER
    else:
        says, longest = IntervalVerdict.TOO_LITTLE, None
        more = curve.more(shortest if here is _Judgement.TOO_LONG else current_s)
    return IntervalSuggestion(
        says,
        longest,
        current_s,
        free_share,
        current_free=curve.free(current_s),
        interval_free=None if longest is None else curve.free(longest),
        shortest_free=curve.free(shortest),
        more=more,
        current_too_long=here is _Judgement.TOO_LONG,
    )


def _can_be_suggested(length_s: float) -> bool:
    return INTERVALS_S[0] <= length_s <= INTERVALS_S[-1]


class _Curve:
    """The survival curve, asked at the end of an interval."""

    def __init__(self, survival: SurvivalEstimate, free_share: float) -> None:
        self._points = survival.curve
        self._times = [point.t_s for point in survival.curve]
        self._events = survival.events
        self._share = free_share

    def sittings(self, t_s: float) -> int:
        """The number of sittings that lasted at least this long."""
        at = bisect_left(self._times, t_s)
        return self._points[at].at_risk if at < len(self._points) else 0

    def free(self, t_s: float) -> float | None:
        """The share that is still free of numbness; `None` beyond the longest sitting."""
        return self._at(t_s).survival if self.sittings(t_s) else None

    def judge(self, t_s: float) -> _Judgement:
        if not self._points:
            return _Judgement.OPEN
        point = self._at(t_s)
        if point.upper < self._share and self._events >= EVENTS_FROM:
            return _Judgement.TOO_LONG
        if point.lower >= self._share and self.sittings(t_s) >= SITTINGS_FROM:
            return _Judgement.SHORT_ENOUGH
        return _Judgement.OPEN

    def more(self, t_s: float) -> int | None:
        """Roughly how many more sittings bring the nearer limit of the band past the share, if that can
        be foreseen: the band narrows with the square root of their number."""
        sittings = self.sittings(t_s)
        wanted = SITTINGS_FROM
        point = self._at(t_s) if self._points else None
        if point is not None and 0 < point.lower < point.survival < 1:
            # Distances on the scale on which the band is symmetrical.
            reach = math.log(math.log(point.lower) / math.log(point.survival))
            gap = abs(math.log(math.log(self._share) / math.log(point.survival)))
            if gap < reach / _FORESEEABLE:
                return None
            wanted = max(wanted, math.ceil(max(1, sittings) * (reach / gap) ** 2))
        if point is not None and point.upper < self._share:
            wanted = max(wanted, math.ceil(max(1, sittings) * EVENTS_FROM / max(1, self._events)))
        more = max(1, wanted - sittings)
        return more if more <= _FORESEEABLE else None

    def _at(self, t_s: float) -> SurvivalPoint:
        return self._points[bisect_right(self._times, t_s) - 1]
