"""Renaming while another program holds the file open: waited for, for a moment."""

from __future__ import annotations

import ctypes
from pathlib import Path, PureWindowsPath

import pytest

from numbguard.store.windows_files import InUseError, is_on_network, refuse_used, replace_patiently
from tests.only_on_unix import ON_WINDOWS


@pytest.mark.parametrize(("refusals", "replaced"), [(0, True), (3, True), (10_000, False)])
def test_a_file_that_is_held_open_is_waited_for_and_then_left_as_it_was(
    refusals: int, replaced: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, target = tmp_path / "fresh", tmp_path / "target"
    fresh.write_text("new")
    target.write_text("old")
    tries: list[Path] = []
    really = Path.replace

    def refusing(path: Path, to: Path) -> Path:
        tries.append(path)
        if len(tries) <= refusals:
            raise PermissionError(13, "held open")
        return really(path, to)

    monkeypatch.setattr(Path, "replace", refusing)
    if replaced:
        replace_patiently(fresh, target)
    else:
        with pytest.raises(PermissionError):
            replace_patiently(fresh, target)
    assert target.read_text() == ("new" if replaced else "old")


@pytest.mark.skipif(not ON_WINDOWS, reason="elsewhere a file that is open can be moved")
def test_a_file_that_is_open_is_told_from_one_that_is_not(tmp_path: Path) -> None:
    log = tmp_path / "log"
    refuse_used(log)  # there is none
    log.write_text("content")
    refuse_used(log)
    with log.open("rb"), pytest.raises(InUseError):
        refuse_used(log)
    refuse_used(log)
    assert log.read_text() == "content"


class Kernel:
    """Stands in for kernel32: drive Z is one of another computer (4), all others are disks of this one (3)."""

    def GetDriveTypeW(self, root: ctypes.c_wchar_p) -> int:
        return 4 if root.value == "Z:\\" else 3


@pytest.mark.parametrize(
    ("path", "on_network"),
    [
        ("C:\\Users\\Zoë\\numbguard.db", False),
        ("Z:\\numbguard\\numbguard.db", True),
        ("\\\\server\\share\\numbguard.db", True),
        ("\\\\?\\C:\\numbguard.db", False),
    ],
)
def test_a_file_on_another_computer_is_known_by_its_name_or_its_drive(
    path: str, on_network: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Given(PureWindowsPath):
        def absolute(self) -> PureWindowsPath:
            return self

    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("ctypes.CDLL", lambda _name: Kernel())
    assert is_on_network(Given(path)) is on_network  # type: ignore[arg-type]
