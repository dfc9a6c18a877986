"""The Run key of Windows, on a stand-in for the registry; `./dev windows` sets and deletes the true one under Wine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from numbguard.core.ports import AutostartError
from numbguard.desktop.autostart.windows import APPROVED, NAME, RUN, RunKey

COMMAND = (r"C:\Program Files\NumbGuard\numbguardw.exe", "run", "--minimised")
LINE = r'"C:\Program Files\NumbGuard\numbguardw.exe" run --minimised'


class Registry:
    """Stands in for ``winreg``: values by key and name."""

    HKEY_CURRENT_USER, KEY_SET_VALUE, REG_SZ = 1, 2, 1

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], object] = {}
        self.may_be_written = True

    @contextmanager
    def OpenKey(self, _root: int, path: str) -> Iterator[str]:
        if not any(key == path for key, _ in self.values):
            raise FileNotFoundError
        yield path

    @contextmanager
    def CreateKeyEx(self, _root: int, path: str, _reserved: int, _access: int) -> Iterator[str]:
        if not self.may_be_written:
            raise PermissionError(13, "Access is denied")
        yield path

    def QueryValueEx(self, key: str, name: str) -> tuple[object, int]:
        try:
            return self.values[key, name], self.REG_SZ
        except KeyError:
            raise FileNotFoundError from None

    def SetValueEx(self, key: str, name: str, _reserved: int, _kind: int, value: object) -> None:
        self.values[key, name] = value

    def DeleteValue(self, key: str, name: str) -> None:
        if (key, name) not in self.values:
            raise FileNotFoundError
        del self.values[key, name]


@pytest.fixture
def registry() -> Registry:
    return Registry()


def test_it_is_one_value_that_comes_and_goes(registry: Registry) -> None:
    run_key = RunKey(COMMAND, registry=registry)
    assert not run_key.state().on
    run_key.set(True)
    assert registry.values == {(RUN, NAME): LINE}
    assert run_key.state().on
    run_key.set(False)
    run_key.set(False)
    assert registry.values == {}
    assert not run_key.state().declined


def test_what_the_task_manager_has_switched_off_is_off_until_it_is_switched_on_here(registry: Registry) -> None:
    run_key = RunKey(COMMAND, registry=registry)
    run_key.set(True)
    registry.values[APPROVED, NAME] = b"\x03\0\0\0"
    state = run_key.state()
    assert (state.on, state.declined) == (False, True)
    assert "Task Manager" in state.detail
    run_key.set(True)
    assert registry.values == {(RUN, NAME): LINE}


def test_another_numbguard_that_is_started_is_said(registry: Registry) -> None:
    registry.values[RUN, NAME] = "numbguard.exe run"
    assert "numbguard.exe run" in RunKey(COMMAND, registry=registry).state().detail


def test_a_registry_that_may_not_be_written_is_told_in_a_sentence(registry: Registry) -> None:
    registry.may_be_written = False
    with pytest.raises(AutostartError, match=r"could not be changed \(Access is denied\)\. Use Startup apps"):
        RunKey(COMMAND, registry=registry).set(True)


def test_where_there_is_no_registry_it_is_off_and_cannot_be_switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "winreg", None)
    run_key = RunKey(COMMAND)
    assert not run_key.state().on
    with pytest.raises(AutostartError, match="there is none"):
        run_key.set(True)
