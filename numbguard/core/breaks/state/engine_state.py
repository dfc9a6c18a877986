"""Everything the engine remembers from one step to the next.

Durations grow step by step. None is computed from two clock readings far apart, so a jump of either clock does no harm.
Only the parts of the engine use it; ``saved`` has its form in the state file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from numbguard.core.log.records.episode import Seat
from numbguard.core.log.records.sitting import BreakRecord

from ..hours import HoursStretch, lived
from ..instant import Instant
from ..messages import PAUSED, Phase, Suppression
from .ledger import Ledger


@dataclass(slots=True)
class OffChair:
    """The present time off the chair: standing, or away. Moments are on the ledger's clock."""

    since_s: float
    length_s: float
    known_s: float = 0.0
    """Seconds of it that were locked, asleep or standing; the rest is known from idleness alone."""
    credited: bool = False
    record: BreakRecord | None = None
    until_s: float | None = None
    """When it ended; ``None`` while it lasts."""
    refused: bool = False
    """The person has said that it was no break."""
    unread_s: float = 0.0
    """Seconds since the earlier run ended in this absence; 0 once a reading shows that nobody came back meanwhile."""


@dataclass(frozen=True, slots=True)
class CarriedBout:
    """A sitting bout carried over a restart of the machine, whose clock may have stood still while it was off."""

    ended_s: float
    """The last moment of the earlier run, on the ledger's clock."""
    wall: datetime
    """The same by the wall clock of that run."""
    began_s: float
    """The first moment of this run, on the ledger's clock."""
    gone_s: float
    """Seconds for which the machine was off by the wall clock; negative where the clock went back."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Time without a touch of key or pointer, on the ledger's clock."""

    since_s: float
    until_s: float

    @property
    def length_s(self) -> float:
        return self.until_s - self.since_s


@dataclass(slots=True)
class CurrentBreak:
    """The break that is announced or on. Moments are on the ledger's clock."""

    phase: Phase
    card: str
    announced_s: float | None
    started_s: float
    seated_s: float
    id: str
    """The id under which the break is recorded when it ends."""
    routine_s: float | None = None
    """Seconds that the cards of a routine take together; ``None``: one card, for as long as the settings say."""
    short: bool = False
    """The card runs only for ``policy.SHORT_S``."""
    ahead_s: float = 0.0
    """Seconds by which the card or routine was turned on, beyond the time that it has run; negative: turned back."""
    phase_s: float = 0.0
    ran_s: float = 0.0
    """Seconds for which the card was open and not held."""
    ran_from_s: float = 0.0
    """When the card was opened, moved on by the time for which it was held: the card ran from then on, as it were."""
    held_since_s: float | None = None
    """When the person paused the card; ``None``: it runs."""
    resumed_s: float = 0.0
    """The reading of ``phase_s`` when the card last went on after a pause."""
    ran_whole: bool = False
    worked_s: float = 0.0
    rested_until_s: float | None = None
    """When the card ended, if it ran to its end while the hands rested: that was the break, and no later rest is."""
    absences: list[OffChair] = field(default_factory=list)
    """Each time off the chair that was long enough to make this break count, whatever is pressed."""
    waited: bool = False
    """The announcement has waited for a touch of key or pointer."""
    insisted: bool = False
    """The break was announced a second time, in a window of our own."""
    step: str | None = None
    """The step that the card shows; ``None`` before the first one is shown."""
    is_read: bool = False
    """A step of this card has been read aloud and may still be heard."""
    rest: Rest | None = None
    """The longest rest of the hands since the announcement, or since the person started the break."""


