"""The page of a card: the figure, the current step, all steps, the time left, and the answers.

The stage of a break and the card viewer create it, on the GUI thread. Its single timer runs only while the page is
visible.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from numbguard.ui.picture.frames import Frames
from numbguard.ui.picture.view import PictureView
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import read_more, scale_fonts
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.step_list import StepList
from numbguard.ui.widgets.time_ring import TimeRing
from numbguard.wording.catalogue import _

from .card_plan import CardPlan, ground_of
from .step_clock import StepMoment
from .window import CARD_UNITS, CardWindowPage

if TYPE_CHECKING:
    from numbguard.core.guide.sections import GuideSection
    from numbguard.figure.palette import FigureTheme

_log = logging.getLogger(__name__)

_EDGE, _GAP = 1.3, 1.7
_PICTURE, _WORDS = 29, 21
"""The shares of the width for picture and words."""
_RING, _SMALL_RING, _LONE_RING = 6.2, 4.8, 11.0
_TITLE, _SMALL_TITLE = 1.65, 1.25
_NOW, _SMALL_NOW = 1.35, 1.15
_COMPACT = QSize(40, 25)
"""The size in units below which only the figure and the current step fit."""


class CardHost(Protocol):
    """The owner of a page: the stage of a break, or the card viewer."""

    @property
    def can_read(self) -> bool:
        """Whether the guide can be opened from the page."""

    def read_about(self, section: GuideSection) -> None:
        """Open the guide at a section."""

    def elapsed(self) -> float:
        """Seconds since the break began, or in the viewer since the card began."""

    def answers(self, page: CardPage) -> QHBoxLayout:
        """The row of buttons below the card."""

    def time_is_up(self, page: CardPage) -> None:
        """Handle the end of the card's time. The page calls it once."""


