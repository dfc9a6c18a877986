"""As much of GDM as GNOME Shell needs to let itself be locked: its name on the system bus. Run as root."""

from gi.repository import Gio, GLib

NAME, PATH = "org.gnome.DisplayManager", "/org/gnome/DisplayManager/Manager"
INTERFACE = """
<node>
  <interface name="org.gnome.DisplayManager.Manager">
    <method name="RegisterSession"><arg type="a{sv}" direction="in"/></method>
    <method name="RegisterDisplay"><arg type="a{ss}" direction="in"/></method>
    <property name="Version" type="s" access="read"/>
  </interface>
</node>
"""


def serve(bus: Gio.DBusConnection, _name: str) -> None:
    interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
    bus.register_object(
        PATH, interface, lambda *call: call[-1].return_value(None), lambda *_: GLib.Variant("s", "43.0"), None
    )


Gio.bus_own_name(Gio.BusType.SYSTEM, NAME, Gio.BusNameOwnerFlags.NONE, serve, None, None)
GLib.MainLoop().run()
