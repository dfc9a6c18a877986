"""Bare feet seen from above by their owner: places each toe by how far the toes are spread and curled.

Pure geometry in the plane of the picture, without depth; `figure/timeline.py` imports it only for a motion in this
view. The frame of a foot is that of a right foot, with the ankle at (0, 0), the toes upwards and the big toe to the
left; a left foot is its mirror image.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from numbguard.core.cards.motion import Joint, Limb, Pin, StartPose
from numbguard.figure.pose import FigureFrame, PlacedPart, Pose, Spot


class FootPart(StrEnum):
    LEFT_SHADOW = "left_shadow"
    LEFT_FOOT = "left_foot"
    LEFT_TOE_1 = "left_toe_1"
    LEFT_TOE_2 = "left_toe_2"
    LEFT_TOE_3 = "left_toe_3"
    LEFT_TOE_4 = "left_toe_4"
    LEFT_TOE_5 = "left_toe_5"
    LEFT_BALL = "left_ball"
    RIGHT_SHADOW = "right_shadow"
    RIGHT_FOOT = "right_foot"
    RIGHT_TOE_1 = "right_toe_1"
    RIGHT_TOE_2 = "right_toe_2"
    RIGHT_TOE_3 = "right_toe_3"
    RIGHT_TOE_4 = "right_toe_4"
    RIGHT_TOE_5 = "right_toe_5"
    RIGHT_BALL = "right_ball"


class Toe(NamedTuple):
    x: float
    y: float
    angle: float
    """Degrees by which it points outwards at rest."""
    away: float
    """Further degrees when the toes are fully spread."""
    length: float
    half: float
    """Half its width."""


TOES: Final = (
    Toe(-30.0, -146.0, -3.0, -15.0, 66.0, 16.5),
    Toe(-3.0, -152.0, 0.0, -4.0, 61.0, 11.0),
    Toe(16.5, -146.0, 3.0, 4.0, 54.0, 10.2),
    Toe(33.0, -136.0, 7.0, 12.0, 46.0, 9.6),
    Toe(46.0, -122.0, 12.0, 21.0, 40.0, 9.4),
)
_APART: Final = 74.0
_ANKLE_Y: Final = 312.0
FOOT_TURN: Final = 5.0
"""Degrees by which each foot points outwards."""
_CURL_LOSS: Final = 0.36
"""The share of its visible length that a fully curled toe loses."""
_REST: Final[Pose] = {Joint.GLOW: 0.0, Joint.SPLAY: 0.0, Joint.CURL: 0.0}


class FeetRig:
    """Places two bare feet side by side."""

    bases: Final = {StartPose.STANDING: _REST, StartPose.SITTING: _REST}

    def place(self, pose: Pose, spots: Mapping[Limb, Callable[[Mapping[StrEnum, PlacedPart]], Spot]]) -> FigureFrame:
        parts: dict[StrEnum, PlacedPart] = {}
        for side, sign in (("left", -1.0), ("right", 1.0)):
            x, turn = 240.0 + sign * _APART, sign * FOOT_TURN
            cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
            parts[FootPart(f"{side}_shadow")] = PlacedPart(x + sign * 8, _ANKLE_Y - 78, turn)
            parts[FootPart(f"{side}_foot")] = parts[FootPart(f"{side}_ball")] = PlacedPart(x, _ANKLE_Y, turn)
            for number, toe in enumerate(TOES, 1):
                right, down = sign * toe.x, toe.y
                angle = turn + sign * (toe.angle + toe.away * pose[Joint.SPLAY])
                shown = 1 - _CURL_LOSS * pose[Joint.CURL]
                parts[FootPart(f"{side}_toe_{number}")] = PlacedPart(
                    x + right * cos - down * sin, _ANKLE_Y + right * sin + down * cos, angle, 1.0, shown
                )
        return FigureFrame(0.0, parts, pose[Joint.GLOW])

    def spot(self, limb: Limb, pin: Pin, parts: Mapping[StrEnum, PlacedPart]) -> Spot:
        """Never called: nothing is held in this view."""
        raise NotImplementedError

    def angles(self, parts: Mapping[StrEnum, PlacedPart]) -> Pose:
        return {}

    def joints_of(self, limb: Limb) -> tuple[Joint, ...]:
        return ()
