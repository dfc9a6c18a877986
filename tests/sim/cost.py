"""What a simulated day costs, in units of a fixed loop of plain Python timed in between."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from itertools import count, islice

from numbguard.core.model import Input
from numbguard.core.settings import Settings

from .desk import Desk, new_engine
from .worker import Worker


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


def replay(settings: Settings, inputs: list[Input]) -> float:
    """Seconds that the engine alone takes for these inputs, the alarm clock's question after each included."""
    engine = new_engine(settings, inputs[0].at)
    began = time.process_time()
    for given in inputs:
        engine.step(given)
        engine.wake_in_s()
    return time.process_time() - began


def floor_s() -> float:
    """Seconds of a fixed loop of plain Python on this machine, for comparison."""
    began, total, table = time.process_time(), 0, dict.fromkeys(range(64), 1)
    for number in range(20_000):
        total += table[number & 63] + (number ^ total) % 7
    return time.process_time() - began
