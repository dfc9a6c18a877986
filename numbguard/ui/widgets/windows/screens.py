"""Chooses the screen of a window and its place on it.

The card, the panel, the episode, relief and notice windows call it, on the GUI thread. All sizes are in
device-independent pixels.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from .. import theme


def pointer_screen() -> QScreen:
    """The screen with the pointer, as the best guess at where the person works; otherwise the primary screen."""
    return QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()


def centre_on_screen(window: QWidget, size: QSize, *, least: QSize) -> None:
    """Place a window in the middle of the screen with the pointer.

    It gets ``size``, or less if the screen is smaller; the person cannot shrink it below ``least``.
    """
    room = pointer_screen().availableGeometry()
    frame = QSize(2, round(theme.unit() * 1.6))  # about the size of a window manager's frame
    size = size.boundedTo(room.size() - frame)
    window.setMinimumSize(least.boundedTo(size))
    place = QRect(room.topLeft(), size + frame)
    place.moveCenter(room.center())
    window.move(place.topLeft())
    window.resize(size)


def corner_of(room: QRect, size: QSize, *, margin: int) -> QRect:
    """The lower right corner of ``room``: near by, and least likely to cover the text being typed.

    A size too large for the room is reduced to fit; margins shrink if the room has no space for them.
    """
    wide = min(size.width(), room.width())
    high = min(size.height(), room.height())
    left = room.right() + 1 - wide - min(margin, room.width() - wide)
    top = room.bottom() + 1 - high - min(margin, room.height() - high)
    return QRect(QPoint(left, top), QSize(wide, high))


def free_corner(room: QRect, size: QSize, *, margin: int, avoiding: Iterable[QRect]) -> QRect:
    """The corner that covers least of the windows in ``avoiding``, so that their buttons stay visible.

    The lower right corner is preferred.
    """
    first = corner_of(room, size, margin=margin)
    left, top = room.left() + room.right() - first.right(), room.top() + room.bottom() - first.bottom()
    corners = [QPoint(x, y) for x, y in ((first.x(), first.y()), (left, top), (left, first.y()), (first.x(), top))]
    taken = list(avoiding)

    def covered(corner: QPoint) -> int:
        shared = [QRect(corner, first.size()).intersected(one) for one in taken]
        return sum(one.width() * one.height() for one in shared if not one.isEmpty())

    return QRect(min(corners, key=covered), first.size())


def notification_places(room: QRect, *, deep: int) -> list[QRect]:
    """Where desktops show a notification: along the top (GNOME in the middle, others at an end) or at the lower right
    (Plasma, Windows), ``deep`` pixels wide and half as high."""
    along_the_top, lower_right = QRect(room), QRect(room)
    along_the_top.setHeight(deep // 2)
    lower_right.setLeft(room.right() - deep)
    lower_right.setTop(room.bottom() - deep // 2)
    return [along_the_top, lower_right]


def frames_on_top(other_than: QWidget) -> list[QRect]:
    """The frames of our other windows that stay on top: the card, the form, the nudge."""
    return [
        window.frameGeometry()
        for window in QApplication.topLevelWidgets()
        if window is not other_than and window.isVisible() and window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    ]


def near_hand(room: QRect, size: QSize, hand: QPoint, *, margin: int, avoiding: Iterable[QRect] = ()) -> QRect:
    """A place for a window near the pointer at ``hand``, wholly within ``room``.

    It covers as little as possible of the windows in ``avoiding``, then, if possible, not the pointer, so that the
    second click of a double click does not fall on it; and of such places it is the nearest.
    """
    wide, high = min(size.width(), room.width()), min(size.height(), room.height())
    taken = list(avoiding)
    lefts = [hand.x() + margin, hand.x() - margin - wide, hand.x() - wide // 2]
    tops = [hand.y() + margin, hand.y() - margin - high, hand.y() - high // 2]
    for one in taken:
        lefts += [one.left() - margin - wide, one.right() + 1 + margin]
        tops += [one.top() - margin - high, one.bottom() + 1 + margin]

    def within(at: int, low: int, length: int, size: int) -> int:
        gap = min(margin, (length - size) // 2)
        return max(low + gap, min(at, low + length - size - gap))

    places = [
        QRect(within(x, room.left(), room.width(), wide), within(y, room.top(), room.height(), high), wide, high)
        for x in lefts
        for y in tops
    ]

    def cost(place: QRect) -> tuple[int, bool, int, int]:
        shared = [place.intersected(one) for one in taken]
        covered = sum(one.width() * one.height() for one in shared if not one.isEmpty())
        nearest = QPoint(
            min(max(hand.x(), place.left()), place.right()), min(max(hand.y(), place.top()), place.bottom())
        )
        return (
            covered,
            place.contains(hand),
            (nearest - hand).manhattanLength(),
            (place.center() - hand).manhattanLength(),
        )

    return min(places, key=cost)


def kept_within(room: QRect, place: QRect) -> QRect:
    """``place``, moved and if necessary shrunk to fit in ``room``; its lower right corner stays if possible."""
    wide = min(place.width(), room.width())
    high = min(place.height(), room.height())
    left = min(max(place.right() + 1 - wide, room.left()), room.right() + 1 - wide)
    top = min(max(place.bottom() + 1 - high, room.top()), room.bottom() + 1 - high)
    return QRect(left, top, wide, high)
