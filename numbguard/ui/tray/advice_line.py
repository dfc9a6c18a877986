"""The advice on the episode in the panel: its heading in the colour of its tier, on a button that opens all of it.

The panel creates it, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from numbguard.core.log.advice.advice import Advice
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.red_flags import AdviceTier
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.tier_banner import OPEN, colours_of
from numbguard.wording.catalogue import _
from numbguard.wording.log import advice as words


class AdviceLine(QPushButton):
    wanted = Signal(object)
    """Carries the ``Episode``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_(words.ANYTHING_ELSE), parent)
        self._episode: Episode | None = None
        self._tier: AdviceTier | None = OPEN
        self._asks_only = True
        """Nothing is known yet, so there is no tier whose colour it could have."""
        self._palette = theme.current()
        self.setAutoDefault(True)
        self.setToolTip(_("What to do about this episode, and the questions about it"))
        self.setAccessibleDescription(self.toolTip())
        self.clicked.connect(self._pressed)

    def show_advice(self, episode: Episode, advice: Advice) -> None:
        self._episode = episode
        self._tier = advice.tier if advice.is_settled else OPEN
        self._asks_only = unanswered = not advice.is_settled and advice.tells_nothing
        self.setText(_(words.ANYTHING_ELSE) if unanswered else words.heading(advice))
        self.setAccessibleName(self.text())
        self._recolour()

    def _pressed(self) -> None:
        if self._episode is not None:
            self.wanted.emit(self._episode)

    def apply_colours(self, palette: theme.Palette) -> None:
        self._palette = palette
        self._recolour()

    def _recolour(self) -> None:
        if self._asks_only:
            self.setStyleSheet("")
            return
        colours = colours_of(self._tier, self._palette)
        self.setStyleSheet(
            f"QPushButton {{ background: {colours.ground}; color: {colours.text}; border-color: {colours.mark}; }}"
            f"QPushButton:focus {{ border: 2px solid {colours.mark}; }}"
        )
