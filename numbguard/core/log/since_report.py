"""What has changed since the last report: the figures since then beside those of as long a time before it.

Pure arithmetic, on the thread that reads the log; `store/log/queries/report_change.py` makes the counts. The time
before is as long as the time since, at least `LEAST_BEFORE`, and begins no earlier than the log. Rates are compared
where both times have `COMPARED_FROM_DAYS` days, and differ only beyond two standard deviations of the difference of two
counts: a smaller difference may be chance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from numbguard.core.sites import Site

from .insights import LengthSpread, WeekChange
from .records.episode import Sensation
from .red_flags import WarningSign

LEAST_BEFORE: Final = timedelta(days=28)
COMPARED_FROM_DAYS: Final = 7.0


@dataclass(frozen=True, slots=True)
class PartFigures:
    """The episodes of a part of the log."""

    days: float
    episodes: int
    lasted: LengthSpread
    strength: LengthSpread

    @property
    def a_week(self) -> float:
        return 7 * self.episodes / self.days if self.days > 0 else 0.0


@dataclass(frozen=True, slots=True)
class SinceReport:
    """What is new since the last report."""

    at: datetime
    """When the last report was written."""
    after: PartFigures
    before: PartFigures
    new_places: tuple[Site, ...] = ()
    """Places logged since, and never before."""
    new_sensations: tuple[Sensation, ...] = ()
    new_signs: tuple[WarningSign, ...] = ()
    """Warning signs answered with yes since, and never before."""

    @property
    def change(self) -> WeekChange | None:
        """How the number of episodes a week has changed; `None` where one of the times is too short."""
        if min(self.after.days, self.before.days) < COMPARED_FROM_DAYS:
            return None
        rise = self.after.episodes / self.after.days - self.before.episodes / self.before.days
        error = math.sqrt(self.after.episodes / self.after.days**2 + self.before.episodes / self.before.days**2)
        if abs(rise) <= 2 * error:
            return WeekChange.UNCHANGED
        return WeekChange.MORE if rise > 0 else WeekChange.FEWER


def time_before(last: datetime, until: datetime, first: datetime | None) -> datetime:
    """When the time before the last report begins: ``last`` itself where the log begins after it."""
    begins = last - max(until - last, LEAST_BEFORE)
    return min(last, max(begins, first)) if first is not None else last
