"""A wrapped text has one straight edge, from left to right and from right to left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from numbguard.ui.widgets.labels import label_for

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

ARABIC = "تكون مقدمة فخذك مرتخية وأنت جالس. وسحب كعبك إلى أعلى يطيلها، ثم اترك قدمك."
ENGLISH = "Sitting keeps the front of your thigh slack. Pulling the heel up stretches it."


@pytest.fixture
def from_right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def shown(qtbot: QtBot, text: str, *, width: int = 200) -> QLabel:
    window = QWidget()
    label = label_for(window, text)
    label.setParent(None)
    qtbot.addWidget(window)
    qtbot.addWidget(label)
    label.setStyleSheet("background: #ffffff; color: #000000;")
    label.resize(width, label.heightForWidth(width))
    label.show()
    QApplication.processEvents()
    return label


def right_edges(label: QLabel) -> list[int]:
    """The column of the rightmost ink of each line of text."""
    image: QImage = label.grab().toImage()
    lines = round(image.height() / label.fontMetrics().lineSpacing())
    assert lines >= 2
    each = image.height() // lines
    edges = []
    for line in range(lines):
        inked = [
            x
            for x in range(image.width())
            if any(QColor(image.pixel(x, y)).lightness() < 128 for y in range(line * each, (line + 1) * each))
        ]
        edges.append(max(inked))
    return edges


@pytest.mark.usefixtures("from_right_to_left")
def test_lines_from_right_to_left_begin_below_one_another(qtbot: QtBot) -> None:
    edges = right_edges(shown(qtbot, ARABIC))
    assert max(edges) - min(edges) <= 3, edges


@pytest.mark.usefixtures("from_right_to_left")
def test_the_lines_are_as_many_as_there_is_room_for(qtbot: QtBot) -> None:
    label = shown(qtbot, f"{ARABIC}\n{ENGLISH}")
    image = label.grab().toImage()
    last = range(image.height() - label.fontMetrics().descent() - 4, image.height())
    assert any(QColor(image.pixel(x, y)).lightness() < 128 for y in last for x in range(image.width()))
    assert label.text() == f"{ARABIC}\n{ENGLISH}"
