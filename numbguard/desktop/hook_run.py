"""Runs one program of the person's, for a hook, and tells how that ended.

``app.hooks`` creates a ``HookRun`` on the GUI thread. It never blocks: Qt starts the program without a shell and
reports its end. The program gets no input, its output goes nowhere, and after ten seconds it is ended together with
what it has started.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QProcess, QProcessEnvironment, QTimer

from numbguard.core.settings.choices import HookCommand

LIMIT_S = 10.0
"""Seconds for which a hook may run."""
GRACE_S = 2.0
"""Seconds between the request to end and the end by force."""
_AT_QUIT_MS = 300
"""Milliseconds for which the end of the app waits for a hook."""


class HookEnd(Enum):
    ENDED = "ended"
    """By itself, with an exit status."""
    CRASHED = "crashed"
    """By a signal that NumbGuard did not send."""
    STOPPED = "stopped"
    """By NumbGuard, as it still ran after ``LIMIT_S``."""
    NOT_FOUND = "not found"
    NOT_STARTED = "not started"
    """The file is there and is no program, or may not be run."""


@dataclass(frozen=True, slots=True)
class HookResult:
    """How a hook ended; ``status`` is its exit status, if it has one."""

    end: HookEnd
    status: int = 0
    seconds: float = 0.0


class HookRun:
    """One run. ``done`` gets its result once, and never before the constructor returns."""

    def __init__(self, command: HookCommand, told: Mapping[str, str], done: Callable[[HookResult], None]) -> None:
        """``told``: environment variables for the program, beside those of NumbGuard."""
        self._done: Callable[[HookResult], None] | None = done
        self._began = time.monotonic()
        self._stopped = False
        self._group = 0
        program = str(Path(command[0]).expanduser()) if command[0].startswith("~") else command[0]
        self._is_there = shutil.which(program) is not None or Path(program).exists()
        self._process = process = QProcess()
        process.setProgram(program)
        process.setArguments(list(command[1:]))
        process.setWorkingDirectory(str(Path.home()))
        environment = QProcessEnvironment.systemEnvironment()
        # NumbGuard sets it for its own painting (``app.process.application``); a hook may start a program with Qt.
        environment.remove("QT_NO_GUI_THREADPOOL")
        for name, value in told.items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        nowhere = QProcess.nullDevice()
        process.setStandardInputFile(nowhere)
        process.setStandardOutputFile(nowhere)
        process.setStandardErrorFile(nowhere)
        if sys.platform != "win32":
            parameters = QProcess.UnixProcessParameters()
            flags = QProcess.UnixProcessFlag
            # A session of its own, so that what it starts can be ended with it.
            parameters.flags = flags.CreateNewSession | flags.ResetSignalHandlers | flags.CloseFileDescriptors
            process.setUnixProcessParameters(parameters)
        process.errorOccurred.connect(self._failed)
        process.finished.connect(self._finished)
        process.started.connect(self._started)
        self._limit = QTimer(singleShot=True, interval=int(LIMIT_S * 1000))
        self._limit.timeout.connect(self._stop)
        QTimer.singleShot(0, process, process.start)

    @property
    def running(self) -> bool:
        return self._done is not None

    def end(self) -> None:
        """End it now, without a result: the app quits."""
        self._done = None
        self._limit.stop()
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._signal("SIGTERM")
            if not self._process.waitForFinished(_AT_QUIT_MS):
                self._signal("SIGKILL")
                self._process.waitForFinished(_AT_QUIT_MS)
        self._process.deleteLater()

    def _started(self) -> None:
        self._group = int(self._process.processId())
        self._limit.start()

    def _stop(self) -> None:
        if not self._stopped:
            self._stopped = True
            self._signal("SIGTERM")
            self._limit.start(int(GRACE_S * 1000))
        else:
            self._signal("SIGKILL")

    def _signal(self, name: str) -> None:
        if sys.platform == "win32":
            self._process.kill()
        elif self._group:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._group, getattr(signal, name))

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._tell(HookResult(HookEnd.NOT_STARTED if self._is_there else HookEnd.NOT_FOUND))

    def _finished(self, status: int, how: QProcess.ExitStatus) -> None:
        seconds = time.monotonic() - self._began
        if self._stopped:
            self._signal("SIGKILL")  # what it has started and left behind
            self._tell(HookResult(HookEnd.STOPPED, seconds=seconds))
        elif how is QProcess.ExitStatus.CrashExit:
            self._tell(HookResult(HookEnd.CRASHED, seconds=seconds))
        else:
            self._tell(HookResult(HookEnd.ENDED, status, seconds))

    def _tell(self, result: HookResult) -> None:
        self._limit.stop()
        done, self._done = self._done, None
        self._process.deleteLater()
        if done:
            done(result)
