"""The hot keys of Windows' user32. ``windows`` uses it on the GUI thread; ``probe`` asks whether it is there. No Qt."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Protocol

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable


class HotKeyTable(Protocol):
    """What Windows does with hot keys of this thread."""

    def register(self, id: int, modifiers: int, key: int) -> int:
        """Returns 0, or the number of the error."""

    def unregister(self, id: int) -> None: ...


class WindowsHotKeyTable:
    """Asks user32. Raises ``Unavailable``."""

    def __init__(self) -> None:
        try:
            self._user: Any = ctypes.CDLL("user32", use_last_error=True)
        except (OSError, TypeError):
            raise Unavailable(N_("This is not Windows.")) from None

    def register(self, id: int, modifiers: int, key: int) -> int:
        if self._user.RegisterHotKey(None, id, modifiers, key):
            return 0
        last: Callable[[], int] = getattr(ctypes, "get_last_error", lambda: -1)
        return last() or -1

    def unregister(self, id: int) -> None:
        self._user.UnregisterHotKey(None, id)
