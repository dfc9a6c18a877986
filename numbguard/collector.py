"""Switches Python's garbage collector off while one of our threads runs.

The collector runs on the thread that happens to trigger it, and destroying a Qt object off the GUI thread crashes the
process. Called by the modules that start threads, ``ui/worker.py`` and ``desktop/notify/plyer.py``, on any thread.
"""

from __future__ import annotations

import gc
from threading import Lock

_lock = Lock()
_holders = 0
_was_on = True


def hold() -> None:
    """Switch the collector off until ``let_go`` has been called as many times as ``hold``."""
    global _holders, _was_on
    with _lock:
        if not _holders:
            _was_on = gc.isenabled()
            gc.disable()
        _holders += 1


def let_go() -> None:
    """Undo one ``hold``; the last one restores the collector's former state."""
    global _holders
    with _lock:
        _holders -= 1
        if not _holders and _was_on:
            gc.enable()
