"""Tracks one spell without input for event sources: its beginning, and its length at any later moment.

The event-driven backends use it on the GUI thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable


class IdleSpell:
    """Calls ``report`` with the length so far when a spell begins, then with its whole length and 0 when it ends."""

    def __init__(self, report: Callable[[float | None], None]) -> None:
        self._report = report
        self._since: float | None = None

    @property
    def seconds(self) -> float:
        """Length of the present spell in real seconds; 0 when there is none."""
        return 0.0 if self._since is None else time.monotonic() - self._since

    def lasts(self, seconds: float) -> None:
        """Record that there has been no input for this many real seconds, and report the spell."""
        since = time.monotonic() - seconds
        # Two notifications may describe the same spell; the earlier beginning is the true one.
        self._since = since if self._since is None else min(self._since, since)
        self._report(self.seconds)

    def ends(self) -> None:
        """Record that input has resumed. The length is reported before the 0, so that it does not count as work."""
        if self._since is not None:
            length, self._since = self.seconds, None
            self._report(length)
            self._report(0.0)

    def forget(self) -> None:
        """Drop the spell without a report."""
        self._since = None
