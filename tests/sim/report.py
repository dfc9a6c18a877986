"""Many workers' years, one after the other or spread over the cores, and what came of them."""

from __future__ import annotations

import gc
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count, islice

from .desk import Desk, floor_s, replay
from .judge import WRONG_MOMENTS
from .worker import Worker

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
    faults: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, other: Report) -> None:
        self.days += other.days
        self.inputs += other.inputs
        self.prompts += other.prompts
        self.naturals += other.naturals
        self.nudges += other.nudges
        self.offers += other.offers
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
        lines += [f"{what}: {self.faults[what]}" for what in NEVER]
        lines += [f"{what}: {count}" for what, count in self.faults.items() if what not in NEVER]
        lines += [f"first {what}: {story}" for what, story in self.first.items()]
        return "\n".join([*lines, f"{sum(self.faults.values())} faults"])


def person(seed: int, days: int) -> Report:
    """One worker's days."""
    life = Desk(seed).live(days)
    first = {what: f"worker {seed}: {story}" for what, story in life.first.items()}
    return Report(life.days, life.steps, life.prompts, life.naturals, life.nudges, life.offers, life.faults, first)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a simulated day costs, beside a fixed loop of plain Python timed in between."""

    kind: str
    day_s: float
    """The engine with its policy."""
    whole_s: float
    """The simulation as well: the person, the senses and the books."""
    floor_s: float
    inputs: float

    @property
    def ratio(self) -> float:
        return self.day_s / self.floor_s

    def __str__(self) -> str:
        return (
            f"idleness {self.kind}: a day costs the engine {self.day_s * 1000:.2f} ms for {self.inputs:.0f} inputs "
            f"({self.whole_s * 1000:.2f} ms with the person and the books); "
            f"the loop {self.floor_s * 1000:.2f} ms; ratio {self.ratio:.2f}"
        )


def cost(*, polled: bool, people: int, days: int) -> Cost:
    """The least of three rounds each: what disturbs a machine only ever adds."""
    seeds = list(islice((seed for seed in count() if Worker(seed).polled is polled), people))
    number = people * days
    kept, wholes, rounds, floors = [], [], [], []
    for seed in seeds:
        desk = Desk(seed, keep=True)
        desk.live(days)
        assert desk.kept
        kept.append((desk.settings, desk.kept))
    gc.collect()
    gc.freeze()  # Neither the inputs that were kept nor the tests around are the engine's.
    for _ in range(3):
        floors.append(min(floor_s() for _ in range(3)))
        rounds.append(sum(replay(settings, inputs) for settings, inputs in kept))
        began = time.process_time()
        for seed in seeds:
            Desk(seed).live(days)
        wholes.append(time.process_time() - began)
    gc.unfreeze()
    inputs = sum(len(inputs) for _, inputs in kept) / number
    kind = "asked for every 30 s" if polled else "told of by event"
    return Cost(kind, min(rounds) / number, min(wholes) / number, min(floors), inputs)
