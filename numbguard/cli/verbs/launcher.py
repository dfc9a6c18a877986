"""``numbguard install-launcher``: the launcher entry and the icons of this installation. Only this verb imports it.

``cli.main`` calls this verb with the parsed arguments and the profile.
"""

from __future__ import annotations

import argparse

from numbguard.core.ports import LauncherError
from numbguard.desktop.launcher import Launcher, serves_this_system
from numbguard.store.profile import Profile

from ..support import VerbError, say


def install_launcher(given: argparse.Namespace, profile: Profile) -> int:
    if not serves_this_system():
        raise VerbError("NumbGuard can't add itself to the applications on this system. Nothing was changed.")
    launcher = Launcher(None if profile.is_usual() else profile.folder)
    try:
        done = launcher.remove() if given.remove else launcher.install()
    except LauncherError as error:
        raise VerbError(str(error)) from None
    if given.remove:
        text = f"Removed: {done.path}" if done.changed else f"There is no launcher at {done.path}."
    else:
        text = f"Installed: {done.path}" if done.changed else f"Already installed: {done.path}"
    return say(given, {"path": str(done.path), "installed": not given.remove, "changed": done.changed}, text)
