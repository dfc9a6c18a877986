"""A card with a picture of the person's own: what the card window shows of each kind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from numbguard.core.picture_rules import Picture, PictureKind, checked_picture
from tests.ui.card_stage import CARDS, Stage


def picture(kind: PictureKind) -> Picture:
    """A red square."""
    if kind is PictureKind.SVG:
        red = b"<rect width='90' height='90' fill='red'/>"
        data = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 90'>" + red + b"</svg>"
    elif kind is PictureKind.GIF:  # Qt reads but does not write it
        data = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\x00"
        data += b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
    else:
        image = QImage(90, 90, QImage.Format.Format_RGB32)
        image.fill(QColor("red"))
        held, buffer = QByteArray(), QBuffer()
        buffer.setBuffer(held)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        assert image.save(buffer, kind.upper())  # type: ignore[call-overload]
        data = held.data()
    return checked_picture(kind, data)


@pytest.mark.parametrize("kind", PictureKind)
def test_each_kind_of_picture_is_seen(kind: PictureKind, qapp: QApplication) -> None:
    quad = CARDS.card("quad")
    assert quad
    steps = tuple(replace(step, motion="", repetitions=3) for step in quad.steps)
    own = replace(quad, steps=steps, motions={}, image=picture(kind))
    stage = Stage()
    stage.card_of = lambda _slug: own
    try:
        stage.open("quad")
        QTest.qWait(100)
        shot = stage.shown().grab().toImage()
        seen = QColor(shot.pixel(shot.width() // 4, shot.height() // 3))
        assert (seen.red() > 240, seen.green() < 20) == (True, True), seen.name()
        assert f"{quad.steps[0].text} (3 times)" in stage.words()
    finally:
        stage.window.close()
        QTest.qWait(10)
