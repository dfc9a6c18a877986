"""The settings window: five pages of groups, and a search; changes take effect at once and can be undone.

Imported and made when it is opened, released when it is closed; on the GUI thread. It shows the contents of the file,
even if another program changes that while the window is open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from numbguard.core.ports import Autostart, HotKeyControls
from numbguard.core.settings.table import SECTIONS
from numbguard.store.log.recovery.by_hand import LogRecovery
from numbguard.store.settings.file import SettingsError
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.widgets import roles, theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.style import choice_sheet
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.windows.plain_window import PlainWindow, to_front
from numbguard.wording.catalogue import _, ngettext, translated

from . import search
from .groups.group import SettingsGroup, TableGroup
from .page import SettingsPage
from .pages import PAGES, SIGNS, STARTUP, TITLES
from .problem_list import ProblemList
from .rows.row import SettingRow
from .two_line_list import TwoLineList

if TYPE_CHECKING:
    from .groups.hooks_group import HookTrial
    from .groups.sound_group import SoundTrials

LOOKS_EVERY_MS = 700
"""Milliseconds between checks for changes made elsewhere: one call to the file system, only while it is open."""


class SettingsWindow(PlainWindow):
    closed = Signal()
    erase_wanted = Signal()
    help_wanted = Signal()
    """*When to get help* is to be shown."""
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
        self._hits: Sequence[search.Hit] = ()
        self._shown: object = None
        self._starts_in: SettingRow | None = None
        """The row that has the keyboard focus first, instead of the list of pages."""
        search.forget()
        self.setWindowTitle(_("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._build()
        theme.apply_theme(self, lambda colours: self.setStyleSheet(theme.style_sheet(colours) + choice_sheet(colours)))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self).activated.connect(self.undo)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self).activated.connect(self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self._go_to_search)
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
        row.addLayout(self._build_contents())
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
        foot.addWidget(button_for(self, _("&Close"), self.close))
        whole.addLayout(foot)

    def _build_contents(self) -> QVBoxLayout:
        """The search, and below it the pages or what the search finds."""
        unit = theme.unit()
        gap = round(unit * 0.6)
        self._search = QLineEdit(self)
        self._search.setProperty("role", "field")
        self._search.setPlaceholderText(_("Search"))
        self._search.setAccessibleName(_("Search the settings"))
        self._search.setToolTip(_("Search the settings (Ctrl+F)"))
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumHeight(round(unit * 2))
        self._search.textChanged.connect(self._find)
        self._search.returnPressed.connect(self._take_hit)
        self._search.installEventFilter(self)
        self._found = label_for(self, role="quiet")
        self._found.setContentsMargins(gap, 0, gap, 0)
        self._found.hide()
        self._contents = TwoLineList(_("Pages"), self)
        for page in PAGES:
            self._contents.put(translated(page.title), translated(page.about))
        self._contents.currentRowChanged.connect(self._turn_to)
        roles.choose_what_is_selected(self._contents)
        self._hit_list = TwoLineList(_("Search results"), self)
        self._hit_list.currentRowChanged.connect(self._show_hit)
        self._hit_list.itemClicked.connect(lambda _item: self._take_hit())
        self._hit_list.itemActivated.connect(lambda _item: self._take_hit())
        self._hit_list.hide()
        column = QVBoxLayout()
        column.setSpacing(gap)
        above = QHBoxLayout()
        above.setContentsMargins(gap, gap, gap, 0)
        above.addWidget(self._search)
        column.addLayout(above)
        column.addWidget(self._found)
        column.addWidget(self._contents, 1)
        column.addWidget(self._hit_list, 1)
        room = QGuiApplication.primaryScreen().availableGeometry().width()
        width = round(min(unit * 14.5, room * 0.25))
        for part in (self._contents, self._hit_list):
            part.setFixedWidth(width)
        self._search.setFixedWidth(width - 2 * gap)
        self._found.setFixedWidth(width)
        return column

    def _turn_to(self, place: int) -> None:
        if place < 0:
            return
        if place not in self._pages:
            page = self._pages[place] = self._made(place)
            self._stack.addWidget(page)
            page.tab_after(self._hit_list)
        page = self._pages[place]
        page.mark(None)
        page.show_settings(self._book.settings)
        self._stack.setCurrentWidget(page)

    def _made(self, place: int) -> SettingsPage:
        spec = PAGES[place]
        page = SettingsPage(translated(spec.title), translated(spec.about), self)
        for name in spec.groups:
            page.add(name, self._made_group(name, page))
        return page

    def _made_group(self, name: str, page: SettingsPage) -> SettingsGroup:
        if name == STARTUP:
            from .groups.startup_group import StartupGroup

            return StartupGroup(translated(TITLES[name]), self._autostart, page)
        if name == SIGNS:
            from .groups.signs_group import SignsGroup

            signs = SignsGroup(translated(TITLES[name]), page)
            signs.help_wanted.connect(self.help_wanted)
            return signs
        section = next(section for section in SECTIONS if section.table == name)
        if name == "hours":
            from .groups.hours_group import HoursGroup

            hours = HoursGroup(section, page)
            hours.hours_set.connect(lambda chosen: self._do(lambda: self._book.change_hours(chosen), hours.say))
            return hours
        if name == "backup":
            from .groups.data_group import DataGroup

            data = DataGroup(section, self._recovery, page)
            data.log_replaced.connect(self.log_replaced)
            data.erase_wanted.connect(self.erase_wanted)
            return self._joined(data)
        if name == "sound":
            from .groups.sound_group import SoundGroup

            return self._joined(SoundGroup(section, self._trials, page))
        if name == "hot_keys":
            from .groups.hot_keys_group import HotKeysGroup

            return self._joined(HotKeysGroup(section, self._hot_keys(), page))
        if name == "hooks":
            from .groups.hooks_group import HooksGroup

            return self._joined(HooksGroup(section, self._hooks, page))
        return self._joined(TableGroup(section, page))

    def _joined(self, table: TableGroup) -> TableGroup:
        table.value_set.connect(
            lambda key, value: self._do(lambda: self._book.change(key, value), lambda said: table.say(key, said))
        )
        table.reset_wanted.connect(
            lambda key: self._do(lambda: self._book.reset(key), lambda said: table.say(key, said))
        )
        return table

    @property
    def page(self) -> int:
        """The place of the page that is shown."""
        return self._contents.currentRow()

    def turn_to(self, page: int) -> None:
        """Show the page at a place in the list of pages."""
        self._contents.setCurrentRow(page)

    def open_at(self, group: str) -> SettingsGroup:
        """Turn to a group: a table of the settings file, ``SIGNS`` or ``STARTUP``."""
        self.turn_to(next(number for number, page in enumerate(PAGES) if group in page.groups))
        page = self._pages[self.page]
        self._scroll_to(page.groups[group])
        return page.groups[group]

    def _scroll_to(self, part: QWidget) -> None:
        """Show a part of the page now and, in case the window has only just appeared, again once it has its size."""
        page = self._pages[self.page]
        page.scroll_to(part)
        QTimer.singleShot(0, part, lambda: page.scroll_to(part))

    def row(self, key: str) -> SettingRow:
        """Turn to the page of a setting and return its row."""
        self.open_at(key.partition(".")[0])
        row = self._pages[self.page].row(key)
        assert row is not None
        return row

    def take_over(self, former: SettingsWindow) -> None:
        """Show the page of another window, with the same row in view and with the keyboard focus in it.

        What was changed there can still be undone.
        """
        self._book = former._book
        self.turn_to(former.page)
        there, here = former._pages[former.page], self._pages[self.page]
        if former.focused_key and (row := here.row(former.focused_key)) is not None:
            self._starts_in = row
            return
        old, new = there.verticalScrollBar(), here.verticalScrollBar()
        share = old.value() / max(1, old.maximum())
        QTimer.singleShot(0, here, lambda: new.setValue(round(share * new.maximum())))

    @property
    def focused_key(self) -> str:
        """The key of the setting that has, or had at last, the keyboard focus; empty for none."""
        within: QWidget | None = self.focusWidget()
        while within is not None and not isinstance(within, SettingRow):
            within = within.parentWidget()
        return within.spec.key if within is not None else ""

    def present(self) -> None:
        """Show it and bring it to the front."""
        if not self.isVisible():
            room = QGuiApplication.primaryScreen().availableGeometry().size()
            unit = theme.unit()
            self.resize(QSize(round(unit * 56), round(unit * 38)).boundedTo(room * 0.94))
        to_front(self)
        row, self._starts_in = self._starts_in, None
        if row is None:
            self._contents.setFocus()
        else:
            row.field.setFocus()
            self._scroll_to(row)
        self._look.start()
        self._redraw()

    # --- the search --------------------------------------------------------------------------------------------------

    def _go_to_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _find(self, words: str) -> None:
        self._hits = search.find(words)
        self._hit_list.blockSignals(True)
        self._hit_list.clear()
        for hit in self._hits:
            self._hit_list.put(hit.title, translated(PAGES[hit.page].title))
        self._hit_list.blockSignals(False)
        searches = bool(words.strip())
        self._contents.setVisible(not searches)
        self._hit_list.setVisible(searches)
        self._found.setVisible(searches)
        count = len(self._hits)
        self._found.setText(
            ngettext("{count} setting found", "{count} settings found", count).format(count=count)
            if count
            else _("Nothing found. Try another word.")
        )
        if not searches:
            for page in self._pages.values():
                page.mark(None)

    def _show_hit(self, place: int) -> None:
        """Turn to what was found, and mark it."""
        if not 0 <= place < len(self._hits):
            return
        hit = self._hits[place]
        part: SettingsGroup | SettingRow = self.open_at(hit.group)
        page = self._pages[self.page]
        if hit.key and (row := page.row(hit.key)) is not None:
            part = row
            self._scroll_to(row)
        page.mark(part)

    def _take_hit(self) -> None:
        """Show the current hit, or the first, and give its field the keyboard focus."""
        if not self._hits:
            return
        if self._hit_list.currentRow() < 0:
            self._hit_list.setCurrentRow(0)
        place = self._hit_list.currentRow()
        self._show_hit(place)
        hit = self._hits[place]
        row = self._pages[self.page].row(hit.key) if hit.key else None
        if row is not None:
            row.field.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._search and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self._search.text():
                self._search.clear()
                return True
            if event.key() == Qt.Key.Key_Down:
                below = self._hit_list if self._hits else self._contents
                below.setFocus()
                if below is self._hit_list and below.currentRow() < 0:
                    below.setCurrentRow(0)
                return True
        return super().eventFilter(watched, event)

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

    # --- its size, closing -------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a low window the names of the pages alone have to do.
        self._contents.shows_notes = self.height() > theme.unit() * 32
        self._contents.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.isVisible():
            self._redraw()  # the system's autostart may have been changed elsewhere

    def closeEvent(self, event: QCloseEvent) -> None:
        self._flush()
        self._look.stop()
        super().closeEvent(event)
        self.closed.emit()
