"""Each page of the guide, card and advice can be read at twelve. `tools/reading_age.py` says how it counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.reading_age import MEDICAL_NAMES, OLDEST, advice_texts, card_text, grade, page_text, pages_and_cards

TEXTS = dict([*pages_and_cards(Path(__file__).resolve().parents[2]), *advice_texts()])


@pytest.mark.parametrize("name", TEXTS)
def test_a_reader_of_twelve_understands_it(name: str) -> None:
    assert grade(TEXTS[name]) <= OLDEST, TEXTS[name]


def test_a_text_for_older_readers_would_be_found() -> None:
    hard = (
        "Administration of compression neuropathy interventions necessitates individualised multidisciplinary review."
    )
    assert grade(hard) > 2 * OLDEST


def test_a_medical_name_makes_no_text_harder_than_a_short_word_would() -> None:
    assert grade("The doctor may test for sciatica.") == grade("The doctor may test for salt.")


def test_every_listed_name_is_in_some_text() -> None:
    words = {word.strip(".,:;()“”").lower() for text in TEXTS.values() for word in text.split()}
    assert words >= MEDICAL_NAMES


def test_a_page_is_read_without_its_marks() -> None:
    page = "# Title\n\nRead [this](page:relief), *please*. You need\n\n- water;\n- a walk.\n"
    assert page_text(page) == "Read this, please. You need. water. a walk."


def test_a_card_is_its_reason_its_steps_and_its_caution() -> None:
    card = {"why": "It helps.", "steps": [{"text": "Stand up"}], "caution": "Go easy."}
    assert card_text(card) == "It helps. Stand up. Go easy."
