"""Lets Qt ask NumbGuard what its widgets are to a screen reader.

The application calls `install` once, on the GUI thread. Qt asks only while a screen reader or its like runs. Most
people have none, so the answers, with the classes that PySide creates for them, are imported at the first question.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface

_installed = False


def install() -> None:
    """Let Qt ask here first what a widget is; later calls change nothing."""
    global _installed
    if not _installed:
        _installed = True
        # PySide keeps the interfaces that the function makes alive, and Qt deletes them with their widgets.
        QAccessible.installFactory(_interface)


def _interface(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    from . import accessible

    return accessible.interface(thing)
