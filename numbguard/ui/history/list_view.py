"""The list of days and episodes: draws the visible rows and keeps the scroll position when the log changes.

The history window creates it, on the GUI thread. The arrow keys move up and down, Home and End go to the ends, and the
window handles Enter and Delete. When the log changes elsewhere, the rows in view stay in view and the chosen row stays
chosen.
"""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from numbguard.core.log.records.episode import Episode, EpisodeEnd
from numbguard.ui.widgets import roles, theme
from numbguard.ui.widgets.viewport import viewport_of
from numbguard.wording import formats
from numbguard.wording.catalogue import _
from numbguard.wording.log.episodes import count_episodes, lasted, long_day

from .model import DayHeading, HistoryModel, Index
from .row_actions import RowActions
from .words import feel, place, strength

_ROOMY = 36.0
"""The width of the list, in heights of a line of text, from which every row leaves room for the buttons."""


class HistoryList(QTableView):
    turned = Signal()
    """The chosen row has changed."""
    edit_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, model: HistoryModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = model
        self._kept: tuple[Episode | date | None, int, Episode | date | None] | None = None
        self.row_actions = RowActions(viewport_of(self))
        self.row_actions.setObjectName(roles.APART)
        self.setModel(model)
        roles.choose_what_is_selected(self)
        self.setAccessibleName(_("Episodes by day"))
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(round(theme.unit() * 2.0))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self._pen = _Delegate(self)
        self.setItemDelegate(self._pen)
        self.doubleClicked.connect(lambda _index: self.edit_wanted.emit())
        self.row_actions.edit_wanted.connect(self.edit_wanted)
        self.row_actions.delete_wanted.connect(self.delete_wanted)
        self.row_actions.hide()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._place_actions())
        model.rowsInserted.connect(lambda *_rows: self._place_actions())
        model.rowsRemoved.connect(lambda *_rows: self._place_actions())
        model.modelReset.connect(self._place_actions)
        model.moved.connect(self._place_actions)
        model.moving.connect(self._hold)
        model.moved.connect(self._restore)

    def apply_colours(self, colours: theme.Palette) -> None:
        self._pen.colours = colours
        self.setStyleSheet(
            f"QTableView {{ background: {colours.surface}; border: none; border-radius: 6px; outline: none;"
            f" selection-background-color: {colours.surface}; }}"
        )
        viewport_of(self).update()

    # --- the chosen row -----------------------------------------------------------------------------------------------

    def chosen(self) -> DayHeading | Episode | None:
        return self.rows.at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def day(self) -> date | None:
        """The day of the chosen row."""
        return self.rows.day_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def go_to(self, row: int, *, top: bool = False) -> None:
        """Choose a row and scroll it into view; with ``top``, to the top of the view."""
        index = self.rows.index(row, 0)
        self.setCurrentIndex(index)
        hint = QAbstractItemView.ScrollHint
        self.scrollTo(index, hint.PositionAtTop if top else hint.EnsureVisible)

    def near(self) -> tuple[int, int]:
        """The first and the last row in view."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(viewport_of(self).height() - 1)
        return first, last if last >= 0 else first + viewport_of(self).height() // max(1, self._row_height())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._place_actions()
        self.turned.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_actions()

    def _place_actions(self) -> None:
        """Keep the buttons at the end of the chosen row; a day's heading has none."""
        current = self.currentIndex()
        if not isinstance(self.chosen(), Episode):
            focused = QApplication.focusWidget()
            if focused is not None and self.row_actions.isAncestorOf(focused):
                self.setFocus()
            self.row_actions.hide()
            return
        row = self.visualRect(current)
        actions, edge = self.row_actions, round(theme.unit() * 0.4)
        left = edge if self.isRightToLeft() else viewport_of(self).width() - actions.width() - edge
        actions.move(left, row.top() + (row.height() - actions.height()) // 2)
        actions.show()

    def _open_menu(self, at: QPoint) -> None:
        """Open the menu of the row that was clicked; the menu key asks for the chosen row's."""
        if isinstance(self.chosen(), Episode):
            self.row_actions.open_menu(viewport_of(self).mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif event.key() == Qt.Key.Key_Home:
            self._end(0)
        elif event.key() == Qt.Key.Key_End:
            self._end(self.rows.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def _end(self, row: int) -> None:
        if self.rows.rowCount():
            self.go_to(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and not self.currentIndex().isValid():
            painter = QPainter(viewport_of(self))
            painter.setPen(QPen(QColor(self._pen.colours.accent), 2))
            painter.drawRect(viewport_of(self).rect().adjusted(1, 1, -1, -1))
            painter.end()

    # --- staying in place ---------------------------------------------------------------------------------------------

    def _row_height(self) -> int:
        return self.verticalHeader().defaultSectionSize()

    def _hold(self) -> None:
        if self._kept is not None or not self.rows.rowCount():
            return
        value = self.verticalScrollBar().value()
        top = min(value // self._row_height(), self.rows.rowCount() - 1)
        self._kept = (
            self._known(top) if value else None,
            value % self._row_height(),
            self._known(self.currentIndex().row()),
        )

    def _known(self, row: int) -> Episode | date | None:
        """What a row shows, so that ``_restore`` can find it wherever it moves.

        It is kept itself, because the model may since have dropped the page that contains it.
        """
        shown = self.rows.at(row)
        return shown.day if isinstance(shown, DayHeading) else shown

    def _restore(self) -> None:
        if self._kept is None:
            return
        (top, beyond, current), self._kept = self._kept, None
        row = self._found(current)
        if row is not None and row != self.currentIndex().row():
            self.setCurrentIndex(self.rows.index(row, 0))
        row = self._found(top)
        if row is not None:
            self.updateGeometries()
            self.verticalScrollBar().setValue(row * self._row_height() + beyond)

    def _found(self, known: Episode | date | None) -> int | None:
        if known is None:
            return None
        if isinstance(known, Episode):
            return self.rows.row_of(known.id)
        return self.rows.row_of_day(known)


class _Letters:
    """A font and its metrics, kept because creating them takes longer than drawing a row."""

    def __init__(self, font: QFont) -> None:
        self.font, self.metrics = font, QFontMetricsF(font)


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: HistoryList) -> None:
        super().__init__(view)
        self._view = view
        self.colours = theme.current()
        self._plain, self._bold, self._small = (
            _Letters(one) for one in (theme.font(), theme.font(bold=True), theme.font(0.9))
        )
        self._unit = theme.unit()
        plain = self._plain.metrics.horizontalAdvance
        self._clock, self._strong = plain(formats.clock(time(22, 0))), plain("10/10")
        # Translators: “00 h 00 min” is never shown; it is as wide as the longest usual length of an episode.
        self._length = max(plain(_("under a minute")), plain(_("00 h 00 min")))
        self._row = QRectF()
        """The row that is being drawn."""

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        model = index.model()
        assert isinstance(model, HistoryModel)
        shown = model.at(index.row())
        c, unit = self.colours, self._unit
        box = self._row = QRectF(option.rect)
        # Not option.state, which is one of QStyle's enums: its class has half a megabyte of them.
        chosen = self._view.selectionModel().isSelected(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setClipRect(box)
        if chosen:
            painter.setPen(QPen(QColor(c.accent if self._view.hasFocus() else c.edge), 1.6))
            painter.setBrush(QColor(c.hover))
            painter.drawRoundedRect(box.adjusted(2, 1.5, -2, -1.5), 5, 5)
        inner = box.adjusted(unit * 0.7, 0, -unit * 0.7, 0)
        if isinstance(shown, DayHeading):
            self._heading(painter, inner, shown)
        elif isinstance(shown, Episode):
            self._episode(painter, inner, shown, room=self._room(chosen=chosen))
        painter.restore()

    def _room(self, *, chosen: bool) -> float:
        """The pixels left free for the buttons: on every row, so that columns align, unless the list is narrow."""
        roomy = viewport_of(self._view).width() >= _ROOMY * self._unit
        return self._view.row_actions.width() + self._unit * 0.5 if chosen or roomy else 0.0

    def _heading(self, painter: QPainter, box: QRectF, shown: DayHeading) -> None:
        c = self.colours
        right = self._right(painter, box, count_episodes(shown.count), self._small, c.quiet)
        self._left(painter, box, right, long_day(shown.day, self._view.rows.today), self._bold, c.text)
        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawLine(box.topLeft(), box.topRight())

    def _episode(self, painter: QPainter, box: QRectF, shown: Episode, *, room: float) -> None:
        """Draw an episode; ``room`` pixels at the end of its row belong to the buttons."""
        c, unit = self.colours, self._unit
        box = box.adjusted(unit * 0.8, 0, -room, 0)
        right = self._right(
            painter, box, lasted(shown), self._plain, c.warm_text if shown.end is EpisodeEnd.OPEN else c.text
        )
        right = min(right, box.right() - self._length) - unit * 0.8
        strong = QRectF(box.left(), box.top(), right - box.left(), box.height())
        self._right(painter, strong, strength(shown), self._plain, c.text)
        right -= self._strong + unit * 0.8
        x = self._left(painter, box, right, formats.clock(shown.started_at), self._plain, c.quiet)
        x = max(x, box.left() + self._clock) + unit * 0.9
        middle = QRectF(x, box.top(), box.right() - x, box.height())
        x = self._left(painter, middle, right, place(shown), self._plain, c.text) + unit * 0.8
        rest = QRectF(x, box.top(), box.right() - x, box.height())
        self._left(painter, rest, right, feel(shown), self._small, c.quiet)

    def _left(self, painter: QPainter, box: QRectF, until: float, words: str, font: _Letters, colour: str) -> float:
        """Draw text from the left edge (mirrored: the right), elided at ``until``, and return the x where it ends."""
        painter.setFont(font.font)
        painter.setPen(QColor(colour))
        room = until - box.left()
        if room < self._unit:
            return box.left()
        words = font.metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        self._draw(painter, QRectF(box.left(), box.top(), room, box.height()), words, Qt.AlignmentFlag.AlignLeft)
        return box.left() + font.metrics.horizontalAdvance(words)

    def _right(self, painter: QPainter, box: QRectF, words: str, font: _Letters, colour: str) -> float:
        """Draw text up to the right edge, and return the x at which it starts."""
        painter.setFont(font.font)
        painter.setPen(QColor(colour))
        self._draw(painter, box, words, Qt.AlignmentFlag.AlignRight)
        return box.right() - font.metrics.horizontalAdvance(words)

    def _draw(self, painter: QPainter, box: QRectF, words: str, side: Qt.AlignmentFlag) -> None:
        """Draw text on one side of a box. All places are reckoned from left to right; where the layout goes from right
        to left, the row is mirrored here. Each text keeps its own direction, because a note may be in any language."""
        if self._view.isRightToLeft():
            left = self._row.left() + self._row.right() - box.right()
            box = QRectF(left, box.top(), box.width(), box.height())
            right = side is Qt.AlignmentFlag.AlignRight
            side = Qt.AlignmentFlag.AlignLeft if right else Qt.AlignmentFlag.AlignRight
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side | Qt.AlignmentFlag.AlignAbsolute, words)
