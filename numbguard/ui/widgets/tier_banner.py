"""The heading of the advice in the colour and with the mark of its tier, and the sentence that says what to do.

The advice window and the relief window show it, on the GUI thread. Colour is never the only sign of a tier: each has a
heading and a mark of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from numbguard.core.log.advice.advice import Advice
from numbguard.core.log.red_flags import AdviceTier
from numbguard.wording.log import advice as words

from . import roles, theme
from .labels import label_for


@dataclass(frozen=True, slots=True)
class TierColours:
    """Colours as ``#rrggbb``; text has a contrast of at least 4.5 : 1 on the ground, and ``ground`` on ``mark``."""

    ground: str
    mark: str
    text: str


OPEN: Final = None
"""In place of a tier: a question is open that could raise it."""

LIGHT: Final[Mapping[AdviceTier | None, TierColours]] = {
    AdviceTier.NOW: TierColours("#fbe4e1", "#b3261e", "#7a1610"),
    AdviceTier.TODAY: TierColours("#fcefd6", "#96590a", "#6b3f05"),
    AdviceTier.SOON: TierColours("#e2edf8", "#2b659c", "#1a4a78"),
    AdviceTier.RELIEF: TierColours("#e0f1ed", "#2a7567", "#1a5448"),
    OPEN: TierColours("#e6ebeb", "#55666a", "#1c2a2c"),
}
DARK: Final[Mapping[AdviceTier | None, TierColours]] = {
    AdviceTier.NOW: TierColours("#48211e", "#ffb0a6", "#ffd0ca"),
    AdviceTier.TODAY: TierColours("#43331a", "#f2c479", "#fadfb0"),
    AdviceTier.SOON: TierColours("#20354a", "#9fcaf2", "#cde4fa"),
    AdviceTier.RELIEF: TierColours("#1d3b35", "#8fd6c5", "#c3ebe1"),
    OPEN: TierColours("#2e3a3c", "#a6b8ba", "#e7efee"),
}


def colours_of(tier: AdviceTier | None, palette: theme.Palette) -> TierColours:
    if palette.high_contrast:  # the most urgent is inverted; words and mark tell the others apart
        if tier is AdviceTier.NOW:
            return TierColours(palette.text, palette.window, palette.window)
        return TierColours(palette.window, palette.text, palette.text)
    return (DARK if palette.dark else LIGHT)[tier]


class TierBanner(QFrame):
    def __init__(self, parent: QWidget, *, scale: float = 1.0) -> None:
        """``scale``: of the fonts; below 1 for a banner that stands in a larger window."""
        super().__init__(parent)
        self._tier: AdviceTier | None = AdviceTier.RELIEF
        self._palette = theme.current()
        unit = theme.unit() * scale
        edge = round(unit * 0.9)
        row = QHBoxLayout(self)
        row.setContentsMargins(edge, round(unit * 0.75), edge, round(unit * 0.8))
        row.setSpacing(round(unit * 0.9))
        self._mark = _TierMark(self, size=round(unit * 2.5))
        self.heading = label_for(self, scale=1.5 * scale, bold=True, expands=True)
        self.action = label_for(self, scale=1.08 * scale, expands=True)
        column = QVBoxLayout()
        self._gap = round(unit * 0.15)
        column.setSpacing(self._gap)
        column.addWidget(self.heading)
        column.addWidget(self.action)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_advice(self, advice: Advice, *, number: str) -> None:
        """Show the heading and the first sentence; ``number`` is the emergency number that is set, if any."""
        self.show_words(
            advice.tier if advice.is_settled else OPEN,
            words.heading(advice),
            words.sentences(advice, number=number)[0],
        )

    def show_words(self, tier: AdviceTier | None, heading: str, action: str) -> None:
        self._tier = tier
        self.setAccessibleName(heading)
        is_urgent = tier in (AdviceTier.NOW, AdviceTier.TODAY)
        roles.set_role(self, roles.Role.AlertMessage if is_urgent else roles.Role.Grouping)
        self.heading.setText(heading)
        self.action.setText(action)
        self._recolour()

    def height_at(self, width: int) -> int:
        """The height in pixels that the words need at a width in pixels."""
        layout = self.layout()
        assert layout is not None
        edges = layout.contentsMargins()
        inside = width - edges.left() - edges.right() - self._mark.width() - layout.spacing()
        for label in (self.heading, self.action):
            label.ensurePolished()
        # A layout that was never shown knows no height for a width.
        words = self.heading.heightForWidth(inside) + self._gap + self.action.heightForWidth(inside)
        return edges.top() + edges.bottom() + max(words, self._mark.height())

    def apply_colours(self, palette: theme.Palette) -> None:
        self._palette = palette
        self._recolour()

    def _recolour(self) -> None:
        colours = colours_of(self._tier, self._palette)
        self._mark.show_tier(self._tier, colours)
        for label in (self.heading, self.action):
            label.setStyleSheet(f"color: {colours.text}; background: transparent;")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, unit = colours_of(self._tier, self._palette), theme.unit()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.ground))
        painter.drawRoundedRect(self.rect(), unit * 0.6, unit * 0.6)
        painter.setClipRect(QRectF(0, 0, unit * 0.3, self.height()))
        painter.setBrush(QColor(colours.mark))
        painter.drawRoundedRect(self.rect(), unit * 0.6, unit * 0.6)


