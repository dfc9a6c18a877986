"""A virtual desktop that never began leaves the working folder alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.desktop.virtual_desktop import VirtualDesktop


def test_closing_a_desktop_that_never_began_deletes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "work").touch()
    VirtualDesktop().close()
    assert (tmp_path / "work").exists()
