"""One worker's days at full speed: the real engine, fed as the runtime feeds it by the senses of that desktop.

``live`` plays a number of days and gives what the ``Judge`` found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from numbguard.core.breaks import hours
from numbguard.core.breaks.engine import BreakEngine
from numbguard.core.breaks.instant import Instant
from numbguard.core.breaks.messages import (
    Action,
    Answer,
    ClockSet,
    FallingAsleep,
    IdleSeen,
    Input,
    Locked,
    Pause,
    Release,
    Suppress,
    Suppression,
    Tick,
    Unlocked,
    Woke,
)
from tools.simulation.books import Balance
from tools.simulation.deck import DECK, counting_ids
from tools.simulation.judge import Judge, Truth
from tools.simulation.screen import NEVER, Screen
from tools.simulation.worker import Moment, What, Worker

TOLD_AFTER_S, ASK_S, LOOK_APART_S, SAVE_S, KEEP_S = 30.0, 30.0, 1.0, 90.0, 125.0
QUARTER_S = 900
"""No zone's offset changes within a quarter of an hour, and no working hours of these people begin or end in one."""
BREATH_EVERY_S, BREATH_S = 21.0, 5.0
"""Who breathes rests the hands for so long, so often."""
OWN_WORD = frozenset({Answer, Pause})
"""What a person says is kept at once: a crash must not lose a pause."""


@dataclass(slots=True)
class Life:
    """What came of one worker's days."""

    days: int = 0
    steps: int = 0
    prompts: int = 0
    naturals: int = 0
    nudges: int = 0
    offers: int = 0
    balance: Balance = field(default_factory=Balance)
    faults: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)


