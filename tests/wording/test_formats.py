"""Dates, times, numbers and lists follow the language and the country."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from babel import dates, lists, numbers
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from numbguard import resources
from numbguard.wording import catalogue, formats
from tools.translations.compiled import compile_all, mo_bytes, po_files
from tools.translations.formats import formats_of

AT = datetime(2026, 11, 2, 15, 5, tzinfo=UTC)
OTHERS = [datetime(2026, *rest, tzinfo=UTC) for rest in ((1, 31, 0, 0), (6, 9, 12, 30), (2, 28, 9, 59))]
LOCALES = ("en_GB", "en_US", "en_DE", "en_CA", "de_DE", "de_AT", "ar_EG", "ar_MA")


@pytest.fixture(autouse=True)
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English, German and Arabic, without any sentence."""
    for language in ("de", "ar"):
        po = tmp_path / "locale" / language / "LC_MESSAGES" / "numbguard.po"
        po.parent.mkdir(parents=True)
        with po.open("wb") as file:
            write_po(file, Catalog(locale=language, fuzzy=False))
    assert len(po_files(tmp_path / "locale")) == 2
    assert mo_bytes(Catalog())
    compile_all(tmp_path / "locale")
    monkeypatch.setattr(resources, "resources", lambda: tmp_path)
    formats.forget()
    yield
    monkeypatch.undo()
    formats.forget()
    catalogue.forget()


def speak(locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LC_ALL", f"{locale}.UTF-8")
    catalogue.forget()
    assert formats.locale_name() == locale


@pytest.mark.parametrize("locale", LOCALES)
def test_it_is_written_as_babel_writes_it(locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(locale, monkeypatch)
    for at in (AT, *OTHERS):
        assert formats.clock(at) == dates.format_time(at, "short", locale=locale)
        assert formats.clock(at.time()) == formats.clock(at)
        assert formats.full_date(at) == dates.format_date(at, "long", locale=locale)
        assert formats.short_date(at.date()) == dates.format_date(at, "medium", locale=locale)
        assert formats.day(at) == dates.format_skeleton("MMMMd", at, locale=locale)
        assert formats.short_day(at) == dates.format_skeleton("MMMd", at, locale=locale)
        assert formats.month(at) == dates.format_skeleton("yMMMM", at, locale=locale)
        assert formats.weekday(at) == dates.format_date(at, "EEEE", locale=locale)
    for items in ([], ["a"], ["a", "{b}"], ["a", "b", "c"], ["a", "b", "c", "d"]):
        assert formats.listed(items) == lists.format_list(items, "standard", locale=locale)
        assert formats.alternatives(items) == lists.format_list(items, "or", locale=locale)
    assert formats.number(1234567) == numbers.format_decimal(1234567, locale=locale)
    assert formats.number(1234.5, 1) == numbers.format_decimal(1234.5, "#,##0.0", locale=locale)
    assert formats.percent(0.45) == numbers.format_percent(0.45, locale=locale)


def test_british_english_needs_no_file() -> None:
    entries = formats_of("en")
    british = {**entries["en"], **entries["en_GB"]}
    assert {
        key: list(value) if isinstance(value, tuple) else value for key, value in formats.BRITISH.items()
    } == british


def test_english_on_other_desktops(monkeypatch: pytest.MonkeyPatch) -> None:
    speak("en_US", monkeypatch)
    assert (formats.clock(time(15, 5)), formats.has_twelve_hours(), formats.first_weekday()) == (
        "3:05\u202fPM",
        True,
        6,
    )
    assert formats.full_date(date(2026, 11, 2)) == "November 2, 2026"
    speak("en_DE", monkeypatch)
    assert (formats.clock(AT), formats.number(1234.5, 1), formats.first_weekday()) == ("15:05", "1.234,5", 0)


def test_without_a_country_the_language_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    for name in ("LC_ALL", "LC_TIME", "LANG"):
        monkeypatch.setenv(name, "C.UTF-8")
    catalogue.forget()
    assert (formats.locale_name(), formats.full_date(AT), formats.short_weekday(0)) == ("de", "2. November 2026", "Mo")
    assert formats.narrow_weekday(date(2026, 11, 2)) == "M"


def test_without_compiled_formats_it_is_british(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locale" / "en" / "formats.json").unlink()
    speak("en_US", monkeypatch)
    assert formats.clock(AT) == "15:05"


def test_commas_and_semicolons_are_those_of_the_language() -> None:
    parts = ["a", "b", "c"]
    assert (formats.enumerated(parts), formats.clauses(parts)) == ("a, b, c", "a; b; c")
    catalogue.use("ar")
    assert (formats.enumerated(parts), formats.clauses(parts)) == ("a، b، c", "a؛ b؛ c")
    assert formats.listed(parts) == "a وb وc"


def test_a_persons_own_words_keep_their_direction_within_a_sentence() -> None:
    assert formats.own_words("The lower chair.") == "The lower chair."
    catalogue.use("ar")
    assert formats.own_words("The lower chair.") == "\u2068The lower chair.\u2069"
