"""The page that explains the counting names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_every_test_that_the_page_names_exists():
    page = (ROOT / "docs/COUNTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", page))
    there = {name for file in (ROOT / "tests").rglob("test_*.py") for name in _tests(file)}
    assert named and named <= there, named - there


def _tests(file: Path) -> list[str]:
    return re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
