"""The small controls of a card: back, pause and on, the keys that do the same, and the dots of a routine.

``CardPage`` creates them, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from numbguard.ui.widgets import theme
from numbguard.wording.catalogue import _


class Glyph(Enum):
    BACK = auto()
    PAUSE = auto()
    GO_ON = auto()
    ON = auto()
    ENLARGE = auto()
    REDUCE = auto()


class GlyphButton(QPushButton):
    """A quiet button with a drawn symbol, which its name and tool tip put into words."""

    def __init__(self, parent: QWidget, glyph: Glyph, words: str, pressed: Callable[[], object], unit: float) -> None:
        super().__init__(parent)
        self._glyph = glyph
        self._colours = theme.current()
        self.setProperty("kind", "step")
        self.setAutoDefault(True)
        side = max(24, round(unit * 1.9))  # a target that a finger hits
        self.setFixedSize(side, side)
        # A click must leave the keyboard with the card, where Space pauses.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda _checked=False: pressed())
        self.show_glyph(glyph, words)

    def show_glyph(self, glyph: Glyph, words: str) -> None:
        self._glyph = glyph
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(self._colours.text if self.isEnabled() else self._colours.edge)
        side = self.width()
        painter.scale(side / 20, side / 20)
        mirrored = self.isRightToLeft() and self._glyph in (Glyph.BACK, Glyph.ON, Glyph.GO_ON)
        if mirrored:  # back and on follow the direction of reading
            painter.translate(20, 0)
            painter.scale(-1, 1)
        pen = QPen(colour, 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        match self._glyph:
            case Glyph.BACK:
                _stroke(painter, (12, 5.5), (7.5, 10), (12, 14.5))
            case Glyph.ON:
                _stroke(painter, (8, 5.5), (12.5, 10), (8, 14.5))
            case Glyph.PAUSE:
                painter.setPen(QPen(colour, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                _stroke(painter, (7.6, 6), (7.6, 14))
                _stroke(painter, (12.4, 6), (12.4, 14))
            case Glyph.GO_ON:
                painter.setBrush(colour)
                painter.drawPolygon(QPolygonF([QPointF(7.5, 5.8), QPointF(14, 10), QPointF(7.5, 14.2)]))
            case Glyph.ENLARGE:
                for x, y, inwards_x, inwards_y in ((5, 5, 3, 3), (15, 5, -3, 3), (5, 15, 3, -3), (15, 15, -3, -3)):
                    _stroke(painter, (x + inwards_x, y), (x, y), (x, y + inwards_y))
            case Glyph.REDUCE:
                for x, y, outwards_x, outwards_y in ((8, 8, -3, -3), (12, 8, 3, -3), (8, 12, -3, 3), (12, 12, 3, 3)):
                    _stroke(painter, (x + outwards_x, y), (x, y), (x, y + outwards_y))


def _stroke(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


class RoutineDots(QWidget):
    """The cards of a routine as dots: filled up to the present one, which is the largest."""

    def __init__(self, parent: QWidget, *, number: int, of: int, unit: float) -> None:
        super().__init__(parent)
        self._number, self._of, self._unit = number, of, unit
        self._colours = theme.current()
        self.setAccessibleName(_("Card {number} of {cards}").format(number=number, cards=of))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(self._unit * 0.95 * self._of), round(self._unit * 0.9))

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, unit = self._colours, self._unit
        apart = min(unit * 0.95, self.width() / self._of)
        for number in range(1, self._of + 1):
            across = apart * (number - 0.5)
            middle = QPointF(self.width() - across if self.isRightToLeft() else across, self.height() / 2)
            radius = min(unit * (0.36 if number == self._number else 0.24), apart * 0.45)
            painter.setPen(QPen(QColor(colours.accent if number <= self._number else colours.edge), unit * 0.1))
            painter.setBrush(QColor(colours.accent) if number <= self._number else Qt.BrushStyle.NoBrush)
            reach = radius - unit * 0.05
            painter.drawEllipse(QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach))


class CardKey(Enum):
    HOLD = auto()
    BACK = auto()
    ON = auto()
    ENLARGE = auto()


_KEYS: Final[Mapping[int, CardKey]] = {
    Qt.Key.Key_Space: CardKey.HOLD,
    Qt.Key.Key_Left: CardKey.BACK,
    Qt.Key.Key_Right: CardKey.ON,
    Qt.Key.Key_F11: CardKey.ENLARGE,
}
_ARROWS: Final = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_TURNED: Final = {CardKey.BACK: CardKey.ON, CardKey.ON: CardKey.BACK}


def key_of(event: QKeyEvent, *, mirrored: bool) -> CardKey | None:
    """What a key means for the card; ``mirrored``: the arrows follow a reading direction from right to left."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return None
    key = _KEYS.get(event.key())
    return _TURNED.get(key, key) if key is not None and mirrored else key


class ArrowsOnButtons(QObject):
    """Takes the arrow keys from the page's buttons, which would only move the focus with them.

    ``takes`` is given the key, and returns whether the card has used it. Space stays with the focused button.
    """

    def __init__(self, page: QWidget, takes: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(page)
        self._takes = takes
        for button in page.findChildren(QPushButton):
            button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _ARROWS:
            return self._takes(event)
        return super().eventFilter(watched, event)
