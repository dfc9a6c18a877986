"""Runs NumbGuard as a separate process, collects its output, and controls it with its command line.

`tools.desktop.virtual_desktop` creates an `AppProcess` for each app that a test starts. Tests call it on their own
thread; two small threads read the app's output, so that a full pipe never blocks it.
"""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar
from unittest import mock

from numbguard.cli import support
from numbguard.cli.main import main
from numbguard.ipc.client import ask
from numbguard.ipc.line import NotRunning
from numbguard.store.profile import Profile
from numbguard.wording import catalogue

CHECKOUT = Path(__file__).resolve().parents[2]
THIS_NUMBGUARD = (sys.executable, "-m", "numbguard")
"""The program of this checkout, without a verb."""

PATIENCE_S = 60.0
"""Seconds for which a test waits for another process. A wait ends as soon as it can, so this costs nothing; on a busy
machine a program may need half a minute for what usually takes a second."""

_NEED_A_PROCESS = ("run", "report")
"""The verbs that start Qt."""

Found = TypeVar("Found")


class WaitError(AssertionError):
    """A test waited in vain."""


def wait_until(
    predicate: Callable[[], Found],
    timeout: float = PATIENCE_S,
    *,
    what: str | Callable[[], str] = "",
    every: float = 0.05,
) -> Found:
    """Call the predicate every `every` seconds until it is true, and return its value; avoids bare sleeps in tests.

    Raises `WaitError` after `timeout` seconds. `what` names what is awaited; a function is called only for that error.
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
    """One line that a process wrote; `at` is the monotonic time."""

    at: float
    stream: str
    text: str


def new_profile(folder: Path, settings: str = "") -> Path:
    """Create a profile folder with these settings, and any folders above it; returns its path."""
    folder.mkdir(mode=0o700, parents=True)
    if settings:
        (folder / "settings.toml").write_text(settings, encoding="utf-8")
    return folder


class AppProcess:
    """One started app; `profile` is its profile folder, `program` the command that a verb follows."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        profile: Path,
        program: Sequence[str] = THIS_NUMBGUARD,
    ) -> None:
        self.profile = profile
        self._program = tuple(program)
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
        """All lines written so far to both streams, in the order in which they arrived."""
        with self._lock:
            return list(self._lines)

    @property
    def output(self) -> str:
        """All output so far as one text, for a message."""
        return "\n".join(line.text for line in self.lines)

    def wait_line(self, pattern: str, timeout: float = PATIENCE_S) -> re.Match[str]:
        """Wait for a line that matches the pattern, and return the match."""

        def look() -> re.Match[str] | None:
            return next((found for line in self.lines if (found := re.search(pattern, line.text))), None)

        found = wait_until(look, timeout, what=lambda: f"a line like {pattern!r}; the app said:\n{self.output}")
        assert found is not None
        return found

    def wait_ready(self, timeout: float = PATIENCE_S) -> AppProcess:
        """Wait until the app answers `status`."""

        def answers() -> bool:
            if not self.running:
                raise AssertionError(f"The app ended with {self._process.returncode}:\n{self.output}")
            return bool(self.status())

        wait_until(answers, timeout, what=lambda: f"the app to answer; it said:\n{self.output}")
        return self

    def status(self) -> dict[str, Any]:
        """Return the document of `status` straight from the app, cheaply enough for polling; empty if none answers."""
        return status_of(self.profile)

    def verb(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one verb of the command line for this app's profile."""
        if self._program == THIS_NUMBGUARD and words[0] not in _NEED_A_PROCESS:
            return run_verb_here(*words, profile=self.profile, env=self.env)
        return run_verb(*words, profile=self.profile, env=self.env, program=self._program)

    def tell(self, *words: str) -> str:
        """Run a verb that must succeed, and return its output."""
        done = self.verb(*words)
        if done.returncode != 0:
            raise AssertionError(f"numbguard {' '.join(words)} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def ask(self, *words: str) -> Any:
        """Run a verb with --json and return the document."""
        return json.loads(self.tell(*words, "--json"))

    def wait(self, timeout: float = PATIENCE_S) -> int:
        """Wait until the app has ended, and return its exit status."""
        status = self._process.wait(timeout)
        for reader in self._readers:
            reader.join(timeout=PATIENCE_S)
        return status

    def kill9(self) -> None:
        """Kill the app as a power cut would: it saves nothing and cleans nothing up."""
        self._process.kill()
        self.wait()

    def stop(self, timeout: float = PATIENCE_S) -> int:
        """Ask the app to end (SIGTERM), kill it after `timeout` seconds, and return its exit status."""
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
    """Return the document of `status` from the app that runs on a profile; empty if none answers."""
    try:
        reply = ask(Profile(folder.resolve()), {"verb": "status"}, patience_s=PATIENCE_S)
    except NotRunning:
        return {}
    document = reply.get("document")
    return document if isinstance(document, dict) else {}


def run_verb(
    *words: str,
    profile: Path,
    env: Mapping[str, str],
    timeout: float = PATIENCE_S,
    program: Sequence[str] = THIS_NUMBGUARD,
) -> subprocess.CompletedProcess[str]:
    """Run `numbguard WORDS --profile PROFILE` and collect its output."""
    return subprocess.run(
        [*program, *words, "--profile", str(profile)],
        env=dict(env),
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def run_verb_here(*words: str, profile: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Do the same as `run_verb` in this process, on the main thread.

    An interpreter of its own takes a fifth of a second, on a busy machine several; an app whose clock runs fast would
    be hours further by the time of the answer.
    """
    out, err = io.StringIO(), io.StringIO()
    argv = [*words, "--profile", str(profile)]
    with mock.patch.dict(os.environ, env, clear=True), redirect_stdout(out), redirect_stderr(err):
        catalogue.forget()
        support._complaints.clear()  # each verb says anew what is wrong
        try:
            status = main(argv)
        except SystemExit as end:  # argparse's
            status = end.code if isinstance(end.code, int) else 1
        finally:
            catalogue.forget()
    return subprocess.CompletedProcess(["numbguard", *argv], status, out.getvalue(), err.getvalue())


def die_with_parent() -> list[str]:
    """Return a command prefix that makes a command die with the test run."""
    return ["setpriv", "--pdeathsig", "KILL", "--"]


def end_group(process: subprocess.Popen[Any]) -> None:
    """Kill a process that leads its own session, and all processes it started in it."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()
