"""What a card file may contain, and the errors for one that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from numbguard.core.cards.cards import CardKind, Muscle, StiffPart, card_from
from numbguard.core.cards.motion import Bone, Callout, Inset, Joint, Limb, Pin, Prop, StartPose, ViewAngle, WarmMuscle
from numbguard.core.cards.table_reader import CardError
from numbguard.core.sites import Region, Side

GOOD: dict[str, Any] = {
    "title": "Heel raises",
    "why": "Calves push the blood back up.",
    "section": "prevention.movement",
    "places": ["standing"],
    "regions": ["calf", "ankle"],
    "muscle": "calf",
    "steps": [
        {"text": "Up on your toes, and down.", "seconds": 40, "side": "right", "motion": "rise"},
        {"text": "And the other foot.", "seconds": 40, "side": "left", "motion": "rise"},
    ],
    "motion": {
        "rise": {
            "view": "side",
            "base": "standing",
            "loop": 4,
            "props": ["wall"],
            "tint": "calf",
            "inset": "pump",
            "camera": {"x": 250, "zoom": 1.1},
            "keys": [
                {
                    "at": 0,
                    "pose": {"hip_y": 178},
                    "hold": {"near_foot": {"at": [240, 0], "turn": 5}, "near_hand": {"on": "chest", "along": 0.5}},
                },
                {"at": 2.5, "pose": {"glow": 1}, "hold": {"near_hand": "free"}},
            ],
        }
    },
}


def test_a_good_card_is_read_whole() -> None:
    card = card_from("heel-raises", GOOD)
    assert (card.title, card.seconds, card.muscle) == ("Heel raises", 80, Muscle.CALF)
    assert card.caution == ""
    assert [step.mirrored for step in card.steps] == [False, True]
    assert card.steps[1].side is Side.LEFT
    motion = card.motions["rise"]
    assert (motion.view, motion.base, motion.props) == (ViewAngle.SIDE, StartPose.STANDING, (Prop.WALL,))
    assert (motion.tint, motion.inset, motion.camera.zoom) == (WarmMuscle.CALF, Inset.PUMP, 1.1)
    first, second = motion.keys
    assert first.pose == {Joint.HIP_Y: 178.0}
    assert first.hold == {
        Limb.NEAR_FOOT: Pin(at=(240.0, 0.0), turn=5.0),
        Limb.NEAR_HAND: Pin(on=Bone.CHEST, along=0.5),
    }
    assert second.hold == {Limb.NEAR_HAND: None}


def test_a_motion_like_another_takes_what_it_does_not_say_itself() -> None:
    table = deepcopy(GOOD)
    table["motion"]["again"] = {"like": "rise", "loop": 6, "marks": ["feet", "eyes"]}
    rise, again = (card_from("heel-raises", table).motions[name] for name in ("rise", "again"))
    assert (again.name, again.loop, again.marks) == ("again", 6.0, (Callout.FEET, Callout.EYES))
    assert (again.keys, again.camera, again.props, again.tint) == (rise.keys, rise.camera, rise.props, rise.tint)


@pytest.mark.parametrize(
    ("kind", "seconds", "fits"),
    [
        ("break", 59, False), ("break", 60, True), ("break", 120, True), ("break", 121, False),
        ("relief", 19, False), ("relief", 20, True), ("relief", 300, True), ("relief", 301, False),
        ("posture", 14, False), ("posture", 15, True), ("posture", 121, False),
    ],
)  # fmt: skip
def test_each_kind_of_card_has_its_own_length(kind: str, seconds: int, fits: bool) -> None:
    steps = [{"text": "Stay.", "seconds": seconds // 2 + part, "motion": "rise"} for part in (0, seconds % 2)]
    table = deepcopy(GOOD) | {"kind": kind, "steps": steps}
    if fits:
        assert card_from("heel-raises", table).kind is CardKind(kind)
    else:
        with pytest.raises(CardError, match=f"seconds in total, not {seconds}"):
            card_from("heel-raises", table)


def test_a_card_names_a_section_of_the_guide_or_another_source() -> None:
    table = {key: value for key, value in GOOD.items() if key != "section"}
    with pytest.raises(CardError, match="section is missing"):
        card_from("heel-raises", table)
    card = card_from("heel-raises", table | {"source": "A leaflet of the clinic"})
    assert (card.section, card.source) == (None, "A leaflet of the clinic")
    assert card_from("heel-raises", GOOD).source == ""


def test_two_muscles_may_take_turns_in_side_view_alone() -> None:
    table = deepcopy(GOOD)
    table["motion"]["rise"] |= {"other_tint": "shin"}
    table["motion"]["rise"]["keys"][0]["pose"]["other_glow"] = 0.5
    rise = card_from("heel-raises", table).motions["rise"]
    assert (rise.tint, rise.other_tint) == (WarmMuscle.CALF, WarmMuscle.SHIN)
    assert rise.keys[0].pose[Joint.OTHER_GLOW] == 0.5
    table["motion"]["rise"] = {
        "view": "front",
        "base": "standing",
        "loop": 4,
        "other_tint": "shin",
        "keys": [{"at": 0}],
    }
    with pytest.raises(CardError, match="other_tint is not shown in front view"):
        card_from("heel-raises", table)


def test_a_list_of_cards_needs_the_words_alone() -> None:
    words = {key: value for key, value in GOOD.items() if key != "motion"}
    assert card_from("heel-raises", words, words_only=True).motions == {}
    with pytest.raises(CardError, match="motion is missing"):
        card_from("heel-raises", words)


def _without(key: str) -> Callable[[dict[str, Any]], object]:
    return lambda card: card.pop(key)


def _with(*path: Any, value: object) -> Callable[[dict[str, Any]], object]:
    def change(card: dict[str, Any]) -> None:
        place: Any = card
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


RISE = ("motion", "rise")
KEY = (*RISE, "keys", 0)

MISTAKES = {
    "title is missing": _without("title"),
    "title must be text": _with("title", value=3),
    "title is empty": _with("title", value="  "),
    "title is longer than 60": _with("title", value="x" * 61),
    "surprise is not a key": _with("surprise", value=1),
    "section is “prevention.luck”, which is not one of": _with("section", value="prevention.luck"),
    "muscle is missing": _without("muscle"),
    "places must be a list": _with("places", value="seated"),
    "places needs at least one word": _with("places", value=[]),
    "regions is “elbow”": _with("regions", value=["elbow"]),
    "regions is “.*”, which is not one of": _with("regions", value=[["calf"]]),
    "steps is missing": _without("steps"),
    "steps must be a list of tables": _with("steps", value=[1]),
    "steps must have 1 to 12 entries, not 13": _with("steps", value=[{}] * 13),
    "steps must last 60 to 120 seconds in total, not 43": _with("steps", 0, "seconds", value=3),
    "steps 1.seconds must be a whole number": _with("steps", 0, "seconds", value=40.5),
    "steps 1.seconds must be a number": _with("steps", 0, "seconds", value=True),
    "steps 2.motion is “jump”": _with("steps", 1, "motion", value="jump"),
    "motion must be a table": _with("motion", value=[]),
    "motion.again.like is “fall”, which the card does not describe": _with("motion", "again", value={"like": "fall"}),
    "motion.again.like is “again”, which is itself like another": _with("motion", "again", value={"like": "again"}),
    "motion.rise.marks is “nose”, which is not one of": _with(*RISE, "marks", value=["nose"]),
    "kind is “joke”, which is not one of": _with("kind", value="joke"),
    "motion.rise.loop is missing": lambda card: card["motion"]["rise"].pop("loop"),
    "motion.rise.loop must be a number": _with(*RISE, "loop", value=float("nan")),
    "motion.rise.loop must be between 0.5 and 60, not 600": _with(*RISE, "loop", value=600),
    "motion.rise.flowing must be true or false": _with(*RISE, "flowing", value="yes"),
    "motion.rise.keys must end before the loop": _with(*RISE, "loop", value=2),
    "motion.rise.keys must be in order of time": _with(*RISE, "keys", 1, "at", value=0),
    "motion.rise.keys 1.at must be 0": _with(*KEY, "at", value=1),
    "keys 1.pose.tail isn't part of the figure": _with(*KEY, "pose", "tail", value=1),
    "keys 1.pose.twist isn't part of the figure in side view": _with(*KEY, "pose", "twist", value=1),
    "keys 1.hold.near_foot must be a table": _with(*KEY, "hold", "near_foot", value=1),
    "near_foot.at must be a list of 2 to 3 numbers": _with(*KEY, "hold", "near_foot", value={"at": [1]}),
    "near_foot.on holds hands only": _with(*KEY, "hold", "near_foot", value={"on": "chest"}),
    "near_hand.left_thigh isn't part of the figure in side view": _with(
        *KEY, "hold", "near_hand", "on", value="left_thigh"
    ),
    "near_foot.colour is not a key": _with(*KEY, "hold", "near_foot", "colour", value="red"),
}


@pytest.mark.parametrize(("said", "spoil"), MISTAKES.items(), ids=list(MISTAKES))
def test_a_mistake_is_named_with_its_key(said: str, spoil: Callable[[dict[str, Any]], object]) -> None:
    table = deepcopy(GOOD)
    spoil(table)
    with pytest.raises(CardError, match=said) as caught:
        card_from("heel-raises", table)
    assert str(caught.value).startswith("Card “heel-raises”: ")


@pytest.mark.parametrize("slug", ["Heel", "heel--raises", "heel_raises", "../heel", "", "x" * 61])
def test_a_file_name_that_is_no_slug_is_refused(slug: str) -> None:
    with pytest.raises(CardError, match="lower-case letters"):
        card_from(slug, GOOD)


def test_in_front_view_a_hand_is_held_all_the_time_or_never() -> None:
    table = deepcopy(GOOD)
    held = {"left_hand": {"at": [200, 100, 20]}}
    del table["motion"]["rise"]["inset"]
    table["motion"]["rise"] |= {"view": "front", "keys": [{"at": 0, "hold": held}, {"at": 1}]}
    motion = card_from("heel-raises", table).motions["rise"]
    assert motion.keys[0].hold == {Limb.LEFT_HAND: Pin(at=(200.0, 100.0, 20.0))}
    table["motion"]["rise"]["keys"] = [{"at": 0}, {"at": 1, "hold": held}]
    with pytest.raises(CardError, match="must hold the same hands and feet"):
        card_from("heel-raises", table)
    table["motion"]["rise"]["keys"] = [{"at": 0, "hold": {"left_hand": "free"}}]
    with pytest.raises(CardError, match="cannot be let go in front view"):
        card_from("heel-raises", table)


def test_a_view_of_the_feet_has_nothing_but_the_feet() -> None:
    table = deepcopy(GOOD)
    keys = [{"at": 0, "pose": {"splay": 10, "glow": 1}}]
    table["motion"]["rise"] = {"view": "feet", "base": "sitting", "loop": 4, "keys": keys}
    assert card_from("heel-raises", table).motions["rise"].keys[0].pose == {Joint.SPLAY: 10.0, Joint.GLOW: 1.0}
    keys[0]["pose"]["lean"] = 5  # type: ignore[index]
    with pytest.raises(CardError, match=r"pose\.lean isn't part of the figure in feet view"):
        card_from("heel-raises", table)
    table["motion"]["rise"] |= {"view": "side", "keys": [{"at": 0, "pose": {"splay": 10}}]}
    with pytest.raises(CardError, match="splay isn't part of the figure in side view"):
        card_from("heel-raises", table)


@pytest.mark.parametrize(
    ("view", "said", "key", "value"),
    [
        ("front", "base must be standing or sitting in front view", "base", "lying"),
        ("feet", "base must be standing or sitting in feet view", "base", "kneeling"),
        ("front", "inset is not shown in front view", "inset", "pump"),
        ("front", "marks has “knee”, which is not shown in front view", "marks", ["knee"]),
        ("feet", "marks has “hips_round”, which is not shown in feet view", "marks", ["hips_round"]),
        ("side", "marks has “hips_round”, which is not shown in side view", "marks", ["hips_round"]),
        ("front", "behind has “near_hand”, which isn't part of the figure in front view", "behind", ["near_hand"]),
        ("side", "before has “near_foot”, which isn't part of the figure in side view", "before", ["near_foot"]),
    ],
)
def test_what_cannot_be_drawn_in_a_view_is_refused(view: str, said: str, key: str, value: object) -> None:
    table = deepcopy(GOOD)
    seen = {"view": view, "base": "standing", "loop": 4, "keys": [{"at": 0}]}
    table["motion"]["rise"] = seen
    assert card_from("heel-raises", table).motions["rise"].view is ViewAngle(view)
    table["motion"]["rise"] = seen | {key: value}
    with pytest.raises(CardError, match=said):
        card_from("heel-raises", table)


def test_in_front_view_limbs_are_drawn_behind_and_before_as_the_card_says() -> None:
    table = deepcopy(GOOD)
    seen = {"view": "front", "base": "standing", "loop": 4, "keys": [{"at": 0}], "marks": ["shoulders_round"]}
    table["motion"]["rise"] = seen | {"behind": ["left_hand"], "before": ["right_foot"], "eyes_shut": True}
    motion = card_from("heel-raises", table).motions["rise"]
    assert (motion.behind, motion.before, motion.eyes_shut) == ((Limb.LEFT_HAND,), (Limb.RIGHT_FOOT,), True)


def test_a_card_may_serve_what_is_no_part_of_a_leg_and_says_so() -> None:
    card = card_from("shoulder-rolls", {**GOOD, "regions": ["shoulders", "lower_back"]})
    assert card.regions == (StiffPart.SHOULDERS, Region.LOWER_BACK)
    assert not card.for_legs
    assert card_from("heel-raises", GOOD).for_legs
    with pytest.raises(CardError, match=r"regions is “elbow”, which is not one of: lower_back, .*, chest"):
        card_from("elbow", {**GOOD, "regions": ["elbow"]})
