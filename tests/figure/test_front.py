"""The figure seen from the front, measured in its room and not in the picture, and bare feet seen from above."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from types import ModuleType

import pytest

from numbguard.core.cards.motion import Callout, Joint, Limb, Motion, Prop, ViewAngle, WarmMuscle
from numbguard.figure import timeline
from numbguard.figure.feet import body as feet_body
from numbguard.figure.feet import rig as feet_rig
from numbguard.figure.front import body as front_body
from numbguard.figure.front import muscle_glow
from numbguard.figure.front.projection import Vector, dot, heading, minus
from numbguard.figure.front.rig import CROWN, SPINE, FrontRig
from numbguard.figure.front.rig_parts import FrontPart
from numbguard.figure.palette import LIGHT
from numbguard.figure.pose import FigureFrame
from numbguard.figure.scene import HEIGHT, WIDTH
from numbguard.figure.scene_furniture import BED_HEIGHT
from numbguard.figure.side.rig import ANKLE, FLOOR, FOREARM, PALM, SHIN, THIGH, UPPER_ARM
from numbguard.figure.svg import animated_svg, still_svg
from numbguard.figure.timeline import PlayableMotion, play
from tests.figure.motions import MOTIONS

FRONT = {name: motion for name, motion in MOTIONS if motion.view is ViewAngle.FRONT}
FEET = {name: motion for name, motion in MOTIONS if motion.view is ViewAngle.FEET}
from_the_front = pytest.mark.parametrize("motion", FRONT.values(), ids=list(FRONT))
of_the_feet = pytest.mark.parametrize("motion", FEET.values(), ids=list(FEET))

Bones = dict[str, tuple[Vector, Vector]]
TIMES_A_SECOND = 20
HAND = 22.0


@pytest.fixture
def rig(monkeypatch: pytest.MonkeyPatch) -> FrontRig:
    """The one rig on which the test plays its motions, so that the bones can be measured."""
    only = FrontRig()
    monkeypatch.setattr(timeline, "rig_for", lambda view: only)
    return only


def _played(motion: Motion, rig: FrontRig) -> Iterator[tuple[float, FigureFrame, Bones]]:
    score = PlayableMotion(motion)
    count = math.ceil(motion.loop * TIMES_A_SECOND)
    for n in range(count):
        at = motion.loop * n / count
        moment = score.at(at)
        yield at, moment, dict(rig.bones)


def _order(motion: Motion) -> list[FrontPart]:
    """Every part in drawing order. The face is carried by the head, which its tuple names first and which is drawn
    before."""
    behind, before = front_body.layers(motion)
    drawn: list[FrontPart] = [*behind]
    for piece in before:
        drawn.extend([piece] if isinstance(piece, FrontPart) else piece[1:])
    return drawn


@from_the_front
def test_every_bone_keeps_its_length_all_the_time(rig: FrontRig, motion: Motion) -> None:
    lengths = dict(zip(("waist", "chest", "shoulders"), SPINE, strict=True)) | {"head": CROWN}
    for side in ("left", "right"):
        lengths |= {f"{side}_thigh": THIGH, f"{side}_shin": SHIN, f"{side}_arm": UPPER_ARM, f"{side}_forearm": FOREARM}
    for at, _, bones in _played(motion, rig):
        for bone, length in lengths.items():
            assert math.dist(*bones[bone]) == pytest.approx(length, abs=0.01), (at, bone)


@from_the_front
def test_a_held_foot_is_within_reach_and_stays_where_it_is(rig: FrontRig, motion: Motion) -> None:
    for at, _, bones in _played(motion, rig):
        for limb, pin in motion.keys[0].hold.items():
            if limb.is_foot:
                assert pin is not None
                x, height, depth = pin.at
                ankle = bones[limb.value.replace("foot", "shin")][1]
                assert math.dist(ankle, (x, height + ANKLE, depth)) < 0.01, (at, limb)


@from_the_front
def test_shoes_stand_on_the_floor_and_no_knee_goes_through_it(rig: FrontRig, motion: Motion) -> None:
    if Prop.BED in motion.props:
        return
    standing = [limb for limb, pin in motion.keys[0].hold.items() if limb.is_foot and pin and pin.at[1] == 0]
    assert standing
    for at, moment, bones in _played(motion, rig):
        for limb in standing:
            heel, toe = bones[limb.value]
            assert 4 < heel[1] < 10 and 4 < toe[1] < 10, (at, limb)
            assert moment.parts[FrontPart(limb.value.replace("foot", "shadow"))].wide == pytest.approx(1, abs=0.01)
        for side in ("left", "right"):
            assert bones[f"{side}_thigh"][1][1] > 20, (at, side)


@from_the_front
def test_who_lies_on_the_side_lies_straight_upon_the_bed_with_room_between_the_knees(
    rig: FrontRig, motion: Motion
) -> None:
    if Prop.BED not in motion.props:
        return
    for at, moment, bones in _played(motion, rig):
        heights = [end[1] for part in ("waist", "chest", "shoulders") for end in bones[part]]
        assert max(heights) - min(heights) < 1, (at, "the spine is level")
        assert abs(moment.parts[FrontPart.HEAD].y - moment.parts[FrontPart.PELVIS].y) < 4, (
            at,
            "the head goes on from it",
        )
        left, right = (bones[f"{side}_thigh"][1][1] for side in ("left", "right"))
        assert left - right > 30, (at, "a pillow has room")
        mattress = FLOOR - BED_HEIGHT
        for side in ("left", "right"):
            for part in ("thigh", "shin", "forearm"):
                assert moment.parts[FrontPart(f"{side}_{part}")].y < mattress + 3, (at, side, part)


@from_the_front
def test_a_hand_stays_where_it_is_held_on_the_room_and_on_the_body(rig: FrontRig, motion: Motion) -> None:
    score = PlayableMotion(motion)
    ends = [*(key.at for key in motion.keys[1:]), motion.loop]
    hold = dict(motion.keys[0].hold)
    for index, (key, end) in enumerate(zip(motion.keys, ends, strict=True)):
        hold |= key.hold
        following = motion.keys[(index + 1) % len(motion.keys)].hold
        for limb, pin in hold.items():
            assert pin is not None
            if limb.is_foot or following.get(limb, pin) != pin:
                continue
            for share in (0.0, 0.3, 0.6, 0.9):
                moment = score.at(key.at + (end - key.at) * share)
                goal = rig.spot(limb, pin, moment.parts)
                wrist = rig.bones[limb.value.replace("hand", "forearm")][1]
                # The palm lies on the spot, or the wrist if the pin sets the angle of the hand.
                off = math.dist(wrist, goal[:3])
                assert off < (PALM if math.isnan(goal[3]) else 0) + 1.5, (key.at, limb, off)


@from_the_front
def test_nothing_leaps(rig: FrontRig, motion: Motion) -> None:
    moments = list(_played(motion, rig))
    for (at, _, a), (_, _, b) in pairwise([*moments, moments[0]]):
        for bone, (start, end) in a.items():
            assert max(math.dist(start, b[bone][0]), math.dist(end, b[bone][1])) * TIMES_A_SECOND < 420, (at, bone)


@from_the_front
def test_finger_tips_crown_and_toes_stay_on_the_sheet(motion: Motion) -> None:
    camera = motion.camera
    for moment in play(motion).moments:
        tips = [(moment.parts[FrontPart.BUN].x, moment.parts[FrontPart.BUN].y - 17)]
        for side in ("left", "right"):
            hand, toe = moment.parts[FrontPart(f"{side}_hand")], moment.parts[FrontPart(f"{side}_toe")]
            a = math.radians(hand.turn)
            tips += [(hand.x - HAND * math.sin(a), hand.y + HAND * math.cos(a)), (toe.x, toe.y + 9)]
        for x, y in tips:
            assert 8 < WIDTH / 2 + camera.zoom * (x - camera.x) < WIDTH - 8, moment.at
            assert 8 < HEIGHT / 2 + camera.zoom * (y - (FLOOR - camera.y)) < HEIGHT - 4, moment.at


@from_the_front
def test_the_face_never_turns_so_far_that_an_eye_is_lost(rig: FrontRig, motion: Motion) -> None:
    for at, moment, _ in _played(motion, rig):
        for eye in (FrontPart.LEFT_EYE, FrontPart.RIGHT_EYE):
            assert moment.parts[eye].wide > 0.2, at


@from_the_front
def test_every_warmth_has_its_place_on_the_body(motion: Motion) -> None:
    if not {Callout.EVENLY, Callout.SPINE}.isdisjoint(motion.marks):
        return  # shows how to stand or lie: marks say what to look at, and no muscle is warm
    assert motion.tint is not None
    warm = [part for part in _order(motion) if front_body.muscle(motion.tint, part, LIGHT)]
    assert warm
    assert animated_svg(motion).count('class="warm"') == len(warm)


@from_the_front
def test_each_piece_is_drawn_once(motion: Motion) -> None:
    drawn = _order(motion)
    assert len(drawn) == len(set(drawn))
    assert set(FrontPart) - set(drawn) == set(front_body.SHADOWS)


def test_the_warmth_of_a_twist_goes_round_with_the_chest() -> None:
    twist = FRONT["seated-twist-turn"]
    rest, turned = PlayableMotion(twist).at(0.0), PlayableMotion(twist).at(4.4)
    for flank in (FrontPart.LEFT_FLANK, FrontPart.RIGHT_FLANK):
        # Its lower end stays with the hips; its upper end turns with the chest, to the left of the picture.
        assert rest.parts[flank].x == pytest.approx(turned.parts[flank].x, abs=3)
        assert turned.parts[flank].turn % 360 < rest.parts[flank].turn % 360 - 3


def test_a_side_bend_lengthens_the_other_flank() -> None:
    bend = FRONT["side-bend-bend"]
    assert bend.tint is WarmMuscle.FLANK
    rest, bent = PlayableMotion(bend).at(0.0).parts, PlayableMotion(bend).at(4.6).parts
    assert bent[FrontPart.LEFT_FLANK].tall > rest[FrontPart.LEFT_FLANK].tall
    assert bent[FrontPart.RIGHT_FLANK].tall < rest[FrontPart.RIGHT_FLANK].tall
    assert bent[FrontPart.HEAD].x < rest[FrontPart.HEAD].x - 25, "over to the figure's right, the left of the picture"
    assert bent[FrontPart.LEFT_HAND].y < bent[FrontPart.HEAD].y - 30, "the arm over the head"


def test_an_arm_held_up_is_drawn_behind_the_head_and_a_leg_laid_across_before_the_shirt() -> None:
    bend = _order(FRONT["side-bend-bend"])
    assert (
        bend.index(FrontPart.SHOULDERS)
        < bend.index(FrontPart.LEFT_ARM)
        < bend.index(FrontPart.FACE)
        < bend.index(FrontPart.RIGHT_ARM)
    )
    four = _order(FRONT["figure-four-fold"])
    assert four.index(FrontPart.LEFT_SHIN) < four.index(FrontPart.WAIST) < four.index(FrontPart.RIGHT_THIGH)
    assert four.index(FrontPart.RIGHT_THIGH) < four.index(FrontPart.RIGHT_SHIN), "the shin nearer to us than the thigh"


def test_in_a_figure_four_the_ankle_lies_on_the_other_knee(rig: FrontRig) -> None:
    four = FRONT["figure-four-fold"]
    _, left = heading(four.keys[0].pose[Joint.FACE])
    for at, _, bones in _played(four, rig):
        knee, ankle = bones["left_thigh"][1], bones["right_shin"][1]
        assert math.dist(knee[::2], ankle[::2]) < 26, at
        assert 4 < ankle[1] - knee[1] < 30, "on it, not in it"
        assert dot(minus(*reversed(bones["right_thigh"])), left) < -40, "and its own knee out to the right"


def test_hips_go_round_while_head_and_feet_stay(rig: FrontRig) -> None:
    circle = FRONT["hip-circles-circle"]
    assert Callout.HIPS_ROUND in circle.marks
    hips, crowns = [], []
    for _, _, bones in _played(circle, rig):
        hips.append(bones["waist"][0])
        crowns.append(bones["head"][0])
    assert max(x for x, _, _ in hips) - min(x for x, _, _ in hips) > 30
    assert max(z for _, _, z in hips) - min(z for _, _, z in hips) > 20
    assert max(x for x, _, _ in crowns) - min(x for x, _, _ in crowns) < 16
    # The front half of the arrow points to the right of the picture: nearest to the viewer, the hips go that way.
    nearest = max(range(len(hips)), key=lambda n: hips[n][2])
    assert hips[(nearest + 2) % len(hips)][0] > hips[nearest - 2][0]


def test_shoulders_roll_up_back_and_down_together(rig: FrontRig) -> None:
    roll = FRONT["shoulder-rolls-roll"]
    heights, depths = [], []
    for _, _, bones in _played(roll, rig):
        left, right = bones["left_arm"][0], bones["right_arm"][0]
        assert left[1] == pytest.approx(right[1], abs=0.5)
        heights.append(left[1])
        depths.append(left[2] - bones["shoulders"][1][2])
    assert max(heights) - min(heights) > 15
    top, back = heights.index(max(heights)), depths.index(min(depths))
    assert 0 < top < back < len(heights) * 0.75, "first up, then back"


def test_the_ring_grows_is_held_and_shrinks_with_the_breath() -> None:
    breath = FRONT["breathing-breath"]
    score = PlayableMotion(breath)

    def size(at: float) -> float:
        return score.at(at).parts[FrontPart.RING].wide

    filled, emptied = breath.keys[1].at, breath.keys[3].at
    assert size(0) < size(filled / 2) < size(filled)
    held = breath.keys[2].at
    assert size(filled) == size((filled + held) / 2) == size(held)
    assert size(held) > size((held + emptied) / 2) > size(emptied) == pytest.approx(size(0))
    assert emptied - held > filled, "out more slowly than in"
    belly = [score.at(at).parts[FrontPart.WAIST].wide for at in (0, filled)]
    assert belly[1] > belly[0] * 1.05
    first = score.at(0).parts[FrontPart.RING]
    assert all(score.at(at).parts[FrontPart.RING][:2] == first[:2] for at in (2, 5, 9))


def test_a_figure_that_breathes_with_shut_eyes_does_not_blink() -> None:
    breath = FRONT["breathing-breath"]
    for svg in (still_svg(breath, at=0), animated_svg(breath)):
        style = svg.partition("<style>")[2].partition("</style>")[0]
        assert ".eye{opacity:0}" in style and ".lid" not in style
    assert ".lid{opacity:0}" in still_svg(replace(breath, eyes_shut=False), at=0)


def test_a_long_look_goes_to_the_window_and_a_near_one_does_not() -> None:
    look = FRONT["look-away-gaze"]
    near, far = PlayableMotion(look).at(0.5), PlayableMotion(look).at(5.0)
    assert near.glow == 0 < far.glow, "the line to the hill is seen while one looks along it"
    assert (
        far.parts[FrontPart.NOSE].x - far.parts[FrontPart.HEAD].x
        > 10
        > near.parts[FrontPart.NOSE].x - near.parts[FrontPart.HEAD].x
    )


@of_the_feet
def test_toes_stay_on_their_feet_and_the_feet_where_they_are(motion: Motion) -> None:
    moments = play(motion).moments
    for moment in moments:
        for part, place in moment.parts.items():
            assert place[:2] == moments[0].parts[part][:2], (moment.at, part)
            if "toe" not in part.value:
                assert place == moments[0].parts[part], (moment.at, part)


@of_the_feet
def test_one_foot_is_the_mirror_image_of_the_other(motion: Motion) -> None:
    for moment in play(motion).moments:
        for part in feet_rig.FootPart:
            if part.value.startswith("left"):
                left, right = moment.parts[part], moment.parts[part.value.replace("left", "right")]
                assert (left.x + right.x, left.y) == pytest.approx((WIDTH, right.y)), part
                assert left.turn == pytest.approx(-right.turn), part


def _toe_tips(moment: FigureFrame) -> list[tuple[float, float]]:
    tips = []
    for number, toe in enumerate(feet_rig.TOES, 1):
        at = moment.parts[feet_rig.FootPart(f"right_toe_{number}")]
        a, length = math.radians(at.turn), toe.length * at.tall
        tips.append((at.x + length * math.sin(a), at.y - length * math.cos(a)))
    return tips


def test_spread_toes_have_air_between_them_and_curled_ones_are_short() -> None:
    spread, curl = FEET["toe-spreads-spread"], FEET["toe-spreads-curl"]
    closed_toes, wide = (_toe_tips(PlayableMotion(spread).at(at)) for at in (0.0, 1.4))
    for (one, other), (a, b) in zip(pairwise(closed_toes), pairwise(wide), strict=True):
        assert math.dist(a, b) > math.dist(one, other) + 4
    long, short = (PlayableMotion(curl).at(at).parts[feet_rig.FootPart.RIGHT_TOE_1].tall for at in (0.0, 1.8))
    assert short < 0.7 * long


@pytest.mark.parametrize("body", [front_body, feet_body])
def test_a_body_has_a_shape_for_every_piece_that_is_drawn(body: ModuleType) -> None:
    parts = FrontPart if body is front_body else feet_rig.FootPart
    bare = {part for part in parts if not part.value.endswith("shadow") and not body.drawing(part, LIGHT)}
    warm_only = (
        muscle_glow.ONLY_WARMTH if body is front_body else {feet_rig.FootPart.LEFT_BALL, feet_rig.FootPart.RIGHT_BALL}
    )
    assert bare == warm_only


def test_each_warmth_of_the_front_view_lies_on_the_side_it_is_drawn_for() -> None:
    """Movements are drawn for the right side: only flank and buttock are warm on one side alone."""
    places = {
        tint: [part for part in FrontPart if front_body.muscle(tint, part, LIGHT)]
        for tint in (
            WarmMuscle.WAIST,
            WarmMuscle.FLANK,
            WarmMuscle.BACK,
            WarmMuscle.HIP,
            WarmMuscle.BUTTOCK,
            WarmMuscle.SHOULDER,
        )
    }
    assert all(places.values())
    assert places[WarmMuscle.FLANK] == [FrontPart.LEFT_FLANK]
    assert places[WarmMuscle.BUTTOCK] == [FrontPart.RIGHT_THIGH]
    for tint in (WarmMuscle.WAIST, WarmMuscle.BACK, WarmMuscle.HIP, WarmMuscle.SHOULDER):
        assert {part.value.partition("_")[0] for part in places[tint]} == {"left", "right"}


def test_a_hand_held_on_the_chest_turns_with_it(rig: FrontRig) -> None:
    twist = FRONT["standing-twist-turn"]
    score = PlayableMotion(twist)
    score.at(0.0)
    ahead = rig.bones["left_forearm"][1][2] - rig.bones["chest"][0][2]
    score.at(3.6)
    aside = rig.bones["left_forearm"][1][0] - rig.bones["chest"][0][0]
    assert ahead > 20 and aside < -15
    assert Limb.LEFT_HAND in twist.keys[0].hold and Joint.TWIST in twist.keys[1].pose


def test_a_face_that_does_not_turn_is_carried_by_the_head_and_not_moved_by_itself() -> None:
    bend, look = FRONT["side-bend-bend"], FRONT["look-away-gaze"]
    mouth, eye = 'stroke="#a8554a"', '<ellipse rx="1.9"'
    for motion, moved in ((bend, False), (look, True)):
        between = animated_svg(motion).partition(mouth)[2].partition(eye)[0]
        assert ("animateTransform" in between) is moved, motion.name


def test_the_chair_stands_before_the_ring_and_arrows_go_round_the_figure() -> None:
    breath = still_svg(FRONT["breathing-breath"], at=0)
    assert 0 < breath.index(LIGHT.calm) < breath.index(LIGHT.cushion) < breath.index(LIGHT.shirt)
    hips = still_svg(FRONT["hip-circles-circle"], at=0)
    first, second = (hips.split('class="mark"', 2)[n] for n in (1, 2))
    assert LIGHT.trousers in first and LIGHT.trousers not in second, "half of it behind the hips, half before them"
    assert still_svg(FRONT["shoulder-rolls-roll"], at=0).count('class="mark"') == 2
