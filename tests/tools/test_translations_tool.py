"""``./dev translations``: what it finds, what it keeps and what it counts."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog

from numbguard.wording.catalogue.guide_blocks import blocks
from tools.translations.__main__ import changes, counts, keys, update, write
from tools.translations.compiled import catalogue_of, mo_bytes
from tools.translations.extract import template


def test_cards_guide_launcher_and_software_centre_are_in_the_template() -> None:
    found = keys(template())
    assert {"Calf stretch at the wall", "The daily routine", "Sitting, standing, driving, sleeping"} <= found
    assert {"Log numbness", "Movement breaks, and a private log of numbness"} <= found
    assert any(entry.startswith("[Put the same weight on both feet]") for entry in found)


def test_a_page_is_cut_into_blocks() -> None:
    page = "# Title\n\nA paragraph\nof two lines.\n\n- one\n  and more\n- two\n\n1. **First** of all\n"
    assert [(block.mark, block.message) for block in blocks(page) if block.message] == [
        ("# ", "Title"),
        ("", "A paragraph of two lines."),
        ("- ", "one and more"),
        ("- ", "two"),
        ("1. ", "**First** of all"),
    ]


def test_an_update_keeps_what_fits_and_marks_what_changed(tmp_path: Path) -> None:
    po = tmp_path / "de" / "LC_MESSAGES" / "numbguard.po"
    before = Catalog(locale="de", fuzzy=False)
    before.add("Skip", "Auslassen")
    before.add("Stand up and walk about for a moment", "Stehen Sie auf und gehen Sie kurz umher")
    before.add("Gone", "Weg")
    write(before, po)
    now = Catalog(fuzzy=False)
    for message in ("Skip", "Stand up and walk about for a minute", "New"):
        now.add(message)
    update(po, now)
    after = catalogue_of(po)
    assert keys(after) == keys(now)
    assert counts(after, keys(now)) == (1, 1)
    assert b"umher" not in mo_bytes(after)
    assert changes(now, after) == []
