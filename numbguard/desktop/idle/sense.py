"""The idle sense the app uses: asks the first backend that serves, and turns to the next when it no longer does.

Built by ``idle.choose``; called by the runtime on the GUI thread. Implements ``core.ports.IdleSource``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

from numbguard.core.ports import SenseStatus

from . import GRAIN_S, IdleBackend


class IdleSense:
    """The last of ``backends`` always serves, if only to say that nothing is known."""

    def __init__(self, backends: Sequence[IdleBackend], *, missing: Sequence[str] = (), scale: float = 1.0) -> None:
        self._backends = tuple(backends)
        self._missing = tuple(missing)
        """Why other candidates are not among the backends."""
        self._scale = scale
        self._report: Callable[[float | None], None] = lambda seconds: None
        self._serving: IdleBackend | None = None
        self._started = False
        self._seconds: float | None = None
        self._fails = False
        """Whoever serves could not tell the last time it was asked."""
        self._reported_at = 0.0

    @property
    def needs_asking(self) -> bool:
        return self._serving is not None and not self._serving.tells

    def start(self, report: Callable[[float | None], None]) -> None:
        self._report = report
        for backend in self._backends:
            backend.start(partial(self._reported, backend), self._choose)
        self._started = True
        self._choose()

    def ask(self) -> None:
        """Nothing is asked while it is open who serves: the figure is reported as soon as that is known."""
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
            detail=" ".join([self._serving.detail, *reasons]),
            seconds=self._seconds_now(),
        )

    def _seconds_now(self) -> float | None:
        """The last figure; a pause of which the end would be told goes on."""
        if self._seconds is None or self._seconds < GRAIN_S or not self._serving or not self._serving.tells:
            return self._seconds
        return self._seconds + (time.monotonic() - self._reported_at) * self._scale

    def stop(self) -> None:
        for backend in self._backends:
            backend.stop()
        self._serving = None

    def _choose(self) -> None:
        """The first that serves; while a better one is not yet sure, none."""
        if not self._started:
            return  # One that is not here was told so at once; others are still to begin.
        first = next((one for one in self._backends if one.here is not False), None)
        serving = first if first and first.here else None
        if serving is not self._serving:
            self._serving, self._seconds, self._fails = serving, None, False
            if serving:
                serving.ask()
            else:
                # What was known from the former backend holds no longer.
                self._report(None)

    def _reported(self, backend: IdleBackend, seconds: float | None) -> None:
        if backend is self._serving:
            self._seconds, self._fails = None if seconds is None else seconds * self._scale, seconds is None
            self._reported_at = time.monotonic()
            self._report(self._seconds)
