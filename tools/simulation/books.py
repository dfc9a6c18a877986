"""The books of sitting: what one worker really sat, by the rules of ``docs/COUNTING.md``, beside what was written down.

Kept by the ``Judge`` while a life is played and drawn up at its end. They follow the rules: of the engine they use what
it put on the screen and the bouts it wrote down, never how it came to them. All moments are true seconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from numbguard.core.breaks.messages import Action
from numbguard.core.settings.settings import Settings

Span = tuple[float, float]

CLOSE_S = 30.0
"""A bout of the log is right when it is within this of the truth."""
SAVED_S = 130.0
"""The state is saved this often, in seconds: a crash loses what happened since."""
WORTH_S = 60.0
"""Bouts shorter than this are not compared: a sense that is asked every 30 s may not see them."""
RESTS_S = 30.0
"""A rest of the hands shorter than this is typing: no sense sees it."""


@dataclass(slots=True)
class CardTime:
    """A card as it was on the screen."""

    announced: float | None
    opened: float
    asked: bool
    """The person had started it."""
    length_s: float
    question: float | None = None
    closed: float | None = None
    answer: Action | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """The bouts that were compared, how many of them are right, and the first few that are not."""

    compared: int = 0
    close: int = 0
    crashed: int = 0
    """The bouts that are not close because a crash lost the last two minutes of them."""
    wrong: tuple[str, ...] = ()
    impossible: int = 0
    """Bouts that overlap another, end before they begin, or contain more sitting than their span."""


@dataclass(slots=True)
class Books:
    settings: Settings
    facts: dict[str, list[Span]] = field(default_factory=dict)
    """What was so, by its name, and when."""
    cards: list[CardTime] = field(default_factory=list)
    written: list[tuple[float, float, float]] = field(default_factory=list)
    """The engine's bouts: when each began and ended, and what was sat in it."""
    first: float | None = None
    last: float = 0.0

    # --- while the life is played ------------------------------------------------------------------------------------

    def passes(self, since: float, until: float, facts: Iterable[str]) -> None:
        """These facts held from ``since`` to ``until``."""
        if self.first is None:
            self.first = since
        self.last = until
        for name in facts:
            self._enter(name, since, until)

    def touch(self, at: float) -> None:
        self._enter("touched", at, at)

    def _enter(self, name: str, since: float, until: float) -> None:
        spans = self.facts.setdefault(name, [])
        if spans and since <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(until, spans[-1][1]))
        else:
            spans.append((since, until))

    # --- at its end --------------------------------------------------------------------------------------------------

    def balance(self) -> Balance:
        """Each true bout beside the bout of the log that it shares most of its time with."""
        true = self.bouts()
        close, wrong, compared, lost = 0, [], 0, 0
        for began, ended, sat_s in true:
            if sat_s < WORTH_S or ended >= self.last - self.settings.natural_break:
                continue  # the last one may not be written down yet
            if any(_shared((began - 1, ended + 1), span) > 0 for span in self._long_perhaps()):
                continue  # by the state that was kept last, the program may have been gone for long
            compared += 1
            found = max(self.written, key=lambda one: _shared((began, ended), one[:2]), default=(0.0, 0.0, 0.0))
            if _shared((began, ended), found[:2]) <= 0:
                found = (0.0, 0.0, 0.0)
            crashed = any(began <= since <= ended + SAVED_S for since, _ in self._get("down"))
            off_s = abs(found[2] - sat_s)
            if off_s <= CLOSE_S:
                close += 1
            elif crashed and off_s <= CLOSE_S + SAVED_S:
                lost += 1
            else:
                wrong.append(f"true {began:.0f} to {ended:.0f}, sat {sat_s:.0f} s; written {found[2]:.0f} s")
        impossible = sum(
            not 0 <= sat_s <= ended - began + 0.01 or (number > 0 and began < self.written[number - 1][1] - 0.01)
            for number, (began, ended, sat_s) in enumerate(self.written)
        )
        return Balance(compared, close, lost, tuple(wrong[:3]), impossible)

    def bouts(self) -> list[tuple[float, float, float]]:
        """The true bouts: when each began and ended, and what was sat in it."""
        if self.first is None:
            return []
        away, breaks = self._off_the_chair()
        ups = self._cards(away, breaks)
        uncounted = [*self._uncounted(), *away, *ups]
        ends = sorted({since for since, _ in [*breaks, *ups]} | {since for since, _ in self._long("free", "down")})
        found: list[tuple[float, float, float]] = []
        for since, until in _without((self.first, self.last), uncounted):
            while since < until:
                # A break that begins within, or just where this sitting ends, ends the bout.
                number = bisect_right(ends, since)
                cut = min(until, ends[number]) if number < len(ends) else until
                ended_between = found and bisect_right(ends, since) > bisect_right(ends, found[-1][0])
                if found and not ended_between:
                    began, _, sat_s = found[-1]
                    found[-1] = (began, cut, sat_s + cut - since)
                else:
                    found.append((since, cut, cut - since))
                since = cut
        return found

    def _get(self, name: str) -> list[Span]:
        return self.facts.get(name, [])

    def _long(self, *names: str) -> list[Span]:
        shortest = self.settings.natural_break
        return [span for name in names for span in self._get(name) if span[1] - span[0] >= shortest]

    def _long_perhaps(self) -> list[Span]:
        shortest = self.settings.natural_break
        return [span for span in self._get("down") if shortest - SAVED_S <= span[1] - span[0] < shortest]

    def _uncounted(self) -> list[Span]:
        return [*self._get("free"), *self._long("down")]

    def _off_the_chair(self) -> tuple[list[Span], list[Span]]:
        """When nobody sat; and those times of it that are long enough to be a break."""
        known = _joined([*self._get("locked"), *self._get("asleep")])
        off: list[Span] = []
        sure: list[Span] = []
        woken: list[Span] = []
        for gap in self._gaps(known):
            shut_s = sum(_shared(gap, span) for span in known)
            blind = _shares(gap, self._get("blind"))
            if gap[1] - gap[0] >= self.settings.natural_break and not blind:
                off.append(gap)
            elif shut_s > 0:
                # Too short for a break unless somebody stood as well: only the lock or the sleep is no sitting.
                sure.append(gap)
                slept = [span[0] for span in self._get("asleep") if _shared(gap, span) > 0]
                if slept and not blind:
                    woken.append((min(slept), gap[1]))  # waking is not coming back
        standing = [self._worn_off(span, off) for span in self._get("standing")]
        runs = _joined([*off, *standing, *sure])
        unseen, shortest = self._get("blind"), self.settings.natural_break
        breaks = [run for run in runs if run[1] - run[0] >= shortest and not _shares(run, unseen)]
        told = _joined([*known, *standing])
        breaks += [span for span in told if span[1] - span[0] >= shortest and _shares(span, unseen)]
        return _joined([*breaks, *standing, *known, *woken, *self._unvouched()]), breaks

    def _unvouched(self) -> list[Span]:
        """Calls and films that nobody has touched for too long."""
        longest, blind = self.settings.quiet_untouched, self._get("blind")
        rests = [rest for rest in self._rests() if rest[1] - rest[0] > longest and not _shares(rest, blind)]
        return [(since + longest, until) for since, until in rests]

    @staticmethod
    def _worn_off(standing: Span, off: Sequence[Span]) -> Span:
        """Standing lasts until the first return from a long absence."""
        ends = [gap[1] for gap in off if standing[0] <= gap[0] < standing[1]]
        return standing[0], min([standing[1], *ends])

    def _gaps(self, known: Sequence[Span]) -> list[Span]:
        """Each time without a touch, and without a call or a film to sit in."""
        held = [span for each in self._get("held") for span in _without(each, known)]
        there = _joined([*self._get("touched"), *held])
        assert self.first is not None
        edges = [(self.first, self.first), *there, (self.last, self.last)]
        return [(before[1], after[0]) for before, after in pairwise(edges) if after[0] > before[1]]

    # --- cards -------------------------------------------------------------------------------------------------------

    def _cards(self, away: list[Span], breaks: list[Span]) -> list[Span]:
        """When somebody was up for a card. Where they said that they were not, idleness was no absence."""
        ups = []
        for card in self.cards:
            closed = self.last if card.closed is None else card.closed
            whole = (card.opened, closed)
            if card.answer is Action.NOT_MOVED:
                self._refuse(whole, away, breaks)
            elif card.answer in (Action.MOVED, Action.DONE) or self._rested_through(card):
                ups.append(self._up(card, closed))
        return ups

    def _refuse(self, card: Span, away: list[Span], breaks: list[Span]) -> None:
        known = _joined([*self._get("locked"), *self._get("asleep"), *self._get("standing")])
        for run in [run for run in breaks if _shared(run, card) > 0]:
            if sum(_shared(run, span) for span in known) < self.settings.natural_break:
                breaks.remove(run)
                away[:] = _joined([*(span for each in away for span in _without(each, [run])), *known])

    def _rested_through(self, card: CardTime) -> bool:
        if card.question is None or card.question - card.opened < card.length_s - 1:
            return False
        if _shares((card.opened, card.question), self._get("blind")):
            return False
        touched_s = sum(_shared((card.opened, card.question), span) for span in self._get("touched"))
        return touched_s < (card.question - card.opened) / 2

    def _up(self, card: CardTime, closed: float) -> Span:
        if _shares((card.opened, closed), self._get("blind")):
            return card.opened, closed
        since = card.opened if card.asked or card.announced is None else card.announced
        rests = [
            (max(gap[0], since) if card.asked else gap[0], min(gap[1], closed))
            for gap in self._rests()
            if gap[1] > since and gap[0] < closed
        ]
        if self._rested_through(card):
            rests = [rest for rest in rests if rest[0] < (card.question or closed)]
        longest = max(rests, key=lambda rest: rest[1] - rest[0], default=(closed, closed))
        if longest[1] - longest[0] >= RESTS_S:
            return longest
        until = closed if card.question is None else card.question
        touched_s = sum(_shared((card.opened, until), span) for span in self._get("touched"))
        return (closed, closed) if touched_s >= (until - card.opened) / 2 else (card.opened, until)

    def _rests(self) -> list[Span]:
        touched = _joined(self._get("touched"))
        return [(one[1], other[0]) for one, other in pairwise(touched)]


def _shared(one: Span, other: Span) -> float:
    return max(0.0, min(one[1], other[1]) - max(one[0], other[0]))


def _shares(one: Span, others: Iterable[Span]) -> bool:
    return any(_shared(one, other) > 0 for other in others)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, with those that touch as one."""
    joined: list[Span] = []
    for since, until in sorted(spans):
        if joined and since <= joined[-1][1] + 1e-6:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until))
        else:
            joined.append((since, until))
    return joined


def _without(whole: Span, holes: Iterable[Span]) -> list[Span]:
    """What is left of a span."""
    left, since = [], whole[0]
    for start, end in _joined(hole for hole in holes if hole[1] > whole[0] and hole[0] < whole[1]):
        if start > since:
            left.append((since, start))
        since = max(since, end)
    if since < whole[1]:
        left.append((since, whole[1]))
    return left
