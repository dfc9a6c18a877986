"""NumbGuard's tray icon in the panel: its menu, clicks on it, and the episode that one of them logs."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.desktop.app_process import AppProcess, new_profile, wait_until
from tools.desktop.tray_menu import TrayIcon
from tools.desktop.virtual_desktop import VirtualDesktop

LOG, GONE = "Log numbness", "It's gone"
PANEL = "^NumbGuard$"

HEAVY = """
import atexit, sys

def report():
    from PySide6 import QtCore, QtGui, QtWidgets
    created = {"Qt", "QEvent", "QFont", "QStyle", "QProcess", "QAbstractItemView"}
    imported = {"numbguard.ui.widgets.accessible", "numbguard.core.log.insights", "xml.parsers.expat", "ssl", "uuid"}
    found = {name for module in (QtCore, QtGui, QtWidgets) for name in created & set(vars(module))}
    print("heavy:", sorted(found | (imported & set(sys.modules))))

atexit.register(report)
from numbguard.cli.main import main
sys.exit(main())
"""
"""NumbGuard, which says when it ends which of its heavier parts it has created or imported by then."""


def start(desk: VirtualDesktop, profile: Path, *, speed: float = 1) -> tuple[AppProcess, TrayIcon]:
    app = desk.run_app(profile=profile, speed=speed).wait_ready()
    return app, TrayIcon.of(desk.bus, app.pid)


def open_panel(desk: VirtualDesktop, tray: TrayIcon) -> None:
    """Open the panel as on a desktop where a left click opens the menu."""
    tray.choose("Open NumbGuard")
    wait_until(lambda: desk.windows(PANEL), what="the panel")
    wait_until(lambda: desk.focused_window() == "NumbGuard", what="the panel to have the keyboard")


def test_the_menu_has_nine_entries_below_the_state_and_they_fit_the_moment(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    app, tray = start(desk, tmp_path / "profile")
    assert tray.labels() == [
        "Next break in 45 min", LOG, "Start a break", "Pause", "I'm standing", "Open NumbGuard", "History",
        "When to get help", "Settings", "Quit",
    ]  # fmt: skip
    assert not tray.entry("Next break in 45 min").enabled
    pauses = [entry.label for entry in tray.entry("Pause").entries]
    assert pauses == ["30 minutes", "1 hour", "2 hours", "Until tomorrow", "Until my next working day"]
    # While the menu is open there is none, and this panel does not say that it has closed.
    wait_until(lambda: tray.tool_tip == "Just sat down, next break in 45 minutes", what="the tool tip")

    tray.choose("Pause > 30 minutes")
    paused = wait_until(lambda: app.status()["paused_until"], what="the pause")
    assert app.ask("status")["state"] == "paused"
    wait_until(lambda: tray.tool_tip == f"Paused until {paused[11:16]}", what=lambda: f"the tool tip: {tray.tool_tip}")
    tip = tray.tool_tip
    assert tray.labels()[:5] == [tip, LOG, "Start a break", "Resume", "I'm standing"]
    tray.choose("Resume")
    wait_until(lambda: app.status()["state"] == "sitting", what="the pause to end")

    tray.choose("I'm standing")
    wait_until(lambda: app.status()["state"] == "standing", what="the seat")
    wait_until(lambda: tray.tool_tip.startswith("Standing"), what=lambda: f"the tool tip: {tray.tool_tip}")
    assert "I'm sitting" in tray.labels()
    assert "I'm standing" not in tray.labels()
    tray.choose("I'm sitting")
    wait_until(lambda: app.status()["state"] == "sitting", what="the seat")

    tray.choose("Start a break")
    wait_until(lambda: desk.windows("– NumbGuard$"), what="the card")
    assert tray.tool_tip.startswith("On a break; ")
    assert tray.labels()[:3] == ["On a break", LOG, "I'm done"]
    tray.choose("I'm done")
    wait_until(lambda: desk.windows("^Did you get up"), what="the question")
    assert tray.labels()[:3] == ["Did you get up?", LOG, "Yes, I got up"]
    tray.choose("Yes, I got up")
    wait_until(lambda: app.status()["break"] is None, what="the break to be over")
    tray.choose("Quit")
    assert app.wait() == 0


def test_one_click_writes_an_episode_that_outlives_the_app(desk: VirtualDesktop, tmp_path: Path) -> None:
    profile = new_profile(tmp_path / "profile", '[breaks]\nnatural_break = "30m"\n')
    desk.keep_pointer_moving(every=0.2)
    app, tray = start(desk, profile, speed=600)
    wait_until(lambda: app.status()["seated_s"] >= 600, what="ten minutes of sitting")
    tray.choose(LOG)
    (episode,) = wait_until(lambda: app.ask("episodes"), what="the episode", every=0.01) or ()
    app.kill9()
    assert app.ask("episodes") == [episode]
    context = episode.pop("context")
    assert 600 <= context["seated_s"] <= 2400
    assert (context["since_break_s"], context["skipped_today"], context["seat"]) == (None, 0, "sitting")
    assert episode.pop("id")
    assert episode.pop("started_at")
    assert (episode.pop("end"), episode.pop("signs"), episode.pop("before_sites")) == ("open", {}, False)
    assert set(map(str, episode.values())) == {"None", "[]"}, "something was made up"
    desk.stop_pointer()

    after = start(desk, profile)[0]
    assert after.ask("status")["open_episode"]["context"] == context


def test_an_episode_is_taken_back_or_ended_where_it_was_announced_and_in_the_panel(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    app, tray = start(desk, tmp_path / "profile")
    before = len(desk.notices())
    tray.choose(LOG)
    notice = desk.wait_notice("Numbness logged", after=before)
    assert list(notice.actions.values()) == ["Undo", GONE, "Step-by-step relief"]
    desk.answer("Undo")
    wait_until(lambda: app.ask("episodes") == [], what="the episode to be taken back")
    wait_until(lambda: desk.shown() == 0, what="the notification to go")

    tray.middle_click()
    (logged,) = wait_until(lambda: app.ask("episodes"), what="the middle click to log an episode") or ()
    assert logged["ended_at"] is None
    assert "Numbness logged at" in tray.tool_tip
    desk.answer(GONE)
    wait_until(lambda: app.ask("episodes")[0]["ended_at"], what="the end of the episode")
    assert "Numbness" not in tray.tool_tip

    tray.choose(LOG)
    wait_until(lambda: not all(one["ended_at"] for one in app.ask("episodes")), what="an episode to end")
    assert len(tray.labels()) == 10
    open_panel(desk, tray)
    desk.xdotool("key", "alt+g")
    wait_until(lambda: all(one["ended_at"] for one in app.ask("episodes")), what="its end")
    wait_until(lambda: desk.shown() == 0, what="the notification to go")
    desk.xdotool("key", "alt+u")
    wait_until(lambda: [one["id"] for one in app.ask("episodes")] == [logged["id"]], what="the last one to be undone")


def test_undo_stays_after_the_form_was_saved_and_takes_back_one_thing_after_the_other(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    app, tray = start(desk, tmp_path / "profile")

    def regions() -> list[object]:
        return [one["regions"] for one in app.ask("episodes")]

    tray.choose(LOG)
    (form,) = wait_until(lambda: desk.windows("^Episode"), what="the form") or ()
    x, y, _, _ = desk.place(form)
    desk.click(x + 4, y + 4)
    wait_until(lambda: desk.focused_window().startswith("Episode"), what="the form to have the keyboard")
    desk.xdotool("key", "space", "Return")  # the first field has the focus
    wait_until(lambda: not desk.windows("^Episode"), what="the form to go")
    (marked,) = regions()
    assert marked
    open_panel(desk, tray)
    desk.xdotool("key", "alt+u")
    wait_until(lambda: regions() == [[]], what="what the form added to be taken back")
    desk.xdotool("key", "alt+u")
    wait_until(lambda: regions() == [], what="the log to be taken back")


def test_a_left_click_opens_the_panel_and_so_does_another_start(desk: VirtualDesktop, tmp_path: Path) -> None:
    app, tray = start(desk, tmp_path / "profile")
    tray.left_click()
    (panel,) = wait_until(lambda: desk.windows(PANEL), what="the panel") or ()
    wait_until(lambda: desk.picture().crop(*desk.place(panel)).colours() > 50, what="the panel to be painted")
    tray.left_click()
    wait_until(lambda: desk.windows(PANEL) == [], what="the panel to close")

    again = desk.run_app(profile=app.profile)
    assert again.wait() == 0
    assert again.output == ""
    wait_until(lambda: desk.windows(PANEL), what="the panel")
    assert app.running


def test_an_icon_in_the_tray_alone_brings_none_of_the_heavier_parts(desk: VirtualDesktop, tmp_path: Path) -> None:
    profile = new_profile(tmp_path / "profile", settings='[breaks]\ninterval = "40m"\n')  # used, so without a welcome
    app = desk.run_app(profile=profile, program=(sys.executable, "-c", HEAVY)).wait_ready()
    tray = TrayIcon.of(desk.bus, app.pid)
    wait_until(lambda: tray.tool_tip.startswith("Just sat down"), what="the tool tip")
    app.stop()
    assert "heavy: []" in app.output
