"""The arrow at the tray icon, with a sentence on what a click there does; only words where its place is not known.

The application shows it once, at the end of the first start, on the GUI thread. It takes no focus, and it goes by
itself or at a click.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QScreen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from numbguard.ui.tray.icon import paint
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.windows.screens import kept_within
from numbguard.wording.catalogue import _
from numbguard.wording.now import IconFace

STAYS_MS = 20_000
"""Milliseconds after which it goes by itself."""

_WIDTH = 25.0
"""The width in heights of a line of text."""
_ARROW = 1.1
"""The height of the arrow, and half of its width, in heights of a line of text."""


class TrayPointer(QWidget):
    closed = Signal()

    def __init__(self, icon: QRect, *, middle_click: bool = sys.platform != "darwin") -> None:
        """``icon``: the icon's place on the screen; empty where it is not known."""
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self._icon = icon if icon.isValid() else QRect()
        self._points_up = False
        self._tip_x = 0.0
        self.setWindowTitle(_("NumbGuard in the tray"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        # On X11 the mask makes the shape, with or without a compositor; elsewhere it only limits the clicks.
        is_masked = QGuiApplication.platformName() == "xcb"
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, not is_masked)
        self._build(middle_click=middle_click)
        theme.apply_theme(self, lambda _colours: self._show_picture())
        self._stays = QTimer(self, singleShot=True, interval=STAYS_MS, timerType=Qt.TimerType.CoarseTimer)
        self._stays.timeout.connect(self.close)

    def present(self) -> None:
        """Show it at the icon, or else in the corner at the desktop's panel."""
        self._place()
        self.show()
        self._stays.start()

    # --- its parts ---------------------------------------------------------------------------------------------------

    def _build(self, *, middle_click: bool) -> None:
        unit = theme.unit()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(round(unit * 0.4))
        head = QHBoxLayout()
        head.setSpacing(round(unit * 0.7))
        self._picture = QLabel(self)
        self._picture.setVisible(self._icon.isEmpty())
        known = not self._icon.isEmpty()
        heading = _("NumbGuard is here") if known else _("NumbGuard is in the tray")
        head.addWidget(self._picture)
        head.addWidget(label_for(self, heading, scale=1.15, bold=True), 1)
        self._column.addLayout(head)
        said = [] if known else [_("Look for this icon.")]
        said.append(_("Click to open it. Middle-click to log numbness.") if middle_click else _("Click to open it."))
        self._column.addWidget(label_for(self, " ".join(said)))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button_for(self, _("&Got it"), self.close))
        self._column.addLayout(foot)

    def _show_picture(self) -> None:
        ratio = self.devicePixelRatioF()
        picture = paint(round(theme.unit() * 2 * ratio), IconFace.SITTING, 9, dark=theme.current().dark)
        picture.setDevicePixelRatio(ratio)
        self._picture.setPixmap(picture)
        self.update()

    # --- place -------------------------------------------------------------------------------------------------------

    def _place(self) -> None:
        unit = theme.unit()
        screen = QGuiApplication.screenAt(self._icon.center()) if not self._icon.isEmpty() else None
        screen = screen or QGuiApplication.primaryScreen()
        whole, room = screen.geometry(), screen.availableGeometry()
        edge, arrow = round(unit * 1.1), round(unit * _ARROW)
        self._points_up = not self._icon.isEmpty() and self._icon.center().y() < whole.center().y()
        above = edge + (arrow if self._points_up else 0)
        below = edge + (arrow if not self._icon.isEmpty() and not self._points_up else 0)
        self._column.setContentsMargins(edge, above, edge, below)
        width = min(max(round(unit * _WIDTH), self._column.totalMinimumSize().width()), room.width())
        size = QSize(width, self._column.totalHeightForWidth(width))
        if self._icon.isEmpty():
            self.setGeometry(_at_panel(screen, size, margin=round(unit * 0.5)))
            self._clip()
            return
        middle = self._icon.center()
        top = self._icon.bottom() + 1 if self._points_up else self._icon.top() - size.height()
        place = kept_within(whole, QRect(QPoint(middle.x() - width // 2, top), size))
        self._tip_x = min(max(middle.x() - place.left(), edge + arrow), width - edge - arrow)
        self.setGeometry(place)
        self._clip()

    def _clip(self) -> None:
        """Cut the window to its shape: without a compositor, the rest of it would be black."""
        self.setMask(QRegion(self._shape().toFillPolygon().toPolygon()))

    # --- painting ----------------------------------------------------------------------------------------------------

    def _shape(self) -> QPainterPath:
        """The bubble, with the arrow where there is something to point at."""
        unit = theme.unit()
        arrow = unit * _ARROW
        box = QRectF(self.rect())
        head = QPainterPath()
        if not self._icon.isEmpty():
            box.adjust(0, arrow if self._points_up else 0, 0, 0 if self._points_up else -arrow)
            base, tip = (box.top() + 1, 0.0) if self._points_up else (box.bottom() - 1, float(self.height()))
            head.moveTo(self._tip_x - arrow, base)
            head.lineTo(self._tip_x, tip)
            head.lineTo(self._tip_x + arrow, base)
            head.closeSubpath()
        bubble = QPainterPath()
        bubble.addRoundedRect(box, unit * 0.6, unit * 0.6)
        return bubble.united(head)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.current()
        shape = self._shape()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(shape)
        painter.setBrush(QColor(colours.window))
        painter.setPen(QPen(QColor(colours.accent), 4))  # half of the line is outside the shape
        painter.drawPath(shape)
        painter.end()

    # --- going -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stays.stop()
        super().closeEvent(event)
        self.closed.emit()


def _at_panel(screen: QScreen, size: QSize, *, margin: int) -> QRect:
    """The corner where the desktop's panel has its tray: below or above, at the end of a line of text."""
    whole, room = screen.geometry(), screen.availableGeometry()
    panel_is_above = room.top() - whole.top() > whole.bottom() - room.bottom()
    rightwards = QGuiApplication.layoutDirection() is not Qt.LayoutDirection.RightToLeft
    place = QRect(QPoint(0, 0), size)
    inner = room.adjusted(margin, margin, -margin, -margin)
    place.moveLeft(inner.right() + 1 - size.width() if rightwards else inner.left())
    place.moveTop(inner.top() if panel_is_above else inner.bottom() + 1 - size.height())
    return kept_within(room, place)
