"""A movement as plain numbers: keyframes of joint angles, pins, and the things that stand in the room.

Pure data and its checking. `cards.py` reads motions out of a card's table; `ui/rig.py` turns them into places on
paper. No thread of its own, no files, no drawing.

Words used here. A *joint* is one number of a pose: an angle in degrees, or a place in drawing units. A *pin* holds a
hand or a foot to a spot of the room or of the body; the rig then finds the angles between. A keyframe names only what
changes: everything else is carried over from the keyframe before it, and after the last one the movement returns to
the first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from itertools import pairwise
from typing import Final, NoReturn, TypeVar


class CardError(ValueError):
    """A card that cannot be used. Its text is a sentence naming the card, the key and what is wrong there."""


class View(StrEnum):
    SIDE = "side"
    FRONT = "front"


class Base(StrEnum):
    """The pose a movement starts from before its first keyframe changes anything."""

    STANDING = "standing"
    SITTING = "sitting"


class Prop(StrEnum):
    CHAIR = "chair"
    WALL = "wall"
    STEP = "step"
    DESK = "desk"
    MAT = "mat"
    PATH = "path"


class Inset(StrEnum):
    """A round picture beside the figure that shows its near foot large, with an arrow for the way it goes."""

    PUMP = "pump"
    CIRCLE = "circle"


class Tint(StrEnum):
    """The muscle that is warmed in the picture."""

    HAMSTRING = "hamstring"
    QUAD = "quad"
    CALF = "calf"
    ANKLE = "ankle"
    BUTTOCK = "buttock"
    HIP = "hip"
    BACK = "back"
    WAIST = "waist"
    LEGS = "legs"


class Joint(StrEnum):
    # Both views. Heights are above the floor; x runs to the right of the picture.
    HIP_X = "hip_x"
    HIP_Y = "hip_y"
    LEAN = "lean"
    BEND = "bend"
    GAZE = "gaze"
    GLOW = "glow"
    # Side view: the figure faces right. Thighs and arms are measured from hanging straight down, forward positive.
    SWING = "swing"
    CHIN = "chin"
    SHRUG = "shrug"
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
    FACE = "face"
    TILT = "tilt"
    SIDE = "side"
    TWIST = "twist"
    TURN = "turn"
    COCK = "cock"
    LEFT_THIGH = "left_thigh"
    LEFT_SPREAD = "left_spread"
    LEFT_KNEE = "left_knee"
    LEFT_ANKLE = "left_ankle"
    LEFT_ARM = "left_arm"
    LEFT_OUT = "left_out"
    LEFT_ELBOW = "left_elbow"
    RIGHT_THIGH = "right_thigh"
    RIGHT_SPREAD = "right_spread"
    RIGHT_KNEE = "right_knee"
    RIGHT_ANKLE = "right_ankle"
    RIGHT_ARM = "right_arm"
    RIGHT_OUT = "right_out"
    RIGHT_ELBOW = "right_elbow"


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
_SIDE_ONLY: Final = frozenset({Joint.SWING, Joint.CHIN, Joint.SHRUG})
_FRONT_ONLY: Final = frozenset({Joint.FACE, Joint.TILT, Joint.SIDE, Joint.TWIST, Joint.TURN, Joint.COCK})


def suits(name: Joint | Limb | Bone, view: View) -> bool:
    """Whether the figure seen this way has such a joint, limb or bone."""
    if view is View.SIDE:
        return not name.startswith(_FRONT_WORDS) and name not in _FRONT_ONLY
    return not name.startswith(_SIDE_WORDS) and name not in _SIDE_ONLY


@dataclass(frozen=True, slots=True)
class Pin:
    """Where a hand or foot is held: `at` a spot of the room (x, height[, depth]), or `on` a bone.

    On a bone, `along` is the share of its length and `off` the distance to its front side. `turn` is the hand's or the
    foot's own angle; a foot turned up lifts its heel about the ball, turned down it rests on the heel.
    """

    at: tuple[float, ...] = ()
    on: Bone | None = None
    along: float = 0.0
    off: float = 0.0
    turn: float | None = None


@dataclass(frozen=True, slots=True)
class Keyframe:
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
    name: str
    view: View
    base: Base
    loop: float
    keys: tuple[Keyframe, ...]
    props: tuple[Prop, ...] = ()
    tint: Tint | None = None
    inset: Inset | None = None
    camera: Camera = field(default_factory=Camera)
    flowing: bool = False
    """True runs through the keyframes at an even pace, as in walking; False rests at each of them."""
    travel: float = 0.0
    """How far the floor runs backwards under the figure in one loop."""


_WHOLE_ROOM: Final = Camera()
MAX_KEYS: Final = 48
MAX_LOOP: Final = 60.0
_REACH: Final = 2000.0

_Word = TypeVar("_Word", bound=Enum)


class Reading:
    """One card's table being read: knows where it is, so that every complaint can name the key."""

    def __init__(self, card: str, table: Mapping[str, object], where: str = "") -> None:
        self.card = card
        self.table = table
        self.where = where

    def fail(self, key: str, problem: str) -> NoReturn:
        path = f"{self.where}.{key}" if self.where else key
        raise CardError(f"Card “{self.card}”: {path} {problem}.")

    def only(self, *known: str) -> None:
        for key in self.table:
            if key not in known:
                self.fail(key, "is not a key that a card has")

    def text(self, key: str, *, limit: int, default: str | None = None) -> str:
        value = self.table.get(key, default)
        if value is None:
            self.fail(key, "is missing")
        if not isinstance(value, str):
            self.fail(key, "must be text in quotes")
        if not value.strip() and default is None:
            self.fail(key, "is empty")
        if len(value) > limit:
            self.fail(key, f"is longer than {limit} characters")
        return value.strip()

    def number(self, key: str, *, low: float, high: float, default: float | None = None) -> float:
        value = self.table.get(key, default)
        if value is None:
            self.fail(key, "is missing")
        return self._checked(key, value, low, high)

    def _checked(self, key: str, value: object, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.fail(key, "must be a number")
        if not low <= value <= high:
            self.fail(key, f"must lie between {low:g} and {high:g}, not {value:g}")
        return float(value)

    def numbers(self, key: str, *, least: int, most: int) -> tuple[float, ...]:
        value = self.table.get(key, ())
        if not isinstance(value, list) or not least <= len(value) <= most:
            self.fail(key, f"must be a list of {least} to {most} numbers")
        return tuple(self._checked(key, each, -_REACH, _REACH) for each in value)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.table.get(key, default)
        if not isinstance(value, bool):
            self.fail(key, "must be true or false")
        return value

    def word(self, key: str, kind: type[_Word], default: _Word | None = None) -> _Word:
        value = self.table.get(key, default)
        if value is None:
            self.fail(key, "is missing")
        return self.as_word(key, value, kind)

    def as_word(self, key: str, value: object, kind: type[_Word]) -> _Word:
        try:
            return kind(value)
        except ValueError:
            self.fail(key, f"is “{value}”, which is none of: {', '.join(str(each.value) for each in kind)}")

    def words(self, key: str, kind: type[_Word], *, may_be_empty: bool = False) -> tuple[_Word, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list):
            self.fail(key, "must be a list of words")
        if not value and not may_be_empty:
            self.fail(key, "needs one word at least")
        return tuple(dict.fromkeys(self.as_word(key, each, kind) for each in value))

    def part(self, key: str) -> Reading:
        value = self.table.get(key, {})
        if not isinstance(value, Mapping):
            self.fail(key, "must be a table")
        return Reading(self.card, value, f"{self.where}.{key}" if self.where else key)

    def parts(self, key: str, *, most: int) -> list[Reading]:
        value = self.table.get(key)
        if value is None:
            self.fail(key, "is missing")
        if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
            self.fail(key, "must be a list of tables")
        if not 1 <= len(value) <= most:
            self.fail(key, f"must have 1 to {most} entries, not {len(value)}")
        path = f"{self.where}.{key}" if self.where else key
        return [Reading(self.card, each, f"{path} {i}") for i, each in enumerate(value, 1)]


def motion_from(name: str, reading: Reading) -> Motion:
    """Check one `[motion.NAME]` table."""
    reading.only("view", "base", "loop", "props", "tint", "inset", "camera", "flowing", "travel", "keys")
    view = reading.word("view", View)
    loop = reading.number("loop", low=0.5, high=MAX_LOOP)
    camera = reading.part("camera")
    camera.only("x", "y", "zoom")
    keys = tuple(_keyframe(each, view) for each in reading.parts("keys", most=MAX_KEYS))
    if keys[0].at != 0:
        reading.fail("keys 1.at", "must be 0, where the movement starts")
    if view is View.FRONT and any(not each.hold.keys() <= keys[0].hold.keys() for each in keys):
        reading.fail("keys", "must hold the same hands and feet all the time in front view")
    for earlier, later in pairwise(keys):
        if later.at <= earlier.at:
            reading.fail("keys", f"must be in order of time: {later.at:g} comes after {earlier.at:g}")
    if keys[-1].at >= loop:
        reading.fail("keys", f"must end before the loop does, at {loop:g} s")
    return Motion(
        name=name,
        view=view,
        base=reading.word("base", Base),
        loop=loop,
        keys=keys,
        props=reading.words("props", Prop, may_be_empty=True),
        tint=reading.word("tint", Tint) if "tint" in reading.table else None,
        inset=reading.word("inset", Inset) if "inset" in reading.table else None,
        camera=Camera(
            x=camera.number("x", low=-_REACH, high=_REACH, default=_WHOLE_ROOM.x),
            y=camera.number("y", low=-_REACH, high=_REACH, default=_WHOLE_ROOM.y),
            zoom=camera.number("zoom", low=0.25, high=6.0, default=_WHOLE_ROOM.zoom),
        ),
        flowing=reading.flag("flowing", default=False),
        travel=reading.number("travel", low=0.0, high=_REACH, default=0.0),
    )


def _keyframe(reading: Reading, view: View) -> Keyframe:
    reading.only("at", "pose", "hold")
    pose = reading.part("pose")
    hold = reading.part("hold")
    return Keyframe(
        at=reading.number("at", low=0.0, high=MAX_LOOP),
        pose={_suited(pose, key, Joint, view): pose.number(key, low=-_REACH, high=_REACH) for key in pose.table},
        hold={_suited(hold, key, Limb, view): _pin(hold, key, view) for key in hold.table},
    )


_Named = TypeVar("_Named", Joint, Limb, Bone)


def _suited(reading: Reading, key: str, kind: Callable[[str], _Named], view: View) -> _Named:
    try:
        name = kind(key)
    except ValueError:
        reading.fail(key, "is no part of the figure")
    if not suits(name, view):
        reading.fail(key, f"is no part of the figure in {view} view")
    return name


def _pin(hold: Reading, key: str, view: View) -> Pin | None:
    if hold.table[key] == "free":
        if view is View.FRONT:
            hold.fail(key, "cannot be let go in front view")
        return None
    pin = hold.part(key)
    pin.only("at", "on", "along", "off", "turn")
    turn = pin.number("turn", low=-360, high=360) if "turn" in pin.table else None
    if "on" in pin.table:
        if Limb(key).is_foot:
            pin.fail("on", "holds hands only; a foot is held to the room by “at”")
        return Pin(
            on=_suited(pin, pin.word("on", Bone), Bone, view),
            along=pin.number("along", low=-1.0, high=2.0, default=0.5),
            off=pin.number("off", low=-100.0, high=100.0, default=0.0),
            turn=turn,
        )
    return Pin(at=pin.numbers("at", least=2, most=3), turn=turn)
