"""A page of the settings window: a heading, a sentence, and groups of settings; it scrolls in a small window.

Made by the window when the page is first opened, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from numbguard.core.settings.settings import Settings
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.viewport import viewport_of

from .groups.group import SettingsGroup, TableGroup
from .rows.row import SettingRow


class SettingsPage(QScrollArea):
    def __init__(self, title: str, about: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(title)
        unit = theme.unit()
        self.content = content = QWidget(self)
        self._column = QVBoxLayout(content)
        edge = round(unit * 1.2)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(round(unit * 0.4))
        self._column.addWidget(label_for(content, title, scale=1.4, bold=True))
        self._column.addWidget(label_for(content, about, role="quiet"))
        self._column.addStretch(1)
        self._groups: dict[str, SettingsGroup] = {}
        self._mark = FoundMark(content)
        self.setWidget(content)

    @property
    def groups(self) -> Mapping[str, SettingsGroup]:
        """The groups by name, in the order in which they are shown."""
        return self._groups

    def add(self, name: str, group: SettingsGroup) -> None:
        place = self._column.count() - 1
        self._column.insertSpacing(place, round(theme.unit() * (1.6 if self._groups else 0.8)))
        self._column.insertWidget(place + 1, group)
        self._groups[name] = group

    def row(self, key: str) -> SettingRow | None:
        """The row of a setting, by its key in the settings file."""
        group = self._groups.get(key.partition(".")[0])
        return group.rows.get(key) if isinstance(group, TableGroup) else None

    def minimumSizeHint(self) -> QSize:
        """As wide as its rows, up to 60 % of the screen, so that a window of ordinary size never cuts one off."""
        width = self.content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        room = self.screen().availableGeometry().width() * 0.6
        return QSize(round(min(width, room)), round(theme.unit() * 12))

    def tab_after(self, before: QWidget) -> None:
        """Make Tab go from ``before`` through this page from top to bottom."""
        for group in self._groups.values():
            before = group.tab_after(before)

    def show_settings(self, settings: Settings) -> None:
        for group in self._groups.values():
            group.show_settings(settings)

    def flush(self) -> None:
        for group in self._groups.values():
            group.flush()

    def scroll_to(self, part: QWidget) -> None:
        """Scroll until ``part`` is at the top of the page, or as near to it as the page reaches.

        The first group is shown below the heading of the page.
        """
        # Whatever was made or shown a moment ago gets its place now, not at the next turn of the event loop.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.settle()
        if part is next(iter(self._groups.values())):
            self.verticalScrollBar().setValue(0)
            return
        gap = round(theme.unit() * 1.2)
        self.verticalScrollBar().setValue(part.mapTo(self.content, part.rect().topLeft()).y() - gap)

    def mark(self, part: QWidget | None) -> None:
        """Draw a line round a part that was looked for; ``None`` removes it."""
        self._mark.follow(part)

    def settle(self) -> None:
        """Give everything its place now, so that the page can be scrolled before it has been shown."""
        self.content.resize(viewport_of(self).width(), max(viewport_of(self).height(), self.content.height()))
        for part in reversed(self.content.findChildren(QWidget)):
            if (inner := part.layout()) is not None:
                inner.activate()
        self._column.activate()
        needed = self._column.totalHeightForWidth(self.content.width())
        self.content.resize(self.content.width(), max(needed, viewport_of(self).height()))
        self._column.setGeometry(self.content.rect())
        self.verticalScrollBar().setMaximum(max(0, self.content.height() - viewport_of(self).height()))


class FoundMark(QWidget):
    """A line round another widget of the page, which it follows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setStyleSheet("background: transparent;")
        self._part: QWidget | None = None
        self.hide()

    def follow(self, part: QWidget | None) -> None:
        if self._part is not None:
            self._part.removeEventFilter(self)
        self._part = part
        self.setVisible(part is not None)
        if part is not None:
            part.installEventFilter(self)
            self._place(part)
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._part and event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place(self._part)
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().accent), theme.current().focus_outline))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 8, 8)
        painter.end()

    def _place(self, part: QWidget) -> None:
        gap = round(theme.unit() * 0.4)
        place = part.rect().translated(part.mapTo(self._around, part.rect().topLeft()))
        self.setGeometry(place.adjusted(-gap, -gap, gap, gap))
