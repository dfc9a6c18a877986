"""Whether other windows cover one of ours, so that nothing moves that nobody sees.

``ui.picture.frames`` asks, on the GUI thread. Under Wayland and on macOS Qt itself is told, and reports such a window
as not exposed. Under X11 nobody tells a program whose windows a compositing manager draws, so ``x11`` looks. Windows
tells no program either; there a covered window counts as seen.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QGuiApplication

from numbguard.desktop import Unavailable


class CoverSense(Protocol):
    """Looks each time that it is asked; an answer takes less than a millisecond."""

    def is_covered(self, window: int) -> bool:
        """Whether nothing of this window can be seen; ``False`` where that is unknown."""

    def close(self) -> None: ...


def cover_sense() -> CoverSense | None:
    """The sense for this desktop; ``None`` where Qt's own word is all there is. Close it when it is no longer asked."""
    if QGuiApplication.platformName() != "xcb":
        return None
    from .x11 import XCoverSense

    try:
        return XCoverSense()
    except Unavailable:
        return None