class Desk:
    def __init__(self, seed: int) -> None:
        self.worker = worker = Worker(seed)
        self.chance = worker.chance
        self.settings = worker.settings
        self.zone = worker.home
        self.error = self.slept = self.switched_on = 0.0
        self.quarter = -1
        self.offset: tzinfo = UTC
        self.instant: Instant | None = None
        self.steps = 0
        self.new_id = counting_ids()
        self.screen = Screen(self)
        self.hands_off_until = 0.0
        self.told = False
        self.saved: dict[str, object] | None = None
        self.saved_at = 0.0
        self.saved_off_chair = False
        self.began: Instant | None = None
        self.went_down = 0.0
        self.engine: BreakEngine | None = None
        self.truth = Truth(0.0)
        self.rings_at = self.asks_at = NEVER
        self.looked_at = 0.0
        self.dies_at = self.revives_at = NEVER
        """A crash while something is on the screen, and the start after it."""
        self.crash_at = NEVER
        """The state is only worth writing down where it will be read."""
        self.judge = Judge(self.settings, self.truth)
        self.day: list[Moment] = []

    def live(self, days: int) -> Life:
        for _ in range(days):
            self.day = self.worker.day()
            crashes = [moment.at for moment in self.day if moment.what is What.CRASH]
            if not self.truth.now:
                self.switched_on = self.day[0].at
                self._jump(self.day[0].at)
                self._start(None)
            for moment in self.day:
                self.crash_at = crashes[0] if crashes else NEVER
                if moment.what is What.CRASH:
                    crashes.pop(0)
                self._until(moment.at)
                self._happens(moment)
        judge = self.judge
        balance = judge.books.balance()
        if balance.impossible:
            judge.faults["bout that cannot be true"] += balance.impossible
        return Life(
            days,
            self.steps,
            judge.prompts,
            judge.naturals,
            judge.nudges,
            judge.offers,
            balance,
            judge.faults,
            judge.first,
        )

    # --- time --------------------------------------------------------------------------------------------------------

    def _jump(self, now: float) -> None:
        truth = self.truth
        truth.wall = wall = now + self.error
        quarter = int(wall // QUARTER_S)
        if quarter != self.quarter:
            self.quarter = quarter
            face = datetime.fromtimestamp(wall, self.zone)
            offset = face.utcoffset()
            assert offset is not None
            if self.offset.utcoffset(None) != offset:
                self.offset = timezone(offset)
            self.judge.looks_at_the_clock(face)
        seconds, truth.now, self.instant = now - truth.now, now, None
        if truth.paused_until and truth.paused_until <= wall:
            truth.paused_until = None
        if seconds > 0:
            self.judge.passes(seconds)

    @property
    def at(self) -> Instant:
        if self.instant is None:
            face = datetime.fromtimestamp(self.truth.wall, self.offset)
            self.instant = Instant(face, self.truth.now - self.slept - self.switched_on, self.zone)
        return self.instant

    def _until(self, when: float) -> None:
        """Let time pass up to the worker's next moment: the alarm rings, idleness is reported, answers are given."""
        while True:
            truth = self.truth
            told = keep = NEVER
            soonest = back = self.hands_off_until or NEVER
            answers_at = self.screen.answers_at
            dies_at = NEVER if truth.asleep else self.dies_at
            soonest = min(soonest, answers_at, dies_at, self.revives_at)
            if self.engine and not truth.asleep:
                keep = self.saved_at + KEEP_S
                if self.worker.polled:
                    told = self.asks_at
                elif not truth.typing and not self.told and truth.sees:
                    told = truth.last_input + TOLD_AFTER_S
                if self.rings_at < soonest:
                    soonest = self.rings_at
                if told < soonest:
                    soonest = told
                if keep < soonest:
                    soonest = keep
            if soonest >= when:
                break
            self._jump(soonest if soonest > truth.now else truth.now)
            if soonest == back:
                self.hands_off_until = 0.0
                self.input(typing=True)
            elif soonest == dies_at:
                self.dies_at = NEVER
                self.revives_at = truth.now + self.chance.choice([2, 60, 200, 900])
                self._crashes()
            elif soonest == self.revives_at:
                self.revives_at = NEVER
                if not truth.asleep:
                    self._start(self.saved)
            elif soonest == answers_at:
                self.screen.is_answered()
            elif soonest == told:
                self.told, self.asks_at = not self.worker.polled, truth.now + ASK_S
                self.feed(IdleSeen(self.at, self._idle()))
            elif soonest == keep:
                self.feed(Tick(self.at))
            else:
                self._ring()
        self._jump(when)

    def _ring(self) -> None:
        """As the runtime does: it asks for idleness, and the answer brings the time with it."""
        self.looked_at = self.truth.now
        self.feed(IdleSeen(self.at, self._idle()))

    def _idle(self) -> float | None:
        truth = self.truth
        if not truth.sees:
            return None
        if truth.typing:
            into = truth.now % BREATH_EVERY_S - (BREATH_EVERY_S - BREATH_S)
            return max(0.0, min(into, truth.now - truth.last_input)) if self.worker.breathes else 0.0
        return truth.now - truth.last_input

    def feed(self, given: Input) -> None:
        engine = self.engine
        if engine is None:
            return
        self.steps += 1
        effects = engine.step(given)
        if effects:
            self.judge.sees(effects)
            self.screen.shows(effects)
        now = self.truth.now
        came_or_went = engine.is_off_chair is not self.saved_off_chair
        if effects or came_or_went or now - self.saved_at >= SAVE_S or type(given) in OWN_WORD:
            self.saved_at, self.saved_off_chair = now, engine.is_off_chair
            if min(self.crash_at, self.dies_at) - now < 2 * KEEP_S:
                self.saved = engine.to_table()
        self._arm(engine)

    def _arm(self, engine: BreakEngine) -> None:
        """The alarm clock rings a little late; and as soon as there may be the pause that is waited for."""
        wake = engine.snapshot().wake_in_s
        if wake is not None and engine.awaits_pause:
            wake = min(wake, max(engine.look_in_s, self.looked_at + LOOK_APART_S - self.truth.now))
        self.rings_at = NEVER if wake is None else self.truth.now + (wake if wake > 0.02 else 0.02)

    # --- the person's hands ------------------------------------------------------------------------------------------

    def hands_off(self, seconds: float) -> None:
        """They rest for so long, whatever the day has them do meanwhile."""
        self._rests()
        self.hands_off_until = self.truth.now + seconds

    def _rests(self) -> None:
        """No input from now on, if there was any: hands that rest already do so for longer."""
        truth = self.truth
        if truth.typing:
            truth.typing, truth.last_input = False, truth.now

    def input(self, *, typing: bool) -> None:
        """A key or the pointer: those who heard of the stillness hear its whole length, then its end."""
        truth = self.truth
        length = self._idle()
        if truth.gone_since is not None and truth.now - truth.gone_since >= self.settings.natural_break:
            truth.standing = False  # Somebody who comes back sits down, unless they say otherwise.
        truth.typing, truth.last_input, truth.untouched = typing, truth.now, False
        self.judge.books.touch(truth.now)
        if self.told:
            self.told = False
            self.feed(IdleSeen(self.at, length))
            self.feed(IdleSeen(self.at, 0.0 if truth.sees else None))

    # --- what happens in the day -------------------------------------------------------------------------------------

    def _happens(self, moment: Moment) -> None:
        truth, arg = self.truth, moment.arg
        if self.hands_off_until and moment.what not in (What.ACTIVE, What.STILL):
            self.hands_off_until = 0.0
            if moment.what not in (What.LOCK, What.SLEEP, What.CRASH):
                self.input(typing=True)
        match moment.what:
            case What.ACTIVE if not self.hands_off_until:
                self.input(typing=True)
            case What.STILL if not self.hands_off_until:
                self._rests()
            case What.LOCK:
                truth.locked = True
                self._rests()
                self.feed(Locked(self.at))
                self.feed(IdleSeen(self.at, self._idle()))
            case What.UNLOCK if truth.locked:
                self.input(typing=True)
                truth.locked = False
                self.judge.settles()
                self.feed(Unlocked(self.at))
                self.feed(IdleSeen(self.at, self._idle()))
            case What.SLEEP:
                truth.asleep = True
                self._rests()
                if self.chance.random() < 0.9:
                    self.feed(FallingAsleep(self.at))
                    self.feed(IdleSeen(self.at, self._idle()))
                self._asleep_since = truth.now
            case What.WAKE:
                self._wakes()
            case What.QUIET:
                truth.reasons.add(str(arg))
                self.feed(Suppress(self.at, Suppression(str(arg), str(arg))))
            case What.LOUD:
                self._loud(str(arg))
            case What.STAND:
                self.input(typing=True)
                truth.standing = truth.running  # By the click alone NumbGuard knows of it.
                self.feed(Answer(self.at, Action.STAND))
            case What.SIT:
                self.input(typing=True)
                self.feed(Answer(self.at, Action.SIT))
                if truth.standing:
                    truth.standing = False
                    self.judge.settles()
            case What.TRAVEL:
                self.zone, self.quarter = ZoneInfo(str(arg)), -1
                self._jump(truth.now)
                self.feed(Tick(self.at))
            case What.CLOCK:
                self._sets_clock(float(arg or 0.0))
            case What.CRASH:
                self._crashes()
            case What.QUIT:
                self._quits()
            case What.START:
                self._start(self.saved)
            case What.PAUSE:
                self._pauses(self.at.wall + timedelta(seconds=float(arg or 0.0)))
            case What.NOT_TODAY:
                self._pauses(hours.next_workday(self.settings.hours, self.at))
            case What.BLIND:
                truth.sees = False
                self.feed(IdleSeen(self.at, None))
            case What.SEES:
                truth.sees = True
                self.feed(IdleSeen(self.at, self._idle()))
            case _:
                pass

    _asleep_since = 0.0

    def _wakes(self) -> None:
        truth = self.truth
        slept_through = self.engine is not None
        if not slept_through:
            self._start(self.saved)
        if not truth.asleep:
            return
        slept = truth.now - self._asleep_since
        self.slept += slept
        truth.asleep, truth.untouched = False, slept_through
        self.judge.settles()
        if slept_through:  # A program that was started afterwards knows of no sleep.
            self.feed(Woke(self.at, slept))
            self.feed(Woke(self.at, 0.0))

    def _loud(self, id: str) -> None:
        truth = self.truth
        if id in ("call", "fullscreen") and not (truth.reasons - {id}) & {"call", "fullscreen"}:
            truth.free_since = truth.now
        truth.reasons.discard(id)
        self.feed(Release(self.at, id))

    def _sets_clock(self, error: float) -> None:
        by, self.error, self.quarter = error - self.error, error, -1
        truth = self.truth
        self._jump(truth.now)
        self.feed(ClockSet(self.at, by))

    def _pauses(self, until: datetime) -> None:
        self.input(typing=True)
        if self.engine is None:
            return
        self.truth.paused_until = until.timestamp()
        self.feed(Pause(self.at, None, until))

    def _quits(self) -> None:
        if self.engine is not None:
            self.feed(Tick(self.at))
            self.saved = self.engine.to_table()
            self._crashes()

    def _crashes(self) -> None:
        if self.engine is None:
            return
        self.truth.running, self.engine, self.went_down = False, None, self.truth.now
        self.screen.goes_dark()
        self.judge.goes_down()

    def _start(self, saved: dict[str, object] | None) -> None:
        truth = self.truth
        if self.engine is not None:
            return
        if truth.now - self.went_down >= self.settings.natural_break - KEEP_S - 5:
            self.judge.starts_anew()
        at = self.at
        self.began = self.began or at
        self.engine = BreakEngine(self.settings, at, choose_card=next_card, new_id=self.new_id, saved=saved)
        truth.running, self.told = True, not truth.typing
        self.judge.settles()
        self.judge.sees(self.engine.start())
        if truth.paused_until and not (saved or {}).get("paused"):
            self.judge._fault("pause lost")
        self.asks_at = truth.now + ASK_S
        self._arm(self.engine)
        self.feed(IdleSeen(self.at, self._idle()))
        if truth.locked:
            self.feed(Locked(self.at))
        for id in sorted(truth.reasons):
            self.feed(Suppress(self.at, Suppression(id, id)))


def next_card(shown: Sequence[str]) -> str:
    """One after the other: which card comes is no question here."""
    return DECK[(DECK.index(shown[-1]) + 1) % len(DECK)] if shown and shown[-1] in DECK else DECK[0]
