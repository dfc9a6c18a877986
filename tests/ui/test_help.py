"""When to get help: the page is complete, plain, and there whatever happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTextBrowser

from numbguard.ui.help import HelpWindow, page

# Qt's offscreen platform owns up to what it cannot do; a desktop can.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _section(title: str) -> str:
    return re.split(r"^## ", page(), flags=re.MULTILINE)[[*_titles()].index(title) + 1]


def _titles() -> list[str]:
    return re.findall(r"^## (.+)$", page(), flags=re.MULTILINE)


@pytest.mark.parametrize(
    "sign",
    [
        "saddle",
        "inner\n  thighs",
        "bladder or bowel",
        "both legs",
        "whole leg",
        "one whole side",
        "after you have moved",
        "spreading fast",
        "severe or getting worse",
        "face",
        "speech",
        "trouble seeing",
        "injury",
        "swollen, warm and painful",
        "your local emergency number",
    ],
)
def test_every_red_flag_is_under_get_help_at_once(sign: str) -> None:
    assert sign in _section("Get help at once")


@pytest.mark.parametrize("sign", ["lasts", "getting worse", "keeps coming back", "pain or weakness", "no clear cause"])
def test_what_a_doctor_should_see_soon(sign: str) -> None:
    assert sign in _section("See a doctor soon")


def test_no_emergency_number_is_invented_and_no_diagnosis_made() -> None:
    assert not re.search(r"\d{3}", page())
    assert "not a diagnosis" in page()


def test_the_page_names_the_section_it_rests_on() -> None:
    assert "Targeted Interventions for Persistent Numbness: When to Seek Professional Guidance" in page()


def test_the_page_reads_well_as_plain_text() -> None:
    """``numbguard red-flags`` prints the file as it is: headings and lists, no other marks, lines that fit."""
    for line in page().splitlines():
        assert len(line) <= 120
        assert not re.search(r"[*_`<>\[\]|]", line)


def test_the_window_shows_it_and_closes_by_keyboard(qtbot) -> None:
    window = HelpWindow()
    qtbot.addWidget(window)
    window.present()
    text = window.findChild(QTextBrowser)
    assert "Get help at once" in text.toPlainText()
    assert window.windowTitle() == text.accessibleName() == "When to get help"
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert not window.isVisible()
    window.present()
    window.findChild(QPushButton).click()
    assert not window.isVisible()


def test_a_page_that_cannot_be_read_still_says_what_matters(qtbot, tmp_path: Path) -> None:
    window = HelpWindow(tmp_path / "gone.md")
    qtbot.addWidget(window)
    assert "call your local emergency number" in window.findChild(QTextBrowser).toPlainText().replace("\n", " ")
