"""Holds Plasma's do-not-disturb, as its own switch and a screen recorder do, for the number of seconds given."""

import sys
import time

from gi.repository import Gio, GLib

NAME = "org.freedesktop.Notifications"
bus = Gio.bus_get_sync(Gio.BusType.SESSION)  # kept, as the inhibition ends with the connection
bus.call_sync(
    NAME, "/org/freedesktop/Notifications", NAME, "Inhibit",
    GLib.Variant("(ssa{sv})", ("org.kde.konsole", "a talk", {})), None, Gio.DBusCallFlags.NONE, 3000, None,
)  # fmt: skip
time.sleep(float(sys.argv[1]))
