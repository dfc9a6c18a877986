"""The panel: the present moment with one thing to do about it, one click to log numbness, the open episode, and today.

The application imports and creates it when it is first shown, on the GUI thread. Beside a tray icon it is a small
frameless window that hides when it loses the focus; without a tray it is an ordinary window, and closing it does not
quit the application. Its timer runs only while it is visible. The figures of the day come from the log on a worker
thread; the panel asks for them when it is shown, once a minute, and after whatever may have changed them.

From top to bottom: the ring with its sentence; the button that follows the state, beside it the quiet answers; *Log
numbness*, always in the same place; what does not work; the open episode; today; the habits; the foot. On a screen too
low for that, today and the habits are beside the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from time import monotonic
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from numbguard.core.breaks.messages import Action, Phase
from numbguard.core.errors import JournalError
from numbguard.core.log.break_days import BreakDay
from numbguard.core.log.records.episode import Seat
from numbguard.core.ports import AppSnapshot, Controls, EpisodeControls, HabitControls
from numbguard.runtime.subscribers import report_crash
from numbguard.store.log.queries.break_days import TodayLog
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for, with_key
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.scroll_column import ScrollColumn
from numbguard.ui.widgets.windows.plain_window import to_front
from numbguard.ui.widgets.windows.screens import kept_within
from numbguard.wording import labels
from numbguard.wording import now as now_words
from numbguard.wording import quiet as quiet_words
from numbguard.wording.catalogue import _, pgettext, translated
from numbguard.wording.log import break_days as break_words
from numbguard.wording.now import IconFace

from .day_box import DayBox
from .episode_box import EpisodeBox
from .footer import PanelFooter
from .habit_row import HabitRow
from .panel_dial import SIDE, PanelDial

_SAME_CLICK_S = 0.6
"""Seconds within which losing the focus and a toggle count as one click: a click on the tray icon first takes the
panel's focus, which hides it, and then asks to toggle it."""
_MAPPED_AFTER_MS = 300
"""Milliseconds after which a compositor has shown a new window."""
WORD_FOR_MS = 2000
"""Milliseconds for which the word after a break is shown."""
_MANY_REASONS = 3
"""From this many reasons for silence on, only they are shown."""
_NARROWEST = 28.0
"""The least width, in text lines."""


class TodaySource(Protocol):
    """Reads what the log has of today, off the GUI thread."""

    def ask(self, asker: QObject, today: date, done: Callable[[TodayLog | None], object]) -> object:
        """``done`` receives it on the GUI thread, or ``None`` where the log cannot be read."""


