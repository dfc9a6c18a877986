"""What must hold however the clocks and the senses behave, searched by Hypothesis.

The machine feeds the engine anything: late, early, doubled and missing ticks, jumps of either clock, senses that
contradict one another, answers at any moment, restarts; and keeps its own simple books beside it.
"""

from __future__ import annotations

import json
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from numbguard.core.breaks.engine import BreakEngine
from numbguard.core.breaks.instant import Instant
from numbguard.core.breaks.messages import (
    CALL,
    DND,
    FULLSCREEN,
    Action,
    Announce,
    Answer,
    ClockSet,
    CloseCard,
    FallingAsleep,
    IdleSeen,
    KeepBout,
    KeepBreak,
    Locked,
    NudgePosture,
    OpenCard,
    Pause,
    Phase,
    Release,
    RoutineDone,
    StartRoutine,
    State,
    Suppress,
    Suppression,
    Tick,
    Unlocked,
    Withdraw,
    Woke,
)
from numbguard.core.breaks.nudges.posture import APART_S, tip
from numbguard.core.breaks.policy import HOLDS_SEAT, TOLD_APART_S
from numbguard.core.breaks.presence import SAME_TOUCH_S
from numbguard.core.breaks.state.ledger import StretchKind
from numbguard.core.log.records.episode import Seat
from numbguard.core.log.records.sitting import Outcome
from numbguard.core.settings.settings import Settings
from tests.scenario import MONDAY_9
from tools.simulation.deck import counting_ids, next_in_deck

RULES = Settings()
SLACK = 1e-6
CLOSE = 1e-2
"""Seconds: dates are whole microseconds, and many sums are compared."""
STRIDES = st.one_of(st.floats(0, 90), st.sampled_from([0.0, 30.0, 45 * 60.0, 300.0, 180.0]))


