"""What an answer of the running app must contain, so that nobody prints what another program said at the socket.

The command line calls it for each answer. Pure, on any thread.
"""

from __future__ import annotations

from collections.abc import Callable

Held = tuple[str, Callable[[object], bool]]
"""A key of a document, and a test that its value has to pass."""


def _a(*kinds: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kinds)


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12


def _is_figure_or_none(value: object) -> bool:
    return value is None or _is_figure(value)


def _are_reasons(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and "reason" in one for one in value)


_HABITS = {"water", "walk_min", "stretch"}
AN_ID: Held = ("id", _a(str))
STATE: tuple[Held, ...] = (
    *(("state", _a(str)), ("seated_s", _is_figure), ("due_in_s", _is_figure_or_none), ("notes", _a(list))),
    ("suppressed", _are_reasons),
)
"""What the text for people needs of the app's state."""
TICKED: tuple[Held, ...] = (
    ("today", lambda value: value is None or (isinstance(value, dict) and value.keys() >= _HABITS)),
)
