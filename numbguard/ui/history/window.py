"""The history window: all episodes in the log by day, a filter, and the chosen day on a time line.

The application imports and creates it when it is opened, on the GUI thread, and drops it when it is closed. It has its
own connection to the log and follows every change to it, whether by this window, the tray, the command line or another
program.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from numbguard.core.errors import JournalError
from numbguard.core.log.records.episode import Episode
from numbguard.core.ports import AppSnapshot, Controls
from numbguard.runtime.episode_book import EpisodeBook
from numbguard.store.log.queries.history import HistoryQueries
from numbguard.store.profile import Profile
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.style import form_sheet
from numbguard.ui.widgets.notice_bar import NoticeBar
from numbguard.ui.widgets.windows.plain_window import PlainWindow, to_front
from numbguard.wording.catalogue import N_, _, translated

from .button_bar import HistoryButtons
from .day.pane import DAY_KEYS, DayPane
from .filter_bar import FilterBar
from .list_view import HistoryList
from .model import HistoryModel
from .words import short, shown

if TYPE_CHECKING:
    from .import_export import ImportExport

LOOKS_EVERY_MS = 1_000
"""Milliseconds between checks for changes by another program: one SQLite query each, only while the window is open."""
_EMPTY = N_(
    "There are no episodes yet.\nWhen a leg goes numb, click “Log numbness” in the tray or the panel. Or add "
    "a past episode with the button below."
)
_NONE_LIKE_THAT = N_("No matching episodes.\nRemove a filter above, or clear them all.")


class HistoryWindow(PlainWindow):
    edit_wanted = Signal(object)
    """Carries the ``Episode`` to correct in the form."""
    advice_wanted = Signal(object)
    """Carries the ``Episode`` whose advice is wanted."""
    add_wanted = Signal()
    insights_wanted = Signal()
    report_wanted = Signal()
    closed = Signal()
    _notice: NoticeBar

    def __init__(
        self,
        log: HistoryQueries,
        book: EpisodeBook,
        controls: Controls,
        profile: Profile,
        *,
        write_waiting_entries: Callable[[], object] = lambda: None,
    ) -> None:
        """``controls`` must publish a new ``AppSnapshot`` after each change that ``book`` makes.

        ``write_waiting_entries`` is called before an export.
        """
        super().__init__()
        self._log = log
        self._book = book
        self._controls = controls
        self._write_waiting_entries = write_waiting_entries
        self._wanted: date | None = None
        """A day to go to in the list once it is counted."""
        self._going = False
        self._minutes_drawn = 0
        """The minutes of the present bout of sitting on the day's line."""
        self._one_view = False
        """The screen has no room for the weeks and the list at once."""
        self.setWindowTitle(_("History"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._profile = profile
        self._files_made: ImportExport | None = None
        self._build()
        theme.apply_theme(self, self._apply_colours)
        self._app_snapshot = controls.app_snapshot()
        self._unsubscribe: Callable[[], None] | None = None
        self._timer = QTimer(self, interval=LOOKS_EVERY_MS, timerType=Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self._look)
        day_before, day_after = DAY_KEYS[self.layoutDirection()]
        for keys, action in (
            (QKeySequence.StandardKey.Undo, self.undo),
            (QKeySequence.StandardKey.Close, self.close),
            (QKeySequence.StandardKey.New, self.add_wanted.emit),
            (QKeySequence.StandardKey.Find, self._filter.take_focus),
            ("Ctrl+G", self._pane.open_month),
            (day_before, lambda: self._pane.step(-1)),
            (day_after, lambda: self._pane.step(1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        self._rows.choose(self._filter.choice, today=book.now().date())
        self._first_row()

    def present(self) -> None:
        """Show it and bring it to the front."""
        if not self.isVisible():
            unit, room = theme.unit(), QGuiApplication.primaryScreen().availableSize()
            # With large text on a low screen the rows need the space more than the day's line does.
            very_low = room.height() < unit * 20
            self._one_view = room.height() < unit * 34
            self._pane.save_height(low=room.height() < unit * 28, very_low=very_low)
            self._stack.setMinimumHeight(round(unit * (2.5 if very_low else 4)))
            if very_low:
                self._column.setSpacing(round(unit * 0.2))
                self._column.setContentsMargins(*(round(unit * 0.4),) * 4)
            self.resize(QSize(round(unit * 54), round(unit * 42)).boundedTo(room - QSize(8, round(unit * 2))))
        to_front(self)
        self._list.setFocus()
        if self._unsubscribe is None:
            self._unsubscribe = self._controls.subscribe(self._follow)
            self._follow(self._controls.app_snapshot())
        self._timer.start()

    # --- its parts ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        unit = theme.unit()
        self._filter = FilterBar(self, now=self._book.now)
        self._filter.changed.connect(self._choose)
        self._count = QLabel(self)
        self._count.setFont(theme.font(bold=True))
        self._pane = DayPane(self, self._log, now=self._book.now)
        self._pane.wanted.connect(self.go_to)
        self._pane.episode_wanted.connect(self.choose)
        self._pane.view_chosen.connect(self._share_height)
        self._pane.troubled.connect(lambda sentence: self._notice.say(sentence))
        self._rows = HistoryModel(self._log, self)
        self._rows.counted.connect(self._counted)
        self._rows.troubled.connect(lambda sentence: self._notice.say(sentence))
        self._list = HistoryList(self._rows, self)
        self._list.turned.connect(self._turned)
        self._list.edit_wanted.connect(self._edit)
        self._list.delete_wanted.connect(self._delete)
        self._list.row_actions.advice_wanted.connect(self._ask_advice)
        self._list.row_actions.former_wanted.connect(self._show_former)
        self._empty = QLabel(self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "quiet")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self._stack.setMinimumHeight(round(unit * 4))
        self._notice = NoticeBar(self)
        self._tools = HistoryButtons(self)
        for signal, action in (
            (self._tools.undo_wanted, self.undo),
            (self._tools.add_wanted, self.add_wanted.emit),
            (self._tools.insights_wanted, self.insights_wanted.emit),
            (self._tools.report_wanted, self.report_wanted.emit),
            (self._tools.export_wanted, self._export),
            (self._tools.import_wanted, lambda: self._files.ask_import()),
        ):
            signal.connect(action)
        top = QHBoxLayout()
        top.setSpacing(round(unit * 0.8))
        top.addWidget(self._filter, 1)
        top.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        self._count.setMinimumHeight(round(unit * 2.1))
        column = self._column = QVBoxLayout(self)
        edge = round(unit * 0.9)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(round(unit * 0.45))
        column.addLayout(top)
        column.addWidget(self._pane)
        column.addWidget(self._stack, 1)
        self._foot_room = QWidget(self)
        """Takes the room of the list while it is hidden."""
        column.addWidget(self._foot_room)
        column.addWidget(self._notice)
        column.addWidget(self._tools)

    def _share_height(self) -> None:
        self._stack.setHidden(self._one_view and self._pane.shows_weeks)
        self._column.setStretchFactor(self._foot_room, 1 if self._stack.isHidden() else 0)

    def _apply_colours(self, colours: theme.Palette) -> None:
        self.setStyleSheet(theme.style_sheet(colours) + form_sheet(colours))
        self._pane.apply_colours(colours)
        self._list.apply_colours(colours)

    def say(self, sentence: str) -> None:
        """Show the result of something that the person asked for in this window."""
        self._notice.say(sentence)

    def offer(self, *, insights: bool = False, report: bool = False) -> None:
        """Show the buttons for the windows that exist."""
        self._tools.insights.setVisible(insights)
        self._tools.report.setVisible(report)

    # --- content ------------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        """Apply the new filter; the chosen episode stays chosen if it is still in the list."""
        kept = self._list.chosen()
        self._rows.choose(self._filter.choice, today=self._book.now().date())
        row = self._rows.row_of(kept.id) if isinstance(kept, Episode) else None
        if row is not None:
            self._list.go_to(row)
        else:
            self._first_row()

    def _first_row(self) -> None:
        if self._rows.rowCount() > 1:
            self._list.go_to(1)
            self._list.scrollToTop()
        elif self._pane.day is None:
            self._show_day(self._book.now().date())
        self._show_state()

    def _counted(self) -> None:
        self._count.setText(shown(self._rows.episodes, self._rows.choice, counted=self._rows.is_counted))
        empty = not self._rows.rowCount() and self._rows.is_counted
        if empty:
            self._empty.setText(_(_EMPTY) if self._rows.choice.is_all else _(_NONE_LIKE_THAT))
        self._stack.setCurrentWidget(self._empty if empty else self._list)
        if not self._list.currentIndex().isValid() and self._rows.rowCount():
            self._first_row()
        if self._wanted is not None:
            self._go_on()

    def _follow(self, app_snapshot: AppSnapshot) -> None:
        before, self._app_snapshot = self._app_snapshot, app_snapshot
        if app_snapshot.waiting_entries and app_snapshot.waiting_entries != before.waiting_entries:
            self._notice.say(translated(app_snapshot.waiting_entries))
        self._look()

    def _look(self) -> None:
        """Follow changes to the log; the rows in view stay in view."""
        today = self._book.now().date()
        if today != self._rows.today:
            self._filter.read_choice()  # "Last 7 days" now means other days
        if self._rows.recount_if_changed(today=today, near=self._list.near()):
            self._show_day(self._pane.day or today)
            self._show_state()
        else:
            self._tools.show_undo(self._book.can_undo)
            self._grow(today)

    def _grow(self, today: date) -> None:
        """Draw today's line again once the present bout of sitting is a minute longer."""
        if self._pane.day != today:
            return
        self._app_snapshot = self._controls.app_snapshot()
        if int(self._app_snapshot.snapshot.seated_s // 60) != self._minutes_drawn:
            self._show_day(today)

    def _turned(self) -> None:
        day = self._list.day()
        if day is not None and not self._going:
            self._show_day(day)
        self._show_state()

    def _show_state(self) -> None:
        chosen = self._list.chosen()
        former = False
        if isinstance(chosen, Episode):
            try:
                former = len(self._log.versions(chosen.id)) > 1
            except JournalError as error:
                self._notice.say(translated(error))
        self._list.row_actions.versions.setEnabled(former)
        self._tools.show_undo(self._book.can_undo)

    def _show_day(self, day: date) -> None:
        self._minutes_drawn = int(self._app_snapshot.snapshot.seated_s // 60)
        self._pane.show_day(day, moment=self._app_snapshot.snapshot)

    # --- going to a day -----------------------------------------------------------------------------------------------

    def go_to(self, day: date) -> None:
        """Show a day on the line, and in the list: the day itself if it has episodes, or else the latest before it."""
        self._wanted = day
        self._show_day(day)
        self._go_on()

    def _go_on(self) -> None:
        """Go to the wanted day in the list once it is counted that far back."""
        day = self._wanted
        row = self._rows.row_of_day(day) if day is not None else None
        if row is None and not self._rows.is_counted:
            return
        self._wanted = None
        if row is not None:
            self._going = True
            self._list.go_to(row, top=True)
            self._going = False

    def choose(self, id: str) -> None:
        """Choose an episode in the list; if the filter hides it, say so and offer to clear the filter."""
        row = self._rows.row_of(id)
        if row is not None:
            self._list.go_to(row)
            self._list.setFocus()
        else:
            self._notice.say(_("That episode is hidden by the filters."), answer=_("&Clear"), action=self._filter.clear)

    # --- actions ------------------------------------------------------------------------------------------------------

    def _edit(self) -> None:
        chosen = self._list.chosen()
        if isinstance(chosen, Episode):
            self._notice.clear()  # it is about what was done before
            self.edit_wanted.emit(chosen)

    def _ask_advice(self) -> None:
        chosen = self._list.chosen()
        if isinstance(chosen, Episode):
            self.advice_wanted.emit(chosen)

    def _delete(self) -> None:
        chosen = self._list.chosen()
        if not isinstance(chosen, Episode):
            return
        try:
            self._book.remove(chosen.id)
        except JournalError as error:
            self._notice.say(translated(error))
            return
        # Without an answer of its own: the one *Undo* is in the row below.
        self._notice.say(_("Deleted: {episode}.").format(episode=short(chosen, self._book.now())))

    def undo(self) -> None:
        """Undo the last change and say what it was."""
        if not self._book.can_undo:
            return
        try:
            was, now = self._book.undo()
        except JournalError as error:
            self._notice.say(translated(error))
            self._look()
            return
        episode = now or was
        name = short(episode, self._book.now()) if episode else ""
        # Translators: {episode} is “yesterday at 15:10, your left calf”.
        words = (
            _("Restored: {episode}.")
            if was is None
            else _("Removed again: {episode}.")
            if now is None
            else _("As it was before: {episode}.")
        )
        self._look()
        row = self._rows.row_of(now.id) if now is not None else None
        if row is not None:
            self._list.go_to(row)
        self._notice.say(words.format(episode=name))
        self._show_state()

    def _show_former(self) -> None:
        from .versions_dialog import VersionsDialog

        chosen = self._list.chosen()
        if isinstance(chosen, Episode):
            now = self._book.now()
            try:
                versions = self._log.versions(chosen.id)
            except JournalError as error:
                self._notice.say(translated(error))
                return
            VersionsDialog(self, short(chosen, now), versions, now).open()

    @property
    def _files(self) -> ImportExport:
        """Import and export, created at first use, because the module imports the file formats."""
        if self._files_made is None:
            from .import_export import ImportExport

            files = self._files_made = ImportExport(self, self._profile, now=self._book.now)
            files.message.connect(lambda sentence: self._notice.say(sentence))
            files.imported.connect(self._book.reread)
        return self._files_made

    def _export(self) -> None:
        self._write_waiting_entries()
        self._files.ask_export()

    # --- closing ------------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close at once, but emit ``closed`` only when no file is still being written or read."""
        event.accept()
        self._timer.stop()
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        if self._files_made is not None and self._files_made.is_busy:
            self._files_made.idle.connect(self._finish, Qt.ConnectionType.SingleShotConnection)
        else:
            self._finish()

    def _finish(self) -> None:
        if self._unsubscribe is None:  # otherwise the window was opened again in the meantime
            self._log.close()
            self.closed.emit()
