"""The Monday message: when it speaks, what it says, and that it says it once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from numbguard.app.monday import MondayMessage
from numbguard.core.breaks.messages import Action, Phase, State, Suppression
from numbguard.core.ports import AppSnapshot, Notice
from numbguard.store.log.queries.break_days import TodayLog
from numbguard.store.log.queries.history import DayLog
from numbguard.store.profile import Profile
from tools.fakes import MORNING, FakeToday, app_snapshot, busy_today


class Person:
    """Somebody whose settings ask for the message, or not, and what was said to them."""

    def __init__(self, folder: Path) -> None:
        self.profile = Profile.find(str(folder))
        self.wants = True
        self.today = FakeToday(busy_today())
        self.said: list[Notice] = []
        self.starts()

    def starts(self) -> None:
        """Start NumbGuard, again."""
        self.message = MondayMessage(self.profile, lambda: self.today, wanted=lambda: self.wants, say=self.said.append)

    def sees(self, *moments: AppSnapshot) -> int:
        """Pass the moments on; returns how often something was said so far."""
        for moment in moments:
            self.message.follow(moment)
        return len(self.said)


@pytest.fixture
def person(tmp_path: Path, qapp) -> Person:
    return Person(tmp_path / "profile")


SITTING = app_snapshot(minutes=10)


def test_on_a_monday_it_says_last_week_in_a_sentence_and_a_picture(person: Person) -> None:
    assert person.sees(SITTING) == 1
    (notice,) = person.said
    assert (notice.title, notice.body) == ("Your last week", "Last week: 29 of 40 breaks taken, and 2 episodes.")
    assert notice.answers == ((Action.PANEL, "Open"),)
    assert notice.quiet
    assert notice.picture is not None
    assert len(notice.picture.rgba) == notice.picture.width * notice.picture.height * 4
    assert len(set(notice.picture.rgba)) > 10, "something is drawn"


def test_once_a_week_whatever_happens(person: Person) -> None:
    assert person.sees(SITTING, app_snapshot(minutes=11)) == 1
    person.starts()
    assert person.sees(app_snapshot(minutes=12)) == 1
    next_monday = MORNING + timedelta(days=7, hours=-2)
    person.today.log = busy_today(next_monday)
    assert person.sees(app_snapshot(minutes=12, wall=next_monday)) == 2


def test_it_is_off_unless_wished(person: Person) -> None:
    person.wants = False
    assert person.sees(SITTING) == 0
    assert person.today.asked == 0


@pytest.mark.parametrize(
    "moment",
    [
        app_snapshot(minutes=10, wall=MORNING + timedelta(days=1)),
        app_snapshot(minutes=10, suppressed=(Suppression("dnd", "Do Not Disturb is on"),)),
        app_snapshot(State.PAUSED, minutes=10, suppressed=(Suppression("paused", "paused"),)),
        app_snapshot(State.OFF, suppressed=(Suppression("hours", "outside your working hours"),)),
        app_snapshot(State.AWAY, minutes=10),
        app_snapshot(State.ANNOUNCED, minutes=45, phase=Phase.ANNOUNCED),
        app_snapshot(minutes=1),
        app_snapshot(minutes=42),
    ],
    ids=["tuesday", "do not disturb", "paused", "off", "away", "announced", "just sat down", "nearly due"],
)
def test_it_never_speaks_at_a_bad_moment_and_waits_for_a_better_one(person: Person, moment: AppSnapshot) -> None:
    assert person.sees(moment) == 0
    assert person.sees(SITTING) == 1


def test_a_week_with_too_little_to_tell_is_left_alone(person: Person) -> None:
    person.today.log = TodayLog(DayLog(MORNING.date()))
    assert person.sees(SITTING, replace(SITTING)) == 0
    assert person.today.asked == 1
