"""Notification services as they behave on real desktops, each in a stand-in that does the same.

Seen by running LXQt 1.2, GNOME Shell 43, Plasma 5.27 and MATE 1.26; each test names what it stands in for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from numbguard.core.breaks.messages import Action
from numbguard.core.ports import Notice
from numbguard.desktop import sandbox
from numbguard.desktop.dbus.bus import Bus
from numbguard.desktop.notify import choose
from numbguard.desktop.notify.notifier import DesktopNotifier
from numbguard.desktop.notify.service_traits import traits_of
from numbguard.wording.now import no_tray
from tests.desktop.stand_ins import ANNOUNCEMENT, Mock, NudgeStandIn, PrivateBus, mocked_notifications
from tools.desktop.session_bus import NoticeTap

LOGGED = Notice("Numbness logged", "At 10:15.", ((Action.UNDO, "Undo"), (Action.GONE, "It's gone")), about="one")
EXPIRED, DISMISSED = 1, 2


@pytest.fixture
def nudge() -> NudgeStandIn:
    return NudgeStandIn()


@pytest.fixture
def answers() -> list[tuple[Action, str | None]]:
    return []


@pytest.fixture
def begin(
    open_bus: Callable[[], Bus], nudge: NudgeStandIn, answers: list[tuple[Action, str | None]]
) -> Iterator[Callable[[], DesktopNotifier]]:
    made: list[DesktopNotifier] = []

    def begin() -> DesktopNotifier:
        notifier = choose(open_bus(), make_nudge=lambda: nudge)
        notifier.start(lambda action, about: answers.append((action, about)))
        made.append(notifier)
        return notifier

    yield begin
    for notifier in made:
        notifier.stop()


@contextmanager
def service(bus: PrivateBus, name: str, log: Path) -> Iterator[Mock]:
    """A stand-in that gives itself the name of a real service."""
    with mocked_notifications(bus.address, "actions body", log=log / "mock.log") as mock:
        mock.add_method("GetServerInformation", "", "ssss", f"ret = ('{name}', 'vendor', '1.2', '1.2')")
        yield mock


def _actions(mock: Mock) -> list[str]:
    (_signature, actions) = mock.calls("Notify")[-1][5]
    return list(actions)


def test_lxqt_which_counts_actions_gets_three_and_no_default(
    private_bus: PrivateBus, begin: Callable[[], DesktopNotifier], tmp_path: Path, qtbot: QtBot
) -> None:
    with service(private_bus, "lxqt-notificationd", tmp_path) as mock:
        begin().announce(ANNOUNCEMENT)
        qtbot.waitUntil(lambda: len(mock.calls("Notify")) == 1)
        assert _actions(mock) == ["start", "Start", "snooze", "In 5 minutes", "skip", "Skip"]


def test_gnome_which_hides_the_buttons_opens_the_panel_at_a_click_on_the_banner(
    private_bus: PrivateBus,
    begin: Callable[[], DesktopNotifier],
    answers: list[tuple[Action, str | None]],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    with service(private_bus, "gnome-shell", tmp_path) as mock:
        tap = NoticeTap(private_bus.address)
        begin().announce(ANNOUNCEMENT)
        qtbot.waitUntil(lambda: [notice.id for notice in tap.notices()] == [1])
        assert _actions(mock)[:2] == ["default", "Show"]
        mock.emit("ActionInvoked", "us", 1, "default")
        qtbot.waitUntil(lambda: answers == [(Action.PANEL, None)])
        assert mock.calls("CloseNotification") == [], "the panel has the answers, and the break is still announced"
        mock.emit("NotificationClosed", "uu", 1, DISMISSED)
        tap.close()


def test_a_click_on_an_entry_of_gnomes_list_which_shows_no_buttons_opens_what_the_message_offers(
    private_bus: PrivateBus,
    begin: Callable[[], DesktopNotifier],
    answers: list[tuple[Action, str | None]],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    with service(private_bus, "gnome-shell", tmp_path) as mock:
        tap = NoticeTap(private_bus.address)
        begin().say(no_tray())
        qtbot.waitUntil(lambda: [notice.id for notice in tap.notices()] == [1])
        assert _actions(mock)[:4] == ["default", "Open", "panel", "Open"]
        mock.emit("ActionInvoked", "us", 1, "default")
        qtbot.waitUntil(lambda: answers == [(Action.PANEL, None)])
        tap.close()


def test_a_notification_has_an_icon_that_needs_no_installed_launcher(
    private_bus: PrivateBus, begin: Callable[[], DesktopNotifier], tmp_path: Path, qtbot: QtBot
) -> None:
    """GNOME and Plasma showed a placeholder where the launcher was not installed."""
    with service(private_bus, "gnome-shell", tmp_path) as mock:
        begin().say(LOGGED)
        qtbot.waitUntil(lambda: len(mock.calls("Notify")) == 1)
        (_signature, icon) = mock.calls("Notify")[0][2]
        assert Path(icon.removeprefix("file://")).read_bytes().startswith(b"\x89PNG")


def test_within_a_sandbox_the_icon_is_named_as_the_service_sees_no_file_of_it(
    private_bus: PrivateBus,
    begin: Callable[[], DesktopNotifier],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sandbox, "_INFO", tmp_path)
    with service(private_bus, "gnome-shell", tmp_path) as mock:
        begin().say(LOGGED)
        qtbot.waitUntil(lambda: len(mock.calls("Notify")) == 1)
        assert mock.calls("Notify")[0][2] == ("s", "org.numbguard.NumbGuard")


def test_cinnamon_which_takes_no_address_for_a_picture_shows_the_announcement(
    private_bus: PrivateBus, begin: Callable[[], DesktopNotifier], nudge: NudgeStandIn, tmp_path: Path, qtbot: QtBot
) -> None:
    """Cinnamon 5.6 fails at ``GLib.filename_to_uri`` where there are an icon and an address as ``image-path``."""
    with service(private_bus, "cinnamon", tmp_path) as mock:
        fails = (
            "if args[2] and str(args[6].get('image-path', '/')).startswith('file:'): raise ValueError(args[6])\nret = 1"
        )
        mock.add_method("Notify", "susssasa{sv}i", "u", fails)
        tap = NoticeTap(private_bus.address)
        begin().announce(ANNOUNCEMENT)
        qtbot.waitUntil(lambda: [notice.id for notice in tap.notices()] == [1])
        qtbot.wait(50)
        assert nudge.shown is None
        tap.close()


def test_a_service_that_numbers_every_notification_0_has_buttons_that_work_and_is_withdrawn(
    private_bus: PrivateBus,
    begin: Callable[[], DesktopNotifier],
    answers: list[tuple[Action, str | None]],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    with service(private_bus, "a small service", tmp_path) as mock:
        mock.add_method("Notify", "susssasa{sv}i", "u", "ret = 0")
        tap = NoticeTap(private_bus.address)
        notifier = begin()
        notifier.announce(ANNOUNCEMENT)
        qtbot.waitUntil(lambda: [notice.id for notice in tap.notices()] == [0])
        mock.emit("ActionInvoked", "us", 0, "snooze")
        qtbot.waitUntil(lambda: answers == [(Action.SNOOZE, None)])
        qtbot.waitUntil(lambda: [call[0][1] for call in mock.calls("CloseNotification")] == [0])
        notifier.announce(ANNOUNCEMENT)
        qtbot.waitUntil(lambda: len(tap.notices()) == 2 and tap.notices()[1].id == 0)
        qtbot.wait(50)
        notifier.withdraw()
        qtbot.waitUntil(lambda: len(mock.calls("CloseNotification")) == 2)
        tap.close()


@pytest.mark.parametrize("reason", [EXPIRED, DISMISSED])
def test_a_button_pressed_in_the_history_of_the_service_works(
    reason: int,
    private_bus: PrivateBus,
    begin: Callable[[], DesktopNotifier],
    answers: list[tuple[Action, str | None]],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    """Plasma closes a notification as expired, keeps it in its history, and sends the button from there."""
    with service(private_bus, "Plasma", tmp_path) as mock:
        tap = NoticeTap(private_bus.address)
        notifier = begin()
        notifier.say(LOGGED)
        qtbot.waitUntil(lambda: [notice.id for notice in tap.notices()] == [1])
        notifier.announce(ANNOUNCEMENT)
        qtbot.waitUntil(lambda: [notice.id for notice in tap.notices()] == [1, 2])
        mock.emit("NotificationClosed", "uu", 1, reason)
        mock.emit("NotificationClosed", "uu", 2, reason)
        mock.emit("ActionInvoked", "us", 1, "undo")
        mock.emit("ActionInvoked", "us", 2, "start")
        qtbot.waitUntil(lambda: answers == [(Action.UNDO, "one"), (Action.START, None)])
        mock.emit("ActionInvoked", "us", 1, "undo")
        notifier.say(LOGGED)
        qtbot.waitUntil(lambda: len(tap.notices()) == 3 and tap.notices()[2].id == 3)
        mock.emit("NotificationClosed", "uu", 3, reason)
        qtbot.wait(50)
        notifier.withdraw_messages("one")
        mock.emit("ActionInvoked", "us", 3, "gone")
        qtbot.wait(50)
        assert len(answers) == 2, "once each, and not about what is no longer in the log"
        tap.close()


def test_the_history_is_not_remembered_without_end(
    private_bus: PrivateBus,
    begin: Callable[[], DesktopNotifier],
    answers: list[tuple[Action, str | None]],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    with service(private_bus, "Plasma", tmp_path) as mock:
        tap = NoticeTap(private_bus.address)
        notifier = begin()
        for number in range(1, 23):
            notifier.say(Notice("Numbness logged", "Now.", ((Action.UNDO, "Undo"),), about=f"episode {number}"))
            wanted = [*range(1, number + 1)]
            qtbot.waitUntil(lambda: [notice.id for notice in tap.notices()] == wanted)  # noqa: B023
        for number in range(1, 23):
            mock.emit("NotificationClosed", "uu", number, EXPIRED)
        mock.emit("ActionInvoked", "us", 1, "undo")
        mock.emit("ActionInvoked", "us", 22, "undo")
        qtbot.waitUntil(lambda: answers == [(Action.UNDO, "episode 22")])
        tap.close()


@pytest.mark.parametrize("key", ["skip", "default"])
def test_a_button_pressed_before_the_service_has_told_the_id_is_not_lost(
    key: str,
    private_bus: PrivateBus,
    begin: Callable[[], DesktopNotifier],
    answers: list[tuple[Action, str | None]],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    """A service that draws before it answers: the signal of the button overtakes the reply to Notify."""
    at_once = (
        f"self.EmitSignal('org.freedesktop.Notifications', 'ActionInvoked', 'us', [dbus.UInt32(41), '{key}'])\n"
        "self.EmitSignal('org.freedesktop.Notifications', 'ActionInvoked', 'us', [dbus.UInt32(7), 'start'])\n"
        "ret = 41"
    )
    with service(private_bus, "a fast service", tmp_path) as mock:
        mock.add_method("Notify", "susssasa{sv}i", "u", at_once)
        begin().announce(ANNOUNCEMENT)
        wanted = Action.SKIP if key == "skip" else Action.START
        qtbot.waitUntil(lambda: answers == [(wanted, None)])
        qtbot.waitUntil(lambda: [call[0][1] for call in mock.calls("CloseNotification")] == [41])


def test_where_nobody_tells_of_do_not_disturb_the_announcement_can_be_shown_again_in_a_window_of_our_own(
    private_bus: PrivateBus,
    begin: Callable[[], DesktopNotifier],
    nudge: NudgeStandIn,
    answers: list[tuple[Action, str | None]],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    """Awesome's naughty may be suspended, and swallows everything without a word."""
    with service(private_bus, "naughty", tmp_path) as mock:
        tap = NoticeTap(private_bus.address)
        notifier = begin()
        notifier.announce(ANNOUNCEMENT)
        qtbot.waitUntil(lambda: [notice.id for notice in tap.notices()] == [1])
        qtbot.waitUntil(notifier.may_be_unseen)
        notifier.insist(ANNOUNCEMENT)
        assert nudge.shown == ANNOUNCEMENT
        qtbot.waitUntil(lambda: [call[0][1] for call in mock.calls("CloseNotification")] == [1])
        assert nudge.shown == ANNOUNCEMENT, "it stays in the window"
        nudge.answer(Action.SKIP)
        assert answers == [(Action.SKIP, None)]
        notifier.announce(ANNOUNCEMENT)
        qtbot.waitUntil(lambda: [notice.id for notice in tap.notices()] == [1, 2])
        qtbot.waitUntil(notifier.may_be_unseen)
        mock.emit("NotificationClosed", "uu", 2, DISMISSED)
        qtbot.waitUntil(lambda: not notifier.may_be_unseen())
        tap.close()


@pytest.mark.parametrize(
    "name",
    [
        *("naughty", "Budgie Notification Server", "Raven", "DeepinNotifications", "haskell-notification-daemon"),
        *("fnott", "wired", "com.github.Aylur.ags", "notifd", "quickshell"),
    ],
)
def test_a_service_whose_do_not_disturb_cannot_be_sensed_is_known_by_the_name_it_gives_itself(name: str) -> None:
    """The names as they are in the sources that ``service_traits`` lists."""
    assert not traits_of(name).tells_quiet


def test_an_announcement_by_a_service_that_tells_of_do_not_disturb_was_seen(
    private_bus: PrivateBus, begin: Callable[[], DesktopNotifier], tmp_path: Path, qtbot: QtBot
) -> None:
    with service(private_bus, "Plasma", tmp_path):
        tap = NoticeTap(private_bus.address)
        notifier = begin()
        notifier.announce(ANNOUNCEMENT)
        qtbot.waitUntil(lambda: [notice.id for notice in tap.notices()] == [1])
        qtbot.wait(50)
        assert not notifier.may_be_unseen()
        tap.close()
