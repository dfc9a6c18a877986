"""The whole main job by keyboard alone, in a real session: from the first start to quitting, without a mouse.

What a person without a mouse has are the keys of the windows, Alt+Tab, the desktop's menu of applications, and
NumbGuard's hot keys. The command line is only asked what has come of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tools.desktop.app_process import THIS_NUMBGUARD, AppProcess, WaitError, wait_until
from tools.desktop.virtual_desktop import VirtualDesktop

PANEL, FORM, CARD = "^NumbGuard$", "^Episode", "– NumbGuard$"
SPEED = 60
"""On the second day, ten minutes of sitting pass in ten seconds."""
WHILE_LOADED_S = 20.0


class Hands:
    """Two hands on the keyboard. They press nothing before the window that they mean has the focus."""

    def __init__(self, desk: VirtualDesktop) -> None:
        self.desk = desk
        self.pressed = 0

    def press(self, *keys: str) -> None:
        self.desk.xdotool("key", *keys)
        self.pressed += len(keys)

    def write(self, words: str) -> None:
        self.desk.xdotool("type", "--delay", "5", words)
        self.pressed += len(words)

    def wait_focus(self, window: str, timeout: float = WHILE_LOADED_S) -> None:
        wait_until(
            lambda: re.search(window, self.desk.focused_window()),
            timeout,
            what=lambda: f"{window} to have the keyboard, which {self.desk.focused_window()!r} has",
        )

    def turn_to(self, window: str) -> None:
        """Press Alt+Tab until the window has the keyboard; it may accept none just after it came up."""
        wait_until(lambda: self.desk.windows(window), WHILE_LOADED_S, what=f"the window {window}")

        def is_in_front() -> bool:
            if not re.search(window, self.desk.focused_window()):
                self.press("alt+Tab")
            try:
                self.wait_focus(window, timeout=0.5)
            except WaitError:
                return False
            return True

        wait_until(is_in_front, WHILE_LOADED_S, what=f"Alt+Tab to come to {window}")

    def wait_gone(self, window: str) -> None:
        wait_until(lambda: not self.desk.windows(window), WHILE_LOADED_S, what=f"the window {window} to go")

    def leave(self, window: str) -> None:
        self.press("Escape")
        self.wait_gone(window)

    def open_panel(self) -> None:
        """Choose NumbGuard in the menu of applications: it runs already, and shows its panel."""
        before = self.desk.picture()
        self.press("super+space")
        wait_until(lambda: self.desk.picture().changed_from(before) > 0.001, what="the menu of applications")
        self.press("Down", "Home", "Return")
        self.wait_focus(PANEL)

    def set_by_search(self, words: str, *keys: str) -> None:
        """Look for a setting in the settings window, which has the focus, and press keys in its field."""
        self.press("ctrl+f")
        self.write(words)
        self.press("Return", *keys)


def wait_for(predicate: Callable[[], Any], what: str) -> Any:
    return wait_until(predicate, WHILE_LOADED_S, what=what)


@pytest.fixture
def hands(desktop: VirtualDesktop) -> Iterator[Hands]:
    yield Hands(desktop)


def start(desk: VirtualDesktop, *options: str) -> AppProcess:
    """Start NumbGuard as logging in does, with the usual profile folder."""
    profile = desk.home / "data" / "numbguard"
    return desk.run_app(command=[*THIS_NUMBGUARD, "run", *options], profile=profile).wait_ready()


def test_the_whole_main_job(hands: Hands) -> None:
    app = start(hands.desk)
    go_through_the_first_pages(hands)
    take_a_break(hands, app)
    log_ten_minutes_ago(hands, app)
    add_details_later(hands, app)
    say_it_is_gone(hands, app)
    change_and_undo_in_the_history(hands, app)
    change_settings_by_search(hands, app)
    pause_for_an_hour(hands, app)
    read_when_to_get_help(hands)
    quit_by_the_menu(hands, app)
    start_a_break_that_is_due(hands)


def go_through_the_first_pages(hands: Hands) -> None:
    hands.turn_to("^Welcome")
    hands.press("Return", "Return", "Return")
    hands.wait_gone("^Welcome")


def take_a_break(hands: Hands, app: AppProcess) -> None:
    """Start one from the panel; hold the card, go a step on and back, go on, finish it, and say that one got up."""
    hands.open_panel()
    hands.press("alt+s")
    hands.turn_to(CARD)

    def left() -> int:
        return int(app.status()["break"]["remaining_s"])

    hands.press("space")
    seated = app.status()["seated_s"]
    wait_for(lambda: app.status()["seated_s"] > seated, "a second of a card that is paused")
    held = left()
    wait_for(lambda: app.status()["seated_s"] > seated + 1, "another second of it")
    assert left() == held
    hands.press("Right")
    wait_for(lambda: left() < held, "the next step")
    turned = left()
    hands.press("Left")
    wait_for(lambda: left() > turned, "the step before")
    hands.press("space")
    hands.press("alt+d")
    hands.turn_to("^Did you get up")
    hands.press("alt+y")
    wait_for(lambda: app.status()["break"] is None, "the break to be over")
    (taken,) = app.ask("breaks")
    assert taken["outcome"] == "moved"
    hands.wait_gone(CARD)


def log_ten_minutes_ago(hands: Hands, app: AppProcess) -> None:
    """Log from the panel; in the form choose a place, and ten minutes ago."""
    hands.open_panel()
    hands.press("alt+l")
    hands.turn_to(FORM)
    (logged,) = app.ask("episodes")
    hands.press("space", "Tab", "Tab", "Tab", "Right", "Right", "Return")
    hands.wait_gone(FORM)
    (told,) = app.ask("episodes")
    assert told["regions"]
    began, began_before = (datetime.fromisoformat(one["started_at"]) for one in (told, logged))
    assert began_before - began == timedelta(minutes=10)


def add_details_later(hands: Hands, app: AppProcess) -> None:
    hands.open_panel()
    hands.press("alt+a")
    hands.wait_focus(FORM)
    hands.press("Tab", "Tab", "3", "Return")
    hands.wait_gone(FORM)
    assert [one["severity"] for one in app.ask("episodes")] == [3]


def say_it_is_gone(hands: Hands, app: AppProcess) -> None:
    hands.open_panel()
    hands.press("alt+g")
    wait_for(lambda: app.status()["open_episode"] is None, "the end of the episode")


def change_and_undo_in_the_history(hands: Hands, app: AppProcess) -> None:
    hands.press("ctrl+h")
    hands.wait_focus("^History")
    hands.press("Delete")
    wait_for(lambda: app.ask("episodes") == [], "the episode to be deleted")
    hands.press("ctrl+z")
    wait_for(lambda: app.ask("episodes"), "it to be back")
    hands.press("Return")
    hands.wait_focus(FORM)
    hands.press("Tab", "Tab", "5", "Return")
    hands.wait_gone(FORM)
    assert [one["severity"] for one in app.ask("episodes")] == [5]
    hands.wait_focus("^History")
    hands.press("ctrl+z")
    wait_for(lambda: app.ask("episodes")[0]["severity"] == 3, "the correction to be undone")
    hands.leave("^History")


def change_settings_by_search(hands: Hands, app: AppProcess) -> None:
    """Set how long one sits, how long a reminder waits, and the hot key of a break."""
    hands.open_panel()
    hands.press("ctrl+comma")
    hands.wait_focus("^Settings")
    file = app.profile / "settings.toml"
    for words, keys, kept in (
        ("how often", ("ctrl+a", "1", "0", "Tab"), 'interval = "10m"'),
        ("opens on its own", ("ctrl+a", "3", "0", "Tab"), 'patience = "30m"'),
        ("break_now", ("ctrl+alt+b",), 'break_now = "Ctrl+Alt+B"'),
    ):
        hands.set_by_search(words, *keys)
        wait_for(lambda kept=kept: file.exists() and kept in file.read_text(), kept)
    hands.leave("^Settings")
    assert app.status()["interval_s"] == 600


def pause_for_an_hour(hands: Hands, app: AppProcess) -> None:
    hands.open_panel()
    hands.press("F10", "Down", "Down", "Down", "Down", "Return")
    wait_for(lambda: app.status()["state"] == "paused", "the pause")
    until = datetime.fromisoformat(app.status()["paused_until"])
    assert timedelta(minutes=59) < until - datetime.now(until.tzinfo) <= timedelta(hours=1)
    hands.press("alt+r")
    wait_for(lambda: app.status()["state"] == "sitting", "the pause to end")


def read_when_to_get_help(hands: Hands) -> None:
    hands.press("alt+h")
    hands.wait_focus("Guide|When to get help")
    hands.leave("Guide|When to get help")


def quit_by_the_menu(hands: Hands, app: AppProcess) -> None:
    hands.open_panel()
    hands.press("F10", "Up", "Return")
    assert app.wait() == 0
    assert app.output == ""


def start_a_break_that_is_due(hands: Hands) -> None:
    """The next day somebody types until a break is due, and starts it by the hot key."""
    app = start(hands.desk, "--speed", f"{SPEED}")

    def announced() -> bool:
        hands.press("shift")
        return bool(app.status()["state"] == "announced")

    wait_until(announced, 40, what="the announcement", every=0.3)
    hands.press("ctrl+alt+b")
    wait_for(lambda: (app.status()["break"] or {}).get("phase") == "card", "the card")
    hands.turn_to("^Did you get up")  # the card's two minutes pass in two seconds
    hands.press("alt+y")
    wait_for(lambda: app.status()["break"] is None, "the break to be over")
    assert [one["outcome"] for one in app.ask("breaks")] == ["moved", "moved"]
    quit_by_the_menu(hands, app)
