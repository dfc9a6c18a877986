"""A scrolling column shows its bar only if its content does not fit."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from numbguard.ui.widgets.scroll_column import ScrollColumn

# Qt's offscreen platform warns about what it cannot do; a desktop can.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_words_at_the_edge_keep_no_bar_that_they_need_only_because_of_it(qtbot: QtBot) -> None:
    column = ScrollColumn(None)  # type: ignore[arg-type]
    qtbot.addWidget(column)
    label = QLabel("word" + " more" * 30, column)
    label.setWordWrap(True)
    column.rows.addWidget(label)
    bar = column.verticalScrollBar().sizeHint().width()
    # A width at which the words need one more line beside the bar; one comes with every word that fits on a line.
    wide = next(
        width for width in range(200, 600) if label.heightForWidth(width) < label.heightForWidth(width - max(bar, 1))
    )
    column.resize(wide, 10)
    column.show()
    qtbot.waitUntil(lambda: column.verticalScrollBar().isVisible())
    column.settle()
    column.fit(wide, 1000)
    column.resize(wide, column.sizeHint().height())
    qtbot.waitUntil(lambda: not column.verticalScrollBar().isVisible())
    column.fit(wide, 10)
    column.resize(wide, 10)
    qtbot.waitUntil(lambda: column.verticalScrollBar().isVisible())
