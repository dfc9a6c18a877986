"""Office workers' days through the real engine: no prompt at the wrong moment, no break missed, none invented.

The whole, a thousand people and 250 days each, is ``./dev simulate``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

import pytest

from numbguard.core.breaks import policy, verdict
from numbguard.core.breaks.messages import Action
from numbguard.core.breaks.state.engine_state import CurrentBreak, EngineState, Rest
from numbguard.core.settings.settings import Settings
from tools.simulation.books import Books
from tools.simulation.desk import Desk
from tools.simulation.report import Report, person
from tools.simulation.worker import OFFICE, Moment, What

PEOPLE, DAYS = 24, 8


@pytest.mark.parametrize("group", range(4))
def test_everybody_is_asked_at_the_right_moment_and_at_no_other(group: int) -> None:
    whole = Report()
    for seed in range(group, PEOPLE, 4):
        whole.add(person(seed, DAYS))
    print(whole)
    assert not whole.faults, whole
    assert whole.prompts > whole.days and whole.naturals > whole.days, "days in which something happens"
    assert whole.bouts_close >= 0.98 * whole.bouts, "within half a minute of what was really sat"


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"settle": 0.0}, "prompt before things settled"),
        ({"interval": 7200.0, "max_snoozes": 10}, "sat too long without being asked"),
        ({"natural_break": 60.0}, "natural break invented"),
        ({"natural_break": 1500.0}, "natural break missed"),
        ({"hours": {}}, "prompt outside the hours"),
    ],
)
def test_the_books_would_tell(wrong: dict[str, object], found: str) -> None:
    """An engine that goes by other rules than the judge is found out."""
    faults: set[str] = set()
    for seed in range(6):
        desk = Desk(seed)
        rules = replace(Settings(), interval=1800.0, max_snoozes=0, hours=OFFICE)
        desk.judge.settings, desk.settings = rules, replace(rules, **wrong)
        faults |= desk.live(3).faults.keys()
        if found in faults:
            return
    pytest.fail(f"only {faults} were found")


def test_the_books_would_tell_of_calls_taken_for_absence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "HOLDS_SEAT", frozenset())
    assert any("natural break invented" in Desk(seed).live(4).faults for seed in range(6))


def test_the_books_would_tell_of_a_break_counted_as_sitting(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_of_it(state: EngineState, current: CurrentBreak) -> Rest:
        return Rest(state.ledger.now_s, state.ledger.now_s)

    monkeypatch.setattr(verdict, "by_word", all_of_it)
    whole = Report()
    for seed in range(4):
        whole.add(person(seed, 4))
    assert whole.bouts_close < 0.9 * whole.bouts


def test_the_books_would_tell_of_bouts_that_overlap() -> None:
    books = Books(
        Settings(), written=[(0.0, 100.0, 90.0), (50.0, 200.0, 100.0), (300.0, 290.0, 0.0), (400.0, 410.0, 20.0)]
    )
    assert books.balance().impossible == 3


def test_a_routine_that_somebody_began_is_no_sitting_without_being_asked() -> None:
    """Begun shortly before a break, it is on the screen with its question for longer than the break may be late."""
    desk = Desk(0)
    rules = replace(Settings(), interval=1800.0, patience=180.0, max_snoozes=0, routine_at=time(9, 56))
    desk.judge.settings = desk.settings = rules
    nine = datetime(2026, 1, 5, 9, tzinfo=desk.zone).timestamp()
    worker = desk.worker
    worker.polled, worker.breathes = False, True
    worker.day = lambda: [Moment(nine, What.ACTIVE), Moment(nine + 7200.0, What.STILL)]
    worker.answers_announcement = lambda *, can_snooze: Action.SKIP
    worker.answers_offer = lambda: Action.ROUTINE
    desk.chance.random = lambda: 0.9  # Typing goes on beside the routine, and its question gets no answer.
    life = desk.live(1)
    assert life.offers == 1 and life.prompts > 1
    assert not life.faults, life.first


def test_nobody_says_that_they_stand_to_a_program_that_is_not_running() -> None:
    """It would have to know of their standing without the click, and is right to go on counting them as sitting."""
    desk = Desk(0)
    rules = replace(Settings(), interval=1800.0, routine_at=None)
    desk.judge.settings = desk.settings = rules
    nine = datetime(2026, 1, 5, 9, tzinfo=desk.zone).timestamp()
    story = [(0, What.ACTIVE), (1790, What.CRASH), (1792, What.STAND), (1795, What.START), (1990, What.SIT)]
    desk.worker.day = lambda: [Moment(nine + at, what) for at, what in story]
    desk.worker.polled, desk.worker.breathes = False, True
    desk.chance.random = lambda: 0.9
    life = desk.live(1)
    assert life.prompts == 1
    assert not life.faults, life.first


def test_hands_that_rest_already_are_not_at_rest_anew() -> None:
    """Nor does a lid that closes upon somebody typing date the last key back to the first."""
    story = [(0, What.ACTIVE), (100, What.STILL), (200, What.STILL), (300, What.ACTIVE), (400, What.SLEEP)]
    for far, last_key in [(3, 100), (5, 400)]:
        desk = Desk(0)
        nine = datetime(2026, 1, 5, 9, tzinfo=desk.zone).timestamp()
        day = [Moment(nine + at, what) for at, what in story[:far]]
        desk.worker.day = lambda day=day: day
        desk.live(1)
        assert desk.truth.last_input - nine == last_key
