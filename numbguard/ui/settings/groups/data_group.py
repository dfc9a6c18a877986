"""The group on the log's data: back up now, restore a backup, repair a damaged log, delete everything.

The settings window makes it on the GUI thread with its page; the work is done on a thread of its own, and the
group says how it ended.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from numbguard.core.errors import JournalError
from numbguard.core.settings.settings import Settings
from numbguard.core.settings.table import SettingsSection
from numbguard.store.log.recovery.by_hand import BackupList, LogRecovery, backup_title
from numbguard.ui import worker
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.scroll_column import keep_in_sight
from numbguard.wording.catalogue import _, translated

from .group import TableGroup, line_between

_SETTINGS = 2
"""Where the rows of the settings begin in the group: below the heading and the sentence about it."""


class DataGroup(TableGroup):
    log_replaced = Signal()
    """Emitted when another log is in place; views of the log have to read it again."""
    erase_wanted = Signal()

    def __init__(self, section: SettingsSection, recovery: LogRecovery, parent: QWidget | None) -> None:
        super().__init__(section, parent)
        self._recovery = recovery
        unit = theme.unit()
        self._trouble = label_for(self, role="note")
        self._repair = button_for(self, _("Re&pair the log"), lambda: self._do(recovery.repair, replaces=True))
        self._last = label_for(self, role="quiet")
        self._list = QListWidget(self)
        self._list.setAccessibleName(_("Backups"))
        self._list.setFixedHeight(round(unit * 8))
        self._list.itemSelectionChanged.connect(self._redraw)
        self._back_up = button_for(self, _("&Back up now"), lambda: self._do(recovery.back_up, replaces=False))
        self._restore = button_for(
            self, _("&Restore"), self._restore_chosen, means=_("Replace the log with the chosen backup")
        )
        self._note = label_for(self, role="quiet")
        self._hint = label_for(
            self, _("Restoring keeps your current log in this list, so you can go back."), role="quiet"
        )
        self._said = label_for(self, role="warm")
        self.column.insertWidget(_SETTINGS, self._trouble)
        self.column.insertLayout(_SETTINGS + 1, _row(unit, self._repair))
        self.column.insertWidget(_SETTINGS + 2, self._said)
        for shown in (self._note, self._last, self._list):
            self.column.addWidget(shown)
        self.column.addLayout(_row(unit, self._back_up, self._restore))
        self.column.addWidget(self._hint)
        self.column.addWidget(line_between(self))
        about = _("Deletes your log, its backups and the files you exported. You'll be asked first.")
        self.column.addWidget(label_for(self, about, role="quiet"))
        self.erase = button_for(self, _("Delete everyt&hing…"), self.erase_wanted.emit)
        self.column.addLayout(_row(unit, self.erase))
        self._busy = False
        self._is_listing = False
        self._say("")
        for part in (self._note, self._list, self._restore, self._hint):
            part.hide()
        self._redraw()

    def show_settings(self, settings: Settings) -> None:
        super().show_settings(settings)
        self._redraw()
        self._list_backups()

    def _list_backups(self) -> None:
        if self._is_listing:
            return
        self._is_listing = True

        def ended(found: BackupList | str) -> None:
            self._is_listing = False
            if isinstance(found, BackupList):
                self._show_list(found)

        work = self._recovery.backups
        worker.run(self, work, name="list of backups", done=ended, failed=ended, expected=(JournalError,))

    def _show_list(self, found: BackupList) -> None:
        self._note.setText(translated(found.note or ""))
        self._note.setVisible(found.note is not None)
        chosen = self._list.currentItem().text() if self._list.currentItem() else None
        backups = found.backups
        titles = [translated(backup_title(one)) for one in backups]
        if titles != [self._list.item(row).text() for row in range(self._list.count())]:
            self._list.clear()
            for title, backup in zip(titles, backups, strict=True):
                item = QListWidgetItem(title, self._list)
                item.setData(Qt.ItemDataRole.UserRole, backup.path)
                item.setToolTip(str(backup.path))
                if title == chosen:
                    self._list.setCurrentItem(item)
        for part in (self._list, self._restore, self._hint):
            part.setVisible(bool(backups))
        self._redraw()

    def _redraw(self) -> None:
        trouble = self._recovery.trouble()
        self._trouble.setText(translated(trouble or ""))
        self._trouble.setVisible(trouble is not None)
        self._repair.setVisible(trouble is not None)
        self._last.setText(translated(self._recovery.last()))
        self._repair.setEnabled(not self._busy)
        self._back_up.setEnabled(not self._busy and trouble is None)
        self._restore.setEnabled(not self._busy and bool(self._list.selectedItems()))

    def _restore_chosen(self) -> None:
        path = self._list.currentItem().data(Qt.ItemDataRole.UserRole)
        self._do(lambda: self._recovery.restore(path), replaces=True)

    def _do(self, deed: Callable[[], str], *, replaces: bool) -> None:
        self._busy = True
        self._say("…")
        self._redraw()
        if replaces and sys.platform == "win32":  # there the app lets go of a damaged log once it has read it again
            self.log_replaced.emit()

        def done(result: tuple[str, BackupList]) -> None:
            sentence, found = result
            self._show_list(found)
            ended(sentence)

        def ended(sentence: str) -> None:
            self._busy = False
            self._say(sentence)
            self._redraw()
            if replaces:
                self.log_replaced.emit()

        def work() -> tuple[str, BackupList]:
            return deed(), self._recovery.backups()

        worker.run(self, work, name="log data", done=done, failed=ended, expected=(JournalError,))

    def _say(self, sentence: str) -> None:
        self._said.setText(translated(sentence))
        self._said.setVisible(bool(sentence))
        if sentence:
            keep_in_sight(self._said)


def _row(unit: float, *buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(round(unit * 0.5))
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
