"""The callbacks that follow a part of the app, each called whatever becomes of the others. No Qt.

The runtime and the books of episodes and habits use it, on the GUI thread. A view that cannot be redrawn must not turn
a deed that is done into one that failed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Subscribers(Generic[T]):
    """Callbacks that receive each new value."""

    def __init__(self) -> None:
        self._calls: list[Callable[[T], None]] = []

    def add(self, call: Callable[[T], None]) -> Callable[[], None]:
        """Add a callback; returns a function that removes it again."""
        self._calls.append(call)
        return lambda: self._calls.remove(call)

    def call(self, value: T) -> None:
        """Call each callback with the value.

        An exception goes to ``sys.excepthook``, which is the app's crash handler and writes the log file; the other
        callbacks and the caller go on.
        """
        for one in tuple(self._calls):
            try:
                one(value)
            except Exception as error:
                sys.excepthook(type(error), error, error.__traceback__)

    def __bool__(self) -> bool:
        return bool(self._calls)
