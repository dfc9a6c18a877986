"""The card and the keyboard in a real session.

In the standard style the card takes no focus, but works once a person turns to it. In the firm style it takes the
keyboard from the window in which somebody types.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable

import pytest

from tools.desktop.app_process import AppProcess, wait_until
from tools.desktop.virtual_desktop import Part, VirtualDesktop

CARD = "– NumbGuard"


@pytest.fixture
def desk(open_desktop: Callable[..., VirtualDesktop]) -> VirtualDesktop:
    return open_desktop(parts=[Part.BUS, Part.WINDOW_MANAGER])


@pytest.fixture
def letter(desk: VirtualDesktop) -> AppProcess:
    """A window in which somebody is typing, with the keyboard focus."""
    app = start(desk, "letter")
    wait_until(lambda: desk.windows("^Letter$"), what="the letter")
    desk.click(300, 130)
    wait_until(lambda: desk.focused_window() == "Letter", what="the letter to have the keyboard")
    return app


def start(desk: VirtualDesktop, what: str) -> AppProcess:
    return desk.run_app(
        command=[sys.executable, "-m", "tests.e2e.breaks.card_host", what], env={"NUMBGUARD_TRACE": "1"}
    )


def shown(desk: VirtualDesktop, card: AppProcess) -> dict[str, int]:
    """Wait until the card is painted; returns its place on the screen."""
    card.wait_line("card-painted")
    return place(desk)


def place(desk: VirtualDesktop) -> dict[str, int]:
    (window,) = wait_until(lambda: desk.windows(CARD), what="the card") or ()
    lines = desk.xdotool("getwindowgeometry", "--shell", str(window)).split()
    return {key: int(value) for key, _, value in (line.partition("=") for line in lines)}


def resting_place(desk: VirtualDesktop) -> dict[str, int]:
    """The card's place once it has corrected it for its title bar, a fifth of a second after it was shown."""
    (window,) = desk.windows(CARD)
    desk.resting_place(window)
    return place(desk)


def written(letter: AppProcess) -> str:
    return next((line.text[7:] for line in reversed(letter.lines) if line.text.startswith("letter ")), "")


def test_typing_goes_on_undisturbed_while_the_card_opens(desk: VirtualDesktop, letter: AppProcess) -> None:
    card = start(desk, "card")
    typed = ""
    quiet_until = 0.0
    while not quiet_until or time.monotonic() < quiet_until:
        desk.xdotool("key", "a", "b")
        typed += "ab"
        if not quiet_until and any("card-painted" in line.text for line in card.lines):
            # Long enough for the window to be allowed the keyboard, too.
            quiet_until = time.monotonic() + 1.8
    wait_until(lambda: written(letter) == typed, what=lambda: f"{typed} in the letter, not {written(letter)}")
    assert desk.focused_window() == "Letter"
    assert not any(line.text.startswith("said") for line in card.lines)


def test_after_a_click_the_card_is_worked_by_keyboard(desk: VirtualDesktop, letter: AppProcess) -> None:
    card = start(desk, "card")
    at = shown(desk, card)
    desk.click(at["X"] + at["WIDTH"] - 60, at["Y"] + 30)
    wait_until(lambda: CARD in desk.focused_window(), what="the card to have the keyboard")
    desk.xdotool("key", "Return", "space")
    desk.xdotool("key", "Tab", "Tab", "Return")
    card.wait_line("said another")
    desk.xdotool("key", "alt+d")
    card.wait_line("said done")
    desk.xdotool("key", "Tab", "Return")
    card.wait_line("said moved")
    assert [line.text for line in card.lines if line.text.startswith("said")] == [
        "said another",
        "said done",
        "said moved",
    ]
    wait_until(lambda: not desk.windows(CARD), what="the card to be gone")
    assert written(letter) == ""


