"""Office workers' days through the real engine: no prompt at the wrong moment, no break missed, none invented.

The whole, a thousand people and 250 days each, is ``./dev simulate``.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from numbguard.core import policy
from numbguard.core.settings import Settings

from .desk import Desk
from .report import Report, cost, person
from .worker import OFFICE

PEOPLE, DAYS = 24, 8


@pytest.mark.parametrize("group", range(4))
def test_everybody_is_asked_at_the_right_moment_and_at_no_other(group: int) -> None:
    whole = Report()
    for seed in range(group, PEOPLE, 4):
        whole.add(person(seed, DAYS))
    print(whole)
    assert not whole.faults, whole
    assert whole.prompts > whole.days and whole.naturals > whole.days, "days in which something happens"


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


def test_a_simulated_day_costs_little() -> None:
    """In units of a fixed loop of plain Python, so that neither the machine nor what else runs on it decides."""
    measured = cost(range(3), 4)
    print(measured)
    assert measured.ratio < 9, measured
