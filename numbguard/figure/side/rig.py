"""Places the bones of the figure seen from the side, from its joint angles and pins, frame by frame.

Pure geometry, called by `figure/timeline.py` on the GUI thread when a card is shown. Coordinates are those of the
screen: x to the right, y down, the floor at `FLOOR`. The angle of a bone is measured from hanging straight down,
positive towards the front (the right).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from numbguard.core.cards.motion import Bone, Joint, Limb, Pin, StartPose
from numbguard.figure.pose import FigureFrame, PlacedPart, Pose, Spot, above, along, two_bones

FLOOR: Final = 380.0
SEAT: Final = 92.0

THIGH: Final = 86.0
SHIN: Final = 82.0
ANKLE: Final = 13.0
HEEL: Final = -9.0
BALL: Final = 19.0
TOES: Final = 5.0
"""Height above the sole at which the toes bend."""
UPPER_ARM: Final = 58.0
FOREARM: Final = 52.0
PALM: Final = 11.0
NECK: Final = 13.0
SPINE: Final = (24.0, 22.0, 20.0, 20.0, 18.0)
_CURL: Final = (0.04, 0.22, 0.5, 0.78, 1.0)
SHOULDER_BACK: Final = 12.0
"""Distance from the top of the spine down to the shoulder."""


class SidePart(StrEnum):
    """A rigid part of the figure; the order here is not the drawing order."""

    PELVIS = "pelvis"
    SPINE_1 = "spine_1"
    SPINE_2 = "spine_2"
    SPINE_3 = "spine_3"
    SPINE_4 = "spine_4"
    SPINE_5 = "spine_5"
    LOIN = "loin"
    """The second part of the spine once more, for warm areas drawn over the whole trunk."""
    NECK = "neck"
    HEAD = "head"
    NEAR_THIGH = "near_thigh"
    NEAR_SHIN = "near_shin"
    NEAR_FOOT = "near_foot"
    NEAR_TOES = "near_toes"
    NEAR_ARM = "near_arm"
    NEAR_FOREARM = "near_forearm"
    NEAR_HAND = "near_hand"
    NEAR_SHADOW = "near_shadow"
    FAR_SHADOW = "far_shadow"
    FAR_THIGH = "far_thigh"
    FAR_SHIN = "far_shin"
    FAR_FOOT = "far_foot"
    FAR_TOES = "far_toes"
    FAR_ARM = "far_arm"
    FAR_FOREARM = "far_forearm"
    FAR_HAND = "far_hand"


STANDING: Final[Pose] = {
    Joint.HIP_X: 240.0, Joint.HIP_Y: 180.0, Joint.LEAN: 1.0, Joint.BEND: 2.0, Joint.GAZE: 2.0, Joint.GLOW: 0.0,
    Joint.OTHER_GLOW: 0.0, Joint.SWING: 0.0, Joint.CHIN: 0.0, Joint.SHRUG: 0.0,
    Joint.NEAR_THIGH: 3.0, Joint.NEAR_KNEE: 5.0, Joint.NEAR_ANKLE: 0.0,
    Joint.NEAR_ARM: -2.0, Joint.NEAR_ELBOW: 14.0, Joint.NEAR_WRIST: 4.0,
    Joint.FAR_THIGH: 3.0, Joint.FAR_KNEE: 5.0, Joint.FAR_ANKLE: 0.0,
    Joint.FAR_ARM: 4.0, Joint.FAR_ELBOW: 16.0, Joint.FAR_WRIST: 4.0,
}  # fmt: skip
SITTING: Final[Pose] = STANDING | {
    Joint.HIP_X: 196.0, Joint.HIP_Y: SEAT + 17.0, Joint.LEAN: -1.0, Joint.BEND: 3.0,
    Joint.NEAR_THIGH: 89.0, Joint.NEAR_KNEE: 88.0, Joint.FAR_THIGH: 89.0, Joint.FAR_KNEE: 88.0,
    Joint.NEAR_ARM: 6.0, Joint.NEAR_ELBOW: 50.0, Joint.FAR_ARM: 10.0, Joint.FAR_ELBOW: 50.0,
}  # fmt: skip
KNEELING: Final[Pose] = STANDING | {
    Joint.HIP_X: 210.0, Joint.HIP_Y: 98.0, Joint.LEAN: 80.0, Joint.BEND: 2.0, Joint.GAZE: 70.0,
    Joint.NEAR_THIGH: 0.0, Joint.NEAR_KNEE: 85.2, Joint.NEAR_ANKLE: -90.0,
    Joint.FAR_THIGH: 0.0, Joint.FAR_KNEE: 85.2, Joint.FAR_ANKLE: -90.0,
    Joint.NEAR_ARM: 2.0, Joint.NEAR_ELBOW: 8.0, Joint.FAR_ARM: 2.0, Joint.FAR_ELBOW: 8.0,
}  # fmt: skip
LYING: Final[Pose] = STANDING | {
    Joint.HIP_X: 240.0, Joint.HIP_Y: 19.0, Joint.LEAN: -90.0, Joint.BEND: 0.0, Joint.GAZE: -84.0,
    Joint.NEAR_THIGH: 90.0, Joint.NEAR_KNEE: 2.0, Joint.NEAR_ANKLE: -8.0,
    Joint.FAR_THIGH: 90.0, Joint.FAR_KNEE: 2.0, Joint.FAR_ANKLE: -8.0,
    Joint.NEAR_ARM: 78.0, Joint.NEAR_ELBOW: 9.0, Joint.FAR_ARM: 78.0, Joint.FAR_ELBOW: 9.0,
}  # fmt: skip

_SIDES: Final = ("near", "far")


@dataclass(frozen=True, slots=True)
class _Names:
    """The joints, limbs and parts of one side, looked up once instead of by building strings in every frame."""

    thigh: Joint
    knee: Joint
    ankle: Joint
    arm: Joint
    elbow: Joint
    wrist: Joint
    hand: Limb
    foot: Limb
    thigh_part: SidePart
    shin_part: SidePart
    foot_part: SidePart
    toes_part: SidePart
    shadow_part: SidePart
    arm_part: SidePart
    forearm_part: SidePart
    hand_part: SidePart


def _names(side: str) -> _Names:
    def part(name: str) -> SidePart:
        return SidePart(f"{side}_{name}")

    def joint(name: str) -> Joint:
        return Joint(f"{side}_{name}")

    return _Names(
        thigh=joint("thigh"), knee=joint("knee"), ankle=joint("ankle"),
        arm=joint("arm"), elbow=joint("elbow"), wrist=joint("wrist"),
        hand=Limb(f"{side}_hand"), foot=Limb(f"{side}_foot"),
        thigh_part=part("thigh"), shin_part=part("shin"), foot_part=part("foot"), toes_part=part("toes"),
        shadow_part=part("shadow"), arm_part=part("arm"), forearm_part=part("forearm"), hand_part=part("hand"),
    )  # fmt: skip


_OF: Final = {side: _names(side) for side in _SIDES}
_BONES: Final = {
    Bone.PELVIS: (SidePart.PELVIS, 24.0), Bone.CHEST: (SidePart.SPINE_4, 40.0), Bone.HEAD: (SidePart.HEAD, 40.0),
    Bone.NEAR_THIGH: (SidePart.NEAR_THIGH, THIGH), Bone.NEAR_SHIN: (SidePart.NEAR_SHIN, SHIN),
    Bone.NEAR_FOOT: (SidePart.NEAR_FOOT, BALL), Bone.FAR_THIGH: (SidePart.FAR_THIGH, THIGH),
    Bone.FAR_SHIN: (SidePart.FAR_SHIN, SHIN), Bone.FAR_FOOT: (SidePart.FAR_FOOT, BALL),
}  # fmt: skip


class SideRig:
    """Places the figure that faces right."""

    bases: Final = {
        StartPose.STANDING: STANDING,
        StartPose.SITTING: SITTING,
        StartPose.KNEELING: KNEELING,
        StartPose.LYING: LYING,
    }

    def __init__(self) -> None:
        self._legs: dict[Limb, tuple[object, dict[StrEnum, PlacedPart]]] = {}
        """Each leg as it was last placed, for reuse: most legs stand still most of the time."""

    def place(self, pose: Pose, spots: Mapping[Limb, Callable[[Mapping[StrEnum, PlacedPart]], Spot]]) -> FigureFrame:
        parts: dict[StrEnum, PlacedPart] = {}
        hip_x, hip_y = pose[Joint.HIP_X], FLOOR - pose[Joint.HIP_Y]
        for of in _OF.values():
            spot = spots[of.foot](parts) if of.foot in spots else None
            free = None if spot else (pose[of.thigh], pose[of.knee], pose[of.ankle])
            asked = (hip_x, hip_y, pose[Joint.SWING], spot, free)
            before = self._legs.get(of.foot)
            if before is None or before[0] != asked:
                before = self._legs[of.foot] = (asked, self._leg(of, hip_x, hip_y, pose, spot))
            parts.update(before[1])
        top_x, top_y, chest = self._spine(hip_x, hip_y, pose, parts)
        shoulder_x, shoulder_y = above(top_x, top_y, chest + 180, SHOULDER_BACK - pose[Joint.SHRUG])
        for side in _SIDES:
            self._arm(_OF[side], shoulder_x, shoulder_y, pose, spots, parts)
        return FigureFrame(0.0, parts, pose[Joint.GLOW], pose[Joint.OTHER_GLOW])

    def _leg(self, of: _Names, hip_x: float, hip_y: float, pose: Pose, spot: Spot | None) -> dict[StrEnum, PlacedPart]:
        if spot:
            x, y, turn = spot
            ankle_x, ankle_y = ankle_of(x, y, turn)
            thigh, shin = two_bones(ankle_x - hip_x, ankle_y - hip_y, THIGH, SHIN, forward=True)
            foot = -turn
            surface = y if FLOOR - y >= 30 else FLOOR
        else:
            thigh = pose[of.thigh]
            shin = thigh - pose[of.knee]
            foot = shin + pose[of.ankle]
            surface = FLOOR
        knee_x, knee_y = along(hip_x, hip_y, thigh, THIGH)
        ankle_x, ankle_y = along(knee_x, knee_y, shin, SHIN)
        # A foot swung towards the viewer looks shorter.
        wide = math.cos(math.radians(pose[Joint.SWING])) if of.foot is Limb.NEAR_FOOT else 1.0
        ball_x, ball_y = along(ankle_x, ankle_y, foot, ANKLE - TOES)
        ball_x, ball_y = along(ball_x, ball_y, foot + 90, BALL * wide)
        # The toes stay flat while the ball is on the floor; they follow a foot that is lifted or turned over.
        lifted = min(1.0, max(0.0, (surface - ball_y - TOES) / 18, (-90 - foot) / 30))
        toes = foot * lifted if foot < 0 else foot
        size = min(1.0, max(0.0, 1 - (FLOOR - ANKLE - ankle_y) / 46))
        return {
            of.thigh_part: PlacedPart(hip_x, hip_y, -thigh),
            of.shin_part: PlacedPart(knee_x, knee_y, -shin),
            of.foot_part: PlacedPart(ankle_x, ankle_y, -foot, wide),
            of.toes_part: PlacedPart(ball_x, ball_y, -toes, wide),
            of.shadow_part: PlacedPart(ankle_x + 10, FLOOR, 0.0, size, size),
        }

    def _spine(self, x: float, y: float, pose: Pose, parts: dict[StrEnum, PlacedPart]) -> tuple[float, float, float]:
        lean, bend = pose[Joint.LEAN], pose[Joint.BEND]
        parts[SidePart.PELVIS] = PlacedPart(x, y, lean)
        angle = lean
        for part, length, share in zip(_SPINE_PARTS, SPINE, _CURL, strict=True):
            angle = lean + bend * share
            parts[part] = PlacedPart(x, y, angle)
            x, y = above(x, y, angle, length)
        parts[SidePart.LOIN] = parts[SidePart.SPINE_2]
        gaze = pose[Joint.GAZE]
        neck = 12 + 0.5 * (angle + gaze)
        parts[SidePart.NECK] = PlacedPart(x, y, neck)
        head_x, head_y = above(x, y, neck, NECK)
        parts[SidePart.HEAD] = PlacedPart(head_x + pose[Joint.CHIN], head_y, gaze)
        return x, y, angle

    def _arm(
        self,
        of: _Names,
        x: float,
        y: float,
        pose: Pose,
        spots: Mapping[Limb, Callable[[Mapping[StrEnum, PlacedPart]], Spot]],
        parts: dict[StrEnum, PlacedPart],
    ) -> None:
        if of.hand in spots:
            goal_x, goal_y, hand = spots[of.hand](parts)
            if math.isnan(hand):
                upper, lower = two_bones(goal_x - x, goal_y - y, UPPER_ARM, FOREARM + PALM, forward=False)
                hand = lower
            else:
                wrist_x, wrist_y = along(goal_x, goal_y, hand, -PALM)
                upper, lower = two_bones(wrist_x - x, wrist_y - y, UPPER_ARM, FOREARM, forward=False)
        else:
            upper = pose[of.arm]
            lower = upper + pose[of.elbow]
            hand = lower + pose[of.wrist]
        elbow_x, elbow_y = along(x, y, upper, UPPER_ARM)
        wrist_x, wrist_y = along(elbow_x, elbow_y, lower, FOREARM)
        parts[of.arm_part] = PlacedPart(x, y, -upper)
        parts[of.forearm_part] = PlacedPart(elbow_x, elbow_y, -lower)
        parts[of.hand_part] = PlacedPart(wrist_x, wrist_y, -hand)

    def spot(self, limb: Limb, pin: Pin, parts: Mapping[StrEnum, PlacedPart]) -> Spot:
        """Where a pin is in this frame: x, y, and its turn in degrees."""
        if pin.on is None:
            turn = (0.0 if limb.is_foot else math.nan) if pin.turn is None else pin.turn
            return pin.at[0], FLOOR - pin.at[1], turn
        part, length = _BONES[pin.on]
        bone = parts[part]
        angle = -bone.turn
        upward = pin.on in (Bone.PELVIS, Bone.CHEST, Bone.HEAD)
        x, y = along(bone.x, bone.y, angle, -length * pin.along if upward else length * pin.along)
        x, y = along(x, y, angle + 90, pin.off)
        return x, y, math.nan if pin.turn is None else angle + pin.turn

    def angles(self, parts: Mapping[StrEnum, PlacedPart]) -> Pose:
        """The joint angles that give the limbs as placed; a released limb starts from them."""
        found: Pose = {}
        for of in _OF.values():
            thigh, shin = -parts[of.thigh_part].turn, -parts[of.shin_part].turn
            arm, forearm = -parts[of.arm_part].turn, -parts[of.forearm_part].turn
            found[of.thigh] = thigh
            found[of.knee] = _near_zero(thigh - shin)
            found[of.ankle] = _near_zero(-parts[of.foot_part].turn - shin)
            found[of.arm] = arm
            found[of.elbow] = _near_zero(forearm - arm)
            found[of.wrist] = _near_zero(-parts[of.hand_part].turn - forearm)
        return found

    def joints_of(self, limb: Limb) -> tuple[Joint, Joint, Joint]:
        of = _OF[limb.value.partition("_")[0]]
        return (of.thigh, of.knee, of.ankle) if limb.is_foot else (of.arm, of.elbow, of.wrist)


_SPINE_PARTS: Final = (SidePart.SPINE_1, SidePart.SPINE_2, SidePart.SPINE_3, SidePart.SPINE_4, SidePart.SPINE_5)


def _near_zero(angle: float) -> float:
    return (angle + 180) % 360 - 180


def ankle_of(x: float, y: float, turn: float) -> tuple[float, float]:
    """The ankle of a foot that stands at x on a surface at y, turned (degrees) up onto its ball or down on its heel."""
    # Toes bend at a joint a little above the sole; the heel's edge is on the floor itself.
    pivot, height = (BALL, TOES) if turn > 0 else (HEEL, 0.0)
    a = math.radians(turn)
    dx, dy = -pivot, height - ANKLE
    return x + pivot + dx * math.cos(a) - dy * math.sin(a), y - height + dx * math.sin(a) + dy * math.cos(a)
