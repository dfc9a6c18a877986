"""The choice of colours: each with a small picture of a window in these colours.

Made by the settings window's page, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from numbguard.core.settings.choices import Theme
from numbguard.core.settings.table import SettingSpec
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.controls import RadioButton
from numbguard.wording.catalogue import translated

from .setting_field import SettingField, column_of

_SIZE = (3.6, 2.2)
"""The width and height of a picture, in heights of a line of text."""


class ThemeField(SettingField):
    def __init__(self, spec: SettingSpec, parent: QWidget) -> None:
        super().__init__(parent)
        column = column_of(self)
        column.setContentsMargins(0, round(theme.unit() * 0.4), 0, 0)
        column.setSpacing(round(theme.unit() * 0.4))
        group = QButtonGroup(self)
        self._radios: dict[Theme, RadioButton] = {}
        for choice in Theme:
            radio = RadioButton(translated(spec.name_of(choice)), self)
            radio.setAccessibleDescription(translated(spec.title))
            radio.clicked.connect(lambda _checked=False, choice=choice: self.value_set.emit(choice))
            group.addButton(radio)
            row = QHBoxLayout()
            row.setSpacing(round(theme.unit() * 0.7))
            row.addWidget(_ThemePicture(choice, radio, self))
            row.addWidget(radio, 1)
            column.addLayout(row)
            self._radios[choice] = radio
        self.setFocusProxy(self._radios[Theme.SYSTEM])

    def show_value(self, value: object) -> None:
        for choice, radio in self._radios.items():
            radio.setChecked(choice is value)
            if choice is value:
                self.setFocusProxy(radio)


class _ThemePicture(QWidget):
    """A window with a heading, two lines of text and its primary button; a click chooses it."""

    def __init__(self, choice: Theme, radio: RadioButton, parent: QWidget) -> None:
        super().__init__(parent)
        self._choice = choice
        self._radio = radio
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        unit = theme.unit()
        return QSize(round(_SIZE[0] * unit), round(_SIZE[1] * unit))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._radio.setFocus()
            self._radio.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        outline = QPainterPath()
        outline.addRoundedRect(whole, 4, 4)
        painter.setClipPath(outline)
        left, right = QRectF(whole), QRectF(whole)
        if self._choice is Theme.SYSTEM:
            left.setWidth(whole.width() / 2)
            right.setLeft(left.right())
            self._paint_window(painter, whole, theme.LIGHT, left)
            self._paint_window(painter, whole, theme.DARK, right)
        else:
            self._paint_window(painter, whole, _PALETTES[self._choice], whole)
        painter.setClipPath(outline)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        colours = theme.current()
        painter.setPen(QPen(QColor(colours.edge), 2 * theme.stroke(1)))  # half of it is outside the clip
        painter.drawPath(outline)
        painter.end()

    def _paint_window(self, painter: QPainter, whole: QRectF, c: theme.Palette, part: QRectF) -> None:
        painter.save()
        painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
        painter.fillRect(whole, QColor(c.window))
        for x, y, width, height, colour in (
            (0.14, 0.18, 0.5, 0.13, c.text),
            (0.14, 0.4, 0.72, 0.07, c.quiet),
            (0.14, 0.54, 0.6, 0.07, c.quiet),
            (0.5, 0.7, 0.36, 0.17, c.accent),
        ):
            wide, high = whole.width(), whole.height()
            at = QRectF(whole.left() + x * wide, whole.top() + y * high, width * wide, height * high)
            painter.fillRect(at, QColor(colour))
        painter.restore()


_PALETTES = {Theme.LIGHT: theme.LIGHT, Theme.DARK: theme.DARK, Theme.HIGH_CONTRAST: theme.BLACK_ON_WHITE}
