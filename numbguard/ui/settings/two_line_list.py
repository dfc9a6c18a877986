"""A list whose entries have a name and, below it, a quieter line; both wrap. The settings window's pages and what its
search finds are such lists, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from numbguard.ui.widgets import theme
from numbguard.ui.widgets.viewport import is_under_pointer, viewport_of

_NOTE = Qt.ItemDataRole.UserRole
_WRAP = Qt.TextFlag.TextWordWrap


class TwoLineList(QListWidget):
    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "contents")
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_TwoLines(self))
        self.shows_notes = True

    def put(self, title: str, note: str) -> None:
        item = QListWidgetItem(title, self)
        item.setData(_NOTE, note)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _TwoLines(QStyledItemDelegate):
    def __init__(self, shown: TwoLineList) -> None:
        super().__init__(shown)
        self._list = shown

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        title, note = self._words(index)
        width = viewport_of(self._list).width()
        across = width - 2 * round(theme.unit() * 0.6)
        height = self._height(theme.font(), title, across)
        if note:
            height += self._height(theme.font(0.85), note, across)
        return QSize(width, height + round(theme.unit() * 0.8))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = theme.current()
        rect: QRect = option.rect
        chosen = self._list.selectionModel().isSelected(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or is_under_pointer(self._list, rect):
            painter.setBrush(QColor(c.accent if chosen else c.hover))
            painter.drawRoundedRect(QRectF(rect), 6, 6)
        if chosen and self._list.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.on_accent), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(3, 3, -3, -3), 4, 4)
        edge = round(theme.unit() * 0.6)
        room = rect.adjusted(edge, round(theme.unit() * 0.4), -edge, 0)
        side = Qt.AlignmentFlag.AlignRight if self._list.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        align = side | Qt.AlignmentFlag.AlignAbsolute
        title, note = self._words(index)
        painter.setPen(QColor(c.on_accent if chosen else c.text))
        painter.setFont(theme.font())
        painter.drawText(room, int(align) | _WRAP, title)
        if note:
            room.setTop(room.top() + self._height(theme.font(), title, room.width()))
            painter.setPen(QColor(c.on_accent if chosen else c.quiet))
            painter.setFont(theme.font(0.85))
            painter.drawText(room, int(align) | _WRAP, note)
        painter.restore()

    def _words(self, index: QModelIndex | QPersistentModelIndex) -> tuple[str, str]:
        note = index.data(_NOTE) if self._list.shows_notes else ""
        return index.data(Qt.ItemDataRole.DisplayRole), note

    @staticmethod
    def _height(font: QFont, words: str, across: int) -> int:
        return QFontMetrics(font).boundingRect(QRect(0, 0, across, 10_000), _WRAP, words).height()
