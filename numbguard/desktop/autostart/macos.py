"""Autostart on macOS: the person's launch agent, a property list in ``~/Library/LaunchAgents``.

The settings window and the first page call it through ``Autostart`` on the GUI thread. launchd reads the folder at
log-in. Nothing is loaded or unloaded in the running session, so that no second NumbGuard starts.
"""

from __future__ import annotations

import os
import plistlib
from collections.abc import Sequence
from pathlib import Path
from xml.parsers.expat import ExpatError

from numbguard.core.ports import AutostartError, AutostartState
from numbguard.core.sentence import N_, sentence

from . import moved

LABEL = "org.numbguard.NumbGuard"


def agent(command: Sequence[str]) -> bytes:
    """The property list that makes launchd start ``command`` once at log-in, in the person's desktop session."""
    return plistlib.dumps(
        {
            "Label": LABEL,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "LimitLoadToSessionType": "Aqua",
            "ProcessType": "Interactive",
        }
    )


class LaunchAgent:
    def __init__(self, command: Sequence[str], *, folder: Path | None = None) -> None:
        self._command = tuple(command)
        self.path = (folder or Path("~/Library/LaunchAgents").expanduser()) / f"{LABEL}.plist"

    def state(self) -> AutostartState:
        try:
            found = plistlib.loads(self.path.read_bytes())
        except FileNotFoundError:
            return AutostartState(False)
        except OSError as error:
            return AutostartState(
                False,
                detail=sentence("{path} could not be read ({reason}).", path=self.path, reason=error.strerror),
            )
        except (plistlib.InvalidFileException, ExpatError, ValueError):
            return AutostartState(
                False, detail=sentence("{path} is not a property list. Tick this again to fix that.", path=self.path)
            )
        words = found.get("ProgramArguments") if isinstance(found, dict) else None
        if not words or found.get("Disabled") or not found.get("RunAtLoad"):
            return AutostartState(False, declined=bool(words))
        if not os.access(str(words[0]), os.X_OK):
            return AutostartState(
                False,
                detail=sentence(
                    "{path} starts {program}, which no longer exists. Tick this again to fix that.",
                    path=self.path,
                    program=words[0],
                ),
            )
        return AutostartState(True)

    def gone_program(self) -> str | None:
        words = self._words()
        return words[0] if words and not os.access(words[0], os.X_OK) else None

    def put_right(self) -> None:
        try:
            self._write(moved(self._words(), self._command))
        except OSError as error:
            raise AutostartError(
                sentence("{path} could not be written ({reason}).", path=self.path, reason=error.strerror)
            ) from error

    def _words(self) -> list[str]:
        """The command of the agent; empty where there is none that can be read and is switched on."""
        try:
            found = plistlib.loads(self.path.read_bytes())
        except (OSError, plistlib.InvalidFileException, ExpatError, ValueError):
            return []
        words = found.get("ProgramArguments") if isinstance(found, dict) and not found.get("Disabled") else None
        return [str(word) for word in words] if isinstance(words, list) else []

    def _write(self, command: Sequence[str]) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self.path.with_name(f".{self.path.name}")
        fresh.write_bytes(agent(command))
        fresh.replace(self.path)

    def set(self, on: bool) -> None:
        try:
            if on:
                self._write(self._command)
            else:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            template = N_(
                "{path} could not be taken away ({reason}). Nothing was changed. Use Login Items in the System "
                "Settings instead."
            )
            if on:
                template = N_(
                    "{path} could not be written ({reason}). Nothing was changed. Use Login Items in the System "
                    "Settings instead."
                )
            raise AutostartError(sentence(template, path=self.path, reason=error.strerror)) from error
