"""The insights in words, for the command line, the insights window and the report: sentences that claim no more than
the figures support.

Pure, on any thread. A figure that rests on too few entries has an empty sentence, by the rules in
`core/log/insights.py` and `core/log/interval_suggestion.py`. The sentences of the first part are in a person's own
words; those of the second give the figures behind them, with their number and their band.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
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
from numbguard.core.log.records.episode import Posture
from numbguard.core.log.records.sitting import Outcome
from numbguard.core.log.survival import SurvivalEstimate
from numbguard.core.settings.settings import WEEKDAYS
from numbguard.core.sites import Region, Side
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _, ngettext, translated
from numbguard.wording.lengths import count_minutes, say_rounded

from ..in_lists import posture as posture_in_list
from .sites import REGIONS, part, side_word, your_leg

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
        # Translators: Two counts, such as “12 episodes, 30 sittings”.
        _("{episodes}, {sittings}.").format(episodes=_episodes(found.episodes), sittings=_sittings(found.bouts)),
        time_to_numbness(found.time_to_numbness),
        interval_figures(suggestion),
        sat_before(found.sat_before),
        weeks_compared(found.trend),
        lasted(found.lasted),
        relief(found),
        most_frequent(found.regions, kind="region"),
        most_frequent(found.sides, kind="side"),
        most_frequent(found.postures, kind="posture"),
        most_frequent(found.weekdays, kind="weekday", qualified=True),
        most_frequent(found.hours, kind="hour", qualified=True),
        breaks_moved(found),
        crossed_legs(found),
        sound_since(found.sound_since),
        _(NO_CAUSE),
    ]
    return tuple(sentence for sentence in said if sentence)


# --- in a person's words ----------------------------------------------------------------------------------------------


def onset(spread: OnsetSpread) -> str:
    """After how much sitting numbness usually starts; where the times lie far apart, between which."""
    if spread.early_s is None or spread.median_s is None or spread.late_s is None:
        return ""
    if spread.close_together:
        return _("Numbness usually starts after {length} of sitting.").format(length=say_rounded(spread.median_s))
    return _("Numbness starts at no particular time: half the time after {early} to {late} of sitting.").format(
        early=say_rounded(spread.early_s), late=say_rounded(spread.late_s)
    )


def interval(suggestion: IntervalSuggestion) -> str:
    """What the log says about the interval between breaks."""
    now, free = _interval(suggestion.current_s), _of_100(suggestion.current_free)
    match suggestion.says:
        case IntervalVerdict.SERVES:
            # Translators: "free" is such as “99 of 100”.
            return _("A break every {now} suits you: {free} sittings that long stay free of numbness.").format(
                now=now, free=free
            )
        case IntervalVerdict.LONGER:
            return _("You could sit a little longer: {free} sittings of {longer} stay free of numbness.").format(
                free=_of_100(suggestion.interval_free), longer=_interval(suggestion.interval_s or 0)
            )
        case IntervalVerdict.SHORTER if suggestion.none_is_short_enough:
            return _(
                "Even {minutes} minutes is not short enough: numbness starts sooner in {numb} sittings. "
                "Show this to a doctor."
            ).format(minutes=_SHORTEST_MINUTES, numb=_of_100(1 - (suggestion.shortest_free or 0)))
        case IntervalVerdict.SHORTER:
            said = (
                _(
                    "A break every {shorter} would suit you better: {shorter_free} sittings that long stay free of "
                    "numbness. Of sittings of {now}, only {free} do."
                )
                if suggestion.current_too_long
                else _(
                    "A break every {shorter} would suit you better: {shorter_free} sittings that long stay free of "
                    "numbness."
                )
            )
            return said.format(
                shorter=_interval(suggestion.interval_s or 0),
                shorter_free=_of_100(suggestion.interval_free),
                now=now,
                free=free,
            )
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
        why = _("The share of sittings without numbness is too close to {share}.").format(
            share=_of_100(suggestion.free_share)
        )
    else:
        count = _about(suggestion.more)
        more = (
            ngettext(
                "{count} more sitting that long could show it.", "{count} more sittings that long could show it.", count
            )
            if suggestion.more < 20
            else ngettext(
                "About {count} more sitting that long could show it.",
                "About {count} more sittings that long could show it.",
                count,
            )
        )
        why = more.format(count=formats.number(count))
    return f"{said} {why}"


def place(places: Mapping[tuple[Region, Side | None], int], regions: ValueCounts, sides: ValueCounts) -> str:
    """Where it usually is: the region of one leg, else the region, else the leg."""
    if regions.n >= LEADER_FROM:
        first = leader({where: count for where, count in places.items() if where[1] is not None})
        if first is not None:
            return _mostly(part(*first), places[first], regions.n)
        if regions.leader is not None:
            return _mostly(part(Region(regions.leader), None), regions.counts[regions.leader], regions.n)
    if sides.leader is not None:
        where = your_leg(Side(sides.leader))
        return _mostly(where, sides.counts[sides.leader], sides.n)
    return _("It is in several places, about equally often.") if regions.n >= LEADER_FROM else ""


def _mostly(where: str, count: int, n: int) -> str:
    return (_("It is mostly {where}.") if 2 * count > n else _("It is most often {where}.")).format(where=where)


def a_week(trend: WeekTrend | None, *, continues: bool = False) -> str:
    """How often it happens, and whether that has changed: ``About 8 a week, unchanged.``

    ``continues``: as the end of a sentence that has begun.
    """
    if trend is None:
        return ""
    said = _how_often_now(trend, continues=continues)
    if trend.change is None:
        # Translators: How often the person is numb, such as “About 8 a week”, as a whole line.
        return _("{how_often}.").format(how_often=said)
    line = {
        WeekChange.UNCHANGED: _("{how_often}, unchanged."),
        WeekChange.MORE: _("{how_often}, more than before ({before})."),
        WeekChange.FEWER: _("{how_often}, fewer than before ({before})."),
    }[trend.change]
    return line.format(how_often=said, before=_rate(trend.earlier_episodes / trend.earlier_weeks))


def _how_often_now(trend: WeekTrend, *, continues: bool) -> str:
    weeks, rate = trend.recent_weeks, floor(trend.a_week + 0.5)
    if not trend.recent_episodes:
        said = ngettext("None in the last whole week", "None in the last {count} whole weeks", weeks)
        if continues:
            said = ngettext("none in the last whole week", "none in the last {count} whole weeks", weeks)
        return said.format(count=formats.number(weeks))
    if trend.a_week < _RARE:
        return _("less than one a week") if continues else _("Less than one a week")
    said = ngettext("About {count} a week", "About {count} a week", rate)
    if continues:
        said = ngettext("about {count} a week", "about {count} a week", rate)
    return said.format(count=formats.number(rate))


_RARE: Final = 0.95
"""Fewer episodes a week than this count as less than one."""


def _rate(a_week_: float) -> str:
    if a_week_ == 0:
        return _("none")
    if a_week_ < _RARE:
        return _("less than one a week")
    count = floor(a_week_ + 0.5)
    return ngettext("{count} a week", "{count} a week", count).format(count=formats.number(count))


def usual_length(spread: LengthSpread) -> str:
    if spread.median_s is None:
        return ""
    return _("It usually lasts {length}.").format(length=say_rounded(spread.median_s))


def time_of_day(hours: ValueCounts, weekdays: ValueCounts) -> str:
    """The hour or the weekday with most episodes, or that there is none."""
    if hours.n < LEADER_FROM:
        return ""
    start = end = ""
    if hours.leader is not None:
        start, end = _hour(int(hours.leader)), _hour(int(hours.leader) + 1)
    days = _ON_WEEKDAYS[weekdays.leader] if weekdays.leader is not None else None
    if hours.leader is not None and days is not None:
        # Translators: The days are such as “on Mondays”.
        said = _("Most often between {start} and {end}, and {on_days}.")
    elif hours.leader is not None:
        said = _("Most often between {start} and {end}.")
    elif days is not None:
        said = _("Most often {on_days}.")
    else:
        said = _("It happens at no particular time of the day or week.")
    return said.format(start=start, end=end, on_days=_(days) if days else "")


def _hour(hour: int) -> str:
    """``9:00``, and ``24:00`` at the end of a day; where people use twelve hours, as a clock shows it."""
    return formats.clock(time(hour % 24)) if formats.has_twelve_hours() else f"{hour}:00"


_ON_WEEKDAYS: Final[Mapping[str, str]] = {
    "monday": N_("on Mondays"),
    "tuesday": N_("on Tuesdays"),
    "wednesday": N_("on Wednesdays"),
    "thursday": N_("on Thursdays"),
    "friday": N_("on Fridays"),
    "saturday": N_("on Saturdays"),
    "sunday": N_("on Sundays"),
}


def posture(postures: ValueCounts) -> str:
    """How the person usually sits when it begins."""
    if postures.n < LEADER_FROM:
        return ""
    if postures.leader is None:
        return _("It happens in several postures, about equally often.")
    how = _(_POSTURES.get(postures.leader) or N_("in another posture"))
    often = 2 * postures.counts[postures.leader] > postures.n
    # Translators: "how" is such as “with your legs crossed”.
    return (_("It happens mostly {how}.") if often else _("It happens most often {how}.")).format(how=how)


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
    said = [
        _("In the last seven days you sat for {length}.").format(length=say_rounded(sitting.total_s)),
        ngettext(
            "That was in {count} sitting, the longest {longest}.",
            "That was in {count} sittings, the longest {longest}.",
            sitting.bouts,
        ).format(count=formats.number(sitting.bouts), longest=say_rounded(sitting.longest_s)),
    ]
    moved, own = outcomes.get(Outcome.MOVED.value, 0), outcomes.get(Outcome.NATURAL.value, 0)
    offered = sum(outcomes.get(one.value, 0) for one in _OFFERED)
    if offered:
        said.append(
            ngettext(
                "You got up for {moved} of {count} break.", "You got up for {moved} of {count} breaks.", offered
            ).format(moved=formats.number(moved), count=formats.number(offered))
        )
    if own == 1:
        said.append(_("Once you got up before a reminder."))
    elif own:
        said.append(
            ngettext(
                "{count} time you got up before a reminder.", "{count} times you got up before a reminder.", own
            ).format(count=formats.number(own))
        )
    return tuple(said)


_OFFERED: Final = (Outcome.MOVED, Outcome.FINISHED, Outcome.CUT_SHORT, Outcome.SKIPPED, Outcome.MISSED)
"""Outcomes of an announced break. One that was put off is announced again, and counts then."""


# --- before there is enough -------------------------------------------------------------------------------------------


def more_onsets(n: int, needed: int) -> str:
    return ngettext(
        "After {count} more sitting with numbness, this shows when it usually starts.",
        "After {count} more sittings with numbness, this shows when it usually starts.",
        needed - n,
    ).format(count=formats.number(needed - n))


def more_weeks(whole: int) -> str:
    count = max(1, COMPARED_FROM - whole)
    return ngettext(
        "After {count} more whole week, this shows whether it changes.",
        "After {count} more whole weeks, this shows whether it changes.",
        count,
    ).format(count=formats.number(count))


def more_places(n: int, needed: int) -> str:
    return ngettext(
        "After {count} more episode with a place, this shows where it usually is.",
        "After {count} more episodes with a place, this shows where it usually is.",
        needed - n,
    ).format(count=formats.number(needed - n))


def more_ends(n: int, needed: int) -> str:
    return ngettext(
        "After {count} more episode with an end, this shows how long it usually lasts.",
        "After {count} more episodes with an end, this shows how long it usually lasts.",
        needed - n,
    ).format(count=formats.number(needed - n))


def more_times(n: int, needed: int) -> str:
    return ngettext(
        "After {count} more episode, this shows when it usually happens.",
        "After {count} more episodes, this shows when it usually happens.",
        needed - n,
    ).format(count=formats.number(needed - n))


def more_postures(n: int, needed: int) -> str:
    return ngettext(
        "After {count} more episode with a posture, this shows how you usually sit when it starts.",
        "After {count} more episodes with a posture, this shows how you usually sit when it starts.",
        needed - n,
    ).format(count=formats.number(needed - n))


# --- the figures ------------------------------------------------------------------------------------------------------
def sound_since(last_wrong: datetime | None) -> str:
    """A sentence on the date since which the figures of sitting are sound; empty where all of them are.

    ``last_wrong`` is when the last bout was over that cannot be true.
    """
    if last_wrong is None:
        return ""
    return _(
        "Some sittings up to {upto} can't be right: an earlier version counted them wrongly, or the clock was "
        "changed. The figures since then are sound."
    ).format(upto=formats.full_date(last_wrong))


def time_to_numbness(survival: SurvivalEstimate) -> str:
    """How long the person sits before numbness begins, with its 95% band."""
    if survival.events < EVENTS_FROM:
        return ""
    had = ngettext(
        "{events} of {count} sitting had an episode.", "{events} of {count} sittings had an episode.", survival.n
    ).format(events=formats.number(survival.events), count=formats.number(survival.n))
    if survival.median_s is None:
        return _("Most of the time you sat, numbness never came, however long you sat: {had}").format(had=had)
    upper_s, lower_s = survival.median_upper_s, survival.median_lower_s
    if lower_s is None:
        said = _("When you sit without a break, numbness starts within {length} half the time: {had}")
    elif upper_s is None:
        said = _(
            "When you sit without a break, numbness starts within {length} half the time "
            "(95% band: {lower} or later): {had}"
        )
    else:
        said = _(
            "When you sit without a break, numbness starts within {length} half the time "
            "(95% band: {lower} to {upper}): {had}"
        )
    return said.format(
        length=say_rounded(survival.median_s), lower=say_rounded(lower_s or 0), upper=say_rounded(upper_s or 0), had=had
    )


def interval_figures(suggestion: IntervalSuggestion) -> str:
    """The rule by which an interval is suggested."""
    return _(
        "NumbGuard looks for the longest interval of 30 to 60 minutes after which the curve, with its 95% band, "
        "is above {share}% without numbness. It needs {sittings_from} sittings that long. It suggests a shorter "
        "one only if the whole band of your current interval is below that. The figures can't tell you whether a "
        "break prevents numbness."
    ).format(share=formats.number(suggestion.free_share * 100), sittings_from=SITTINGS_FROM)


def weeks_compared(trend: WeekTrend | None) -> str:
    """The counts behind ``a_week``."""
    if trend is None:
        return ""
    # Translators: “12 episodes in the last 4 whole weeks”.
    said = _("{episodes} in {weeks}").format(
        episodes=_episodes(trend.recent_episodes), weeks=_last_weeks(trend.recent_weeks)
    )
    if trend.change is None:
        # Translators: Episodes in a number of weeks, as a whole line.
        return _("{counted}.").format(counted=said)
    line = ngettext(
        "{counted}, {earlier} in the whole week before.",
        "{counted}, {earlier} in the {count} whole weeks before.",
        trend.earlier_weeks,
    ).format(counted=said, earlier=formats.number(trend.earlier_episodes), count=formats.number(trend.earlier_weeks))
    if trend.change is WeekChange.UNCHANGED:
        small = _("A difference this small may be chance.")
        return f"{line} {small}"
    return line


def _last_weeks(count: int) -> str:
    return ngettext("the last whole week", "the last {count} whole weeks", count).format(count=formats.number(count))


def sat_before(spread: LengthSpread) -> str:
    """How long the person had been sitting when an episode began, as a median."""
    if spread.median_s is None:
        return ""
    return _("You had been sitting for {length} when an episode started (median of {number}).").format(
        length=say_rounded(spread.median_s), number=formats.number(spread.n)
    )


def lasted(spread: LengthSpread) -> str:
    """How long episodes lasted, as a median."""
    if spread.median_s is None:
        return ""
    return _("Episodes lasted {length} (median of {number}).").format(
        length=say_rounded(spread.median_s), number=formats.number(spread.n)
    )


def relief(found: Insights) -> str:
    """What helped, ordered by how long it took; only kinds with enough episodes for a median, and only if there are two
    or more to compare."""
    told = sorted(
        (spread.median_s, kind, spread.n) for kind, spread in found.relief.items() if spread.median_s is not None
    )
    if len(told) < 2:
        return ""
    each = formats.enumerated(
        [
            # Translators: A length of time, what helped, and the number of episodes.
            _("{length} with {what} ({number})").format(
                length=say_rounded(median), what=translated(kind), number=formats.number(n)
            )
            for median, kind, n in told
        ]
    )
    return _("How long it took to go, by what helped: {each}. What you try may depend on how bad it is.").format(
        each=each
    )


def most_frequent(tally: ValueCounts, *, kind: str, qualified: bool = False) -> str:
    """The most frequent value: a ``region``, ``side``, ``posture``, ``weekday`` or ``hour``, as ``kind`` says.

    ``qualified`` adds that the person may just sit most at that time.
    """
    word = tally.leader
    if word is None:
        return ""
    if kind == "weekday":
        said = _("Most episodes started on a {weekday}, {count} of {total}.")
    elif kind == "hour":
        said = _("The busiest hour starts at {time}, {count} of {total}.")
    else:
        # Translators: A region, a side or a posture, and a number of episodes.
        said = _("Recorded most often: {value}, {count} of {total}.")
    line = said.format(
        value=_value(word, kind),
        weekday=formats.weekday(WEEKDAYS.index(word)) if kind == "weekday" else "",
        time=_hour(int(word)) if kind == "hour" else "",
        count=formats.number(tally.counts[word]),
        total=formats.number(tally.n),
    )
    if not qualified:
        return line
    maybe = _("That may just be when you sit most.")
    return f"{line} {maybe}"


def _value(word: str, kind: str) -> str:
    if kind == "region":
        return _(REGIONS[Region(word)])
    if kind == "side":
        return side_word(Side(word))
    return posture_in_list(Posture(word)) if kind == "posture" else word


def breaks_moved(found: Insights) -> str:
    """Episodes a week in weeks with more ``moved`` breaks, compared with the others."""
    groups = found.weeks_by_movement
    if groups is None:
        return ""
    # Translators: Two figures a week, such as “1.5 episodes a week in the 4 weeks with more breaks taken”.
    line = _(
        "{more} episodes a week in the {more_weeks} weeks with more breaks taken, {fewer} in the other {fewer_weeks}."
    ).format(
        more=formats.number(groups.more_episodes / groups.more_weeks, 1),
        more_weeks=groups.more_weeks,
        fewer=formats.number(groups.fewer_episodes / groups.fewer_weeks, 1),
        fewer_weeks=groups.fewer_weeks,
    )
    if groups.differ:
        return line
    chance = _("This difference could just be chance.")
    return f"{line} {chance}"


def crossed_legs(found: Insights) -> str:
    """Episodes a day on days when a posture check found crossed legs, compared with the others."""
    checked = found.checked
    if not checked.comparable:
        return ""
    on = formats.number(checked.crossed_episodes / checked.crossed_days, 1)
    off = formats.number(checked.other_episodes / checked.other_days, 1)
    return _(
        "{on} episodes a day on the {crossed_days} days when a posture check found your legs crossed, "
        "{off} on the {other_days} when it did not."
    ).format(on=on, crossed_days=checked.crossed_days, off=off, other_days=checked.other_days)


def _episodes(count: int) -> str:
    return ngettext("{count} episode", "{count} episodes", count).format(count=formats.number(count))


def _sittings(count: int) -> str:
    return ngettext("{count} sitting", "{count} sittings", count).format(count=formats.number(count))


def _interval(seconds: float) -> str:
    return count_minutes(round(seconds / 60))


def _of_100(share: float | None) -> str:
    """``97 of 100``; a share that is not whole is neither all nor none."""
    if share is None:
        return _("few")
    if 0.995 <= share < 1:
        return _("more than 99 of 100")
    if 0 < share < 0.005:
        return _("fewer than 1 of 100")
    return _("all") if share == 1 else _("{number} of 100").format(number=floor(share * 100 + 0.5))


def _about(count: int) -> int:
    """A rough number: in tens from 20 on."""
    return count if count < 20 else -(-count // 10) * 10
