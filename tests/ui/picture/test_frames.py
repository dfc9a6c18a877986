"""When a figure moves: while somebody can see it, which the desktop may have to be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from numbguard.desktop import covered
from numbguard.ui.picture import frames
from tests.ui.card.card_stage import Stage


class Desk:
    """A desktop whose windows can be looked at, and on which another window may lie over ours."""

    def __init__(self) -> None:
        self.covers = False
        self.senses = 0
        """Senses that are open."""
        self.looks = 0

    def sense(self) -> Desk:
        self.senses += 1
        return self

    def is_covered(self, window: int) -> bool:
        assert window
        self.looks += 1
        return self.covers

    def close(self) -> None:
        self.senses -= 1


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk()
    monkeypatch.setattr(covered, "cover_sense", made.sense)
    monkeypatch.setattr(frames, "_LOOK_MS", 20)
    return made


@pytest.fixture
def stage(desk: Desk, qapp: QApplication) -> Iterator[Stage]:
    made = Stage()
    made.open()
    yield made
    made.window.close()
    QTest.qWait(0)


def wait_until(predicate: Callable[[], bool]) -> None:
    for _ in range(500):
        if predicate():
            return
        QTest.qWait(10)
    pytest.fail("waited in vain")


def test_a_covered_figure_stands_still_until_it_is_seen_again(stage: Stage, desk: Desk) -> None:
    timer = stage.page()._frames.timer
    wait_until(lambda: desk.looks > 1)
    assert timer.isActive()
    desk.covers = True
    wait_until(lambda: not timer.isActive())
    desk.covers = False
    wait_until(timer.isActive)


def test_until_something_looks_different_the_timer_rests_but_not_longer_than_the_clock(stage: Stage) -> None:
    frames = stage.page()._frames
    frames.read_clock_in(0.4)
    frames.rest(0.1)
    assert frames.timer.interval() == 100
    frames.rest(inf)
    assert 300 < frames.timer.interval() <= 400
    frames.read_clock_in(60)
    frames.rest(inf)
    assert 400 < frames.timer.interval() <= 500
    frames.rest(0)
    assert frames.timer.interval() == 33
    frames.rest(0.01)
    assert frames.timer.interval() == 33


def test_a_paused_card_rests_and_goes_on_at_once(stage: Stage) -> None:
    page = stage.page()
    page._hold_or_go_on()
    wait_until(lambda: page._frames.timer.interval() > 100)
    page._hold_or_go_on()
    assert page._frames.timer.interval() == 33
    assert page._frames.timer.isActive()


def cover(stage: Stage, desk: Desk) -> None:
    desk.covers = True


def minimise(stage: Stage, desk: Desk) -> None:
    stage.shown().showMinimized()


@pytest.mark.parametrize("go_out_of_sight", [cover, minimise])
def test_out_of_sight_a_card_goes_on_to_be_read_aloud_and_so_does_the_routine(
    desk: Desk, qapp: QApplication, go_out_of_sight: Callable[[Stage, Desk], None]
) -> None:
    stage = Stage()
    stage.open_routine("seated-hamstring", "calf-raises")
    steps: list[str] = []
    stage.page().step_changed.connect(lambda step, _words: steps.append(step))
    go_out_of_sight(stage, desk)
    wait_until(lambda: not stage.page()._frames.timer.isActive())
    first = stage.shown().windowTitle()
    stage.run.at = stage.page().plan.clock.last_step_s
    wait_until(lambda: bool(steps))
    stage.run.at = stage.deck.parts[0].end_s + 1
    wait_until(lambda: stage.shown().windowTitle() != first)
    stage.window.close()
    QTest.qWait(0)
    assert desk.senses == 0


def test_a_minimised_window_is_not_looked_at_and_a_closed_one_leaves_nothing_open(stage: Stage, desk: Desk) -> None:
    wait_until(lambda: desk.looks > 0)
    stage.shown().showMinimized()
    wait_until(lambda: desk.senses == 0)
    looks = desk.looks
    QTest.qWait(100)
    assert desk.looks == looks
    stage.shown().showNormal()
    wait_until(lambda: desk.looks > looks)
    stage.window.close()
    assert desk.senses == 0


def test_where_nobody_can_look_the_figure_moves_on(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    monkeypatch.setattr(frames, "_LOOK_MS", 20)
    stage = Stage()
    stage.open()
    QTest.qWait(100)
    assert stage.page()._frames.timer.isActive()
    stage.window.close()
    QTest.qWait(0)
