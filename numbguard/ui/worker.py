"""Work beside the GUI thread: what comes of it, or what went wrong, arrives on the GUI thread.

``run`` and ``run_parts`` are called on the GUI thread by what shows the outcome; each piece of work has a thread of its
own. An error of the world (``expected``) reaches whoever asked as its sentence, and the log file by its kind alone: its
words may be those of an entry. Any other error is a bug: the crash handler gets it whole, and whoever asked gets a
sentence. Whoever asked and is gone gets nothing.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Generator
from contextlib import closing
from functools import partial
from threading import Thread
from time import monotonic
from typing import Final, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from numbguard import collector

log = logging.getLogger(__name__)

OUR_FAULT: Final = "That did not work, and it is NumbGuard's fault. The log is as it was."

T = TypeVar("T")
Expected = tuple[type[Exception], ...]


class Job:
    """A piece of work that was asked for."""

    def __init__(self, asker: QObject) -> None:
        self._asker = asker
        self.wanted = True

    def drop(self) -> None:
        """Nothing more of it is handed on; work in parts ends with the part that it is at."""
        self.wanted = False

    def hand_on(self, call: Callable[[], object]) -> None:
        """On the GUI thread: to whoever asked, unless that is gone."""
        if self.wanted and isValid(self._asker):
            call()


class _Door(QObject):
    """From other threads onto the GUI thread. It outlives every window, so that none can go while it is used."""

    came = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.came.connect(self._call)

    def _call(self, call: Callable[[], object]) -> None:
        call()


_door: _Door | None = None
_running: dict[Job, tuple[Thread, Callable[[], None]]] = {}
"""With what each thread does: a window that only this still holds must not be let go of on that thread."""


def run(
    asker: QObject,
    work: Callable[[], T],
    *,
    name: str,
    done: Callable[[T], object],
    failed: Callable[[str], object],
    expected: Expected,
) -> Job:
    """Do ``work`` on a thread; ``done`` gets what it gives, or ``failed`` a sentence, on the GUI thread."""

    def parts() -> Generator[T]:
        yield work()

    return run_parts(asker, parts, name=name, got=done, ended=lambda: None, failed=failed, expected=expected)


def run_parts(
    asker: QObject,
    work: Callable[[], Generator[T]],
    *,
    name: str,
    got: Callable[[T], object],
    ended: Callable[[], object],
    failed: Callable[[str], object],
    expected: Expected,
) -> Job:
    """The same for work that gives one thing after another: ``got`` gets each as it comes, and then comes ``ended``."""
    global _door
    door = _door = _door or _Door()
    job = Job(asker)

    def hand_on(call: Callable[[], object]) -> None:
        door.came.emit(partial(job.hand_on, call))

    def on_thread() -> None:
        try:
            with closing(work()) as parts:
                for part in parts:
                    hand_on(partial(got, part))
                    if not job.wanted:
                        return
            hand_on(ended)
        except expected as error:
            log.warning("%s: %s", name, type(error).__name__)
            hand_on(partial(failed, str(error)))
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
            hand_on(partial(failed, OUR_FAULT))
        finally:
            door.came.emit(partial(_put_away, job))

    collector.hold()
    thread = Thread(target=on_thread, name=name, daemon=True)
    _running[job] = thread, on_thread
    thread.start()
    return job


def _put_away(job: Job) -> None:
    """On the GUI thread: the other one has said its last and is about to end."""
    _running[job][0].join()
    del _running[job]
    collector.let_go()


def finish(seconds: float) -> bool:
    """When the app ends: hand nothing on any more and wait; gives whether all work has ended by then."""
    until = monotonic() + seconds
    threads = [thread for thread, _ in _running.values()]
    for job in _running:
        job.drop()
    for thread in threads:
        thread.join(max(0.0, until - monotonic()))
    return not any(thread.is_alive() for thread in threads)
