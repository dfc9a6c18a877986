"""`./dev setup` in a fresh clone installs the lock and nothing else, and says why if it cannot.

The clone contains what setup reads; pip's index is a folder made for the test. It contains stand-ins for the locked
packages, each with a newer release beside it. Their names, versions and requirements are real; their modules are not,
except for those that build NumbGuard.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.tomorrow_index import lay_out, make_wheel, sha256

CHECKOUT = Path(__file__).resolve().parents[2]
LOCKED = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>\S+)(?P<marker> ;[^\\]*)? \\$", re.MULTILINE)
AT_WORK = ("hatchling", "packaging", "pathspec", "pip", "pluggy", "trove-classifiers")
"""The packages that install and build NumbGuard itself: these stand-ins contain the real modules."""
FIRST_PIP = {
    (3, 11): ("22.3", "1daab4b8d3b97d1d763caeb01a4640a2250a0ea899e257b1e44b9eded91e15ab"),
    (3, 12): ("23.2.1", "7ccf472345f20d35bdc9d1841ff5f313260c2c33fe417f48c30ac46cccabf5be"),
    (3, 13): ("24.2", "2cd581cf58ab7fcfca4ce8efa6dcacd0de5bf8d0a3eb9ec927e07405f4d9e2a2"),
    (3, 14): ("25.2", "6d67a2b4e7f14d8b31b8b52648866fa717f45a1eb70e83002f4331d07e953717"),
}
"""The pip that came with the first release of each Python, and the hash of its wheel."""


BROUGHT = {"dev", "pyproject.toml", "README.md", "LICENSE", "packaging", "numbguard", "tools"}
"""The parts of a clone that setup reads."""


@dataclass(frozen=True)
class Tomorrow:
    """An index in which every locked package has a newer release, and a lock with the hashes of its files."""

    index: Path
    lock: str
    versions: dict[str, str]


@pytest.fixture(scope="session")
def tomorrow(tmp_path_factory: pytest.TempPathFactory) -> Tomorrow:
    folder = tmp_path_factory.mktemp("tomorrow")
    (folder / "wheels").mkdir()
    lines, versions = ["# The lock, with the hashes of the stand-ins."], {}
    for locked in LOCKED.finditer((CHECKOUT / "packaging" / "requirements.lock").read_text(encoding="utf-8")):
        name, version, marker = locked["name"], locked["version"], locked["marker"] or ""
        # pip would replace itself by a stand-in.
        if not applies(name, marker) or name == "pip":
            continue
        wheel = stand_in(folder / "wheels", distribution(name), version)
        lines.append(f"{name}=={version}{marker} --hash=sha256:{sha256(wheel)}")
        versions[str(canonicalize_name(name))] = version
    lay_out(folder / "index", (folder / "wheels").glob("*.whl"))
    assert {"pyside6-essentials", "pytest-cov", "coverage"} <= versions.keys()
    return Tomorrow(folder / "index", "\n".join(lines) + "\n", versions)


def applies(name: str, marker: str) -> bool:
    found = Requirement(f"{name}{marker}").marker
    return found is None or found.evaluate()


def stand_in(folder: Path, original: Distribution, version: str) -> Path:
    name = original.metadata["Name"]
    files = {}
    if canonicalize_name(name) in AT_WORK:
        for file in original.files or ():
            if ".dist-info" not in file.parts[0] and ".." not in file.parts and file.suffix != ".pyc":
                files[file.as_posix()] = file.read_binary()
    return make_wheel(folder, name, version, needs=original.requires or (), files=files)


@functools.cache
def compiled_pip() -> Path:
    """A copy of this environment's pip with its bytecode, which each clone would otherwise compile anew."""
    folder = Path(tempfile.mkdtemp(prefix="numbguard-pip-"))
    atexit.register(shutil.rmtree, folder)
    shutil.copytree(str(distribution("pip").locate_file("pip")), folder / "pip")
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(folder / "pip")], check=True)
    return folder / "pip"


