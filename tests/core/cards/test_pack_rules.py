"""What a pack may contain, and the place that an error names."""

from __future__ import annotations

import base64
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from numbguard.core.cards.cards import Card, card_from, with_motions_of
from numbguard.core.cards.pack_rules import pack_from
from numbguard.core.cards.picture_rules import PictureKind
from numbguard.core.cards.routines import routine_from
from numbguard.core.cards.table_reader import CardError
from tests.core.cards.test_picture_rules import PNG

FOLDER = Path(__file__).parents[3] / "resources" / "cards"
QUAD = card_from("quad", tomllib.loads((FOLDER / "quad.toml").read_text(encoding="utf-8")))
SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>"

WORDS: dict[str, Any] = {
    "title": "Heel slides", "why": "As shown in the practice.", "section": "help.therapy", "places": ["seated"],
    "regions": ["knee"], "muscle": "hamstring",
}  # fmt: skip
PACK: dict[str, Any] = {
    "numbguard_pack": 1,
    "title": "From the practice",
    "card": [
        {"slug": "heel-slides", **WORDS, "picture": {"kind": "png", "data": base64.b64encode(PNG).decode()},
         "steps": [{"text": "Slide the heel back.", "seconds": 60, "side": "left", "repetitions": 10}]},
        {"slug": "my-quad", **WORDS, "like": "quad",
         "steps": [{"text": "Pull.", "seconds": 60, "motion": "pull"}]},
    ],
    "routine": [{"slug": "evening", "title": "Evening", "cards": ["heel-slides", "quad", "heel-slides"]}],
}  # fmt: skip


def ours(slug: str) -> Card | None:
    return QUAD if slug == "quad" else None


def test_a_pack_gives_its_cards_with_pictures_and_its_routines() -> None:
    pack = pack_from("p", PACK, card_of=ours)
    first, second = pack.cards
    assert pack.title == "From the practice"
    assert first.picture and (first.picture.kind, first.picture.data) == (PictureKind.PNG, PNG)
    assert first.table["picture"] == first.card.picture == "heel-slides.png"
    assert "slug" not in first.table
    assert first.card.steps[0].instruction == "Slide the heel back. (10 times)"
    assert second.card.like == "quad" and second.card.steps[0].instruction == "Pull."
    assert pack.routines[0].cards == ("heel-slides", "quad", "heel-slides")


def test_a_borrowed_motion_is_the_other_cards_own() -> None:
    card = pack_from("p", PACK, card_of=ours).cards[1].card
    assert with_motions_of(card, QUAD).motions == QUAD.motions


def test_an_svg_may_stand_there_as_it_is_or_in_base64() -> None:
    for data in (SVG, base64.encodebytes(SVG.encode()).decode()):
        table = deepcopy(PACK)
        table["card"][0]["picture"] = {"kind": "svg", "data": data}
        picture = pack_from("p", table, card_of=ours).cards[0].picture
        assert picture and picture.data.decode() == SVG


def at(*path: Any, value: object) -> dict[str, Any]:
    """The good pack with one thing changed; a ``value`` of ``...`` removes it."""
    table = deepcopy(PACK)
    place: Any = table
    for step in path[:-1]:
        place = place[step]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return table


