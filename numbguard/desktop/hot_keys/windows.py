"""Hot keys on Windows: ``RegisterHotKey``, and its messages in the queue of the GUI thread.

``choose`` builds it; it runs on the GUI thread. Written from Microsoft's documentation and tried with a stand-in only.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from numbguard.core.sentence import sentence
from numbguard.core.settings.choices import KeyCombination
from numbguard.core.settings.key_combination import FUNCTION_KEYS, parts_of

from .windows_table import HotKeyTable, WindowsHotKeyTable
from .words import BY_WINDOWS

_ALREADY_REGISTERED: Final = 1409
_NO_REPEAT: Final = 0x4000
_MODIFIERS: Final = {"Alt": 1, "Ctrl": 2, "Shift": 4, "Super": 8}
_WM_HOTKEY: Final = 0x0312
_FIRST_ID: Final = 0x4E47
"""Ids up to 0xBFFF are a program's own."""
_VIRTUAL_KEYS: Final[Mapping[str, int]] = {
    **{name: 0x70 + number for number, name in enumerate(FUNCTION_KEYS)},
    "Space": 0x20,
    "Return": 0x0D,
    "Backspace": 0x08,
    "Ins": 0x2D,
    "Del": 0x2E,
    "Home": 0x24,
    "End": 0x23,
    "PgUp": 0x21,
    "PgDown": 0x22,
    "Left": 0x25,
    "Up": 0x26,
    "Right": 0x27,
    "Down": 0x28,
    "Pause": 0x13,
    "Print": 0x2C,
    "ScrollLock": 0x91,
    ";": 0xBA,
    "=": 0xBB,
    ",": 0xBC,
    "-": 0xBD,
    ".": 0xBE,
    "/": 0xBF,
    "`": 0xC0,
    "[": 0xDB,
    "\\": 0xDC,
    "]": 0xDD,
    "'": 0xDE,
}
"""Of the named keys and signs, the latter on an American keyboard; letters and digits have their characters."""


class _Message(ctypes.Structure):
    """The beginning of MSG."""

    _fields_ = [
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("w", ctypes.c_size_t),
        ("l", ctypes.c_ssize_t),
    ]


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, pressed: Callable[[int], None]) -> None:
        super().__init__()
        self._pressed = pressed

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        found = _Message.from_address(int(message))
        if found.message != _WM_HOTKEY:
            return False, 0
        self._pressed(found.w)
        return True, 0


class WindowsHotKeys:
    """Works in every Windows session."""

    name = "windows"
    available: bool | None = True
    can_suspend = True
    detail = BY_WINDOWS
    notes: Mapping[str, str] = {}

    def __init__(self, table: HotKeyTable | None = None) -> None:
        """``table`` replaces Windows in tests. Raises ``Unavailable``."""
        self._table: HotKeyTable = WindowsHotKeyTable() if table is None else table
        self._pressed: Callable[[str], None] = lambda name: None
        self._names: dict[int, str] = {}
        self._filter: _Filter | None = None
        self.troubles: dict[str, str] = {}

    def start(self, pressed: Callable[[str], None], changed: Callable[[], None]) -> None:
        self._pressed = pressed

    def bind(self, keys: Mapping[str, KeyCombination]) -> None:
        self._release()
        self.troubles = {}
        for id, (name, combination) in enumerate(keys.items(), start=_FIRST_ID):
            modifiers, key = parts_of(combination)
            mask = sum(_MODIFIERS[one] for one in modifiers) | _NO_REPEAT
            error = self._table.register(id, mask, _VIRTUAL_KEYS.get(key) or ord(key))
            if not error:
                self._names[id] = name
            elif error == _ALREADY_REGISTERED:
                self.troubles[name] = sentence("Another program already uses {keys}. Choose another.", keys=combination)
            else:
                self.troubles[name] = sentence("Windows refused {keys}. Choose another.", keys=combination)
        application = QCoreApplication.instance()
        if self._names and self._filter is None and application is not None:
            self._filter = _Filter(self.received)
            application.installNativeEventFilter(self._filter)

    def stop(self) -> None:
        self._release()
        application = QCoreApplication.instance()
        if self._filter is not None and application is not None:
            application.removeNativeEventFilter(self._filter)
        self._filter = None

    def received(self, id: int) -> None:
        """Handle the message that the hot key with this id was pressed."""
        if (name := self._names.get(id)) is not None:
            self._pressed(name)

    def _release(self) -> None:
        for id in self._names:
            self._table.unregister(id)
        self._names.clear()
