"""The template is up to date, and each translation fits its English."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from numbguard.core.settings.table import SECTIONS, SPECS
from tools.translations.__main__ import changes, kept_template, key_of, keys
from tools.translations.compiled import catalogue_of, language_of, po_files
from tools.translations.extract import template

POS = po_files()
each_language = pytest.mark.parametrize("po", POS, ids=language_of)
MARKUP = re.compile(r"</?[a-z]+[^>]*>|\]\([^)]*\)|\*\*")


@pytest.fixture(scope="module")
def now() -> Catalog:
    return template()


def forms(message: Message) -> list[tuple[str, str]]:
    """Each translated form with the English form that it has to fit."""
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return [(ids[-1] if place else ids[0], text) for place, text in enumerate(strings) if text]


def fields(text: str) -> Counter[str]:
    return Counter(f"{name}:{spec}" for _, name, spec, _ in Formatter().parse(text) if name is not None)


def test_the_template_is_up_to_date(now: Catalog) -> None:
    assert changes(now, kept_template()) == [], "run ./dev translations and commit the result"


@each_language
def test_a_language_has_exactly_the_sentences_of_the_template(po: Path, now: Catalog) -> None:
    assert keys(catalogue_of(po)) == keys(now)


@each_language
def test_no_entry_is_fuzzy(po: Path) -> None:
    assert [key_of(message) for message in catalogue_of(po) if message.id and message.fuzzy] == []


@each_language
def test_placeholders_are_those_of_the_english(po: Path) -> None:
    wrong = []
    for message in catalogue_of(po):
        if not message.id:
            continue
        english = [fields(one) for one in (message.id if isinstance(message.id, tuple | list) else (message.id,))]
        for _, text in forms(message):
            # A form for exactly one or two may say the number in words.
            optional = Counter({"count:": 1}) if len(english) > 1 else Counter[str]()
            if fields(text) not in english and fields(text) + optional not in english:
                wrong.append(f"{key_of(message)} -> {text}")
    assert wrong == []


@each_language
def test_markup_is_that_of_the_english(po: Path) -> None:
    wrong = [
        f"{english} -> {text}"
        for message in catalogue_of(po)
        if message.id
        for english, text in forms(message)
        if Counter(MARKUP.findall(english)) != Counter(MARKUP.findall(text))
    ]
    assert wrong == []


ACCESS_KEY = re.compile(r"&(\w)")


@each_language
def test_an_access_key_is_there_where_the_english_has_one(po: Path) -> None:
    wrong = [
        f"{english} -> {text}"
        for message in catalogue_of(po)
        if message.id
        for english, text in forms(message)
        if len(ACCESS_KEY.findall(english)) != len(ACCESS_KEY.findall(text))
    ]
    assert wrong == []


@each_language
def test_no_entry_is_kept_that_the_template_no_longer_has(po: Path) -> None:
    assert list(catalogue_of(po).obsolete) == []
    assert not [line for line in po.read_text(encoding="utf-8").splitlines() if line.startswith("#~")]


@each_language
def test_an_entry_that_counts_has_all_forms_of_its_language(po: Path) -> None:
    catalogue = catalogue_of(po)
    wrong = [
        key_of(message)
        for message in catalogue
        if isinstance(message.id, tuple | list)
        and any(message.string)
        and (len(message.string) != catalogue.num_plurals or not all(message.string))
    ]
    assert wrong == []


@each_language
def test_a_translation_begins_and_ends_with_the_space_of_the_english(po: Path) -> None:
    """A unit after a number has a space before it, and a paragraph has none."""
    wrong = [
        f"{english!r} -> {text!r}"
        for message in catalogue_of(po)
        if message.id
        for english, text in forms(message)
        if (english[:1].isspace(), english[-1:].isspace()) != (text[:1].isspace(), text[-1:].isspace())
    ]
    assert wrong == []


def test_every_word_of_the_settings_window_is_in_the_template() -> None:
    """The pseudo-language puts brackets around any text, so it does not notice a constant that nobody marked."""
    words = [word for section in SECTIONS for word in (section.title, section.about)]
    words += [word for spec in SPECS for word in (spec.title, spec.hint, *map(spec.name_of, spec.choices)) if word]
    assert sorted({str(word) for word in words} - keys(template())) == []
