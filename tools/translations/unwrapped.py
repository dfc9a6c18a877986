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
        found, error = look_at(sheet)
        total += len(found)
        failed += bool(error)
        print(f"{sheet}: {len(found)}{' (stopped early: ' + error + ')' if error else ''}")
        for text in found:
            print(f"    {text}")
    print(f"Texts that did not pass through the catalogue: {total}")
    return 1 if total or failed else 0


_LONGEST_WAIT_MS: Final = 60
"""What a sheet may wait for a figure to move, where its words alone are looked at."""


def look_at(sheet: str, *, keys_in: str = "") -> tuple[list[str], str]:
    """The texts of the windows of one sheet, and the last line of its error if it failed.

    ``keys_in``: a language, such as ``de``; the access keys that are there twice in it, instead of texts.
    """
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "texts"
        env = {**os.environ, "LANGUAGE": keys_in or "qps", "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "1"}
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "tools.translations.unwrapped",
                sheet,
                folder,
                str(result),
                "keys" if keys_in else "texts",
            ],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        texts = result.read_text(encoding="utf-8").splitlines() if result.exists() else []
        error = (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1] if done.returncode else ""
        return sorted(set(texts)), error


def run_sheet(sheet: str, folder: Path, result: Path, *, keys: bool) -> None:
    """Run a sheet in this process and write what is wrong with each window that it takes a picture of.

    ``keys``: its doubled access keys; otherwise its unwrapped texts.
    """
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPixmap
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QWidget

    from .visible_texts import doubled_keys, texts_of, unwrapped_part

    found: set[str] = set()
    grab = QWidget.grab

    def look_and_grab(window: QWidget, rectangle: QRect | None = None) -> QPixmap:
        whole = window.window()
        found.update(doubled_keys(whole) if keys else filter(None, map(unwrapped_part, texts_of(whole))))
        return grab(window) if rectangle is None else grab(window, rectangle)

    QWidget.grab = look_and_grab  # type: ignore[method-assign]
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
    run_sheet(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), keys="keys" in sys.argv[4:])
