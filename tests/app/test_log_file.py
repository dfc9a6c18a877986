"""The log file contains every exception of every thread and has a greatest length."""

from __future__ import annotations

import logging
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from numbguard.app.process.log_file import LONGEST, open_log

_FAULTS = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QThread, QTimer
from numbguard.app.process.log_file import open_log, record_exceptions

open_log(Path(sys.argv[1]))
record_exceptions()

class Worker(QThread):
    def run(self):
        raise LookupError("in a thread of Qt's")

class Late:
    def __del__(self):
        raise LookupError("where nothing can be raised")

def fail():
    raise LookupError("in a thread")

def slot():
    raise LookupError("in a slot")

app = QCoreApplication([])
thread = threading.Thread(target=fail)
thread.start()
thread.join()
worker = Worker()
worker.start()
worker.wait()
Late()
QTimer.singleShot(0, slot)
QTimer.singleShot(0, app.quit)
app.exec()
raise LookupError("at last")
"""


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    held, level = list(root.handlers), root.level
    path = tmp_path / "numbguard.log"
    open_log(path)
    yield path
    for handler in [one for one in root.handlers if one not in held]:
        root.removeHandler(handler)
        handler.close()
        handler.stream.close()  # type: ignore[attr-defined]
    root.setLevel(level)


def test_every_exception_reaches_it_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "numbguard.log"
    done = subprocess.run([sys.executable, "-c", _FAULTS, str(path)], capture_output=True, text=True, timeout=60)
    written = path.read_text()
    for where in ("in a thread", "in a thread of Qt's", "where nothing can be raised", "in a slot", "at last"):
        assert f"LookupError: {where}\n" in written
        assert f"LookupError: {where}\n" in done.stderr
    assert written.count("Traceback") == 5


def test_a_file_that_grows_gives_way_while_the_app_runs(log: Path) -> None:
    for number in range(4 * LONGEST // 1000):
        logging.getLogger("numbguard").info("%05d %s", number, "x" * 1000)
    former = log.with_name("numbguard.log.1")
    assert log.stat().st_size < LONGEST + 2000
    assert former.stat().st_size < LONGEST + 2000
    assert {stat.S_IMODE(path.stat().st_mode) for path in (log, former)} == {0o600}
    last = int(former.read_text().splitlines()[-1].split(": ")[1].split()[0])
    first = int(log.read_text().splitlines()[0].split(": ")[1].split()[0])
    assert first == last + 1, "nothing is lost between the two"
    assert {path.name for path in log.parent.iterdir()} == {"numbguard.log", "numbguard.log.1"}
