"""Many workers' years, one after the other or spread over the cores, and what came of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tools.simulation.desk import Desk
from tools.simulation.judge import WRONG_MOMENTS

NEVER = tuple(
    [f"{what} {when}" for what in ("prompt", "posture tip", "offer") for when in WRONG_MOMENTS]
    + ["prompt while standing", "posture tip or offer just before a break", "sat too long without being asked"]
    + ["natural break missed", "natural break invented", "natural break counted twice", "pause lost"]
)


@dataclass(slots=True)
class Report:
    """What a number of simulated days came to; ``faults`` holds what must never be."""

    days: int = 0
    inputs: int = 0
    prompts: int = 0
    naturals: int = 0
    nudges: int = 0
    offers: int = 0
    bouts: int = 0
    bouts_close: int = 0
    bouts_crashed: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, other: Report) -> None:
        self.days += other.days
        self.inputs += other.inputs
        self.prompts += other.prompts
        self.naturals += other.naturals
        self.nudges += other.nudges
        self.offers += other.offers
        self.bouts += other.bouts
        self.bouts_close += other.bouts_close
        self.bouts_crashed += other.bouts_crashed
        self.faults.update(other.faults)
        for what, story in other.first.items():
            self.first.setdefault(what, story)

    def __str__(self) -> str:
        days = self.days
        lines = [
            f"{days} days; a day: {self.inputs / days:.0f} inputs, {self.prompts / days:.1f} prompts, "
            f"{self.naturals / days:.1f} natural breaks, {self.nudges / days:.1f} posture tips, "
            f"{self.offers / days:.2f} offers of the routine"
        ]
        share, lost = ((part / self.bouts if self.bouts else 1.0) for part in (self.bouts_close, self.bouts_crashed))
        lines.append(
            f"{self.bouts} bouts; within 30 s of the truth: {share:.2%}; "
            f"more off, as a crash lost up to two minutes: {lost:.2%}; wrong: {max(0.0, 1 - share - lost):.2%}"
        )
        lines += [f"{what}: {self.faults[what]}" for what in NEVER]
        lines += [f"{what}: {count}" for what, count in self.faults.items() if what not in NEVER]
        lines += [f"first {what}: {story}" for what, story in self.first.items()]
        return "\n".join([*lines, f"{sum(self.faults.values())} faults"])


def person(seed: int, days: int) -> Report:
    """One worker's days."""
    life = Desk(seed).live(days)
    first = {what: f"worker {seed}: {story}" for what, story in life.first.items()}
    if life.balance.wrong:
        first["bout that is wrong"] = f"worker {seed}: {life.balance.wrong[0]}"
    return Report(
        life.days,
        life.steps,
        life.prompts,
        life.naturals,
        life.nudges,
        life.offers,
        life.balance.compared,
        life.balance.close,
        life.balance.crashed,
        life.faults,
        first,
    )
