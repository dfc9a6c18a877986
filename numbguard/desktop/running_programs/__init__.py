"""The programs with windows that run now, by the names under which the senses know them.

The settings window asks when somebody chooses a program from a list, on the GUI thread: it takes a few milliseconds.
``linux`` and ``windows`` each serve a system; on macOS, where no sense knows programs, the list is empty.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunningProgram:
    name: str
    """As the settings name it: the process's name, or the file's on Windows."""
    title: str
    """As people call it."""


def running_programs() -> Sequence[RunningProgram]:
    """The programs of this person, one entry for each name, in the order of their titles; ours is left out."""
    if sys.platform == "win32":
        from .windows import programs_with_windows

        return _in_order(programs_with_windows())
    if sys.platform == "darwin":
        return ()
    from .linux import running_applications

    return _in_order(running_applications())


def _in_order(programs: Sequence[RunningProgram]) -> Sequence[RunningProgram]:
    by_name = {one.name.lower(): one for one in reversed(programs)}
    return sorted(by_name.values(), key=lambda one: one.title.casefold())
