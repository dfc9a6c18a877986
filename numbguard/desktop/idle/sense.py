"""The app's idle sense: uses the first backend that works, and switches to the next when that one stops working.

``idle.choose`` builds it; the runtime calls it on the GUI thread. Implements ``core.ports.IdleSource``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

from numbguard.core.ports import SenseStatus
from numbguard.core.sentence import passage

from . import PAUSE_S, IdleBackend


class IdleSense:
    """The last of ``backends`` must always work, if only to report that nothing is known."""

    def __init__(self, backends: Sequence[IdleBackend], *, missing: Sequence[str] = (), scale: float = 1.0) -> None:
        self._backends = tuple(backends)
        self._missing = tuple(missing)
        """Why the other candidates are not among the backends, one sentence each."""
        self._scale = scale
        self._report: Callable[[float | None], None] = lambda seconds: None
        self._serving: IdleBackend | None = None
        self._started = False
        self._seconds: float | None = None
        self._fails = False
        """Whether the last report of the serving backend was "unknown"."""
        self._reported_at = 0.0

    @property
    def needs_polling(self) -> bool:
        return self._serving is not None and not self._serving.event_driven

    def start(self, report: Callable[[float | None], None]) -> None:
        self._report = report
        for backend in self._backends:
            backend.start(partial(self._reported, backend), self._choose)
        self._started = True
        self._choose()

    def ask(self) -> None:
        """Ask the serving backend. Before one is chosen this does nothing; choosing one asks for its figure."""
        if self._serving:
            self._serving.ask()

    def status(self) -> SenseStatus:
        if self._serving is None:
            return SenseStatus("unknown", works=False)
        last = self._serving is self._backends[-1]
        reasons = [*self._missing, *(one.detail for one in self._backends[:-1])] if last else []
        return SenseStatus(
            self._serving.name,
            works=not last and not self._fails,
            detail=passage((self._serving.detail, *reasons)),
            seconds=self._seconds_now(),
        )

    def _seconds_now(self) -> float | None:
        """The last figure; for an event source, a pause without a reported end has grown by the time since."""
        if self._seconds is None or self._seconds < PAUSE_S or not self._serving or not self._serving.event_driven:
            return self._seconds
        return self._seconds + (time.monotonic() - self._reported_at) * self._scale

    def stop(self) -> None:
        for backend in self._backends:
            backend.stop()
        self._serving = None

    def _choose(self) -> None:
        """Switch to the first backend that works; to none while a better one is undecided."""
        if not self._started:
            return  # Some backends report at once that they do not work, before the others have started.
        first = next((one for one in self._backends if one.available is not False), None)
        serving = first if first and first.available else None
        if serving is not self._serving:
            self._serving, self._seconds, self._fails = serving, None, False
            if serving:
                serving.ask()
            else:
                # The figure of the former backend is no longer valid.
                self._report(None)

    def _reported(self, backend: IdleBackend, seconds: float | None) -> None:
        if backend is self._serving:
            self._seconds, self._fails = None if seconds is None else seconds * self._scale, seconds is None
            self._reported_at = time.monotonic()
            self._report(self._seconds)
