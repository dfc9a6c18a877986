"""Starts the app: shows the tray icon before it imports the rest of NumbGuard.

``numbguard run`` calls ``start`` on the main thread, which becomes the GUI thread. ``start`` creates the Qt
application, shows a prepared icon in the tray, and imports the app itself once Qt's event loop runs.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QSocketNotifier, QTimer
from PySide6.QtGui import QIcon, QPixmapCache
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from numbguard.resources import resource
from numbguard.store.profile import Profile
from numbguard.wording.catalogue import _

from .process.application import BEGIN_AGAIN
from .process.application import application as make_application
from .process.log_file import open_log, record_exceptions

if TYPE_CHECKING:
    from numbguard.ipc.server import Server

    from .app import App

log = logging.getLogger("numbguard")

WORK_ENDS_WITHIN_S = 10.0
"""Seconds that a report or an export may take to finish when the app ends."""

BOX_TIMEOUT_MS = 300_000
"""Milliseconds after which the box about a failed start closes, because nobody may be there to close it."""

_ENDING = frozenset({signal.SIGTERM, signal.SIGINT})

IGNORED_WARNINGS = ("qt.qpa.services", "qt.qpa.theme.gnome", "qt.qpa.wayland.textinput")
"""Qt logging categories whose warnings about a missing portal or keyboard nobody here can act on."""


class StartError(Exception):
    """The app could not be built. The message is a sentence for the person; the log file has the details."""


class Launch:
    """Owns the icon, the signal sockets and the app for one run."""

    def __init__(self, profile: Profile, line: Server, *, speed: float, minimised: bool) -> None:
        self._profile = profile
        self._line = line
        self._speed = speed
        self._minimised = minimised
        self._app: App | None = None
        self.failed: Exception | None = None
        """The exception that kept the app from being built."""
        self._signals: EndingSignals | None = None
        self._menu: QMenu | None = None
        self._icon = self._first_icon()
        QTimer.singleShot(0, self._build)

    def _first_icon(self) -> QSystemTrayIcon | None:
        """Show an icon in the tray at once; returns ``None`` if there is no tray (yet)."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return None
        picture = QIcon()
        for size in (22, 32, 44, 64):
            picture.addFile(str(resource("icons", f"tray-{size}.png")))
        icon = QSystemTrayIcon(picture)
        # A panel asks for the menu only once, when the icon appears; entries can be added later.
        self._menu = QMenu("NumbGuard")
        icon.setContextMenu(self._menu)
        icon.show()
        return icon

    def _build(self) -> None:
        try:
            from numbguard.ui.widgets import screen_reader

            from .app import App

            screen_reader.install()  # before the first window
            self._signals = EndingSignals()
            self._app = App(self._profile, self._line, speed=self._speed, minimised=self._minimised, icon=self._icon)
            self._app.start()
        except Exception as error:  # of any kind: half an app is worse than none
            log.critical("a bug, at the start", exc_info=True)
            self.failed = error
            QApplication.exit(1)
        else:
            sys.excepthook = self._app.crashed

    @property
    def told_to_end(self) -> bool:
        """Whether a signal has come that ends the app, also while it was ending."""
        return self._signals is not None and self._signals.came

    def end(self) -> None:
        """Release whatever was made, whether the whole app or only part of it."""
        try:
            if self._app:
                self._app.end()
            elif self._icon:
                self._icon.hide()
        except Exception:  # if the app was never complete, this may be the same bug, already reported
            log.critical("a bug, at the end", exc_info=True)
            if not self.failed:
                raise
        if self._signals:
            self._signals.close()


class EndingSignals:
    """SIGTERM and SIGINT end the app from Qt's event loop, which a socket pair wakes.

    Python runs a signal's handler between any two of its instructions, so also while Qt paints a window. To quit there
    would destroy the window under the painting.
    """

    def __init__(self) -> None:
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.setblocking(False)
        signal.set_wakeup_fd(self._writing.fileno())
        self.came = False
        """Whether one has come, also after ``close``."""
        for number in _ENDING:
            # With a handler, the process does not end at once, and Python writes the number to the socket.
            signal.signal(number, self._note)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(lambda: self._read())

    def _note(self, _number: int, _frame: object) -> None:
        self.came = True

    def _read(self) -> None:
        if not _ENDING.isdisjoint(self._reading.recv(64)):
            QApplication.quit()

    def close(self) -> None:
        """Listen to the signals no longer; from now on they are only noted."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        self._reading.close()
        self._writing.close()


def start(profile: Profile, line: Server, *, speed: float, minimised: bool) -> int:
    """Run the app until it ends; returns the exit status, or ``BEGIN_AGAIN``. Raises ``StartError``.

    The caller closes ``line``.
    """
    open_log(profile.log)
    record_exceptions()
    QLoggingCategory.setFilterRules("\n".join(f"{one}.warning=false" for one in IGNORED_WARNINGS))
    if sys.platform == "win32":
        from numbguard.desktop.windows_identity import identify

        identify()
    application = make_application()
    if application.platformName() in ("offscreen", "minimal"):
        # These platforms cannot raise a window, and warn each time.
        QLoggingCategory.setFilterRules("default.warning=false")
    application.setQuitOnLastWindowClosed(False)
    # Each picture in Qt's cache keeps a timer running, a tray icon's for minutes; and these windows are small.
    QPixmapCache.setCacheLimit(0)
    launch = Launch(profile, line, speed=speed, minimised=minimised)
    status = application.exec()
    launch.end()
    from numbguard.ui.worker import finish

    ended = finish(WORK_ENDS_WITHIN_S)
    if launch.failed:
        sentence = _(
            "NumbGuard could not start because of a fault of its own ({name}). What you have "
            "logged "
            "is untouched. {log} has the details."
        ).format(name=type(launch.failed).__name__, log=profile.log)
        if application.platformName() not in ("offscreen", "minimal"):
            line.close()  # so that it can be started again while this is read
            _show(sentence)
        raise StartError(sentence)
    if status == BEGIN_AGAIN:
        return 0 if launch.told_to_end else status
    if not ended:
        # A worker that still runs may use Qt, so the interpreter must not shut Qt down.
        os._exit(int(status))
    return int(status)


def _show(sentence: str) -> None:
    """Show why the start failed to a person who started NumbGuard from its icon or at log-in and sees no terminal."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Critical, "NumbGuard", sentence)
    QTimer.singleShot(BOX_TIMEOUT_MS, box.close)
    box.exec()
