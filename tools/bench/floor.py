"""The floor for measuring NumbGuard: a bare PySide6 tray icon with one timer.

`python -m tools.bench` runs it as a program of its own. It is the least that a Qt tray icon in Python can be: it does
nothing unnecessary, and it omits nothing that NumbGuard needs.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon


def main() -> int:
    app = QApplication(sys.argv)
    app.setQuitOnLastWindowClosed(False)
    picture = QPixmap(22, 22)
    picture.fill("#2f7f86")
    menu = QMenu()
    menu.addAction("Quit", app.quit)
    tray = QSystemTrayIcon(QIcon(picture))
    tray.setContextMenu(menu)
    tray.show()
    timer = QTimer()
    timer.start(60_000)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
