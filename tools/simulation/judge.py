"""The books beside the simulation: what was true at each moment, and whether what the engine did was right then.

Kept from the worker's moments alone; of the engine only its effects are seen. Lengths are true seconds.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from numbguard.core.breaks.messages import (
    Action,
    Announce,
    AskAfter,
    CloseCard,
    Effect,
    KeepBout,
    KeepBreak,
    NudgePosture,
    OfferRoutine,
    OpenCard,
    Withdraw,
)
from numbguard.core.log.records.sitting import Outcome
from numbguard.core.settings.settings import Settings
from tools.simulation.books import Books, CardTime

SLACK_S = 1.0
APART_S = 300.0
"""Posture tips and the routine's offer keep so far from a break."""
QUARTER_S = 900.0
"""Working hours begin and end on the quarter of an hour."""
LONG_AGO_S = 1e6
UNTOLD_S = 35.0
"""A sense that tells by event tells of no stillness shorter than about half a minute."""
WRONG_MOMENTS = (
    "in a call",
    "while quiet",
    "while away",
    "to an empty chair",
    "outside the hours",
    "before things settled",
)
HOLDS = frozenset({"call", "fullscreen", "sharing"})
RESETS = frozenset({Outcome.NATURAL, Outcome.MOVED, Outcome.FINISHED})


@dataclass(slots=True)
class Truth:
    """What is so, until the next moment changes it."""

    now: float
    wall: float = 0.0
    """What the clock on the wall shows, as a Unix time."""
    last_input: float = 0.0
    typing: bool = False
    locked: bool = False
    asleep: bool = False
    standing: bool = False
    reasons: set[str] = field(default_factory=set)
    free_since: float = 0.0
    """The end of the last call or film."""
    paused_until: float | None = None
    """By the clock on the wall."""
    running: bool = False
    sees: bool = True
    """Idleness can be sensed."""
    untouched: bool = False
    """The machine has woken, and nobody has touched it since."""

    @property
    def gone_since(self) -> float | None:
        """Since when nobody has shown themselves, by a key or in a call."""
        if self.typing or (not self.asleep and not self.locked and self.reasons & HOLDS):
            return None
        return max(self.last_input, self.free_since)


@dataclass(slots=True)
class Spell:
    """Nobody there, or nobody in the chair."""

    since: float
    worth: bool
    """Somebody had sat before, within the hours, and the program was there to see it."""
    by_hand: bool
    """Told by a lock, a sleep or the person, not by idleness alone."""
    credited: int = 0
    counted: bool = False
    """A card taken in it was the break."""


