"""The picture matrix: every window in every condition under which it has to be good, on one sheet for each window.

``./dev pictures`` writes the sheets into ``docs/pictures/matrix``; ``python -m tools.pictures.matrix OUT_DIR [--only
WINDOW]…`` writes some of them. A row of a sheet is a condition: light and dark, large letters, small screens, right to
left. It also prints each window that is larger than its screen, and each text that is cut.

``CONDITIONS`` and ``THEMES`` are tables: a condition or a theme more is one row, and a window more is one row of
``in_languages.WINDOWS``. Qt learns of its screens when it starts, so each condition is drawn by a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")  # the other programs here draw larger

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

from numbguard.core.settings.choices import Theme
from numbguard.ui.widgets import theme
from tools.pictures import in_languages
from tools.pictures.few_colours import save
from tools.pictures.sheets import ui_sheet
from tools.translations.cut_texts import cut_texts

USUAL: Final = (1366, 768)
"""Pixels of the screen where a condition names no other: the most frequent laptop's."""


def _ground(colour: str) -> Callable[[], None]:
    """A desktop whose windows have this colour, from which the theme is chosen."""
    return lambda: QApplication.setPalette(QPalette(QColor(colour)))


def _white_on_black() -> None:
    QApplication.setPalette(QPalette(QColor("#202020")))
    theme.choose(Theme.HIGH_CONTRAST)


THEMES: Final[Mapping[str, Callable[[], None]]] = {
    "light": _ground("#f0f0f0"),
    "dark": _ground("#202020"),
    "high contrast": lambda: theme.choose(Theme.HIGH_CONTRAST),
    "high contrast, dark": _white_on_black,
}
"""What makes windows take a theme, by its name."""


@dataclass(frozen=True, slots=True)
class Condition:
    name: str
    theme: str = "light"
    letters: float = 1.0
    screen: tuple[int, int] = USUAL
    language: str = "en"

    @property
    def scale(self) -> float:
        """How large Qt draws the windows: letters on a sheet have one height in every condition.

        A picture made smaller after it was drawn would be blurred, and yet a larger file.
        """
        return _SCALE / self.letters


_SCALE: Final = 0.75
"""How large a window with letters of the usual size is on a sheet."""

CONDITIONS: Final = (
    Condition("light"),
    Condition("dark", theme="dark"),
    Condition("high contrast", theme="high contrast"),
    Condition("high contrast, dark", theme="high contrast, dark"),
    Condition("letters 200 %, 1920 × 1080", letters=2.0, screen=(1920, 1080)),
    Condition("letters 150 %, 1024 × 600", letters=1.5, screen=(1024, 600)),
    Condition("800 × 480", screen=(800, 480)),
    Condition("right to left", language="ar"),
)


PAGES: Final[Mapping[str, tuple[int, ...]]] = {
    "panel": (0, 1, 2, 7),
    "nudge": (0,),
    "settings": (0, 3, 9, 11, 16),
    "advice": (0, 1, 2),
    "card": (0, 2, 3),
    "stretches": (0, 1),
}
"""The pages on the sheets of windows that have too many, or that another sheet has: numbers of what a row of
``WINDOWS`` yields."""

REPORT: Final = "report"
"""It is drawn on paper, so only its languages differ."""
SHEETS: Final = (*in_languages.WINDOWS, REPORT)
_WIDEST: Final = 640
"""Pixels; a wider window is made smaller."""
_PAPER_WIDTH: Final = 1500
"""Pixels of the report's pages beside one another."""
_GAP: Final = 22


# --- one condition, in a process of its own ---------------------------------------------------------------------------


def draw(condition: Condition, names: Sequence[str], into: Path) -> None:
    """Draw the windows in the condition that this process was started for, as ``<window>-<page>.png``."""
    app = QApplication.instance() or QApplication([])
    ui_sheet.PANEL_ROOM = None  # the screen is the condition's
    THEMES[condition.theme]()
    in_languages.speak(condition.language, letters=condition.letters)
    for name in names:
        if name == REPORT:
            _report(into)
            continue
        with tempfile.TemporaryDirectory() as folder:
            for number, window in enumerate(in_languages.opened(name, Path(folder))):
                if name in PAGES and number not in PAGES[name]:
                    continue
                for complaint in _bring_onto_screen(window):
                    print(f"{condition.name}: {name} {number}: {complaint}", flush=True)
                picture = window.grab().toImage()
                picture.setDevicePixelRatio(1)
                picture.save(str(into / f"{name}-{number:02}.png"))
    del app