class CardPage(CardWindowPage):
    units = CARD_UNITS
    step_changed = Signal(str, str)
    """The card has gone on, or was turned, to another step. Carries what tells the step apart from the others of the
    break, and its words; ``step`` gives the same of the first step, for which the signal is not emitted."""

    def __init__(
        self,
        parent: QWidget,
        plan: CardPlan,
        host: CardHost,
        *,
        zoom: float,
        still: bool,
        painted: Callable[[], None] | None = None,
    ) -> None:
        """``still``: the picture does not move. ``painted`` is called once the picture is on the screen."""
        super().__init__(parent)
        self._plan = plan
        self._host = host
        self._is_over = False
        self.heading = plan.heading
        self._still = still
        self._shown: StepMoment | None = None
        self._drawn: tuple[object, ...] | None = None
        self._to_animate = False
        self._colours = theme.current()
        self._zoom = zoom
        self._unit = theme.unit() * zoom
        self._build(painted)
        scale_fonts(self, zoom)
        self._frames = Frames(
            self, still=still, on_frame=self._next_frame, on_shown=self._read_clock, on_hidden=self._figure.pause
        )
        self._read_clock()

    # --- layout --------------------------------------------------------------------------------------------------

    @property
    def unit(self) -> float:
        """The height of a line of text at this page's zoom, in pixels."""
        return self._unit

    @property
    def plan(self) -> CardPlan:
        """The plan that the page shows."""
        return self._plan

    def _build(self, painted: Callable[[], None] | None) -> None:
        unit, plan = self._unit, self._plan
        label = partial(label_for, self, expands=True)
        self._title = label(plan.title, scale=_TITLE * self._zoom, bold=True)
        self._why = label(plan.why, role="quiet")
        self._reason = label(plan.reason, role="quiet")
        self._reason.setVisible(bool(plan.reason))
        self._source = label(_("Based on: {source}").format(source=plan.source), role="quiet")
        self._source.setVisible(bool(plan.source))
        self._note = label(plan.problem or "", role="note")
        self._note.setVisible(bool(plan.problem))
        self._figure = PictureView(self, painted=painted)
        self._figure.setVisible(plan.has_figure)
        self._figure.setAccessibleName(_("Moving picture: {title}").format(title=plan.title))
        self._now = label(scale=_NOW * self._zoom, bold=True)
        self._now.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._now.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._count = label(role="quiet")
        self._ring = TimeRing(self, size=unit * (_RING if plan.has_figure else _LONE_RING))
        self._steps = StepList(self, plan.lines(), unit=unit)
        self._steps.setVisible(plan.has_figure)
        self._caution = label(plan.caution, role="warm")
        self._caution.setVisible(bool(plan.caution))
        buttons = self._host.answers(self)
        section = plan.section if self._host.can_read else None
        self._read = read_more(self, partial(self._host.read_about, section)) if section is not None else None

        picture = QVBoxLayout()
        picture.setSpacing(0)
        timing = QHBoxLayout()
        timing.setSpacing(round(unit * 1.1))
        if plan.has_figure:
            picture.addWidget(self._figure, 1)
            timing.addWidget(self._ring)
            timing.addWidget(self._count, 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            # The ring with the time left takes the place of the picture.
            picture.addStretch(1)
            picture.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignHCenter)
            self._count.hide()
        picture.addSpacing(round(unit * 0.9))
        picture.addWidget(self._now)
        picture.addStretch(0 if plan.has_figure else 1)

        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addSpacing(round(unit * 0.4))
        words.addWidget(self._why)
        if plan.reason:
            words.addSpacing(round(unit * 0.3))
            words.addWidget(self._reason)
        if plan.source:
            words.addSpacing(round(unit * 0.3))
            words.addWidget(self._source)
        if self._read is not None:
            words.addSpacing(round(unit * 0.3))
            words.addWidget(self._read)
        if plan.problem:
            words.addSpacing(round(unit * 1.1))
            words.addWidget(self._note)
        words.addSpacing(round(unit * 1.1))
        words.addWidget(self._steps, 1)
        if not plan.has_figure:
            words.addStretch(1)
        words.addSpacing(round(unit * 0.8))
        words.addWidget(self._caution)
        words.addSpacing(round(unit * 0.9))
        words.addLayout(timing)

        body = QHBoxLayout()
        body.setSpacing(round(unit * _GAP))
        body.addLayout(picture, _PICTURE)
        body.addLayout(words, _WORDS)

        root = QVBoxLayout(self)
        edge = round(unit * _EDGE)
        root.setContentsMargins(edge, edge, edge, round(unit * 1.1))
        root.setSpacing(round(unit * 1.1))
        root.addLayout(body, 1)
        root.addLayout(buttons)

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        for part in (self._figure, self._ring, self._steps):
            part.apply_colours(colours)
        if self._shown is not None:
            self._draw(self._shown)

    def _next_frame(self) -> None:
        if self._to_animate:
            self._animate()
        if not self._still:
            self._figure.advance()
        if self._frames.is_time_to_read_clock():
            self._read_clock()
            if self._shown is not None and self._shown.over and not self._is_over:
                self._is_over = True
                self._host.time_is_up(self)

    def _read_clock(self) -> None:
        """Update the words, the marks and the ring to the host's current time."""
        elapsed, plan = self._host.elapsed(), self._plan
        self._ring.show_left(plan.duration_s - elapsed, of_s=plan.duration_s)
        now = plan.clock.at(elapsed)
        self._steps.show_now(len(plan.steps) if now.over else now.index, left_s=now.left_s)
        before, self._shown = self._shown, now
        if before is not None and before.place == now.place:
            return
        step = plan.steps[now.index]
        self._now.setText(step)
        self._count.setText(plan.say_place(now))
        self._draw(now)
        if before is not None:
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, step))
            if not now.over:
                self.step_changed.emit(*self.step)

    @property
    def step(self) -> tuple[str, str]:
        """What ``step_changed`` carries, of the step that is shown now."""
        now = self._shown or self._plan.clock.at(self._host.elapsed())
        return f"{self._plan.heading}/{now.round}/{now.index}", self._plan.steps[now.index]

    def _draw(self, now: StepMoment) -> None:
        """Draw a new picture if the motion, the side of the body or the colours have changed."""
        plan = self._plan
        key = plan.picture_key(now.index)
        wanted = key and (*key, self._colours.dark)
        if wanted is None or wanted == self._drawn:
            return
        self._drawn = wanted
        if plan.own is not None:
            self._figure.show_own_picture(plan.own)
            return
        self._to_animate = not self._still
        look = _figure_theme(self._colours)
        self._show(lambda: plan.still_picture(now.index, look, deepest=self._still))

    def _animate(self) -> None:
        """Replace the still first moment, which is drawn sooner, by the moving picture."""
        self._to_animate = False
        now, look = self._shown, _figure_theme(self._colours)
        if now is not None:
            self._show(lambda: self._plan.moving_picture(now.index, look))

    def _show(self, make: Callable[[], str]) -> None:
        try:
            svg = make()
        except (ValueError, ArithmeticError) as error:
            # A person's own card may contain a pose that no body can take; its words are still useful.
            _log.warning("The movement of “%s” cannot be drawn: %s", self._plan.title, error)
            self._to_animate = False
            self._figure.show_nothing()
        else:
            self._figure.show_picture(svg, ground=ground_of(_figure_theme(self._colours)))

    # --- closing -----------------------------------------------------------------------------------------------------

    def release(self) -> None:
        self._frames.stop()
        self._figure.release()

    # --- size ----------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._unit * 18), round(self._unit * 13))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.width() < _COMPACT.width() * self._unit or self.height() < _COMPACT.height() * self._unit
        self._steps.setVisible(self._plan.has_figure and not compact)
        self._why.setVisible(not compact)
        self._reason.setVisible(bool(self._plan.reason) and not compact)
        self._source.setVisible(bool(self._plan.source) and not compact)
        if self._read is not None:
            self._read.setVisible(not compact)
        # The window's title bar shows the title too.
        self._title.setVisible(not compact)
        if self._plan.has_figure:
            self._ring.set_diameter(self._unit * (_SMALL_RING if compact else _RING))
        self._now.setFont(theme.font((_SMALL_NOW if compact else _NOW) * self._zoom, bold=True))
        margins = round(self._unit * (2 * _EDGE + _GAP))
        room = max(self.width() - margins, 2)
        self._fit_picture(round(room * _PICTURE / (_PICTURE + _WORDS)))
        self._fit_title(round(room * _WORDS / (_PICTURE + _WORDS)))

    def _fit_title(self, width: int) -> None:
        """Use a smaller font if a word of the title is wider than the line."""
        large = theme.font(_TITLE * self._zoom, bold=True)
        widest = max(QFontMetrics(large).horizontalAdvance(word) for word in self._plan.title.split())
        fits = widest <= width
        self._title.setFont(large if fits else theme.font(_SMALL_TITLE * self._zoom, bold=True))

    def _fit_picture(self, width: int) -> None:
        """Always reserve space for the longest step's words, so that the figure does not jump from step to step."""
        self._figure.setMaximumHeight(self._figure.height_for(width))
        metrics = QFontMetrics(self._now.font())
        asked = QRect(0, 0, width, 10_000)
        wrap = Qt.TextFlag.TextWordWrap.value
        self._now.setFixedHeight(max(metrics.boundingRect(asked, wrap, step).height() for step in self._plan.steps))


def _figure_theme(colours: theme.Palette) -> FigureTheme:
    from numbguard.figure.palette import FigureTheme

    return FigureTheme.DARK if colours.dark else FigureTheme.LIGHT
