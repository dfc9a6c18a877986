"""Asks where the report is to be kept and writes it beside the window, for the history and the insights.

Made by such a window on the GUI thread; the log is read and the pages are drawn in a thread of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Final

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ..core.ports import JournalError
from ..store.figures import Period
from ..store.journal import SqliteJournal
from ..store.profile import Profile
from .report import ReportError, Written, paper_of, write_report

_ALL: Final = Period()


class ReportAsking(QObject):
    said = Signal(str)
    """What came of it, or that it has begun."""
    _done = Signal(object)

    def __init__(
        self, parent: QWidget, profile: Profile, *, now: Callable[[], datetime], before: Callable[[], object]
    ) -> None:
        """``before`` is called before the log is read: it writes what waits to be written."""
        super().__init__(parent)
        self._window = parent
        self._profile = profile
        self._now = now
        self._before = before
        self._busy = False
        self._done.connect(self._say)

    @property
    def is_busy(self) -> bool:
        return self._busy

    def ask(self, period: Period = _ALL) -> None:
        dialogue = QFileDialog(self._window, "The report for a doctor", "", "PDF (*.pdf)")
        dialogue.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialogue.setDefaultSuffix("pdf")
        dialogue.selectFile(f"numbness-{self._now():%Y-%m-%d}.pdf")
        dialogue.fileSelected.connect(lambda chosen: self.write(Path(chosen), period))
        dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogue.open()

    def write(self, path: Path, period: Period = _ALL) -> None:
        if self._busy:
            self.said.emit("One report at a time: the last one is not finished yet.")
            return
        self._busy = True
        self.said.emit(f"Writing {path.name} …")
        self._before()
        now = self._now()

        def work() -> None:
            done: object = None
            journal = SqliteJournal(self._profile)
            try:
                paper = paper_of(QLocale.system().name())
                done = write_report(self._profile, journal, path, period=period, paper=paper, now=now)
            except (ReportError, JournalError) as error:
                done = error
            finally:
                journal.close()
                with suppress(RuntimeError):  # the window is gone
                    self._done.emit(done)

        Thread(target=work, name="report").start()

    def _say(self, done: object) -> None:
        self._busy = False
        if isinstance(done, Written):
            many = "1 page" if done.pages == 1 else f"{done.pages} pages"
            self.said.emit(f"The report is in {done.path}, {many}. Nobody but you can read it.")
        elif isinstance(done, ReportError | JournalError):
            self.said.emit(str(done))
        else:
            self.said.emit("That did not work, and it is NumbGuard's fault. The log is as it was.")
