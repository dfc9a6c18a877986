"""Announcements and their answers, with a real notification daemon on a real bus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from numbguard.core.breaks.messages import Action
from numbguard.core.ports import Notice, NoticePicture
from numbguard.desktop.dbus.bus import Bus
from numbguard.desktop.notify import choose
from numbguard.desktop.notify.notifier import DesktopNotifier
from tests.desktop.stand_ins import ANNOUNCEMENT, MESSAGE, NudgeStandIn
from tools.desktop.virtual_desktop import Part, VirtualDesktop


@pytest.fixture
def answers() -> list[Action]:
    return []


@pytest.fixture
def nudge() -> NudgeStandIn:
    return NudgeStandIn()


@pytest.fixture
def notifier(
    desktop: VirtualDesktop, open_bus: Callable[[], Bus], answers: list[Action], nudge: NudgeStandIn
) -> Iterator[DesktopNotifier]:
    notifier = choose(open_bus(), make_nudge=lambda: nudge)
    notifier.start(lambda action, _about: answers.append(action))
    yield notifier
    notifier.stop()


def wait_shown(qtbot: QtBot, desktop: VirtualDesktop, count: int = 1) -> None:
    qtbot.waitUntil(lambda: desktop.shown() == count, timeout=8000)


@pytest.mark.parametrize(
    ("label", "action"), [("Start", Action.START), ("In 5 minutes", Action.SNOOZE), ("Skip", Action.SKIP)]
)
def test_the_button_that_is_pressed_is_the_answer(
    desktop: VirtualDesktop,
    notifier: DesktopNotifier,
    answers: list[Action],
    qtbot: QtBot,
    label: str,
    action: Action,
) -> None:
    notifier.announce(ANNOUNCEMENT)
    wait_shown(qtbot, desktop)
    desktop.answer(label)
    qtbot.waitUntil(lambda: answers == [action])
    wait_shown(qtbot, desktop, 0)


def test_a_click_on_the_notification_starts_the_break(
    desktop: VirtualDesktop, notifier: DesktopNotifier, answers: list[Action], qtbot: QtBot
) -> None:
    notifier.announce(ANNOUNCEMENT)
    wait_shown(qtbot, desktop)
    desktop.dunstctl("action", "0")
    qtbot.waitUntil(lambda: answers == [Action.START])


def test_what_is_sent_says_who_asks_and_that_it_stays(
    desktop: VirtualDesktop, notifier: DesktopNotifier, qtbot: QtBot
) -> None:
    before = len(desktop.notices())
    notifier.announce(Notice("Time\nto move", 'Sat for <45> minutes & "more"\0.', ANNOUNCEMENT.answers))
    wait_shown(qtbot, desktop)
    sent = desktop.wait_notice("Time to move", after=before)
    assert sent.app == "NumbGuard"
    assert sent.hints == {"urgency": 1, "desktop-entry": "org.numbguard.NumbGuard"}
    assert sent.timeout == 0
    assert sent.body == 'Sat for &lt;45&gt; minutes &amp; "more".'
    assert list(sent.actions) == ["default", "start", "snooze", "skip"]


def test_an_announcement_that_no_longer_holds_goes(
    desktop: VirtualDesktop, notifier: DesktopNotifier, answers: list[Action], qtbot: QtBot
) -> None:
    notifier.announce(ANNOUNCEMENT)
    wait_shown(qtbot, desktop)
    notifier.withdraw()
    wait_shown(qtbot, desktop, 0)
    assert answers == []


def test_a_withdrawal_may_overtake_the_daemons_reply(
    desktop: VirtualDesktop, notifier: DesktopNotifier, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: notifier.status().works)
    before = len(desktop.notices())
    notifier.announce(ANNOUNCEMENT)
    notifier.withdraw()
    qtbot.waitUntil(lambda: [one.closed for one in desktop.notices()[before:]] == [True])
    assert desktop.shown() == 0


def test_a_new_announcement_takes_the_place_of_the_old(
    desktop: VirtualDesktop, notifier: DesktopNotifier, answers: list[Action], qtbot: QtBot
) -> None:
    before = len(desktop.notices())
    notifier.announce(ANNOUNCEMENT)
    notifier.announce(Notice("Still time to move", "50 minutes", ANNOUNCEMENT.answers[:1]))
    notifier.announce(Notice("High time to move", "55 minutes", ANNOUNCEMENT.answers[:2]))
    qtbot.waitUntil(lambda: any("High time" in one.summary for one in desktop.notices()[before:]))
    wait_shown(qtbot, desktop)
    sent = desktop.notices()[before:]
    assert [one.replaces for one in sent[1:]] == [sent[0].id] * (len(sent) - 1)
    desktop.answer("In 5 minutes")
    qtbot.waitUntil(lambda: answers == [Action.SNOOZE])


def test_a_message_goes_by_itself_and_leaves_the_announcement_alone(
    desktop: VirtualDesktop, notifier: DesktopNotifier, answers: list[Action], qtbot: QtBot
) -> None:
    before = len(desktop.notices())
    notifier.announce(ANNOUNCEMENT)
    notifier.say(MESSAGE)
    wait_shown(qtbot, desktop, 2)
    said = desktop.wait_notice("Noted", after=before)
    assert (said.timeout, said.actions, said.hints["transient"]) == (-1, {}, True)
    desktop.answer("Skip")
    qtbot.waitUntil(lambda: answers == [Action.SKIP])


def test_a_quiet_message_makes_no_sound_and_is_gone_after_a_moment(
    desktop: VirtualDesktop, notifier: DesktopNotifier, qtbot: QtBot
) -> None:
    before = len(desktop.notices())
    notifier.say(Notice("Both feet flat?", "On the floor.", quiet=True))
    wait_shown(qtbot, desktop)
    said = desktop.wait_notice("Both feet flat?", after=before)
    assert (said.timeout, said.actions) == (10_000, {})
    assert said.hints["suppress-sound"] is True
    assert said.hints["transient"] is True
    assert said.hints["urgency"] == 1, "a low one is shown to nobody under GNOME"


def test_a_picture_goes_with_the_message_and_leaves_no_file(
    desktop: VirtualDesktop, notifier: DesktopNotifier, qtbot: QtBot
) -> None:
    before = len(desktop.notices())
    notifier.say(Notice("Your last week", "Last week.", quiet=True, picture=NoticePicture(2, 1, bytes(range(8)))))
    wait_shown(qtbot, desktop)
    said = desktop.wait_notice("Your last week", after=before)
    assert said.hints["image-data"] == (2, 1, 8, True, 8, 4, bytes(range(8)))


def test_an_announcement_with_a_chime_of_ours_asks_the_desktop_for_none(
    desktop: VirtualDesktop, notifier: DesktopNotifier, qtbot: QtBot
) -> None:
    before = len(desktop.notices())
    notifier.announce(replace(ANNOUNCEMENT, has_own_sound=True))
    wait_shown(qtbot, desktop)
    sent = desktop.wait_notice(ANNOUNCEMENT.title, after=before)
    assert sent.hints["suppress-sound"] is True
    assert "transient" not in sent.hints


def test_an_announcement_put_aside_is_not_shown_again(
    desktop: VirtualDesktop, notifier: DesktopNotifier, answers: list[Action], nudge: NudgeStandIn, qtbot: QtBot
) -> None:
    before = len(desktop.notices())
    notifier.announce(ANNOUNCEMENT)
    wait_shown(qtbot, desktop)
    desktop.dunstctl("close-all")
    wait_shown(qtbot, desktop, 0)
    desktop.restart(Part.NOTIFIER)
    notifier.say(MESSAGE)
    qtbot.waitUntil(lambda: any("Noted" in one.summary for one in desktop.notices()[before:]), timeout=8000)
    assert [one.summary for one in desktop.notices()[before:]] == ["Time to move", "Noted"]
    assert (answers, nudge.shown) == ([], None)


def test_a_daemon_that_comes_back_shows_what_still_holds(
    desktop: VirtualDesktop, notifier: DesktopNotifier, answers: list[Action], nudge: NudgeStandIn, qtbot: QtBot
) -> None:
    notifier.announce(ANNOUNCEMENT)
    wait_shown(qtbot, desktop)
    desktop.restart(Part.NOTIFIER)
    wait_shown(qtbot, desktop)
    desktop.answer("In 5 minutes")
    qtbot.waitUntil(lambda: answers == [Action.SNOOZE])
    assert nudge.shown is None


def test_a_bus_that_comes_back_shows_what_still_holds(
    desktop: VirtualDesktop, notifier: DesktopNotifier, answers: list[Action], nudge: NudgeStandIn, qtbot: QtBot
) -> None:
    notifier.announce(ANNOUNCEMENT)
    wait_shown(qtbot, desktop)
    desktop.restart(Part.BUS)
    desktop.start(Part.NOTIFIER)
    wait_shown(qtbot, desktop)
    desktop.answer("Skip")
    qtbot.waitUntil(lambda: answers == [Action.SKIP])
    assert nudge.shown is None


def test_without_a_daemon_the_nudge_window_asks_until_there_is_one_again(
    desktop: VirtualDesktop, notifier: DesktopNotifier, answers: list[Action], nudge: NudgeStandIn, qtbot: QtBot
) -> None:
    notifier.announce(ANNOUNCEMENT)
    wait_shown(qtbot, desktop)
    desktop.stop(Part.NOTIFIER)
    qtbot.waitUntil(lambda: nudge.shown == ANNOUNCEMENT, timeout=8000)
    status = notifier.status()
    assert (status.backend, status.works) == ("window", True)
    assert "No notification service is running on this desktop." in status.detail
    desktop.start(Part.NOTIFIER)
    wait_shown(qtbot, desktop)
    assert nudge.shown is None
    assert notifier.status().backend == "freedesktop"
    assert notifier.status().detail.startswith("dunst 1.")
    desktop.answer("Start")
    qtbot.waitUntil(lambda: answers == [Action.START])
