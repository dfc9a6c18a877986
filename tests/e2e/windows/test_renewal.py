"""What windows leave in memory goes with the process while nobody is at the desk, and nothing else changes."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from numbguard.app.process.renewal import AFTER_MS, HEAVY_BYTES
from tests.desktop.stand_ins import Mock
from tests.e2e.breaks.test_counting import screen_lock
from tools.desktop.app_process import AppProcess, new_profile, run_verb, wait_until
from tools.desktop.tray_menu import TrayIcon
from tools.desktop.virtual_desktop import VirtualDesktop

SETTINGS = """\
[breaks]
duration = "20s"
"""


def resident(app: AppProcess) -> int:
    pages = Path(f"/proc/{app.pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def open_files(app: AppProcess) -> int:
    return sum(1 for _ in Path(f"/proc/{app.pid}/fd").iterdir())


def starts(app: AppProcess) -> int:
    return (app.profile / "numbguard.log").read_text(encoding="utf-8").count("ready, version")


def uses_the_windows(desk: VirtualDesktop, app: AppProcess) -> None:
    app.tell("break", "start")
    wait_until(lambda: desk.windows("– NumbGuard$"), what="the card")
    app.tell("break", "done")
    app.tell("break", "done")
    for name in ("history", "insights"):
        app.tell("show", name)
        (window,) = wait_until(lambda name=name: desk.windows(f"^{name.title()}"), what=f"the {name}")  # type: ignore[misc]
        desk.wait_still(window)
        desk.xdotool("windowfocus", "--sync", str(window), "key", "Escape")
        wait_until(lambda name=name: not desk.windows(f"^{name.title()}"), what=f"the {name} to go")  # type: ignore[misc]


def locks(lock: Mock, app: AppProcess) -> None:
    lock.add_method("GetActive", "", "b", "ret = True")
    lock.emit("ActiveChanged", "b", True)
    wait_until(lambda: app.status()["state"] == "away", what="the lock to be noticed")


def returns(lock: Mock, desk: VirtualDesktop, app: AppProcess) -> None:
    lock.add_method("GetActive", "", "b", "ret = False")
    lock.emit("ActiveChanged", "b", False)
    desk.keep_pointer_moving(every=0.3)
    wait_until(lambda: app.status().get("state") == "sitting", what="the return to be noticed")


def test_somebody_who_locks_the_screen_returns_to_a_light_app_that_has_forgotten_nothing(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    with screen_lock(desk, tmp_path) as lock:
        profile = new_profile(tmp_path / "profile", SETTINGS)
        # Before the start: for ten minutes, an episode that the app has logged could still be undone.
        run_verb("log", "--at", "1 hour ago", "--ended", "50 minutes ago", profile=profile, env=desk.env)
        app = desk.run_app(profile=profile).wait_ready()
        desk.keep_pointer_moving(every=0.3)
        light, files = resident(app), open_files(app)
        uses_the_windows(desk, app)
        heavy, sat_s = resident(app), app.status()["seated_s"]
        assert heavy - light >= HEAVY_BYTES
        desk.stop_pointer()
        locks(lock, app)
        wait_until(lambda: starts(app) == 2, what="the process to begin again")
        wait_until(lambda: app.status().get("state") == "away", what="it to know that nobody is there")
        assert app.running
        assert resident(app) - light < (heavy - light) / 3
        assert open_files(app) <= files
        assert desk.windows("NumbGuard|History|Insights") == [], "nothing opens by itself"
        returns(lock, desk, app)
        assert app.status()["seated_s"] == pytest.approx(sat_s, abs=15), "the sitting goes on where it was"
        assert [entry["outcome"] for entry in app.ask("breaks")] == ["moved"]
        assert len(app.ask("episodes")) == 1
        TrayIcon.of(desk.bus, app.pid).choose("History")
        wait_until(lambda: desk.windows("^History"), what="the icon in the tray to work")
        assert app.stop() == 0
        assert app.output == ""


def test_a_window_left_open_is_still_there(desk: VirtualDesktop, tmp_path: Path) -> None:
    with screen_lock(desk, tmp_path) as lock:
        app = desk.run_app(profile=new_profile(tmp_path / "profile", SETTINGS)).wait_ready()
        uses_the_windows(desk, app)
        app.tell("show", "history")
        (before,) = wait_until(lambda: desk.windows("^History"), what="the history")
        locks(lock, app)
        time.sleep(AFTER_MS / 1000 + 2)
        assert desk.windows("^History") == [before]
        assert starts(app) == 1
