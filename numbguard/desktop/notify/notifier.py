"""The app's notifier: gives each notice to the first backend that can show it, and moves it when that changes.

``notify.choose`` builds it; the runtime calls it on the GUI thread. Implements ``core.ports.Notifier``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from numbguard.core.breaks.messages import Action
from numbguard.core.ports import Notice, SenseStatus

from . import NotifyBackend, NotifyListener

MOST_HELD_BACK = 5
"""Number of messages kept while no backend is known to show them; older ones would be stale and are dropped."""


class DesktopNotifier:
    """Shows one announcement at a time on the first of ``ways`` that asks, and messages on the first that says."""

    def __init__(self, ways: Sequence[NotifyBackend]) -> None:
        self._ways = tuple(ways)
        self._answered: Callable[[Action], None] = lambda action: None
        self._held: Notice | None = None
        self._asker: NotifyBackend | None = None
        """The backend that shows ``_held``."""
        self._held_back: list[Notice] = []

    def start(self, answered: Callable[[Action], None]) -> None:
        self._answered = answered
        for way in self._ways:
            way.start(
                NotifyListener(
                    answered=self._take_answer,
                    put_aside=self._put_aside,
                    unsaid=partial(self._say_by_another, way),
                    changed=self._settle,
                )
            )

    def announce(self, notice: Notice) -> None:
        self._held = notice
        if self._asker:
            asker = self._first("asks")
            if asker is self._asker:
                asker.announce(notice)
                return
            self._asker.withdraw()
            self._asker = None
        self._settle()

    def withdraw(self) -> None:
        self._held = None
        asker, self._asker = self._asker, None
        if asker:
            asker.withdraw()

    def say(self, notice: Notice) -> None:
        self._held_back = [*self._held_back, notice][-MOST_HELD_BACK:]
        self._settle()

    def unsay(self) -> None:
        self._held_back = [one for one in self._held_back if not one.answers]
        for way in self._ways:
            way.unsay()

    def status(self) -> SenseStatus:
        asker = self._first("asks")
        if asker:
            passed = [way.detail for way in self._ways[: self._ways.index(asker)] if way.asks is False]
            return SenseStatus(asker.name, works=True, detail=" ".join([*passed, asker.detail]))
        waiting = [way for way in self._ways if way.asks is None]
        if waiting:
            return SenseStatus(waiting[0].name, works=False, detail=waiting[0].detail)
        return SenseStatus("none", works=False, detail=" ".join(way.detail for way in self._ways))

    def stop(self) -> None:
        self.withdraw()
        for way in self._ways:
            way.stop()

    # --- choice of the backend ------------------------------------------------------------------------------------

    def _first(self, what: str) -> NotifyBackend | None:
        """The first backend that can do ``what`` ("asks" or "says"); ``None`` while a better one does not know yet."""
        for way in self._ways:
            can = way.asks if what == "asks" else way.says
            if can is not False:
                return way if can else None
        return None

    def _settle(self) -> None:
        """Show what is held, with the best backend available now."""
        if self._held:
            asker = self._first("asks")
            if asker and asker is not self._asker:
                before, self._asker = self._asker, asker
                if before:
                    before.withdraw()
                asker.announce(self._held)
        for message in list(self._held_back):
            # Messages with answers go to a backend with buttons, even our own window; quiet ones may lose them.
            teller = self._first("asks" if message.answers and not message.quiet else "says")
            if teller:
                self._held_back.remove(message)
                teller.say(message)

    # --- calls from the backends ----------------------------------------------------------------------------------

    def _take_answer(self, action: Action) -> None:
        if self._held and any(action is offered for offered, _label in self._held.answers):
            self._held = self._asker = None
        self._answered(action)

    def _put_aside(self) -> None:
        # The break is not lost: the engine opens the card when its patience ends. The notice is not shown again.
        self._held = self._asker = None

    def _say_by_another(self, after: NotifyBackend, notice: Notice) -> None:
        for way in self._ways[self._ways.index(after) + 1 :]:
            if way.says:
                way.say(notice)
                return
