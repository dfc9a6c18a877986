"""How notification services differ from one another, by the name that each returns from ``GetServerInformation``.

``freedesktop`` and ``probe`` read it; no Qt, any thread. A service that is not listed is taken to follow the Desktop
Notifications Specification (freedesktop.org, version 1.2). LXQt 1.2 and GNOME Shell 43 were seen by running them. The
others have a do-not-disturb that NumbGuard cannot sense; their names and switches are in their sources:

- naughty: awesome, ``lib/naughty/dbus.lua``; ``naughty.suspend`` is called by the person's own configuration
- Budgie Notification Server (since 10.6), Raven (before): budgie-desktop, ``src/daemon/notifications``; the switch is
  on a bus name of Budgie's own, ``org.budgie_desktop.Notifications``
- DeepinNotifications: dde-session-ui, ``dde-osd/notification``, and dde-shell, ``panels/notification``; the switch is
  the item of a private interface
- haskell-notification-daemon: that is deadd, linux_notification_center, ``src/NotificationCenter/Notifications.hs``
- fnott 1.7: its program, ``fnottctl pause``
- wired: wired-notify, ``src/bus/dbus.rs`` and ``Cargo.toml``; ``wired --dnd`` over a socket
- com.github.Aylur.ags: ags 1, ``src/service/notifications.ts``
- notifd: astal, ``lib/notifd/src/daemon.vala``; the switch is a setting of its own, ``io.astal.notifd``
- quickshell: ``src/services/notifications/server.cpp``; what is shown is up to the person's own shell
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServiceTraits:
    """What differs in a notification service."""

    shows_default: bool = False
    """It shows the action ``default`` as a button, or counts it: LXQt turns more than three actions into a list."""
    hides_buttons: bool = False
    """It shows no buttons until the pointer is over the notification, so a click is often no choice of an answer."""
    tells_quiet: bool = True
    """``quiet.do_not_disturb`` can sense its do-not-disturb, or it has none."""


_ORDINARY = ServiceTraits()

_TRAITS = {
    "lxqt-notificationd": ServiceTraits(shows_default=True),
    "gnome-shell": ServiceTraits(hides_buttons=True),
    "naughty": ServiceTraits(tells_quiet=False),
    "budgie notification server": ServiceTraits(tells_quiet=False),
    "raven": ServiceTraits(tells_quiet=False),
    "deepinnotifications": ServiceTraits(tells_quiet=False),
    "haskell-notification-daemon": ServiceTraits(tells_quiet=False),
    "fnott": ServiceTraits(tells_quiet=False),
    "wired": ServiceTraits(tells_quiet=False),
    "com.github.aylur.ags": ServiceTraits(tells_quiet=False),
    "notifd": ServiceTraits(tells_quiet=False),
    "quickshell": ServiceTraits(tells_quiet=False),
}


def traits_of(server: str) -> ServiceTraits:
    """The traits of the service with that name, in capitals or not; those of an ordinary one where it is not listed."""
    return _TRAITS.get(server.lower(), _ORDINARY)
