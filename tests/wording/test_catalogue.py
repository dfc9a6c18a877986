"""The language is found, sentences are looked up, and a change of language is announced once."""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from numbguard import resources
from numbguard.core.sentence import counted, listed, passage, sentence
from numbguard.wording import catalogue
from numbguard.wording.catalogue import _, ngettext, npgettext, pgettext, translated
from numbguard.wording.catalogue.mo_file import MoFile
from numbguard.wording.catalogue.pseudo import pseudo
from numbguard.wording.languages import translations
from tools.translations.compiled import mo_bytes

POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"


@pytest.fixture(autouse=True)
def own_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """German and Polish, with a few sentences, in a folder of resources of the test's own."""
    for language, made in (("de", german()), ("pl", polish())):
        mo = tmp_path / "locale" / language / "LC_MESSAGES" / "numbguard.mo"
        mo.parent.mkdir(parents=True)
        mo.write_bytes(mo_bytes(made))
    monkeypatch.setattr(resources, "resources", lambda: tmp_path)
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    catalogue.use(catalogue.SYSTEM, system=())
    yield tmp_path
    monkeypatch.undo()
    catalogue.forget()


def german() -> Catalog:
    made = Catalog(locale="de", fuzzy=False)
    made.add("Skip", "Auslassen")
    made.add("{items} and {item}", "{items} und {item}")
    made.add("{file} could not be read ({why}).", "{file} war nicht lesbar ({why}).")
    made.add("it is locked", "gesperrt")
    made.add(("{count} card", "{count} cards"), ("{count} Karte", "{count} Karten"))
    made.add("Left", "Links", context="leg")
    made.add("Left", "Übrig", context="time")
    made.add(("{count} day", "{count} days"), ("{count} Tag", "{count} Tage"), context="streak")
    made.add("Not sure", "Unsicher", flags=("fuzzy",))
    made.add("Not yet", "")
    return made


