"""An ordered list of rows that mouse and keyboard can move: the steps of a card, the cards of a routine.

The editor's forms create it, on the GUI thread. A row can be dragged by its handle, moved with its arrow buttons or
with Alt and the arrow keys, and removed with its cross or Alt+Delete; the form can put a removed row back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.wording.catalogue import N_, _

_MOVES: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class RowWords:
    """What a row and its buttons are called; ``number`` is the place of the row, counted from 1."""

    up: str
    down: str
    remove: str
    place: str


STEP_WORDS: Final = RowWords(
    N_("Move step {number} up"),
    N_("Move step {number} down"),
    N_("Remove step {number}"),
    N_("Step {number} of {rows}"),
)
CARD_WORDS: Final = RowWords(
    N_("Move card {number} up"),
    N_("Move card {number} down"),
    N_("Remove card {number}"),
    N_("Card {number} of {rows}"),
)


class MovableRow(QFrame):
    """One row of the list. Subclasses put their fields into ``body`` and emit ``changed`` after each edit."""

    changed = Signal()
    moved = Signal(int)
    """Carries -1 for one place up, 1 for one place down."""
    dragged = Signal(int)
    """Carries the pointer's y on the screen, in pixels."""
    dropped = Signal()
    removed = Signal()
    entered = Signal()
    """A field of the row has received the keyboard focus."""

    def __init__(self, words: RowWords) -> None:
        super().__init__()
        self._words = words
        self.setProperty("row", "true")
        unit = theme.unit()
        self._number = QLabel(self)
        self._number.setProperty("role", "quiet")
        self._number.setMinimumWidth(round(unit * 1.1))
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._handle = DragHandle(self)
        self._up = button_for(self, "↑", lambda: self.moved.emit(-1), kind="small")
        self._down = button_for(self, "↓", lambda: self.moved.emit(1), kind="small")
        self._out = button_for(self, "✕", self.removed.emit, kind="small")
        self.body = QVBoxLayout()
        self.body.setSpacing(round(unit * 0.35))
        tools = QHBoxLayout()
        tools.setSpacing(0)
        self.buttons = (self._up, self._down, self._out)
        for button in self.buttons:
            tools.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout(self)
        line.setContentsMargins(round(unit * 0.3), round(unit * 0.5), round(unit * 0.4), round(unit * 0.5))
        line.setSpacing(round(unit * 0.4))
        line.addWidget(self._handle)
        line.addWidget(self._number, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(self.body, 1)
        line.addLayout(tools)

    def show_position(self, index: int, count: int) -> None:
        """Show the row's position in the list, counting ``index`` from 0, and name its buttons after it."""
        self._number.setText(str(index + 1))
        self._up.setEnabled(index > 0)
        self._down.setEnabled(index < count - 1)
        for button, words, keys in (
            (self._up, self._words.up, "Alt+Up"),
            (self._down, self._words.down, "Alt+Down"),
            (self._out, self._words.remove, "Alt+Delete"),
        ):
            action = _(words).format(number=index + 1)
            button.setAccessibleName(action)
            # Translators: {keys} is a key combination, such as Alt+Up.
            button.setToolTip(_("{action} ({keys})").format(action=action, keys=keys))
        self.setAccessibleName(_(self._words.place).format(number=index + 1, rows=count))

    def apply_colours(self, colours: theme.Palette) -> None:
        self._handle.apply_colours(colours)

    def watch(self) -> None:
        """Handle the row's keys from now on. Call it once all fields are in the row."""
        for part in self.findChildren(QWidget):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                key = Qt.Key(event.key())
                if key in _MOVES:
                    self.moved.emit(_MOVES[key])
                    return True
                if key == Qt.Key.Key_Delete:
                    self.removed.emit()
                    return True
        elif event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            # Scrolling the page must not change the field that happens to be under the pointer.
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class DragHandle(QWidget):
    """Six dots by which a row can be dragged."""

    def __init__(self, row: MovableRow) -> None:
        super().__init__(row)
        self._row = row
        self._colours = theme.current()
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.setToolTip(_("Drag to move"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(theme.unit() * 0.9), round(theme.unit() * 1.6))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._row.dragged.emit(round(event.globalPosition().y()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._row.dropped.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.edge))
        unit, middle = theme.unit(), QRectF(self.rect()).center()
        for across in (-0.17, 0.17):
            for down in (-0.36, 0.0, 0.36):
                painter.drawEllipse(middle + QPointF(across * unit, down * unit), unit * 0.075, unit * 0.075)
        painter.end()


class RowList(QWidget):
    changed = Signal()
    removed = Signal(object)
    """A row was removed; carries a ``Callable[[], None]`` that puts it back."""
    entered = Signal(object)
    """Carries the ``MovableRow`` that received the keyboard focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[MovableRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(round(theme.unit() * 0.4))
        self._colours = theme.current()

    def rows(self) -> list[MovableRow]:
        return list(self._rows)

    def show_rows(self, rows: list[MovableRow]) -> None:
        """Replace all rows."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for row in rows:
            self._insert(row, len(self._rows))
        self._number()

    def add(self, row: MovableRow) -> None:
        self._insert(row, len(self._rows))
        self._number()
        self.changed.emit()

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        for row in self._rows:
            row.apply_colours(colours)

    def _insert(self, row: MovableRow, at: int) -> None:
        row.apply_colours(self._colours)
        if row.parent() is not self:
            row.watch()
            row.changed.connect(self.changed)
            row.moved.connect(lambda by: self._move(row, self._rows.index(row) + by))
            row.dragged.connect(lambda height: self._drag(row, height))
            row.dropped.connect(self._number)
            row.removed.connect(lambda: self._remove(row))
            row.entered.connect(lambda: self.entered.emit(row))
        self._rows.insert(at, row)
        self._column.insertWidget(at, row)
        row.show()

    def _move(self, row: MovableRow, to: int) -> None:
        if not 0 <= to < len(self._rows):
            return
        held = QApplication.focusWidget()
        self._rows.remove(row)
        self._rows.insert(to, row)
        self._column.removeWidget(row)
        self._column.insertWidget(to, row)
        self._number()
        # An arrow button disabled by the move loses the keyboard focus: keep the focus in the moved row.
        if held is not None and row.isAncestorOf(held):
            (held if held.isEnabled() else row.buttons[1 if to == 0 else 0]).setFocus()
        self.changed.emit()

    def _drag(self, row: MovableRow, height: int) -> None:
        at = self._rows.index(row)
        y = self.mapFromGlobal(QPointF(0, height)).y()
        # Move one place at a time, once the pointer passes the neighbour's middle; the row's own middle then
        # lies near the pointer.
        if at > 0 and y < self._rows[at - 1].geometry().center().y():
            self._move(row, at - 1)
        elif at < len(self._rows) - 1 and y > self._rows[at + 1].geometry().center().y():
            self._move(row, at + 1)

    def _remove(self, row: MovableRow) -> None:
        at = self._rows.index(row)
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        self._number()
        if self._rows:
            self._rows[min(at, len(self._rows) - 1)].buttons[2].setFocus()

        def put_back() -> None:
            self._insert(row, min(at, len(self._rows)))
            self._number()
            self.changed.emit()

        self.changed.emit()
        self.removed.emit(put_back)

    def _number(self) -> None:
        for index, row in enumerate(self._rows):
            row.show_position(index, len(self._rows))
        before: QWidget | None = None
        for row in self._rows:
            for part in _tab_stops(row):
                if before is not None:
                    QWidget.setTabOrder(before, part)
                before = part


def _tab_stops(row: MovableRow) -> list[QWidget]:
    """A row's tab stops in screen order: the fields, then the three buttons."""
    parts = [part for part in row.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [part for part in parts if part not in row.buttons and part.parent() is row] + list(row.buttons)
