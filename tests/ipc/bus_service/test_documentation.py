"""docs/DBUS.md: its examples work on a real bus, and it names every method, signal, property, error and window."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from numbguard.ipc.bus_service import names
from numbguard.ipc.shown_windows import WINDOWS
from tests.desktop.stand_ins import PrivateBus
from tests.only_on_unix import ON_WINDOWS

from .session import BusSession

PAGE = (Path(__file__).parents[3] / "docs" / "DBUS.md").read_text(encoding="utf-8")
EXAMPLES = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[BusSession]:
    bus = PrivateBus(tmp_path)
    bus.start()
    session = BusSession(tmp_path, bus)
    yield session
    session.end()
    bus.end()


@pytest.mark.skipif(ON_WINDOWS, reason="Windows has no message bus")
def test_the_examples_work_as_they_are_one_after_the_other(session: BusSession) -> None:
    app = session.run_app(session.folder / ".local" / "share" / "numbguard")
    calls = [line for line in EXAMPLES if line.startswith(("gdbus call", "gdbus introspect"))]
    assert len(calls) == 8
    (monitor,) = (line for line in EXAMPLES if line.startswith("gdbus monitor") and not line.endswith("|"))
    with session.monitor(*shlex.split(monitor)[3:]) as heard:
        for line in calls:
            done = subprocess.run(
                ["sh", "-c", line], env=session.env, capture_output=True, text=True, timeout=30, check=False
            )
            assert (done.returncode, done.stderr) == (0, ""), line
        heard.wait_for("EpisodeLogged")
        heard.wait_for("'skipped')")
    assert len(app.ask("episodes")) == 1


@pytest.mark.skipif(ON_WINDOWS, reason="Windows has no message bus")
def test_the_filter_for_home_automation_finds_the_states(session: BusSession) -> None:
    (pattern,) = re.findall(r"sed -u -n (\".*\")", PAGE)
    line = "/org/numbguard/NumbGuard: org.numbguard.NumbGuard.StateChanged ('/home/a b', 'announced')\n"
    done = subprocess.run(
        ["sh", "-c", f"sed -n {pattern}"], input=f"{line}other\n", capture_output=True, text=True, check=True
    )
    assert done.stdout == "announced\n"


def test_the_page_names_everything_that_there_is() -> None:
    for method in names.METHODS:
        taken = ", ".join(f"{kind} {name}" for name, kind in method.takes)
        given = "".join(f" → {kind} {name}" for name, kind in method.gives)
        assert f"`{method.name}({taken}){given}`" in PAGE
    for signal in names.SIGNALS.values():
        carried = ", ".join(f"{kind} {name}" for name, kind in signal.carries)
        assert f"`{signal.name}({carried})`" in PAGE
    for word in (*names.READABLE, *names.STATUS_KEYS, *WINDOWS, "open_episode"):
        assert f"`{word}`" in PAGE
    errors = (names.NOT_RUNNING, names.NOT_ANSWERING, names.REFUSED, names.INVALID_ARGUMENT, names.BUSY, names.FAILED)
    assert re.findall(r"^\| `(org\.numbguard\.Error\.\w+)`", PAGE, re.MULTILINE) == list(errors)
