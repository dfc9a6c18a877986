"""Switches Python's garbage collector off while one of our threads runs.

The collector runs on the thread that happens to trigger it, and destroying a Qt object off the GUI thread crashes the
process. Called by the modules that start threads, ``ui/worker.py`` and ``desktop/notify/plyer.py``, on any thread.
"""

from __future__ import annotations

import gc
from threading import Lock

_lock = Lock()
_suspensions = 0
_was_on = True


def suspend() -> None:
    """Switch the collector off until ``resume`` has been called as many times."""
    global _suspensions, _was_on
    with _lock:
        if not _suspensions:
            _was_on = gc.isenabled()
            gc.disable()
        _suspensions += 1


def resume() -> None:
    """Undo one ``suspend``; the last one restores the collector's former state."""
    global _suspensions
    with _lock:
        _suspensions -= 1
        if not _suspensions and _was_on:
            gc.enable()
