"""Starting at log-in: the state comes from the system's own files, never from anything that NumbGuard stores."""

from __future__ import annotations

import plistlib
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jeepney import HeaderFields, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from numbguard.core.ports import AutostartError
from numbguard.desktop.autostart import launch_command
from numbguard.desktop.autostart.desktop_entry import (
    as_value,
    from_value,
    quote_command,
    read_entry,
    shown_in,
    split_command,
)
from numbguard.desktop.autostart.macos import LaunchAgent
from numbguard.desktop.autostart.portal import PortalAutostart
from numbguard.desktop.autostart.windows import LONGEST, RunKey, command_line, is_approved
from numbguard.desktop.autostart.xdg import XdgAutostart
from tests.desktop.stand_ins import PrivateBus


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program in a folder whose name needs every kind of quoting."""
    folder = tmp_path / 'odd "$folder` 100%f \\ name'
    folder.mkdir()
    made = folder / "numbguard"
    made.write_text("#!/bin/sh\n")
    made.chmod(0o755)
    return made


class Home:
    def __init__(self, folder: Path, program: Path, **environ: str) -> None:
        self.environ = {
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CONFIG_DIRS": str(folder / "system"),
            "PATH": "/usr/bin:/bin",
            "XDG_CURRENT_DESKTOP": "XFCE",
            **environ,
        }
        self.system = folder / "system" / "autostart" / "numbguard.desktop"
        self.autostart = XdgAutostart([str(program), "run", "--minimised"], environ=self.environ)

    @property
    def on(self) -> bool:
        return self.autostart.state().on

    def by_hand(self, *lines: str, system: bool = False) -> None:
        path = self.system if system else self.autostart.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(["[Desktop Entry]", "Type=Application", "Name=NumbGuard", *lines, ""]))


@pytest.fixture
def home(tmp_path: Path, program: Path) -> Home:
    return Home(tmp_path, program)


def test_it_says_what_it_is_in_every_language(home: Home, program: Path) -> None:
    known = {"Gets you up before your legs go numb, and keeps a private log": "Holt Sie vom Stuhl"}
    XdgAutostart([str(program), "run"], translations=lambda: {"de": known.get}, environ=home.environ).set(True)
    assert "\nComment[de]=Holt Sie vom Stuhl\n" in home.autostart.path.read_text(encoding="utf-8")
    assert home.on


def test_on_and_off_again(home: Home, program: Path) -> None:
    assert not home.on
    home.autostart.set(True)
    assert home.on
    keys = read_entry(home.autostart.path.read_text())
    assert split_command(keys["Exec"]) == [str(program), "run", "--minimised"]
    assert from_value(keys["TryExec"]) == str(program)
    home.autostart.set(False)
    assert not home.on
    assert not home.autostart.path.exists()
    home.autostart.set(False)


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not installed")
def test_the_entry_is_what_the_specification_asks_for(home: Home) -> None:
    home.autostart.set(True)
    checked = subprocess.run(
        ["desktop-file-validate", "--no-hints", home.autostart.path], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.parametrize(
    ("lines", "on"),
    [
        (["Hidden=true"], False),
        (["Hidden=false"], True),
        (["X-GNOME-Autostart-enabled=false"], False),
        (["OnlyShowIn=GNOME;KDE;"], False),
        (["OnlyShowIn=GNOME;XFCE;"], True),
        (["NotShowIn=XFCE;"], False),
        (["NotShowIn=GNOME;"], True),
        (["TryExec=no-such-program-anywhere"], False),
    ],
)
def test_what_the_person_or_the_desktop_set_by_hand_is_honoured(home: Home, lines: list[str], on: bool) -> None:
    home.by_hand("Exec=sh -c true", *lines)
    assert home.on is on
    home.autostart.set(True)
    assert home.on


def test_an_entry_that_starts_nothing_any_more_says_so(home: Home, program: Path) -> None:
    home.autostart.set(True)
    program.unlink()
    state = home.autostart.state()
    assert not state.on
    assert "no longer exists" in state.detail
    home.by_hand("Comment=nothing to start")
    assert "does not name a program" in home.autostart.state().detail
    home.autostart.path.write_bytes(b"\xff\xfe")
    assert "it is not text" in home.autostart.state().detail


def test_an_entry_for_everybody_is_overruled_and_not_touched(home: Home) -> None:
    home.by_hand("Exec=sh -c true", system=True)
    before = home.system.read_text()
    assert home.on
    home.autostart.set(False)
    assert not home.on
    assert "Hidden=true" in home.autostart.path.read_text()
    assert home.autostart.state().declined
    home.autostart.set(True)
    assert home.on
    assert home.system.read_text() == before


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path, program: Path) -> None:
    (tmp_path / "config").write_text("a file, where a folder should be")
    home = Home(tmp_path, program)
    with pytest.raises(AutostartError, match=r"could not be written \(.*\)\. Nothing was changed\."):
        home.autostart.set(True)
    assert not home.on


def test_paths_that_are_not_absolute_are_ignored(tmp_path: Path, program: Path) -> None:
    home = Home(tmp_path, program, XDG_CONFIG_HOME="config", XDG_CONFIG_DIRS="system")
    assert home.autostart.path == Path("~/.config/autostart/numbguard.desktop").expanduser()


@settings(max_examples=60)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), min_size=1), min_size=1, max_size=4))
def test_any_command_comes_out_of_its_quotes_as_it_went_in(words: list[str]) -> None:
    value = quote_command(words)
    assert split_command(value) == words
    assert "\n" not in value
    assert from_value(as_value(words[0])) == words[0]


def test_the_first_desktop_that_is_named_decides() -> None:
    assert shown_in({"NotShowIn": "Budgie;"}, ["Budgie", "GNOME"]) is False
    assert shown_in({"OnlyShowIn": "GNOME;"}, ["Budgie", "GNOME"]) is True
    assert shown_in({"OnlyShowIn": "GNOME;"}, []) is False
    assert shown_in({}, []) is True


def test_the_command_is_the_numbguard_that_runs(program: Path, tmp_path: Path) -> None:
    python = str(program.with_name("python"))
    assert launch_command(environ={}, executable=python, frozen=False) == (str(program), "run", "--minimised")
    bare = str(tmp_path / "python")
    assert launch_command(environ={}, executable=bare, frozen=False)[:3] == (bare, "-m", "numbguard")
    assert launch_command(environ={}, executable=bare, frozen=True)[:2] == (bare, "run")
    profile = tmp_path / "own"
    assert launch_command(profile, environ={"APPIMAGE": "/opt/n.AppImage"}) == (
        *("/opt/n.AppImage", "run", "--minimised", "--profile"),
        str(profile),
    )


def test_on_windows_the_program_without_a_console_is_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    python, bundle = tmp_path / "python.exe", tmp_path / "numbguard.exe"
    python.touch()
    assert launch_command(environ={}, executable=str(python), frozen=False)[0] == str(python)
    for name in ("pythonw.exe", "numbguardw.exe"):
        (tmp_path / name).touch()
    start = (str(tmp_path / "pythonw.exe"), "-m", "numbguard", "run", "--minimised")
    assert launch_command(environ={}, executable=str(python), frozen=False) == start
    assert launch_command(environ={}, executable=str(bundle), frozen=True)[0] == str(tmp_path / "numbguardw.exe")


def test_a_launch_agent_is_a_property_list_that_launchd_reads(tmp_path: Path) -> None:
    agent = LaunchAgent([sys.executable, "run", "--minimised"], folder=tmp_path / "LaunchAgents")
    assert not agent.state().on
    agent.set(True)
    told = plistlib.loads(agent.path.read_bytes())
    assert told["ProgramArguments"] == [sys.executable, "run", "--minimised"]
    assert told["RunAtLoad"] is True
    assert agent.state().on
    agent.path.write_bytes(plistlib.dumps({**told, "Disabled": True}))
    assert not agent.state().on
    assert agent.state().declined
    agent.path.write_bytes(plistlib.dumps({**told, "ProgramArguments": ["/no/such/program"]}))
    assert "no longer exists" in agent.state().detail
    agent.path.write_bytes(b"<plist>")
    assert "not a property list" in agent.state().detail
    agent.set(False)
    assert not agent.path.exists()
    (tmp_path / "file").write_text("")
    with pytest.raises(AutostartError, match="could not be written"):
        LaunchAgent(["x"], folder=tmp_path / "file").set(True)


def test_a_command_for_the_registry_is_quoted_as_windows_takes_it_apart() -> None:
    assert command_line([r"C:\Program Files\NumbGuard\numbguard.exe", "run", "--minimised"]) == (
        r'"C:\Program Files\NumbGuard\numbguard.exe" run --minimised'
    )
    with pytest.raises(AutostartError, match="shorter path"):
        RunKey(["x" * LONGEST, "run"]).set(True)
    assert [is_approved(mark) for mark in (None, b"", b"\x02\0", b"\x03\0")] == [True, True, True, False]


# --- in Flatpak's sandbox ----------------------------------------------------------------------------------------


def test_in_a_sandbox_the_command_is_the_one_outside_of_it() -> None:
    environ = {"FLATPAK_ID": "org.numbguard.NumbGuard"}
    command = launch_command(environ=environ, executable="/usr/bin/python3", frozen=False)
    assert command == ("flatpak", "run", "org.numbguard.NumbGuard", "run", "--minimised")


def test_in_a_sandbox_the_state_is_that_of_the_portals_entry(tmp_path: Path) -> None:
    autostart = PortalAutostart(("numbguard", "run"), environ={"HOME": str(tmp_path)})
    assert not autostart.state().on
    autostart.path.parent.mkdir(parents=True)
    autostart.path.write_text("[Desktop Entry]\nExec=flatpak run org.numbguard.NumbGuard\n")
    assert autostart.state().on
    autostart.path.write_text("[Desktop Entry]\nExec=flatpak run org.numbguard.NumbGuard\nHidden=true\n")
    assert not autostart.state().on


def test_without_a_portal_the_person_is_told_in_a_sentence(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path / 'no-bus'}"}
    autostart = PortalAutostart(("numbguard", "run"), environ=environ)
    with pytest.raises(AutostartError, match="portal for background programs does not respond"):
        autostart.set(True)
    assert not autostart.state().on


def test_the_portal_is_asked_for_the_command_within_the_sandbox(tmp_path: Path) -> None:
    bus = PrivateBus(tmp_path)
    bus.start()
    environ = {"HOME": str(tmp_path), "DBUS_SESSION_BUS_ADDRESS": bus.address}
    autostart = PortalAutostart(("numbguard", "run", "--minimised"), environ=environ)
    asked: list[tuple[object, ...]] = []
    try:
        with open_dbus_connection(bus=bus.address) as portal:
            name = message_bus.RequestName("org.freedesktop.portal.Desktop")
            portal.send_and_get_reply(name)

            def answer() -> None:
                while not asked:
                    message = portal.receive(timeout=10)
                    if message.header.fields.get(HeaderFields.member) == "RequestBackground":
                        asked.append(message.body)
                        portal.send(new_method_return(message, "o", ("/org/freedesktop/portal/desktop/request/1",)))

            thread = threading.Thread(target=answer)
            thread.start()
            autostart.set(True)
            thread.join()
    finally:
        bus.end()
    (window, options), *_ = asked
    assert window == ""
    assert isinstance(options, dict)
    assert options["autostart"] == ("b", True)
    assert options["commandline"] == ("as", ["numbguard", "run", "--minimised"])
    # The desktop may still ask the person.
    assert autostart.state().on and "may ask you" in autostart.state().detail
