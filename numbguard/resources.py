"""Finds the data that ships with NumbGuard: cards, routines, guide, icons.

Called by the app, the command line and the store, on any thread; reads no file itself. The same call works in a
checkout (``resources/`` beside the package), in an installed wheel (``numbguard/_resources``) and in a frozen bundle.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


class ResourcesError(Exception):
    """NumbGuard's own data is missing; the message says what to do."""


@cache
def resources() -> Path:
    """The folder with all the data that ships with NumbGuard. Raises ``ResourcesError`` where it is missing."""
    package = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    places = [Path(bundle) / "resources", Path(bundle) / "numbguard" / "_resources"] if bundle else []
    # The wheel's copy goes first: a folder "resources" beside an installed package belongs to another project.
    places += [package / "_resources", package.parent / "resources"]
    for place in places:
        if place.is_dir():
            return place
    raise ResourcesError(
        f"NumbGuard's own data is missing from {places[-2]}. "
        "Your log and settings are untouched. Install NumbGuard again."
    )


def resource(*parts: str) -> Path:
    """The path of one file or folder of the data, such as ``resource("cards")``; it need not exist."""
    return resources().joinpath(*parts)
