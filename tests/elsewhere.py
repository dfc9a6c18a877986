"""NumbGuard on a simulated system: ``python -m tests.elsewhere SYSTEM WORDS``, for ``tests.test_elsewhere``.

Removes what Python has on Linux but not on Windows, on macOS, or on a Linux without a desktop, makes Python report that
system, and runs the command line. It cannot supply what only a real Windows or macOS has: their libraries are missing
here, as are the desktop's, so each backend has to report that it is unavailable. Substitutes stand in for Windows' file
lock and socket pairs; NumbGuard cannot tell the difference.
"""

from __future__ import annotations

import importlib
import os
import signal
import socket
import sys
import time
from types import ModuleType

# Modules that read sys.platform while Python imports them have to see the true one.
_TRUE_TO_THIS_SYSTEM = (
    *("ctypes.util", "email", "logging.handlers", "multiprocessing", "platformdirs", "plistlib", "shutil", "sqlite3"),
    *("subprocess", "tempfile", "threading", "tomlkit", "uuid", "webbrowser"),
)
_QT = ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtSvg")
_OF_LINUX_ALONE = ("jeepney", "Xlib", "gi", "dbus", "pyudev")
_OF_UNIX = ("fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty")
_NOT_ON_MACOS = {
    os: ("O_PATH", "eventfd", "memfd_create", "pidfd_open", "sched_getaffinity"),
    socket: ("SOCK_CLOEXEC", "SOCK_NONBLOCK", "SO_PEERCRED", "AF_NETLINK"),
    time: ("CLOCK_BOOTTIME",),
}
_NOT_ON_WINDOWS = {
    os: (
        *("O_PATH", "O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "fchmod", "fork", "getuid", "geteuid"),
        *("getgid", "getegid", "killpg", "mkfifo", "statvfs", "eventfd", "sched_getaffinity", "uname"),
    ),
    socket: ("AF_UNIX", "SOCK_CLOEXEC", "SOCK_NONBLOCK", "SO_PEERCRED", "AF_NETLINK"),
    signal: ("SIGHUP", "SIGUSR1", "SIGUSR2", "SIGKILL", "SIGALRM", "SIGCHLD", "SIGPIPE"),
    time: ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC", "clock_gettime", "tzset"),
}


def be(system: str, *, with_qt: bool) -> None:
    """Pretend from now on to be ``win32``, ``darwin`` or ``linux``."""
    for name in (*_TRUE_TO_THIS_SYSTEM, *(_QT if with_qt else ())):
        importlib.import_module(name)
    blocked = _OF_LINUX_ALONE
    if system == "win32":
        sys.modules["msvcrt"] = _windows_locks()
        pair, family = socket.socketpair, socket.AF_UNIX
        socket.socketpair = lambda *_: pair(family)
        blocked += _OF_UNIX
    for module, names in ({"win32": _NOT_ON_WINDOWS, "darwin": _NOT_ON_MACOS}.get(system) or {}).items():
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    # With None in sys.modules, Python cannot import the module.
    sys.modules.update(dict.fromkeys(blocked))
    sys.platform = system


def _windows_locks() -> ModuleType:
    """The part of ``msvcrt`` that locks a file."""
    import fcntl

    module, how = ModuleType("msvcrt"), {2: fcntl.LOCK_EX | fcntl.LOCK_NB, 0: fcntl.LOCK_UN}
    vars(module).update(
        LK_NBLCK=2, LK_UNLCK=0, locking=lambda descriptor, mode, _bytes: fcntl.flock(descriptor, how[mode])
    )
    return module


if __name__ == "__main__":
    be(sys.argv.pop(1), with_qt="run" in sys.argv)
    from numbguard.cli.main import main

    sys.exit(main())
