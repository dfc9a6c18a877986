"""The engine's state as it may be shown. The engine makes it; windows and ``numbguard status`` show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from numbguard.core.log.records.episode import Seat

from .instant import Instant
from .messages import PAUSED, Phase, State, Suppression


@dataclass(frozen=True, slots=True)
class BreakView:
    """The current break as it may be shown."""

    card: str
    phase: Phase
    remaining_s: float
    snoozes: int
    can_snooze: bool
    ran_s: float = 0.0
    """Seconds for which this phase has lasted."""
    ahead_s: float = 0.0
    """Seconds by which the card is further than the time that it ran; negative: it was turned back."""
    held: bool = False
    """The person has paused the card."""
    skips: int = 0
    """The breaks skipped in a row, if the settings allow no more; 0: this one can be skipped."""
    id: str = ""
    """The id under which it is recorded when it ends."""

    @property
    def can_skip(self) -> bool:
        return self.skips == 0


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
    """A break is due and waits for a pause in typing: idleness should be read every other second."""
    numb_after_s: float | None = None
    """Seconds of sitting before numbness that is noticed now; ``None``: ``seated_s``."""
    bout_s: float = 0.0
    """Seconds since the present bout began, with the short absences within it."""
    hours_end: datetime | None = None
    """When the working hours of now end; ``None`` outside them, and where they have no end."""
    seated_today_s: float = 0.0
    """Seconds of sitting since local midnight in the current bout; the log has the bouts that have ended."""
    longest_today_s: float = 0.0
    """The longest of these without a break, in seconds."""
    is_away: bool = False
    """Nobody is at the desk, as far as is known; also outside the working hours and during a pause."""
    overdue: bool = False
    """Sensed reasons have held the due break back for as long as they may. Nothing pops up; the tray shows it."""

    @property
    def paused(self) -> bool:
        return any(one.id == PAUSED for one in self.suppressed)

    @property
    def due(self) -> bool:
        return self.due_in_s <= 0
