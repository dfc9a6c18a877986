"""Quiet: reasons known to the desktop for not interrupting the person now.

The app calls ``choose`` once the tray is shown; everything in this folder runs on the GUI thread and, on Linux, is
driven by events. Each module is a source. Several may report the same reason, which holds while any of them reports it:

- ``dnd``: ``do_not_disturb.notification_service`` (KDE's ``Inhibited``, dunst's ``paused``, mako's modes),
  ``do_not_disturb.swaync``, ``do_not_disturb.gsettings`` (GNOME, Cinnamon, MATE, Pantheon), ``do_not_disturb.xfce``,
  ``do_not_disturb.lxqt``;
- ``fullscreen``: ``front_window``, from ``front_window.x11`` or ``front_window.wayland``; where Wayland hides the
  windows, ``inhibitors`` (GNOME, KDE, logind);
- ``call``: ``call.microphone`` (PulseAudio, PipeWire), ``call.camera`` (``/dev/video*``);
- ``sharing``: ``call.screen_sharing`` (PipeWire);
- ``program``: ``front_window``;
- Windows and macOS have a module each, ``windows`` and ``macos``, which poll.

The sources read only the fact and a program's name, and store neither.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from numbguard.core.settings.settings import Settings
    from numbguard.desktop.dbus.bus import Bus

    from .do_not_disturb.notification_service import ServiceSwitch
    from .front_window import FrontWindowSource
    from .sense import Candidates, QuietSense


class QuietSource(Protocol):
    """One source of one reason. A constructor raises ``Unavailable`` where it cannot work."""

    @property
    def name(self) -> str:
        """The backend's name, as ``numbguard check`` prints it."""

    @property
    def available(self) -> bool | None:
        """Whether it works; ``None`` while unknown."""

    @property
    def detail(self) -> str:
        """What is noticed and what reports it, or why nothing does, in plain words."""

    @property
    def reason(self) -> str | None:
        """Why to keep quiet, as part of a sentence; ``None`` if this source sees no reason to."""

    def start(self, changed: Callable[[], None]) -> None:
        """Start, and call ``changed`` whenever one of the properties above may have changed."""

    def stop(self) -> None: ...


def choose(session_bus: Bus | None, system_bus: Bus | None, settings: Settings) -> QuietSense:
    """The quiet sense of this desktop. Each source is imported and created when its setting asks for it."""
    from numbguard.core.breaks.messages import CALL, DND, FULLSCREEN, PROGRAM, SHARING
    from numbguard.desktop.wayland.wire import in_wayland_session

    from .sense import QuietSense

    if sys.platform in ("win32", "darwin"):
        return QuietSense(polled_candidates(), settings)

    front: list[FrontWindowSource] = []
    service: list[ServiceSwitch] = []

    def windows() -> FrontWindowSource:
        """The source of the window in front, shared by its two users."""
        if not front:
            if in_wayland_session():
                from numbguard.desktop.quiet.front_window.wayland import WaylandWindows

                front.append(WaylandWindows())
            else:
                from numbguard.desktop.quiet.front_window.x11 import X11Windows

                front.append(X11Windows())
        return front[0]

    def hidden() -> bool:
        """Whether no source reports the window in front."""
        return not (front and front[0].available)

    def catch_up() -> None:
        for one in front:
            one.catch_up()
        for switch in service:
            switch.catch_up()

    def service_switch(_: Settings) -> QuietSource:
        from numbguard.desktop.quiet.do_not_disturb.notification_service import ServiceSwitch

        service[:] = [ServiceSwitch(session_bus)]
        return service[0]

    def swaync_switch(_: Settings) -> QuietSource:
        from numbguard.desktop.quiet.do_not_disturb.swaync import SwayncSwitch

        return SwayncSwitch(session_bus)

    def desktop_switch(_: Settings) -> QuietSource:
        from numbguard.desktop.quiet.do_not_disturb.gsettings import GSettingsSwitch

        return GSettingsSwitch(session_bus)

    def xfce_switch(_: Settings) -> QuietSource:
        from numbguard.desktop.quiet.do_not_disturb.xfce import XfceSwitch

        return XfceSwitch(session_bus)

    def lxqt_switch(_: Settings) -> QuietSource:
        from numbguard.desktop.quiet.do_not_disturb.lxqt import LxqtSwitch

        return LxqtSwitch()

    def full_screen(_: Settings) -> QuietSource:
        from .front_window import FullScreen

        return FullScreen(windows())

    def gnome_inhibitors(_: Settings) -> QuietSource:
        from .inhibitors import GnomeInhibitors

        return GnomeInhibitors(session_bus, hidden=hidden)

    def kde_inhibitors(_: Settings) -> QuietSource:
        from .inhibitors import KdeInhibitors

        return KdeInhibitors(session_bus, hidden=hidden)

    def logind_inhibitors(_: Settings) -> QuietSource:
        from .inhibitors import LogindInhibitors

        return LogindInhibitors(system_bus, hidden=hidden)

    def microphone(settings: Settings) -> QuietSource:
        from numbguard.desktop.quiet.call.microphone import MicrophoneInUse

        return MicrophoneInUse(settings.quiet_not_calls)

    def camera(settings: Settings) -> QuietSource:
        from numbguard.desktop.quiet.call.camera import CameraInUse

        return CameraInUse(not_calls=settings.quiet_not_calls)

    def casting(_: Settings) -> QuietSource:
        from numbguard.desktop.quiet.call.screen_sharing import ScreenSharing

        return ScreenSharing()

    def listed_program(settings: Settings) -> QuietSource:
        from .front_window import ListedProgram

        return ListedProgram(windows(), settings.quiet_programs)

    inhibitors = (gnome_inhibitors, kde_inhibitors, logind_inhibitors)
    return QuietSense(
        {
            DND: (service_switch, swaync_switch, desktop_switch, xfce_switch, lxqt_switch),
            FULLSCREEN: (full_screen, *(inhibitors if in_wayland_session() else ())),
            CALL: (microphone, camera),
            SHARING: (casting,),
            PROGRAM: (listed_program,),
        },
        settings,
        catch_up=catch_up,
    )


def polled_candidates() -> Candidates:
    """The candidates on Windows and macOS, for ``choose`` and for the survey of the command line."""
    from numbguard.core.breaks.messages import CALL, DND, FULLSCREEN, PROGRAM, SHARING

    def windows_call(settings: Settings) -> QuietSource:
        from .windows import WindowsCall

        return WindowsCall(not_calls=settings.quiet_not_calls)

    def windows_quiet_time(_: Settings) -> QuietSource:
        from .windows import WindowsQuietTime

        return WindowsQuietTime()

    def windows_focus_session(_: Settings) -> QuietSource:
        from .windows_focus import WindowsFocusSession

        return WindowsFocusSession()

    def windows_full_screen(_: Settings) -> QuietSource:
        from .windows import WindowsFullScreen

        return WindowsFullScreen()

    def windows_program(settings: Settings) -> QuietSource:
        from .windows import WindowsProgram

        return WindowsProgram(settings.quiet_programs)

    def mac_call(_: Settings) -> QuietSource:
        from .macos import MacCall

        return MacCall()

    if sys.platform == "darwin":
        return {DND: (), FULLSCREEN: (), CALL: (mac_call,), SHARING: (), PROGRAM: ()}
    return {
        DND: (windows_focus_session, windows_quiet_time),
        FULLSCREEN: (windows_full_screen,),
        CALL: (windows_call,),
        SHARING: (),
        PROGRAM: (windows_program,),
    }
