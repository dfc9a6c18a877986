"""The last notification backend: logs that a message was not shown, as nothing on this desktop shows messages.

It does not log the text of the message, which may concern somebody's health. ``notify.choose`` builds it; it runs on
the GUI thread.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from numbguard.core.ports import Notice
from numbguard.core.sentence import N_

if TYPE_CHECKING:
    from . import NotifyListener

_log = logging.getLogger(__name__)


class LogOnlyBackend:
    """Cannot announce; accepts every message and logs that it was not shown."""

    name = "none"
    can_announce: bool | None = False
    can_say: bool | None = True
    may_be_unseen = False
    awaits_answers = False
    detail = N_("This desktop can't show messages.")

    def start(self, listener: NotifyListener) -> None:
        pass

    def announce(self, notice: Notice) -> None:
        pass

    def withdraw(self) -> None:
        pass

    def say(self, notice: Notice) -> None:
        _log.warning("A message was not shown: nothing on this desktop shows messages.")

    def withdraw_messages(self, about: str) -> None:
        pass

    def stop(self) -> None:
        pass
