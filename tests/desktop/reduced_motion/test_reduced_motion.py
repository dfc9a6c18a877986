"""Whether the system asks for less motion, on each desktop as far as one can be had here."""

from __future__ import annotations

import ctypes
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from numbguard.desktop import Unavailable, reduced_motion
from numbguard.desktop.dbus.bus import Bus
from numbguard.desktop.reduced_motion.gsettings import GSettingsMotion
from numbguard.desktop.reduced_motion.kde import KdeMotion
from numbguard.desktop.reduced_motion.macos import MacMotion
from numbguard.desktop.reduced_motion.portal import PortalMotion
from numbguard.desktop.reduced_motion.windows import WindowsMotion
from tests.desktop.stand_ins import PrivateBus, mocked

INTERFACE = "org.gnome.desktop.interface"
SCHEMA = f"""<schemalist><schema id="{INTERFACE}" path="/org/gnome/desktop/interface/">
<key name="enable-animations" type="b"><default>true</default></key></schema></schemalist>"""
DCONF = Path("/usr/share/dbus-1/services/ca.desrt.dconf.service")


@pytest.mark.parametrize(
    ("own", "system", "wanted"),
    [
        ("[KDE]\nAnimationDurationFactor=0\n", "", True),
        ("[KDE]\nAnimationDurationFactor[$i]=0.0\n", "", True),
        ("[General]\nAnimationDurationFactor=0\n[KDE]\nAnimationDurationFactor=0.5\n", "", False),
        ("[KDE]\nSingleClick=true\n", "[KDE]\nAnimationDurationFactor=0\n", True),
        ("[KDE]\nAnimationDurationFactor=fast\n", "", False),
        ("", "", False),
    ],
)
def test_plasma_at_instant_speed_wants_no_motion(own: str, system: str, wanted: bool, tmp_path: Path) -> None:
    for name, text in (("own", own), ("system", system)):
        (tmp_path / name).mkdir()
        if text:
            (tmp_path / name / "kdeglobals").write_text(text)
    motion = KdeMotion(
        {
            "XDG_CURRENT_DESKTOP": "KDE",
            "XDG_CONFIG_HOME": str(tmp_path / "own"),
            "XDG_CONFIG_DIRS": str(tmp_path / "system"),
        }
    )
    assert motion.is_wanted() is wanted


def test_another_desktop_is_not_plasma_or_gnome() -> None:
    with pytest.raises(Unavailable):
        KdeMotion({"XDG_CURRENT_DESKTOP": "XFCE"})
    with pytest.raises(Unavailable):
        GSettingsMotion(None, {"XDG_CURRENT_DESKTOP": "XFCE"})
    with pytest.raises(Unavailable):
        PortalMotion(None)


def test_gnome_without_animations_wants_no_motion_and_says_so_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_bus: Callable[[], Bus], qtbot: QtBot
) -> None:
    for name in ("schemas", "services", "config", "run"):
        (tmp_path / name).mkdir(mode=0o700)
    (tmp_path / "services" / DCONF.name).write_text(DCONF.read_text())
    (tmp_path / "schemas" / "test.gschema.xml").write_text(SCHEMA)
    subprocess.run(["glib-compile-schemas", str(tmp_path / "schemas")], check=True)
    monkeypatch.setenv("GSETTINGS_SCHEMA_DIR", str(tmp_path / "schemas"))
    monkeypatch.setenv("GSETTINGS_BACKEND", "dconf")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    bus = PrivateBus(tmp_path, services=tmp_path / "services")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    bus.start()
    motion = reduced_motion.choose(open_bus())
    assert motion.name == "gsettings"
    assert not motion.is_wanted()
    subprocess.run(["gsettings", "set", INTERFACE, "enable-animations", "false"], check=True, timeout=20)
    qtbot.waitUntil(motion.is_wanted)
    subprocess.run(["gsettings", "reset", INTERFACE, "enable-animations"], check=True, timeout=20)
    qtbot.waitUntil(lambda: not motion.is_wanted())
    motion.stop()
    bus.end()


def test_a_portal_is_asked_once_it_runs_and_heard_when_the_setting_changes(
    private_bus: PrivateBus,
    open_bus: Callable[[], Bus],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "sway")
    motion = reduced_motion.choose(open_bus())
    assert motion.name == "portal"
    assert not motion.is_wanted()
    portal = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings")
    with mocked(private_bus.address, *portal, log=tmp_path / "portal.log") as mock:
        mock.add_method("Read", "ss", "v", "ret = dbus.Boolean(False, variant_level=1)")
        mock.emit("SettingChanged", "ssv", INTERFACE, "enable-animations", ("b", False))
        qtbot.waitUntil(motion.is_wanted)
        mock.emit("SettingChanged", "ssv", INTERFACE, "enable-animations", ("b", True))
        qtbot.waitUntil(lambda: not motion.is_wanted())
        mock.emit("SettingChanged", "ssv", "org.freedesktop.appearance", "reduced-motion", ("u", 1))
        qtbot.waitUntil(motion.is_wanted)
        mock.emit("SettingChanged", "ssv", "org.freedesktop.appearance", "reduced-motion", ("s", "never"))
        qtbot.waitUntil(lambda: not motion.is_wanted())
        mock.emit("SettingChanged", "ssv", "org.kde.kdeglobals.KDE", "AnimationDurationFactor", ("s", "0"))
        qtbot.waitUntil(motion.is_wanted)
        later = PortalMotion(open_bus())
        later.start()
        qtbot.waitUntil(later.is_wanted)
        later.stop()
    motion.stop()


def test_without_any_setting_motion_is_welcome(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "sway")
    motion = reduced_motion.choose(None)
    assert (motion.name, motion.is_wanted()) == ("unknown", False)
    motion.stop()


class User:
    """Stands in for user32: writes whether windows are animated, or fails."""

    def __init__(self, animates: int | None) -> None:
        self._animates = animates

    def SystemParametersInfoW(self, action: int, _size: int, answer: Any, _flags: int) -> int:
        assert action == 0x1042
        if self._animates is None:
            return 0
        ctypes.cast(answer, ctypes.POINTER(ctypes.c_int))[0] = self._animates
        return 1


@pytest.mark.parametrize(("animates", "wanted"), [(1, False), (0, True), (None, False)])
def test_windows_without_animation_effects_wants_no_motion(animates: int | None, wanted: bool) -> None:
    assert WindowsMotion(User(animates)).is_wanted() is wanted


class Function:
    """One function of a library."""

    restype: Any = None
    argtypes: Any = None

    def __init__(self, answer: Callable[..., Any]) -> None:
        self._answer = answer

    def __call__(self, *given: Any) -> Any:
        return self._answer(*given)


class Runtime:
    """Stands in for the Objective-C runtime with its NSWorkspace."""

    def __init__(self, *, reduces: bool) -> None:
        self.objc_getClass = Function(lambda name: 1 if name == b"NSWorkspace" else 0)
        self.sel_registerName = Function(lambda name: name)
        answers = {(1, b"sharedWorkspace"): 2, (2, b"accessibilityDisplayShouldReduceMotion"): reduces}
        self.objc_msgSend = Function(lambda to, message: answers[(to, message)])


@pytest.mark.parametrize("reduces", [True, False])
def test_macos_with_reduce_motion_wants_no_motion(reduces: bool) -> None:
    assert MacMotion(Runtime(reduces=reduces)).is_wanted() is reduces
