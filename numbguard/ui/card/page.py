"""The page of a card: the figure, the current step to be read from three metres away, its seconds, and the answers.

The list of all steps folds away. Space pauses the card, the arrow keys turn its steps and F11 enlarges it, while the
person has given the window the keyboard.

The stage of a break and the card viewer create it, on the GUI thread. Its single timer runs only while the page is
visible.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontInfo, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from numbguard.ui.picture.frames import Frames
from numbguard.ui.picture.view import PictureView
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import read_more, scale_fonts
from numbguard.ui.widgets.disclosure import Disclosure
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.step_list import StepList
from numbguard.ui.widgets.time_ring import TimeRing
from numbguard.wording.catalogue import _

from .card_plan import CardPlan, ground_of, look_for
from .controls import ArrowsOnButtons, CardKey, Glyph, GlyphButton, RoutineDots, key_of
from .step_clock import StepMoment
from .window import CARD_UNITS, CardWindowPage

if TYPE_CHECKING:
    from numbguard.core.guide.sections import GuideSection

_log = logging.getLogger(__name__)

_EDGE, _GAP = 1.3, 1.7
_PICTURE, _WORDS = 25, 27
"""The shares of the width for picture and words."""
_NARROW_PICTURE, _NARROWEST_PICTURE = 13, 9
"""The picture's shares where there is little room, and very little: then the words matter more."""
_LONE_RING = 11.0
_TITLE, _SMALL_TITLE = 1.65, 1.25
_STEP, _SECONDS = 2.1, 4.8
"""The letters of the current step and of its seconds, in heights of the system's font."""
_ENLARGED = 1.35
"""The factor by which they are larger still in a card that fills the screen."""
_LEAST_STEP, _LEAST_SECONDS = 28, 64
"""Pixels from which they can be read from three metres away."""
_TIGHT_SECONDS = 52
"""Pixels of the seconds, which can still be read from there, below which the step becomes smaller too."""
_LEAST_WITH_PICTURE, _SMALLEST_STEP = 19, 10
"""Pixels of the step below which the picture goes, and below which its letters are made no smaller."""
_SMALL_CAUTION, _LEAST_CAUTION = 0.75, 13
"""The letters of the caution where there is no room, in the size of the system's, and their least size in pixels."""
_SMALLER = 0.93
"""Each attempt to fit the words into the column makes them this much smaller."""
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
        """Seconds since the break began, or in the viewer since the card began; less what was held or turned back."""

    def is_held(self) -> bool:
        """Whether the person has paused the card."""

    def hold(self, *, held: bool) -> None:
        """Pause the card, or go on with it."""

    def turn(self, page: CardPage, by: int) -> None:
        """Go to the step that is ``by`` steps from the present one, if there is one."""

    def enlarge(self, page: CardPage) -> None:
        """Let the card fill the screen, or no longer; the host shows the plan anew in a page of the other size."""

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
        enlarged: bool = False,
        unfolded: bool = False,
        painted: Callable[[], None] | None = None,
    ) -> None:
        """``still``: the picture does not move. ``enlarged``: the card fills the screen. ``unfolded``: it opens with
        the list of all steps. ``painted`` is called once the picture is on the screen."""
        super().__init__(parent)
        self._plan = plan
        self._host = host
        self._is_over = False
        self.heading = plan.heading
        self._still = still
        self._enlarged = enlarged
        self._shown: StepMoment | None = None
        self._elapsed_s = -1.0
        self._held = False
        self._drawn: tuple[object, ...] | None = None
        self._to_animate = False
        self._compact = False
        self._column = 0
        """The width of the words in pixels."""
        self._colours = theme.current()
        self._zoom = zoom
        self._unit = theme.unit() * zoom
        self._build(painted)
        scale_fonts(self, zoom)
        self._fold.setChecked(unfolded)
        self._arrange()
        ArrowsOnButtons(self, self.takes_key)
        self._frames = Frames(
            self,
            still=still,
            on_frame=self._next_frame,
            on_shown=self._read_clock,
            on_hidden=self._figure.pause,
            on_unseen=self._keep_time,
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

    @property
    def unfolded(self) -> bool:
        """Whether the list of all steps is open."""
        return self._fold.isChecked()

    def _build(self, painted: Callable[[], None] | None) -> None:
        unit, plan = self._unit, self._plan
        label = partial(label_for, self, expands=True)
        self._title = label(plan.title, scale=_TITLE * self._zoom, bold=True)
        self._why = label(plan.why, role="quiet")
        self._reason = label(plan.reason, role="quiet")
        self._source = label(_("Based on: {source}").format(source=plan.source), role="quiet")
        self._note = label(plan.problem or "", role="note")
        self._note.setVisible(bool(plan.problem))
        self._figure = PictureView(self, painted=painted)
        self._figure.setVisible(plan.has_figure)
        name = _("Picture: {title}") if self._still else _("Moving picture: {title}")
        self._figure.setAccessibleName(name.format(title=plan.title))
        self._step = label(bold=True)
        self._step.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._step.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._next = label(role="quiet")
        self._next.setWordWrap(False)
        self._next.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._place = label(role="quiet")
        self._ring = TimeRing(self, size=unit * _LONE_RING)
        self._dots = None
        if plan.part is not None:
            self._dots = RoutineDots(self, number=plan.part.number, of=plan.part.of, unit=unit)
        self._steps: StepList | None = None
        """Made when it is first opened: most people never do, and it would keep every card waiting."""
        self._caution = label(plan.caution, role="warm")
        self._caution.setVisible(bool(plan.caution))
        # In the order of the Tab key: the answers first.
        buttons = self._host.answers(self)
        glyph = partial(GlyphButton, self, unit=unit)
        self._back = glyph(Glyph.BACK, _("Previous step (←)"), lambda: self._turn(-1))
        self._hold = glyph(Glyph.PAUSE, "", self._hold_or_go_on)
        self._on = glyph(Glyph.ON, _("Next step (→)"), lambda: self._turn(1))
        self._enlarge = glyph(
            Glyph.REDUCE if self._enlarged else Glyph.ENLARGE,
            _("Back to the small card (F11)") if self._enlarged else _("Enlarge (F11)"),
            lambda: self._host.enlarge(self),
        )
        self._glyphs = (self._back, self._hold, self._on, self._enlarge)
        self._fold = Disclosure(self, _("All st&eps"), lambda _open: self._fit())
        self._fold.setAccessibleDescription(_("Show or hide the list of all steps"))
        section = plan.section if self._host.can_read else None
        self._read = read_more(self, partial(self._host.read_about, section)) if section is not None else None

        picture = QVBoxLayout()
        picture.setSpacing(0)
        if plan.has_figure:
            picture.addWidget(self._figure, 100)
            picture.addStretch(1)
        else:
            # The ring with the time left takes the place of the picture.
            picture.addStretch(1)
            picture.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignHCenter)
            picture.addStretch(1)

        controls = QHBoxLayout()
        controls.setSpacing(round(unit * 0.25))
        for button in self._glyphs[:3]:
            controls.addWidget(button)
        controls.addSpacing(round(unit * 0.6))
        controls.addWidget(self._enlarge)
        controls.addStretch(1)
        beside = QVBoxLayout()
        beside.setSpacing(round(unit * 0.4))
        beside.addStretch(1)
        beside.addWidget(self._place)
        if self._dots is not None:
            beside.addWidget(self._dots)
        beside.addLayout(controls)
        beside.addStretch(1)
        timing = QHBoxLayout()
        timing.setSpacing(round(unit * 1.1))
        if plan.has_figure:
            timing.addWidget(self._ring)
        timing.addLayout(beside, 1)

        words = QVBoxLayout()
        words.setSpacing(round(unit * 0.7))
        if plan.problem:
            words.addWidget(self._note)
        words.addLayout(timing)
        words.addWidget(self._step)
        words.addWidget(self._next)
        if not plan.has_figure:
            words.addStretch(1)
        self._slack = QWidget(self)
        words.addWidget(self._slack, 1)
        words.addWidget(self._caution)
        foot = QHBoxLayout()
        foot.addWidget(self._fold)
        foot.addStretch(1)
        if self._read is not None:
            foot.addWidget(self._read)
        words.addLayout(foot)

        head = QVBoxLayout()
        head.setSpacing(round(unit * 0.2))
        head.addWidget(self._title)
        head.addWidget(self._why)
        head.addWidget(self._reason)
        head.addWidget(self._source)

        self._body = QHBoxLayout()
        self._body.setSpacing(round(unit * _GAP))
        self._body.addLayout(picture, _PICTURE)
        self._body.addLayout(words, _WORDS)
        self._words, self._timing, self._beside = words, timing, beside

        root = QVBoxLayout(self)
        edge = round(unit * _EDGE)
        root.setContentsMargins(edge, edge, edge, round(unit * 1.1))
        root.setSpacing(round(unit * 0.9))
        root.addLayout(head)
        root.addLayout(self._body, 1)
        root.addLayout(buttons)
        self._root, self._head, self._answers = root, head, buttons

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        for part in (self._figure, self._ring, *self._glyphs):
            part.apply_colours(colours)
        for extra in (self._dots, self._steps):
            if extra is not None:
                extra.apply_colours(colours)
        if self._shown is not None:
            self._draw(self._shown)

    def _next_frame(self) -> None:
        if self._to_animate:
            self._animate()
        rest_s = inf if self._still or self._held else self._figure.advance()
        if self._frames.is_time_to_read_clock():
            self._keep_time()
        # A picture that has just been drawn moves from the next frame on.
        self._frames.rest(0 if self._to_animate else rest_s)

    def _keep_time(self) -> None:
        """Go on with the words and, at the end, with the routine, which is read aloud where nobody sees it, too."""
        self._read_clock()
        if self._shown is not None and self._shown.over and not self._is_over:
            self._is_over = True
            self._host.time_is_up(self)

    def _read_clock(self) -> None:
        """Update the words, the marks and the ring to the host's current time."""
        elapsed, plan = self._host.elapsed(), self._plan
        # A card that is held stands still, so while it moves there is nothing to ask.
        self._show_held(held=elapsed == self._elapsed_s and self._host.is_held())
        moved_on = int(elapsed) != int(self._elapsed_s)
        self._elapsed_s = elapsed
        now = plan.clock.at(elapsed)
        # Until the seconds in the ring change, and slightly longer, so that rounding cannot leave the old ones on.
        self._frames.read_clock_in(inf if self._held or now.over else now.left_s % 1 + 0.002)
        if plan.has_figure:
            self._ring.show_left(now.left_s, of_s=plan.clock.shown[now.index])
        else:
            self._ring.show_left(plan.duration_s - elapsed, of_s=plan.duration_s)
        self._mark_steps(now)
        before, self._shown = self._shown, now
        if moved_on or before is None or before.place != now.place:
            self._place.setText(plan.say_place(now, left_s=plan.duration_s - elapsed))
        if before is not None and before.place == now.place:
            return
        step = plan.steps[now.index]
        self._step.setText(step)
        self._next.setAccessibleName(plan.say_next(now))
        self._elide_next()
        self._back.setEnabled(plan.turns_back(now))
        self._on.setEnabled(plan.turns_on(now))
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

    # --- pausing and turning -----------------------------------------------------------------------------------------

    def _show_held(self, *, held: bool) -> None:
        if held == self._held and self._hold.accessibleName():
            return
        self._held = held
        self._hold.show_glyph(Glyph.GO_ON if held else Glyph.PAUSE, _("Go on (Space)") if held else _("Pause (Space)"))
        self._ring.show_held(held=held)
        if held:
            self._figure.pause()
        else:
            self._frames.rest(0)

    def _hold_or_go_on(self) -> None:
        held = not self._host.is_held()
        self._host.hold(held=held)
        self._read_clock()
        self._show_held(held=self._host.is_held())
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, _("Paused") if held else _("Going on")))

    def _turn(self, by: int) -> None:
        self._host.turn(self, by)
        self._read_clock()

    def takes_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self._enlarged:
            self._host.enlarge(self)  # leaves the full screen first, as elsewhere; the next one closes the card
            return True
        key = key_of(event, mirrored=self.isRightToLeft())
        match key:
            case None:
                return False
            case CardKey.HOLD:
                if not event.isAutoRepeat():
                    self._hold_or_go_on()
            case CardKey.BACK:
                self._turn(-1)
            case CardKey.ON:
                self._turn(1)
            case CardKey.ENLARGE:
                self._host.enlarge(self)
        return True

    # --- the picture -------------------------------------------------------------------------------------------------

    def _draw(self, now: StepMoment) -> None:
        """Draw a new picture if the motion, the side of the body or the colours have changed."""
        plan = self._plan
        key = plan.picture_key(now.index)
        wanted = key and (*key, self._colours.dark)
        if wanted is None or wanted == self._drawn:
            return
        self._drawn = wanted
        self._frames.rest(0)
        if plan.own is not None:
            self._figure.show_own_picture(plan.own)
            return
        self._to_animate = not self._still
        look = look_for(self._colours)
        self._show(lambda: plan.still_picture(now.index, look, deepest=self._still))

    def _animate(self) -> None:
        """Replace the still first moment, which is drawn sooner, by the moving picture."""
        self._to_animate = False
        now, look = self._shown, look_for(self._colours)
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
            self._figure.show_picture(svg, ground=ground_of(look_for(self._colours)))

    # --- closing -----------------------------------------------------------------------------------------------------

    def release(self) -> None:
        self._frames.stop()
        self._figure.release()

    # --- size ----------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._unit * 18), round(self._unit * 13))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        unit = self._unit
        self._compact = self.width() < _COMPACT.width() * unit or self.height() < _COMPACT.height() * unit
        self._arrange()
        edge = round(unit * (0.7 if self._compact else _EDGE))
        self._root.setContentsMargins(edge, edge, edge, round(edge * 0.85))
        self._body.setSpacing(round(unit * (0.9 if self._compact else _GAP)))
        self._words.setSpacing(round(unit * (0.35 if self._compact else 0.7)))
        self._root.setSpacing(round(unit * (0.5 if self._compact else 0.9)))
        self._fit_title(self.width() - 2 * edge)
        self._fit_words()
        self._elide_next()

    def _arrange(self) -> None:
        """Show what fits, and what is not folded away."""
        plan, roomy = self._plan, not self._compact
        unfolded = self._fold.isChecked() and plan.has_figure
        self._figure.setVisible(plan.has_figure)
        # The list has the seconds, too.
        self._ring.setVisible(roomy or not unfolded)
        self._place.setVisible(roomy or not unfolded)
        if unfolded and self._steps is None:
            self._steps = self._make_list()
        if self._steps is not None:
            self._steps.setVisible(unfolded)
        self._slack.setVisible(not unfolded)
        self._step.setVisible(not unfolded)
        self._next.setVisible(not unfolded and len(plan.steps) > 1)
        self._fold.setVisible(plan.has_figure)
        # In a card that fills the screen, the step has it to itself.
        explains = roomy and not self._enlarged
        self._why.setVisible(explains)
        self._reason.setVisible(bool(plan.reason) and explains)
        self._source.setVisible(bool(plan.source) and explains)
        if self._read is not None:
            self._read.setVisible(explains)
        # The window's title bar shows the title too.
        self._title.setVisible(roomy)

    def _make_list(self) -> StepList:
        made = StepList(self, self._plan.lines(), unit=self._unit)
        scale_fonts(made, self._zoom)
        made.apply_colours(self._colours)
        self._words.insertWidget(self._words.indexOf(self._slack), made, 1)
        if self._shown is not None:
            now = self._shown
            made.show_now(len(self._plan.steps) if now.over else now.index, left_s=now.left_s)
        return made

    def _mark_steps(self, now: StepMoment) -> None:
        if self._steps is not None:
            self._steps.show_now(len(self._plan.steps) if now.over else now.index, left_s=now.left_s)

    def _fit_title(self, width: int) -> None:
        """Use a smaller font if a word of the title is wider than the line."""
        large = theme.font(_TITLE * self._zoom, bold=True)
        widest = max(QFontMetrics(large).horizontalAdvance(word) for word in self._plan.title.split())
        fits = widest <= width
        self._title.setFont(large if fits else theme.font(_SMALL_TITLE * self._zoom, bold=True))

    def _fit_words(self) -> None:
        """Make the step and its seconds as large as the column can take for the longest step.

        They become smaller down to what can be read from three metres; then everything goes that can be done without;
        then the seconds, which are twice as large, become a little smaller, and only then both.
        """
        base = QFontInfo(theme.font(self._zoom)).pixelSize() * (_ENLARGED if self._enlarged else 1.0)
        step, seconds = float(max(_LEAST_STEP, base * _STEP)), float(max(_LEAST_SECONDS, base * _SECONDS))
        explanations = (self._why, self._reason, self._source)
        small_caution = max(_SMALL_CAUTION, min(_LEAST_CAUTION / base, 1.0))
        foot = (self._fold,) if self._read is None else (self._fold, self._read)
        without: list[Callable[[], None]] = [
            lambda: _hide(*explanations),
            lambda: _hide(self._next),
            lambda: _hide(*(() if self.unfolded else foot)),
            lambda: self._share_width(_NARROW_PICTURE),
            lambda: self._caution.setFont(theme.font(small_caution * self._zoom)),
            lambda: self._share_width(_NARROWEST_PICTURE),
        ]
        self._caution.setFont(theme.font(self._zoom))
        self._share_width(_PICTURE)
        self._set_letters(step, seconds)
        while not self._words_fit() and step > _SMALLEST_STEP:
            if step <= _LEAST_STEP and without:
                without.pop(0)()
            elif step == _LEAST_STEP and seconds > _TIGHT_SECONDS:
                seconds = max(seconds * _SMALLER, _TIGHT_SECONDS)
            elif step < _LEAST_WITH_PICTURE and not self._figure.isHidden():
                # Words that can be read are worth more than a figure beside them that is as small as a stamp.
                self._figure.hide()
                self._share_width(0)
                step, seconds = float(_LEAST_STEP), float(_LEAST_SECONDS)
            else:
                floor = _LEAST_STEP if step > _LEAST_STEP else _SMALLEST_STEP
                step, seconds = max(step * _SMALLER, floor), seconds * _SMALLER
            self._set_letters(step, seconds)

    def _share_width(self, picture: int) -> None:
        """Divide the width between the picture, with this share, and the words."""
        edges, gap = self._root.contentsMargins(), self._body.spacing()
        room = max(self.width() - edges.left() - edges.right() - (gap if picture else 0), 2)
        self._body.setStretch(0, picture)
        wide = round(room * picture / (picture + _WORDS))
        self._column = room - wide
        self._figure.setMaximumHeight(self._figure.height_for(wide))

    def _elide_next(self) -> None:
        words = self._next.accessibleName()
        self._next.setText(self._next.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self._column))

    def _set_letters(self, step: float, seconds: float) -> None:
        font = theme.font(bold=True)
        font.setPixelSize(round(step))
        self._step.setFont(font)
        if self._plan.has_figure:
            self._ring.set_digits(round(seconds), longest_s=max(self._plan.clock.shown))
        metrics, wrap = QFontMetrics(font), Qt.TextFlag.TextWordWrap.value
        asked, steps = QRect(0, 0, self._column, 10_000), self._plan.steps
        self._step.setFixedHeight(max(metrics.boundingRect(asked, wrap, each).height() for each in steps))

    def _words_fit(self) -> bool:
        edges = self._root.contentsMargins()
        inside = self.width() - edges.left() - edges.right()
        # A layout learns only from a later event that one within it has changed.
        for layout in (self._head, self._beside, self._timing, self._words):
            layout.invalidate()
        around = self._head.heightForWidth(inside) + self._answers.sizeHint().height() + edges.top() + edges.bottom()
        room = self.height() - around - 2 * self._root.spacing()
        return self._words.minimumHeightForWidth(self._column) <= room


def _hide(*parts: QWidget) -> None:
    for part in parts:
        part.hide()
