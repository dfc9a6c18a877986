"""What the log knows of one day. Apart from the ports: a verb of the command line does not pay for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What happened on one local day."""

    breaks: Mapping[str, int]
    episodes: int
    seated_s: float
    longest_sitting_s: float
    habits: Mapping[str, int] = field(default_factory=dict)
    """What was ticked, by the kind of habit."""
