"""Runs work off the GUI thread and delivers its result, or its error, on the GUI thread.

Windows call ``run`` and ``run_parts`` on the GUI thread; each job has a thread of its own. The asker receives an
``expected`` error as its sentence; the log file receives only its type, because the sentence may quote an entry. Any
other error is a bug: the crash handler receives all of it, and the asker a general sentence. An asker that has been
destroyed receives nothing.
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
from numbguard.wording.catalogue import N_, _, translated

log = logging.getLogger(__name__)

OUR_FAULT: Final = N_("Something went wrong in NumbGuard. Your log is unchanged.")

T = TypeVar("T")
Expected = tuple[type[Exception], ...]


class Job:
    """One piece of work in progress."""

    def __init__(self, asker: QObject) -> None:
        self._asker = asker
        self.wanted = True

    def drop(self) -> None:
        """Deliver nothing more; work in parts stops after the current part."""
        self.wanted = False

    def deliver(self, call: Callable[[], object]) -> None:
        """On the GUI thread: make the call, unless the job was dropped or its asker is gone."""
        if self.wanted and isValid(self._asker):
            call()


class _GuiThreadRelay(QObject):
    """Passes calls from other threads to the GUI thread. It outlives every window, so it is never destroyed in use."""

    called = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.called.connect(self._call)

    def _call(self, call: Callable[[], object]) -> None:
        call()


_relay: _GuiThreadRelay | None = None
_running: dict[Job, tuple[Thread, Callable[[], None]]] = {}
"""Each job's thread and the function it runs. Kept here, that function, and with it perhaps the last reference to a
window, is released on the GUI thread and not on its own."""


def run(
    asker: QObject,
    work: Callable[[], T],
    *,
    name: str,
    done: Callable[[T], object],
    failed: Callable[[str], object],
    expected: Expected,
) -> Job:
    """Run ``work`` on a thread of its own; on the GUI thread, ``done`` receives its result or ``failed`` a sentence."""

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
    """The same for work that yields several parts: ``got`` receives each as it is ready; ``ended`` follows the last."""
    global _relay
    relay = _relay = _relay or _GuiThreadRelay()
    job = Job(asker)

    def deliver(call: Callable[[], object]) -> None:
        relay.called.emit(partial(job.deliver, call))

    def on_thread() -> None:
        try:
            with closing(work()) as parts:
                for part in parts:
                    deliver(partial(got, part))
                    if not job.wanted:
                        return
            deliver(ended)
        except expected as error:
            log.warning("%s: %s", name, type(error).__name__)
            deliver(partial(failed, translated(error)))
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
            deliver(partial(failed, _(OUR_FAULT)))
        finally:
            relay.called.emit(partial(_forget, job))

    collector.suspend()
    thread = Thread(target=on_thread, name=name, daemon=True)
    _running[job] = thread, on_thread
    thread.start()
    return job


def _forget(job: Job) -> None:
    """On the GUI thread: forget a job whose thread has delivered everything and is about to end."""
    _running[job][0].join()
    del _running[job]
    collector.resume()


def is_busy() -> bool:
    """Whether any work is in progress."""
    return bool(_running)


def finish(seconds: float) -> bool:
    """When the app ends: deliver nothing more and wait up to ``seconds``; whether all work has ended by then."""
    until = monotonic() + seconds
    threads = [thread for thread, _unused in _running.values()]
    for job in _running:
        job.drop()
    for thread in threads:
        thread.join(max(0.0, until - monotonic()))
    return not any(thread.is_alive() for thread in threads)
