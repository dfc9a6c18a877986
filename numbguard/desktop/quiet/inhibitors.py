"""Infers a presentation from screen inhibitors where Wayland hides which window fills the screen.

GNOME's session manager, KDE's power management and logind each list the inhibitors and announce changes. An inhibitor
alone does not mean a presentation: people switch one on for hours to keep the machine awake (Caffeine and similar),
music players take one, and browsers take one for any video in a tab, even a paused or forgotten one. The rule errs
towards speaking: the inhibitor must concern the idle screen, and its reason must mention slides, a full screen, a call
or, unless a browser took it, a film. An inhibitor that a person asked for never counts.

``quiet.choose`` builds the sources; they run on the GUI thread. Where a compositor does report windows
(``front_window.wayland``), they are ignored.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from numbguard.core.sentence import N_, sentence
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.messages import Outcome, Reply, Service

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

_PROPERTIES = "org.freedesktop.DBus.Properties"
_IDLE = 8
"""The flag of GNOME's session manager for "inhibit the session being marked as idle"."""

_PRESENTS = re.compile(
    r"present|slide ?show|full ?-?screen|web ?rtc|peer ?connection|\bcall\b|meeting|conference", re.IGNORECASE
)
_FILM = re.compile(r"video|film|movie|playing some media", re.IGNORECASE)
_BROWSER = re.compile(r"firefox|chrom|brave|vivaldi|opera|edge|epiphany|falkon|librewolf|zen|konqueror", re.IGNORECASE)
_ASKED_FOR = re.compile(
    r"caffein|espresso|expresso|amphetamine|(keep|stay).?awake|insomnia|user (asked|request)|asked by|manual",
    re.IGNORECASE,
)


def presents(who: str, why: str) -> bool:
    """Whether an inhibitor taken by ``who`` for the reason ``why`` indicates a film, a talk or a call."""
    if _ASKED_FOR.search(who) or _ASKED_FOR.search(why):
        return False
    return bool(_PRESENTS.search(why)) or bool(_FILM.search(why) and not _BROWSER.search(who))


def _words(who: str) -> str:
    name = who.rsplit("/", 1)[-1].removesuffix(".desktop").rsplit(".", 1)[-1]
    return (
        sentence("{program} keeps the screen on", program=name[:1].upper() + name[1:])
        if name
        else N_("a film or a talk keeps the screen on")
    )


