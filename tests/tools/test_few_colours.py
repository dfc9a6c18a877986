"""Pictures are saved with few colours, and look as they did."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from tools.pictures.few_colours import main, save


@pytest.fixture
def drawn(qapp: QApplication) -> QImage:
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor("#f6f8f7"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor("#2f7f86"))
    painter.drawEllipse(20, 20, 160, 160)
    painter.setPen(QColor("#10181a"))
    painter.drawText(190, 100, "Start a break")
    painter.end()
    return picture


def test_a_saved_picture_is_smaller_and_no_point_of_it_is_far_from_what_it_was(drawn: QImage, tmp_path: Path) -> None:
    whole, small = tmp_path / "whole.png", tmp_path / "small.png"
    drawn.save(str(whole))
    save(drawn, small)
    assert small.stat().st_size < whole.stat().st_size
    kept = QImage(str(small))
    assert kept.format() is QImage.Format.Format_Indexed8
    for x in range(0, 300, 3):
        for y in range(0, 200, 3):
            before, after = drawn.pixelColor(x, y), kept.pixelColor(x, y)
            assert abs(before.red() - after.red()) <= 24, (x, y)


def test_files_are_written_anew_and_one_that_cannot_be_is_said(drawn: QImage, tmp_path: Path) -> None:
    file = tmp_path / "tour.png"
    drawn.save(str(file))
    main([str(file)])
    assert QImage(str(file)).format() is QImage.Format.Format_Indexed8
    with pytest.raises(OSError, match="could not be written"):
        save(drawn, tmp_path / "no-folder" / "picture.png")
