"""Autostart from within Flatpak's sandbox: the background portal writes the entry, outside of the sandbox.

The settings window and the first page call it through ``Autostart`` on the GUI thread. It follows the portal's
interface ``org.freedesktop.portal.Background`` (XDG Desktop Portal documentation). The portal cannot be asked for the
present state, so that is read from the entry, in the one folder of the person's home that the sandbox shows, read-only.
The portal's answer comes once the desktop has asked the person; nobody waits for it here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from numbguard import APP_ID
from numbguard.core.ports import AutostartError, AutostartState
from numbguard.core.sentence import N_

from .desktop_entry import is_true, read_entry

PATIENCE_S = 1.0
"""Seconds to wait for the portal to take the request."""
_REASON = "NumbGuard gets you up before your legs go numb, from when you log in."
_ASKED = N_("Your desktop was asked for that, and may ask you in turn.")


class PortalAutostart:
    def __init__(self, words: Sequence[str], *, environ: Mapping[str, str] | None = None) -> None:
        """``words``: the command within the sandbox, one item per word."""
        self._words = list(words)
        self._environ = os.environ if environ is None else environ
        self._asked: bool | None = None

    @property
    def path(self) -> Path:
        """The entry, as the portal names it; the sandbox's own ``$XDG_CONFIG_HOME`` is another folder."""
        return Path(self._environ.get("HOME", "~")).expanduser() / ".config" / "autostart" / f"{APP_ID}.desktop"

    def state(self) -> AutostartState:
        try:
            keys = read_entry(self.path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            keys = {}
        on = bool(keys) and not is_true(keys.get("Hidden"))
        if self._asked in (None, on):
            return AutostartState(on)
        return AutostartState(self._asked is True, detail=_ASKED)

    def set(self, on: bool) -> None:
        try:
            self._request(on)
        except Exception as error:  # whatever the bus or the portal raises, the person needs one sentence
            raise AutostartError(
                N_(
                    "The desktop's portal for background programs does not respond, so nothing was changed. "
                    "Use your desktop's own settings for starting programs."
                )
            ) from error
        self._asked = on

    def gone_program(self) -> str | None:
        """The portal's entry starts Flatpak, which removes it together with the app; so it is never left over."""
        return None

    def put_right(self) -> None:
        pass

    def _request(self, on: bool) -> None:
        from jeepney import DBusAddress, new_method_call
        from jeepney.io.blocking import open_dbus_connection
        from jeepney.wrappers import unwrap_msg

        portal = DBusAddress(
            "/org/freedesktop/portal/desktop",
            bus_name="org.freedesktop.portal.Desktop",
            interface="org.freedesktop.portal.Background",
        )
        options = {"reason": ("s", _REASON), "autostart": ("b", on), "commandline": ("as", self._words)}
        connection = open_dbus_connection(bus=self._environ.get("DBUS_SESSION_BUS_ADDRESS", "SESSION"))
        try:
            call = new_method_call(portal, "RequestBackground", "sa{sv}", ("", options))
            unwrap_msg(connection.send_and_get_reply(call, timeout=PATIENCE_S))
        finally:
            with suppress(OSError):
                connection.close()
