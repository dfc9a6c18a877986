"""The marks on a day's line and their words: sitting, time away, breaks and episodes. Pure, no Qt.

The day's line, the panel and the day pane of the history window call it. It shows only what the log contains, and
today's sitting that is not over yet where ``with_present`` has added it. Breaks in which the person moved, and the time
away that NumbGuard saw, have a start and an end; the gaps between those and the sitting stay blank, because NumbGuard
was not running or does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from numbguard.core.breaks.messages import State
from numbguard.core.breaks.snapshot import Snapshot
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.log.sitting_days import sat_by_day
from numbguard.store.log.queries.history import DayLog, DayTotals
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _, ngettext
from numbguard.wording.lengths import say_minutes
from numbguard.wording.log.episodes import count_episodes, lasted, where

DAY_S = 86_400.0
_WHOLE = 0.95
"""Share of a bout (0–1) from which it counts as unbroken sitting. Below it the bout had pauses, whose times the log
does not record."""
_WORTH_DRAWING_S = 60.0
"""Seconds of sitting from which a bout that is not over is drawn."""


class DayMarkKind(Enum):
    SITTING = "sitting"
    PAUSED = "paused"
    """Sitting with pauses in between."""
    AWAY = "away"
    BREAK = "break"
    EPISODE = "episode"


@dataclass(frozen=True, slots=True)
class DayMark:
    """One mark on the line. Times are seconds since midnight by the local clock; ``end`` is ``None`` if unknown."""

    kind: DayMarkKind
    start: float
    end: float | None
    words: str
    outcome: Outcome | None = None
    id: str = ""
    """The episode's id; empty for other kinds."""


_OUTCOMES = {
    Outcome.MOVED: N_("got up and moved"),
    Outcome.FINISHED: N_("card finished, not confirmed"),
    Outcome.CUT_SHORT: N_("cut short"),
    Outcome.SNOOZED: N_("snoozed"),
    Outcome.SKIPPED: N_("skipped"),
    Outcome.NATURAL: N_("away from your chair"),
    Outcome.MISSED: N_("missed"),
}
OUTCOME_NAMES = {
    Outcome.MOVED: N_("got up"),
    Outcome.FINISHED: N_("card finished"),
    Outcome.CUT_SHORT: N_("cut short"),
    Outcome.SNOOZED: N_("snoozed"),
    Outcome.SKIPPED: N_("skipped"),
    Outcome.NATURAL: N_("away"),
    Outcome.MISSED: N_("missed"),
}


def marks(log: DayLog) -> list[DayMark]:
    """All marks of the day in order of time; a mark that crosses midnight is cut there."""
    found = [*_sitting(log), *_breaks(log), *_episodes(log)]
    return sorted(found, key=lambda mark: (mark.start, list(DayMarkKind).index(mark.kind)))


def present_bout(now: Snapshot) -> SittingBout | None:
    """The bout of sitting that has not ended, up to the present moment; ``None`` below a minute."""
    if now.seated_s < _WORTH_DRAWING_S:
        return None
    wall = now.at.wall.astimezone(now.at.local)
    start = wall - timedelta(seconds=max(now.bout_s, now.seated_s))
    # A person who is away left some time ago; the log will know when.
    end = start + timedelta(seconds=now.seated_s) if now.state is State.AWAY else wall
    return SittingBout("", start, end, now.seated_s, BoutEnd.UNKNOWN)


