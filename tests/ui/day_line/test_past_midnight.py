"""A bout of sitting past midnight, on a real log: each place that shows sitting by day gives a day the same part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from numbguard.core.breaks.instant import Instant
from numbguard.core.log.records.sitting import BoutEnd, SittingBout
from numbguard.ipc.documents import day_of
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.queries.break_days import read_today
from numbguard.store.log.queries.history import DayLog, HistoryQueries
from numbguard.store.log.queries.insights import InsightQueries, Period
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.ui.day_line.marks import present_by_day, summary, with_present
from tools.fakes import snapshot

DAY = timedelta(days=1)
BERLIN, SANTIAGO = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Santiago")
NIGHTS = {
    "a night in winter": (datetime(2026, 1, 12, 23, tzinfo=BERLIN), timedelta(hours=3), 60),
    "the clock is set back at three": (datetime(2026, 10, 24, 23, tzinfo=BERLIN), timedelta(hours=6), 60),
    "the clock is put forward at two": (datetime(2026, 3, 28, 23, tzinfo=BERLIN), timedelta(hours=4), 60),
    "the clock is set back at midnight": (datetime(2026, 4, 4, 22, 30, tzinfo=SANTIAGO), timedelta(hours=3), 150),
    "the clock is put forward at midnight": (datetime(2026, 9, 5, 23, 30, tzinfo=SANTIAGO), timedelta(hours=1), 30),
}
"""When the bout began, its length, and the minutes until midnight."""


class Night:
    """A bout over midnight in a log, sat through but for a tenth of its time."""

    def __init__(self, folder: Path, start: datetime, length: timedelta, before: int) -> None:
        self.profile, self.zone = Profile.find(str(folder)), cast("ZoneInfo", start.tzinfo)
        self.journal = SqliteJournal(self.profile)
        end = (start.astimezone(UTC) + length).astimezone(self.zone)
        self.evening, self.morning = start.date(), start.date() + DAY
        sat_s = length.total_seconds() * 0.9
        self.expected = {self.evening: before * 60 * 0.9, self.morning: sat_s - before * 60 * 0.9}
        bout = SittingBout("b", _fixed(start), _fixed(end), sat_s, BoutEnd.MOVED)
        SafeJournal(self.journal, self.profile).keep_bout(bout)
        self.history = HistoryQueries(self.journal, zone=self.zone)


def _fixed(moment: datetime) -> datetime:
    offset = moment.utcoffset()
    assert offset is not None
    return moment.replace(tzinfo=timezone(offset), fold=0)


@pytest.fixture(params=NIGHTS.values(), ids=NIGHTS.keys())
def night(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Night]:
    night = Night(tmp_path / "profile", *request.param)
    yield night
    night.journal.close()


def test_the_heat_map_the_line_the_insights_the_panel_and_the_status_agree(night: Night) -> None:
    found = night.history.totals(newest=night.morning + DAY, oldest=night.evening - DAY)
    assert {day: totals.seated_s for day, totals in found.items()} == pytest.approx(night.expected)
    for day, sat_s in night.expected.items():
        assert night.history.totals(newest=day, oldest=day)[day].seated_s == pytest.approx(sat_s)
        log = night.history.day(day)
        assert (log.seated_s, log.longest_s) == pytest.approx((sat_s, sat_s)), "the line of the day"
        panel = read_today(night.profile, day, night.zone).day
        assert panel.seated_s == pytest.approx(sat_s)
        noon = datetime.combine(day, time(12), night.zone)
        status = night.journal.day(*day_of(noon, night.zone))
        assert (status.seated_s, status.longest_sitting_s) == pytest.approx((sat_s, sat_s))
        of_day = Period(datetime.combine(day, time()), datetime.combine(day + DAY, time()))
        assert InsightQueries(night.journal, of_day).seated(night.zone).seated_s == pytest.approx({day: sat_s})
    week = InsightQueries(night.journal).seated(night.zone)
    assert week.seated_s == pytest.approx(night.expected)
    assert (week.bouts, week.longest_s) == (1, pytest.approx(sum(night.expected.values())))


def test_a_bout_that_the_clock_was_set_back_in_is_on_the_line_of_the_day_that_counts_it(tmp_path: Path) -> None:
    night = Night(tmp_path / "profile", *NIGHTS["a night in winter"])
    start = datetime(2026, 2, 10, 0, 10, tzinfo=timezone(timedelta(hours=1)))
    back = SittingBout("back", start, start - timedelta(minutes=20), 1200.0, BoutEnd.MOVED)
    SafeJournal(night.journal, night.profile).keep_bout(back)
    totals = night.history.totals(newest=start.date(), oldest=start.date() - DAY)
    assert {day: one.seated_s for day, one in totals.items()} == {start.date(): 1200.0}
    assert night.history.day(start.date()).seated_s == 1200.0
    assert night.journal.day(*day_of(start, night.zone)).seated_s == 1200.0
    assert night.journal.day(*day_of(start - DAY, night.zone)).seated_s == 0.0
    night.journal.close()


def test_the_bout_that_is_not_over_is_shared_by_midnight_too() -> None:
    """Fifty minutes of sitting since 23:20, with pauses: at 00:20 the engine counts 15 of them for today."""
    wall = datetime(2026, 3, 10, 0, 20, tzinfo=timezone(timedelta(hours=1)))
    now = replace(
        snapshot(minutes=50), at=Instant(wall, 9000.0), bout_s=3600.0, seated_today_s=900.0, longest_today_s=900.0
    )
    monday, tuesday = date(2026, 3, 9), date(2026, 3, 10)
    assert present_by_day(now) == pytest.approx({monday: 35 * 60, tuesday: 15 * 60})
    assert summary(with_present(DayLog(tuesday), now)) == "Sat for 15 minutes; longest sitting 15 minutes · sitting now"
    assert summary(with_present(DayLog(monday), now)) == "Sat for 35 minutes; longest sitting 35 minutes · sitting now"
    before = with_present(DayLog(monday - DAY), now)
    assert (before.present, before.seated_s) == (None, 0)
