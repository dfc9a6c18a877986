"""Many workers' years, one after the other or spread over the cores, and what came of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from .desk import Desk, floor_s, replay


@dataclass(slots=True)
class Report:
    """What a number of simulated days came to; ``faults`` holds what must never be."""

    days: int = 0
    inputs: int = 0
    prompts: int = 0
    naturals: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, other: Report) -> None:
        self.days += other.days
        self.inputs += other.inputs
        self.prompts += other.prompts
        self.naturals += other.naturals
        self.faults.update(other.faults)
        for what, story in other.first.items():
            self.first.setdefault(what, story)

    def __str__(self) -> str:
        each = f"{self.inputs / self.days:.0f} inputs, {self.prompts / self.days:.1f} prompts"
        lines = [f"{self.days} days: {each} and {self.naturals / self.days:.1f} natural breaks a day"]
        lines += [f"{count} × {what}; first: {self.first[what]}" for what, count in self.faults.most_common()]
        return "\n".join(lines if self.faults else [*lines, "0 faults"])


def person(seed: int, days: int) -> Report:
    """One worker's days."""
    life = Desk(seed).live(days)
    first = {what: f"worker {seed}: {story}" for what, story in life.first.items()}
    return Report(life.days, life.steps, life.prompts, life.naturals, life.faults, first)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a simulated day costs the engine, beside a fixed loop of plain Python timed in between."""

    day_s: float
    floor_s: float
    inputs: float

    @property
    def ratio(self) -> float:
        return self.day_s / self.floor_s

    def __str__(self) -> str:
        return (
            f"a day costs {self.day_s * 1000:.2f} ms for {self.inputs:.0f} inputs; "
            f"the loop {self.floor_s * 1000:.2f} ms; ratio {self.ratio:.2f}"
        )


def cost(seeds: range, days: int) -> Cost:
    """The least of three rounds each: what disturbs a machine only ever adds."""
    kept = []
    for seed in seeds:
        desk = Desk(seed, keep=True)
        desk.live(days)
        assert desk.kept
        kept.append((desk.settings, desk.kept))
    rounds, floors = [], []
    for _ in range(3):
        floors.append(floor_s())
        rounds.append(sum(replay(settings, inputs) for settings, inputs in kept))
    number = len(seeds) * days
    return Cost(min(rounds) / number, min(floors), sum(len(inputs) for _, inputs in kept) / number)
