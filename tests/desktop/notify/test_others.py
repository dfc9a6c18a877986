"""Notifications where the desktop offers less: no buttons, no service, one not started, hung or refusing, no bus."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from numbguard.core.breaks.messages import Action
from numbguard.core.ports import Notice
from numbguard.desktop.dbus.bus import Bus
from numbguard.desktop.notify import choose
from numbguard.desktop.notify import plyer as plyer_backend
from numbguard.desktop.notify.notifier import DesktopNotifier
from numbguard.desktop.notify.plyer import MAX_BODY, MAX_TITLE, cut
from tests.desktop.stand_ins import (
    ANNOUNCEMENT,
    MESSAGE,
    NOTIFICATIONS,
    NudgeStandIn,
    PrivateBus,
    mocked_notifications,
    notification_mock_command,
)
from tools.desktop.session_bus import NoticeTap, has_owner, process_of


@pytest.fixture
def nudge() -> NudgeStandIn:
    return NudgeStandIn()


@pytest.fixture
def answers() -> list[Action]:
    return []


@pytest.fixture
def begin(open_bus: Callable[[], Bus], nudge: NudgeStandIn, answers: list[Action]) -> Callable[[], DesktopNotifier]:
    def begin() -> DesktopNotifier:
        notifier = choose(open_bus(), make_nudge=lambda: nudge)
        notifier.start(lambda action, _about: answers.append(action))
        return notifier

    return begin


def test_a_service_without_buttons_says_and_the_nudge_window_asks(
    private_bus: PrivateBus,
    begin: Callable[[], DesktopNotifier],
    nudge: NudgeStandIn,
    answers: list[Action],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    with mocked_notifications(private_bus.address, "body", log=tmp_path / "mock.log") as mock:
        notifier = begin()
        notifier.announce(ANNOUNCEMENT)
        notifier.say(Notice("5 < 6", "Sat & stood"))
        qtbot.waitUntil(lambda: nudge.shown == ANNOUNCEMENT)
        qtbot.waitUntil(lambda: len(mock.calls("Notify")) == 1)
        said = mock.calls("Notify")[0]
        assert [value for _signature, value in said][3:6] == ["5 < 6", "Sat & stood", []]
        assert notifier.status().detail.startswith("mock-notify 1.0 shows notifications, but without buttons.")
        nudge.answer(Action.SNOOZE)
        assert (answers, nudge.shown) == ([Action.SNOOZE], None)


def test_a_service_that_shows_titles_only_gets_everything_in_the_title(
    private_bus: PrivateBus, begin: Callable[[], DesktopNotifier], tmp_path: Path, qtbot: QtBot
) -> None:
    with mocked_notifications(private_bus.address, "actions", log=tmp_path / "mock.log") as mock:
        begin().announce(ANNOUNCEMENT)
        qtbot.waitUntil(lambda: len(mock.calls("Notify")) == 1)
        values = [value for _signature, value in mock.calls("Notify")[0]]
        assert values[3:5] == ["Time to move – You have sat for 45 minutes.", ""]


def test_answers_to_other_notifications_are_not_ours(
    private_bus: PrivateBus,
    begin: Callable[[], DesktopNotifier],
    answers: list[Action],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    with mocked_notifications(private_bus.address, "actions body", log=tmp_path / "mock.log") as mock:
        tap = NoticeTap(private_bus.address)
        begin().announce(ANNOUNCEMENT)
        qtbot.waitUntil(lambda: [notice.id for notice in tap.notices()] == [1])
        mock.emit("ActionInvoked", "us", 7, "start")
        mock.emit("NotificationClosed", "uu", 7, 2)
        mock.emit("ActionInvoked", "us", 1, "an action of somebody else")
        mock.emit("ActionInvoked", "us", 1, "skip")
        mock.emit("ActionInvoked", "us", 1, "start")
        qtbot.waitUntil(lambda: len(mock.calls("CloseNotification")) == 1)
        qtbot.waitUntil(lambda: answers == [Action.SKIP])
        tap.close()


def _about(id: str, title: str = "Numbness logged") -> Notice:
    return Notice(title, "Noted at 10:15.", ((Action.UNDO, "Undo"), (Action.GONE, "It's gone")), about=id)


TIP = Notice("Feet flat", "Both of them.", ((Action.POSTURE, "Check my posture"),), quiet=True)


def test_messages_go_with_their_own_episode_and_answer_for_it(
    private_bus: PrivateBus, begin: Callable[[], DesktopNotifier], tmp_path: Path, qtbot: QtBot
) -> None:
    given: list[tuple[Action, str | None]] = []
    with mocked_notifications(private_bus.address, "actions body", log=tmp_path / "mock.log") as mock:
        tap = NoticeTap(private_bus.address)
        notifier = begin()
        notifier.start(lambda action, about: given.append((action, about)))
        assert not notifier.awaits_answers()
        for notice in (_about("first"), TIP, _about("second")):
            notifier.say(notice)
        assert notifier.awaits_answers(), "it has not been shown yet"
        qtbot.waitUntil(lambda: [notice.id for notice in tap.notices()] == [1, 2, 3])
        notifier.say(_about("first", "Is it still numb?"))
        qtbot.waitUntil(lambda: len(tap.notices()) == 4)
        assert tap.notices()[-1].replaces == 1, "in place of the former one about the episode"
        qtbot.waitUntil(lambda: tap.notices()[-1].id is not None)
        replaced = tap.notices()[-1].id
        qtbot.wait(50)
        notifier.withdraw_messages("first")
        qtbot.waitUntil(lambda: [call[0][1] for call in mock.calls("CloseNotification")] == [replaced])
        mock.emit("ActionInvoked", "us", 3, "undo")
        qtbot.waitUntil(lambda: given == [(Action.UNDO, "second")])
        assert [call[0][1] for call in mock.calls("CloseNotification")] == [replaced, 3]
        assert notifier.awaits_answers(), "the tip is still there"
        mock.emit("NotificationClosed", "uu", 2, 2)
        qtbot.waitUntil(lambda: not notifier.awaits_answers())
        tap.close()


def test_a_double_click_says_it_once_and_what_was_undone_meanwhile_is_not_left_on_the_screen(
    private_bus: PrivateBus, begin: Callable[[], DesktopNotifier], tmp_path: Path, qtbot: QtBot
) -> None:
    with mocked_notifications(private_bus.address, "actions body", log=tmp_path / "mock.log") as mock:
        tap = NoticeTap(private_bus.address)
        notifier = begin()
        notifier.say(MESSAGE)
        qtbot.waitUntil(lambda: [notice.id for notice in tap.notices()] == [1])
        notifier.say(_about("first"))
        notifier.say(_about("first"))
        notifier.withdraw_messages("first")
        qtbot.waitUntil(lambda: [call[0][1] for call in mock.calls("CloseNotification")] == [2])
        assert len(mock.calls("Notify")) == 2
        tap.close()


def test_a_service_that_hangs_is_passed_over_and_leaves_nothing_behind_when_it_wakes(
    private_bus: PrivateBus, begin: Callable[[], DesktopNotifier], nudge: NudgeStandIn, tmp_path: Path, qtbot: QtBot
) -> None:
    with mocked_notifications(private_bus.address, "actions body", log=tmp_path / "mock.log") as mock:
        notifier = begin()
        qtbot.waitUntil(lambda: notifier.status().works and notifier.status().backend == "freedesktop")
        hung = process_of(private_bus.address, NOTIFICATIONS)
        os.kill(hung, signal.SIGSTOP)
        notifier.announce(ANNOUNCEMENT)
        qtbot.waitUntil(lambda: nudge.shown == ANNOUNCEMENT, timeout=8000)
        assert "can't show notifications at the moment" in notifier.status().detail
        os.kill(hung, signal.SIGCONT)
        qtbot.waitUntil(lambda: nudge.shown is None)
        qtbot.waitUntil(lambda: len(mock.calls("Notify")) == 2)
        assert [arguments[0][1] for arguments in mock.calls("CloseNotification")] == [1]


def test_a_service_that_refuses_is_passed_over(
    private_bus: PrivateBus,
    begin: Callable[[], DesktopNotifier],
    nudge: NudgeStandIn,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    with mocked_notifications(private_bus.address, "actions body", log=tmp_path / "mock.log") as mock:
        mock.add_method("Notify", "susssasa{sv}i", "u", "raise ValueError('too many')")
        notifier = begin()
        notifier.announce(ANNOUNCEMENT)
        notifier.say(MESSAGE)
        qtbot.waitUntil(lambda: nudge.shown == ANNOUNCEMENT)


def test_a_service_that_can_be_started_is_started_when_there_is_something_to_show_and_not_before(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    begin: Callable[[], DesktopNotifier],
    nudge: NudgeStandIn,
    qtbot: QtBot,
) -> None:
    bus = _bus_that_starts(" ".join(f"'{word}'" for word in notification_mock_command("actions body")), tmp_path)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    notifier = begin()
    qtbot.waitUntil(lambda: "will start" in notifier.status().detail)
    assert not has_owner(bus.address, NOTIFICATIONS)
    tap = NoticeTap(bus.address)
    notifier.announce(ANNOUNCEMENT)
    qtbot.waitUntil(lambda: [notice.summary for notice in tap.notices()] == ["Time to move"])
    assert nudge.shown is None
    tap.close()
    bus.end()


def test_a_service_that_cannot_be_started_after_all_is_passed_over(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    begin: Callable[[], DesktopNotifier],
    nudge: NudgeStandIn,
    qtbot: QtBot,
) -> None:
    bus = _bus_that_starts("exit 1", tmp_path)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    notifier = begin()
    notifier.announce(ANNOUNCEMENT)
    notifier.say(MESSAGE)
    qtbot.waitUntil(lambda: nudge.shown == ANNOUNCEMENT)
    bus.end()


def test_without_any_bus_the_nudge_window_asks(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    begin: Callable[[], DesktopNotifier],
    nudge: NudgeStandIn,
    answers: list[Action],
    qtbot: QtBot,
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    notifier = begin()
    notifier.announce(ANNOUNCEMENT)
    notifier.say(MESSAGE)
    qtbot.waitUntil(lambda: nudge.shown == ANNOUNCEMENT)
    assert notifier.status().detail.startswith("There is no session bus here.")
    notifier.withdraw()
    assert nudge.shown == MESSAGE, "what nobody else would show waits for the window"
    notifier.say(ANNOUNCEMENT)
    assert nudge.shown == ANNOUNCEMENT
    notifier.announce(ANNOUNCEMENT)
    nudge.answer(Action.START)
    assert (answers, nudge.shown) == ([Action.START], None)


def test_the_window_of_our_own_goes_with_the_episode_it_is_about(nudge: NudgeStandIn) -> None:
    given: list[tuple[Action, str | None]] = []
    notifier = choose(None, make_nudge=lambda: nudge)
    notifier.start(lambda action, about: given.append((action, about)))
    notifier.say(_about("first"))
    notifier.withdraw_messages("second")
    assert nudge.shown == _about("first")
    assert notifier.awaits_answers()
    notifier.withdraw_messages("first")
    assert nudge.shown is None
    assert not notifier.awaits_answers()
    notifier.say(_about("second"))
    nudge.answer(Action.GONE)
    assert given == [(Action.GONE, "second")]
    notifier.announce(ANNOUNCEMENT)
    notifier.say(_about("third"))
    notifier.withdraw_messages("third")
    assert nudge.shown == ANNOUNCEMENT
    notifier.withdraw()
    assert nudge.shown is None
    notifier.stop()


def test_on_windows_our_own_window_shows_announcements_and_messages_with_their_answers(
    nudge: NudgeStandIn, answers: list[Action], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    notifier = choose(None, make_nudge=lambda: nudge)
    notifier.start(lambda action, _about: answers.append(action))
    notifier.say(_about("first"))
    nudge.answer(Action.GONE)
    notifier.announce(ANNOUNCEMENT)
    assert (nudge.shown, answers) == (ANNOUNCEMENT, [Action.GONE])
    notifier.stop()


def test_macos_has_the_nudge_window_and_plyer(
    nudge: NudgeStandIn, answers: list[Action], monkeypatch: pytest.MonkeyPatch
) -> None:
    by_plyer: list[Notice] = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(plyer_backend.PlyerBackend, "say", lambda self, notice: by_plyer.append(notice))
    notifier = choose(None, make_nudge=lambda: nudge)
    notifier.start(lambda action, _about: answers.append(action))
    notifier.announce(ANNOUNCEMENT)
    notifier.say(MESSAGE)
    assert (nudge.shown, by_plyer) == (ANNOUNCEMENT, [MESSAGE])
    notifier.stop()
    assert nudge.shown is None


def test_plyer_gets_short_words_on_a_thread_of_its_own(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    from plyer import notification

    got: list[tuple[str, str, bool]] = []

    def notify(*, title: str, message: str, **_others: object) -> None:
        got.append((title, message, threading.current_thread() is threading.main_thread()))

    monkeypatch.setattr(notification, "notify", notify, raising=False)
    plyer_backend.PlyerBackend().say(Notice("word " * 40, "Long sentences go on. " * 40))
    qtbot.waitUntil(lambda: len(got) == 1)
    title, body, on_gui_thread = got[0]
    assert len(title) <= MAX_TITLE and title.endswith("word…")
    assert len(body) <= MAX_BODY and body.endswith("…")
    assert not on_gui_thread


def test_a_failure_of_plyer_is_a_log_line_without_the_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    from plyer import notification

    def notify(**words: object) -> None:
        raise NotImplementedError(f"cannot show {words}")

    monkeypatch.setattr(notification, "notify", notify, raising=False)
    with caplog.at_level(logging.WARNING):
        plyer_backend.PlyerBackend().say(Notice("Numb left foot", "since ten"))
        qtbot.waitUntil(lambda: "NotImplementedError" in caplog.text)
    assert "foot" not in caplog.text


@pytest.mark.parametrize(
    ("text", "most", "left"),
    [
        ("short enough", 12, "short enough"),
        ("one word too many", 13, "one word too…"),
        ("one word, too many", 12, "one word…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("a Donaudampfschifffahrt", 12, "a Donaudamp…"),
        ("", 5, ""),
    ],
)
def test_what_is_too_long_ends_at_a_word(text: str, most: int, left: str) -> None:
    assert cut(text, most) == left


def _bus_that_starts(command: str, folder: Path) -> PrivateBus:
    services = folder / "services"
    services.mkdir()
    starter = folder / "start-notifications"
    starter.write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
    starter.chmod(0o700)
    (services / "notifications.service").write_text(
        f"[D-BUS Service]\nName={NOTIFICATIONS}\nExec={starter}\n", encoding="utf-8"
    )
    bus = PrivateBus(folder, services=services)
    bus.start()
    return bus
