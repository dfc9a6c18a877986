"""What our widgets are to a screen reader, where Qt would say something else or nothing.

`screen_reader` imports it when a screen reader or its like first asks, on the GUI thread.

Qt gives a plain window the role of a filler, so that no screen reader says that a window has opened. Under Linux it
names a combo box by the choice that is made in it, and leaves the rest to a label beside it, which ours do not have.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAccessibleWidget,
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QMenu,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QWidget,
)

from numbguard.wording.catalogue import N_, _

from .roles import APART, ROLE, Role

_OWN_WINDOWS: Final = (Qt.WindowType.Window, Qt.WindowType.Tool)
"""The kinds of top-level windows that are ours; menus, tool tips and lists that drop down are others."""

_PLAIN: Final = {QWidget: Role.Client, QFrame: Role.Border}
"""Widgets of Qt that only show or contain something, with their roles there."""

_CHOICES_OF_QT: Final = {"lookInCombo": N_("Folder"), "fileTypeCombo": N_("Kind of file")}
"""The combo boxes of Qt's dialogue for files, by their object names."""


class _Plain(QAccessibleWidget):
    """A window, or a part without a role of its own in Qt, whose role may be set and may change at any time."""

    def role(self) -> QAccessible.Role:
        widget = self.widget()
        number = widget.property(ROLE)
        if number is not None:
            return Role(number)
        if widget.isWindow():
            return Role.Window if widget.windowType() in _OWN_WINDOWS else super().role()
        if not self.text(QAccessible.Text.Name):  # its own, or that of the label beside it
            return super().role()
        # What is painted and has a name is a picture; what has parts and a name is a group of them.
        return Role.Grouping if any(isinstance(part, QWidget) for part in widget.children()) else Role.Graphic


class _Window(_Plain):
    """A window, or a part that may become one, with what Qt leaves out of its tree: popups, and parts on a table."""

    def _apart(self) -> list[QObject]:
        window = self.widget()
        parts: list[QObject] = [part for part in window.findChildren(QWidget, APART) if part.isVisible()]
        popup = QApplication.activePopupWidget()
        opener = popup.parentWidget() if popup is not None else None
        # The list of a combo box belongs to the box.
        if popup is not None and opener is not None and opener.window() is window and not isinstance(opener, QComboBox):
            parts.append(popup)
        return parts

    def childCount(self) -> int:
        return super().childCount() + len(self._apart())

    # The stubs do not know that there may be no such child.
    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        before = super().childCount()
        if index < before:
            return super().child(index)
        apart = self._apart()
        return QAccessible.queryAccessibleInterface(apart[index - before]) if index - before < len(apart) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        apart = self._apart()
        if child.object() in apart:
            return super().childCount() + apart.index(child.object())
        return super().indexOfChild(child)


class _Button(QAccessibleWidget):
    """A button that a screen reader presses as a click does.

    Qt offers nothing but *Toggle* for a radio button, and then only changes the mark: nobody hears of the choice.
    """

    def _button(self) -> QAbstractButton:
        button = self.widget()
        assert isinstance(button, QAbstractButton)
        return button

    def _menu(self) -> QMenu | None:
        button = self.widget()
        return button.menu() if isinstance(button, QPushButton) else None

    def role(self) -> QAccessible.Role:
        button = self._button()
        if self._menu() is not None:
            return Role.ButtonMenu
        if not button.isCheckable():
            return Role.Button
        return Role.RadioButton if button.autoExclusive() else Role.CheckBox

    def text(self, kind: QAccessible.Text) -> str:
        button = self._button()
        if kind is QAccessible.Text.Name and not button.accessibleName():
            return button.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
        if kind is QAccessible.Text.Accelerator:
            return QKeySequence.mnemonic(button.text()).toString(QKeySequence.SequenceFormat.NativeText)
        return super().text(kind)

    def state(self) -> QAccessible.State:
        state, button = super().state(), self._button()
        state.checkable, state.checked, state.pressed = button.isCheckable(), button.isChecked(), button.isDown()
        state.hasPopup = self._menu() is not None
        state.defaultButton = isinstance(button, QPushButton) and button.isDefault()
        return state

    def actionNames(self) -> list[str]:
        button = self._button()
        if not button.isEnabled():
            return []
        does = {Role.ButtonMenu: ["ShowMenu"], Role.Button: ["Press"]}.get(self.role(), ["Press", "Toggle"])
        return does if button.focusPolicy() is Qt.FocusPolicy.NoFocus else [*does, "SetFocus"]

    def doAction(self, name: str) -> None:
        button = self._button()
        # What opens next may wait for an answer, and the screen reader waits for this call.
        if name in ("Press", "Toggle"):
            QTimer.singleShot(0, button, button.click)
        elif name == "ShowMenu" and isinstance(button, QPushButton):
            QTimer.singleShot(0, button, button.showMenu)
        elif name == "SetFocus":
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyBindingsForAction(self, _name: str) -> list[str]:
        letter = self.text(QAccessible.Text.Accelerator)
        return [letter] if letter else []


