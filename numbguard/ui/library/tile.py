"""One card of the library as a tile: its figure, its name, and what a person can do with it.

The page of stretches creates it, on the GUI thread, and says when its figure may be drawn and how far it plays. A tile
draws its figure when it is first seen, and lets it go when it is far out of sight.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from numbguard.core.cards.cards import Card, CardKind
from numbguard.ui.card.card_plan import CardPlan, ground_of, look_for
from numbguard.ui.picture.view import PictureView
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import _, translated

from .words import facts, remark

_log = logging.getLogger(__name__)

TILE_UNITS: Final = 11.5
"""Least width of a tile in lines of text."""


class MarkButton(QPushButton):
    """A mark that a person sets on a card, drawn as an outline until it is set."""

    def __init__(
        self,
        parent: QWidget,
        outline: Callable[[QRectF], QPainterPath],
        *,
        name: str,
        means: str,
        is_warm: bool = False,
    ) -> None:
        super().__init__(parent)
        self._outline, self._is_warm = outline, is_warm
        self.setCheckable(True)
        self.setProperty("kind", "plain")
        self.setAccessibleName(name)
        self.setToolTip(means)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._colours = theme.current()

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(theme.unit() * 2), round(theme.unit() * 1.8))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.unit() * 0.95
        place = QRectF(0, 0, side, side)
        place.moveCenter(QPointF(self.rect().center()) + QPointF(0.5, 0.5))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(self._colours.warm_text if self.isChecked() or self._is_warm else self._colours.quiet)
        painter.setPen(QPen(ink, max(1.2, theme.unit() * 0.09)))
        if self.isChecked():
            painter.setBrush(ink)
        painter.drawPath(self._outline(place))
        painter.end()


def _heart(within: QRectF) -> QPainterPath:
    """A heart that fills the square."""

    def at(x: float, y: float) -> QPointF:
        return QPointF(within.x() + x * within.width(), within.y() + y * within.height())

    path = QPainterPath(at(0.5, 0.95))
    path.cubicTo(at(-0.15, 0.45), at(0.1, -0.05), at(0.5, 0.24))
    path.cubicTo(at(0.9, -0.05), at(1.15, 0.45), at(0.5, 0.95))
    return path


def _no_entry(within: QRectF) -> QPainterPath:
    """A circle with a bar across it."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    path.addEllipse(within)
    bar = QRectF(0, 0, within.width() * 0.6, within.height() * 0.18)
    bar.moveCenter(within.center())
    path.addRect(bar)
    return path


