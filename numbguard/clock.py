"""The clocks of this machine, run ``speed`` times as fast for a demonstration or a test.

Called by the runtime on the GUI thread, for every input's moment.
"""

from __future__ import annotations

import time
from datetime import datetime

from .core.model import Instant

_BOOTTIME = getattr(time, "CLOCK_BOOTTIME", None)


class SystemClock:
    """``now`` gives both clocks; from the moment of construction on they run ``speed`` times as fast (1–600)."""

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._wall = time.time()
        self._mono = time.monotonic()

    def now(self) -> Instant:
        wall, mono = time.time(), time.monotonic()
        if self.speed != 1.0:
            wall = self._wall + (wall - self._wall) * self.speed
            mono = self._mono + (mono - self._mono) * self.speed
        return Instant(datetime.fromtimestamp(wall).astimezone(), mono)

    def suspended_s(self) -> float | None:
        """Seconds (at this clock's speed) the machine has slept since it booted; ``None`` where it does not say.

        Linux counts sleep in CLOCK_BOOTTIME and leaves it out of CLOCK_MONOTONIC (clock_gettime(2)).
        """
        if _BOOTTIME is None:
            return None
        return (time.clock_gettime(_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)) * self.speed
