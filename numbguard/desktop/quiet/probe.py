"""Surveys once, without Qt and without an app, which reasons to keep quiet would be noticed on this desktop.

``desktop.probe`` calls it in the command line's own process, where blocking does no harm. It names the same backends as
``quiet.choose``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from numbguard.core.breaks.messages import CALL, DND, FULLSCREEN, PROGRAM, SHARING
from numbguard.core.ports import SenseStatus
from numbguard.core.sentence import N_, passage, words_of
from numbguard.core.settings.settings import Settings
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.blocking import PATIENCE_S, BlockingBus
from numbguard.desktop.quiet.do_not_disturb.gsettings_keys import TELLS, UNREADABLE, GSettingsKey, key_of_this_desktop
from numbguard.desktop.quiet.do_not_disturb.lxqt import TELLS as LXQT_TELLS
from numbguard.desktop.quiet.do_not_disturb.lxqt import LxqtSwitch, is_lxqt
from numbguard.desktop.quiet.do_not_disturb.notification_service import LIST_MODES, MAKO, NAME, SWITCHES
from numbguard.desktop.quiet.do_not_disturb.swaync import GET_DND, SWAYNC, SwayncSwitch
from numbguard.desktop.quiet.do_not_disturb.swaync import TELLS as SWAYNC_TELLS
from numbguard.desktop.quiet.do_not_disturb.xfce import GET_SERVER, NOTIFIER, SWITCH, XFCE_SERVER, XFCONF
from numbguard.desktop.quiet.front_window.xcb import XServer
from numbguard.desktop.wayland.wire import WaylandError, in_wayland_session, offered, socket_path, unreachable

from . import QuietSource, polled_candidates
from .call import media_sockets
from .front_window import WAYLAND_REPORTS, X11_REPORTS, FrontReports, FullScreen, ListedProgram, wayland_protocol
from .inhibitors import GnomeInhibitors, KdeInhibitors, LogindInhibitors
from .polled import PolledSource
from .sense import off, summary, wanted

Found = Iterator[tuple[str, str]]
"""The working backends of one reason, each with a sentence. Iteration raises ``Unavailable`` if there are none."""


def survey(session: BlockingBus, system: BlockingBus, settings: Settings) -> SenseStatus:
    """The status that the quiet sense would have with these settings."""
    sources: dict[str, Callable[[], Found]] = {
        DND: lambda: _do_not_disturb(session),
        FULLSCREEN: lambda: _full_screen(session, system),
        CALL: _call,
        SHARING: _sharing,
        PROGRAM: lambda: _front(ListedProgram.told),
    }
    asked = wanted(settings)
    if sys.platform in ("win32", "darwin"):
        sources = {id: _polled(candidates, settings) for id, candidates in polled_candidates().items()}
    return summary({id: _status(found) if asked[id] else off(id) for id, found in sources.items()})


def _polled(candidates: Sequence[Callable[[Settings], QuietSource]], settings: Settings) -> Callable[[], Found]:
    """The first working one of the sources that the app would create, on a system where they can be polled."""

    def found() -> Found:
        missing: list[str] = []
        for candidate in candidates:
            try:
                source = candidate(settings)
            except Unavailable as reason:
                missing.append(words_of(reason))
                continue
            if isinstance(source, PolledSource):
                source.sample()
            if source.available:
                yield source.name, source.detail
                return
            missing.append(source.detail)
        raise Unavailable(passage(missing) or N_("This system doesn't report it to programs."))

    return found


def _status(find: Callable[[], Found]) -> SenseStatus:
    try:
        found = list(find())
    except Unavailable as reason:
        return SenseStatus("none", works=False, detail=words_of(reason))
    names, words = zip(*found, strict=True)
    return SenseStatus(", ".join(names), works=True, detail=passage(words))


def _do_not_disturb(session: BlockingBus) -> Found:
    found = False
    if session.has(NAME):
        for switch in SWITCHES:
            words = (switch.interface, switch.property)
            if session.ask(NAME, switch.path, "org.freedesktop.DBus.Properties", "Get", *words):
                found = True
                yield switch.backend, N_("The notification service reports Do Not Disturb.")
        if not found and session.ask(NAME, MAKO.path, MAKO.interface, LIST_MODES):
            found = True
            yield "mako", N_("The notification service reports Do Not Disturb.")
    if session.has(SWAYNC.name) and session.ask(SWAYNC.name, SWAYNC.path, SWAYNC.interface, GET_DND):
        found = True
        yield SwayncSwitch.name, SWAYNC_TELLS
    why = N_("This desktop doesn't report Do Not Disturb.")
    try:
        key = key_of_this_desktop()
    except Unavailable:
        pass
    else:
        if session.alive and _can_be_read(key):
            found = True
            yield key.desktop.removeprefix("X-").lower(), TELLS
        else:
            why = UNREADABLE
    if _xfce_tells(session):
        found = True
        yield "xfce", N_("Xfce reports Do Not Disturb.")
    if is_lxqt():
        found = True
        yield LxqtSwitch.name, LXQT_TELLS
    if not found:
        raise Unavailable(why)


def _can_be_read(key: GSettingsKey) -> bool:
    with suppress(OSError, subprocess.SubprocessError):
        words = ["gsettings", "get", key.schema, key.name]
        return subprocess.run(words, capture_output=True, timeout=PATIENCE_S, check=False).returncode == 0
    return False


def _xfce_tells(session: BlockingBus) -> bool:
    xfce = "XFCE" in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":")
    if not session.has(XFCONF.name, startable=xfce):
        return False
    switch = (XFCONF.name, XFCONF.path, XFCONF.interface, "GetProperty", *SWITCH)
    if xfce or session.ask(*switch) is not None:
        return True
    who = session.ask(NOTIFIER.name, NOTIFIER.path, NOTIFIER.interface, GET_SERVER) if session.has(NAME) else None
    return bool(who and who[0] == XFCE_SERVER)


def _full_screen(session: BlockingBus, system: BlockingBus) -> Found:
    try:
        yield from _front(FullScreen.told)
        return
    except Unavailable as reason:
        if not in_wayland_session():
            raise
        why = words_of(reason)
    found = False
    for kind, bus in ((GnomeInhibitors, session), (KdeInhibitors, session), (LogindInhibitors, system)):
        if bus.has(kind.service.name, startable=kind is LogindInhibitors):
            found = True
            yield kind.name, kind.words
    if not found:
        raise Unavailable(passage((why, N_("Nothing reports which program keeps the screen on."))))


def _front(told: Callable[[FrontReports], str]) -> Found:
    if in_wayland_session():
        try:
            offers = offered(socket_path(), patience_s=PATIENCE_S)
        except (OSError, WaylandError) as error:
            raise Unavailable(unreachable(error)) from None
        if offers.get(wayland_protocol.MANAGER, 0) < wayland_protocol.OLDEST:
            raise Unavailable(wayland_protocol.LACKS)
        yield wayland_protocol.NAME, told(WAYLAND_REPORTS)
        return
    server = XServer()
    try:
        if server.atom("_NET_ACTIVE_WINDOW") not in server.words(server.root, "_NET_SUPPORTED"):
            raise Unavailable(N_("The window manager doesn't report which window is active."))
    finally:
        server.close()
    yield "x11", told(X11_REPORTS)


def _call() -> Found:
    missing: list[str] = []
    try:
        if media_sockets.is_listening(media_sockets.sound_server()):
            yield "pulseaudio", N_("The sound server reports which program records from the microphone.")
        else:
            missing.append(N_("No sound server answers in this session."))
    except Unavailable as reason:
        missing.append(words_of(reason))
    if any(Path("/dev").glob("video[0-9]*")):
        yield "v4l2", N_("The system reports which program uses the camera.")
    elif missing:
        raise Unavailable(passage((*missing, N_("There is no camera."))))


def _sharing() -> Found:
    if not media_sockets.is_listening(media_sockets.pipewire()):
        raise Unavailable(N_("PipeWire is not running, so a shared screen can't be detected."))
    yield "pipewire", N_("PipeWire reports when a screen is shared through it.")
