"""Pictures of *My cards and routines*: a card with a borrowed motion, in light, and a routine, in dark.

``python -m tools.pictures.sheets.editor_sheet OUT_DIR``
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from numbguard.core.cards.cards import Muscle
from numbguard.core.cards.drafts import CardDraft, StepDraft
from numbguard.core.cards.routines import Routine
from numbguard.core.guide.sections import GuideSection
from numbguard.core.settings.choices import Place
from numbguard.core.sites import Region, Side
from numbguard.resources import resource
from numbguard.store.cards.own_cards import OwnCards
from numbguard.store.profile import Profile
from numbguard.ui.editor.list import OwnItemKind
from numbguard.ui.editor.window import EditorWindow
from tools.pictures.few_colours import save

QUAD = CardDraft(
    title="Quad stretch, the long one",
    why="Longer on the left, as shown in the practice.",
    places=frozenset({Place.STANDING, Place.WALL}),
    regions=(Region.THIGH_FRONT, Region.HIP),
    muscle=Muscle.QUAD,
    section=GuideSection.PREVENTION_MOVEMENT,
    caution="Not while the leg is numb.",
    steps=(
        StepDraft("Left heel to the seat, knees together. Breathe.", 60, Side.LEFT, 3, "pull"),
        StepDraft("The same on the right.", 30, Side.RIGHT, 2, "pull"),
    ),
    like="quad",
)
EVENING = Routine(
    slug="",
    title="From my physiotherapist",
    why="Every evening, before dinner.",
    cards=("cat-cow-standing", "quad-stretch-the-long-one", "calf-wall", "soleus"),
    seconds=(0, 120, 75, 0),
)


def window(folder: Path) -> EditorWindow:
    """Return the window on a profile with a card and a routine of the person's own."""
    shelf = OwnCards(Profile(folder), ours=resource("cards"), our_routines=resource("routines"))
    shelf.keep_card(QUAD, slug=None)
    shelf.keep_routine(EVENING, slug=None)
    return EditorWindow(shelf, start=lambda _slug: None)


def shoot(made: EditorWindow, out: Path) -> None:
    made.resize(1060, 740)
    made.present()
    QTest.qWait(700)
    save(made.grab().toImage(), out)


def main(out: Path) -> None:
    app = QApplication.instance() or QApplication([])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        QApplication.setPalette(QPalette(QColor("#f0f0f0")))
        made = window(Path(folder))
        made.open(OwnItemKind.CARD, "quad-stretch-the-long-one")
        shoot(made, out / "editor-card.png")
        QApplication.setPalette(QPalette(QColor("#202020")))
        made.open(OwnItemKind.ROUTINE, "from-my-physiotherapist")
        shoot(made, out / "editor-routine.png")
        made.close()
    del app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
