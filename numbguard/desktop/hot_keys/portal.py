"""Hot keys by the GlobalShortcuts portal, which Wayland desktops have (GNOME since 48, Plasma, Hyprland).

``choose`` builds it; it runs on the GUI thread. Written from the portal's documentation (xdg-desktop-portal,
``org.freedesktop.portal.GlobalShortcuts``, version 1). The desktop decides which keys there are: it may ask the person,
give other keys than those wanted, and let the person change them in its own settings. A session takes its keys once, so
other keys need another session. The answer to a request arrives as a signal at a path that is known beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from numbguard import APP_ID
from numbguard.core.sentence import N_, sentence
from numbguard.core.settings.choices import KeyCombination
from numbguard.core.settings.key_combination import MODIFIERS, parts_of
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.bus import THE_BUS, THE_BUS_PATH
from numbguard.desktop.dbus.messages import NO_BUS, Failure, Outcome, Service

from .words import BY_PORTAL

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

_NAME, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_BUS_ITSELF = Service(THE_BUS, THE_BUS_PATH, THE_BUS)
_SHORTCUTS = Service(_NAME, _PATH, "org.freedesktop.portal.GlobalShortcuts")
_PROPERTIES = Service(_NAME, _PATH, "org.freedesktop.DBus.Properties")
_REGISTRY = Service(_NAME, _PATH, "org.freedesktop.host.portal.Registry")
_REQUEST, _SESSION = "org.freedesktop.portal.Request", "org.freedesktop.portal.Session"
_DONE, _CANCELLED = 0, 1
"""Responses to a request."""

LACKS = N_("This desktop has no portal for hot keys.")

_TRIGGER_MODIFIERS = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Super": "LOGO"}
_TRIGGER_KEYS = {
    "Space": "space",
    "Backspace": "BackSpace",
    "Ins": "Insert",
    "Del": "Delete",
    "PgUp": "Page_Up",
    "PgDown": "Page_Down",
    "ScrollLock": "Scroll_Lock",
    "-": "minus",
    "=": "equal",
    "[": "bracketleft",
    "]": "bracketright",
    ";": "semicolon",
    "'": "apostrophe",
    ",": "comma",
    ".": "period",
    "/": "slash",
    "`": "grave",
    "\\": "backslash",
}
"""The names of xkbcommon for keys that are called otherwise here."""


def trigger_of(combination: KeyCombination) -> str:
    """The keys as the XDG shortcuts specification writes them: ``CTRL+ALT+n``."""
    modifiers, key = parts_of(combination)
    name = _TRIGGER_KEYS.get(key, key.lower() if len(key) == 1 else key)
    return "+".join([*(_TRIGGER_MODIFIERS[one] for one in MODIFIERS if one in modifiers), name])


class PortalHotKeys:
    """Works where the desktop's portal has global shortcuts. Raises ``Unavailable`` without a bus."""

    name = "portal"
    can_suspend = False

    def __init__(self, bus: Bus | None, titles: Mapping[str, str]) -> None:
        """``titles`` say what each hot key does, for the desktop to show."""
        if bus is None:
            raise Unavailable(N_("Without a session bus there is no portal for hot keys."))
        self._bus = bus
        self._titles = titles
        self._available: bool | None = None
        self._pressed: Callable[[str], None] = lambda name: None
        self._changed: Callable[[], None] = lambda: None
        self._keys: Mapping[str, KeyCombination] = {}
        self._owner: str | None = None
        self._session = ""
        """The path of the session that has the keys; empty while there is none."""
        self._is_looking = False
        self._requests = 0
        self._current: Callable[..., None] | None = None
        """What listens for the response to the present request."""
        self.troubles: dict[str, str] = {}
        self.notes: dict[str, str] = {}

    @property
    def available(self) -> bool | None:
        return self._available

    @property
    def detail(self) -> str:
        return LACKS if self._available is False else BY_PORTAL

    def start(self, pressed: Callable[[str], None], changed: Callable[[], None]) -> None:
        self._pressed, self._changed = pressed, changed
        self._bus.open()
        self._bus.watch_name(_NAME, self._owner_changed)
        self._bus.listen(_SHORTCUTS, "Activated", self._activated)
        self._bus.call(_BUS_ITSELF, "ListActivatableNames", done=self._startable)

    def bind(self, keys: Mapping[str, KeyCombination]) -> None:
        self._keys = keys
        self.troubles, self.notes = {}, {}
        self._end_session()
        if self._available and keys:
            self._ask_for_session()
        elif self._available is None and keys:
            self._look()

    def stop(self) -> None:
        self._end_session()
        self._bus.forget(self._owner_changed, self._startable, self._found, self._activated)

    # --- the portal ---------------------------------------------------------------------------------------------------

    def _startable(self, outcome: Outcome) -> None:
        """Learn whether the bus could start a portal: one that does not run is not started to be asked."""
        if self._owner is None and (isinstance(outcome, Failure) or _NAME not in outcome.body[0]):
            self._available = False
            self._changed()

    def _look(self) -> None:
        """Ask the portal, which starts it, whether it has global shortcuts."""
        if self._is_looking:
            return
        self._is_looking = True
        # Portals know a program that is not in a sandbox by this; an older one has no such interface.
        self._bus.call(_REGISTRY, "Register", "sa{sv}", APP_ID, {}, done=lambda _outcome: None)
        self._bus.call(_PROPERTIES, "Get", "ss", _SHORTCUTS.interface, "version", done=self._found)

    def _found(self, outcome: Outcome) -> None:
        self._is_looking = False
        self._available = not isinstance(outcome, Failure)
        if self._available and self._keys:
            self._ask_for_session()
        self._changed()

    def _owner_changed(self, owner: str | None) -> None:
        if owner == self._owner:
            return
        self._owner = owner
        self._forget_request()
        self._session = ""  # a portal that has ended takes its sessions along
        if owner is not None and self._available:
            self.bind(self._keys)
        elif owner is not None:
            self._look()

    def _ask_for_session(self) -> None:
        token = self._token()

        def responded(response: int, results: Mapping[str, Any]) -> None:
            if response != _DONE or "session_handle" not in results:
                self._refuse_all(response)
                return
            self._session = str(results["session_handle"][1])
            self._ask_for_keys()

        options = {"handle_token": ("s", token), "session_handle_token": ("s", token)}
        self._request(token, "CreateSession", "a{sv}", options, responded=responded)

    def _ask_for_keys(self) -> None:
        token = self._token()
        wanted = [
            (name, {"description": ("s", self._titles[name]), "preferred_trigger": ("s", trigger_of(combination))})
            for name, combination in self._keys.items()
        ]

        def responded(response: int, results: Mapping[str, Any]) -> None:
            if response != _DONE:
                self._refuse_all(response)
                return
            given = {
                name: str(about.get("trigger_description", ("s", ""))[1]) for name, about in results["shortcuts"][1]
            }
            for name, combination in self._keys.items():
                if not given.get(name):
                    self.troubles[name] = sentence(
                        "Your desktop has not given {keys} to NumbGuard. Choose another, or set it in your desktop's "
                        "settings.",
                        keys=combination,
                    )
                else:
                    self.notes[name] = sentence("Your desktop uses: {keys}", keys=given[name])
            self._changed()

        arguments = (self._session, wanted, "", {"handle_token": ("s", token)})
        self._request(token, "BindShortcuts", "oa(sa{sv})sa{sv}", *arguments, responded=responded)

    def _request(
        self,
        token: str,
        member: str,
        signature: str,
        *arguments: Any,
        responded: Callable[[int, Mapping[str, Any]], None],
    ) -> None:
        sender = self._bus.unique_name.removeprefix(":").replace(".", "_")
        request = Service(_NAME, f"{_PATH}/request/{sender}/{token}", _REQUEST)
        self._forget_request()

        def received(body: tuple[Any, ...]) -> None:
            if self._current is received:
                self._forget_request()
                responded(body[0], body[1])

        def answered(outcome: Outcome) -> None:
            if isinstance(outcome, Failure) and self._current is received:
                self._forget_request()
                if outcome != NO_BUS:
                    self._refuse_all(None)

        self._current = received
        self._bus.listen(request, "Response", received)
        self._bus.call(_SHORTCUTS, member, signature, *arguments, done=answered)

    def _forget_request(self) -> None:
        if self._current:
            self._bus.forget(self._current)
            self._current = None

    def _refuse_all(self, response: int | None) -> None:
        if response == _CANCELLED:
            words = N_("You told your desktop not to give NumbGuard these keys. Set them again to be asked again.")
        else:
            words = N_("Your desktop refused these keys. Choose others.")
        self.troubles = dict.fromkeys(self._keys, words)
        self._end_session()
        self._changed()

    def _end_session(self) -> None:
        self._forget_request()
        if self._session:
            self._bus.call(Service(_NAME, self._session, _SESSION), "Close")
            self._session = ""

    def _activated(self, body: tuple[Any, ...]) -> None:
        session, name = body[:2]
        if session == self._session:
            self._pressed(name)

    def _token(self) -> str:
        self._requests += 1
        return f"numbguard{self._requests}"
