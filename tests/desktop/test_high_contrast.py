"""High contrast as the portal reports it; the portal is a stand-in on a bus of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from numbguard.desktop.dbus.bus import Bus
from numbguard.desktop.high_contrast import PortalContrast
from tests.desktop.stand_ins import PrivateBus, mocked

PORTAL = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings")


def test_the_portal_is_heard_when_the_setting_changes_even_if_it_answers_no_question(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], qtbot: QtBot, tmp_path: Path
) -> None:
    heard: list[bool] = []
    contrast = PortalContrast(open_bus(), heard.append)
    contrast.start()
    with mocked(private_bus.address, *PORTAL, log=tmp_path / "portal.log") as mock:
        for namespace, key, on, off in (
            ("org.freedesktop.appearance", "contrast", ("u", 1), ("u", 0)),
            ("org.gnome.desktop.a11y.interface", "high-contrast", ("b", True), ("b", False)),
            ("org.kde.kdeglobals.General", "ColorScheme", ("s", "BreezeHighContrast"), ("s", "BreezeLight")),
        ):
            mock.emit("SettingChanged", "ssv", namespace, key, on)
            qtbot.waitUntil(lambda: heard[-1:] == [True])
            mock.emit("SettingChanged", "ssv", "org.example", key, off)  # a setting of something else
            mock.emit("SettingChanged", "ssv", namespace, key, off)
            qtbot.waitUntil(lambda: heard[-1:] == [False])
        assert heard == [True, False] * 3
        mock.emit("SettingChanged", "ssv", "org.freedesktop.appearance", "contrast", ("u", 1))
        qtbot.waitUntil(lambda: heard[-1])
    contrast.stop()


def test_a_portal_that_runs_already_is_asked_at_the_start(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], qtbot: QtBot, tmp_path: Path
) -> None:
    heard: list[bool] = []
    with mocked(private_bus.address, *PORTAL, log=tmp_path / "portal.log") as mock:
        mock.add_method("Read", "ss", "v", "ret = dbus.UInt32(1, variant_level=1)")
        contrast = PortalContrast(open_bus(), heard.append)
        contrast.start()
        qtbot.waitUntil(lambda: heard == [True])
        contrast.stop()