class CardTile(QFrame):
    """A card to look at, start, prefer or never see."""

    start_wanted = Signal(str)
    look_wanted = Signal(str)
    favourite_set = Signal(str, bool)
    never_set = Signal(str, bool)
    move_wanted = Signal(int, int)
    """The person wants to go on to another tile: columns and rows away."""
    entered = Signal()
    """The keyboard focus has come into it."""

    def __init__(self, parent: QWidget, card: Card, *, choosing: bool = False) -> None:
        """``choosing``: a click on the figure starts the card, and shows it otherwise."""
        super().__init__(parent)
        self.card, self._choosing = card, choosing
        self._colours = theme.current()
        self._plan: CardPlan | None = None
        unit, title = theme.unit(), translated(card.title)
        self.setObjectName("tile")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(title)
        self.setAccessibleDescription(facts(card))
        self._figure = PictureView(self)
        self._figure.setCursor(Qt.CursorShape.PointingHandCursor)
        self._figure.setToolTip(_("Go on with this card") if choosing else _("Show this card"))
        self._facts = label_for(self, facts(card), role="quiet", scale=0.92)
        self._remark = label_for(self, role="warm", scale=0.92)
        can_start = card.kind is CardKind.BREAK
        self.start = button_for(
            self,
            _("Start") if can_start else _("Show"),
            lambda: (self.start_wanted if can_start else self.look_wanted).emit(card.slug),
            name=(_("Start: {title}") if can_start else _("Show: {title}")).format(title=title),
        )
        self.start.setToolTip("")
        self.heart = MarkButton(
            self,
            _heart,
            name=_("Favourite: {title}").format(title=title),
            means=_("Favourite: comes twice as often"),
            is_warm=True,
        )
        self.heart.clicked.connect(lambda on: self.favourite_set.emit(card.slug, on))
        self.never = MarkButton(
            self,
            _no_entry,
            name=_("Never show: {title}").format(title=title),
            means=_("Never show this one at a break"),
        )
        self.never.clicked.connect(lambda on: self.never_set.emit(card.slug, on))
        for button in (self.heart, self.never):
            button.setVisible(can_start)
        answers = QHBoxLayout()
        answers.setSpacing(round(unit * 0.2))
        answers.addWidget(self.start)
        answers.addWidget(self.heart)
        answers.addStretch(1)
        answers.addWidget(self.never)
        name = label_for(self, title, bold=True)
        name.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        edge = round(unit * 0.5)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(round(unit * 0.25))
        column.addWidget(self._figure)
        column.addWidget(name)
        column.addWidget(self._facts)
        column.addWidget(self._remark)
        column.addStretch(1)
        column.addLayout(answers)
        self._remark.hide()
        self.let_tab_in(False)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        return (self.start, self.heart, self.never)

    def show_state(self, *, is_on: bool, is_favourite: bool, is_never: bool) -> None:
        """Show what the settings say of the card."""
        self.heart.setChecked(is_favourite)
        self.never.setChecked(is_never)
        said = remark(self.card, is_on=is_on, is_never=is_never)
        self._remark.setText(said)
        self._remark.setVisible(bool(said))
        self.start.setEnabled(is_on)

    def widen(self, width: int) -> None:
        """Take this width in pixels; the figure fills it."""
        self.setFixedWidth(width)
        self._figure.setFixedHeight(self._figure.height_for(width - 2 * round(theme.unit() * 0.5)))

    def height_needed(self) -> int:
        """The height in pixels at which none of its words is cut off."""
        column = self.layout()
        assert column is not None
        column.activate()
        return column.totalHeightForWidth(self.width())

    def let_tab_in(self, on: bool) -> None:
        """Whether the Tab key stops at its buttons: at those of one tile at a time, or the grid would have hundreds."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
        for button in self.buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.heart.apply_colours(colours)
        self.never.apply_colours(colours)
        self._figure.apply_colours(replace(colours, window=colours.surface))  # what is behind its round corners
        if self.is_drawn:
            self.forget()  # it is drawn again in the new colours

    # --- its figure --------------------------------------------------------------------------------------------------

    @property
    def is_drawn(self) -> bool:
        return self._plan is not None

    def draw(self, whole: Callable[[str], Card | None], *, still: bool) -> None:
        """Draw the figure; ``whole`` returns the card with its motions. ``still``: at its deepest stretch, unmoving."""
        card = whole(self.card.slug)
        self._plan = plan = CardPlan(card, duration_s=self.card.seconds)
        look = look_for(self._colours)
        if plan.own is not None:
            self._figure.show_own_picture(plan.own)
            return
        try:
            svg = plan.still_picture(0, look, deepest=True) if still else plan.moving_picture(0, look)
        except (ValueError, ArithmeticError) as error:
            _log.warning("The card “%s” cannot be drawn: %s", self.card.slug, error)
            self._figure.show_nothing()
        else:
            self._figure.show_picture(svg, ground=ground_of(look))

    def forget(self) -> None:
        """Let the figure go, with its memory, until it is drawn again."""
        self._plan = None
        self._figure.show_nothing()

    def advance(self) -> None:
        self._figure.advance()

    def pause(self) -> None:
        self._figure.pause()

    # --- input -------------------------------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._figure.geometry().contains(event.position().toPoint()):
            (self.start_wanted if self._choosing else self.look_wanted).emit(self.card.slug)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.start.click()
        elif key in steps:
            across, down = steps[Qt.Key(key)]
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            self.move_wanted.emit(-across if mirrored else across, down)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
