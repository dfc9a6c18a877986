"""Being started when the person logs in: asked of the system each time, and never remembered by NumbGuard itself.

``choose`` is called by the composition root when a window with that tick opens, on the GUI thread. One module a
platform: ``xdg`` (Linux and the BSDs), ``windows`` (the Run key), ``macos`` (a launch agent).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from numbguard.core.ports import Autostart


def choose(profile: Path | None = None) -> Autostart:
    """This system's. ``profile``: the folder to start with, where it is not the ordinary one."""
    command = launch_command(profile)
    if sys.platform == "win32":
        from .windows import RunKey

        return RunKey(command)
    if sys.platform == "darwin":
        from .macos import LaunchAgent

        return LaunchAgent(command)
    from .xdg import XdgAutostart

    return XdgAutostart(command)


def launch_command(
    profile: Path | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    executable: str = "",
    frozen: bool | None = None,
) -> tuple[str, ...]:
    """The words that start this very NumbGuard in the tray, with nothing but its icon.

    ``environ``, ``executable`` and ``frozen`` are those of this process unless given.
    """
    environ = os.environ if environ is None else environ
    program = executable or sys.executable
    frozen = bool(getattr(sys, "frozen", False)) if frozen is None else frozen
    beside = Path(program).with_name("numbguard.exe" if sys.platform == "win32" else "numbguard")
    if image := environ.get("APPIMAGE"):
        # What runs inside lies in a folder that is gone after the run.
        start: tuple[str, ...] = (image,)
    elif frozen:
        start = (program,)
    elif os.access(beside, os.X_OK) and beside.is_file():
        start = (str(beside),)
    else:
        start = (program, "-m", "numbguard")
    return (*start, "run", "--minimised", *(("--profile", str(profile)) if profile else ()))
