"""A window that fills the screen until it is ended, as a film or slides would."""

from PySide6.QtWidgets import QApplication, QLabel

app = QApplication(["film"])
window = QLabel("A film")
window.setWindowTitle("A film")
window.showFullScreen()
app.exec()
