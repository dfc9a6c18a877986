"""The app checks its whole log while the person is away, and announces the damage that it finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from numbguard.app.alarm_clock import AlarmClock
from numbguard.app.log_care import LogCare
from numbguard.core.breaks.messages import State
from numbguard.core.log.records.episode import Episode
from numbguard.core.ports import AppSnapshot, Notice
from numbguard.store.log.health import HealthFile
from numbguard.store.log.journal import RecordVersion, SqliteJournal, now_us
from numbguard.store.profile import Profile
from tests.scenario import Scenario


class Setting:
    """A profile with a log, the care of that log, and a person who leaves and returns."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.said: list[Notice] = []
        self.ended = 0
        self.asker = QObject()
        with closing(SqliteJournal(profile)) as log:
            log.keep(RecordVersion(Episode("one", datetime.now(UTC)), now_us()))
        alarm = AlarmClock(on_crash=lambda error: None)
        self.care = LogCare(
            profile,
            alarm,
            self.asker,
            speed=1.0,
            second_folder=lambda: None,
            say=self.said.append,
            is_first_time=lambda message: True,
            changed=self._count,
        )

    def _count(self) -> None:
        self.ended += 1

    def is_seen(self, state: State, *, idle_known: bool = True) -> None:
        self.care.follow(AppSnapshot(replace(Scenario().snapshot, state=state, idle_known=idle_known)))

    @property
    def last_check(self) -> datetime | None:
        return HealthFile(self.profile).read().last_check

    def checked_before(self, length: timedelta) -> None:
        HealthFile(self.profile).found_sound(datetime.now().astimezone() - length)


@pytest.fixture
def setting(tmp_path: Path, qapp: object) -> Iterator[Setting]:
    yield Setting(Profile.find(str(tmp_path / "profile")))


def test_the_weekly_check_waits_until_the_person_leaves(setting: Setting, qtbot) -> None:
    setting.is_seen(State.SITTING)
    setting.care.back_up()
    qtbot.waitUntil(lambda: setting.ended == 1)
    assert setting.last_check is None, "somebody sits there"
    setting.is_seen(State.AWAY)
    qtbot.waitUntil(lambda: setting.ended == 2)
    assert setting.last_check is not None

    for state in (State.AWAY, State.SITTING, State.AWAY):
        setting.is_seen(state)
    setting.checked_before(timedelta(days=6))
    setting.is_seen(State.SITTING)
    setting.is_seen(State.AWAY)
    assert setting.ended == 2, "not twice a week"

    setting.checked_before(timedelta(days=8))
    setting.is_seen(State.SITTING)
    setting.is_seen(State.AWAY)
    qtbot.waitUntil(lambda: setting.ended == 3)
    assert datetime.now().astimezone() - setting.last_check < timedelta(minutes=1)


@pytest.mark.parametrize("age", [timedelta(days=15), timedelta(days=-300)])
def test_a_check_that_finds_no_idle_hour_is_done_with_a_backup(setting: Setting, age: timedelta, qtbot) -> None:
    setting.checked_before(age)
    setting.is_seen(State.SITTING)
    setting.care.back_up()
    qtbot.waitUntil(lambda: setting.ended == 1)
    found = setting.last_check
    assert found is not None
    assert abs(datetime.now().astimezone() - found) < timedelta(minutes=1)


def test_where_idleness_cannot_be_sensed_the_night_serves(setting: Setting, qtbot) -> None:
    setting.is_seen(State.SITTING, idle_known=False)
    setting.care.back_up()
    qtbot.waitUntil(lambda: setting.last_check is not None)


def test_damage_found_while_the_person_is_away_is_announced(setting: Setting, qtbot) -> None:
    whole = setting.profile.database.read_bytes()
    setting.profile.database.write_bytes(whole[:4096] + b"\x5a" * 4096 + whole[8192:])
    setting.is_seen(State.AWAY)
    qtbot.waitUntil(lambda: len(setting.said) == 1)
    assert setting.said[0].title == "The log is damaged"
    setting.is_seen(State.SITTING)
    setting.is_seen(State.AWAY)
    assert setting.ended == 1, "a damaged log is not checked again"
