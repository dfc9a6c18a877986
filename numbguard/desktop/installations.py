"""The NumbGuards of this computer: which one this is, which others there are, and entries of those that are gone.

``numbguard check`` asks on the main thread, and the app puts entries right on the GUI thread after its start; no Qt. A
person who moves from one kind of package to another has an autostart entry or a launcher of the former one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from numbguard.core.ports import AutostartError, LauncherError, ProgramEntry
from numbguard.core.sentence import sentence

from . import autostart
from .autostart.desktop_entry import Translations
from .launcher import Launcher, serves_this_system

_USUAL_FOLDERS = ("~/.local/bin", "/usr/local/bin", "/usr/bin", "/opt/numbguard", "~/.local/share/flatpak/exports/bin")
"""Where packages put the command, besides ``$PATH``; the last one for the file that Flatpak names by the app's id."""


def this_program() -> str:
    """The command of this installation, as one would type it."""
    return " ".join(autostart.program_command())


def other_programs(environ: Mapping[str, str] | None = None) -> list[str]:
    """The paths of other installations' commands on ``$PATH`` and in the folders of packages."""
    environ = os.environ if environ is None else environ
    if autostart.in_flatpak(environ):
        return []  # a sandbox shows no other
    folders = [Path(folder) for folder in environ.get("PATH", "").split(os.pathsep) if folder]
    folders += [Path(folder).expanduser() for folder in _USUAL_FOLDERS]
    known = {Path(word).resolve() for word in autostart.program_command(environ=environ)[:1]}
    found = []
    for folder in folders:
        for name in ("numbguard", "numbguard.exe", "org.numbguard.NumbGuard"):
            program = folder / name
            if program.is_file() and os.access(program, os.X_OK) and program.resolve() not in known:
                known.add(program.resolve())
                found.append(str(program))
    return found


def gone_programs(profile: Path | None = None) -> list[str]:
    """A sentence for each entry of the person's that starts a program which no longer exists."""
    return [
        sentence("{entry} starts {program}, which no longer exists.", entry=what, program=program)
        for what, program, _right in _gone(profile)
    ]


def put_right(profile: Path | None = None, *, translations: Callable[[], Translations] = dict) -> list[str]:
    """Put every such entry right, and return a sentence for each that was, or could not be.

    ``profile``: the profile folder to start with, if not the default one. ``translations``: for their texts.
    """
    said: list[str] = []
    for what, program, right in _gone(profile, translations):
        try:
            right.put_right()
        except (AutostartError, LauncherError) as error:
            said.append(error.args[0])
        else:
            said.append(
                sentence(
                    "{entry} started {program}, which no longer exists. Now it starts {this}.",
                    entry=what,
                    program=program,
                    this=this_program(),
                )
            )
    return said


def _gone(
    profile: Path | None, translations: Callable[[], Translations] = dict
) -> Iterator[tuple[str, str, ProgramEntry]]:
    at_login = autostart.choose(profile, translations=translations)
    if (program := at_login.gone_program()) is not None:
        yield sentence("The entry for your log-in"), program, at_login
    if serves_this_system():
        launcher = Launcher(profile, translations=translations)
        if (program := launcher.gone_program()) is not None:
            yield sentence("The launcher among your applications"), program, launcher
