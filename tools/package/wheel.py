"""The wheel and the sdist, built by hatchling from the exported commit. `tools.package.__main__` calls it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.package.source import PackageError, Source


def build(source: Source, into: Path) -> list[Path]:
    """Build both into a folder; returns the wheel, then the sdist. Raises `PackageError`."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(into), str(source.folder)]
    done = subprocess.run(command, env=source.environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PackageError(f"The wheel could not be built:\n{done.stdout}{done.stderr}")
    (wheel,) = into.glob(f"numbguard-{source.version}-*.whl")
    return [wheel, into / f"numbguard-{source.version}.tar.gz"]
