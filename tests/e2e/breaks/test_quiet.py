"""A call, a full screen and do-not-disturb hold back a due break, and their end releases it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.desktop.app_process import (
    CHECKOUT,
    AppProcess,
    die_with_parent,
    end_group,
    new_profile,
    run_verb,
    wait_until,
)
from tools.desktop.virtual_desktop import VirtualDesktop

SPEED = 150
SETTINGS = """\
[breaks]
interval = "10m"
patience = "30m"
natural_break = "30m"
settle = "30s"
"""
NOTICE = "Time to move"
FILM = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(["filmplayer"])
film = QLabel("A film")
film.showFullScreen()
app.exec()
"""

SANDBOXED_FILM = """
import subprocess, sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(["sandboxplayer"])
film = QLabel("A film")
number = ("-f", "_NET_WM_PID", "32c", "-set", "_NET_WM_PID", sys.argv[1])
subprocess.run(["xprop", "-id", str(int(film.winId())), *number], check=True)
film.showFullScreen()
app.exec()
"""


@contextmanager
def running(desk: VirtualDesktop, *command: str) -> Iterator[None]:
    """Run a program in the session until the block ends."""
    process = subprocess.Popen(
        [*die_with_parent(), *command],
        env=desk.env, cwd=CHECKOUT, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        end_group(process)


def backends(document: dict[str, Any]) -> dict[str, str]:
    """Return the backend for each reason, as ``check`` and ``status`` report it."""
    return {id: source["backend"] for id, source in document["senses"]["quiet"]["sources"].items()}


def held(app: AppProcess) -> dict[str, str]:
    """Return the reasons to keep quiet, by id."""
    return {one["id"]: one["reason"] for one in app.status()["suppressed"]}


def test_a_recording_holds_a_due_break_back_and_its_end_lets_it_come(desk: VirtualDesktop, tmp_path: Path) -> None:
    server = ("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "-L", "module-native-protocol-unix")
    microphone = ("-L", "module-null-source source_name=mic", "-L", "module-null-sink sink_name=loudspeaker")
    app = desk.run_app(profile=new_profile(tmp_path / "profile", SETTINGS), speed=SPEED).wait_ready()
    desk.keep_pointer_moving(every=0.5)
    assert app.ask("status")["senses"]["quiet"]["sources"]["call"]["works"] is False
    before = len(desk.notices())
    with running(desk, *server, *microphone):
        call = wait_until(lambda: call_if_heard(app), what="the sound server that came late to be heard")
        assert "pulseaudio" in call["backend"]
        with running(desk, "parec", "-d", "loudspeaker.monitor"), running(desk, "parec", "-d", "mic", "--rate=25"):
            pass  # Neither recording the loudspeaker nor a level meter is a call.
        with running(desk, "parec", "-d", "mic"):
            wait_until(lambda: "call" in held(app), what="the call to be noticed")
            assert held(app) == {"call": "microphone in use by parec"}
            first = app.ask("status")
            wait_until(lambda: app.status()["due_in_s"] < -20, what="the break to be due")
            due = app.ask("status")
            assert due["seated_s"] > first["seated_s"]
            assert (due["state"], due["break"]) == ("sitting", None)
            assert len(desk.notices()) == before
        wait_until(lambda: held(app) == {}, what="the end of the call to be noticed")
        released = time.monotonic()
        desk.wait_notice(NOTICE, after=before)
        # At this speed the 30 s of silence after a call are a fifth of a second.
        assert time.monotonic() - released >= 0.15
        assert app.ask("status")["state"] == "announced"
    wait_until(lambda: not call_if_heard(app), what="the sound server to be missed")
    assert app.stop() == 0
    assert app.output == ""


def call_if_heard(app: AppProcess) -> dict[str, str]:
    call = app.status()["senses"]["quiet"]["sources"]["call"]
    return call if call["works"] else {}


def test_do_not_disturb_a_full_screen_and_a_named_program_are_noticed_and_their_ends(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    settings = new_profile(tmp_path / "profile", '[quiet]\nprograms = ["Filmplayer"]\n') / "settings.toml"
    alone = json.loads(run_verb("check", "--json", profile=settings.parent, env=desk.env).stdout)
    app = desk.run_app(profile=settings.parent).wait_ready()
    wait_until(lambda: backends(app.status())["dnd"] != "none", what="dunst to have answered")
    found = backends(app.ask("check"))
    assert {id: found[id] for id in ("dnd", "fullscreen", "program")} == {
        "dnd": "dunst", "fullscreen": "x11", "program": "x11",
    }  # fmt: skip
    assert backends(alone) == found

    desk.dunstctl("set-paused", "true")
    wait_until(lambda: held(app) == {"dnd": "Do Not Disturb is on"}, what="do-not-disturb to be noticed")
    desk.dunstctl("set-paused", "false")
    wait_until(lambda: held(app) == {}, what="its end to be noticed")

    with running(desk, sys.executable, "-c", FILM):
        both = {"fullscreen": "Filmplayer fills the screen", "program": "Filmplayer is in front"}
        wait_until(lambda: held(app) == both, what="the film to be noticed")
        settings.write_text("[quiet]\nfullscreen = false\n", encoding="utf-8")
        wait_until(lambda: held(app) == {}, what="other settings to let go of it")
        now = backends(app.ask("status"))
        assert (now["fullscreen"], now["program"]) == ("off", "off")
        settings.write_text("", encoding="utf-8")
        wait_until(lambda: "fullscreen" in held(app), what="the film to be noticed again")
    wait_until(lambda: held(app) == {}, what="the end of the film to be noticed")
    with running(desk, sys.executable, "-c", FILM):  # Its window gets the id of the first one's window.
        wait_until(lambda: "fullscreen" in held(app), what="a second film to be noticed")
    wait_until(lambda: held(app) == {}, what="the end of the second film to be noticed")
    assert app.stop() == 0
    assert app.output == ""


def test_a_full_screen_in_a_sandbox_where_it_has_our_process_number_is_noticed(
    desk: VirtualDesktop, tmp_path: Path
) -> None:
    """Each of Flatpak's sandboxes numbers its processes from 1, and a window says the number that it has there."""
    settings = '[quiet]\nprograms = ["python3", "Sandboxplayer"]\n'
    app = desk.run_app(profile=new_profile(tmp_path / "profile", settings)).wait_ready()
    app.tell("show", "settings")
    wait_until(lambda: desk.focused_window().startswith("Settings"), what="a window of its own in front")
    assert held(app) == {}
    with running(desk, sys.executable, "-c", SANDBOXED_FILM, str(app.pid)):
        both = {"fullscreen": "Sandboxplayer fills the screen", "program": "Sandboxplayer is in front"}
        wait_until(lambda: held(app) == both, what="the film to be noticed")
    wait_until(lambda: held(app) == {}, what="the end of the film to be noticed")
    assert app.output == ""
