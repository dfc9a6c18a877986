"""Writes ``numbguard.log``: events that help to find a fault, and every exception.

Opened by ``start`` on the GUI thread; written to on any thread. No symptom is ever written to it. The file of a long
run gives way to a fresh one meanwhile, and one former file is kept.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Final, TextIO

from numbguard.store.profile import open_private

log = logging.getLogger("numbguard")

LONGEST: Final = 512 * 1024
"""Bytes, before a log file gives way to the next."""


class _LogFile(logging.StreamHandler[TextIO]):
    """Not ``logging.handlers.RotatingFileHandler``: that opens a file for everybody to read, and imports sockets."""

    def __init__(self, path: Path) -> None:
        self._path = path
        super().__init__(_opened(path))
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Called with the handler's lock held, like every ``emit``."""
        super().emit(record)
        try:
            if self.stream.tell() > LONGEST:
                former, self.stream = self.stream, _opened(self._path)
                former.close()
        except OSError:  # a full disk: whatever was the file goes on
            pass


def _opened(path: Path) -> TextIO:
    if path.exists() and path.stat().st_size > LONGEST:
        path.replace(path.with_name(f"{path.name}.1"))
    stream = os.fdopen(open_private(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), "a", encoding="utf-8")
    stream.seek(0, os.SEEK_END)
    return stream


def open_log(path: Path) -> None:
    """Write to that file from now on, and have every exception that nothing else takes written there."""
    try:
        handler = _LogFile(path)
    except OSError:  # a full or read-only disk: the app runs without
        return
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # a failing job comes to the crash handler


def record_exceptions() -> None:
    """Have each exception that nobody catches in the log file, on whichever thread, as well as on standard error."""
    sys.excepthook = record
    threading.excepthook = _record_of_thread
    sys.unraisablehook = _record_unraisable


def record(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An exception that nothing caught: a bug."""
    if not issubclass(kind, KeyboardInterrupt):
        log.critical("a bug", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)


def _record_of_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None and not issubclass(told.exc_type, SystemExit):
        # Whatever takes exceptions by then: the app has a handler of its own.
        sys.excepthook(told.exc_type, told.exc_value, told.exc_traceback)


def _record_unraisable(told: sys.UnraisableHookArgs) -> None:
    if told.exc_value is not None:
        log.critical("a bug, where nothing can be raised", exc_info=told.exc_value)
    sys.__unraisablehook__(told)
