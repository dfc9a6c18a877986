"""Work off the GUI thread: its result arrives there, its errors reach asker and log file, and nobody gone is called."""

from __future__ import annotations

import gc
import logging
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Generator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from weakref import finalize

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from numbguard.app.app import App
from numbguard.core.errors import JournalError
from numbguard.store.exchange import ExchangeFormat
from numbguard.store.log.queries.insights import Period
from numbguard.store.profile import Profile
from numbguard.ui import worker
from numbguard.ui.history import import_export
from numbguard.ui.history.import_export import ImportExport
from numbguard.ui.insights import loader as insight_loader
from numbguard.ui.insights.loader import InsightLoader
from numbguard.ui.report import pdf
from numbguard.ui.report.save_dialog import ReportSaver
from numbguard.ui.widgets import theme

PATIENCE_MS = 10_000


class Asker(QObject):
    """An asker that records what it receives, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.on_gui_thread: set[bool] = set()

    def hear(self, what: object) -> None:
        self.heard.append(what)
        self.on_gui_thread.add(threading.current_thread() is threading.main_thread())

    def ask(self, work) -> worker.Job:  # type: ignore[no-untyped-def]
        return worker.run(self, work, name="a test", done=self.hear, failed=self.hear, expected=(JournalError,))

    def ask_parts(self, work) -> worker.Job:  # type: ignore[no-untyped-def]
        return worker.run_parts(
            self,
            work,
            name="a test",
            got=self.hear,
            ended=lambda: self.hear("ended"),
            failed=self.hear,
            expected=(JournalError,),
        )


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "profile")


@pytest.fixture
def asker(qtbot: QtBot) -> Asker:
    return Asker()


def all_ended(qtbot: QtBot) -> None:
    """Wait until every thread has ended and its results have arrived."""
    qtbot.waitUntil(lambda: not worker._running, timeout=PATIENCE_MS)


def test_what_comes_of_it_arrives_on_the_gui_thread(qtbot: QtBot, asker: Asker) -> None:
    asker.ask(lambda: threading.current_thread() is threading.main_thread())
    qtbot.waitUntil(lambda: bool(asker.heard), timeout=PATIENCE_MS)
    assert asker.heard == [False], "the work itself ran beside it"
    assert asker.on_gui_thread == {True}


def test_parts_arrive_in_their_order_and_then_the_end(qtbot: QtBot, asker: Asker) -> None:
    def work() -> Generator[int]:
        yield from range(5)

    asker.ask_parts(work)
    qtbot.waitUntil(lambda: "ended" in asker.heard, timeout=PATIENCE_MS)
    assert asker.heard == [0, 1, 2, 3, 4, "ended"]


def test_a_bug_reaches_the_crash_handler_whole_and_the_asker_as_a_sentence(qtbot: QtBot, asker: Asker) -> None:
    def work() -> None:
        raise LookupError("a bug in a report")

    with qtbot.captureExceptions() as crashes:
        asker.ask(work)
        all_ended(qtbot)
    ((kind, error, trace),) = crashes
    assert (kind, str(error)) == (LookupError, "a bug in a report")
    assert trace is not None
    assert asker.heard == [worker.OUR_FAULT]
    assert asker.on_gui_thread == {True}


def test_the_crash_handler_of_the_app_writes_it_into_the_log_file(
    qtbot: QtBot, asker: Asker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def work() -> None:
        raise LookupError("a bug in a report")

    with monkeypatch.context() as patch:
        patch.setattr(sys, "excepthook", partial(App.crashed, None))
        asker.ask(work)
        all_ended(qtbot)
    assert asker.heard == [worker.OUR_FAULT]
    assert "LookupError: a bug in a report" in caplog.text
    assert "in work" in caplog.text, "with the place where it happened"


def test_an_error_of_the_world_is_its_sentence_and_a_line_of_the_log_without_its_words(
    qtbot: QtBot, asker: Asker, caplog: pytest.LogCaptureFixture
) -> None:
    def work() -> None:
        raise JournalError("The log could not be read: numb left foot.")

    with caplog.at_level(logging.WARNING):
        asker.ask(work)
        all_ended(qtbot)
    assert asker.heard == ["The log could not be read: numb left foot."]
    assert caplog.messages == ["a test: JournalError"]


def test_a_bug_between_two_parts_ends_it(qtbot: QtBot, asker: Asker) -> None:
    def work() -> Generator[int]:
        yield 1
        raise LookupError

    with qtbot.captureExceptions() as crashes:
        asker.ask_parts(work)
        all_ended(qtbot)
    assert [crash[0] for crash in crashes] == [LookupError]
    assert asker.heard == [1, worker.OUR_FAULT]


def test_who_is_gone_gets_nothing_and_the_work_is_put_away_on_its_thread(qtbot: QtBot, asker: Asker) -> None:
    go_on, put_away = threading.Event(), list[bool]()
    heard = asker.heard

    def work() -> Generator[int]:
        try:
            yield 1
            go_on.wait(10)
            yield 2
            yield 3
        finally:
            put_away.append(threading.current_thread() is not threading.main_thread())

    job = asker.ask_parts(work)
    qtbot.waitUntil(lambda: heard == [1], timeout=PATIENCE_MS)
    delete(asker)
    go_on.set()
    all_ended(qtbot)
    assert heard == [1]
    assert job.wanted
    assert put_away == [True]


def test_what_was_dropped_ends_with_the_part_that_it_is_at(qtbot: QtBot, asker: Asker) -> None:
    go_on, begun = threading.Event(), list[int]()

    def work() -> Generator[int]:
        for number in range(5):
            begun.append(number)
            yield number
            go_on.wait(10)

    job = asker.ask_parts(work)
    qtbot.waitUntil(lambda: asker.heard == [0], timeout=PATIENCE_MS)
    job.drop()
    go_on.set()
    all_ended(qtbot)
    assert asker.heard == [0]
    assert begun == [0, 1]


def test_nothing_is_collected_while_it_runs(qtbot: QtBot, asker: Asker) -> None:
    """The app would crash if Python's collector destroyed a window on another thread."""
    gc.enable()
    try:
        asker.ask(gc.isenabled)
        all_ended(qtbot)
        assert asker.heard == [False]
        assert gc.isenabled()
    finally:
        gc.disable()


