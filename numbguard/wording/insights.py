"""The insights in words, for the command line, the insights window and the report: sentences that claim no more than
the figures support.

Pure, on any thread. A figure that rests on too few entries has an empty sentence, by the rules in
`core/log/insights.py` and `core/log/interval_suggestion.py`. The sentences of the first part are in a person's own
words; those of the second give the figures behind them, with their number and their band.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import floor
from typing import Final

from numbguard.core.log.insights import (
    COMPARED_FROM,
    EVENTS_FROM,
    LEADER_FROM,
    Insights,
    LengthSpread,
    OnsetSpread,
    SeatedDays,
    ValueCounts,
    WeekChange,
    WeekTrend,
    leader,
)
from numbguard.core.log.interval_suggestion import SITTINGS_FROM, IntervalSuggestion, IntervalVerdict
from numbguard.core.log.records import Outcome, Posture
from numbguard.core.log.survival import SurvivalEstimate
from numbguard.core.sites import Region, Side
from numbguard.core.when.duration import say_rounded
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _

from .sites import part

NO_CAUSE = N_("These are figures from your own log. They show what happened together, not what caused what.")
_SHORTEST_MINUTES: Final = 30


def sentences(found: Insights, suggestion: IntervalSuggestion) -> tuple[str, ...]:
    """Every sentence that the figures support: first in a person's words, then the figures."""
    if not found.episodes:
        none = _("No episodes in this period.")
        return (none, interval(suggestion)) if found.bouts else (none,)
    said = [
        onset(found.onsets),
        interval(suggestion),
        place(found.places, found.regions, found.sides),
        a_week(found.trend),
        usual_length(found.lasted),
        time_of_day(found.hours, found.weekdays),
        posture(found.postures),
        _("{episodes}, {bouts} sittings.").format(
            episodes=_episodes(found.episodes), bouts=formats.number(found.bouts)
        ),
        time_to_numbness(found.time_to_numbness),
        interval_figures(suggestion),
        sat_before(found.sat_before),
        weeks_compared(found.trend),
        lasted(found.lasted),
        relief(found),
        most_frequent(found.regions, _("Recorded most often"), kind="region"),
        most_frequent(found.sides, _("Recorded most often"), kind="side"),
        most_frequent(found.postures, _("Recorded most often"), kind="posture"),
        most_frequent(found.weekdays, _("Most episodes started on a"), kind="weekday", tail=MAYBE),
        most_frequent(found.hours, _("The busiest hour starts at"), kind="hour", tail=MAYBE),
        breaks_moved(found),
        crossed_legs(found),
        sound_since(found.sound_since),
        _(NO_CAUSE),
    ]
    return tuple(sentence for sentence in said if sentence)


MAYBE: Final = " That may just be when you sit most."

# --- in a person's words ----------------------------------------------------------------------------------------------


def onset(spread: OnsetSpread) -> str:
    """After how much sitting numbness usually starts; where the times lie far apart, between which."""
    if spread.early_s is None or spread.median_s is None or spread.late_s is None:
        return ""
    if spread.close_together:
        return _("Numbness usually starts after {median_s} of sitting.").format(median_s=say_rounded(spread.median_s))
    return _("Numbness starts at no particular time: half the time after {early_s} to {late_s} of sitting.").format(
        early_s=say_rounded(spread.early_s), late_s=say_rounded(spread.late_s)
    )


def interval(suggestion: IntervalSuggestion) -> str:
    """What the log says about the interval between breaks."""
    now, free = _interval(suggestion.current_s), _of_100(suggestion.current_free)
    match suggestion.says:
        case IntervalVerdict.SERVES:
            return _("A break every {now} suits you: {free} sittings that long stay free of numbness.").format(
                now=now, free=free
            )
        case IntervalVerdict.LONGER:
            return _("You could sit a little longer: {of_100} sittings of {interval} stay free of numbness.").format(
                of_100=_of_100(suggestion.interval_free), interval=_interval(suggestion.interval_s or 0)
            )
        case IntervalVerdict.SHORTER if suggestion.none_is_short_enough:
            numb = _of_100(1 - (suggestion.shortest_free or 0))
            return _(
                "Even {shortest_minutes} minutes is not short enough: numbness starts sooner in {numb} sittings. "
                "Show this to a doctor."
            ).format(shortest_minutes=_SHORTEST_MINUTES, numb=numb)
        case IntervalVerdict.SHORTER:
            shorter = _interval(suggestion.interval_s or 0)
            of_now = f" Of sittings of {now}, only {free} do." if suggestion.current_too_long else ""
            return _(
                "A break every {shorter} would suit you better: {of_100} sittings that "
                "long stay free of numbness.{of_now}"
            ).format(shorter=shorter, of_100=_of_100(suggestion.interval_free), of_now=of_now)
        case IntervalVerdict.TOO_LITTLE:
            return _too_little(suggestion, now, free)


