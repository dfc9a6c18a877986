"""What NumbGuard costs a person who uses it: its memory after windows were opened and closed, and a moving card.

`python -m tools.bench` calls it on one thread. A fresh app has imported and drawn nothing yet. One that has shown a
card, the history and the insights, and some day the settings and the guide, is heavier until the person is next away,
when it begins again (`numbguard.app.process.renewal`). The bare tray icon and NumbGuard take turns, each alone on one
virtual desktop, because two programs with the same libraries share their memory.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tools.bench import big_log
from tools.bench.reading import cpu_seconds, memory_mb
from tools.bench.table import Figure
from tools.desktop.app_process import CHECKOUT, THIS_NUMBGUARD, AppProcess, wait_until
from tools.desktop.tray_menu import TrayIcon
from tools.desktop.virtual_desktop import VirtualDesktop

LIVED_IN_AT_MOST = 1.4
"""Memory of an app in use, as a multiple of the bare tray icon's, once the person has been away from it."""
MOVING_CARD_AT_MOST = 4.0
"""Percent of a core that a moving card may use at its usual size."""
UNSEEN_CARD_AT_MOST = 0.5
"""The same for a card that nobody can see. Its timers stand still; the rest is the app's own pulse."""

CARD = "breathing"
"""The card that moves, the same in every run: of the 38 cards that NumbGuard brings, 23 cost less to draw, and no
episode rules it out, because it spares the legs. A NumbGuard that knows no ``cards.never`` chooses another."""

_DAYS, _EPISODES_A_DAY = 28, 10
_PAINTED_S = 2.5
"""Seconds that a window stays open, so that all of it is painted and its workers have delivered."""
_CLOSED_S = 12.0
"""Seconds after the last window closed until memory is read; the app tidies up in between."""
_AWAY_AFTER_S = 90
"""Seconds without a touch after which the person counts as away; in the settings as they come, it is five minutes."""
_BEGINS_AGAIN_AFTER_S = 10
"""Seconds after that at which the app begins again (`AFTER_MS` of `renewal`). It is not imported: with Qt in the
bench's own process, all that is measured would share its libraries with the bench."""
_AWAY_S = _AWAY_AFTER_S + _BEGINS_AGAIN_AFTER_S + 5
"""Seconds without a touch after which the app has begun again."""


@dataclass(frozen=True)
class LivedIn:
    """Memory in MiB, and processor time in percent of a core, of one run of the app."""

    fresh_mb: float
    lived_in_mb: float
    """After a card, the history and the insights."""
    all_seen_mb: float
    """After the settings and the guide as well."""
    been_away_mb: float
    """After all of it, once the person has been away."""
    moving: float
    minimised: float
    covered: float


@dataclass(frozen=True)
class Plan:
    """How often, and for how many seconds each, to measure."""

    rounds: int
    settle_s: float
    card_s: float


WHOLE = Plan(rounds=3, settle_s=10, card_s=12)
QUICK = Plan(rounds=1, settle_s=5, card_s=8)


def measure(plan: Plan, *, floor: Sequence[str], program: Sequence[str] = THIS_NUMBGUARD) -> list[Figure]:
    """Return the figures: medians over all rounds, in which the floor and NumbGuard take turns."""
    floors: list[float] = []
    found: list[LivedIn] = []
    with VirtualDesktop() as desktop:
        for number in range(plan.rounds):
            floors.append(_floor(desktop, floor, plan))
            found.append(_round(desktop, program, plan, desktop.home / f"lived-in-{number}"))
            desktop.clear()
    return figures(floors, found)


def figures(floors: Sequence[float], found: Sequence[LivedIn]) -> list[Figure]:
    """Return what was found, beside the targets."""
    return [
        Figure("Memory, fresh", "MB", median(floors), median(each.fresh_mb for each in found)),
        Figure("… windows just closed", "MB", median(floors), median(each.lived_in_mb for each in found)),
        Figure("… settings, guide too", "MB", median(floors), median(each.all_seen_mb for each in found)),
        Figure(
            "… then away for once",
            "MB",
            median(floors),
            median(each.been_away_mb for each in found),
            at_most_times=LIVED_IN_AT_MOST,
        ),
        Figure("A moving card: CPU", "%", None, median(each.moving for each in found), at_most=MOVING_CARD_AT_MOST),
        Figure("… minimised", "%", None, median(each.minimised for each in found), at_most=UNSEEN_CARD_AT_MOST),
        Figure("… covered", "%", None, median(each.covered for each in found), at_most=UNSEEN_CARD_AT_MOST),
    ]


