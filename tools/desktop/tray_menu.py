"""Finds an app's tray icon as the panel does, reads it, clicks it, and clicks the entries of its menu.

The end-to-end tests and the tour call it on their own thread. The icon is a StatusNotifierItem on the session bus, and
its menu implements com.canonical.dbusmenu; a click is the same message that a panel would send.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress

from tools.desktop.app_process import PATIENCE_S, WaitError, wait_until
from tools.desktop.session_bus import TRAY_WATCHER, BusFailure, call, get_property, process_of

_ITEM = "org.kde.StatusNotifierItem"
_MENU = "com.canonical.dbusmenu"


@dataclass(frozen=True)
class Entry:
    """One entry of a tray menu; separators have no label."""

    id: int
    label: str
    enabled: bool
    checked: bool
    separator: bool
    entries: tuple[Entry, ...] = ()

    def walk(self) -> Iterator[Entry]:
        """Yield this entry and all below it, top to bottom."""
        yield self
        for entry in self.entries:
            yield from entry.walk()


@dataclass(frozen=True)
class IconPicture:
    """One size of a tray icon: alpha, red, green and blue bytes, row by row."""

    width: int
    height: int
    argb: bytes


class TrayIcon:
    """The tray icon of one process, as every client of the bus sees it."""

    def __init__(self, bus: str, item: DBusAddress) -> None:
        self._bus = bus
        self._item = item

    @classmethod
    def of(cls, bus: str, pid: int, timeout: float = PATIENCE_S) -> TrayIcon:
        """Wait until the process has a tray icon and return it; raises `WaitError`."""
        found = wait_until(lambda: find(bus, pid), timeout, what=f"a tray icon of process {pid}")
        assert found is not None
        return cls(bus, found)

    # Contents

    @property
    def tool_tip(self) -> str:
        """The tool tip's title and text, each on its own line."""
        _icon_name, _pictures, title, text = get_property(self._bus, self._item, "ToolTip")
        return "\n".join(part for part in (title, text) if part)

    @property
    def title(self) -> str:
        return str(get_property(self._bus, self._item, "Title"))

    @property
    def status(self) -> str:
        """Passive, Active or NeedsAttention."""
        return str(get_property(self._bus, self._item, "Status"))

    @property
    def pictures(self) -> list[IconPicture]:
        """The icon in every size that it offers now."""
        sizes = get_property(self._bus, self._item, "IconPixmap")
        return [IconPicture(width, height, bytes(pixels)) for width, height, pixels in sizes]

    # Actions

    def left_click(self) -> None:
        call(self._bus, self._item, "Activate", "ii", 0, 0)

    def middle_click(self) -> None:
        call(self._bus, self._item, "SecondaryActivate", "ii", 0, 0)

    def menu(self) -> tuple[Entry, ...]:
        """Open the menu and return its entries, with those of its submenus."""
        menu = self._menu
        call(self._bus, menu, "AboutToShow", "i", 0)
        _revision, root = call(self._bus, menu, "GetLayout", "iias", 0, -1, [])
        entries = _entry(root).entries
        for entry in entries:
            # A submenu may be filled only when it opens.
            if entry.entries or _has_submenu(root, entry.id):
                call(self._bus, menu, "AboutToShow", "i", entry.id)
        _revision, root = call(self._bus, menu, "GetLayout", "iias", 0, -1, [])
        return _entry(root).entries

    def labels(self) -> list[str]:
        """Return the labels of the menu, top to bottom, without those in submenus."""
        return [entry.label for entry in self.menu() if not entry.separator]

    def entry(self, label: str) -> Entry:
        """Return the entry with this label, anywhere in the menu; `Pause > 1 h` names one in a submenu."""
        return _find(self.menu(), label)

    def choose(self, label: str, *, times: int = 1) -> None:
        """Click the entry with this label, as the panel would; several times as quickly as a double click."""
        entry = self.entry(label)
        if not entry.enabled:
            raise AssertionError(f"The menu entry {label!r} is greyed out.")
        menu = self._menu
        for _click in range(times):
            call(self._bus, menu, "Event", "isvu", entry.id, "clicked", ("i", 0), 0)

    @property
    def _menu(self) -> DBusAddress:
        path = get_property(self._bus, self._item, "Menu")
        return DBusAddress(path, self._item.bus_name, _MENU)


def find(bus: str, pid: int) -> DBusAddress | None:
    """Return the address of the tray icon that a process has registered, or None."""
    try:
        for registered in get_property(bus, TRAY_WATCHER, "RegisteredStatusNotifierItems"):
            # ":1.7/StatusNotifierItem", "org.kde.StatusNotifierItem-42-1/StatusNotifierItem" or a bare name
            name, slash, path = registered.partition("/")
            if _belongs_to(process_of(bus, name), pid):
                return DBusAddress(slash + path or "/StatusNotifierItem", name, _ITEM)
    except BusFailure:
        return None
    return None


def _belongs_to(process: int, pid: int) -> bool:
    """Whether a process is an app or one of the same session, such as the bus proxy of an app in Flatpak's sandbox."""
    try:
        return process == pid or os.getsid(process) == pid
    except ProcessLookupError:
        return False


def _entry(node: Any) -> Entry:
    entry_id, properties, children = node
    values = {name: value for name, (_signature, value) in properties.items()}
    return Entry(
        id=entry_id,
        label=_plain(values.get("label", "")),
        enabled=values.get("enabled", True),
        checked=values.get("toggle-state", 0) == 1,
        separator=values.get("type") == "separator",
        entries=tuple(_entry(child) for _signature, child in children if _is_visible(child)),
    )


def _is_visible(node: Any) -> bool:
    return bool(node[1].get("visible", ("b", True))[1])


def _has_submenu(root: Any, entry_id: int) -> bool:
    return any(
        node[0] == entry_id and node[1].get("children-display", ("s", ""))[1] == "submenu"
        for _signature, node in root[2]
    )


def _plain(label: str) -> str:
    """Return a label without access-key marks: one underscore marks a letter, two are an underscore."""
    return label.replace("__", "\0").replace("_", "").replace("\0", "_")


def _find(entries: tuple[Entry, ...], label: str) -> Entry:
    above, arrow, below = label.partition(" > ")
    if arrow:
        return _find(_find(entries, above).entries, below)
    everything = [entry for top in entries for entry in top.walk()]
    for fits in (str.__eq__, str.startswith):
        for entry in everything:
            if fits(entry.label, label):
                return entry
    raise WaitError(f"The tray menu has no entry {label!r}, but {[entry.label for entry in everything]}")
