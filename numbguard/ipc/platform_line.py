"""Chooses the line between the command line and the app on this system. Called by both ends."""

from __future__ import annotations

import sys

from numbguard.store.profile import Profile

from .line import Line, Unreachable


def line_of(profile: Profile) -> Line:
    """Return the line to the app of this profile. Raises ``Unreachable`` where this system has none."""
    if sys.platform == "win32":
        try:
            from .named_pipe import NamedPipe

            return NamedPipe(profile.pipe)
        except (ImportError, OSError):
            raise Unreachable from None
    from .unix_socket import UnixSocket

    return UnixSocket(profile.socket)


def has_line(profile: Profile) -> bool:
    """Whether the command line can reach a running app on this system."""
    try:
        line_of(profile)
    except Unreachable:
        return False
    return True