def _too_little(suggestion: IntervalSuggestion, now: str, free: str) -> str:
    if suggestion.meanwhile_s is not None:
        return _(
            "A break every {now} is not often enough for you: only {free} sittings that long stay free of "
            "numbness. Until your log shows how much shorter it should be, {interval} "
            "is the safest choice."
        ).format(now=now, free=free, interval=_interval(suggestion.meanwhile_s))
    said = _("Your log doesn't have enough yet to say whether a break every {now} suits you.").format(now=now)
    if suggestion.more is None:
        return _("{said} The share of sittings without numbness is too close to {of_100}.").format(
            said=said, of_100=_of_100(suggestion.free_share)
        )
    count = _more(_about(suggestion.more), "sitting", "sittings")
    return f"{said} {'About ' if suggestion.more >= 20 else ''}{count} that long could show it."


def place(places: Mapping[tuple[Region, Side | None], int], regions: ValueCounts, sides: ValueCounts) -> str:
    """Where it usually is: the region of one leg, else the region, else the leg."""
    if regions.n >= LEADER_FROM:
        first = leader({where: count for where, count in places.items() if where[1] is not None})
        if first is not None:
            return _mostly(part(*first), places[first], regions.n)
        if regions.leader is not None:
            return _mostly(part(Region(regions.leader), None), regions.counts[regions.leader], regions.n)
    if sides.leader is not None:
        where = (
            _("both legs") if sides.leader == Side.BOTH.value else _("your {leader} leg").format(leader=sides.leader)
        )
        return _mostly(where, sides.counts[sides.leader], sides.n)
    return _("It is in several places, about equally often.") if regions.n >= LEADER_FROM else ""


def _mostly(where: str, count: int, n: int) -> str:
    return f"It is {'mostly' if 2 * count > n else 'most often'} {where}."


def a_week(trend: WeekTrend | None) -> str:
    """How often it happens, and whether that has changed: ``About 8 a week, unchanged.``"""
    if trend is None:
        return ""
    change = ""
    if trend.change is not None:
        before = _rate(trend.earlier_episodes / trend.earlier_weeks)
        change = {
            WeekChange.UNCHANGED: ", unchanged",
            WeekChange.MORE: f", more than before ({before})",
            WeekChange.FEWER: f", fewer than before ({before})",
        }[trend.change]
    rate = _rate(trend.a_week)
    if not trend.recent_episodes:
        rate = _("none in the last {weeks}").format(weeks=_weeks(trend.recent_weeks))
    return f"{'About ' if rate[0].isdigit() else ''}{rate[0].upper()}{rate[1:]}{change}."


def _rate(a_week_: float) -> str:
    if a_week_ == 0:
        return "none"
    return (
        _("{floor} a week").format(floor=formats.number(floor(a_week_ + 0.5)))
        if a_week_ >= 0.95
        else _("less than one a week")
    )


def usual_length(spread: LengthSpread) -> str:
    return (
        ""
        if spread.median_s is None
        else _("It usually lasts {median_s}.").format(median_s=say_rounded(spread.median_s))
    )


def time_of_day(hours: ValueCounts, weekdays: ValueCounts) -> str:
    """The hour or the weekday with most episodes, or that there is none."""
    if hours.n < LEADER_FROM:
        return ""
    said = []
    if hours.leader is not None:
        said.append(
            _("between {leader}:00 and {leader_2}:00").format(leader=hours.leader, leader_2=int(hours.leader) + 1)
        )
    if weekdays.leader is not None:
        said.append(_("on {leader}s").format(leader=weekdays.leader.capitalize()))
    return (
        _("Most often {said}.").format(said=", and ".join(said))
        if said
        else _("It happens at no particular time of the day or week.")
    )


def posture(postures: ValueCounts) -> str:
    """How the person usually sits when it begins."""
    if postures.n < LEADER_FROM:
        return ""
    if postures.leader is None:
        return _("It happens in several postures, about equally often.")
    how = _(_POSTURES.get(postures.leader, "in another posture"))
    mostly = "mostly" if 2 * postures.counts[postures.leader] > postures.n else _("most often")
    return _("It happens {mostly} {how}.").format(mostly=mostly, how=how)


