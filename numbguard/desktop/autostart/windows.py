"""Autostart on Windows: a value under the person's Run key in the registry.

The settings window and the first page call it through ``Autostart`` on the GUI thread. Written from Microsoft's page
"Run and RunOnce Registry Keys": a value of the key is a command line of at most 260 characters. It also reads the Task
Manager's switch (``StartupApproved``, which Microsoft documents nowhere; its first byte is odd for an entry that is
switched off): an entry that the person switched off there counts as off.
"""

from __future__ import annotations

import importlib
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from numbguard.core.ports import AutostartError, AutostartState
from numbguard.core.sentence import N_, sentence

NAME = "NumbGuard"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
LONGEST = 260
"""Characters; Windows does not start a longer command from the Run key."""


def command_line(command: Sequence[str]) -> str:
    """A command as one line, quoted so that Windows programs split it into the same words."""
    return subprocess.list2cmdline(command)


def program_of(line: str) -> str:
    """The program of a command line, which is quoted where its path has spaces."""
    return line[1:].partition('"')[0] if line.startswith('"') else line.partition(" ")[0]


def is_approved(mark: bytes | None) -> bool:
    """Whether the Task Manager lets an entry start: its mark is missing, or begins with an even byte."""
    return not mark or mark[0] % 2 == 0


class RunKey:
    """Implements ``Autostart``."""

    def __init__(self, command: Sequence[str], *, registry: Any = None) -> None:
        """``registry`` replaces the module ``winreg`` in tests."""
        self._line = command_line(command)
        self._given = registry

    def state(self) -> AutostartState:
        line, mark = self._value(RUN), self._value(APPROVED)
        if not line:
            return AutostartState(False)
        if not is_approved(mark if isinstance(mark, bytes) else None):
            detail = N_("It was turned off in the Task Manager, under Startup apps.")
            return AutostartState(False, detail=detail, declined=True)
        if line != self._line:
            return AutostartState(True, detail=sentence("A different NumbGuard starts: {line}", line=line))
        return AutostartState(True)

    def gone_program(self) -> str | None:
        line, mark = self._value(RUN), self._value(APPROVED)
        if not isinstance(line, str) or not is_approved(mark if isinstance(mark, bytes) else None):
            return None
        program = program_of(line)
        return program if program and not Path(program).exists() else None

    def put_right(self) -> None:
        self.set(True)

    def set(self, on: bool) -> None:
        if on and len(self._line) > LONGEST:
            raise AutostartError(
                sentence(
                    "Windows can't start a program from a path this long: {line}. Nothing was changed. "
                    "Move NumbGuard to a folder with a shorter path.",
                    line=self._line,
                )
            )
        try:
            registry = self._registry()
            with registry.CreateKeyEx(registry.HKEY_CURRENT_USER, RUN, 0, registry.KEY_SET_VALUE) as key:
                if on:
                    registry.SetValueEx(key, NAME, 0, registry.REG_SZ, self._line)
                else:
                    self._delete(key)
            if on:
                with registry.CreateKeyEx(registry.HKEY_CURRENT_USER, APPROVED, 0, registry.KEY_SET_VALUE) as key:
                    self._delete(key)
        except OSError as error:
            raise AutostartError(
                sentence(
                    "The registry could not be changed ({reason}). Use Startup apps in the Windows settings instead.",
                    reason=error.strerror,
                )
            ) from error

    def _registry(self) -> Any:
        """The module ``winreg``, which only Windows has. Raises ``OSError``."""
        if self._given is not None:
            return self._given
        try:
            return importlib.import_module("winreg")
        except ImportError:  # a simulated Windows
            raise OSError(0, "there is none") from None

    def _value(self, path: str) -> object:
        try:
            registry = self._registry()
            with registry.OpenKey(registry.HKEY_CURRENT_USER, path) as key:
                return registry.QueryValueEx(key, NAME)[0]
        except OSError:
            return None

    def _delete(self, key: Any) -> None:
        try:
            self._registry().DeleteValue(key, NAME)
        except FileNotFoundError:
            pass