def test_a_window_that_only_the_work_still_holds_is_let_go_of_on_the_gui_thread(qtbot: QtBot) -> None:
    go_on, gone_on = threading.Event(), list[bool]()
    window = QWidget()
    finalize(window, lambda: gone_on.append(threading.current_thread() is threading.main_thread()))

    def keep(_nothing: object, window: QWidget = window) -> None:
        pass

    worker.run(QObject(), lambda: go_on.wait(10), name="a test", done=keep, failed=keep, expected=())
    del window, keep
    assert gone_on == []
    go_on.set()
    all_ended(qtbot)
    qtbot.waitUntil(lambda: bool(gone_on), timeout=PATIENCE_MS)
    assert gone_on == [True]


# --- the askers in the app --------------------------------------------------------------------------------------------


def broken(*_given: object, **_named: object) -> object:
    raise LookupError("a bug")


def test_a_report_that_fails_by_our_fault_says_so_and_another_can_be_asked_for(
    qtbot: QtBot, profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    asking = ReportSaver(window, profile, now=lambda: datetime.now(UTC), before=lambda: None)
    asking.message.connect(said.append)
    monkeypatch.setattr(pdf, "write_report", broken)
    with qtbot.captureExceptions() as crashes:
        asking.write(tmp_path / "report.pdf")
        all_ended(qtbot)
    assert [crash[0] for crash in crashes] == [LookupError]
    assert said == ["Writing report.pdf…", worker.OUR_FAULT]
    assert not asking.is_busy


def test_a_report_that_is_asked_for_while_another_one_is_written_comes_next(
    qtbot: QtBot, profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is asked for patience."""
    said: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    asking = ReportSaver(window, profile, now=lambda: datetime.now(UTC), before=lambda: None)
    asking.message.connect(said.append)
    written: list[Path] = []

    def write(_profile: Profile, _journal: object, path: Path, **_rest: object) -> pdf.WrittenReport:
        written.append(path)
        return pdf.WrittenReport(path, pages=1, episodes=0, listed=0)

    monkeypatch.setattr(pdf, "write_report", write)
    asking.write(tmp_path / "first.pdf")
    asking.write(tmp_path / "second.pdf")
    qtbot.waitUntil(lambda: not asking.is_busy, timeout=PATIENCE_MS)
    assert [path.name for path in written] == ["first.pdf", "second.pdf"]
    assert [one for one in said if one.startswith("Writing")] == ["Writing first.pdf…", "Writing second.pdf…"]


def test_two_exports_are_both_written(qtbot: QtBot, profile: Profile, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    files = ImportExport(window, profile, now=lambda: datetime.now(UTC))
    with qtbot.waitSignal(files.idle, timeout=PATIENCE_MS):
        files.export(tmp_path / "first.csv", ExchangeFormat.CSV)
        files.export(tmp_path / "second.csv", ExchangeFormat.CSV)
    assert (tmp_path / "first.csv").exists() and (tmp_path / "second.csv").exists()


def test_an_export_that_fails_by_our_fault_says_so_and_another_can_be_asked_for(
    qtbot: QtBot, profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    files = ImportExport(window, profile, now=lambda: datetime.now(UTC))
    files.message.connect(said.append)
    monkeypatch.setattr(import_export, "export_log", broken)
    with qtbot.captureExceptions() as crashes, qtbot.waitSignal(files.idle, timeout=PATIENCE_MS):
        files.export(tmp_path / "log.csv", ExchangeFormat.CSV)
    assert [crash[0] for crash in crashes] == [LookupError]
    assert said == ["Writing log.csv…", worker.OUR_FAULT]
    assert not files.is_busy


def test_insights_that_fail_by_our_fault_say_so(
    qtbot: QtBot, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    reading = InsightLoader(window, profile)
    monkeypatch.setattr(insight_loader, "picture_of", broken)
    monkeypatch.setattr(insight_loader, "InsightQueries", broken)
    with qtbot.captureExceptions() as crashes, qtbot.waitSignal(reading.failed, timeout=PATIENCE_MS) as failed:
        reading.ask(Period(), Period(), 2700, theme.LIGHT, present={})
    assert [crash[0] for crash in crashes] == [LookupError]
    assert failed.args == [worker.OUR_FAULT]


# --- the end of the app -----------------------------------------------------------------------------------------------

APP = """
    import sys, time
    from PySide6.QtCore import QObject, QTimer
    from PySide6.QtWidgets import QApplication
    from numbguard.ui import worker

    app = QApplication([])
    asker = QObject()

    def work():
        time.sleep({takes})
        print("written", flush=True)

    worker.run(asker, work, name="file", done=lambda _: print("told"), failed=print, expected=())
    QTimer.singleShot(0, app.quit)
    app.exec()
    print(worker.finish({patience}), flush=True)
"""


@pytest.mark.parametrize(("takes", "patience", "printed"), [(0.3, 10, "written\nTrue\n"), (60, 0.2, "False\n")])
def test_an_app_that_ends_waits_for_a_file_but_not_for_ever(takes: float, patience: float, printed: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(APP.format(takes=takes, patience=patience))],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=50,
    )
    assert (ended.stdout, ended.stderr, ended.returncode) == (printed, "", 0)
