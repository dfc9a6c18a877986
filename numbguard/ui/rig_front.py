"""The skeleton seen from the front or half turned: three dimensions laid flat by a camera that looks slightly down.

Pure geometry; `timeline.py` loads it only for a motion that needs it. Room coordinates: x to the right of the picture,
height above the floor, depth towards us. `face` turns the whole figure, `twist` its chest upon its hips, `turn` its
head upon its chest; positive angles turn towards the right of the picture. Left and right are the figure's own, so
that its left hand is at the right of the picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from numbguard.core.motion import Base, Bone, Joint, Limb, Pin
from numbguard.ui.rig import (
    ANKLE,
    FLOOR,
    FOREARM,
    PALM,
    SEAT,
    SHIN,
    THIGH,
    UPPER_ARM,
    Moment,
    Placed,
    Pose,
    Spot,
)  # fmt: skip

Vector = tuple[float, float, float]

PITCH: Final = 16.0
_COS, _SIN = math.cos(math.radians(PITCH)), math.sin(math.radians(PITCH))
_FRONT_EDGE: Final = 40.0
"""The depth that lies on the picture's floor line."""

HIP_HALF: Final = 11.0
SHOULDER_HALF: Final = 22.5
SPINE: Final = (24.0, 38.0, 30.0)
_SHARES: Final = (0.12, 0.55, 1.0)
SHOULDER_DROP: Final = 12.0
NECK_LENGTH: Final = 12.0
HEAD_RADIUS: Final = 19.0
SHOE: Final = (-8.0, 24.0)
"""Heel and toe, before and behind the ankle."""


class Part(StrEnum):
    PELVIS = "pelvis"
    WAIST = "waist"
    CHEST = "chest"
    SHOULDERS = "shoulders"
    COLLAR = "collar"
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
    Joint.HIP_X: 240.0, Joint.HIP_Y: 180.0, Joint.LEAN: 0.0, Joint.BEND: 0.0, Joint.GAZE: 0.0, Joint.GLOW: 0.0,
    Joint.FACE: 0.0, Joint.TILT: 0.0, Joint.SIDE: 0.0, Joint.TWIST: 0.0, Joint.TURN: 0.0, Joint.COCK: 0.0,
    **{
        Joint(f"{side}_{name}"): value
        for side in ("left", "right")
        for name, value in (
            ("thigh", 1.0), ("spread", 2.0), ("knee", 2.0), ("ankle", 0.0),
            ("arm", 2.0), ("out", 9.0), ("elbow", 12.0),
        )
    },
}  # fmt: skip
SITTING: Final[Pose] = STANDING | {
    Joint.HIP_Y: SEAT + 17.0, Joint.LEFT_THIGH: 88.0, Joint.RIGHT_THIGH: 88.0,
    Joint.LEFT_KNEE: 88.0, Joint.RIGHT_KNEE: 88.0, Joint.LEFT_SPREAD: 5.0, Joint.RIGHT_SPREAD: 5.0,
}  # fmt: skip

# Where the face's parts lie on the ball of the head: degrees sideways, degrees up, share of its radius.
_FEATURES: Final = (
    (Part.LEFT_EYE, 23.0, 4.0, 0.98), (Part.RIGHT_EYE, -23.0, 4.0, 0.98), (Part.NOSE, 0.0, -10.0, 1.04),
    (Part.MOUTH, 0.0, -33.0, 1.0), (Part.LEFT_CHEEK, 36.0, -18.0, 0.9), (Part.RIGHT_CHEEK, -36.0, -18.0, 0.9),
    (Part.LEFT_EAR, 92.0, -4.0, 1.0), (Part.RIGHT_EAR, -92.0, -4.0, 1.0),
)  # fmt: skip


def flat(point: Vector) -> tuple[float, float]:
    """A point of the room on the picture."""
    x, height, depth = point
    return x, FLOOR - height * _COS + (depth - _FRONT_EDGE) * _SIN


def plus(a: Vector, b: Vector, times: float = 1.0) -> Vector:
    return a[0] + b[0] * times, a[1] + b[1] * times, a[2] + b[2] * times


def minus(a: Vector, b: Vector) -> Vector:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def unit(a: Vector) -> Vector:
    size = math.sqrt(dot(a, a)) or 1.0
    return a[0] / size, a[1] / size, a[2] / size


