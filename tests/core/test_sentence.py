"""Sentences of the core are English text, and keep what they were made from."""

from __future__ import annotations

import json

from numbguard.core.sentence import N_, counted, sentence


def test_a_sentence_is_its_english_text() -> None:
    said = sentence("{file} could not be read.", file="log.db")
    assert said == "log.db could not be read."
    assert json.dumps(said) == '"log.db could not be read."'
    assert (said.template, said.plural, said.fields) == ("{file} could not be read.", "", {"file": "log.db"})


def test_a_sentence_that_counts_has_two_forms() -> None:
    assert counted("{count} card", "{count} cards", 1) == "1 card"
    several = counted("{count} card of {pack}", "{count} cards of {pack}", 3, pack="legs")
    assert several == "3 cards of legs"
    assert (several.plural, several.number) == ("{count} cards of {pack}", 3)
    assert counted("{count} entry", "{count} entries", 1200, count="1,200") == "1,200 entries"


def test_a_marked_constant_is_itself() -> None:
    assert N_("Undo") == "Undo"
