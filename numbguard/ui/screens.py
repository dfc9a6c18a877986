"""Which screen a window belongs on, and where on it. Asked by the card's windows on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QCursor, QGuiApplication, QScreen


def pointer_screen() -> QScreen:
    """The screen the person is working on, as far as the pointer says; else the first."""
    return QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()


def corner_of(room: QRect, size: QSize, *, margin: int) -> QRect:
    """The lower right corner of ``room``: near by, and least likely over what somebody is just typing.

    What is too large for the room is made to fit it; a room without space for margins gets none.
    """
    wide = min(size.width(), room.width())
    high = min(size.height(), room.height())
    left = room.right() + 1 - wide - min(margin, room.width() - wide)
    top = room.bottom() + 1 - high - min(margin, room.height() - high)
    return QRect(QPoint(left, top), QSize(wide, high))


def kept_within(room: QRect, place: QRect) -> QRect:
    """``place`` moved, and shrunk if it must be, to lie fully in ``room``; its lower right corner stays if it can."""
    wide = min(place.width(), room.width())
    high = min(place.height(), room.height())
    left = min(max(place.right() + 1 - wide, room.left()), room.right() + 1 - wide)
    top = min(max(place.bottom() + 1 - high, room.top()), room.bottom() + 1 - high)
    return QRect(left, top, wide, high)
