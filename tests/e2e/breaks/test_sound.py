"""Chimes into a null sink of a real PulseAudio, whose monitor is recorded: once, at the right moment, not in a call."""

from __future__ import annotations

import math
import shutil
import subprocess
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from numbguard.resources import resource
from numbguard.store.cards.library import Library
from numbguard.ui.card.step_clock import StepClock
from numbguard.wording import catalogue
from tests.desktop.speech.service import Service
from tests.e2e.breaks.test_quiet import held, running
from tools.chimes import CHIMES
from tools.desktop.app_process import AppProcess, die_with_parent, end_group, new_profile, wait_until
from tools.desktop.virtual_desktop import VirtualDesktop

MISSING = [name for name in ("pulseaudio", "parec", "paplay") if shutil.which(name) is None]
pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"no sound server to play into: {', '.join(MISSING)} not installed"
)

SERVER = (
    "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1",
    "-L", "module-native-protocol-unix",
    "-L", "module-null-sink sink_name=loudspeaker",
    "-L", "module-null-source source_name=mic",
)  # fmt: skip
RATE = 22_050
SILENT_S = 0.25
"""Seconds of silence between two sounds; the softest part of a chime is louder than this is long."""
AUDIBLE = 30
"""Of 32767."""
SOUNDS = "[sound]\nenabled = true\nvolume = 80\n"


@dataclass(frozen=True, slots=True)
class Heard:
    """A sound in the recording."""

    name: str
    """That of the chime whose first note it begins with."""
    at_s: float
    """Seconds since the recording began."""


