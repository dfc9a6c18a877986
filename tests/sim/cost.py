"""What a simulated day costs, in units of a fixed loop of plain Python timed in between."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from itertools import count, islice
from statistics import mean, median

from numbguard.core.model import Input
from numbguard.core.settings import Settings

from .desk import Desk, new_engine
from .worker import Worker


@dataclass(frozen=True, slots=True)
class Cost:
    """What a simulated day costs, beside a fixed loop of plain Python timed before and after every stretch of days."""

    kind: str
    day_s: float
    """The engine with its policy, undisturbed."""
    whole_s: float
    """The simulation as well: the person, the senses and the books."""
    floor_s: float
    """The loop, undisturbed."""
    ratio: float
    """Of the engine to the loop, by what each took in the same moments."""
    inputs: float

    def __str__(self) -> str:
        return (
            f"idleness {self.kind}: a day costs the engine {self.day_s * 1000:.2f} ms for {self.inputs:.0f} inputs "
            f"({self.whole_s * 1000:.2f} ms with the person and the books); "
            f"the loop {self.floor_s * 1000:.2f} ms; ratio {self.ratio:.2f}"
        )


def cost(*, polled: bool, people: int, days: int, rounds: int = 9) -> Cost:
    """The least that each person's days, and the loop, took in all the rounds: what disturbs a machine only ever adds.

    The ratio is the median of the rounds' own.
    """
    seeds = list(islice((seed for seed in count() if Worker(seed).polled is polled), people))
    number = people * days
    kept, wholes = [], []
    for seed in seeds:
        desk = Desk(seed, keep=True)
        desk.live(days)
        assert desk.kept
        kept.append((desk.settings, desk.kept))
        began = time.process_time()
        Desk(seed).live(days)
        wholes.append(time.process_time() - began)
    gc.collect()
    gc.freeze()  # Neither the inputs that were kept nor the tests around are the engine's.
    taken: list[list[float]] = [[] for _ in kept]
    floors, ratios = [floor_s()], []
    for _ in range(rounds):
        began_with = len(floors) - 1
        for times, (settings, inputs) in zip(taken, kept, strict=True):
            times.append(replay(settings, inputs))
            floors.append(floor_s())
        ratios.append(sum(times[-1] for times in taken) / number / mean(floors[began_with:]))
    gc.unfreeze()
    return Cost(
        kind="asked for every 30 s" if polled else "told of by event",
        day_s=sum(map(min, taken)) / number,
        whole_s=sum(wholes) / number,
        floor_s=min(floors),
        ratio=median(ratios),
        inputs=sum(len(inputs) for _, inputs in kept) / number,
    )


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
