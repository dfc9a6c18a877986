"""Which candidates of a capability serve on this desktop, and why the others do not, found when first needed.

``sound`` and ``speech`` use it on the GUI thread. A program may be installed, or a service start, while NumbGuard runs:
so a candidate that was missing is looked for again once in a while, and one that failed is passed over for as long.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Final, Generic, Protocol, TypeVar

from numbguard.core.ports import SenseStatus
from numbguard.desktop import Unavailable

_AGAIN_S: Final = 60.0
"""Seconds for which a candidate that failed is passed over, and after which a missing one is looked for again."""
_LAST: Final = "none"
"""The name of the last candidate, which always works and does nothing."""


class Candidate(Protocol):
    """What ``sound.Player`` and ``speech.Speaker`` have in common."""

    name: str
    detail: str

    def stop(self) -> None: ...


C = TypeVar("C", bound=Candidate)
Makers = Sequence[tuple[str, Callable[[], C]]]
"""The name and the maker of each candidate, the best one first; a maker raises ``Unavailable``."""


class FoundCandidates(Generic[C]):
    def __init__(self, makers: Callable[[], Makers[C]], now: Callable[[], float] = monotonic) -> None:
        """``now`` is a clock in seconds."""
        self._makers = makers
        self._now = now
        self._found: list[C] = []
        self._why_not: dict[str, str] = {}
        """Why each of the others does not serve, by its name."""
        self._looked_at: float | None = None
        self._failed: dict[str, float] = {}
        """When each candidate failed, by its name."""

    def all(self) -> Sequence[C]:
        """Those that serve, the best one first; at least the last one."""
        is_known = self._looked_at is not None and (not self._why_not or self._now() - self._looked_at < _AGAIN_S)
        if not is_known:
            self.stop()
            self._looked_at, self._found, self._why_not = self._now(), [], {}
            for name, make in self._makers():
                try:
                    self._found.append(make())
                except Unavailable as why:
                    self._why_not[name] = why.args[0]
        return self._found

    @property
    def serves(self) -> bool:
        """Whether there is any but the last one."""
        return self.all()[0].name != _LAST

    def usable(self) -> list[C]:
        """Those that serve and have not failed lately."""
        return [one for one in self.all() if self._now() - self._failed.get(one.name, -_AGAIN_S) >= _AGAIN_S]

    def has_failed(self, candidate: C) -> None:
        self._failed[candidate.name] = self._now()

    def status(self, detail: str) -> SenseStatus:
        """The best one, described by ``detail``, and all of them as its sources."""
        by_name = {one.name: SenseStatus(one.name, True, one.detail) for one in self.all() if one.name != _LAST}
        by_name |= {name: SenseStatus(_LAST, False, why) for name, why in self._why_not.items()}
        sources = {name: by_name[name] for name, _make in self._makers() if name in by_name}
        return SenseStatus(self.all()[0].name, self.serves, detail, sources=sources)

    def stop(self) -> None:
        for one in self._found:
            one.stop()
