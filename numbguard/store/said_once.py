"""Remembers which hints a profile has shown, so that each is shown once over all runs, or once in a while.

The app calls it on the GUI thread. Where the file cannot be written, a hint may be shown a second time.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from .profile import Profile, write_whole


def first_time(profile: Profile, what: str) -> bool:
    """Return whether this hint has not been shown yet, and record that it has been."""
    known = _known(profile)
    if what in known:
        return False
    _write(profile, [*known, what])
    return True


def not_within(profile: Profile, what: str, time: timedelta, now: datetime) -> bool:
    """Return whether this hint has not been shown within ``time`` before ``now``; if so, record that it is shown now.

    A time in the future, from a clock that was set back, does not count.
    """
    known, mark = _known(profile), f"{what}@"
    last = next((one.removeprefix(mark) for one in known if one.startswith(mark)), None)
    try:
        if last is not None and timedelta() <= now - datetime.fromisoformat(last) < time:
            return False
    except (ValueError, TypeError):
        pass
    _write(profile, [*(one for one in known if not one.startswith(mark)), mark + now.isoformat(timespec="seconds")])
    return True


def _known(profile: Profile) -> list[str]:
    try:
        content = json.loads(profile.said.read_bytes())
        return [str(one) for one in content] if isinstance(content, list) else []
    except (OSError, ValueError, RecursionError):
        return []


def _write(profile: Profile, known: list[str]) -> None:
    try:
        write_whole(profile.said, json.dumps(known).encode(), forced=False)
    except OSError:
        pass


def was_said(profile: Profile, what: str) -> bool:
    """Return whether this hint has been shown, or was declined."""
    return what in _known(profile)
