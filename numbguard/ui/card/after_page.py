"""The question after a card: did you get up? ``stage`` shows it in the ``CardWindow``, on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from numbguard.core.breaks.messages import Action
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import answer, scale_fonts
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import N_, _

from .window import CardWindowPage


class AfterPage(CardWindowPage):
    heading = N_("Did you get up?")
    units = (30.0, 12.5)
    is_question = True

    def __init__(self, parent: QWidget, *, zoom: float, say: Callable[[Action], None]) -> None:
        super().__init__(parent)
        unit = theme.unit() * zoom
        self._full = FullRing(self, unit * 4.2)
        question = label_for(self, _(self.heading), scale=1.65 * zoom, bold=True)
        why = label_for(self, _("Your answer keeps your sitting time accurate."), role="quiet")
        yes = answer(
            self, _("&Yes"), _("You got up: your sitting time starts again"), Action.MOVED, say, kind="primary"
        )
        no = answer(self, _("&Not this time"), _("You stayed seated. That's fine."), Action.NOT_MOVED, say)
        QWidget.setTabOrder(yes, no)

        words = QVBoxLayout()
        words.setSpacing(round(unit * 0.35))
        words.addStretch(1)
        words.addWidget(question)
        words.addWidget(why)
        words.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(round(unit * 1.4))
        top.addWidget(self._full)
        top.addLayout(words, 1)
        answers = QHBoxLayout()
        answers.setSpacing(round(unit * 0.6))
        answers.addStretch(1)
        answers.addWidget(no)
        answers.addWidget(yes)
        root = QVBoxLayout(self)
        edge = round(unit * 1.5)
        root.setContentsMargins(edge, edge, edge, round(unit * 1.2))
        root.setSpacing(round(unit * 1.2))
        root.addLayout(top, 1)
        root.addLayout(answers)
        scale_fonts(self, zoom)

    def apply_colours(self, colours: theme.Palette) -> None:
        self._full.apply_colours(colours)


class FullRing(QWidget):
    """The card's ring, completely filled, with a tick in place of the time."""

    def __init__(self, parent: QWidget, size: float) -> None:
        super().__init__(parent)
        self._size = round(size)
        self._colours = theme.current()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        within = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        theme.paint_ring(painter, within, 1.0, self._colours, width=self._size * 0.085)
        pen = QPen(QColor(self._colours.accent), self._size * 0.085)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        middle, reach = within.center(), self._size * 0.2
        painter.drawPolyline(
            QPolygonF(
                [
                    middle + QPointF(-reach, reach * 0.05),
                    middle + QPointF(-reach * 0.25, reach * 0.78),
                    middle + QPointF(reach * 1.05, -reach * 0.72),
                ]
            )
        )
