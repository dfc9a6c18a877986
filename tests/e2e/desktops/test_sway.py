"""The app in a real Wayland session: sway, here without a screen, a bus or a tray."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
        env=sway.env, cwd=CHECKOUT, capture_output=True, text=True, check=False,
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


def focused(sway: Sway) -> str:
    """The title of the window that has the keyboard, or an empty string."""

    def find(node: dict[str, Any]) -> str:
        if node["focused"]:
            return str(node["name"] or "")
        return next((found for child in (*node["nodes"], *node["floating_nodes"]) if (found := find(child))), "")

    return find(sway.message("-t", "get_tree"))


def test_a_firm_break_takes_the_keyboard_in_a_wayland_session_and_gives_it_back(sway: Sway, tmp_path: Path) -> None:
    hosts: list[AppProcess] = []

    def start(what: str) -> AppProcess:
        command = [sys.executable, "-m", "tests.e2e.breaks.card_host", what]
        hosts.append(AppProcess(command, env=sway.env | {"NUMBGUARD_TRACE": "1"}, profile=tmp_path))
        return hosts[-1]

    try:
        start("letter")
        wait_until(lambda: focused(sway) == "Letter", what="the letter to have the keyboard")
        card = start("firm")
        card.wait_line("card-painted")
        wait_until(lambda: "– NumbGuard" in focused(sway), what="the card to have the keyboard")
        assert card.stop() is not None
        wait_until(lambda: focused(sway) == "Letter", what="the letter to have the keyboard again")
        assert "said" not in card.output
    finally:
        for host in hosts:
            host.stop()
