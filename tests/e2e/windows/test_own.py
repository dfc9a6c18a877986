"""The person's own card and routine in a real session: made in the window by keyboard, played by a hot key."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tools.desktop.app_process import new_profile, wait_until
from tools.desktop.tray_menu import TrayIcon
from tools.desktop.virtual_desktop import VirtualDesktop

WINDOW = "^My cards and routines"
ROUTINE = 'title = "Evening & night"\ncards = [{ card = "soleus", seconds = 90 }, "quad"]\n'


def test_a_card_is_made_by_keyboard_and_a_routine_played_by_a_hot_key(desk: VirtualDesktop, tmp_path: Path) -> None:
    profile = new_profile(tmp_path / "profile", '[breaks]\ninterval = "45m"\n')
    app = desk.run_app(profile=profile).wait_ready()
    tray = TrayIcon.of(desk.bus, app.pid)
    tray.choose("Open NumbGuard")
    wait_until(lambda: desk.focused_window() == "NumbGuard", what="the panel to have the keyboard")
    app.tell("show", "stretches")
    wait_until(lambda: desk.focused_window().startswith("Stretches"), what="the stretches to have the keyboard")
    desk.xdotool("key", "ctrl+Tab")
    wait_until(lambda: desk.windows(WINDOW), what="the window")
    wait_until(lambda: desk.focused_window().startswith("My cards"), what="it to have the keyboard")
    before = desk.picture()
    desk.xdotool("key", "alt+n")
    wait_until(lambda: desk.picture().changed_from(before) > 0.05, what="the form")
    # Type the name, go on to the picture, choose it by its first letters, then go on to the first step.
    desk.xdotool("type", "Leg out")
    desk.xdotool("key", "Tab", "space")
    desk.xdotool("type", "Motion of: Ankle c")
    desk.xdotool("key", "Return")
    desk.xdotool("key", "ctrl+s")
    desk.xdotool("type", "Stretch it.")
    desk.xdotool("key", "ctrl+s")
    card = profile / "cards" / "leg-out.toml"
    wait_until(card.exists, what="the card to be kept")
    kept = tomllib.loads(card.read_text(encoding="utf-8"))
    assert (kept["title"], kept["like"], kept["steps"][0]["text"]) == ("Leg out", "ankle-circles", "Stretch it.")
    desk.xdotool("key", "Escape")
    wait_until(lambda: not desk.windows(WINDOW), what="the window to go")

    (profile / "routines").mkdir()
    (profile / "routines" / "evening.toml").write_text(ROUTINE, encoding="utf-8")
    app.tell("break", "routine", "evening")
    wait_until(lambda: desk.windows("^Evening & night, 1 of 2"), what="its first card")
    assert app.ask("status")["break"]["card"] == "routine:evening"
    assert app.ask("break", "done")["break"]["phase"] == "after"
