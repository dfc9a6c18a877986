"""A movement as plain numbers: keyframes of joint angles, pins, and the things that stand in the room.

Pure data, on any thread: no files, no drawing. `motion_reading.py` checks what a card's file says and makes it into
these; `figure/side/rig.py` turns them into places on paper.

Words used here. A *joint* is one number of a pose: an angle in degrees, or a place in drawing units. A *pin* holds a
hand or a foot to a spot of the room or of the body; the rig then finds the angles between. A keyframe names only what
changes: everything else is carried over from the keyframe before it, and after the last one the movement returns to
the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class ViewAngle(StrEnum):
    SIDE = "side"
    FRONT = "front"
    FEET = "feet"
    """One's own two feet, looked down upon."""


class StartPose(StrEnum):
    """The pose a movement starts from before its first keyframe changes anything."""

    STANDING = "standing"
    SITTING = "sitting"
    KNEELING = "kneeling"
    LYING = "lying"


class Prop(StrEnum):
    CHAIR = "chair"
    WALL = "wall"
    STEP = "step"
    DESK = "desk"
    MAT = "mat"
    PATH = "path"
    WINDOW = "window"
    PILLOWS = "pillows"
    BED = "bed"
    KNEE_PILLOW = "knee_pillow"
    """On a bed: beneath the knees of somebody on their back, between those of somebody on their side."""
    CAR = "car"


class Inset(StrEnum):
    """A round picture beside the figure that shows a small movement large, with an arrow for the way it goes."""

    PUMP = "pump"
    CIRCLE = "circle"
    CIRCLE_BACK = "circle_back"
    CHIN = "chin"


class Callout(StrEnum):
    """Something to look at, drawn over the figure in the colour of warmth and lit by the glow."""

    FEET = "feet"
    KNEE = "knee"
    EYES = "eyes"
    BACK = "back"
    THIGHS = "thighs"
    PLUMB = "plumb"
    HEART = "heart"
    SQUEEZE = "squeeze"
    SHAKE = "shake"
    # Seen from the front: an arrow for the way the hips, or the shoulders, go round, or all of the trunk turns.
    HIPS_ROUND = "hips_round"
    SHOULDERS_ROUND = "shoulders_round"
    TURNING = "turning"
    # Level hips, and the same weight down through either foot.
    EVENLY = "evenly"
    # Lying on the side: the spine, straight.
    SPINE = "spine"


class WarmMuscle(StrEnum):
    """The muscle that is warmed in the picture."""

    HAMSTRING = "hamstring"
    QUAD = "quad"
    CALF = "calf"
    ANKLE = "ankle"
    BUTTOCK = "buttock"
    HIP = "hip"
    BACK = "back"
    WAIST = "waist"
    FLANK = "flank"
    LEGS = "legs"
    # No muscles: the ring that goes with a breath, the line of a long look.
    BREATH = "breath"
    SIGHT = "sight"
    NECK = "neck"
    SHOULDER = "shoulder"
    CORE = "core"
    FOOT = "foot"


class Joint(StrEnum):
    # Both views. Heights are above the floor; x runs to the right of the picture.
    HIP_X = "hip_x"
    HIP_Y = "hip_y"
    LEAN = "lean"
    BEND = "bend"
    GAZE = "gaze"
    GLOW = "glow"
    SHRUG = "shrug"
    # Side view: the figure faces right. Thighs and arms are measured from hanging straight down, forward positive.
    SWING = "swing"
    CHIN = "chin"
    NEAR_THIGH = "near_thigh"
    NEAR_KNEE = "near_knee"
    NEAR_ANKLE = "near_ankle"
    NEAR_ARM = "near_arm"
    NEAR_ELBOW = "near_elbow"
    NEAR_WRIST = "near_wrist"
    FAR_THIGH = "far_thigh"
    FAR_KNEE = "far_knee"
    FAR_ANKLE = "far_ankle"
    FAR_ARM = "far_arm"
    FAR_ELBOW = "far_elbow"
    FAR_WRIST = "far_wrist"
    # Front view: the figure looks at us; left and right are the figure's own.
    HIP_Z = "hip_z"
    FACE = "face"
    TILT = "tilt"
    SIDE = "side"
    TWIST = "twist"
    TURN = "turn"
    COCK = "cock"
    ROLL = "roll"
    BREATH = "breath"
    LEFT_THIGH = "left_thigh"
    LEFT_SPREAD = "left_spread"
    LEFT_KNEE = "left_knee"
    LEFT_ANKLE = "left_ankle"
    LEFT_TIP = "left_tip"
    LEFT_ARM = "left_arm"
    LEFT_OUT = "left_out"
    LEFT_ELBOW = "left_elbow"
    LEFT_FOLD = "left_fold"
    RIGHT_THIGH = "right_thigh"
    RIGHT_SPREAD = "right_spread"
    RIGHT_KNEE = "right_knee"
    RIGHT_ANKLE = "right_ankle"
    RIGHT_TIP = "right_tip"
    RIGHT_ARM = "right_arm"
    RIGHT_OUT = "right_out"
    RIGHT_ELBOW = "right_elbow"
    RIGHT_FOLD = "right_fold"
    # The feet alone.
    SPLAY = "splay"
    CURL = "curl"