class Clone:
    """A fresh clone: a folder with what `./dev setup` reads, and environment variables that name tomorrow's index."""

    def __init__(self, folder: Path, tomorrow: Tomorrow) -> None:
        self.folder, self._tomorrow = folder, tomorrow
        folder.mkdir(parents=True)
        for name in ("dev", "pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(CHECKOUT / name, folder)
        (folder / "packaging").mkdir()
        (folder / "numbguard").mkdir()
        shutil.copy(CHECKOUT / "numbguard" / "__init__.py", folder / "numbguard")
        hook = folder / "tools" / "translations" / "build_hook.py"
        hook.parent.mkdir(parents=True)
        shutil.copy(CHECKOUT / "tools" / "translations" / "build_hook.py", hook)
        self.lock = folder / "packaging" / "requirements.lock"
        self.lock.write_text(tomorrow.lock, encoding="utf-8")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
        self.env = kept | {
            "PYTHON": python_with(compiled_pip(), folder.parent),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": tomorrow.index.as_uri(),
            "PIP_RETRIES": "0",
            "PIP_NO_COMPILE": "1",
            "LC_ALL": "C",
        }

    def setup(self, *wrapper: str, **changes: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*wrapper, "./dev", "setup"],
            cwd=self.folder,
            env=self.env | changes,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    def start_setup(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["./dev", "setup"], cwd=self.folder, env=self.env, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE
        )

    def installed(self) -> dict[str, str]:
        """Return the distributions in the clone's environment, without NumbGuard and without setuptools from `venv`."""
        program = (
            "import importlib.metadata as m, json; print(json.dumps({d.name: d.version for d in m.distributions()}))"
        )
        done = subprocess.run(
            [self.folder / ".venv" / "bin" / "python", "-c", program], env=self.env, capture_output=True, check=True
        )
        found = {str(canonicalize_name(name)): version for name, version in json.loads(done.stdout).items()}
        found.pop("numbguard")
        brought_by_venv = {"pip", "setuptools"} - self._tomorrow.versions.keys()
        return {name: found[name] for name in found if name not in brought_by_venv}

    def leftovers(self) -> set[str]:
        """Return the files in the folder that a fresh clone does not have."""
        return {path.name for path in self.folder.iterdir()} - BROUGHT


@pytest.fixture
def clone(tmp_path: Path, tomorrow: Tomorrow) -> Clone:
    return Clone(tmp_path / "clone", tomorrow)


@pytest.fixture(scope="session")
def first_pip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the oldest pip that came with this Python; the fixture downloads it, so it needs a network."""
    version, digest = FIRST_PIP[sys.version_info[:2]]
    folder = tmp_path_factory.mktemp("pip")
    (folder / "wanted.txt").write_text(f"pip=={version} --hash=sha256:{digest}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    done = subprocess.run([*command, "-r", "wanted.txt"], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"pip {version} cannot be fetched: {done.stderr.strip().splitlines()[-1]}")
    (wheel,) = folder.glob("*.whl")
    return wheel


def python_with(pip: Path, folder: Path) -> str:
    """Return a Python whose `venv` installs this pip, a folder or a wheel, as another release of Python would."""
    brought = shlex.quote(str(pip))
    bring = f'cp -a {brought} "$3"/lib/python3*/site-packages/'
    if pip.suffix == ".whl":
        bring = f'exec "$3/bin/python" {brought}/pip --no-cache-dir -q install --no-index {brought}'
    python = folder / "python"
    real = shlex.quote(getattr(sys, "_base_executable", sys.executable))
    python.write_text(
        f"""#!/bin/sh
[ "${{2-}}" = venv ] || exec {real} "$@"
{real} -m venv --without-pip "$3"
{bring}
""",
        encoding="utf-8",
    )
    python.chmod(0o755)
    return str(python)


def test_the_oldest_pip_installs_the_lock_and_none_of_tomorrows_releases(
    tmp_path: Path, tomorrow: Tomorrow, first_pip: Path
) -> None:
    clone = Clone(tmp_path / "a room (2) – Büro" / "clone", tomorrow)
    done = clone.setup(PYTHON=python_with(first_pip, tmp_path))
    assert done.returncode == 0, done.stderr
    assert clone.installed() == tomorrow.versions
    assert clone.leftovers() == {".venv"}

    # The index is a real trap: a pip that resolves takes a newer release, and the first pips of Python 3.11 and 3.12
    # then refuse the same lock.
    pip = [clone.folder / ".venv" / "bin" / "python", first_pip / "pip", "install", "--dry-run", "--ignore-installed"]
    resolved = subprocess.run([*pip, "coverage"], env=clone.env, capture_output=True, text=True, check=True).stdout
    assert "Would install coverage-" in resolved
    assert f"coverage-{tomorrow.versions['coverage']}" not in resolved.partition("Would install")[2]
    if sys.version_info < (3, 13):
        refused = subprocess.run(
            [*pip, "--require-hashes", "-r", clone.lock], env=clone.env, capture_output=True, text=True
        )
        assert "coverage[toml]" in refused.stderr


def test_the_newest_pip_installs_the_lock_and_none_of_tomorrows_releases(
    clone: Clone, tmp_path: Path, tomorrow: Tomorrow
) -> None:
    newest = distribution("pip")
    pip = stand_in(tmp_path, newest, newest.version)
    done = clone.setup(PYTHON=python_with(pip, tmp_path))
    assert done.returncode == 0, done.stderr
    assert clone.installed() == tomorrow.versions


def test_without_a_network_it_says_so_and_leaves_no_half_environment(clone: Clone) -> None:
    done = clone.setup(PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_RETRIES="1")
    assert done.returncode == 1
    assert "pip could not reach its package index" in done.stderr
    assert "Traceback" not in done.stderr
    assert clone.leftovers() == set()


def test_a_file_with_another_hash_is_refused_and_the_former_environment_comes_back(clone: Clone) -> None:
    former = clone.folder / ".venv"
    former.mkdir()
    (former / "numbguard-setup").write_text("of a former lock", encoding="utf-8")
    lock = clone.lock.read_text(encoding="utf-8")
    clone.lock.write_text(re.sub(r"(plyer.*sha256:).{8}", r"\g<1>00000000", lock), encoding="utf-8")
    done = clone.setup()
    assert done.returncode == 1
    assert "its hash differs" in done.stderr
    assert "plyer" in done.stderr
    assert "The former .venv is back in its place" in done.stderr
    assert [file.name for file in former.iterdir()] == ["numbguard-setup"]
    assert clone.leftovers() == {".venv"}


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("plyer==99.0", "There is no file of plyer==99.0 for this machine."),
        (
            "not-there==1.0",
            "pip did not find not-there==1.0: its package index does not respond, or does not have it.",
        ),
    ],
)
def test_a_package_that_cannot_be_had_is_named(clone: Clone, wanted: str, said: str) -> None:
    clone.lock.write_text(f"{wanted} --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    done = clone.setup()
    assert done.returncode == 1
    assert said in done.stderr
    assert clone.leftovers() == set()


def test_an_interrupted_run_leaves_nothing_behind(clone: Clone) -> None:
    running = clone.start_setup()
    while_it_waits(lambda: (clone.folder / ".venv").exists())
    running.send_signal(signal.SIGTERM)
    _, said = running.communicate(timeout=20)
    assert running.returncode == 130
    assert b"Stopped before .venv was ready; nothing was changed." in said
    assert clone.leftovers() == set()


def test_a_run_that_was_killed_is_made_good_by_the_next(clone: Clone) -> None:
    for half in (".venv", ".venv.former"):
        (clone.folder / half).mkdir()
    (clone.folder / ".venv.former" / "numbguard-setup").write_text("of a former lock", encoding="utf-8")
    done = clone.setup()
    assert done.returncode == 0, done.stderr
    assert clone.leftovers() == {".venv"}


def test_a_full_disk_is_named_and_leaves_nothing_half(clone: Clone) -> None:
    done = clone.setup(*on_a_disk_of_its_own(clone))
    assert done.returncode == 1
    assert "The disk is full" in done.stderr
    assert "former" not in done.stderr
    assert set(done.stdout.split()) == BROUGHT


def test_a_folder_that_may_not_be_written_is_named(clone: Clone) -> None:
    done = clone.setup(*on_a_disk_of_its_own(clone, then="mount -o remount,bind,ro ."))
    assert done.returncode == 1
    assert f"You may not write to this folder, but NumbGuard is set up inside it: {clone.folder}" in done.stderr
    assert set(done.stdout.split()) == BROUGHT


def on_a_disk_of_its_own(clone: Clone, *, then: str = "true") -> list[str]:
    """Return a command prefix that runs a command with the clone on a small disk and lists what is left there."""
    enter = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    if subprocess.run([*enter, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    script = """set -e
        cp -r . ../brought
        mount -t tmpfs -o size=6m small "$1"
        cd "$1"
        cp -r ../brought/. .
        eval "$2"
        shift 2
        status=0
        "$@" || status=$?
        ls -A
        exit $status"""
    return [*enter, "sh", "-c", script, "sh", str(clone.folder), then]


def test_a_python_without_venv_is_named(clone: Clone, tmp_path: Path) -> None:
    python = tmp_path / "python"
    real = getattr(sys, "_base_executable", sys.executable)
    python.write_text(f'#!/bin/sh\ncase "$*" in *ensurepip*) exit 1 ;; esac\nexec {real} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    done = clone.setup(PYTHON=str(python))
    assert done.returncode == 1
    assert "venv" in done.stderr
    assert clone.leftovers() == set()


def test_an_old_python_is_named(clone: Clone, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\n[ "$1" != --version ] || { echo Python 3.9.2; exit 0; }\nexit 1\n', encoding="utf-8")
    python.chmod(0o755)
    done = clone.setup(PYTHON=str(python))
    assert done.returncode == 1
    assert "NumbGuard needs Python 3.11 or newer" in done.stderr
    assert "Python 3.9.2" in done.stderr


def while_it_waits(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not ready():
        assert time.monotonic() < until
        time.sleep(0.01)
