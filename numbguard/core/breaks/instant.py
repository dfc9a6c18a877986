"""One reading of both clocks, which every input carries. Used on any thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo


@dataclass(frozen=True, slots=True)
class Instant:
    """One reading of both clocks: ``wall`` (aware, local offset) for dates, ``mono`` (seconds) for durations.

    ``zone`` gives the local time at other moments, also beyond a change to summer time; without it, the offset of
    ``wall`` is assumed to hold for ever.
    """

    wall: datetime
    mono: float
    zone: tzinfo | None = None

    @property
    def local(self) -> tzinfo:
        zone = self.zone or self.wall.tzinfo
        assert zone is not None, "a moment without an offset"
        return zone
