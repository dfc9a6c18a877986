"""Logging a numbness in a real session: by tray, panel and hot key, and what the notification then offers."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from numbguard.runtime.one_numbness import SAME_NUMBNESS_S
from tools.desktop.app_process import AppProcess, new_profile, wait_until
from tools.desktop.tray_menu import TrayIcon
from tools.desktop.virtual_desktop import VirtualDesktop

FORM, PANEL = "^Episode", "^NumbGuard$"


def episodes(app: AppProcess) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = app.ask("episodes")
    return found


def log_another(app: AppProcess) -> str:
    """Log by a hot key, not so soon that it is the numbness of before."""
    time.sleep(SAME_NUMBNESS_S)
    return app.tell("log").strip()


def test_a_double_click_is_one_numbness_with_one_notification(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = desk.run_app(profile=new_profile(tmp_path / "profile", "")).wait_ready()
    tray = TrayIcon.of(desk.bus, app.pid)
    for _try in range(5):
        began = time.monotonic()
        tray.choose("Log numbness", times=2)
        app.tell("log")
        if time.monotonic() - began < SAME_NUMBNESS_S:
            break
        for one in episodes(app):  # a machine too busy for a double click: once more
            app.tell("undo", one["id"])
        desk.dunstctl("close-all")
    wait_until(lambda: desk.shown() == 1, what="the notification")
    assert len(episodes(app)) == 1
    desk.answer("It's gone")
    (ended,) = wait_until(lambda: [one for one in episodes(app) if one["ended_at"]], what="the end") or ()
    wait_until(lambda: desk.shown() == 0, what="the notification to go")
    app.tell("undo", ended["id"])
    assert app.output == ""


def test_a_hot_key_gives_the_notification_of_the_tray_and_details_can_be_added(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    app = desk.run_app(profile=new_profile(tmp_path / "profile", "")).wait_ready()
    before = len(desk.notices())
    app.tell("log")
    notice = desk.wait_notice("Numbness logged", after=before)
    assert list(notice.actions.values()) == ["Undo", "It's gone", "Add details"]
    desk.answer("Add details")
    wait_until(lambda: "Episode" in desk.focused_window(), what="the form in front")
    desk.xdotool("key", "Escape")
    wait_until(lambda: not desk.windows(FORM), what="the form to go")
    desk.run_app(profile=app.profile).wait()
    wait_until(lambda: desk.windows(PANEL), what="the panel")
    assert app.output == ""


def test_a_place_and_ten_minutes_ago_take_seven_keys_and_details_later_five(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    """The form opens on the screen, and its first field has the focus."""
    app = desk.run_app(profile=new_profile(tmp_path / "profile", "")).wait_ready()
    before = len(desk.notices())
    app.tell("log")
    desk.wait_notice("Numbness logged", after=before)
    desk.answer("Add details")
    wait_until(lambda: "Episode" in desk.focused_window(), what="the form in front")
    (form,) = desk.windows(FORM)
    left, top, wide, high = desk.place(form)
    assert left >= 0
    assert top >= 0
    assert left + wide <= 1280
    assert top + high <= 800
    (logged,) = episodes(app)
    desk.xdotool("key", "space", "Tab", "Tab", "Tab", "Right", "Right", "Return")
    wait_until(lambda: not desk.windows(FORM), what="the form to go")
    (placed,) = episodes(app)
    assert placed["regions"]
    began, began_before = (datetime.fromisoformat(one["started_at"]) for one in (placed, logged))
    assert began_before - began == timedelta(minutes=10)

    before = len(desk.notices())
    log_another(app)
    desk.answer("It's a new one")
    desk.wait_notice("Numbness logged", after=before)
    desk.answer("Add details")
    wait_until(lambda: "Episode" in desk.focused_window(), what="the form in front")
    desk.xdotool("key", "space", "Tab", "Tab", "7", "Return")
    wait_until(lambda: not desk.windows(FORM), what="the form to go")
    assert {one["severity"] for one in episodes(app)} == {None, 7}
    assert app.output == ""


def test_while_one_is_open_the_next_is_added_to_it_or_left_as_another(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = desk.run_app(profile=new_profile(tmp_path / "profile", "")).wait_ready()
    first = app.tell("log").strip()
    desk.dunstctl("close-all")
    before = len(desk.notices())
    second = log_another(app)
    assert [one["id"] for one in episodes(app)] == [first, second], "nothing is asked first"
    notice = desk.wait_notice("hasn't ended yet", after=before)
    assert list(notice.actions.values()) == ["It's a new one", "Add to that one", "Undo"]
    desk.answer("Add to that one")
    wait_until(lambda: [one["id"] for one in episodes(app)] == [first], what="the two to be one")
    wait_until(lambda: "Episode" in desk.focused_window(), what="the form in front")
    desk.xdotool("key", "Escape")

    third = log_another(app)
    before = len(desk.notices())
    desk.answer("It's a new one")
    desk.wait_notice("Numbness logged", after=before)
    assert [one["id"] for one in episodes(app)] == [first, third]
    desk.answer("Undo")
    wait_until(lambda: [one["id"] for one in episodes(app)] == [first], what="the third to be taken back")
    assert app.output == ""


def test_gone_on_one_notification_leaves_the_other(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = desk.run_app(profile=new_profile(tmp_path / "profile", "")).wait_ready()
    first = app.tell("log").strip()
    wait_until(lambda: desk.shown() == 1, what="the first notification")
    second = log_another(app)
    wait_until(lambda: desk.shown() == 2, what="the second notification")
    app.tell("gone", first)
    wait_until(lambda: desk.shown() == 1, what="the first notification to go")
    assert [one["id"] for one in episodes(app) if not one["ended_at"]] == [second]
    desk.answer("Undo")
    wait_until(lambda: desk.shown() == 0, what="the second notification to go")
    assert [one["id"] for one in episodes(app)] == [first]
    assert app.output == ""


def test_every_verb_is_answered_after_a_card_has_closed_beside_the_open_panel(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    app = desk.run_app(profile=new_profile(tmp_path / "profile", "")).wait_ready()
    desk.run_app(profile=app.profile).wait()
    wait_until(lambda: desk.windows(PANEL), what="the panel")
    for _ in range(2):
        app.tell("break", "start")
        wait_until(lambda: len(desk.windows("– NumbGuard$")) == 1, what="the card")
        app.tell("break", "done")
        app.tell("break", "done")
        wait_until(lambda: not desk.windows("– NumbGuard$"), what="the card to close")
        assert desk.windows(PANEL)
        for words in ("stand", "sit", "pause", "resume", "log", "gone", "undo", "status"):
            app.tell(words)
    assert app.output == ""