_POSTURES: Final[Mapping[str, str]] = {
    Posture.LEGS_CROSSED.value: N_("with your legs crossed"),
    Posture.FOOT_TUCKED.value: N_("with a foot tucked under you"),
    Posture.SLOUCHED.value: N_("when you slouch"),
    Posture.SEAT_EDGE.value: N_("on the edge of the seat"),
    Posture.PERCHED.value: N_("when you perch"),
    Posture.STANDING.value: N_("when you stand"),
}


def seven_days(sitting: SeatedDays, outcomes: Mapping[str, int]) -> tuple[str, ...]:
    """The sitting and the breaks of the last seven days."""
    if not sitting.bouts:
        return (_("NumbGuard hasn't recorded any sitting in the last seven days."),)
    sittings = _("1 sitting") if sitting.bouts == 1 else f"{sitting.bouts:,} sittings"
    said = [
        _("In the last seven days you sat for {total_s}.").format(total_s=say_rounded(sitting.total_s)),
        _("That was in {sittings}, the longest {longest_s}.").format(
            sittings=sittings, longest_s=say_rounded(sitting.longest_s)
        ),
    ]
    moved, own = outcomes.get(Outcome.MOVED.value, 0), outcomes.get(Outcome.NATURAL.value, 0)
    offered = sum(outcomes.get(one.value, 0) for one in _OFFERED)
    if offered:
        said.append(f"You got up for {moved:,} of {offered:,} {'break' if offered == 1 else 'breaks'}.")
    if own:
        said.append(f"{'Once' if own == 1 else f'{own:,} times'} you got up before a reminder.")
    return tuple(said)


_OFFERED: Final = (Outcome.MOVED, Outcome.FINISHED, Outcome.CUT_SHORT, Outcome.SKIPPED, Outcome.MISSED)
"""Outcomes of an announced break. One that was put off is announced again, and counts then."""


# --- before there is enough -------------------------------------------------------------------------------------------


def more_onsets(n: int, needed: int) -> str:
    return f"After {_more(needed - n, 'sitting', 'sittings')} with numbness, this shows when it usually starts."


def more_weeks(whole: int) -> str:
    return f"After {_more(max(1, COMPARED_FROM - whole), 'whole week', 'whole weeks')}, this shows whether it changes."


def more_episodes(n: int, needed: int, what: str, shows: str) -> str:
    """How many more episodes a section needs; ``what`` they must have, such as `` with a place``."""
    return f"After {_more(needed - n, 'episode', 'episodes')}{what}, this shows {shows}."


def _more(count: int, one: str, several: str) -> str:
    return _("1 more {one}").format(one=one) if count == 1 else f"{count:,} more {several}"


# --- the figures ------------------------------------------------------------------------------------------------------
def sound_since(last_wrong: datetime | None) -> str:
    """A sentence on the date since which the figures of sitting are sound; empty where all of them are.

    ``last_wrong`` is when the last bout was over that cannot be true.
    """
    if last_wrong is None:
        return ""
    upto = f"{last_wrong.day} {last_wrong:%B %Y}"
    return _(
        "Some sittings up to {upto} can't be right: an earlier version counted them wrongly, or the clock was "
        "changed. The figures since then are sound."
    ).format(upto=upto)


def time_to_numbness(survival: SurvivalEstimate) -> str:
    """How long the person sits before numbness begins, with its 95 % band."""
    if survival.events < EVENTS_FROM:
        return ""
    had = _("{events} of {n} sittings had an episode.").format(
        events=formats.number(survival.events), n=formats.number(survival.n)
    )
    if survival.median_s is None:
        return _("Most of the time you sat, numbness never came, however long you sat: {had}").format(had=had)
    band = ""
    if survival.median_lower_s is not None:
        upper = _("or later") if survival.median_upper_s is None else f"to {say_rounded(survival.median_upper_s)}"
        band = f" (95 % band: {say_rounded(survival.median_lower_s)} {upper})"
    return _("When you sit without a break, numbness starts within {median_s} half the time{band}: {had}").format(
        median_s=say_rounded(survival.median_s), band=band, had=had
    )


def interval_figures(suggestion: IntervalSuggestion) -> str:
    """The rule by which an interval is suggested."""
    share = f"{suggestion.free_share:.0%}".replace("%", " %")
    return _(
        "NumbGuard looks for the longest interval of 30 to 60 minutes after which the curve, with its 95 % band, "
        "is above {share} without numbness. It needs {sittings_from} sittings that long. It suggests a shorter "
        "one only if the whole band of your current interval is below that. The figures can't tell you whether a "
        "break prevents numbness."
    ).format(share=share, sittings_from=SITTINGS_FROM)


