"""The field that records the keys of a hot key. Made by the rows of the settings window, on the GUI thread.

It records from the moment when it gets the focus or is clicked until keys were pressed. Meanwhile it has the whole
keyboard where the system allows that, so that keys which another program has can be pressed and found to be taken.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from numbguard.core.settings.choices import NO_KEYS, KeyCombination
from numbguard.core.settings.key_combination import parts_of, read_combination
from numbguard.core.settings.table import SettingSpec
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.controls import passes_undo_on
from numbguard.wording.catalogue import _, translated

from .setting_field import SettingField, fill_with

_MODIFIERS = {
    Qt.KeyboardModifier.ControlModifier: "Ctrl",
    Qt.KeyboardModifier.AltModifier: "Alt",
    Qt.KeyboardModifier.ShiftModifier: "Shift",
    Qt.KeyboardModifier.MetaModifier: "Super",
}
_ONLY_MODIFIERS = (
    *(Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Shift, Qt.Key.Key_Meta, Qt.Key.Key_AltGr),
    *(Qt.Key.Key_Super_L, Qt.Key.Key_Super_R, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock),
)
_REMOVES = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


_LETS_GRAB = ("xcb", "windows")
"""Qt's platforms on which a window can have all keys for a moment."""
_META = "Meta"
"""What Qt calls the key with the Windows sign."""


def say_keys(combination: KeyCombination) -> str:
    """The keys as they are called on this system and in the person's language."""
    shown = QKeySequence(combination.replace("Super", _META)).toString(QKeySequence.SequenceFormat.NativeText)
    return shown.replace(_META, "Win" if sys.platform == "win32" else "Super")


class KeyField(SettingField):
    """A field that takes the next keys as a whole; Backspace alone removes them, Tab goes on."""

    beside = True
    recording = Signal(bool)
    """Whether it waits for keys."""

    def __init__(self, spec: SettingSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = _KeyLine(self)
        self._line.setAccessibleName(translated(spec.title))
        how = _("Press the keys you want; Backspace removes them.")
        self._line.setAccessibleDescription(f"{translated(spec.hint)} {how}")
        self._line.setToolTip(how)
        self._line.setMinimumSize(round(theme.unit() * 12), round(theme.unit() * 2))
        self._line.recorded.connect(self.value_set)
        self._line.refused.connect(self.refused)
        self._line.recording.connect(self.recording)
        fill_with(self, self._line)
        self.setFocusProxy(self._line)

    def show_value(self, value: object) -> None:
        assert isinstance(value, KeyCombination)
        self._line.show_keys(say_keys(value))


class _KeyLine(QLineEdit):
    recorded = Signal(object)
    refused = Signal(str)
    recording = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")
        self.setReadOnly(True)
        self.setPlaceholderText(_("not set"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._records = False
        self._before = ""
        """The text to show again if no keys are pressed."""

    def show_keys(self, text: str) -> None:
        if self._records:
            self._before = text
        else:
            self.setText(text)

    def event(self, event: QEvent) -> bool:
        if passes_undo_on(event):
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not _goes_on(event):
            event.accept()  # the keys are recorded here, even those that the window uses itself
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._records:
            self._end()
        elif _goes_on(event):
            event.ignore()
        elif event.key() in _REMOVES and not _names(event):
            self._end()
            self.recorded.emit(NO_KEYS)
        elif event.key() not in _ONLY_MODIFIERS:
            self._record(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._begin()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._begin()

    def _begin(self) -> None:
        if self._records:
            return
        self._records, self._before = True, self.text()
        self.setText("")
        self.setPlaceholderText(_("Press the keys"))
        if QGuiApplication.platformName() in _LETS_GRAB:
            self.grabKeyboard()
        self.recording.emit(True)

    def _end(self) -> None:
        if not self._records:
            return
        self._records = False
        if QGuiApplication.platformName() in _LETS_GRAB:
            self.releaseKeyboard()
        self.setPlaceholderText(_("not set"))
        self.setText(self._before)
        self.recording.emit(False)

    def _record(self, event: QKeyEvent) -> None:
        self._end()
        key = QKeySequence(event.key()).toString(QKeySequence.SequenceFormat.PortableText)
        try:
            combination = read_combination("+".join([*_names(event), key]))
        except ValueError:
            self.refused.emit(_("Use a letter, a digit or a named key together with Ctrl, Alt or the Windows key."))
            return
        modifiers, key = parts_of(combination)
        if modifiers == {"Ctrl"} and len(key) == 1:
            words = _("Many programs use {keys} themselves. Add Alt or Shift.")
            self.refused.emit(words.format(keys=say_keys(combination)))
        else:
            self.recorded.emit(combination)


def _names(event: QKeyEvent) -> list[str]:
    return [name for modifier, name in _MODIFIERS.items() if event.modifiers() & modifier]


def _goes_on(event: QKeyEvent) -> bool:
    """Whether the key is for the window: Esc, Tab and Shift+Tab."""
    alone = not [name for name in _names(event) if name != "Shift"]
    return alone and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
