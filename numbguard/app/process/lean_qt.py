"""Imports PySide6 without the import hook that it installs.

``numbguard run`` and ``numbguard report`` call it once, on the main thread, before they import anything else from Qt.
"""

from __future__ import annotations

import builtins
import linecache


def import_qt() -> None:
    """Import PySide6, restore Python's own import function, and free the source that was read.

    PySide6 replaces ``builtins.__import__`` to support ``from __feature__ import …``, which NumbGuard does not use.
    The replacement reads and keeps the source of every module imported from then on: megabytes of memory for nothing.
    """
    own = builtins.__import__
    import PySide6.QtCore  # noqa: F401  # imported for its side effect

    builtins.__import__ = own
    linecache.clearcache()
