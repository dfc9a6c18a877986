"""Sitting and breaks are counted right in a real session: the pointer, a lock and the command line tell the stories.

The clock runs sixty times as fast, so a second without a touch is a minute. Figures may be off by a minute.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.stand_ins import Mock, mocked
from tools.desktop.app_process import AppProcess, new_profile, wait_until
from tools.desktop.virtual_desktop import VirtualDesktop

SPEED = 60
CARD = "– NumbGuard$"
MINUTE = 60.0
SETTINGS = """\
[breaks]
interval = "10m"
duration = "{duration}"
patience = "3m"
natural_break = "{natural_break}"
settle = "0s"
"""
LOCK = ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver")


def sits(desk: VirtualDesktop) -> None:
    """Work at the desk from now on."""
    desk.keep_pointer_moving(every=0.3)


def leaves(desk: VirtualDesktop, *, minutes: float) -> None:
    """Touch nothing for that long by the app's clock, then work again."""
    desk.stop_pointer()
    time.sleep(minutes * 60 / SPEED)
    sits(desk)


def start(desk: VirtualDesktop, tmp_path: Path, *, duration: str = "2m", natural_break: str = "5m") -> AppProcess:
    settings = SETTINGS.format(duration=duration, natural_break=natural_break)
    profile = new_profile(tmp_path / "profile", settings)
    app = desk.run_app(profile=profile, speed=SPEED).wait_ready()
    sits(desk)
    return app


def phase(app: AppProcess) -> str | None:
    current = app.status()["break"]
    return current and current["phase"]


def wait_announced(app: AppProcess) -> None:
    wait_until(lambda: phase(app) == "announced", what="the announcement")


def outcomes(app: AppProcess) -> list[str]:
    return [entry["outcome"] for entry in app.ask("breaks")]


def bouts(app: AppProcess) -> list[dict[str, Any]]:
    """Return the sitting bouts in the log, oldest first, after checking that every second was counted once."""
    file = app.profile / "log.json"
    app.tell("export", str(file))
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["bouts"]
    file.unlink()
    found.sort(key=lambda bout: bout["started_at"])
    for bout in found:
        assert 0 <= bout["seated_s"] <= length(bout) + 1, bout
    for earlier, later in pairwise(found):
        assert later["started_at"] >= earlier["ended_at"], (earlier, later)
    return found


def length(bout: dict[str, Any]) -> float:
    began, ended = (datetime.fromisoformat(bout[edge]) for edge in ("started_at", "ended_at"))
    return (ended - began).total_seconds()


@contextmanager
def screen_lock(desk: VirtualDesktop, tmp_path: Path) -> Iterator[Mock]:
    """A lock screen on the session's bus; it is open."""
    with mocked(desk.env["DBUS_SESSION_BUS_ADDRESS"], *LOCK, log=tmp_path / "lock.log") as lock:
        lock.add_method("GetActive", "", "b", "ret = False")
        yield lock


def test_up_as_the_card_opened_and_back_after_four_minutes(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = start(desk, tmp_path, natural_break="15m")
    wait_announced(app)
    app.tell("break", "start")
    sat_s = app.status()["seated_s"]
    leaves(desk, minutes=4)
    back = time.monotonic()
    assert phase(app) == "after"
    app.tell("break", "done")
    assert outcomes(app) == ["moved"]
    assert [bout["seated_s"] for bout in bouts(app)] == [pytest.approx(sat_s, abs=MINUTE)]
    assert app.status()["seated_s"] <= (time.monotonic() - back) * SPEED + MINUTE


def test_left_before_it_is_due_and_back_after_five_minutes_and_a_quarter(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = start(desk, tmp_path)
    wait_until(lambda: app.status()["due_in_s"] < 1.5 * MINUTE, what="the break to be nearly due")
    sat_s = app.status()["seated_s"]
    desk.stop_pointer()
    left = time.monotonic()
    wait_announced(app)
    time.sleep(max(0.0, left + 4.6 - time.monotonic()))
    assert phase(app) == "announced" and not desk.windows(CARD), "no card opens on an empty chair"
    time.sleep(max(0.0, left + 5.4 - time.monotonic()))
    sits(desk)
    assert app.verb("break", "skip").returncode != 0, "there is nothing left to skip"
    wait_until(lambda: outcomes(app) == ["natural"], what="the natural break in the log")
    assert [bout["seated_s"] for bout in bouts(app)] == [pytest.approx(sat_s, abs=MINUTE)]


def test_the_card_waits_for_a_touch(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = start(desk, tmp_path, duration="15m", natural_break="15m")
    wait_announced(app)
    desk.stop_pointer()
    time.sleep(4.5)
    assert phase(app) == "announced" and not desk.windows(CARD)
    sits(desk)
    wait_until(lambda: desk.windows(CARD), what="the card")
    assert phase(app) == "card"


def test_away_from_an_open_card_is_a_break_whatever_is_pressed(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = start(desk, tmp_path, duration="15m")
    wait_announced(app)
    app.tell("break", "start")
    sat_s = app.status()["seated_s"]
    leaves(desk, minutes=6)
    back = time.monotonic()
    app.tell("break", "skip")
    assert outcomes(app) == ["natural"]
    assert [bout["seated_s"] for bout in bouts(app)] == [pytest.approx(sat_s, abs=MINUTE)]
    now = app.ask("status")
    assert now["today"]["breaks"]["skipped"] == 0
    assert now["seated_s"] <= (time.monotonic() - back) * SPEED + MINUTE


def test_a_question_left_open_and_locked_away_counts_every_second_once(desk: VirtualDesktop, tmp_path: Path) -> None:
    with screen_lock(desk, tmp_path) as lock:
        app = start(desk, tmp_path)
        began = time.monotonic()
        wait_announced(app)
        app.tell("break", "start")
        sat_s = app.status()["seated_s"]
        leaves(desk, minutes=2.5)
        wait_until(lambda: phase(app) == "after", what="the question whether one got up")
        time.sleep(2)
        lock.emit("ActiveChanged", "b", True)
        wait_until(lambda: app.status()["state"] == "away" or phase(app) == "after", what="the lock to be noticed")
        leaves(desk, minutes=7)
        lock.emit("ActiveChanged", "b", False)
        wait_until(lambda: app.status()["state"] == "sitting", what="the return to be noticed")
        assert sorted(outcomes(app)) == ["finished", "natural"]
        found = bouts(app)
        assert len(found) == 2 and found[0]["seated_s"] == pytest.approx(sat_s, abs=MINUTE)
        passed_s = (time.monotonic() - began) * SPEED
        today = app.ask("status")["today"]
        assert today["seated_s"] <= passed_s - 9 * MINUTE, "neither the card nor the lock is sitting"


def test_somebody_who_stood_and_went_away_sits_when_they_come_back(desk: VirtualDesktop, tmp_path: Path) -> None:
    with screen_lock(desk, tmp_path) as lock:
        app = start(desk, tmp_path)
        app.tell("stand")
        time.sleep(1)
        assert app.status()["seat"] == "standing"
        lock.emit("ActiveChanged", "b", True)
        leaves(desk, minutes=6)
        lock.emit("ActiveChanged", "b", False)
        wait_until(lambda: app.status()["seat"] == "sitting", what="standing to wear off")
        wait_announced(app)