def test_escape_closes_the_card_and_says_so_once(desk: VirtualDesktop) -> None:
    card = start(desk, "card")
    at = shown(desk, card)
    desk.click(at["X"] + at["WIDTH"] - 60, at["Y"] + 30)
    wait_until(lambda: CARD in desk.focused_window(), what="the card to have the keyboard")
    desk.xdotool("key", "Escape")
    card.wait_line("said close")
    wait_until(lambda: not desk.windows(CARD), what="the card to be gone")
    assert card.output.count("said") == 1


def test_the_card_stays_above_a_window_that_is_worked_in(desk: VirtualDesktop, letter: AppProcess) -> None:
    card = start(desk, "card")
    shown(desk, card)
    at = resting_place(desk)
    buttons = (at["X"] + 10, at["Y"] + at["HEIGHT"] - 60, at["WIDTH"] - 20, 50)
    before = desk.picture().crop(*buttons)
    (window,) = desk.windows("^Letter$")
    desk.xdotool("windowmove", "--sync", str(window), str(at["X"] - 200), str(buttons[1] - 20))
    desk.click(at["X"] - 50, buttons[1] + 20)
    desk.xdotool("type", "on top of it all")
    wait_until(lambda: written(letter) == "on top of it all", what="the letter to be written on")
    assert desk.picture().crop(*buttons).changed_from(before) == 0


def test_after_a_click_the_card_is_paused_turned_and_enlarged_by_keyboard(
    desk: VirtualDesktop, letter: AppProcess
) -> None:
    card = start(desk, "card")
    shown(desk, card)
    at = resting_place(desk)
    desk.xdotool("key", "space", "Right", "F11")
    wait_until(lambda: written(letter) == " ", what="the keys to have gone to the letter: the card has no focus yet")
    desk.click(at["X"] + at["WIDTH"] - 60, at["Y"] + 30)
    wait_until(lambda: CARD in desk.focused_window(), what="the card to have the keyboard")
    desk.xdotool("key", "space")
    card.wait_line("held True")
    desk.xdotool("key", "Right", "Right", "Left", "space")
    card.wait_line("held False")
    assert re.findall(r"turned \d+", card.output) == ["turned 8", "turned 30", "turned 8"]
    desk.xdotool("key", "F11")
    wait_until(lambda: place(desk)["WIDTH"] > at["WIDTH"], what="the card to fill the screen")
    assert (place(desk)["X"], place(desk)["Y"]) == (0, 0)
    assert CARD in desk.focused_window()
    desk.xdotool("key", "F11")
    wait_until(lambda: place(desk)["WIDTH"] == at["WIDTH"], what="the card to be small again")
    assert not any(line.text.startswith("said") for line in card.lines)


# --- firm ------------------------------------------------------------------------------------------------------------


def said(card: AppProcess) -> list[str]:
    return [line.text for line in card.lines if line.text.startswith("said")]


def wait_for(card: AppProcess, words: str, times: int = 1) -> None:
    """Wait until the card has printed this line so many times; see ``card_host``."""
    wait_until(
        lambda: sum(line.text == words for line in card.lines) >= times,
        what=lambda: f"{words!r}, {times} times; the card printed:\n{card.output}",
    )


def firm(desk: VirtualDesktop) -> AppProcess:
    """A firm break that has the keyboard, and whose first second is over."""
    card = start(desk, "firm")
    shown(desk, card)
    wait_for(card, "heeds keys")
    wait_for(card, "has the keyboard")
    return card


