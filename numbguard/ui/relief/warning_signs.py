"""When to get help, in one line above the steps of relief, and the list of warning signs that the line opens.

Made with the relief window, on the GUI thread. Nothing hides, delays or covers the line while there are steps; the list
is one click or two keys away. If an answer has already shown that help is needed, the line says so in words. On a
screen too low for the whole list, the signs scroll.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from numbguard.core.log.red_flags import AdviceTier, signs_of
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.disclosure import Disclosure
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.viewport import viewport_of
from numbguard.wording.catalogue import _, translated
from numbguard.wording.log.advice import HEADINGS


class WarningLine(QFrame):
    """*Warning signs*, *When to get help*, and above them what is known to be urgent."""

    def __init__(self, parent: QWidget, *, turned: Callable[[bool], object]) -> None:
        """``turned`` is called with whether the list of signs is open now."""
        super().__init__(parent)
        self._unit = unit = theme.unit()
        self._colours = theme.current()
        self._urgent = label_for(self, role="warm", bold=True, expands=True)
        self._urgent.hide()
        self.signs = Disclosure(self, _("Warning s&igns"), turned, kind="warm")
        self.signs.setAccessibleDescription(_("Show or hide the signs with which you need help at once or today"))
        means = _("All the signs, and when to see a doctor (the first page of the guide)")
        self.help = button_for(self, _("When to get &help"), means=means, kind="warm")
        column = QVBoxLayout(self)
        column.setContentsMargins(round(unit * 0.5), round(unit * 0.15), round(unit * 0.5), round(unit * 0.15))
        column.setSpacing(0)
        column.addWidget(self._urgent)
        row = QHBoxLayout()
        row.addWidget(self.signs)
        row.addStretch(1)
        row.addWidget(self.help)
        column.addLayout(row)
        self._urgent.setContentsMargins(round(unit * 0.5), round(unit * 0.3), 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_urgent(self, sentence: str) -> None:
        """Show what is known to be urgent; empty for nothing."""
        self._urgent.setText(sentence)
        self._urgent.setVisible(bool(sentence))

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint_ground(self, self._colours, self._unit * 0.5)


class WarningSigns(QFrame):
    """The list of signs, with which it is help at once, or today."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._unit = unit = theme.unit()
        self._colours = theme.current()
        self.setAccessibleName(_(HEADINGS[AdviceTier.NOW]))
        head = label_for(self, _(HEADINGS[AdviceTier.NOW]), role="warm", scale=1.25, bold=True)
        under = label_for(self, _("if you also have any of these:"))
        self._scroll = self._list()
        column = QVBoxLayout(self)
        edge = round(unit * 0.95)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(round(unit * 0.25))
        column.addWidget(head)
        column.addWidget(under)
        column.addSpacing(round(unit * 0.35))
        column.addWidget(self._scroll, 1)

    def _list(self) -> QScrollArea:
        unit = self._unit
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(_("When to get help at once"))
        # Tab stops here only if there is something to scroll.
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.verticalScrollBar().rangeChanged.connect(
            lambda _least, most: scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus if most > 0 else Qt.FocusPolicy.NoFocus)
        )
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, round(unit * 0.2), 0)
        rows.setSpacing(round(unit * 0.42))
        for sign in signs_of(AdviceTier.NOW):
            rows.addLayout(_sign_row(inner, sign))
        rows.addSpacing(round(unit * 0.4))
        rows.addWidget(label_for(inner, _(HEADINGS[AdviceTier.TODAY]), role="warm", scale=1.1, bold=True))
        for sign in signs_of(AdviceTier.TODAY):
            rows.addLayout(_sign_row(inner, sign))
        rows.addStretch(1)
        scroll.setWidget(inner)
        # The column paints the background for all of it.
        inner.setStyleSheet("background: transparent;")
        viewport_of(scroll).setStyleSheet("background: transparent;")
        return scroll

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self._scroll.setStyleSheet(
            f"QScrollArea, QScrollBar:vertical {{ background: transparent; }}"
            f"QScrollArea:focus {{ border: 1px solid {colours.warm}; }}"
        )
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._unit * 12), round(self._unit * 7))

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint_ground(self, self._colours, self._unit * 0.75)


def _paint_ground(part: QWidget, colours: theme.Palette, radius: float) -> None:
    painter = QPainter(part)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.warm_surface))
    painter.drawRoundedRect(part.rect(), radius, radius)


def _sign_row(parent: QWidget, sign: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(round(theme.unit() * 0.5))
    dot = QLabel("•", parent)
    dot.setProperty("role", "warm")
    row.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label_for(parent, translated(sign)), 1)
    return row
