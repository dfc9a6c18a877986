"""`./dev bench`: measures NumbGuard and a bare tray icon in the same run, in turn, on one virtual desktop.

It first compiles NumbGuard's modules, as an installation does (an environment may forbid Python to keep what it
compiles at a start), and starts each program once unmeasured, so that both find a warm disk; then they take turns.
Memory and idling are measured with one program alone, because two programs with the same libraries would halve each
other's memory. Exit status 0: every target is met.
"""

from __future__ import annotations

import argparse
import compileall
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tools.bench import lived_in
from tools.bench.reading import TrayWatch, Use, memory_mb, use
from tools.bench.table import Figure, table
from tools.desktop.app_process import CHECKOUT, AppProcess, WaitError, new_profile, wait_until
from tools.desktop.virtual_desktop import VirtualDesktop


@dataclass(frozen=True)
class Plan:
    """How often and how long to measure; the targets apply to `WHOLE`, and `QUICK` is for a quick comparison."""

    starts: int
    settle_s: float
    idle_s: float
    first_cards: int
    later_cards: int
    announcements: int


WHOLE = Plan(starts=7, settle_s=10, idle_s=180, first_cards=5, later_cards=5, announcements=3)
QUICK = Plan(starts=3, settle_s=4, idle_s=10, first_cards=2, later_cards=2, announcements=1)

FLOOR = (sys.executable, str(Path(__file__).with_name("floor.py")))
"""The command that starts the bare tray icon."""
FAST = 60
"""How many times as fast the app's clock runs while announcements are timed."""
SOON = '[breaks]\ninterval = "10m"\nnatural_break = "15m"\nsettle = "0s"\n'


@dataclass(frozen=True)
class Start:
    """The time from exec until the tray icon was registered."""

    wall_s: float
    cpu_s: float


@dataclass(frozen=True)
class Idle:
    """The resources that a program used while idle, and its memory at the end."""

    memory_mb: float
    switches_per_s: float
    cpu_ms_per_min: float


