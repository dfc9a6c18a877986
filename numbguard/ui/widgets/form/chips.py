"""Chips: answers side by side, one or several of which a click chooses and another click clears.

Forms and windows create them, on the GUI thread. They flow into as many rows as the width requires. A group of chips is
one stop for the Tab key. The arrow keys move within it, and choose where one answer of many is wanted, as radio buttons
do; Space chooses, and Delete clears. A screen reader is given radio buttons or tick boxes in a named group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from time import monotonic
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QWidget

from .. import theme
from .tab_group import GroupBox, GroupButton, TabGroup

T = TypeVar("T", bound=Enum | int | bool)

_TYPED_TOGETHER_S: Final = 1.0
"""Seconds within which two digits make one number."""
_WIDEST: Final = 1.7
"""How much wider than its words need a chip may become that fills its row."""


class FlowLayout(QLayout):
    """Lays its items out side by side, and starts a new row when one is full.

    ``fills``: items that fit into one row share its whole width. Without ``wraps`` it asks for the width of one row.
    """

    def __init__(self, parent: QWidget, *, gap: int, fills: bool = False, wraps: bool = True) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._fills = fills
        self._wraps = wraps
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
        if not self._wraps and self._items:
            widest = sum(item.sizeHint().width() + self._gap for item in self._items) - self._gap
        return QSize(widest, highest)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _direction(self) -> Qt.LayoutDirection:
        parent = self.parentWidget()
        return parent.layoutDirection() if parent is not None else QGuiApplication.layoutDirection()

    def _sizes(self, width: int) -> list[tuple[QLayoutItem, QSize]]:
        """The visible items with their sizes in a row of ``width`` pixels."""
        sizes = [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]
        spare = width - sum(size.width() + self._gap for _item, size in sizes) + self._gap
        if not self._fills or not sizes or spare <= 0:
            return sizes
        more = spare // len(sizes)
        return [
            (item, QSize(min(size.width() + more, round(size.width() * _WIDEST)), size.height()))
            for item, size in sizes
        ]

    def _arrange(self, room: QRect, *, move: bool) -> int:
        x, y, high = room.x(), room.y(), 0
        for item, size in self._sizes(room.width()):
            if x > room.x() and x + size.width() > room.right() + 1:
                x, y, high = room.x(), y + high + self._gap, 0
            if move:
                place = QRect(QPoint(x, y), size)
                if self._direction() is Qt.LayoutDirection.RightToLeft:
                    # As QStyle.visualRect does it, whose class has half a megabyte of enums.
                    place.moveRight(room.left() + room.right() - x)
                item.setGeometry(place)
            x += size.width() + self._gap
            high = max(high, size.height())
        return y + high - room.y()


class Chips(GroupBox, Generic[T]):
    """A group of chips. With ``several`` any number can be chosen, otherwise at most one."""

    changed = Signal()

    def __init__(
        self,
        parent: QWidget,
        title: str,
        words: Mapping[T, str],
        *,
        several: bool = False,
        kind: str = "chip",
        fills: bool = False,
        wraps: bool = True,
        group: TabGroup | None = None,
        names: Mapping[T, str] | None = None,
    ) -> None:
        """``title``: the name of the group. ``kind``: the look of the chips. ``fills``, ``wraps``: see ``FlowLayout``.

        ``names``: what a screen reader says of each chip, where its words, such as a figure, say too little.
        ``group``: the Tab stop of which the chips are to be a part, whose rows its owner sets; by default they are one.
        """
        super().__init__(parent, title)
        self._several = several
        layout = FlowLayout(self, gap=round(theme.unit() * 0.35), fills=fills, wraps=wraps)
        self._chips: dict[T, _Chip] = {}
        self._shown: tuple[T, ...] = ()
        self._typed, self._typed_at = "", 0.0
        self.by_arrow = False
        """Whether an arrow key is choosing an answer right now."""
        self.tab_group = group or TabGroup(self)
        for value, word in words.items():
            chip = _Chip(word, self, kind=kind, group=self.tab_group)
            chip.setAutoExclusive(not several)
            chip.setAccessibleDescription(title)
            if names is not None:
                chip.setAccessibleName(names[value])
            chip.clicked.connect(self._clicked)
            self._chips[value] = chip
            layout.addWidget(chip)
        if group is None:
            self.tab_group.set_rows([self.buttons()])

    def buttons(self) -> list[QPushButton]:
        return list(self._chips.values())

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
            if value not in wanted:
                chip.let_go()
        for value, chip in self._chips.items():
            if value in wanted:
                chip.setChecked(True)
        self._stop_at_chosen()

    def _stop_at_chosen(self) -> None:
        """Let the Tab key reach the chosen answer, or the first if none is."""
        if not any(chip.hasFocus() for chip in self._chips.values()) and len(self.tab_group.parts()) == len(
            self._chips
        ):
            chosen = (chip for chip in self._chips.values() if chip.isChecked() or self._several)
            self.tab_group.make_stop(next(chosen, self.buttons()[0]))

    def _clicked(self) -> None:
        self.changed.emit()

    def key_pressed(self, chip: _Chip, event: QKeyEvent) -> bool:
        """Handle a key within the group; returns whether it was one of the group's."""
        target = self.tab_group.target(chip, event)
        if target is not None:
            if target is not chip:
                target.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(target, _Chip) and target in self._chips.values() and not self._several:
                self.by_arrow = True
                self._choose(target)
                self.by_arrow = False
            return True
        if self._several:
            return False
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if (chosen := self.one()) is not None:
                self._chips[chosen].let_go()
                self.changed.emit()
            return True
        if event.key() == Qt.Key.Key_Space and chip.isChecked():
            return True  # an arrow key has chosen it already
        return self._type(event.text())

    def _type(self, letter: str) -> bool:
        """Choose a number by its digits."""
        if not letter.isdecimal():
            return False
        now = monotonic()
        before = self._typed if now - self._typed_at < _TYPED_TOGETHER_S else ""
        words = {chip.text(): chip for chip in self._chips.values()}
        typed = next((one for one in (before + letter, letter) if one in words), None)
        if typed is None:
            return False
        self._typed, self._typed_at = typed, now
        words[typed].setFocus(Qt.FocusReason.OtherFocusReason)
        self._choose(words[typed])
        return True

    def _choose(self, chip: _Chip) -> None:
        if not chip.isChecked():
            chip.click()


class _Chip(GroupButton):
    """A chip, which is a radio button to a screen reader if it excludes the others, and a tick box otherwise."""

    def __init__(self, words: str, chips: Chips[T], *, kind: str, group: TabGroup) -> None:
        super().__init__(words, chips, group, kind=kind)
        self._key_pressed = chips.key_pressed
        self._was_chosen_before = True
        self.setCheckable(True)
        self.clicked.connect(self._clicked)

    def let_go(self) -> None:
        """Clear it, which Qt allows no button that excludes others."""
        exclusive = self.autoExclusive()
        self.setAutoExclusive(False)
        self.setChecked(False)
        self.setAutoExclusive(exclusive)

    def nextCheckState(self) -> None:
        super().nextCheckState()
        self._was_chosen_before = False

    def _clicked(self) -> None:
        """Clear it if the click found it chosen, which Qt alone would not: it changes no such button."""
        if self.autoExclusive() and self._was_chosen_before:
            self.let_go()
        self._was_chosen_before = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key_pressed(self, event):
            super().keyPressEvent(event)
