"""The notifier the app uses: hands each notice to the first way that can show it, and moves it when ways change.

Built by ``notify.choose``; called by the runtime on the GUI thread. Implements ``core.ports.Notifier``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from numbguard.core.breaks.messages import Action
from numbguard.core.ports import Notice, SenseStatus

from . import NotifyBackend, NotifyListener

MOST_HELD_BACK = 5
"""Messages kept while it is not yet known who shows them; older ones would be no news any more."""


class DesktopNotifier:
    """One announcement at a time, on the first of ``ways`` that asks; messages on the first that says."""

    def __init__(self, ways: Sequence[NotifyBackend]) -> None:
        self._ways = tuple(ways)
        self._answered: Callable[[Action], None] = lambda action: None
        self._held: Notice | None = None
        self._asker: NotifyBackend | None = None
        """The way that shows ``_held``."""
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

    # --- which way ------------------------------------------------------------------------------------------------

    def _first(self, what: str) -> NotifyBackend | None:
        """The first way that can ("asks" or "says"), or ``None`` for as long as a better one is not yet sure."""
        for way in self._ways:
            can = way.asks if what == "asks" else way.says
            if can is not False:
                return way if can else None
        return None

    def _settle(self) -> None:
        """What is held is shown by the best way there is now."""
        if self._held:
            asker = self._first("asks")
            if asker and asker is not self._asker:
                before, self._asker = self._asker, asker
                if before:
                    before.withdraw()
                asker.announce(self._held)
        for message in list(self._held_back):
            # A message with answers goes where answers can be given, were it our own window; a quiet one does without.
            teller = self._first("asks" if message.answers and not message.quiet else "says")
            if teller:
                self._held_back.remove(message)
                teller.say(message)

    # --- what the ways tell ---------------------------------------------------------------------------------------

    def _take_answer(self, action: Action) -> None:
        if self._held and any(action is offered for offered, _label in self._held.answers):
            self._held = self._asker = None
        self._answered(action)

    def _put_aside(self) -> None:
        # The break is not lost by that: the engine's patience goes on, and nothing is shown a second time.
        self._held = self._asker = None

    def _say_by_another(self, after: NotifyBackend, notice: Notice) -> None:
        for way in self._ways[self._ways.index(after) + 1 :]:
            if way.says:
                way.say(notice)
                return
