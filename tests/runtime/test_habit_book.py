"""The habit book on a real log: ticks, today's amounts, the goal in the settings, and a log that fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from time import process_time

import pytest

from numbguard.core.errors import GoalError
from numbguard.core.log.habits import EVERY_DAY, AchievementKind, AmountError, TickError, WeekGoal
from numbguard.core.log.records.habits import HabitKind
from numbguard.core.ports import HabitControls
from numbguard.core.settings.choices import GoalKind
from numbguard.runtime.habit_book import HabitBook, TickResult
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.store.settings import file as settings_file
from tools.simulation.deck import counting_ids

WATER, WALK, STRETCH = HabitKind.WATER, HabitKind.WALK, HabitKind.STRETCH
MONDAY = datetime(2026, 3, 9, 9, 0, tzinfo=timezone(timedelta(hours=1)))


class Person:
    """A person with a profile, whose time passes and who clicks."""

    def __init__(self, folder: Path) -> None:
        self.profile = Profile.find(str(folder / "profile"))
        self.log = SafeJournal(SqliteJournal(self.profile, patience_s=0.2), self.profile)
        self.now = MONDAY
        self.heard: list[TickResult] = []
        self._new_id: Callable[[], str] = counting_ids()
        self.book = self.starts()

    def starts(self) -> HabitBook:
        self.book = HabitBook(self.log, settings_file.GoalFile(self.profile), now=lambda: self.now, new_id=self._new_id)
        self.book.watch(self.heard.append)
        return self.book

    def lives(self, *, days: float = 0, hours: float = 0) -> None:
        self.now += timedelta(days=days, hours=hours)

    def holds(self) -> dict[HabitKind, int]:
        day = self.book.today()
        assert day is not None
        return dict(day.amounts)


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    person = Person(tmp_path)
    yield person
    person.log.close()


def test_windows_have_what_they_need(person: Person) -> None:
    habits: HabitControls = person.book
    assert habits.today() is not None


def test_one_click_is_in_the_log_and_in_the_day(person: Person) -> None:
    assert person.holds() == {WATER: 0, WALK: 0, STRETCH: 0}
    person.book.tick(WATER)
    person.book.tick(WALK)
    person.book.tick(WALK, 20)
    assert person.holds() == {WATER: 1, WALK: 25, STRETCH: 0}
    assert [(one.kind, one.amount) for one in person.log.habit_ticks()] == [(WATER, 1), (WALK, 5), (WALK, 20)]
    assert person.log.day(MONDAY, MONDAY + timedelta(hours=1)).habits == {"water": 1, "walk": 25}
    assert [one.tick.amount for one in person.heard] == [1, 5, 20]


def test_a_slip_is_taken_back_and_what_makes_no_sense_changes_nothing(person: Person) -> None:
    person.book.tick(WATER, 2)
    person.book.tick(WATER, -1)
    assert person.holds()[WATER] == 1
    person.book.tick(WATER, -9)
    with pytest.raises(TickError, match="Nothing to undo"):
        person.book.tick(WATER, -1)
    with pytest.raises(AmountError):
        person.book.tick(WALK, 1000)
    assert person.holds() == {WATER: 0, WALK: 0, STRETCH: 0}
    assert len(person.heard) == 3


def test_the_same_tick_told_twice_counts_once(person: Person) -> None:
    person.book.tick(WATER, id="told")
    person.book.tick(WATER, id="told")
    assert person.holds()[WATER] == 1


def test_a_new_day_starts_with_an_empty_glass(person: Person) -> None:
    person.book.tick(WATER)
    person.lives(hours=14.9)
    assert person.holds()[WATER] == 1
    person.lives(hours=0.2)
    assert person.holds()[WATER] == 0


def test_todays_ticks_stay_todays_when_the_clock_goes_west(person: Person) -> None:
    person.book.tick(WATER)
    person.now = (person.now + timedelta(hours=8)).astimezone(timezone(timedelta(hours=-8)))
    assert person.now.date() == MONDAY.date()
    assert person.holds()[WATER] == 1


def test_the_target_is_celebrated_once_a_day_across_restarts(person: Person) -> None:
    for _ in range(8):
        person.book.tick(WATER)
    person.starts()
    person.book.tick(WATER, -1)
    person.book.tick(WATER, 3)
    assert [one.achievement.what for one in person.heard if one.achievement] == [AchievementKind.DAY]
    person.lives(days=1)
    person.book.tick(WATER, 8)
    assert len([one for one in person.heard if one.achievement]) == 2


def test_a_goal_is_picked_lived_and_kept_in_the_settings(person: Person) -> None:
    person.profile.settings.parent.mkdir(parents=True, exist_ok=True)
    person.profile.settings.write_text("# mine\n[goals]\nwater = 5  # enough\n", encoding="utf-8")
    person.book.pick(GoalKind.WALK, 20)
    assert person.profile.settings.read_text(encoding="utf-8").startswith("# mine\n[goals]\nwater = 5  # enough\n")
    for day in (0, 1, 1):  # Wednesday is a rest day
        person.lives(days=day)
        person.book.tick(WALK, 20)
    person.lives(days=1)
    day = person.book.today()
    assert day
    assert day.progress
    assert day.progress.goal == WeekGoal(WALK, 20, EVERY_DAY)
    assert (day.progress.met_days, day.progress.streak, day.progress.met_today) == (3, 3, False)
    for ahead in (1, 1, 1):
        person.lives(days=ahead)
        person.book.tick(WALK, 25)
    achievements = [one.achievement.what for one in person.heard if one.achievement]
    assert achievements == [AchievementKind.GOAL] * 5 + [AchievementKind.WEEK]
    person.book.pick(GoalKind.WATER, 6)
    day = person.book.today()
    assert day
    assert day.progress
    assert day.progress.goal == WeekGoal(WATER, 6, EVERY_DAY)
    person.book.pick(GoalKind.NONE)
    day = person.book.today()
    assert day
    assert day.progress is None


def test_a_goal_that_cannot_be_written_is_told_and_the_former_one_stays(person: Person) -> None:
    person.profile.settings.parent.mkdir(parents=True, exist_ok=True)
    person.profile.settings.write_text("this is no TOML", encoding="utf-8")
    with pytest.raises(GoalError, match=r"was not changed.*The file was not changed"):
        person.book.pick(GoalKind.ROUTINE)
    assert person.profile.settings.read_text(encoding="utf-8") == "this is no TOML"


def test_a_log_that_cannot_be_read_takes_a_click_all_the_same(person: Person) -> None:
    person.book.tick(WATER)
    away = person.profile.folder / "elsewhere"
    person.profile.database.rename(away)
    person.profile.database.mkdir()
    assert person.book.today() is None, "unknown is not nothing"
    done = person.book.tick(WATER)
    assert (done.day, done.achievement) == (None, None)
    with pytest.raises(TickError, match="can't be read"):
        person.book.tick(WATER, -1)
    assert person.log.pending() == 1
    person.profile.database.rmdir()
    away.rename(person.profile.database)
    assert person.log.retry() == 1
    assert person.holds()[WATER] == 2


def test_a_year_of_habits_does_not_make_a_click_slow(person: Person) -> None:
    settings_file.write_goal(person.profile, GoalKind.WALK, 15)
    person.book.tick(WATER)
    with closing(sqlite3.connect(person.profile.database)) as connection, connection:
        connection.executemany(
            "INSERT INTO habit_ticks (id, edited_us, at_us, at_offset_s, kind, amount) VALUES (?, 0, ?, 3600, ?, 5)",
            [
                (f"{day}-{number}", int((MONDAY - timedelta(days=day, minutes=number)).timestamp() * 1e6), "walk")
                for day in range(1, 365)
                for number in range(15)
            ],
        )
    day = person.starts().today()
    assert day
    assert day.progress
    assert day.progress.streak == 364
    began = process_time()
    person.book.tick(WALK, 15)
    assert process_time() - began < 0.1


def test_the_routine_that_was_played_is_ticked_once_a_day(person: Person) -> None:
    person.book.routine_done()
    person.book.routine_done()
    assert [(one.kind, one.amount) for one in person.log.habit_ticks()] == [(STRETCH, 1)]


def test_the_day_aims_at_what_the_settings_say_and_else_at_what_the_guide_says(person: Person) -> None:
    def aims() -> tuple[int, int]:
        day = person.book.today()
        assert day is not None
        return day.targets[WATER], day.targets[WALK]

    assert aims() == (8, 30)
    person.profile.settings.write_text('[goals]\nweek = "walk"\nwalk = "20m"\n', encoding="utf-8")
    assert aims() == (8, 20)
    person.profile.settings.write_text('[goals]\nweek = "walk"\n', encoding="utf-8")
    assert aims() == (8, 15)
    person.profile.settings.write_text('[goals]\nwalk = "45m"\nwater = 6\n', encoding="utf-8")
    assert aims() == (6, 45)
