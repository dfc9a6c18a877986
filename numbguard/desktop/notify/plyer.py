"""Shows plain messages with plyer on macOS, where no better backend works.

``notify.choose`` builds it and the notifier calls it on the GUI thread. Plyer may start a program or wait for a
service, so each message is shown from a short-lived thread of its own, which alone imports plyer. A failure is logged
without the text of the message.
"""

from __future__ import annotations

import logging
from importlib.util import find_spec
from threading import Thread
from typing import TYPE_CHECKING

from numbguard import collector
from numbguard.core.ports import Notice
from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable

if TYPE_CHECKING:
    from . import NotifyListener

_log = logging.getLogger(__name__)

SERVED = ("darwin",)
"""Values of ``sys.platform``. On Windows plyer's balloons have no answers; our own window does. Elsewhere plyer would
run ``notify-send``, which needs the very service that is missing and writes its complaints to our terminal."""
MAX_TITLE, MAX_BODY = 64, 256
"""Characters; more would be cut by the system."""
SHOWN_FOR_S = 10
"""Seconds."""


class PlyerBackend:
    """Shows messages without answers; it does not learn whether anybody saw them."""

    name = "plyer"
    can_announce: bool | None = False
    can_say: bool | None = True
    may_be_unseen = False
    awaits_answers = False
    detail = N_("Messages are shown as plain text, without buttons.")

    def __init__(self) -> None:
        if find_spec("plyer") is None:
            raise Unavailable(N_("Plyer is not installed."))

    def start(self, listener: NotifyListener) -> None:
        pass

    def announce(self, notice: Notice) -> None:
        pass

    def withdraw(self) -> None:
        pass

    def say(self, notice: Notice) -> None:
        collector.suspend()
        Thread(target=_show, args=(notice,), name="plyer message", daemon=True).start()

    def withdraw_messages(self, about: str) -> None:
        pass

    def stop(self) -> None:
        pass


def _show(notice: Notice) -> None:
    try:
        from plyer import notification

        notification.notify(
            title=cut(notice.title, MAX_TITLE),
            message=cut(notice.body, MAX_BODY),
            app_name="NumbGuard",
            timeout=SHOWN_FOR_S,
        )
    except Exception as error:
        # What plyer raises depends on the platform; its text may contain the message, so only the type is logged.
        _log.warning("A message was not shown: plyer failed with %s.", type(error).__name__)
    finally:
        collector.resume()


def cut(text: str, most: int) -> str:
    """The text in at most ``most`` characters; longer text is cut at the end of a word and gets an ellipsis."""
    if len(text) <= most:
        return text
    start = text[: most - 1]
    if not text[most - 1].isspace():
        word, space, _rest = start.rpartition(" ")
        # A single long word is cut in the middle, as there is no better place.
        start = word if space and len(word) >= most // 2 else start
    return start.rstrip(" ,;:–-") + "…"
