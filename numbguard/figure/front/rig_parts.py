"""The parts of the figure seen from the front, the names of each side's joints and parts, and the starting poses.

Pure; `rig.py` places the parts and `body.py` draws them. Left and right are the figure's own: its left hand is at
the right of the picture.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from numbguard.core.cards.motion import Joint, Limb
from numbguard.figure.pose import Pose
from numbguard.figure.side.rig import SEAT


class FrontPart(StrEnum):
    RING = "ring"
    PELVIS = "pelvis"
    WAIST = "waist"
    CHEST = "chest"
    SHOULDERS = "shoulders"
    COLLAR = "collar"
    LEFT_FLANK = "left_flank"
    RIGHT_FLANK = "right_flank"
    LEFT_YOKE = "left_yoke"
    RIGHT_YOKE = "right_yoke"
    LEFT_NAPE = "left_nape"
    RIGHT_NAPE = "right_nape"
    NECK = "neck"
    BUN = "bun"
    HEAD = "head"
    FACE = "face"
    FRINGE = "fringe"
    LEFT_EYE = "left_eye"
    RIGHT_EYE = "right_eye"
    LEFT_EAR = "left_ear"
    RIGHT_EAR = "right_ear"
    NOSE = "nose"
    MOUTH = "mouth"
    LEFT_CHEEK = "left_cheek"
    RIGHT_CHEEK = "right_cheek"
    SIGHT = "sight"
    LEFT_THIGH = "left_thigh"
    LEFT_KNEE = "left_knee"
    LEFT_SHIN = "left_shin"
    LEFT_FOOT = "left_foot"
    LEFT_TOE = "left_toe"
    LEFT_SHADOW = "left_shadow"
    RIGHT_SHADOW = "right_shadow"
    RIGHT_THIGH = "right_thigh"
    RIGHT_KNEE = "right_knee"
    RIGHT_SHIN = "right_shin"
    RIGHT_FOOT = "right_foot"
    RIGHT_TOE = "right_toe"
    LEFT_ARM = "left_arm"
    LEFT_ELBOW = "left_elbow"
    LEFT_FOREARM = "left_forearm"
    LEFT_HAND = "left_hand"
    RIGHT_ARM = "right_arm"
    RIGHT_ELBOW = "right_elbow"
    RIGHT_FOREARM = "right_forearm"
    RIGHT_HAND = "right_hand"


STANDING: Final[Pose] = {
    Joint.HIP_X: 240.0, Joint.HIP_Y: 180.0, Joint.HIP_Z: 0.0, Joint.SHRUG: 0.0, Joint.ROLL: 0.0, Joint.BREATH: 0.0,
    Joint.LEAN: 0.0, Joint.BEND: 0.0, Joint.GAZE: 0.0, Joint.GLOW: 0.0,
    Joint.FACE: 0.0, Joint.TILT: 0.0, Joint.SIDE: 0.0, Joint.TWIST: 0.0, Joint.TURN: 0.0, Joint.COCK: 0.0,
    **{
        Joint(f"{side}_{name}"): value
        for side in ("left", "right")
        for name, value in (
            ("thigh", 1.0), ("spread", 2.0), ("knee", 2.0), ("ankle", 0.0), ("tip", 0.0),
            ("arm", 2.0), ("out", 9.0), ("elbow", 12.0), ("fold", 0.0),
        )
    },
}  # fmt: skip
SITTING: Final[Pose] = STANDING | {
    Joint.HIP_Y: SEAT + 17.0, Joint.LEFT_THIGH: 88.0, Joint.RIGHT_THIGH: 88.0,
    Joint.LEFT_KNEE: 88.0, Joint.RIGHT_KNEE: 88.0, Joint.LEFT_SPREAD: 5.0, Joint.RIGHT_SPREAD: 5.0,
}  # fmt: skip


class SideNames(NamedTuple):
    """The joints, limbs and parts of one side, looked up once instead of by building strings in every frame."""

    side: str
    sign: float
    spread: Joint
    thigh: Joint
    knee: Joint
    ankle: Joint
    tip: Joint
    arm: Joint
    out: Joint
    elbow: Joint
    fold: Joint
    hand: Limb
    foot: Limb
    thigh_part: FrontPart
    knee_part: FrontPart
    shin_part: FrontPart
    foot_part: FrontPart
    toe_part: FrontPart
    shadow_part: FrontPart
    flank_part: FrontPart
    yoke_part: FrontPart
    nape_part: FrontPart
    arm_part: FrontPart
    elbow_part: FrontPart
    forearm_part: FrontPart
    hand_part: FrontPart


def _names(side: str, sign: float) -> SideNames:
    def joint(name: str) -> Joint:
        return Joint(f"{side}_{name}")

    def part(name: str) -> FrontPart:
        return FrontPart(f"{side}_{name}")

    return SideNames(
        side, sign, joint("spread"), joint("thigh"), joint("knee"), joint("ankle"), joint("tip"),
        joint("arm"), joint("out"), joint("elbow"), joint("fold"), Limb(f"{side}_hand"), Limb(f"{side}_foot"),
        part("thigh"), part("knee"), part("shin"), part("foot"), part("toe"), part("shadow"), part("flank"),
        part("yoke"), part("nape"), part("arm"), part("elbow"), part("forearm"), part("hand"),
    )  # fmt: skip


SIDES: Final = (_names("left", 1.0), _names("right", -1.0))
