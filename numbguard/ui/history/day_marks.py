"""What a day's line shows, and in which words: sitting, time away, breaks and episodes. Pure, no Qt.

Only what the log holds is there. A break that was moved in, and the time away that NumbGuard saw, have a beginning and
an end; whatever lies between those and the sitting is left blank: nobody was watching, or nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from numbguard.core.log.records import BreakRecord, Episode, Outcome
from numbguard.core.when.duration import say_minutes
from numbguard.store.log.history_queries import DayLog
from numbguard.wording.episodes import lasted, where

from .words import many

DAY_S = 86_400.0
_WHOLE = 0.95
"""From this share on a bout was spent sitting as a whole; below it there were pauses, and the log knows not when."""


class DayMarkKind(Enum):
    SITTING = "sitting"
    PAUSED = "paused"
    """Sitting with pauses in between."""
    AWAY = "away"
    BREAK = "break"
    EPISODE = "episode"


@dataclass(frozen=True, slots=True)
class DayMark:
    """Something on the line, in seconds of the local clock from midnight; ``end`` is ``None`` where it is not known."""

    kind: DayMarkKind
    start: float
    end: float | None
    words: str
    outcome: Outcome | None = None
    id: str = ""
    """Of an episode."""


_OUTCOMES = {
    Outcome.MOVED: "got up and moved",
    Outcome.FINISHED: "the card ran to its end",
    Outcome.CUT_SHORT: "cut short",
    Outcome.SNOOZED: "put off",
    Outcome.SKIPPED: "skipped",
    Outcome.NATURAL: "away from the chair",
    Outcome.MISSED: "not noticed",
}
OUTCOME_NAMES = {
    Outcome.MOVED: "got up",
    Outcome.FINISHED: "card finished",
    Outcome.CUT_SHORT: "cut short",
    Outcome.SNOOZED: "put off",
    Outcome.SKIPPED: "skipped",
    Outcome.NATURAL: "away",
    Outcome.MISSED: "missed",
}


def marks(log: DayLog) -> list[DayMark]:
    """All of the day, in the order of time; what came over midnight is cut there."""
    found = [*_sitting(log), *_breaks(log), *_episodes(log)]
    return sorted(found, key=lambda mark: (mark.start, list(DayMarkKind).index(mark.kind)))


def span(found: list[DayMark]) -> tuple[int, int]:
    """The hours to be drawn: all that happened, and a working day at the least."""
    ends = [mark.end if mark.end is not None else mark.start for mark in found]
    first = min([mark.start for mark in found], default=DAY_S)
    last = max(ends, default=0.0)
    return int(min(8.0, first / 3600)), int(-(-max(18.0 * 3600, min(last, DAY_S)) // 3600))


def summary(log: DayLog) -> str:
    """The day in a line: how long one sat, the breaks, the episodes."""
    parts = []
    sat = sum(_share(bout.started_at, bout.ended_at, log.day) * bout.seated_s for bout in log.bouts)
    if sat >= 60:
        longest = max(bout.seated_s for bout in log.bouts)
        parts.append(f"Sat for {say_minutes(sat)}, {say_minutes(longest)} at the longest")
    taken = [one for one in log.breaks if one.started_at.date() == log.day]
    if taken:
        kept = sum(one.outcome in (Outcome.MOVED, Outcome.NATURAL) for one in taken)
        parts.append(f"{many(kept, 'break')} kept, {len(taken) - kept} not")
    if log.episodes:
        parts.append(many(len(log.episodes), "episode"))
    return " · ".join(parts) or "Nothing was noted on this day."


def _sitting(log: DayLog) -> Iterator[DayMark]:
    away = [
        (one.started_at, one.ended_at)
        for one in log.breaks
        if one.outcome is Outcome.NATURAL and one.ended_at is not None
    ]
    for bout in log.bouts:
        length = (bout.ended_at - bout.started_at).total_seconds()
        whole = bout.seated_s >= _WHOLE * length
        words = f"Sitting, {bout.started_at:%H:%M} to {bout.ended_at:%H:%M}"
        if not whole:
            words += f", {say_minutes(bout.seated_s)} of it"
        start = bout.started_at
        # A bout is reckoned from when a break was credited; the person may have stayed away for longer.
        for left, back in away:
            if left <= start < back:
                start = min(back, bout.ended_at)
        if placed := _placed(start, bout.ended_at, log.day):
            yield DayMark(DayMarkKind.SITTING if whole else DayMarkKind.PAUSED, *placed, words)


def _breaks(log: DayLog) -> Iterator[DayMark]:
    for one in log.breaks:
        if one.ended_at is None and one.started_at.date() != log.day:
            continue
        placed = _placed(one.started_at, one.ended_at or one.started_at, log.day)
        if placed is None:
            continue
        start, end = placed
        if one.outcome is Outcome.NATURAL:
            back = f" to {one.ended_at:%H:%M}" if one.ended_at else "; until when is not known"
            words = f"Away or standing from {one.started_at:%H:%M}{back}"
            yield DayMark(DayMarkKind.AWAY, start, end if one.ended_at else None, words, one.outcome)
        else:
            yield DayMark(DayMarkKind.BREAK, start, end, _break_words(one), one.outcome)


def _break_words(one: BreakRecord) -> str:
    return f"Break at {one.started_at:%H:%M}: {_OUTCOMES[one.outcome]}"


def _episodes(log: DayLog) -> Iterator[DayMark]:
    for one in log.episodes:
        placed = _placed(one.started_at, one.ended_at or one.started_at, log.day)
        if placed is None:
            continue
        words = f"Numbness at {one.started_at:%H:%M}"
        told = where(one.side, one.regions)
        words += f" in {told}" if one.regions else f", {told}" if told else ""
        yield DayMark(
            DayMarkKind.EPISODE, placed[0], placed[1] if one.ended_at else None, f"{words}, {_length(one)}", id=one.id
        )


def _length(one: Episode) -> str:
    return "no end noted" if one.ended_at is None else f"for {lasted(one)}"


def _placed(start: datetime, end: datetime, day: date) -> tuple[float, float] | None:
    """Both as seconds of that day's clock, each as it stood on the wall there and then."""
    first, last = _seconds(start, day), _seconds(end, day)
    if last < 0 or first >= DAY_S:
        return None
    return max(0.0, first), min(DAY_S, max(first, last))


def _share(start: datetime, end: datetime, day: date) -> float:
    """How much of a stretch lies within the day."""
    first, last = _seconds(start, day), _seconds(end, day)
    if last <= first:
        return 1.0
    return max(0.0, min(DAY_S, last) - max(0.0, first)) / (last - first)


def _seconds(at: datetime, day: date) -> float:
    clock = at.replace(tzinfo=None)
    return (clock - datetime(day.year, day.month, day.day)) / timedelta(seconds=1)  # noqa: DTZ001 (a clock's face)
