"""The last idle backend: idleness is unknown, which is not the same as zero. ``idle.choose`` builds it; GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from numbguard.core.sentence import N_


class UnknownIdle:
    """Always reports ``None``."""

    name = "unknown"
    available: bool | None = True
    event_driven = True
    """Polling would be pointless: the answer never changes."""
    detail = N_("NumbGuard can't tell when you're away on this desktop, so time away doesn't count as a break.")

    def __init__(self) -> None:
        self._report: Callable[[float | None], None] = lambda seconds: None

    def start(self, report: Callable[[float | None], None], changed: Callable[[], None]) -> None:
        self._report = report

    def ask(self) -> None:
        self._report(None)

    def stop(self) -> None:
        pass
