"""The recipes that cannot be run here name the program, its ids and its files as they are."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from numbguard import APP_ID
from numbguard.desktop.autostart.windows import NAME, RUN
from numbguard.desktop.windows_identity import APP_USER_MODEL_ID

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGING = CHECKOUT / "packaging"


def text(name: str) -> str:
    return (PACKAGING / name).read_text(encoding="utf-8")


def test_the_installer_of_windows_knows_the_programs_identity_and_its_run_key() -> None:
    recipe = text("windows/numbguard.iss")
    assert f'AppUserModelID: "{APP_USER_MODEL_ID}"' in recipe
    assert f'Subkey: "{RUN}"; ValueName: "{NAME}"' in recipe


def test_the_flatpak_has_the_apps_id_and_neither_network_nor_home() -> None:
    manifest = text(f"flatpak/{APP_ID}.yml")
    assert f"id: {APP_ID}\n" in manifest
    holes = re.findall(r"^  - (--\S+)$", manifest, re.M)
    assert "--share=network" not in holes
    assert [hole for hole in holes if hole.startswith("--filesystem")] == [
        "--filesystem=xdg-run/speech-dispatcher:ro",
        "--filesystem=xdg-config/autostart:ro",
    ]


def test_the_recipes_name_files_that_are_there() -> None:
    for name in ("appimage/build", "macos/build"):
        subprocess.run(["sh", "-n", PACKAGING / name], check=True)
        for place in re.findall(r"(?:^| )(packaging/[\w./-]+)", text(name), re.M):
            assert (CHECKOUT / place.rstrip(".")).exists(), place
    compile(text("bundle/numbguard.spec"), "numbguard.spec", "exec")


def test_a_recipe_that_was_never_run_says_so_first() -> None:
    for name, mark in (("windows/numbguard.iss", ";"), ("macos/build", "#")):
        lines = [line for line in text(name).splitlines() if not line.startswith("#!")]
        assert lines[0].startswith(f"{mark} Never run.")
