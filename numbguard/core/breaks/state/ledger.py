"""How one person spent the time: a clock of its own, and the stretches of sitting, standing and absence on it.

Only the engine uses it, through ``EngineState``. The ledger counts every second once, as one kind. What the engine
learns later (somebody left four minutes ago) rewrites the stretch in question. A sitting bout is read from the
stretches, so it contains no more sitting than the time it spans, and two bouts never overlap. All figures are seconds
on the ledger's own clock, which starts at 0, includes the machine's sleep, and does not change when the wall clock is
set.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum


class StretchKind(Enum):
    """What a stretch of time was."""

    SITTING = "sitting"
    STANDING = "standing"
    AWAY = "away"
    UNKNOWN = "unknown"
    """Neither sitting nor a break: nobody can tell."""
    OFF = "off"
    """Not counted: outside the working hours, or stopped by a setting."""


@dataclass(slots=True)
class Stretch:
    kind: StretchKind
    since_s: float
    until_s: float


@dataclass(frozen=True, slots=True)
class Sat:
    """The sitting within a bout: when it began and ended, and how many seconds it was."""

    since_s: float
    until_s: float
    seated_s: float
    unknown_s: float
    """Unknown seconds of the whole bout: also those before the first sitting in it, and after the last."""


@dataclass(slots=True)
class Ledger:
    """The stretches of the present bout, oldest first, without a gap between them."""

    now_s: float = 0.0
    bout_s: float = 0.0
    """Where the last bout ended: the present one begins with the first sitting after it."""
    seated_s: float = 0.0
    """Seconds of sitting in the present bout."""
    stretches: list[Stretch] = field(default_factory=list)
    totals: dict[StretchKind, float] = field(default_factory=lambda: dict.fromkeys(StretchKind, 0.0))
    """All seconds since the ledger was opened, by kind."""

    def passes(self, kind: StretchKind, seconds: float) -> None:
        """Enter the next ``seconds`` as one kind."""
        if seconds <= 0:
            return
        since_s = self.now_s
        self.now_s += seconds
        self.totals[kind] += seconds
        if kind is StretchKind.SITTING:
            self.seated_s += seconds
        if self.stretches and self.stretches[-1].kind is kind:
            self.stretches[-1].until_s = self.now_s
            return
        self.stretches.append(Stretch(kind, since_s, self.now_s))

    def rewrite(self, since_s: float, until_s: float, to: StretchKind, *, only: Collection[StretchKind]) -> None:
        """Change time from ``since_s`` to ``until_s`` that was entered as one of ``only`` to the kind ``to``."""
        rewritten: list[Stretch] = []
        for each in self.stretches:
            low, high = max(each.since_s, since_s), min(each.until_s, until_s)
            if low >= high or each.kind not in only or each.kind is to:
                rewritten.append(each)
                continue
            if each.since_s < low:
                rewritten.append(Stretch(each.kind, each.since_s, low))
            rewritten.append(Stretch(to, low, high))
            if high < each.until_s:
                rewritten.append(Stretch(each.kind, high, each.until_s))
            self.totals[each.kind] -= high - low
            self.totals[to] += high - low
        self.stretches = _joined(rewritten)
        self.seated_s = self.spent(StretchKind.SITTING, since_s=self.bout_s)

    def spent(self, kind: StretchKind, *, since_s: float, until_s: float = float("inf")) -> float:
        """Return the seconds of this kind from ``since_s`` to ``until_s``, as far back as the present bout."""
        return sum(
            max(0.0, min(each.until_s, until_s) - max(each.since_s, since_s))
            for each in self.stretches
            if each.kind is kind
        )

    def end_bout(self, at_s: float) -> Sat | None:
        """End the present bout at ``at_s`` and begin the next; returns its sitting, or ``None`` if there was none."""
        within = [
            (each.since_s, min(each.until_s, at_s))
            for each in self.stretches
            if each.kind is StretchKind.SITTING and each.since_s < at_s
        ]
        unknown_s = self.spent(StretchKind.UNKNOWN, since_s=self.bout_s, until_s=at_s)
        self.bout_s = at_s
        later = [each for each in self.stretches if each.until_s > at_s]
        self.stretches = [Stretch(each.kind, max(each.since_s, at_s), each.until_s) for each in later]
        self.seated_s = self.spent(StretchKind.SITTING, since_s=at_s)
        if not within:
            return None
        return Sat(within[0][0], within[-1][1], sum(until_s - since_s for since_s, until_s in within), unknown_s)


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Return the stretches with neighbours of one kind joined."""
    joined: list[Stretch] = []
    for each in stretches:
        if joined and joined[-1].kind is each.kind:
            joined[-1] = Stretch(each.kind, joined[-1].since_s, each.until_s)
        else:
            joined.append(each)
    return joined
