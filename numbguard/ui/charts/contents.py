"""The contents of charts, with a table of the same figures for people who cannot see the picture. Pure, no Qt.

The insights window and the report make charts from the figures of the log; `svg.py` and `leg_map_svg.py` draw them. A
chart and its table use the same values, so that they cannot contradict each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from numbguard.core.body import Region, Side
from numbguard.core.log.insights import WEEKDAYS, ValueCounts
from numbguard.core.log.records import Posture
from numbguard.core.log.survival import SurvivalEstimate, SurvivalPoint
from numbguard.core.log.time_buckets import LENGTHS_S, BucketSeries, BucketSize, classes
from numbguard.wording.body import region_name
from numbguard.wording.episodes import POSTURES

Counts = Mapping[tuple[Region, Side | None], int]
"""Number of episodes by region and side; None if no side was given."""

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Not in the language of the locale, because the words around them are English."""


@dataclass(frozen=True, slots=True)
class ChartTable:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """A bar for each label; a value of 0 has no bar and no number."""

    title: str
    labels: tuple[str, ...]
    values: tuple[int, ...]
    head: tuple[str, str]
    """Heads of the labels and of the values in the table."""

    @property
    def table(self) -> ChartTable:
        return ChartTable(
            self.head, tuple((label, f"{value:,}") for label, value in zip(self.labels, self.values, strict=True))
        )


@dataclass(frozen=True, slots=True)
class CurveChart:
    """The share of stretches of sitting still without numbness over time; times are in seconds."""

    title: str
    points: tuple[SurvivalPoint, ...]
    median_s: float | None

    @property
    def table(self) -> ChartTable:
        """The whole curve in steps of five minutes, or of longer ones if it covers more than three hours."""
        longest = self.points[-1].t_s if self.points else 0.0
        every = max(300.0, 300.0 * (longest // (300 * 36) + 1))
        rows = []
        for step in range(int(longest // every) + 1):
            point = [one for one in self.points if one.t_s <= step * every][-1]
            at_risk = next((one.at_risk for one in self.points if one.t_s >= step * every), 0)
            rows.append(
                (
                    f"{step * every / 60:.0f}",
                    f"{point.survival * 100:.0f} %",
                    f"{point.lower * 100:.0f} to {point.upper * 100:.0f} %",
                    f"{at_risk:,}",
                )
            )
        return ChartTable(
            ("Minutes of sitting", "Still without numbness", "95 % band", "Stretches that long"), tuple(rows)
        )


@dataclass(frozen=True, slots=True)
class LegMapChart:
    """Episodes by region of each leg, on the body map."""

    title: str
    counts: Counts

    def on(self, side: Side, region: Region) -> int:
        """Episodes in one leg; an episode in both legs counts for each."""
        return self.counts.get((region, side), 0) + self.counts.get((region, Side.BOTH), 0)

    @property
    def table(self) -> ChartTable:
        rows = []
        for region in Region:
            told = [self.on(Side.LEFT, region), self.on(Side.RIGHT, region), self.counts.get((region, None), 0)]
            if any(told):
                rows.append((region_name(region), *(f"{count:,}" for count in told)))
        return ChartTable(("Region", "Left", "Right", "Side not told"), tuple(rows))


Chart = BarChart | CurveChart | LegMapChart


# --- making charts from figures ---------------------------------------------------------------------------------------


def episodes_over_time(found: BucketSeries) -> BarChart:
    labels = tuple(_bucket_label(found.size, one.begins) for one in found.buckets)
    values = tuple(one.episodes for one in found.buckets)
    return BarChart(f"Episodes by {found.size.value}", labels, values, (_head(found.size), "Episodes"))


def moved_over_time(found: BucketSeries) -> BarChart:
    labels = tuple(_bucket_label(found.size, one.begins) for one in found.buckets)
    values = tuple(one.moved for one in found.buckets)
    return BarChart(f"Breaks you moved in, by {found.size.value}", labels, values, (_head(found.size), "Breaks moved"))


def by_hour(hours: ValueCounts) -> BarChart:
    """A bar for each hour, from the first with an episode to the last."""
    at = [hour for hour in range(24) if hours.counts.get(str(hour), 0)]
    shown = range(min(at), max(at) + 1) if at else range(0)
    values = tuple(hours.counts.get(str(hour), 0) for hour in shown)
    return BarChart("Episodes by hour of the day", tuple(map(str, shown)), values, ("Hour", "Episodes"))


def by_weekday(weekdays: ValueCounts) -> BarChart:
    labels = tuple(day[:3].capitalize() for day in WEEKDAYS)
    return BarChart(
        "Episodes by weekday", labels, tuple(weekdays.counts.get(day, 0) for day in WEEKDAYS), ("Day", "Episodes")
    )


def by_posture(postures: ValueCounts) -> BarChart:
    labels = tuple(_SHORT.get(posture, POSTURES[posture]) for posture in Posture)
    values = tuple(postures.counts.get(posture.value, 0) for posture in Posture)
    return BarChart("Episodes by posture", labels, values, ("Posture", "Episodes"))


def by_length(lengths: Sequence[tuple[float, int]]) -> BarChart:
    bounds = [bound // 60 for bound in LENGTHS_S]
    between = (f"{low}–{high}" for low, high in pairwise(bounds))
    labels = (f"<{bounds[0]}", *between, f"{bounds[-1]}+")
    return BarChart("How long episodes lasted, in minutes", labels, classes(lengths), ("Minutes", "Episodes"))


def time_to_numbness(survival: SurvivalEstimate) -> CurveChart:
    return CurveChart("Sitting on without numbness", survival.curve, survival.median_s)


def on_the_map(counts: Counts) -> LegMapChart:
    return LegMapChart("Where it was", counts)


_SHORT: Final = {Posture.FOOT_TUCKED: "Foot tucked", Posture.SEAT_EDGE: "Seat edge"}


def _bucket_label(size: BucketSize, begins: date) -> str:
    match size:
        case BucketSize.WEEK:
            return f"{begins.day} {_MONTHS[begins.month - 1]} {begins.year}"
        case BucketSize.MONTH:
            return f"{_MONTHS[begins.month - 1]} {begins.year}"
        case BucketSize.QUARTER:
            return f"{begins.year} Q{(begins.month + 2) // 3}"
    return str(begins.year) if size is BucketSize.YEAR else f"from {begins.year}"


def _head(size: BucketSize) -> str:
    return "Week of" if size is BucketSize.WEEK else size.value.capitalize()
