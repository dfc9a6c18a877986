"""`./dev soak [10m]`: runs the app at --speed 600 on the virtual desktop while everything that may happen happens.

Breaks are announced, started, snoozed and skipped; verbs log and undo; the panel opens; settings are edited; the
notification service and the tray restart; screens are added and removed by xrandr. The app itself is restarted before
and after the time measured, each time also by a kill -9. At a tenth of the time and at its end the tool reads the app's
memory, file descriptors, threads and timers. A prompt is on time if it appears when the app's last status said it would
do so. Exit status 0: nothing grew, nothing failed, and 99 of 100 prompts appeared within half a second.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from numbguard.core.when.duration import parse_duration
from tools.bench.reading import memory_mb
from tools.desktop.app_process import AppProcess, wait_until
from tools.desktop.session_parts import Part
from tools.desktop.virtual_desktop import VirtualDesktop

SPEED = 600.0
LATE_S = 0.5
"""Seconds of real time by which 99 of 100 prompts may be late."""
MAY_GROW_MB = 8.0
MAY_GROW = 4
"""How many more file descriptors, threads or timers there may be at the end, when a window or a bus may be open."""

_SETTINGS = '[breaks]\ninterval = "{interval}"\npatience = "1m"\n[away]\nlock = "ignore"\n'
_ANSWERS = (("break", "start"), ("break", "snooze"), ("break", "skip"), ("break", "start"))
_VERBS: tuple[tuple[str, ...], ...] = (
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
class ResourceUse:
    """The resources of the app's process at one moment."""

    memory_mb: float
    descriptors: int
    threads: int
    timers: int
    """Timers that exist, whether or not they run."""
    active_timers: int

    @classmethod
    def of(cls, app: AppProcess, timers: Path) -> ResourceUse:
        process = Path(f"/proc/{app.pid}")
        timers.unlink(missing_ok=True)
        os.kill(app.pid, signal.SIGUSR1)
        wait_until(timers.exists, timeout=10, what="the app to count its timers")
        made, active = (int(word) for word in timers.read_text(encoding="ascii").split())
        descriptors, threads = (len(list((process / name).iterdir())) for name in ("fd", "task"))
        return cls(memory_mb(app.pid), descriptors, threads, made, active)


@dataclass(slots=True)
class Course:
    """What happened during the run."""

    late_s: list[float] = field(default_factory=list)
    done: int = 0
    disturbances: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)

    @property
    def p99_s(self) -> float:
        """Seconds of lateness that 99 of 100 prompts do not exceed; infinite where there was no prompt."""
        ordered = sorted(self.late_s)
        return ordered[math.ceil(len(ordered) * 0.99) - 1] if ordered else math.inf


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="./dev soak", description=__doc__)
    parser.add_argument("length", nargs="?", default="10m", type=parse_duration, help="of real time, such as 10m")
    length_s = parser.parse_args(argv).length
    with VirtualDesktop() as desktop:
        course = Course()
        app = _restarted(desktop, _start(desktop), course, crash=False)
        app = _restarted(desktop, app, course, crash=True)
        desktop.keep_pointer_moving(every=0.15)
        until = time.monotonic() + length_s
        disturbances = _disturbances(desktop, app, course)
        _live(app, course, disturbances, until=until - 0.9 * length_s)
        before = ResourceUse.of(app, _timers_of(desktop))
        _live(app, course, disturbances, until=until)
        after = ResourceUse.of(app, _timers_of(desktop))
        app = _restarted(desktop, app, course, crash=False)
        app = _restarted(desktop, app, course, crash=True)
        faults = (app.profile / "numbguard.log").read_text(encoding="utf-8").split(" CRITICAL ")[1:]
        ended = app.stop()
    return _report(before, after, course, faults=faults, ended=ended)


def _start(desktop: VirtualDesktop) -> AppProcess:
    profile = desktop.home / "profile"
    command = [sys.executable, "-m", "tools.soak_app", "run", "--profile", str(profile), "--speed", f"{SPEED:g}"]
    env = {"NUMBGUARD_TIMERS": str(_timers_of(desktop))}
    return desktop.run_app("--minimised", command=command, profile=profile, env=env).wait_ready(60)


def _timers_of(desktop: VirtualDesktop) -> Path:
    return desktop.home / "timers"


