"""The session: that the machine goes to sleep and wakes, and (a door left open) that the screen is locked.

``choose`` is called by the app once the tray is shown; everything in this folder runs on the GUI thread. Candidates in
order: ``logind`` on the system bus, and ``none``, the last, which says that nothing is told. A sleep that nobody tells
of is still noticed: the runtime sees the clocks drift apart.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from numbguard.core.ports import SessionWatch

from .. import NotHere

if TYPE_CHECKING:
    from ..bus import Bus

_log = logging.getLogger(__name__)


def choose(system_bus: Bus | None) -> SessionWatch:
    """The session watch of this desktop."""
    from .logind import LogindWatch
    from .none import NoWatch

    candidates: tuple[Callable[[], SessionWatch], ...] = (lambda: LogindWatch(system_bus),)
    missing: list[str] = []
    for candidate in candidates:
        try:
            return candidate()
        except NotHere as reason:
            _log.info("%s", reason)
            missing.append(str(reason))
    return NoWatch(missing)
