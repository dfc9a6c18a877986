"""Autostart on Windows: a value under the person's Run key in the registry.

The settings window and the first page call it through ``Autostart`` on the GUI thread. It also reads the Task Manager's
switch (``StartupApproved``): an entry that the person switched off there counts as off.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
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


def is_approved(mark: bytes | None) -> bool:
    """Whether the Task Manager lets an entry start: its mark is missing, or begins with an even byte."""
    return not mark or mark[0] % 2 == 0


class RunKey:
    def __init__(self, command: Sequence[str]) -> None:
        self._line = command_line(command)

    def state(self) -> AutostartState:
        line, mark = _value(RUN), _value(APPROVED)
        if not line:
            return AutostartState(False)
        if not is_approved(mark if isinstance(mark, bytes) else None):
            return AutostartState(False, detail=N_("It was turned off in the Task Manager, under Startup apps."))
        if line != self._line:
            return AutostartState(True, detail=sentence("A different NumbGuard starts: {line}", line=line))
        return AutostartState(True)

    def set(self, on: bool) -> None:
        if on and len(self._line) > LONGEST:
            raise AutostartError(
                sentence(
                    "Windows can't start a program from a path this long: {line}. Nothing was changed. "
                    "Move NumbGuard to a folder with a shorter path.",
                    line=self._line,
                )
            )
        if sys.platform == "win32":
            import winreg

            try:
                with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, RUN, 0, winreg.KEY_SET_VALUE) as key:
                    if on:
                        winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, self._line)
                    else:
                        _delete(key)
                if on:
                    with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, APPROVED, 0, winreg.KEY_SET_VALUE) as key:
                        _delete(key)
            except OSError as error:
                raise AutostartError(
                    sentence(
                        "The registry could not be changed ({reason}). "
                        "Use Startup apps in the Windows settings instead.",
                        reason=error.strerror,
                    )
                ) from error


def _value(path: str) -> object:
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
                return winreg.QueryValueEx(key, NAME)[0]
        except OSError:
            pass
    return None


def _delete(key: Any) -> None:
    if sys.platform == "win32":
        import winreg

        try:
            winreg.DeleteValue(key, NAME)
        except FileNotFoundError:
            pass
