"""A window above all others that covers the whole screen. `lived_in` runs it as a program of its own."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def main() -> int:
    app = QApplication(sys.argv)
    # Unmanaged: a window manager may keep other windows that stay on top above this one.
    window = QWidget(None, Qt.WindowType.X11BypassWindowManagerHint | Qt.WindowType.FramelessWindowHint)
    window.setWindowTitle("cover")
    window.setGeometry(app.primaryScreen().geometry())
    window.show()
    window.raise_()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
