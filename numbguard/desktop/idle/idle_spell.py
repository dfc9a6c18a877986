"""One spell without input, as event sources learn of it: when it began, and its length at any moment since.

Used by the backends that are told rather than asked; on the GUI thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable


class IdleSpell:
    """``report`` hears of the beginning, and of the whole length and then nought at the end."""

    def __init__(self, report: Callable[[float | None], None]) -> None:
        self._report = report
        self._since: float | None = None

    @property
    def seconds(self) -> float:
        """How long nobody has typed or moved the pointer; nought while somebody does."""
        return 0.0 if self._since is None else time.monotonic() - self._since

    def lasts(self, seconds: float) -> None:
        """There was no input for this long."""
        since = time.monotonic() - seconds
        # Two notifications tell of the same spell; the one that knows of the earlier beginning is right.
        self._since = since if self._since is None else min(self._since, since)
        self._report(self.seconds)

    def ends(self) -> None:
        """Somebody is back; the length comes first, so that it is not taken for work."""
        if self._since is not None:
            length, self._since = self.seconds, None
            self._report(length)
            self._report(0.0)

    def forget(self) -> None:
        """Nothing is known any longer."""
        self._since = None
