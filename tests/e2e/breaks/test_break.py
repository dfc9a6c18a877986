"""The main job in a real session: NumbGuard counts sitting, then announces, shows and logs a break."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools.desktop.app_process import AppProcess, new_profile, wait_until
from tools.desktop.virtual_desktop import VirtualDesktop

SPEED = 60
SETTINGS = """\
[breaks]
interval = "10m"
duration = "15m"    # long enough, at this speed, for a hand to find the button
patience = "15m"
natural_break = "15m"
settle = "0s"
"""
CARD, QUESTION = "– NumbGuard$", "^Did you get up"
LOWER_RIGHT_BUTTON = (-46, -32)
"""The offset from the lower right corner of the card's window to Done, and later to Yes in the same place."""
BLANK_BELOW = 50
TIME_TO_MOVE = "Time to move"


def start(desk: VirtualDesktop, profile: Path, *, speed: float = SPEED) -> AppProcess:
    """Start the app with somebody at the desk."""
    app = desk.run_app(profile=profile, speed=speed).wait_ready()
    desk.keep_pointer_moving(every=0.5)
    return app


def press_lower_right(desk: VirtualDesktop, window: int) -> None:
    x, y, width, height = desk.resting_place(window)
    dx, dy = LOWER_RIGHT_BUTTON
    desk.click(x + width + dx, y + height + dy)


def outcomes(app: AppProcess) -> list[str]:
    return [entry["outcome"] for entry in app.ask("breaks")]


