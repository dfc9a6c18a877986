"""A program with windows that the test opens and closes, one line of standard input each.

`open NAME X Y WIDTH HEIGHT [KIND …]` prints the window's id; `close NAME` prints `closed`. Kinds: `unmanaged`, `glass`
(it may be translucent), `faint` (all of it is translucent), `aloof` (clicks go through it) and `half` (its shape is its
right half).
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QRect, QSocketNotifier, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication, QWidget

app = QApplication(sys.argv)
app.setQuitOnLastWindowClosed(False)
windows: dict[str, QWidget] = {}


def obey() -> None:
    words = sys.stdin.readline().split()
    if not words:
        app.quit()
    elif words[0] == "close":
        windows.pop(words[1]).close()
        print("closed", flush=True)
    else:
        open_one(words[1], QRect(*map(int, words[2:6])), set(words[6:]))


def open_one(name: str, place: QRect, kinds: set[str]) -> None:
    flags = Qt.WindowType.Window
    if "unmanaged" in kinds:
        flags |= Qt.WindowType.X11BypassWindowManagerHint | Qt.WindowType.FramelessWindowHint
    if "aloof" in kinds:
        flags |= Qt.WindowType.WindowTransparentForInput
    window = windows[name] = QWidget(None, flags)
    window.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, "glass" in kinds)
    window.setGeometry(place)
    if "half" in kinds:
        window.setMask(QRegion(place.width() // 2, 0, place.width() // 2, place.height()))
    if "faint" in kinds:
        window.setWindowOpacity(0.5)
    window.show()
    window.raise_()
    window.activateWindow()
    print(int(window.winId()), flush=True)


reads = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
reads.activated.connect(lambda *_: obey())
app.exec()
