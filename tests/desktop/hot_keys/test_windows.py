"""Hot keys on Windows, with a stand-in for its table of hot keys."""

from __future__ import annotations

from numbguard.core.settings.key_combination import read_combination
from numbguard.desktop.hot_keys.keys import HotKeys
from numbguard.desktop.hot_keys.windows import WindowsHotKeys


class Table:
    def __init__(self) -> None:
        self.keys: dict[int, tuple[int, int]] = {}
        self.error = 0

    def register(self, id: int, modifiers: int, key: int) -> int:
        if not self.error:
            self.keys[id] = modifiers, key
        return self.error

    def unregister(self, id: int) -> None:
        del self.keys[id]


def test_a_hot_key_is_registered_heard_and_given_back(qapp: object) -> None:
    table, pressed = Table(), list[str]()
    backend = WindowsHotKeys(table)
    keys = HotKeys([backend])
    keys.start(pressed.append)
    keys.follow({"log": read_combination("Ctrl+Alt+N"), "break_now": read_combination("Win+Shift+F5")})
    assert sorted(table.keys.values()) == [(0x4003, ord("N")), (0x400C, 0x74)]
    for id, found in table.keys.items():
        if found == (0x4003, ord("N")):
            backend.received(id)
    backend.received(7)
    assert pressed == ["log"]
    keys.stop()
    assert table.keys == {}


def test_a_conflict_is_said(qapp: object) -> None:
    table = Table()
    table.error = 1409
    keys = HotKeys([WindowsHotKeys(table)])
    keys.start(lambda name: None)
    keys.follow({"log": read_combination("Ctrl+Alt+N")})
    assert keys.trouble("log") == "Another program already uses Ctrl+Alt+N. Choose another."
    table.error = 5
    keys.follow({"log": read_combination("Ctrl+Alt+M")})
    assert keys.trouble("log") == "Windows refused Ctrl+Alt+M. Choose another."
    keys.stop()
