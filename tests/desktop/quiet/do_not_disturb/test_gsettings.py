"""GNOME's switches in earnest: a real dconf on a real bus, written by the real ``gsettings``.

The schemas are small ones of our own with GNOME's names and types, because Debian's GNOME has no break reminders yet.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from numbguard.core.settings.settings import Settings
from numbguard.desktop import Unavailable, probe, sandbox
from numbguard.desktop.dbus.bus import Bus
from numbguard.desktop.other_reminders import OtherReminders
from numbguard.desktop.quiet.do_not_disturb.gsettings import GSettingsSwitch
from tests.desktop.stand_ins import PrivateBus

NOTIFICATIONS, REMINDERS = "org.gnome.desktop.notifications", "org.gnome.desktop.break-reminders"
SCHEMAS = f"""<schemalist>
<schema id="{NOTIFICATIONS}" path="/org/gnome/desktop/notifications/">
<key name="show-banners" type="b"><default>true</default></key></schema>
<schema id="{REMINDERS}" path="/org/gnome/desktop/break-reminders/">
<key name="selected-breaks" type="as"><default>[]</default></key></schema>
</schemalist>"""
DCONF = Path("/usr/share/dbus-1/services/ca.desrt.dconf.service")


@pytest.fixture
def gnome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    """A session bus that starts dconf on the first write, and no other service of GNOME."""
    for name in ("schemas", "services", "config", "run"):
        (tmp_path / name).mkdir(mode=0o700)
    (tmp_path / "services" / DCONF.name).write_text(DCONF.read_text())
    (tmp_path / "schemas" / "test.gschema.xml").write_text(SCHEMAS)
    subprocess.run(["glib-compile-schemas", str(tmp_path / "schemas")], check=True)
    monkeypatch.setenv("GSETTINGS_SCHEMA_DIR", str(tmp_path / "schemas"))
    monkeypatch.setenv("GSETTINGS_BACKEND", "dconf")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "GNOME")
    bus = PrivateBus(tmp_path, services=tmp_path / "services")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    bus.start()
    yield bus
    bus.end()


def gsettings(*words: str) -> None:
    subprocess.run(["gsettings", *words], check=True, timeout=20)


def test_do_not_disturb_is_heard_of_when_it_is_switched_and_known_at_the_start(
    gnome: PrivateBus, open_bus: Callable[[], Bus], qtbot: QtBot
) -> None:
    first = GSettingsSwitch(open_bus())
    first.start(lambda: None)
    qtbot.waitUntil(lambda: first.available is True)
    assert first.reason is None
    gsettings("set", NOTIFICATIONS, "show-banners", "false")
    qtbot.waitUntil(lambda: first.reason == "Do Not Disturb is on")
    second = GSettingsSwitch(open_bus())
    second.start(lambda: None)
    qtbot.waitUntil(lambda: second.reason == "Do Not Disturb is on")
    gsettings("reset", NOTIFICATIONS, "show-banners")
    qtbot.waitUntil(lambda: first.reason is None and second.reason is None)
    told = probe.survey(Settings())["quiet"].sources["dnd"]
    assert (told.backend, told.works, told.detail) == ("gnome", True, first.detail)

    gnome.end()
    qtbot.waitUntil(lambda: first.available is False)
    assert "session bus" in first.detail
    gnome.start()
    qtbot.waitUntil(lambda: first.available is True, timeout=20_000)
    for one in (first, second):
        one.stop()


def test_gnomes_own_break_reminders_are_heard_of_when_they_are_switched_on(
    gnome: PrivateBus, open_bus: Callable[[], Bus], qtbot: QtBot
) -> None:
    found: list[frozenset[str]] = []
    others = OtherReminders(open_bus(), found.append)
    gsettings("set", REMINDERS, "selected-breaks", "['movement']")
    qtbot.waitUntil(lambda: found == [{"movement"}])
    gsettings("reset", REMINDERS, "selected-breaks")
    gsettings("set", REMINDERS, "selected-breaks", "['eyesight', 'movement']")
    qtbot.waitUntil(lambda: found[-1] == {"movement", "eyesight"})
    others.stop()


def test_a_desktop_without_such_a_switch_is_said(
    gnome: PrivateBus, open_bus: Callable[[], Bus], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "MATE")
    source = GSettingsSwitch(open_bus())
    source.start(lambda: None)
    qtbot.waitUntil(lambda: source.available is False)
    told = probe.survey(Settings())["quiet"].sources["dnd"]
    assert (told.backend, told.works, told.detail) == ("none", False, source.detail)
    source.stop()


def test_within_a_sandbox_whose_settings_are_its_own_the_switch_is_not_said_to_be_read(
    gnome: PrivateBus, open_bus: Callable[[], Bus], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "_INFO", tmp_path)
    with pytest.raises(Unavailable, match="The desktop's Do Not Disturb setting can't be read"):
        GSettingsSwitch(open_bus())
