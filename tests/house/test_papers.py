"""The papers for developers name files and folders that are there, and the table of rooms names every room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PAPERS = [CHECKOUT / "CONTRIBUTING.md", CHECKOUT / "docs" / "ARCHITECTURE.md"]
PAPERS += sorted((CHECKOUT / "docs" / "decisions").glob("*.md"))
PLACE = re.compile(r"`((?:numbguard|tests|tools|resources|docs|packaging)/[\w./-]*)`")
LINK = re.compile(r"\]\(([\w./-]+)\)")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_file_and_folder_that_a_paper_names_is_there(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    named = {CHECKOUT / place for place in PLACE.findall(text)} | {paper.parent / link for link in LINK.findall(text)}
    assert [str(place) for place in sorted(named) if not place.exists()] == []


def test_the_way_to_add_each_thing_names_the_files_to_touch() -> None:
    text = (CHECKOUT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    ways = text.partition("## How to add…")[2].partition("\n## ")[0].split("\n- **")[1:]
    assert [way.partition("**")[0].split(",")[0] for way in ways] == [
        "a card",
        "a setting",
        "a sense",
        "a desktop to be tried",
        "a player or a voice",
        "a method or a signal on D-Bus",
        "a way to have hot keys",
        "a window",
        "an insight",
        "a field of an episode",
    ]
    assert all(len(PLACE.findall(way)) >= 3 for way in ways)


def test_the_table_of_rooms_names_every_room() -> None:
    text = (CHECKOUT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = [folder.parent.relative_to(CHECKOUT).as_posix() for folder in CHECKOUT.glob("numbguard/*/__init__.py")]
    assert [room for room in rooms if f"| `{room}/` |" not in text] == []
    inner = {folder.parent.name for folder in CHECKOUT.glob("numbguard/*/*/**/__init__.py")}
    assert [name for name in sorted(inner) if f"`{name}`" not in text and f"/{name}/`" not in text] == []
