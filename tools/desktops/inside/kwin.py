"""Takes a picture of the whole desktop by KWin, under Wayland: ``kwin.py FILE``."""

import os
import subprocess
import sys

from gi.repository import Gio, GLib

NAME, PATH, INTERFACE = "org.kde.KWin", "/org/kde/KWin/ScreenShot2", "org.kde.KWin.ScreenShot2"
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
reads, writes = os.pipe()
channel = Gio.UnixFDList.new()
handle = channel.append(writes)
os.close(writes)
options = {"include-cursor": GLib.Variant("b", True)}
answer, _channel = bus.call_with_unix_fd_list_sync(
    NAME, PATH, INTERFACE, "CaptureWorkspace", GLib.Variant("(a{sv}h)", (options, handle)), None,
    Gio.DBusCallFlags.NONE, 20_000, channel, None,
)  # fmt: skip
del channel
(about,) = answer.unpack()
with os.fdopen(reads, "rb") as file:
    pixels = file.read(about["stride"] * about["height"])
size = f"{about['width']}x{about['height']}"
subprocess.run(
    ["convert", "-size", size, "-depth", "8", "bgra:-", "-alpha", "off", sys.argv[1]], input=pixels, check=True
)
