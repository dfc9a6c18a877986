"""Idleness from a Wayland compositor, by event: ``ext_idle_notify_v1`` (sway, KWin, Hyprland, labwc, COSMIC …).

``idle.choose`` builds it; it runs on the GUI thread over its own connection (``desktop.wayland.link``). Where the
compositor offers only the older ``org_kde_kwin_idle`` (Plasma before 5.27, sway before 1.8), it uses that. The
compositor reports pauses of ``pause_s`` and, for a while after each ``ask``, short pauses too. While nobody is there
the compositor sends nothing, so the process is not woken.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from numbguard.desktop.wayland.link import WaylandLink
from numbguard.desktop.wayland.wire import SEAT, WaylandEvent, request, socket_path

from .idle_spell import IdleSpell
from .wayland_protocols import LACKS, PROTOCOLS, TELLS, IdleProtocol, watch_request

SHORT_S = 3.0
"""Seconds without input that count as a pause in typing."""
SHORT_FOR_S = 240.0
"""Seconds after the last ``ask`` during which short pauses are reported: covers a break's wait for one and its card."""


class WaylandIdle:
    """Works while the compositor runs and offers one of the protocols; reconnects to a compositor that restarts."""

    event_driven = True

    def __init__(self, *, pause_s: float, scale: float = 1.0) -> None:
        """``pause_s``: the pause that is always reported, in real seconds. Raises ``Unavailable``."""
        self._link = WaylandLink(socket_path(), offers=self._follow_offers, received=self._receive, lost=self._lost)
        self._pause_ms = max(1, round(pause_s * 1000))
        self._short_ms = max(1, round(SHORT_S / scale * 1000))
        self._available: bool | None = None
        self._why = ""
        self._changed: Callable[[], None] = lambda: None
        self._report: Callable[[float | None], None] = lambda seconds: None
        self._spell = IdleSpell(lambda seconds: self._report(seconds))
        self._forget_all()

    @property
    def name(self) -> str:
        return self._protocol.name if self._protocol else "wayland"

    @property
    def available(self) -> bool | None:
        return self._available

    @property
    def detail(self) -> str:
        return TELLS if self._available else self._why

    def start(self, report: Callable[[float | None], None], changed: Callable[[], None]) -> None:
        self._report, self._changed = report, changed
        self._link.start()

    def ask(self) -> None:
        """Report at once: the present pause if one is known, otherwise 0."""
        self._asked_at = time.monotonic()
        if self._available:
            self._watch_for_short()
        self._report(self._spell.seconds if self._available else None)

    def stop(self) -> None:
        self._changed = lambda: None
        self._report = lambda seconds: None
        self._link.stop()
        self._forget_all()

    def _forget_all(self) -> None:
        """Reset to the state without a connection: no objects, no spell."""
        self._protocol: IdleProtocol | None = None
        self._version = 0
        self._manager_name = self._seat_name = 0
        self._manager = self._seat = 0
        self._watches: dict[int, int] = {}
        """By the id of a notification object: the length of pause that it reports, in milliseconds."""
        self._short_watch = 0
        self._asked_at = 0.0
        self._spell.forget()

    def _lost(self, why: str) -> None:
        self._forget_all()
        self._why = why
        self._set_available(False)

    def _set_available(self, available: bool) -> None:
        if available is not self._available:
            self._available = available
            self._changed()

    # --- messages -------------------------------------------------------------------------------------------------

    def _receive(self, events: Sequence[WaylandEvent]) -> None:
        for event in events:
            if event.target not in self._watches or not self._protocol:
                continue
            if event.number == self._protocol.idled:
                self._spell.lasts(self._watches[event.target] / 1000)
            elif event.number == self._protocol.resumed:
                self._spell.ends()
            self._drop_short_watch()

    def _follow_offers(self) -> None:
        """Watch the first seat with the best protocol; called again whenever either appears or disappears."""
        offers = self._link.globals
        if self._manager_name not in offers:
            self._manager = self._manager_name = 0
            self._unwatch_all()
            self._bind_manager()
        if self._seat_name not in offers:
            self._unwatch_all()
            self._seat_name = next((name for name, (one, _) in offers.items() if one == SEAT), 0)
            self._seat = self._link.bind(self._seat_name, 1) if self._seat_name else 0
        if self._manager and self._seat:
            if not self._watches:
                self._watch(self._pause_ms)
                self._link.reset_retries()
            self._set_available(True)
        else:
            self._why = LACKS
            self._set_available(False)

    def _bind_manager(self) -> None:
        self._protocol = None
        for protocol in PROTOCOLS:
            for name, (interface, version) in self._link.globals.items():
                if interface == protocol.interface:
                    self._protocol, self._manager_name = protocol, name
                    self._version = min(version, protocol.version)
                    self._manager = self._link.bind(name, self._version)
                    return

    def _watch(self, after_ms: int) -> int:
        assert self._protocol
        new = self._link.new_id()
        self._watches[new] = after_ms
        self._link.send(
            watch_request(
                self._protocol,
                version=self._version,
                manager=self._manager,
                seat=self._seat,
                new=new,
                after_ms=after_ms,
            )
        )
        return new

    def _watch_for_short(self) -> None:
        if not self._short_watch:
            self._short_watch = self._watch(self._short_ms)

    def _drop_short_watch(self) -> None:
        """Cancel the watch for short pauses once nobody has asked for ``SHORT_FOR_S``."""
        if self._short_watch and time.monotonic() - self._asked_at > SHORT_FOR_S:
            self._unwatch(self._short_watch)
            self._short_watch = 0

    def _unwatch_all(self) -> None:
        for one in tuple(self._watches):
            self._unwatch(one)
        self._short_watch = 0
        self._spell.forget()

    def _unwatch(self, watch: int) -> None:
        if self._watches.pop(watch, None) is not None and self._protocol:
            self._link.send(request(watch, self._protocol.unwatch))
