"""Plays a motion through a rig and samples one loop, densely enough that linear steps between samples look smooth.

Pure; called by `svg.py` on the GUI thread, and by the tests that measure every card. SVG renderers agree only on
linear interpolation between evenly spaced values, so the easing is done here and its result is sampled.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol

from numbguard.core.cards.motion import Joint, Limb, Motion, Pin, StartPose, ViewAngle
from numbguard.figure.side.rig import SideRig

from .pose import FigureFrame, PlacedPart, Pose, Spot, ease

RATE: Final = 12
"""Samples a second: enough to keep a linear step within half a unit of its curve."""
QUICK_RATE: Final = 24
"""The same for loops of `SHORT_LOOP_S` seconds or less, whose movements are quick."""
SHORT_LOOP_S: Final = 4.0
MAX_SAMPLES: Final = 120
"""The most samples in a loop. The longest loops are the slowest and need fewer a second."""

Parts = Mapping[StrEnum, PlacedPart]
Spots = Mapping[Limb, Callable[[Parts], Spot]]


class Rig(Protocol):
    @property
    def bases(self) -> Mapping[StartPose, Pose]: ...
    def place(self, pose: Pose, spots: Spots) -> FigureFrame: ...
    def spot(self, limb: Limb, pin: Pin, parts: Parts) -> Spot: ...
    def angles(self, parts: Parts) -> Pose: ...
    def joints_of(self, limb: Limb) -> tuple[Joint, ...]: ...


@dataclass(frozen=True, slots=True)
class _Key:
    at: float
    pose: Pose
    hold: dict[Limb, Pin]
    parts: Parts
    """The figure as placed at this keyframe."""


@dataclass(frozen=True, slots=True)
class Track:
    loop: float
    moments: tuple[FigureFrame, ...]
    """From 0 to the end of the loop (seconds); the last repeats the first."""


def rig_for(view: ViewAngle) -> Rig:
    if view is ViewAngle.SIDE:
        return SideRig()
    if view is ViewAngle.FEET:
        from numbguard.figure.feet.rig import FeetRig

        return FeetRig()
    from numbguard.figure.front.rig import FrontRig

    return FrontRig()


def play(motion: Motion) -> Track:
    """Samples of one loop, evenly spaced because Qt ignores key times."""
    score = PlayableMotion(motion)
    count = min(MAX_SAMPLES, math.ceil(motion.loop * (QUICK_RATE if motion.loop <= SHORT_LOOP_S else RATE)))
    moments: list[FigureFrame] = []
    for n in range(count):
        at = motion.loop * n / count
        if moments and score.is_still(moments[-1].at, at):
            moments.append(moments[-1]._replace(at=at))
        else:
            moments.append(score.at(at))
    moments.append(moments[0]._replace(at=motion.loop))
    return Track(motion.loop, tuple(moments))


class PlayableMotion:
    """A motion prepared so that it gives the figure at any moment."""

    def __init__(self, motion: Motion) -> None:
        self._rig = rig_for(motion.view)
        self._keys = _settle(motion, self._rig)
        self._keys.append(replace(self._keys[0], at=motion.loop))
        self._slopes = _slopes(self._keys, self._rig) if motion.flowing else {}

    def at(self, seconds: float) -> FigureFrame:
        """The figure, `seconds` into the loop."""
        i = self._stretch(seconds)
        a, b = self._keys[i], self._keys[i + 1]
        return _between(self._rig, a, b, (seconds - a.at) / (b.at - a.at), self._slopes.get(i))

    def is_still(self, start: float, end: float) -> bool:
        """Whether nothing changes between two times (seconds); False where a keyframe lies between them."""
        i = self._stretch(start)
        a, b = self._keys[i], self._keys[i + 1]
        return end <= b.at and a.pose == b.pose and a.hold == b.hold

    def _stretch(self, seconds: float) -> int:
        return min(max(0, bisect_right(self._keys, seconds, key=lambda key: key.at) - 1), len(self._keys) - 2)


def _settle(motion: Motion, rig: Rig) -> list[_Key]:
    """Carry values and pins from keyframe to keyframe, and find the joint angles of held limbs."""
    pose: Pose = dict(rig.bases[motion.base])
    hold: dict[Limb, Pin] = {}
    keys: list[_Key] = []
    for key in motion.keys:
        pose = pose | dict(key.pose)
        hold = dict(hold)
        for limb, pin in key.hold.items():
            if pin is None:
                hold.pop(limb, None)
            else:
                hold[limb] = pin
        moment = rig.place(pose, {limb: _pinned(rig, limb, pin) for limb, pin in hold.items()})
        found = rig.angles(moment.parts)
        for limb in hold:
            for joint in rig.joints_of(limb):
                # The same angle, plus or minus whole turns, as near as possible to the one before.
                pose[joint] = found[joint] + 360 * round((pose[joint] - found[joint]) / 360)
        keys.append(_Key(key.at, pose, hold, moment.parts))
    return keys


def _pinned(rig: Rig, limb: Limb, pin: Pin) -> Callable[[Parts], Spot]:
    return lambda parts: rig.spot(limb, pin, parts)


def _between(
    rig: Rig, a: _Key, b: _Key, share: float, slopes: Mapping[object, tuple[float, float]] | None
) -> FigureFrame:
    span = b.at - a.at
    eased = ease(share)

    def blend(name: object, start: float, end: float) -> float:
        if slopes is None or name not in slopes:
            return start + (end - start) * eased
        return _hermite(share, span, start, end, *slopes[name])

    pose = {
        joint: start if start == b.pose[joint] else blend(joint, start, b.pose[joint])
        for joint, start in a.pose.items()
    }
    spots: dict[Limb, Callable[[Parts], Spot]] = {}
    for limb in a.hold.keys() & b.hold.keys():
        pin_a, pin_b = a.hold[limb], b.hold[limb]
        if pin_a == pin_b:
            spots[limb] = _pinned(rig, limb, pin_a)
        else:
            spots[limb] = _moving(rig, limb, a, b, blend)
    return rig.place(pose, spots)._replace(at=a.at + span * share)


def _moving(
    rig: Rig, limb: Limb, a: _Key, b: _Key, blend: Callable[[object, float, float], float]
) -> Callable[[Parts], Spot]:
    """The target of a limb on its way from one hold to another."""
    pin_a, pin_b = a.hold[limb], b.hold[limb]
    # A hold that leaves the hand's angle free takes the angle the hand has at its keyframe.
    turn_a, turn_b = rig.spot(limb, pin_a, a.parts)[-1], rig.spot(limb, pin_b, b.parts)[-1]
    if math.isnan(turn_a) != math.isnan(turn_b):
        hand = _hand_angle(rig, limb)
        if math.isnan(turn_a):
            pin_a = replace(pin_a, turn=hand(a) - (0 if pin_a.on is None else _bone_angle(rig, limb, pin_a, a)))
        else:
            pin_b = replace(pin_b, turn=hand(b) - (0 if pin_b.on is None else _bone_angle(rig, limb, pin_b, b)))

    def spot(parts: Parts) -> Spot:
        start, end = rig.spot(limb, pin_a, parts), rig.spot(limb, pin_b, parts)
        return tuple(
            s if math.isnan(s) or s == e else blend((limb, n), s, e)
            for n, (s, e) in enumerate(zip(start, end, strict=True))
        )

    return spot


def _hand_angle(rig: Rig, limb: Limb) -> Callable[[_Key], float]:
    joints = rig.joints_of(limb)
    return lambda key: sum(key.pose[joint] for joint in joints)


def _bone_angle(rig: Rig, limb: Limb, pin: Pin, key: _Key) -> float:
    """The angle of the bone on which a hand is held."""
    return rig.spot(limb, replace(pin, turn=0.0), key.parts)[-1]


def _slopes(keys: list[_Key], rig: Rig) -> dict[int, dict[object, tuple[float, float]]]:
    """The rate of change of each value at both ends of each stretch: a flowing motion never halts or overshoots."""
    count = len(keys) - 1
    spans = [keys[i + 1].at - keys[i].at for i in range(count)]
    found: dict[int, dict[object, tuple[float, float]]] = {i: {} for i in range(count)}

    def add(name: object, values: list[float]) -> None:
        rates = [(values[i + 1] - values[i]) / spans[i] for i in range(count)]
        speeds = [_speed(rates[i - 1], rates[i], spans[i - 1], spans[i]) for i in range(count)]
        for i in range(count):
            found[i][name] = (speeds[i], speeds[(i + 1) % count])

    for joint in keys[0].pose:
        add(joint, [key.pose[joint] for key in keys])
    for limb in Limb:
        pins = [key.hold.get(limb) for key in keys]
        if all(pin is not None and pin.on is None for pin in pins):
            spots = [rig.spot(limb, pin, key.parts) for key, pin in zip(keys, pins, strict=True) if pin]
            for n, first in enumerate(spots[0]):
                if not math.isnan(first):
                    add((limb, n), [spot[n] for spot in spots])
    return found


def _speed(before: float, after: float, span_before: float, span_after: float) -> float:
    """The weighted harmonic mean of two rates; 0 at a turning point, so that nothing overshoots."""
    if before * after <= 0:
        return 0.0
    weight_before, weight_after = 2 * span_after + span_before, span_after + 2 * span_before
    return (weight_before + weight_after) / (weight_before / before + weight_after / after)


def _hermite(share: float, span: float, start: float, end: float, leaving: float, arriving: float) -> float:
    s2, s3 = share * share, share * share * share
    return (
        (2 * s3 - 3 * s2 + 1) * start
        + (s3 - 2 * s2 + share) * span * leaving
        + (3 * s2 - 2 * s3) * end
        + (s3 - s2) * span * arriving
    )
