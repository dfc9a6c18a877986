"""The side panel of the reader: the contents, or the hits of a search, in one list below a search field.

Part of the reader's window, on the GUI thread. It opens no page itself: its signals say what was picked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from numbguard.core.guide.pages import GuidePage, GuidePlace, SearchHit
from numbguard.ui.widgets import roles, theme
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.markup import escaped
from numbguard.ui.widgets.viewport import is_under_pointer, viewport_of
from numbguard.wording.catalogue import _, ngettext, translated

_ENTRY: Final = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex
_LIST_KEYS: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ReaderContents(QWidget):
    search_edited = Signal(str)
    """The search text as typed so far; empty when the search has ended."""
    entry_reached = Signal(GuidePlace)
    """The selection moved to an entry; its page may be shown beside the list."""
    entry_chosen = Signal()
    """The selected entry was chosen, with Enter or a click."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        unit = theme.unit()
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(_("Search the guide"))
        self.field.setAccessibleName(_("Search the guide"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self.search_edited)
        self.field.returnPressed.connect(self.entry_chosen)
        self.field.installEventFilter(self)
        self.result = label_for(self, role="quiet")
        self.result.hide()
        self.list = _List(self)
        self.list.currentItemChanged.connect(self._reached)
        roles.choose_what_is_selected(self.list)
        self.list.itemActivated.connect(lambda _item: self.entry_chosen.emit())
        self.list.itemClicked.connect(self._clicked)
        column = QVBoxLayout(self)
        margin = round(unit * 0.7)
        column.setContentsMargins(margin, margin, round(margin / 2), margin)
        column.setSpacing(round(unit * 0.5))
        column.addWidget(self.field)
        column.addWidget(self.result)
        column.addWidget(self.list, 1)

    # --- showing --------------------------------------------------------------------------------------------------

    def show_pages(self, current: GuidePage) -> None:
        self.result.hide()
        self.list.setAccessibleName(_("Contents"))
        self._fill([(translated(page.title), page) for page in GuidePage])
        self.choose(GuidePlace(current))

    def show_hits(self, hits: Sequence[SearchHit], query: str) -> None:
        pages = len({hit.passage.page for hit in hits})
        self.result.setText(
            _count(len(hits), pages)
            if hits
            else _("Nothing found for “{query}”. Try a shorter word.").format(query=query)
        )
        self.result.show()
        self.list.setAccessibleName(_("Search results"))
        self._fill([(_spoken(hit), hit) for hit in hits])
        if hits:
            self.list.setCurrentRow(0)

    def choose(self, place: GuidePlace) -> None:
        """Select the entry of the page or passage that is open, without emitting a signal."""
        for row in range(self.list.count()):
            what = self.list.item(row).data(_ENTRY)
            if what.passage.place == place if isinstance(what, SearchHit) else what == place.page:
                self.list.blockSignals(True)
                self.list.setCurrentRow(row)
                self.list.blockSignals(False)
                viewport_of(self.list).update()

    def apply_colours(self, colours: theme.Palette) -> None:
        self.list.colours = colours
        c = colours
        self.setStyleSheet(f"""
            QLineEdit {{
                background: {c.surface}; color: {c.text}; border: {c.outline}px solid {c.edge}; border-radius: 6px;
                padding: 0.35em 0.5em; selection-background-color: {c.accent}; selection-color: {c.on_accent};
            }}
            QLineEdit:focus {{ border: {c.focus_outline}px solid {c.accent}; padding: 0.3em 0.45em; }}
            QListWidget {{ background: transparent; border: none; outline: none; }}
        """)
        viewport_of(self.list).update()

    def _fill(self, rows: Sequence[tuple[str, GuidePage | SearchHit]]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for text, what in rows:
            item = QListWidgetItem(text, self.list)
            item.setData(_ENTRY, what)
        self.list.blockSignals(False)

    # --- picking an entry -----------------------------------------------------------------------------------------

    def _reached(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        what = item.data(_ENTRY)
        self.entry_reached.emit(what.passage.place if isinstance(what, SearchHit) else GuidePlace(what))

    def _clicked(self, item: QListWidgetItem) -> None:
        self._reached(item)  # again, because the page may have been scrolled since
        self.entry_chosen.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass arrow and page keys from the search field to the list, so that nobody has to leave the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _LIST_KEYS:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)


def _count(places: int, pages: int) -> str:
    if places == 1:
        return _("1 place")
    if pages == 1:
        return ngettext("{count} place on 1 page", "{count} places on 1 page", places).format(count=places)
    found = ngettext("{count} place", "{count} places", places).format(count=places)
    # Translators: {places} is such as “12 places”.
    return ngettext("{places} on {count} page", "{places} on {count} pages", pages).format(places=found, count=pages)


def _spoken(hit: SearchHit) -> str:
    """A row as a screen reader reads it out."""
    page, heading = hit.passage.page.title, hit.passage.heading
    title = translated(page)
    if heading == page:
        # Translators: {title} is a page of the guide, {excerpt} the words on it in which something was found.
        return _("{title}: {excerpt}").format(title=title, excerpt=hit.excerpt)
    return _("{heading}, in {title}: {excerpt}").format(heading=heading, title=title, excerpt=hit.excerpt)


class _List(QListWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.colours = theme.current()
        self.setItemDelegate(_Row(self))
        self.setMouseTracking(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


class _Row(QStyledItemDelegate):
    """Draws an entry over as many lines as it needs; a bar marks the open one, so that colour is not the only sign."""

    def __init__(self, rows: _List) -> None:
        super().__init__(rows)
        self._list = rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        colours = self._list.colours
        area = QRectF(option.rect).adjusted(1, 1, -1, -1)
        chosen = self._list.selectionModel().isSelected(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or is_under_pointer(self._list, option.rect):
            painter.setBrush(QColor(colours.surface if chosen else colours.hover))
            painter.drawRoundedRect(area, 6, 6)
        if chosen:
            bar = QRectF(area.left() + 3, area.top() + 6, 3, area.height() - 12)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(bar, 1.5, 1.5)
            if self._list.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(colours.accent), 2))
                painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 6, 6)
        pad = self._pad()
        painter.translate(area.left() + pad.width(), area.top() + pad.height())
        self._text(index, chosen=chosen).drawContents(painter)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        height = self._text(index, chosen=True).size().height() + 2 * self._pad().height() + 2
        return QSize(self._width(), round(height))

    @staticmethod
    def _pad() -> QSize:
        unit = theme.unit()
        return QSize(round(unit * 0.7), round(unit * 0.3))

    def _width(self) -> int:
        return viewport_of(self._list).width()

    def _text(self, index: _Index, *, chosen: bool) -> QTextDocument:
        colours, what = self._list.colours, index.data(_ENTRY)
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(theme.font())
        document.setTextWidth(self._width() - 2 * self._pad().width() - 2)
        if isinstance(what, SearchHit):
            title, heading = what.passage.page.title, what.passage.heading
            lines = [f'<span style="font-weight:600">{escaped(heading)}</span>', _marked(what, colours)]
            if heading != title:
                lines.insert(1, f'<span style="color:{colours.quiet}">{escaped(translated(title))}</span>')
        else:
            lines = [f'<span style="font-weight:{600 if chosen else 400}">{escaped(translated(what.title))}</span>']
        document.setHtml(f'<div style="color:{colours.text};line-height:115%">{"<br>".join(lines)}</div>')
        return document


def _marked(hit: SearchHit, colours: theme.Palette) -> str:
    parts, at = [], 0
    for mark in hit.marks:
        word = escaped(hit.excerpt[mark.start : mark.end])
        parts.append(escaped(hit.excerpt[at : mark.start]))
        parts.append(f'<span style="color:{colours.warm_text};text-decoration:underline">{word}</span>')
        at = mark.end
    return "".join((*parts, escaped(hit.excerpt[at:])))
