"""The daily routine in a real session: from a hot key through its cards to today's ticked habit."""

from __future__ import annotations

from pathlib import Path

from tools.desktop.app_process import new_profile, wait_until
from tools.desktop.tray_menu import TrayIcon
from tools.desktop.virtual_desktop import VirtualDesktop


def test_started_by_a_hot_key_it_goes_through_its_cards_and_is_ticked(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = desk.run_app(profile=tmp_path / "profile", speed=30).wait_ready()
    desk.keep_pointer_moving(every=0.2)
    tray = TrayIcon.of(desk.bus, app.pid)
    app.tell("break", "routine")
    wait_until(lambda: desk.windows("^The daily routine, 1 of 6: .* – NumbGuard$"), what="the first card")
    assert app.ask("status")["break"]["card"] == "routine:daily"
    assert "I'm done" in tray.labels()
    wait_until(lambda: desk.windows("^The daily routine, 3 of 6: .* – NumbGuard$"), what="the third card")
    desk.screenshot(tmp_path / "routine.png")
    wait_until(lambda: desk.windows("^Did you get up"), what="the question after it")
    tray.choose("Yes, I got up")
    wait_until(lambda: app.status()["today"]["stretch"] == 1, what="the habit to be ticked")
    (kept,) = app.ask("breaks")
    assert (kept["outcome"], kept["card"]) == ("moved", "routine:daily")
    assert app.output == ""


def test_offered_at_its_hour_it_is_begun_from_the_notification(desk: VirtualDesktop, tmp_path: Path) -> None:
    profile = new_profile(tmp_path / "profile", '[routine]\nat = "00:00"\n')
    app = desk.run_app(profile=profile, speed=30).wait_ready()
    desk.keep_pointer_moving(every=0.2)
    notice = desk.wait_notice("The daily routine?")
    assert list(notice.actions.values())[-3:] == ["Start", "In half an hour", "Not today"]
    desk.answer("Start")
    wait_until(lambda: desk.windows("^The daily routine, 1 of 6: .* – NumbGuard$"), what="the first card")
    assert app.ask("status")["break"]["card"] == "routine:daily"
    assert app.output == ""
