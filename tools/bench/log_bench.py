"""`./dev bench --big-log`: times each query of a log with 10,000 episodes and of the longest log.

`big_log` makes the logs once and keeps them in `build/`. Each query runs three times; the bench prints the median and
the growth from the short log to the long one. Only the time on the long log counts for the verdict: a query that reads
every entry grows tenfold, and a factor is not what people wait for.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from numbguard.core.log.survival import kaplan_meier
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.queries.insights import InsightQueries, Period
from numbguard.store.profile import Profile
from tools.bench import big_log

SHORT, LONG = 10_000, big_log.LONGEST
TIMES = 3
SLACK_S = 0.005
"""Seconds that a query takes on any log; growth is calculated from at least this."""
SOME_YEARS = Period(datetime(1999, 8, 5, 11, tzinfo=UTC), datetime(2020, 7, 1, 7, tzinfo=UTC))
"""A period that covers most of the long log, and of the short one as well."""


@dataclass(frozen=True)
class Question:
    """A query of a log, and its time limit on the long log."""

    name: str
    ask: Callable[[SqliteJournal], object]
    at_most_s: float | None = 0.5
    """``None``: the time is only printed."""


QUESTIONS: tuple[Question, ...] = (
    Question("Time to numbness", lambda log: kaplan_meier(InsightQueries(log).ended())),
    Question("Weeks and breaks moved", lambda log: InsightQueries(log).weeks()),
    Question("By weekday", lambda log: InsightQueries(log).weekdays()),
    Question("By hour", lambda log: InsightQueries(log).hours()),
    Question("By side", lambda log: InsightQueries(log).sides()),
    Question("By region", lambda log: InsightQueries(log).regions()),
    Question("By region of each leg", lambda log: InsightQueries(log).places()),
    Question("By posture", lambda log: InsightQueries(log).postures()),
    Question("How long they last", lambda log: InsightQueries(log).lasted()),
    Question("What shortens them", lambda log: InsightQueries(log).relief()),
    Question("Sitting before", lambda log: InsightQueries(log).sat_before()),
    Question("Posture checks", lambda log: InsightQueries(log).checked()),
    Question("What it feels like", lambda log: InsightQueries(log).sensations()),
    Question("All insights at once", lambda log: InsightQueries(log).insights(), None),
    Question("All, of some years", lambda log: InsightQueries(log, SOME_YEARS).insights(), None),
)
"""All queries that are measured; add any further query of the log here."""


def main(build: Path, questions: Sequence[Question] = QUESTIONS) -> int:
    """Measure and print; returns 0 if every target is met."""
    logs = {size: SqliteJournal(_log(build, size)) for size in (SHORT, LONG)}
    print(f"{'':26}{SHORT:>12,}{LONG:>12,}{'growth':>9}  target")
    missed = []
    for question in questions:
        took = {size: _time(question, log) for size, log in logs.items()}
        growth = took[LONG] / max(took[SHORT], SLACK_S)
        at_most_s = question.at_most_s
        met = at_most_s is None or took[LONG] <= at_most_s
        cells = f"{took[SHORT] * 1000:>9.0f} ms{took[LONG] * 1000:>9.0f} ms{growth:>7.0f} ×"
        target = "" if at_most_s is None else f"≤ {at_most_s * 1000:.0f} ms  {'met' if met else 'NOT MET'}"
        print(f"{question.name:26}{cells}  {target}", flush=True)
        missed += [] if met else [question.name]
    for log in logs.values():
        log.close()
    missed += _windows(build)
    _verb(build)
    print("Every target is met." if not missed else f"Not met: {', '.join(missed)}.")
    return 0 if not missed else 1


def _windows(build: Path) -> list[str]:
    """Measure the history, the insights and the report on both logs; returns the names of what took too long."""
    from tools.bench import history_bench, insights_bench

    missed = []
    short, long = (
        [took for bench in (history_bench, insights_bench) for took in bench.measure(_log(build, size))]
        for size in (SHORT, LONG)
    )
    for few, many in zip(short, long, strict=True):
        growth = many.s / max(few.s, SLACK_S)
        met = many.at_most_s is None or many.s <= many.at_most_s
        cells = f"{few.s * 1000:>9.0f} ms{many.s * 1000:>9.0f} ms{growth:>7.0f} ×"
        target = "" if many.at_most_s is None else f"≤ {many.at_most_s * 1000:.0f} ms  {'met' if met else 'NOT MET'}"
        print(f"{many.name:26}{cells}  {target}", flush=True)
        missed += [] if met else [many.name]
    return missed


def _verb(build: Path) -> None:
    """Measure `numbguard insights --json` from its start to its end, and its peak memory."""
    period = ("--since", SOME_YEARS.since, "--until", SOME_YEARS.until)
    for name, words in (("insights --json", ()), ("… --since, --until", period)):
        short, long = (_called(_log(build, size), [str(word) for word in words]) for size in (SHORT, LONG))
        cells = f"{short[0] * 1000:>9.0f} ms{long[0] * 1000:>9.0f} ms{long[0] / short[0]:>7.0f} ×"
        print(f"{name:26}{cells}  {short[1]:.0f} MB, {long[1]:.0f} MB", flush=True)


_BESIDE = """
import resource, subprocess, sys, time
began = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""
"""Runs the command from a small process: a child of a large process counts as large until it calls exec."""


def _called(profile: Profile, words: Sequence[str]) -> tuple[float, float]:
    """Return the median of the seconds and the largest resident set in megabytes."""
    command = [sys.executable, "-m", "numbguard", "--profile", str(profile.folder), "insights", "--json", *words]
    told = [
        subprocess.run([sys.executable, "-c", _BESIDE, *command], stdout=subprocess.PIPE, text=True, check=True).stdout
        for _ in range(TIMES)
    ]
    took, held = zip(*(map(float, line.split()) for line in told), strict=True)
    return median(took), max(held)


def _log(build: Path, size: int) -> Profile:
    """Make the log only if it is missing; the folder's name identifies how it was made."""
    folder = build / f"biglog-{size}-ten-a-day"
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
