"""What the log's figures support: how often, where, when, for how long, and after how much sitting.

Pure arithmetic on counts, called on the thread that reads the log; `store/log/queries/insights.py` makes the counts.
Nothing here names a cause, and a figure that rests on too few entries is not given. The rules:

- A median needs `MEDIAN_FROM` values: only then do the smallest and the largest of them enclose the true one with 95 %
  confidence (1 − 2·0.5⁶ = 0.97; H. A. David, H. N. Nagaraja: Order Statistics, 3rd ed. 2003, 7.1).
- A word counts as the most frequent from `LEADER_FROM` entries on, and only where it leads the next by more than two
  standard deviations of the difference of two counts, 2·√(a + b): a smaller lead may be chance.
- Two groups of weeks are compared from `WEEKS_FROM` whole weeks and `LEADER_FROM` episodes on, and count as different
  by the same two standard deviations.
- Which interval the log supports is a subject of its own: `interval_suggestion.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from itertools import accumulate
from typing import Final, TypeVar

from numbguard.core.sites import Region, Side

from .survival import EndedBouts, SurvivalEstimate

MEDIAN_FROM: Final = 6
LEADER_FROM: Final = 10
WEEKS_FROM: Final = 8
RECENT_WEEKS: Final = 4
"""Most whole weeks that count as recent, and as the time before it."""
COMPARED_FROM: Final = 4
"""Least number of whole weeks for a comparison of the recent ones with those before."""
EVENTS_FROM: Final = 10
"""Least number of bouts with an episode for a sentence about the curve: with fewer, a single one moves the curve by
more than a tenth."""

CLOSE_TOGETHER_S: Final = 20 * 60
"""Onsets whose middle half spans at most this many seconds are said to happen at a time; wider ones are not."""


Word = TypeVar("Word")

# --- counts of words --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ValueCounts:
    """How often each word was recorded. An episode may have several (regions) or none."""

    n: int
    """Episodes with at least one word."""
    unanswered: int
    """Episodes without one."""
    counts: Mapping[str, int]

    @property
    def leader(self) -> str | None:
        """The most frequent word, where its lead is beyond chance."""
        return leader(self.counts) if self.n >= LEADER_FROM else None


def leader(counts: Mapping[Word, int]) -> Word | None:
    """The word that leads all others beyond chance, if there is one."""
    ordered = sorted(counts, key=lambda word: counts[word], reverse=True)
    if not ordered:
        return None
    ahead, behind = counts[ordered[0]], counts[ordered[1]] if len(ordered) > 1 else 0
    return ordered[0] if ahead - behind > 2 * math.sqrt(ahead + behind) else None


# --- lengths ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LengthSpread:
    """The number of lengths and their median in seconds; `None` where there are too few for a median."""

    n: int
    median_s: float | None


def spread(lengths: Iterable[tuple[float, int]]) -> LengthSpread:
    """The spread of lengths, given as pairs of a length in seconds and its count, in any order."""
    ordered = sorted(lengths)
    n = sum(count for _, count in ordered)
    if n < MEDIAN_FROM:
        return LengthSpread(n, None)
    return LengthSpread(n, (_at(ordered, (n - 1) // 2) + _at(ordered, n // 2)) / 2)


def _at(ordered: Sequence[tuple[float, int]], place: int) -> float:
    passed = accumulate(count for _, count in ordered)
    return next(length for (length, _), so_far in zip(ordered, passed, strict=True) if so_far > place)


# --- weeks ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EpisodesOfDay:
    """The episodes of one local day."""

    day: date
    episodes: int


@dataclass(frozen=True, slots=True)
class EpisodesOfWeek:
    """The counts of one week, named by its Monday."""

    monday: date
    episodes: int = 0
    moved: int = 0
    """Announced breaks for which the person got up."""
    natural: int = 0
    """Breaks that the person took without an announcement."""


@dataclass(frozen=True, slots=True)
class WeeksByMovement:
    """Whole weeks, split at the median of their `moved` breaks."""

    more_weeks: int
    more_episodes: int
    fewer_weeks: int
    fewer_episodes: int

    @property
    def differ(self) -> bool:
        """Whether the two groups differ in episodes a week beyond chance."""
        more, fewer = self.more_episodes / self.more_weeks, self.fewer_episodes / self.fewer_weeks
        error = math.sqrt(self.more_episodes / self.more_weeks**2 + self.fewer_episodes / self.fewer_weeks**2)
        return abs(more - fewer) > 2 * error


def weeks_by_movement(found: Sequence[EpisodesOfWeek]) -> WeeksByMovement | None:
    """The weeks with more `moved` breaks and those with fewer; `None` where there are too few of either.

    Omits the first and the last week, which are incomplete, and weeks without a break, in which NumbGuard hardly ran.
    Weeks at the median itself are in neither half.
    """
    whole = [week for week in found[1:-1] if week.moved + week.natural]
    if len(whole) < WEEKS_FROM or sum(week.episodes for week in whole) < LEADER_FROM:
        return None
    ordered = sorted(week.moved for week in whole)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    more = [week.episodes for week in whole if week.moved > middle]
    fewer = [week.episodes for week in whole if week.moved < middle]
    if min(len(more), len(fewer)) < WEEKS_FROM // 4:
        return None
    return WeeksByMovement(len(more), sum(more), len(fewer), sum(fewer))


class WeekChange(Enum):
    """How the recent weeks compare with those before them."""

    MORE = "more"
    FEWER = "fewer"
    UNCHANGED = "unchanged"
    """The difference is not beyond chance."""


@dataclass(frozen=True, slots=True)
class WeekTrend:
    """The latest whole weeks, and as many before them; no earlier weeks where there are too few to compare."""

    recent_weeks: int
    recent_episodes: int
    earlier_weeks: int = 0
    earlier_episodes: int = 0

    @property
    def a_week(self) -> float:
        """Episodes a week in the recent weeks."""
        return self.recent_episodes / self.recent_weeks

    @property
    def change(self) -> WeekChange | None:
        """The change, beyond two standard deviations of the difference; `None` without earlier weeks."""
        if not self.earlier_weeks:
            return None
        rise = self.a_week - self.earlier_episodes / self.earlier_weeks
        error = math.sqrt(self.recent_episodes / self.recent_weeks**2 + self.earlier_episodes / self.earlier_weeks**2)
        if abs(rise) <= 2 * error:
            return WeekChange.UNCHANGED
        return WeekChange.MORE if rise > 0 else WeekChange.FEWER


def week_trend(found: Sequence[EpisodesOfWeek]) -> WeekTrend | None:
    """The trend from the weeks of a log, oldest first; `None` without a whole week.

    Omits the first and the last week, which are incomplete. Weeks without an entry are not in the list: NumbGuard did
    not run then.
    """
    whole = found[1:-1]
    if not whole:
        return None
    if len(whole) < COMPARED_FROM:
        return WeekTrend(len(whole), sum(week.episodes for week in whole))
    count = min(RECENT_WEEKS, len(whole) // 2)
    recent, earlier = (sum(week.episodes for week in part) for part in (whole[-count:], whole[-2 * count : -count]))
    return WeekTrend(count, recent, count, earlier)


@dataclass(frozen=True, slots=True)
class SeatedDays:
    """The sitting of some local days."""

    seated_s: Mapping[date, float]
    """Seconds of sitting by day, oldest first; a day without sitting is missing."""
    bouts: int
    """The number of bouts that have a part in these days."""
    longest_s: float
    """The longest of these parts."""

    def with_present(self, present: Mapping[date, float]) -> SeatedDays:
        """These days with one more bout, from its seconds of sitting by day."""
        more = {day: present.get(day, 0.0) for day in present if present[day] > 0}
        if not more:
            return self
        days = sorted({*self.seated_s, *more})
        seated_s = {day: self.seated_s.get(day, 0.0) + more.get(day, 0.0) for day in days}
        return SeatedDays(seated_s, self.bouts + 1, max(self.longest_s, sum(more.values())))

    @property
    def total_s(self) -> float:
        """Seconds of sitting on all days."""
        return sum(self.seated_s.values())


# --- posture checks ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DaysByPosture:
    """Days with a posture check, split by whether a check found the legs crossed, with the episodes of those days."""

    crossed_days: int = 0
    crossed_episodes: int = 0
    other_days: int = 0
    other_episodes: int = 0

    @property
    def comparable(self) -> bool:
        """Whether there are enough days of both kinds to compare them."""
        return min(self.crossed_days, self.other_days) >= MEDIAN_FROM


# --- onsets -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnsetSpread:
    """After how much sitting numbness began, in sittings with an episode: the quartiles, in seconds.

    `None` where there are fewer than `MEDIAN_FROM`.
    """

    n: int
    early_s: float | None = None
    median_s: float | None = None
    late_s: float | None = None

    @property
    def close_together(self) -> bool:
        """Whether the onsets lie so close together that one time describes them."""
        return None not in (self.early_s, self.late_s) and (self.late_s or 0) - (self.early_s or 0) <= CLOSE_TOGETHER_S


def onsets(ended: Iterable[EndedBouts]) -> OnsetSpread:
    """The spread of the first onsets of sitting bouts."""
    lengths = sorted((one.t_s, one.events) for one in ended if one.events)
    n = sum(count for _, count in lengths)
    if n < MEDIAN_FROM:
        return OnsetSpread(n)
    median_s = (_at(lengths, (n - 1) // 2) + _at(lengths, n // 2)) / 2
    return OnsetSpread(n, _at(lengths, (n - 1) // 4), median_s, _at(lengths, n - 1 - (n - 1) // 4))


# --- all the figures of a period --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Insights:
    """All figures of a period. `episodes` and `bouts` count those that began in it."""

    episodes: int
    bouts: int
    time_to_numbness: SurvivalEstimate
    onsets: OnsetSpread = OnsetSpread(0)
    weeks: tuple[EpisodesOfWeek, ...] = ()
    weeks_by_movement: WeeksByMovement | None = None
    trend: WeekTrend | None = None
    places: Mapping[tuple[Region, Side | None], int] = field(default_factory=dict)
    """By region and leg; `None` where the leg was not logged."""
    sides: ValueCounts = field(default_factory=lambda: ValueCounts(0, 0, {}))
    regions: ValueCounts = field(default_factory=lambda: ValueCounts(0, 0, {}))
    postures: ValueCounts = field(default_factory=lambda: ValueCounts(0, 0, {}))
    hours: ValueCounts = field(default_factory=lambda: ValueCounts(0, 0, {}))
    """By the local hour, `0` to `23`."""
    weekdays: ValueCounts = field(default_factory=lambda: ValueCounts(0, 0, {}))
    """By the day of the week, `monday` to `sunday`."""
    lasted: LengthSpread = LengthSpread(0, None)
    relief: Mapping[str, LengthSpread] = field(default_factory=dict)
    """How long episodes lasted, by what helped."""
    sat_before: LengthSpread = LengthSpread(0, None)
    """How long the person had been sitting when an episode was logged, for all episodes for which that is known."""
    checked: DaysByPosture = DaysByPosture()
    left_out: int = 0
    """Bouts that cannot be true, and that no figure rests on: earlier versions wrote some."""
    sound_since: datetime | None = None
    """When the last bout began that cannot be true: from then on the figures are sound. `None`: all are."""


WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def check_days(episodes: Mapping[int, int], crossed: Mapping[int, bool]) -> DaysByPosture:
    """The days with a posture check, split by its finding.

    Both mappings are keyed by any numbering of days. `crossed` contains the days with a posture check, and whether one
    of the day's checks found the legs crossed.
    """
    on = [episodes.get(day, 0) for day, legs in crossed.items() if legs]
    off = [episodes.get(day, 0) for day, legs in crossed.items() if not legs]
    return DaysByPosture(len(on), sum(on), len(off), sum(off))
