"""The cards as a physiotherapist would look at them: what carries the weight, what a hand holds, which muscle works."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import pytest

from numbguard.core.cards.cards import Card, Muscle
from numbguard.core.cards.motion import Motion, Prop, StartPose, WarmMuscle
from numbguard.figure.palette import LIGHT
from numbguard.figure.pose import FigureFrame, along
from numbguard.figure.scene import STEP_HEIGHT, WALL_X
from numbguard.figure.scene_furniture import DESK_X, RAISED_DESK_HEIGHT
from numbguard.figure.side import body as side_body
from numbguard.figure.side.rig import BALL, FLOOR, HEEL, PALM, SEAT, SidePart
from numbguard.figure.svg import still_svg
from numbguard.figure.timeline import play
from tests.figure.motions import CARDS

BY_SLUG = {card.slug: card for card in CARDS}
every_card = pytest.mark.parametrize("card", CARDS, ids=[card.slug for card in CARDS])


def _motion(slug: str) -> Motion:
    return next(iter(BY_SLUG[slug].motions.values()))


def _deepest(motion: Motion) -> FigureFrame:
    return max(play(motion).moments, key=lambda moment: moment.glow)


def _turn(moment: FigureFrame, part: SidePart) -> float:
    """The angle of a bone from hanging straight down, positive to the front."""
    return -moment.parts[part].turn


def _bend_of_knee(moment: FigureFrame, side: str) -> float:
    return _turn(moment, SidePart(f"{side}_thigh")) - _turn(moment, SidePart(f"{side}_shin"))


def _heel_height(moment: FigureFrame) -> float:
    """The height of the back edge of the near sole above the floor."""
    foot = moment.parts[SidePart.NEAR_FOOT]
    a = math.radians(foot.turn)
    return FLOOR - (foot.y + HEEL * math.sin(a) + 13 * math.cos(a))


# --- what the body rests on ------------------------------------------------------------------------------------------


def test_in_the_seated_hamstring_stretch_the_heel_rests_on_the_floor_with_the_knee_nearly_straight_and_toes_up() -> (
    None
):
    stretch = _motion("seated-hamstring")
    for moment in play(stretch).moments:
        assert _heel_height(moment) == pytest.approx(0, abs=2), moment.at
        assert _turn(moment, SidePart.NEAR_THIGH) < 91, "the thigh never rises from the seat"
    deepest = _deepest(stretch)
    assert 2 < _bend_of_knee(deepest, "near") < 20
    assert deepest.parts[SidePart.NEAR_FOOT].turn < -40, "the toes point up"
    assert deepest.parts[SidePart.PELVIS].x > 225, "on the front half of the seat"
    assert deepest.parts[SidePart.PELVIS].y == pytest.approx(FLOOR - SEAT - 17, abs=1), "and on the seat all the same"


def test_in_the_standing_hamstring_stretch_the_heel_rests_on_the_step_with_the_toes_up() -> None:
    deepest = _deepest(_motion("standing-hamstring"))
    assert _heel_height(deepest) == pytest.approx(STEP_HEIGHT, abs=2)
    assert deepest.parts[SidePart.NEAR_FOOT].turn < -35
    assert _bend_of_knee(deepest, "near") < 20


def test_in_the_lunge_the_front_knee_stays_above_the_foot() -> None:
    deepest = _deepest(_motion("hip-flexor-lunge"))
    knee, ankle = deepest.parts[SidePart.FAR_SHIN], deepest.parts[SidePart.FAR_FOOT]
    assert ankle.x - 10 < knee.x < ankle.x + BALL


def _palms(motion: Motion) -> Iterator[tuple[float, float]]:
    for moment in play(motion).moments:
        for part in (SidePart.NEAR_HAND, SidePart.FAR_HAND):
            hand = moment.parts[part]
            x, y = along(hand.x, hand.y, -hand.turn, PALM)
            yield x, FLOOR - y


def test_in_the_calf_raises_both_hands_stay_on_the_wall() -> None:
    rise = _motion("calf-raises")
    assert Prop.WALL in rise.props
    for x, height in _palms(rise):
        assert WALL_X - 12 < x <= WALL_X
        assert 200 < height < 300


def test_in_the_heel_to_toe_rock_both_hands_hold_the_edge_of_the_desk() -> None:
    rock = _motion("heel-toe-rock")
    assert Prop.RAISED_DESK in rock.props
    for x, height in _palms(rock):
        assert DESK_X <= x < DESK_X + 24
        assert RAISED_DESK_HEIGHT < height < RAISED_DESK_HEIGHT + 10


@every_card
def test_no_card_tells_a_standing_person_to_hold_a_chair(card: Card) -> None:
    for motion in card.motions.values():
        assert motion.base is not StartPose.STANDING or Prop.CHAIR not in motion.props
    if StartPose.SITTING in {motion.base for motion in card.motions.values()}:
        return
    said = re.sub(r"(never|not) a chair( on wheels)?|as if to sit on a chair", "", _words(card))
    assert "chair" not in said


# --- the muscle that works -------------------------------------------------------------------------------------------

GLOWS = {
    Muscle.HAMSTRING: {WarmMuscle.HAMSTRING},
    Muscle.QUAD: {WarmMuscle.QUAD},
    Muscle.CALF: {WarmMuscle.CALF, WarmMuscle.SOLEUS},
    Muscle.LOWER_LEG: {WarmMuscle.CALF, WarmMuscle.SHIN},
    Muscle.FOOT: {WarmMuscle.FOOT},
    Muscle.BUTTOCK: {WarmMuscle.BUTTOCK},
    Muscle.HIP: {WarmMuscle.HIP, WarmMuscle.FAR_HIP},
    Muscle.BACK: {WarmMuscle.BACK, WarmMuscle.FLANK},
    Muscle.WAIST: {WarmMuscle.WAIST},
    Muscle.CORE: {WarmMuscle.CORE},
    Muscle.SHOULDER: {WarmMuscle.SHOULDER},
    Muscle.NECK: {WarmMuscle.NECK},
    Muscle.EYES: {WarmMuscle.SIGHT},
    Muscle.BREATH: {WarmMuscle.BREATH},
    Muscle.WHOLE: {WarmMuscle.LEGS},
}
"""The areas that may glow on a card, by the muscle that its file names."""
NAMED = {
    WarmMuscle.HAMSTRING: "hamstring",
    WarmMuscle.QUAD: "front of your thighs?",
    WarmMuscle.CALF: "calf|calves",
    WarmMuscle.SOLEUS: "soleus",
    WarmMuscle.SHIN: "shin",
    WarmMuscle.BUTTOCK: "buttock",
    WarmMuscle.HIP: r"\bhips?\b",
    WarmMuscle.FAR_HIP: r"\bhips\b",
    WarmMuscle.BACK: r"\bback\b",
    WarmMuscle.FLANK: "beside your lower back",
    WarmMuscle.WAIST: "muscles of your waist",
    WarmMuscle.CORE: "tummy muscles",
    WarmMuscle.SHOULDER: "shoulder",
    WarmMuscle.NECK: "neck",
    WarmMuscle.FOOT: "muscles of your foot",
    WarmMuscle.LEGS: r"\blegs?\b",
    WarmMuscle.SIGHT: "look",
    WarmMuscle.BREATH: "breath",
}
"""A pattern of the words by which a card names what glows."""


def _words(card: Card) -> str:
    return " ".join([card.why, card.caution, *(step.text for step in card.steps)]).lower()


def _tints(motion: Motion) -> set[WarmMuscle]:
    return {tint for tint in (motion.tint, motion.other_tint) if tint}


@every_card
def test_the_muscle_that_glows_is_the_one_that_the_card_names(card: Card) -> None:
    for motion in card.motions.values():
        tints = _tints(motion)
        assert tints <= GLOWS[card.muscle], motion.name
        for tint in tints:
            assert re.search(NAMED[tint], _words(card)), f"{card.slug} glows at the {tint} and does not name it"


@pytest.mark.parametrize("slug", ["ankle-pumps", "ankle-circles"])
def test_the_shin_glows_while_the_toes_come_up_and_the_calf_while_they_point_away(slug: str) -> None:
    for motion in BY_SLUG[slug].motions.values():
        assert (motion.tint, motion.other_tint) == (WarmMuscle.SHIN, WarmMuscle.CALF)
        for moment in play(motion).moments:
            ankle = _turn(moment, SidePart.NEAR_FOOT) - _turn(moment, SidePart.NEAR_SHIN)
            if ankle > 18:
                assert moment.glow > 0.7 > 0.3 > moment.other_glow, moment.at
            elif ankle < -30:
                assert moment.other_glow > 0.7 > 0.3 > moment.glow, moment.at


def test_in_the_rock_the_calf_glows_on_the_toes_and_the_shin_on_the_heels() -> None:
    rock = _motion("heel-toe-rock")
    assert (rock.tint, rock.other_tint) == (WarmMuscle.CALF, WarmMuscle.SHIN)
    for moment in play(rock).moments:
        foot = moment.parts[SidePart.NEAR_FOOT].turn
        if foot > 30:
            assert moment.glow > 0.7 > 0.3 > moment.other_glow
        elif foot < -18:
            assert moment.other_glow > 0.7 > 0.3 > moment.glow


def test_in_marching_the_hip_of_the_leg_that_is_lifted_glows() -> None:
    march = _motion("marching")
    assert (march.tint, march.other_tint) == (WarmMuscle.HIP, WarmMuscle.FAR_HIP)
    lifted = set()
    for moment in play(march).moments:
        near, far = (_turn(moment, part) for part in (SidePart.NEAR_THIGH, SidePart.FAR_THIGH))
        if near > 70:
            lifted.add("near")
            assert moment.glow > 0.8 > 0.1 > moment.other_glow
        elif far > 70:
            lifted.add("far")
            assert moment.other_glow > 0.8 > 0.1 > moment.glow
    assert lifted == {"near", "far"}


def test_the_soleus_glows_in_the_lower_half_of_the_calf() -> None:
    low = side_body.muscle(WarmMuscle.SOLEUS, SidePart.NEAR_SHIN, LIGHT)
    calf = side_body.muscle(WarmMuscle.CALF, SidePart.NEAR_SHIN, LIGHT)

    def heights(shape: str) -> list[float]:
        numbers = [float(each) for each in re.findall(r"-?\d+\.?\d*", re.findall(r' d="([^"]+)"', shape)[0])]
        return numbers[1::2]

    assert min(heights(low)) > 30 > 10 > min(heights(calf))
    assert _motion("soleus").tint is WarmMuscle.SOLEUS


def test_two_muscles_that_take_turns_each_have_their_own_light() -> None:
    pump = _motion("ankle-pumps")
    up, away = (still_svg(pump, at=at) for at in (0.0, 2.2))
    for svg, warm, other in ((up, "1", "0.1"), (away, "0.1", "1")):
        assert f".warm{{opacity:{warm}}}" in svg
        assert f".otherwarm{{opacity:{other}}}" in svg
        assert svg.count('class="warm"') == svg.count('class="otherwarm"') == 1


# --- words -----------------------------------------------------------------------------------------------------------

TOO_MUCH = re.compile(
    r"nerves? .*(air|what they need|in peace)|cures?\b|heals?\b|every way|all (the|of the) nerves|by itself"
    r"|always|nothing ends|frees? the|feel blood|whole system|puts you straight",
    re.IGNORECASE,
)


@every_card
def test_no_card_promises_too_much(card: Card) -> None:
    assert not TOO_MUCH.search(card.why), card.why


@pytest.mark.parametrize("slug", ["rub", "tap"])
def test_rubbing_and_tapping_stop_when_they_hurt_and_leave_a_swollen_leg_alone(slug: str) -> None:
    caution = BY_SLUG[slug].caution
    assert "Stop if it hurts." in caution
    assert re.search(r"swollen, warm or painful: get help today", caution)


def test_a_cold_or_pale_leg_is_never_raised() -> None:
    assert re.match(r"Never raise a leg that is cold, pale or blue", BY_SLUG["elevate"].caution)


@pytest.mark.parametrize("slug", ["sciatic-glide", "figure-four"])
def test_a_card_that_needs_advice_says_so_first(slug: str) -> None:
    card = BY_SLUG[slug]
    assert card.advised_only
    assert card.caution.startswith("Only if a therapist advised it.")


@pytest.mark.parametrize(
    "slug",
    [
        "calf-raises", "heel-toe-rock", "hip-circles", "hip-flexor-lunge", "knee-bends", "marching", "quad",
        "shake-leg", "short-walk", "standing-hamstring",
    ],
)  # fmt: skip
def test_a_card_that_needs_two_firm_legs_warns_about_a_numb_or_weak_one(slug: str) -> None:
    assert re.search("numb|weak", BY_SLUG[slug].caution)
