"""What the log's figures can bear to say: how often, where, when, for how long, after how much sitting.

Pure reckoning over counts, called by whoever shows the insights on the thread that read the log;
`store/log/insight_queries.py` makes the counts. Nothing here names a cause, and each figure keeps silent below what its
number bears. The rules, once:

- A median is given from `MEDIAN_FROM` values on: only then do the smallest and the largest of them enclose the true one
  with 95 % confidence (1 − 2·0.5⁶ = 0.97; H. A. David, H. N. Nagaraja: Order Statistics, 3rd ed. 2003, 7.1).
- A word is called the most frequent from `LEADER_FROM` told ones on, and only where it leads the next by more than two
  standard deviations of the difference of two counts, 2·√(a + b): less is what chance does.
- Two groups of weeks are compared from `WEEKS_FROM` whole weeks and `LEADER_FROM` episodes on, and called different by
  the same two standard deviations.
- An interval is suggested from `ONSETS_FROM` episodes on: a fifth of fewer would rest on three or less.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from typing import Final

from .survival import EndedBouts, SurvivalEstimate

MEDIAN_FROM: Final = 6
LEADER_FROM: Final = 10
WEEKS_FROM: Final = 8
ONSETS_FROM: Final = 20
EVENTS_FROM: Final = 10
"""Bouts with an episode that words about the curve need: with fewer, one more or less moves it by a tenth."""

SHARE: Final = 0.8
"""The share of episodes that a suggested interval would have come before, unless another is asked for."""
INTERVALS_S: Final = tuple(range(30 * 60, 60 * 60 + 1, 5 * 60))
"""What can be suggested: the guide's 30 to 60 minutes, in steps of five."""


# --- counts of words --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ValueCounts:
    """How often each word was told. An episode may tell several (regions) or none."""

    n: int
    """Episodes that told one at least."""
    untold: int
    counts: Mapping[str, int]

    @property
    def most(self) -> str | None:
        """The word that is told most, where that is more than chance does."""
        return leader(self.counts) if self.n >= LEADER_FROM else None


def leader(counts: Mapping[str, int]) -> str | None:
    """The word well ahead of all others, if there is one."""
    ordered = sorted(counts, key=lambda word: counts[word], reverse=True)
    if not ordered:
        return None
    ahead, behind = counts[ordered[0]], counts[ordered[1]] if len(ordered) > 1 else 0
    return ordered[0] if ahead - behind > 2 * math.sqrt(ahead + behind) else None


# --- lengths ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LengthSpread:
    """Where the middle of a number of lengths lies, in seconds; `None` where there are too few to say."""

    n: int
    median_s: float | None


def spread(lengths: Iterable[tuple[float, int]]) -> LengthSpread:
    """From pairs of a length in seconds and how often it came, in any order."""
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
    """A week by its Monday. `natural`: breaks taken without being asked to."""

    monday: date
    episodes: int = 0
    moved: int = 0
    natural: int = 0


@dataclass(frozen=True, slots=True)
class WeeksByMovement:
    """Whole weeks, parted at the middle by the breaks moved in them."""

    more_weeks: int
    more_episodes: int
    fewer_weeks: int
    fewer_episodes: int

    @property
    def differ(self) -> bool:
        """Whether the two have more episodes a week between them than chance does."""
        more, fewer = self.more_episodes / self.more_weeks, self.fewer_episodes / self.fewer_weeks
        error = math.sqrt(self.more_episodes / self.more_weeks**2 + self.fewer_episodes / self.fewer_weeks**2)
        return abs(more - fewer) > 2 * error


def halves(found: Sequence[EpisodesOfWeek]) -> WeeksByMovement | None:
    """The weeks with more breaks moved against those with fewer; `None` where there are too few of either.

    The first week and the last are left out, being cut off, and weeks without a break: NumbGuard hardly ran in those.
    Weeks at the middle itself belong to neither half.
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


# --- posture checks ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DaysByPosture:
    """Days on which posture was checked, parted by whether legs were found crossed, with the episodes of those days."""

    crossed_days: int = 0
    crossed_episodes: int = 0
    other_days: int = 0
    other_episodes: int = 0

    @property
    def speaks(self) -> bool:
        return min(self.crossed_days, self.other_days) >= MEDIAN_FROM


# --- the suggested interval -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IntervalSuggestion:
    """The longest interval of `INTERVALS_S` after which `share` or more of the episodes began, if there is one."""

    interval_s: int | None
    share: float
    n: int
    """Sitting bouts with an episode: the first of each counts."""
    preceded: int
    """How many of them began later than the interval; without one, than the shortest there is."""

    @property
    def bears(self) -> bool:
        """Whether there were enough to say anything."""
        return self.n >= ONSETS_FROM


def suggest(ended: Iterable[EndedBouts], share: float = SHARE) -> IntervalSuggestion:
    """`ValueError` where the share is not above nought and at most one."""
    if not 0 < share <= 1:
        raise ValueError(f"a share lies above 0 and is at most 1, not {share:g}")
    onsets = [one for one in ended if one.events]
    n = sum(one.events for one in onsets)
    before = {length: sum(one.events for one in onsets if one.t_s > length) for length in INTERVALS_S}
    fitting = [length for length in INTERVALS_S if before[length] >= share * n - 1e-9]
    if n < ONSETS_FROM or not fitting:
        return IntervalSuggestion(None, share, n, before[INTERVALS_S[0]])
    return IntervalSuggestion(fitting[-1], share, n, before[fitting[-1]])


# --- all of it --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Insights:
    """All figures of a period. `episodes` and `bouts` are those that began in it."""

    episodes: int
    bouts: int
    time_to_numbness: SurvivalEstimate
    suggestion: IntervalSuggestion
    weeks: tuple[EpisodesOfWeek, ...] = ()
    halves: WeeksByMovement | None = None
    sides: ValueCounts = field(default_factory=lambda: ValueCounts(0, 0, {}))
    regions: ValueCounts = field(default_factory=lambda: ValueCounts(0, 0, {}))
    postures: ValueCounts = field(default_factory=lambda: ValueCounts(0, 0, {}))
    hours: ValueCounts = field(default_factory=lambda: ValueCounts(0, 0, {}))
    """By the local hour, `0` to `23`."""
    weekdays: ValueCounts = field(default_factory=lambda: ValueCounts(0, 0, {}))
    """By the day of the week, `monday` to `sunday`."""
    lasted: LengthSpread = LengthSpread(0, None)
    relief: Mapping[str, LengthSpread] = field(default_factory=dict)
    """How long episodes lasted by what was told to have helped."""
    sat_before: LengthSpread = LengthSpread(0, None)
    """How long people had sat when an episode was logged, of all episodes for which that is known."""
    checked: DaysByPosture = DaysByPosture()
    left_out: int = 0
    """Bouts that cannot be true, and that no figure rests on: earlier versions wrote some."""
    sound_since: datetime | None = None
    """When the last bout began that cannot be true: from then on the figures are sound. `None`: all are."""


WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def check_days(episodes: Mapping[int, int], crossed: Mapping[int, bool]) -> DaysByPosture:
    """Both by day, whatever numbers days have. `crossed`: those with a posture check, and whether legs were found
    crossed at one of them."""
    on = [episodes.get(day, 0) for day, legs in crossed.items() if legs]
    off = [episodes.get(day, 0) for day, legs in crossed.items() if not legs]
    return DaysByPosture(len(on), sum(on), len(off), sum(off))
