"""The texts that a window shows, also to screen readers, and what in them did not pass through the catalogue.

``unwrapped`` uses it in the pseudo-language, and so may tests of single windows. GUI thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from numbguard.wording.catalogue.pseudo import CLOSING, OPENING

_BRACKETED: Final = re.compile(f"{OPENING}[^{OPENING}{CLOSING}]*{CLOSING}")
_NO_WORDS: Final = re.compile(r"NumbGuard|Ctrl\+\w|PDF|CSV|JSON|\b[ap]m\b|\b(?:https?|page|card):\S+", re.IGNORECASE)
_MOST_ROWS: Final = 20
"""Rows of a table that are looked at; the rest have the same words."""


def texts_of(window: QWidget) -> Iterator[str]:
    """Every text of a window and its parts that are not hidden."""
    yield window.windowTitle()
    for part in (window, *window.findChildren(QWidget)):
        if part.isHidden() or part.window() is not window:
            continue
        yield from (part.toolTip(), part.accessibleName(), part.accessibleDescription())
        yield from _shown_by(part)
    for menu in window.findChildren(QMenu):
        for action in menu.actions():
            yield from (action.text(), action.toolTip())


def _shown_by(part: QWidget) -> Iterator[str]:
    if isinstance(part, QLabel | QAbstractButton):
        yield part.text()
    elif isinstance(part, QLineEdit):
        if not isinstance(part.parentWidget(), QAbstractSpinBox):
            yield part.placeholderText()
    elif isinstance(part, QComboBox):
        yield from (part.itemText(place) for place in range(part.count()))
    elif isinstance(part, QSpinBox):
        yield from (part.prefix(), part.suffix(), part.specialValueText())
    elif isinstance(part, QTextEdit | QPlainTextEdit):
        yield part.placeholderText()
        if part.isReadOnly():
            yield from part.toPlainText().splitlines()
    elif isinstance(part, QAbstractItemView) and (model := part.model()) is not None:
        yield from _cells(model)


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    # A list has one column, and a method that says so to nobody.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    for row in range(min(model.rowCount(QModelIndex()), _MOST_ROWS)):
        for column in range(columns):
            yield str(model.data(model.index(row, column)) or "")


def unwrapped_part(text: str) -> str:
    """The words of a text outside any brackets; empty where every word passed through the catalogue."""
    before = None
    while before != text:
        before, text = text, _BRACKETED.sub(" ", text)
    left = _NO_WORDS.sub(" ", text)
    return " ".join(text.split()) if re.search(r"[^\W\d_]{2,}", left) else ""
