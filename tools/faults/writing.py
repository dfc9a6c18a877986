"""Starts writers as processes of their own and counts which of the entries that they acknowledged survive.

A writer acknowledges an entry over a pipe once the log or the spool has it, as a verb prints its id. The fault tool
calls it on its one thread.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from numbguard.core.errors import JournalError
from numbguard.core.log.records.episode import Episode
from numbguard.ipc.client import ask
from numbguard.store.log.entries import unreadable_entries
from numbguard.store.log.integrity import faults
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.recovery.repair import repair
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from tools.desktop.app_process import AppProcess

NOTE = "a note of some length, " * 8


@dataclass
class Tally:
    """One line of the table."""

    name: str
    tried: int = 0
    acknowledged: int = 0
    lost: int = 0
    failed: int = 0
    """Starts after which the log could not be read or was still damaged."""
    seconds: float = 0.0
    why: list[str] = field(default_factory=list)
    """The first losses and failures, in words."""

    def judge(self, profile: Profile, acknowledged: Iterable[str], *, may_repair: bool = False) -> bool:
        """Start again, repair if that is allowed, and count the acknowledged entries that are missing.

        Returns whether all is well; otherwise the profile is worth a look.
        """
        expected = list(acknowledged)
        self.tried += 1
        self.acknowledged += len(expected)
        try:
            held = ids_in(profile, may_repair=may_repair)
        except Exception as error:  # whatever it is, it is a start that failed
            self.failed += 1
            self._note(f"{profile.folder}: {type(error).__name__}: {error}")
            return False
        missing = [id for id in expected if id not in held]
        self.lost += len(missing)
        if missing:
            self._note(f"{profile.folder}: {len(missing)} of {len(expected)} missing, such as {missing[0]}")
        return not missing

    def _note(self, words: str) -> None:
        if len(self.why) < 5:
            self.why.append(words)


@dataclass
class Writer:
    """A process that writes entries one by one until it has written all of them or is killed."""

    pid: int
    pipe: int

    def acknowledged(self) -> list[str]:
        """Wait until it has ended, and return the ids that it acknowledged."""
        content = b""
        while piece := os.read(self.pipe, 65536):
            content += piece
        os.close(self.pipe)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        # A line that was cut off acknowledges nothing.
        return content.decode().split("\n")[:-1]

    def await_acknowledged(self, count: int) -> list[str]:
        """Wait until it has acknowledged ``count`` entries, and return their ids; ``acknowledged`` returns the rest."""
        content = b""
        while content.count(b"\n") < count and (piece := os.read(self.pipe, 1)):
            content += piece
        return content.decode().split()

    def kill_after(self, seconds: float) -> list[str]:
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        return self.acknowledged()


def start_writer(
    profile: Profile, name: str, *, count: int = 10_000, before_each: Callable[[int], None] = lambda _number: None
) -> Writer:
    """Fork a writer. ``before_each`` is called in it before each entry, with the number of the entry."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Writer(pid, reading)
    status = 1
    try:
        os.close(reading)
        keeping = SafeJournal(SqliteJournal(profile, patience_s=10), profile)
        for number in range(count):
            before_each(number)
            id = f"{name}-{number}"
            keeping.add_episode(Episode(id, datetime.now(UTC), note=NOTE))
            if not keeping.only_in_memory:
                os.write(writing, f"{id}\n".encode())
        keeping.close()
        status = 0
    finally:
        os._exit(status)


def write_through_app(profile: Profile, name: str, count: int) -> list[str]:
    """Start the app without a screen, have it write entries, and kill it; return the ids that it acknowledged."""
    nowhere = f"unix:path={profile.folder / 'no-bus'}"
    env = {
        **{name: value for name, value in os.environ.items() if name in {"PATH", "TZ"}},
        "HOME": str(profile.folder.parent),
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "DBUS_SESSION_BUS_ADDRESS": nowhere,
        "DBUS_SYSTEM_BUS_ADDRESS": nowhere,
    }
    command = [sys.executable, "-m", "numbguard", "run", "--minimised", "--profile", str(profile.folder)]
    app = AppProcess(command, env=env, profile=profile.folder)
    try:
        app.wait_ready(60)
        acknowledged = []
        for number in range(count):
            id = f"{name}-{number}"
            if ask(profile, {"verb": "log", "as": id, "note": NOTE}, patience_s=30)["status"] == 0:
                acknowledged.append(id)
        return acknowledged
    finally:
        app.kill9()


def ids_in(profile: Profile, *, may_repair: bool) -> set[str]:
    """Start again and return the ids in log and spool. ``may_repair``: repair a damaged log first.

    Raises ``JournalError`` for a log that is damaged still.
    """
    if may_repair:
        repair(profile, at=datetime.now(UTC))
    with closing(SafeJournal(SqliteJournal(profile), profile)) as keeping:
        keeping.retry()
        held = {one.id for one in keeping.episodes()}
    with closing(SqliteJournal(profile)) as journal, journal.reading() as connection:
        if problems := faults(connection) or unreadable_entries(connection):
            raise JournalError(problems[0])
    return held


def fresh_profile(folder: Path, name: str) -> Profile:
    """Make a new profile in a folder."""
    profile = Profile(folder / name)
    profile.make()
    return profile
