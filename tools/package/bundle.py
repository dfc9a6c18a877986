"""The bundle: one folder with Python, NumbGuard and its libraries, for machines without a Python; made by PyInstaller.

`tools.package.__main__` calls it. PyInstaller and what it needs come from a lock of their own, into an environment that
contains nothing else, with the Python that runs this. Why PyInstaller: `docs/decisions/packages.md`.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tarfile
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.package import deb
from tools.package.libraries import qt_parts
from tools.package.libraries.locked_wheels import Wheel, fetch_runtime
from tools.package.source import CHECKOUT, PackageError, Source

RECIPE = CHECKOUT / "packaging" / "bundle"
LOCK = RECIPE / "requirements.lock"


def build(source: Source, wheel: Path, into: Path, *, cache: Path) -> Path:
    """Build the bundle of the wheel of this source, as a packed folder. Raises `PackageError`."""
    work = source.folder.parent / "bundle"
    library = work / "library"
    deb.lay_out_library(library, Wheel(wheel), fetch_runtime(source, cache, "amd64"))
    for plugin in qt_parts.OPTIONAL_PLUGINS:
        # PyInstaller would add the libraries that such a plugin waits for, all of GTK among them.
        (library / "PySide6" / "Qt" / "plugins" / plugin).unlink()
    python = work / "env" / "bin" / "python"
    venv.create(work / "env", with_pip=True)
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", "install"]
    _run([*pip, "--no-deps", "--only-binary=:all:", "--require-hashes", "-r", str(LOCK)], os.environ)
    site = _run([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], source.environment)
    (Path(site.strip()) / "numbguard.pth").write_text(f"{library}\n", encoding="utf-8")
    folders = ["--distpath", str(work / "dist"), "--workpath", str(work / "build"), "--noconfirm"]
    known = {"NUMBGUARD_LIBRARY": str(library), "NUMBGUARD_VERSION": source.version, "PYTHONHASHSEED": "1"}
    _run([str(python), "-m", "PyInstaller", *folders, str(RECIPE / "numbguard.spec")], {**source.environment, **known})
    package = into / f"numbguard-{source.version}-linux-{platform.machine()}.tar.xz"
    _pack(work / "dist" / "numbguard", package, source)
    return package


def _pack(folder: Path, package: Path, source: Source) -> None:
    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = source.epoch
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    with tarfile.open(package, "w:xz", preset=6) as files:
        for path in (folder, *sorted(folder.rglob("*"))):
            files.add(path, path.relative_to(folder.parent).as_posix(), recursive=False, filter=plain)


def _run(command: Sequence[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(command, env=dict(environment), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PackageError(f"{Path(sys.executable).name} … {command[2]} failed:\n{done.stderr[-4000:]}")
    return done.stdout
