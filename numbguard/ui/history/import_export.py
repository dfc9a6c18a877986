"""Exports the log to a file and imports it from one: asks for the file, runs the work, reports the result.

The history window creates it on the GUI thread. Reading and writing run in a worker thread, one file at a time, so that
a long log does not block the window.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from numbguard.core.errors import JournalError
from numbguard.store.exchange import (
    ColumnMap,
    ExchangeError,
    ExchangeFormat,
    Exported,
    Imported,
    RefusedEntry,
    SheetSample,
    UnmappedColumnsError,
    export_log,
    import_log,
)
from numbguard.store.profile import Profile
from numbguard.ui.widgets.windows.file_dialogs import ask_for_file
from numbguard.ui.worker import run
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _, ngettext, translated
from numbguard.wording.log.episodes import at_noon

_FORMATS = {
    N_("For a spreadsheet: CSV (*.csv)"): ExchangeFormat.CSV,
    N_("Everything, for another NumbGuard: JSON (*.json)"): ExchangeFormat.JSON,
    N_("For a clinic's system: FHIR R4 (*.fhir.json)"): ExchangeFormat.FHIR,
}
_ENDINGS = {ExchangeFormat.CSV: "csv", ExchangeFormat.JSON: "json", ExchangeFormat.FHIR: "fhir.json"}
_KINDS = N_("Logs and diaries (*.csv *.json *.tsv *.txt);;All files (*)")
_SHOWN = 5
"""The number of refused entries that are listed; any further ones are only counted."""


class ImportExport(QObject):
    message = Signal(str)
    """Carries a sentence: the work has begun, or its result."""
    imported = Signal()
    """An import changed the log."""
    idle = Signal()
    """The work has ended, whether it succeeded or not."""

    def __init__(self, parent: QWidget, profile: Profile, *, now: Callable[[], datetime]) -> None:
        super().__init__(parent)
        self._window = parent
        self._profile = profile
        self._now = now
        self._busy = False
        self._waiting: deque[Callable[[], None]] = deque()
        """What was asked for while another file is being read or written."""
        self._path = Path()
        self._columns: ColumnMap | None = None

    @property
    def is_busy(self) -> bool:
        return self._busy

    def ask_export(self) -> None:
        kinds = {_(words): format for words, format in _FORMATS.items()}
        dialogue = QFileDialog(self._window, _("Export the log"), "", ";;".join(kinds))
        dialogue.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialogue.selectFile(f"numbguard-{self._now():%Y-%m-%d}.csv")
        dialogue.setDefaultSuffix("csv")
        dialogue.filterSelected.connect(lambda kind: _end_in(dialogue, kinds[kind]))
        dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogue.fileSelected.connect(
            lambda chosen: self.export(Path(chosen), kinds.get(dialogue.selectedNameFilter(), ExchangeFormat.CSV))
        )
        dialogue.open()

    def ask_import(self) -> None:
        ask_for_file(self._window, _("Import a log"), _(_KINDS), self.import_file)

    def export(self, path: Path, otherwise: ExchangeFormat = ExchangeFormat.CSV) -> None:
        """Write the log in the format that the file name's ending names, or ``otherwise`` in that of ``otherwise``."""
        format = ExchangeFormat.of(path) or otherwise
        at = self._now()
        self._begin(
            _("Writing {path}…").format(path=path.name), path, lambda: export_log(self._profile, path, format, at=at)
        )

    def import_file(self, path: Path, *, all_or_nothing: bool = True, columns: ColumnMap | None = None) -> None:
        """Import a whole file; if part of it is refused, ask whether to import the rest.

        With ``all_or_nothing`` false, import the rest without asking. ``columns``: which column is what in a diary of
        the person's own; without it, ask.
        """

        def read() -> Imported | SheetSample:
            try:
                return import_log(self._profile, path, all_or_nothing=all_or_nothing, columns=columns)
            except UnmappedColumnsError as diary:
                return diary.sheet

        self._begin(_("Reading {path}…").format(path=path.name), path, read, columns)

    def _begin(
        self,
        words: str,
        path: Path,
        action: Callable[[], Exported | Imported | SheetSample],
        columns: ColumnMap | None = None,
    ) -> None:
        if self._busy:
            self._waiting.append(lambda: self._begin(words, path, action, columns))
            return
        self._busy, self._path, self._columns = True, path, columns
        self.message.emit(words)
        run(self, action, name="log file", done=self._say, failed=self._fail, expected=(ExchangeError, JournalError))

    def _fail(self, sentence: str) -> None:
        self._busy = False
        self.message.emit(sentence)
        self._go_on()

    def _go_on(self) -> None:
        if self._waiting:
            self._waiting.popleft()()
        else:
            self.idle.emit()

    def _say(self, done: Exported | Imported | SheetSample) -> None:
        self._busy = False
        if isinstance(done, SheetSample):
            if self._window.isVisible():
                self._ask_about_columns(self._path, done)
        elif isinstance(done, Exported):
            words = ngettext("{count} episode written to {path}.", "{count} episodes written to {path}.", done.episodes)
            self.message.emit(words.format(count=formats.number(done.episodes), path=done.path))
        elif not done.kept and (done.added or done.changed):
            # The window is closed, so nobody can answer: the person wanted the import, so import what is valid.
            if not self._window.isVisible():
                self.import_file(self._path, all_or_nothing=False, columns=self._columns)
                return
            self._ask_about_the_rest(self._path, done)
        else:
            self.message.emit(import_in_words(done))
            if done.added or done.changed:
                self.imported.emit()
        self._go_on()

    def _ask_about_columns(self, path: Path, sheet: SheetSample) -> None:
        from .column_map_dialog import ColumnMapDialog

        self.message.emit(_("Nothing has been imported yet."))
        dialog = ColumnMapDialog(self._window, path.name, sheet, now=self._now())
        dialog.mapped.connect(lambda columns: self.import_file(path, columns=columns))
        dialog.rejected.connect(lambda: self.message.emit(_("Nothing was imported.")))
        dialog.open()

    def _ask_about_the_rest(self, path: Path, done: Imported) -> None:
        """Before anything is imported, show which lines are refused and why, and ask about the others."""
        self.message.emit(_("Nothing has been imported yet."))
        ask = QMessageBox(self._window)
        ask.setWindowTitle(_("Import a log"))
        ask.setIcon(QMessageBox.Icon.Question)
        ask.setTextFormat(Qt.TextFormat.PlainText)
        ask.setText("\n".join(_refused(done)))
        rest, columns = done.added + done.changed, self._columns
        words = ngettext(
            "{count} other entry of {file} can be imported.", "{count} other entries of {file} can be imported.", rest
        )
        ask.setInformativeText(words.format(count=formats.number(rest), file=path.name))
        if done.refused > _SHOWN:
            ask.setDetailedText("\n".join(_refusal(one) for one in done.refusals))
        take = ask.addButton(_("&Import the rest"), QMessageBox.ButtonRole.AcceptRole)
        none = ask.addButton(_("Import &nothing"), QMessageBox.ButtonRole.RejectRole)
        ask.setDefaultButton(take)
        ask.setEscapeButton(none)

        def answered(_result: int) -> None:
            chosen = ask.clickedButton()
            ask.deleteLater()
            if chosen is take:
                self.import_file(path, all_or_nothing=False, columns=columns)
            else:
                self.message.emit(
                    _("Nothing was imported. Fix those lines in {path} and import it again.").format(path=path.name)
                )

        ask.finished.connect(answered)
        ask.open()