C, S = ("card", 0), ("card", 0, "steps", 0)
MISTAKES: list[tuple[dict[str, Any], str, str]] = [
    (at("numbguard_pack", value=...), "", "the line “numbguard_pack = 1” is missing"),
    (at("numbguard_pack", value=2), "numbguard_pack", "newer than this NumbGuard"),
    (at("script", value="x"), "script", "is not a key that a pack has"),
    (at("card", value=[]), "card", "must have 1 to 60 entries, not 0"),
    ({"numbguard_pack": 1}, "", "contains no card and no routine"),
    (at(*C, "slug", value=...), "card 1.slug", "is missing"),
    (at(*C, "slug", value="../../.profile"), "card 1.slug", "must be lower-case letters"),
    (at(*C, "slug", value="my-quad"), "card 2.slug", "a second time"),
    (at(*C, "steps", value=...), "card 1.steps", "steps is missing"),
    (at(*C, "steps", value=PACK["card"][0]["steps"] * 10_000), "card 1.steps", "1 to 12 entries, not 10000"),
    (at(*S, "seconds", value=2), "card 1.steps 1.seconds", "must be between 3 and 300"),
    (at(*S, "repetitions", value=1.5), "card 1.steps 1.repetitions", "must be a whole number"),
    (at(*C, "picture", value="../../secret.png"), "card 1.picture", "a pack contains its pictures itself"),
    (at(*C, "picture", value=7), "card 1.picture", "must be a table"),
    (at(*C, "picture", "kind", value="exe"), "card 1.picture.kind", "is not one of: svg, png, gif, webp"),
    (at(*C, "picture", "data", value="x!"), "card 1.picture.data", "is not the picture in Base64"),
    (at(*C, "picture", "kind", value="gif"), "card 1.picture.data", "isn't a GIF"),
    (at(*C, "like", value="quad"), "card 1.picture", "replaces a motion"),
    (at("card", 1, "motion", value={}), "card 2.motion", "is already borrowed with “like”"),
    (at("card", 1, "like", value="nobody"), "card 2.like", "isn't a card with motions of its own"),
    (at("card", 1, "like", value="my-quad"), "card 2.like", "isn't a card with motions of its own"),
    (at("card", 1, "steps", 0, "motion", value="fly"), "card 2.steps 1.motion", "“quad” has: pull"),
    (at("card", 1, "steps", 0, "motion", value=...), "card 2.steps 1.motion", "is missing"),
    (at("routine", 0, "cards", value=...), "routine 1.cards", "is missing"),
    (at("routine", 0, "cards", value="quad"), "routine 1.cards", "must be a list of names of cards"),
    (at("routine", 0, "cards", value=[3]), "routine 1.cards 1", "must be the name of a card, or a table"),
    (
        at("routine", 0, "cards", value=[{"card": "quad", "seconds": 4}]),
        "routine 1.cards 1.seconds",
        "between 5 and 900",
    ),
    (at("routine", 0, "cards", value=[{"card": "quad", "file": "x"}]), "routine 1.cards 1.file", "is not a key"),
    (at("routine", 0, "cards", value=[]), "routine 1.cards", "must have 1 to 20 entries, not 0"),
    (at("routine", 0, "cards", value=["gone"]), "routine 1.cards", "neither in this pack nor among your cards"),
    (at("routine", 0, "slug", value="A"), "routine 1.slug", "must be lower-case letters"),
    (at("routine", 0, "colour", value="A"), "routine 1.colour", "is not a key that a routine has"),
]


@pytest.mark.parametrize(("table", "key", "said"), MISTAKES, ids=[f"{key}: {said}" for _, key, said in MISTAKES])
def test_a_mistake_is_named_with_its_place(table: dict[str, Any], key: str, said: str) -> None:
    with pytest.raises(CardError) as caught:
        pack_from("p", table, card_of=ours)
    assert said in str(caught.value)
    assert caught.value.key == key


def test_a_cards_own_file_names_a_picture_beside_it_and_nothing_else() -> None:
    table = {**WORDS, "steps": [{"text": "Slide.", "seconds": 60}]}
    for name in ("heel-slides.webp", "IMG_2034.png", "my picture.PNG", "Bein  links.GIF", "脚.svg", "x.y.png"):
        assert card_from("heel-slides", {**table, "picture": name}).picture == name
    for path in (
        "../x.png",
        "/etc/x.png",
        "x.exe",
        "a/b.svg",
        "a\\b.svg",
        "C:x.png",
        ".png",
        "..png",
        "con.png",
        "x\n.png",
    ):
        with pytest.raises(CardError, match="not a path"):
            card_from("heel-slides", {**table, "picture": path})


def test_a_routines_file_has_a_name_like_a_cards() -> None:
    table = {"title": "Evening", "cards": ["quad"]}
    assert routine_from("evening", table).why == ""
    with pytest.raises(CardError, match="Routine “Evening”: its file name must be"):
        routine_from("Evening", table)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (["seated", ["wall"]], "places is “a list”, which is not one of"),
        ([{"a": 1}], "places is “a table”, which is not one of"),
        ([10**5000], "places is “a number”, which is not one of"),
        (["x\x1b[2J" + "y" * 5000], "places is “x\N{REPLACEMENT CHARACTER}[2Jyyy"),
    ],
)
def test_a_complaint_repeats_what_it_is_about_in_few_plain_letters(value: object, said: str) -> None:
    with pytest.raises(CardError) as caught:
        pack_from("p", at("card", 0, "places", value=value), card_of=ours)
    assert said in str(caught.value)
    assert str(caught.value).isprintable() and len(str(caught.value)) < 300


@pytest.mark.parametrize("title", ["a\x1b[2Jb", "a\x00b", "a\u202eb"])
def test_words_that_steer_a_terminal_or_turn_their_neighbours_round_are_refused(title: str) -> None:
    with pytest.raises(CardError, match="contains a character that can't be shown"):
        pack_from("p", at("card", 0, "title", value=title), card_of=ours)


def test_words_over_several_lines_become_one() -> None:
    card = pack_from("p", at("card", 0, "title", value=" Heel\n   slides "), card_of=ours).cards[0].card
    assert card.title == "Heel slides"
