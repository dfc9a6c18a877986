"""The hot keys that a person has set, with the first candidate that works.

``choose`` creates ``HotKeys`` on the GUI thread. A candidate may find out after its start that it does not work here;
the next one then serves.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from numbguard.core.ports import SenseStatus
from numbguard.core.sentence import N_, sentence
from numbguard.core.settings.choices import KeyCombination

from . import HotKeyBackend

_log = logging.getLogger(__name__)


class HotKeys:
    """Implements ``core.ports.HotKeyControls``."""

    def __init__(self, backends: Sequence[HotKeyBackend]) -> None:
        """``backends`` in order; the last always serves."""
        self._backends = list(backends)
        self._keys: Mapping[str, KeyCombination] = {}
        self._doubled: dict[str, str] = {}
        self._suspended = False
        self._pressed: Callable[[str], None] = lambda name: None
        self._watchers: list[Callable[[], None]] = []
        self._serving: HotKeyBackend | None = None
        self._started: list[HotKeyBackend] = []
        """The backends that were started; those that do not serve may still find out that they work."""

    def start(self, pressed: Callable[[str], None]) -> None:
        """Begin; ``pressed`` gets the name of each hot key that is pressed."""
        self._pressed = pressed
        self._serve()

    def follow(self, keys: Mapping[str, KeyCombination]) -> None:
        """Have these keys, by the names of the hot keys, and no others; an empty combination is none."""
        wanted = {name: combination for name, combination in keys.items() if combination}
        if wanted == self._keys:
            return
        self._keys = wanted
        self._bind()
        self._tell()

    def stop(self) -> None:
        for backend in self._started:
            backend.stop()
        self._started, self._serving = [], None
        self._watchers.clear()

    # --- for the settings window --------------------------------------------------------------------------------------

    def trouble(self, name: str) -> str:
        """A sentence on why a hot key does not work; empty if it works or is not set."""
        if name in self._doubled:
            return self._doubled[name]
        return self._serving.troubles.get(name, "") if self._serving and name in self._keys else ""

    def note(self, name: str) -> str:
        """A sentence about a hot key that works; mostly empty."""
        return self._serving.notes.get(name, "") if self._serving and name in self._keys else ""

    def may_work(self) -> bool:
        return self._serving is not None and self._serving.available is not False

    def summary(self) -> str:
        """A sentence on how this desktop gives hot keys, or on what to do instead."""
        return self._serving.detail if self._serving else ""

    def suspend(self, on: bool) -> None:
        """Give the keys back while the person records new ones, if that can be done without asking them."""
        if on is not self._suspended and self._serving and self._serving.can_suspend:
            self._suspended = on
            self._bind()

    def watch(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Call ``changed`` after each change of what the methods above say; returns a function that ends that."""
        self._watchers.append(changed)
        return lambda: self._watchers.remove(changed) if changed in self._watchers else None

    def status(self) -> SenseStatus:
        backend = self._serving
        if backend is None:
            return SenseStatus("none", False)
        sources = {}
        for name, combination in self._keys.items():
            trouble = self.trouble(name)
            detail = trouble or sentence("The keys are {keys}.", keys=combination)
            sources[name] = SenseStatus(backend.name, not trouble, detail)
        works = backend.available is not False and all(one.works for one in sources.values())
        detail = (
            backend.detail
            if self._keys or backend.available is False
            else sentence("{how} {none}", how=backend.detail, none=N_("None is set."))
        )
        return SenseStatus(backend.name, works, detail, sources=sources)

    # --- the candidates ----------------------------------------------------------------------------------------------

    def _serve(self) -> None:
        """Let the first candidate serve that works or does not know yet."""
        chosen = self._backends[-1]
        for backend in self._backends:
            if backend not in self._started:
                self._started.append(backend)
                backend.start(self._received, self._backend_changed)
            if backend.available is not False:
                chosen = backend
                break
        if chosen is not self._serving:
            before, self._serving = self._serving, chosen
            if before:
                before.bind({})
            self._bind()

    def _backend_changed(self) -> None:
        self._serve()
        self._tell()

    def _received(self, name: str) -> None:
        if name in self._keys and not self._suspended:
            self._pressed(name)

    def _bind(self) -> None:
        self._doubled = {}
        given: dict[str, KeyCombination] = {}
        for name, combination in self._keys.items():
            if combination in given.values():
                self._doubled[name] = sentence(
                    "Your other hot key already uses {keys}. Choose another.", keys=combination
                )
            else:
                given[name] = combination
        if self._serving is None:
            return
        self._serving.bind({} if self._suspended else given)
        for name, trouble in self._serving.troubles.items():
            _log.warning("the hot key %s: %s", name, trouble)

    def _tell(self) -> None:
        for changed in tuple(self._watchers):
            changed()
