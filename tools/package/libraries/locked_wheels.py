"""The wheels that a package contains: those of the lock, by hash, that NumbGuard needs when it runs.

`tools.package.deb` and the bill of materials use it. pip fetches each wheel by its name; nothing is resolved.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import Parser
from functools import cached_property
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.package.source import PackageError, Source

LOCK = "packaging/requirements.lock"
PLATFORMS = {"amd64": "manylinux_2_34_x86_64", "arm64": "manylinux_2_39_aarch64"}
"""The newest platform tag of the locked wheels, by Debian's name of the machine."""
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}
OLDEST_PYTHON = "3.11"
_LOCKED = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>\S+)[^\\\n]*(?:\\\n {4}--hash=sha256:[0-9a-f]{64} ?)+", re.M)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class LockedPackage:
    """One package of a lock."""

    name: str
    version: str
    hashes: frozenset[str]
    """SHA-256, in hexadecimal, of every file that may be installed."""


@dataclass(frozen=True)
class Wheel:
    """A wheel on the disk."""

    path: Path

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    @cached_property
    def metadata(self) -> Message:
        with zipfile.ZipFile(self.path) as files:
            (name,) = (name for name in files.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
            return Parser().parsestr(files.read(name).decode("utf-8"))

    @property
    def name(self) -> str:
        return str(canonicalize_name(self.metadata["Name"]))

    @property
    def version(self) -> str:
        return str(self.metadata["Version"])

    @property
    def licence(self) -> str:
        """The licence as an SPDX expression, from whichever field of the metadata states it."""
        return licence_of(self.metadata)

    def unpack(self, into: Path, keep: Callable[[PurePosixPath], bool]) -> None:
        """Write the files for which `keep` is true, without their times and modes."""
        with zipfile.ZipFile(self.path) as files:
            for entry in files.infolist():
                place = PurePosixPath(entry.filename)
                if entry.is_dir() or not keep(place):
                    continue
                if place.is_absolute() or ".." in place.parts:
                    raise PackageError(f"{self.path.name} contains a file outside of itself: {place}")
                path = into / place
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(files.read(entry))


_SPDX = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
}


def licence_of(metadata: Message) -> str:
    """The SPDX expression of a distribution's metadata; empty if it names none."""
    if expression := metadata["License-Expression"]:
        return str(expression)
    stated = str(metadata["License"] or "").strip()
    if stated and "\n" not in stated:
        return _SPDX.get(stated, stated)
    for classifier in metadata.get_all("Classifier", []):
        if classifier.startswith("License :: OSI Approved :: "):
            return _SPDX.get(classifier.rsplit(" :: ", 1)[1], "")
    return ""


def read_lock(text: str) -> Mapping[str, LockedPackage]:
    """The packages of a lock by their normalised names."""
    found = (
        LockedPackage(entry["name"], entry["version"], frozenset(_HASH.findall(entry[0])))
        for entry in _LOCKED.finditer(text)
    )
    return {str(canonicalize_name(package.name)): package for package in found}


def fetch_runtime(source: Source, cache: Path, architecture: str) -> list[Wheel]:
    """The wheels that NumbGuard needs on Debian when it runs, in order of their names.

    `cache`: a folder in which they are kept. Raises `PackageError` if one cannot be fetched or is not the locked one.
    """
    lock = read_lock((source.folder / LOCK).read_text(encoding="utf-8"))
    stated = source.project["dependencies"]
    assert isinstance(stated, list)
    marks = {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux", "extra": ""}
    marks |= {"python_version": OLDEST_PYTHON, "python_full_version": f"{OLDEST_PYTHON}.0"}
    marks |= {"platform_machine": MACHINES[architecture]}
    found: dict[str, Wheel] = {}
    waiting = [str(one) for one in stated]
    while waiting:
        requirement = Requirement(waiting.pop())
        name = str(canonicalize_name(requirement.name))
        if name in found or (requirement.marker and not requirement.marker.evaluate(marks)):
            continue
        if name not in lock:
            raise PackageError(f"{name} is needed, but {LOCK} does not name it: ./dev lock")
        found[name] = _fetch(lock[name], cache, architecture)
        waiting += found[name].metadata.get_all("Requires-Dist", [])
    return [found[name] for name in sorted(found)]


def _fetch(package: LockedPackage, cache: Path, architecture: str) -> Wheel:
    folder = cache / architecture / f"{package.name}-{package.version}"
    there = [wheel for wheel in map(Wheel, folder.glob("*.whl")) if wheel.sha256 in package.hashes]
    if there:
        return there[0]
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"),
        *("--python-version", OLDEST_PYTHON, "--platform", PLATFORMS[architecture], "--dest", str(folder)),
        f"{package.name}=={package.version}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    there = [wheel for wheel in map(Wheel, folder.glob("*.whl")) if wheel.sha256 in package.hashes]
    if not there:
        said = done.stderr.strip().splitlines()
        raise PackageError(
            f"The locked wheel of {package.name} {package.version} could not be fetched"
            f"{': ' + said[-1] if done.returncode and said else ': its hash is not in the lock'}"
        )
    return there[0]