class _Inhibitors:
    """The common part of the three: a service, and those of its inhibitors that indicate a presentation."""

    name = ""
    service: Service
    _title = ""
    words = ""
    """What is noticed while it works, as a sentence."""

    def __init__(self, bus: Bus | None, *, hidden: Callable[[], bool] = lambda: True) -> None:
        """``hidden`` says whether no better source reports the window in front. Raises ``Unavailable``."""
        if bus is None:
            raise Unavailable(N_("There is no message bus, so nothing reports which program keeps the screen on."))
        self._bus = bus
        self._hidden = hidden
        self._owned: bool | None = None
        self._found: dict[str, str] = {}
        """The program that took each inhibitor, by an id of the inhibitor."""
        self._changed: Callable[[], None] = lambda: None

    @property
    def available(self) -> bool | None:
        return self._owned and self._hidden()

    @property
    def detail(self) -> str:
        return self.words if self._owned else sentence("{title} is not running.", title=self._title)

    @property
    def reason(self) -> str | None:
        return next((_words(who) for who in self._found.values() if self._hidden()), None)

    def start(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._listen()
        self._bus.watch_name(self.service.name, self._owner_changed)
        self._bus.open()

    def stop(self) -> None:
        self._bus.forget(self._owner_changed, self._heard, self._heard_of_one_less)
        self._changed = lambda: None
        self._found = {}

    def _owner_changed(self, owner: str | None) -> None:
        self._owned, self._found = owner is not None, {}
        if owner:
            self._ask()
        self._changed()

    def _listen(self) -> None:
        raise NotImplementedError

    def _ask(self) -> None:
        raise NotImplementedError

    def _heard(self, body: tuple[Any, ...]) -> None:
        """Handle a signal of a change."""
        self._ask()

    def _heard_of_one_less(self, body: tuple[Any, ...]) -> None:
        if self._found.pop(str(body[0]), None):
            self._changed()

    def _keep(self, found: dict[str, str]) -> None:
        if found != self._found:
            self._found = found
            self._changed()


class GnomeInhibitors(_Inhibitors):
    """``org.gnome.SessionManager``: has an object for each inhibitor, which is queried when it appears."""

    name = "gnome"
    service = Service("org.gnome.SessionManager", "/org/gnome/SessionManager", "org.gnome.SessionManager")
    _title = N_("GNOME's session manager")
    words = N_("GNOME's session manager reports when a talk, a call or a film keeps the screen on.")

    def _listen(self) -> None:
        self._bus.listen(self.service, "InhibitorAdded", self._heard)
        self._bus.listen(self.service, "InhibitorRemoved", self._heard_of_one_less)

    def _ask(self) -> None:
        self._bus.call(self.service, "GetInhibitors", done=self._listed)

    def _heard(self, body: tuple[Any, ...]) -> None:
        self._ask_one(str(body[0]))

    def _listed(self, outcome: Outcome) -> None:
        for path in outcome.body[0] if isinstance(outcome, Reply) else ():
            self._ask_one(path)

    def _ask_one(self, path: str) -> None:
        answers: dict[str, Any] = {}
        for member in ("GetFlags", "GetAppId", "GetReason"):
            one = Service(self.service.name, path, "org.gnome.SessionManager.Inhibitor")
            self._bus.call(one, member, done=partial(self._answered, path, answers, member))

    def _answered(self, path: str, answers: dict[str, Any], member: str, outcome: Outcome) -> None:
        if isinstance(outcome, Reply) and self._owned:
            answers[member] = outcome.body[0]
        if len(answers) == 3 and answers["GetFlags"] & _IDLE and presents(answers["GetAppId"], answers["GetReason"]):
            self._keep(self._found | {path: answers["GetAppId"]})


class KdeInhibitors(_Inhibitors):
    """``org.kde.Solid.PowerManagement.PolicyAgent``.

    Newer versions of Plasma 6 have a property that also says what is inhibited; older ones only list pairs of who and
    why.
    """

    name = "kde"
    service = Service(
        "org.kde.Solid.PowerManagement.PolicyAgent",
        "/org/kde/Solid/PowerManagement/PolicyAgent",
        "org.kde.Solid.PowerManagement.PolicyAgent",
    )
    _title = N_("KDE's power management")
    words = N_("KDE's power management reports when a talk, a call or a film keeps the screen on.")

    _property = "ActiveInhibitions"

    def _listen(self) -> None:
        self._bus.listen(self.service, "InhibitionsChanged", self._heard)
        self._bus.listen(Service(self.service.name, self.service.path, _PROPERTIES), "PropertiesChanged", self._set)

    def stop(self) -> None:
        self._bus.forget(self._set, self._answered, self._listed)
        super().stop()

    def _set(self, body: tuple[Any, ...]) -> None:
        if len(body) == 3 and (self._property in body[1] or self._property in body[2]):
            self._ask()

    def _ask(self) -> None:
        where = Service(self.service.name, self.service.path, _PROPERTIES)
        self._bus.call(where, "Get", "ss", self.service.interface, self._property, done=self._answered)

    def _answered(self, outcome: Outcome) -> None:
        signature, active = outcome.body[0] if isinstance(outcome, Reply) else ("", [])
        if signature == "a(ssssu)":
            idle = [(who, why) for what, who, why, _mode, _flags in active if "idle" in what.split(":")]
            self._keep({f"{who}\n{why}": who for who, why in idle if presents(who, why)})
        else:
            self._bus.call(self.service, "ListInhibitions", done=self._listed)

    def _listed(self, outcome: Outcome) -> None:
        pairs = outcome.body[0] if isinstance(outcome, Reply) else ()
        self._keep({f"{who}\n{why}": who for who, why in pairs if presents(who, why)})


class LogindInhibitors(_Inhibitors):
    """``org.freedesktop.login1`` on the system bus: inhibitors of this user that block idleness."""

    name = "logind"
    service = Service("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
    _title = "logind"
    words = N_("logind reports when a talk, a call or a film keeps the screen on.")

    def _listen(self) -> None:
        where = Service(self.service.name, self.service.path, _PROPERTIES)
        self._bus.listen(where, "PropertiesChanged", self._heard)

    def _heard(self, body: tuple[Any, ...]) -> None:
        if len(body) == 3 and ("BlockInhibited" in body[1] or "BlockInhibited" in body[2]):
            self._ask()

    def _ask(self) -> None:
        self._bus.call(self.service, "ListInhibitors", done=self._listed)

    def _listed(self, outcome: Outcome) -> None:
        found = {
            f"{pid}\n{who}\n{why}": who
            for what, who, why, mode, uid, pid in (outcome.body[0] if isinstance(outcome, Reply) else ())
            if "idle" in what.split(":") and mode == "block" and uid == os.getuid() and presents(who, why)
        }
        self._keep(found)
