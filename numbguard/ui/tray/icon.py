"""Paints the tray icon: the elapsed share of the interval and the current state, at each size a tray asks for.

The tray and the panel call it on the GUI thread. Every size is drawn on its own pixel grid, none is scaled: at 16 px a
blurred edge is most of the picture. The icon has its own background (a plate), because the colour of the desktop's
panel is unknown. Its states differ by shape first, by lightness second and by colour last:

- sitting: a ring that fills around a seated figure;  standing: a still ring around a standing figure
- due: a filled plate with an exclamation mark;  break: a filled plate with a figure stretching
- quiet: the ring around a bar (the common sign for "do not disturb");  paused: the ring around two bars
- away: an empty dotted ring;  off: a thin ring around a moon

Where the person wants the minutes to the next break, sitting is a square plate with the number and a line that fills.
macOS draws that one in the colour of its menu bar, as it does with the icons of its own.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from numbguard.wording.now import IconFace

from .icon_digits import draw_digits

STEPS = 24
"""The ring fills in this many steps, so that with an interval of 45 min the icon is redrawn every 2 min at most."""

TRAY_SIZES = (16, 20, 22, 24, 32, 40, 44, 48, 64)
"""The sizes painted into an icon, in pixels."""

MOST_MINUTES = 99
"""The most minutes that an icon shows: three digits cannot be read at 16 px. A longer wait shows the ring."""

_WITH_RING = frozenset({IconFace.SITTING, IconFace.QUIET, IconFace.PAUSED})


@dataclass(frozen=True, slots=True)
class IconColours:
    """The colours of an icon by their use."""

    plate: str
    rim: str
    track: str
    fill: str
    ink: str
    due: str
    """The plate when a break is due, and the ring when it is due but quiet."""
    moving: str
    on_filled: str


LIGHT = IconColours(
    plate="#ffffff",
    rim="#4a6164",
    track="#c2d1d0",
    fill="#237b83",
    ink="#17393d",
    due="#bd5a33",
    moving="#237b83",
    on_filled="#ffffff",
)

DARK = IconColours(
    plate="#1b2426",
    rim="#8ea3a6",
    track="#4b5e62",
    fill="#6fc9ce",
    ink="#edf4f3",
    due="#f0a282",
    moving="#6fc9ce",
    on_filled="#102022",
)

BLACK_ON_WHITE, WHITE_ON_BLACK = (
    IconColours(plate=paper, rim=ink, track=ink, fill=ink, ink=ink, due=ink, moving=ink, on_filled=paper)
    for ink, paper in (("#000000", "#ffffff"), ("#ffffff", "#000000"))
)
"""For the panel in high contrast."""

MASK = IconColours(
    plate="#00000000",
    rim="#000000",
    track="#40000000",
    fill="#000000",
    ink="#000000",
    due="#000000",
    moving="#000000",
    on_filled="#000000",
)
"""For an icon of which only the opacity counts; the system chooses its colour."""


def step_of(share: float) -> int:
    """The number of filled ring steps for a share of the interval; the ring is full only when the break is due."""
    return max(0, min(STEPS, int(share * STEPS)))


class IconCache:
    """Paints icons and keeps the last few, because the same ones are needed again and again."""

    _ROOM = 6

    def __init__(self, *, masks: bool = sys.platform == "darwin") -> None:
        """``masks``: the system colours an icon with minutes itself, from its opacity (a template image)."""
        self._masks = masks
        self._kept: dict[tuple[IconFace, int, bool, int | None], QIcon] = {}

    def icon(self, face: IconFace, step: int, *, dark: bool, minutes: int | None = None) -> QIcon:
        """The icon in all sizes. ``minutes``: the number to show in it; ``None``, or one too long: none."""
        if minutes is not None and minutes > MOST_MINUTES:
            minutes = None
        key = (face, step if face in _WITH_RING else 0, dark, minutes)
        if (kept := self._kept.get(key)) is not None:
            return kept
        masked = self._masks and minutes is not None
        icon = QIcon()
        for size in TRAY_SIZES:
            icon.addPixmap(paint(size, face, step, dark=dark, minutes=minutes, masked=masked))
        icon.setIsMask(masked)
        while len(self._kept) >= self._ROOM:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = icon
        return icon


def paint(
    size: int,
    face: IconFace,
    step: int,
    *,
    dark: bool,
    minutes: int | None = None,
    masked: bool = False,
    in_lines: bool = False,
) -> QPixmap:
    """An icon as a picture ``size`` pixels wide and high; ``minutes``, at most 99, take the place of ``face``.

    ``in_lines``: in black and white.
    """
    pixmap = QPixmap(size, size)
    pixmap.fill("transparent")
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    usual = (WHITE_ON_BLACK if dark else BLACK_ON_WHITE) if in_lines else (DARK if dark else LIGHT)
    drawing = _Drawing(painter, size, MASK if masked else usual)
    if minutes is None:
        drawing.draw(face, step)
    else:
        drawing.draw_minutes(minutes, step)
    painter.end()
    return pixmap


class _Drawing:
    """Draws one icon on one pixel grid; lengths are in sixteenths of its side."""

    def __init__(self, painter: QPainter, size: int, inks: IconColours) -> None:
        self._painter = painter
        self._size = size
        self._inks = inks
        self._ring = max(2.0, round(size / 8 * 2) / 2)

    def draw(self, face: IconFace, step: int) -> None:
        inks = self._inks
        if face is IconFace.DUE:
            self._plate(inks.due)
            self._exclamation(inks.on_filled)
        elif face is IconFace.BREAK:
            self._plate(inks.moving)
            self._stretching(inks.on_filled)
        elif face is IconFace.AWAY:
            self._plate(inks.plate)
            self._dots(inks.rim)
        elif face is IconFace.OFF:
            self._plate(inks.plate)
            self._circle(inks.rim, max(1.0, round(self._size / 16)))
            self._moon(inks.ink)
        elif face is IconFace.STANDING:
            self._plate(inks.plate)
            self._circle(inks.fill, max(1.0, round(self._size / 16)))
            self._standing(inks.ink)
        else:
            self._plate(inks.plate)
            self._progress(step)
            if face is IconFace.SITTING:
                self._seated(inks.ink)
            elif face is IconFace.PAUSED:
                self._bars(inks.ink)
            else:
                self._bar(inks.ink)

    def draw_minutes(self, minutes: int, step: int) -> None:
        """Draw a number, as large as the plate allows, over a line that fills from the left."""
        inks, size = self._inks, self._size
        plate = QPainterPath()
        plate.addRoundedRect(QRectF(0, 0, size, size), size / 5, size / 5)
        self._fill(plate, inks.plate)
        line, edge = max(2, self._at(2)), max(1, self._at(1))
        low = size - edge - line
        self._block(inks.track, edge + 1, low, size - edge - 1, low + line)
        if filled := round((size - 2 * edge - 2) * step / STEPS):
            self._block(inks.fill, edge + 1, low, edge + 1 + filled, low + line)
        draw_digits(self._painter, str(minutes), QColor(inks.ink), size=size, bottom=low)

    # --- the grid ----------------------------------------------------------------------------------------------------

    def _at(self, sixteenths: float) -> int:
        """The pixel edge nearest to a position."""
        return round(sixteenths * self._size / 16)

    def _even(self, sixteenths: float) -> int:
        """An even number of pixels: a shape centred on an even grid is sharp on both sides."""
        return max(2, int(sixteenths * self._size / 32 + 0.45) * 2)

    def _within(self, edge: float) -> QRectF:
        """The square inside an edge this many pixels wide."""
        return QRectF(edge, edge, self._size - 2 * edge, self._size - 2 * edge)

    def _fill(self, shape: QPainterPath, colour: str) -> None:
        # To look for other kinds of brushes, PySide would create all enums of Qt, a megabyte; a pen has one at once.
        pen = QPen()
        pen.setColor(QColor(colour))
        self._painter.fillPath(shape, pen.brush())

    def _block(self, colour: str, left: int, top: int, right: int, bottom: int) -> None:
        """Draw a bar on whole pixels, with rounded corners from 32 px on, where there are enough pixels for them."""
        radius = min(right - left, bottom - top) / 4 if self._size >= 32 else 0.0
        bar = QPainterPath()
        bar.addRoundedRect(QRectF(left, top, right - left, bottom - top), radius, radius)
        self._fill(bar, colour)

    def _dot(self, colour: str, x: float, y: float, radius: float) -> None:
        dot = QPainterPath()
        dot.addEllipse(QPointF(x, y), radius, radius)
        self._fill(dot, colour)

    # --- plates and rings --------------------------------------------------------------------------------------------

    def _plate(self, colour: str) -> None:
        half = self._size / 2
        self._dot(colour, half, half, half)

    def _circle(self, colour: str, width: float) -> None:
        ring = QPainterPath()
        ring.addEllipse(QRectF(0, 0, self._size, self._size))
        ring.addEllipse(self._within(width))
        self._fill(ring, colour)

    def _progress(self, step: int) -> None:
        self._circle(self._inks.track, self._ring)
        if step <= 0:
            return
        whole, turned = QRectF(0, 0, self._size, self._size), -360 * step / STEPS
        filled = QPainterPath()
        filled.arcMoveTo(whole, 90)
        filled.arcTo(whole, 90, turned)
        filled.arcTo(self._within(self._ring), 90 + turned, -turned)
        self._fill(filled, self._inks.due if step >= STEPS else self._inks.fill)

    def _dots(self, colour: str) -> None:
        """Draw a ring of eight dots, the most that stay separate at 16 px."""
        from math import cos, pi, sin

        half, radius = self._size / 2, self._size * 0.085
        for turn in range(8):
            angle = pi / 8 + turn * pi / 4
            reach = half - radius - self._size / 32
            self._dot(colour, half + reach * cos(angle), half + reach * sin(angle), radius)

    # --- signs -------------------------------------------------------------------------------------------------------

    def _exclamation(self, colour: str) -> None:
        half, width = self._size // 2, self._even(2.4)
        self._block(colour, half - width // 2, self._at(3), half + width // 2, self._at(9.4))
        top = self._at(11)
        self._block(colour, half - width // 2, top, half + width // 2, top + width)

    def _bars(self, colour: str) -> None:
        half, gap, width = self._size // 2, self._even(2) // 2, self._at(2)
        top, bottom = self._at(5), self._size - self._at(5)
        self._block(colour, half - gap - width, top, half - gap, bottom)
        self._block(colour, half + gap, top, half + gap + width, bottom)

    def _bar(self, colour: str) -> None:
        half, height, reach = self._size // 2, self._even(2.5), self._at(3.5)
        self._block(colour, half - reach, half - height // 2, half + reach, half + height // 2)

    def _moon(self, colour: str) -> None:
        half, radius = self._size / 2, self._size * 0.27
        whole, bite = QPainterPath(), QPainterPath()
        whole.addEllipse(QPointF(half, half), radius, radius)
        bite.addEllipse(QPointF(half + radius * 0.62, half - radius * 0.42), radius * 0.86, radius * 0.86)
        self._fill(whole.subtracted(bite), colour)

    # --- figures -----------------------------------------------------------------------------------------------------

    def _head(self, colour: str, x: float, top: int, across: int) -> int:
        """Draw a head on whole pixels, and return the y at which the shoulders begin."""
        self._dot(colour, x, top + across / 2, across / 2)
        return top + across + max(1, self._at(0.5))

    def _seated(self, colour: str) -> None:
        width, across = max(2, self._at(1.7)), self._at(3.1)
        back, knee, seat, floor = self._at(4.8), self._at(10.9), self._at(10), self._at(12.4)
        shoulders = self._head(colour, back + across / 2, self._at(2.9), across)
        self._block(colour, back, shoulders, back + width, seat)
        self._block(colour, back, seat - width, knee, seat)
        self._block(colour, knee - width, seat - width, knee, floor)

    def _standing(self, colour: str) -> None:
        half, across, wide = self._size // 2, self._even(3.75), self._even(5.2)
        left, right = half - wide // 2, half + wide // 2
        shoulders = self._head(colour, half, self._at(2.2), across)
        self._block(colour, left, shoulders, right, self._at(10))
        leg = wide // 2 - max(1, self._at(0.6))
        self._block(colour, left, self._at(9), left + leg, self._at(13.4))
        self._block(colour, right - leg, self._at(9), right, self._at(13.4))

    def _stretching(self, colour: str) -> None:
        from PySide6.QtCore import Qt

        unit = self._size / 16
        pen = QPen(QColor(colour), max(1.8, 1.9 * unit))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._dot(colour, 8 * unit, 4.2 * unit, 1.7 * unit)
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in (
            ((3.6, 4.4), (8, 7.6), (12.4, 4.4)),
            ((8, 7.6), (8, 9.6)),
            ((5.2, 13.2), (8, 9.6), (10.8, 13.2)),
        ):
            self._painter.drawPolyline([QPointF(x * unit, y * unit) for x, y in line])
