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
    ratio: float
    """Of the engine with its policy to the loop, by what each took in the same moments."""
    floor_s: float
    """The loop, undisturbed."""
    whole_s: float
    """The simulation as well: the person, the senses and the books."""
    inputs: float

    @property
    def day_s(self) -> float:
        """What the engine takes where nothing disturbs it."""
        return self.ratio * self.floor_s

    def __str__(self) -> str:
        return (
            f"idleness {self.kind}: a day of {self.inputs:.0f} inputs costs the engine {self.ratio:.2f} of the loop, "
            f"that is {self.day_s * 1000:.2f} ms where the loop takes {self.floor_s * 1000:.2f} ms "
            f"({self.whole_s * 1000:.2f} ms with the person and the books)"
        )


def cost(*, polled: bool, people: int, days: int, rounds: int = 9) -> Cost:
    """The ratio is the median of the rounds: both are timed turn by turn, so what disturbs one disturbs the other."""
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
    floors, ratios = [floor_s()], []
    for _ in range(rounds):
        began_with, taken = len(floors) - 1, 0.0
        for settings, inputs in kept:
            taken += replay(settings, inputs)
            floors.append(floor_s())
        ratios.append(taken / number / mean(floors[began_with:]))
    gc.unfreeze()
    return Cost(
        kind="asked for every 30 s" if polled else "told of by event",
        ratio=median(ratios),
        floor_s=min(floors),
        whole_s=sum(wholes) / number,
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
