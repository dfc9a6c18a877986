"""What can be done with the chosen episode: *Edit* and *Delete* as small pictures on its row, the rest behind ⋯.

The history window's list creates it, on the GUI thread, and keeps it on the chosen row. A right click on a row, or the
menu key, opens the same menu.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from numbguard.ui.widgets import theme
from numbguard.wording.catalogue import _

_PENCIL = (
    ((0.2, 0.8), (0.26, 0.6), (0.66, 0.2), (0.8, 0.34), (0.4, 0.74), (0.2, 0.8)),
    ((0.56, 0.3), (0.7, 0.44)),
)
_BIN = (
    ((0.2, 0.3), (0.8, 0.3)),
    ((0.4, 0.3), (0.42, 0.19), (0.58, 0.19), (0.6, 0.3)),
    ((0.27, 0.3), (0.31, 0.82), (0.69, 0.82), (0.73, 0.3)),
    ((0.43, 0.43), (0.44, 0.69)),
    ((0.57, 0.43), (0.56, 0.69)),
)
_Strokes = tuple[tuple[tuple[float, float], ...], ...]


class RowActions(QWidget):
    edit_wanted = Signal()
    delete_wanted = Signal()
    advice_wanted = Signal()
    former_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("The chosen episode"))
        side = round(theme.unit() * 1.6)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(round(theme.unit() * 0.15))
        self.edit = _IconButton(self, _PENCIL, _("Edit…"), _("Correct this episode (Enter)"))
        self.edit.clicked.connect(lambda _checked=False: self.edit_wanted.emit())
        self.delete = _IconButton(self, _BIN, _("Delete"), _("Delete this episode (Delete)"))
        self.delete.clicked.connect(lambda _checked=False: self.delete_wanted.emit())
        self.more = _IconButton(self, (), _("More for this episode"), _("Advice and earlier versions"))
        self.more.clicked.connect(lambda _checked=False: self.open_menu())
        for button in (self.edit, self.delete, self.more):
            button.setFixedSize(side, side)
            row.addWidget(button)
        self.resize(self.sizeHint())
        self.menu = QMenu(self)
        entries = (
            (_("&Edit…"), self.edit_wanted),
            (_("Ad&vice"), self.advice_wanted),
            (_("Versio&ns"), self.former_wanted),
            (_("&Delete"), self.delete_wanted),
        )
        made = []
        for words, signal in entries:
            entry = self.menu.addAction(words)
            entry.triggered.connect(lambda _checked=False, signal=signal: signal.emit())
            made.append(entry)
        self.versions = made[2]
        """Enabled only if the episode has been edited."""

    def open_menu(self, at: QPoint | None = None) -> None:
        """Open the menu at a point of the screen, or below the ⋯ button."""
        corner = self.more.rect().bottomRight() if self.isRightToLeft() else self.more.rect().bottomLeft()
        self.menu.popup(at or self.more.mapToGlobal(corner))


class _IconButton(QPushButton):
    """A button that shows three dots, or a picture made of strokes in fractions (0–1) of its box."""

    def __init__(self, parent: QWidget, strokes: _Strokes, name: str, means: str) -> None:
        super().__init__(parent)
        self._strokes = strokes
        self.setProperty("kind", "plain")
        self.setAccessibleName(name)
        self.setAccessibleDescription(means)
        self.setToolTip(means)
        self.setAutoDefault(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        c, unit = theme.current(), theme.unit()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.hasFocus() or self.underMouse() or self.isDown():
            painter.setBrush(QColor(c.track if self.underMouse() or self.isDown() else c.hover))
            painter.setPen(QPen(QColor(c.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(whole, 5, 5)
        box = QRectF(0, 0, unit * 1.15, unit * 1.15)
        box.moveCenter(whole.center())
        ink = QColor(c.text)
        if not self._strokes:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            for across in (0.2, 0.5, 0.8):
                painter.drawEllipse(
                    QPointF(box.left() + across * box.width(), box.center().y()), unit * 0.1, unit * 0.1
                )
            return
        pen = QPen(ink, unit * 0.085)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in self._strokes:
            painter.drawPolyline(
                QPolygonF([box.topLeft() + QPointF(x * box.width(), y * box.height()) for x, y in stroke])
            )