def _bring_onto_screen(window: QWidget) -> Iterator[str]:
    """Make a window no larger than its screen, as a window manager would; yields what is wrong with it then."""
    room = QGuiApplication.primaryScreen().availableSize()
    if window.width() > room.width() or window.height() > room.height():
        window.resize(window.size().boundedTo(room))
        in_languages.settle()
    size = window.size()
    if size.width() > room.width() or size.height() > room.height():
        yield f"{size.width()} × {size.height()} is larger than the screen, {room.width()} × {room.height()}"
    yield from cut_texts(window)


def _report(into: Path) -> None:
    pages = into / f"{REPORT}-00.png"
    in_languages.report(pages)


# --- the sheets -------------------------------------------------------------------------------------------------------


def _in_its_process(condition: Condition, names: Sequence[str], into: Path) -> str:
    """Draw the windows in another process, which has the condition's screen; returns what it printed."""
    width, height = (round(side * condition.scale) for side in condition.screen)
    screen = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
    config = into / "screen.json"
    config.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    number = CONDITIONS.index(condition)
    command = [sys.executable, "-m", "tools.pictures.matrix", str(into), "--draw", str(number)]
    for name in names:
        command += ["--only", name]
    done = subprocess.run(
        command,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": f"offscreen:configfile={config}",
            "QT_SCALE_FACTOR": f"{condition.scale}",
            "LANG": "en_GB.UTF-8",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"{condition.name}: {done.stderr}")
    return done.stdout


def sheet(name: str, rows: Sequence[tuple[Condition, list[QImage]]]) -> QImage:
    """The pictures of one window, a row for each condition, with its name above."""
    widest = _PAPER_WIDTH if name == REPORT else _WIDEST
    rows = [(condition, [_smaller(one, widest) for one in pictures]) for condition, pictures in rows if pictures]
    label = QFont(QApplication.font())
    label.setPixelSize(15)
    width = max(sum(one.width() + _GAP for one in pictures) for _condition, pictures in rows) + _GAP
    heights = [max(one.height() for one in pictures) + 2 * _GAP for _condition, pictures in rows]
    whole = QImage(width, sum(heights) + _GAP, QImage.Format.Format_RGB32)
    whole.fill(QColor("#8a989b"))
    painter = QPainter(whole)
    painter.setFont(label)
    y = _GAP
    for (condition, pictures), height in zip(rows, heights, strict=True):
        painter.setPen(QColor("#10181a"))
        painter.drawText(QRect(_GAP, y - 16, width, 20), Qt.AlignmentFlag.AlignLeft, f"{name}: {condition.name}")
        x = _GAP
        for one in pictures:
            at = QPoint(x, y + 8)
            painter.drawImage(at, one)
            painter.setPen(QPen(QColor("#5f6d70"), 1))
            painter.drawRect(QRect(at, one.size()).adjusted(-1, -1, 0, 0))
            x += one.width() + _GAP
        y += height
    painter.end()
    return whole


def _smaller(picture: QImage, widest: int) -> QImage:
    if picture.width() <= widest:
        return picture
    size: QSize = picture.size() * (widest / picture.width())
    return picture.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def main() -> int:
    words = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    words.add_argument("out", type=Path)
    words.add_argument("--only", action="append", choices=SHEETS, help="only this window")
    words.add_argument("--draw", type=int, help=argparse.SUPPRESS)
    asked = words.parse_args()
    names = asked.only or SHEETS
    if asked.draw is not None:
        draw(CONDITIONS[asked.draw], names, asked.out)
        return 0
    app = QApplication.instance() or QApplication([])
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / str(number) for number in range(len(CONDITIONS))]
        for condition, folder in zip(CONDITIONS, folders, strict=True):
            folder.mkdir()
            on_paper = condition.language != "en" or condition == CONDITIONS[0]
            wanted = [one for one in names if one != REPORT or on_paper]
            print(_in_its_process(condition, wanted, folder) if wanted else "", end="", flush=True)
        for one in names:
            taken = [[QImage(str(path)) for path in sorted(folder.glob(f"{one}-[0-9]*.png"))] for folder in folders]
            whole = sheet(one, list(zip(CONDITIONS, taken, strict=True)))
            save(whole, asked.out / f"{one}.png")
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main())
