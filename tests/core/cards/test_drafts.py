"""Drafts of cards and routines: their missing parts, the content of their files, and the files' names."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from numbguard.core.cards.cards import Card, card_from
from numbguard.core.cards.drafts import (
    OWN_WHY,
    CardDraft,
    StepDraft,
    card_table,
    draft_borrowing,
    draft_of,
    fresh_slug,
    fresh_title,
    length_of,
    missing_parts,
    missing_routine_parts,
    with_motions_from,
    with_picture,
)
from numbguard.core.cards.picture_rules import PictureKind, checked_picture
from numbguard.core.cards.routines import Routine, routine_from, routine_table
from numbguard.core.settings.choices import Place
from numbguard.core.sites import Region, Side
from tests.core.cards.test_picture_rules import PNG
from tests.our_cards import our_cards

OURS = {card.slug: card for card in our_cards()}
for _slug in ("quad", "seated-twist"):
    _text = (Path(__file__).parents[3] / "resources" / "cards" / f"{_slug}.toml").read_text(encoding="utf-8")
    OURS[_slug] = card_from(_slug, tomllib.loads(_text))
PICTURE = checked_picture(PictureKind.PNG, PNG)
SLIDES = CardDraft(
    title="Heel slides",
    why="As shown in the practice.",
    places=frozenset({Place.FLOOR, Place.SEATED}),
    regions=(Region.KNEE, Region.HIP),
    caution="Not on a bad day.",
    steps=(
        StepDraft("Slide the heel back.", 40, Side.LEFT, 10),
        StepDraft("And the other one.", 40, Side.RIGHT),
    ),
    picture=PICTURE,
)


def read(draft: CardDraft) -> Card:
    return card_from("heel-slides", card_table(draft, picture_file="heel-slides.png"))


def test_what_is_written_is_read_the_same_again() -> None:
    table = card_table(SLIDES, picture_file="heel-slides.png")
    assert missing_parts(SLIDES) == ()
    assert table["places"] == ["seated", "floor"]
    card = replace(card_from("heel-slides", table), image=PICTURE)
    assert draft_of(card, table) == SLIDES


def test_what_nobody_said_is_not_written() -> None:
    card = read(replace(SLIDES, why=" ", caution="", steps=(StepDraft("Go.\x00 \t On.\ud800", 60),)))
    assert (card.why, card.caution) == (OWN_WHY, "")
    assert (card.steps[0].text, card.steps[0].side, card.steps[0].repetitions) == ("Go. On.", Side.BOTH, 1)
    assert draft_of(card, {}).why == ""


def test_a_card_of_ours_is_copied_by_borrowing_its_motions() -> None:
    draft = draft_borrowing(OURS["quad"])
    assert draft.like == "quad"
    assert missing_parts(draft) == ()
    assert [step.motion for step in draft.steps] == ["pull"] * 4
    card = read(draft)
    assert (card.like, card.section, card.muscle) == ("quad", OURS["quad"].section, OURS["quad"].muscle)
    assert draft_borrowing(replace(OURS["quad"], like="calf-wall")).like == "calf-wall"


def test_a_copy_of_a_card_that_is_not_from_the_guide_keeps_its_source() -> None:
    copy = read(draft_borrowing(OURS["chin-tuck"]))
    assert (copy.section, copy.source) == (None, OURS["chin-tuck"].source)
    assert with_motions_from(draft_borrowing(OURS["chin-tuck"]), OURS["quad"]).source == ""


def test_a_picture_takes_the_place_of_a_motion_and_the_other_way_round() -> None:
    borrowed = with_motions_from(SLIDES, OURS["quad"])
    assert borrowed.picture is None
    assert [step.motion for step in borrowed.steps] == ["pull", "pull"]
    twice = with_motions_from(with_motions_from(SLIDES, OURS["seated-twist"]), OURS["seated-twist"])
    assert {step.motion for step in twice.steps} <= set(OURS["seated-twist"].motions)
    back = with_picture(borrowed, PICTURE)
    assert back == replace(SLIDES, section=OURS["quad"].section)
    assert not with_motions_from(SLIDES, replace(OURS["quad"], motions={})).steps[0].motion


def test_motions_that_somebody_wrote_by_hand_stay_in_the_file() -> None:
    motions = {"pull": {"view": "side"}}
    draft = draft_of(OURS["quad"], {"motion": motions, "kind": "break"})
    assert (draft.motions, draft.kind) == (motions, "break")
    table = card_table(draft)
    assert (table["motion"], table["kind"], "like" in table) == (motions, "break", False)


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (replace(SLIDES, title=" "), "Give the card a name."),
        (replace(SLIDES, picture=None), "Choose a picture, or borrow a motion."),
        (replace(SLIDES, steps=()), "Add a step."),
        (replace(SLIDES, steps=(*SLIDES.steps, StepDraft())), "Say what to do in step 3."),
        (replace(SLIDES, steps=(StepDraft("Go.", 5),)), "The steps last 5 seconds in total. They must last 10 to 600."),
        (replace(SLIDES, places=frozenset()), "Say where you can do it."),
        (replace(SLIDES, regions=()), "Say what it's good for."),
    ],
)
def test_what_a_card_lacks_is_said(draft: CardDraft, said: str) -> None:
    assert [lack.sentence for lack in missing_parts(draft)] == [said]


def test_a_routine_says_what_it_lacks_and_how_long_it_is() -> None:
    assert [lack.sentence for lack in missing_routine_parts(Routine("", " ", "", ()), OURS.get)] == [
        "Give the routine a name.", "Add a card.",
    ]  # fmt: skip
    routine = Routine("evening", "Evening", "", ("quad", "gone", "calf-wall"), (90, 0, 0))
    (lack,) = missing_routine_parts(routine, OURS.get)
    assert (lack.row, lack.sentence) == (1, "Card 2, “gone”, is missing: remove it.")
    assert length_of(routine, OURS.get) == 90 + OURS["calf-wall"].seconds


def test_a_routine_is_written_as_it_is_read() -> None:
    for routine in (
        Routine("evening", "Evening", "For my hips.", ("quad", "calf-wall"), (90, 0)),
        Routine("evening", "Evening", "", ("quad",)),
    ):
        assert routine_from("evening", routine_table(routine)) == routine
    assert routine_table(Routine("e", "E", "", ("quad", "rub"), (0, 60)))["cards"] == [
        "quad",
        {"card": "rub", "seconds": 60},
    ]


def test_names_of_files_are_plain_and_new() -> None:
    assert fresh_slug("Öl & Dehnen!", taken=(), otherwise="card") == "ol-dehnen"
    assert fresh_slug("Растяжка", taken=("card",), otherwise="card") == "card-2"
    assert fresh_slug("Quad", taken=("quad", "quad-2"), otherwise="card") == "quad-3"
    assert len(fresh_slug("a" * 60, taken=("a" * 50,), otherwise="card")) <= 60


def test_a_copy_gets_a_title_of_its_own() -> None:
    assert fresh_title("Heel slides", taken=("Heel slides",)) == "Heel slides 2"
    assert fresh_title("Heel slides 2", taken=("Heel slides", "Heel slides 2")) == "Heel slides 3"
    assert len(fresh_title("x" * 60, taken=("x" * 60,))) <= 60


def test_no_file_gets_a_name_that_windows_keeps_for_itself() -> None:
    assert fresh_slug("Con", taken=(), otherwise="card") == "con-2"
