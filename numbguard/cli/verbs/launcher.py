"""``numbguard install-launcher``: the launcher entry and the icons of this installation. Only this verb imports it.

``dispatch`` calls this verb with the parsed arguments and the profile.
"""

from __future__ import annotations

import argparse

from numbguard.core.ports import LauncherError
from numbguard.desktop.launcher import Launcher, serves_this_system
from numbguard.store.profile import Profile
from numbguard.wording.catalogue import _, translated
from numbguard.wording.languages import translations

from ..support import VerbError, say


def install_launcher(given: argparse.Namespace, profile: Profile) -> int:
    if not serves_this_system():
        raise VerbError(_("NumbGuard can't add itself to the applications on this system. Nothing was changed."))
    launcher = Launcher(None if profile.is_usual() else profile.folder, translations=translations)
    try:
        done = launcher.remove() if given.remove else launcher.install()
    except LauncherError as error:
        raise VerbError(translated(error)) from None
    if given.remove:
        text = (
            _("Removed: {path}").format(path=done.path)
            if done.changed
            else _("There is no launcher at {path}.").format(path=done.path)
        )
    else:
        text = (
            _("Installed: {path}").format(path=done.path)
            if done.changed
            else _("Already installed: {path}").format(path=done.path)
        )
    return say(given, {"path": str(done.path), "installed": not given.remove, "changed": done.changed}, text)
