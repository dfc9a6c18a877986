"""A second start in another session of the same user says where NumbGuard runs, and moves it here where wanted."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, environment, start


@pytest.fixture
def there(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "profile", environment(tmp_path) | {"DISPLAY": ":7", "XDG_CURRENT_DESKTOP": "XFCE"})


@pytest.fixture
def here(there: CommandLine) -> CommandLine:
    return replace(there, env=there.env | {"DISPLAY": ":8"})


def test_a_second_start_on_another_screen_says_where_it_runs_and_leaves_it_there(
    there: CommandLine, here: CommandLine
) -> None:
    running = start(there)
    try:
        done = here.run("run")
        assert (done.returncode, done.stdout) == (0, "")
        assert re.fullmatch(
            r"numbguard: NumbGuard is already running in another session of yours: on the screen :7 \(XFCE\) since "
            r"\d\d:\d\d\. To move it here, run “numbguard run --here”\.\n",
            done.stderr,
        )
        assert here.ask("status")["running"] is True
        assert there.run("run").stderr == "", "on the same screen it shows its panel"
    finally:
        running.stop()


def test_it_moves_here_with_what_it_knew(there: CommandLine, here: CommandLine) -> None:
    first = start(there)
    there.ask("stand")
    second = start(here, "--here")
    try:
        assert first.wait() == 0
        second.wait_ready()
        assert here.ask("status")["seat"] == "standing"
        assert ":8" in (here.profile / "numbguard.lock").read_text("utf-8")
    finally:
        second.stop()


def test_one_that_cannot_be_ended_from_here_is_named(here: CommandLine, tmp_path: Path) -> None:
    """As one on another computer with the same home: it has the lock, and no socket that leads to it."""
    import fcntl

    here.profile.mkdir(mode=0o700)
    lock = here.profile / "numbguard.lock"
    lock.write_text('{"computer": "den", "x11": ":0"}', encoding="utf-8")
    with lock.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        said = here.refused(1, "run", "--here")
    assert said.startswith(
        "NumbGuard is already running in another session of yours: on the screen :0 of the computer den."
    )
    assert said.endswith("It could not be quit from here. Quit it there, and start it again.")