class Bench:
    """Starts the programs on one desktop and measures them."""

    def __init__(self, desktop: VirtualDesktop, plan: Plan) -> None:
        self._desktop = desktop
        self._plan = plan
        # Settings make the profile look used; a fresh one would open the welcome page.
        self._profile = new_profile(desktop.home / "profile", "# as it comes\n")
        self.floor = FLOOR
        self.numbguard = [sys.executable, "-m", "numbguard", "run", "--profile", str(self._profile)]

    def starts(self) -> tuple[list[Start], list[Start]]:
        """Measure starts of the floor and of NumbGuard, in turn."""
        floor: list[Start] = []
        numbguard: list[Start] = []
        for number in range(self._plan.starts + 1):
            for command, starts in ((self.floor, floor), (self.numbguard, numbguard)):
                with self._started(command) as (_process, start, _seen):
                    if number > 0:
                        starts.append(start)
        return floor, numbguard

    def idle(self, command: Sequence[str]) -> Idle:
        """Measure one program while it idles alone."""
        with self._started(command) as (process, _start, _seen):
            time.sleep(self._plan.settle_s)
            before = use(process.pid)
            time.sleep(self._plan.idle_s)
            after = use(process.pid)
            passed = after.at - before.at
            return Idle(
                memory_mb=memory_mb(process.pid),
                switches_per_s=(after.switches - before.switches) / passed,
                cpu_ms_per_min=(after.cpu_s - before.cpu_s) * 1000 * 60 / passed,
            )

    def cards(self) -> tuple[list[float], list[float]]:
        """Return milliseconds from the request for a card to its painting: for first cards of runs, and later cards."""
        first: list[float] = []
        later: list[float] = []
        for _ in range(self._plan.first_cards):
            app = self._traced().wait_ready()
            first.append(self._card(app, 1))
            if len(first) == 1:
                later = [self._card(app, number + 2) for number in range(self._plan.later_cards)]
            app.stop()
        return first, later

    def announcements(self) -> list[float]:
        """Return real milliseconds from when a break is due until its notification, with somebody at the desk."""
        late: list[float] = []
        for number in range(self._plan.announcements):
            app = self._desktop.run_app(profile=new_profile(self._desktop.home / f"soon-{number}", SOON), speed=FAST)
            self._desktop.keep_pointer_moving(every=0.2)
            before = len(self._desktop.notices())
            app.wait_ready()
            due_at = time.monotonic() + app.ask("status")["due_in_s"] / FAST
            self._desktop.wait_notice("Time to move", timeout=30, after=before)
            late.append((time.monotonic() - due_at) * 1000)
            app.stop()
        return late

    def _traced(self) -> AppProcess:
        return self._desktop.run_app(profile=self._profile, env={"NUMBGUARD_TRACE": "1"})

    def _card(self, app: AppProcess, number: int) -> float:
        def painted() -> list[str]:
            return [line.text for line in app.lines if "trace: card-painted" in line.text]

        app.tell("break", "start")
        wait_until(lambda: len(painted()) >= number, 10, what=lambda: f"card {number} to be painted; {app.output}")
        # End the card, then answer Yes to the question; only then can the next card be requested.
        for _ in ("done", "yes"):
            if app.ask("status")["break"] is not None:
                app.tell("break", "done")
        wait_until(lambda: app.ask("status")["break"] is None, what="the break to be over", every=0.1)
        return float(painted()[number - 1].split()[-1])

    @contextmanager
    def _started(self, command: Sequence[str]) -> Iterator[tuple[subprocess.Popen[bytes], Start, Use]]:
        said = self._desktop.home / "logs" / "started.log"
        with TrayWatch(self._desktop.bus) as tray, said.open("wb") as log:
            began = time.monotonic()
            process = subprocess.Popen(
                command,
                env=self._desktop.env,
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
            try:
                try:
                    seen = tray.registered(process.pid)
                except TimeoutError:
                    words = said.read_text(encoding="utf-8", errors="replace").strip()
                    raise SystemExit(
                        f"{' '.join(command)} showed no tray icon. It said: {words or 'nothing'}"
                    ) from None
                yield process, Start(seen.at - began, seen.cpu_s), seen
            finally:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def measure(plan: Plan) -> list[Figure]:
    """Return all figures; reports on the way what it measures."""
    with VirtualDesktop() as desktop:
        bench = Bench(desktop, plan)
        say(f"Startup both {plan.starts} times …")
        floor_starts, starts = bench.starts()
        say(f"Leaving the bare icon alone for {plan.settle_s + plan.idle_s:g} s …")
        floor_idle = bench.idle(bench.floor)
        say(f"Leaving NumbGuard alone for {plan.settle_s + plan.idle_s:g} s …")
        idle = bench.idle(bench.numbguard)
        say("Asking for cards …")
        try:
            first, later = bench.cards()
        except (AssertionError, WaitError) as error:
            say(f"No card could be measured: {error}")
            first, later = [], []
        say("Waiting for breaks to fall due …")
        late = bench.announcements()
    return [
        Figure(
            "Start, wall",
            "ms",
            median(start.wall_s for start in floor_starts) * 1000,
            median(start.wall_s for start in starts) * 1000,
            at_most_times=1.4,
        ),
        Figure(
            "Start, CPU",
            "ms",
            median(start.cpu_s for start in floor_starts) * 1000,
            median(start.cpu_s for start in starts) * 1000,
            at_most_times=1.4,
        ),
        Figure("Memory (PSS)", "MB", floor_idle.memory_mb, idle.memory_mb, at_most_times=1.45),
        Figure("Idle: switches", "/s", floor_idle.switches_per_s, idle.switches_per_s, at_most=0.2),
        Figure("Idle: CPU", "ms/min", floor_idle.cpu_ms_per_min, idle.cpu_ms_per_min),
        Figure("First card", "ms", None, median(first) if first else None, at_most=120),
        Figure("Announced after due", "ms", None, median(late), at_most=1000),
        Figure("Later cards", "ms", None, median(later) if later else None, at_most=120),
    ]


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main() -> int:
    """Measure and print the table; the exit status is 0 if every target is met."""
    parser = argparse.ArgumentParser(prog="bench", description="NumbGuard beside a bare tray icon.")
    parser.add_argument("--quick", action="store_true", help="shorter waits: good for a comparison, not for a verdict")
    parser.add_argument("--lived-in", action="store_true", help="only memory after use, and a card that moves")
    parser.add_argument("--log", action="store_true", help="only how long writing an episode down takes")
    parser.add_argument("--big-log", action="store_true", help="only what a log of 100,000 episodes costs")
    given = parser.parse_args()
    if given.big_log:
        from tools.bench import log_bench

        return log_bench.main(CHECKOUT / "build")
    compileall.compile_dir(CHECKOUT / "numbguard", quiet=1)
    cores = len(os.sched_getaffinity(0))
    if given.log:
        from tools.bench.writing import measure as measure_writing

        runs = 20 if given.quick else 300
        say(f"Logging {runs} times …")
        print(f"Python {sys.version.split()[0]}, {cores} cores, {runs} calls")
        return _verdict(measure_writing(runs=runs))
    plan, rounds = (QUICK, lived_in.QUICK) if given.quick else (WHOLE, lived_in.WHOLE)
    figures = [] if given.lived_in else measure(plan)
    say(f"Living with NumbGuard {rounds.rounds} times …")
    figures += lived_in.measure(rounds, floor=FLOOR)
    starts = "" if given.lived_in else f", median of {plan.starts} starts"
    print(f"Python {sys.version.split()[0]}, {cores} cores{starts}, {rounds.rounds} × lived in")
    return _verdict(figures)


def _verdict(figures: list[Figure]) -> int:
    print(table(figures))
    missed = [figure.name for figure in figures if figure.met is False]
    print("Every target is met." if not missed else f"Not met: {', '.join(missed)}.")
    return 0 if not missed else 1


if __name__ == "__main__":
    sys.exit(main())
