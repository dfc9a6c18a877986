"""The sections of the insights window, each made from a few queries to the log. Pure, no Qt.

Called on the thread that reads the log. A section states its numbers and, where they are too few to say more, how many
it needs; none names a cause. The rules are those of `core/log/insights.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from numbguard.core.log import insights
from numbguard.core.log.insights import EVENTS_FROM, LEADER_FROM, MEDIAN_FROM, WEEKS_FROM, Insights, IntervalSuggestion
from numbguard.core.log.survival import SurvivalEstimate, kaplan_meier
from numbguard.core.log.time_buckets import bucketed
from numbguard.store.log.queries.insights import InsightQueries
from numbguard.ui.charts import contents as charts
from numbguard.ui.charts.contents import Chart
from numbguard.wording import insights as words

_NO_ESTIMATE: Final = SurvivalEstimate(0, 0, ())


@dataclass(frozen=True, slots=True)
class InsightSection:
    title: str
    sentences: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    needs: str = ""
    """A sentence on what the section needs in order to say more; empty if it says everything."""
    suggestion: IntervalSuggestion | None = None
    """An interval to offer, if the log supports one."""


def sitting(log: InsightQueries) -> InsightSection:
    ended = log.ended()
    survival, suggestion = kaplan_meier(ended), insights.suggest(ended)
    sentences = [words.sat_before(log.sat_before()), words.sound_since(log.unsound()[1])]
    if survival.events < EVENTS_FROM:
        return InsightSection(
            SITTING,
            _non_empty(sentences),
            needs=_need(EVENTS_FROM, "stretches of sitting with an episode", survival.events, "How long you can sit"),
        )
    sentences = [words.time_to_numbness(survival), *sentences, words.reason(suggestion)]
    return InsightSection(
        SITTING,
        _non_empty(sentences),
        (charts.time_to_numbness(survival),),
        suggestion=suggestion if suggestion.interval_s is not None else None,
    )


def over_time(log: InsightQueries) -> InsightSection:
    weeks = log.weeks()
    found = bucketed(weeks)
    episodes, moved = sum(one.episodes for one in weeks), sum(one.moved for one in weeks)
    if len(found.buckets) < 2 or not episodes:
        return InsightSection(
            OVER_TIME, needs="Weeks beside one another are shown from the second week with an entry on."
        )
    compared = insights.weeks_by_movement(weeks)
    about = f"{episodes:,} episodes and {moved:,} breaks moved in {len(weeks):,} weeks with an entry."
    return InsightSection(
        OVER_TIME,
        _non_empty([about, words.breaks_moved(_insights_with(weeks_by_movement=compared))]),
        (charts.episodes_over_time(found), charts.moved_over_time(found)),
        needs=""
        if compared
        else f"Weeks with more breaks are compared with the others from {WEEKS_FROM} whole weeks and {LEADER_FROM} "
        "episodes on.",
    )


def where(log: InsightQueries) -> InsightSection:
    regions, sides = log.regions(), log.sides()
    if regions.n < LEADER_FROM:
        return InsightSection(
            WHERE, needs=_need(LEADER_FROM, "episodes with a place told", regions.n, "Where it comes")
        )
    about = f"{regions.n:,} episodes named a region, {regions.unanswered:,} did not. One may name several."
    sentences = [
        words.most_frequent(regions, "Most often named", kind="region"),
        words.most_frequent(sides, "Most often named", kind="side"),
    ]
    return InsightSection(WHERE, _non_empty([about, *sentences]), (charts.on_the_map(log.places()),))


def lasting(log: InsightQueries) -> InsightSection:
    lengths = log.lengths()
    spread = insights.spread(lengths)
    if spread.n < MEDIAN_FROM:
        return InsightSection(LASTING, needs=_need(MEDIAN_FROM, "episodes with an end", spread.n, "How long it lasts"))
    relief = words.relief(_insights_with(relief=log.relief()))
    return InsightSection(
        LASTING,
        _non_empty([words.lasted(spread), relief]),
        (charts.by_length(lengths),),
        needs="" if relief else "What shortens them is told once two kinds of help have 6 episodes each.",
    )


def when(log: InsightQueries) -> InsightSection:
    hours, weekdays = log.hours(), log.weekdays()
    if hours.n < LEADER_FROM:
        return InsightSection(WHEN, needs=_need(LEADER_FROM, "episodes", hours.n, "When it comes"))
    maybe = " You may simply sit more then."
    sentences = [
        f"{hours.n:,} episodes.",
        words.most_frequent(weekdays, "Most of them began on a", kind="weekday", tail=maybe),
        words.most_frequent(hours, "The hour with most of them begins at", kind="hour", tail=maybe),
    ]
    return InsightSection(WHEN, _non_empty(sentences), (charts.by_weekday(weekdays), charts.by_hour(hours)))


def postures(log: InsightQueries) -> InsightSection:
    told = log.postures()
    checked = words.crossed_legs(_insights_with(checked=log.checked()))
    if told.n < LEADER_FROM:
        needs = _need(LEADER_FROM, "episodes with a posture told", told.n, "How you sat")
        return InsightSection(POSTURES, _non_empty([checked]), needs=needs)
    about = f"{told.n:,} episodes told a posture, {told.unanswered:,} did not."
    sentences = [about, words.most_frequent(told, "Most often named", kind="posture"), checked]
    return InsightSection(POSTURES, _non_empty(sentences), (charts.by_posture(told),))


SITTING: Final = "How long you sit before it"
OVER_TIME: Final = "Week by week"
WHERE: Final = "Where"
LASTING: Final = "How long it lasts"
WHEN: Final = "When"
POSTURES: Final = "How you sat"

ORDER: Final[tuple[tuple[str, Callable[[InsightQueries], InsightSection]], ...]] = (
    (SITTING, sitting),
    (OVER_TIME, over_time),
    (WHERE, where),
    (LASTING, lasting),
    (WHEN, when),
    (POSTURES, postures),
)
"""Title and maker of each section, in the order in which the window reads and shows them."""


def _need(most: int, what: str, so_far: int, head: str) -> str:
    return f"{head} is told from {most} {what} on; there {'is' if so_far == 1 else 'are'} {so_far:,} so far."


def _non_empty(sentences: list[str]) -> tuple[str, ...]:
    return tuple(sentence for sentence in sentences if sentence)


def _insights_with(**known: Any) -> Insights:
    """Insights in which only these figures are known, for wording functions that take all of them."""
    return Insights(0, 0, _NO_ESTIMATE, IntervalSuggestion(None, insights.SHARE, 0, 0), **known)
