"""The process begins again only if windows have made it heavy, nobody is at the desk and nothing would be lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from numbguard.app.process import renewal
from numbguard.app.process.application import BEGIN_AGAIN
from numbguard.app.process.renewal import HEAVY_BYTES, Renewal
from numbguard.core.breaks.messages import Phase, State
from numbguard.core.ports import AppSnapshot
from tools.fakes import app_snapshot, episode

LIGHT = 60 * 1024 * 1024


class Desk:
    """A process whose memory a test sets, and the statuses with which it ended its event loop."""

    def __init__(self) -> None:
        self.used: int | None = LIGHT
        self.may = True
        self.ends: list[int] = []
        self.renewal = Renewal(lambda: self.may, resident=lambda: self.used)

    def was_used(self) -> None:
        """Show a card, a history …"""
        self.used = LIGHT + 2 * HEAVY_BYTES

    def sees(self, shown: AppSnapshot) -> None:
        self.renewal.follow(shown)


def there(**rest: object) -> AppSnapshot:
    return app_snapshot(**rest)


def gone(**rest: object) -> AppSnapshot:
    return app_snapshot(State.AWAY, is_away=True, **rest)


@pytest.fixture
def desk(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(renewal, "AFTER_MS", 20)
    desk = Desk()
    monkeypatch.setattr(QApplication, "exit", desk.ends.append)
    yield desk
    desk.renewal.deleteLater()


def test_it_begins_again_once_the_person_has_been_away_for_a_moment(desk: Desk, qtbot: QtBot) -> None:
    desk.sees(there())
    desk.was_used()
    desk.sees(there())
    assert not desk.renewal.timer.isActive(), "no timer wakes an app beside somebody who works"
    desk.sees(gone())
    qtbot.waitUntil(lambda: desk.ends == [BEGIN_AGAIN])


def test_a_light_process_has_nothing_to_give_back(desk: Desk, qtbot: QtBot) -> None:
    desk.sees(gone())
    assert not desk.renewal.timer.isActive()


def test_where_the_system_does_not_say_how_much_is_used_nothing_begins_again(desk: Desk, qtbot: QtBot) -> None:
    desk.used = None
    desk.sees(gone())
    assert not desk.renewal.timer.isActive()


def test_somebody_who_is_back_at_once_finds_the_same_process(desk: Desk, qtbot: QtBot) -> None:
    desk.was_used()
    desk.sees(gone())
    desk.sees(there())
    qtbot.wait(100)
    assert desk.ends == []


@pytest.mark.parametrize(
    "still_open",
    [
        gone(phase=Phase.AFTER),
        gone(open_episode=episode()),
        gone(undoable=episode()),
        gone(waiting_entries="Two entries wait for room on the disk."),
    ],
    ids=["a question", "an episode", "an undo", "entries that wait"],
)
def test_it_waits_until_nothing_is_open_that_it_alone_knows(desk: Desk, qtbot: QtBot, still_open: AppSnapshot) -> None:
    desk.was_used()
    desk.sees(still_open)
    qtbot.wait(100)
    assert desk.ends == []
    desk.sees(gone())
    qtbot.waitUntil(lambda: desk.ends == [BEGIN_AGAIN])


def test_a_window_that_was_left_open_is_there_when_the_person_returns(desk: Desk, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    desk.was_used()
    desk.sees(gone())
    qtbot.wait(100)
    assert desk.ends == []


def test_it_tries_again_with_the_next_news_where_something_was_going_on(desk: Desk, qtbot: QtBot) -> None:
    desk.was_used()
    desk.may = False
    desk.sees(gone())
    qtbot.wait(100)
    assert desk.ends == []
    desk.may = True
    desk.sees(gone())
    qtbot.waitUntil(lambda: desk.ends == [BEGIN_AGAIN])
