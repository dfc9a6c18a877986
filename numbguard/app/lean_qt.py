"""Imports PySide6 without what it does to every import after it.

Called once by ``numbguard run`` before anything else of Qt is imported, on the main thread.
"""

from __future__ import annotations

import builtins


def import_qt() -> None:
    """Import PySide6 and put Python's own import function back.

    PySide6 replaces ``builtins.__import__`` for the sake of ``from __feature__ import …``, which NumbGuard does not
    use. From then on the source of every module imported is read and kept: megabytes of memory for nothing.
    """
    own = builtins.__import__
    import PySide6.QtCore  # noqa: F401  # imported for what it sets up

    builtins.__import__ = own
