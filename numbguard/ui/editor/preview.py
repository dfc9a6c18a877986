"""The moving preview of a card being edited: the motion of one step, or the person's own picture.

The editor's forms create it, on the GUI thread. Its single timer runs only while it is visible.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from numbguard.core.cards.motion import Motion
from numbguard.core.cards.picture_rules import OwnPicture
from numbguard.figure.scene import FRAMES_A_SECOND
from numbguard.ui.card.card_plan import deepest_s, ground_of, look_for
from numbguard.ui.picture.view import PictureView
from numbguard.ui.widgets import theme
from numbguard.wording.catalogue import _

_log = logging.getLogger(__name__)


class CardPreview(PictureView):
    def __init__(self, parent: QWidget, *, still: bool = False) -> None:
        """``still``: the picture does not move."""
        super().__init__(parent)
        self._still = still
        self._motion: Motion | None = None
        self._mirrored = False
        self._drawn: object = None
        self._can_be_drawn = True
        self.setAccessibleName(_("What the card shows"))
        self._timer = QTimer(self)
        self._timer.setInterval(1000 // FRAMES_A_SECOND)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.advance)

    def show_motion(self, motion: Motion | None, *, mirrored: bool) -> None:
        """Show a motion from its beginning; with ``None``, an empty panel."""
        self._motion, self._mirrored = motion, mirrored
        self._draw()

    def preview_own_picture(self, picture: OwnPicture) -> bool:
        """Show the person's own picture, and return whether it can be drawn. A picture already shown plays on."""
        if self._drawn is not picture:
            self._motion, self._drawn = None, picture
            self._can_be_drawn = self.show_own_picture(picture)
        return self._can_be_drawn

    def apply_colours(self, colours: theme.Palette) -> None:
        super().apply_colours(colours)
        if self._motion is not None:
            self._draw()

    def _draw(self) -> None:
        look = look_for(self._colours)
        wanted = (id(self._motion), self._mirrored, look)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        if self._motion is None:
            self.show_nothing()
            return
        from numbguard.figure.svg import animated_svg, still_svg

        motion = self._motion
        try:
            if self._still:
                svg = still_svg(motion, at=deepest_s(motion), mirrored=self._mirrored, theme=look)
            else:
                svg = animated_svg(motion, mirrored=self._mirrored, theme=look)
        except (ValueError, ArithmeticError) as error:
            _log.warning("The movement “%s” cannot be drawn: %s", self._motion.name, error)
            self.show_nothing()
        else:
            self.show_picture(svg, ground=ground_of(look))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._still:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self.pause()
