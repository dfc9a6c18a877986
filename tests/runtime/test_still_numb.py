"""The app asks twice about an episode that stays open, at suitable moments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from numbguard.core.breaks.messages import Action, Phase, State, Suppression
from numbguard.core.ports import AppSnapshot, Notice
from numbguard.runtime.still_numb import StillNumb
from tools.fakes import MORNING, app_snapshot, episode


class Day:
    """An alarm that the test rings, and a snapshot that the test sets."""

    def __init__(self) -> None:
        self.alarms: dict[str, tuple[float, Callable[[], None]]] = {}
        self.said: list[Notice] = []
        self.shown = app_snapshot()
        self.asker = StillNumb(self, app_snapshot=lambda: self.shown, say=self.said.append, speed=2)

    def wake_in(self, seconds: float, callback: Callable[[], None]) -> None:
        raise AssertionError("that alarm is the engine's")

    def every(self, seconds: float, callback: Callable[[], None], *, id: str) -> None:
        self.alarms[id] = (seconds, callback)

    def cancel(self, id: str) -> None:
        self.alarms.pop(id, None)

    def show(self, shown: AppSnapshot) -> None:
        self.shown = shown
        self.asker.follow(shown)

    def ring(self) -> None:
        ((_seconds, call),) = self.alarms.values()
        call()

    def waits_s(self) -> list[float]:
        return [seconds for seconds, _ in self.alarms.values()]


def numb(state: State = State.SITTING, *, minutes: float = 0, **rest: object) -> AppSnapshot:
    return app_snapshot(state, open_episode=episode(), wall=MORNING + timedelta(minutes=minutes), **rest)


def test_asked_after_half_an_hour_and_after_two_hours() -> None:
    day = Day()
    day.show(numb(minutes=1))
    assert day.waits_s() == [29 * 60 / 2], "the clock of this app runs twice as fast"
    day.show(numb(minutes=9))
    day.shown = numb(minutes=30)
    day.ring()
    (asked,) = day.said
    assert asked.title == "Is it still numb?"
    assert "at 10:15" in asked.body
    assert [action for action, _ in asked.answers] == [Action.GONE, Action.HELP, Action.RELIEF]
    day.show(numb(minutes=60))
    assert day.waits_s() == [90 * 60 / 2]
    day.shown = numb(minutes=120)
    day.ring()
    assert day.said == [asked, asked]
    assert day.alarms == {}


def test_what_is_gone_is_not_asked_after() -> None:
    day = Day()
    day.show(numb())
    day.show(app_snapshot())
    assert day.alarms == {}


def test_an_alarm_that_comes_too_late_asks_nothing() -> None:
    day = Day()
    day.show(numb())
    day.shown = app_snapshot()
    day.ring()
    assert (day.said, day.alarms) == ([], {})


def test_it_waits_for_a_minute_that_suits() -> None:
    day = Day()
    day.show(numb())
    for shown in (
        numb(State.AWAY, minutes=30),
        numb(minutes=31, suppressed=(Suppression("call", "microphone in use"),)),
        numb(State.BREAK, minutes=32, phase=Phase.CARD),
    ):
        day.shown = shown
        day.ring()
        assert day.waits_s() == [30]
    day.shown = numb(minutes=33)
    day.ring()
    assert len(day.said) == 1


def test_one_that_is_long_open_at_the_start_is_asked_only_what_is_still_to_come() -> None:
    day = Day()
    day.show(numb(minutes=31))
    assert day.waits_s() == [89 * 60 / 2]
    late = Day()
    late.show(numb(minutes=121))
    assert late.alarms == {}


def test_the_next_episode_is_asked_after_as_well() -> None:
    day = Day()
    day.show(numb())
    day.shown = numb(minutes=30)
    day.ring()
    later = replace(episode(), id="another", started_at=MORNING + timedelta(hours=1))
    day.show(replace(numb(minutes=60), open_episode=later))
    day.shown = replace(numb(minutes=90), open_episode=later)
    day.ring()
    assert len(day.said) == 2
