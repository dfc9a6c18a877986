"""``numbguard run``: takes the profile and starts the app, or makes the app that has it show its panel.

``dispatch`` calls this verb with the parsed arguments and the profile; it returns an exit status. It imports Qt once it
has taken the profile.
"""

from __future__ import annotations

import argparse
import errno
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

from numbguard import __version__
from numbguard.ipc.client import ask
from numbguard.ipc.line import UNREACHABLE, NotAnswering, NotRunning, Unreachable
from numbguard.ipc.profile_lock import AlreadyRunning, NoFileLocks, whereabouts
from numbguard.ipc.server import Server
from numbguard.store.profile import Profile
from numbguard.wording.catalogue import _, translated

from ..support import DONE, VerbError, complain, in_our_language

if TYPE_CHECKING:  # the tray icon shows before it is loaded
    from numbguard.ipc.whereabouts import Whereabouts


def run(given: argparse.Namespace, profile: Profile) -> int:
    try:
        line = _take(profile)
    except _RunsElsewhereError as elsewhere:
        from .move_here import move_here

        line = move_here(profile, elsewhere.there, unasked=getattr(given, "here", False))
    if line is None:
        return DONE
    try:
        from numbguard.app.process.lean_qt import import_qt

        import_qt()
        from numbguard.app.process.application import BEGIN_AGAIN
        from numbguard.app.start import StartError, start

        try:
            status = start(profile, line, speed=given.speed, minimised=given.minimised)
        except StartError as error:
            raise VerbError(translated(error)) from None
    finally:
        line.close()
    if status == BEGIN_AGAIN:
        _begin_again()
    return status


def _begin_again() -> NoReturn:
    from numbguard.desktop.process import same_program

    try:
        same_program.begin_again()
    except OSError as error:
        raise VerbError(
            _("NumbGuard could not start again ({strerror}). What you have logged is kept. Start NumbGuard.").format(
                strerror=error.strerror
            )
        ) from None


class _RunsElsewhereError(Exception):
    """Another app has the profile, and its screen is not the one of this start."""

    def __init__(self, there: Whereabouts) -> None:
        super().__init__(there)
        self.there = there


def _take(profile: Profile) -> Server | None:
    """Take the profile; returns ``None`` if another app has it, after making that app show its panel.

    Raises ``_RunsElsewhereError`` where that panel would be on another screen.

    It tries for several seconds, since the other app may be just starting or ending.
    """
    for _unused in range(50):
        try:
            return Server(profile)
        except AlreadyRunning:
            from numbguard.ipc.whereabouts import Whereabouts

            there = whereabouts(profile)
            if there is not None and there.is_elsewhere(Whereabouts.here()):
                raise _RunsElsewhereError(there) from None
        except NoFileLocks:
            raise VerbError(
                _(
                    "The folder {folder} is on a file system without file locks, so two NumbGuards could not "
                    "detect each other. Nothing was changed. Choose a folder on another disk with --profile."
                ).format(folder=profile.folder)
            ) from None
        except OSError as error:
            raise VerbError(_way_out(error).format(folder=profile.folder, strerror=error.strerror)) from None
        try:
            reply = ask(profile, in_our_language(_show_request()), patience_s=5.0)
        except NotAnswering:
            break
        except Unreachable:
            running = _("NumbGuard is already running.")
            raise VerbError(f"{running} {_(UNREACHABLE)}") from None
        except NotRunning:
            time.sleep(0.1)
        else:
            if reply.get("status"):  # a bug, or a window whose files were replaced under the app; it is in the log file
                break
            _say_which_runs(reply.get("document"))
            return None
    raise VerbError(_("NumbGuard is running but not responding. Wait a moment, or quit it and start it again."))


def _show_request() -> dict[str, object]:
    """Ask for the panel, and say which installation asks, so that one that differs can say so where it is seen."""
    from numbguard.desktop.installations import this_program

    return {"verb": "show", "program": this_program(), "version": __version__}


def _say_which_runs(shown: object) -> None:
    """Print which NumbGuard runs where that is not this one."""
    if not isinstance(shown, Mapping):
        return
    if "note" not in shown:
        complain(_("An earlier version is running, which doesn't say where it is."))
    elif isinstance(note := shown["note"], str):
        complain(note)


def _way_out(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _(
            "The profile folder {folder} cannot be used ({strerror}). Nothing was changed. Free some disk space, or "
            "choose another with --profile."
        )
    return _(
        "The profile folder {folder} cannot be used ({strerror}). Nothing was changed. Make the folder and its "
        "contents writable for you, or choose another with --profile."
    )
