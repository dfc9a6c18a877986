"""Lists the visible texts that did not pass through the catalogue, window by window, in the pseudo-language.

``./dev translations --unwrapped`` calls it. It lets each sheet of ``tools/pictures/sheets`` open its windows, with data
in them, and looks at a window at the moment at which the sheet takes its picture.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

SHEETS: Final = (
    "ui_sheet",
    "tray_sheet",
    "card_window",
    "advice_sheet",
    "editor_sheet",
    "form_sheet",
    "history_sheet",
    "insights_sheet",
    "posture_sheet",
    "reader_sheet",
    "relief_sheet",
    "settings_sheet",
)


def main() -> int:
    """Print the texts of each window; returns the exit status: 1 if there are any, or if a sheet failed."""
    total = failed = 0
    for sheet in SHEETS:
        found, _keys, error = look_at(sheet)
        total += len(found)
        failed += bool(error)
        print(f"{sheet}: {len(found)}{' (stopped early: ' + error + ')' if error else ''}")
        for text in found:
            print(f"    {text}")
    print(f"Texts that did not pass through the catalogue: {total}")
    return 1 if total or failed else 0


_LONGEST_WAIT_MS: Final = 60
"""What a sheet may wait for a figure to move, where its words alone are looked at."""


def look_at(sheet: str) -> tuple[list[str], list[str], str]:
    """The unwrapped texts of the windows of one sheet, their doubled access keys, and the last line of any error.

    The keys of the pseudo-language are those of English.
    """
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "texts"
        env = {**os.environ, "LANGUAGE": "qps", "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "tools.translations.unwrapped", sheet, folder, str(result)],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        lines = set(result.read_text(encoding="utf-8").splitlines() if result.exists() else [])
        texts = sorted(line.removeprefix(_TEXT) for line in lines if line.startswith(_TEXT))
        keys = sorted(line.removeprefix(_KEY) for line in lines if line.startswith(_KEY))
        error = (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1] if done.returncode else ""
        return texts, keys, error


_TEXT: Final = "text: "
_KEY: Final = "key: "
"""What the lines of a result begin with."""


def run_sheet(sheet: str, folder: Path, result: Path) -> None:
    """Run a sheet in this process and write what is wrong with each window that it takes a picture of."""
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QImage, QPixmap
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QWidget

    from .visible_texts import doubled_keys, texts_of, unwrapped_part

    found: set[str] = set()

    def look(window: QWidget, _rectangle: QRect | None = None) -> QPixmap:
        whole = window.window()
        found.update(_TEXT + text for text in map(unwrapped_part, texts_of(whole)) if text)
        found.update(map(_KEY.__add__, doubled_keys(whole)))
        return QPixmap(1, 1)  # painting would take most of the time, and nobody looks at the picture

    QWidget.grab = look  # type: ignore[method-assign,assignment]
    QImage.save = QPixmap.save = lambda *_words: True  # type: ignore[method-assign]
    wait = QTest.qWait
    # A figure need not have come far to look at the words beside it.
    QTest.qWait = lambda ms: wait(min(ms, _LONGEST_WAIT_MS))  # type: ignore[method-assign]
    try:
        module = importlib.import_module(f"tools.pictures.sheets.{sheet}")
        if sheet == "card_window":  # its main starts a process for each kind of screen
            module.shoot(folder, "small")
        else:
            module.main(folder)
    finally:
        result.write_text("\n".join(sorted(found)), encoding="utf-8")


if __name__ == "__main__":
    run_sheet(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
