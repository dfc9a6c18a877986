"""Plain messages by plyer, where no better way serves: what Windows and macOS get.

Called on the GUI thread; plyer itself may start a program or wait for a service, so each message has a short-lived
thread of its own, which is the only place that imports plyer. A failure is a log line, without the message's words.
"""

from __future__ import annotations

import logging
from importlib.util import find_spec
from threading import Thread
from typing import TYPE_CHECKING

from numbguard import collector
from numbguard.core.ports import Notice
from numbguard.desktop import Unavailable

if TYPE_CHECKING:
    from . import NotifyListener

_log = logging.getLogger(__name__)

SERVED = ("win32", "darwin")
"""Elsewhere plyer runs ``notify-send``, which needs the very service that is missing, and complains on our terminal."""
MOST_TITLE, MOST_BODY = 64, 256
"""Characters. Windows has no room for more, and plyer raises there."""
SHOWN_FOR_S = 10


class PlyerBackend:
    """Says, and cannot tell whether it was seen."""

    name = "plyer"
    asks: bool | None = False
    says: bool | None = True
    detail = "Messages are shown as plain text, without answers."

    def __init__(self) -> None:
        if find_spec("plyer") is None:
            raise Unavailable("Plyer is not installed.")

    def start(self, hears: NotifyListener) -> None:
        pass

    def announce(self, notice: Notice) -> None:
        pass

    def withdraw(self) -> None:
        pass

    def say(self, notice: Notice) -> None:
        collector.hold()
        Thread(target=_show, args=(notice,), name="plyer message", daemon=True).start()

    def unsay(self) -> None:
        pass

    def stop(self) -> None:
        pass


def _show(notice: Notice) -> None:
    try:
        from plyer import notification

        notification.notify(
            title=cut(notice.title, MOST_TITLE),
            message=cut(notice.body, MOST_BODY),
            app_name="NumbGuard",
            timeout=SHOWN_FOR_S,
        )
    except Exception as error:
        # Each platform of plyer raises what it likes; its words may hold the message, so only the kind is logged.
        _log.warning("A message was not shown: plyer failed with %s.", type(error).__name__)
    finally:
        collector.let_go()


def cut(text: str, most: int) -> str:
    """At most so many characters; what is too long ends at a word, with an ellipsis."""
    if len(text) <= most:
        return text
    start = text[: most - 1]
    if not text[most - 1].isspace():
        word, space, _rest = start.rpartition(" ")
        # A single long word has no better place to be cut than in its middle.
        start = word if space and len(word) >= most // 2 else start
    return start.rstrip(" ,;:–-") + "…"
