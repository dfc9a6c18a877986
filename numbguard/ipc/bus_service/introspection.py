"""The description that the service gives of itself (D-Bus specification, "Introspection data format"). Pure."""

from __future__ import annotations

from .names import INTERFACE, INTROSPECTABLE, METHODS, PATH, PEER, PROPERTIES, READABLE, SIGNALS, Parts

_HEAD = """<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
"""
_STANDARD = f"""  <interface name="{INTROSPECTABLE}">
    <method name="Introspect"><arg name="xml" type="s" direction="out"/></method>
  </interface>
  <interface name="{PEER}">
    <method name="Ping"/>
    <method name="GetMachineId"><arg name="id" type="s" direction="out"/></method>
  </interface>
"""
_PROPERTIES_TOO = f"""  <interface name="{PROPERTIES}">
    <method name="Get">
      <arg name="interface" type="s" direction="in"/>
      <arg name="name" type="s" direction="in"/>
      <arg name="value" type="v" direction="out"/>
    </method>
    <method name="GetAll">
      <arg name="interface" type="s" direction="in"/>
      <arg name="values" type="a{{sv}}" direction="out"/>
    </method>
    <method name="Set">
      <arg name="interface" type="s" direction="in"/>
      <arg name="name" type="s" direction="in"/>
      <arg name="value" type="v" direction="in"/>
    </method>
    <signal name="PropertiesChanged">
      <arg name="interface" type="s"/>
      <arg name="changed" type="a{{sv}}"/>
      <arg name="invalidated" type="as"/>
    </signal>
  </interface>
"""
_CHANGES = "org.freedesktop.DBus.Property.EmitsChangedSignal"


def description_of(path: str) -> str | None:
    """The XML for an object path: NumbGuard's object, or a path that leads to it; ``None`` for any other."""
    if path == PATH:
        return f"{_HEAD}<node>\n{_STANDARD}{_PROPERTIES_TOO}{_own_interface()}</node>\n"
    before = path.rstrip("/") + "/"
    if not PATH.startswith(before):
        return None
    child = PATH.removeprefix(before).partition("/")[0]
    return f'{_HEAD}<node>\n{_STANDARD}  <node name="{child}"/>\n</node>\n'


def _own_interface() -> str:
    lines = [f'  <interface name="{INTERFACE}">']
    for method in METHODS:
        lines.append(f'    <method name="{method.name}">')
        lines += _arguments(method.takes, ' direction="in"') + _arguments(method.gives, ' direction="out"')
        lines.append("    </method>")
    for signal in SIGNALS.values():
        lines.append(f'    <signal name="{signal.name}">')
        lines += _arguments(signal.carries, "")
        lines.append("    </signal>")
    for name in READABLE:
        lines.append(f'    <property name="{name}" type="s" access="read">')
        lines.append(f'      <annotation name="{_CHANGES}" value="{"true" if name == "State" else "const"}"/>')
        lines.append("    </property>")
    return "\n".join([*lines, "  </interface>\n"])


def _arguments(parts: Parts, direction: str) -> list[str]:
    return [f'      <arg name="{name}" type="{kind}"{direction}/>' for name, kind in parts]
