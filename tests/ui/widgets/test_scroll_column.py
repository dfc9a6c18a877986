"""A scrolling column shows its bar only if its content does not fit."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from numbguard.ui.widgets.scroll_column import ScrollColumn

WIDE = 300


def wraps_further_beside_a_bar(label: QLabel, bar: int) -> bool:
    return label.heightForWidth(WIDE) < label.heightForWidth(WIDE - bar)


def test_words_at_the_edge_keep_no_bar_that_they_need_only_because_of_it(qtbot: QtBot) -> None:
    column = ScrollColumn(None)  # type: ignore[arg-type]
    qtbot.addWidget(column)
    label = QLabel("word", column)
    label.setWordWrap(True)
    column.rows.addWidget(label)
    bar = column.verticalScrollBar().sizeHint().width()
    while not wraps_further_beside_a_bar(label, bar):
        label.setText(f"{label.text()} more")
    column.resize(WIDE, 10)
    column.show()
    qtbot.waitUntil(lambda: column.verticalScrollBar().isVisible())
    column.settle()
    column.fit(WIDE, 1000)
    column.resize(WIDE, column.sizeHint().height())
    qtbot.waitUntil(lambda: not column.verticalScrollBar().isVisible())
    column.fit(WIDE, 10)
    column.resize(WIDE, 10)
    qtbot.waitUntil(lambda: column.verticalScrollBar().isVisible())
