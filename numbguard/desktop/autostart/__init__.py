"""Autostart: starting NumbGuard when the person logs in. The system holds the setting; NumbGuard stores nothing of it.

The composition root calls ``choose`` on the GUI thread when a window with that tick box opens. One module per platform:
``xdg`` (Linux and the BSDs), ``portal`` (in Flatpak's sandbox), ``windows`` (the Run key), ``macos`` (a launch agent).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .desktop_entry import Translations
    from .macos import LaunchAgent
    from .portal import PortalAutostart
    from .windows import RunKey
    from .xdg import XdgAutostart


def choose(
    profile: Path | None = None, *, translations: Callable[[], Translations] = dict
) -> XdgAutostart | PortalAutostart | LaunchAgent | RunKey:
    """The autostart of this system.

    ``profile``: the profile folder to start with, if not the default one. ``translations``: for a desktop entry.
    """
    command = launch_command(profile)
    if sys.platform == "win32":
        from .windows import RunKey

        return RunKey(command)
    if sys.platform == "darwin":
        from .macos import LaunchAgent

        return LaunchAgent(command)
    if in_flatpak():
        from .portal import PortalAutostart

        return PortalAutostart(("numbguard", *command[command.index("run") :]))
    from .xdg import XdgAutostart

    return XdgAutostart(command, translations=translations)


def in_flatpak(environ: Mapping[str, str] | None = None) -> str:
    """The app's id where this process runs in Flatpak's sandbox; else an empty string."""
    environ = os.environ if environ is None else environ
    return environ.get("FLATPAK_ID", "")


_WITHOUT_CONSOLE = {"python.exe": "pythonw.exe", "numbguard.exe": "numbguardw.exe"}
"""Of a program for the console of Windows, the one beside it that opens none."""


def _without_console(program: str) -> str:
    """The program that does the same without a console window, where there is one; else the same program."""
    path = Path(program)
    beside = path.with_name(_WITHOUT_CONSOLE.get(path.name.lower(), path.name))
    return str(beside) if beside.is_file() else program


def launch_command(
    profile: Path | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    executable: str = "",
    frozen: bool | None = None,
) -> tuple[str, ...]:
    """The command that starts this installation of NumbGuard in the tray, without opening a window.

    ``environ``, ``executable`` and ``frozen`` default to those of this process.
    """
    start = program_command(environ=environ, executable=executable, frozen=frozen)
    return (*start, "run", "--minimised", *(("--profile", str(profile)) if profile else ()))


def program_command(
    *, environ: Mapping[str, str] | None = None, executable: str = "", frozen: bool | None = None
) -> tuple[str, ...]:
    """The command of this installation, which a verb can follow; its program is an absolute path.

    ``environ``, ``executable`` and ``frozen`` default to those of this process.
    """
    environ = os.environ if environ is None else environ
    program = executable or sys.executable
    frozen = bool(getattr(sys, "frozen", False)) if frozen is None else frozen
    beside = Path(program).with_name("numbguard.exe" if sys.platform == "win32" else "numbguard")
    if image := environ.get("APPIMAGE"):
        # The executable inside an AppImage is in a folder that is unmounted after the run.
        return (image,)
    if app_id := in_flatpak(environ):
        # The programs within a sandbox are nowhere else.
        return ("flatpak", "run", app_id)
    if frozen:
        return (_without_console(program),)
    if sys.platform == "win32" and (without := _without_console(program)) != program:
        return (without, "-m", "numbguard")
    if os.access(beside, os.X_OK) and beside.is_file():
        return (str(beside),)
    return (program, "-m", "numbguard")


def moved(former: Sequence[str], command: Sequence[str]) -> tuple[str, ...]:
    """``command``, which starts this installation, with the arguments that ``former`` gave to ``run``."""
    if "run" not in former or "run" not in command:
        return tuple(command)
    return (*command[: command.index("run")], *former[former.index("run") :])
