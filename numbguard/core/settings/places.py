"""Where a card can be done. Imported by the cards and the settings, which share nothing else; runs nothing."""

from __future__ import annotations

from enum import StrEnum


class Place(StrEnum):
    SEATED = "seated"
    STANDING = "standing"
    WALL = "wall"
    FLOOR = "floor"
