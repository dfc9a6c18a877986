"""Which screen a window belongs on, and where on it. Asked by the card, the form and the nudge, on the GUI thread."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from . import theme


def pointer_screen() -> QScreen:
    """The screen the person is working on, as far as the pointer says; else the first."""
    return QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()


def put_in_the_middle(window: QWidget, size: QSize, *, least: QSize) -> None:
    """In the middle of the screen, as large as ``size`` or as there is room, and never smaller than ``least``."""
    room = pointer_screen().availableGeometry()
    frame = QSize(2, round(theme.unit() * 1.6))  # about what a window manager puts around it
    size = size.boundedTo(room.size() - frame)
    window.setMinimumSize(least.boundedTo(size))
    place = QRect(room.topLeft(), size + frame)
    place.moveCenter(room.center())
    window.move(place.topLeft())
    window.resize(size)


def corner_of(room: QRect, size: QSize, *, margin: int) -> QRect:
    """The lower right corner of ``room``: near by, and least likely over what somebody is just typing.

    What is too large for the room is made to fit it; a room without space for margins gets none.
    """
    wide = min(size.width(), room.width())
    high = min(size.height(), room.height())
    left = room.right() + 1 - wide - min(margin, room.width() - wide)
    top = room.bottom() + 1 - high - min(margin, room.height() - high)
    return QRect(QPoint(left, top), QSize(wide, high))


def free_corner(room: QRect, size: QSize, *, margin: int, besides: Iterable[QRect]) -> QRect:
    """The lower right corner, or that in which least of the others is covered: each keeps its buttons."""
    first = corner_of(room, size, margin=margin)
    left, top = room.left() + room.right() - first.right(), room.top() + room.bottom() - first.bottom()
    corners = [QPoint(x, y) for x, y in ((first.x(), first.y()), (left, top), (left, first.y()), (first.x(), top))]
    taken = list(besides)

    def covered(corner: QPoint) -> int:
        shared = [QRect(corner, first.size()).intersected(one) for one in taken]
        return sum(one.width() * one.height() for one in shared if not one.isEmpty())

    return QRect(min(corners, key=covered), first.size())


def on_top(beside: QWidget) -> list[QRect]:
    """Where other windows of ours stand that stay above everything: the card, the form, the nudge."""
    return [
        window.frameGeometry()
        for window in QApplication.topLevelWidgets()
        if window is not beside and window.isVisible() and window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    ]


def kept_within(room: QRect, place: QRect) -> QRect:
    """``place`` moved, and shrunk if it must be, to lie fully in ``room``; its lower right corner stays if it can."""
    wide = min(place.width(), room.width())
    high = min(place.height(), room.height())
    left = min(max(place.right() + 1 - wide, room.left()), room.right() + 1 - wide)
    top = min(max(place.bottom() + 1 - high, room.top()), room.bottom() + 1 - high)
    return QRect(left, top, wide, high)
