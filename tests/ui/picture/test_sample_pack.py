"""The picture of the sample pack in ``docs/USING.md`` shows a bent line, as drawn."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

USING = (Path(__file__).parents[3] / "docs" / "USING.md").read_text(encoding="utf-8")


def test_the_sample_is_a_line_and_no_solid_triangle(qtbot: QtBot) -> None:
    drawn = re.search(r"data = '''\n(<svg.*?</svg>)", USING, re.DOTALL)
    assert drawn
    image = QImage(600, 400, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    QSvgRenderer(drawn[1].encode()).render(painter, QRectF(0, 0, 600, 400))
    painter.end()
    assert image.pixelColor(300, 100) == Qt.GlobalColor.black, "the bend"
    assert image.pixelColor(300, 250) == Qt.GlobalColor.white, "below it"
