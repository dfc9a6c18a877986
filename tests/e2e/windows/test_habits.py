"""Habits on a real desktop: a key press in the panel, a verb beside it, and praise as a notification."""

from __future__ import annotations

from pathlib import Path

from tools.desktop.app_process import new_profile, wait_until
from tools.desktop.virtual_desktop import VirtualDesktop

PANEL = "^NumbGuard$"


def test_a_key_in_the_panel_ticks_and_what_is_reached_is_said_once(desk: VirtualDesktop, tmp_path: Path) -> None:
    profile = new_profile(tmp_path / "profile", '[goals]\nweek = "routine"\n')
    app = desk.run_app(profile=profile).wait_ready()
    assert desk.run_app(profile=profile).wait() == 0, "a second start shows the panel"
    wait_until(lambda: desk.windows(PANEL), what="the panel")
    wait_until(lambda: desk.focused_window() == "NumbGuard", what="the panel to have the keyboard")
    desk.xdotool("key", "alt+1")
    wait_until(lambda: app.status()["today"]["water"] == 1, what="the glass")
    desk.xdotool("key", "alt+e")
    said = desk.wait_notice("You've met today's goal")
    assert said.body == "The routine every working day: done. Good start."
    desk.xdotool("key", "alt+o")
    wait_until(lambda: app.status()["today"]["stretch"] == 0, what="the routine to be taken back")
    before = len(desk.notices())
    assert app.ask("habit", "stretch")["said"] is None, "once a day is enough"
    assert app.ask("habit", "water", "7")["said"].startswith("Eight glasses today.")
    desk.wait_notice("Eight glasses today", after=before)
    assert len(desk.notices()) == before + 1
    assert app.status()["today"]["water"] == 8
