"""The picture of a week for a notification. The Monday message asks for it, on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from numbguard.core.log.break_days import LastWeek
from numbguard.core.ports import NoticePicture

from .. import theme
from .week_bars import paint_week

_SIDE = 96
"""The width and height, in pixels."""


def picture_of(week: LastWeek) -> NoticePicture:
    """The week's bars on a ground of their own: a notification may be light or dark."""
    picture = QImage(_SIDE, _SIDE, QImage.Format.Format_RGBA8888)
    picture.fill(QColor(theme.LIGHT.surface))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = _SIDE / 12
    within = QRectF(picture.rect()).adjusted(edge, edge, -edge, -edge)
    mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    paint_week(painter, within, week, theme.LIGHT, mirrored=mirrored)
    painter.end()
    return NoticePicture(_SIDE, _SIDE, bytes(picture.constBits()))
