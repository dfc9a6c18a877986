"""When to get help, in few words and always in sight: a column beside the steps of relief.

Made with the relief window, on the GUI thread, and shown as long as that is: nothing hides, delays or covers it. On a
screen too low for all of it the signs scroll, while heading and button stay.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from numbguard.core.log.red_flags import AdviceTier, signs_of
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.viewport import viewport_of
from numbguard.wording.advice import HEADINGS
from numbguard.wording.catalogue import _, translated


class WarningSigns(QFrame):
    def __init__(self, parent: QWidget, *, ask: Callable[[], None]) -> None:
        super().__init__(parent)
        self._unit = unit = theme.unit()
        self._colours = theme.current()
        self.setAccessibleName(_(HEADINGS[AdviceTier.NOW]))
        head = label_for(self, _(HEADINGS[AdviceTier.NOW]), role="warm", scale=1.25, bold=True)
        under = label_for(self, _("if you also have any of these:"))
        self._scroll = self._list()
        means = _("All the signs, and when to see a doctor (the first page of the guide)")
        self.button = button_for(self, _("When to get &help"), ask, means=means)
        column = QVBoxLayout(self)
        self._edge = edge = round(unit * 0.95)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(round(unit * 0.25))
        column.addWidget(head)
        column.addWidget(under)
        column.addSpacing(round(unit * 0.35))
        column.addWidget(self._scroll, 1)
        column.addSpacing(round(unit * 0.5))
        column.addWidget(self.button)

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
        return QSize(self.button.sizeHint().width() + 2 * self._edge, round(self._unit * 9))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.warm_surface))
        painter.drawRoundedRect(self.rect(), self._unit * 0.75, self._unit * 0.75)


def _sign_row(parent: QWidget, sign: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(round(theme.unit() * 0.5))
    dot = QLabel("•", parent)
    dot.setProperty("role", "warm")
    row.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label_for(parent, translated(sign)), 1)
    return row
