"""Programs for tests that stand in for the players and voices of a system, and write down what they were asked."""

from __future__ import annotations

import os
from pathlib import Path
from threading import get_native_id

import pytest


class StandInPrograms:
    """A folder of programs, which is all of ``$PATH`` but for the system's own shell tools."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._log = folder / "asked"
        folder.mkdir()
        monkeypatch.setenv("PATH", str(folder))

    def add(self, name: str, does: str = "") -> None:
        """Add a program that writes down its words and what it is given, and then ``does`` this as a shell script."""
        program = self._folder / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >>{self._log}\n{does}\n', encoding="utf-8")
        program.chmod(0o755)

    def asked(self) -> list[str]:
        """The programs that were started, with their words."""
        return self._log.read_text(encoding="utf-8").splitlines() if self._log.exists() else []

    def names(self) -> list[str]:
        return [line.split()[0] for line in self.asked()]


def children() -> list[str]:
    """The processes that this thread has started and that still run, or are zombies."""
    return Path(f"/proc/{os.getpid()}/task/{get_native_id()}/children").read_text(encoding="ascii").split()
