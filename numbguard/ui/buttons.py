"""Buttons that give an answer: one look, one way round by keyboard. Made by the card's pages, on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ..core.duration import say_minutes
from ..core.model import Action
from . import theme


def answer(
    parent: QWidget, words: str, means: str, action: Action, say: Callable[[Action], None], *, kind: str = ""
) -> QPushButton:
    """A button that gives one answer; ``means`` is said by screen readers and the tool tip."""
    return button_for(parent, words, means, lambda: say(action), kind=kind)


def button_for(
    parent: QWidget, words: str, means: str, pressed: Callable[[], object], *, kind: str = ""
) -> QPushButton:
    """The same for anything else that a button does."""
    button = QPushButton(words, parent)
    button.setAccessibleDescription(means)
    button.setToolTip(means)
    # Enter presses the button that has the focus, as in any dialogue.
    button.setAutoDefault(True)
    if kind:
        button.setProperty("kind", kind)
    button.clicked.connect(lambda _checked=False: pressed())
    return button


READ_MORE = "Read &more"


def read_more(parent: QWidget, read: Callable[[], object]) -> QPushButton:
    """A quiet link to what the guide says about this."""
    link = button_for(parent, READ_MORE, "What the guide says about this", read, kind="link")
    link.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    link.setCursor(Qt.CursorShape.PointingHandCursor)
    return link


def enlarge(page: QWidget, zoom: float) -> None:
    """Larger letters for every part that has none of its own: under a style sheet, fonts are not handed down."""
    if zoom != 1.0:
        for part in page.findChildren(QWidget):
            if not part.testAttribute(Qt.WidgetAttribute.WA_SetFont):
                part.setFont(theme.font(zoom))


def snooze_words(seconds: float) -> str:
    """``In &5 minutes``, by the real length of a snooze."""
    if seconds < 120 and round(seconds) % 60:
        return f"In &{round(seconds)} seconds"
    return f"In &{say_minutes(round(seconds / 60) * 60)}"
