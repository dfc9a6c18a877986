"""Posture in a real session: a tip that appears and disappears by itself, and a check from the tip to the log."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from numbguard.core.breaks.nudges.posture import TIPS
from numbguard.core.log.records.habits import PostureCheck
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.profile import Profile
from tools.desktop.app_process import new_profile, wait_until
from tools.desktop.virtual_desktop import VirtualDesktop

WINDOW = "^Check my posture"


SETTINGS = '[breaks]\ninterval = "2h"\nnatural_break = "30m"\n'


def test_a_tip_comes_between_the_breaks_and_goes_by_itself(desk: VirtualDesktop, tmp_path: Path) -> None:
    profile = new_profile(tmp_path / "profile", SETTINGS)
    before = len(desk.notices())
    desk.keep_pointer_moving(every=0.2)
    app = desk.run_app(profile=profile, speed=600).wait_ready()
    titles = {tip.title: tip for tip in TIPS}
    notice = desk.wait_notice(lambda notice: notice.summary in titles, after=before)
    desk.stop_pointer()
    assert notice.body == titles[notice.summary].body
    assert (notice.actions, notice.timeout) == ({"posture": "Check my posture"}, 10_000)
    assert notice.hints["suppress-sound"] is True
    assert notice.hints["transient"] is True, "nothing of it is kept in the notification centre"
    assert app.ask("status")["break"] is None


def test_the_check_is_ticked_by_keys_and_kept(desk: VirtualDesktop, tmp_path: Path) -> None:
    desk.keep_pointer_moving(every=0.2)
    app = desk.run_app(profile=new_profile(tmp_path / "profile", SETTINGS), speed=200).wait_ready()
    desk.answer("Check my posture")
    wait_until(lambda: desk.windows(WINDOW), what="the window")
    wait_until(lambda: desk.focused_window().startswith("Check my posture"), what="it to have the keyboard")
    before = len(desk.notices())
    desk.xdotool("key", "1", "2", "3", "4", "Return")
    wait_until(lambda: not desk.windows(WINDOW), what="the window to go")
    assert desk.wait_notice("Saved: 4 of 5 points", after=before).body == "Worth changing: legs side by side."
    (check,) = checks(app.profile)
    assert (check.feet_supported, check.back_supported, check.legs_uncrossed) == (True, True, False)

    desk.dunstctl("close-all")  # only the next tip has an answer
    desk.wait_notice(lambda notice: "posture" in notice.actions, after=len(desk.notices()))
    desk.answer("Check my posture")
    wait_until(lambda: desk.windows(WINDOW), what="the window, again")
    wait_until(lambda: desk.focused_window().startswith("Check my posture"), what="it to have the keyboard")
    desk.xdotool("key", "1", "Escape")
    wait_until(lambda: not desk.windows(WINDOW), what="the window to go again")
    assert checks(app.profile) == [check]


def checks(profile: Path) -> list[PostureCheck]:
    with closing(SqliteJournal(Profile(profile))) as journal:
        return list(journal.posture_checks())
