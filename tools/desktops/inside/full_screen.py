"""A window that fills the screen for the number of seconds given, as a film or slides would."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

app = QApplication(["film"])
window = QLabel("A film")
window.setWindowTitle("A film")
window.showFullScreen()
QTimer.singleShot(int(float(sys.argv[1]) * 1000), app.quit)
app.exec()
