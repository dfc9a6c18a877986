"""What is said to a person once and never again, over all runs of a profile.

Called by the app on the GUI thread. A note that cannot be written costs a second telling at most.
"""

from __future__ import annotations

import json

from .profile import Profile, write_whole


def first_time(profile: Profile, what: str) -> bool:
    """Whether this has never been said; from now on it has."""
    try:
        told = json.loads(profile.said.read_bytes())
        known = [str(one) for one in told] if isinstance(told, list) else []
    except (OSError, ValueError, RecursionError):
        known = []
    if what in known:
        return False
    try:
        write_whole(profile.said, json.dumps([*known, what]).encode(), forced=False)
    except OSError:
        pass
    return True
