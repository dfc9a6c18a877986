"""The command line for one profile, and an app without a screen for it to talk to.

For tests that need the app as a process of its own but nothing of a desktop; on the test's thread.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.desktop.app_process import AppProcess, run_verb, status_of


@dataclass(frozen=True)
class CommandLine:
    """The command line for one profile."""

    profile: Path
    env: dict[str, str]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return run_verb(*words, profile=self.profile, env=self.env)

    def ask(self, *words: str) -> Any:
        """What a verb that succeeds prints with --json: one document, and nothing else on either stream."""
        done = self.run(*words, "--json")
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)

    def status(self) -> dict[str, Any]:
        """What `status --json` prints, straight from the app and at next to no cost: for waiting. Empty: no answer."""
        return status_of(self.profile)

    def refused(self, status: int, *words: str) -> str:
        """The one plain line that a verb gives when it ends with this exit status; nothing is on standard output."""
        done = self.run(*words)
        assert (done.returncode, done.stdout) == (status, ""), done
        assert re.fullmatch(r"numbguard: [^\n]+\n", done.stderr), done.stderr
        return done.stderr.removeprefix("numbguard: ").strip()

    def wrong(self, *words: str) -> str:
        """What is said of words that are not understood (exit status 2)."""
        done = self.run(*words)
        assert (done.returncode, done.stdout) == (2, ""), done
        assert "Traceback" not in done.stderr
        return done.stderr


def environment(folder: Path) -> dict[str, str]:
    """No screen, no bus, and a home of its own. A warning of Python's is an error."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "TZ"}}
    nowhere = f"unix:path={folder / 'no-bus'}"
    return kept | {
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        # What a newer Python warns of is seen: each verb, and the app, has nothing to say on standard error.
        "PYTHONWARNINGS": "error",
        "XDG_RUNTIME_DIR": str(folder),
        "DBUS_SESSION_BUS_ADDRESS": nowhere,
        "DBUS_SYSTEM_BUS_ADDRESS": nowhere,
    }


def start(line: CommandLine, *words: str) -> AppProcess:
    command = [sys.executable, "-m", "numbguard", "run", "--profile", str(line.profile), "--minimised", *words]
    return AppProcess(command, env=line.env, profile=line.profile).wait_ready()


@contextlib.contextmanager
def held_by_another(database: Path) -> Iterator[None]:
    """Another program is in the middle of writing to the log."""
    other = sqlite3.connect(database, isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")
    finally:
        other.close()