class Limb(StrEnum):
    """What can be pinned."""

    NEAR_HAND = "near_hand"
    FAR_HAND = "far_hand"
    NEAR_FOOT = "near_foot"
    FAR_FOOT = "far_foot"
    LEFT_HAND = "left_hand"
    RIGHT_HAND = "right_hand"
    LEFT_FOOT = "left_foot"
    RIGHT_FOOT = "right_foot"

    @property
    def is_foot(self) -> bool:
        return self.value.endswith("foot")


class Bone(StrEnum):
    """What a hand can be pinned to besides the room."""

    PELVIS = "pelvis"
    CHEST = "chest"
    HEAD = "head"
    NEAR_THIGH = "near_thigh"
    NEAR_SHIN = "near_shin"
    NEAR_FOOT = "near_foot"
    FAR_THIGH = "far_thigh"
    FAR_SHIN = "far_shin"
    FAR_FOOT = "far_foot"
    LEFT_THIGH = "left_thigh"
    LEFT_SHIN = "left_shin"
    RIGHT_THIGH = "right_thigh"
    RIGHT_SHIN = "right_shin"


_SIDE_WORDS: Final = ("near_", "far_")
_FRONT_WORDS: Final = ("left_", "right_")
_SIDE_ONLY: Final = frozenset({Joint.SWING, Joint.CHIN})
_FRONT_ONLY: Final = frozenset(
    {
        Joint.HIP_Z, Joint.FACE, Joint.TILT, Joint.SIDE, Joint.TWIST, Joint.TURN, Joint.COCK, Joint.ROLL, Joint.BREATH,
    }
)  # fmt: skip
_FEET_ONLY: Final = frozenset({Joint.SPLAY, Joint.CURL})


_FRONT_MARKS: Final = frozenset(
    {Callout.HIPS_ROUND, Callout.SHOULDERS_ROUND, Callout.TURNING, Callout.EVENLY, Callout.SPINE}
)


def marks_of(view: ViewAngle) -> frozenset[Callout]:
    """What can be marked in a picture seen this way."""
    if view is ViewAngle.SIDE:
        return frozenset(Callout) - _FRONT_MARKS
    return _FRONT_MARKS if view is ViewAngle.FRONT else frozenset()


def suits(name: Joint | Limb | Bone, view: ViewAngle) -> bool:
    """Whether the figure seen this way has such a joint, limb or bone."""
    if view is ViewAngle.FEET:
        return name in _FEET_ONLY or name is Joint.GLOW
    if name in _FEET_ONLY:
        return False
    if view is ViewAngle.SIDE:
        return not name.startswith(_FRONT_WORDS) and name not in _FRONT_ONLY
    return not name.startswith(_SIDE_WORDS) and name not in _SIDE_ONLY


@dataclass(frozen=True, slots=True)
class Pin:
    """Where a hand or foot is held: `at` a spot of the room (x, height[, depth]), or `on` a bone.

    On a bone, `along` is the share of its length, `off` the distance to its front side and `across`, seen from the
    front, the distance to the figure's left. `turn` is the hand's or the
    foot's own angle; a foot turned up lifts its heel about the ball, turned down it rests on the heel.
    """

    at: tuple[float, ...] = ()
    on: Bone | None = None
    along: float = 0.0
    off: float = 0.0
    across: float = 0.0
    turn: float | None = None


@dataclass(frozen=True, slots=True)
class Keyframe:
    """A pose at one moment of a motion, and what holds on to what from then on."""

    at: float
    pose: Mapping[Joint, float]
    hold: Mapping[Limb, Pin | None]
    """None lets the limb go; a limb not named stays as it was."""


@dataclass(frozen=True, slots=True)
class Camera:
    """The part of the room that is looked at: its middle (x, height) and how near we are."""

    x: float = 240.0
    y: float = 170.0
    zoom: float = 1.0


@dataclass(frozen=True, slots=True)
class Motion:
    """How a figure moves: poses between which it goes."""

    name: str
    view: ViewAngle
    base: StartPose
    loop: float
    keys: tuple[Keyframe, ...]
    props: tuple[Prop, ...] = ()
    tint: WarmMuscle | None = None
    inset: Inset | None = None
    marks: tuple[Callout, ...] = ()
    camera: Camera = field(default_factory=Camera)
    flowing: bool = False
    """True runs through the keyframes at an even pace, as in walking; False rests at each of them."""
    travel: float = 0.0
    """How far the floor runs backwards under the figure in one loop."""
    behind: tuple[Limb, ...] = ()
    """Front view: the arms that are drawn behind the head."""
    before: tuple[Limb, ...] = ()
    """Front view: the legs that are drawn over the trunk."""
    eyes_shut: bool = False
