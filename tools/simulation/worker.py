"""An office worker as a seeded model: what really happens on each of their days, whatever any program makes of it.

``Worker.day`` gives one day as moments in order. Made by ``desk``; nothing here knows the engine.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from numbguard.core.breaks.messages import Action
from numbguard.core.settings.settings import Settings, WorkingSpan

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "Europe/London",
)
Hours = Mapping[int, tuple[WorkingSpan, ...]]
OFFICE = {day: (WorkingSpan(time(9), time(12, 30)), WorkingSpan(time(13, 15), time(18))) for day in range(5)}
NIGHT = {day: (WorkingSpan(time(22), time(6)),) for day in range(5)}
LONG = {day: (WorkingSpan(time(7), time(21)),) for day in range(7)}


class What(Enum):
    ACTIVE = auto()
    """Hands on keys and pointer from now on."""
    STILL = auto()
    """No input from now on: reading, listening, or gone."""
    LOCK = auto()
    UNLOCK = auto()
    SLEEP = auto()
    WAKE = auto()
    QUIET = auto()
    """A reason to keep quiet begins; ``arg`` is its id."""
    LOUD = auto()
    STAND = auto()
    SIT = auto()
    TRAVEL = auto()
    CLOCK = auto()
    """The clock is set; ``arg`` is how wrong it is from now on."""
    CRASH = auto()
    QUIT = auto()
    """The program ends in order, as when the machine is shut down."""
    START = auto()
    PAUSE = auto()
    NOT_TODAY = auto()
    BLIND = auto()
    """Idleness cannot be sensed from now on."""
    SEES = auto()


@dataclass(frozen=True, slots=True)
class Moment:
    at: float
    """True time, as a Unix time."""
    what: What
    arg: str | float | None = None


class Worker:
    """Who this is follows from ``seed`` alone."""

    def __init__(self, seed: int) -> None:
        self.chance = chance = random.Random(seed)
        self.home = ZoneInfo(chance.choice(ZONES))
        self.zone = self.home
        self.works_at_night = chance.random() < 0.1
        hours: Hours = NIGHT if self.works_at_night else chance.choice([{}, {}, OFFICE, OFFICE, LONG])
        self.settings = Settings(
            interval=chance.choice([30, 45, 45, 60]) * 60.0,
            patience=chance.choice([60.0, 180.0, 300.0]),
            max_snoozes=chance.choice([0, 1, 3]),
            hours=hours,
            routine_at=chance.choice([None, time(9, 30), time(10), time(13, 30), time(16, 15), time(23)]),
        )
        self.polled = chance.random() < 0.15
        """Idleness is asked for every 30 s on this desktop; else it is reported by event."""
        self.mood = chance.choice(["keen", "busy", "stubborn", "mixed"])
        self.breathes = chance.random() < 0.9
        """Whether this one ever pauses while typing."""
        self.today = date(2026, 1, 5) + timedelta(days=chance.randrange(300))
        self.clock_is_wrong = False
        self._moments: list[Moment] = []
        self._at = 0.0

    def day(self) -> list[Moment]:
        """The next working day."""
        self.today += timedelta(days=1)
        while self.today.weekday() > 4:
            self.today += timedelta(days=1)
        self._moments = []
        self._begin()
        chance = self.chance
        lunch = self._at + chance.uniform(3.2, 4.2) * 3600
        end = self._at + chance.uniform(8, 9.5) * 3600
        eaten = False
        while self._at < end:
            if not eaten and self._at > lunch:
                self._leave(chance.uniform(20, 60) * 60)
                eaten = True
            self._do_something()
        self._go_home()
        return self._moments

    # --- pieces of a day ---------------------------------------------------------------------------------------------

    def _add(self, what: What, arg: str | float | None = None, *, after: float = 0.0) -> None:
        self._at += after
        self._moments.append(Moment(self._at, what, arg))

    def _begin(self) -> None:
        chance = self.chance
        opens = datetime.combine(self.today, time(21, 30) if self.works_at_night else time(8, 30), self.zone)
        self._at = max(opens.astimezone(UTC).timestamp() + chance.uniform(0, 3600), self._at + 3600)
        self._add(What.WAKE)
        self._add(What.UNLOCK, after=chance.uniform(2, 20))
        self._add(What.ACTIVE)
        if self.clock_is_wrong:
            self.clock_is_wrong = False
            self._add(What.CLOCK, 0.0, after=40)
        elif chance.random() < 0.02:
            self.clock_is_wrong = True
            self._add(What.CLOCK, chance.choice([-3600.0, 3600.0, 400.0, -90.0]), after=chance.uniform(60, 3600))
        if chance.random() < 0.02:
            self._add(What.BLIND, after=chance.uniform(10, 600))
            self._blind = True

    _blind = False

    def _do_something(self) -> None:
        chance = self.chance
        self._type(chance.uniform(3, 25) * 60)
        what = chance.random()
        if what < 0.25:
            self._leave(chance.choice([60, 150, 240, 400, 700]) * chance.uniform(0.8, 1.2))
        elif what < 0.45:
            self._meet(chance.uniform(10, 70) * 60)
        elif what < 0.5:
            self._stand(chance.uniform(3, 30) * 60)
        elif what < 0.54:
            self._film(chance.uniform(5, 30) * 60)
        elif what < 0.56:
            self._add(What.PAUSE, chance.uniform(600, 5400))
        elif what < 0.562:
            self._add(What.NOT_TODAY)
        elif what < 0.57:
            self._crash()
        elif what < 0.58 and not self.works_at_night:
            self._travel()
        elif what < 0.60 and self._blind:
            self._blind = False
            self._add(What.SEES)
        elif what < 0.62:
            self._doze()
        elif what < 0.64:
            self._blink()
        elif what < 0.65:
            self._forget_a_film(chance.uniform(3, 5) * 3600)

    def _type(self, seconds: float) -> None:
        """Bursts, and reading in between; once in a while a long text without a key."""
        chance, end = self.chance, self._at + seconds
        while self._at < end:
            self._add(What.STILL, after=chance.uniform(20, 240))
            still = chance.uniform(4, 60) if chance.random() < 0.9 else chance.uniform(60, 1200)
            self._add(What.ACTIVE, after=still)

    def _leave(self, seconds: float) -> None:
        """Up and away: with the screen locked, the lid closed, or just so."""
        how = self.chance.random()
        self._add(What.STILL, after=30)
        if how < 0.5:
            before = self.chance.uniform(0, min(60.0, seconds / 3))
            self._add(What.LOCK, after=before)
            self._add(What.UNLOCK, after=seconds - before)
        elif how < 0.65:
            self._add(What.SLEEP, after=2)
            self._add(What.WAKE, after=seconds)
            self._at += 3
        else:
            self._at += seconds
        self._add(What.ACTIVE)
        self._at += 60

    def _meet(self, seconds: float) -> None:
        """A call: the microphone is on, hands mostly off the keys, do-not-disturb or a full screen with it at times."""
        chance = self.chance
        ids = ["call", *(["dnd"] if chance.random() < 0.3 else []), *(["fullscreen"] if chance.random() < 0.3 else [])]
        for id in ids:
            self._add(What.QUIET, id, after=1)
        end = self._at + seconds
        while self._at < end:
            self._add(What.STILL, after=chance.uniform(2, 30))
            self._add(What.ACTIVE, after=chance.uniform(20, 900))
        if chance.random() < 0.1:
            self._add(What.SLEEP, after=5)
            self._add(What.WAKE, after=chance.uniform(10, 600))
            self._add(What.ACTIVE, after=3)
        if chance.random() < 0.5:
            self._add(What.STILL, after=2)
        for id in reversed(ids):
            self._add(What.LOUD, id, after=1)
        self._add(What.ACTIVE, after=chance.choice([5, 200, 400]))

    def _film(self, seconds: float) -> None:
        self._add(What.QUIET, "fullscreen", after=5)
        self._add(What.STILL, after=1)
        self._add(What.LOUD, "fullscreen", after=seconds)
        self._add(What.ACTIVE, after=2)

    def _doze(self) -> None:
        """Away with the lid closed, and the machine wakes by itself now and then: nobody touches it."""
        chance = self.chance
        self._add(What.STILL, after=20)
        for _ in range(chance.choice([1, 2, 3])):
            self._add(What.SLEEP, after=chance.uniform(5, 40))
            self._add(What.WAKE, after=chance.uniform(60, 300))
        self._add(What.ACTIVE, after=chance.uniform(2, 90))
        self._at += 60

    def _blink(self) -> None:
        """A sense that comes and goes."""
        chance = self.chance
        for _ in range(chance.randint(3, 40)):
            self._add(What.QUIET, "dnd", after=chance.uniform(5, 20))
            self._add(What.LOUD, "dnd", after=chance.uniform(5, 20))

    def _forget_a_film(self, seconds: float) -> None:
        """A full screen is left in front, and nobody is there for hours."""
        self._add(What.QUIET, "fullscreen", after=5)
        self._add(What.STILL, after=1)
        self._add(What.ACTIVE, after=seconds)
        self._add(What.LOUD, "fullscreen", after=20)

    def _stand(self, seconds: float) -> None:
        self._add(What.STAND, after=10)
        end = self._at + seconds
        while self._at < end:
            self._add(What.STILL, after=60)
            self._add(What.ACTIVE, after=20)
        self._add(What.SIT, after=10)
        self._at += 60

    def _crash(self) -> None:
        self._add(What.CRASH, after=self.chance.uniform(1, 200))
        self._add(What.START, after=self.chance.choice([2, 60, 200, 900]))

    def _travel(self) -> None:
        self._leave(3600 * self.chance.uniform(0.5, 2))
        self.zone = self.home if self.zone is not self.home else ZoneInfo(self.chance.choice(ZONES))
        self._add(What.TRAVEL, self.zone.key)
        self._at += 60

    def _go_home(self) -> None:
        self._add(What.STILL, after=20)
        how = self.chance.random()
        if how < 0.6:
            self._add(What.SLEEP, after=3)
        elif how < 0.7:
            self._add(What.LOCK, after=1)
        else:
            self._add(What.QUIT if self.chance.random() < 0.9 else What.CRASH, after=3)

    # --- what they make of what pops up ------------------------------------------------------------------------------

    def answers_announcement(self, *, can_snooze: bool) -> Action | None:
        start, snooze, skip = {"keen": (80, 90, 92), "busy": (20, 70, 80), "stubborn": (5, 10, 50)}.get(
            self.mood, (40, 60, 70)
        )
        die = self.chance.uniform(0, 100)
        if die < start:
            return Action.START
        if die < snooze and can_snooze:
            return Action.SNOOZE
        return Action.SKIP if die < skip else None

    def answers_offer(self) -> Action | None:
        die = self.chance.random()
        if die < 0.3:
            return Action.ROUTINE
        return Action.ROUTINE_LATER if die < 0.5 else Action.ROUTINE_NOT_TODAY if die < 0.7 else None
