"""NumbGuard answers faulty files, full disks, crashes and nonsense with a clear sentence and keeps working.

The app runs as a separate process without a screen; its command line shows what a person would see.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, environment, held_by_another, start
from tools.desktop.app_process import AppProcess, new_profile, wait_until

FAST = ("--speed", "60")
"""At this speed the app checks its files twice a second."""

Start = Callable[..., AppProcess]


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    """A profile without an app."""
    return CommandLine(new_profile(tmp_path / "profile"), environment(tmp_path), here=True)


@pytest.fixture
def run(line: CommandLine) -> Iterator[Start]:
    """A function that starts the app for the profile; the app ends with the test."""
    with contextlib.ExitStack() as apps:

        def run_one(*words: str, of: CommandLine = line) -> AppProcess:
            app = start(of, *words)
            apps.callback(app.stop)
            return app

        yield run_one


def notes(line: CommandLine) -> str:
    return "\n".join(line.status().get("notes", []))


def wait_note(line: CommandLine, words: str) -> str:
    return (
        wait_until(lambda: words in (said := notes(line)) and said, what=lambda: f"{words!r} in {notes(line)!r}") or ""
    )


# --- settings and cards ----------------------------------------------------------------------------------------------


def test_a_mistake_in_the_settings_is_named_with_its_line_and_the_rest_is_used(line: CommandLine, run: Start) -> None:
    settings = line.profile / "settings.toml"
    text = '# mine\n[breaks]\ninterval = "20m"\nsnooze = "5 parsecs"\nstile = "firm"\n'
    settings.write_text(text)
    run(*FAST)
    status = line.ask("status")
    assert status["interval_s"] == 1200
    assert [note.split(": ")[0] for note in status["notes"][:2]] == ["settings.toml, line 4", "settings.toml, line 5"]
    checked = line.ask("check")["settings"]
    assert not checked["whole"]
    assert checked["faults"] == status["notes"][:2]
    assert "settings.toml, line 4: " in line.run("check").stdout
    assert settings.read_text() == text


def test_settings_that_make_no_sense_leave_the_app_running_and_count_once_they_are_mended(
    line: CommandLine, run: Start
) -> None:
    settings = line.profile / "settings.toml"
    settings.write_text('[breaks\ninterval = "20m"\n')
    app = run(*FAST)
    assert "line 1" in wait_note(line, "settings.toml")
    assert "the defaults are used" in notes(line)
    assert line.ask("status")["interval_s"] == 2700

    settings.write_text('[breaks]\ninterval = "20m"\n')
    wait_until(lambda: line.status()["interval_s"] == 1200, what="the mended settings to count")
    assert "settings.toml" not in notes(line)

    settings.write_bytes(b"\xff\xfe[breaks]")
    wait_note(line, "the previous settings stay in use")
    assert line.ask("status")["interval_s"] == 1200
    assert settings.read_bytes() == b"\xff\xfe[breaks]"

    settings.unlink()
    wait_until(lambda: line.status()["interval_s"] == 2700, what="the defaults")
    assert app.running


def test_a_card_with_a_mistake_is_named_and_the_others_are_used(line: CommandLine, run: Start) -> None:
    cards = line.profile / "cards"
    cards.mkdir(mode=0o700)
    (cards / "handstand.toml").write_text('title = "Handstand"\nsteps = 12\n')
    (cards / "torn.toml").write_text('title = "Torn')
    run()
    checked = line.ask("check")["cards"]
    assert not checked["whole"]
    assert sorted(fault.split()[0] for fault in checked["faults"]) == [
        str(cards / "handstand.toml"),
        str(cards / "torn.toml"),
    ]
    listed = line.run("cards", "--json")
    assert listed.returncode == 0
    assert "handstand.toml is not used" in listed.stderr
    assert "torn.toml is not used" in listed.stderr
    assert '"short-walk"' in listed.stdout
    assert line.ask("break")["break"]["card"] not in ("handstand", "torn", "")
    assert "handstand.toml is not used" in notes(line)


# --- the log ---------------------------------------------------------------------------------------------------------


def test_an_episode_is_kept_while_another_program_holds_the_log_and_written_afterwards(
    line: CommandLine, run: Start
) -> None:
    app = run(*FAST)
    first = line.run("log").stdout.strip()
    with held_by_another(line.profile / "numbguard.db"):
        done = line.run("log", "--severity", "4")
        assert done.returncode == 0
        second = done.stdout.strip()
        assert "1 episode, kept in unwritten.jsonl" in notes(line)
        assert "Another program is holding the log" in notes(line)
        assert second in (line.profile / "unwritten.jsonl").read_text()
        assert line.ask("status")["open_episode"]["id"] == second
    wait_until(lambda: "unwritten" not in notes(line), what="the episode to be written")
    assert [one["id"] for one in line.ask("episodes")] == [first, second]
    assert (line.profile / "unwritten.jsonl").read_text() == ""
    assert app.stop() == 0


def test_an_episode_kept_aside_outlives_the_power(line: CommandLine, run: Start) -> None:
    app = run()
    line.run("log")
    with held_by_another(line.profile / "numbguard.db"):
        id = line.run("log", "--severity", "4").stdout.strip()
        app.kill9()
    run()
    assert line.ask("status")["open_episode"]["id"] == id
    assert id in {one["id"] for one in line.ask("episodes")}


def test_the_log_of_a_newer_numbguard_is_refused_and_left_alone(line: CommandLine, run: Start) -> None:
    database = line.profile / "numbguard.db"
    other = sqlite3.connect(database)
    other.execute("CREATE TABLE dreams (id)")
    other.execute("PRAGMA user_version = 4711")
    other.commit()
    other.close()
    before = database.read_bytes()

    assert "was written by a newer NumbGuard" in line.refused(1, "episodes")
    assert line.ask("check")["log"]["faults"] == [line.refused(1, "breaks")]
    app = run(*FAST)
    assert "was written by a newer NumbGuard" in wait_note(line, "newer")
    assert line.ask("status")["today"] is None
    id = line.run("log").stdout.strip()
    assert id in (line.profile / "unwritten.jsonl").read_text()
    assert "1 episode, kept in unwritten.jsonl" in notes(line)
    assert line.ask("break")["state"] == "break", "reminding goes on"
    assert app.stop() == 0
    assert database.read_bytes() == before
    assert sorted(path.name for path in line.profile.glob("numbguard.db*")) == ["numbguard.db"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 512 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k,mode=700", "numbguard-test", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("No disk may be mounted here; it takes the rights of root.")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def fill(disk: Path) -> Path:
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        for size in (4096, 64, 1):
            with contextlib.suppress(OSError):
                while file.write(b"x" * size):
                    pass
    return ballast


def test_a_full_disk_loses_nothing_while_the_app_runs(small_disk: Path, tmp_path: Path, run: Start) -> None:
    profile = new_profile(small_disk / "profile", '[breaks]\nduration = "20m"\n')
    line = CommandLine(profile, environment(tmp_path), here=True)
    app = run(*FAST, of=line)
    first = line.run("log").stdout.strip()
    ballast = fill(small_disk)
    done = line.run("log", "--severity", "4")
    assert done.returncode == 0
    second = done.stdout.strip()
    assert "no space left on the disk" in wait_note(line, "1 episode")
    assert "kept in unwritten.jsonl" in notes(line) or "Don't quit" in notes(line)
    assert line.ask("break")["state"] == "break", "reminding goes on"
    line.ask("break", "skip")
    ballast.unlink()
    wait_until(lambda: "Not in the log" not in notes(line), what="the episode to be written")
    assert [one["id"] for one in line.ask("episodes")] == [first, second]
    assert line.ask("breaks")[-1]["outcome"] == "skipped"
    assert line.ask("check")["log"]["whole"]
    assert app.stop() == 0


def test_a_disk_that_is_full_from_the_start(small_disk: Path, tmp_path: Path, run: Start) -> None:
    line = CommandLine(new_profile(small_disk / "profile"), environment(tmp_path), here=True)
    ballast = fill(small_disk)
    done = line.run("log")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no space left on the disk" in done.stderr
    assert "Free some space. Nothing was changed. Fix that and try again." in done.stderr
    assert "Traceback" not in done.stderr

    app = run(*FAST, of=line)
    done = line.run("log")
    assert (done.returncode, done.stdout) == (1, ""), "what is only in memory is not answered with success"
    assert (
        "It is not on the disk yet. NumbGuard keeps it until it can be written, but only while NumbGuard is running."
        in done.stderr
    )
    assert "Don't quit until this is fixed" in wait_note(line, "1 episode")
    assert line.ask("break")["state"] == "break", "reminding goes on"
    ballast.unlink()
    wait_until(lambda: "Not in the log" not in notes(line), what="the episode to be written")
    assert len(line.ask("episodes")) == 1
    assert app.stop() == 0


# --- one app per profile ---------------------------------------------------------------------------------------------


def test_two_starts_at_the_same_moment_make_one_app(line: CommandLine) -> None:
    both = [start_at_once(line) for _ in range(2)]
    try:
        (ended,) = wait_until(lambda: [app for app in both if not app.running], what="one to give way") or ()
        assert ended.wait() == 0
        assert ended.output == ""
        assert line.ask("status")["running"]
        assert [app.running for app in both].count(True) == 1
    finally:
        for app in both:
            app.stop()


@pytest.mark.parametrize("deleted", [("lock",), ("sock",), ("lock", "sock")])
def test_a_deleted_lock_file_or_socket_lets_no_second_app_in(
    line: CommandLine, run: Start, deleted: tuple[str, ...]
) -> None:
    app = run()
    for name in deleted:
        (line.profile / f"numbguard.{name}").unlink()
    for name in deleted:
        wait_until((line.profile / f"numbguard.{name}").exists, what=f"the {name} to be made again")
    second = start_at_once(line)
    try:
        assert second.wait() == 0, "it shows the panel of the first"
    finally:
        second.stop()
    assert line.ask("status")["running"]
    assert app.stop() == 0
    assert not (line.profile / "numbguard.sock").exists()


def test_a_start_right_after_an_end_makes_a_new_app(line: CommandLine, run: Start) -> None:
    first = run()
    line.ask("quit")
    second = run()
    assert first.wait() == 0
    assert line.ask("status")["running"]
    assert second.running


def test_an_app_that_hangs_is_told_from_one_that_is_not_there(line: CommandLine, run: Start) -> None:
    app = run()
    os.kill(app.pid, signal.SIGSTOP)
    started = start_at_once(line)
    try:
        assert started.wait() == 1
        assert "is running but not responding" in started.output
    finally:
        os.kill(app.pid, signal.SIGCONT)
        started.stop()


def start_at_once(line: CommandLine) -> AppProcess:
    command = [sys.executable, "-m", "numbguard", "run", "--profile", str(line.profile)]
    return AppProcess(command, env=line.env, profile=line.profile)


def test_after_a_crash_the_socket_left_behind_is_in_nobodys_way(line: CommandLine, run: Start) -> None:
    app = run()
    app.kill9()
    assert (line.profile / "numbguard.sock").is_socket()
    assert line.ask("status")["running"] is False
    assert "not running" in line.refused(3, "sit")
    run()
    assert line.ask("status")["running"]


def test_a_restart_goes_on_with_the_same_sitting(line: CommandLine, run: Start) -> None:
    began = time.monotonic()
    app = run("--speed", "600")
    wait_until(lambda: line.status()["seated_s"] >= 300, what="five minutes of sitting")
    line.ask("pause", "2h")
    paused = line.ask("status")["paused_until"]
    sat = line.status()["seated_s"]
    assert app.stop() == 0
    run()
    status = line.ask("status")
    assert sat <= status["seated_s"] <= (time.monotonic() - began) * 600
    assert (status["state"], status["paused_until"]) == ("paused", paused)


def test_a_restart_after_a_long_while_begins_anew(line: CommandLine, run: Start) -> None:
    app = run("--speed", "600")
    wait_until(lambda: line.status()["seated_s"] >= 300, what="five minutes of sitting")
    app.stop()
    state = line.profile / "state.json"
    state.write_text(state.read_text().replace('"wall": "20', '"wall": "19'))
    run()
    assert line.ask("status")["seated_s"] < 60


def test_a_state_that_makes_no_sense_is_put_aside(line: CommandLine, run: Start) -> None:
    (line.profile / "state.json").write_text("{")
    app = run()
    assert line.ask("status")["state"] == "sitting"
    assert app.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_app_in_order(line: CommandLine, run: Start, number: signal.Signals) -> None:
    app = run()
    line.ask("stand")
    os.kill(app.pid, number)
    assert app.wait() == 0
    assert app.output == ""
    assert '"seat": "standing"' in (line.profile / "state.json").read_text()
    assert not (line.profile / "numbguard.sock").exists()


def test_nonsense_on_the_socket_harms_nobody(line: CommandLine, run: Start) -> None:
    app = run()
    for said in (
        b"\n",
        b"{}\n",
        b"[1]\n",
        b"\xff\xfe\n",
        b'{"verb": 7}\n',
        b'{"verb": "pause", "until": "x"}\n',
        b"{" * 900,
    ):
        with socket.socket(socket.AF_UNIX) as talker:
            talker.settimeout(5)
            talker.connect(os.path.relpath(line.profile / "numbguard.sock"))
            talker.sendall(said)
            talker.shutdown(socket.SHUT_WR)
            while talker.recv(4096):
                pass
    assert line.ask("status")["state"] == "sitting"
    assert app.running