def test_announced_when_due_started_by_its_button_done_and_confirmed_by_mouse(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    app = start(desk, new_profile(tmp_path / "profile", SETTINGS))
    asked = time.monotonic()
    due_at = asked + app.ask("status")["due_in_s"] / SPEED
    notice = desk.wait_notice(TIME_TO_MOVE)  # `./dev bench` measures the delay
    announced = time.monotonic()
    assert announced >= due_at - 0.1, "it was announced before it was due"
    assert list(notice.actions.values()) == ["Start", "Start", "In 5 minutes", "Skip"]
    assert app.ask("status")["state"] == "announced"
    before = desk.picture()

    desk.answer("Start")
    answered = time.monotonic()
    (card,) = wait_until(lambda: desk.windows(CARD), what="the card") or ()
    now = app.ask("status")
    assert (now["state"], now["break"]["phase"]) == ("break", "card")
    titles = {one["slug"]: one["title"] for one in app.ask("cards")}
    assert titles[now["break"]["card"]] in desk.xdotool("getwindowname", str(card))
    wait_until(lambda: desk.picture().crop(*desk.place(card)).colours() > BLANK_BELOW, what="the card to be painted")
    assert desk.picture().changed_from(before) > 0.1
    wait_until(lambda: desk.shown() == 0, what="the announcement to be withdrawn")

    over = time.monotonic()
    press_lower_right(desk, card)
    (question,) = wait_until(lambda: desk.windows(QUESTION), what="the question whether one got up") or ()
    assert app.ask("status")["break"]["phase"] == "after"
    wait_until(lambda: desk.picture().crop(*desk.place(question)).colours() > BLANK_BELOW, what="it to be painted")
    press_lower_right(desk, question)
    wait_until(lambda: outcomes(app) == ["moved"], what="the break in the log")
    wait_until(lambda: desk.windows(CARD) == [], what="the card to close")
    now = app.ask("status")
    assert (now["state"], now["break"]) == ("sitting", None)
    passed = time.monotonic() - over
    assert now["seated_s"] <= passed * SPEED, "the sitting clock did not start again"
    assert now["today"]["breaks"]["moved"] == 1
    (kept,) = app.ask("breaks")
    assert 600 <= kept["seated_s"] <= 600 + (answered - due_at + 1) * SPEED
    assert kept["card"] in titles


def test_put_off_by_its_button_and_skipped_the_next_time(desk: VirtualDesktop, tmp_path: Path) -> None:
    speed = 150.0
    settings = SETTINGS.replace('"15m"', '"30m"').replace('duration = "30m"', 'duration = "15m"')
    app = start(desk, new_profile(tmp_path / "profile", settings), speed=speed)
    before = len(desk.notices())
    desk.wait_notice(TIME_TO_MOVE, after=before)
    asked = time.monotonic()
    desk.answer("In 5 minutes")
    wait_until(lambda: outcomes(app) == ["snoozed"], what="the answer in the log")
    put_off = app.ask("status")
    passed = (time.monotonic() - asked) * speed
    assert put_off["state"] == "sitting"
    assert 300 - passed <= put_off["due_in_s"] <= 300
    wait_until(lambda: desk.shown() == 0, what="the announcement to be withdrawn")

    desk.wait_notice(TIME_TO_MOVE, after=before + 1)
    asked = time.monotonic()
    desk.answer("Skip")
    wait_until(lambda: outcomes(app) == ["snoozed", "skipped"], what="the answer in the log")
    skipped = app.ask("status")
    passed = (time.monotonic() - asked) * speed
    assert skipped["state"] == "sitting"
    assert 600 - passed <= skipped["due_in_s"] <= 600, "a skip is good for a whole interval"
    assert skipped["seated_s"] > 900, "a skip is no break"


def test_a_cycle_speaks_to_nobody_but_this_machine(desk: VirtualDesktop, tmp_path: Path) -> None:
    """strace watches the app from start to end: every socket is local."""
    if not may_trace(tmp_path):
        pytest.skip("Processes may not be traced here.")
    profile = new_profile(tmp_path / "profile", SETTINGS)
    trace = tmp_path / "trace"
    app = desk.run_app(
        profile=profile,
        command=[
            *("strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=network", "-o", str(trace)),
            *(sys.executable, "-m", "numbguard", "run", "--profile", str(profile), "--speed", "150"),
        ],
    ).wait_ready()
    desk.keep_pointer_moving(every=0.5)
    before = len(desk.notices())
    app.tell("log")
    desk.wait_notice(TIME_TO_MOVE, after=before)
    desk.answer("Start")
    wait_until(lambda: desk.windows(CARD), what="the card")
    app.tell("break", "done")
    app.tell("break", "done")
    assert outcomes(app) == ["moved"]
    app.tell("gone")
    app.tell("quit")
    assert app.wait() == 0
    calls = [line for line in trace.read_text(encoding="utf-8").splitlines() if "socket(" in line]
    assert calls
    assert [call for call in calls if "socket(AF_UNIX" not in call and "socket(AF_LOCAL" not in call] == []


def may_trace(folder: Path) -> bool:
    if not shutil.which("strace"):
        return False
    tried = subprocess.run(
        ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=network", "-o", str(folder / "tried"), "true"],
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


def test_another_opens_the_library_above_the_card_and_the_break_goes_on_with_the_card_chosen(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    app = start(desk, new_profile(tmp_path / "profile", SETTINGS), speed=1)
    desk.stop_pointer()
    app.tell("break", "start")
    (card,) = wait_until(lambda: desk.windows(CARD), what="the card") or ()
    before = app.status()["break"]
    x, y, width, _height = desk.place(card)
    wait_until(lambda: desk.picture().crop(*desk.place(card)).colours() > BLANK_BELOW, what="the card to be painted")
    desk.click(x + width // 2, y + 12)
    wait_until(lambda: desk.focused_window().endswith("– NumbGuard"), what="the card to have the keyboard")
    desk.xdotool("key", "alt+a")
    (library,) = wait_until(lambda: desk.windows("^Choose a different card$"), what="the library") or ()
    wait_until(lambda: desk.focused_window() == "Choose a different card", what="the library to have the keyboard")
    left, top, wide, high = desk.place(library)
    wait_until(lambda: desk.picture().crop(left, top, wide, high).colours() > BLANK_BELOW, what="it to be painted")
    place = desk.place(card)
    both = max(left, place[0]) + 5, max(top, place[1]) + 5
    desk.click(*both)
    time.sleep(0.5)
    assert desk.focused_window() == "Choose a different card", "the card, which stays on top, must not cover it"
    desk.xdotool("key", "Escape")
    wait_until(lambda: not desk.windows("^Choose a different card$"), what="the library to close")
    assert app.status()["break"]["card"] == before["card"], "closed without choosing"

    desk.click(x + width // 2, y + 12)
    wait_until(lambda: desk.focused_window().endswith("– NumbGuard"), what="the card to have the keyboard again")
    desk.xdotool("key", "alt+a")
    wait_until(lambda: desk.focused_window() == "Choose a different card", what="the library again")
    desk.xdotool("key", *["Tab"] * 3, "Return")
    wait_until(lambda: not desk.windows("^Choose a different card$"), what="a card to be chosen")
    after = app.status()["break"]
    assert after["card"] != before["card"]
    assert after["phase"] == "card"
    assert len(app.ask("breaks")) == 0, "the same break goes on"