def sounds_in(recording: Path) -> list[Heard]:
    numbers = array("h", recording.read_bytes()[: recording.stat().st_size // 2 * 2])
    found: list[Heard] = []
    quiet_since = -RATE
    for place, number in enumerate(numbers):
        if abs(number) < AUDIBLE:
            continue
        if place - quiet_since > SILENT_S * RATE:
            found.append(Heard(_chime_at(numbers[place : place + RATE // 10]), place / RATE))
        quiet_since = place
    return found


def _chime_at(numbers: array[int]) -> str:
    return max(CHIMES, key=lambda name: _strength(numbers, CHIMES[name].notes[0].hertz))


def _strength(numbers: array[int], hertz: float) -> float:
    turn = math.tau * hertz / RATE
    return math.hypot(
        sum(number * math.cos(turn * place) for place, number in enumerate(numbers)),
        sum(number * math.sin(turn * place) for place, number in enumerate(numbers)),
    )


@contextmanager
def recorded(desk: VirtualDesktop, file: Path) -> Iterator[float]:
    """Record what the loudspeaker plays; gives the moment at which the recording began."""
    with file.open("wb") as written:
        process = subprocess.Popen(
            [
                *die_with_parent(), "parec", "-d", "loudspeaker.monitor", "--raw", "--format=s16le",
                f"--rate={RATE}", "--channels=1", "--latency-msec=20",
            ],
            env=desk.env, start_new_session=True, stdin=subprocess.DEVNULL, stdout=written, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_until(lambda: file.stat().st_size > 0, what="the recording to begin")
            yield time.monotonic() - file.stat().st_size / 2 / RATE
        finally:
            end_group(process)


@pytest.fixture
def loudspeaker(desk: VirtualDesktop) -> Iterator[None]:
    with running(desk, *SERVER):
        socket = Path(desk.env["XDG_RUNTIME_DIR"], "pulse", "native")
        wait_until(socket.exists, what="the sound server")
        yield


@pytest.mark.usefixtures("loudspeaker")
def test_a_card_chimes_once_at_its_start_each_new_step_and_its_end(desk: VirtualDesktop, tmp_path: Path) -> None:
    settings = f'[breaks]\nduration = "40s"\n{SOUNDS}'
    app = desk.run_app(profile=new_profile(tmp_path / "profile", settings)).wait_ready()
    sound = app.ask("check")["senses"]["sound"]
    assert (sound["backend"], sound["works"]) == ("paplay", True)
    with recorded(desk, tmp_path / "card.raw") as began:
        app.tell("break", "start")
        started = time.monotonic() - began
        card = Library(resource("cards")).card(app.status()["break"]["card"])
        assert card is not None
        wait_until(lambda: app.status()["break"]["phase"] == "after", timeout=180, what="the end of the card")
        over = time.monotonic() - began
        app.tell("break", "done")
        time.sleep(1.2)  # a chime that should not come would be heard by now
    clock = StepClock([step.seconds for step in card.steps], start_s=0.0, end_s=40.0)
    steps = len(card.steps) * clock.rounds
    heard = sounds_in(tmp_path / "card.raw")
    assert [one.name for one in heard] == ["start", *["step"] * (steps - 1), "end"]
    assert heard[0].at_s == pytest.approx(started, abs=3)
    assert heard[-1].at_s == pytest.approx(over, abs=3)
    for number, one in enumerate(heard[1:-1], start=1):
        # A player takes a moment to start; the shortest step lasts four seconds.
        around = [clock.at(max(one.at_s - heard[0].at_s + beside, 0.0)) for beside in (-1.9, 1.9)]
        assert [now.round * len(card.steps) + now.index for now in around] == [number - 1, number], (
            "a step sounds when it begins"
        )
    assert app.stop() == 0
    assert app.output == ""


@pytest.mark.usefixtures("loudspeaker")
def test_a_due_break_chimes_once_and_never_in_a_call(desk: VirtualDesktop, tmp_path: Path) -> None:
    settings = (
        f'[breaks]\ninterval = "10m"\nduration = "20m"\npatience = "30m"\nnatural_break = "30m"\nsettle = "30s"\n'
        f'[posture]\nenabled = false\n{SOUNDS}step = "none"\n'
    )
    app = desk.run_app(profile=new_profile(tmp_path / "profile", settings), speed=60).wait_ready()
    desk.keep_pointer_moving(every=0.5)
    with recorded(desk, tmp_path / "call.raw"), running(desk, "parec", "-d", "mic"):
        wait_until(lambda: "call" in held(app), what="the call to be noticed")
        wait_until(lambda: app.status()["due_in_s"] < 0, what="the break to be due")
        app.tell("break", "start")
        wait_until(lambda: app.status()["break"] is not None, what="the card that was asked for in the call")
        time.sleep(1.5)
        app.tell("break", "done")
        app.tell("break", "done")
        time.sleep(1.0)
    assert sounds_in(tmp_path / "call.raw") == []
    with recorded(desk, tmp_path / "due.raw") as began:
        wait_until(lambda: app.status()["state"] == "announced", what="the announcement")
        announced = time.monotonic() - began
        time.sleep(1.5)
        app.tell("break", "start")
        time.sleep(1.5)
        app.tell("break", "skip")
        time.sleep(1.0)
    heard = sounds_in(tmp_path / "due.raw")
    assert [one.name for one in heard] == ["announcement", "start"]
    assert heard[0].at_s == pytest.approx(announced, abs=3)
    assert app.stop() == 0


@pytest.mark.usefixtures("loudspeaker")
def test_until_somebody_says_yes_the_loudspeaker_stays_silent(desk: VirtualDesktop, tmp_path: Path) -> None:
    app = desk.run_app(profile=new_profile(tmp_path / "profile")).wait_ready()
    with recorded(desk, tmp_path / "silent.raw"):
        app.tell("break", "start")
        time.sleep(1.5)
        app.tell("break", "done")
        time.sleep(1.0)
    assert sounds_in(tmp_path / "silent.raw") == []
    assert app.stop() == 0


def players_of(app: AppProcess) -> list[str]:
    """The programs that the app has started and that still run, or are zombies."""
    children = Path(f"/proc/{app.pid}/task/{app.pid}/children").read_text().split()
    return [Path(f"/proc/{one}/comm").read_text().strip() for one in children]


@pytest.mark.usefixtures("loudspeaker")
def test_a_player_that_hangs_blocks_nothing_and_ends_with_the_app(desk: VirtualDesktop, tmp_path: Path) -> None:
    hangs = tmp_path / "bin" / "paplay"
    hangs.parent.mkdir()
    hangs.write_text("#!/bin/sh\nexec sleep 600\n")
    hangs.chmod(0o755)
    app = desk.run_app(
        profile=new_profile(tmp_path / "profile", SOUNDS), env={"PATH": f"{hangs.parent}:{desk.env['PATH']}"}
    ).wait_ready()
    app.tell("break", "start")
    wait_until(lambda: players_of(app) == ["sleep"], what="the player that hangs")
    began = time.monotonic()
    app.tell("break", "done")
    assert time.monotonic() - began < 3
    wait_until(lambda: players_of(app) == ["sleep"], what="the next sound to have taken the place of the first")
    sleeper = Path(f"/proc/{app.pid}/task/{app.pid}/children").read_text().split()[0]
    assert app.stop() == 0
    wait_until(lambda: not Path("/proc", sleeper).exists(), what="the player to have ended with the app")


def test_each_step_is_read_aloud_once_in_the_language_of_the_person_and_not_after_the_card(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    service = Service(tmp_path / "speechd.sock")
    settings = (
        '[breaks]\nduration = "40s"\n[appearance]\nlanguage = "de"\n'
        '[sound]\nenabled = true\nread_aloud = true\nstart = "none"\nstep = "none"\n'
    )
    address = {"SPEECHD_ADDRESS": f"unix_socket:{tmp_path / 'speechd.sock'}"}
    app = desk.run_app(profile=new_profile(tmp_path / "profile", settings), env=address).wait_ready()
    try:
        app.tell("break", "start")
        card = Library(resource("cards")).card(app.status()["break"]["card"])
        assert card is not None
        with catalogue.speaking("de"):
            steps = [catalogue.translated(step.text) for step in card.steps]
        rounds = StepClock([step.seconds for step in card.steps], start_s=0.0, end_s=40.0).rounds
        wait_until(lambda: service.lines.count(".") == 2, what="the second step to be read")
        assert [line for line in service.lines if line in steps] == steps[:2]
        assert "SET SELF LANGUAGE de" in service.lines
        wait_until(lambda: app.status()["break"]["phase"] == "after", timeout=180, what="the end of the card")
        wait_until(lambda: service.lines[-1] == "CANCEL SELF", what="the voice to be stopped")
        assert [line for line in service.lines if line in steps] == steps * rounds
        app.tell("break", "done")
        assert app.stop() == 0
    finally:
        service.drop()
    assert app.output == ""
