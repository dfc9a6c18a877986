"""The first moments: the icon is in the tray before anything else of NumbGuard is imported.

``start`` is called by ``numbguard run`` on the main thread, which becomes the GUI thread. It makes Qt's application,
shows a ready-made picture in the tray, and imports the app itself once Qt's loop runs.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QSocketNotifier, QTimer
from PySide6.QtGui import QGuiApplication, QIcon, QPixmapCache
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from numbguard import __version__
from numbguard.resources import resource
from numbguard.store.profile import Profile

from .log_file import open_log, record_exceptions

if TYPE_CHECKING:
    from numbguard.ipc.socket import Server

    from .app import App

log = logging.getLogger("numbguard")

WORK_ENDS_WITHIN_S = 10.0
"""For a report or an export that is being written when the app is ended."""

SHOWN_FOR_MS = 300_000
"""Nobody may be there to close the box, and NumbGuard may be started again meanwhile."""


NOT_OUR_CONCERN = ("qt.qpa.services", "qt.qpa.theme.gnome", "qt.qpa.wayland.textinput")
"""What Qt complains of where a desktop has no portal or no keyboard: nothing that anybody here could mend."""


class StartError(Exception):
    """The app could not be built. The message is a sentence for the person; the log file has the rest."""


class Launch:
    """Holds what a run is made of until it ends."""

    def __init__(self, profile: Profile, line: Server, *, speed: float, minimised: bool) -> None:
        self._profile = profile
        self._line = line
        self._speed = speed
        self._minimised = minimised
        self._app: App | None = None
        self.failed: Exception | None = None
        """Why the app could not be built."""
        self._wake: tuple[socket.socket, socket.socket, QSocketNotifier] | None = None
        self._menu: QMenu | None = None
        self._icon = self._first_icon()
        QTimer.singleShot(0, self._build)

    def _first_icon(self) -> QSystemTrayIcon | None:
        """A picture in the tray at once; ``None`` where there is no tray (yet)."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return None
        picture = QIcon()
        for size in (22, 32, 44, 64):
            picture.addFile(str(resource("icons", f"tray-{size}.png")))
        icon = QSystemTrayIcon(picture)
        # A panel asks for the menu once, when the icon comes; its entries may come later.
        self._menu = QMenu("NumbGuard")
        icon.setContextMenu(self._menu)
        icon.show()
        return icon

    def _build(self) -> None:
        try:
            from .app import App

            self._end_on_signals()
            self._app = App(self._profile, self._line, speed=self._speed, minimised=self._minimised, icon=self._icon)
            self._app.start()
        except Exception as error:  # whatever it is: an app that is there by half is worse than none
            log.critical("a bug, at the start", exc_info=True)
            self.failed = error
            QApplication.exit(1)
        else:
            sys.excepthook = self._app.crashed

    def end(self) -> None:
        """Let go of all that was made, be it the whole app or a part of it."""
        try:
            if self._app:
                self._app.end()
            elif self._icon:
                self._icon.hide()
        except Exception:  # of an app that was never whole it may be the same bug, which has been told
            log.critical("a bug, at the end", exc_info=True)
            if not self.failed:
                raise
        if self._wake:
            reading, writing, notifier = self._wake
            notifier.setEnabled(False)
            signal.set_wakeup_fd(-1)
            reading.close()
            writing.close()

    def _end_on_signals(self) -> None:
        """SIGTERM and SIGINT end the app in order; a socket pair wakes Qt's loop, which Python's handlers do not."""
        reading, writing = socket.socketpair()
        for end in (reading, writing):
            end.setblocking(False)
        signal.set_wakeup_fd(writing.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: QApplication.quit())
        notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda: _swallow(reading))
        self._wake = reading, writing, notifier


def start(profile: Profile, line: Server, *, speed: float, minimised: bool) -> int:
    """Run the app until it is ended; gives the exit status. Raises ``StartError``. The caller closes the line."""
    open_log(profile.log)
    record_exceptions()
    QLoggingCategory.setFilterRules("\n".join(f"{one}.warning=false" for one in NOT_OUR_CONCERN))
    application = QApplication(["numbguard"])
    if application.platformName() in ("offscreen", "minimal"):
        # A screen that nobody sees cannot raise a window, and says so each time.
        QLoggingCategory.setFilterRules("default.warning=false")
    application.setApplicationName("numbguard")
    application.setApplicationDisplayName("NumbGuard")
    application.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("org.numbguard.NumbGuard")
    application.setQuitOnLastWindowClosed(False)
    # Every picture in Qt's cache keeps a timer going, each icon in the tray for minutes; and windows are small here.
    QPixmapCache.setCacheLimit(0)
    launch = Launch(profile, line, speed=speed, minimised=minimised)
    status = application.exec()
    launch.end()
    from numbguard.ui.worker import finish

    ended = finish(WORK_ENDS_WITHIN_S)
    if launch.failed:
        sentence = (
            f"NumbGuard could not start, by a fault of its own ({type(launch.failed).__name__}). What you have logged "
            f"is untouched. {profile.log} says more."
        )
        if application.platformName() not in ("offscreen", "minimal"):
            line.close()  # so that it can be started again while this is read
            _show(sentence)
        raise StartError(sentence)
    if not ended:
        # What still runs may be using Qt, which must not be taken down under it.
        os._exit(int(status))
    return int(status)


def _swallow(reading: socket.socket) -> None:
    reading.recv(64)


def _show(sentence: str) -> None:
    """For whoever started NumbGuard by its icon or at log-in, and sees no terminal."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Critical, "NumbGuard", sentence)
    QTimer.singleShot(SHOWN_FOR_MS, box.close)
    box.exec()
