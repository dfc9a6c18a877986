"""Step-by-step relief: how to help a leg that is numb now, with *It's gone* and *When to get help* always at hand.

Opened by the person and released when it is closed; on the GUI thread. The time comes from the runtime, which the
window asks a few times a second while somebody can see it. The warning signs are one line above every step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QResizeEvent,
)

from numbguard.core.errors import JournalError
from numbguard.core.log.advice.leg_limits import limits_of
from numbguard.core.log.advice.relief import CardMotion, ReliefPlace, ReliefProgress, steps_for, still_open
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.red_flags import AdviceTier, WarningSign
from numbguard.core.ports import AppSnapshot, Controls, EpisodeControls
from numbguard.core.sites import Side
from numbguard.ui.picture.frames import Frames
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.windows.plain_window import PlainWindow, to_front
from numbguard.ui.widgets.windows.screens import centre_on_screen
from numbguard.wording import relief as relief_words
from numbguard.wording.catalogue import _, translated
from numbguard.wording.log import advice as advice_words

from .layout import ReliefLayout

if TYPE_CHECKING:
    from numbguard.core.cards.cards import Card

_UNITS = (68.0, 36.0)
_MIN_SIZE = (24.0, 13.0)
_CALM, _UP = CardMotion("breathing", "breath"), CardMotion("short-walk", "walk")


class ReliefStage(Enum):
    """What the window shows at present."""

    FIRST = "first"
    """The signs as a list, or the advice where it is not just relief."""
    STEPS = "steps"
    STILL_NUMB = "still_numb"
    """All steps are done, and the leg is still numb."""
    GONE = "gone"


class ReliefWindow(PlainWindow):
    help_wanted = Signal()
    advice_wanted = Signal(object)
    """Carries the ``Episode`` about which the questions are to be answered."""
    read_wanted = Signal(object)
    """The ``GuideSection`` on which the present step is based."""
    closed = Signal()

    def __init__(
        self,
        controls: Controls,
        episodes: EpisodeControls,
        episode: Episode,
        *,
        card_of: Callable[[str], Card | None],
        still: bool = False,
    ) -> None:
        """``episode`` is on disk already. Where ``card_of`` returns ``None`` or raises ``CardError``, there is no
        picture."""
        super().__init__()
        self._controls = controls
        self._episodes = episodes
        self._episode = episode
        self._stage = ReliefStage.FIRST
        steps = steps_for(limits_of(episode, episodes.answers(episode)))
        self._course = ReliefProgress.begin(self._now(), steps)
        self._shown: ReliefPlace | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAccessibleName(_("Step-by-step relief"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._parts = ReliefLayout(self, steps, card_of=card_of, mirrored=episode.legs is Side.LEFT, still=still)
        self._connect()
        self._frames = Frames(
            self,
            still=still,
            on_frame=self._next_frame,
            on_shown=self._read_clock,
            on_hidden=self._parts.picture.pause,
            on_unseen=self._read_clock,
        )
        theme.apply_theme(self, self._parts.apply_colours)
        self._place_on_screen()
        self._show_first()
        self.setFocus()  # not on a button: the next Enter or Space must not end the episode
        self._unsubscribe: Callable[[], None] | None = controls.subscribe(self._redraw)

    def _connect(self) -> None:
        parts = self._parts
        for button, pressed in (
            (parts.gone, self._end),
            (parts.next, lambda: self._go(1)),
            (parts.back, lambda: self._go(-1)),
            (parts.wait, self._wait_or_go_on),
            (parts.still_numb, self._give_up),
            (parts.again, self._begin_again),
            (parts.close, self.close),
            (parts.read, self._read_more),
            (parts.line.help, self.help_wanted.emit),
        ):
            button.clicked.connect(lambda _checked=False, pressed=pressed: pressed())
        parts.first.answered.connect(self._answer_signs)
        parts.first.steps_wanted.connect(self._begin_steps)
        parts.first.help_wanted.connect(self.help_wanted)
        parts.first.questions_wanted.connect(lambda: self.advice_wanted.emit(self._episode))

    # --- for the app ----------------------------------------------------------------------------------------------

    def present(self) -> None:
        """Show it and bring it to the front, because the person asked for it."""
        to_front(self)

    @property
    def is_over(self) -> bool:
        """Whether the person has said that the numbness is gone; the next episode then gets a new window."""
        return self._stage is ReliefStage.GONE

    # --- before the steps -----------------------------------------------------------------------------------------

    def _show_first(self) -> None:
        """Show what has to be said or asked before the steps; where there is nothing, begin with them."""
        advice = self._episodes.advice(self._episode)
        if advice.is_settled and advice.tier is AdviceTier.RELIEF:
            self._begin_steps()
            return
        self._stage = ReliefStage.FIRST
        self._name(_(advice_words.ANYTHING_ELSE) if advice.tells_nothing else advice_words.heading(advice))
        self._parts.show_first(advice, number=self._episodes.help_number)

    def _answer_signs(self, answers: Mapping[WarningSign, bool]) -> None:
        try:
            for sign, present in answers.items():
                self._episodes.answer(self._episode, sign, present=present)
        except JournalError as error:
            self._parts.show_note(translated(error))
        self._show_first()

    def _begin_steps(self) -> None:
        """Begin with the first step, without those that what is known by now speaks against."""
        steps = steps_for(limits_of(self._episode, self._episodes.answers(self._episode)))
        if steps != self._course.steps:
            self._parts.show_steps(steps)
        self._parts.show_first(None)
        advice = self._episodes.advice(self._episode)
        urgent = advice.is_settled and advice.tier in (AdviceTier.NOW, AdviceTier.TODAY)
        sentence = ""
        if urgent:
            # Translators: Such as “Get help at once: call 112.”
            sentence = _("{heading}: {action}").format(
                heading=advice_words.heading(advice),
                action=advice_words.sentences(advice, number=self._episodes.help_number)[0],
            )
        self._parts.line.show_urgent(sentence)
        self._stage, self._shown = ReliefStage.STEPS, None
        self._course = ReliefProgress.begin(self._now(), steps)
        self._read_clock()

    # --- showing --------------------------------------------------------------------------------------------------

    def _now(self) -> float:
        return self._controls.app_snapshot().snapshot.at.mono

    def _next_frame(self) -> None:
        rest_s = self._parts.picture.advance()
        if self._frames.is_time_to_read_clock():
            self._read_clock()
        self._frames.rest(rest_s)

    def _read_clock(self) -> None:
        """Update the words, the list of steps and the ring to the present moment."""
        if self._stage is not ReliefStage.STEPS:
            return
        now, parts = self._now(), self._parts
        self._course = self._course.at(now)
        place = self._course.place(now)
        step = self._course.steps[place.step]
        parts.ring.show_left(place.left_s, of_s=step.seconds)
        parts.list.show_now(place.step, left_s=place.left_s)
        before, self._shown = self._shown, place
        if before is not None and (before.step, before.part) == (place.step, place.part):
            return
        part = step.parts[place.part]
        if before is None or before.step != place.step:
            self._name(translated(step.title))
            parts.where.setText(_("Step {step} of {steps}").format(step=place.step + 1, steps=len(self._course.steps)))
            parts.why.setText(translated(step.why))
            parts.show_step(place.step)
        text = translated(part.text)
        parts.now.setText(text)
        parts.picture.show_figure(part.figure, text)
        if before is not None:
            self._announce(text)

    def _name(self, title: str) -> None:
        self.setWindowTitle(_("{title} – NumbGuard").format(title=title))
        self._parts.title.setText(title)

    def _announce(self, words: str) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _turn_to(self, stage: ReliefStage, title: str, text: str, now: str, figure: CardMotion) -> None:
        self._stage = stage
        self._name(title)
        self._parts.text.setText(text)
        self._parts.now.setText(now)
        self._parts.picture.show_figure(figure, now)
        self._parts.show_end(still_open=stage is ReliefStage.STILL_NUMB)
        self.setFocus()
        self._announce(f"{title} {text}")

    def _redraw(self, app_snapshot: AppSnapshot) -> None:
        """Close if the episode has been ended or undone from the tray meanwhile."""
        if self._stage is not ReliefStage.GONE and not still_open(self._episode, app_snapshot.open_episode):
            self.close()

    # --- answers --------------------------------------------------------------------------------------------------

    def _read_more(self) -> None:
        self.read_wanted.emit(self._course.steps[self._course.at(self._now()).step].section)

    def _go(self, by: int) -> None:
        self._course = self._course.go(by, self._now())
        self._parts.show_waiting(waiting=False)
        self._read_clock()

    def _wait_or_go_on(self) -> None:
        now, waiting = self._now(), self._course.held is None
        self._course = self._course.hold(now) if waiting else self._course.go_on(now)
        self._parts.show_waiting(waiting=waiting)
        self._read_clock()

    def _give_up(self) -> None:
        title, text, now = map(_, relief_words.STILL_NUMB)
        self._turn_to(ReliefStage.STILL_NUMB, title, text, now, _CALM)

    def _begin_again(self) -> None:
        self._stage, self._shown = ReliefStage.STEPS, None
        self._course = ReliefProgress.begin(self._now(), self._course.steps)
        self._parts.show_waiting(waiting=False)
        self._read_clock()

    def _end(self) -> None:
        """End the episode and record the present step as what helped; once all steps are over, record none."""
        during = self._course.steps[self._course.at(self._now()).step] if self._stage is ReliefStage.STEPS else None
        stage, self._stage = self._stage, ReliefStage.GONE  # before the runtime reports that no episode is open
        try:
            ended = self._episodes.end_with_relief(self._episode.id, None if during is None else during.relief)
        except JournalError as error:
            self._stage = stage
            self._parts.show_note(translated(error))
            return
        if ended is None:
            self.close()
            return
        self._parts.show_note(translated(self._controls.app_snapshot().waiting_entries or ""))
        title, text, now = relief_words.gone(ended, during)
        self._turn_to(ReliefStage.GONE, title, text, now, _UP)

    # --- room, keyboard, end --------------------------------------------------------------------------------------

    def _place_on_screen(self) -> None:
        unit = theme.unit()
        size, least = (QSize(round(wide * unit), round(high * unit)) for wide, high in (_UNITS, _MIN_SIZE))
        centre_on_screen(self, size, least=least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._parts.fit(self.size())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing does not end the episode, which stays open until the person says that it is gone."""
        event.accept()
        forget, self._unsubscribe = self._unsubscribe, None
        if forget is not None:
            forget()
            self._frames.stop()
            self._parts.picture.release()
            self.closed.emit()
