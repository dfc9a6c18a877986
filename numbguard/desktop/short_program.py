"""A program that runs for a moment: a player of one sound, a voice that reads one sentence.

``sound`` and ``speech`` use it on the GUI thread. It never waits: QProcess reports the end of the program and reaps it.
A program that takes too long is killed, and so is one that still runs when ``stop`` is called.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QProcess, QTimer

_KILLED_WITHIN_MS = 500
"""Milliseconds to wait for the end of a killed program when the app ends; it takes a few."""


class ShortProgram:
    """Runs one program at a time; another one takes the place of the one before."""

    def __init__(self) -> None:
        self._process: QProcess | None = None
        self._limit: QTimer | None = None
        self._ended: Callable[[bool], None] | None = None

    @property
    def is_running(self) -> bool:
        return self._ended is not None

    def run(
        self,
        program: str,
        arguments: Sequence[str],
        *,
        limit_s: float,
        given: bytes = b"",
        ended: Callable[[bool], None] = lambda _well: None,
    ) -> None:
        """Start the program with ``given`` as its standard input.

        ``ended`` is called once it has ended by itself, or could not be started: True if its exit status was 0, or if
        it was killed after ``limit_s`` seconds. It is not called after ``stop`` or another ``run``.
        """
        self.stop()
        process = QProcess()
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        if not given:
            process.setStandardInputFile(QProcess.nullDevice())
        process.finished.connect(lambda code, status: self._over(process, status is _NORMAL and code == 0))
        process.errorOccurred.connect(
            lambda error: self._over(process, False) if error is QProcess.ProcessError.FailedToStart else None
        )
        self._process, self._ended = process, ended
        if self._limit is None:
            self._limit = QTimer(singleShot=True)
            self._limit.timeout.connect(self._took_too_long)
        self._limit.start(round(limit_s * 1000))
        process.start(program, list(arguments))
        if given and process is self._process:
            process.write(given)
            process.closeWriteChannel()

    def stop(self) -> None:
        """Kill the program, if one runs. ``ended`` is not called."""
        process, self._process, self._ended = self._process, None, None
        if self._limit is not None:
            self._limit.stop()
        if process is not None:
            _end(process)

    def _took_too_long(self) -> None:
        ended = self._ended
        self.stop()
        if ended is not None:
            ended(True)

    def _over(self, process: QProcess, well: bool) -> None:
        if process is not self._process:
            return
        ended, self._process, self._ended = self._ended, None, None
        if self._limit is not None:
            self._limit.stop()
        process.deleteLater()
        if ended is not None:
            ended(well)


_NORMAL = QProcess.ExitStatus.NormalExit


def _end(process: QProcess) -> None:
    if process.state() is not QProcess.ProcessState.NotRunning:
        process.kill()
        process.waitForFinished(_KILLED_WITHIN_MS)
    process.deleteLater()
