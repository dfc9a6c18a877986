"""The roles of our widgets for a screen reader, where Qt would give them other ones.

Windows and widgets call it on the GUI thread; `accessible` tells Qt. It has nothing that only a screen reader needs,
because most people have none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView, QWidget

Role = QAccessible.Role

ROLE: Final = "screenReaderRole"
"""The property of a widget that has its role, as a number: it lives as long as the widget."""
APART: Final = "screenReaderApart"
"""The object name of a part that lies on a table or a list, where Qt shows a screen reader nothing but entries."""


def set_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Give a widget this role; only for widgets that have no actions of their own, such as pictures and groups."""
    number = role.value
    if widget.property(ROLE) == number:
        return
    widget.setProperty(ROLE, number)
    if QAccessible.isActive() and hasattr(QAccessible.Event, "RoleChanged"):  # since Qt 6.11
        from PySide6.QtGui import QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.RoleChanged))


def choose_what_is_selected(view: QAbstractItemView) -> None:
    """Make the one entry that is selected in a view with a model the current one, too.

    A screen reader selects an entry and leaves the current one as it is, which is the one that our windows follow.
    """

    def follow() -> None:
        selected = view.selectionModel().selectedRows()
        if len(selected) == 1 and selected[0] != view.currentIndex():
            view.setCurrentIndex(selected[0])

    # A click or a key selects first and then moves the current entry, in one go.
    view.selectionModel().selectionChanged.connect(
        lambda *_change: QTimer.singleShot(0, view, follow) if QAccessible.isActive() else None
    )
