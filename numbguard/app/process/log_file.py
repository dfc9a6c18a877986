"""Writes ``numbguard.log``: events that help to find a fault, and every exception.

``start`` opens it on the GUI thread; any thread writes to it. No symptom is ever written to it. A file that has grown
too long is renamed while the app runs and a new one begun; one former file is kept.
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
"""The length in bytes at which a new log file begins."""


class _LogFile(logging.StreamHandler[TextIO]):
    """Replaces ``logging.handlers.RotatingFileHandler``, whose files everybody can read and which imports sockets."""

    def __init__(self, path: Path) -> None:
        self._path = path
        super().__init__(_opened(path))
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; ``logging`` holds the handler's lock meanwhile."""
        super().emit(record)
        try:
            if self.stream.tell() > LONGEST:
                former, self.stream = self.stream, _opened(self._path)
                former.close()
        except OSError:  # a full disk: go on with the former file
            pass


def _opened(path: Path) -> TextIO:
    if path.exists() and path.stat().st_size > LONGEST:
        path.replace(path.with_name(f"{path.name}.1"))
    stream = os.fdopen(open_private(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), "a", encoding="utf-8")
    stream.seek(0, os.SEEK_END)
    return stream


def open_log(path: Path) -> None:
    """Add a handler that writes all log records of this process to the file."""
    try:
        handler = _LogFile(path)
    except OSError:  # a full or read-only disk: the app runs without a log file
        return
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # a failing job is reported by the crash handler


def record_exceptions() -> None:
    """Write each uncaught exception of any thread to the log file as well as to standard error."""
    sys.excepthook = record
    threading.excepthook = _record_of_thread
    sys.unraisablehook = _record_unraisable


def record(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write an uncaught exception, which is a bug, to the log file and to standard error."""
    if not issubclass(kind, KeyboardInterrupt):
        log.critical("a bug", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)


def _record_of_thread(raised: threading.ExceptHookArgs) -> None:
    if raised.exc_value is not None and not issubclass(raised.exc_type, SystemExit):
        # Looked up at each call: the app replaces it by a handler of its own.
        sys.excepthook(raised.exc_type, raised.exc_value, raised.exc_traceback)


def _record_unraisable(raised: sys.UnraisableHookArgs) -> None:
    if raised.exc_value is not None:
        log.critical("a bug, where nothing can be raised", exc_info=raised.exc_value)
    sys.__unraisablehook__(raised)
