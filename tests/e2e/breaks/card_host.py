"""Programs for the tests of the card's window: one shows a card when it starts, and one accepts typing.

``python -m tests.e2e.breaks.card_host card|firm|slow-firm|letter|locker``. The card program prints each answer it gets
as ``said NAME``. With a firm break it also prints ``grabs`` and ``grabs no longer`` the keyboard, ``heeds keys`` when
keys count, ``has the keyboard`` and ``lost the keyboard``, and ``asks`` and ``asks no longer`` about leaving.
``slow-firm`` is a firm break that swallows keys for a minute. The letter program prints its text as ``letter TEXT``;
the locker, which grabs the keyboard as a screen locker does, prints ``locked`` once it has it. All run until they are
terminated.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QLineEdit

from numbguard.core.breaks.messages import Action
from numbguard.core.cards.cards import Card
from numbguard.core.cards.routines import RoutinePart
from numbguard.core.settings.choices import Style
from numbguard.store.cards.library import Library
from numbguard.ui.card.firm import keyboard_hold
from numbguard.ui.card.firm.firm_window import FirmCardWindow
from numbguard.ui.card.stage import BreakCardStage

SLOW_MS = 60_000
"""Milliseconds for which the slow firm break swallows keys."""

_CARDS = Path(__file__).parents[3] / "resources" / "cards"


class Break:
    """A break without an engine; only its answers move it on."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._held_at: float | None = None
        self._others = iter(("calf-wall", "quad", "short-walk"))
        self._library = Library(_CARDS)
        self.stage = BreakCardStage(self, self, self)

    def elapsed(self) -> float:
        return (monotonic() if self._held_at is None else self._held_at) - self._began

    def snooze_s(self) -> float:
        return 300.0

    def act(self, action: Action) -> str | None:
        print("said", action.value, flush=True)
        if action is Action.DONE:
            self.stage.ask_after()
        elif action is Action.ANOTHER:
            self.stage.change(next(self._others))
        else:
            self.stage.close()
        return None

    def turn_card(self, to_s: float) -> str | None:
        self._began = (monotonic() if self._held_at is None else self._held_at) - to_s
        print("turned", round(to_s), flush=True)
        return None

    def hold_card(self, *, held: bool) -> str | None:
        if held:
            self._held_at = monotonic()
        elif self._held_at is not None:
            self._began += monotonic() - self._held_at
            self._held_at = None
        print("held", held, flush=True)
        return None

    def is_card_held(self) -> bool:
        return self._held_at is not None

    def card(self, slug: str) -> Card | None:
        return self._library.card(slug)

    def reason_for(self, slug: str) -> str:
        return ""

    def parts_of(self, card: str) -> Sequence[RoutinePart]:
        return ()


def show_card(style: Style) -> None:
    Break().stage.open("seated-hamstring", duration_s=120.0, style=style, can_snooze=True)


class Watch:
    """Prints what a firm break's window does with the keyboard, so that a test waits for it instead of for a time."""

    def __init__(self) -> None:
        self._said = dict.fromkeys(_NO_LONGER, False)
        self._looks = QTimer(interval=10)
        self._looks.timeout.connect(self._look)
        self._looks.start()

    def _look(self) -> None:
        window = next((one for one in QApplication.topLevelWidgets() if isinstance(one, FirmCardWindow)), None)
        hold = window._hold if window else None
        if window is None or hold is None:
            return
        focus = QApplication.focusWindow()
        # While the keyboard is grabbed, Qt believes that the window has the focus.
        has_it = focus is not None and focus is window.windowHandle() and not hold._grabs
        now = {
            "grabs": hold._grabs,
            "heeds keys": not hold._swallows.isActive(),
            "has the keyboard": has_it,
            "asks": window._bar.asks,
        }
        for words, is_so in now.items():
            if is_so != self._said[words]:
                print(words if is_so else _NO_LONGER[words], flush=True)
        self._said = now


_NO_LONGER = {
    "grabs": "grabs no longer",
    "heeds keys": "heeds no keys",
    "has the keyboard": "lost the keyboard",
    "asks": "asks no longer",
}


def write_letter() -> QLineEdit:
    letter = QLineEdit()
    letter.setWindowTitle("Letter")
    letter.setGeometry(100, 100, 400, 60)
    letter.textChanged.connect(lambda text: print("letter", text, flush=True))
    letter.show()
    return letter


def lock() -> QWindow:
    window = QWindow()
    window.setFlags(Qt.WindowType.X11BypassWindowManagerHint)
    window.setGeometry(0, 0, 1, 1)
    window.show()

    def grab() -> None:
        if window.setKeyboardGrabEnabled(True):
            print("locked", flush=True)
        else:
            QTimer.singleShot(20, grab)

    QTimer.singleShot(20, grab)
    return window


def main(what: str) -> None:
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    other = write_letter() if what == "letter" else lock() if what == "locker" else None
    watch = None
    if other is None:
        is_firm = what != "card"
        if what == "slow-firm":
            keyboard_hold.SWALLOWS_MS = SLOW_MS
        watch = Watch() if is_firm else None
        QTimer.singleShot(0, lambda: show_card(Style.FIRM if is_firm else Style.STANDARD))
    app.exec()
    del other, watch


if __name__ == "__main__":
    main(sys.argv[1])