def polish() -> Catalog:
    made = Catalog(locale="pl", fuzzy=False)
    made.add(("{count} day", "{count} days"), ("{count} dzień", "{count} dni", "{count} dni."))
    return made


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8@euro"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "pl_PL.UTF-8"}, "pl"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "de"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "xx:pl:de"}, "pl"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "en:de"}, "en"),
        ({"LANGUAGE": "../../etc"}, "en"),
        ({"LANGUAGE": "qps"}, "qps"),
    ],
)
def test_the_system_decides_the_language(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue.forget()
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert catalogue.language() == language


def test_a_setting_outweighs_the_system() -> None:
    catalogue.use("de", system=["pl"])
    assert catalogue.language() == "de"
    assert _("Skip") == "Auslassen"
    catalogue.use("system")
    assert catalogue.language() == "pl"


def test_a_sentence_that_is_not_translated_stays_english() -> None:
    catalogue.use("de")
    assert _("Unheard of") == "Unheard of"
    assert _("Not sure") == "Not sure"
    assert _("Not yet") == "Not yet"
    assert _("") == ""
    assert ngettext("{count} cat", "{count} cats", 2) == "{count} cats"


def test_a_word_depends_on_its_context() -> None:
    catalogue.use("de")
    assert (pgettext("leg", "Left"), pgettext("time", "Left"), pgettext("page", "Left")) == ("Links", "Übrig", "Left")
    assert npgettext("streak", "{count} day", "{count} days", 2) == "{count} Tage"


def test_plurals_follow_the_language() -> None:
    catalogue.use("pl")
    forms = [ngettext("{count} day", "{count} days", count).format(count=count) for count in (1, 3, 5, 22)]
    assert forms == ["1 dzień", "3 dni", "5 dni.", "22 dni"]
    catalogue.use("en")
    assert [ngettext("{count} day", "{count} days", count).format(count=count) for count in (0, 1)] == [
        "0 days",
        "1 day",
    ]


def test_a_sentence_from_the_core_is_translated_with_its_values() -> None:
    said = sentence("{file} could not be read ({why}).", file="log.db", why=sentence("it is locked"))
    assert translated(said) == "log.db could not be read (it is locked)."
    catalogue.use("de")
    assert said == "log.db could not be read (it is locked)."
    assert translated(said) == "log.db war nicht lesbar (gesperrt)."
    assert translated(OSError(said)) == "log.db war nicht lesbar (gesperrt)."
    assert translated(counted("{count} card", "{count} cards", 3)) == "3 Karten"
    assert translated("Skip") == "Auslassen"
    assert translated(ValueError("my own words")) == "my own words"
    assert translated(ValueError()) == ""
    assert translated(OSError(2, "No such file")) == "[Errno 2] No such file"


def test_a_sentence_with_an_error_in_it_translates_the_error_too() -> None:
    why = ValueError(sentence("it is locked"))
    said = sentence("{file} could not be read ({why}).", file="log.db", why=why)
    assert said == "log.db could not be read (it is locked)."
    catalogue.use("de")
    assert translated(said) == "log.db war nicht lesbar (gesperrt)."


def test_sentences_in_a_row_and_lists_are_translated_part_by_part() -> None:
    catalogue.use("de")
    unread = sentence("{file} could not be read ({why}).", file="log.db", why=sentence("it is locked"))
    assert translated(passage([unread, "Skip"])) == "log.db war nicht lesbar (gesperrt). Auslassen"
    assert translated(listed(["Skip", "b", "c"])) == "Auslassen, b und c"
    assert translated(sentence("{file} could not be read ({why}).", file=listed("ab"), why="{x}")) == (
        "a und b war nicht lesbar ({x})."
    )
    catalogue.use("en")
    assert translated(listed(["Skip", "b"])) == "Skip and b"


def test_another_language_is_spoken_for_a_moment_and_no_window_is_told() -> None:
    told: list[str] = []
    catalogue.use("de")
    stop = catalogue.watch(lambda: told.append(catalogue.language()))
    with catalogue.speaking("en"):
        assert (_("Skip"), catalogue.language()) == ("Skip", "en")
    with catalogue.speaking("pl"):
        assert catalogue.language() == "pl"
    assert (_("Skip"), catalogue.language()) == ("Auslassen", "de")
    assert told == []
    stop()


def test_a_change_of_language_is_told_once() -> None:
    told: list[str] = []
    stop = catalogue.watch(lambda: told.append(catalogue.language()))
    catalogue.use("en")
    assert told == []
    catalogue.use("de")
    catalogue.use("de")
    assert told == ["de"]
    stop()
    catalogue.use("en")
    assert told == ["de"]


def test_a_damaged_catalogue_leaves_english(own_languages: Path) -> None:
    mo = own_languages / "locale" / "de" / "LC_MESSAGES" / "numbguard.mo"
    whole = mo.read_bytes()
    for damage in (b"", b"no catalogue at all, but long enough", whole[:40]):
        catalogue.use("en")
        mo.write_bytes(damage)
        catalogue.use("de")
        assert catalogue.language() == "en"
        assert _("Skip") == "Skip"


def test_the_standard_library_reads_a_compiled_catalogue_alike(tmp_path: Path) -> None:
    made = Catalog(locale="pl", fuzzy=False)
    for number in range(500):
        made.add(
            f"Sentence {number * 7919 % 500}", f"Zdanie {number}", context=f"c{number % 3}" if number % 2 else None
        )
    made.add(("{count} day", "{count} days"), ("dzień", "dni", "dni."))
    content = mo_bytes(made)
    (tmp_path / "numbguard.mo").write_bytes(content)
    ours, theirs = MoFile(tmp_path / "numbguard.mo"), gettext.GNUTranslations(io.BytesIO(content))
    for message in made:
        if isinstance(message.id, str) and message.id:
            expected = theirs.pgettext(message.context, message.id) if message.context else theirs.gettext(message.id)
            assert ours.find(message.id, message.context) == expected
    for count in range(120):
        theirs_said = theirs.ngettext("{count} day", "{count} days", count)
        assert ours.find_plural("{count} day", "{count} days", count, None) == theirs_said


def test_a_text_can_be_had_in_every_language_at_once() -> None:
    found = translations()
    assert {tag: translate("Skip") for tag, translate in found.items()} == {"de": "Auslassen", "pl": None}
    assert {translate("nobody's sentence") for translate in found.values()} == {None}


def test_the_pseudo_language_brackets_and_lengthens() -> None:
    catalogue.use("qps")
    assert _("Skip") == "⟦Skip ~~⟧"
    assert _("&Undo {n}\n") == "⟦&Undo {n} ~~~~⟧\n"
    assert pseudo(pseudo("Skip")) == pseudo("Skip")
    assert len(pseudo("x" * 100)) == 143
    assert ngettext("{count} day", "{count} days", 2).format(count=2).startswith("⟦2 days ~")
    assert translated(sentence("{file} is gone", file="log.db")).startswith("⟦log.db is gone")


def test_which_languages_are_mirrored() -> None:
    catalogue.use("en")
    assert not catalogue.is_right_to_left()
    assert "ar" in catalogue.RIGHT_TO_LEFT
