"""Sentences of the core are English text, and keep what they were made from."""

from __future__ import annotations

import json

from numbguard.core.sentence import N_, Sentence, alternatives, counted, enumerated, listed, passage, sentence, words_of


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


def test_sentences_follow_one_another_and_keep_what_they_were_made_from() -> None:
    closed = sentence("{file} is locked.", file="log.db")
    said = passage([N_("Nothing was changed."), "", closed])
    assert said == "Nothing was changed. log.db is locked."
    assert isinstance(said, Sentence)
    assert said.parts == ("Nothing was changed.", closed)
    assert passage([]) == ""


def test_a_list_has_commas_and_an_and_where_it_is_complete() -> None:
    assert [listed("abc"[:count]) for count in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert listed("abcd") == "a, b, c and d"
    assert alternatives("abc") == "a, b or c"
    assert enumerated(["{a}", "b", "c"]) == "{a}, b, c"
    assert sentence("Not here: {names}.", names=enumerated("xy")) == "Not here: x, y."


def test_a_marked_constant_is_itself() -> None:
    assert N_("Undo") == "Undo"


def test_the_message_of_an_exception_can_still_be_translated() -> None:
    said = words_of(ValueError(sentence("{file} is empty.", file="log.db")))
    assert isinstance(said, Sentence)
    assert (said, said.template) == ("log.db is empty.", "{file} is empty.")
    assert words_of(ValueError()) == ""
    assert words_of(OSError(2, "No such file")) == "[Errno 2] No such file"
