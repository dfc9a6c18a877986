"""The picture matrix: a row for each condition, and few colours that are those of the windows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from tools.desktop.app_process import CHECKOUT
from tools.pictures import in_languages
from tools.pictures.few_colours import with_few_colours
from tools.pictures.matrix import CONDITIONS, PAGES, SHEETS, THEMES, sheet


def test_every_window_has_a_sheet_and_every_condition_a_theme() -> None:
    assert set(in_languages.WINDOWS) < set(SHEETS)
    assert set(PAGES) < set(SHEETS)
    assert {condition.theme for condition in CONDITIONS} <= set(THEMES)
    assert len({condition.name for condition in CONDITIONS}) == len(CONDITIONS)


def test_a_sheet_has_a_row_for_each_condition_that_was_drawn(qapp: QApplication) -> None:
    def picture(width: int) -> QImage:
        made = QImage(width, 100, QImage.Format.Format_RGB32)
        made.fill(QColor("#2f7f86"))
        return made

    one, two, three = CONDITIONS[:3]
    narrow = sheet("panel", [(one, [picture(200)]), (two, []), (three, [picture(200)])])
    wide = sheet("panel", [(one, [picture(200), picture(900)])])
    assert narrow.height() > wide.height() and narrow.width() < wide.width() < 1000
    few = with_few_colours(narrow)
    assert few.format() is QImage.Format.Format_Indexed8
    middle = few.pixelColor(few.width() // 2, few.height() // 4)
    assert middle.name() == "#2f7f86"


def test_a_window_is_drawn_in_every_condition(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tools.pictures.matrix", str(tmp_path), "--only", "erase"]
    done = subprocess.run(command, cwd=CHECKOUT, env=os.environ, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    drawn = QImage(str(tmp_path / "erase.png"))
    assert drawn.height() > 1500 and (tmp_path / "erase.png").stat().st_size < 200_000