class Judge:
    def __init__(self, settings: Settings, truth: Truth) -> None:
        self.settings, self.truth = settings, truth
        self.faults: Counter[str] = Counter()
        self.first: dict[str, str] = {}
        self.prompts = self.naturals = self.nudges = self.offers = 0
        self.sat_s = self.unasked_s = 0.0
        self.settled_since = 0.0
        self.books = Books(settings)
        self.spell: Spell | None = None
        self.asked_for = False
        self.announced = self.card_up = False
        """What is done before a card is the card's: it asks afterwards whether it was a break."""
        self.works = True
        """Whether the clock on the wall shows working time."""
        self._today = date.min
        self._offered_on = date.min
        self._put_off = False
        self._entered_as = True
        self._break_at = self._spoken_at = self._announced_at = -LONG_AGO_S
        self._was_quiet = False
        self._worked = True
        self._free_s = 0.0

    def looks_at_the_clock(self, face: datetime) -> None:
        """Often enough that no working hours begin or end unseen."""
        self._today, self.works = face.date(), self._is_worked(face)

    def _is_worked(self, face: datetime) -> bool:
        hours = self.settings.hours
        if not hours:
            return True
        clock = face.time()
        for span in hours.get(face.weekday(), ()):
            if span.start <= clock < span.end or (span.end <= span.start <= clock):
                return True
        return any(span.end <= span.start and clock < span.end for span in hours.get((face.weekday() - 1) % 7, ()))

    def settles(self) -> None:
        """The machine woke, or was unlocked; or a reason to keep quiet ended."""
        self.settled_since = self.truth.now

    # --- time passes --------------------------------------------------------------------------------------------------

    def passes(self, seconds: float) -> None:
        """``truth`` stood as it does for ``seconds``, up to now."""
        truth, settings = self.truth, self.settings
        self._enter(truth.now - seconds, truth.now)
        gone = None if truth.typing else truth.gone_since
        works = self.works
        on_duty, self._worked = works and self._worked, works
        if on_duty:
            self._free_s = 0.0
        else:
            self._free_s += seconds
            if self._free_s >= settings.natural_break:
                self.starts_anew()
        off = (
            truth.standing
            or truth.locked
            or truth.asleep
            or (gone is not None and truth.now - gone >= settings.natural_break)
        )
        if self.spell is None and off:
            since = truth.now - seconds if gone is None else gone
            by_hand = truth.standing or truth.locked or truth.asleep
            worth = self.sat_s - max(0.0, truth.now - since) > 60 and truth.running and on_duty
            self.spell = Spell(since, worth, by_hand)
        elif self.spell is not None and not off:
            self._over(self.spell, truth.now - seconds)
        if self.spell is not None and self.card_up:
            self.spell.counted = True
        if self.spell is not None and not (truth.running and on_duty and truth.sees):
            self.spell.worth = False
        quiet = bool(truth.reasons) or truth.paused_until is not None or not works
        if self._was_quiet and not quiet:
            self.settled_since = truth.now - seconds
        self._was_quiet = quiet
        if off or not truth.running or not on_duty:
            return
        self.sat_s += seconds
        if not quiet and truth.now - self.settled_since > settings.settle + SLACK_S:
            self.unasked_s += seconds
            if self.unasked_s > settings.interval + settings.max_snoozes * settings.snooze + settings.patience + 60:
                self._fault("sat too long without being asked")
                self.unasked_s = 0.0

    def _enter(self, since: float, until: float) -> None:
        """Enter the time in the books, in two parts where working hours began or ended within it."""
        edge = until - self.truth.wall % QUARTER_S if self.works is not self._entered_as else since
        if since < edge:
            self.books.passes(since, edge, self._facts(works=self._entered_as))
            since = edge
        self._entered_as = self.works
        if since < until:
            self.books.passes(since, until, self._facts(works=self.works))

    def _facts(self, *, works: bool) -> list[str]:
        truth = self.truth
        held = truth.reasons & HOLDS and not truth.asleep and not truth.locked
        facts = {
            "touched": truth.typing,
            "locked": truth.locked,
            "asleep": truth.asleep,
            "standing": truth.standing,
            "held": bool(held),
            "down": not truth.running,
            "blind": not truth.sees,
            "free": not works,
        }
        return [name for name, holds in facts.items() if holds]

    def clicked(self, action: Action) -> None:
        """The person pressed a button of the card."""
        self.books.touch(self.truth.now)
        if self.books.cards and self.books.cards[-1].closed is None:
            self.books.cards[-1].answer = action

    def _over(self, spell: Spell, end: float) -> None:
        length = end - spell.since
        self.spell = None
        if length >= self.settings.natural_break + SLACK_S:
            self.sat_s = self.unasked_s = 0.0
        long = length >= self.settings.natural_break + UNTOLD_S
        if long and spell.worth and not spell.credited and not spell.counted:
            self._fault("natural break missed", (spell, end))

    def later(self) -> None:
        """The offer was put off, so it comes again, and is still the offer of its day."""
        self._put_off = True

    def goes_down(self) -> None:
        if self.card_up or self.announced:
            self._break_at = self.truth.now
        if self.card_up:
            self.books.cards[-1].closed = self.truth.now
        self.card_up = self.announced = False

    def answered(self) -> None:
        """The person knows of the break, and said what they make of it."""
        self.unasked_s = 0.0

    def starts_anew(self) -> None:
        """The program was gone for long: nobody knows what happened meanwhile."""
        self.sat_s = self.unasked_s = 0.0

    # --- what the engine did ------------------------------------------------------------------------------------------

    def sees(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            match effect:
                case Announce():
                    self._prompted()
                    self.announced, self._announced_at = True, self.truth.now
                case Withdraw():
                    self.announced, self._break_at = False, self.truth.now
                case OpenCard(duration_s=length_s):
                    announced = self._announced_at if self.truth.now - self._announced_at < 3600 else None
                    card = CardTime(announced, self.truth.now, self.asked_for, length_s)
                    self.books.cards.append(card)
                    if not self.asked_for:
                        self._prompted()
                    self.announced, self.card_up = False, True
                case AskAfter():
                    self.books.cards[-1].question = self.truth.now
                case KeepBout(bout=bout):
                    error = self.truth.now - self.truth.wall
                    began, ended = bout.started_at.timestamp() + error, bout.ended_at.timestamp() + error
                    self.books.written.append((began, ended, bout.seated_s))
                case CloseCard():
                    self.books.cards[-1].closed = self.truth.now
                    self.card_up, self._break_at = False, self.truth.now
                case NudgePosture():
                    self.nudges += 1
                    self._whispered("posture tip")
                case OfferRoutine():
                    self.offers += 1
                    self._whispered("offer")
                    if self._put_off:
                        self._put_off = False
                    elif self._offered_on == self._today:
                        self._fault("offer twice a day")
                    else:
                        self._offered_on = self._today
                case KeepBreak(record=record) if record.outcome in RESETS and record.ended_at is None:
                    self._credited()
                case KeepBreak(record=record) if record.outcome in RESETS and record.outcome is not Outcome.NATURAL:
                    self.sat_s = self.unasked_s = 0.0
                    if self.spell:
                        self.spell.counted = True
                case _:
                    pass

    def _prompted(self) -> None:
        self.prompts += 1
        self.unasked_s = 0.0
        self._spoken("prompt")
        if self.truth.standing:
            self._fault("prompt while standing")
        if not self.announced and self.truth.now - self._spoken_at < APART_S - SLACK_S:
            self._fault("posture tip or offer just before a break")

    def _whispered(self, what: str) -> None:
        """Small things keep away from breaks, and from one another."""
        self._spoken(what)
        now = self.truth.now
        if self.announced or self.card_up:
            self._fault(f"{what} during a break")
        if now - self._break_at < APART_S - SLACK_S:
            self._fault(f"{what} just after a break")
        self._spoken_at = now

    def _spoken(self, what: str) -> None:
        truth = self.truth
        if truth.reasons & HOLDS:
            self._fault(f"{what} in a call")
        if truth.reasons - HOLDS or truth.paused_until:
            self._fault(f"{what} while quiet")
        gone = truth.gone_since
        idle = truth.sees and gone is not None and truth.now - gone >= self.settings.natural_break + SLACK_S
        if truth.locked or truth.asleep or idle:
            self._fault(f"{what} while away")
        if truth.untouched and truth.sees and not truth.reasons & HOLDS:
            self._fault(f"{what} to an empty chair")
        if not self.works:
            self._fault(f"{what} outside the hours")
        if truth.now - self.settled_since < self.settings.settle - SLACK_S:
            self._fault(f"{what} before things settled")

    def _credited(self) -> None:
        self.naturals += 1
        truth, spell = self.truth, self.spell
        gone = truth.gone_since
        since = spell.since if spell else gone
        self.sat_s = self.unasked_s = 0.0
        short = since is None or truth.now - since < self.settings.natural_break - SLACK_S
        if short or (spell is None and not truth.sees):
            self._fault("natural break invented")
        if spell:
            spell.credited += 1
            if spell.credited > 1:
                self._fault("natural break counted twice")

    def _fault(self, what: str, detail: object = "") -> None:
        self.faults[what] += 1
        if what not in self.first:
            face = datetime.fromtimestamp(self.truth.wall, UTC)
            self.first[what] = f"{face:%a %Y-%m-%d %H:%M:%S} UTC {self.truth} {detail}"
