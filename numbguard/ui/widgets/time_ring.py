"""The ring that shows the time left: of all of it as on a clock, or of a step in large seconds.

The card and the relief window create it and set the time, on the GUI thread; it reads no clock.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from numbguard.wording.catalogue import _, ngettext, pgettext

from . import theme


class TimeRing(QWidget):
    def __init__(self, parent: QWidget, *, size: float) -> None:
        super().__init__(parent)
        self._size = round(size)
        self._unit = theme.unit()
        self._colours = theme.current()
        self._left = -1
        self._share = 1.0
        self._digits: int | None = None
        self._held = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def set_diameter(self, size: float) -> None:
        if round(size) != self._size:
            self._size = round(size)
            self.updateGeometry()

    def set_digits(self, pixels: int, *, longest_s: int) -> None:
        """Show bare seconds in digits of this height, in a ring around the widest of them."""
        self._digits = pixels
        metrics = QFontMetricsF(self._digit_font(pixels))
        widest = max(metrics.horizontalAdvance(bare_left(each)) for each in (longest_s, min(longest_s, 99)))
        self.set_diameter(max(pixels * 1.9, widest / 0.66))

    def show_held(self, *, held: bool) -> None:
        """Show the ring in the colour of waiting, or (``held`` is false) of running time."""
        if held is not self._held:
            self._held = held
            self.update()

    def show_left(self, left_s: float, *, of_s: float) -> None:
        """Show the seconds left of ``of_s``, rounded up, so that 1 stays until the very end."""
        left = max(0, math.ceil(left_s - 1e-6))
        if left == self._left:
            return
        self._left = left
        self._share = left / of_s if of_s > 0 else 0.0
        self.setAccessibleName(_("Time left: {left}").format(left=say_left(left)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        # A circle even if a small screen leaves less space than the size hint.
        side = min(self._size, self.width(), self.height()) - 2.0
        within = QRectF(0, 0, side, side)
        within.moveCenter(QRectF(self.rect()).center())
        theme.paint_ring(painter, within, self._share, self._colours, width=side * 0.075, warm=self._held)
        painter.setPen(QColor(self._colours.text))
        if self._digits is None:
            painter.setFont(theme.font(0.235 * side / self._unit, bold=True))
            painter.drawText(within, Qt.AlignmentFlag.AlignCenter, write_left(self._left))
        else:
            # Smaller where the window has no room for the whole ring.
            painter.setFont(self._digit_font(round(self._digits * min(1.0, side / (self._size - 2.0)))))
            painter.drawText(within, Qt.AlignmentFlag.AlignCenter, bare_left(self._left))

    def _digit_font(self, pixels: int) -> QFont:
        font = theme.font(bold=True)
        font.setPixelSize(max(1, pixels))
        return font


def bare_left(seconds: int) -> str:
    """Seconds as a number alone while it has two digits: ``24``, ``1:40``."""
    return str(max(seconds, 0)) if seconds < 100 else write_left(seconds)


def write_left(seconds: int) -> str:
    """Seconds as on a clock: ``1:34``, ``0:09``."""
    minutes, rest = divmod(max(seconds, 0), 60)
    return f"{minutes}:{rest:02d}"


def say_left(seconds: int) -> str:
    """Seconds in words: ``1 minute 34 seconds``; ``none`` for 0."""
    minutes, rest = divmod(seconds, 60)
    in_minutes = ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    in_seconds = ngettext("{count} second", "{count} seconds", rest).format(count=rest)
    if minutes and rest:
        # Translators: Such as “1 minute 34 seconds”.
        return _("{minutes} {seconds}").format(minutes=in_minutes, seconds=in_seconds)
    if not seconds:
        return pgettext("time left", "none")
    return in_minutes if minutes else in_seconds
