"""The insights in words, for the command line, the history and the report: sentences that claim no more than they know.

Pure; called wherever figures are shown. A figure that its number cannot bear has no sentence. The rules of that are in
`core/log/insights.py`.
"""

from __future__ import annotations

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
    """All that can be said, one sentence or two for each figure that bears words."""
    if not found.episodes:
        return ("No episodes in this time.",)
    said = [
        f"{_episodes(found.episodes)}, {found.bouts:,} stretches of sitting.",
        time_to_numbness(found.time_to_numbness),
        reason(found.suggestion) if found.suggestion.n else "",
        sat_before(found.sat_before),
        lasted(found.lasted),
        relief(found),
        most(found.regions, "Most often named", kind="region"),
        most(found.sides, "Most often named", kind="side"),
        most(found.postures, "Most often named", kind="posture"),
        most(found.weekdays, "Most of them began on a", kind="weekday", tail=_MAYBE),
        most(found.hours, "The hour with most of them begins at", kind="hour", tail=_MAYBE),
        breaks_moved(found),
        crossed_legs(found),
        sound_since(found),
        NO_CAUSE,
    ]
    return tuple(sentence for sentence in said if sentence)


def sound_since(found: Insights) -> str:
    """From when on the figures of sitting are sound, where an earlier version counted some of it wrongly."""
    since = found.sound_since
    if since is None:
        return ""
    upto = f"{since.day} {since:%B %Y}"
    return f"Some sitting up to {upto} was counted wrongly by an earlier version. Since then it is sound."


_MAYBE = " You may simply sit more then."


def time_to_numbness(survival: SurvivalEstimate) -> str:
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
    """Why this interval, or why none."""
    n, share = suggestion.n, f"{suggestion.share:.0%}".replace("%", " %")
    if not suggestion.bears:
        return f"An interval can be suggested from {ONSETS_FROM} episodes while sitting on; there are {n:,} so far."
    came = f"{suggestion.preceded:,} of the {n:,} episodes ({suggestion.preceded / n:.0%})".replace("%)", " %)")
    if suggestion.interval_s is None:
        return f"Even a break after 30 minutes would have come before only {came}, not {share} of them."
    return (
        f"A break after {suggestion.interval_s // 60} minutes of sitting would have come before {came}. "
        "Whether it would have kept them away, the figures cannot say."
    )


def sat_before(spread: LengthSpread) -> str:
    return _median("You had been sitting for", spread, "when an episode began")


def lasted(spread: LengthSpread) -> str:
    return _median("Episodes lasted", spread, "").replace(" ,", ",")


def _median(head: str, spread: LengthSpread, tail: str) -> str:
    if spread.median_s is None:
        return ""
    return f"{head} {_length(spread.median_s)} {tail}".rstrip() + f", as a median of {spread.n:,}."


def relief(found: Insights) -> str:
    """What helped, by how long it took; only kinds that bear a median, and only beside one another."""
    told = sorted(
        (spread.median_s, kind, spread.n) for kind, spread in found.relief.items() if spread.median_s is not None
    )
    if len(told) < 2:
        return ""
    each = ", ".join(f"{_length(median)} with {kind} ({n:,})" for median, kind, n in told)
    return f"Until it was gone, by what helped: {each}. What one turns to depends on how bad it is."


def most(tally: ValueCounts, head: str, *, kind: str, tail: str = "") -> str:
    word = tally.most
    if word is None:
        return ""
    said = {"hour": f"{word}:00", "weekday": word.capitalize()}.get(kind, word.replace("_", " "))
    return (
        f"{head}{':' if kind not in ('hour', 'weekday') else ''} {said}, {tally.counts[word]:,} of {tally.n:,}.{tail}"
    )


def breaks_moved(found: Insights) -> str:
    halves = found.halves
    if halves is None:
        return ""
    more = f"{halves.more_episodes / halves.more_weeks:.1f}"
    fewer = f"{halves.fewer_episodes / halves.fewer_weeks:.1f}"
    said = f"{more} episodes a week in the {halves.more_weeks} weeks with more breaks moved, {fewer} in the other"
    end = "" if halves.differ else " That is no more than chance does."
    return f"{said} {halves.fewer_weeks}.{end}"


def crossed_legs(found: Insights) -> str:
    checked = found.checked
    if not checked.speaks:
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
