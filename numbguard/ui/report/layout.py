"""Lays out blocks on pages and draws them into a PDF, with text as text and pictures as vectors.

Called by `pdf.py`, on the thread that writes the report. Lengths are in points (1/72 inch) until a block is drawn. Text
is measured in device units, 600 to the inch, so that lines break on paper exactly where the layout breaks them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Protocol

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPdfWriter, QPen, QTextLayout, QTextOption
from PySide6.QtSvg import QSvgRenderer

from numbguard.wording import catalogue

DOTS: Final = 600
POINT: Final = DOTS / 72
"""Device units in a point."""


_FAMILIES: Final = (
    "Liberation Sans",
    "Arial",
    "Helvetica",
    "Noto Sans",
    "DejaVu Sans Condensed",
    "sans-serif",
)
"""The first one installed is used: narrow enough for a table, and found on most machines."""


def font(points: float, *, bold: bool = False) -> QFont:
    made = QFont(list(_FAMILIES))
    made.setStyleHint(QFont.StyleHint.SansSerif)
    made.setPixelSize(max(1, round(points * POINT)))
    made.setBold(bold)
    # A search for “confirmed” in the PDF finds it only if fi is two characters.
    for ligature in ("liga", "clig", "dlig"):
        made.setFeature(QFont.Tag(ligature), 0)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


class ReportBlock(Protocol):
    """Something that is placed on a page in one piece."""

    @property
    def keeps_next(self) -> bool:
        """Whether it must not be the last block on a page, like a heading."""
        ...

    def height(self, width: float) -> float: ...

    def draw(self, painter: QPainter, x: float, y: float, width: float) -> None: ...


class TextBlock:
    def __init__(
        self,
        text: str,
        points: float = 9.5,
        *,
        bold: bool = False,
        colour: str = "#000000",
        below: float = 0.0,
        keeps_next: bool = False,
        right: bool = False,
        one_line: bool = False,
    ) -> None:
        """``right``: at the far edge, as numbers are. ``one_line``: cut it, with an ellipsis, where it would wrap."""
        self._text = printable(text)
        self._one_line = one_line
        self._font = font(points, bold=bold)
        self._colour = colour
        self._below = below
        self._right = right
        self._laid: tuple[float, QTextLayout, float] | None = None
        self.keeps_next = keeps_next

    def height(self, width: float) -> float:
        return self._lay_out(width)[1] + self._below

    def draw(self, painter: QPainter, x: float, y: float, width: float) -> None:
        layout, _ = self._lay_out(width)
        painter.setPen(QColor(self._colour))
        layout.draw(painter, QPointF(x * POINT, y * POINT))

    def _side(self) -> Qt.AlignmentFlag:
        if catalogue.is_right_to_left():
            side = Qt.AlignmentFlag.AlignLeft if self._right else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignAbsolute
        return Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag.AlignLeading

    def _lay_out(self, width: float) -> tuple[QTextLayout, float]:
        if self._laid is None or self._laid[0] != width:
            text = self._text
            if self._one_line:
                elided = Qt.TextElideMode.ElideRight
                text = QFontMetricsF(self._font).elidedText(text.replace("\u2028", " "), elided, width * POINT)
            layout = QTextLayout(text, self._font)
            option = QTextOption(self._side())
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            layout.setTextOption(option)
            layout.beginLayout()
            y = 0.0
            while (line := layout.createLine()).isValid():
                line.setLineWidth(width * POINT)
                line.setPosition(QPointF(0, y))
                y += line.height() * 1.08
            layout.endLayout()
            self._laid = (width, layout, y / POINT)
        return self._laid[1], self._laid[2]


def printable(text: str) -> str:
    """The text as it can be printed: its line breaks kept, and unprintable characters replaced by spaces.

    A letter that no installed font has becomes an empty square, as it would in any other program.
    """
    lines = "\u2028".join(text.strip().splitlines())
    return "".join(_printable(letter) for letter in lines)


_KEPT: Final = "\u2028\u200c\u200d\u200e\u200f\u2068\u2069"
"""The end of a line, joiners, and marks of the direction of writing."""


def _printable(letter: str) -> str:
    if (
        letter == "\u2028"
        or letter in "\u200c\u200d\u200e\u200f\u2068\u2069"
        or (letter.isascii() and letter.isprintable())
    ):
        return letter
    if not letter.isprintable():
        return " "
    return letter if _in_a_font(letter) else "□"


@lru_cache(maxsize=4096)
def _in_a_font(letter: str) -> bool:
    # An archive refuses a document that draws the glyph for a missing letter, so the square is drawn as a letter.
    return QFontMetricsF(font(9)).inFontUcs4(ord(letter))


@dataclass
class LineBlock:
    """An empty line to write on by hand."""

    points: float
    keeps_next: bool = False

    def height(self, _width: float) -> float:
        return self.points

    def draw(self, painter: QPainter, x: float, y: float, width: float) -> None:
        painter.setPen(QPen(QColor("#888888"), 0.5 * POINT))
        bottom = (y + self.points) * POINT
        painter.drawLine(QPointF(x * POINT, bottom), QPointF((x + width) * POINT, bottom))


@dataclass
class GapBlock:
    points: float
    keeps_next: bool = False

    def height(self, _width: float) -> float:
        return self.points

    def draw(self, _painter: QPainter, _x: float, _y: float, _width: float) -> None:
        pass


@dataclass
class OverhangBlock:
    """A block that takes no height: it reaches into the row below, where its column must be empty."""

    block: ReportBlock
    keeps_next: bool = False

    def height(self, _width: float) -> float:
        return 0.0

    def draw(self, painter: QPainter, x: float, y: float, width: float) -> None:
        self.block.draw(painter, x, y, width)


class PictureBlock:
    """An SVG over the full width; ``shape`` is its height divided by its width."""

    keeps_next = False

    def __init__(self, svg: bytes, shape: float, *, below: float = 6.0) -> None:
        self._svg = svg
        self._shape = shape
        self._below = below

    def height(self, width: float) -> float:
        return width * self._shape + self._below

    def draw(self, painter: QPainter, x: float, y: float, width: float) -> None:
        room = QRectF(x * POINT, y * POINT, width * POINT, width * self._shape * POINT)
        QSvgRenderer(QByteArray(self._svg)).render(painter, room)


@dataclass
class StackBlock:
    """Blocks one below another, which no page break separates."""

    blocks: Sequence[ReportBlock]
    keeps_next: bool = False

    def height(self, width: float) -> float:
        return sum(block.height(width) for block in self.blocks)

    def draw(self, painter: QPainter, x: float, y: float, width: float) -> None:
        for block in self.blocks:
            block.draw(painter, x, y, width)
            y += block.height(width)


@dataclass
class ColumnsBlock:
    """Blocks side by side, each with its share of the width; from right to left where the language goes so.

    ``rule`` is the colour of a line below, if any.
    """

    blocks: Sequence[ReportBlock]
    shares: Sequence[float]
    gap: float = 10.0
    rule: str = ""
    ground: str = ""
    keeps_next: bool = False
    pad: float = 0.0

    def _rooms(self, width: float) -> list[tuple[ReportBlock, float, float]]:
        free = width - self.gap * (len(self.blocks) - 1)
        found, x = [], 0.0
        for block, share in zip(self.blocks, self.shares, strict=True):
            found.append((block, x, free * share))
            x += free * share + self.gap
        return found

    def height(self, width: float) -> float:
        return max((block.height(wide) for block, _, wide in self._rooms(width)), default=0.0) + 2 * self.pad

    def draw(self, painter: QPainter, x: float, y: float, width: float) -> None:
        whole = QRectF(x * POINT, y * POINT, width * POINT, self.height(width) * POINT)
        if self.ground:
            painter.fillRect(whole, QColor(self.ground))
        for block, left, wide in self._rooms(width):
            at = width - left - wide if catalogue.is_right_to_left() else left
            block.draw(painter, x + at, y + self.pad, wide)
        if self.rule:
            painter.setPen(QPen(QColor(self.rule), 0.4 * POINT))
            painter.drawLine(whole.bottomLeft(), whole.bottomRight())


@dataclass
class FramedBlock:
    """One of the rows of a frame, for contents that must not be missed; thin lines part the rows."""

    block: ReportBlock
    top: bool = True
    """Whether it is the first row."""
    bottom: bool = True
    """Whether it is the last row."""
    parted: bool = True
    """Whether a thin line parts it from the row above."""
    keeps_next: bool = False
    _pad: float = 8.0
    _between: float = 4.0
    _close: float = 1.0

    def height(self, width: float) -> float:
        return self.block.height(width - 2 * self._pad) + self._above + self._below

    @property
    def _above(self) -> float:
        return self._pad if self.top else self._between if self.parted else 0.0

    @property
    def _below(self) -> float:
        return self._pad if self.bottom else self._between - self._close

    def draw(self, painter: QPainter, x: float, y: float, width: float) -> None:
        room = QRectF(x * POINT, y * POINT, width * POINT, self.height(width) * POINT)
        thick, thin = QPen(QColor("#000000"), 1.2 * POINT), QPen(QColor("#888888"), 0.4 * POINT)
        painter.setPen(thick)
        painter.drawLine(room.topLeft(), room.bottomLeft())
        painter.drawLine(room.topRight(), room.bottomRight())
        if self.bottom:
            painter.drawLine(room.bottomLeft(), room.bottomRight())
        if not self.top:
            painter.setPen(thin)
        if self.parted:
            painter.drawLine(room.topLeft(), room.topRight())
        self.block.draw(painter, x + self._pad, y + self._above, width - 2 * self._pad)


@dataclass
class RowsBlock:
    """Rows of a table, which may continue on further pages: the head is drawn again there."""

    head: ReportBlock
    rows: Sequence[ReportBlock]


@dataclass
class _Page:
    placed: list[tuple[ReportBlock, float]] = field(default_factory=list)


def pages(blocks: Iterable[ReportBlock | RowsBlock], width: float, height: float) -> list[_Page]:
    """The blocks on as few pages as their order allows; a block taller than a page runs over its end."""
    laid = [_Page()]
    y = 0.0

    def put(block: ReportBlock, need: float = 0.0) -> None:
        nonlocal y
        tall = block.height(width)
        if y > 0 and y + tall + need > height:
            laid.append(_Page())
            y = 0.0
        if isinstance(block, GapBlock) and y == 0:
            return
        laid[-1].placed.append((block, y))
        y += tall

    listed = list(blocks)
    for place, block in enumerate(listed):
        if isinstance(block, RowsBlock):
            for row in block.rows:
                page = len(laid)
                tall = row.height(width)
                if row is block.rows[0]:
                    put(block.head, tall)
                elif y + tall > height:
                    laid.append(_Page())
                    y = 0.0
                if len(laid) > page and row is not block.rows[0]:
                    put(block.head)
                put(row)
            continue
        put(block, _kept_height(listed[place + 1 :], width) if block.keeps_next else 0.0)
    return laid


def _kept_height(after: Sequence[ReportBlock | RowsBlock], width: float) -> float:
    """Height of the blocks that must share a page with a heading: those after it, up to the first that may be last."""
    tall = 0.0
    for block in after:
        if isinstance(block, RowsBlock):
            return tall + block.head.height(width) + (block.rows[0].height(width) if block.rows else 0)
        tall += block.height(width)
        if not block.keeps_next:
            break
    return tall


def draw(
    writer: QPdfWriter,
    laid: Sequence[_Page],
    *,
    margin: float,
    width: float,
    foot_at: float,
    foot: Callable[[int, int], ReportBlock],
) -> None:
    """Draw the pages; ``foot`` makes the line at the bottom of each from its number and the number of pages."""
    painter = QPainter(writer)
    try:
        for number, page in enumerate(laid, start=1):
            if number > 1:
                writer.newPage()
            for block, y in page.placed:
                block.draw(painter, margin, margin + y, width)
            foot(number, len(laid)).draw(painter, margin, foot_at, width)
    finally:
        painter.end()
