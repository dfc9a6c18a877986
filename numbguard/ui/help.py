"""The page *When to get help*, in a window of its own.

Imported when it is first asked for; on the GUI thread. Nothing may hide or delay it: it needs neither the log nor the
network, and if its file cannot be read it still says the one thing that matters.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from numbguard.resources import ResourcesError, resource

from . import theme, words

_PAGE_LOST = """# When to get help

The page that belongs here could not be read. If something feels seriously wrong, call your local emergency number.
Otherwise ask a doctor. To get the page back, install NumbGuard again; your log is untouched.
"""


def page(path: Path | None = None) -> str:
    """The page as Markdown."""
    try:
        return (path or resource("guide", "when-to-get-help.md")).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, ResourcesError):
        return _PAGE_LOST


class HelpWindow(QWidget):
    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self.setWindowTitle(words.HELP)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        unit = theme.unit()
        self._page = QTextBrowser(self)
        self._page.setAccessibleName(words.HELP)
        self._page.setOpenLinks(False)
        # No caret: the arrow keys scroll at once.
        self._page.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._page.setMarkdown(page(path))
        self._page.document().setDocumentMargin(unit * 1.2)
        self._page.document().setIndentWidth(unit * 1.3)
        self._let_lines_breathe()
        close = QPushButton("&Close", self)
        close.setAccessibleName("Close")
        close.clicked.connect(self.close)
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        margin = round(unit * 0.7)
        foot.setContentsMargins(margin, margin, margin, margin)
        foot.addStretch()
        foot.addWidget(close)
        column.addWidget(self._page)
        column.addLayout(foot)
        theme.dress(self)
        self.resize(self._comfortable(unit))

    def _let_lines_breathe(self) -> None:
        document = self._page.document()
        cursor = QTextCursor(document)
        block = document.begin()
        while block.isValid():
            spacing = block.blockFormat()
            spacing.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if block.textList() is not None:
                spacing.setBottomMargin(theme.unit() * 0.25)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(spacing)
            block = block.next()

    @staticmethod
    def _comfortable(unit: float) -> QSize:
        """Lines of some seventy letters, and never more than the screen has."""
        room = QGuiApplication.primaryScreen().availableSize()
        return QSize(min(round(unit * 36), room.width()), min(round(unit * 42), room.height() - round(unit * 3)))

    def present(self) -> None:
        """Show it and bring it to the front."""
        self.show()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        self._page.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)
