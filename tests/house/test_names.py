"""A name says one thing in the whole house."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2] / "numbguard"


def test_a_public_class_name_is_used_once() -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for module in sorted(HOUSE.rglob("*.py")):
        for part in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(part, ast.ClassDef) and not part.name.startswith("_"):
                places[part.name].append(module.relative_to(HOUSE).as_posix())
    assert len(places) > 300
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
