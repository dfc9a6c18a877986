"""`docs/GUIDE.md` names the files that cover each part of the guide; these tests check that it is right."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from numbguard.core.guide.pages import place_of
from numbguard.core.guide.sections import GuideSection

ROOT = Path(__file__).resolve().parents[2]
CARDS = sorted((ROOT / "resources" / "cards").glob("*.toml"))


@dataclass(frozen=True, slots=True)
class Row:
    part: str
    sections: tuple[str, ...]
    files: tuple[str, ...]


def rows() -> list[Row]:
    found = []
    for line in (ROOT / "docs" / "GUIDE.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and not set(cells[0]) <= set("-: ") and "`" in cells[2]:
            found.append(Row(cells[0], *(tuple(re.findall(r"`([^`]+)`", cell)) for cell in cells[1:])))
    return found


def test_the_table_is_there() -> None:
    assert len(rows()) >= 9


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.part[:40])
def test_every_row_names_files_that_exist(row: Row) -> None:
    assert row.files
    for name in row.files:
        assert (ROOT / name).is_file(), f"“{row.part}” is said to live in {name}, which does not exist"


def test_every_section_of_the_guide_has_one_row() -> None:
    named = [section for row in rows() for section in row.sections]
    assert sorted(named) == sorted(section.value for section in GuideSection)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.part[:40])
def test_the_page_that_tells_a_section_is_in_its_row(row: Row) -> None:
    for section in row.sections:
        assert f"resources/guide/{place_of(GuideSection(section)).page.value}.md" in row.files


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.stem)
def test_every_card_rests_on_a_section_that_exists_or_names_its_own_source(path: Path) -> None:
    card = tomllib.loads(path.read_text(encoding="utf-8"))
    if "section" not in card:
        page = (ROOT / "docs" / "GUIDE.md").read_text(encoding="utf-8")
        assert f"| {card['title']} | {card['source']} |" in page
        return
    assert card["section"] in {each.value for each in GuideSection}, (
        f"{path.name} rests on “{card['section']}”, which the guide does not have"
    )


@pytest.mark.parametrize("slug", ["chin-tuck", "desk-push-up", "look-away", "shoulder-rolls"])
def test_a_card_of_which_the_guide_has_nothing_names_no_section_of_it(slug: str) -> None:
    card = tomllib.loads((ROOT / "resources" / "cards" / f"{slug}.toml").read_text(encoding="utf-8"))
    assert "section" not in card
    assert card["source"]
    assert not any(f"resources/cards/{slug}.toml" in row.files for row in rows())
