"""The sentences of the catalogue call one thing by one name and write its signs in one way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from numbguard.wording import formats

ROOT = Path(__file__).parents[2]
SYNONYMS = "numbguard/ui/settings/search.py"
SENTENCES = ROOT / "resources" / "locale" / "numbguard.pot"


def sentences() -> Iterator[str]:
    """The English of the program itself; the guide and the cards quote what others have written."""
    with SENTENCES.open("rb") as file:
        for message in read_po(file):
            places = [place for place, _line in message.locations]
            # The search of the settings knows by which other words people look for things.
            of_the_program = any(place.startswith("numbguard/") and place != SYNONYMS for place in places)
            if message.id and of_the_program:
                yield from message.id if isinstance(message.id, tuple) else (message.id,)


def test_the_catalogue_is_read() -> None:
    assert sum(1 for _one in sentences()) > 1500


@pytest.mark.parametrize(
    ("forbidden", "instead"),
    [
        (r"\b(attack|incident)s?\b", "episode"),
        (r"\bred.flags?\b|\bdanger signs?\b|\bsigns? of danger\b", "warning sign"),
        (r"\bannouncements?\b|\bis announced\b", "reminder"),
        (r"\bspells?\b of sitting|\bsitting spells?\b|\blongest spell\b", "sitting"),
        (r"\bexercises?\b(?! your physio)", "card, or stretch"),
        (r"\b(at|by) a wall\b", "against a wall"),
        (r"\bon my chair\b|^Seated$", "on a chair"),
        (r"\bwhich app\b|\bto apps\b|\blet apps\b|\bthese apps\b", "program"),
        (r"\btake(n)? back\b", "undo"),
        (r"\bnot today\b.*\breminders\b|\bput off\b.*\bbreak\b$", "snooze, or pause"),
        (r"\bplease wait\b|\bpatien(t|ce)\b(?! recorded)|\btake a (while|moment)\b|\bhang on\b", "nothing: do it"),
    ],
)
def test_one_thing_has_one_name(forbidden: str, instead: str) -> None:
    found = [one for one in sentences() if re.search(forbidden, one, re.IGNORECASE)]
    assert not found, f"say “{instead}”"


def test_one_dash() -> None:
    """“–” with a space on each side in a sentence or a title, without between two times; “—” only for no value."""
    for one in sentences():
        assert "—" not in one, one
        assert " - " not in one.replace("; - reads", ""), one  # an argument that is “-”
        assert "--" not in re.sub(r"--[a-z]", "", one), one
        for dash in re.finditer("–", one):
            before, after = one[dash.start() - 1 : dash.start()], one[dash.end() : dash.end() + 1]
            assert (before == " ") is (after == " "), one


def test_one_ellipsis_one_apostrophe_one_per_cent() -> None:
    for one in sentences():
        assert "..." not in one, one
        assert " …" not in one, one
        assert "’" not in one and "‘" not in one, one
        assert not re.search(r"(\d|\}) %(?![a-z(])", one), one


def test_what_is_not_there_is_the_same_sign_everywhere() -> None:
    assert formats.NOTHING == "—"
    alone = re.compile(r"""(?:or|else) \(?(["'])[-–—]\1(?!\.)|\{[^{}]* or (["'])[-–—]\2""")
    for path in (ROOT / "numbguard").rglob("*.py"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if alone.search(line) and path.name != "formats.py":
                pytest.fail(f"{path.relative_to(ROOT)}:{number}: say formats.NOTHING, not {line.strip()}")


def test_a_button_that_shows_something_at_once_asks_for_nothing_more() -> None:
    """“…” says that more is needed from the person before anything happens."""
    shows = {"insights", "history", "settings", "guide", "stretches", "versions", "advice", "my cards and routines"}
    for one in sentences():
        assert not (one.endswith("…") and one[:-1].replace("&", "").lower() in shows), one
