"""Asks where to save the report and writes it in the background, for the history and the insights.

Made for one of these windows on the GUI thread; a worker thread reads the log and draws the pages.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from numbguard.core.errors import JournalError
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.queries.insights import Period
from numbguard.store.profile import Profile
from numbguard.ui.worker import run
from numbguard.wording import formats
from numbguard.wording.catalogue import _, ngettext

if TYPE_CHECKING:
    from .pdf import WrittenReport

_ALL: Final = Period()


class ReportSaver(QObject):
    message = Signal(str)
    """A sentence that says that writing has begun, or how it ended."""

    def __init__(
        self, parent: QWidget, profile: Profile, *, now: Callable[[], datetime], before: Callable[[], object]
    ) -> None:
        """``before`` is called before the log is read: it writes entries that still wait to be written."""
        super().__init__(parent)
        self._window = parent
        self._profile = profile
        self._now = now
        self._before = before
        self._busy = False
        self._waiting: deque[tuple[Path, Period]] = deque()
        """Reports that were asked for while another one is being written."""

    @property
    def is_busy(self) -> bool:
        return self._busy

    def ask(self, period: Period = _ALL) -> None:
        from PySide6.QtWidgets import QFileDialog

        dialogue = QFileDialog(self._window, _("Report for your doctor"), "", _("PDF (*.pdf)"))
        dialogue.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialogue.setDefaultSuffix("pdf")
        dialogue.selectFile(f"numbness-{self._now():%Y-%m-%d}.pdf")
        dialogue.fileSelected.connect(lambda chosen: self.write(Path(chosen), period))
        dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogue.open()

    def write(self, path: Path, period: Period = _ALL) -> None:
        """Write the report, after those that were asked for before."""
        self._waiting.append((path, period))
        if not self._busy:
            self._write_next()

    def _write_next(self) -> None:
        path, period = self._waiting.popleft()
        self._busy = True
        self.message.emit(_("Writing {path}…").format(path=path.name))
        self._before()
        now = self._now()
        # Here, because most people who open the insights or the history write no report that day.
        from .pdf import ReportError, paper_of, write_report

        def work() -> WrittenReport:
            with closing(SqliteJournal(self._profile)) as journal:
                paper = paper_of(QLocale.system().name())
                return write_report(self._profile, journal, path, period=period, paper=paper, now=now)

        run(self, work, name="report", done=self._done, failed=self._end, expected=(ReportError, JournalError))

    def _done(self, written: WrittenReport) -> None:
        words = ngettext(
            "The report is in {path}, {count} page. Only you can open it.",
            "The report is in {path}, {count} pages. Only you can open it.",
            written.pages,
        )
        self._end(words.format(path=written.path, count=formats.number(written.pages)))

    def _end(self, sentence: str) -> None:
        self._busy = False
        self.message.emit(sentence)
        if self._waiting:
            self._write_next()
