"""The contents of charts, with a table of the same figures for people who cannot see the picture. Pure, no Qt.

The insights window and the report make charts from the figures of the log; `svg.py` and `leg_map_svg.py` draw them. A
chart and its table use the same values, so that they cannot contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import dropwhile, pairwise
from typing import Final

from numbguard.core.log.insights import WEEKDAYS, SeatedDays, ValueCounts
from numbguard.core.log.records.episode import Posture
from numbguard.core.log.survival import EndedBouts, SurvivalEstimate, SurvivalPoint
from numbguard.core.log.time_buckets import LENGTHS_S, MAX_BUCKETS, BucketSeries, BucketSize, classes
from numbguard.core.sites import Region, Side
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _, pgettext
from numbguard.wording.lengths import say_rounded
from numbguard.wording.log.episodes import POSTURES
from numbguard.wording.log.sites import region_name

Counts = Mapping[tuple[Region, Side | None], int]
"""Number of episodes by region and side; None if no side was given."""

_EPISODES_BY: Final[Mapping[BucketSize, str]] = {
    BucketSize.WEEK: N_("Episodes by week"),
    BucketSize.MONTH: N_("Episodes by month"),
    BucketSize.QUARTER: N_("Episodes by quarter"),
    BucketSize.YEAR: N_("Episodes by year"),
    BucketSize.DECADE: N_("Episodes by decade"),
    BucketSize.CENTURY: N_("Episodes by century"),
}
_BREAKS_BY: Final[Mapping[BucketSize, str]] = {
    BucketSize.WEEK: N_("Breaks you took, by week"),
    BucketSize.MONTH: N_("Breaks you took, by month"),
    BucketSize.QUARTER: N_("Breaks you took, by quarter"),
    BucketSize.YEAR: N_("Breaks you took, by year"),
    BucketSize.DECADE: N_("Breaks you took, by decade"),
    BucketSize.CENTURY: N_("Breaks you took, by century"),
}
_HEADS: Final[Mapping[BucketSize, str]] = {
    BucketSize.WEEK: N_("Week of"),
    BucketSize.MONTH: N_("Month"),
    BucketSize.QUARTER: N_("Quarter"),
    BucketSize.YEAR: N_("Year"),
    BucketSize.DECADE: N_("Decade"),
    BucketSize.CENTURY: N_("Century"),
}


@dataclass(frozen=True, slots=True)
class ChartTable:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """A bar for each label, from left to right. Made by functions that leave out what has no entry.

    Only a series over time keeps a value of 0, so that a gap shows as a gap: its number is written without a bar.
    """

    title: str
    labels: tuple[str, ...]
    values: tuple[int, ...]
    head: tuple[str, str]
    """Heads of the labels and of the values in the table."""
    said: tuple[str, ...] = ()
    """The values in words, where a number alone is not enough."""

    @property
    def value_words(self) -> tuple[str, ...]:
        return self.said or tuple(formats.number(value) for value in self.values)

    @property
    def table(self) -> ChartTable:
        return ChartTable(self.head, tuple(zip(self.labels, self.value_words, strict=True)))


@dataclass(frozen=True, slots=True)
class CurveChart:
    """The share of sittings still without numbness over time; times are in seconds."""

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
                    formats.number(step * every / 60),
                    _("{percent}%").format(percent=formats.number(point.survival * 100)),
                    _("{lower} to {upper}%").format(
                        lower=formats.number(point.lower * 100), upper=formats.number(point.upper * 100)
                    ),
                    formats.number(at_risk),
                )
            )
        return ChartTable(
            (_("Minutes of sitting"), _("Without numbness"), _("95% band"), _("Sittings that long")), tuple(rows)
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
                rows.append((region_name(region), *(formats.number(count) for count in told)))
        return ChartTable(
            (_("Region"), pgettext("leg", "Left"), pgettext("leg", "Right"), _("Side not recorded")), tuple(rows)
        )


Chart = BarChart | CurveChart | LegMapChart


# --- making charts from figures ---------------------------------------------------------------------------------------


def episodes_over_time(found: BucketSeries) -> BarChart:
    counts = [(one.begins, one.episodes) for one in found.buckets]
    return _over_time(_(_EPISODES_BY[found.size]), found.size, counts, _("Episodes"))


def moved_over_time(found: BucketSeries) -> BarChart:
    counts = [(one.begins, one.moved) for one in found.buckets]
    return _over_time(_(_BREAKS_BY[found.size]), found.size, counts, _("Breaks taken"))


def _over_time(title: str, size: BucketSize, counts: Iterable[tuple[date, int]], what: str) -> BarChart:
    """A chart from the first bucket with an entry on; later ones without an entry are a gap, and stay."""
    found = list(dropwhile(lambda one: not one[1], counts))
    labels = tuple(_bucket_label(size, begins) for begins, _unused in found)
    return BarChart(title, labels, tuple(count for _unused, count in found), (_(_HEADS[size]), what))


def by_hour(hours: ValueCounts) -> BarChart:
    """A bar for each hour with an episode, or for each two hours if those would be too many."""
    each = 1 if sum(count > 0 for count in hours.counts.values()) <= MAX_BUCKETS else 2
    counts = {
        _hours(at, at + each): sum(hours.counts.get(str(hour), 0) for hour in range(at, at + each))
        for at in range(0, 24, each)
    }
    return _counted(_("Episodes by hour of the day"), counts, (_("Hour"), _("Episodes")))


def by_weekday(weekdays: ValueCounts) -> BarChart:
    counts = {formats.weekday(at): weekdays.counts.get(day, 0) for at, day in enumerate(WEEKDAYS)}
    return _counted(_("Episodes by weekday"), counts, (_("Day"), _("Episodes")))


def by_posture(postures: ValueCounts) -> BarChart:
    counts = {_(POSTURES[one]): postures.counts.get(one.value, 0) for one in Posture}
    return _counted(_("Episodes by posture"), counts, (_("Posture"), _("Episodes")))


def by_length(lengths: Sequence[tuple[float, int]]) -> BarChart:
    bounds = [bound // 60 for bound in LENGTHS_S]
    between = (_("{low} to {high} min").format(low=low, high=high) for low, high in pairwise(bounds))
    labels = (
        _("under {minutes} min").format(minutes=bounds[0]),
        *between,
        _("{minutes} min or more").format(minutes=bounds[-1]),
    )
    counts = dict(zip(labels, classes(lengths), strict=True))
    return _counted(_("How long episodes lasted"), counts, (_("Length"), _("Episodes")))


def by_onset(ended: Iterable[EndedBouts]) -> BarChart:
    """Sittings with an episode, by the time after which it began, in classes of ten minutes."""
    counts = dict.fromkeys(range(_ONSET_CLASSES), 0)
    for one in ended:
        counts[min(int(one.t_s // 600), _ONSET_CLASSES - 1)] += one.events
    labels = {place: _("{low} to {high} min").format(low=place * 10, high=place * 10 + 10) for place in counts}
    labels[_ONSET_CLASSES - 1] = _("{minutes} min or more").format(minutes=_ONSET_CLASSES * 10 - 10)
    return _counted(
        _("Sittings with numbness, by when it started"),
        {labels[place]: counts[place] for place in counts},
        (_("Sitting"), _("Episodes")),
    )


_ONSET_CLASSES: Final = 10


def by_day(sitting: SeatedDays) -> BarChart:
    """The sitting of each day on which there was any, in whole minutes."""
    found = {day: round(seconds / 60) for day, seconds in sitting.seated_s.items() if seconds >= 30}
    return BarChart(
        _("Sitting, day by day"),
        tuple(_short_day(day) for day in found),
        tuple(found.values()),
        (_("Day"), _("Sitting")),
        tuple(say_rounded(minutes * 60) for minutes in found.values()),
    )


def _counted(title: str, counts: Mapping[str, int], head: tuple[str, str]) -> BarChart:
    """A chart without the values of 0."""
    found = {label: count for label, count in counts.items() if count}
    return BarChart(title, tuple(found), tuple(found.values()), head)


def time_to_numbness(survival: SurvivalEstimate) -> CurveChart:
    return CurveChart(_("Sitting without numbness"), survival.curve, survival.median_s)


def on_the_map(counts: Counts) -> LegMapChart:
    return LegMapChart(_("Episodes by place"), counts)


def _bucket_label(size: BucketSize, begins: date) -> str:
    match size:
        case BucketSize.WEEK:
            return formats.short_date(begins)
        case BucketSize.MONTH:
            return formats.month(begins)
        case BucketSize.QUARTER:
            # Translators: a quarter of a year, as in “2026 Q1”.
            return _("{year} Q{quarter}").format(year=begins.year, quarter=(begins.month + 2) // 3)
    return str(begins.year) if size is BucketSize.YEAR else _("from {year}").format(year=begins.year)


def _short_day(day: date) -> str:
    # Translators: as in “Mon 2 Nov”.
    return _("{weekday} {day}").format(weekday=formats.short_weekday(day), day=formats.short_day(day))


def _hours(begins: int, ends: int) -> str:
    """``8:00–9:00``; the last hour of the day ends at 24:00 where people use 24 hours."""
    if formats.has_twelve_hours():
        return f"{formats.clock(time(begins))} – {formats.clock(time(ends % 24))}"
    return f"{begins}:00–{ends}:00"
