"""Runs NumbGuard as a process of its own, collects what it says, and talks to it by its command line.

`tools.desktop.virtual_desktop` makes one for each app that a test starts; tests call it on their own thread, and two
small threads read the app's output so that it never waits for a full pipe.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

from numbguard.ipc.socket import NotRunning, ask
from numbguard.store.profile import Profile

CHECKOUT = Path(__file__).resolve().parents[2]

Found = TypeVar("Found")


class WaitError(AssertionError):
    """What a test waited for has not come in time."""


def wait_until(
    predicate: Callable[[], Found],
    timeout: float = 10.0,
    *,
    what: str | Callable[[], str] = "",
    every: float = 0.05,
) -> Found:
    """Ask again and again until the answer is true, and return it; no bare sleeps in tests.

    `what` names the thing waited for; given as a function, it is asked when the wait was in vain.
    """
    deadline = time.monotonic() + timeout
    while True:
        answer = predicate()
        if answer:
            return answer
        if time.monotonic() > deadline:
            named = what() if callable(what) else what
            raise WaitError(f"Waited {timeout:g} s in vain for {named or predicate}; last answer: {answer!r}")
        time.sleep(every)


@dataclass(frozen=True)
class Line:
    """One line that a process wrote, and when (by the monotonic clock)."""

    at: float
    stream: str
    text: str


def new_profile(folder: Path, settings: str = "") -> Path:
    """A profile folder with these settings; folders above it are made where needed."""
    folder.mkdir(mode=0o700, parents=True)
    if settings:
        (folder / "settings.toml").write_text(settings, encoding="utf-8")
    return folder


class AppProcess:
    """One started app; `profile` is the folder in which it keeps everything."""

    def __init__(self, command: Sequence[str], *, env: Mapping[str, str], profile: Path) -> None:
        self.profile = profile
        self.env = dict(env)
        self.started_at = time.monotonic()
        self._lines: list[Line] = []
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [*die_with_parent(), *command],
            env=self.env,
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self._readers = [
            threading.Thread(target=self._read, args=(name, stream), daemon=True)
            for name, stream in (("out", self._process.stdout), ("err", self._process.stderr))
        ]
        for reader in self._readers:
            reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    @property
    def lines(self) -> list[Line]:
        """Everything written so far, both streams, in the order in which it came."""
        with self._lock:
            return list(self._lines)

    @property
    def output(self) -> str:
        """Everything written so far as one text, for a message."""
        return "\n".join(line.text for line in self.lines)

    def wait_line(self, pattern: str, timeout: float = 10.0) -> re.Match[str]:
        """Wait for a line in which the pattern is found."""

        def look() -> re.Match[str] | None:
            return next((found for line in self.lines if (found := re.search(pattern, line.text))), None)

        found = wait_until(look, timeout, what=lambda: f"a line like {pattern!r}; the app said:\n{self.output}")
        assert found is not None
        return found

    def wait_ready(self, timeout: float = 20.0) -> AppProcess:
        """Wait until the app answers `status`."""

        def answers() -> bool:
            if not self.running:
                raise AssertionError(f"The app ended with {self._process.returncode}:\n{self.output}")
            return bool(self.status())

        wait_until(answers, timeout, what=lambda: f"the app to answer; it said:\n{self.output}")
        return self

    def status(self) -> dict[str, Any]:
        """What `status --json` prints, straight from the app and at next to no cost: for waiting. Empty: no answer."""
        return status_of(self.profile)

    def verb(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one verb of the command line for this app's profile."""
        return run_verb(*words, profile=self.profile, env=self.env)

    def tell(self, *words: str) -> str:
        """Run a verb that must succeed, and return what it printed."""
        done = self.verb(*words)
        if done.returncode != 0:
            raise AssertionError(f"numbguard {' '.join(words)} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def ask(self, *words: str) -> Any:
        """Run a verb with --json and return the document."""
        return json.loads(self.tell(*words, "--json"))

    def wait(self, timeout: float = 10.0) -> int:
        """Wait until the app has ended, and return its exit status."""
        status = self._process.wait(timeout)
        for reader in self._readers:
            reader.join(timeout=2)
        return status

    def kill9(self) -> None:
        """End it as a power cut would: nothing is saved, nothing is cleared away."""
        self._process.kill()
        self.wait()

    def stop(self, timeout: float = 5.0) -> int:
        """Ask it to end (SIGTERM), make it end where that does not help, and return its exit status."""
        if self.running:
            self._process.terminate()
            try:
                return self.wait(timeout)
            except subprocess.TimeoutExpired:
                pass
        end_group(self._process)
        return self.wait()

    def _read(self, name: str, stream: IO[str] | None) -> None:
        assert stream is not None
        with stream:
            for text in stream:
                line = Line(time.monotonic(), name, text.rstrip("\n"))
                with self._lock:
                    self._lines.append(line)


def status_of(folder: Path) -> dict[str, Any]:
    """The document of `status` from the app that runs for a profile; nothing where none answers."""
    try:
        reply = ask(Profile(folder.resolve()), {"verb": "status"}, patience_s=5)
    except NotRunning:
        return {}
    document = reply.get("document")
    return document if isinstance(document, dict) else {}


def run_verb(
    *words: str, profile: Path, env: Mapping[str, str], timeout: float = 20.0
) -> subprocess.CompletedProcess[str]:
    """Run `numbguard WORDS --profile PROFILE` and collect what it prints."""
    return subprocess.run(
        [sys.executable, "-m", "numbguard", *words, "--profile", str(profile)],
        env=dict(env),
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def die_with_parent() -> list[str]:
    """Words before a command that make it end when the test run is killed."""
    return ["setpriv", "--pdeathsig", "KILL", "--"]


def end_group(process: subprocess.Popen[Any]) -> None:
    """Kill a process that leads its own session, and all that it started in there."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()
