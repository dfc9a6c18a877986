"""A second start in another session of the same user: says where NumbGuard runs, and moves it here where wanted.

``numbguard run`` calls it, on the main thread, when another app has the profile and its screen is not this one.
"""

from __future__ import annotations

import time
from typing import Final

from numbguard.ipc.client import ask
from numbguard.ipc.line import NotAnswering, NotRunning
from numbguard.ipc.profile_lock import AlreadyRunning
from numbguard.ipc.server import Server
from numbguard.ipc.whereabouts import Whereabouts
from numbguard.store.profile import Profile
from numbguard.wording.catalogue import _, translated

from ..support import VerbError, complain

_ENDS_WITHIN_S: Final = 20.0
"""Seconds that the other app has to end: a report or an export that runs is finished first."""
_ENDING_S: Final = 4.0
"""Seconds for one that no longer answers because it is about to end."""


def move_here(profile: Profile, there: Whereabouts, *, unasked: bool) -> Server | None:
    """Take the profile over from the app that runs ``there``; ``None`` where the person leaves it there.

    ``unasked``: move without asking. Raises ``VerbError`` where the other app does not end.
    """
    sentence = _("NumbGuard is already running in another session of yours: {place}.").format(
        place=translated(there.in_words(seen_from=Whereabouts.here()))
    )
    if not unasked:
        complain(" ".join((sentence, _("To move it here, run “numbguard run --here”."))))
        if not _is_wanted_here(sentence):
            return None
    patience_s = _ENDS_WITHIN_S
    try:
        ask(profile, {"verb": "quit"})
    except NotAnswering:
        raise VerbError(" ".join((sentence, _("It is not responding. Quit it there, and start it again.")))) from None
    except NotRunning:
        patience_s = _ENDING_S  # it is about to end, or on another computer
    until = time.monotonic() + patience_s
    while time.monotonic() < until:
        try:
            return Server(profile)
        except AlreadyRunning:
            time.sleep(0.1)
    raise VerbError(" ".join((sentence, _("It could not be quit from here. Quit it there, and start it again."))))


def _is_wanted_here(sentence: str) -> bool:
    from numbguard.app.process.lean_qt import import_qt

    import_qt()
    from numbguard.app.move_offer import offer_to_move

    return offer_to_move(sentence)