def span(found: list[DayMark], now: float | None = None) -> tuple[int, int]:
    """The first and last hour to draw: from 8 to 18 at least, wider if a mark or the present moment lies outside."""
    ends = [mark.end if mark.end is not None else mark.start for mark in found]
    moments = [] if now is None else [now]
    first = min([*(mark.start for mark in found), *moments], default=DAY_S)
    last = max([*ends, *moments], default=0.0)
    return int(min(8.0, first / 3600)), int(-(-max(18.0 * 3600, min(last, DAY_S)) // 3600))


def with_present(log: DayLog, now: Snapshot) -> DayLog:
    """The day with its part of the sitting that is not over yet: the log gets a bout only when it ends."""
    bout, today = present_bout(now), now.at.wall.astimezone(now.at.local).date()
    present_s = present_by_day(now).get(log.day, 0.0)
    if bout is not None and not bout.started_at.date() <= log.day <= bout.ended_at.date():
        bout = None
    longest_s = now.longest_today_s if log.day == today else present_s
    return replace(log, present=bout, present_s=present_s, longest_present_s=longest_s)


def present_by_day(now: Snapshot) -> dict[date, float]:
    """The sitting that is not over yet, in seconds, by local day: today's part, and what was before midnight."""
    today = now.at.wall.astimezone(now.at.local).date()
    bout, before_s = present_bout(now), max(0.0, now.seated_s - now.seated_today_s)
    sat = {} if bout is None else sat_by_day(bout, newest=today - timedelta(days=1), zone=now.at.local)
    in_all_s = sum(sat.values())
    return {day: before_s * sat_s / in_all_s for day, sat_s in sat.items() if in_all_s} | {today: now.seated_today_s}


def seconds_of(at: datetime) -> float:
    """The local clock of a moment, in seconds since midnight."""
    return _seconds(at, at.date())


def summary(log: DayLog) -> str:
    """The day in one line of text: time spent sitting, breaks, episodes."""
    parts = []
    if log.seated_s >= 60:
        parts.append(
            _("Sat for {length}; longest sitting {longest}").format(
                length=say_minutes(log.seated_s), longest=say_minutes(log.longest_s)
            )
        )
    taken = [one for one in log.breaks if one.started_at.date() == log.day]
    if taken:
        kept = sum(one.outcome in (Outcome.MOVED, Outcome.NATURAL) for one in taken)
        words = ngettext("{count} break taken, {missed} missed", "{count} breaks taken, {missed} missed", kept)
        parts.append(words.format(count=formats.number(kept), missed=formats.number(len(taken) - kept)))
    if log.episodes:
        parts.append(count_episodes(len(log.episodes)))
    if log.present is not None:
        parts.append(_("sitting now"))
    return " · ".join(parts) or _("Nothing was recorded on this day.")


def totals_words(totals: DayTotals | None) -> str:
    """The sums of a day in a few words."""
    parts = []
    if totals is not None and totals.seated_s >= 60:
        parts.append(_("sat for {length}").format(length=say_minutes(totals.seated_s)))
    if totals is not None and totals.breaks:
        words = ngettext("{count} break taken", "{count} breaks taken", totals.breaks)
        parts.append(words.format(count=formats.number(totals.breaks)))
    if totals is not None and totals.episodes:
        parts.append(count_episodes(totals.episodes))
    return " · ".join(parts) or _("nothing recorded")


def _sitting(log: DayLog) -> Iterator[DayMark]:
    away = [
        (one.started_at, one.ended_at)
        for one in log.breaks
        if one.outcome is Outcome.NATURAL and one.ended_at is not None
    ]
    for bout in log.bouts if log.present is None else (*log.bouts, log.present):
        length = (bout.ended_at - bout.started_at).total_seconds()
        whole = bout.seated_s >= _WHOLE * length
        # Translators: {start} and {end} are times of day, {length} is “1 h 20 min”.
        template = _("Sitting, {start} to {end}") if whole else _("Sitting, {start} to {end}, {length} of it sitting")
        if bout is log.present:
            template = _("Sitting since {start}, {length} so far")
        words = template.format(
            start=formats.clock(bout.started_at),
            end=formats.clock(bout.ended_at),
            length=say_minutes(bout.seated_s),
        )
        start = bout.started_at
        # A bout starts when a break is credited, but the person may have stayed away for longer.
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
            words = (
                _("Away or standing from {start} to {end}").format(
                    start=formats.clock(one.started_at), end=formats.clock(one.ended_at)
                )
                if one.ended_at
                else _("Away or standing from {start}; end time unknown").format(start=formats.clock(one.started_at))
            )
            yield DayMark(DayMarkKind.AWAY, start, end if one.ended_at else None, words, one.outcome)
        else:
            yield DayMark(DayMarkKind.BREAK, start, end, _break_words(one), one.outcome)


def _break_words(one: BreakRecord) -> str:
    # Translators: {outcome} is “got up and moved” or “skipped”, for example.
    words = _("Break at {time}: {outcome}")
    return words.format(time=formats.clock(one.started_at), outcome=_(_OUTCOMES[one.outcome]))


def _episodes(log: DayLog) -> Iterator[DayMark]:
    for one in log.episodes:
        placed = _placed(one.started_at, one.ended_at or one.started_at, log.day)
        if placed is None:
            continue
        yield DayMark(
            DayMarkKind.EPISODE, placed[0], placed[1] if one.ended_at else None, _episode_words(one), id=one.id
        )


def _episode_words(one: Episode) -> str:
    place = where(one.sites, one.leg)
    is_over = one.ended_at is not None
    # Translators: {place} is “your left calf, your toes”, {length} is “12 minutes”, {state} is “still numb”.
    if one.sites:
        words = (
            _("Numbness at {time} in {place}, for {length}") if is_over else _("Numbness at {time} in {place}, {state}")
        )
    elif place:
        words = _("Numbness at {time}, {place}, for {length}") if is_over else _("Numbness at {time}, {place}, {state}")
    else:
        words = _("Numbness at {time}, for {length}") if is_over else _("Numbness at {time}, {state}")
    said = lasted(one)
    return words.format(time=formats.clock(one.started_at), place=place, length=said, state=said)


def _placed(start: datetime, end: datetime, day: date) -> tuple[float, float] | None:
    """``start`` and ``end`` as seconds since the day's midnight, cut to the day; ``None`` if outside it.

    Each uses the wall clock of its own time zone.
    """
    first, last = _seconds(start, day), _seconds(end, day)
    if last < 0 or first >= DAY_S:
        return None
    return max(0.0, first), min(DAY_S, max(first, last))


def _seconds(at: datetime, day: date) -> float:
    clock = at.replace(tzinfo=None)
    return (clock - datetime(day.year, day.month, day.day)) / timedelta(seconds=1)  # noqa: DTZ001 (a clock's face)
