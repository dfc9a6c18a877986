"""The last of the idle backends: nothing is known, and unknown is never zero. On the GUI thread."""

from __future__ import annotations

from collections.abc import Callable


class UnknownIdle:
    """Reports ``None``, always."""

    name = "unknown"
    here: bool | None = True
    tells = True
    """That nothing is known: there is nothing to ask for."""
    detail = "NumbGuard cannot sense on this desktop whether you are away, so time away does not count as a break."

    def __init__(self) -> None:
        self._report: Callable[[float | None], None] = lambda seconds: None

    def start(self, report: Callable[[float | None], None], changed: Callable[[], None]) -> None:
        self._report = report

    def ask(self) -> None:
        self._report(None)

    def stop(self) -> None:
        pass
