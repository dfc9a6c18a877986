"""The figure beside a step of relief: a movement from a card, or the glass of water.

Part of the relief window, on the GUI thread; the window's one timer drives it through ``advance``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from math import inf
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from numbguard.core.cards.table_reader import CardError
from numbguard.core.log.advice.relief import CardMotion
from numbguard.figure.palette import FigureTheme
from numbguard.ui.card.card_plan import deepest_s, ground_of, look_for
from numbguard.ui.picture.view import PictureView
from numbguard.ui.widgets import theme
from numbguard.wording.catalogue import _

if TYPE_CHECKING:
    from numbguard.core.cards.cards import Card

_log = logging.getLogger(__name__)


class ReliefPicture(PictureView):
    """``mirrored``: the left leg is numb. ``still``: pictures do not move."""

    def __init__(self, parent: QWidget, *, card_of: Callable[[str], Card | None], mirrored: bool, still: bool) -> None:
        super().__init__(parent)
        self._card_of = card_of
        self._mirrored = mirrored
        self._still = still
        self._figure: CardMotion | None = None
        self._drawn: tuple[CardMotion | None, FigureTheme] | None = None
        self._to_animate = False

    def show_figure(self, figure: CardMotion | None, title: str) -> None:
        """Show a movement, or the glass of water for ``None``."""
        self.setAccessibleName(_("Picture: {title}").format(title=title))
        self._figure = figure
        self._draw()

    def apply_colours(self, colours: theme.Palette) -> None:
        super().apply_colours(colours)
        if self._drawn is not None:
            self._draw()

    def advance(self) -> float:
        if self._to_animate:
            # The animation replaces its first moment, which was quicker to draw.
            self._to_animate = False
            self._show(moving=True)
        return inf if self._still else super().advance()

    def _draw(self) -> None:
        wanted = (self._figure, self._look)
        if wanted != self._drawn:
            self._drawn = wanted
            self._to_animate = not self._still
            self._show(moving=False)

    @property
    def _look(self) -> FigureTheme:
        return look_for(self._colours)

    def _show(self, *, moving: bool) -> None:
        try:
            svg = self._svg(moving=moving)
        except (CardError, ValueError, ArithmeticError) as error:
            # The card cannot be read or drawn, but the words alone are still useful.
            _log.warning("No figure for this step of relief: %s", error)
            self._to_animate = False
            self.show_nothing()
        else:
            self.show_picture(svg, ground=ground_of(self._look))

    def _svg(self, *, moving: bool) -> str:
        if self._figure is None:
            from numbguard.figure.water_and_snack import water_svg

            return water_svg(self._look, moving=moving)
        from numbguard.figure.svg import animated_svg, still_svg

        card = self._card_of(self._figure.card)
        motion = card.motions.get(self._figure.motion) if card is not None else None
        if motion is None:
            raise CardError(f"Card “{self._figure.card}” has no movement “{self._figure.motion}”.")
        if moving:
            return animated_svg(motion, mirrored=self._mirrored, theme=self._look)
        at = deepest_s(motion) if self._still else 0.0
        return still_svg(motion, at=at, mirrored=self._mirrored, theme=self._look)
