"""Makes a package index as it may look tomorrow: every locked package, each with a newer release beside it.

A setup from such an index must install what the lock names and nothing else. ``tests/packaging/test_setup.py`` makes
one with small stand-ins; a developer makes one with the real files and sets up a fresh clone from it::

    .venv/bin/python -m tools.tomorrow_index build/tomorrow
    PIP_INDEX_URL=file://$PWD/build/tomorrow ./dev setup    # in the clone

The newer releases contain no modules, so a test run that imports one of them fails.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

LOCK = Path(__file__).resolve().parents[1] / "packaging" / "requirements.lock"


def main() -> None:
    words = argparse.ArgumentParser(prog="tools.tomorrow_index", description="Make an index of newer releases.")
    words.add_argument("folder", type=Path, help="where the index goes")
    words.add_argument("--lock", type=Path, default=LOCK, help="the lock whose packages it holds")
    asked = words.parse_args()
    index: Path = asked.folder
    downloaded = index / "wheels"
    download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    subprocess.run([*download, "--require-hashes", "-r", asked.lock, "-d", downloaded], check=True)
    lay_out(index, sorted(downloaded.glob("*.whl")))
    print(f"{index}: {len(list(index.glob('*/index.html')))} packages, each with a newer release beside it")


def lay_out(index: Path, wheels: Iterable[Path]) -> None:
    """Make a folder that pip accepts as an index (PEP 503): each wheel, and a newer release of it without modules."""
    for wheel in wheels:
        name, version, _, _ = parse_wheel_filename(wheel.name)
        room = index / name
        room.mkdir(parents=True, exist_ok=True)
        (room / wheel.name).unlink(missing_ok=True)
        (room / wheel.name).hardlink_to(wheel)
        make_wheel(room, name, next_release(version), needs=requirements_of(wheel))
        links = "".join(f'<a href="{file.name}">{file.name}</a>\n' for file in sorted(room.glob("*.whl")))
        (room / "index.html").write_text(f"<!DOCTYPE html>\n<title>{name}</title>\n{links}", encoding="utf-8")


def next_release(version: Version) -> str:
    """Return the next release, with the last number one higher."""
    return ".".join(map(str, (*version.release[:-1], version.release[-1] + 1)))


def requirements_of(wheel: Path) -> list[str]:
    """Return a wheel's requirements as its metadata states them."""
    with zipfile.ZipFile(wheel) as files:
        (metadata,) = (name for name in files.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        lines = files.read(metadata).decode("utf-8").splitlines()
    return [line.removeprefix("Requires-Dist: ") for line in lines if line.startswith("Requires-Dist: ")]


def make_wheel(
    folder: Path, name: str, version: str, *, needs: Iterable[str] = (), files: Mapping[str, bytes] | None = None
) -> Path:
    """Write a pure Python wheel (PEP 427) with these files and return its path."""
    plain = canonicalize_name(name).replace("-", "_")
    info = f"{plain}-{version}.dist-info"
    metadata = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}"]
    metadata += [f"Requires-Dist: {need}" for need in needs]
    held = dict(files or {})
    held[f"{info}/METADATA"] = ("\n".join(metadata) + "\n").encode()
    held[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: numbguard\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = f"{info}/RECORD"
    held[record] = "".join(f"{path},,\n" for path in (*held, record)).encode()
    wheel = folder / f"{plain}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, content in held.items():
            archive.writestr(path, content)
    return wheel


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
