"""The command line's end of the line: asks the running app, and waits for its answer in the verb's own process."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import NoReturn

from numbguard.store.profile import Profile

from .line import NotAnswering, NotRunning, NotUnderstood, Unreachable
from .platform_line import line_of


def ask(profile: Profile, request: Mapping[str, object], *, patience_s: float = 10.0) -> Mapping[str, object]:
    """Send one request to the app of this profile and return its answer, waiting up to ``patience_s`` seconds.

    The answer has a ``status`` and, if that is 0, a ``document``, else an ``error``. Raises ``NotRunning``,
    ``NotAnswering``, ``NotUnderstood``, ``Unreachable``.
    """
    line = line_of(profile)
    if not line.may_be_listened_to():
        raise NotRunning
    import json

    try:
        answer = line.exchange(json.dumps(request).encode() + b"\n", until=time.monotonic() + patience_s)
    except TimeoutError as error:
        raise NotAnswering from error
    except OSError as error:
        raise NotRunning from error
    if not answer:
        raise NotRunning
    try:
        given = json.loads(answer, parse_constant=no_number)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood from error
    if not isinstance(given, dict) or type(given.get("status")) is not int or not 0 <= given["status"] <= 3:
        raise NotUnderstood
    if not isinstance(given.get("error"), str) if given["status"] else not isinstance(given.get("document"), dict):
        raise NotUnderstood
    return given


def may_run(profile: Profile) -> bool:
    """Whether an app may be running for this profile; ``False`` is certain. Costs next to nothing."""
    try:
        return line_of(profile).may_be_listened_to()
    except Unreachable:
        return False


def address(profile: Profile) -> str:
    """Return where an app of this profile listens, for use within a sentence."""
    return line_of(profile).address


def no_number(word: str) -> NoReturn:
    """Refuse ``NaN`` and the infinities, which JSON does not have."""
    raise ValueError(f"{word} is not a number")
