"""A second start by another installation, or by another version, says which NumbGuard runs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from numbguard import __version__
from numbguard.desktop.installations import this_program
from tests.cli.command_line import CommandLine, environment, start
from tools.desktop.app_process import AppProcess

IMAGE = "/opt/NumbGuard-2.0.0-x86_64.AppImage"
NEWER = "import sys, numbguard; numbguard.__version__ = '9.9.9'; from numbguard.cli.main import main; sys.exit(main())"

EARLIER = """
import sys
from numbguard.cli.main import main
from numbguard.ipc.requests import RequestHandler
show = RequestHandler._show
RequestHandler._show = lambda self, request: show(self, {"window": "panel"})
sys.exit(main())
"""
REPLACED = """
import sys
from numbguard.cli.main import main
from numbguard.app.app import App
def show_window(self, name):
    import numbguard.of_the_former_version
App.show_window = show_window
sys.exit(main())
"""


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "profile", environment(tmp_path))


@pytest.fixture
def running(line: CommandLine) -> Iterator[AppProcess]:
    app = start(line)
    yield app
    app.stop()


@pytest.mark.usefixtures("running")
def test_another_installation_says_which_one_runs_and_how_to_change_over(line: CommandLine) -> None:
    other = replace(line, env=line.env | {"APPIMAGE": IMAGE})
    done = other.run("run")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == (
        f"numbguard: A different NumbGuard is already running: {this_program()}, version {__version__}. "
        f"To use {IMAGE}, version {__version__}, quit NumbGuard and start it again.\n"
    )
    assert line.run("run").stderr == "", "the one that runs has nothing to say"


@pytest.mark.usefixtures("running")
def test_it_is_said_in_the_language_of_who_starts_it(line: CommandLine) -> None:
    other = replace(line, env=line.env | {"APPIMAGE": IMAGE, "LANGUAGE": "de"})
    assert other.run("run").stderr.startswith("numbguard: Es läuft bereits ein anderes NumbGuard: ")


@pytest.mark.usefixtures("running")
def test_a_newer_version_at_the_same_place_says_that_the_former_one_still_runs(line: CommandLine) -> None:
    words = [sys.executable, "-c", NEWER, "run", "--profile", str(line.profile)]
    done = subprocess.run(words, env=line.env, capture_output=True, text=True, timeout=20, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert f"already running: {this_program()}, version {__version__}. To use" in done.stderr
    assert "version 9.9.9, quit NumbGuard" in done.stderr


def test_an_earlier_version_that_does_not_say_where_it_is_is_said_to_run(line: CommandLine) -> None:
    command = [sys.executable, "-c", EARLIER, "run", "--profile", str(line.profile), "--minimised"]
    app = AppProcess(command, env=line.env, profile=line.profile).wait_ready()
    try:
        done = line.run("run")
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr == "numbguard: An earlier version is running, which doesn't say where it is.\n"
    finally:
        app.stop()


def test_one_whose_files_were_replaced_under_it_is_not_said_to_have_shown_its_panel(line: CommandLine) -> None:
    command = [sys.executable, "-c", REPLACED, "run", "--profile", str(line.profile), "--minimised"]
    app = AppProcess(command, env=line.env, profile=line.profile).wait_ready()
    try:
        done = line.run("run")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.endswith(
            "numbguard: NumbGuard is running but not responding. Wait a moment, or quit it and start it again.\n"
        )
    finally:
        app.stop()
