"""How notification services differ from one another, by the name that each returns from ``GetServerInformation``.

``freedesktop`` and ``probe`` read it; no Qt, any thread. Where a service is not listed, it is taken to follow the
Desktop Notifications Specification (freedesktop.org, version 1.2). What is listed was seen by running the service, or
read in its source: LXQt 1.2, GNOME Shell 43.
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
    """Its do-not-disturb, if it has one, can be sensed; ``quiet.do_not_disturb`` has the sources."""


_ORDINARY = ServiceTraits()

_TRAITS = {
    "lxqt-notificationd": ServiceTraits(shows_default=True),
    "gnome-shell": ServiceTraits(hides_buttons=True),
    # These have a switch for do-not-disturb, or a rule that does the same, and tell nobody of it.
    "naughty": ServiceTraits(tells_quiet=False),
    "budgie notification server": ServiceTraits(tells_quiet=False),
    "raven": ServiceTraits(tells_quiet=False),
    "dde-notifications": ServiceTraits(tells_quiet=False),
    "deadd-notification-center": ServiceTraits(tells_quiet=False),
    "fnott": ServiceTraits(tells_quiet=False),
    "wired": ServiceTraits(tells_quiet=False),
    "ags": ServiceTraits(tells_quiet=False),
    "astal-notifd": ServiceTraits(tells_quiet=False),
    "quickshell": ServiceTraits(tells_quiet=False),
}


def traits_of(server: str) -> ServiceTraits:
    """The traits of the service with that name; those of an ordinary one where it is not listed."""
    return _TRAITS.get(server.lower(), _ORDINARY)
