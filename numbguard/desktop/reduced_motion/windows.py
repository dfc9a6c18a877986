"""Less motion on Windows: *Animation effects* in the accessibility settings, by SPI_GETCLIENTAREAANIMATION.

``reduced_motion.choose`` builds it; it runs on the GUI thread. Written from Microsoft's documentation of
SystemParametersInfo; not yet run on a real Windows.
"""

from __future__ import annotations

import ctypes
from typing import Any

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable

_SPI_GETCLIENTAREAANIMATION = 0x1042


class WindowsMotion:
    """Works in every Windows session."""

    name = "windows"

    def __init__(self, user: Any = None) -> None:
        """``user`` replaces the library user32 in tests. Raises ``Unavailable``."""
        try:
            self._user = ctypes.CDLL("user32") if user is None else user
        except OSError:
            raise Unavailable(N_("Windows' library user32 is missing.")) from None

    def start(self) -> None:
        pass

    def is_wanted(self) -> bool:
        animates = ctypes.c_int(1)
        known = self._user.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animates), 0)
        return bool(known) and not animates.value

    def stop(self) -> None:
        pass
