"""Desktops that lack a tray, a notification service or a bus, or lose one while the app runs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command_line import held_by_another
from tools.desktop.app_process import AppProcess, new_profile, wait_until
from tools.desktop.tray_menu import TrayIcon
from tools.desktop.virtual_desktop import Part, VirtualDesktop

SPEED = 150
SETTINGS = """\
[breaks]
interval = "10m"
duration = "20m"
patience = "30m"
natural_break = "30m"
settle = "0s"
"""
PANEL, CARD, NUDGE, NOTICE = "^NumbGuard$", "– NumbGuard$", "^Time to move", "Time to move"
PAINTED = 50
STRIP = (0, 768, 1220, 32)
"""The panel at the lower edge, without its clock: x, y, width, height."""


@pytest.fixture
def bare(open_desktop: Callable[..., VirtualDesktop]) -> VirtualDesktop:
    """A bus and a window manager, but neither a tray nor a notification service."""
    return open_desktop(parts=[Part.BUS, Part.WINDOW_MANAGER])


def start(
    desk: VirtualDesktop, profile: Path, *words: str, speed: float = SPEED, env: dict[str, str] | None = None
) -> AppProcess:
    """Start the app with somebody at the desk."""
    desk.keep_pointer_moving(every=0.5)
    return desk.run_app(*words, profile=profile, speed=speed, env=env).wait_ready()


def outcomes(app: AppProcess) -> list[str]:
    return [entry["outcome"] for entry in app.ask("breaks")]


def the_window(desk: VirtualDesktop, title: str) -> int:
    """Wait until the only window with that title is painted; returns its id."""
    (window,) = wait_until(lambda: desk.windows(title), what=f"a window {title!r}") or ()
    wait_until(lambda: desk.picture().crop(*desk.place(window)).colours() > PAINTED, what=f"{title!r} to be painted")
    return window


def press_in_nudge(desk: VirtualDesktop, number: int) -> None:
    """Click the answer with this number, counted from the left; the three have equal widths."""
    x, y, width, height = desk.resting_place(the_window(desk, NUDGE))
    desk.click(x + width * (2 * number + 1) // 6, y + height - 30)


def test_without_a_tray_the_panel_is_a_window_and_the_nudge_asks(bare: VirtualDesktop, tmp_path: Path) -> None:
    app = start(bare, new_profile(tmp_path / "profile", SETTINGS), speed=60)
    the_window(bare, PANEL)
    wait_until(lambda: bare.focused_window() == "NumbGuard", what="the panel to have the keyboard")
    bare.xdotool("key", "alt+F4")
    wait_until(lambda: bare.windows(PANEL) == [], what="the panel to close")
    assert app.ask("check")["senses"]["tray"]["works"] is False
    again = bare.run_app(profile=app.profile)
    assert again.wait() == 0
    the_window(bare, PANEL)
    wait_until(lambda: bare.focused_window() == "NumbGuard", what="the panel to have the keyboard")
    bare.xdotool("key", "alt+F4")
    wait_until(lambda: bare.windows(PANEL) == [], what="the panel to close")

    bare.run_app(command=[sys.executable, "-m", "tests.e2e.breaks.card_host", "letter"])
    wait_until(lambda: bare.windows("^Letter$"), what="a letter")
    bare.click(300, 130)
    wait_until(lambda: bare.focused_window() == "Letter", what="the letter to have the keyboard")
    the_window(bare, NUDGE)
    status = app.ask("status")
    assert (status["state"], status["senses"]["notify"]["backend"]) == ("announced", "window")
    assert bare.focused_window() == "Letter"
    press_in_nudge(bare, 0)
    the_window(bare, CARD)
    wait_until(lambda: bare.windows(NUDGE) == [], what="the nudge to close")
    assert bare.focused_window() == "Letter"
    app.tell("break", "done")
    app.tell("break", "done")
    assert outcomes(app) == ["moved"]
    assert app.stop() == 0
    assert app.output == ""

    quiet = start(bare, tmp_path / "another", "--minimised")
    quiet.tell("log")
    the_window(bare, PANEL)  # as no taskbar lists it
    wait_until(
        lambda: bare.windows("^NumbGuard is running without a tray icon"),
        what="a window of our own on how it is reached",
    )

    bare.start(Part.TRAY)
    wait_until(lambda: quiet.ask("check")["senses"]["tray"]["works"], what="the late tray to be taken")
    assert quiet.output == ""


def minimised(desk: VirtualDesktop, title: str) -> list[int]:
    """The minimised windows with that title."""

    def told(*command: str) -> str:
        return subprocess.run(command, env=desk.env, capture_output=True, text=True, check=False).stdout

    found = told("xdotool", "search", "--name", title).split()
    return [int(one) for one in found if "Iconic" in told("xprop", "-id", one, "WM_STATE")]


def test_gnome_without_a_tray_says_at_log_in_how_it_is_reached_and_has_the_panel_in_its_dash(
    open_desktop: Callable[..., VirtualDesktop], tmp_path: Path
) -> None:
    """GNOME 43 as it comes: 72 s after log-in there was no window, no icon and no word."""
    desk = open_desktop(parts=[Part.BUS, Part.WINDOW_MANAGER, Part.NOTIFIER])
    gnome = {"XDG_CURRENT_DESKTOP": "GNOME"}
    profile = new_profile(tmp_path / "profile", SETTINGS)
    app = start(desk, profile, "--minimised", env=gnome)
    notice = desk.wait_notice("NumbGuard is running without a tray icon")
    assert list(notice.actions.values()) == ["Open", "Open", "Log numbness", "Don't show again"]
    assert (notice.hints["urgency"], notice.hints["suppress-sound"]) == (1, True)
    assert "transient" not in notice.hints, "it stays in GNOME's list"
    (window,) = wait_until(lambda: minimised(desk, PANEL), what="the minimised panel") or ()
    assert desk.focused_window() != "NumbGuard"
    desk.answer("Log numbness")
    wait_until(lambda: len(app.ask("episodes")) == 1, what="the episode")
    again = desk.run_app(profile=app.profile, env=gnome)
    assert again.wait() == 0
    wait_until(lambda: desk.windows(PANEL) == [window], what="the panel, which a second start always shows")
    assert app.ask("check")["senses"]["tray"]["works"] is False
    assert app.stop() == 0

    for said in (True, False):
        before = len(desk.notices())
        app = start(desk, profile, "--minimised", env=gnome)
        wait_until(lambda: minimised(desk, PANEL), what="the minimised panel")
        if said:
            desk.wait_notice("without a tray icon", after=before)
            desk.answer("Don't show again")
            wait_until(lambda: (profile / "said.json").exists(), what="the answer to be kept")
        summaries = [one.summary for one in desk.notices()[before:]]
        assert summaries.count("NumbGuard is running without a tray icon") == said
        assert app.stop() == 0
        assert app.output == ""


def test_without_any_bus_the_nudge_asks(bare: VirtualDesktop, tmp_path: Path) -> None:
    nowhere = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path / 'none'}"}
    app = start(bare, new_profile(tmp_path / "profile", SETTINGS), "--minimised", env=nowhere)
    the_window(bare, NUDGE)
    press_in_nudge(bare, 1)
    wait_until(lambda: bare.windows(NUDGE) == [], what="the nudge to close")
    wait_until(lambda: outcomes(app) == ["snoozed"], what="the answer in the log")
    press_in_nudge(bare, 2)
    wait_until(lambda: bare.windows(NUDGE) == [], what="the nudge to close")
    wait_until(lambda: outcomes(app) == ["snoozed", "skipped"], what="the answer in the log")
    assert app.stop() == 0
    assert app.output == ""


def test_an_announcement_outlives_the_service_that_shows_it(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = start(desk, new_profile(tmp_path / "profile", SETTINGS))
    desk.wait_notice(NOTICE)
    desk.stop(Part.NOTIFIER)
    the_window(desk, NUDGE)
    desk.start(Part.NOTIFIER)
    wait_until(lambda: desk.windows(NUDGE) == [], what="the nudge to give way to the new service")
    wait_until(lambda: desk.shown() == 1, what="the announcement there")
    desk.answer("Start")
    the_window(desk, CARD)
    assert app.ask("status")["break"]["phase"] == "card"
    assert app.stop() == 0
    assert app.output == ""


def test_the_app_outlives_its_bus(desk: VirtualDesktop, tmp_path: Path) -> None:
    empty = desk.picture().crop(*STRIP)
    app = start(desk, new_profile(tmp_path / "profile", SETTINGS))
    TrayIcon.of(desk.bus, app.pid)
    desk.stop(Part.BUS)
    the_window(desk, NUDGE)
    assert app.ask("status")["state"] == "announced"

    for part in (Part.BUS, Part.NOTIFIER, Part.TRAY):
        desk.start(part)
    wait_until(lambda: desk.windows(NUDGE) == [], what="the nudge to give way to the new service")
    desk.answer("Skip")
    wait_until(lambda: outcomes(app) == ["skipped"], what="the answer in the log")
    box = wait_until(lambda: desk.picture().crop(*STRIP).where_changed_from(empty), what="the icon in the new panel")
    assert box is not None
    with desk.hands_off():
        desk.click(STRIP[0] + box[0] + box[2] // 2, STRIP[1] + box[1] + box[3] // 2)
        the_window(desk, PANEL)
    assert app.stop() == 0
    assert app.output == ""


def test_an_episode_that_the_log_cannot_take_says_so_on_screen(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = start(desk, tmp_path / "profile")
    app.ask("episodes")
    before = len(desk.notices())
    with held_by_another(app.profile / "numbguard.db"):
        TrayIcon.of(desk.bus, app.pid).choose("Log numbness")
        notice = desk.wait_notice("not yet saved to the log", after=before)
        assert "Another program is holding the log" in notice.body
        assert list(notice.actions.values()) == ["Undo", "It's gone", "Step-by-step relief"]
    wait_until(lambda: (app.profile / "unwritten.jsonl").read_text() == "", what="the episode to be written")
    assert len(app.ask("episodes")) == 1


def test_where_nobody_tells_of_idleness_it_is_said_once_and_no_break_is_invented(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    blind = {"XDG_SESSION_TYPE": "wayland", "WAYLAND_DISPLAY": str(tmp_path / "none")}
    profile = new_profile(tmp_path / "profile", '[breaks]\ninterval = "2h"\n')
    said = "can't tell when you're away"
    for _again in range(2):
        app = desk.run_app(profile=profile, speed=2 * SPEED, env=blind).wait_ready()
        desk.wait_notice(said)
        wait_until(lambda app=app: app.status()["seated_s"] > SPEED, what="the senses to settle")
        idle = app.ask("check")["senses"]["idle"]
        assert (idle["backend"], idle["works"], idle["seconds"]) == ("unknown", False, None)
        assert "XWayland" in idle["detail"] and "cannot be reached" in idle["detail"]
        assert any("time away doesn't count" in note for note in app.status()["notes"]), "the panel says it, too"
        assert outcomes(app) == []
        assert app.stop() == 0
        assert app.output == ""
    assert len([notice for notice in desk.notices() if said in notice.summary]) == 1
