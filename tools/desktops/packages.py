"""The desktops that `./dev desktops` plays, the Debian that each comes from, and its packages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Desktop:
    """One desktop of one Debian."""

    name: str
    """As given on the command line."""
    title: str
    suite: str
    packages: tuple[str, ...]
    leading: tuple[str, ...]
    """The packages whose versions are named in the page."""

    @property
    def kind(self) -> str:
        """The desktop without its version: its sessions start alike, and its own parts have the same names."""
        return self.name.partition("-")[0]


BASE = (
    *("systemd", "systemd-sysv", "dbus", "dbus-user-session", "libpam-systemd", "sudo", "procps", "python3"),
    *("python3-venv", "python3-gi", "gir1.2-glib-2.0", "dbus-x11", "libnotify-bin", "xvfb", "xdotool", "imagemagick"),
    *("x11-utils", "x11-xserver-utils", "libgl1-mesa-dri", "fonts-dejavu-core", "xserver-xorg-core"),
    *("xserver-xorg-video-dummy", "adwaita-icon-theme", "hicolor-icon-theme", "gsettings-desktop-schemas"),
)
"""What every desktop needs here: a session of logind's own, an X server in memory, hands and eyes."""

_GNOME = (
    *("gnome-shell", "gjs", "gnome-shell-extension-appindicator", "gnome-settings-daemon"),
    *("gnome-session-bin", "gnome-session-common", "pipewire", "wireplumber", "pipewire-pulse", "xwayland"),
    *("gstreamer1.0-tools", "gstreamer1.0-pipewire"),
)
_MATE = (
    *("mate-panel", "mate-notification-daemon", "marco", "mate-settings-daemon", "mate-screensaver"),
    *("mate-indicator-applet", "mate-session-manager"),
)
_PLASMA = ("kwin-x11", "kwin-wayland", "plasma-workspace", "plasma-desktop", "kscreen")

DESKTOPS = (
    Desktop(
        *("sway", "sway", "bookworm"),
        ("sway", "mako-notifier", "waybar", "grim", "foot", "wtype"),
        ("sway", "mako-notifier", "waybar"),
    ),
    Desktop("mate", "MATE", "bookworm", _MATE, ("mate-panel", "mate-notification-daemon")),
    Desktop(
        *("lxqt", "LXQt", "bookworm"),
        ("lxqt-session", "lxqt-panel", "lxqt-notificationd", "lxqt-config", "openbox"),
        ("lxqt-panel", "lxqt-notificationd"),
    ),
    Desktop("cinnamon", "Cinnamon", "bookworm", ("cinnamon",), ("cinnamon",)),
    Desktop("gnome", "GNOME", "bookworm", _GNOME, ("gnome-shell",)),
    Desktop("plasma", "Plasma (X11)", "bookworm", (*_PLASMA, "qtwayland5"), ("plasma-workspace", "kwin-x11")),
    Desktop(
        *("plasma-wayland", "Plasma (Wayland)", "bookworm"),
        (*_PLASMA, "qtwayland5", "plasma-workspace-wayland"),
        ("plasma-workspace", "kwin-wayland"),
    ),
    Desktop("gnome-48", "GNOME 48", "trixie", _GNOME, ("gnome-shell",)),
    Desktop("plasma-6", "Plasma 6", "trixie", (*_PLASMA, "qt6-wayland"), ("plasma-workspace", "kwin-wayland")),
)
"""In the order of the page's columns."""

NAMED = {one.name: one for one in DESKTOPS}
