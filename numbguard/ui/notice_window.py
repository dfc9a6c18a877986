"""A small window with the announcement and its answers, for desktops whose notifications have no buttons.

Imported when it is first shown; on the GUI thread. It never takes the keyboard focus, stays on top in a corner of the
screen with the pointer, and closes when it is answered or withdrawn. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QCursor, QGuiApplication, QImage, QMouseEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from numbguard.core.breaks.messages import Action
from numbguard.core.ports import Notice
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.windows.screens import frames_on_top, free_corner

from .widgets import roles, theme


class OwnNoticeWindow:
    """Shows one notice at a time; a new one replaces it."""

    def __init__(self) -> None:
        self._window: _NudgeWindow | None = None

    def show(self, notice: Notice, answered: Callable[[Action], None]) -> None:
        self.close()
        self._window = _NudgeWindow(notice, partial(self._answer, answered))
        if not notice.answers:
            self._window.pressed.connect(self.close)
        self._window.appear()

    def close(self) -> None:
        """Withdraw the notice without an answer; afterwards no window is shown."""
        window, self._window = self._window, None
        if window is not None:
            window.hide()
            window.deleteLater()

    def _answer(self, answered: Callable[[Action], None], action: Action) -> None:
        self.close()
        answered(action)


class _NudgeWindow(QFrame):
    pressed = Signal()

    def __init__(self, notice: Notice, answered: Callable[[Action], None]) -> None:
        super().__init__()
        self.setWindowTitle(notice.title)
        self.setAccessibleName(f"{notice.title}. {notice.body}")
        self.setProperty("frame", "popup")
        roles.set_role(self, roles.Role.Notification)
        self.setWindowFlags(
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._lay_out(notice, answered)
        theme.apply_theme(self)

    def _lay_out(self, notice: Notice, answered: Callable[[Action], None]) -> None:
        unit = theme.unit()
        column = QVBoxLayout(self)
        margin = round(unit * 0.9)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(round(unit * 0.45))
        for text in (notice.title, notice.body):
            label = label_for(self, text)
            if text is notice.title:
                label.setFont(theme.font(1.2, bold=True))
            column.addWidget(label)
        if (picture := notice.picture) is not None:
            shown = QLabel(self)
            image = QImage(
                picture.rgba, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGBA8888
            )
            shown.setPixmap(QPixmap.fromImage(image))
            column.addWidget(shown)
        column.addSpacing(round(unit * 0.3))
        row = QHBoxLayout()
        row.setSpacing(round(unit * 0.5))
        for number, (action, words) in enumerate(notice.answers):
            button = button_for(self, words, partial(answered, action), key="", kind="" if number else "primary")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button, 1)
        column.addLayout(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Report a click beside the answers."""
        super().mousePressEvent(event)
        self.pressed.emit()

    def appear(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.activate()
        width = max(round(theme.unit() * 23), layout.totalMinimumSize().width())
        self.setFixedSize(width, layout.totalHeightForWidth(width))
        self.move(_corner(self, QCursor.pos()))
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


def _corner(window: QWidget, pointer: QPoint) -> QPoint:
    """A corner of the pointer's screen, at best the lower right, clear of our other windows and of the pointer."""
    screen = QGuiApplication.screenAt(pointer) or QGuiApplication.primaryScreen()
    gap = round(theme.unit() * 0.8)
    room = screen.availableGeometry()
    place = free_corner(room, window.size(), margin=gap, avoiding=frames_on_top(window))
    if place.adjusted(-gap, -gap, gap, gap).contains(pointer):
        # It must not catch a click meant for something else.
        place.moveTop(room.top() + room.bottom() - place.bottom())
    return place.topLeft()
