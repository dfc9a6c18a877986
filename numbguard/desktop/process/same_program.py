"""Puts a fresh NumbGuard in place of this process: the same program and words, the same process id (execve(2)).

``numbguard run`` calls ``begin_again`` on the main thread, after the app has ended, and the app asks before it whether
that is possible. The libraries that talk to the display, to the buses and to the log opened their descriptors so that
the system closes them then; so nothing of the former process is left.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import NoReturn


def can_begin_again() -> bool:
    """Whether the program from which this process was started is still there. Linux only."""
    return sys.platform == "linux" and bool(sys.executable) and os.access(sys.executable, os.X_OK)


def begin_again() -> NoReturn:
    """Run this program again. Raises ``OSError`` where the system cannot."""
    if sys.platform == "win32":  # where exec starts another process and ends this one
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    words = _words()
    os.execve(words[0], words, _environment())


def _words() -> tuple[str, ...]:
    """Return the words that started this process, with the options of Python itself."""
    return (sys.executable, *(sys.argv[1:] if _is_bundle() else sys.orig_argv[1:]))


def _environment() -> dict[str, str]:
    # Without it, the loader of the bundle would take the new process for a child of the former one.
    return {**os.environ, "PYINSTALLER_RESET_ENVIRONMENT": "1"} if _is_bundle() else dict(os.environ)


def _is_bundle() -> bool:
    return bool(getattr(sys, "frozen", False))
