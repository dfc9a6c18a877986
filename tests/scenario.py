"""Tells the story of a person at a desk over simulated time, against the real engine.

    scenario.sits(minutes=40)
    scenario.leaves(minutes=20)
    scenario.sits(minutes=44).expects_nothing()
    scenario.sits(minutes=1).expects(Announce)

Idleness is read every 30 s, as on a desktop that is polled; the scenario has its own time. Used by ``tests/core``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from typing import Self, TypeVar

from numbguard.core.breaks.engine import BreakEngine
from numbguard.core.breaks.instant import Instant
from numbguard.core.breaks.messages import (
    Action,
    Announce,
    Answer,
    AskAfter,
    ChangeCard,
    ClockSet,
    CloseCard,
    Effect,
    FallingAsleep,
    HoldCard,
    IdleSeen,
    Input,
    KeepBout,
    KeepBreak,
    Locked,
    OpenCard,
    Pause,
    Refuse,
    Release,
    StartCard,
    StartRoutine,
    State,
    Suppress,
    Suppression,
    Tick,
    TurnCard,
    Unlocked,
    Withdraw,
    Woke,
)
from numbguard.core.breaks.snapshot import Snapshot
from numbguard.core.log.records.sitting import BreakRecord, Outcome, SittingBout
from numbguard.core.settings.settings import Settings
from tools.simulation.deck import counting_ids, next_in_deck

LOCAL = timezone(timedelta(hours=1))
MONDAY_9 = datetime(2026, 3, 2, 9, 0, tzinfo=LOCAL)
SAMPLE_S, LOOK_S = 30.0, 2.0
A_MOMENT_S = 4.0
VISIBLE = (Announce, Withdraw, OpenCard, ChangeCard, AskAfter, CloseCard)

E = TypeVar("E")


class Scenario:
    def __init__(
        self,
        settings: Settings | None = None,
        *,
        at: datetime = MONDAY_9,
        senses_idle: bool = True,
        zone: tzinfo | None = None,
        longest_wait_s: float = math.inf,
    ) -> None:
        self.settings = settings or Settings()
        self.senses_idle = senses_idle
        self.wall, self.zone = at, zone
        self.mono = 1000.0
        self.last_input = self.mono
        self.lived_s = 0.0
        """All time that has passed since the story began, whatever the clocks show."""
        self.effects: list[Effect] = []
        self.unseen: list[Effect] = []
        self.new_id = counting_ids()
        self.longest_wait_s = longest_wait_s
        self.may_be_unseen = False
        self.boot(None)

    def boot(self, saved: dict[str, object] | None) -> None:
        self.engine = BreakEngine(
            self.settings,
            self.now,
            choose_card=next_in_deck,
            new_id=self.new_id,
            saved=saved,
            longest_wait_s=self.longest_wait_s,
            may_be_unseen=lambda: self.may_be_unseen,
        )
        self._gather(self.engine.start())
        self._sense()

    # --- time -------------------------------------------------------------------------------------------------------

    @property
    def now(self) -> Instant:
        return Instant(self.wall.astimezone(self.zone) if self.zone else self.wall, self.mono, self.zone)

    def passes(self, seconds: float, *, busy: bool = False, rest_s: float = 0.0) -> Self:
        """Let time pass, with a sample every 30 s, every 2 s once a break waits, and ticks as the engine asks."""
        left = seconds
        while left > 1e-9:
            wake = self.engine.snapshot().wake_in_s
            sample_s = LOOK_S if self.engine.awaits_pause else SAMPLE_S
            stride = min(left, sample_s, max(wake, 0.05) if wake is not None else SAMPLE_S)
            self.wall += timedelta(seconds=stride)
            self.mono += stride
            self.lived_s += stride
            left -= stride
            if busy:
                self.last_input = self.mono - rest_s
            self._sense()
        return self

    def unheard(self, *, minutes: float = 0, seconds: float = 0) -> Self:
        """Let time pass without any report of a sense and without an alarm."""
        seconds += minutes * 60
        self.wall, self.mono, self.lived_s = (
            self.wall + timedelta(seconds=seconds),
            self.mono + seconds,
            self.lived_s + seconds,
        )
        return self

    def _sense(self) -> None:
        self.tell(IdleSeen(self.now, self.mono - self.last_input if self.senses_idle else None))

    def tell(self, given: Input) -> Self:
        self._gather(self.engine.step(given))
        return self

    def _gather(self, effects: Sequence[Effect]) -> None:
        self.effects += effects
        self.unseen += effects

    # --- what the person does ---------------------------------------------------------------------------------------

    def sits(self, *, minutes: float = 0, seconds: float = 0) -> Self:
        """Works at the desk: always some input, and always a moment's rest when somebody looks."""
        self.last_input = self.mono
        self.passes(minutes * 60 + seconds, busy=True, rest_s=A_MOMENT_S)
        self.last_input = self.mono
        return self

    def types(self, *, minutes: float = 0, seconds: float = 0) -> Self:
        """Types without a pause."""
        self.last_input = self.mono
        return self.passes(minutes * 60 + seconds, busy=True)

    def rests(self, *, minutes: float = 0, seconds: float = 0) -> Self:
        """Touches neither keys nor pointer: reading, stretching, or gone."""
        return self.passes(minutes * 60 + seconds)

    def leaves(self, *, minutes: float) -> Self:
        """Gets up, stays away, and comes back to the keys."""
        self.rests(minutes=minutes)
        self.last_input = self.mono
        self._sense()
        return self

    def answers(self, action: Action) -> Self:
        self.last_input = self.mono
        return self.tell(Answer(self.now, action))

    def starts_routine(self, *, minutes: float) -> Self:
        self.last_input = self.mono
        return self.tell(StartRoutine(self.now, "routine:daily", minutes * 60))

    def starts_card(self, slug: str) -> Self:
        self.last_input = self.mono
        return self.tell(StartCard(self.now, slug))

    def turns_card(self, *, to_s: float) -> Self:
        self.last_input = self.mono
        return self.tell(TurnCard(self.now, to_s))

    def holds_card(self) -> Self:
        self.last_input = self.mono
        return self.tell(HoldCard(self.now, True))

    def goes_on_with_card(self) -> Self:
        self.last_input = self.mono
        return self.tell(HoldCard(self.now, False))

    def locks(self, *, minutes: float) -> Self:
        return self.tell(Locked(self.now)).rests(minutes=minutes).unlocks()

    def unlocks(self) -> Self:
        self.last_input = self.mono
        return self.tell(Unlocked(self.now))

    def sleeps(self, *, minutes: float, announced: bool = True) -> Self:
        """The machine sleeps: the wall clock runs on, and the monotonic clock stops."""
        if announced:
            self.tell(FallingAsleep(self.now))
        self.wall += timedelta(minutes=minutes)
        self.lived_s += minutes * 60
        self.last_input = self.mono
        self.tell(Woke(self.now, minutes * 60))
        self._sense()
        return self

    def dozes(self, *, minutes: float) -> Self:
        """The machine sleeps and wakes, and nobody has touched it yet."""
        self.tell(FallingAsleep(self.now))
        self.wall, self.lived_s = self.wall + timedelta(minutes=minutes), self.lived_s + minutes * 60
        self.tell(Woke(self.now, minutes * 60))
        self._sense()
        return self

    def begins(self, id: str, reason: str = "") -> Self:
        return self.tell(Suppress(self.now, Suppression(id, reason or id)))

    def ends(self, id: str) -> Self:
        return self.tell(Release(self.now, id))

    def pauses(self, *, minutes: float | None = None, until: datetime | None = None) -> Self:
        return self.tell(Pause(self.now, None if minutes is None else minutes * 60, until))

    def sets_clock(self, *, minutes: float) -> Self:
        self.wall += timedelta(minutes=minutes)
        return self.tell(ClockSet(self.now, minutes * 60))

    def travels(self, zone: tzinfo) -> Self:
        """The machine learns that it is in another time zone."""
        self.zone, self.wall = zone, self.wall.astimezone(UTC)
        return self

    def restarts(self, *, after_minutes: float) -> Self:
        """The process ends and starts again; the monotonic clock begins anew as after a reboot."""
        saved = self.engine.to_table()
        self.wall += timedelta(minutes=after_minutes)
        self.lived_s += after_minutes * 60
        self.mono = 5.0
        self.last_input = self.mono
        self.unseen.clear()
        self.boot(saved)
        return self

    def boots_again(self, *, after_minutes: float, back_s: float | None = None) -> Self:
        """The process crashes and is started again, with nobody at the keys meanwhile or since the last ``back_s``."""
        saved = self.engine.to_table()
        self.wall += timedelta(minutes=after_minutes)
        self.lived_s += after_minutes * 60
        self.mono += after_minutes * 60
        if back_s is not None:
            self.last_input = self.mono - back_s
        self.unseen.clear()
        self.boot(saved)
        return self

    # --- what is seen -----------------------------------------------------------------------------------------------

    @property
    def snapshot(self) -> Snapshot:
        return self.engine.snapshot()

    def expects(self, *kinds: type[Effect]) -> Self:
        """Exactly these were put on or off the screen since the last look, in this order."""
        seen = [type(effect) for effect in self.unseen if isinstance(effect, VISIBLE)]
        assert seen == list(kinds), f"on the screen: {seen}, expected: {list(kinds)}"
        self.unseen.clear()
        return self

    def expects_nothing(self) -> Self:
        return self.expects()

    def expects_refusal(self) -> Self:
        assert any(isinstance(effect, Refuse) for effect in self.unseen), self.unseen
        self.unseen.clear()
        return self

    def is_(self, state: State) -> Self:
        assert self.snapshot.state is state, self.snapshot.state
        return self

    @property
    def seated_minutes(self) -> float:
        return self.snapshot.seated_s / 60

    @property
    def breaks(self) -> list[BreakRecord]:
        """The breaks as in the log: a record with the same id replaces the former."""
        kept = {effect.record.id: effect.record for effect in self.effects if isinstance(effect, KeepBreak)}
        return list(kept.values())

    @property
    def outcomes(self) -> list[Outcome]:
        return [record.outcome for record in self.breaks]

    @property
    def bouts(self) -> list[SittingBout]:
        return [effect.bout for effect in self.effects if isinstance(effect, KeepBout)]

    def holds_together(self) -> Self:
        """Every second was counted once: no bout ends before it begins, overlaps another or exceeds its span."""
        for bout in self.bouts:
            assert 0 <= bout.seated_s <= (bout.ended_at - bout.started_at).total_seconds(), bout
        for earlier, later in pairwise(self.bouts):
            assert later.started_at >= earlier.ended_at, (earlier, later)
        assert sum(self.engine.time_spent.values()) <= self.lived_s + 1e-6
        assert sum(self.bout_minutes) + self.seated_minutes <= self.lived_s / 60 + 1e-6
        return self

    @property
    def bout_minutes(self) -> list[float]:
        """The minutes of sitting in each bout of the log."""
        return [bout.seated_s / 60 for bout in self.bouts]

    def last(self, kind: type[E]) -> E:
        return next(effect for effect in reversed(self.effects) if isinstance(effect, kind))


__all__ = ["LOCAL", "MONDAY_9", "Scenario", "Tick"]
