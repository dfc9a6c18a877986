"""Obstacles for a log: another process that has locked it, a full disk, a folder of another user."""

from __future__ import annotations

import importlib
import os
import pkgutil
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import numbguard.store
from numbguard.store.profile import Profile

_HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE" if sys.argv[2] == "write" else "PRAGMA locking_mode = EXCLUSIVE")
if sys.argv[2] != "write":
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another_process(profile: Profile, how: str = "write") -> Iterator[None]:
    """Let another program hold the log's lock for writing (``write``) or for itself alone (``all``)."""
    command = [sys.executable, "-c", _HOLD, str(profile.database), how]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield
        finally:
            holder.communicate("")


@contextmanager
def as_somebody_else() -> Iterator[Path]:
    """Give a folder of a person without special rights, and run the block as that person if the tests run as root."""
    if not hasattr(os, "geteuid"):
        pytest.skip("only root of a Unix can act as somebody else")
    folder = Path(tempfile.mkdtemp(prefix="numbguard-test-"))
    root = os.geteuid() == 0
    _import_the_store()
    try:
        if root:
            os.chown(folder, 65534, 65534)
            os.seteuid(65534)
        yield folder
    finally:
        if root:
            os.seteuid(0)
        for path in (folder, *folder.rglob("*")):
            if path.is_dir():
                path.chmod(0o700)
        shutil.rmtree(folder)


def _import_the_store() -> None:
    """Import what the store imports where it needs it: a checkout of root's is closed to that person."""
    importlib.import_module("tomlkit")
    for module in pkgutil.walk_packages(numbguard.store.__path__, "numbguard.store."):
        importlib.import_module(module.name)


@contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """Mount a disk of that size for the block."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root of a Linux can make a small disk to fill")
    folder = Path(tempfile.mkdtemp(prefix="numbguard-disk-"))
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, text=True
        )
        if mounted.returncode:
            pytest.skip(f"this machine allows no small disk: {mounted.stderr.strip()}")
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
    finally:
        folder.rmdir()


def fill(folder: Path) -> Path:
    """Use up all the room that is left, and return the file that does, to be deleted again."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for chunk in (65536, 4096, 1):
            try:
                while file.write(b"x" * chunk):
                    pass
            except OSError:
                continue
    return filler
