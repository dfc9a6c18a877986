"""The word after *Yes, I got up*: how many breaks today, when the next one is, and the week's seven dots.

``stage`` shows it in the ``CardWindow`` for two seconds, on the GUI thread. It asks for nothing and has no button.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numbguard.core.log.break_days import BreakWeek
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import scale_fonts
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.week.week_dots import WeekDots
from numbguard.wording.catalogue import N_
from numbguard.wording.log import break_days as words

from .after_page import FullRing
from .window import CardWindowPage


@dataclass(frozen=True, slots=True)
class BreakWord:
    """What is said after a break."""

    count: str
    """``Third break today``"""
    then: str
    """``Next at 10:50``; empty where that is not known."""
    week: BreakWeek


class GotUpPage(CardWindowPage):
    heading = N_("Well done")
    units = (30.0, 12.5)

    def __init__(self, parent: QWidget, word: BreakWord, *, zoom: float) -> None:
        super().__init__(parent)
        unit = theme.unit() * zoom
        self._ring = FullRing(self, unit * 4.2)
        self._dots = WeekDots(self, scale=1.0 * zoom, letters=True)
        self._dots.show_week(word.week)
        self._said = ". ".join(one for one in (word.count, word.then) if one)
        column = QVBoxLayout()
        column.setSpacing(round(unit * 0.3))
        column.addStretch(1)
        column.addWidget(label_for(self, word.count, scale=1.5 * zoom, bold=True))
        if word.then:
            column.addWidget(label_for(self, word.then, scale=1.15 * zoom))
        column.addSpacing(round(unit * 0.7))
        column.addWidget(self._dots)
        if streak := words.streak(word.week.streak):
            column.addWidget(label_for(self, streak, role="quiet"))
        column.addStretch(1)
        root = QHBoxLayout(self)
        # The ring stays where it was beside the question.
        side, edge = round(unit * 1.5), round(unit * 1.1)
        root.setContentsMargins(side, edge, side, edge)
        root.setSpacing(round(unit * 1.4))
        root.addWidget(self._ring)
        root.addLayout(column, 1)
        scale_fonts(self, zoom)

    def apply_colours(self, colours: theme.Palette) -> None:
        self._ring.apply_colours(colours)
        self._dots.apply_colours(colours)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._said))
