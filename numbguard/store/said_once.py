"""Remembers which hints a profile has shown, so that each is shown once over all runs.

The app calls it on the GUI thread. Where the file cannot be written, a hint may be shown a second time.
"""

from __future__ import annotations

import json

from .profile import Profile, write_whole


def first_time(profile: Profile, what: str) -> bool:
    """Return whether this hint has not been shown yet, and record that it has been."""
    known = _known(profile)
    if what in known:
        return False
    try:
        write_whole(profile.said, json.dumps([*known, what]).encode(), forced=False)
    except OSError:
        pass
    return True


def was_said(profile: Profile, what: str) -> bool:
    """Return whether this hint has been shown, or was declined."""
    return what in _known(profile)


def _known(profile: Profile) -> list[str]:
    try:
        content = json.loads(profile.said.read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    return [str(one) for one in content] if isinstance(content, list) else []
