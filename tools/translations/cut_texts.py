"""The texts of a window that have too little room: cut off, elided, or on top of each other.

``tests/ui/test_fits.py`` asks for them in every language, and ``tools.pictures.in_languages`` lists them beside its
pictures. A text that a widget of NumbGuard paints by itself is not looked at, but the size that its button asks for is.
GUI thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QTextDocument, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

_EDGE_OF_A_FIELD: Final = 2
"""Pixels that Qt leaves free on each side of the text of a line edit."""
_TAG: Final = re.compile(r"</?[a-z]+[ >]")
_ROUNDING: Final = 2
"""Pixels that a size may fall short: sizes are whole numbers, the widths of letters are not."""


def cut_texts(window: QWidget) -> list[str]:
    """A line for each text of a visible window that has too little room: its widget, the text, the lack in pixels."""
    found = []
    for part in (window, *window.findChildren(QWidget)):
        if not part.isVisible() or part.window() is not window:
            continue
        for text, lack in _lacks(part):
            found.append(f"{type(part).__name__} “{_short(text)}”: {lack}")
        if (text := _text_of(part)) and (lack := _outside(part, window)):
            found.append(f"{type(part).__name__} “{_short(text)}”: {lack}")
    return found


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 70 else f"{words[:69]}…"


def _text_of(part: QWidget) -> str:
    return part.text() if isinstance(part, QLabel | QAbstractButton) else ""


def _lacks(part: QWidget) -> Iterator[tuple[str, str]]:
    if isinstance(part, QLabel):
        if part.text() and (lack := _lack_of_label(part)):
            yield part.text(), lack
    elif isinstance(part, QAbstractButton):
        if part.text() and (lack := _lack(part.size(), part.sizeHint())):
            yield part.text(), lack
    elif isinstance(part, QComboBox):
        option = QStyleOptionComboBox()
        part.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = part.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, part)
        if part.toolTip() != part.currentText():  # which shows the whole of it
            yield from _wider(part.currentText(), part.fontMetrics(), room.width())
    elif isinstance(part, QLineEdit):
        is_in_box = isinstance(part.parentWidget(), QAbstractSpinBox)
        words = part.text() if is_in_box else part.placeholderText()
        yield from _wider(words, part.fontMetrics(), part.contentsRect().width() - 2 * _EDGE_OF_A_FIELD)
    elif isinstance(part, QHeaderView):
        for place in range(part.count()):
            words = str(part.model().headerData(place, part.orientation()) or "")
            if part.orientation() is Qt.Orientation.Horizontal and not part.isSectionHidden(place):
                yield from _wider(words, part.fontMetrics(), part.sectionSize(place))
    elif isinstance(part, QListView) and not part.wordWrap():
        yield from _rows(part)


def _rows(view: QListView) -> Iterator[tuple[str, str]]:
    model = view.model()
    if model is None or view.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        return
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        lack = view.sizeHintForIndex(index).width() - view.viewport().width()
        if not view.isRowHidden(row) and lack > _ROUNDING:
            yield str(model.data(index) or ""), f"{lack} px too narrow"


def _wider(text: str, metrics: QFontMetrics, room: int) -> Iterator[tuple[str, str]]:
    lack = metrics.horizontalAdvance(text) - room
    if text and lack > _ROUNDING:
        yield text, f"{lack} px too narrow"


def _lack(size: QSize, wanted: QSize) -> str:
    if (lack := wanted.width() - size.width()) > _ROUNDING:
        return f"{lack} px too narrow"
    if (lack := wanted.height() - size.height()) > _ROUNDING:
        return f"{lack} px too low"
    return ""


def _lack_of_label(label: QLabel) -> str:
    if not label.wordWrap():
        return _lack(label.size(), label.sizeHint())
    if (lack := label.heightForWidth(label.width()) - label.height()) > _ROUNDING:
        return f"{lack} px too low"
    words = max(re.split(r"\s+", _plain(label)), key=label.fontMetrics().horizontalAdvance)
    if (lack := label.fontMetrics().horizontalAdvance(words) - label.contentsRect().width()) > _ROUNDING:
        return f"{lack} px too narrow for “{words}”"
    return ""


def _plain(label: QLabel) -> str:
    text = label.text()
    if label.textFormat() is Qt.TextFormat.MarkdownText:
        document = QTextDocument()
        document.setMarkdown(text)
        return document.toPlainText()
    is_rich = label.textFormat() is Qt.TextFormat.RichText or (
        label.textFormat() is Qt.TextFormat.AutoText and bool(_TAG.search(text))
    )
    return QTextDocumentFragment.fromHtml(text).toPlainText() if is_rich else text


def _outside(part: QWidget, window: QWidget) -> str:
    """How far a widget sticks out of one that contains it. A direction in which a person can scroll does not count."""
    across = down = True
    inner, rect = part, QRect(QPoint(0, 0), part.size())
    while inner is not window:
        outer = inner.parentWidget()
        assert outer is not None  # only a window has none
        rect = rect.translated(inner.pos())
        area = outer.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is outer:
            off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            across = across and area.horizontalScrollBarPolicy() is off
            down = down and area.verticalScrollBarPolicy() is off
            if isinstance(area, QAbstractItemView):
                return ""
        lack = max(-rect.left(), rect.right() + 1 - outer.width())
        if across and lack > _ROUNDING:
            return f"{lack} px outside {type(outer).__name__}"
        lack = max(-rect.top(), rect.bottom() + 1 - outer.height())
        if down and lack > _ROUNDING:
            return f"{lack} px above or below {type(outer).__name__}"
        inner = outer
    return ""