def heading(yaw: float) -> tuple[Vector, Vector]:
    """What lies ahead of and to the left of somebody turned by `yaw`."""
    a = math.radians(yaw)
    return (math.sin(a), 0.0, math.cos(a)), (math.cos(a), 0.0, -math.sin(a))


UP: Final[Vector] = (0.0, 1.0, 0.0)


def reach(start: Vector, goal: Vector, first: float, second: float, pole: Vector) -> tuple[Vector, Vector]:
    """The middle joint and the end of two bones from start towards goal, the joint pushed out towards `pole`."""
    line = minus(goal, start)
    far = min(max(math.sqrt(dot(line, line)), abs(first - second) + 1e-6), first + second - 1e-6)
    towards = unit(line)
    out = unit(plus(pole, towards, -dot(pole, towards)))
    share = (first * first + far * far - second * second) / (2 * far)
    joint = plus(plus(start, towards, share), out, math.sqrt(max(0.0, first * first - share * share)))
    return joint, plus(start, towards, far)


class _Names(NamedTuple):
    """What belongs to one side, looked up once and not by building strings at every moment."""

    side: str
    sign: float
    spread: Joint
    thigh: Joint
    knee: Joint
    ankle: Joint
    arm: Joint
    out: Joint
    elbow: Joint
    hand: Limb
    foot: Limb


def _names(side: str, sign: float) -> _Names:
    def joint(name: str) -> Joint:
        return Joint(f"{side}_{name}")

    return _Names(
        side, sign, joint("spread"), joint("thigh"), joint("knee"), joint("ankle"), joint("arm"), joint("out"),
        joint("elbow"), Limb(f"{side}_hand"), Limb(f"{side}_foot"),
    )  # fmt: skip


_SIDES: Final = (_names("left", 1.0), _names("right", -1.0))
_PART: Final = {part.value: part for part in Part}


