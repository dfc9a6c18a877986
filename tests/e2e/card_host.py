"""Programs for the tests of the card's window: one that shows a card as it starts, and one that is typed into.

``python -m tests.e2e.card_host card|firm|letter``. The card program writes each answer it gets as ``said NAME``, the
letter what it holds as ``letter TEXT``. Both end when they are ended.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from numbguard.core.model import Action, Style
from numbguard.store.library import Library
from numbguard.ui.break_window import BreakWindow

_CARDS = Path(__file__).parents[2] / "resources" / "cards"


def show_card(style: Style) -> None:
    began = monotonic()
    cards = iter(("calf-wall", "quad", "short-walk"))

    def heard(action: Action) -> None:
        print("said", action.value, flush=True)
        if action is Action.DONE:
            stage.ask_after()
        elif action is Action.ANOTHER:
            stage.change(next(cards))
        else:
            stage.close()

    stage = BreakWindow(
        card_of=Library(_CARDS).card,
        say=heard,
        elapsed=lambda: monotonic() - began,
        snooze_s=lambda: 300.0,
    )
    stage.open("seated-hamstring", duration_s=120.0, style=style, can_snooze=True)


def write_letter() -> QLineEdit:
    letter = QLineEdit()
    letter.setWindowTitle("Letter")
    letter.setGeometry(100, 100, 400, 60)
    letter.textChanged.connect(lambda text: print("letter", text, flush=True))
    letter.show()
    return letter


def main(what: str) -> None:
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    letter = write_letter() if what == "letter" else None
    if letter is None:
        QTimer.singleShot(0, lambda: show_card(Style.FIRM if what == "firm" else Style.STANDARD))
    app.exec()


if __name__ == "__main__":
    main(sys.argv[1])
