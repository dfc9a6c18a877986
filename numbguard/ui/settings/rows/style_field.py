"""The choice of how breaks appear: three small pictures of a screen, each with its name and a sentence.

Made by the settings window's page, on the GUI thread. The pictures are painted from the theme's colours, so that they
follow light and dark, the text size and the direction of writing.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from numbguard.core.settings.choices import Style
from numbguard.core.settings.table import SettingSpec
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.controls import RadioButton
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import N_, _

from .setting_field import SettingField

_SCREEN = (9.6, 6.0)
"""The width and height of a picture, in heights of a line of text."""
_NARROWEST = 11.0
"""The width in the same unit that a choice needs to be beside the others; otherwise they are below one another."""


_WORDS = {
    Style.GENTLE: (N_("Gentle"), N_("A notification only.")),
    Style.STANDARD: (N_("Standard"), N_("A card in a window.")),
    Style.FIRM: (N_("Firm"), N_("A card over every screen. It takes the keyboard too.")),
}
"""The name of each style, and what it does."""


class StyleField(SettingField):
    """One choice of three, side by side where there is room."""

    def __init__(self, spec: SettingSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._tiles: dict[Style, _StyleTile] = {}
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, round(theme.unit() * 0.4), 0, 0)
        for style in Style:
            name, sentence = map(_, _WORDS[style])
            tile = _StyleTile(style, name, sentence, self)
            tile.radio.setAccessibleDescription(sentence)
            tile.radio.clicked.connect(lambda _checked=False, style=style: self.value_set.emit(style))
            self._group.addButton(tile.radio)
            self._row.addWidget(tile, 1)
            self._tiles[style] = tile
        self.setFocusProxy(self._tiles[Style.GENTLE].radio)
        self._arrange()

    def show_value(self, value: object) -> None:
        for style, tile in self._tiles.items():
            tile.radio.setChecked(style is value)
            if style is value:
                self.setFocusProxy(tile.radio)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        unit = theme.unit()
        beside = self.width() >= len(self._tiles) * _NARROWEST * unit
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._row.setSpacing(round(unit * (1.2 if beside else 0.8)))
        for tile in self._tiles.values():
            tile.arrange(beside=beside)


class _StyleTile(QWidget):
    """A picture with its radio button and sentence; a click anywhere on it chooses."""

    def __init__(self, style: Style, name: str, sentence: str, parent: QWidget) -> None:
        super().__init__(parent)
        unit = theme.unit()
        self.radio = RadioButton(name, self)
        self._picture = _StylePicture(style, self)
        self.radio.toggled.connect(self._picture.mark)
        words = QVBoxLayout()
        words.setSpacing(round(unit * 0.1))
        words.addWidget(self.radio)
        words.addWidget(label_for(self, sentence, role="quiet"))
        words.addStretch(1)
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._picture)
        self._column.addLayout(words, 1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def arrange(self, *, beside: bool) -> None:
        """Put the words below the picture where the choices are ``beside`` one another, else at its side."""
        unit = theme.unit()
        self._column.setDirection(QBoxLayout.Direction.TopToBottom if beside else QBoxLayout.Direction.LeftToRight)
        self._column.setSpacing(round(unit * (0.4 if beside else 0.9)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.radio.setFocus()
            self.radio.click()


class _StylePicture(QWidget):
    """A screen with a document in work, and what a break of this style puts over it."""

    def __init__(self, style: Style, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = style
        self._marked = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def mark(self, on: bool) -> None:
        self._marked = on
        self.update()

    def sizeHint(self) -> QSize:
        unit = theme.unit()
        return QSize(round(_SCREEN[0] * unit), round(_SCREEN[1] * unit))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isRightToLeft():
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        c, unit = theme.current(), theme.unit()
        screen = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        outline = QPainterPath()
        outline.addRoundedRect(screen, unit * 0.4, unit * 0.4)
        painter.fillPath(outline, QColor(c.track))
        painter.setClipPath(outline)
        self._paint_work(painter, screen)
        if self._style is Style.GENTLE:
            self._paint_notification(painter, screen)
        elif self._style is Style.STANDARD:
            card = _part(screen, 0.44, 0.4, 0.5, 0.48)
            self._paint_card(painter, card, framed=True)
        else:
            painter.fillRect(screen, QColor(c.window))
            self._paint_card(painter, _part(screen, 0.1, 0.1, 0.8, 0.74), framed=False)
            painter.fillRect(_part(screen, 0.4, 0.88, 0.2, 0.03), QColor(c.edge))
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(c.accent if self._marked else c.edge), 3.0 if self._marked else 1.0))
        painter.drawPath(outline)
        painter.end()

    def _paint_work(self, painter: QPainter, screen: QRectF) -> None:
        """The window in which somebody works: a sheet with lines of text."""
        c = theme.current()
        sheet = _part(screen, 0.08, 0.12, 0.66, 0.88)
        painter.fillRect(sheet, QColor(c.surface))
        painter.fillRect(_part(sheet, 0, 0, 1, 0.09), QColor(c.line))
        for number, width in enumerate((0.8, 0.72, 0.8, 0.5, 0.78, 0.6)):
            painter.fillRect(_part(sheet, 0.09, 0.2 + 0.13 * number, width, 0.045), QColor(c.line))

    def _paint_notification(self, painter: QPainter, screen: QRectF) -> None:
        c = theme.current()
        note = _part(screen, 0.5, 0.07, 0.45, 0.24)
        painter.setBrush(QColor(c.surface))
        painter.setPen(QPen(QColor(c.edge), 1))
        painter.drawRoundedRect(note, 3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.accent))
        dot = note.height() * 0.36
        painter.drawEllipse(QRectF(note.left() + dot * 0.6, note.center().y() - dot / 2, dot, dot))
        painter.fillRect(_part(note, 0.34, 0.28, 0.5, 0.14), QColor(c.text))
        painter.fillRect(_part(note, 0.34, 0.56, 0.58, 0.12), QColor(c.edge))

    def _paint_card(self, painter: QPainter, card: QRectF, *, framed: bool) -> None:
        """The card: a person who reaches up, the step in words, and the primary button."""
        c = theme.current()
        if framed:
            painter.setBrush(QColor(c.window))
            painter.setPen(QPen(QColor(c.edge), 1))
            painter.drawRoundedRect(card, 3, 3)
        picture = _part(card, 0.06, 0.1, 0.46, 0.8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.hover))
        painter.drawRoundedRect(picture, 3, 3)
        self._paint_person(painter, picture)
        painter.fillRect(_part(card, 0.6, 0.14, 0.32, 0.09), QColor(c.text))
        for number in range(3):
            painter.fillRect(_part(card, 0.6, 0.32 + 0.13 * number, 0.3 - 0.04 * number, 0.055), QColor(c.edge))
        painter.setBrush(QColor(c.accent))
        painter.drawRoundedRect(_part(card, 0.66, 0.75, 0.28, 0.15), 2, 2)

    def _paint_person(self, painter: QPainter, picture: QRectF) -> None:
        c = theme.current()
        side = min(picture.width(), picture.height())
        middle = picture.center()
        pen = QPen(QColor(c.accent), side * 0.1)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)

        def at(x: float, y: float) -> QPointF:
            return middle + QPointF(x * side, y * side)

        for begin, end in (
            (at(0, -0.1), at(0, 0.14)),
            (at(0, 0.14), at(-0.12, 0.42)),
            (at(0, 0.14), at(0.12, 0.42)),
            (at(0, -0.08), at(-0.18, -0.36)),
            (at(0, -0.08), at(0.18, -0.36)),
        ):
            painter.drawLine(begin, end)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.warm))
        painter.drawEllipse(at(0, -0.27), side * 0.1, side * 0.1)


def _part(whole: QRectF, x: float, y: float, width: float, height: float) -> QRectF:
    """A part of a rectangle, by fractions (0–1) of its sides."""
    return QRectF(
        whole.left() + x * whole.width(),
        whole.top() + y * whole.height(),
        width * whole.width(),
        height * whole.height(),
    )
