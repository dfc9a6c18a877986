"""The colours and the text size of the windows, as the person set them.

The composition root makes it before the first window, on the GUI thread, and calls ``follow`` whenever the settings
have changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from numbguard.core.settings.settings import Settings
from numbguard.ui.widgets import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFont


class AppAppearance:
    def __init__(self, settings: Settings) -> None:
        self._percent = 100
        self._usual: QFont | None = None
        """The desktop's font, while the text has another size than that."""
        theme.choose(settings.theme)
        self._resize(settings.text_size)

    def follow(self, settings: Settings, resized: Callable[[], None]) -> None:
        """Show other colours at once; ``resized`` is called if the text has another size than before."""
        theme.choose(settings.theme)
        if settings.text_size != self._percent:
            self._resize(settings.text_size)
            resized()

    def _resize(self, percent: int) -> None:
        if percent == self._percent:
            return
        from PySide6.QtGui import QFont

        if self._usual is None or self._percent == 100:
            self._usual = QFont(QApplication.font())
        self._percent = percent
        font = QFont(self._usual)
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * percent / 100)
        else:
            font.setPixelSize(max(1, round(font.pixelSize() * percent / 100)))
        QApplication.setFont(font)
