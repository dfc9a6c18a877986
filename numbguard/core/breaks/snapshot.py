"""What may be shown of the engine's state: given by the engine, drawn by windows and ``numbguard status``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from numbguard.core.log.records import Seat

from .instant import Instant
from .messages import PAUSED, Phase, State, Suppression


@dataclass(frozen=True, slots=True)
class BreakView:
    """What may be shown of the break that is on."""

    card: str
    phase: Phase
    remaining_s: float
    snoozes: int
    can_snooze: bool
    ran_s: float = 0.0
    """For how long this phase has been on."""
    ahead_s: float = 0.0
    """How much of a routine was left out so far: its cards are this much further than the time."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The engine's state at ``at``, for windows and ``numbguard status`` to show."""

    at: Instant
    state: State
    seat: Seat
    seated_s: float
    interval_s: float
    due_in_s: float
    since_break_s: float | None
    skipped_today: int
    suppressed: tuple[Suppression, ...]
    paused_until: datetime | None
    current: BreakView | None
    idle_known: bool
    wake_in_s: float | None
    """Seconds until the engine wants its next Tick; ``None`` when only a sense can change anything."""
    awaits_pause: bool = False
    """A break is due and waits for a pause in typing: idleness is worth a look every other second."""
    numb_after_s: float | None = None
    """How long somebody had sat whose numbness is noticed now; ``None``: as ``seated_s`` says."""
    bout_s: float = 0.0
    """How long ago the present bout began: its sitting, and the short absences within it."""
    seated_today_s: float = 0.0
    """What was sat since local midnight in the bout that goes on; the log knows the bouts that have ended."""
    longest_today_s: float = 0.0
    """The longest time of it without a break."""
    overdue: bool = False
    """A sense has held the due break back for as long as it may. Still nothing pops up; the tray tells."""

    @property
    def paused(self) -> bool:
        return any(one.id == PAUSED for one in self.suppressed)

    @property
    def due(self) -> bool:
        return self.due_in_s <= 0
