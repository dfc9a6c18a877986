"""High contrast as the portal reports it; the portal is a stand-in on a bus of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from numbguard.desktop.dbus.bus import Bus
from numbguard.desktop.high_contrast import PortalContrast
from tests.desktop.stand_ins import PrivateBus, mocked

PORTAL = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings")


def test_the_portal_is_asked_once_it_runs_and_heard_when_the_setting_changes(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], qtbot: QtBot, tmp_path: Path
) -> None:
    heard: list[bool] = []
    contrast = PortalContrast(open_bus(), heard.append)
    contrast.start()
    with mocked(private_bus.address, *PORTAL, log=tmp_path / "portal.log") as mock:
        mock.add_method("Read", "ss", "v", "ret = dbus.UInt32(1, variant_level=1)")
        qtbot.waitUntil(lambda: heard == [True])
        mock.emit("SettingChanged", "ssv", "org.freedesktop.appearance", "contrast", ("u", 0))
        qtbot.waitUntil(lambda: heard == [True, False])
        for namespace, key, on, off in (
            ("org.gnome.desktop.a11y.interface", "high-contrast", ("b", True), ("b", False)),
            ("org.kde.kdeglobals.General", "ColorScheme", ("s", "BreezeHighContrast"), ("s", "BreezeLight")),
        ):
            mock.emit("SettingChanged", "ssv", namespace, key, on)
            qtbot.waitUntil(lambda: heard[-1])
            mock.emit("SettingChanged", "ssv", "org.example", key, off)  # a setting of something else
            mock.emit("SettingChanged", "ssv", namespace, key, off)
            qtbot.waitUntil(lambda: not heard[-1])
        assert heard == [True, False] * 3
    contrast.stop()
