"""Reasons to keep quiet: from mocked services on a private bus, files, and the messages of sound servers."""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from pytestqt.qtbot import QtBot

from numbguard.core.settings.settings import Settings
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.bus import Bus
from numbguard.desktop.other_reminders import OtherReminders
from numbguard.desktop.probe import survey as whole_survey
from numbguard.desktop.quiet import QuietSource, choose
from numbguard.desktop.quiet.call import media_sockets, microphone, pulse_wire
from numbguard.desktop.quiet.call.camera import CameraInUse
from numbguard.desktop.quiet.call.microphone import MicrophoneInUse, program_name, recording_streams
from numbguard.desktop.quiet.call.screen_sharing import ScreenSharing, pod, values_of
from numbguard.desktop.quiet.do_not_disturb import notification_service
from numbguard.desktop.quiet.do_not_disturb.gsettings import GSettingsSwitch
from numbguard.desktop.quiet.do_not_disturb.lxqt import LxqtSwitch
from numbguard.desktop.quiet.do_not_disturb.notification_service import ServiceSwitch
from numbguard.desktop.quiet.do_not_disturb.swaync import SWAYNC, SwayncSwitch
from numbguard.desktop.quiet.do_not_disturb.xfce import XfceSwitch
from numbguard.desktop.quiet.front_window.x11 import X11Windows
from numbguard.desktop.quiet.inhibitors import GnomeInhibitors, KdeInhibitors, LogindInhibitors, presents
from numbguard.desktop.quiet.probe import survey
from numbguard.desktop.quiet.sense import QuietSense
from numbguard.desktop.quiet.windows import WindowsCall
from tests.desktop.stand_ins import LOGIND, NOTIFICATIONS, PrivateBus, Process, mocked

PROPERTIES = "org.freedesktop.DBus.Properties"


