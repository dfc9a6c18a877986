"""The sections of the insights window, each made from a few queries to the log. Pure, no Qt.

Called on the thread that reads the log. A section says one thing in a person's words, with one picture and one action;
the figures behind it are shown on request. Where the entries are too few, it says how many more it needs. None names a
cause. The rules are those of `core/log/insights.py` and `core/log/interval_suggestion.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import Any, Final

from numbguard.core.log import insights
from numbguard.core.log.insights import LEADER_FROM, MEDIAN_FROM, Insights, leader
from numbguard.core.log.interval_suggestion import IntervalVerdict, suggest
from numbguard.core.log.survival import SurvivalEstimate, kaplan_meier
from numbguard.core.log.time_buckets import bucketed
from numbguard.core.sites import Region, Side
from numbguard.runtime.clock import LocalZone
from numbguard.store.log.queries.insights import InsightQueries
from numbguard.ui.charts import contents as charts
from numbguard.ui.charts.contents import Chart
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _, ngettext
from numbguard.wording.log import insights as words
from numbguard.wording.log.sites import part

_NO_ESTIMATE: Final = SurvivalEstimate(0, 0, ())


class InsightAction(Enum):
    """What the button of a section does."""

    USE_INTERVAL = auto()
    """Set the suggested interval."""
    SETTINGS = auto()
    REPORT = auto()
    STRETCH = auto()
    """Show a stretch for `InsightSection.region`."""
    RELIEF = auto()
    """Read about relief."""
    POSTURE = auto()
    HISTORY = auto()


@dataclass(frozen=True, slots=True)
class InsightSources:
    """What the sections are made from."""

    log: InsightQueries
    """The period that the person chose."""
    week: InsightQueries
    """The last seven days."""
    interval_s: float
    """The interval that is set."""
    present: Mapping[date, float] = field(default_factory=dict)
    """The sitting that is not over yet, in seconds by local day: the log gets it only when it ends."""


@dataclass(frozen=True, slots=True)
class InsightSection:
    title: str
    headline: str = ""
    """The one thing that it says, in a person's words."""
    sentences: tuple[str, ...] = ()
    """What belongs to it, in a person's words."""
    picture: Chart | None = None
    action: InsightAction | None = None
    label: str = ""
    """The words on the button."""
    figures: tuple[str, ...] = ()
    """Sentences with figures, shown on request."""
    charts: tuple[Chart, ...] = ()
    """Further pictures, shown on request."""
    needs: str = ""
    """A sentence on what the section needs in order to say more; empty if it says everything."""
    interval_s: int | None = None
    """The interval that its button sets, in seconds."""
    region: Region | None = None

    @property
    def pictures(self) -> tuple[Chart, ...]:
        """All charts, the picture first."""
        return self.charts if self.picture is None else (self.picture, *self.charts)


