"""Groups of parts that are one stop for the Tab key: the arrow keys move within a group.

Chips and the parts of forms use them, on the GUI thread. A screen reader announces a ``GroupBox`` by its name when the
keyboard focus enters it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGroupBox, QPushButton, QWidget

from ..scroll_column import keep_in_sight

_ALONG: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ACROSS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENDS: Final = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class GroupBox(QGroupBox):
    """A group without a frame or a title of its own; only this class of Qt has the role of a group."""

    def __init__(self, parent: QWidget | None, name: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)


class TabGroup:
    """Parts in rows, one of which the Tab key reaches: the one that had the focus last, or that was made the stop."""

    def __init__(self, owner: QWidget) -> None:
        """``owner``: the widget whose direction, left to right or right to left, the arrow keys follow."""
        self._owner = owner
        self._rows: list[list[QWidget]] = []
        self._stop: QWidget | None = None

    def set_rows(self, rows: Sequence[Sequence[QWidget]]) -> None:
        """Replace the parts. Hidden parts may be among them: the keys skip them."""
        self._rows = [list(row) for row in rows]
        self.renew()

    def parts(self) -> list[QWidget]:
        """All parts, hidden ones included, in the order of the rows."""
        return [part for row in self._rows for part in row]

    @property
    def stop(self) -> QWidget | None:
        """The part that the Tab key reaches; ``None`` if every part is hidden."""
        return self._stop

    def make_stop(self, reached: QWidget) -> None:
        """Make this part the one that the Tab key reaches."""
        self._stop = reached
        for part in self.parts():
            wanted = Qt.FocusPolicy.StrongFocus if part is reached else Qt.FocusPolicy.ClickFocus
            if part.focusPolicy() is not wanted:
                part.setFocusPolicy(wanted)

    def renew(self) -> None:
        """Find another stop after parts were shown, hidden, enabled or disabled, if the present one needs it."""
        reachable = [part for part in self.parts() if _is_reachable(part)]
        if self._stop not in reachable:
            self._stop = reachable[0] if reachable else None
        if self._stop is not None:
            self.make_stop(self._stop)

    def target(self, part: QWidget, event: QKeyEvent) -> QWidget | None:
        """The part to which a key moves from ``part``; ``part`` itself at an end, ``None`` if the key moves nothing."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        key = Qt.Key(event.key())
        rows = [[one for one in row if _is_reachable(one)] for row in self._rows]
        rows = [row for row in rows if row]
        at = next((place for place, row in enumerate(rows) if part in row), None)
        if at is None:
            return None
        row = rows[at]
        column = row.index(part)
        if key in _ENDS:
            return row[_ENDS[key]]
        if key in _ACROSS and len(rows) > 1:
            other = rows[min(max(at + _ACROSS[key], 0), len(rows) - 1)]
            return part if other is row else other[min(column, len(other) - 1)]
        step = _ACROSS.get(key)
        if key in _ALONG:
            step = -_ALONG[key] if self._owner.layoutDirection() is Qt.LayoutDirection.RightToLeft else _ALONG[key]
        return None if step is None else row[min(max(column + step, 0), len(row) - 1)]


class GroupButton(QPushButton):
    """A button of a group: the arrow keys move the focus from it to the others."""

    def __init__(self, words: str, parent: QWidget, group: TabGroup, *, kind: str = "chip") -> None:
        super().__init__(words, parent)
        self.tab_group = group
        self.setProperty("kind", kind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = self.tab_group.target(self, event)
        if target is None:
            super().keyPressEvent(event)
        elif target is not self:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.tab_group.make_stop(self)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            keep_in_sight(self)


def _is_reachable(part: QWidget) -> bool:
    """Whether it is shown, or will be with the widgets around it, and can be used."""
    return not part.isHidden() and part.isEnabled()
