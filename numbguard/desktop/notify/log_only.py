"""The last way of all: nothing on this desktop shows a message, and the log says that one was not shown.

Its words are not logged: they may tell of somebody's health. On the GUI thread.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from numbguard.core.ports import Notice

if TYPE_CHECKING:
    from . import NotifyListener

_log = logging.getLogger(__name__)


class LogOnlyBackend:
    """Cannot ask; takes every message and notes that nobody saw it."""

    name = "none"
    asks: bool | None = False
    says: bool | None = True
    detail = "Nothing on this desktop shows messages."

    def start(self, hears: NotifyListener) -> None:
        pass

    def announce(self, notice: Notice) -> None:
        pass

    def withdraw(self) -> None:
        pass

    def say(self, notice: Notice) -> None:
        _log.warning("A message was not shown: nothing on this desktop shows messages.")

    def unsay(self) -> None:
        pass

    def stop(self) -> None:
        pass
