"""The log's figures of one day, as the journal counts them and the command line and its requests return them.

Pure data, on any thread. A module apart from ``ports``, so that a command-line verb need not load the ports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Counts and seconds of one local day."""

    breaks: Mapping[str, int]
    episodes: int
    seated_s: float
    longest_sitting_s: float
    habits: Mapping[str, int] = field(default_factory=dict)
    """The amount ticked, by the kind of habit."""
