"""The part of a scrolling widget in which its contents are seen, and what the pointer is over in it.

Called by the windows, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QCursor
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


def is_under_pointer(view: QAbstractScrollArea, place: QRect) -> bool:
    """Whether the pointer is over this part of what a view shows.

    A delegate could ask ``option.state``, too, but PySide creates the 566 enum members of ``QStyle`` for it, half a
    megabyte.
    """
    shown = viewport_of(view)
    return shown.underMouse() and place.contains(shown.mapFromGlobal(QCursor.pos()))
