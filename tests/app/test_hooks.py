"""The person's hooks: real programs, started without a shell, watched, ended in time, and never waited for."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from numbguard.app.hooks import Hooks
from numbguard.core.settings.choices import HookCommand
from numbguard.core.settings.settings import Settings
from numbguard.desktop import hook_run
from numbguard.desktop.hook_run import HookEnd, HookResult
from numbguard.runtime.happenings import Happening, HappeningKind
from numbguard.store.profile import Profile
from tests.only_on_unix import ON_WINDOWS

LOGGED = Happening(HappeningKind.LOGGED, "sitting", "5f0c")

WRITES = """
import os, sys
names = ("EVENT", "STATE", "ID", "OUTCOME", "PROFILE")
told = [os.environ["NUMBGUARD_" + name] for name in names]
print("not for anybody's eyes")
with open(sys.argv[1], "a") as file:
    print(*told, repr(sys.stdin.read()), *sys.argv[2:], sep="|", file=file)
"""


def python(code: str, *words: str) -> HookCommand:
    return HookCommand((sys.executable, "-c", code, *words))


class Trial:
    """Hooks with settings that a test changes while they are in use."""

    def __init__(self, profile: Profile) -> None:
        self.settings = Settings()
        self.hooks = Hooks(profile, lambda: self.settings)

    def set(self, **commands: HookCommand) -> None:
        self.settings = replace(self.settings, **commands)  # type: ignore[arg-type]

    def tried(self, qtbot: QtBot, command: HookCommand, timeout: int = 10_000) -> HookResult:
        results: list[HookResult] = []
        self.hooks.try_hook("on_log", command, results.append)
        qtbot.waitUntil(lambda: bool(results), timeout=timeout)
        return results[0]


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    profile = Profile(tmp_path / "profile")
    profile.make()
    return profile


@pytest.fixture
def trial(profile: Profile) -> Iterator[Trial]:
    trial = Trial(profile)
    yield trial
    trial.hooks.end()


def children() -> list[int]:
    """The processes that this one has started and not yet buried."""
    told = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return [int(word) for word in told.split()]


def is_running(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return False


def test_a_hook_learns_what_happened_and_gets_its_arguments_untouched(
    trial: Trial, profile: Profile, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "told"
    trial.set(hook_log=python(WRITES, str(file), "$HOME; *"))
    trial.hooks.happened(LOGGED)
    qtbot.waitUntil(file.exists, timeout=10_000)
    qtbot.waitUntil(lambda: bool(file.read_text()))
    assert file.read_text() == f"log|sitting|5f0c||{profile.folder}|''|$HOME; *\n"


def test_only_the_hook_of_that_event_runs_and_a_changed_setting_counts_at_once(
    trial: Trial, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "told"
    trial.set(hook_start=python(WRITES, str(file)))
    trial.hooks.happened(LOGGED)
    trial.hooks.happened(Happening(HappeningKind.STATE, "break"))
    trial.set(hook_end=python(WRITES, str(file)), hook_start=HookCommand())
    trial.hooks.happened(Happening(HappeningKind.STARTED, "break", "7"))
    trial.hooks.happened(Happening(HappeningKind.ENDED, "sitting", "7", "moved"))
    qtbot.waitUntil(lambda: file.exists() and bool(file.read_text()), timeout=10_000)
    assert file.read_text().startswith("end|sitting|7|moved|")


@pytest.mark.parametrize(("code", "status"), [("", 0), ("raise SystemExit(3)", 3)])
def test_a_trial_says_with_what_and_after_how_long_the_program_ended(
    trial: Trial, qtbot: QtBot, code: str, status: int
) -> None:
    result = trial.tried(qtbot, python(code))
    assert (result.end, result.status) == (HookEnd.ENDED, status)
    assert 0 < result.seconds < 10


def test_a_trial_says_that_there_is_no_such_program_or_that_it_cannot_be_started(
    trial: Trial, tmp_path: Path, qtbot: QtBot
) -> None:
    assert trial.tried(qtbot, HookCommand(("no-such-program-anywhere",))).end is HookEnd.NOT_FOUND
    assert trial.tried(qtbot, HookCommand((str(tmp_path),))).end is HookEnd.NOT_STARTED


@pytest.mark.skipif(ON_WINDOWS, reason="Windows has no signals")
def test_a_trial_says_that_the_program_crashed(trial: Trial, qtbot: QtBot) -> None:
    assert trial.tried(qtbot, python("import os; os.kill(os.getpid(), 9)")).end is HookEnd.CRASHED


HANGS = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open(sys.argv[1] + ".new", "w") as file:
    file.write(f"{os.getpid()} {child.pid}")
os.rename(sys.argv[1] + ".new", sys.argv[1])
time.sleep(600)
"""


@pytest.mark.skipif(ON_WINDOWS, reason="Windows has no process groups")
def test_one_that_hangs_and_ignores_requests_is_ended_with_what_it_started_and_blocks_nothing(
    trial: Trial, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(hook_run, "LIMIT_S", 1.0)
    monkeypatch.setattr(hook_run, "GRACE_S", 0.3)
    caplog.set_level(logging.INFO)
    file = tmp_path / "pids"
    before = children()
    trial.set(hook_log=python(HANGS, str(file)))
    began = time.monotonic()
    trial.hooks.happened(LOGGED)
    trial.hooks.happened(replace(LOGGED, id="another"))
    assert time.monotonic() - began < 0.5
    qtbot.waitUntil(file.exists, timeout=10_000)
    pids = [int(word) for word in file.read_text().split()]
    assert all(map(is_running, pids))
    qtbot.waitUntil(lambda: not any(map(is_running, pids)), timeout=10_000)
    qtbot.waitUntil(lambda: children() == before)
    assert "the hook on_log is still running; it missed an event" in caplog.text
    qtbot.waitUntil(lambda: "the hook on_log: stopped" in caplog.text)
    file.unlink()
    trial.hooks.happened(LOGGED)  # the next one runs again
    qtbot.waitUntil(file.exists, timeout=10_000)


@pytest.mark.skipif(ON_WINDOWS, reason="Windows has no process groups")
def test_the_end_of_the_app_ends_what_still_runs(trial: Trial, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "pids"
    trial.set(hook_log=python(HANGS, str(file)))
    trial.hooks.happened(LOGGED)
    qtbot.waitUntil(file.exists, timeout=10_000)
    assert trial.hooks.running
    trial.hooks.end()
    assert not trial.hooks.running
    pids = [int(word) for word in file.read_text().split()]
    qtbot.waitUntil(lambda: not any(map(is_running, pids)))


def test_the_log_file_says_how_it_ended_and_not_what_it_was(
    trial: Trial, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    trial.set(hook_log=python("raise SystemExit(4)", "my secret"))
    trial.hooks.happened(LOGGED)
    qtbot.waitUntil(lambda: "the hook on_log ended with 4 after " in caplog.text, timeout=10_000)
    assert "secret" not in caplog.text
