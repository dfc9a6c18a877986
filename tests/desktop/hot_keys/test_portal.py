"""Hot keys by the portal of a desktop: a stand-in on a real bus that answers as the portal's documentation says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from numbguard.core.settings.key_combination import read_combination
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.bus import Bus
from numbguard.desktop.dbus.incoming import IncomingCall
from numbguard.desktop.hot_keys.keys import HotKeys
from numbguard.desktop.hot_keys.portal import PortalHotKeys, trigger_of
from numbguard.desktop.hot_keys.unserved import UnservedHotKeys
from tests.desktop.stand_ins import PrivateBus

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SHORTCUTS, REQUEST = "org.freedesktop.portal.GlobalShortcuts", "org.freedesktop.portal.Request"
TITLES = {"log": "Log numbness", "break_now": "Start a break"}


class Portal:
    """The desktop's end; ``answer`` is what the person says, ``given`` the keys that the desktop gives."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.has_shortcuts = True
        self.answer = 0
        self.given: dict[str, str] | None = None
        self.members: list[str] = []
        self.bound: dict[str, Any] = {}
        self.session = ""
        bus.serve(self._called)
        bus.own_name(NAME, lambda ours: None)
        bus.open()

    def press(self, name: str, session: str | None = None) -> None:
        self.bus.emit(PATH, SHORTCUTS, "Activated", "osta{sv}", session or self.session, name, 1, {})

    def _called(self, call: IncomingCall) -> None:
        self.members.append(call.member)
        sender = call.sender.removeprefix(":").replace(".", "_")
        match call.member:
            case "Get" if self.has_shortcuts:
                call.reply("v", ("u", 1))
            case "CreateSession":
                options = call.body[0]
                self.session = f"{PATH}/session/{sender}/{options['session_handle_token'][1]}"
                self._respond(call, sender, options, 0, {"session_handle": ("s", self.session)})
            case "BindShortcuts":
                session, wanted, _parent, options = call.body
                assert session == self.session
                self.bound = {name: about["preferred_trigger"][1] for name, about in wanted}
                given = self.bound if self.given is None else self.given
                told = [(name, {"trigger_description": ("s", keys)}) for name, keys in given.items()]
                self._respond(call, sender, options, self.answer, {"shortcuts": ("a(sa{sv})", told)})
            case "Close":
                call.reply()
            case _:
                call.fail("org.freedesktop.DBus.Error.UnknownMethod", "There is none.")

    def _respond(
        self, call: IncomingCall, sender: str, options: dict[str, Any], response: int, results: dict[str, Any]
    ) -> None:
        request = f"{PATH}/request/{sender}/{options['handle_token'][1]}"
        call.reply("o", request)
        self.bus.emit(request, REQUEST, "Response", "ua{sv}", response, results)


class Trial:
    def __init__(self, bus: Bus) -> None:
        self.pressed: list[str] = []
        self.keys = HotKeys([PortalHotKeys(bus, TITLES), UnservedHotKeys("numbguard")])
        self.keys.start(self.pressed.append)

    def follow(self, log: str = "", break_now: str = "") -> None:
        self.keys.follow({"log": read_combination(log), "break_now": read_combination(break_now)})


@pytest.fixture
def portal(private_bus: PrivateBus, open_bus: Callable[[], Bus], qtbot: QtBot) -> Portal:
    portal = Portal(open_bus())
    qtbot.waitUntil(lambda: portal.bus.connected)
    return portal


@pytest.fixture
def trial(portal: Portal, open_bus: Callable[[], Bus]) -> Iterator[Trial]:
    trial = Trial(open_bus())
    yield trial
    trial.keys.stop()


