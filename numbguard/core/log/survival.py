"""How long a person sits before numbness begins: the Kaplan–Meier estimate, with its 95 % band and its median.

Pure arithmetic, called by `store/log/queries/insights.py` on the thread that reads the log. A sitting bout in which an
episode began is an event; any other is censored: all that is known is that numbness had not begun by its end.

- E. L. Kaplan, P. Meier: Nonparametric estimation from incomplete observations. JASA 53 (1958), 457–481.
- The band is Greenwood's variance on the scale log(−log S), as `conf.type = "log-log"` of R's survival and lifelines
  draw it (J. D. Kalbfleisch, R. L. Prentice: The Statistical Analysis of Failure Time Data, 2nd ed. 2002, 1.4).
- The band of the median: R. Brookmeyer, J. Crowley: A confidence interval for the median survival time. Biometrics 38
  (1982), 29–41.

Where that scale has no value, we follow lifelines: the band is (1, 1) while the survival is 1, and (0, 0) once it is 0
(R omits the latter). An event and a censoring at the same time count in this order, as is usual.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

Z: Final = 1.959963984540054
"""The normal deviate that leaves 2.5 % on either side."""
_HALF: Final = 0.5 + 1e-12
"""A half, plus the error that rounding may add to a product of fractions."""


@dataclass(frozen=True, slots=True)
class EndedBouts:
    """The bouts that ended at one reading of the seated clock: with an episode, or censored."""

    t_s: float
    events: int = 0
    censored: int = 0


@dataclass(frozen=True, slots=True)
class SurvivalPoint:
    """The curve from `t_s` (seconds) to the next point. `at_risk` counts the bouts that lasted at least that long."""

    t_s: float
    survival: float
    lower: float
    upper: float
    at_risk: int


@dataclass(frozen=True, slots=True)
class SurvivalEstimate:
    """The estimate. A median, or a limit of it, that the curve never reaches is `None`."""

    n: int
    events: int
    curve: tuple[SurvivalPoint, ...]
    """A point at 0 and at every time at which a bout ended, with or without an episode; empty without bouts."""
    median_s: float | None = None
    """The first time by which numbness had begun in at least half of the bouts."""
    median_lower_s: float | None = None
    median_upper_s: float | None = None


def kaplan_meier(ended: Iterable[EndedBouts]) -> SurvivalEstimate:
    """The estimate from bouts in any order, times in seconds; several entries for one time are added up."""
    events: dict[float, int] = {0.0: 0}
    leaving: dict[float, int] = {0.0: 0}
    for one in ended:
        events[one.t_s] = events.get(one.t_s, 0) + one.events
        leaving[one.t_s] = leaving.get(one.t_s, 0) + one.events + one.censored
    n = at_risk = sum(leaving.values())
    if not n:
        return SurvivalEstimate(0, 0, ())
    survival, greenwood = 1.0, 0.0
    curve: list[SurvivalPoint] = []
    for t_s in sorted(leaving):
        came = events[t_s]
        survival *= (at_risk - came) / at_risk
        if came < at_risk:
            greenwood += came / (at_risk * (at_risk - came))
        curve.append(SurvivalPoint(t_s, survival, *_band(survival, greenwood), at_risk))
        at_risk -= leaving[t_s]
    return SurvivalEstimate(
        n,
        sum(events.values()),
        tuple(curve),
        median_s=next((point.t_s for point in curve if point.survival <= _HALF), None),
        median_lower_s=next((point.t_s for point in curve if point.lower <= _HALF), None),
        median_upper_s=next((point.t_s for point in curve if point.upper <= _HALF), None),
    )


def _band(survival: float, greenwood: float) -> tuple[float, float]:
    """The 95 % limits: S to the power of exp(±z·√greenwood / log S)."""
    if survival <= 0.0 or greenwood <= 0.0:
        return survival, survival
    reach = Z * math.sqrt(greenwood) / -math.log(survival)
    return survival ** math.exp(reach), survival ** math.exp(-reach)
