"""The connection to a message bus: replies, failures, and that nothing is left behind."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from numbguard.desktop.dbus import bus as module
from numbguard.desktop.dbus.bus import Bus
from numbguard.desktop.dbus.incoming import IncomingCall
from numbguard.desktop.dbus.messages import NO_BUS, NO_REPLY, Failure, Outcome, Reply, Service
from tests.desktop.stand_ins import Mock, PrivateBus, mocked
from tools.desktop.session_bus import process_of

THE_BUS = Service("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
PARROT = Service("org.example.Parrot", "/org/example/Parrot", "org.example.Parrot")


def parrot(bus: PrivateBus, folder: Path) -> AbstractContextManager[Mock]:
    return mocked(bus.address, PARROT.name, PARROT.path, PARROT.interface, log=folder / "parrot.log")


def open_sockets() -> set[str]:
    names = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            names.add(str(entry.readlink()))
        except FileNotFoundError:  # the descriptor that listed the folder is closed again
            continue
    return {name for name in names if name.startswith("socket:")}


def families() -> set[int]:
    found: set[int] = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            if str(entry.readlink()).startswith("socket:"):
                with socket.socket(fileno=os.dup(int(entry.name))) as one:
                    found.add(one.family)
        except FileNotFoundError:
            continue
    return found


def wait_connected(qtbot: QtBot, bus: Bus, connected: bool = True) -> None:
    qtbot.waitUntil(lambda: bus.connected is connected)


def test_a_call_brings_its_values_and_an_error_its_name(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], qtbot: QtBot
) -> None:
    bus, outcomes = open_bus(), list[Outcome]()
    bus.open()
    wait_connected(qtbot, bus)
    bus.call(THE_BUS, "NameHasOwner", "s", "org.example.Nobody", done=outcomes.append)
    bus.call(THE_BUS, "NoSuchThing", done=outcomes.append)
    qtbot.waitUntil(lambda: len(outcomes) == 2)
    assert outcomes[0] == Reply((False,))
    assert isinstance(outcomes[1], Failure)
    assert outcomes[1].name == "org.freedesktop.DBus.Error.UnknownMethod"


def test_numbers_without_a_sign_arrive_as_they_were_sent(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], tmp_path: Path, qtbot: QtBot
) -> None:
    with parrot(private_bus, tmp_path) as mock:
        mock.add_method("Say", "uy", "u", "ret = args[0]")
        bus, outcomes = open_bus(), list[Outcome]()
        bus.open()
        wait_connected(qtbot, bus)
        bus.call(PARROT, "Say", "uy", 0xFFFF_FFFE, 255, done=outcomes.append)
        qtbot.waitUntil(lambda: outcomes == [Reply((0xFFFF_FFFE,))])


def test_a_long_message_gets_through_in_pieces(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], tmp_path: Path, qtbot: QtBot
) -> None:
    with parrot(private_bus, tmp_path) as mock:
        mock.add_method("Say", "s", "s", "ret = args[0]")
        bus, outcomes, words = open_bus(), list[Outcome](), "ä" * 400_000
        bus.open()
        wait_connected(qtbot, bus)
        bus.call(PARROT, "Say", "s", words, done=outcomes.append)
        qtbot.waitUntil(lambda: outcomes == [Reply((words,))])


def test_a_service_that_hangs_is_given_up_and_may_still_answer_late(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], tmp_path: Path, qtbot: QtBot
) -> None:
    with parrot(private_bus, tmp_path) as mock:
        mock.add_method("Say", "s", "s", "ret = args[0]")
        bus, outcomes, late = open_bus(), list[Outcome](), list[Outcome]()
        bus.open()
        wait_connected(qtbot, bus)
        hung = process_of(private_bus.address, PARROT.name)
        os.kill(hung, signal.SIGSTOP)
        bus.call(PARROT, "Say", "s", "hello", done=outcomes.append, late=late.append, timeout_s=0.1)
        qtbot.waitUntil(lambda: outcomes == [NO_REPLY])
        os.kill(hung, signal.SIGCONT)
        qtbot.waitUntil(lambda: late == [Reply(("hello",))])
        assert outcomes == [NO_REPLY]


def test_signals_are_heard_from_the_owner_of_the_name_and_from_nobody_else(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], tmp_path: Path, qtbot: QtBot
) -> None:
    heard: list[tuple[object, ...]] = []
    with parrot(private_bus, tmp_path) as mock:
        bus = open_bus()
        bus.listen(PARROT, "Squawked", heard.append)
        bus.open()
        wait_connected(qtbot, bus)
        with mocked(
            private_bus.address, "org.example.Other", PARROT.path, PARROT.interface, log=tmp_path / "other.log"
        ) as other:
            other.emit("Squawked", "u", 1)
            mock.emit("Squawked", "u", 2)
        qtbot.waitUntil(lambda: heard == [(2,)])
        bus.forget(heard.append)


def test_owners_are_told_as_they_come_and_go(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], tmp_path: Path, qtbot: QtBot
) -> None:
    bus, owners = open_bus(), list[bool]()
    bus.watch_name(PARROT.name, lambda owner: owners.append(owner is not None))
    bus.open()
    qtbot.waitUntil(lambda: owners == [False])
    with parrot(private_bus, tmp_path):
        qtbot.waitUntil(lambda: owners == [False, True])
    qtbot.waitUntil(lambda: owners == [False, True, False])


def test_a_bus_that_dies_is_found_again_with_everything_that_was_listened_to(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], tmp_path: Path, qtbot: QtBot
) -> None:
    bus, heard, owners, outcomes = open_bus(), list[tuple[object, ...]](), list[bool](), list[Outcome]()
    bus.listen(PARROT, "Squawked", heard.append)
    bus.watch_name(PARROT.name, lambda owner: owners.append(owner is not None))
    bus.open()
    with parrot(private_bus, tmp_path) as mock:
        mock.add_method("Think", "", "", "import time; time.sleep(60)")
        qtbot.waitUntil(lambda: owners[-1:] == [True])
        bus.call(PARROT, "Think", done=outcomes.append)
        private_bus.end()
        qtbot.waitUntil(lambda: not bus.connected)
    assert owners[-1] is False
    assert outcomes == [NO_BUS]
    assert "session bus" in bus.trouble
    private_bus.start()
    with parrot(private_bus, tmp_path) as mock:
        qtbot.waitUntil(lambda: owners[-1] is True)
        mock.emit("Squawked", "s", "again")
        qtbot.waitUntil(lambda: heard == [("again",)])
    assert bus.trouble == ""


def test_a_bus_that_is_not_there_yet_is_waited_for(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], qtbot: QtBot
) -> None:
    private_bus.end()
    bus, owners, outcomes = open_bus(), list[str | None](), list[Outcome]()
    bus.watch_name(THE_BUS.name, owners.append)
    bus.open()
    bus.call(THE_BUS, "ListNames", done=outcomes.append)
    assert outcomes == []
    qtbot.waitUntil(lambda: owners == [None] and outcomes == [NO_BUS])
    assert "cannot be reached" in bus.trouble
    private_bus.start()
    wait_connected(qtbot, bus)
    qtbot.waitUntil(lambda: owners[-1] == THE_BUS.name)


def test_a_bus_that_never_was_is_looked_for_more_rarely_than_one_that_went_away(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "FIRST_RETRY_S", 0.001)
    monkeypatch.setattr(module, "LAST_RETRY_S", 0.004)
    monkeypatch.setattr(module, "NEVER_SEEN_RETRY_S", 0.008)
    went_away = open_bus()
    went_away.open()
    wait_connected(qtbot, went_away)
    private_bus.end()
    never_was = open_bus()
    never_was.open()
    qtbot.waitUntil(lambda: never_was._retry_s == 0.008)
    wait_connected(qtbot, went_away, False)
    qtbot.waitUntil(lambda: went_away._retry_s == 0.004)
    qtbot.wait(50)
    assert went_away._retry_s == 0.004


@pytest.mark.parametrize("address", ["", "tcp:host=127.0.0.1,port=9", "nonsense", "unix:path=/" + "x" * 200])
def test_without_a_usable_address_it_says_so_and_opens_nothing(
    address: str, monkeypatch: pytest.MonkeyPatch, open_bus: Callable[[], Bus], tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    before = open_sockets()
    bus = open_bus()
    bus.open()
    assert "session bus" in bus.trouble
    assert open_sockets() == before


def test_something_that_speaks_no_dbus_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_bus: Callable[[], Bus], qtbot: QtBot
) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "bus"))
        listener.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'bus'}")
        bus = open_bus()
        bus.open()
        with listener.accept()[0] as other:
            other.sendall(b"220 mail.example.org ready\r\n")
            qtbot.waitUntil(lambda: "is gone" in bus.trouble)
        assert not bus.connected


def test_a_mistake_in_a_callback_is_reported_and_the_bus_goes_on(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], qtbot: QtBot
) -> None:
    bus, outcomes = open_bus(), list[Outcome]()
    bus.open()
    wait_connected(qtbot, bus)

    def mistaken(outcome: Outcome) -> None:
        raise LookupError("a mistake")

    with qtbot.captureExceptions() as raised:
        bus.call(THE_BUS, "ListNames", done=mistaken)
        bus.call(THE_BUS, "ListNames", done=outcomes.append)
        qtbot.waitUntil(lambda: len(outcomes) == 1)
    assert [kind for kind, _error, _where in raised] == [LookupError]


def test_nothing_but_local_sockets_is_opened_and_none_stays_open(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], qtbot: QtBot
) -> None:
    before = open_sockets()
    for bus in (open_bus(), open_bus(), open_bus()):
        bus.open()
        wait_connected(qtbot, bus)
        assert len(open_sockets() - before) == 1
        private_bus.end()
        wait_connected(qtbot, bus, False)
        private_bus.start()
        wait_connected(qtbot, bus)
        assert families() <= {socket.AF_UNIX}
        assert len(open_sockets() - before) == 1
        bus.close()
        assert open_sockets() == before


def test_a_name_is_waited_for_and_had_once_the_other_gives_it_back(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], qtbot: QtBot
) -> None:
    first, second, had = open_bus(), open_bus(), list[tuple[str, bool]]()
    first.own_name("org.example.Shop", lambda ours: had.append(("first", ours)))
    first.open()
    qtbot.waitUntil(lambda: ("first", True) in had)
    second.own_name("org.example.Shop", lambda ours: had.append(("second", ours)))
    second.open()
    qtbot.waitUntil(lambda: ("second", False) in had)
    assert had[-1] == ("second", False)
    first.close()
    qtbot.waitUntil(lambda: had[-1] == ("second", True))


def test_a_call_is_served_and_every_listener_hears_a_signal(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], qtbot: QtBot
) -> None:
    shop, customer, outcomes, heard = open_bus(), open_bus(), list[Outcome](), list[tuple[object, ...]]()
    where = Service("org.example.Shop", "/shop", "org.example.Shop")

    def serve(call: IncomingCall) -> None:
        if call.member == "Buy":
            call.reply("s", f"{call.body[0]} for {call.sender}")
            call.fail("org.example.Error", "The first answer counts.")
        else:
            call.fail("org.example.Error.SoldOut", "There is none left.")

    shop.serve(serve)
    shop.own_name(where.name, lambda ours: None)
    shop.open()
    customer.listen(where, "Opened", heard.append)
    customer.open()
    wait_connected(qtbot, shop)
    wait_connected(qtbot, customer)
    customer.call(where, "Buy", "s", "bread", done=outcomes.append)
    customer.call(where, "Steal", done=outcomes.append)
    customer.call(where, "Buy", "s", "without an answer")
    qtbot.waitUntil(lambda: len(outcomes) == 2)
    assert outcomes[0] == Reply((f"bread for {customer.unique_name}",))
    assert outcomes[1] == Failure("org.example.Error.SoldOut", "There is none left.")
    shop.emit("/shop", where.interface, "Opened", "su", "today", 7)
    qtbot.waitUntil(lambda: heard == [("today", 7)])


def test_an_answer_that_comes_after_the_connection_has_changed_goes_to_nobody(
    private_bus: PrivateBus, open_bus: Callable[[], Bus], qtbot: QtBot
) -> None:
    shop, customer, calls, outcomes = open_bus(), open_bus(), list[IncomingCall](), list[Outcome]()
    where = Service("org.example.Shop", "/shop", "org.example.Shop")
    shop.serve(calls.append)
    shop.own_name(where.name, lambda ours: None)
    shop.open()
    customer.open()
    wait_connected(qtbot, shop)
    wait_connected(qtbot, customer)
    customer.call(where, "Buy", done=outcomes.append)
    qtbot.waitUntil(lambda: bool(calls))
    private_bus.end()
    qtbot.waitUntil(lambda: outcomes == [NO_BUS])
    private_bus.start()
    wait_connected(qtbot, shop)
    calls[0].reply()
    shop.emit("/shop", where.interface, "StillHere")
    qtbot.wait(100)
    assert shop.connected
