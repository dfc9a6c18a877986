"""The insights in words, for the command line, the insights window and the report: sentences that claim no more than
the figures support.

Pure, on any thread. A figure that rests on too few entries has an empty sentence, by the rules in
`core/log/insights.py`.
"""

from __future__ import annotations

from datetime import datetime

from numbguard.core.log.insights import (
    EVENTS_FROM,
    ONSETS_FROM,
    Insights,
    IntervalSuggestion,
    LengthSpread,
    ValueCounts,
)
from numbguard.core.log.survival import SurvivalEstimate
from numbguard.core.when.duration import say_minutes

NO_CAUSE = "These are figures from your own log. They show what went together, not what caused what."


def sentences(found: Insights) -> tuple[str, ...]:
    """Every sentence that the figures support, one or two for each figure."""
    if not found.episodes:
        return ("No episodes in this time.",)
    said = [
        f"{_episodes(found.episodes)}, {found.bouts:,} stretches of sitting.",
        time_to_numbness(found.time_to_numbness),
        reason(found.suggestion) if found.suggestion.n else "",
        sat_before(found.sat_before),
        lasted(found.lasted),
        relief(found),
        most_frequent(found.regions, "Most often named", kind="region"),
        most_frequent(found.sides, "Most often named", kind="side"),
        most_frequent(found.postures, "Most often named", kind="posture"),
        most_frequent(found.weekdays, "Most of them began on a", kind="weekday", tail=_MAYBE),
        most_frequent(found.hours, "The hour with most of them begins at", kind="hour", tail=_MAYBE),
        breaks_moved(found),
        crossed_legs(found),
        sound_since(found.sound_since),
        NO_CAUSE,
    ]
    return tuple(sentence for sentence in said if sentence)


def sound_since(last_wrong: datetime | None) -> str:
    """A sentence on the date since which the figures of sitting are sound; empty where all of them are.

    ``last_wrong`` is when the last bout was over that cannot be true.
    """
    if last_wrong is None:
        return ""
    upto = f"{last_wrong.day} {last_wrong:%B %Y}"
    return (
        f"Some stretches of sitting up to {upto} cannot be true: an earlier version counted them wrongly, "
        "or the clock was set. Since then the figures are sound."
    )


_MAYBE = " You may simply sit more then."


def time_to_numbness(survival: SurvivalEstimate) -> str:
    """How long the person sits before numbness begins, with its 95 % band."""
    if survival.events < EVENTS_FROM:
        return ""
    had = f"{survival.events:,} of {survival.n:,} stretches of sitting had an episode."
    if survival.median_s is None:
        return f"However long you sat, numbness had come less than half of the time: {had}"
    band = ""
    if survival.median_lower_s is not None:
        upper = "or later" if survival.median_upper_s is None else f"to {say_minutes(survival.median_upper_s)}"
        band = f" (95 % band: {say_minutes(survival.median_lower_s)} {upper})"
    return f"Sitting on, numbness comes within {say_minutes(survival.median_s)} half of the time{band}: {had}"


def reason(suggestion: IntervalSuggestion) -> str:
    """Why this interval is suggested, or why none is."""
    n, share = suggestion.n, f"{suggestion.share:.0%}".replace("%", " %")
    if not suggestion.has_enough:
        return f"An interval can be suggested from {ONSETS_FROM} episodes while sitting on; there are {n:,} so far."
    came = f"{suggestion.later_onsets:,} of the {n:,} episodes ({suggestion.later_onsets / n:.0%})".replace("%)", " %)")
    if suggestion.interval_s is None:
        return f"Even a break after 30 minutes would have come before only {came}, not {share} of them."
    return (
        f"A break after {suggestion.interval_s // 60} minutes of sitting would have come before {came}. "
        "Whether it would have kept them away, the figures cannot say."
    )


def sat_before(spread: LengthSpread) -> str:
    """How long the person had been sitting when an episode began, as a median."""
    return _median("You had been sitting for", spread, "when an episode began")


def lasted(spread: LengthSpread) -> str:
    """How long episodes lasted, as a median."""
    return _median("Episodes lasted", spread, "").replace(" ,", ",")


def _median(head: str, spread: LengthSpread, tail: str) -> str:
    if spread.median_s is None:
        return ""
    return f"{head} {_length(spread.median_s)} {tail}".rstrip() + f", as a median of {spread.n:,}."


def relief(found: Insights) -> str:
    """What helped, ordered by how long it took; only kinds with enough episodes for a median, and only if there are two
    or more to compare."""
    told = sorted(
        (spread.median_s, kind, spread.n) for kind, spread in found.relief.items() if spread.median_s is not None
    )
    if len(told) < 2:
        return ""
    each = ", ".join(f"{_length(median)} with {kind} ({n:,})" for median, kind, n in told)
    return f"Until it was gone, by what helped: {each}. What one turns to depends on how bad it is."


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
    said = f"{more} episodes a week in the {groups.more_weeks} weeks with more breaks moved, {fewer} in the other"
    end = "" if groups.differ else " That is no more than chance does."
    return f"{said} {groups.fewer_weeks}.{end}"


def crossed_legs(found: Insights) -> str:
    """Episodes a day on days when a posture check found crossed legs, compared with the others."""
    checked = found.checked
    if not checked.comparable:
        return ""
    on = f"{checked.crossed_episodes / checked.crossed_days:.1f}"
    off = f"{checked.other_episodes / checked.other_days:.1f}"
    return (
        f"{on} episodes a day on the {checked.crossed_days} days on which a posture check found your legs crossed, "
        f"{off} on the {checked.other_days} on which it did not."
    )


def _episodes(count: int) -> str:
    return "1 episode" if count == 1 else f"{count:,} episodes"


def _length(seconds: float) -> str:
    return say_minutes(seconds) if seconds >= 60 else f"{seconds:.0f} s"
