"""The panel: a larger version of the tray's menu, with the current state in words and a ring.

The application imports and creates it when it is first shown, on the GUI thread. Beside a tray icon it is a small
frameless window that hides when it loses the focus; without a tray it is an ordinary window, and closing it does not
quit the application. Its timer runs only while it is visible.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QCursor, QGuiApplication, QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from numbguard.core.breaks.messages import Action, Phase
from numbguard.core.errors import JournalError
from numbguard.core.log.records import Seat
from numbguard.core.ports import AppSnapshot, Controls, EpisodeControls, HabitControls
from numbguard.runtime.subscribers import report_crash
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for, with_key
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.plain_window import to_front
from numbguard.ui.widgets.screens import kept_within
from numbguard.ui.widgets.scroll_column import ScrollColumn
from numbguard.wording import labels
from numbguard.wording import now as now_words
from numbguard.wording import quiet as quiet_words
from numbguard.wording.catalogue import _, pgettext, translated
from numbguard.wording.now import IconFace

from .advice_line import AdviceLine
from .habit_row import HabitRow
from .panel_dial import PanelDial

_SAME_CLICK_S = 0.6
"""Seconds within which losing the focus and a toggle count as one click: a click on the tray icon first takes the
panel's focus, which hides it, and then asks to toggle it."""
_MAPPED_AFTER_MS = 300
"""Milliseconds after which a compositor has shown a new window."""


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
    editor_wanted = Signal()
    quit_wanted = Signal()

    def __init__(
        self, controls: Controls, episodes: EpisodeControls, *, popup: bool, habits: HabitControls | None = None
    ) -> None:
        super().__init__()
        self._controls = controls
        self._episodes = episodes
        self._popup = popup
        self._hidden_at = float("-inf")
        self._fitted_height: int | None = None
        """The height that its words last needed; a window of another height was resized by the person."""
        self._bottom = 0
        """The y at which the lower edge was placed."""
        self._grows_upwards = False
        """The panel is above its anchor: when it grows, its lower edge stays."""
        self._anchor = QPoint()
        """The point beside which the panel is placed."""
        self._notes_shown: tuple[str, ...] = ()
        self._answer = ""
        self._fresh: str | None = None
        """The id of the episode logged last, while details are offered for it."""
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
        self._advice.apply_colours(colours)

    # --- layout ------------------------------------------------------------------------------------------------------

    def _build(self, habits: HabitControls | None) -> None:
        unit = theme.unit()
        frame = QVBoxLayout(self)
        margin = round(unit * 0.9)
        frame.setContentsMargins(margin, margin, margin, round(unit * 0.6))
        frame.setSpacing(round(unit * 0.5))
        self._scroll = ScrollColumn(self)
        column = self._scroll.rows
        column.setSpacing(frame.spacing())
        frame.addWidget(self._scroll)

        head = QHBoxLayout()
        head.setSpacing(round(unit * 0.9))
        self._dial = PanelDial(self)
        head.addWidget(self._dial, 0, Qt.AlignmentFlag.AlignTop)
        text_column = QVBoxLayout()
        text_column.setSpacing(round(unit * 0.2))
        self._now, self._why, self._next, self._pace = (label_for(self) for _unused in range(4))
        self._why.setAccessibleName(_("Why reminders are off"))
        self._now.setFont(theme.font(1.25, bold=True))
        self._pace.setProperty("role", "quiet")
        text_column.addStretch()
        for label in (self._now, self._why, self._next, self._pace):
            text_column.addWidget(label)
        text_column.addStretch()
        head.addLayout(text_column, 1)
        column.addLayout(head)

        self._notes = QVBoxLayout()
        self._notes.setSpacing(round(unit * 0.3))
        column.addLayout(self._notes)

        button = partial(button_for, self)
        self._undo_key = pgettext("access key of “Undo last entry” and “Undo last change”", "U")
        # Translators: A letter of “In 5 minutes”.
        self._later_key = pgettext("access key of “In 5 minutes”", "t")
        self._repair = button(_("Repair the log…"), self.repair_wanted.emit, key="")
        column.addWidget(self._repair)
        # There are not enough letters for all buttons: those rarely pressed have no key.
        self._log = button(
            _(labels.LOG), self._log_numbness, key=pgettext("access key of “Log numbness now”", "L"), kind="primary"
        )
        self._log.setFont(theme.font(1.1, bold=True))
        self._log.setMinimumHeight(round(unit * 2.6))
        column.addWidget(self._log)
        self._episode = label_for(self, role="quiet")
        self._advice = AdviceLine(self)
        self._advice.wanted.connect(self.advice_wanted)
        self._gone = button(
            _(labels.GONE), lambda: self._try(self._episodes.end), key=pgettext("access key of “It's gone”", "g")
        )
        self._undo = button(_(labels.UNDO), lambda: self._try(self._episodes.undo_last), key=self._undo_key)
        column.addWidget(self._episode)
        column.addWidget(self._advice)
        self._details = button(_(labels.ADD_DETAILS), self._add_details, key="")
        self._relief = button(
            _(labels.RELIEF), self.relief_wanted.emit, key=pgettext("access key of “Step-by-step relief”", "f")
        )
        column.addLayout(self._row(self._gone, self._undo))
        column.addLayout(self._row(self._details, self._relief))

        self._start = button(
            _(labels.START), partial(self._act, Action.START), key=pgettext("access key of “Start a break now”", "S")
        )
        self._later = button("", partial(self._act, Action.SNOOZE), key="")
        self._skip = button(_(labels.SKIP), partial(self._act, Action.SKIP), key=pgettext("access key of “Skip”", "k"))
        self._short = button(
            _(labels.SHORT), partial(self._act, Action.SHORT), key=pgettext("access key of “Just 20 seconds”", "J")
        )
        self._routine = button(
            _(labels.ROUTINE),
            partial(self._act, Action.ROUTINE),
            key=pgettext("access key of “Start the daily routine”", "a"),
        )
        self._done = button(
            _(labels.DONE), partial(self._act, Action.DONE), key=pgettext("access key of “I'm done”", "d")
        )
        self._moved = button(
            _(labels.MOVED), partial(self._act, Action.MOVED), key=pgettext("access key of “Yes, I got up”", "Y")
        )
        self._not_moved = button(
            _(labels.NOT_MOVED),
            partial(self._act, Action.NOT_MOVED),
            key=pgettext("access key of “Not this time”", "N"),
        )
        column.addWidget(self._start)
        column.addLayout(self._row(self._later, self._skip, self._short, self._done, self._moved, self._not_moved))
        column.addWidget(self._routine)

        self._pause = button(_(labels.PAUSE), key=pgettext("access key of “Pause”", "P"))
        menu = QMenu(self._pause)
        for offer, seconds in labels.PAUSES:
            menu.addAction(_(offer)).triggered.connect(partial(self._pause_for, seconds))
        self._pause.setMenu(menu)
        self._not_today = button(_(labels.NOT_TODAY), lambda: self._try(self._controls.pause_until_workday), key="")
        self._resume = button(
            _(labels.RESUME), partial(self._act, Action.RESUME), key=pgettext("access key of “Resume”", "R")
        )
        self._stand = button(
            _(labels.STAND), partial(self._act, Action.STAND), key=pgettext("access key of “I'm standing”", "m")
        )
        self._sit = button(
            _(labels.SIT), partial(self._act, Action.SIT), key=pgettext("access key of “I'm sitting”", "i")
        )
        column.addLayout(self._row(self._pause, self._not_today, self._resume, self._stand, self._sit))
        self._habits = HabitRow(habits, self) if habits is not None else None
        if self._habits is not None:
            self._habits.answered.connect(self._answered)
            column.addWidget(self._habits)

        frame.addStretch()
        frame.addStretch()
        line = QFrame(self)
        line.setProperty("role", "line")
        line.setFixedHeight(1)
        frame.addWidget(line)
        quit_too = (
            () if self._popup else ((_(labels.QUIT), pgettext("access key of “Quit”", "Q"), self.quit_wanted, ""),)
        )
        for row in (
            (
                (_(labels.HELP), pgettext("access key of “When to get help”", "h"), self.help_wanted, ""),
                (_(labels.POSTURE), pgettext("access key of “Check my posture”", "C"), self.posture_wanted, ""),
            ),
            (
                (_(labels.HISTORY), "", self.history_wanted, "Ctrl+H"),
                (_(labels.INSIGHTS), "", self.insights_wanted, "Ctrl+I"),
            ),
            (
                (_("My cards and routines…"), "", self.editor_wanted, ""),
                (_(labels.SETTINGS), "", self.settings_wanted, "Ctrl+,"),
                *quit_too,
            ),
        ):
            frame.addLayout(self._row(*(self._foot_button(*one) for one in row)))

    def _foot_button(self, label: str, key: str, wanted: SignalInstance, keys: str) -> QPushButton:
        """A button in the foot that opens a window, with ``keys`` as its shortcut."""
        button = button_for(self, label, wanted.emit, key=key, kind="plain")
        if keys:
            button.setToolTip(keys)
            QShortcut(QKeySequence(keys), self).activated.connect(wanted)
        return button

    def _row(self, *buttons: QPushButton) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(round(theme.unit() * 0.5))
        for button in buttons:
            row.addWidget(button, 1)
        return row

    # --- display -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Fetch the current state and show it; a panel that cannot show all of it opens all the same."""
        app_snapshot = self._controls.app_snapshot()
        try:
            self._redraw(app_snapshot)
        except Exception as error:
            report_crash(error)

    def _redraw_if_seen(self, app_snapshot: AppSnapshot) -> None:
        if self.isVisible():
            self._redraw(app_snapshot)

    def _redraw(self, app_snapshot: AppSnapshot) -> None:
        now = app_snapshot.snapshot
        face, moment = now_words.face(now), now_words.moment(app_snapshot)
        reasons = quiet_words.reasons(now)
        self._now.setText(_("Reminders off, for several reasons") if reasons and face is IconFace.QUIET else moment.now)
        self._why.setText("\n".join(f"•  {one}" for one in reasons))
        self._why.setVisible(bool(reasons))
        self._next.setText(moment.next)
        self._next.setVisible(bool(moment.next))
        _set_role(self._next, "warm" if face is IconFace.DUE else "quiet")
        self._pace.setText(now_words.speed(app_snapshot))
        self._pace.setVisible(app_snapshot.speed != 1)
        self._dial.show_moment(face, now_words.share(now), int(now.seated_s // 60), moment.sentence)
        self._show_notes((self._answer, *app_snapshot.notes) if self._answer else app_snapshot.notes)
        self._repair.setVisible(app_snapshot.log_damaged)
        self._show_episode(app_snapshot)
        self._show_answers(app_snapshot)
        if self._habits is not None:
            self._habits.refresh()
        self._fit()
        self._arm(app_snapshot)

    def _show_episode(self, app_snapshot: AppSnapshot) -> None:
        known = app_snapshot.open_episode or app_snapshot.undoable
        self._episode.setVisible(known is not None)
        if known is not None:
            self._episode.setText(now_words.episode(app_snapshot, known.started_at))
        self._advice.setVisible(known is not None)
        if known is not None:
            self._advice.show_advice(known, self._episodes.advice(known))
        self._gone.setVisible(app_snapshot.open_episode is not None)
        self._relief.setVisible(app_snapshot.open_episode is not None)
        self._fresh = app_snapshot.fresh.id if app_snapshot.fresh is not None else None
        self._details.setVisible(self._fresh is not None)
        self._undo.setVisible(app_snapshot.undoable is not None)
        _name(self._undo, now_words.undo(app_snapshot), self._undo_key)

    def _show_answers(self, app_snapshot: AppSnapshot) -> None:
        now = app_snapshot.snapshot
        phase = now.current.phase if now.current is not None else Phase.NONE
        asked = phase is Phase.ANNOUNCED
        self._start.setVisible(phase in (Phase.NONE, Phase.ANNOUNCED))
        self._routine.setVisible(phase in (Phase.NONE, Phase.ANNOUNCED))
        _name(self._later, now_words.snooze_label(app_snapshot.snooze_s), self._later_key)
        self._later.setVisible(asked and now.current is not None and now.current.can_snooze)
        skippable = now.current is not None and now.current.can_skip
        self._skip.setVisible(asked and skippable)
        self._short.setVisible(asked and not skippable)
        self._done.setVisible(phase is Phase.CARD)
        self._moved.setVisible(phase is Phase.AFTER)
        self._not_moved.setVisible(phase is Phase.AFTER)
        self._pause.setVisible(not now.paused)
        self._not_today.setVisible(not now.paused and phase is not Phase.AFTER)
        self._resume.setVisible(now.paused)
        self._stand.setVisible(now.seat is Seat.SITTING)
        self._sit.setVisible(now.seat is Seat.STANDING)

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

        If that is higher than the screen, the part above the foot scrolls.
        """
        layout = self.layout()
        assert layout is not None
        self._scroll.settle()
        layout.activate()
        sides = layout.contentsMargins().left() + layout.contentsMargins().right()
        narrowest = max(round(theme.unit() * 24), layout.totalMinimumSize().width(), self._scroll.narrowest() + sides)
        width = narrowest if self._popup or self._fitted_height is None else max(narrowest, self.width())
        beside = layout.totalSizeHint().height() - self._scroll.sizeHint().height()
        self._scroll.fit(width - sides, self._room().height() - beside)
        layout.activate()
        height = layout.totalSizeHint().height()
        if self._popup:
            if self.size() != QSize(width, height):
                self.setFixedSize(width, height)
            if self.isVisible():
                # From the edge noted earlier, because the layout may already have made the panel higher.
                self._put(self.x(), self._bottom - height + 1 if self._grows_upwards else self.y())
            return
        is_ours = self._fitted_height in (None, self.height())
        self._fitted_height = height
        self.setMinimumSize(narrowest, height)
        if is_ours:
            self.resize(width, height)

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
        self._answer = ""
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

    def _add_details(self) -> None:
        if self._fresh is not None:
            self.details_wanted.emit(self._fresh)

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
        self._answer = translated(self._controls.act(action) or "")
        self.refresh()

    def _pause_for(self, seconds: float | None, _checked: bool = False) -> None:
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
        label.style().unpolish(label)
        label.style().polish(label)