def test_the_desktop_is_asked_for_the_keys_and_what_it_reports_is_heard(
    trial: Trial, portal: Portal, qtbot: QtBot
) -> None:
    trial.follow("Ctrl+Alt+N", "Super+F8")
    qtbot.waitUntil(lambda: portal.bound == {"log": "CTRL+ALT+n", "break_now": "LOGO+F8"})
    qtbot.waitUntil(lambda: trial.keys.note("log") == "Your desktop uses: CTRL+ALT+n")
    portal.press("break_now")
    qtbot.waitUntil(lambda: trial.pressed == ["break_now"])
    portal.press("log", session=f"{PATH}/session/somebody/else")
    portal.press("log")
    qtbot.waitUntil(lambda: trial.pressed == ["break_now", "log"])
    assert (trial.keys.status().backend, trial.keys.status().works) == ("portal", True)
    assert portal.members[0] == "Register", "a portal learns who asks before anything else"


def test_nothing_is_asked_of_the_person_while_no_key_is_set(trial: Trial, portal: Portal, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "Get" in portal.members)
    qtbot.wait(100)
    assert "CreateSession" not in portal.members
    assert trial.keys.may_work()


def test_other_keys_are_asked_for_in_a_session_of_their_own(trial: Trial, portal: Portal, qtbot: QtBot) -> None:
    trial.follow("Ctrl+Alt+N")
    qtbot.waitUntil(lambda: bool(portal.bound))
    first = portal.session
    trial.follow("Ctrl+Alt+M")
    qtbot.waitUntil(lambda: portal.bound == {"log": "CTRL+ALT+m"})
    assert portal.session != first
    assert "Close" in portal.members
    portal.press("log", session=first)
    portal.press("log")
    qtbot.waitUntil(lambda: trial.pressed == ["log"])


def test_a_person_who_says_no_and_a_desktop_that_refuses_are_told_apart(
    trial: Trial, portal: Portal, qtbot: QtBot
) -> None:
    portal.answer = 1
    trial.follow("Ctrl+Alt+N")
    qtbot.waitUntil(lambda: trial.keys.trouble("log").startswith("You told your desktop not to"))
    portal.answer = 2
    trial.follow("Ctrl+Alt+M")
    qtbot.waitUntil(lambda: trial.keys.trouble("log") == "Your desktop refused these keys. Choose others.")
    assert not trial.keys.status().works


def test_a_key_that_the_desktop_does_not_give_is_said(trial: Trial, portal: Portal, qtbot: QtBot) -> None:
    portal.given = {"break_now": "Super+B"}
    trial.follow("Ctrl+Alt+N", "Ctrl+Alt+B")
    qtbot.waitUntil(lambda: trial.keys.trouble("log").startswith("Your desktop has not given Ctrl+Alt+N"))
    assert trial.keys.note("break_now") == "Your desktop uses: Super+B"


def test_a_portal_without_hot_keys_leaves_the_verbs_to_be_bound(trial: Trial, portal: Portal, qtbot: QtBot) -> None:
    portal.has_shortcuts = False
    trial.follow("Ctrl+Alt+N")
    qtbot.waitUntil(lambda: trial.keys.status().backend == "none")
    assert "“numbguard log”" in trial.keys.summary()
    assert not trial.keys.may_work()


def test_without_a_portal_none_is_started_and_the_verbs_are_named(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], qtbot: QtBot
) -> None:
    trial = Trial(open_bus())
    qtbot.waitUntil(lambda: trial.keys.status().backend == "none")
    trial.keys.stop()


def test_a_portal_that_starts_anew_is_asked_anew(
    trial: Trial, portal: Portal, open_bus: Callable[[], Bus], qtbot: QtBot
) -> None:
    trial.follow("Ctrl+Alt+N")
    qtbot.waitUntil(lambda: trial.keys.note("log") != "")
    portal.bus.close()
    later = Portal(open_bus())
    qtbot.waitUntil(lambda: later.bound == {"log": "CTRL+ALT+n"})
    later.press("log")
    qtbot.waitUntil(lambda: trial.pressed == ["log"])


def test_keys_are_written_as_the_shortcuts_specification_has_them() -> None:
    assert trigger_of(read_combination("Shift+Super+PgUp")) == "LOGO+SHIFT+Page_Up"
    assert trigger_of(read_combination("Ctrl+;")) == "CTRL+semicolon"


def test_without_a_bus_there_is_no_portal(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        PortalHotKeys(None, TITLES)