@pytest.fixture
def bus(private_bus: PrivateBus, open_bus: Callable[[], Bus], monkeypatch: pytest.MonkeyPatch) -> Bus:
    for name in ("XDG_CURRENT_DESKTOP", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return open_bus()


@pytest.fixture
def wayland(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> Bus:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    return bus


@pytest.fixture
def started() -> Iterator[Callable[[QuietSource], QuietSource]]:
    sources: list[QuietSource] = []

    def start(source: QuietSource) -> QuietSource:
        sources.append(source)
        source.start(lambda: None)
        return source

    yield start
    for source in sources:
        source.stop()


Start = Callable[[QuietSource], QuietSource]


def says_something(source: QuietSource) -> bool:
    return source.reason is not None


def says(source: QuietSource, reason: str | None) -> bool:
    return source.reason == reason


# --- do-not-disturb ---------------------------------------------------------------------------------------------------


def test_kde_tells_that_notifications_are_inhibited(
    private_bus: PrivateBus, bus: Bus, started: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    source = started(ServiceSwitch(bus))
    qtbot.waitUntil(lambda: source.available is False)
    for _again in range(2):
        path = "/org/freedesktop/Notifications"
        with mocked(private_bus.address, NOTIFICATIONS, path, NOTIFICATIONS, log=tmp_path / "log") as kde:
            kde.tell("AddProperty", "ssv", NOTIFICATIONS, "Inhibited", ("b", False))
            kde.tell("UpdateProperties", "sa{sv}", NOTIFICATIONS, {"Inhibited": ("b", True)})
            qtbot.waitUntil(lambda: source.reason == "Do Not Disturb is on")
            assert (source.name, source.available) == ("kde", True)
            kde.tell("UpdateProperties", "sa{sv}", NOTIFICATIONS, {"Inhibited": ("b", False)})
            qtbot.waitUntil(lambda: source.reason is None)
            kde.tell("UpdateProperties", "sa{sv}", NOTIFICATIONS, {"Inhibited": ("b", True)})
            qtbot.waitUntil(lambda: source.reason is not None)
            qtbot.waitUntil(partial(says_something, started(ServiceSwitch(bus))), timeout=10_000)
        # Do-not-disturb ends with the service that reported it.
        qtbot.waitUntil(lambda: source.reason is None and source.available is False)


def test_mako_before_1_8_is_asked_for_its_modes(
    private_bus: PrivateBus,
    bus: Bus,
    started: Start,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    """Mako 1.7 of Debian 12 has ``ListModes``, no ``Modes``, and announces nothing."""
    monkeypatch.setattr(notification_service, "ASK_APART_S", 0.0)
    with mocked(
        private_bus.address, NOTIFICATIONS, "/fr/emersion/Mako", "fr.emersion.Mako", log=tmp_path / "l"
    ) as mako:
        mako.add_method("ListModes", "", "as", "ret = ['default', 'do-not-disturb']")
        source = started(ServiceSwitch(bus))
        assert isinstance(source, ServiceSwitch)
        qtbot.waitUntil(lambda: source.reason == "Do Not Disturb is on")
        assert (source.name, source.available) == ("mako", True)
        told = whole_survey(Settings())["quiet"].sources["dnd"]
        assert (told.backend, told.detail) == ("mako", source.detail)
        mako.add_method("ListModes", "", "as", "ret = ['default']")
        source.catch_up()
        qtbot.waitUntil(lambda: source.reason is None)
        mako.add_method("ListModes", "", "as", "ret = ['do-not-disturb']")
        monkeypatch.setattr(notification_service, "ASK_EVERY_S", 0.05)
        again = started(ServiceSwitch(bus))
        qtbot.waitUntil(partial(says_something, again))
        mako.add_method("ListModes", "", "as", "ret = ['default']")
        qtbot.waitUntil(partial(says, again, None))
    qtbot.waitUntil(lambda: source.available is False)


def test_lxqts_settings_file_tells_of_do_not_disturb(
    bus: Bus, started: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """LXQt 1.2 swallows every notification while this key is on, and says so nowhere else."""
    with pytest.raises(Unavailable):
        LxqtSwitch()
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "LXQt")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    sense = choose(bus, None, Settings(quiet_call=False, quiet_sharing=False, quiet_fullscreen=False))
    heard: list[str | None] = []
    sense.start(lambda id, reason: heard.append(reason))
    assert whole_survey(Settings())["quiet"].sources["dnd"].backend == "lxqt"
    file = tmp_path / "lxqt" / "notifications.conf"
    file.parent.mkdir()
    for content, told in (
        ("[General]\nplacement=bottom-right\ndoNotDisturb=true\n", "Do Not Disturb is on"),
        ("[General]\ndoNotDisturb=false\n", None),
        ("[General]\n doNotDisturb = true\n", "Do Not Disturb is on"),
        ("[Other]\ndoNotDisturb=true\n", None),
    ):
        fresh = file.with_name("fresh")
        fresh.write_text(content)
        fresh.replace(file)  # as QSettings does
        qtbot.waitUntil(lambda: heard[-1:] == [told])  # noqa: B023
    file.write_text("[General]\ndoNotDisturb=true\n")  # as an editor may do
    qtbot.waitUntil(lambda: heard[-1] == "Do Not Disturb is on")
    file.unlink()
    qtbot.waitUntil(lambda: heard[-1] is None)
    sense.stop()


def test_sways_notification_centre_tells_by_a_signal(
    private_bus: PrivateBus, bus: Bus, started: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    swaync = (SWAYNC.name, SWAYNC.path, SWAYNC.interface)
    with mocked(private_bus.address, *swaync, log=tmp_path / "log") as centre:
        centre.add_method("GetDnd", "", "b", "ret = True")
        source = started(SwayncSwitch(bus))
        qtbot.waitUntil(lambda: (source.available, source.reason) == (True, "Do Not Disturb is on"))
        told = whole_survey(Settings())["quiet"].sources["dnd"]
        assert (told.backend, told.detail) == ("swaync", source.detail)
        for state, reason in (
            ((3, False, False, False), None),
            ((3, True, False, False), "Do Not Disturb is on"),
            ((3, False, True, False), None),
            ((3, False, False, True), "Do Not Disturb is on"),
        ):
            centre.emit("SubscribeV2", "ubbb", *state)
            qtbot.waitUntil(partial(says, source, reason))
        centre.emit("Subscribe", "ubb", 4, False, True)
        qtbot.waitUntil(lambda: source.reason is None)
        centre.emit("Subscribe", "ubb", 4, True, False)
        qtbot.waitUntil(lambda: source.reason is not None)
    qtbot.waitUntil(lambda: source.available is False and source.reason is None)


def test_xfce_tells_by_its_settings(
    private_bus: PrivateBus, bus: Bus, started: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    xfconf = "org.xfce.Xfconf"
    with mocked(private_bus.address, xfconf, "/org/xfce/Xfconf", xfconf, log=tmp_path / "log") as mock:
        source = started(XfceSwitch(bus))
        qtbot.waitUntil(lambda: source.available is False)
        mock.emit("PropertyChanged", "ssv", "xfce4-panel", "/do-not-disturb", ("b", True))
        mock.emit("PropertyChanged", "ssv", "xfce4-notifyd", "/do-not-disturb", ("b", True))
        qtbot.waitUntil(lambda: source.reason == "Do Not Disturb is on")
        assert source.available is True
        mock.emit("PropertyRemoved", "ss", "xfce4-notifyd", "/do-not-disturb")
        qtbot.waitUntil(lambda: source.reason is None)
        mock.add_method("GetProperty", "ss", "v", "ret = True")
        late = started(XfceSwitch(bus))
        qtbot.waitUntil(lambda: late.reason is not None, timeout=10_000)


def test_xfces_service_tells_before_its_switch_was_ever_used(
    private_bus: PrivateBus, bus: Bus, started: Start, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", private_bus.address)
    xfconf, service, path = "org.xfce.Xfconf", NOTIFICATIONS, "/org/freedesktop/Notifications"
    with mocked(private_bus.address, xfconf, "/org/xfce/Xfconf", xfconf, log=tmp_path / "log"):
        source = started(XfceSwitch(bus))
        qtbot.waitUntil(lambda: source.available is False)
        assert whole_survey(Settings())["quiet"].sources["dnd"].backend == "none"
        with mocked(private_bus.address, service, path, service, log=tmp_path / "log-2") as xfces:
            who = "('Xfce Notify Daemon', 'Xfce', '0.7.3', '1.2')"
            xfces.add_method("GetServerInformation", "", "ssss", f"ret = {who}")
            source.stop()
            source.start(lambda: None)
            qtbot.waitUntil(lambda: source.available is True)
            assert source.reason is None
            assert whole_survey(Settings())["quiet"].sources["dnd"].backend == "xfce"
        qtbot.waitUntil(lambda: source.available is False)


def gnome_with(folder: Path, monkeypatch: pytest.MonkeyPatch, setting: str) -> tuple[Path, Path]:
    """GNOME with a ``gsettings`` that prints the first file's content and appends its arguments to the second file."""
    value, asked = folder / "value", folder / "asked"
    value.write_text(f"{setting}\n")
    program = folder / "gsettings"
    program.write_text(f'#!/bin/sh\necho "$*" >> {asked}\ncat {value}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    return value, asked


def test_gnome_is_asked_when_dconf_says_that_something_was_written(
    private_bus: PrivateBus,
    bus: Bus,
    started: Start,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    value, asked = gnome_with(tmp_path, monkeypatch, "true")
    writer = "ca.desrt.dconf"
    with mocked(
        private_bus.address, writer, "/ca/desrt/dconf/Writer/user", f"{writer}.Writer", log=tmp_path / "l"
    ) as dconf:
        source = started(GSettingsSwitch(bus))
        qtbot.waitUntil(lambda: source.available is True)
        assert (source.name, source.reason) == ("gnome", None)
        value.write_text("false\n")
        dconf.emit("Notify", "sass", "/org/gnome/desktop/interface/", ["clock-format"], "1")
        dconf.emit("Notify", "sass", "/org/gnome/desktop/notifications/show-banners", [""], "2")
        qtbot.waitUntil(lambda: source.reason == "Do Not Disturb is on")
        assert asked.read_text() == "get org.gnome.desktop.notifications show-banners\n" * 2


def test_gnomes_own_break_reminders_are_noticed(
    bus: Bus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    _value, asked = gnome_with(tmp_path, monkeypatch, "['eyesight', 'movement']")
    found: list[frozenset[str]] = []
    others = OtherReminders(bus, found.append)
    qtbot.waitUntil(lambda: found == [{"movement", "eyesight"}])
    assert asked.read_text() == "get org.gnome.desktop.break-reminders selected-breaks\n"
    others.stop()
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    OtherReminders(bus, found.append).stop()
    assert len(asked.read_text().splitlines()) == 1


# --- screen inhibitors ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "why", "counts"),
    [
        ("LibreOffice", "presentation", True),
        ("org.gnome.Totem", "Playing a movie", True),
        ("vlc", "Playing some media.", True),
        ("google-chrome", "WebRTC has active PeerConnections", True),
        ("firefox", "Playing video", False),  # it also says so while a video in a tab is paused
        ("/opt/brave.com/brave/brave", "Video Wake Lock", False),
        ("firefox", "Playing audio", False),
        ("caffeine-ng", "full screen", False),
        ("caffeine-gnome-extension", "Inhibit by Caffeine", False),
        ("gnome-session-inhibit", "user asked for it during a presentation", False),
        ("gnome-software", "Updating", False),
        ("", "", False),
    ],
)
def test_what_counts_as_a_presentation(who: str, why: str, counts: bool) -> None:
    assert presents(who, why) is counts


def test_gnome_tells_who_presents_under_wayland(
    private_bus: PrivateBus, wayland: Bus, started: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    name, one = "org.gnome.SessionManager", "org.gnome.SessionManager.Inhibitor"
    with mocked(private_bus.address, name, "/org/gnome/SessionManager", name, log=tmp_path / "log") as gnome:
        gnome.add_method("GetInhibitors", "", "ao", "ret = []")
        for number, who, why in (
            (1, "caffeine", "full screen"),
            (2, "org.libreoffice.impress.desktop", "presentation"),
        ):
            methods = [
                ("GetFlags", "", "u", "ret = 8"),
                ("GetAppId", "", "s", f"ret = {who!r}"),
                ("GetReason", "", "s", f"ret = {why!r}"),
            ]
            gnome.tell("AddObject", "ssa{sv}a(ssss)", f"/org/gnome/SessionManager/Inhibitor{number}", one, {}, methods)
        source = started(GnomeInhibitors(wayland))
        qtbot.waitUntil(lambda: source.available is True)
        for number in (1, 2):
            gnome.emit("InhibitorAdded", "o", f"/org/gnome/SessionManager/Inhibitor{number}")
        qtbot.waitUntil(lambda: source.reason == "Impress keeps the screen on")
        gnome.emit("InhibitorRemoved", "o", "/org/gnome/SessionManager/Inhibitor2")
        qtbot.waitUntil(lambda: source.reason is None)


def test_kde_tells_who_presents_under_wayland(
    private_bus: PrivateBus, wayland: Bus, started: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    name, path = KdeInhibitors.service.name, KdeInhibitors.service.path
    with mocked(private_bus.address, name, path, name, log=tmp_path / "log") as kde:
        kde.add_method("ListInhibitions", "", "a(ss)", "ret = [('okular', 'Presentation'), ('caffeine', 'User asked')]")
        source = started(KdeInhibitors(wayland))
        qtbot.waitUntil(lambda: source.available is True)
        kde.emit("InhibitionsChanged", "a(ss)as", [("okular", "Presentation")], [])
        qtbot.waitUntil(lambda: source.reason == "Okular keeps the screen on")


def test_a_newer_plasma_tells_by_a_property_what_is_inhibited(
    private_bus: PrivateBus, wayland: Bus, started: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    name, path = KdeInhibitors.service.name, KdeInhibitors.service.path
    kind, active = "a(ssssu)", "ActiveInhibitions"
    asleep, film = ("sleep", "okular", "Presentation", "block", 3), ("sleep:idle", "vlc", "Playing a film", "block", 3)
    with mocked(private_bus.address, name, path, name, log=tmp_path / "log") as kde:
        kde.tell("AddProperty", "ssv", name, active, (kind, [asleep, film]))
        source = started(KdeInhibitors(wayland))
        qtbot.waitUntil(lambda: source.reason == "Vlc keeps the screen on")
        kde.tell("UpdateProperties", "sa{sv}", name, {active: (kind, [asleep])})
        qtbot.waitUntil(lambda: source.reason is None)
        kde.tell("UpdateProperties", "sa{sv}", name, {active: (kind, [asleep, film])})
        qtbot.waitUntil(lambda: source.reason is not None)
    qtbot.waitUntil(lambda: source.reason is None and source.available is False)


def test_logind_tells_who_presents_and_only_this_user_counts(
    private_bus: PrivateBus, wayland: Bus, started: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    path, manager = "/org/freedesktop/login1", f"{LOGIND}.Manager"
    mine, other = os.getuid(), os.getuid() + 1
    with mocked(private_bus.address, LOGIND, path, manager, log=tmp_path / "log") as logind:
        listed = (
            f"[('idle', 'mpv', 'Presentation', 'block', {other}, 7), ('sleep', 'upower', 'call', 'block', {mine}, 8)"
        )
        logind.add_method("ListInhibitors", "", "a(ssssuu)", f"ret = {listed}]")
        source = started(LogindInhibitors(wayland))
        qtbot.waitUntil(lambda: source.available is True and len(logind.calls("ListInhibitors")) == 1)
        listed += f", ('sleep:idle', 'mpv', 'Playing a film', 'block', {mine}, 9)"
        logind.add_method("ListInhibitors", "", "a(ssssuu)", f"ret = {listed}]")
        logind.tell("AddProperty", "ssv", manager, "BlockInhibited", ("s", ""))
        logind.tell("UpdateProperties", "sa{sv}", manager, {"BlockInhibited": ("s", "idle")})
        qtbot.waitUntil(lambda: source.reason == "Mpv keeps the screen on")


def test_under_x11_the_windows_are_asked_and_not_the_inhibitors(
    private_bus: PrivateBus, bus: Bus, tmp_path: Path, qtbot: QtBot
) -> None:
    name, path = KdeInhibitors.service.name, KdeInhibitors.service.path
    with mocked(private_bus.address, name, path, name, log=tmp_path / "log") as kde:
        kde.add_method("ListInhibitions", "", "a(ss)", "ret = [('okular', 'Presentation')]")
        told: list[str] = []
        sense = choose(bus, bus, Settings(quiet_call=False, quiet_sharing=False))
        sense.start(lambda id, reason: told.append(id))
        qtbot.waitUntil(lambda: bus.connected)
        fullscreen = sense.status().sources["fullscreen"]
        assert (fullscreen.backend, fullscreen.works) == ("none", False)
        assert "screen on" not in fullscreen.detail
        qtbot.wait(100)
        assert told == []
        sense.stop()


def test_under_wayland_the_windows_are_not_asked(wayland: Bus) -> None:
    with pytest.raises(Unavailable, match="Wayland"):
        X11Windows()


# --- calls ------------------------------------------------------------------------------------------------------------


def stream(*, source: int = 1, client: int = 5, rate: int = 44100, corked: bool = False, **about: str) -> list[object]:
    named = {key.replace("_", "."): value for key, value in about.items()}
    return [9, "a stream", 3, client, source, (3, 2, rate), b"\1\2", 0, 0, None, "protocol-native.c", named, corked]


def test_who_records_and_what_is_no_recording() -> None:
    call = stream(application_name="Firefox")
    assert recording_streams(call) == [(1, "Firefox")]
    for other in (
        stream(application_name="Firefox", corked=True),
        stream(application_name="PulseAudio Volume Control", rate=25),
        stream(application_name="pavucontrol", resample_peaks="true"),
        stream(application_name="Easy Effects", node_passive="true"),
        stream(application_name="Easy Effects", application_id="com.github.wwmm.easyeffects"),
        stream(application_name="denoise", media_category="Filter"),
        stream(application_name="echo", media_role="filter"),
        stream(node_name="capture.rnnoise_source", **{"node.link-group": "filter-chain-24417-7"}),
        stream(application_name="obs", stream_monitor="true"),
        stream(client=pulse_wire.NOTHING),
    ):
        assert recording_streams([*other, *call]) == [(1, "Firefox")]
    assert recording_streams(call, ignored={"firefox"}) == []
    control = stream(application_name="ALSA plug-in [python3]", application_process_binary="talon")
    assert recording_streams([*control, *call], ignored={"talon"}) == [(1, "Firefox")]
    assert recording_streams([]) == []
    assert recording_streams([1, 2, 3]) == []


def test_a_call_on_at_the_start_is_noticed_and_no_filter_is_one_nor_a_server_that_has_died(
    started: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "-L", "module-native-protocol-unix"]
    for module in (
        "module-null-source source_name=mic",
        "module-null-sink sink_name=loudspeaker",
        "module-echo-cancel source_name=clear source_master=mic sink_master=loudspeaker",
        "module-loopback source=clear sink=loudspeaker",
    ):
        command += ["-L", module]
    servers = [Process(*command, log=tmp_path / "pulseaudio.log")]
    call: Process | None = None
    try:
        socket = tmp_path / "pulse" / "native"
        qtbot.waitUntil(lambda: media_sockets.is_listening(socket), timeout=10_000)
        call = Process("parec", "-d", "clear", log=tmp_path / "parec.log")
        first = started(MicrophoneInUse())
        qtbot.waitUntil(lambda: first.reason == "microphone in use by parec", timeout=10_000)
        late = started(MicrophoneInUse())
        qtbot.waitUntil(lambda: late.reason == "microphone in use by parec", timeout=10_000)
        servers.pop().end()
        qtbot.waitUntil(lambda: (late.available, late.reason) == (False, None), timeout=10_000)
        servers.append(Process(*command, log=tmp_path / "pulseaudio-2.log"))
        qtbot.waitUntil(lambda: late.available is True, timeout=20_000)
        late.stop()
        listed: list[object] = []
        monkeypatch.setattr(
            microphone,
            "recording_streams",
            lambda values, ignored: listed.append(values) or recording_streams(values, ignored=ignored),
        )
        again = started(MicrophoneInUse())
        qtbot.waitUntil(lambda: bool(listed) and bool(listed[-1]), timeout=10_000)
        qtbot.waitUntil(lambda: again.available is True)
        assert again.reason is None, "filters record all the time"
    finally:
        for process in (*servers, call):
            if process:
                process.end()


def test_a_session_without_a_runtime_folder_has_its_sound_server_by_the_state_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR", "PULSE_STATE_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr(media_sockets, "_machine", lambda: "c0ffee")
    assert media_sockets.sound_server() == tmp_path / "pulse" / "c0ffee-runtime" / "native"
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1")
    assert media_sockets.sound_server() == Path("/run/user/1/pulse/native")


def test_what_a_program_is_called() -> None:
    binary = "application.process.binary"
    assert program_name({"application.name": "WEBRTC VoiceEngine", binary: "Discord"}) == "Discord"
    assert program_name({"application.name": "ALSA plug-in [zoom]", binary: "zoom"}) == "Zoom"
    assert program_name({"application.name": "parec", binary: "pacat"}) == "parec"
    assert program_name({}, "Recorder") == "Recorder"


def test_pulse_values_come_back_and_nonsense_is_refused() -> None:
    packets = pulse_wire.PulsePackets()
    whole = pulse_wire.packet(pulse_wire.REPLY, 7, "text", None, b"raw", {"application.name": "Größe"})
    assert packets.feed(whole[:9]) == []
    assert packets.feed(whole[9:] + whole) == [[2, 7, "text", None, b"raw", {"application.name": "Größe"}]] * 2
    with pytest.raises(pulse_wire.PulseWireError):
        packets.feed(b"\xff" * 40)
    with pytest.raises(pulse_wire.PulseWireError):
        pulse_wire.values_in(b"?")


def test_pipewire_values_come_back_and_nonsense_is_refused() -> None:
    whole = pod((3, "text", (1, "media.class", "Stream/Output/Video")))
    assert values_of(whole) == [3, "text", [1, "media.class", "Stream/Output/Video"]]
    for nonsense in (b"", b"\0" * 8, whole[:-9], pod(3)):
        with pytest.raises(ValueError, match="a message"):
            values_of(nonsense)


def test_a_program_that_holds_a_camera_open_is_in_a_call(started: Start, tmp_path: Path, qtbot: QtBot) -> None:
    source = started(CameraInUse(tmp_path))
    besides = started(CameraInUse(tmp_path, not_calls=(Path(sys.executable).name.upper(),)))
    assert source.available is False
    camera = tmp_path / "video0"
    camera.write_bytes(b"")
    qtbot.waitUntil(lambda: source.available is True)
    with subprocess.Popen(
        [sys.executable, "-c", f"held = open({str(camera)!r}); input()"], stdin=subprocess.PIPE
    ) as held:
        qtbot.waitUntil(lambda: source.reason is not None, timeout=10_000)
        assert "python" in str(source.reason)
        qtbot.wait(300)
        assert besides.reason is None
        held.communicate(b"\n")
    qtbot.waitUntil(lambda: source.reason is None, timeout=10_000)


class Registry:
    """The part of ``winreg`` that is used, over a table of keys."""

    HKEY_CURRENT_USER = "HKCU"

    def __init__(self, entries: dict[str, dict[str, int]]) -> None:
        self.entries = entries

    def OpenKey(self, _root: str, path: str) -> contextlib.nullcontext[str]:
        if not any(one == path or one.startswith(path + "\\") for one in self.entries):
            raise FileNotFoundError
        return contextlib.nullcontext(path)

    def EnumKey(self, folder: str, number: int) -> str:
        below = {one[len(folder) + 1 :].split("\\")[0] for one in self.entries if one.startswith(folder + "\\")}
        if number >= len(below):
            raise OSError
        return sorted(below)[number]

    def QueryValueEx(self, entry: str, name: str) -> tuple[int, int]:
        return self.entries[entry][name], 11


def test_windows_names_who_uses_the_microphone_now(started: Start) -> None:
    store = r"SOFTWARE\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"
    over, on = {"LastUsedTimeStart": 5, "LastUsedTimeStop": 6}, {"LastUsedTimeStart": 5, "LastUsedTimeStop": 0}
    never = {"LastUsedTimeStart": 0, "LastUsedTimeStop": 0}
    entries = {
        rf"{store}\microphone\Microsoft.Recorder_8wekyb": never,
        rf"{store}\microphone\NonPackaged\C:#Programs#zoom.exe": over,
    }
    assert started(WindowsCall(Registry(entries))).reason is None
    entries[rf"{store}\microphone\NonPackaged\C:#Programs#zoom.exe"] = on
    assert started(WindowsCall(Registry(entries))).reason == "microphone in use by zoom"
    entries = {rf"{store}\webcam\Microsoft.WindowsCamera_8wekyb": on}
    assert started(WindowsCall(Registry(entries))).reason == "camera in use by WindowsCamera"
    assert started(WindowsCall(Registry(entries), not_calls=("windowscamera",))).reason is None
    assert started(WindowsCall(Registry({}))).reason is None


def test_pipewire_tells_that_a_screen_is_handed_out(
    started: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.delenv("PIPEWIRE_RUNTIME_DIR", raising=False)
    source = started(ScreenSharing())
    assert source.available is False
    server = Process("pipewire", log=tmp_path / "pipewire.log")
    try:
        qtbot.waitUntil(lambda: source.available is True, timeout=10_000)
        assert source.reason is None
        node = "factory.name=support.null-audio-sink node.name=gnome-shell media.class="
        making = ("pw-cli", "-m", "create-node", "adapter")
        camera = Process(*making, f"{{ {node}Video/Source media.role=Camera }}", log=tmp_path / "camera.log")
        for kind in ("Stream/Output/Video", "Video/Source"):
            screen = Process(*making, f"{{ {node}{kind} }}", log=tmp_path / "screen.log")
            qtbot.waitUntil(lambda: source.reason == "the screen is shared", timeout=10_000)
            screen.end()
            qtbot.waitUntil(lambda: source.reason is None, timeout=10_000)
        camera.end()
    finally:
        server.end()
    qtbot.waitUntil(lambda: source.available is False, timeout=10_000)


# --- the sense as a whole ---------------------------------------------------------------------------------------------


class Source:
    name, detail = "test", "It is told."
    available = True

    def __init__(self) -> None:
        self.reason: str | None = None
        self.running = False

    def start(self, changed: Callable[[], None]) -> None:
        self.changed, self.running = changed, True

    def stop(self) -> None:
        self.running = False

    def says(self, reason: str | None) -> None:
        self.reason = reason
        self.changed()


def missing(_: Settings) -> QuietSource:
    raise Unavailable("There is no second one.")


def test_a_reason_holds_while_any_source_says_so_and_each_is_told_once() -> None:
    one, two = Source(), Source()
    told: list[tuple[str, str | None]] = []
    sense = QuietSense({"call": (lambda _: one, lambda _: two, missing)}, Settings())
    sense.start(lambda id, reason: told.append((id, reason)))
    assert told == []
    one.says("microphone in use")
    two.says("camera in use")
    one.says(None)
    one.changed()
    two.says(None)
    assert told == [("call", "microphone in use"), ("call", "camera in use"), ("call", None)]


def test_switching_a_reason_off_lets_go_of_it_and_on_again_begins_anew() -> None:
    made: list[Source] = []
    told: list[tuple[str, str | None]] = []
    sense = QuietSense({"call": (lambda _: made.append(Source()) or made[-1],)}, Settings())
    sense.start(lambda id, reason: told.append((id, reason)))
    made[0].says("microphone in use")
    sense.configure(Settings(quiet_dnd=False))
    assert len(made) == 1
    sense.configure(Settings(quiet_call=False))
    assert (made[0].running, told[-1]) == (False, ("call", None))
    assert sense.status().sources["call"].backend == "off"
    sense.configure(Settings())
    assert (len(made), made[1].running) == (2, True)
    sense.stop()
    assert not made[1].running


def test_where_nothing_tells_it_says_so_of_each_reason(
    bus: Bus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH", "PIPEWIRE_REMOTE", "PIPEWIRE_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    sense = choose(bus, None, Settings(quiet_programs=("zoom",)))
    sense.start(lambda id, reason: None)
    status = sense.status()
    assert set(status.sources) == {"dnd", "fullscreen", "call", "sharing", "program"}
    for id, source in status.sources.items():
        assert source.works is (id in ALWAYS_HERE)
        assert source.detail
    assert "Not detected here" in status.detail
    sense.stop()


ALWAYS_HERE = {"call"} if any(Path("/dev").glob("video[0-9]*")) else set()
"""A camera of the machine that runs the tests is noticed even if the session lacks everything else."""


class Nobody:
    """A bus without services."""

    alive = True

    def ask(self, *_words: str) -> None:
        return None

    def has(self, _name: str, *, startable: bool = False) -> bool:
        return False


class Library:
    """A library of another system: each of its functions succeeds and finds nothing."""

    def __getattr__(self, name: str) -> Any:
        function: Any = Mock(return_value=0)
        setattr(self, name, function)
        return function


@pytest.mark.parametrize(
    ("system", "noticed"),
    [("linux", ALWAYS_HERE), ("win32", {"dnd", "fullscreen", "call", "program"}), ("darwin", {"call"})],
)
def test_without_an_app_each_system_is_told_of_truly(
    system: str, noticed: set[str], bus: Bus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    if system != "linux":
        monkeypatch.setitem(sys.modules, "winreg", Registry({}))
        monkeypatch.setattr("ctypes.CDLL", lambda _name: Library())
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH", "PIPEWIRE_REMOTE", "PIPEWIRE_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    told = survey(Nobody(), Nobody(), Settings(quiet_programs=("zoom",))).sources
    assert {id for id, source in told.items() if source.works} == noticed
    assert all(source.detail for source in told.values())
