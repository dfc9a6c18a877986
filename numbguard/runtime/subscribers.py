"""The callbacks that follow a part of the app, each called whatever becomes of the others. No Qt.

The runtime and the books of episodes and habits use it, on the GUI thread. An action that has been carried out must not
seem to have failed because a view of it cannot be redrawn.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


def report_crash(error: Exception) -> None:
    """Pass a bug to ``sys.excepthook``: the crash handler of the app, which writes the log file."""
    sys.excepthook(type(error), error, error.__traceback__)


class Subscribers(Generic[T]):
    """Callbacks that receive each new value."""

    def __init__(self) -> None:
        self._calls: list[Callable[[T], None]] = []

    def add(self, call: Callable[[T], None]) -> Callable[[], None]:
        """Add a callback; returns a function that removes it again."""
        self._calls.append(call)
        return lambda: self._calls.remove(call)

    def call(self, value: T) -> None:
        """Call each callback with the value; if one raises, report it and call the others."""
        for one in tuple(self._calls):
            try:
                one(value)
            except Exception as error:
                report_crash(error)

    def __bool__(self) -> bool:
        return bool(self._calls)
