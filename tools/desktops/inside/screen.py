"""A second screen on a GNOME Shell without one of glass: Mutter adds it while this runs, and takes it away afterwards.

Mutter's ScreenCast makes a virtual monitor for a stream, as a remote desktop does, once somebody watches the stream.
"""

import subprocess
from typing import Any

from gi.repository import Gio, GLib

NAME = "org.gnome.Mutter.ScreenCast"
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
loop = GLib.MainLoop()


def call(path: str, interface: str, member: str, body: GLib.Variant | None = None) -> Any:
    return bus.call_sync(NAME, path, interface, member, body, None, Gio.DBusCallFlags.NONE, 20_000, None).unpack()


def watch(_bus: Any, _sender: str, _path: str, _interface: str, _signal: str, body: GLib.Variant) -> None:
    (node,) = body.unpack()
    caps = "video/x-raw,width=1024,height=768"
    subprocess.Popen(["gst-launch-1.0", "-q", "pipewiresrc", f"path={node}", "!", caps, "!", "fakesink"])


(session,) = call("/org/gnome/Mutter/ScreenCast", NAME, "CreateSession", GLib.Variant("(a{sv})", ({},)))
(stream,) = call(session, f"{NAME}.Session", "RecordVirtual", GLib.Variant("(a{sv})", ({},)))
bus.signal_subscribe(NAME, f"{NAME}.Stream", "PipeWireStreamAdded", stream, None, Gio.DBusSignalFlags.NONE, watch)
call(session, f"{NAME}.Session", "Start")
loop.run()
