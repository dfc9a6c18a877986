"""The command line for one profile, and an app without a screen that answers it.

Tests that need the app as a separate process, but no desktop, call it on their own thread.
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

from tools.desktop.app_process import AppProcess, run_verb, run_verb_here, status_of


@dataclass(frozen=True)
class CommandLine:
    """The command line for one profile."""

    profile: Path
    env: dict[str, str]
    here: bool = False
    """Whether a verb runs in this process, a tenth of a second quicker, instead of in one of its own.

    Not where the time zone differs, or where a test is about the process itself.
    """

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        if self.here:
            return run_verb_here(*words, profile=self.profile, env=self.env)
        return run_verb(*words, profile=self.profile, env=self.env)

    def ask(self, *words: str) -> Any:
        """Run a verb that must succeed with --json; returns its document, the only output on both streams."""
        done = self.run(*words, "--json")
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)

    def status(self) -> dict[str, Any]:
        """Return the document of `status` straight from the app, cheaply enough for polling; empty if none answers."""
        return status_of(self.profile)

    def refused(self, status: int, *words: str) -> str:
        """Run a verb that must end with this exit status; returns the plain line it prints on standard error."""
        done = self.run(*words)
        assert (done.returncode, done.stdout) == (status, ""), done
        assert re.fullmatch(r"numbguard: [^\n]+\n", done.stderr), done.stderr
        return done.stderr.removeprefix("numbguard: ").strip()

    def wrong(self, *words: str) -> str:
        """Run a verb with wrong arguments (exit status 2); returns what it prints on standard error."""
        done = self.run(*words)
        assert (done.returncode, done.stdout) == (2, ""), done
        assert "Traceback" not in done.stderr
        return done.stderr


def environment(folder: Path) -> dict[str, str]:
    """Return environment variables without a screen or a bus, with a separate home; Python warnings are errors."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "TZ"}}
    nowhere = f"unix:path={folder / 'no-bus'}"
    return kept | {
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        # Warnings of a newer Python show up: verbs and the app must print nothing on standard error.
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
    """Let another program lock the log for writing."""
    other = sqlite3.connect(database, isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")
    finally:
        other.close()
