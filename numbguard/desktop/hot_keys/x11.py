"""Hot keys under X11: keys grabbed at the X server.

``choose`` builds it; it runs on the GUI thread. A grab is for exactly one set of modifiers, and Num Lock and Caps Lock
are modifiers too: each key is grabbed for every state of the locks. A key that another program has grabbed is refused,
and that is said. While a key is held, the server repeats it as a release and a press at the same time; only the first
press counts. When the keyboard's layout changes, the keys are grabbed anew, as they may have moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from PySide6.QtCore import QSocketNotifier, QTimer

from numbguard.core.sentence import N_, sentence
from numbguard.core.settings.choices import KeyCombination
from numbguard.core.settings.key_combination import FUNCTION_KEYS, parts_of
from numbguard.desktop import Unavailable

from .words import BY_X11
from .x11_keyboard import CONTROL, MAPPING, RELEASED, SHIFT, KeyMapping, XKeyboard, open_keyboard

_REPEAT_MS: Final = 20
"""A press within this many milliseconds of the key's release is the server's repeating, not a person."""
_WRAP: Final = 2**32
"""Times of the X server are milliseconds, modulo this."""

_KEYSYMS: Final[Mapping[str, int]] = {
    **{name: 0xFFBE + number for number, name in enumerate(FUNCTION_KEYS)},
    "Space": 0x20,
    "Return": 0xFF0D,
    "Backspace": 0xFF08,
    "Ins": 0xFF63,
    "Del": 0xFFFF,
    "Home": 0xFF50,
    "Left": 0xFF51,
    "Up": 0xFF52,
    "Right": 0xFF53,
    "Down": 0xFF54,
    "PgUp": 0xFF55,
    "PgDown": 0xFF56,
    "End": 0xFF57,
    "Pause": 0xFF13,
    "Print": 0xFF61,
    "ScrollLock": 0xFF14,
}
"""Of the named keys; those of letters, digits and signs are their characters (X11/keysymdef.h)."""


class X11HotKeys:
    """Works with an X server of this machine that is not XWayland. Raises ``Unavailable``."""

    name = "x11"
    can_suspend = True
    notes: Mapping[str, str] = {}

    def __init__(self) -> None:
        open_keyboard().close()
        self._keyboard: XKeyboard | None = None
        self._notifier: QSocketNotifier | None = None
        self._lost = False
        self._pressed: Callable[[str], None] = lambda name: None
        self._changed: Callable[[], None] = lambda: None
        self._keys: Mapping[str, KeyCombination] = {}
        self._mapping: KeyMapping | None = None
        self._grabbed: dict[tuple[int, int], str] = {}
        """The name of each hot key, by its code and its modifiers without the locks."""
        self._released: dict[int, int] = {}
        """When each key was released last, by its code."""
        self.troubles: dict[str, str] = {}

    @property
    def available(self) -> bool | None:
        return not self._lost

    @property
    def detail(self) -> str:
        return N_("The X server has ended the connection.") if self._lost else BY_X11

    def start(self, pressed: Callable[[str], None], changed: Callable[[], None]) -> None:
        self._pressed, self._changed = pressed, changed

    def bind(self, keys: Mapping[str, KeyCombination]) -> None:
        self._release()
        self.troubles = {}
        self._keys = keys
        if not keys:
            self._close()
            return
        if self._keyboard is None:
            try:
                self._keyboard = open_keyboard()
            except Unavailable:
                self._lost = True
                return
            self._notifier = QSocketNotifier(self._keyboard.descriptor, QSocketNotifier.Type.Read)
            self._notifier.activated.connect(self._receive)
        self._grab_all(self._keyboard)

    def stop(self) -> None:
        self._keys, self.troubles = {}, {}
        self._close()

    def _grab_all(self, keyboard: XKeyboard) -> None:
        self._mapping = mapping = keyboard.mapping()
        for name, combination in self._keys.items():
            modifiers, key = parts_of(combination)
            code = mapping.codes.get(_KEYSYMS.get(key) or ord(key.lower()))
            if code is None:
                self.troubles[name] = sentence("Your keyboard has no key “{key}”. Choose another.", key=key)
                continue
            mask = _mask(modifiers, mapping)
            states = list(_states(mapping.locks))
            taken = [keyboard.grab(code, mask | state) for state in states]
            if all(taken):
                self._grabbed[code, mask] = name
                continue
            for state, ours in zip(states, taken, strict=True):
                if ours:
                    keyboard.ungrab(code, mask | state)
            self.troubles[name] = sentence("Another program already uses {keys}. Choose another.", keys=combination)
        # Reading the answers also read any events behind them, for which the notifier will not fire again.
        QTimer.singleShot(0, self._receive)

    def _receive(self, *_: object) -> None:
        keyboard = self._keyboard
        if keyboard is None:
            return
        moved = False
        for event in keyboard.key_events():
            if event.kind == MAPPING:
                moved = True
            elif event.kind == RELEASED:
                self._released[event.code] = event.time_ms
            elif self._mapping and not self._is_repeat(event.code, event.time_ms):
                mask = event.modifiers & 0xFF & ~self._mapping.locks
                if (name := self._grabbed.get((event.code, mask))) is not None:
                    self._pressed(name)
        if not keyboard.alive:
            self._close()
            self._lost = True
            self._changed()
        elif moved and self._keyboard:
            self.bind(self._keys)
            self._changed()

    def _is_repeat(self, code: int, time_ms: int) -> bool:
        released = self._released.get(code)
        return released is not None and (time_ms - released) % _WRAP < _REPEAT_MS

    def _release(self) -> None:
        """Give the keys back."""
        if self._keyboard and self._mapping:
            for code, mask in self._grabbed:
                for state in _states(self._mapping.locks):
                    self._keyboard.ungrab(code, mask | state)
        self._grabbed.clear()

    def _close(self) -> None:
        if self._notifier:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._keyboard:
            self._keyboard.close()  # the server gives the keys back
            self._keyboard = None
        self._grabbed.clear()


def _mask(modifiers: frozenset[str], mapping: KeyMapping) -> int:
    bits = {"Shift": SHIFT, "Ctrl": CONTROL, "Alt": mapping.alt, "Super": mapping.super}
    mask = 0
    for name in modifiers:
        mask |= bits[name]
    return mask


def _states(locks: int) -> Iterator[int]:
    """Every state of the locks, as a modifier mask."""
    bits = [1 << place for place in range(8) if locks & 1 << place]
    for number in range(1 << len(bits)):
        yield sum(bit for place, bit in enumerate(bits) if number & 1 << place)
