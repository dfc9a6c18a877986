"""The last of the session watches: nobody tells, and it says so. On the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from numbguard.core.ports import SenseStatus, SessionEvent

SLEEP_IS_STILL_NOTICED = "Sleep of the machine is noticed afterwards, by its clocks."


class NoWatch:
    """Reports nothing, ever."""

    def __init__(self, missing: Sequence[str] = ()) -> None:
        self._missing = tuple(missing)

    def start(self, report: Callable[[SessionEvent], None]) -> None:
        pass

    def status(self) -> SenseStatus:
        return SenseStatus("none", works=False, detail=" ".join([*self._missing, SLEEP_IS_STILL_NOTICED]))

    def stop(self) -> None:
        pass
