"""The Debian packages of each desktop that `./dev desktops` tries, and of what its root needs itself."""

from __future__ import annotations

BASE = (
    *("systemd", "systemd-sysv", "dbus", "dbus-user-session", "libpam-systemd", "sudo", "procps", "python3"),
    *("python3-venv", "python3-gi", "gir1.2-glib-2.0", "dbus-x11", "libnotify-bin", "xvfb", "xdotool", "imagemagick"),
    *("x11-utils", "x11-xserver-utils", "libgl1-mesa-dri", "fonts-dejavu-core", "xserver-xorg-core"),
    *("xserver-xorg-video-dummy", "adwaita-icon-theme", "hicolor-icon-theme", "gsettings-desktop-schemas"),
)
"""What every desktop needs here: a session of logind's own, an X server in memory, hands and eyes."""

OF_DESKTOP = {
    "sway": ("sway", "mako-notifier", "waybar", "grim", "foot", "wtype"),
    "mate": (
        *("mate-panel", "mate-notification-daemon", "marco", "mate-settings-daemon", "mate-screensaver"),
        *("mate-indicator-applet", "mate-session-manager"),
    ),
    "lxqt": ("lxqt-panel", "lxqt-notificationd", "lxqt-config", "openbox"),
    "cinnamon": ("cinnamon",),
    "gnome": (
        *("gnome-shell", "gjs", "gnome-shell-extension-appindicator", "gnome-settings-daemon"),
        *("pipewire", "wireplumber", "pipewire-pulse", "xwayland"),
    ),
    "plasma": ("kwin-x11", "kwin-wayland", "plasma-workspace", "plasma-desktop", "qtwayland5"),
}
"""The packages of each desktop, in the order in which they are installed."""
