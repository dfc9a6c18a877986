"""NumbGuard finds the data that ships with it in a checkout, a wheel and a frozen bundle."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import numbguard.resources
from numbguard.resources import resource, resources

ASK = "import numbguard.resources as r; print(r.resources())"


def ask(folder: Path, before: str = "pass") -> str:
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; {before}; {ASK}"], cwd=folder, capture_output=True, text=True
    )
    return run.stdout.strip() or run.stderr.strip().splitlines()[-1]


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A package named ``numbguard`` that has only the module ``resources``, with nothing beside it."""
    package = tmp_path / "numbguard"
    package.mkdir()
    (package / "__init__.py").write_text("")
    shutil.copy(numbguard.resources.__file__, package)
    return tmp_path


def test_a_checkout_has_them_beside_the_package() -> None:
    assert (resources() / "cards").is_dir()
    assert resource("cards", "quad.toml") == resources() / "cards" / "quad.toml"


def test_a_wheel_has_them_in_the_package_whatever_lies_beside_it(installed: Path) -> None:
    (installed / "numbguard" / "_resources").mkdir()
    (installed / "resources").mkdir()
    assert ask(installed) == str(installed / "numbguard" / "_resources")


@pytest.mark.parametrize("place", ["resources", "numbguard/_resources"])
def test_a_frozen_bundle_has_them_where_it_was_unpacked(installed: Path, place: str) -> None:
    bundle = installed / "bundle"
    (bundle / place).mkdir(parents=True)
    assert ask(installed, f"sys._MEIPASS = {str(bundle)!r}") == str(bundle / place)


def test_where_they_are_missing_a_sentence_says_so(installed: Path) -> None:
    assert "Your log and settings are untouched. Install NumbGuard again." in ask(installed)
