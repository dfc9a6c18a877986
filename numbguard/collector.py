"""Python's rubbish collector, held back while a thread of ours runs.

It collects on whichever thread makes the most rubbish, and a Qt object destroyed off the GUI thread is a crash. Used by
what starts threads: ``ui/worker.py`` and ``desktop/notify/plyer.py``.
"""

from __future__ import annotations

import gc
from threading import Lock

_lock = Lock()
_holders = 0
_was_on = True


def hold() -> None:
    """Collect nothing until ``let_go`` is called as often; on any thread."""
    global _holders, _was_on
    with _lock:
        if not _holders:
            _was_on = gc.isenabled()
            gc.disable()
        _holders += 1


def let_go() -> None:
    global _holders
    with _lock:
        _holders -= 1
        if not _holders and _was_on:
            gc.enable()
