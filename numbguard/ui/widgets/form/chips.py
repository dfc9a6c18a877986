"""Chips: answers side by side, one or several of which a click chooses and another click clears.

Forms and windows create them, on the GUI thread. They flow into as many rows as the width requires.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QStyle, QWidget

from .. import theme

T = TypeVar("T", bound=Enum | int | bool)


class FlowLayout(QLayout):
    """Lays its items out side by side, and starts a new row when one is full."""

    def __init__(self, parent: QWidget, *, gap: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        # Qt accepts None for "no such item", but its stubs do not.
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        widest = max((item.sizeHint().width() for item in self._items), default=0)
        highest = max((item.sizeHint().height() for item in self._items), default=0)
        return QSize(widest, highest)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _direction(self) -> Qt.LayoutDirection:
        parent = self.parentWidget()
        return parent.layoutDirection() if parent is not None else QGuiApplication.layoutDirection()

    def _arrange(self, room: QRect, *, move: bool) -> int:
        x, y, high = room.x(), room.y(), 0
        for item in self._items:
            if item.isEmpty():  # hidden
                continue
            size = item.sizeHint()
            if x > room.x() and x + size.width() > room.right() + 1:
                x, y, high = room.x(), y + high + self._gap, 0
            if move:
                item.setGeometry(QStyle.visualRect(self._direction(), room, QRect(QPoint(x, y), size)))
            x += size.width() + self._gap
            high = max(high, size.height())
        return y + high - room.y()


class Chips(QWidget, Generic[T]):
    """A group of chips. With ``several`` any number can be chosen, otherwise at most one."""

    changed = Signal()

    def __init__(
        self, parent: QWidget, title: str, words: Mapping[T, str], *, several: bool = False, kind: str = "chip"
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._several = several
        layout = FlowLayout(self, gap=round(theme.unit() * 0.35))
        self._chips: dict[T, QPushButton] = {}
        self._shown: tuple[T, ...] = ()
        for value, word in words.items():
            chip = QPushButton(word, self)
            chip.setCheckable(True)
            chip.setProperty("kind", kind)
            chip.setAccessibleDescription(title)
            chip.clicked.connect(lambda _checked=False, value=value: self._clicked(value))
            self._chips[value] = chip
            layout.addWidget(chip)

    def chosen(self) -> tuple[T, ...]:
        """The chosen values in the order of the chips; if they are those last shown, in the order given then."""
        chosen = tuple(value for value, chip in self._chips.items() if chip.isChecked())
        return self._shown if set(chosen) == set(self._shown) else chosen

    def one(self) -> T | None:
        return next(iter(self.chosen()), None)

    def show_chosen(self, values: Iterable[T | None]) -> None:
        """Choose these values without emitting ``changed``."""
        self._shown = tuple(value for value in values if value is not None)
        wanted = set(self._shown)
        for value, chip in self._chips.items():
            chip.setChecked(value in wanted)

    def _clicked(self, value: T) -> None:
        if not self._several:
            for other, chip in self._chips.items():
                if other != value:
                    chip.setChecked(False)
        self.changed.emit()
