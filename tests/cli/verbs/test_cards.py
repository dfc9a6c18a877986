"""``numbguard cards``, ``cards import`` and ``cards export``, as a shell runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from numbguard.cli.main import main
from tests.store.cards.test_pack import GOOD


def test_cards_go_out_and_come_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack, shared = tmp_path / "practice.toml", tmp_path / "shared.toml"
    pack.write_text(GOOD, encoding="utf-8")
    here, there = (["--profile", str(tmp_path / name)] for name in ("here", "there"))
    assert main([*here, "cards", "import", str(pack)]) == 0
    assert capsys.readouterr().out == "Imported heel-slides, my-quad, evening.\n"
    assert main(["cards", "import", str(pack), *here]) == 0
    assert capsys.readouterr().out == "You already have all of these.\n"
    assert main([*here, "cards", "export", str(shared)]) == 0
    capsys.readouterr()
    assert main([*there, "cards", "import", str(shared), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"cards": ["heel-slides", "my-quad"], "routines": ["evening"]}
    assert main([*there, "cards", "--json"]) == 0
    assert {"heel-slides", "quad"} <= {one["slug"] for one in json.loads(capsys.readouterr().out)}


def test_a_bad_pack_fails_with_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = tmp_path / "practice.toml"
    pack.write_text(GOOD.replace("seconds = 60", "seconds = soon"), encoding="utf-8")
    assert main(["--profile", str(tmp_path / "p"), "cards", "import", str(pack)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "this is not valid TOML" in said and "Nothing was imported." in said
