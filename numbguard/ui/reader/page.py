"""Shows one page of the guide, set for reading and scaled, with the words of a search marked.

Part of the reader's window, on the GUI thread. Following a link only emits a signal, and nothing is ever loaded from
outside, neither pictures nor pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextListFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from numbguard.core.guide.pages import GuidePlace, anchor, marks
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.viewport import viewport_of
from numbguard.wording.catalogue import _, translated

BODY: Final = 1.1
"""Size of the text, which is for reading, as a multiple of the size in the controls."""
MEASURE: Final = 68
"""Characters in a line: long enough for reading to flow, short enough to find the start of the next line."""
_SPECIMEN: Final = "the leg wakes when you stand up and take a few slow steps around the room "
SOURCE: Final = "where-this-comes-from"
"""Anchor of the heading of a page's last part, which is set more quietly than the rest."""


class PageView(QTextBrowser):
    followed = Signal(str)
    """A link, as written in the page."""
    zoom_wanted = Signal(int)
    """Steps: positive for larger text, negative for smaller."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        # Tab reaches the links, and there is no caret, so that the arrow keys scroll at once.
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.verticalScrollBar().actionTriggered.connect(self._scroll_by_hand)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.anchorClicked.connect(lambda url: self.followed.emit(url.toString()))
        self._colours = theme.current()
        self._scale = 1.0
        self._markdown = ""
        self._following: GuidePlace | None = None
        self._place = 0
        self._by_hand = False
        self._words: Sequence[str] = ()
        self._found: list[QTextCursor] = []
        self._at: int | None = None

    # --- showing --------------------------------------------------------------------------------------------------

    def show_text(self, markdown: str, *, following: GuidePlace | None) -> None:
        """Show a page from its top, with a link at its foot to the page that follows, if any."""
        self._markdown, self._following = markdown, following
        self._at = None
        self._set()
        self.go_to(0)

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self._set_again()

    def scale_to(self, scale: float) -> None:
        self._scale = scale
        self._set_again()

    def mark(self, words: Sequence[str]) -> None:
        """Mark each of these words (as `core.guide.pages.query_words` returns them), here and on pages shown later."""
        self._words = words
        self._at = None
        self._find()

    # --- the reading place ----------------------------------------------------------------------------------------

    @property
    def place(self) -> int:
        """Position of the character at the top, for `go_to`; it survives a change of width, scale or colours."""
        return self._place

    def go_to(self, place: int) -> None:
        bar = self.verticalScrollBar()
        if place:
            cursor = QTextCursor(self.document())
            cursor.setPosition(min(place, self.document().characterCount() - 1))
            bar.setValue(bar.value() + self.cursorRect(cursor).top() - self._above)
        else:
            bar.setValue(0)
        self._place = place

    def go_to_heading(self, name: str) -> bool:
        """Bring the heading with this anchor to the top; False if the page has none."""
        for block in self._blocks():
            if block.blockFormat().headingLevel() and anchor(block.text()) == name:
                self.go_to(block.position())
                return True
        return False

    def _scroll_by_hand(self, _action: int) -> None:
        self._by_hand = True

    def _scrolled(self) -> None:
        """Only the person's own scrolling changes the reading place; a new layout moves the bar as well."""
        if self._by_hand:
            self._by_hand = False
            self._note_place()

    def _note_place(self) -> None:
        top = self.cursorForPosition(QPoint(viewport_of(self).width() // 2, self._above + 2))
        self._place = top.position() if self.verticalScrollBar().value() else 0

    @property
    def _above(self) -> int:
        return round(theme.unit() * 0.6)

    @property
    def found(self) -> int:
        """Number of marked words."""
        return len(self._found)

    def step(self, by: int) -> bool:
        """Go to the next marked word, or with `by` = -1 to the one before; False, without moving, past the last."""
        if self._at is None:
            wanted = 0 if by > 0 else len(self._found) - 1
        else:
            wanted = self._at + by
        if not 0 <= wanted < len(self._found):
            return False
        self._at = wanted
        self._show_marks()
        self._bring_into_view(self._found[wanted])
        return True

    def step_below(self, name: str) -> None:
        """Go to the first marked word below the heading with this anchor, or on the page if it is ``""``."""
        start = 0
        for block in self._blocks():
            if name and block.blockFormat().headingLevel() and anchor(block.text()) == name:
                start = block.position()
        self._at = next((i for i, each in enumerate(self._found) if each.selectionStart() >= start), None)
        self._show_marks()
        if self._at is not None:
            self._bring_into_view(self._found[self._at])

    @property
    def heading(self) -> str:
        """Anchor of the heading above the current marked word; ``""`` at the top of the page."""
        block = self._found[self._at].block() if self._at is not None else self.document().begin()
        while block.isValid() and block.blockFormat().headingLevel() == 0:
            block = block.previous()
        return anchor(block.text()) if block.isValid() and block.blockFormat().headingLevel() > 1 else ""

    # --- setting the page -----------------------------------------------------------------------------------------

    def _set_again(self) -> None:
        """Set the page again after a change of looks; the same words stay at the top, and the marks stay."""
        if not self._markdown:
            return
        place, at = self._place, self._at
        self._set()
        self._at = at
        self._show_marks()
        self.go_to(place)

    def _set(self) -> None:
        document = self.document()
        document.setDefaultFont(theme.font(BODY * self._scale))
        self.setMarkdown(self._markdown)
        unit = self._unit()
        document.setDocumentMargin(unit * 1.4)
        document.setIndentWidth(unit * 1.4)
        quiet = False
        for block in self._blocks():
            level = block.blockFormat().headingLevel()
            if level:
                quiet = anchor(block.text()) == SOURCE
            self._set_block(block, level=level, quiet=quiet)
            self._set_characters(block, level=level, quiet=quiet)
        self._add_following()
        self._set_measure()
        self._find()

    def _set_block(self, block: QTextBlock, *, level: int, quiet: bool) -> None:
        unit = self._unit()
        spacing = block.blockFormat()
        above, below, line = 0.0, 0.65, 140
        if level == 1:
            below, line = 0.7, 115
        elif level:
            above, below, line = 1.0, 0.3, 120
        elif block.textList() is not None:
            going_on = block.next().isValid() and block.next().textList() is not None
            below = 0.3 if going_on else 0.65
        if quiet and level:
            above = 1.6
        spacing.setTopMargin(above * unit)
        spacing.setBottomMargin(below * unit)
        spacing.setLineHeight(line, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(block)
        cursor.setBlockFormat(spacing)
        # Qt draws the bullet in the block's own character format, which would keep the colour of another scheme.
        # The gap between a bullet and its text is the width of a space in that format.
        bullet = QTextCharFormat()
        bullet.setFontWordSpacing(unit * 0.22)
        bullet.setForeground(QColor(self._colours.quiet if quiet else self._colours.text))
        cursor.mergeBlockCharFormat(bullet)
        entries = block.textList()
        if entries is not None and entries.format().style() != QTextListFormat.Style.ListDecimal:
            style = entries.format()
            style.setStyle(QTextListFormat.Style.ListDisc)
            entries.setFormat(style)

    def _set_characters(self, block: QTextBlock, *, level: int, quiet: bool) -> None:
        """Set size and colour. Weight and italics stay as in the page, but headings are always semi-bold."""
        size = 0.9 if quiet else {1: 1.65, 2: 1.2}.get(level, 1.0)
        font = theme.font(size * BODY * self._scale)
        runs = []
        each = block.begin()
        while not each.atEnd():
            runs.append((each.fragment().position(), each.fragment().length(), each.fragment().charFormat()))
            each += 1
        for start, length, old in runs:
            # A fresh format drops what Qt sets for Markdown by itself (sizes in steps, blue links).
            look = QTextCharFormat()
            look.setFont(font)
            look.setFontItalic(old.fontItalic())
            bold = level > 0 or old.fontWeight() > QFont.Weight.Medium
            look.setFontWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            look.setForeground(QColor(self._colours.quiet if quiet else self._colours.text))
            if old.isAnchor():
                look.setAnchor(True)
                look.setAnchorHref(old.anchorHref())
                look.setForeground(QColor(self._colours.accent))
                look.setFontUnderline(True)
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(look)

    def _add_following(self) -> None:
        if self._following is None:
            return
        spacing = QTextBlockFormat()
        spacing.setTopMargin(self._unit() * 1.4)
        look = QTextCharFormat()
        look.setFont(theme.font(BODY * self._scale))
        look.setAnchor(True)
        look.setAnchorHref(self._following.link)
        look.setForeground(QColor(self._colours.accent))
        look.setFontUnderline(True)
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock(spacing, look)
        cursor.insertText(_("Next: {title}").format(title=translated(self._following.page.title)), look)

    def _set_measure(self) -> None:
        """Keep the lines to a comfortable length: spare width becomes margin."""
        metrics = QFontMetricsF(theme.font(BODY * self._scale))
        measure = metrics.horizontalAdvance(_SPECIMEN) / len(_SPECIMEN) * MEASURE
        spare = viewport_of(self).width() - 2 * self.document().documentMargin() - measure
        frame = self.document().rootFrame()
        shape = frame.frameFormat()
        margin = self.document().documentMargin() + max(0.0, spare / 2)
        if abs(shape.leftMargin() - margin) < 0.5:
            return
        shape.setLeftMargin(margin)
        shape.setRightMargin(margin)
        frame.setFrameFormat(shape)

    def _unit(self) -> float:
        return theme.unit() * BODY * self._scale

    def _blocks(self) -> list[QTextBlock]:
        blocks = []
        block = self.document().begin()
        while block.isValid():
            blocks.append(block)
            block = block.next()
        return blocks

    # --- marks ----------------------------------------------------------------------------------------------------

    def _find(self) -> None:
        self._found = []
        for block in self._blocks() if self._words else ():
            for span in marks(block.text(), self._words):
                cursor = QTextCursor(self.document())
                cursor.setPosition(block.position() + span.start)
                cursor.setPosition(block.position() + span.end, QTextCursor.MoveMode.KeepAnchor)
                self._found.append(cursor)
        self._show_marks()

    def _show_marks(self) -> None:
        # Underlined as well as tinted, for people who cannot tell the tint from the page.
        shown = []
        for number, cursor in enumerate(self._found):
            here = number == self._at
            look = QTextCharFormat()
            look.setBackground(QColor(self._colours.warm if here else self._colours.warm_surface))
            look.setForeground(QColor("#161f21" if here else self._colours.text))
            look.setFontUnderline(True)
            look.setUnderlineColor(QColor(self._colours.warm))
            one = QTextEdit.ExtraSelection()
            one.cursor, one.format = cursor, look
            shown.append(one)
        self.setExtraSelections(shown)

    def _bring_into_view(self, cursor: QTextCursor) -> None:
        if not self.isVisible():  # in a small window, which shows the contents in its place
            self.go_to(cursor.selectionStart())
            return
        where, room = self.cursorRect(cursor), viewport_of(self).height()
        if where.top() < theme.unit() or where.bottom() > room - theme.unit() * 2:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + where.top() - room // 3)
            self._note_place()

    # --- Qt's events ----------------------------------------------------------------------------------------------

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Fetch nothing for a page, whatever it refers to."""
        return QByteArray()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_measure()
        self.go_to(self._place)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.go_to(self._place)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next link; that may have scrolled the page."""
        moved: bool = super().focusNextPrevChild(forward)
        self._note_place()
        return moved

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.zoom_wanted.emit(1 if turned > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)