def weeks_compared(trend: WeekTrend | None) -> str:
    """The counts behind ``a_week``."""
    if trend is None:
        return ""
    said = _("{episodes} in the last {weeks}").format(
        episodes=_episodes(trend.recent_episodes), weeks=_weeks(trend.recent_weeks)
    )
    if trend.change is None:
        return f"{said}."
    small = " A difference this small may be chance." if trend.change is WeekChange.UNCHANGED else ""
    return _("{said}, {earlier_episodes} in the {weeks} before.{small}").format(
        said=said,
        earlier_episodes=formats.number(trend.earlier_episodes),
        weeks=_weeks(trend.earlier_weeks),
        small=small,
    )


def _weeks(count: int) -> str:
    return _("whole week") if count == 1 else _("{count} whole weeks").format(count=count)


def sat_before(spread: LengthSpread) -> str:
    """How long the person had been sitting when an episode began, as a median."""
    return _median(_("You had been sitting for"), spread, _("when an episode began"))


def lasted(spread: LengthSpread) -> str:
    """How long episodes lasted, as a median."""
    return _median(_("Episodes lasted"), spread, "")


def _median(head: str, spread: LengthSpread, tail: str) -> str:
    if spread.median_s is None:
        return ""
    return f"{head} {say_rounded(spread.median_s)} {tail}".rstrip() + f" (median of {spread.n:,})."


def relief(found: Insights) -> str:
    """What helped, ordered by how long it took; only kinds with enough episodes for a median, and only if there are two
    or more to compare."""
    told = sorted(
        (spread.median_s, kind, spread.n) for kind, spread in found.relief.items() if spread.median_s is not None
    )
    if len(told) < 2:
        return ""
    each = ", ".join(
        _("{median} with {kind} ({n})").format(median=say_rounded(median), kind=kind, n=formats.number(n))
        for median, kind, n in told
    )
    return _("How long it took to go, by what helped: {each}. What you try may depend on how bad it is.").format(
        each=each
    )


def most_frequent(tally: ValueCounts, head: str, *, kind: str, tail: str = "") -> str:
    """The most frequent word, after ``head``; ``kind`` decides how to write it, and ``tail`` qualifies the sentence."""
    word = tally.leader
    if word is None:
        return ""
    said = {"hour": f"{word}:00", "weekday": word.capitalize()}.get(kind, word.replace("_", " "))
    return (
        f"{head}{':' if kind not in ('hour', 'weekday') else ''} {said}, {tally.counts[word]:,} of {tally.n:,}.{tail}"
    )


def breaks_moved(found: Insights) -> str:
    """Episodes a week in weeks with more ``moved`` breaks, compared with the others."""
    groups = found.weeks_by_movement
    if groups is None:
        return ""
    more = f"{groups.more_episodes / groups.more_weeks:.1f}"
    fewer = f"{groups.fewer_episodes / groups.fewer_weeks:.1f}"
    said = _("{more} episodes a week in the {more_weeks} weeks with more breaks taken, {fewer} in the other").format(
        more=more, more_weeks=groups.more_weeks, fewer=fewer
    )
    end = "" if groups.differ else " This difference could just be chance."
    return f"{said} {groups.fewer_weeks}.{end}"


def crossed_legs(found: Insights) -> str:
    """Episodes a day on days when a posture check found crossed legs, compared with the others."""
    checked = found.checked
    if not checked.comparable:
        return ""
    on = f"{checked.crossed_episodes / checked.crossed_days:.1f}"
    off = f"{checked.other_episodes / checked.other_days:.1f}"
    return _(
        "{on} episodes a day on the {crossed_days} days when a posture check found your legs crossed, "
        "{off} on the {other_days} when it did not."
    ).format(on=on, crossed_days=checked.crossed_days, off=off, other_days=checked.other_days)


def _episodes(count: int) -> str:
    return _("1 episode") if count == 1 else f"{count:,} episodes"


def _interval(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes"


def _of_100(share: float | None) -> str:
    """``97 of 100``; a share that is not whole is neither all nor none."""
    if share is None:
        return "few"
    if 0.995 <= share < 1:
        return _("more than 99 of 100")
    if 0 < share < 0.005:
        return _("fewer than 1 of 100")
    return "all" if share == 1 else _("{floor} of 100").format(floor=floor(share * 100 + 0.5))


def _about(count: int) -> int:
    """A rough number: in tens from 20 on."""
    return count if count < 20 else -(-count // 10) * 10
