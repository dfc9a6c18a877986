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

from numbguard.ui.reader.page import PageView
from numbguard.wording.catalogue.pseudo import CLOSING, OPENING

_BRACKETED: Final = re.compile(f"{OPENING}[^{OPENING}{CLOSING}]*{CLOSING}")
_NO_WORDS: Final = re.compile(r"NumbGuard|Ctrl\+\w|PDF|CSV|JSON|\b[ap]m\b|\b(?:https?|page|card):\S+", re.IGNORECASE)
_KEY: Final = re.compile(r"&([^\W_])")
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
        if isinstance(part, PageView):  # the guide's pages are shown in English
            return
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


def doubled_keys(window: QWidget) -> Iterator[str]:
    """Each access key that two visible parts of a window, or two entries of one of its menus, have in common."""
    parts = [part for part in window.findChildren(QWidget) if part.isVisible() and part.window() is window]
    shown = [part.text() for part in parts if isinstance(part, QAbstractButton)]
    shown += [part.text() for part in parts if isinstance(part, QLabel) and part.buddy() is not None]
    menus = [[action.text() for action in menu.actions()] for menu in window.findChildren(QMenu)]
    for texts in (shown, *menus):
        by_key: dict[str, list[str]] = {}
        for text in texts:
            if found := _KEY.search(text.replace("&&", "")):
                by_key.setdefault(found[1].lower(), []).append(text)
        yield from (f"{key}: {' | '.join(several)}" for key, several in by_key.items() if len(several) > 1)


def unwrapped_part(text: str) -> str:
    """The words of a text outside any brackets; empty where every word passed through the catalogue."""
    before = None
    while before != text:
        before, text = text, _BRACKETED.sub(" ", text)
    left = _NO_WORDS.sub(" ", text)
    return " ".join(text.split()) if re.search(r"[^\W\d_]{2,}", left) else ""
