"""Remembers the size and the place of each window, in one small file of the profile.

The windows' ``KeptPlace`` calls it on the GUI thread. Where the file cannot be read, windows open as they first did.
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass

from .profile import Profile, write_whole

_MOST = 100_000
"""The largest number in the file that can be a place."""


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """The place and size of a window without its frame, in device-independent pixels."""

    x: int
    y: int
    width: int
    height: int
    maximised: bool = False


def place_of(profile: Profile, window: str) -> WindowPlace | None:
    """Return where the window of this name was when it was last closed; ``None`` if that is not known."""
    return _known(profile).get(window)


def keep_place(profile: Profile, window: str, place: WindowPlace) -> None:
    """Remember where a window is."""
    known = _known(profile)
    if known.get(window) == place:
        return
    known[window] = place
    content = {name: list(astuple(one)) for name, one in known.items()}
    try:
        write_whole(profile.windows, json.dumps(content).encode(), forced=False)
    except OSError:
        pass


def _known(profile: Profile) -> dict[str, WindowPlace]:
    try:
        content = json.loads(profile.windows.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {str(name): place for name, kept in content.items() if (place := _place(kept)) is not None}


def _place(kept: object) -> WindowPlace | None:
    match kept:
        case [int(x), int(y), int(width), int(height), bool(maximised)] if (
            max(abs(x), abs(y), width, height) <= _MOST and min(width, height) > 0
        ):
            return WindowPlace(x, y, width, height, maximised)
        case _:
            return None