@dataclass(slots=True)
class EngineState:
    """All that the engine remembers."""

    at: Instant
    due_at_s: float
    """The reading of the seated clock at which the next break is due."""
    rose_after_s: float = 0.0
    """Seconds of sitting in the last bout that a card ended."""
    due_is_snooze: bool = False
    """The person put the break off until then, so a new interval does not move it."""
    ledger: Ledger = field(default_factory=Ledger)
    seat: Seat = Seat.SITTING
    since_break_s: float | None = None
    idle_known: bool = False
    idle_s: float = 0.0
    since_sample_s: float = 0.0
    touched_s: float = 0.0
    """The last known touch of key or pointer, on the ledger's clock."""
    rested_s: float = 0.0
    """Until when nothing was touched after that, by the last reading of idleness."""
    free_s: float = float("inf")
    """Seconds since the last call or presentation ended; idleness before that does not count."""
    seen_s: float = 0.0
    """Seconds for which idleness has been watched; earlier idleness is no break, because nobody knows what it was."""
    locked: bool = False
    asleep: bool = False
    asleep_s: float = 0.0
    """Seconds since the machine announced its sleep."""
    unseen_s: float | None = None
    """Seconds without a known touch after an absence: since the machine woke, or since the earlier run ended. ``None``:
    it was touched."""
    woke: bool = False
    """``unseen_s`` counts from a waking, not from the end of an earlier run."""
    run_s: float = 0.0
    """Seconds for which this run has lasted, without sleep."""
    off_chair: OffChair | None = None
    carried: CarriedBout | None = None
    hours: HoursStretch | None = None
    """Whether the working hours are on, and until when; ``None``: not known yet."""
    day_began: datetime | None = None
    """When the local day began that was last asked for, in the zone of that moment."""
    off_hours_s: float = 0.0
    settle_s: float = 0.0
    awaits_pause: bool = False
    """A break is due, and only the typing hands keep it from being announced."""
    awaited_s: float = 0.0
    """Seconds for which the current due break has waited for a pause in typing."""
    longest_wait_s: float = float("inf")
    """Seconds after which a wait for a pause ends, even within the patience."""
    held_s: float = 0.0
    """Seconds for which sensed reasons to keep quiet have held back the current due break, all reasons together."""
    gap_s: float = 0.0
    """Seconds since the last of them ended."""
    blinks: int = 0
    """How often a reason has come back within ``settle``."""
    standing_s: float = 0.0
    """Seconds counted as standing since the person said that they stand."""
    standing_said: bool = False
    """NumbGuard has said that it still counts the person as standing."""
    gone_s: float = 0.0
    """Seconds for which the machine has been locked, asleep or untouched, whatever ``[away]`` says."""
    told_s: float | None = None
    """The last believed reading of idleness, in seconds."""
    told_at_s: float = 0.0
    """When it was read, on the ledger's clock."""
    doubted: Rest | None = None
    """The last reading if it could not be true: from when to when it says that nothing was touched."""
    suppressions: dict[str, Suppression] = field(default_factory=dict)
    pause_is_length: bool = False
    """The pause was given as a length: setting the clock moves its end along."""
    current: CurrentBreak | None = None
    snoozes: int = 0
    shown: list[str] = field(default_factory=list)
    skips: int = 0
    """Breaks skipped in a row, today and since the last one that ran to its end or counted."""
    skipped_today: int = 0
    skipped_on: date = date.min
    posture_s: float = 0.0
    """Seconds at the desk since the last posture nudge."""
    rest_s: float = 0.0
    """Seconds of quiet for posture that are left after a break."""
    tips: list[str] = field(default_factory=list)
    """Slugs of the posture tips shown lately, the last one last."""
    offered_on: date | None = None
    """The day on which the daily routine was last offered, or started without an offer."""
    offer_in_s: float | None = None
    """Seconds until the routine is offered again at the person's wish; ``None``: it was not put off."""

    @property
    def seated_s(self) -> float:
        """The reading of the seated clock: the seconds of sitting since the last real movement."""
        return self.ledger.seated_s

    @property
    def fast_s(self) -> float:
        """How many seconds seem to lie between two stirs of the mouse on a fast clock; 0 at the usual speed."""
        return 2.5 * self.longest_wait_s if self.longest_wait_s < float("inf") else 0.0

    def lived_at(self, moment_s: float) -> datetime:
        """Return the date of a moment on the ledger's clock, by the wall clock as it is set now."""
        return lived(self.at.wall - timedelta(seconds=self.ledger.now_s - moment_s), self.at.local)


def paused(until: datetime | None) -> Suppression:
    """Return the pause that a person asked for; ``None``: until they end it."""
    return Suppression(PAUSED, "paused", until)
