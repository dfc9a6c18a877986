"""A second installation, started by its icon: the one that runs shows its panel and says which one it is."""

from __future__ import annotations

from pathlib import Path

from numbguard import __version__
from numbguard.desktop.installations import this_program
from tools.desktop.app_process import new_profile, wait_until
from tools.desktop.virtual_desktop import VirtualDesktop

IMAGE = "/opt/NumbGuard-2.0.0-x86_64.AppImage"


def test_a_second_installation_is_told_of_in_a_notification(desk: VirtualDesktop, tmp_path: Path) -> None:
    profile = new_profile(tmp_path / "profile")
    app = desk.run_app(profile=profile).wait_ready()
    same = desk.run_app(profile=profile)
    assert (same.wait(), same.output) == (0, "")
    wait_until(lambda: desk.windows("^NumbGuard$"), what="the panel")
    before = len(desk.notices())
    other = desk.run_app(profile=profile, env={"APPIMAGE": IMAGE})
    assert other.wait() == 0
    notice = desk.wait_notice("A different NumbGuard is already running", after=before)
    assert notice.body == (
        f"A different NumbGuard is already running: {this_program()}, version {__version__}. "
        f"To use {IMAGE}, version {__version__}, quit NumbGuard and start it again."
    )
    assert notice.body in other.output
    assert app.output == ""
