"""Windows that were opened and closed leave nothing behind that the app would carry all day."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.windows.test_log_windows import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

OPENED_AND_CLOSED = """
import sys
from pathlib import Path
from PySide6 import QtWidgets
from PySide6.QtTest import QTest
from numbguard.app.process.lean_qt import import_qt
import_qt()
from tests.app.windows.test_log_windows import Desk

app = QtWidgets.QApplication([])
desk = Desk(Path(sys.argv[1]) / "profile")
desk.book.keep(desk.book.blank())
for show in (desk.windows.show_history, desk.windows.show_insights):
    show()
    QTest.qWait(400)
desk.windows.end()
QTest.qWait(50)
desk.log.close()
heavy = {"ssl", "urllib.request", "http.client", "statistics", "numbguard.ui.report.pdf"}
heavy.add("numbguard.ui.widgets.accessible")
print(sorted(heavy & set(sys.modules)))
print(sorted({"QWizard", "QMdiArea", "QFileDialog", "QColorDialog", "QStyle"} & set(vars(QtWidgets))))
"""


def test_the_history_and_the_insights_leave_no_widget_connection_or_thread(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "profile")
    desk.book.keep(desk.book.blank())
    # What another test has closed goes first.
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    threads = threading.active_count()
    before = _ours(), _connections()
    for _ in range(2):
        desk.windows.show_history()
        desk.windows.show_insights()
        qtbot.wait(300)
        desk.windows.end()
        qtbot.wait(50)
    gc.collect()
    assert (_ours(), _connections()) == before
    assert threading.active_count() == threads
    desk.log.close()


def _ours() -> list[object]:
    return [one for one in QApplication.allWidgets() if type(one).__module__.startswith("numbguard")]


def _connections() -> int:
    return sum(type(one).__name__ == "SqliteJournal" and one._opened is not None for one in gc.get_objects())


def test_they_load_nothing_heavy_that_they_do_not_need(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPENED_AND_CLOSED, str(tmp_path)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["[]", "[]"]
