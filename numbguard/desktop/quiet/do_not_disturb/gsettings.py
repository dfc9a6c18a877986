"""Do-not-disturb of the desktops that keep it in GSettings: GNOME, Cinnamon, MATE and Pantheon.

dconf announces on the session bus which keys were written (``ca.desrt.dconf.Writer.Notify``). After that, and once the
bus is connected, ``gsettings get`` reads the value, which respects defaults, profiles and keys locked by an
administrator. No process runs in between. ``quiet.choose`` builds the switch; it runs on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from numbguard.core.sentence import N_, passage
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.messages import Service

from .gsettings_keys import TELLS, UNREADABLE, key_of_this_desktop
from .notification_service import ON

if TYPE_CHECKING:
    from PySide6.QtCore import QProcess

    from numbguard.desktop.dbus.bus import Bus

_BUS_ITSELF = "org.freedesktop.DBus"
_WRITER = Service("ca.desrt.dconf", "/ca/desrt/dconf/Writer/user", "ca.desrt.dconf.Writer")


class GSetting:
    """Follows one key: calls ``read`` with its value as ``gsettings`` prints it, or with ``None`` if it is unknown."""

    def __init__(self, bus: Bus, schema: str, name: str, read: Callable[[str | None], None]) -> None:
        self._bus = bus
        self._words = ["get", schema, name]
        self._read = read
        self._process: QProcess | None = None
        self._again = False

    def start(self) -> None:
        self._bus.listen(_WRITER, "Notify", self._written)
        # Read the value once we are connected, so that no change is missed, and again after the bus was away.
        self._bus.watch_name(_BUS_ITSELF, self._bus_changed)
        self._bus.open()

    def stop(self) -> None:
        self._bus.forget(self._written, self._bus_changed)
        process, self._process = self._process, None
        if process:
            process.finished.disconnect()
            process.errorOccurred.disconnect()
            process.kill()
            process.waitForFinished(200)
            process.deleteLater()

    def _bus_changed(self, owner: str | None) -> None:
        if owner:
            self._get()
        else:
            self._read(None)

    def _written(self, body: tuple[Any, ...]) -> None:
        """Handle ``Notify``: a path and the names written below it, or the path of a key and an empty name."""
        try:
            paths = [f"{body[0]}{one}" for one in body[1]]
        except (IndexError, TypeError):
            return
        if any(path.endswith(("/", f"/{self._words[2]}")) for path in paths):
            self._get()

    def _get(self) -> None:
        if self._process:
            self._again = True
            return
        from PySide6.QtCore import QProcess

        self._again = False
        self._process = process = QProcess()
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._failed)
        process.start("gsettings", self._words)

    def _ended(self, status: int, _how: object) -> None:
        output = bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace") if self._process else ""
        self._done(output.strip() if status == 0 else None)

    def _failed(self, error: QProcess.ProcessError) -> None:
        from PySide6.QtCore import QProcess

        if error is QProcess.ProcessError.FailedToStart:  # the other errors are followed by ``finished``
            self._done(None)

    def _done(self, value: str | None) -> None:
        if self._process:
            self._process.deleteLater()
            self._process = None
        self._read(value)
        if self._again:
            self._get()


class GSettingsSwitch:
    """Works while ``gsettings`` can read the key of this desktop."""

    def __init__(self, bus: Bus | None) -> None:
        if bus is None:
            raise Unavailable(N_("There is no session bus, so NumbGuard can't see changes to this desktop's settings."))
        self._bus = bus
        self._key = key = key_of_this_desktop()
        self.name = key.desktop.removeprefix("X-").lower()
        self._setting = GSetting(bus, key.schema, key.name, self._value_read)
        self._value: str | None = None
        self._available: bool | None = None
        self._changed: Callable[[], None] = lambda: None

    @property
    def available(self) -> bool | None:
        return self._available

    @property
    def detail(self) -> str:
        if self._available:
            return TELLS
        return passage((UNREADABLE, self._bus.trouble))

    @property
    def reason(self) -> str | None:
        return ON if self._value == self._key.quiet else None

    def start(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._setting.start()

    def stop(self) -> None:
        self._setting.stop()

    def _value_read(self, value: str | None) -> None:
        self._value, self._available = value, value is not None
        self._changed()
