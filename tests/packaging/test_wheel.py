"""The wheel, installed into an empty environment as `pipx install` would do, completes a whole cycle.

The environment contains only the wheel and the distributions that it requires (and those that they require), so a
dependency that is used but not declared, or a file missing from the wheel, fails here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tools.desktop.app_process import AppProcess, wait_until
from tools.translations.compiled import language_of, po_files

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(CHECKOUT))
    (built,) = out.glob("numbguard-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `numbguard` command of an environment with only the wheel and its requirements."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "env", with_pip=False, symlinks=True)
    python = folder / "env" / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", str(python), "install", "--no-index", "--no-deps", str(wheel))
    site = Path(run(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    needed = folder / "needed"
    needed.mkdir()
    for name in sorted(closure("numbguard", of=wheel_requirements(wheel))):
        link_into(needed, distribution(name))
    (site / "needed.pth").write_text(f"{needed}\n", encoding="utf-8")
    return folder / "env" / "bin" / "numbguard"


@pytest.fixture
def app(installed: Path, tmp_path: Path) -> Iterator[Installed]:
    """The installed app, running without a display."""
    home = tmp_path / "home"
    (home / "run").mkdir(parents=True, mode=0o700)
    env = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={home / 'no-bus'}",
        "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={home / 'no-bus'}",
        "QT_QPA_PLATFORM": "offscreen",
    }
    profile = home / "profile"
    process = AppProcess([str(installed), "run", "--profile", str(profile)], env=env, profile=profile)
    running = Installed(installed, process)
    wait_until(running.answers, 20, what=lambda: f"the app to answer; it said: {process.output}", every=0.1)
    yield running
    process.stop()


class Installed:
    """The installed command, and the app that runs from it."""

    def __init__(self, command: Path, process: AppProcess) -> None:
        self._command = command
        self.process = process

    def answers(self) -> bool:
        assert self.process.running, self.process.output
        return bool(self.ask("status")["running"])

    def tell(self, *words: str) -> str:
        return run(str(self._command), *words, "--profile", str(self.process.profile), env=self.process.env)

    def ask(self, *words: str) -> Any:
        return json.loads(self.tell(*words, "--json"))

    def phase(self) -> str | None:
        current = self.ask("status")["break"]
        return current["phase"] if current else None


def test_the_data_is_in_the_wheel(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    for file in (CHECKOUT / "resources").rglob("*"):
        if file.is_file() and file.suffix not in (".po", ".pot"):
            assert f"numbguard/_resources/{file.relative_to(CHECKOUT / 'resources').as_posix()}" in inside
    assert "numbguard/py.typed" in inside
    # Compiled by the build hook; what translators edit stays behind.
    assert "numbguard/_resources/locale/en/formats.json" in inside
    for po in po_files():
        assert f"numbguard/_resources/locale/{language_of(po)}/LC_MESSAGES/numbguard.mo" in inside
    assert not [name for name in inside if name.endswith((".po", ".pot"))]
    assert not [name for name in inside if name.startswith(("tests/", "docs/", "packaging/"))]


def test_the_installed_command_is_the_wheel_and_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    program = "import numbguard; from numbguard.resources import resources; print(numbguard.__file__, resources())"
    found = run(str(installed.with_name("python")), "-c", program, cwd=tmp_path).split()
    environment = installed.parents[1]
    assert all(environment in Path(path).parents for path in found)


def test_one_cycle_from_the_wheel(app: Installed) -> None:
    app.tell("break", "start")
    assert app.phase() == "card"
    app.tell("break", "done")
    assert app.phase() == "after"
    app.tell("break", "done")
    assert app.phase() is None
    assert [taken["outcome"] for taken in app.ask("breaks")] == ["moved"]

    app.tell("log", "--side", "left")
    app.tell("gone")
    (episode,) = app.ask("episodes")
    assert episode["side"] == "left"
    assert episode["ended_at"] is not None
    assert episode["context"]["since_break_s"] is not None

    assert len(app.ask("cards")) >= 1
    app.tell("quit")
    assert app.process.wait(10) == 0


def wheel_requirements(wheel: Path) -> list[str]:
    """Return the wheel's requirements as its metadata states them."""
    with zipfile.ZipFile(wheel) as files:
        (name,) = (name for name in files.namelist() if name.endswith(".dist-info/METADATA"))
        lines = files.read(name).decode("utf-8").splitlines()
    return [line.removeprefix("Requires-Dist: ") for line in lines if line.startswith("Requires-Dist: ")]


def closure(name: str, *, of: list[str]) -> set[str]:
    """Return the names of all required distributions and of those they require in turn, without extras."""
    found: set[str] = set()
    for requirement in map(Requirement, of):
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        needed = distribution(requirement.name)
        assert requirement.specifier.contains(needed.version, prereleases=True), f"{name} asks for {requirement}"
        found |= {requirement.name} | closure(requirement.name, of=list(needed.requires or ()))
    return found


def link_into(folder: Path, needed: Distribution) -> None:
    """Link a distribution's modules into a folder, as if it were installed there."""
    tops = {Path(file).parts[0] for file in needed.files or ()} - {"..", "__pycache__"}
    for top in tops:
        link = folder / top
        if not link.exists():
            link.symlink_to(Path(str(needed.locate_file(top))))


def run(*command: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=env or clean, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout
