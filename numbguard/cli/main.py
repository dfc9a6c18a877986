"""The entry point of ``numbguard``: prepares the process, then has its verb run.

The installed program and ``python -m numbguard`` call ``main``; ``dispatch`` has the verbs.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit status.

    ``argv`` defaults to the arguments of the process. Such a process runs this verb alone: the collector stays off.
    Most verbs end within a moment. Python's garbage collector would take a tenth of it to look through what they
    import, and as much again when the process ends, and would free nothing.
    """
    _prevent_core_dump()
    _write_utf8()
    was_on = gc.isenabled()
    gc.disable()
    try:
        from .dispatch import RUN, parsed, run_verb

        given = parsed(sys.argv[1:] if argv is None else argv)
        if given.verb is not RUN:
            if argv is None:
                atexit.register(gc.freeze)
                was_on = False
            return run_verb(given)
    finally:
        if was_on:
            gc.enable()
    return run_verb(given)


def _prevent_core_dump() -> None:
    """Limit a core dump, which would hold notes, to one byte.

    A limit of zero would not do: Linux ignores it when core dumps are piped to a program, but not a limit of one
    (core(5), ``fs/coredump.c``). ``PR_SET_DUMPABLE`` would also hide the process from the desktop's portals.
    """
    if sys.platform == "win32":
        return
    import resource

    try:
        _unused, hard = resource.getrlimit(resource.RLIMIT_CORE)
        limit = 1 if hard == resource.RLIM_INFINITY or hard > 1 else hard
        resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
    except (OSError, ValueError):  # forbidden here, so the limits that the administrator set stay
        pass


def _write_utf8() -> None:
    """Write UTF-8 on Windows, into files and pipes too: Python would use the code page, which has no “–” or “腿”."""
    if sys.platform == "win32":
        from io import TextIOWrapper

        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):  # a program without a console has neither
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