def import_in_words(done: Imported) -> str:
    """What an import did, with the first few refused entries."""
    if not (done.added or done.changed or done.refused):
        return (
            _("Everything in that file is already in your log.")
            if done.unchanged
            else _("There is nothing in that file.")
        )
    parts = [
        words.format(count=formats.number(count))
        for count, words in (
            (done.added, ngettext("{count} new", "{count} new", done.added)),
            (done.changed, ngettext("{count} changed", "{count} changed", done.changed)),
            (done.unchanged, ngettext("{count} already in the log", "{count} already in the log", done.unchanged)),
        )
        if count
    ]
    # Translators: {counts} is “3 new, 1 changed, 12 already in the log”, of entries.
    lines = (
        [_("Imported: {counts}.").format(counts=formats.enumerated(parts))] if parts else [_("Nothing was imported.")]
    )
    if done.at_noon and (done.added or done.changed):
        lines.append(at_noon(done.at_noon))
    return "\n".join([*lines, *(_refused(done) if done.refused else [])])


def _refused(done: Imported) -> Iterator[str]:
    head = ngettext("{count} entry could not be imported:", "{count} entries could not be imported:", done.refused)
    yield head.format(count=formats.number(done.refused))
    yield from (_refusal(one) for one in done.refusals[:_SHOWN])
    if (more := done.refused - _SHOWN) > 0:
        yield ngettext("and {count} more", "and {count} more", more).format(count=formats.number(more))


def _refusal(one: RefusedEntry) -> str:
    return _("line {line}: {reason}").format(line=one.line, reason=translated(one.reason))


def _end_in(dialogue: QFileDialog, format: ExchangeFormat) -> None:
    """Change the ending of the name in the dialogue to that of the chosen format."""
    dialogue.setDefaultSuffix(_ENDINGS[format])
    chosen = dialogue.selectedFiles()
    if chosen:
        stem = Path(chosen[0]).name
        for ending in sorted(_ENDINGS.values(), key=len, reverse=True):
            stem = stem.removesuffix(f".{ending}")
        dialogue.selectFile(f"{stem}.{_ENDINGS[format]}")
