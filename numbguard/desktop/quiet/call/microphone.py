"""A call detected by its microphone: which program records, according to PulseAudio or PipeWire's pipewire-pulse.

``quiet.choose`` builds it; it runs on the GUI thread. The server announces when a recording stream appears, changes or
ends; the source then asks for the list of streams and never polls. It ignores paused (corked) streams, streams of the
sound server's own modules, recordings of a loudspeaker (a monitor), and level meters, which take only a few samples a
second or ask for peaks only.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence, Set
from functools import partial
from pathlib import Path
from typing import Any

from numbguard.core.sentence import N_, sentence

from . import media_sockets
from . import pulse_wire as wire
from .local_server import LocalServer

_FEWEST_SAMPLES = 4000
"""Samples per second; a stream with fewer cannot carry a voice and feeds a level meter."""
_FILTERS = frozenset({"filter", "dsp"})
"""Values of ``media.category`` and ``media.role``, in lower case, that mark a filter."""
_FILTER_PROGRAMS = frozenset({"com.github.wwmm.easyeffects", "com.github.wwmm.pulseeffects"})
_FIELDS = 13
"""Number of values for each recording stream in the list, in protocol version 19."""
_COOKIE_LENGTH = 256
"""Bytes."""


class MicrophoneInUse:
    """Works while a sound server answers."""

    name = "pulseaudio"

    def __init__(self, not_calls: Sequence[str] = ()) -> None:
        """``not_calls``: names of programs that do not count. Raises ``Unavailable``."""
        self._not_calls = frozenset(name.lower() for name in not_calls)
        self._link = LocalServer(
            media_sockets.sound_server(), opened=self._greet, received=self._read, closed=self._closed
        )
        self._changed: Callable[[], None] = lambda: None
        self._server = ""
        self._tried = False
        self._reason: str | None = None
        self._begin_anew()

    @property
    def available(self) -> bool | None:
        return True if self._server else False if self._tried else None

    @property
    def detail(self) -> str:
        if self._server:
            return sentence("{server} reports which program records from the microphone.", server=self._server)
        return N_("No sound server answers in this session.")

    @property
    def reason(self) -> str | None:
        return self._reason

    def start(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._link.start()

    def stop(self) -> None:
        self._link.stop()
        self._reason = None

    # --- the connection -----------------------------------------------------------------------------------------

    def _begin_anew(self) -> None:
        self._packets = wire.PulsePackets()
        self._tag = 0
        self._waiting: dict[int, Callable[[list[Any]], None]] = {}
        self._monitors: dict[int, bool] = {}
        self._streams: list[tuple[int, str]] = []
        self._listing = self._stale = False

    def _greet(self) -> None:
        self._begin_anew()
        self._ask(wire.AUTH, self._authorised, wire.VERSION, _cookie())

    def _closed(self) -> None:
        self._server, self._tried, self._reason = "", True, None
        self._changed()

    def _read(self, data: bytes) -> None:
        for values in self._packets.feed(data):
            self._receive(values)

    def _receive(self, values: list[Any]) -> None:
        if len(values) < 2:
            return
        command, tag, *rest = values
        if command == wire.SUBSCRIBE_EVENT:
            self._list()
        elif command in (wire.REPLY, wire.ERROR) and tag in self._waiting:
            received = self._waiting.pop(tag)
            # An error counts as an empty answer: the stream in question may just have ended.
            received(rest if command == wire.REPLY else [])

    def _ask(self, command: int, received: Callable[[list[Any]], None], *values: Any) -> None:
        self._tag += 1
        self._waiting[self._tag] = received
        self._link.send(wire.packet(command, self._tag, *values))

    # --- who records --------------------------------------------------------------------------------------------

    def _authorised(self, values: list[Any]) -> None:
        if not values:
            self._link.refuse()
            return
        self._ask(wire.SET_CLIENT_NAME, self._named, {"application.name": "NumbGuard"})

    def _named(self, _values: list[Any]) -> None:
        self._ask(wire.GET_SERVER_INFO, self._server_replied)
        self._ask(wire.SUBSCRIBE, lambda _: self._list(), wire.RECORDINGS)

    def _server_replied(self, values: list[Any]) -> None:
        name, version = (str(one or "") for one in values[:2]) if len(values) >= 2 else ("PulseAudio", "")
        self._server = name if "PipeWire" in name else f"PulseAudio {version}".strip()
        self._changed()

    def _list(self) -> None:
        """Ask for the list of streams; a change during the answer makes it ask once more afterwards."""
        if self._listing:
            self._stale = True
            return
        self._listing, self._stale = True, False
        self._ask(wire.GET_SOURCE_OUTPUT_INFO_LIST, self._listed)

    def _listed(self, values: list[Any]) -> None:
        self._streams = recording_streams(values, ignored=self._not_calls)
        unknown = {source for source, _ in self._streams} - self._monitors.keys()
        for source in unknown:
            self._ask(wire.GET_SOURCE_INFO, partial(self._learn, source), source, None)
        if not unknown:
            self._conclude()

    def _learn(self, source: int, values: list[Any]) -> None:
        # An empty answer means that the source, and its streams with it, no longer exists.
        self._monitors[source] = len(values) < 9 or values[8] != wire.NOTHING
        if all(one in self._monitors for one, _ in self._streams):
            self._conclude()

    def _conclude(self) -> None:
        self._listing = False
        names = dict.fromkeys(name for source, name in self._streams if not self._monitors[source])
        reason = microphone_words(next(iter(names))) if names else None
        if reason != self._reason:
            self._reason = reason
            self._changed()
        if self._stale:
            self._list()


def recording_streams(values: list[Any], *, ignored: Set[str] = frozenset()) -> list[tuple[int, str]]:
    """The streams with which a program listens: the index of the source and the program's name, for each.

    ``values`` is the flat list of the reply. Programs whose name or binary is in ``ignored`` (lower case) are omitted.
    """
    found: list[tuple[int, str]] = []
    for first in range(0, len(values) - _FIELDS + 1, _FIELDS):
        stream = values[first : first + _FIELDS]
        _index, title, _module, client, source, sample, _map, _buffer, _latency, resampled, _driver, about, corked = (
            stream
        )
        if not isinstance(about, dict) or corked or client == wire.NOTHING:
            continue
        meter = (
            resampled == "peaks"
            or about.get("resample.peaks") == "true"
            or (isinstance(sample, tuple) and sample[2] < _FEWEST_SAMPLES)
        )
        filtering = "node.link-group" in about or about.get("node.passive") == "true" or _is_filter(about)
        monitoring = about.get("stream.monitor") == "true" or about.get("stream.capture.sink") == "true"
        name = program_name(about, str(title or ""))
        is_ignored = not ignored.isdisjoint({name.lower(), about.get("application.process.binary", "").lower()})
        if not meter and not filtering and not monitoring and not is_ignored:
            found.append((source, name))
    return found


def _is_filter(about: dict[str, str]) -> bool:
    """Whether a stream belongs to audio processing such as noise suppression, which records all day, call or not."""
    labels = about.get("media.category", "").lower(), about.get("media.role", "").lower()
    return not _FILTERS.isdisjoint(labels) or about.get("application.id", "").lower() in _FILTER_PROGRAMS


def program_name(about: dict[str, str], title: str = "") -> str:
    """The name of a stream's program, as a person would call it."""
    name = about.get("application.name") or about.get("node.name") or title
    binary = about.get("application.process.binary", "")
    plugged = re.fullmatch(r"(?:ALSA plug-in|PipeWire ALSA) \[(.+)\]", name)
    if plugged:
        name = plugged[1]
    elif "VoiceEngine" in name and binary:
        # The name comes from the library that Zoom, Discord and others use.
        name = binary
    name = " ".join(name.split())[:60]
    return name[:1].upper() + name[1:] if name.islower() and name == binary else name


def microphone_words(program: str) -> str:
    return sentence("microphone in use by {program}", program=program) if program else N_("microphone in use")


def _cookie() -> bytes:
    """The shared secret, or zeros if there is none: a server of the same user does not require it."""
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    for path in (os.environ.get("PULSE_COOKIE"), Path(config, "pulse", "cookie"), Path.home() / ".pulse-cookie"):
        try:
            cookie = Path(path).read_bytes() if path else b""
        except OSError:
            continue
        if len(cookie) == _COOKIE_LENGTH:
            return cookie
    return bytes(_COOKIE_LENGTH)
