"""`numbguard check` says which NumbGuard it is, which one runs, and which entries lead nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from numbguard import __version__
from numbguard.desktop.installations import this_program
from tools.desktop.app_process import AppProcess, wait_until

from ..command_line import CommandLine, environment, start


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "profile", environment(tmp_path))


def test_it_names_this_program_and_says_nothing_else_where_there_is_no_other(line: CommandLine) -> None:
    found = line.ask("check")["installation"]
    assert (found["program"], found["runs"], found["gone"]) == (this_program(), None, [])
    assert line.run("check").stdout.startswith(f"Program: {this_program()}, version {__version__}\n")


def test_the_same_installation_that_runs_is_not_another_one(line: CommandLine) -> None:
    app = start(line)
    try:
        assert line.ask("check")["installation"]["runs"] == {"program": this_program(), "version": __version__}
        assert "different one" not in line.run("check").stdout
    finally:
        app.stop()


def test_of_two_installations_it_says_which_one_runs_and_where_the_other_one_is(
    line: CommandLine, tmp_path: Path
) -> None:
    other = tmp_path / ".local" / "bin" / "numbguard"
    other.parent.mkdir(parents=True)
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    elsewhere = CommandLine(line.profile, line.env | {"APPIMAGE": str(other)})
    app = start(elsewhere)
    try:
        said = line.run("check").stdout
    finally:
        app.stop()
    assert f"    A different one is running: {other}, version {__version__}.\n" in said
    assert f"    Also on this computer: {other}\n" in said


def test_an_entry_that_leads_nowhere_is_named_and_put_right_by_the_app(tmp_path: Path) -> None:
    entry = tmp_path / ".config" / "autostart" / "numbguard.desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text("[Desktop Entry]\nExec=/opt/former/numbguard run --minimised\n")
    usual = CommandLine(tmp_path / ".local" / "share" / "numbguard", environment(tmp_path))
    assert (
        "    The entry for your log-in starts /opt/former/numbguard, which no longer exists. "
        "NumbGuard corrects that the next time it starts.\n"
    ) in usual.run("check").stdout
    command = [*this_program().split(), "run", "--minimised"]
    app = AppProcess(command, env=usual.env, profile=usual.profile).wait_ready()
    try:
        wait_until(lambda: "/opt/former" not in entry.read_text(), 30, what="the entry to be put right", every=0.2)
    finally:
        app.stop()
    assert f"Exec={this_program()} run --minimised\n" in entry.read_text()
    assert usual.ask("check")["installation"]["gone"] == []