class FrontRig:
    """Places the figure that looks at us, straight or half turned."""

    bases: Final = {Base.STANDING: STANDING, Base.SITTING: SITTING}

    def __init__(self) -> None:
        self.bones: dict[str, tuple[Vector, Vector]] = {}
        """The bones of the moment placed last, in the room: what the tests measure."""
        self._legs: dict[Limb, tuple[object, dict[StrEnum, Placed], dict[str, tuple[Vector, Vector]]]] = {}
        """Each leg as it was last placed: most of them stand still most of the time."""

    def place(self, pose: Pose, spots: Mapping[Limb, Callable[[Mapping[StrEnum, Placed]], Spot]]) -> Moment:
        parts: dict[StrEnum, Placed] = {}
        self.bones = {}
        hips = (pose[Joint.HIP_X], pose[Joint.HIP_Y], 0.0)
        face = pose[Joint.FACE]
        for of in _SIDES:
            spot = spots[of.foot](parts) if of.foot in spots else None
            free = None if spot else (pose[of.thigh], pose[of.knee])
            asked = (hips, face, pose[Joint.TILT], pose[of.spread], pose[of.ankle], spot, free)
            before = self._legs.get(of.foot)
            if before is None or before[0] != asked:
                self.bones, others = {}, self.bones
                before = self._legs[of.foot] = (asked, self._leg(of, hips, face, pose, spot), self.bones)
                self.bones = others
            parts.update(before[1])
            self.bones.update(before[2])
        top, up, yaw = self._trunk(hips, face, pose, parts)
        self._head(top, up, yaw + pose[Joint.TURN], pose, parts)
        _, left = heading(yaw)
        roll = math.radians(pose[Joint.TILT] + pose[Joint.SIDE])
        across = plus((left[0] * math.cos(roll), 0.0, left[2] * math.cos(roll)), UP, -math.sin(roll))
        for of in _SIDES:
            shoulder = plus(plus(top, up, -SHOULDER_DROP), across, of.sign * SHOULDER_HALF)
            self._arm(of, shoulder, yaw, pose, spots, parts)
        return Moment(0.0, parts, pose[Joint.GLOW])

    def _bone(self, name: str, start: Vector, end: Vector, length: float, wide: float = 1.0) -> Placed:
        self.bones[name] = (start, end)
        x, y = flat(start)
        to_x, to_y = flat(end)
        dx, dy = to_x - x, to_y - y
        turn = -math.degrees(math.atan2(dx, dy)) if abs(dx) + abs(dy) > 0.01 else 0.0
        return Placed(x, y, turn, wide, math.hypot(dx, dy) / length)

    def _leg(self, of: _Names, hips: Vector, face: float, pose: Pose, spot: Spot | None) -> dict[StrEnum, Placed]:
        side, sign = of.side, of.sign
        ahead, left = heading(face)
        roll = math.radians(pose[Joint.TILT])
        hip = plus(plus(hips, left, sign * HIP_HALF * math.cos(roll)), UP, -sign * HIP_HALF * math.sin(roll))
        spread = math.radians(pose[of.spread])
        if spot:
            x, height, depth, _ = spot
            pole = plus(ahead, left, sign * math.tan(spread))
            knee, ankle = reach(hip, (x, height + ANKLE, depth), THIGH, SHIN, pole)
        else:
            knee = plus(hip, _swing(pose[of.thigh], spread * sign, ahead, left), THIGH)
            bent = pose[of.thigh] - pose[of.knee]
            ankle = plus(knee, _swing(bent, spread * sign, ahead, left), SHIN)
        lift = math.radians(pose[of.ankle])
        forward = plus((ahead[0] * math.cos(lift), 0.0, ahead[2] * math.cos(lift)), UP, math.sin(lift))
        heel = plus(plus(ankle, forward, SHOE[0]), UP, 7 - ANKLE)
        toe = plus(plus(ankle, forward, SHOE[1]), UP, 6 - ANKLE)
        middle = plus(heel, minus(toe, heel), 0.6)
        size = min(1.0, max(0.0, 1 - (ankle[1] - ANKLE) / 46))
        return {
            _PART[f"{side}_thigh"]: self._bone(f"{side}_thigh", hip, knee, THIGH),
            _PART[f"{side}_knee"]: Placed(*flat(knee), 0.0),
            _PART[f"{side}_shin"]: self._bone(f"{side}_shin", knee, ankle, SHIN),
            _PART[f"{side}_foot"]: self._bone(f"{side}_foot", heel, toe, SHOE[1] - SHOE[0]),
            _PART[f"{side}_toe"]: Placed(*flat(toe), 0.0),
            _PART[f"{side}_shadow"]: Placed(*flat((middle[0], 0.0, middle[2])), 0.0, size, size),
        }

    def _trunk(
        self, hips: Vector, face: float, pose: Pose, parts: dict[StrEnum, Placed]
    ) -> tuple[Vector, Vector, float]:
        x, y = flat(hips)
        parts[Part.PELVIS] = Placed(x, y, pose[Joint.TILT], _width(face, 19, 15) / 19)
        at, up, yaw = hips, UP, face
        ahead, left = heading(face)
        for part, length, share in zip((Part.WAIST, Part.CHEST, Part.SHOULDERS), SPINE, _SHARES, strict=True):
            forward = math.radians(pose[Joint.LEAN] + pose[Joint.BEND] * share)
            roll = math.radians(pose[Joint.TILT] + pose[Joint.SIDE] * share)
            up = unit(
                plus(
                    plus((0.0, math.cos(forward) * math.cos(roll), 0.0), ahead, math.sin(forward)),
                    left,
                    math.sin(roll),
                )
            )
            yaw = face + pose[Joint.TWIST] * share
            end = plus(at, up, length)
            placed = self._bone(part.value, at, end, length, _width(yaw, 22, 16.5) / 22)
            parts[part] = placed._replace(turn=placed.turn + 180 if placed.turn < 0 else placed.turn - 180)
            at = end
        x, y = flat(at)
        roll_degrees = pose[Joint.TILT] + pose[Joint.SIDE]
        turned = math.radians(yaw)
        parts[Part.COLLAR] = Placed(x + 9 * math.sin(turned), y, roll_degrees, max(0.3, math.cos(turned)))
        return at, up, yaw

    def _head(self, top: Vector, up: Vector, yaw: float, pose: Pose, parts: dict[StrEnum, Placed]) -> None:
        cock = pose[Joint.COCK] + 0.6 * (pose[Joint.TILT] + pose[Joint.SIDE])
        x, y = flat(top)
        parts[Part.NECK] = Placed(x, y, cock * 0.6)
        tip = math.radians(cock)
        ahead = math.sin(math.radians(yaw))
        middle_x = x + (NECK_LENGTH + 19) * math.sin(tip) + 3 * ahead
        middle_y = y - (NECK_LENGTH + 19) * math.cos(tip)

        def on_head(right: float, raised: float) -> tuple[float, float]:
            return (
                middle_x + right * math.cos(tip) - raised * -math.sin(tip),
                middle_y + right * math.sin(tip) - raised * math.cos(tip),
            )

        parts[Part.HEAD] = Placed(middle_x, middle_y, cock)
        parts[Part.BUN] = Placed(*on_head(-17 * ahead, 20), cock)
        parts[Part.FACE] = Placed(*on_head(5.5 * ahead, 0), cock)
        parts[Part.FRINGE] = Placed(*on_head(5 * ahead, 0), cock)
        nod = pose[Joint.GAZE]
        for part, sideways, raised, share in _FEATURES:
            a, e = math.radians(yaw + sideways), math.radians(raised - nod)
            right = HEAD_RADIUS * share * math.sin(a) * math.cos(e)
            depth = math.cos(a)
            parts[part] = Placed(
                *on_head(right, HEAD_RADIUS * 1.12 * math.sin(e)), cock, max(0.12, depth) if abs(sideways) < 80 else 1.0
            )

    def _arm(
        self,
        of: _Names,
        shoulder: Vector,
        yaw: float,
        pose: Pose,
        spots: Mapping[Limb, Callable[[Mapping[StrEnum, Placed]], Spot]],
        parts: dict[StrEnum, Placed],
    ) -> None:
        side, sign, limb = of.side, of.sign, of.hand
        ahead, left = heading(yaw)
        turn = math.nan
        if limb in spots:
            x, height, depth, turn = spots[limb](parts)
            pole = plus(plus((0.0, -0.6, 0.0), left, sign * 0.35), ahead, -0.7)
            grown = FOREARM + (PALM if math.isnan(turn) else 0.0)
            elbow, end = reach(shoulder, (x, height, depth), UPPER_ARM, grown, pole)
            wrist = plus(elbow, unit(minus(end, elbow)), FOREARM)
        else:
            out = math.radians(pose[of.out]) * sign
            elbow = plus(shoulder, _swing(pose[of.arm], out, ahead, left), UPPER_ARM)
            bent = pose[of.arm] + pose[of.elbow]
            wrist = plus(elbow, _swing(bent, out, ahead, left), FOREARM)
        parts[_PART[f"{side}_arm"]] = self._bone(f"{side}_arm", shoulder, elbow, UPPER_ARM)
        parts[_PART[f"{side}_elbow"]] = Placed(*flat(elbow), 0.0)
        parts[_PART[f"{side}_forearm"]] = forearm = self._bone(f"{side}_forearm", elbow, wrist, FOREARM)
        parts[_PART[f"{side}_hand"]] = Placed(*flat(wrist), forearm.turn if math.isnan(turn) else -turn)

    def spot(self, limb: Limb, pin: Pin, parts: Mapping[StrEnum, Placed]) -> Spot:
        turn = math.nan if pin.turn is None else pin.turn
        if pin.on is None:
            depth = pin.at[2] if len(pin.at) > 2 else 0.0
            return pin.at[0], pin.at[1], depth, turn
        start, end = self.bones[pin.on.value if pin.on is not Bone.PELVIS else Part.WAIST.value]
        line = minus(end, start)
        towards = unit(line)
        lifted: Vector = (0.0, 1.0, 0.6)
        out = unit(plus(lifted, towards, -dot(lifted, towards)))
        return (*plus(plus(start, line, pin.along), out, pin.off), turn)

    def angles(self, parts: Mapping[StrEnum, Placed]) -> Pose:
        """Nothing to tell: in this view a limb is held all the time or never, so that none lets go."""
        return {}

    def joints_of(self, limb: Limb) -> tuple[Joint, ...]:
        return ()


def _swing(forward: float, outward: float, ahead: Vector, left: Vector) -> Vector:
    """The direction of a limb swung forward and outward from hanging down."""
    f = math.radians(forward)
    line = plus((0.0, -math.cos(f) * math.cos(outward), 0.0), ahead, math.sin(f) * math.cos(outward))
    return plus(line, left, math.sin(outward))


def _width(yaw: float, across: float, through: float) -> float:
    """Half of how wide a body of this breadth and depth looks when turned."""
    a = math.radians(yaw)
    return math.hypot(across * math.cos(a), through * math.sin(a))
