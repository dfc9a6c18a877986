"""The tree that packages are built from: one commit, exported into a folder of its own.

What is not committed is in no package, and the folder of the checkout has no influence on one. `tools.package.__main__`
calls it.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import tarfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
_VERSION = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)


class PackageError(Exception):
    """A package could not be built; the message says why and what would help."""


@dataclass(frozen=True)
class Source:
    """The exported tree of a commit."""

    folder: Path
    commit: str
    """The full hash."""
    epoch: int
    """Seconds since 1970: the time of the commit, which every file of a package gets (SOURCE_DATE_EPOCH)."""

    @property
    def version(self) -> str:
        """The version, from the one line that states it."""
        found = _VERSION.search((self.folder / "numbguard" / "__init__.py").read_text(encoding="utf-8"))
        if found is None:
            raise PackageError("numbguard/__init__.py names no version.")
        return found[1]

    @property
    def project(self) -> Mapping[str, object]:
        """The table `[project]` of pyproject.toml."""
        table: Mapping[str, object] = tomllib.loads((self.folder / "pyproject.toml").read_text(encoding="utf-8"))[
            "project"
        ]
        return table

    @property
    def entry_point(self) -> tuple[str, str]:
        """The module and the function that the command `numbguard` calls."""
        scripts = self.project["scripts"]
        assert isinstance(scripts, dict)
        module, _, function = str(scripts["numbguard"]).partition(":")
        return module, function

    @property
    def environment(self) -> dict[str, str]:
        """Variables for tools that build: the same wherever and whenever they run."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return kept | {"SOURCE_DATE_EPOCH": str(self.epoch), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def export(into: Path, commit: str = "HEAD", *, version: str = "") -> Source:
    """Export a commit of this checkout. Raises `PackageError` if git does not know it.

    `version`: what the packages shall call themselves, for a trial of what is not released yet.
    """
    try:
        told = _git("log", "-1", "--format=%H %ct", commit).decode()
        archive = _git("archive", "--format=tar", commit)
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", b"") or str(error).encode()
        raise PackageError(f"Packages are built from a commit, but git said: {said.decode().strip()}") from None
    full, epoch = told.split()
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(into, filter="data")
    if version:
        module = into / "numbguard" / "__init__.py"
        text = _VERSION.sub(f'__version__ = "{version}"', module.read_text(encoding="utf-8"))
        module.write_text(text, encoding="utf-8")
    return Source(into, full, int(epoch))


def uncommitted() -> str:
    """What `git status` lists: changes that are in no package."""
    return _git("status", "--porcelain").decode().rstrip()


def _git(*words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=CHECKOUT, capture_output=True, check=True).stdout
