"""The part of a scrolling widget in which its contents are seen. Called by the windows, on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

_NAME = "qt_scrollarea_viewport"
"""The name that Qt gives it."""


def viewport_of(view: QAbstractScrollArea) -> QWidget:
    """The same as ``view.viewport()``, without 2 MB.

    Qt made this widget, and PySide finds out which class it is: for ``viewport`` by creating every class that derives
    from ``QWidget``, each with all its methods and enums, which stay until the app ends; by its name, from Qt alone.
    """
    found = view.findChild(QWidget, _NAME, Qt.FindChildOption.FindDirectChildrenOnly)
    return found if found is not None else view.viewport()
