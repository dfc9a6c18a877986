"""A motion as plain numbers: keyframes of joint angles, pins, and the props in the room.

Pure data, on any thread: no files, no drawing. `motion_reading.py` checks a card's file and makes these from it; the
rigs in `figure/` (`side/rig.py`, `front/rig.py`, `feet/rig.py`) turn them into positions in the picture.

Terms. A *joint* is one number of a pose: an angle in degrees, or a position in drawing units. A *pin* holds a hand or a
foot at a point of the room or of the body; the rig then finds the angles in between. A keyframe names only what
changes: the rest carries over from the keyframe before it, and after the last keyframe the motion returns to the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class ViewAngle(StrEnum):
    """The side from which the picture shows the figure."""

    SIDE = "side"
    FRONT = "front"
    FEET = "feet"
    """The person's own two feet, seen from above."""


class StartPose(StrEnum):
    """The pose that a motion starts from, before its first keyframe changes anything."""

    STANDING = "standing"
    SITTING = "sitting"
    KNEELING = "kneeling"
    LYING = "lying"


class Prop(StrEnum):
    """A thing drawn in the room beside the figure."""

    CHAIR = "chair"
    WALL = "wall"
    STEP = "step"
    DESK = "desk"
    RAISED_DESK = "raised_desk"
    """A desk at the height for work standing up."""
    MAT = "mat"
    PATH = "path"
    WINDOW = "window"
    PILLOWS = "pillows"
    BED = "bed"
    KNEE_PILLOW = "knee_pillow"
    """On a bed: under the knees of a figure on its back, between the knees of a figure on its side."""
    CAR = "car"


class Inset(StrEnum):
    """A round picture beside the figure that enlarges a small movement, with an arrow for its direction."""

    PUMP = "pump"
    CIRCLE = "circle"
    CIRCLE_BACK = "circle_back"
    CHIN = "chin"


class Callout(StrEnum):
    """A mark that draws attention to something, drawn over the figure in the warm colour and lit by the glow."""

    FEET = "feet"
    KNEE = "knee"
    EYES = "eyes"
    BACK = "back"
    THIGHS = "thighs"
    PLUMB = "plumb"
    HEART = "heart"
    SQUEEZE = "squeeze"
    SHAKE = "shake"
    # Front view: an arrow for the direction in which the hips or the shoulders circle, or the whole trunk turns.
    HIPS_ROUND = "hips_round"
    SHOULDERS_ROUND = "shoulders_round"
    TURNING = "turning"
    # Level hips, with the weight equal on both feet.
    EVENLY = "evenly"
    # Lying on the side: a straight spine.
    SPINE = "spine"


class WarmMuscle(StrEnum):
    """The muscle shown in the warm colour."""

    HAMSTRING = "hamstring"
    QUAD = "quad"
    CALF = "calf"
    SOLEUS = "soleus"
    """The deep muscle of the calf: its lower half, down to the heel's tendon."""
    SHIN = "shin"
    ANKLE = "ankle"
    BUTTOCK = "buttock"
    HIP = "hip"
    FAR_HIP = "far_hip"
    """Side view: the hip of the leg that is farther from the viewer."""
    BACK = "back"
    WAIST = "waist"
    FLANK = "flank"
    LEGS = "legs"
    # Not muscles: the ring that follows a breath, and the line of a look into the distance.
    BREATH = "breath"
    SIGHT = "sight"
    NECK = "neck"
    SHOULDER = "shoulder"
    CORE = "core"
    FOOT = "foot"


class Joint(StrEnum):
    """One number of a pose: an angle in degrees, or a position in drawing units."""

    # Side and front view. Heights are above the floor; x runs to the right of the picture.
    HIP_X = "hip_x"
    HIP_Y = "hip_y"
    LEAN = "lean"
    BEND = "bend"
    GAZE = "gaze"
    GLOW = "glow"
    SHRUG = "shrug"
    # Side view: the figure faces right. The angles of thighs and arms are 0 hanging straight down, positive forwards.
    OTHER_GLOW = "other_glow"
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
    # Front view: the figure faces the viewer; left and right are the figure's own.
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
    # View of the feet.
    SPLAY = "splay"
    CURL = "curl"


class Limb(StrEnum):
    """A hand or foot that can be pinned."""

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
    """A part of the body that a hand can be pinned to."""

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
_SIDE_ONLY: Final = frozenset({Joint.SWING, Joint.CHIN, Joint.OTHER_GLOW})
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
    """The marks that a picture in this view can show."""
    if view is ViewAngle.SIDE:
        return frozenset(Callout) - _FRONT_MARKS
    return _FRONT_MARKS if view is ViewAngle.FRONT else frozenset()


def exists_in(name: Joint | Limb | Bone, view: ViewAngle) -> bool:
    """Whether the figure has this joint, limb or bone in this view."""
    if view is ViewAngle.FEET:
        return name in _FEET_ONLY or name is Joint.GLOW
    if name in _FEET_ONLY:
        return False
    if view is ViewAngle.SIDE:
        return not name.startswith(_FRONT_WORDS) and name not in _FRONT_ONLY
    return not name.startswith(_SIDE_WORDS) and name not in _SIDE_ONLY


@dataclass(frozen=True, slots=True)
class Pin:
    """Where a hand or foot is held: `at` a point of the room (x, height[, depth]), or `on` a bone.

    On a bone, `along` is a fraction of its length, `off` the distance towards its front and, in front view, `across`
    the distance towards the figure's left. `turn` is the angle of the hand or foot itself: a foot turned up lifts its
    heel about the ball, a foot turned down rests on the heel.
    """

    at: tuple[float, ...] = ()
    on: Bone | None = None
    along: float = 0.0
    off: float = 0.0
    across: float = 0.0
    turn: float | None = None


@dataclass(frozen=True, slots=True)
class Keyframe:
    """A pose at one moment of a motion, and the pins from then on."""

    at: float
    """Seconds from the start of the loop."""
    pose: Mapping[Joint, float]
    hold: Mapping[Limb, Pin | None]
    """None releases the limb; a limb that is not named stays as it was."""


@dataclass(frozen=True, slots=True)
class Camera:
    """The visible part of the room: its centre (x, height) and the magnification."""

    x: float = 240.0
    y: float = 170.0
    zoom: float = 1.0


@dataclass(frozen=True, slots=True)
class Motion:
    """How a figure moves: the poses that it moves between."""

    name: str
    view: ViewAngle
    base: StartPose
    loop: float
    """Length of one loop in seconds."""
    keys: tuple[Keyframe, ...]
    props: tuple[Prop, ...] = ()
    tint: WarmMuscle | None = None
    """The muscle that the joint `glow` lights."""
    other_tint: WarmMuscle | None = None
    """Side view: a second muscle, which works in turn with the first; the joint `other_glow` lights it."""
    inset: Inset | None = None
    marks: tuple[Callout, ...] = ()
    camera: Camera = field(default_factory=Camera)
    flowing: bool = False
    """True moves through the keyframes at an even pace, as in walking; False rests at each of them."""
    travel: float = 0.0
    """Distance in drawing units that the floor moves backwards under the figure in one loop."""
    behind: tuple[Limb, ...] = ()
    """Front view: the arms drawn behind the head."""
    before: tuple[Limb, ...] = ()
    """Front view: the legs drawn over the trunk."""
    eyes_shut: bool = False
