"""The app's notifier: gives each notice to the first backend that can show it, and moves it when that changes.

``notify.choose`` builds it; the runtime calls it on the GUI thread. Implements ``core.ports.Notifier``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from numbguard.core.breaks.messages import Action
from numbguard.core.ports import Notice, SenseStatus
from numbguard.core.sentence import passage

from . import NotifyBackend, NotifyListener

MAX_PENDING = 5
"""Number of messages kept while no backend is known to show them; older ones would be stale and are dropped."""


class DesktopNotifier:
    """Shows one announcement at a time, and messages, each on the first of ``backends`` that can."""

    def __init__(
        self, backends: Sequence[NotifyBackend], *, in_words: Callable[[Notice], Notice] = lambda notice: notice
    ) -> None:
        """``in_words`` returns a notice in the person's language."""
        self._in_words = in_words
        self._backends = tuple(backends)
        self._answered: Callable[[Action, str | None], None] = lambda action, about: None
        self._announcement: Notice | None = None
        self._announcer: NotifyBackend | None = None
        """The backend that shows ``_announcement``."""
        self._insists = False
        """The announcement has moved from the first backend to a later one, and stays there."""
        self._pending: list[Notice] = []

    def start(self, answered: Callable[[Action, str | None], None]) -> None:
        self._answered = answered
        for backend in self._backends:
            backend.start(
                NotifyListener(
                    answered=self._take_answer,
                    dismissed=self._dismissed,
                    not_shown=partial(self._say_by_another, backend),
                    changed=self._settle,
                )
            )

    def announce(self, notice: Notice) -> None:
        notice = self._in_words(notice)
        self._announcement, self._insists = notice, False
        if self._announcer:
            announcer = self._first("announce")
            if announcer is self._announcer:
                announcer.announce(notice)
                return
            self._announcer.withdraw()
            self._announcer = None
        self._settle()

    def may_be_unseen(self) -> bool:
        return any(backend.may_be_unseen for backend in self._backends)

    def awaits_answers(self) -> bool:
        """Whether a notice on the screen, or in the desktop's list, can still be answered."""
        return bool(self._pending) or any(backend.awaits_answers for backend in self._backends)

    def insist(self, notice: Notice) -> None:
        window = next((one for one in self._backends if one.can_announce and not one.may_be_unseen), None)
        if window is None:
            return
        if self._announcer:
            self._announcer.withdraw()
        notice = self._in_words(notice)
        self._announcement, self._announcer = notice, window
        self._insists = True
        window.announce(notice)

    def withdraw(self) -> None:
        self._announcement, self._insists = None, False
        announcer, self._announcer = self._announcer, None
        if announcer:
            announcer.withdraw()

    def say(self, notice: Notice) -> None:
        self._pending = [*self._pending, self._in_words(notice)][-MAX_PENDING:]
        self._settle()

    def withdraw_messages(self, about: str) -> None:
        self._pending = [one for one in self._pending if one.about != about]
        for backend in self._backends:
            backend.withdraw_messages(about)

    def status(self) -> SenseStatus:
        announcer = self._first("announce")
        if announcer:
            passed = [
                backend.detail
                for backend in self._backends[: self._backends.index(announcer)]
                if backend.can_announce is False
            ]
            return SenseStatus(announcer.name, works=True, detail=passage((*passed, announcer.detail)))
        waiting = [backend for backend in self._backends if backend.can_announce is None]
        if waiting:
            return SenseStatus(waiting[0].name, works=False, detail=waiting[0].detail)
        return SenseStatus("none", works=False, detail=passage(backend.detail for backend in self._backends))

    def stop(self) -> None:
        self.withdraw()
        for backend in self._backends:
            backend.stop()

    # --- choice of the backend ------------------------------------------------------------------------------------

    def _first(self, what: str) -> NotifyBackend | None:
        """The first backend that can do ``what`` ("announce" or "say"); ``None`` while a better one is undecided."""
        for backend in self._backends:
            can = backend.can_announce if what == "announce" else backend.can_say
            if can is not False:
                return backend if can else None
        return None

    def _settle(self) -> None:
        """Show what is held, with the best backend available now."""
        if self._announcement and not self._insists:
            announcer = self._first("announce")
            if announcer and announcer is not self._announcer:
                before, self._announcer = self._announcer, announcer
                if before:
                    before.withdraw()
                announcer.announce(self._announcement)
        for message in list(self._pending):
            # Messages with answers go to a backend with buttons, even our own window; quiet ones may lose them.
            backend = self._first("announce" if message.answers and not message.quiet else "say")
            if backend:
                self._pending.remove(message)
                backend.say(message)

    # --- calls from the backends ----------------------------------------------------------------------------------

    def _take_answer(self, action: Action, about: str | None) -> None:
        if self._announcement and any(action is offered for offered, _label in self._announcement.answers):
            self._announcement = self._announcer = None
        self._answered(action, about)

    def _dismissed(self) -> None:
        # The break is not lost: the engine opens the card when its patience ends. The notice is not shown again.
        self._announcement = self._announcer = None

    def _say_by_another(self, after: NotifyBackend, notice: Notice) -> None:
        for backend in self._backends[self._backends.index(after) + 1 :]:
            if backend.can_say:
                backend.say(notice)
                return
