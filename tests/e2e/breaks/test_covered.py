"""A card under another window in a real session: nothing moves that nobody sees, and it goes on once it is seen."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tools.bench import cover
from tools.bench.reading import cpu_seconds
from tools.desktop.app_process import wait_until
from tools.desktop.virtual_desktop import VirtualDesktop

MOVES = '[cards]\nnever = ["breathing", "look-away", "glute-squeeze"]\n'
"""Without those in which little moves."""


def used(pid: int) -> float:
    """Seconds of processor time in the next second."""
    before = cpu_seconds(pid)
    time.sleep(1)
    return cpu_seconds(pid) - before


def test_a_card_that_another_window_covers_stands_still_and_goes_on_once_it_is_seen(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    profile.mkdir(mode=0o700)
    (profile / "settings.toml").write_text(MOVES, encoding="utf-8")
    app = desk.run_app(profile=profile).wait_ready()
    app.tell("break", "start")
    wait_until(lambda: desk.windows("NumbGuard$"), what="the card")
    time.sleep(3)
    moving = min(used(app.pid) for _ in range(3))
    other = desk.run_app(command=[sys.executable, cover.__file__])
    wait_until(lambda: desk.windows("^cover$"), what="the covering window")
    wait_until(lambda: used(app.pid) < moving / 3, what=f"the card to stand still, which used {moving * 100:.1f} %")
    other.stop()
    wait_until(lambda: used(app.pid) > moving / 2, what="the card to move again")
    assert app.output == ""
