"""Places the parts of the figure seen from the front or half turned, from its joint angles and pins.

Pure geometry in the room of `projection.py`; `figure/timeline.py` imports it only for a motion that needs it. `face`
turns the whole figure, `twist` its chest against its hips, `turn` its head against its chest; positive angles turn
towards the right of the picture. For a held foot, `spread` is how far out its knee points and the turn of its pin how
far out its toes point; `tip` turns its sole inwards. For a held hand, `out` is how far out its elbow points.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from numbguard.core.cards.motion import Bone, Joint, Limb, Pin, StartPose
from numbguard.figure.pose import FigureFrame, PlacedPart, Pose, Spot
from numbguard.figure.side.rig import ANKLE, FOREARM, PALM, SHIN, THIGH, UPPER_ARM

from .projection import UP, Vector, heading, minus, plus, projected, projected_line, reach, swing, unit
from .rig_parts import SIDES, SITTING, STANDING, FrontPart, SideNames

HIP_HALF: Final = 11.0
SHOULDER_HALF: Final = 22.5
SPINE: Final = (24.0, 38.0, 30.0)
_SHARES: Final = (0.12, 0.55, 1.0)
SHOULDER_DROP: Final = 12.0
NECK_LENGTH: Final = 12.0
HEAD_RADIUS: Final = 19.0
CROWN: Final = 52.0
SHOE: Final = (-8.0, 24.0)
"""Heel and toe: distances in front of the ankle, negative behind it."""
YOKE: Final = 20.0
FLANK: Final = 52.0
RING_RISE: Final = 36.0
_FLANK_AT: Final = 54.0
"""Degrees round the body from the middle of its front to a flank."""
_FLANK_OUT, _FLANK_AHEAD = 16.5 * math.sin(math.radians(_FLANK_AT)), 14 * math.cos(math.radians(_FLANK_AT))

# Positions of the face's parts on the sphere of the head: degrees sideways, degrees up, share of its radius.
_FEATURES: Final = (
    (FrontPart.LEFT_EYE, 23.0, 4.0, 0.98), (FrontPart.RIGHT_EYE, -23.0, 4.0, 0.98), (FrontPart.NOSE, 0.0, -10.0, 1.04),
    (FrontPart.MOUTH, 0.0, -33.0, 1.0), (FrontPart.LEFT_CHEEK, 36.0, -18.0, 0.9),
    (FrontPart.RIGHT_CHEEK, -36.0, -18.0, 0.9),
    (FrontPart.LEFT_EAR, 92.0, -4.0, 1.0), (FrontPart.RIGHT_EAR, -92.0, -4.0, 1.0),
)  # fmt: skip

Spots = Mapping[Limb, Callable[[Mapping[StrEnum, PlacedPart]], Spot]]


class FrontRig:
    """Places the figure that faces the viewer, straight on or half turned."""

    bases: Final = {StartPose.STANDING: STANDING, StartPose.SITTING: SITTING}

    def __init__(self) -> None:
        self.bones: dict[str, tuple[Vector, Vector]] = {}
        """The bones of the frame placed last, in room coordinates; read by `spot` and measured by the tests."""
        self._legs: dict[Limb, tuple[object, dict[StrEnum, PlacedPart], dict[str, tuple[Vector, Vector]]]] = {}
        """Each leg as it was last placed, for reuse: most legs stand still most of the time."""
        self._yaw: dict[Bone, float] = {}
        """The yaw of pelvis, chest and head in the frame placed last, in degrees."""
        self._features: tuple[tuple[float, float], list[tuple[FrontPart, float, float, float]]] | None = None
        """The places of the face's parts for the last yaw and gaze: a head moves more often than it turns."""

    def place(self, pose: Pose, spots: Spots) -> FigureFrame:
        parts: dict[StrEnum, PlacedPart] = {}
        self.bones = {}
        hips = (pose[Joint.HIP_X], pose[Joint.HIP_Y], pose[Joint.HIP_Z])
        face = pose[Joint.FACE]
        for of in SIDES:
            spot = spots[of.foot](parts) if of.foot in spots else None
            free = None if spot else (pose[of.thigh], pose[of.knee])
            asked = (hips, face, pose[Joint.TILT], pose[of.spread], pose[of.ankle], pose[of.tip], spot, free)
            before = self._legs.get(of.foot)
            if before is None or before[0] != asked:
                self.bones, others = {}, self.bones
                before = self._legs[of.foot] = (asked, self._leg(of, hips, face, pose, spot), self.bones)
                self.bones = others
            parts.update(before[1])
            self.bones.update(before[2])
        top, up, yaw = self._trunk(hips, face, pose, parts)
        self._yaw = {Bone.PELVIS: face, Bone.CHEST: yaw, Bone.HEAD: yaw + pose[Joint.TURN]}
        self._head(top, up, yaw + pose[Joint.TURN], pose, parts)
        ahead, left = heading(yaw)
        roll = math.radians(pose[Joint.TILT] + pose[Joint.SIDE])
        across = plus((left[0] * math.cos(roll), 0.0, left[2] * math.cos(roll)), UP, -math.sin(roll))
        # Shoulders rolled forward move closer together.
        half = SHOULDER_HALF - 0.25 * max(0.0, pose[Joint.ROLL])
        lift = pose[Joint.SHRUG] + 1.6 * pose[Joint.BREATH] - SHOULDER_DROP
        between, collar = plus(plus(top, up, lift), ahead, pose[Joint.ROLL]), plus(top, up, -3.0)
        for of in SIDES:
            shoulder, base = plus(between, across, of.sign * half), plus(collar, across, of.sign * 5.0)
            if of.hand not in spots:
                shoulder = plus(shoulder, up, _shoulder_lift(pose[of.arm], pose[of.out]))
            parts[of.yoke_part] = parts[of.nape_part] = self._bone(of.yoke_part, base, shoulder, YOKE)
            self._arm(of, shoulder, yaw, pose, spots, parts)
        return FigureFrame(0.0, parts, pose[Joint.GLOW])

    def _bone(self, name: str, start: Vector, end: Vector, length: float, wide: float = 1.0) -> PlacedPart:
        self.bones[name] = (start, end)
        x, y, turn, looks = projected_line(start, end)
        return PlacedPart(x, y, turn, wide, looks / length)

    def _leg(
        self, of: SideNames, hips: Vector, face: float, pose: Pose, spot: Spot | None
    ) -> dict[StrEnum, PlacedPart]:
        sign = of.sign
        ahead, left = heading(face)
        roll = math.radians(pose[Joint.TILT])
        hip = plus(plus(hips, left, sign * HIP_HALF * math.cos(roll)), UP, -sign * HIP_HALF * math.sin(roll))
        spread = math.radians(pose[of.spread])
        pointing = ahead
        if spot:
            x, height, depth, turn = spot
            pole = plus((ahead[0] * math.cos(spread), 0.0, ahead[2] * math.cos(spread)), left, sign * math.sin(spread))
            knee, ankle = reach(hip, (x, height + ANKLE, depth), THIGH, SHIN, pole)
            if not math.isnan(turn):
                pointing = heading(face + sign * turn)[0]
        else:
            knee = plus(hip, swing(pose[of.thigh], spread * sign, ahead, left), THIGH)
            bent = pose[of.thigh] - pose[of.knee]
            ankle = plus(knee, swing(bent, spread * sign, ahead, left), SHIN)
        lift = math.radians(pose[of.ankle])
        forward = plus((pointing[0] * math.cos(lift), 0.0, pointing[2] * math.cos(lift)), UP, math.sin(lift))
        tip = math.radians(pose[of.tip])
        sole = plus((0.0, -math.cos(tip), 0.0), left, -sign * math.sin(tip))
        heel = plus(plus(ankle, forward, SHOE[0]), sole, ANKLE - 7)
        toe = plus(plus(ankle, forward, SHOE[1]), sole, ANKLE - 6)
        middle = plus(heel, minus(toe, heel), 0.6)
        size = min(1.0, max(0.0, 1 - (ankle[1] - ANKLE) / 46))
        return {
            of.thigh_part: self._bone(of.thigh_part, hip, knee, THIGH),
            of.knee_part: PlacedPart(*projected(knee), 0.0),
            of.shin_part: self._bone(of.shin_part, knee, ankle, SHIN),
            of.foot_part: self._bone(of.foot_part, heel, toe, SHOE[1] - SHOE[0]),
            of.toe_part: PlacedPart(*projected(toe), sign * pose[of.tip]),
            of.shadow_part: PlacedPart(*projected((middle[0], 0.0, middle[2])), 0.0, size, size),
        }

    def _trunk(
        self, hips: Vector, face: float, pose: Pose, parts: dict[StrEnum, PlacedPart]
    ) -> tuple[Vector, Vector, float]:
        x, y = projected(hips)
        parts[FrontPart.PELVIS] = PlacedPart(x, y, pose[Joint.TILT], _width(face, 19, 15) / 19)
        at, up, yaw = hips, UP, face
        ahead, left = heading(face)
        breath = pose[Joint.BREATH]
        links: list[tuple[Vector, Vector, float, float]] = []
        for part, length, share, swell in zip(
            (FrontPart.WAIST, FrontPart.CHEST, FrontPart.SHOULDERS), SPINE, _SHARES, (0.1, 0.05, 0.02), strict=True
        ):
            forward = math.radians(pose[Joint.LEAN] + pose[Joint.BEND] * share)
            roll = math.radians(pose[Joint.TILT] + pose[Joint.SIDE] * share)
            bow, sway = math.sin(forward), math.sin(roll)
            up = unit(
                (
                    ahead[0] * bow + left[0] * sway,
                    math.cos(forward) * math.cos(roll),
                    ahead[2] * bow + left[2] * sway,
                )
            )
            yaw = face + pose[Joint.TWIST] * share
            links.append((at, up, yaw, roll))
            end = plus(at, up, length)
            wide = _width(yaw, 22, 16.5) / 22 * (1 + swell * breath)
            placed = self._bone(part.value, at, end, length, wide)
            parts[part] = placed._replace(turn=placed.turn + 180 if placed.turn < 0 else placed.turn - 180)
            at = end
        (low, low_up, _, low_roll), (high, high_up, high_yaw, high_roll) = links[0], links[1]
        low, high = plus(low, low_up, 1.0), plus(high, high_up, 29.0)
        for of in SIDES:
            start, facing = _on_flank(low, face, low_roll, of.sign)
            end, facing_too = _on_flank(high, high_yaw, high_roll, of.sign)
            shown = min(1.0, max(0.0, facing) + max(0.0, facing_too))
            parts[of.flank_part] = self._bone(of.flank_part, start, end, FLANK, shown)
        size = 0.62 + 0.38 * breath
        parts[FrontPart.RING] = PlacedPart(x, y - RING_RISE, 0.0, size, size)
        x, y = projected(at)
        roll_degrees = pose[Joint.TILT] + pose[Joint.SIDE]
        turned = math.radians(yaw)
        parts[FrontPart.COLLAR] = PlacedPart(x + 9 * math.sin(turned), y, roll_degrees, max(0.3, math.cos(turned)))
        return at, up, yaw

    def _head(self, top: Vector, up: Vector, yaw: float, pose: Pose, parts: dict[StrEnum, PlacedPart]) -> None:
        cock = pose[Joint.COCK] + 0.6 * (pose[Joint.TILT] + pose[Joint.SIDE])
        self.bones[Bone.HEAD.value] = (top, plus(top, up, CROWN))
        x, y = projected(top)
        parts[FrontPart.NECK] = PlacedPart(x, y, cock * 0.6)
        tip = math.radians(cock)
        cos, sin = math.cos(tip), math.sin(tip)
        ahead = math.sin(math.radians(yaw))
        x, y = x + (NECK_LENGTH + 19) * sin + 3 * ahead, y - (NECK_LENGTH + 19) * cos
        parts[FrontPart.HEAD] = PlacedPart(x, y, cock)
        seen = (yaw, pose[Joint.GAZE])
        if self._features is None or self._features[0] != seen:
            self._features = (seen, _features(*seen))
        for part, right, raised, wide in self._features[1]:
            parts[part] = PlacedPart(x + right * cos + raised * sin, y + right * sin - raised * cos, cock, wide)

    def _arm(
        self, of: SideNames, shoulder: Vector, yaw: float, pose: Pose, spots: Spots, parts: dict[StrEnum, PlacedPart]
    ) -> None:
        sign, limb = of.sign, of.hand
        ahead, left = heading(yaw)
        turn = math.nan
        out = math.radians(pose[of.out])
        if limb in spots:
            x, height, depth, turn = spots[limb](parts)
            pole = plus(plus((0.0, -0.6, 0.0), left, sign * math.sin(out)), ahead, -math.cos(out))
            length = FOREARM + (PALM if math.isnan(turn) else 0.0)
            elbow, end = reach(shoulder, (x, height, depth), UPPER_ARM, length, pole)
            wrist = plus(elbow, unit(minus(end, elbow)), FOREARM)
        else:
            elbow = plus(shoulder, swing(pose[of.arm], out * sign, ahead, left), UPPER_ARM)
            bent, folded = pose[of.arm] + pose[of.elbow], out + math.radians(pose[of.fold])
            wrist = plus(elbow, swing(bent, folded * sign, ahead, left), FOREARM)
        parts[of.arm_part] = self._bone(of.arm_part, shoulder, elbow, UPPER_ARM)
        parts[of.elbow_part] = PlacedPart(*projected(elbow), 0.0)
        parts[of.forearm_part] = forearm = self._bone(of.forearm_part, elbow, wrist, FOREARM)
        parts[of.hand_part] = PlacedPart(*projected(wrist), forearm.turn if math.isnan(turn) else -turn)

    def spot(self, limb: Limb, pin: Pin, parts: Mapping[StrEnum, PlacedPart]) -> Spot:
        turn = math.nan if pin.turn is None else pin.turn
        if pin.on is None:
            depth = pin.at[2] if len(pin.at) > 2 else 0.0
            return pin.at[0], pin.at[1], depth, turn
        start, end = self.bones[pin.on.value if pin.on is not Bone.PELVIS else FrontPart.WAIST.value]
        line = minus(end, start)
        towards = unit(line)
        # On the trunk, `off` points ahead; on a leg, it points upwards and towards the viewer.
        lifted, left = heading(self._yaw[pin.on]) if pin.on in self._yaw else ((0.0, 1.0, 0.6), heading(0.0)[1])
        out = unit(plus(lifted, towards, -(lifted[0] * towards[0] + lifted[1] * towards[1] + lifted[2] * towards[2])))
        return (*plus(plus(plus(start, line, pin.along), out, pin.off), left, pin.across), turn)

    def angles(self, parts: Mapping[StrEnum, PlacedPart]) -> Pose:
        """Empty: in this view a limb is held throughout or never, so that none is ever released."""
        return {}

    def joints_of(self, limb: Limb) -> tuple[Joint, ...]:
        return ()


