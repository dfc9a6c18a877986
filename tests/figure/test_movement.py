"""Every movement of every card, measured in its geometry: what a renderer shows, frame by frame."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from numbguard.core.cards.cards import CardKind
from numbguard.core.cards.motion import Joint, Limb, Motion, Pin, Prop, StartPose, ViewAngle
from numbguard.figure import pose
from numbguard.figure.front.rig import FrontRig
from numbguard.figure.front.rig_parts import FrontPart as FrontPart
from numbguard.figure.pose import FigureFrame, PlacedPart
from numbguard.figure.scene import HEIGHT, STEP_HEIGHT, WIDTH
from numbguard.figure.scene_furniture import BED_HEIGHT
from numbguard.figure.side import rig as side_rig
from numbguard.figure.side.rig import ANKLE, BALL, FLOOR, FOREARM, HEEL, PALM, SHIN, THIGH, TOES, UPPER_ARM, SidePart
from numbguard.figure.timeline import PlayableMotion, play, rig_for
from tests.figure.motions import CARDS, every_motion

FEET = (Limb.NEAR_FOOT, Limb.FAR_FOOT)
KNEE_ROUND = 12.0


def _between(motion: Motion) -> list[FigureFrame]:
    """The samples of a loop and, between each two, the frame that a renderer interpolates half-way."""
    found = []
    for a, b in pairwise(play(motion).moments):
        found.append(a)
        parts = {}
        for part, at in a.parts.items():
            to = b.parts[part]
            turned = (to.turn - at.turn + 180) % 360 - 180
            parts[part] = type(at)(
                (at.x + to.x) / 2,
                (at.y + to.y) / 2,
                at.turn + turned / 2,
                (at.wide + to.wide) / 2,
                (at.tall + to.tall) / 2,
            )
        found.append(FigureFrame((a.at + b.at) / 2, parts, (a.glow + b.glow) / 2))
    return found


def _distance(moment: FigureFrame, one: SidePart, other: SidePart) -> float:
    a, b = moment.parts[one], moment.parts[other]
    return math.hypot(a.x - b.x, a.y - b.y)


@every_motion
def test_limbs_keep_their_length(motion: Motion) -> None:
    if motion.view is not ViewAngle.SIDE:
        if motion.view is ViewAngle.FRONT:
            _in_three_dimensions(motion)
        return
    bones = (
        ("thigh", "shin", THIGH),
        ("shin", "foot", SHIN),
        ("arm", "forearm", UPPER_ARM),
        ("forearm", "hand", FOREARM),
    )
    for moment in _between(motion):
        for side in ("near", "far"):
            for one, other, length in bones:
                found = _distance(moment, SidePart(f"{side}_{one}"), SidePart(f"{side}_{other}"))
                assert found == pytest.approx(length, abs=0.5), (moment.at, side, one)


def _in_three_dimensions(motion: Motion) -> None:
    lengths = {"thigh": THIGH, "shin": SHIN, "arm": UPPER_ARM, "forearm": FOREARM}
    placer = rig_for(motion.view)
    assert isinstance(placer, FrontRig)
    pose = placer.bases[motion.base]
    for key in motion.keys:
        pose = pose | dict(key.pose)
        spots = {}
        for limb, pin in key.hold.items():
            assert pin is not None
            spots[limb] = lambda parts, limb=limb, pin=pin: placer.spot(limb, pin, parts)
        placer.place(pose, spots)
        for side in ("left", "right"):
            for bone, length in lengths.items():
                start, end = placer.bones[f"{side}_{bone}"]
                assert math.dist(start, end) == pytest.approx(length, abs=0.01), (key.at, side, bone)


def _planted(motion: Motion) -> list[Limb]:
    """The feet that stand on one spot throughout."""
    feet = [limb for limb in Limb if limb.is_foot and limb in motion.keys[0].hold]
    return [
        foot
        for foot in feet
        if all(key.hold.get(foot, motion.keys[0].hold[foot]) == motion.keys[0].hold[foot] for key in motion.keys)
    ]


@every_motion
def test_feet_that_stand_stay_put(motion: Motion) -> None:
    for limb in _planted(motion):
        part = (SidePart if motion.view is ViewAngle.SIDE else FrontPart)(limb.value)
        places = [moment.parts[part] for moment in _between(motion)]
        for place in places:
            assert math.hypot(place.x - places[0].x, place.y - places[0].y) < 0.5
            assert place.turn == pytest.approx(places[0].turn, abs=0.5)


def _held(motion: Motion) -> list[tuple[float, float, dict[Limb, Pin], dict[Limb, Pin]]]:
    """Each stretch between two keyframes, with what is held at its start and at its end."""
    hold: dict[Limb, Pin] = {}
    holds = []
    for key in motion.keys:
        hold = hold | {limb: pin for limb, pin in key.hold.items() if pin}
        hold = {limb: pin for limb, pin in hold.items() if key.hold.get(limb, pin) is not None}
        holds.append((key.at, hold))
    holds.append((motion.loop, holds[0][1]))
    return [(start, end, a, b) for (start, a), (end, b) in pairwise(holds)]


@every_motion
def test_a_foot_that_rolls_does_so_about_its_ball_or_its_heel(motion: Motion) -> None:
    if motion.view is not ViewAngle.SIDE or motion.travel:
        return
    moments = _between(motion)
    for start, end, before, after in _held(motion):
        for limb in before.keys() & after.keys() & set(FEET):
            pin = before[limb]
            if pin.at != after[limb].at:
                continue
            x, y = pin.at[0], FLOOR - pin.at[1]
            for moment in moments:
                if not start <= moment.at <= end:
                    continue
                foot = moment.parts[SidePart(limb.value)]
                ball, heel = _in_foot(foot, BALL, ANKLE - TOES), _in_foot(foot, HEEL, ANKLE)
                off_ball, off_heel = math.dist(ball, (x + BALL, y - TOES)), math.dist(heel, (x + HEEL, y))
                assert (off_ball if foot.turn > 0 else off_heel) < 0.6, (moment.at, limb)


def _in_foot(foot: PlacedPart, across: float, down: float) -> tuple[float, float]:
    a = math.radians(foot.turn)
    across *= foot.wide
    return foot.x + across * math.cos(a) - down * math.sin(a), foot.y + across * math.sin(a) + down * math.cos(a)


def _ground(motion: Motion) -> float:
    return FLOOR - BED_HEIGHT if Prop.BED in motion.props else FLOOR


def _soles(moment: FigureFrame, side: str) -> list[tuple[float, float]]:
    """The corners of the shoe: heel and toe at the sole, then heel and instep, the lowest in a foot turned over."""
    foot, toes = moment.parts[SidePart(f"{side}_foot")], moment.parts[SidePart(f"{side}_toes")]
    return [
        _in_foot(foot, HEEL, ANKLE), _in_foot(toes, 12, TOES), _in_foot(toes, 12, 0), _in_foot(foot, HEEL, -3),
        _in_foot(foot, 8, -4),
    ]  # fmt: skip


@every_motion
def test_somebody_always_stands_kneels_sits_or_lies_on_something(motion: Motion) -> None:
    if motion.view is ViewAngle.FEET:
        return
    if motion.view is not ViewAngle.SIDE:
        assert motion.travel or _planted(motion) or Prop.BED in motion.props
        return
    surfaces = [_ground(motion), FLOOR - STEP_HEIGHT] if Prop.STEP in motion.props else [_ground(motion)]
    first = play(motion).moments[0].parts[SidePart.PELVIS]
    for moment in _between(motion):
        seat = moment.parts[SidePart.PELVIS]
        if motion.base in (StartPose.SITTING, StartPose.LYING):
            assert math.hypot(seat.x - first.x, seat.y - first.y) < 0.5, moment.at
            continue
        lows = [max(y for _, y in _soles(moment, side)) for side in ("near", "far")]
        lows += [moment.parts[SidePart(f"{side}_shin")].y + KNEE_ROUND for side in ("near", "far")]
        assert any(abs(low - surface) < 2.0 for low in lows for surface in surfaces), (moment.at, lows)


@every_motion
def test_nothing_sinks_into_the_floor(motion: Motion) -> None:
    if motion.view is not ViewAngle.SIDE:
        return
    ground = _ground(motion)
    for moment in _between(motion):
        for side in ("near", "far"):
            assert max(y for _, y in _soles(moment, side)) < ground + 1.5, (moment.at, side)
            hand = moment.parts[SidePart(f"{side}_hand")]
            palm = pose.along(hand.x, hand.y, -hand.turn, PALM)
            assert palm[1] < ground - 2, (moment.at, side, "palm")
            assert moment.parts[SidePart(f"{side}_forearm")].y < ground - 4, (moment.at, side, "elbow")
            assert moment.parts[SidePart(f"{side}_shin")].y + KNEE_ROUND < ground + 2, (moment.at, side, "knee")
        assert moment.parts[SidePart.PELVIS].y < ground - 16
    if motion.base is not StartPose.LYING:
        assert max(y for moment in _between(motion) for _, y in _soles(moment, "far")) == pytest.approx(ground, abs=1.5)


@every_motion
def test_hands_and_feet_are_where_they_are_held(motion: Motion) -> None:
    if motion.view is ViewAngle.FEET:
        return
    if motion.view is ViewAngle.FRONT:
        _held_in_three_dimensions(motion)
        return
    score = PlayableMotion(motion)
    placer = rig_for(motion.view)
    for start, _, hold, _ in _held(motion):
        moment = score.at(start)
        for limb, pin in hold.items():
            x, y, turn = placer.spot(limb, pin, moment.parts)
            if limb.is_foot:
                foot = moment.parts[SidePart(limb.value)]
                assert math.dist((foot.x, foot.y), side_rig.ankle_of(x, y, turn)) < 0.5, (motion.name, start, limb)
            else:
                hand = moment.parts[SidePart(limb.value)]
                palm = pose.along(hand.x, hand.y, -hand.turn, PALM)
                assert math.dist(palm, (x, y)) < 3.0, (motion.name, start, limb)


def _held_in_three_dimensions(motion: Motion) -> None:
    placer = rig_for(motion.view)
    assert isinstance(placer, FrontRig)
    pose = dict(placer.bases[motion.base])
    hold: dict[Limb, Pin] = {}
    for key in motion.keys:
        pose |= key.pose
        hold |= {limb: pin for limb, pin in key.hold.items() if pin}
        spots = {limb: lambda parts, limb=limb, pin=pin: placer.spot(limb, pin, parts) for limb, pin in hold.items()}
        moment = placer.place(pose, spots)
        for limb, pin in hold.items():
            x, height, depth, *_ = placer.spot(limb, pin, moment.parts)
            bone = limb.value.replace("hand", "forearm").replace("foot", "shin")
            end = placer.bones[bone][1]
            # A foot is held by its sole, and a hand by its palm unless the pin sets its angle.
            allowed = ANKLE + 24 if limb.is_foot else PALM + 3
            assert math.dist(end, (x, height, depth)) < allowed, (motion.name, key.at, limb)


def test_a_walking_foot_goes_with_the_floor() -> None:
    walk = next(motion for card in CARDS for motion in card.motions.values() if motion.travel)
    pace = walk.travel / walk.loop
    strides = 0
    for a, b in pairwise(play(walk).moments):
        one, other = a.parts[SidePart.NEAR_FOOT], b.parts[SidePart.NEAR_FOOT]
        if abs(one.turn) < 0.5 and abs(other.turn) < 0.5 and one.y == pytest.approx(FLOOR - ANKLE, abs=0.2):
            strides += 1
            assert (one.x - other.x) / (b.at - a.at) == pytest.approx(pace, rel=0.12)
    assert strides >= 3


@every_motion
def test_the_loop_closes_and_nothing_leaps(motion: Motion) -> None:
    track = play(motion)
    assert track.moments[0].parts == track.moments[-1].parts
    assert track.moments[-1].at == motion.loop
    for a, b in pairwise(track.moments):
        assert b.at > a.at
        for part, at in a.parts.items():
            to = b.parts[part]
            speed = math.hypot(to.x - at.x, to.y - at.y) / (b.at - a.at)
            assert speed < 620, (a.at, part)
            turned = abs((to.turn - at.turn + 180) % 360 - 180)
            assert turned / (b.at - a.at) < 700 or at.tall < 0.3, (a.at, part)


@every_motion
def test_nothing_leaves_the_frame(motion: Motion) -> None:
    camera = motion.camera
    for moment in _between(motion):
        for part, place in moment.parts.items():
            if part.value.endswith("shadow"):
                continue
            middle, room = (place.x, place.y), 14.0
            if part is SidePart.HEAD:
                # Nose, crown and bun surround the middle of the head.
                middle, room = pose.above(place.x, place.y, place.turn, 20), 34.0
            elif part.value in ("head", "bun"):
                room = 46.0
            x = WIDTH / 2 + camera.zoom * (middle[0] - camera.x)
            y = HEIGHT / 2 + camera.zoom * (middle[1] - (FLOOR - camera.y))
            assert room * camera.zoom <= x <= WIDTH - min(room, 34) * camera.zoom, (moment.at, part)
            assert room * camera.zoom <= y <= HEIGHT - 4, (moment.at, part)


@every_motion
def test_the_muscle_is_warmest_in_the_stretch(motion: Motion) -> None:
    assert motion.tint or motion.marks
    glow = [moment.glow for moment in play(motion).moments]
    assert max(glow) > 0.4
    assert motion.keys[0].pose.get(Joint.GLOW, 0.0) <= max(glow)


def test_there_are_cards_enough_of_each_kind() -> None:
    kinds = [card.kind for card in CARDS]
    assert len(kinds) >= 32
    assert kinds.count(CardKind.BREAK) >= 24
    assert kinds.count(CardKind.RELIEF) >= 4
    assert kinds.count(CardKind.POSTURE) >= 4


def test_every_movement_that_a_card_describes_is_shown_or_stands_for_the_others() -> None:
    for card in CARDS:
        assert card.motions.keys() - {step.motion for step in card.steps} <= {"sit"}, card.slug
