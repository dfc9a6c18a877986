"""Running programs on Linux: this person's processes in ``/proc`` that a desktop entry starts.

A desktop entry (``*.desktop``, Desktop Entry Specification) is what tells an application from the many processes of a
session. ``running_programs`` calls it, on the GUI thread.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Final

from . import RunningProgram

_OURS: Final = "numbguard"
_COMM_LENGTH: Final = 15
"""Characters to which Linux cuts a process's name in ``/proc/…/comm``."""
_STARTERS: Final = frozenset(
    ("env", "sh", "bash", "python", "python3", "flatpak", "snap", "gapplication", "dbus-launch", "pkexec", "sudo")
)
"""They start another program; a process of that name is not the application."""


def running_applications(
    proc: Path = Path("/proc"), environ: Mapping[str, str] | None = None
) -> Sequence[RunningProgram]:
    """The applications that run; ``proc`` and ``environ`` replace the system's in tests."""
    titles = _titles(os.environ if environ is None else environ)
    found = []
    for name in sorted(_process_names(proc)):
        if title := titles.get(name[:_COMM_LENGTH].lower()):
            found.append(RunningProgram(name, title))
    return found


def _process_names(proc: Path) -> set[str]:
    names = set()
    for process in proc.iterdir() if proc.is_dir() else ():
        # A process may end at any moment.
        with suppress(OSError):
            if process.name.isdecimal() and process.stat().st_uid == os.getuid():
                names.add((process / "comm").read_text(encoding="utf-8", errors="replace").strip())
    return {name for name in names if name and name.lower() != _OURS}


def _titles(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The name of each application that is shown in menus, by the name of its process in lower case."""
    home = environ.get("XDG_DATA_HOME") or str(Path(environ.get("HOME", "~")).expanduser() / ".local" / "share")
    shared = environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    titles: dict[str, str] = {}
    for folder in (home, *shared.split(":")):
        for file in sorted(Path(folder, "applications").glob("*.desktop")):
            with suppress(OSError, ValueError):
                entry = _entry(file)
                if entry.get("NoDisplay") == "true" or not entry.get("Name"):
                    continue
                for program in _programs(entry, file.stem):
                    titles.setdefault(program[:_COMM_LENGTH].lower(), entry["Name"])
    return titles


def _entry(file: Path) -> Mapping[str, str]:
    """The keys of the group ``[Desktop Entry]``, without the translated ones."""
    entry: dict[str, str] = {}
    group = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group = line.strip()
        key, equals, value = line.partition("=")
        if equals and group == "[Desktop Entry]":
            entry.setdefault(key.strip(), value.strip())
    return entry


def _programs(entry: Mapping[str, str], id: str) -> Iterator[str]:
    """The names that a process of this application may have. Raises ``ValueError`` for quotes without a partner."""
    command = next((word for word in shlex.split(entry.get("Exec", "")) if "=" not in word and word != "env"), "")
    names = {PurePath(command).name, entry.get("StartupWMClass", ""), id.rpartition(".")[2]}
    yield from (name for name in names if name and name not in _STARTERS)
