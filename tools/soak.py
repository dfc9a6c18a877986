"""`./dev soak [10m]`: the app at --speed 600 on the virtual desktop for so long, with everything going on at once.

Breaks are announced, started, snoozed and skipped; verbs write and take back; the panel opens; settings are edited; the
notification service and the tray go and come back. At a tenth of the time and at its end the app's memory, file
descriptors, threads and children are read. A prompt is on time by the app's own last word on when it was due.
Exit status 0: nothing grew, nothing failed, and 99 of 100 prompts came within half a second.
"""

from __future__ import annotations

import argparse
import itertools
import math
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from numbguard.core.when.duration import parse_duration
from tools.bench.reading import memory_mb
from tools.desktop.app_process import AppProcess
from tools.desktop.session_parts import Part
from tools.desktop.virtual_desktop import VirtualDesktop

SPEED = 600.0
LATE_S = 0.5
"""Of real time, for 99 of 100 prompts."""
MAY_GROW_MB = 8.0
MAY_GROW = 4
"""File descriptors, threads: a window or a bus that happens to be open at the end."""

_SETTINGS = '[breaks]\ninterval = "{interval}"\npatience = "1m"\n[away]\nlock = "ignore"\n'
_ANSWERS = (("break", "start"), ("break", "snooze"), ("break", "skip"), ("break", "start"))
_ERRANDS: tuple[tuple[str, ...], ...] = (
    ("log", "--side", "left", "--region", "calf", "--note", "soak"),
    ("status",),
    ("habit", "water"),
    ("run",),  # shows the panel of the app that runs
    ("undo",),
    ("log", "--severity", "4"),
    ("gone",),
    ("stand",),
    ("sit",),
    ("pause", "5m"),
    ("resume",),
    ("episodes",),
    ("check",),
)


@dataclass(frozen=True, slots=True)
class Holding:
    """What the process held at one moment."""

    memory_mb: float
    descriptors: int
    threads: int

    @classmethod
    def of(cls, pid: int) -> Holding:
        process = Path(f"/proc/{pid}")
        return cls(memory_mb(pid), len(list((process / "fd").iterdir())), len(list((process / "task").iterdir())))


@dataclass(slots=True)
class Course:
    """What happened meanwhile."""

    late_s: list[float] = field(default_factory=list)
    done: int = 0
    failed: list[str] = field(default_factory=list)

    @property
    def p99_s(self) -> float:
        """The lateness that 99 of 100 prompts do not exceed; none is as bad as never."""
        ordered = sorted(self.late_s)
        return ordered[math.ceil(len(ordered) * 0.99) - 1] if ordered else math.inf


def main(argv: Sequence[str] | None = None) -> int:
    words = argparse.ArgumentParser(prog="./dev soak", description=__doc__)
    words.add_argument("length", nargs="?", default="10m", type=parse_duration, help="of real time, such as 10m")
    length_s = words.parse_args(argv).length
    with VirtualDesktop() as desktop:
        app = desktop.run_app("--minimised", speed=SPEED).wait_ready()
        desktop.keep_pointer_moving(every=0.15)
        course = Course()
        until = time.monotonic() + length_s
        _live(desktop, app, course, until=until - 0.9 * length_s)
        before = Holding.of(app.pid)
        _live(desktop, app, course, until=until)
        after = Holding.of(app.pid)
        faults = (app.profile / "numbguard.log").read_text(encoding="utf-8").split(" CRITICAL ")[1:]
        ended = app.stop()
    return _judge(before, after, course, faults=faults, ended=ended)


def _live(desktop: VirtualDesktop, app: AppProcess, course: Course, *, until: float) -> None:
    errands, answers = itertools.cycle(_ERRANDS), itertools.cycle(_ANSWERS)
    upsets = _upsets(desktop, app)
    next_errand = next_upset = 0.0
    due_at: float | None = None
    while (now := time.monotonic()) < until:
        status = app.status()
        if not status:
            course.failed.append("the app did not answer")
            return
        if status["state"] == "announced":
            if due_at is not None:
                course.late_s.append(max(0.0, now - due_at))
            due_at = None
            _errand(app, course, next(answers))
        elif status["state"] == "break":
            due_at = None
            _errand(app, course, ("break", "done"))
        elif status["state"] == "sitting" and not status["suppressed"] and (status["due_in_s"] or 0) > 0:
            due_at = now + status["due_in_s"] / SPEED
        elif status["state"] != "sitting" or status["suppressed"]:
            due_at = None
        if now >= next_upset:
            next(upsets)
            next_upset, due_at = now + 20.0, None
        elif now >= next_errand and (due_at is None or due_at - now > 1.0):  # a verb takes its time to start
            _errand(app, course, next(errands))
            next_errand, due_at = now + 2.0, None
        time.sleep(0.02)


def _errand(app: AppProcess, course: Course, words: tuple[str, ...]) -> None:
    done = app.verb(*words)
    course.done += 1
    # What a moment earlier was possible may not be now: that is a sentence, and no failure.
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        course.failed.append(f"{' '.join(words)}: {done.returncode} {done.stderr.strip()[-300:]}")


def _upsets(desktop: VirtualDesktop, app: AppProcess) -> Iterator[None]:
    """One after the other, without end: what a desktop does to a program that lives in it."""
    intervals = itertools.cycle(("30m", "40m"))
    while True:
        text = _SETTINGS.format(interval=next(intervals))
        (app.profile / "settings.toml").write_text(text, encoding="utf-8")
        yield
        desktop.restart(Part.NOTIFIER)
        yield
        desktop.restart(Part.TRAY)
        yield


def _judge(before: Holding, after: Holding, course: Course, *, faults: list[str], ended: int) -> int:
    print(f"{'':18} {'at a tenth':>10} {'at the end':>10}")
    print(f"{'memory, MB':18} {before.memory_mb:>10.1f} {after.memory_mb:>10.1f}")
    print(f"{'file descriptors':18} {before.descriptors:>10} {after.descriptors:>10}")
    print(f"{'threads':18} {before.threads:>10} {after.threads:>10}")
    print(
        f"{len(course.late_s)} prompts, p99 {course.p99_s:.2f} s late; {course.done} verbs, {len(course.failed)} failed"
    )
    print(f"{len(faults)} faults in the log file; exit status {ended}")
    for words in (*course.failed[:5], *faults[:3]):
        print(words, file=sys.stderr)
    grew = (
        after.memory_mb - before.memory_mb > MAY_GROW_MB
        or after.descriptors - before.descriptors > MAY_GROW
        or after.threads - before.threads > MAY_GROW
    )
    return 1 if grew or course.failed or faults or ended or course.p99_s > LATE_S else 0


if __name__ == "__main__":
    sys.exit(main())