def _floor(desktop: VirtualDesktop, command: Sequence[str], plan: Plan) -> float:
    app = desktop.run_app(command=command)
    TrayIcon.of(desktop.bus, app.pid)
    time.sleep(plan.settle_s)
    used = memory_mb(app.pid)
    app.stop()
    return used


def _round(desktop: VirtualDesktop, program: Sequence[str], plan: Plan, folder: Path) -> LivedIn:
    first_day_us = (int(time.time()) - _DAYS * 86_400) // 86_400 * 86_400 * 1_000_000
    big_log.make(folder, episodes=_DAYS * _EPISODES_A_DAY, first_day_us=first_day_us)
    # Settings make the profile look used; a fresh one would open the welcome page. The card is the same each time.
    others = sorted({path.stem for path in (CHECKOUT / "resources" / "cards").glob("*.toml")} - {CARD})
    settings = f'[cards]\nnever = {others}\n[breaks]\nnatural_break = "{_AWAY_AFTER_S}s"\n'
    (folder / "settings.toml").write_text(settings, encoding="utf-8")
    app = desktop.run_app(profile=folder, env={"NUMBGUARD_TRACE": "1"}, program=program).wait_ready()
    tray = TrayIcon.of(desktop.bus, app.pid)
    time.sleep(plan.settle_s)
    fresh = memory_mb(app.pid)
    moving, minimised, covered = _card(desktop, app, plan.card_s)
    tray.choose("History")
    with _open_window(desktop, "^History"):
        app.tell("show", "insights")
        with _open_window(desktop, "^Insights"):
            pass
    time.sleep(_CLOSED_S)
    lived_in = memory_mb(app.pid)
    for entry, title in (("Settings", "^Settings"), ("When to get help", "^When to get help")):
        tray.choose(entry)
        with _open_window(desktop, title):
            pass
    time.sleep(_CLOSED_S)
    all_seen = memory_mb(app.pid)
    time.sleep(_AWAY_S - _CLOSED_S + plan.settle_s)
    return LivedIn(fresh, lived_in, all_seen, memory_mb(app.pid), moving, minimised, covered)


@contextmanager
def _open_window(desktop: VirtualDesktop, title: str) -> Iterator[int]:
    """Wait until a window is open and painted, and close it at the end."""
    window = wait_until(lambda: desktop.windows(title), 10, what=f"the window {title}")[0]
    time.sleep(_PAINTED_S)
    desktop.xdotool("windowfocus", "--sync", str(window))
    yield window
    desktop.xdotool("windowfocus", "--sync", str(window), "key", "Escape")
    wait_until(lambda: not desktop.windows(title), 10, what=f"the window {title} to close")


def _card(desktop: VirtualDesktop, app: AppProcess, seconds: float) -> tuple[float, float, float]:
    """Return the use of a card that moves, one that is minimised, and one that another window covers."""
    app.tell("break", "start")
    app.wait_line("trace: card-painted")
    window = desktop.windows("NumbGuard$")[0]
    time.sleep(_PAINTED_S)
    moving = _percent(app.pid, seconds)
    desktop.xdotool("windowminimize", "--sync", str(window))
    time.sleep(1)
    minimised = _percent(app.pid, seconds / 2)
    desktop.xdotool("windowmap", "--sync", str(window))
    time.sleep(1)
    with _cover(desktop):
        covered = _percent(app.pid, seconds / 2)
    # End the card, then answer Yes to the question.
    for _ in ("done", "yes"):
        if app.ask("status")["break"] is not None:
            app.tell("break", "done")
    wait_until(lambda: app.ask("status")["break"] is None, what="the break to be over", every=0.1)
    return moving, minimised, covered


@contextmanager
def _cover(desktop: VirtualDesktop) -> Iterator[None]:
    """Cover the whole screen with a window above all others."""
    covering = desktop.run_app(command=[sys.executable, str(Path(__file__).with_name("cover.py"))])
    wait_until(lambda: desktop.windows("^cover$"), 10, what="the covering window")
    time.sleep(1)
    yield
    covering.stop()


def _percent(pid: int, seconds: float) -> float:
    """Return the share of a core that a process uses within the next `seconds`, in percent."""
    before, began = cpu_seconds(pid), time.monotonic()
    time.sleep(seconds)
    return 100 * (cpu_seconds(pid) - before) / (time.monotonic() - began)
