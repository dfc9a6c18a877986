"""The log decides which card is next, and the announcement says so, in a real session."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.breaks.test_break import CARD, SETTINGS, TIME_TO_MOVE, start
from tools.desktop.app_process import new_profile, wait_until
from tools.desktop.virtual_desktop import VirtualDesktop

CALF = {"calf-raises", "calf-wall", "soleus"}


def test_a_card_for_what_was_logged_comes_with_its_reason(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = start(desk, new_profile(tmp_path / "profile", SETTINGS))
    for _ in range(2):
        app.tell("log", "--side", "left", "--region", "calf")
        app.tell("gone")  # while a leg is numb, only cards for the seat come
    assert "for your left calf, twice " in desk.wait_notice(TIME_TO_MOVE).body
    assert app.ask("status")["break"]["card"] in CALF
    app.tell("break", "start")
    wait_until(lambda: desk.windows(CARD), what="the card")
    desk.screenshot(tmp_path / "card.png")
