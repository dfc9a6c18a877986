"""*Anything else wrong?*: all signs as a list to press, for an episode of which nothing was told.

The advice window and the relief window show it, on the GUI thread. Pressing a sign is a *yes* to its question; *None of
these* is a *no* to all of them; *Skip* answers nothing.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from numbguard.core.log.red_flags import WarningSign
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.scroll_column import ScrollColumn
from numbguard.wording.catalogue import N_, _, translated
from numbguard.wording.log.advice import ANYTHING_ELSE

_UNDER: Final = N_("If any of these is true, press it: it changes what to do. Otherwise carry on.")
_TWO_COLUMNS: Final = 44.0
"""From this width in heights of a line of text, the signs stand in two columns."""


class SignList(QWidget):
    chosen = Signal(object)
    """Carries the ``WarningSign`` that was pressed."""
    none_wanted = Signal()
    skipped = Signal()
    help_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_(ANYTHING_ELSE))
        unit = theme.unit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(unit * 0.45))
        column.addWidget(label_for(self, _(ANYTHING_ELSE), scale=1.5, bold=True))
        column.addWidget(label_for(self, _(_UNDER), role="quiet"))
        self._scroll = ScrollColumn(self)
        inner = QWidget(self._scroll)
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(round(unit * 0.35))
        self._scroll.rows.addWidget(inner)
        self._buttons = [_SignButton(inner, sign) for sign in WarningSign]
        for button in self._buttons:
            button.clicked.connect(lambda _checked=False, sign=button.sign: self.chosen.emit(sign))
        self._columns = 0
        self._arrange(1)
        column.addWidget(self._scroll, 1)
        row = QHBoxLayout()
        row.setSpacing(round(unit * 0.5))
        row.addWidget(button_for(self, _("When to get &help"), self.help_wanted.emit))
        row.addStretch(1)
        self.skip = button_for(self, _("S&kip"), self.skipped.emit, means=_("Carry on without an answer"))
        self.none = button_for(
            self, _("&None of these"), self.none_wanted.emit, means=_("Say no to all of them"), kind="primary"
        )
        row.addWidget(self.skip)
        row.addWidget(self.none)
        column.addLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= _TWO_COLUMNS * theme.unit() else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        rows = -(-len(self._buttons) // columns)
        for at, button in enumerate(self._buttons):
            self._grid.addWidget(button, at % rows, at // rows)
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < columns))


class _SignButton(QPushButton):
    """A button with a sign in as many lines as it needs, which ``QPushButton`` alone cannot show."""

    def __init__(self, parent: QWidget, sign: WarningSign) -> None:
        super().__init__(parent)
        self.sign = sign
        self.setProperty("kind", "sign")
        self.setAccessibleName(translated(sign.listed))
        self.setAutoDefault(True)
        unit = theme.unit()
        row = QHBoxLayout(self)
        row.setContentsMargins(round(unit * 0.7), round(unit * 0.35), round(unit * 0.7), round(unit * 0.35))
        words = label_for(self, translated(sign.listed), expands=True)
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(words, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        assert layout is not None
        return layout.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        wide = round(theme.unit() * 18)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(theme.unit() * 10), round(theme.unit() * 2))