class Panel(QFrame):
    logged = Signal(object)
    """Carries the ``Episode`` that the click has written."""
    details_wanted = Signal(str)
    """Carries the id of the episode logged last."""
    advice_wanted = Signal(object)
    """Carries the ``Episode`` whose advice is wanted."""
    help_wanted = Signal()
    relief_wanted = Signal()
    posture_wanted = Signal()
    settings_wanted = Signal()
    repair_wanted = Signal()
    history_wanted = Signal()
    insights_wanted = Signal()
    stretches_wanted = Signal()
    guide_wanted = Signal()
    editor_wanted = Signal()
    quit_wanted = Signal()

    def __init__(
        self,
        controls: Controls,
        episodes: EpisodeControls,
        *,
        popup: bool,
        habits: HabitControls | None = None,
        today: TodaySource | None = None,
    ) -> None:
        super().__init__()
        self._controls = controls
        self._episodes = episodes
        self._popup = popup
        self._hidden_at = float("-inf")
        self._fitted: QSize | None = None
        """The size that its words last needed; a window of another size was resized by the person."""
        self._bottom = 0
        """The y at which the lower edge was placed."""
        self._grows_upwards = False
        """The panel is above its anchor: when it grows, its lower edge stays."""
        self._anchor = QPoint()
        """The point beside which the panel is placed."""
        self._notes_shown: tuple[str, ...] = ()
        self._answer = ""
        self._today_source = today
        self._asking = False
        """Whether an answer about today is outstanding."""
        self._ask_again = False
        self._asked_about: object = None
        """What the figures of today follow from, as it was when they were last asked for."""
        self._awaits_word = False
        """The person has just said that they got up: the next figures bring the word after a break."""
        self._undoable: object = (None, False)
        """What *Undo last entry* would undo."""
        self._word: tuple[str, str] | None = None
        """That word, while it is shown: the number of the break, and when the next one is."""
        self._word_over = QTimer(self, singleShot=True, interval=WORD_FOR_MS)
        self._word_over.timeout.connect(self._end_word)
        self._minute = QTimer(self, singleShot=True, timerType=Qt.TimerType.CoarseTimer)
        self._minute.timeout.connect(self.refresh)
        self.setWindowTitle(labels.APP)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        if popup:
            self.setProperty("frame", "popup")
            self.setWindowFlags(
                Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
            )
        self._build(habits)
        theme.apply_theme(self, self._apply_colours)
        for part in self.findChildren(QWidget):
            part.ensurePolished()  # the style's additions to a button must count before it is first shown
        forget = controls.subscribe(self._redraw_if_seen)
        self.destroyed.connect(lambda: forget())

    def _apply_colours(self, colours: theme.Palette) -> None:
        self._dial.apply_colours(colours)
        self._episode.apply_colours(colours)
        self._foot.apply_colours(colours)
        if self._day is not None:
            self._day.apply_colours(colours)

    # --- layout ------------------------------------------------------------------------------------------------------

    def _build(self, habits: HabitControls | None) -> None:
        unit = theme.unit()
        frame = QVBoxLayout(self)
        margin = round(unit * 0.9)
        frame.setContentsMargins(margin, margin, margin, round(unit * 0.6))
        frame.setSpacing(round(unit * 0.5))
        self._scroll = ScrollColumn(self)
        frame.addWidget(self._scroll)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        """The present moment, and below or beside it what belongs to the day."""
        self._halves.setSpacing(round(unit * 0.9))
        self._scroll.rows.addLayout(self._halves)
        column, of_day = QVBoxLayout(), QVBoxLayout()
        for half in (column, of_day):
            half.setSpacing(frame.spacing())
            self._halves.addLayout(half, 1)

        column.addLayout(self._header(unit))
        column.addLayout(self._main_row())
        # There are not enough letters for all buttons: those rarely pressed have no key.
        self._log = button_for(
            self, _(labels.LOG), self._log_numbness, key=pgettext("access key of “Log numbness now”", "L")
        )
        self._log.setFont(theme.font(1.05, bold=True))
        self._log.setMinimumHeight(round(unit * 2.3))
        column.addWidget(self._log)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(round(unit * 0.3))
        column.addLayout(self._notes)
        self._repair = button_for(self, _("Repair the log…"), self.repair_wanted.emit, key="")
        column.addWidget(self._repair)
        self._episode = EpisodeBox(self)
        self._episode.gone.connect(lambda: self._try(self._episodes.end))
        self._episode.undone.connect(lambda: self._try(self._episodes.undo_last))
        self._episode.details_wanted.connect(self.details_wanted)
        self._episode.relief_wanted.connect(self.relief_wanted)
        self._episode.advice_wanted.connect(self.advice_wanted)
        column.addWidget(self._episode)
        self._day = DayBox(self) if self._today_source is not None else None
        if self._day is not None:
            self._day.history_wanted.connect(self.history_wanted)
            of_day.addWidget(self._day)
        self._habits = HabitRow(habits, self) if habits is not None else None
        if self._habits is not None:
            self._habits.answered.connect(self._answered)
            of_day.addSpacing(round(unit * 0.4) if self._day is not None else 0)
            of_day.addWidget(self._habits)
        column.addStretch()
        of_day.addStretch()

        frame.addStretch()
        frame.addStretch()
        self._foot = PanelFooter(self)
        for asked, wanted in (
            (self._foot.help_wanted, self.help_wanted),
            (self._foot.history_wanted, self.history_wanted),
            (self._foot.insights_wanted, self.insights_wanted),
            (self._foot.stretches_wanted, self.stretches_wanted),
            (self._foot.guide_wanted, self.guide_wanted),
            (self._foot.settings_wanted, self.settings_wanted),
        ):
            asked.connect(wanted)
        self._fill_menu()
        frame.addWidget(self._foot)

    def _header(self, unit: float) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(round(unit * 1.1))
        self._dial = PanelDial(self)
        head.addWidget(self._dial, 0, Qt.AlignmentFlag.AlignVCenter)
        text_column = QVBoxLayout()
        text_column.setSpacing(round(unit * 0.2))
        # The rows below keep their place while the sentences change.
        text_column.addStrut(round(unit * SIDE))
        self._now, self._why = label_for(self), label_for(self)
        self._next, self._pace = label_for(self, role="quiet"), label_for(self, role="quiet")
        self._why.setAccessibleName(_("Why reminders are off"))
        self._now.setFont(theme.font(1.4, bold=True))
        self._next.setFont(theme.font(1.05))
        text_column.addStretch()
        for label in (self._now, self._why, self._next, self._pace):
            text_column.addWidget(label)
        text_column.addStretch()
        head.addLayout(text_column, 1)
        return head

    def _main_row(self) -> QHBoxLayout:
        """The one button that follows the state, and the quiet answers beside it."""
        unit = theme.unit()
        button = partial(button_for, self)
        self._start_key = pgettext("access key of “Start a break now”", "S")
        # Translators: A letter of “In 5 minutes”.
        self._later_key = pgettext("access key of “In 5 minutes”", "t")
        main = partial(button, kind="primary")
        self._start = main(_(labels.START), partial(self._act, Action.START), key=self._start_key)
        self._done = main(
            _(labels.DONE), partial(self._act, Action.DONE), key=pgettext("access key of “I'm done”", "d")
        )
        self._moved = main(
            _(labels.MOVED), partial(self._act, Action.MOVED), key=pgettext("access key of “Yes, I got up”", "Y")
        )
        self._resume = main(
            _(labels.RESUME), partial(self._act, Action.RESUME), key=pgettext("access key of “Resume”", "R")
        )
        self._sit = main(
            _(labels.SIT), partial(self._act, Action.SIT), key=pgettext("access key of “I'm sitting”", "i")
        )
        quiet = partial(button, kind="plain")
        self._later = quiet("", partial(self._act, Action.SNOOZE), key="")
        self._skip = quiet(_(labels.SKIP), partial(self._act, Action.SKIP), key=pgettext("access key of “Skip”", "k"))
        self._short = quiet(
            _(labels.SHORT), partial(self._act, Action.SHORT), key=pgettext("access key of “Just 20 seconds”", "J")
        )
        self._not_moved = quiet(
            _(labels.NOT_MOVED),
            partial(self._act, Action.NOT_MOVED),
            key=pgettext("access key of “Not this time”", "N"),
        )
        row = QHBoxLayout()
        row.setSpacing(round(unit * 0.3))
        for one in (self._start, self._done, self._moved, self._resume, self._sit):
            one.setFont(theme.font(1.1, bold=True))
            one.setMinimumHeight(round(unit * 2.6))
            row.addWidget(one, 1)
        for one in (self._later, self._skip, self._short, self._not_moved):
            one.setMinimumHeight(round(unit * 2.6))
            row.addWidget(one)
        return row

    def _fill_menu(self) -> None:
        """Put what is wanted now and then into the menu of the foot."""
        foot = self._foot
        self._start_entry = foot.entry(_(labels.START), partial(self._act, Action.START))
        self._routine = foot.entry(_(labels.ROUTINE), partial(self._act, Action.ROUTINE))
        self._stand = foot.entry(_(labels.STAND), partial(self._act, Action.STAND))
        foot.menu.addSeparator()
        self._pauses = foot.pauses(self._pause_for)
        self._not_today = foot.entry(_(labels.NOT_TODAY), lambda: self._try(self._controls.pause_until_workday))
        foot.menu.addSeparator()
        foot.entry(_(labels.POSTURE), self.posture_wanted.emit)
        foot.entry(_("My cards and routines"), self.editor_wanted.emit)
        # Beside a tray icon, too: without a mouse, its menu cannot be reached on many desktops.
        foot.menu.addSeparator()
        foot.entry(_(labels.QUIT), self.quit_wanted.emit)

    # --- display -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Fetch the current state and show it; a panel that cannot show all of it opens all the same."""
        app_snapshot = self._controls.app_snapshot()
        try:
            self._redraw(app_snapshot)
        except Exception as error:
            report_crash(error)
        self._ask_about_today(app_snapshot)

    def _redraw_if_seen(self, app_snapshot: AppSnapshot) -> None:
        if self.isVisible():
            self._redraw(app_snapshot)
            if self._figures_of(app_snapshot) != self._asked_about:
                self._ask_about_today(app_snapshot)

    def _redraw(self, app_snapshot: AppSnapshot) -> None:
        now = app_snapshot.snapshot
        face, moment = now_words.face(now), now_words.moment(app_snapshot)
        reasons = quiet_words.reasons(now)
        said = _("Reminders off, for several reasons") if reasons and face is IconFace.QUIET else moment.now
        then = moment.next
        if self._word is not None:
            (said, then), reasons = self._word, ()
        self._now.setText(said)
        self._why.setText("\n".join(f"•  {one}" for one in reasons))
        self._why.setVisible(bool(reasons))
        self._next.setText(then)
        # Three reasons fill the room beside the ring, and the rows below keep their place.
        self._next.setVisible(bool(then) and len(reasons) < _MANY_REASONS)
        _set_role(self._next, "warm" if face is IconFace.DUE else "quiet")
        self._pace.setText(now_words.speed(app_snapshot))
        self._pace.setVisible(app_snapshot.speed != 1)
        self._dial.show_moment(face, now_words.share(now), int(now.seated_s // 60), moment.sentence)
        self._show_notes((self._answer, *app_snapshot.notes) if self._answer else app_snapshot.notes)
        self._repair.setVisible(app_snapshot.log_damaged)
        self._show_episode(app_snapshot)
        self._show_answers(app_snapshot)
        if self._day is not None:
            self._day.show_moment(now)
        if self._habits is not None:
            self._habits.refresh()
        self._fit()
        self._arm(app_snapshot)

    def _show_episode(self, app_snapshot: AppSnapshot) -> None:
        known = app_snapshot.open_episode or app_snapshot.fresh or app_snapshot.undoable
        undoable = app_snapshot.undoable, app_snapshot.undoes_change
        if undoable != self._undoable and self._habits is not None:
            self._habits.forget()  # the episode is newer: its undo takes the place of the habit's
        self._undoable = undoable
        self._episode.setVisible(known is not None)
        if known is not None:
            may_undo = self._habits is None or not self._habits.offers_undo
            self._episode.show_episode(app_snapshot, known, self._episodes.advice(known), may_undo=may_undo)

    def _show_answers(self, app_snapshot: AppSnapshot) -> None:
        now = app_snapshot.snapshot
        phase = now.current.phase if now.current is not None else Phase.NONE
        idle, asked = phase is Phase.NONE, phase is Phase.ANNOUNCED
        standing = now.seat is Seat.STANDING
        _name(self._start, _("Start") if asked else _(labels.START), self._start_key)
        for button, wanted in (
            (self._start, asked or (idle and not now.paused and not standing)),
            (self._done, phase is Phase.CARD),
            (self._moved, phase is Phase.AFTER),
            (self._resume, idle and now.paused),
            (self._sit, idle and not now.paused and standing),
            (self._later, asked and now.current is not None and now.current.can_snooze),
            (self._skip, asked and now.current is not None and now.current.can_skip),
            (self._short, asked and now.current is not None and not now.current.can_skip),
            (self._not_moved, phase is Phase.AFTER),
        ):
            button.setVisible(wanted)
        _name(self._later, now_words.snooze_label(app_snapshot.snooze_s), self._later_key)
        self._foot.arrange(
            {
                self._start_entry: idle and (now.paused or standing),
                self._routine: idle or asked,
                self._stand: not standing,
                **dict.fromkeys(self._pauses, not now.paused),
                self._not_today: not now.paused and phase is not Phase.AFTER,
            }
        )

    # --- today -------------------------------------------------------------------------------------------------------

    @staticmethod
    def _figures_of(app_snapshot: AppSnapshot) -> object:
        """What changes when the log of today may have changed."""
        now = app_snapshot.snapshot
        known = app_snapshot.open_episode or app_snapshot.undoable
        return now.state, now.skipped_today, now.current is None, now.at.wall.date(), known, app_snapshot.fresh

    def _ask_about_today(self, app_snapshot: AppSnapshot) -> None:
        if self._today_source is None:
            return
        self._asked_about = self._figures_of(app_snapshot)
        if self._asking:
            self._ask_again = True
            return
        self._asking, self._ask_again = True, False
        now = app_snapshot.snapshot.at
        self._today_source.ask(self, now.wall.astimezone(now.local).date(), self._take_today)

    def _take_today(self, log: TodayLog | None) -> None:
        self._asking = False
        if self._ask_again:
            self._ask_about_today(self._controls.app_snapshot())
            return
        assert self._day is not None
        self._day.show_log(log)
        app_snapshot = self._controls.app_snapshot()
        if self._awaits_word and log is not None:
            self._word = break_words.after_break(log.days.get(log.day.day, BreakDay()), app_snapshot.snapshot)
            self._word_over.start()
        self._awaits_word = False
        if self.isVisible():
            self._redraw(app_snapshot)

    def _end_word(self) -> None:
        self._word = None
        if self.isVisible():
            self.refresh()

    def _show_notes(self, notes: tuple[str, ...]) -> None:
        if notes == self._notes_shown:
            return
        self._notes_shown = notes
        while (item := self._notes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for text in notes:
            label = label_for(self, role="note")
            label.setText(translated(text))
            self._notes.addWidget(label)
            label.show()

    def _fit(self) -> None:
        """Make the panel as wide as its longest button needs and as high as its words then need.

        If that is higher than the screen, the halves are beside one another. If they have no room, the part above the
        foot scrolls.
        """
        layout, room = self.layout(), self._room()
        assert layout is not None
        sides = layout.contentsMargins().left() + layout.contentsMargins().right()
        narrowest = self._arrange(QBoxLayout.Direction.TopToBottom)
        beside = layout.totalSizeHint().height() - self._scroll.sizeHint().height()
        width = self._wanted_width(narrowest)
        if self._scroll.rows.totalHeightForWidth(width - sides) > room.height() - beside:
            wide = self._arrange(QBoxLayout.Direction.LeftToRight)
            if wide <= room.width():
                narrowest, width = wide, self._wanted_width(min(max(wide, 2 * narrowest), room.width()))
            else:
                self._arrange(QBoxLayout.Direction.TopToBottom)
        self._scroll.fit(width - sides, room.height() - beside)
        layout.activate()
        height = layout.totalSizeHint().height()
        if self._popup:
            if self.size() != QSize(width, height):
                self.setFixedSize(width, height)
            if self.isVisible():
                # From the edge noted earlier, because the layout may already have made the panel higher.
                self._put(self.x(), self._bottom - height + 1 if self._grows_upwards else self.y())
            return
        is_ours = self._fitted is None or self._fitted.height() == self.height()
        self._fitted = QSize(width, height)
        self.setMinimumSize(narrowest, height)
        if is_ours:
            self.resize(width, height)

    def _arrange(self, direction: QBoxLayout.Direction) -> int:
        """Lay the halves out in a direction; returns the least width of the panel then."""
        layout = self.layout()
        assert layout is not None
        self._halves.setDirection(direction)
        self._episode.shorten(direction is QBoxLayout.Direction.LeftToRight)
        self._scroll.settle()
        layout.activate()
        sides = layout.contentsMargins().left() + layout.contentsMargins().right()
        return max(
            round(theme.unit() * _NARROWEST), layout.totalMinimumSize().width(), self._scroll.narrowest() + sides
        )

    def _wanted_width(self, fitting: int) -> int:
        """The width that fits, or in a window the one that the person has made larger."""
        is_ours = self._popup or self._fitted is None or self.width() == self._fitted.width()
        return fitting if is_ours else max(fitting, self.width())

    def _arm(self, app_snapshot: AppSnapshot) -> None:
        if self.isVisible():
            wait_s = (now_words.seconds_to_change(app_snapshot.snapshot) + 0.1) / app_snapshot.speed
            self._minute.start(max(250, round(wait_s * 1000)))

    # --- showing and hiding ------------------------------------------------------------------------------------------

    def toggle(self, near: QRect) -> None:
        """Handle a left click on the tray icon at ``near``; if that is empty, the pointer's position is used."""
        if self.isVisible():
            self.hide()
        elif monotonic() - self._hidden_at > _SAME_CLICK_S:
            self.present(near)

    def present(self, near: QRect | None = None) -> None:
        """Show the panel and bring it to the front: a popup beside ``near``, an ordinary window where windows open."""
        anchor = near.center() if near is not None and near.isValid() else QCursor.pos()
        if self._popup:
            self._anchor = anchor
        self.refresh()
        if self._popup:
            self._place(anchor)
        elif self.isVisible() and not self.isActiveWindow() and QGuiApplication.platformName() == "wayland":
            self.hide()  # Wayland has no request to restore a minimised window, but a new one opens in front.
        to_front(self)
        # In a window that opened unasked, the next Enter must not press a button.
        (self._log if self._popup else self).setFocus()

    def present_unasked(self, *, minimised: bool) -> None:
        """Show the panel as an ordinary window that takes no focus, because nothing else shows NumbGuard here."""
        self.refresh()
        if minimised and QGuiApplication.platformName() != "wayland":
            self.showMinimized()
            return
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.show()
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
        if minimised:
            # A Wayland compositor minimises only a window that it shows already.
            QTimer.singleShot(_MAPPED_AFTER_MS, self, self.showMinimized)

    def _room(self) -> QRect:
        """The part of its screen that the panel may cover."""
        gap = round(theme.unit() * 0.4)
        # Asks for the screen each time: PySide6 regards a stored QScreen as deleted once certain widgets are deleted.
        anchor_screen = QGuiApplication.screenAt(self._anchor) or QGuiApplication.primaryScreen()
        screen = anchor_screen if self._popup else self.screen()
        # An ordinary window has a title bar, whose height is unknown before it is shown. Wayland does not tell how high
        # the desktop's own bar is either.
        bars = 5 if QGuiApplication.platformName() == "wayland" else 2
        above = gap if self._popup else round(theme.unit() * bars)
        return screen.availableGeometry().adjusted(gap, above, -gap, -gap)

    def _place(self, anchor: QPoint) -> None:
        self._grows_upwards = anchor.y() > self._room().center().y()
        self._put(anchor.x() - self.width() // 2, anchor.y() - self.height() if self._grows_upwards else anchor.y())
        self._bottom = self.geometry().bottom()

    def _put(self, left: int, top: int) -> None:
        self.move(kept_within(self._room(), QRect(QPoint(left, top), self.size())).topLeft())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()
        self._word_over.stop()
        self._answer, self._word, self._awaits_word = "", None, False
        if self._habits is not None:
            self._habits.forget()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate and self._popup and not QApplication.activePopupWidget():
            self._hidden_at = monotonic()
            self.hide()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._popup:
            self.hide()
            self._hidden_at = float("-inf")  # no click on the icon took the focus
            return
        super().keyPressEvent(event)

    # --- clicks ------------------------------------------------------------------------------------------------------

    def _log_numbness(self) -> None:
        self._try(lambda: self.logged.emit(self._episodes.log_numbness()))

    def _try(self, action: Callable[[], object]) -> None:
        self._answer = ""
        try:
            action()
        except JournalError as failed:
            self._answer = translated(failed)
        self.refresh()

    def _answered(self, sentence: str) -> None:
        self._answer = sentence
        self.refresh()

    def _act(self, action: Action) -> None:
        refusal = self._controls.act(action)
        self._answer = translated(refusal or "")
        self._word, self._awaits_word = None, action is Action.MOVED and refusal is None
        self.refresh()

    def _pause_for(self, seconds: float | None) -> None:
        if seconds is None:
            self._controls.pause_until_tomorrow()
        else:
            self._controls.pause(for_s=seconds)
        self._answer = ""
        self.refresh()


def _name(button: QPushButton, label: str, key: str) -> None:
    button.setText(with_key(label, key))
    button.setAccessibleName(label)


def _set_role(label: QLabel, role: str) -> None:
    if label.property("role") != role:
        label.setProperty("role", role)
        theme.restyle(label)