def test_a_firm_break_takes_the_keyboard_and_gives_it_back(desk: VirtualDesktop, letter: AppProcess) -> None:
    desk.xdotool("key", "a", "b", "c")
    wait_until(lambda: written(letter) == "abc", what="the letter to be written on")
    card = start(desk, "firm")
    shown(desk, card)
    wait_for(card, "grabs")

    def has_it() -> bool:
        desk.xdotool("key", "z")  # as somebody types who has not noticed the card
        lines = [line.text for line in card.lines]
        return "heeds keys" in lines and "has the keyboard" in lines

    wait_until(has_it, what="the card to have the keyboard")
    desk.xdotool("key", "z", "z", "z", "Escape")
    wait_for(card, "asks")
    desk.xdotool("key", "Escape")
    wait_for(card, "asks no longer")
    desk.xdotool("key", "x", "y", "space")
    card.wait_line("held True")
    assert written(letter) == "abc", "keys reached the covered window"
    assert said(card) == []
    desk.xdotool("key", "alt+d")
    card.wait_line("said done")
    desk.xdotool("key", "Tab", "Return")
    card.wait_line("said moved")
    wait_until(lambda: desk.focused_window() == "Letter", what="the letter to have the keyboard again")
    desk.xdotool("key", "d", "e", "f")
    wait_until(lambda: written(letter) == "abcdef", what=lambda: f"abcdef in the letter, not {written(letter)}")


def test_what_somebody_was_typing_when_a_firm_break_came_answers_nothing(
    desk: VirtualDesktop, letter: AppProcess
) -> None:
    card = start(desk, "slow-firm")
    shown(desk, card)
    wait_for(card, "grabs")
    for _ in range(3):
        desk.xdotool("key", "Escape", "Return", "alt+d", "alt+s", "space")
    time.sleep(0.5)  # nothing is to come of it
    assert said(card) == []
    assert "held" not in card.output and "asks" not in card.output and "heeds keys" not in card.output
    assert written(letter) == ""


def test_a_key_held_when_a_firm_break_came_answers_nothing(desk: VirtualDesktop, letter: AppProcess) -> None:
    desk.repeat_keys()
    desk.xdotool("keydown", "Escape")
    try:
        card = firm(desk)
        time.sleep(1.0)  # it repeats 25 times a second
        assert "asks" not in card.output
    finally:
        desk.xdotool("keyup", "Escape")
    assert said(card) == []
    desk.xdotool("key", "Escape")  # now it is a key of its own
    wait_for(card, "asks")
    desk.xdotool("key", "Return")
    card.wait_line("said close")


def test_escape_asks_before_a_firm_break_is_left(desk: VirtualDesktop, letter: AppProcess) -> None:
    card = firm(desk)
    desk.xdotool("key", "Escape")
    wait_for(card, "asks")
    desk.xdotool("key", "Escape")  # stays after all
    wait_for(card, "asks no longer")
    assert said(card) == []
    desk.xdotool("key", "Escape")
    wait_for(card, "asks", 2)
    desk.xdotool("key", "Return")
    card.wait_line("said close")
    wait_until(lambda: desk.focused_window() == "Letter", what="the letter to have the keyboard again")


def test_a_firm_break_takes_the_keyboard_again_from_a_window_that_comes_up(
    desk: VirtualDesktop, letter: AppProcess
) -> None:
    card = firm(desk)
    (window,) = desk.windows("^Letter$")
    desk.xdotool("windowactivate", str(window))
    wait_for(card, "lost the keyboard")
    wait_for(card, "has the keyboard", 2)
    wait_until(lambda: CARD in desk.focused_window(), what="the card to have the keyboard again")
    desk.xdotool("key", "z", "space")
    card.wait_line("held True")
    assert written(letter) == ""


def test_the_keyboard_is_free_when_a_firm_break_crashes(desk: VirtualDesktop, letter: AppProcess) -> None:
    card = start(desk, "firm")
    shown(desk, card)
    os.kill(card.pid, signal.SIGKILL)
    wait_until(lambda: desk.focused_window() == "Letter", what="the letter to have the keyboard again")
    desk.xdotool("key", "a")
    wait_until(lambda: written(letter) == "a", what="the letter to be written on")


def test_the_screen_can_be_locked_during_a_firm_break(desk: VirtualDesktop, letter: AppProcess) -> None:
    card = start(desk, "firm")
    shown(desk, card)
    locker = start(desk, "locker")
    locker.wait_line("locked")
    desk.xdotool("key", "Escape", "Return")
    locker.stop()
    wait_until(lambda: CARD in desk.focused_window(), what="the card to have the keyboard again")
    assert said(card) == []
    assert written(letter) == ""
