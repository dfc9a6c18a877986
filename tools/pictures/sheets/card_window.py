"""Pictures of the card window in its states, for the docs and for review.

``python -m tools.pictures.sheets.card_window OUT_DIR``

They show light and dark, enlarged and paused, the firm style, the question afterwards, an unreadable card, the longest
text a card may have, a small screen, and 200 %. Each kind of screen needs a process of its own, because Qt reads the
screen only once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt

from numbguard.core.cards.cards import Card
from numbguard.core.cards.table_reader import CardError
from numbguard.core.settings.choices import Style
from numbguard.resources import resource
from numbguard.store.cards.library import Library
from tools.pictures.few_colours import save

_LIGHT, _DARK = "#f0f0f0", "#202020"
_CARDS = resource("cards")


class _Shoot:
    """Takes one break window on Qt's offscreen platform through its states."""

    def __init__(self, out: Path, kind: str) -> None:
        from PySide6.QtGui import QColor, QPalette
        from PySide6.QtWidgets import QApplication

        from numbguard.ui.card.stage import BreakCardStage
        from tests.ui.card.card_stage import Deck, Run

        self._app = QApplication.instance() or QApplication([])
        self._out, self._kind = out, kind
        self._run, deck = Run(), Deck()
        self._library = Library(_CARDS)
        self._change: Callable[[Card], Card] = lambda card: card
        deck.card_of = self._card
        self._stage = BreakCardStage(self._run, deck, deck, still=lambda: True)
        self._ground: Callable[[str], None] = lambda colour: QApplication.setPalette(QPalette(QColor(colour)))

    def _card(self, slug: str) -> Card:
        card = self._library.card(slug)
        if card is None:
            raise CardError(f"Card “{slug}”: steps 2.seconds must be a number.")
        return self._change(card)

    def open(self, slug: str, *, style: Style = Style.STANDARD, at: float = 0.0, can_snooze: bool = True) -> None:
        self._run.at = at
        self._stage.open(slug, duration_s=120, style=style, can_snooze=can_snooze)

    def picture(self, name: str) -> None:
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        QTest.qWait(600)
        windows = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.windowTitle()]
        for number, window in enumerate(sorted(windows, key=lambda one: one.x()), start=1):
            suffix = f"-{number}" if len(windows) > 1 else ""
            save(window.grab().toImage(), self._out / f"{self._kind}-{name}{suffix}.png")

    def moments(self) -> None:
        for ground, word in ((_LIGHT, "light"), (_DARK, "dark")):
            self._ground(ground)
            for at, moment in ((0.0, "start"), (45.0, "middle"), (112.0, "end")):
                self.open("seated-hamstring", at=at)
                self.picture(f"{word}-{moment}")
            self._stage.ask_after()
            self.picture(f"{word}-after")
            self.open("not-a-card", can_snooze=False)
            self.picture(f"{word}-unreadable")
        self._ground(_LIGHT)

    def extremes(self) -> None:
        self.open("calf-wall", at=30.0)
        self.picture("calf")
        self._change = _wordy
        self.open("seated-hamstring", at=20.0)
        self.picture("longest-words")
        self._change = lambda card: card

    def ways(self) -> None:
        """What the keyboard does to a card: enlarged, with the list of all steps, and paused."""
        for ground, word in ((_LIGHT, "light"), (_DARK, "dark")):
            self._ground(ground)
            for name, key in (("enlarged", Qt.Key.Key_F11), ("paused", Qt.Key.Key_Space)):
                self.open("seated-hamstring", at=45.0)
                self._press(key)
                self.picture(f"{word}-{name}")
                self._run.held = False
        self._ground(_LIGHT)

    def _press(self, key: Qt.Key) -> None:
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        QTest.qWait(100)
        (window,) = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.windowTitle()]
        QTest.keyClick(window, key)

    def firm(self) -> None:
        for ground, word in ((_LIGHT, "light"), (_DARK, "dark")):
            self._ground(ground)
            self.open("standing-hamstring", style=Style.FIRM, at=70.0)
            self.picture(f"{word}-firm")
            self._ask_to_leave()
            self.picture(f"{word}-firm-leave")
            self._stage.ask_after()
            self.picture(f"{word}-firm-after")
            self._stage.close()

    def _ask_to_leave(self) -> None:
        from PySide6.QtWidgets import QApplication

        from numbguard.ui.card.firm.leave_bar import LeaveBar

        for window in QApplication.topLevelWidgets():
            for bar in window.findChildren(LeaveBar):
                bar.ask()

    def close(self) -> None:
        self._stage.close()


def _wordy(card: Card) -> Card:
    """Return the card with as much text as a card file may have."""
    return replace(
        card,
        title="Unverhältnismäßigkeitsempfindungen and other long words here"[:60],
        why="The reason for this stretch takes a hundred letters, which is a lot of them to read in a break. " * 2,
        caution="Care is taken to say when to leave it out, at a length that nobody should ever need to write. " * 2,
        steps=tuple(
            replace(step, text=(step.text + " Then go on just as slowly as before, and mind your back and your neck. ")
                    .ljust(200, "x")[:160].rstrip("x"))
            for step in (card.steps * 3)[:12]
        ),
    )  # fmt: skip


_KINDS: dict[str, tuple[list[tuple[int, int]], str, tuple[str, ...]]] = {
    "plain": ([(1920, 1080)], "1", ("moments", "ways", "extremes")),
    "two": ([(1920, 1080), (1280, 1024)], "1", ("firm",)),
    "small": ([(1024, 600)], "1", ("moments", "extremes", "firm")),
    "double": ([(3840, 2160)], "2", ("moments", "extremes")),
    "tiny": ([(1024, 600)], "2", ("moments", "extremes", "firm")),
}
"""For each name: the screens' sizes in physical pixels, the scale, and what they show."""


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for kind, (sizes, scale, _scenes) in _KINDS.items():
        screens, x = [], 0
        for number, (width, height) in enumerate(sizes):
            screens.append({"name": f"s{number}", "x": x, "y": 0, "width": width, "height": height, "dpr": 1})
            x += width
        with tempfile.TemporaryDirectory() as folder:
            config = Path(folder, "screens.json")
            config.write_text(json.dumps({"screens": screens}))
            env = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}", "QT_SCALE_FACTOR": scale}
            command = [sys.executable, "-m", "tools.pictures.sheets.card_window", str(out), kind]
            subprocess.run(command, env=env, check=True)


def shoot(out: Path, kind: str) -> None:
    shooting = _Shoot(out, kind)
    for scene in _KINDS[kind][2]:
        getattr(shooting, scene)()
    shooting.close()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        shoot(Path(sys.argv[1]), sys.argv[2])
    else:
        main(Path(sys.argv[1]))
