"""The app in a real Wayland session: sway, here without a screen, a bus or a tray."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.desktop.app_process import CHECKOUT, AppProcess, new_profile, wait_until
from tools.desktop.sway import Sway

SETTINGS = """\
[breaks]
interval = "10m"
natural_break = "5m"
settle = "0s"
"""
SPEED = 150


@pytest.fixture
def sway() -> Iterator[Sway]:
    with Sway() as session:
        yield session


def test_time_away_counts_in_a_wayland_session(sway: Sway, tmp_path: Path) -> None:
    profile = new_profile(tmp_path / "profile", SETTINGS)
    command = [sys.executable, "-m", "numbguard"]
    checked = subprocess.run(
        [*command, "check", "--json", "--profile", str(profile)],
        env=sway.env, cwd=CHECKOUT, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    senses = json.loads(checked.stdout)["senses"]
    assert (senses["idle"]["backend"], senses["idle"]["works"]) == (sway.idle_backend, True)
    assert [senses[name]["backend"] for name in ("session", "notify", "tray")] == ["none", "window", "window"]

    assert senses["quiet"]["sources"]["fullscreen"]["backend"] == "wlr-foreign-toplevel"

    run = [*command, "run", "--profile", str(profile), "--speed", f"{SPEED}"]
    app = AppProcess(run, env=sway.env, profile=profile)
    try:
        app.wait_ready()
        idle = wait_until(lambda: app.status()["senses"]["idle"], what="the compositor")
        assert (idle["backend"], idle["works"]) == (sway.idle_backend, True)
        assert app.status()["senses"]["quiet"]["sources"]["fullscreen"]["backend"] == "wlr-foreign-toplevel"
        wait_until(lambda: app.status()["state"] == "away", what="the absence")
        sway.move_pointer()
        wait_until(lambda: app.status()["state"] == "sitting", what="the return")
        wait_until(lambda: [one["outcome"] for one in app.ask("breaks")] == ["natural"], what="the break in the log")
        assert app.ask("check")["senses"]["idle"]["backend"] == sway.idle_backend
        assert app.stop() == 0
        assert app.output == ""
    finally:
        app.stop()
