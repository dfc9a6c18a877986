"""The card files on disk: what is read when, and what a broken one gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from numbguard.core.cards.cards import LIMITS
from numbguard.resources import resources
from numbguard.store.cards.library import MAX_BYTES, Library

OURS = resources() / "cards"
WORDS = (OURS / "quad.toml").read_text(encoding="utf-8")
SEVEN = {
    "ankle-pumps", "calf-wall", "quad", "seated-hamstring", "seated-twist", "short-walk", "standing-hamstring",
}  # fmt: skip


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "cards"
    folder.mkdir()
    return folder


def test_the_seven_cards_of_the_guide_are_there_and_whole() -> None:
    library = Library(OURS)
    assert {card.slug for card in library.cards()} >= SEVEN
    assert library.check() == ()
    for words in library.cards():
        card = library.card(words.slug)
        assert card is not None
        assert {step.motion for step in card.steps} <= set(card.motions)
        least, most = LIMITS[card.kind]
        assert least <= card.seconds <= most


def test_the_list_reads_words_and_a_shown_card_its_motion() -> None:
    library = Library(OURS)
    assert all(not card.motions for card in library.cards())
    card = library.card("quad")
    assert card is not None and card.motions
    assert library.card("quad") is card
    assert library.card("no-such-card") is None


def test_the_persons_own_card_joins_or_replaces_ours(own: Path) -> None:
    (own / "my-quad.toml").write_text(WORDS, encoding="utf-8")
    (own / "quad.toml").write_text(WORDS.replace("Quad stretch", "My quad stretch"), encoding="utf-8")
    titles = {card.slug: card.title for card in Library(OURS, own).cards()}
    assert titles["my-quad"] == "Quad stretch"
    assert titles["quad"] == "My quad stretch"


def test_a_folder_that_is_not_there_is_no_mistake(tmp_path: Path) -> None:
    library = Library(OURS, tmp_path / "none")
    assert len(library.cards()) >= 7
    assert library.complaints == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"title = Half", "not valid TOML.*line 1"),
        (b"\xff\xfe", "not text in UTF-8"),
        (WORDS.replace('muscle = "quad"', 'muscle = "tail"').encode(), "muscle is “tail”"),
        (b"x = " + b"[" * 5000, "nested too deeply|not valid TOML"),
        (b"#" * (MAX_BYTES + 1), "larger than 256 kB"),
    ],
    ids=["toml", "utf-8", "key", "deep", "large"],
)
def test_a_broken_file_is_named_and_the_rest_is_used(own: Path, content: bytes, said: str) -> None:
    (own / "broken.toml").write_bytes(content)
    library = Library(OURS, own)
    assert len(library.cards()) >= 7
    (complaint,) = library.complaints
    assert str(own / "broken.toml") in complaint
    assert re.search(said, complaint)
    assert complaint.endswith("The other cards are used.")


def test_a_broken_motion_is_found_when_it_is_shown_and_leaves_the_list(own: Path) -> None:
    (own / "broken.toml").write_text(re.sub(r"loop = [0-9.]+", "loop = -1", WORDS), encoding="utf-8")
    library = Library(own)
    assert [card.slug for card in library.cards()] == ["broken"]
    assert library.card("broken") is None
    assert library.cards() == ()
    assert "motion.pull.loop must be between" in library.complaints[0]


def test_a_file_that_cannot_be_read_is_named(own: Path) -> None:
    (own / "folder.toml").mkdir()
    library = Library(own)
    assert library.cards() == ()
    assert "folder.toml is not used" in library.complaints[0]
