"""Working hours in words: ``Mon–Fri 09:00–12:30, 13:30–18:00``.

Pure, no Qt; called by the hours page and the first start's window, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from numbguard.core.settings.settings import MIDNIGHT, WHOLE_DAY, WorkingSpan
from numbguard.wording import formats
from numbguard.wording.catalogue import _


def say_hours(hours: Mapping[int, Sequence[WorkingSpan]]) -> str:
    """One line, in which days with the same hours share an entry. Empty ``hours`` means that every hour counts."""
    if not hours:
        return _("Reminders at any hour.")
    alike: dict[tuple[WorkingSpan, ...], list[int]] = {}
    for day in range(7):
        if spans := tuple(hours.get(day, ())):
            alike.setdefault(spans, []).append(day)
    if not alike:
        return _("No working hours are set, so NumbGuard would never remind you.")
    return formats.clauses(
        [f"{say_days(days)} {formats.enumerated(list(map(say_span, spans)))}" for spans, days in alike.items()]
    )


def say_days(days: Sequence[int]) -> str:
    """``Mon–Fri``, ``Sat, Sun``, ``Every day``."""
    if len(days) == 7:
        return _("Every day")
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts: list[str] = []
    for run in runs:
        if len(run) > 2:
            parts.append(f"{formats.short_weekday(run[0])}–{formats.short_weekday(run[-1])}")
        else:
            parts += [formats.short_weekday(day) for day in run]
    return formats.enumerated(parts)


def say_span(span: WorkingSpan) -> str:
    """``09:00–12:30``, ``22:00–06:00 the next day``, ``all day``."""
    if span == WHOLE_DAY:
        return _("all day")
    start = formats.clock(span.start)
    end = "24:00" if span.end == MIDNIGHT and not formats.has_twelve_hours() else formats.clock(span.end)
    if MIDNIGHT < span.end <= span.start:
        return _("{start}–{end} the next day").format(start=start, end=end)
    return f"{start}–{end}"