class Desk(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.wall, self.mono = MONDAY_9, 1e6  # it may run backwards, and no machine shows less than 0
        self.new_id = counting_ids()
        self.engine = BreakEngine(RULES, self.now, choose_card=next_in_deck, new_id=self.new_id)
        self.up: type | None = None
        self.unasked_s = 0.0
        self.locked = False
        self.last_seated = 0.0
        self.passed = 0.0
        self.lived = 0.0
        """All time that has passed, whatever the clocks show."""
        self.unbooked = self.sat_in_earlier_runs = 0.0
        """Time lived, and sat, before the books of the run that goes on now."""
        self.restarted = False
        self.earlier = MONDAY_9, 0.0
        """The wall clock, and the time lived, when the earlier run ended."""
        self.touched: float | None = None
        """The last touch of key or pointer, in time lived, by the last word of it; ``None``: nobody can tell."""
        self.looked = self.break_began = 0.0
        """The last reading of idleness, and the beginning of the present break, in time lived."""
        self.sat_before = 0.0
        """What the seated clock showed when the present break began."""
        self.holds: set[str] = set()
        """Calls and full screens, in which a person is there without a touch."""
        self.bouts_s = self.bout_ended = 0.0
        """What was sat in the bouts written down; when the last of them ended, in time lived."""
        self.credit = False
        self.never_sat = False
        self.clear_s = float("inf")
        self.sat_since_nudge_s = float("inf")

    @property
    def now(self) -> Instant:
        return Instant(self.wall, self.mono)

    def feed(self, given) -> None:
        before = self.engine.snapshot()
        self.lived += self.passed
        effects = self.engine.step(given)
        after = self.engine.snapshot()
        self.enter(effects, given)
        self.clear_s = 0.0 if self.up else self.clear_s + self.passed
        self.sat_since_nudge_s += max(0.0, after.seated_s - before.seated_s)
        self.credit = any(
            isinstance(effect, KeepBout)
            or (
                isinstance(effect, KeepBreak)
                and effect.record.outcome in (Outcome.MOVED, Outcome.NATURAL, Outcome.FINISHED)
            )
            for effect in effects
        )
        if RoutineDone("routine:daily") in effects:
            assert before.current and before.current.card == "routine:daily"
            assert self.credit, "done is what was written down as a movement"
        for effect in effects:
            match effect:
                case Announce():
                    in_its_place = effect.insists or (isinstance(given, Answer) and given.action is Action.ANOTHER)
                    assert self.up is None or (self.up is Announce and in_its_place), "one at a time"
                    assert not after.suppressed, "nothing is announced while suppressed"
                    assert not self.locked and after.seat is Seat.SITTING
                    assert after.state is State.ANNOUNCED
                    assert self.sat_since_nudge_s >= APART_S - SLACK, "no posture tip just before a break"
                    self.up = Announce
                    self.unasked_s = 0.0
                case OpenCard():
                    assert self.up is None
                    self.up = OpenCard
                    self.unasked_s = 0.0
                case Withdraw():
                    assert self.up is Announce
                    self.up = None
                case CloseCard():
                    assert self.up is OpenCard
                    self.up = None
                case KeepBreak(record=record) if record.outcome is Outcome.NATURAL:
                    self.clear_s = 0.0
                case NudgePosture():
                    assert self.up is None and after.current is None, "no posture tip on a break"
                    assert not after.suppressed, "no posture tip while suppressed"
                    assert not self.locked and after.state in (State.SITTING, State.STANDING), "nor while away"
                    assert tip(effect.tip).seat is after.seat
                    assert self.clear_s >= APART_S - SLACK, "nor just after a break"
                    assert after.due_in_s >= APART_S
                    self.sat_since_nudge_s = 0.0
        shown = {None: Phase.NONE, Announce: Phase.ANNOUNCED}.get(self.up)
        current = after.current.phase if after.current else Phase.NONE
        assert current is shown or (self.up is OpenCard and current in (Phase.CARD, Phase.AFTER))
        # The seated clock. A break that counts unless somebody says no is not shown as sitting while it asks.
        grown = after.seated_s - before.seated_s
        # A reading may show that somebody has been back since any moment after the last reading, because nothing told
        # of it at once. Where a break is on, the longest rest of the hands is the break: a reading that shows that the
        # present rest ended sooner than it seemed may make an earlier one the longest, and what was typed since is
        # sitting.
        on = before.current and before.current.phase is not Phase.ANNOUNCED
        back_s = 0.0
        if isinstance(given, IdleSeen):
            back_s = self.lived - (min(self.looked, self.break_began) if on else self.looked) + SAME_TOUCH_S
        if before.current is None:
            self.break_began, self.sat_before = self.lived, after.seated_s
        refused = isinstance(given, Answer) and given.action is Action.NOT_MOVED
        if refused:
            # "Not this time" outweighs resting hands: the clock goes on as if there had been no break. The absence may
            # have begun up to ``natural_break`` before the announcement.
            back_s = self.sat_before + self.lived - self.break_began + RULES.natural_break - before.seated_s
        assert grown <= self.passed + back_s + SLACK, "never jumps up by more than the time that passed"
        if isinstance(given, IdleSeen):
            untouched_s = float("inf") if self.touched is None else self.lived - self.touched
            if given.seconds is None or given.seconds <= untouched_s + TOLD_APART_S:
                self.looked = self.lived  # Idleness that grew faster than the clock is not believed at once.
            self.touched = None if given.seconds is None else self.lived - given.seconds
        if self.touched is not None and self.lived - self.touched >= before.seated_s + self.passed - SLACK:
            # Nobody has touched anything since before the bout is thought to have begun: the absence that this becomes
            # reaches back to the last touch, so nothing was sat and there is nothing to write down.
            self.never_sat = True
        held = self.holds and not self.locked
        if held or isinstance(given, (Answer, StartRoutine, Unlocked)):
            self.touched = self.lived
        if grown < -SLACK:
            in_question = after.current is not None and after.current.phase in (Phase.CARD, Phase.AFTER)
            # The clock of the machine stood still while it was off: the time off was entered as sitting.
            set_right = isinstance(given, ClockSet) and self.restarted
            assert self.credit or (self.never_sat and after.seated_s == 0) or in_question or set_right, (
                "goes down only by a break that is written down"
            )
        if grown > SLACK:
            self.never_sat = False
        # Nobody sits on and on without having been asked. What "Not this time" gives back was the time of a card and
        # its question, so the person was asked in it, and their answer puts the next break off by an interval.
        if self.up is None and not after.suppressed and grown > 0 and not (refused and before.current):
            self.unasked_s += grown
        if after.seated_s == 0 or after.suppressed or self.up:
            self.unasked_s = 0.0
        self.passed = 0.0

    def enter(self, effects, given=None) -> None:
        """The books of sitting: each second once, no bout over another, none with more sitting than its span."""
        for effect in effects:
            if isinstance(effect, KeepBout):
                bout = effect.bout
                # A clock that is set ends only a bout of the earlier run, which is dated by the clock of that run.
                wall, lived = self.earlier if isinstance(given, ClockSet) else (self.wall, self.lived)
                began, ended = (lived - (wall - moment).total_seconds() for moment in (bout.started_at, bout.ended_at))
                assert 0 <= bout.seated_s <= (bout.ended_at - bout.started_at).total_seconds()
                self.bouts_s += bout.seated_s
                assert ended <= lived + CLOSE
                assert began >= self.bout_ended - CLOSE, "bouts never overlap"
                self.bout_ended = ended
        spent = self.engine.time_spent
        assert abs(sum(spent.values()) - self.lived + self.unbooked) < CLOSE, "each second was counted once"
        sitting = self.bouts_s + self.engine.to_table()["seated_s"] - self.sat_in_earlier_runs
        assert abs(spent[StretchKind.SITTING] - sitting) < CLOSE, "what was sat is in the bouts and on the clock"
        assert self.engine.snapshot().seated_s <= self.engine.to_table()["seated_s"] + CLOSE

    def passes(self, seconds: float) -> None:
        """Time passes with a tick at every wake-up the engine asked for."""
        left = seconds
        while left > 1e-6:
            wake = self.engine.snapshot().wake_in_s
            stride = left if wake is None else min(left, max(wake, 0.01))
            self.wall += timedelta(seconds=stride)
            self.mono += stride
            self.passed = stride
            left -= stride
            self.feed(Tick(self.now))

    @rule(seconds=STRIDES, idle=st.one_of(st.none(), st.floats(0, 4000)))
    def time_passes_and_idleness_is_sampled(self, seconds, idle):
        self.passes(seconds)
        self.feed(IdleSeen(self.now, idle))

    @rule(seconds=STRIDES)
    def works(self, seconds):
        self.passes(seconds)
        self.feed(IdleSeen(self.now, 0.0))

    @rule(seconds=st.floats(0, 20000))
    def ticks_are_missing(self, seconds):
        self.wall += timedelta(seconds=seconds)
        self.mono += seconds
        self.passed = seconds
        asked = self.unasked_s
        self.feed(Tick(self.now))
        if self.up is None:
            self.unasked_s = asked  # Nothing could be asked while no tick came; the books start from here.

    @rule(by=st.floats(-90000, 90000))
    def the_wall_clock_jumps(self, by):
        self.wall += timedelta(seconds=by)
        self.feed(Tick(self.now))

    @rule(by=st.floats(-90000, 90000))
    def the_wall_clock_is_set(self, by):
        self.wall += timedelta(seconds=by)
        self.feed(ClockSet(self.now, by))

    @rule(by=st.floats(0, 5000))
    def the_monotonic_clock_runs_backwards(self, by):
        self.mono -= by
        self.feed(Tick(self.now))

    @rule(action=st.sampled_from(list(Action)))
    def answers(self, action):
        self.feed(Answer(self.now, action))

    @rule(seconds=st.floats(60, 1200))
    def starts_the_routine(self, seconds):
        before = self.engine.snapshot().current
        self.feed(StartRoutine(self.now, "routine:daily", seconds))
        current = self.engine.snapshot().current
        if before is None or before.phase is Phase.ANNOUNCED:
            assert current and (current.card, current.remaining_s) == ("routine:daily", seconds)
        else:
            # The click is the first word of an absence that was a break: that closes its question, which asks nothing
            # any more, and the routine that the person asks for begins. A card that is open stays.
            ended = self.credit and before.phase is Phase.AFTER
            assert (current and current.card == before.card) or ended, "whatever is on stays on"

    @rule(id=st.sampled_from([CALL, DND, FULLSCREEN]))
    def must_be_quiet(self, id):
        self.holds |= HOLDS_SEAT & {id}
        self.feed(Suppress(self.now, Suppression(id, id)))

    @rule(id=st.sampled_from([CALL, DND, FULLSCREEN, "unheard of"]))
    def may_speak(self, id):
        self.holds -= {id}
        self.feed(Release(self.now, id))

    @rule(minutes=st.one_of(st.none(), st.floats(0, 200)))
    def pauses(self, minutes):
        self.feed(Pause(self.now, None if minutes is None else minutes * 60))

    @rule()
    def locks(self):
        self.locked = True
        self.feed(Locked(self.now))

    @rule()
    def unlocks(self):
        self.locked = False
        self.feed(Unlocked(self.now))

    @rule(seconds=st.floats(0, 40000), said=st.booleans(), idle=st.floats(0, 20))
    def sleeps(self, seconds, said, idle):
        if said:
            self.feed(FallingAsleep(self.now))
        self.wall += timedelta(seconds=seconds)
        self.lived += seconds
        self.feed(Woke(self.now, seconds))
        self.feed(IdleSeen(self.now, idle))

    @rule(gone=st.floats(0, 1000), rebooted=st.booleans())
    def restarts(self, gone, rebooted):
        saved = self.engine.to_table()
        self.restarted, self.earlier = True, (self.wall, self.lived)
        seated = self.engine.snapshot().seated_s
        self.wall += timedelta(seconds=gone)
        self.mono += -1.0 if rebooted else gone
        self.engine = BreakEngine(RULES, self.now, choose_card=next_in_deck, new_id=self.new_id, saved=saved)
        self.lived += gone
        self.unbooked = self.sat_in_earlier_runs = 0.0
        effects = self.engine.start()
        self.unbooked = self.lived - sum(self.engine.time_spent.values())
        written = sum(effect.bout.seated_s for effect in effects if isinstance(effect, KeepBout))
        sat = self.engine.to_table()["seated_s"] + written
        self.sat_in_earlier_runs = self.bouts_s + sat - self.engine.time_spent[StretchKind.SITTING]
        self.enter(effects)
        self.up, self.locked = None, False
        self.holds = set()
        assert self.engine.snapshot().seated_s <= seated + gone + SLACK
        self.sat_since_nudge_s += max(0.0, self.engine.snapshot().seated_s - seated)
        self.clear_s += gone
        self.unasked_s = 0.0

    @invariant()
    def asked_in_time(self):
        limit = RULES.interval + RULES.max_snoozes * RULES.snooze + RULES.patience + RULES.settle
        assert self.unasked_s <= limit + SLACK, "nobody sits on for that long without being asked"

    @invariant()
    def the_state_can_be_kept(self):
        json.dumps(self.engine.to_table())


Desk.TestCase.settings = settings(
    max_examples=150, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestDesk = Desk.TestCase
