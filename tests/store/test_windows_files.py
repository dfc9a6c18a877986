"""Renaming while another program holds the file open: waited for, for a moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from numbguard.store.windows_files import replace_patiently


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
