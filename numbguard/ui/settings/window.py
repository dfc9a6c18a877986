"""The settings window: a page for each table of the settings file; changes take effect at once and can be undone.

Imported and made when it is opened, released when it is closed; on the GUI thread. It shows the contents of the file,
even if another program changes that while the window is open.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout

from numbguard.core.ports import Autostart, HotKeyControls
from numbguard.core.settings.table import SECTIONS
from numbguard.store.log.recovery.by_hand import LogRecovery
from numbguard.store.settings.file import SettingsError
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.widgets import roles, theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.style import choice_sheet
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.plain_window import PlainWindow, to_front
from numbguard.wording.catalogue import N_, _, translated

from .page import SettingsPage, TablePage
from .problem_list import ProblemList

if TYPE_CHECKING:
    from .hooks_page import HookTrial
    from .sound_page import SoundTrials

LOOKS_EVERY_MS = 700
"""Milliseconds between checks for changes made elsewhere: one call to the file system, only while it is open."""

_STARTING = N_("Startup")


class SettingsWindow(PlainWindow):
    closed = Signal()
    erase_wanted = Signal()
    log_replaced = Signal()
    """A backup was restored or the log repaired."""

    def __init__(
        self,
        book: SettingsBook,
        autostart: Autostart,
        recovery: LogRecovery,
        trials: SoundTrials | None = None,
        *,
        hot_keys: Callable[[], HotKeyControls],
        hooks: HookTrial,
    ) -> None:
        """``trials`` plays the sounds and lets the voice speak, from the page on them.

        ``hot_keys`` is called when their page is first opened.
        """
        super().__init__()
        self._trials = trials
        self._hot_keys = hot_keys
        self._hooks = hooks
        self._recovery = recovery
        self._book = book
        self._autostart = autostart
        self._pages: dict[int, SettingsPage] = {}
        self._shown: object = None
        self.setWindowTitle(_("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._build()
        theme.apply_theme(self, lambda colours: self.setStyleSheet(theme.style_sheet(colours) + choice_sheet(colours)))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self).activated.connect(self.undo)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self).activated.connect(self.close)
        self._look = QTimer(self, interval=LOOKS_EVERY_MS, timerType=Qt.TimerType.CoarseTimer)
        self._look.timeout.connect(self._look_again)
        self._contents.setCurrentRow(0)

    # --- its parts ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        unit = theme.unit()
        gap = round(unit * 0.6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, gap)
        whole.setSpacing(gap)
        row = QHBoxLayout()
        row.setSpacing(0)
        self._contents = QListWidget(self)
        self._contents.setProperty("role", "contents")
        self._contents.setAccessibleName(_("Pages"))
        self._contents.addItems([translated(section.title) for section in SECTIONS])
        self._contents.addItem(_(_STARTING))
        self._contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._contents.ensurePolished()
        self._contents.setFixedWidth(self._contents.sizeHintForColumn(0) + round(unit * 2.6))
        self._contents.currentRowChanged.connect(self._turn_to)
        roles.choose_what_is_selected(self._contents)
        row.addWidget(self._contents)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        self._trouble = label_for(self, role="note")
        self._trouble.hide()
        beside.addWidget(self._trouble)
        self._problems = ProblemList(self)
        self._problems.mend_wanted.connect(lambda key: self._do(lambda: self._book.mend(key), self._say))
        beside.addWidget(self._problems)
        self._stack = QStackedWidget(self)
        beside.addWidget(self._stack, 1)
        row.addLayout(beside, 1)
        whole.addLayout(row, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(gap, 0, gap, 0)
        foot.setSpacing(gap)
        self._undo = button_for(self, _("&Undo"), self.undo, means=_("Undo the last change (Ctrl+Z)"))
        foot.addWidget(self._undo)
        foot.addWidget(label_for(self, _("Changes take effect straight away."), role="quiet"), 1)
        foot.addWidget(button_for(self, _("Delete everyt&hing…"), self.erase_wanted.emit, kind="plain"))
        foot.addWidget(button_for(self, _("&Close"), self.close))
        whole.addLayout(foot)

    def _turn_to(self, place: int) -> None:
        if place not in self._pages:
            page = self._pages[place] = self._made(place)
            self._stack.addWidget(page)
            page.tab_after(self._contents)
        page = self._pages[place]
        page.show_settings(self._book.settings)
        self._stack.setCurrentWidget(page)

    def _made(self, place: int) -> SettingsPage:
        if place == len(SECTIONS):
            from .autostart_page import AutostartPage

            return AutostartPage(_(_STARTING), self._autostart, self)
        section = SECTIONS[place]
        if section.table == "hours":
            from .hours_page import HoursPage

            hours = HoursPage(section, self)
            hours.hours_set.connect(lambda chosen: self._do(lambda: self._book.change_hours(chosen), hours.say))
            return hours
        if section.table == "backup":
            from .data_page import DataPage

            data = DataPage(section, self._recovery, self)
            data.log_replaced.connect(self.log_replaced)
            return self._joined(data)
        if section.table == "sound":
            from .sound_page import SoundPage

            return self._joined(SoundPage(section, self._trials, self))
        if section.table == "hot_keys":
            from .hot_keys_page import HotKeysPage

            return self._joined(HotKeysPage(section, self._hot_keys(), self))
        if section.table == "hooks":
            from .hooks_page import HooksPage

            return self._joined(HooksPage(section, self._hooks, self))
        return self._joined(TablePage(section, self))

    def _joined(self, table: TablePage) -> TablePage:
        book = self._book
        table.value_set.connect(
            lambda key, value: self._do(lambda: book.change(key, value), lambda said: table.say(key, said))
        )
        table.reset_wanted.connect(lambda key: self._do(lambda: book.reset(key), lambda said: table.say(key, said)))
        return table

    @property
    def page(self) -> int:
        """The place of the page that is shown."""
        return self._contents.currentRow()

    def turn_to(self, page: int) -> None:
        """Show the page at a place in the list of pages."""
        self._contents.setCurrentRow(page)

    def open_at(self, table: str) -> None:
        """Turn to the page of a table of the settings file."""
        self._contents.setCurrentRow([section.table for section in SECTIONS].index(table))

    def present(self) -> None:
        """Show it and bring it to the front."""
        if not self.isVisible():
            room = QGuiApplication.primaryScreen().availableGeometry().size()
            unit = theme.unit()
            self.resize(QSize(round(unit * 54), round(unit * 36)).boundedTo(room * 0.94))
        to_front(self)
        self._contents.setFocus()
        self._look.start()
        self._redraw()

    # --- showing -----------------------------------------------------------------------------------------------------

    def _look_again(self) -> None:
        self._book.look()
        if self._seen() != self._shown:
            self._redraw()

    def _seen(self) -> object:
        return self._book.stamp, self._book.problems, self._book.can_undo

    def _redraw(self) -> None:
        self._shown = self._seen()
        self._undo.setEnabled(self._book.can_undo)
        self._say("")
        self._problems.show_problems(self._book.problems, self._book.mends)
        page = self._stack.currentWidget()
        if isinstance(page, SettingsPage):
            page.show_settings(self._book.settings)

    def _say(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    # --- changing ----------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        self._flush()
        self._do(self._book.undo, self._say)

    def _do(self, action: Callable[[], None], say: Callable[[str], None]) -> None:
        try:
            action()
        except SettingsError as refused:
            self._redraw()
            say(translated(refused))
        else:
            self._redraw()

    def _flush(self) -> None:
        for page in self._pages.values():
            page.flush()

    # --- closing -----------------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.isVisible():
            self._redraw()  # the system's autostart may have been changed elsewhere

    def closeEvent(self, event: QCloseEvent) -> None:
        self._flush()
        self._look.stop()
        super().closeEvent(event)
        self.closed.emit()
