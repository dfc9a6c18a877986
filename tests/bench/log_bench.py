"""`./dev bench --big-log`: what a long log costs: each question to it, at ten thousand episodes, and at a million.

The logs are made once by `big_log` and kept in `build/`. Each question is asked three times and the median printed; the
growth from the short log to the long one is held against a hundredfold, which is what linear means here.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from numbguard.core.survival import kaplan_meier
from numbguard.store.figures import LogFigures
from numbguard.store.journal import SqliteJournal
from numbguard.store.profile import Profile
from tests.bench import big_log

SHORT, LONG = 10_000, 1_000_000
TIMES = 3
SLACK_S = 0.005
"""What a question costs however short the log is: growth is counted from there."""


@dataclass(frozen=True)
class Question:
    """Something asked of a log, and how long the long log may take."""

    name: str
    ask: Callable[[SqliteJournal], object]
    at_most_s: float = 0.5


QUESTIONS: tuple[Question, ...] = (
    Question("Time to numbness", lambda log: kaplan_meier(LogFigures(log).ended())),
    Question("Weeks and breaks moved", lambda log: LogFigures(log).weeks()),
    Question("By weekday", lambda log: LogFigures(log).days()),
    Question("By hour", lambda log: LogFigures(log).hours()),
    Question("By side", lambda log: LogFigures(log).sides()),
    Question("By region", lambda log: LogFigures(log).regions()),
    Question("By region of each leg", lambda log: LogFigures(log).places()),
    Question("By posture", lambda log: LogFigures(log).postures()),
    Question("How long they last", lambda log: LogFigures(log).lasted()),
    Question("What shortens them", lambda log: LogFigures(log).relief()),
    Question("Sitting before", lambda log: LogFigures(log).sat_before()),
    Question("Posture checks", lambda log: LogFigures(log).crossed()),
)
"""All that is measured; what else a long log has to answer is added here."""


def main(build: Path, questions: Sequence[Question] = QUESTIONS) -> int:
    """Measure, print, and give 0 when every target is met."""
    logs = {size: SqliteJournal(_log(build, size)) for size in (SHORT, LONG)}
    print(f"{'':26}{SHORT:>12,}{LONG:>12,}{'growth':>9}  target")
    missed = []
    for question in questions:
        took = {size: _time(question, log) for size, log in logs.items()}
        growth = took[LONG] / max(took[SHORT], SLACK_S)
        met = took[LONG] <= question.at_most_s and growth <= LONG / SHORT
        cells = f"{took[SHORT] * 1000:>9.0f} ms{took[LONG] * 1000:>9.0f} ms{growth:>7.0f} ×"
        target = f"≤ {question.at_most_s * 1000:.0f} ms, ≤ {LONG // SHORT} ×  {'met' if met else 'NOT MET'}"
        print(f"{question.name:26}{cells}  {target}", flush=True)
        missed += [] if met else [question.name]
    missed += _windows(build)
    print("Every target is met." if not missed else f"Not met: {', '.join(missed)}.")
    return 0 if not missed else 1


def _windows(build: Path) -> list[str]:
    """The history, the insights and the report over both logs; gives what took too long."""
    from tests.bench import history_bench, insights_bench

    missed = []
    short, long = (
        [took for bench in (history_bench, insights_bench) for took in bench.measure(_log(build, size))]
        for size in (SHORT, LONG)
    )
    for few, many in zip(short, long, strict=True):
        growth = many.s / max(few.s, SLACK_S)
        met = many.at_most_s is None or (many.s <= many.at_most_s and growth <= LONG / SHORT)
        cells = f"{few.s * 1000:>9.0f} ms{many.s * 1000:>9.0f} ms{growth:>7.0f} ×"
        target = "" if many.at_most_s is None else f"≤ {many.at_most_s * 1000:.0f} ms  {'met' if met else 'NOT MET'}"
        print(f"{many.name:26}{cells}  {target}", flush=True)
        missed += [] if met else [many.name]
    return missed


def _log(build: Path, size: int) -> Profile:
    """Made anew only where it is missing: the name says what it is made by."""
    folder = build / f"biglog-{size}"
    if not (folder / "made").exists():
        print(f"Making a log of {size:,} episodes …", file=sys.stderr, flush=True)
        big_log.make(folder, episodes=size)
        (folder / "made").touch()
    return Profile.find(str(folder))


def _time(question: Question, log: SqliteJournal) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        question.ask(log)
        took.append(time.perf_counter() - began)
    return median(took)