def _restarted(desktop: VirtualDesktop, app: AppProcess, course: Course, *, crash: bool) -> AppProcess:
    """Log an episode, quit the app and start it again, which has to find that episode open."""
    id = app.verb("log").stdout.strip()
    if crash:
        app.kill9()
    elif status := app.stop():
        course.failed.append(f"the app ended with {status}")
    app = _start(desktop)
    # Not by "status": at this speed the app's clock is ahead, and an earlier episode may have begun later.
    ended = [one["ended_at"] for one in json.loads(app.tell("episodes", "--json")) if one["id"] == id]
    if ended != [None]:
        course.failed.append(f"after a restart the log has {len(ended)} of the episode {id}, not one that is open")
    app.verb("gone", id)
    course.disturbances["restarts of the app"] += 1
    return app


def _live(app: AppProcess, course: Course, disturbances: Iterator[None], *, until: float) -> None:
    verbs, answers = itertools.cycle(_VERBS), itertools.cycle(_ANSWERS)
    next_verb = next_disturbance = 0.0
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
            _run_verb(app, course, next(answers))
        elif status["state"] == "break":
            due_at = None
            _run_verb(app, course, ("break", "done"))
        elif status["state"] == "sitting" and not status["suppressed"] and (status["due_in_s"] or 0) > 0:
            due_at = now + status["due_in_s"] / SPEED
        elif status["state"] != "sitting" or status["suppressed"]:
            due_at = None
        if now >= next_disturbance:
            next(disturbances)
            next_disturbance, due_at = now + 10.0, None
        elif now >= next_verb and (due_at is None or due_at - now > 1.0):  # a verb takes its time to start
            _run_verb(app, course, next(verbs))
            next_verb, due_at = now + 2.0, None
        time.sleep(0.02)


def _run_verb(app: AppProcess, course: Course, words: tuple[str, ...]) -> None:
    done = app.verb(*words)
    course.done += 1
    # A refusal is no failure: what was possible a moment earlier may not be possible now.
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        course.failed.append(f"{' '.join(words)}: {done.returncode} {done.stderr.strip()[-300:]}")


def _disturbances(desktop: VirtualDesktop, app: AppProcess, course: Course) -> Iterator[None]:
    """Do to the app what a desktop does, one thing for each step, without end."""
    intervals = itertools.cycle(("30m", "40m"))
    width, height = 1280, 800
    right = f"{width // 2}/169x{height}/211+{width // 2}+0"

    def edit_settings() -> None:
        text = _SETTINGS.format(interval=next(intervals))
        (app.profile / "settings.toml").write_text(text, encoding="utf-8")

    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("edits of the settings", edit_settings),
        ("restarts of the notification service", lambda: desktop.restart(Part.NOTIFIER)),
        ("screens added", lambda: _xrandr(desktop, "--setmonitor", "right", right, "none")),
        ("restarts of the tray", lambda: desktop.restart(Part.TRAY)),
        ("screens removed", lambda: _xrandr(desktop, "--delmonitor", "right")),
    )
    for name, step in itertools.cycle(steps):
        step()
        course.disturbances[name] += 1
        yield


def _xrandr(desktop: VirtualDesktop, *words: str) -> None:
    subprocess.run(["xrandr", *words], env=desktop.env, check=True)


def _report(before: ResourceUse, after: ResourceUse, course: Course, *, faults: list[str], ended: int) -> int:
    print(f"{'':18} {'at a tenth':>10} {'at the end':>10}")
    print(f"{'memory, MB':18} {before.memory_mb:>10.1f} {after.memory_mb:>10.1f}")
    print(f"{'file descriptors':18} {before.descriptors:>10} {after.descriptors:>10}")
    print(f"{'threads':18} {before.threads:>10} {after.threads:>10}")
    print(f"{'timers':18} {before.timers:>10} {after.timers:>10}")
    print(f"{'timers that run':18} {before.active_timers:>10} {after.active_timers:>10}")
    print("; ".join(f"{count} {name}" for name, count in course.disturbances.items()))
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
        or after.timers - before.timers > MAY_GROW
        or after.active_timers - before.active_timers > MAY_GROW
    )
    return 1 if grew or course.failed or faults or ended or course.p99_s > LATE_S else 0


if __name__ == "__main__":
    sys.exit(main())