def sitting(sources: InsightSources) -> InsightSection:
    ended = sources.log.ended()
    survival, spread = kaplan_meier(ended), insights.onsets(ended)
    suggestion = suggest(survival, sources.interval_s)
    said = words.interval(suggestion)
    action, label = InsightAction.SETTINGS, _("Change the interval…")
    changed_s = suggestion.meanwhile_s if suggestion.says is IntervalVerdict.TOO_LITTLE else suggestion.interval_s
    if suggestion.none_is_short_enough:
        action, label = InsightAction.REPORT, _("Write a report for your doctor…")
    elif changed_s is not None and suggestion.says is not IntervalVerdict.SERVES:
        action, label = InsightAction.USE_INTERVAL, _("&Use {minutes} minutes").format(minutes=changed_s // 60)
    if not survival.n:
        return InsightSection(_(SITTING), needs=words.more_onsets(0, MEDIAN_FROM))
    if spread.median_s is None:
        return InsightSection(
            _(SITTING),
            sentences=(said,),
            action=None if suggestion.says is IntervalVerdict.TOO_LITTLE else action,
            label=label,
            figures=_non_empty(words.interval_figures(suggestion), words.sound_since(sources.log.unsound()[1])),
            charts=(charts.time_to_numbness(survival),),
            needs=words.more_onsets(spread.n, MEDIAN_FROM),
            interval_s=changed_s,
        )
    return InsightSection(
        _(SITTING),
        words.onset(spread),
        (said,),
        charts.by_onset(ended),
        action,
        label,
        _non_empty(
            words.time_to_numbness(survival),
            words.sat_before(sources.log.sat_before()),
            words.interval_figures(suggestion),
            words.sound_since(sources.log.unsound()[1]),
        ),
        (charts.time_to_numbness(survival),),
        interval_s=changed_s,
    )


def where(sources: InsightSources) -> InsightSection:
    regions, sides, places = sources.log.regions(), sources.log.sides(), sources.log.places()
    headline = words.place(places, regions, sides)
    if regions.n < LEADER_FROM:
        needs = words.more_places(regions.n, LEADER_FROM)
        return InsightSection(_(WHERE), headline, needs=needs)
    first = leader({place: count for place, count in places.items() if place[1] is not None})
    region = first[0] if first else Region(regions.leader) if regions.leader else None
    action, label = InsightAction.HISTORY, _("Show the history")
    if region is not None:
        side: Side | None = first[1] if first else None
        action, label = InsightAction.STRETCH, _("Show a stretch for {part}").format(part=part(region, side))
    about = ngettext(
        "{count} episode has a place recorded, {unanswered} do not. An episode can have more than one.",
        "{count} episodes have a place recorded, {unanswered} do not. An episode can have more than one.",
        regions.n,
    ).format(count=formats.number(regions.n), unanswered=formats.number(regions.unanswered))
    return InsightSection(
        _(WHERE),
        headline,
        picture=charts.on_the_map(places),
        action=action,
        label=label,
        figures=_non_empty(
            about,
            words.most_frequent(regions, kind="region"),
            words.most_frequent(sides, kind="side"),
        ),
        region=region,
    )


def how_often(sources: InsightSources) -> InsightSection:
    weeks = sources.log.weeks()
    found, trend = bucketed(weeks), insights.week_trend(weeks)
    episodes, moved = sum(one.episodes for one in weeks), sum(one.moved for one in weeks)
    whole = max(0, len(weeks) - 2)
    if len(found.buckets) < 2 or not episodes:
        return InsightSection(_(HOW_OFTEN), needs=words.more_weeks(whole))
    compared = insights.weeks_by_movement(weeks)
    # Translators: three numbers; the number of weeks is never below 2.
    about = _("{episodes} episodes and {moved} breaks taken in {weeks} weeks with entries.").format(
        episodes=formats.number(episodes), moved=formats.number(moved), weeks=formats.number(len(weeks))
    )
    return InsightSection(
        _(HOW_OFTEN),
        words.a_week(trend),
        picture=charts.episodes_over_time(found),
        action=InsightAction.REPORT,
        label=_("Write a report for your doctor…"),
        figures=_non_empty(
            words.weeks_compared(trend), about, words.breaks_moved(_insights_with(weeks_by_movement=compared))
        ),
        charts=(charts.moved_over_time(found),) if moved else (),
        needs="" if trend and trend.change else words.more_weeks(whole),
    )


def seven_days(sources: InsightSources) -> InsightSection:
    seated = sources.week.seated(LocalZone()).with_present(sources.present)
    outcomes = sources.week.outcomes()
    headline, *sentences = words.seven_days(seated, outcomes)
    return InsightSection(
        _(SEVEN_DAYS),
        headline,
        tuple(sentences),
        charts.by_day(seated) if seated.bouts else None,
        InsightAction.SETTINGS,
        _("Change the breaks…"),
    )


def lasting(sources: InsightSources) -> InsightSection:
    lengths = sources.log.lengths()
    spread = insights.spread(lengths)
    if spread.n < MEDIAN_FROM:
        return InsightSection(_(LASTING), needs=words.more_ends(spread.n, MEDIAN_FROM))
    relief = words.relief(_insights_with(relief=sources.log.relief()))
    return InsightSection(
        _(LASTING),
        words.usual_length(spread),
        picture=charts.by_length(lengths),
        action=InsightAction.RELIEF,
        label=_("Read what can help"),
        figures=_non_empty(words.lasted(spread), relief),
        needs=""
        if relief
        else _("To see what shortens it, you need two kinds of relief with at least 6 episodes each."),
    )


def when(sources: InsightSources) -> InsightSection:
    hours, weekdays = sources.log.hours(), sources.log.weekdays()
    if hours.n < LEADER_FROM:
        return InsightSection(_(WHEN), needs=words.more_times(hours.n, LEADER_FROM))
    return InsightSection(
        _(WHEN),
        words.time_of_day(hours, weekdays),
        picture=charts.by_hour(hours),
        action=InsightAction.HISTORY,
        label=_("Show the history"),
        figures=_non_empty(
            ngettext("{count} episode.", "{count} episodes.", hours.n).format(count=formats.number(hours.n)),
            words.most_frequent(weekdays, kind="weekday", qualified=True),
            words.most_frequent(hours, kind="hour", qualified=True),
        ),
        charts=(charts.by_weekday(weekdays),),
    )


def postures(sources: InsightSources) -> InsightSection:
    told = sources.log.postures()
    checked = words.crossed_legs(_insights_with(checked=sources.log.checked()))
    action, label = InsightAction.POSTURE, _("Check my posture")
    if told.n < LEADER_FROM:
        needs = words.more_postures(told.n, LEADER_FROM)
        return InsightSection(_(POSTURES), sentences=_non_empty(checked), needs=needs)
    about = ngettext(
        "{count} episode has a posture recorded, {unanswered} do not.",
        "{count} episodes have a posture recorded, {unanswered} do not.",
        told.n,
    ).format(count=formats.number(told.n), unanswered=formats.number(told.unanswered))
    return InsightSection(
        _(POSTURES),
        words.posture(told),
        picture=charts.by_posture(told),
        action=action,
        label=label,
        figures=_non_empty(about, words.most_frequent(told, kind="posture"), checked),
    )


SITTING: Final = N_("How long you can sit")
WHERE: Final = N_("Where it is")
HOW_OFTEN: Final = N_("How often it happens")
SEVEN_DAYS: Final = N_("Your last seven days")
LASTING: Final = N_("How long it lasts")
WHEN: Final = N_("When it happens")
POSTURES: Final = N_("How you sit when it starts")

ORDER: Final[tuple[tuple[str, Callable[[InsightSources], InsightSection]], ...]] = (
    (SITTING, sitting),
    (WHERE, where),
    (HOW_OFTEN, how_often),
    (SEVEN_DAYS, seven_days),
    (LASTING, lasting),
    (WHEN, when),
    (POSTURES, postures),
)
"""Title and maker of each section, in the order in which the window reads and shows them."""


def _non_empty(*sentences: str) -> tuple[str, ...]:
    return tuple(sentence for sentence in sentences if sentence)


def _insights_with(**known: Any) -> Insights:
    """Insights in which only these figures are known, for wording functions that take all of them."""
    return Insights(0, 0, _NO_ESTIMATE, **known)
