"""The log returns what was written, answers queries, and keeps the newest version of each entry."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.records.habits import HabitTick, PostureCheck
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.sites import Region, sites_on
from numbguard.store.log.errors import DamagedDatabaseError
from numbguard.store.log.journal import RecordVersion, SqliteJournal
from numbguard.store.log.rows.moments import DAY
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from tests.store.conftest import NOON, keep, problems_in
from tests.store.strategies import bouts, breaks, episodes, habit_ticks, posture_checks, sign_answers

Make = Callable[..., Episode]
MIDNIGHT = datetime(2025, 3, 3, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture(scope="module")
def log() -> Iterator[SqliteJournal]:
    """One log for all examples of the round trips, each of which has a new id."""
    with tempfile.TemporaryDirectory() as folder:
        journal = SqliteJournal(Profile.find(folder))
        yield journal
        journal.close()


def offset(moment: datetime | None) -> timedelta | None:
    return None if moment is None else moment.utcoffset()


@given(episode=episodes)
def test_an_episode_comes_back_as_it_was(log: SqliteJournal, episode: Episode) -> None:
    keep(log, episode)
    found = log.find_episode(episode.id)
    assert found == episode
    assert offset(found.started_at) == offset(episode.started_at), "and at the same time of day"
    assert offset(found.ended_at) == offset(episode.ended_at)


@given(record=breaks)
def test_a_break_comes_back_as_it_was(log: SqliteJournal, record: BreakRecord) -> None:
    keep(log, record)
    after = record.started_at + timedelta(microseconds=1) if record.started_at.year < 9999 else None
    (found,) = (one for one in log.breaks(since=record.started_at, until=after) if one.id == record.id)
    assert found == record
    assert offset(found.started_at) == offset(record.started_at)


@given(tick=habit_ticks)
def test_a_habit_tick_comes_back_as_it_was(log: SqliteJournal, tick: HabitTick) -> None:
    keep(log, tick)
    (found,) = (one for one in log.habit_ticks(since=tick.at) if one.id == tick.id)
    assert found == tick
    assert offset(found.at) == offset(tick.at), "it counts for the day it was made on"


@given(answer=sign_answers)
def test_an_answer_about_a_sign_comes_back_as_it_was(log: SqliteJournal, answer: SignAnswer) -> None:
    keep(log, answer)
    (found,) = (one for one in log.answers_about([answer.episode]) if one.id == answer.id)
    assert found == answer


@given(check=posture_checks)
def test_a_posture_check_comes_back_as_it_was(log: SqliteJournal, check: PostureCheck) -> None:
    keep(log, check)
    (found,) = (one for one in log.posture_checks(since=check.at) if one.id == check.id)
    assert found == check
    assert offset(found.at) == offset(check.at)


@given(bout=bouts)
def test_a_sitting_bout_is_kept_as_it_was(log: SqliteJournal, bout: SittingBout) -> None:
    keep(log, bout)
    with closing(sqlite3.connect(log._profile.database)) as connection:
        (row,) = connection.execute(
            'SELECT started_us, started_offset_s, ended_us, ended_offset_s, seated_s, "end" FROM bouts WHERE id = ?',
            (bout.id,),
        )
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    for us, offset_s, moment in ((row[0], row[1], bout.started_at), (row[2], row[3], bout.ended_at)):
        assert us == (moment - epoch) // timedelta(microseconds=1)
        assert timedelta(seconds=offset_s) == moment.utcoffset()
    assert row[4:] == (bout.seated_s, bout.end.value)


@settings(max_examples=30)
@given(versions=st.permutations([1, 2, 3, 4]), record=episodes | breaks)
def test_logs_merge_to_the_newest_edit_whichever_way_round(
    log: SqliteJournal, versions: list[int], record: Episode | BreakRecord
) -> None:
    record = replace(record, id=str(uuid4()))

    def edit(number: int) -> RecordVersion:
        return RecordVersion(replace(record, seated_s=number) if isinstance(record, BreakRecord)
                       else replace(record, severity=number), edited_us=number)  # fmt: skip

    for number in (*versions, *versions):
        log.merge(edit(number))
    newest = edit(4).record
    if isinstance(newest, Episode):
        assert log.find_episode(record.id) == newest
    else:
        assert isinstance(newest, BreakRecord)
        assert newest in list(log.breaks(since=newest.started_at))


def test_an_edit_here_holds_even_after_the_clock_was_set_back(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    one = episode()
    journal.merge(RecordVersion(one, edited_us=2**60))
    ended = keeping.end_episode(one.id, NOON + timedelta(minutes=3))
    assert ended is not None
    assert journal.find_episode(one.id) == ended
    journal.merge(RecordVersion(one, edited_us=2**60))
    assert journal.find_episode(one.id) == ended, "and what it changed does not come back"


def test_a_break_grows_its_end_under_the_same_id(journal: SqliteJournal) -> None:
    begun = BreakRecord("b", Outcome.FINISHED, NOON, None, "quad", NOON, 2700.0)
    keep(journal, begun)
    ended = replace(begun, outcome=Outcome.MOVED, ended_at=NOON + timedelta(minutes=2), snoozes=1)
    keep(journal, ended)
    assert list(journal.breaks()) == [ended]


def test_the_open_episode_is_the_one_begun_last_and_ends_once(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    assert keeping.end_episode(None, NOON) is None
    late, early = episode(10), episode(0)
    keeping.add_episode(late)
    keeping.add_episode(early)
    assert journal.open_episode(NOON + timedelta(hours=1)) == late
    ended = keeping.end_episode(None, NOON + timedelta(minutes=30))
    assert ended == replace(late, ended_at=NOON + timedelta(minutes=30))
    assert journal.open_episode(NOON + timedelta(hours=1)) == early
    assert keeping.end_episode(late.id, NOON + timedelta(hours=5)) == ended, "an end that was given stays"
    assert keeping.end_episode("unheard of", NOON) is None
    before = keeping.end_episode(early.id, NOON - timedelta(hours=1))
    assert before == replace(early, ended_at=NOON), "never before its beginning"


def test_what_helped_is_kept_with_the_time_it_took(journal: SqliteJournal, keeping: SafeJournal, episode: Make) -> None:
    one, other = replace(episode(), relief=None), replace(episode(5), relief=None, relief_after_s=None)
    keeping.add_episode(one)
    keeping.add_episode(other)
    ended = keeping.end_episode(one.id, NOON + timedelta(minutes=4), relief="massage")
    assert ended == replace(one, ended_at=NOON + timedelta(minutes=4), relief="massage", relief_after_s=240.0)
    assert journal.find_episode(one.id) == ended
    early = keeping.end_episode(other.id, NOON, relief="position")
    assert early is not None
    assert (early.ended_at, early.relief_after_s) == (other.started_at, 0.0), "never before its beginning"
    assert keeping.end_episode(other.id, NOON, relief="water") == early, "and what was given stays"


def test_undo_takes_back_the_episode_logged_last_or_that_one(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    first, second, backdated = episode(0), episode(5), episode(-60, sites=sites_on(None, Region.CALF))
    for one in (first, second, backdated):
        keeping.add_episode(one)
    assert journal.last_episode() == backdated
    assert keeping.undo_episode(None) == backdated
    assert keeping.undo_episode(backdated.id) is None
    assert keeping.undo_episode(first.id) == first
    assert list(journal.episodes()) == [second]
    keeping.add_episode(first)
    assert list(journal.episodes()) == [first, second], "logged again, it is there again"


def test_a_correction_replaces_all_that_was_told(journal: SqliteJournal, episode: Make) -> None:
    told = episode(sites=sites_on(None, Region.CALF, Region.TOES, Region.CALF), note="left")
    keep(journal, told)
    assert journal.last_episode() == told
    corrected = replace(told, sites=sites_on(None, Region.SOLE), note=None)
    keep(journal, corrected)
    assert list(journal.episodes()) == [corrected]


def test_episodes_and_breaks_are_listed_by_their_beginning(journal: SqliteJournal, episode: Make) -> None:
    listed = [episode(minute) for minute in (30, 10, 20)]
    for one in listed:
        keep(journal, one)
    early, middle, late = sorted(listed, key=lambda one: one.started_at)
    assert list(journal.episodes()) == [early, middle, late]
    assert list(journal.episodes(since=middle.started_at)) == [middle, late]
    assert list(journal.episodes(until=middle.started_at)) == [early]
    assert list(journal.episodes(since=middle.started_at, until=late.started_at)) == [middle]


def test_a_long_list_comes_page_by_page_and_whole(journal: SqliteJournal, keeping: SafeJournal) -> None:
    at_once = [Episode(f"{number:04}", NOON + timedelta(minutes=number // 700)) for number in range(1001)]
    with journal.writing() as connection:
        from numbguard.store.log.journal import _write

        for one in at_once:
            _write(connection, RecordVersion(one, 1), only_newer=True)
    reader = iter(journal.episodes())
    first = next(reader)
    keeping.undo_episode(at_once[-1].id)
    assert [first, *reader] == at_once[:-1], "a write between two pages disturbs nobody"


def test_the_figures_of_a_day_hold_only_what_lay_within_it(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    def bout(id: str, start_h: float, end_h: float, seated_h: float | None = None) -> SittingBout:
        seated_s = (end_h - start_h if seated_h is None else seated_h) * 3600
        begin, finish = (MIDNIGHT + timedelta(hours=hour) for hour in (start_h, end_h))
        return SittingBout(id, begin, finish, seated_s, BoutEnd.MOVED)

    keeping.keep_bout(bout("over midnight", -1, 1))
    keeping.keep_bout(bout("with a pause in it", 9, 11, seated_h=1.5))
    keeping.keep_bout(bout("into the next day", 23.5, 25))
    keeping.keep_bout(bout("the day before", -5, -3))
    keeping.keep_bout(bout("until midnight", -2, 0))
    keeping.keep_bout(bout("a mere moment", 12, 12, seated_h=0.001))
    for number, (hour, outcome) in enumerate(
        [(9, Outcome.MOVED), (10, Outcome.MOVED), (11, Outcome.SNOOZED), (24, Outcome.SKIPPED), (-1, Outcome.MISSED)]
    ):
        keeping.keep_break(BreakRecord(str(number), outcome, MIDNIGHT + timedelta(hours=hour), None))
    for hour in (0, 23.9, 24):
        keeping.add_episode(Episode(f"at {hour}", MIDNIGHT + timedelta(hours=hour)))
    keeping.undo_episode("at 23.9")
    figures = journal.day(MIDNIGHT, MIDNIGHT + timedelta(days=1))
    assert figures.breaks == {
        "moved": 2, "finished": 0, "cut_short": 0, "snoozed": 1, "skipped": 0, "natural": 0, "missed": 0,
    }  # fmt: skip
    assert figures.episodes == 1
    assert figures.seated_s == pytest.approx((1 + 1.5 + 0.5 + 0.001) * 3600)
    assert figures.longest_sitting_s == pytest.approx(1.5 * 3600)


def test_an_empty_day_is_nought_and_not_unknown(journal: SqliteJournal) -> None:
    figures = journal.day(MIDNIGHT, MIDNIGHT + timedelta(days=1))
    assert (figures.episodes, figures.seated_s, figures.longest_sitting_s, sum(figures.breaks.values())) == (0, 0, 0, 0)


def test_text_that_no_file_can_hold_is_marked_and_kept(journal: SqliteJournal, episode: Make) -> None:
    keep(journal, episode(note="knee\udcff"))
    found = journal.last_episode()
    assert found is not None
    assert found.note == "knee?"


def test_a_moment_without_its_offset_is_a_mistake_of_ours_and_not_guessed(journal: SqliteJournal) -> None:
    with pytest.raises(ValueError, match="offset from UTC"):
        keep(journal, Episode("x", datetime(2025, 3, 3)))  # noqa: DTZ001
    assert list(journal.episodes()) == []


def test_an_entry_that_no_numbguard_wrote_is_told_by_name(
    profile: Profile, journal: SqliteJournal, episode: Make
) -> None:
    keep(journal, episode())
    with closing(sqlite3.connect(profile.database)) as connection:
        connection.execute("UPDATE episodes SET side = 'upside down'")
        connection.commit()
    for ask in (journal.last_episode, partial(journal.open_episode, NOON), journal.episodes):
        with pytest.raises(DamagedDatabaseError, match=r"'upside down' is not a valid Side.* It was not changed"):
            ask()


def test_check_finds_the_log_whole_or_says_what_is_not(profile: Profile, journal: SqliteJournal, episode: Make) -> None:
    keep(journal, episode(sites=sites_on(None, Region.CALF)))
    assert problems_in(journal) == ()
    with closing(sqlite3.connect(profile.database)) as connection:
        connection.execute("INSERT INTO episode_regions (episode, place, region) VALUES (99, 0, 'calf')")
        connection.commit()
    assert problems_in(journal) == ("1 entries belong to an episode that doesn't exist",)


def test_a_click_among_ten_thousand_finds_its_way_by_an_index(journal: SqliteJournal) -> None:
    with journal.reading() as connection:
        for query in (
            "SELECT * FROM episodes WHERE NOT deleted AND ended_us IS NULL ORDER BY started_us DESC LIMIT 1",
            "SELECT * FROM episodes WHERE NOT deleted AND started_us >= 5 ORDER BY started_us, n LIMIT 9",
            "SELECT * FROM breaks WHERE started_us >= 5 AND started_us < 9",
            "SELECT * FROM bouts WHERE ended_us >= 5 AND started_us < 9",
            f"SELECT {DAY}, count(*) FROM episodes WHERE deleted = 0 AND {DAY} BETWEEN 5 AND 9 GROUP BY {DAY}",
        ):
            plan = " ".join(str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {query}"))
            assert "USING INDEX" in plan or "USING COVERING INDEX" in plan, (query, plan)
            assert "TEMP B-TREE" not in plan, (query, plan)


# --- what an episode was before -------------------------------------------------------------------------------------


def test_each_edit_keeps_the_former_version(journal: SqliteJournal, keeping: SafeJournal, episode: Make) -> None:
    first = episode(sites=sites_on(None, Region.CALF, Region.SOLE), note="at the desk")
    second = replace(first, sites=sites_on(None, Region.TOES), note="at the desk, I think", severity=4)
    keeping.add_episode(first)
    assert journal.former(first.id) == []
    keeping.add_episode(second)
    keeping.undo_episode(first.id)
    assert [(one.record, one.deleted) for one in journal.former(first.id)] == [(second, False), (first, False)]
    keeping.add_episode(second)  # Undo was a slip: it is back.
    assert [one.deleted for one in journal.former(first.id)] == [True, False, False]
    assert journal.find_episode(first.id) == second


def test_the_same_version_merged_twice_leaves_no_former_one(journal: SqliteJournal, episode: Make) -> None:
    version = RecordVersion(episode(), 1_000)
    journal.merge(version)
    journal.merge(version)
    assert journal.former(version.record.id) == []
    journal.merge(RecordVersion(replace(episode(), id=version.record.id, note="elsewhere"), 999))
    assert journal.former(version.record.id) == [], "an older version changes nothing"