class _NamedChoice(QAccessibleWidget):
    """A combo box that is named by what it chooses, with the choice after it."""

    def _box(self) -> QComboBox:
        box = self.widget()
        assert isinstance(box, QComboBox)
        return box

    def text(self, kind: QAccessible.Text) -> str:
        chosen = self._box().currentText()
        if kind is QAccessible.Text.Value:
            return chosen
        if kind is QAccessible.Text.Name:
            of_qt = _CHOICES_OF_QT.get(self._box().objectName(), "")
            name = self._box().accessibleName() or _(of_qt)
            # Translators: What a screen reader says of a choice, like "Side: left".
            return _("{name}: {choice}").format(name=name, choice=chosen) if name else chosen
        return super().text(kind)

    def state(self) -> QAccessible.State:
        state = super().state()
        state.expandable = state.hasPopup = True
        state.expanded = self._list() is not None
        return state

    def _list(self) -> QWidget | None:
        """What has dropped down from the box, if anything has. Asking the box itself would make its list."""
        popup = QApplication.activePopupWidget()
        return popup if popup is not None and popup.parentWidget() is self.widget() else None

    def childCount(self) -> int:
        return int(self._list() is not None)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        dropped = self._list()
        return QAccessible.queryAccessibleInterface(dropped) if index == 0 and dropped is not None else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return 0 if child.object() is self._list() else -1

    def actionNames(self) -> list[str]:
        return ["ShowMenu", "SetFocus", "Increase", "Decrease"] if self._box().isEnabled() else []

    def doAction(self, name: str) -> None:
        box = self._box()
        at = box.currentIndex()
        if name == "ShowMenu":
            box.showPopup()
        elif name == "SetFocus":
            box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif name == "Increase" and at + 1 < box.count():
            box.setCurrentIndex(at + 1)
        elif name == "Decrease" and at > 0:
            box.setCurrentIndex(at - 1)


def interface(thing: QObject) -> QAccessibleInterface | None:
    """What answers for an object; `None` for those that Qt knows well enough."""
    if not isinstance(thing, QWidget):
        return None
    if isinstance(thing, QComboBox):
        return _NamedChoice(thing, Role.ComboBox)
    if isinstance(thing, QPushButton | QCheckBox | QRadioButton):
        return _Button(thing, Role.Button)
    if isinstance(thing, QScrollBar) and not thing.accessibleName():
        upright = thing.orientation() is Qt.Orientation.Vertical
        thing.setAccessibleName(_("Scroll up and down") if upright else _("Scroll sideways"))
        return None
    # Qt has nothing special for these. Some are asked for before they have a parent, or a role.
    kind = next(base for base in type(thing).__mro__ if base in _PLAIN or base.__module__.startswith("PySide6."))
    role = _PLAIN.get(kind)
    if role is None:
        return None
    return _Window(thing, role) if thing.parentWidget() is None or thing.isWindow() else _Plain(thing, role)