class _TierMark(QWidget):
    """An octagon, a clock, a leaf of a calendar, an arrow that turns, or a question mark."""

    def __init__(self, parent: QWidget, *, size: int) -> None:
        super().__init__(parent)
        self._tier: AdviceTier | None = OPEN
        self._colours = LIGHT[OPEN]
        self.setFixedSize(size, size)

    def show_tier(self, tier: AdviceTier | None, colours: TierColours) -> None:
        self._tier, self._colours = tier, colours
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self.width()
        painter.scale(side / 24, side / 24)
        mark, ground = QColor(self._colours.mark), QColor(self._colours.ground)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mark)
        thick = QPen(ground, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        match self._tier:
            case AdviceTier.NOW:
                corners = ((7.5, 1), (16.5, 1), (23, 7.5), (23, 16.5), (16.5, 23), (7.5, 23), (1, 16.5), (1, 7.5))
                painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
                painter.setPen(thick)
                painter.drawLine(QPointF(12, 6.5), QPointF(12, 13))
                painter.drawPoint(QPointF(12, 17.3))
            case AdviceTier.TODAY:
                painter.drawEllipse(QPointF(12, 12), 11, 11)
                painter.setPen(thick)
                painter.drawPolyline([QPointF(12, 6), QPointF(12, 12.5), QPointF(16, 15)])
            case AdviceTier.SOON:
                painter.drawRoundedRect(QRectF(2, 3.5, 20, 19), 3, 3)
                painter.drawRoundedRect(QRectF(6.3, 1, 2.4, 6), 1, 1)
                painter.drawRoundedRect(QRectF(15.3, 1, 2.4, 6), 1, 1)
                painter.setBrush(ground)
                painter.drawRect(QRectF(4.6, 8.8, 14.8, 1.6))
                painter.drawRoundedRect(QRectF(13.3, 14.2, 5, 5), 1, 1)
            case AdviceTier.RELIEF:
                painter.drawEllipse(QPointF(12, 12), 11, 11)
                painter.setPen(thick)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawArc(QRectF(6.5, 6.5, 11, 11), 60 * 16, 270 * 16)
                painter.drawPolyline([QPointF(14.2, 4.6), QPointF(15.4, 7.6), QPointF(12.4, 8.9)])
            case _:
                painter.drawEllipse(QPointF(12, 12), 11, 11)
                painter.setPen(thick)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawArc(QRectF(8.2, 5.6, 7.6, 7.6), -60 * 16, 240 * 16)
                painter.drawLine(QPointF(13, 12.8), QPointF(12, 14.2))
                painter.drawPoint(QPointF(12, 18))