def _features(yaw: float, nod: float) -> list[tuple[FrontPart, float, float, float]]:
    """The parts of a head with this yaw and nod: how far right of its middle and above it, and the visible width."""
    ahead = math.sin(math.radians(yaw))
    found = [
        (FrontPart.BUN, -17 * ahead, 20.0, 1.0), (FrontPart.FACE, 5.5 * ahead, 0.0, 1.0),
        (FrontPart.FRINGE, 5 * ahead, 0.0, 1.0),
        (FrontPart.SIGHT, 16 * ahead, 2.0, 1.0),
    ]  # fmt: skip
    for part, sideways, raised, share in _FEATURES:
        # A drawn face shows its far side a little longer than a sphere would.
        a, e = math.radians(0.84 * yaw + sideways), math.radians(raised - nod)
        wide = max(0.12, math.cos(a)) if abs(sideways) < 80 else 1.0
        found.append((part, HEAD_RADIUS * share * math.sin(a) * math.cos(e), HEAD_RADIUS * 1.12 * math.sin(e), wide))
    return found


def _shoulder_lift(forward: float, outward: float) -> float:
    """How far a raised arm lifts its shoulder."""
    rise = -math.cos(math.radians(forward)) * math.cos(math.radians(outward))
    return 4.5 * (1 + math.tanh(2.2 * (rise - 0.2)))


def _on_flank(middle: Vector, yaw: float, roll: float, sign: float) -> tuple[Vector, float]:
    """A point on the side of the body, and how much of it faces the viewer (1: all of it)."""
    a = math.radians(yaw + sign * _FLANK_AT)
    b = math.radians(yaw)
    wide, deep = sign * _FLANK_OUT * math.cos(roll), _FLANK_AHEAD
    return (
        middle[0] + wide * math.cos(b) + deep * math.sin(b),
        middle[1] - sign * _FLANK_OUT * math.sin(roll),
        middle[2] - wide * math.sin(b) + deep * math.cos(b),
    ), math.cos(a)


def _width(yaw: float, across: float, through: float) -> float:
    """Half the visible width of a body turned by `yaw` degrees, from half its breadth and half its depth."""
    a = math.radians(yaw)
    return math.hypot(across * math.cos(a), through * math.sin(a))
