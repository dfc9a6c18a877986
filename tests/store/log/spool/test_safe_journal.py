"""An entry that the log cannot take is kept in the spool, reported, and written as soon as possible."""

from __future__ import annotations

import errno
import json
import logging
import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numbguard.core.errors import JournalError
from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.records.habits import HabitKind, HabitTick, PostureCheck
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.ports import BreakLog
from numbguard.core.sites import Region, Side, sites_on
from numbguard.runtime.episode_book import EpisodeLog
from numbguard.store.log.journal import RecordVersion, SqliteJournal
from numbguard.store.log.spool.line_format import read_line, write_line
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from tests.only_on_unix import KILL_NOW, KILLED, ON_WINDOWS, has_a_disk_without_locks, is_private
from tests.store.conftest import NOON
from tests.store.locked import fill, held_by_another_process, small_disk
from tests.store.strategies import bouts, breaks, episodes, habit_ticks, posture_checks, sign_answers

Make = Callable[..., Episode]
LATER = NOON + timedelta(minutes=20)


@contextmanager
def log_out_of_reach(profile: Profile) -> Iterator[None]:
    """Put a folder in the log's place, so that it can be neither read nor written."""
    away = profile.folder / "numbguard.db.away"
    there = profile.database.exists()
    if there:
        profile.database.rename(away)
    profile.database.mkdir()
    yield
    profile.database.rmdir()
    if there:
        away.rename(profile.database)


def test_what_the_runtime_needs_is_there(keeping: SafeJournal) -> None:
    log: EpisodeLog = keeping
    breaks: BreakLog = keeping
    assert breaks is log
    assert log.open_episode(NOON + timedelta(hours=1)) is None
    assert keeping.last_episode() is None
    assert keeping.note() is None
    assert keeping.notes() == ()


def test_while_all_is_well_nothing_is_kept_aside(profile: Profile, keeping: SafeJournal, episode: Make) -> None:
    one = episode()
    keeping.add_episode(one)
    keeping.keep_break(BreakRecord("b", Outcome.SKIPPED, NOON, None))
    keeping.keep_bout(SittingBout("s", NOON, LATER, 1200.0, BoutEnd.MOVED))
    assert keeping.open_episode(NOON + timedelta(hours=1)) == one
    assert (keeping.pending(), keeping.retry(), keeping.note()) == (0, 0, None)
    assert not profile.unwritten.exists()


def test_an_episode_that_could_not_be_written_is_shown_kept_and_written_later(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    keeping.add_episode(episode())
    late = episode(1, note="left foot", sites=sites_on(None, Region.SOLE))
    with held_by_another_process(profile):
        keeping.add_episode(late)
        assert keeping.pending() == 1
        assert keeping.open_episode(NOON + timedelta(hours=1)) == keeping.last_episode() == late
        assert list(keeping.episodes())[-1] == late
        note = keeping.note()
        assert note is not None
        assert note.startswith(
            "Not in the log yet: 1 episode, kept in unwritten.jsonl and written as soon as possible."
        )
        assert "Another program is holding the log" in note
        assert "left foot" not in note
        assert keeping.retry() == 0
    assert keeping.retry() == 1
    assert (keeping.pending(), keeping.note()) == (0, None)
    assert journal.last_episode() == late
    assert profile.unwritten.read_bytes() == b""


def test_the_next_start_finds_it_and_writes_it_once(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    late = episode(weakness=True)
    with log_out_of_reach(profile):
        keeping.add_episode(late)
        keeping.keep_break(BreakRecord("b", Outcome.MOVED, NOON, LATER, seated_s=2700.0))
        keeping.keep_bout(SittingBout("s", NOON, LATER, 1200.0, BoutEnd.MOVED))
        assert is_private(profile.unwritten)
        assert "1 episode and 2 breaks and sitting bouts" in (keeping.note() or "")
    spooled = profile.unwritten.read_bytes()
    again = SafeJournal(journal, profile)
    assert again.last_episode() == late, "the first question already finds and writes it"
    assert again.pending() == 0
    assert list(journal.episodes()) == [late]
    assert journal.day(NOON, LATER).seated_s == 1200.0
    profile.unwritten.write_bytes(spooled)
    assert SafeJournal(journal, profile).retry() == 3
    assert list(journal.episodes()) == [late]
    assert [one.id for one in journal.breaks()] == ["b"]


def test_habits_and_posture_checks_are_kept_aside_too(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal
) -> None:
    first, second = (HabitTick(id, NOON, HabitKind.WATER, 1) for id in ("first", "second"))
    check = PostureCheck("c", NOON, True, True, False, True, False)
    keeping.add_tick(first)
    with held_by_another_process(profile):
        keeping.add_tick(second)
        keeping.add_posture_check(check)
        assert "2 habits and posture checks, kept in unwritten.jsonl" in (keeping.note() or "")
        assert list(keeping.habit_ticks(since=NOON, until=LATER)) == [first, second]
        assert list(keeping.habit_ticks(since=LATER)) == []
        assert list(keeping.posture_checks()) == [check]
        assert keeping.day(NOON, LATER).habits == {"water": 2}, "the glass counts at once"
        assert "water" not in keeping.day(LATER, LATER + timedelta(days=1)).habits
    assert keeping.retry() == 2
    assert keeping.day(NOON, LATER).habits == {"water": 2}
    assert list(journal.habit_ticks()) == [first, second]
    assert list(journal.posture_checks()) == [check]


def test_what_was_changed_since_is_not_undone_by_the_older_form(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    late = episode()
    with log_out_of_reach(profile):
        keeping.add_episode(late)
    spooled = profile.unwritten.read_bytes()
    keeping.retry()
    ended = keeping.end_episode(None, LATER)
    assert ended is not None
    profile.unwritten.write_bytes(spooled)
    SafeJournal(journal, profile).retry()
    assert list(journal.episodes()) == [ended]


def test_an_episode_still_aside_can_be_ended_and_taken_back(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    keeping.add_episode(replace(episode(-60), ended_at=NOON))
    first, second = episode(1), episode(2)
    with held_by_another_process(profile):
        keeping.add_episode(first)
        keeping.add_episode(second)
        ended = keeping.end_episode(first.id, LATER, relief="elevate")
        after_s = (LATER - first.started_at).total_seconds()
        assert ended == replace(first, ended_at=LATER, relief="elevate", relief_after_s=after_s)
        assert keeping.end_episode(first.id, LATER + timedelta(hours=1)) == ended
        assert keeping.undo_episode(None) == second
        assert keeping.undo_episode(second.id) is None
        assert keeping.open_episode(NOON + timedelta(hours=1)) is None
        assert "1 episode and 1 episode undone" in (keeping.note() or "")
        assert [one.id for one in keeping.episodes(since=NOON, until=LATER)] == [first.id]
    assert SafeJournal(journal, profile).retry() == 2, "a new start finds both"
    assert list(journal.episodes(since=NOON)) == [ended]


def test_an_episode_in_the_log_can_be_ended_and_taken_back_while_the_log_is_held(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    early, late = episode(), episode(5)
    keeping.add_episode(early)
    keeping.add_episode(late)
    with held_by_another_process(profile):
        assert keeping.end_episode(None, LATER) == replace(late, ended_at=LATER)
        assert keeping.open_episode(NOON + timedelta(hours=1)) == early
        assert keeping.undo_episode(early.id) == early
        assert list(keeping.episodes()) == [replace(late, ended_at=LATER)]
    assert keeping.retry() == 2
    assert list(journal.episodes()) == [replace(late, ended_at=LATER)]


def test_a_log_that_cannot_be_read_hides_no_click(profile: Profile, keeping: SafeJournal, episode: Make) -> None:
    one = episode()
    keeping.add_episode(one)
    if ON_WINDOWS:
        keeping.close()  # nobody can move a file that is open
    with log_out_of_reach(profile):
        assert keeping.open_episode(NOON + timedelta(hours=1)) == one, "what was known before is still known"
        assert "could not be used" in (keeping.note() or "")
        with pytest.raises(JournalError):
            keeping.day(NOON, LATER)
        assert keeping.end_episode(one.id, LATER) == replace(one, ended_at=LATER)
        assert keeping.open_episode(NOON + timedelta(hours=1)) is None
        with pytest.raises(JournalError):
            keeping.end_episode(None, LATER)
        with pytest.raises(JournalError):
            keeping.undo_episode("an older one")
        assert keeping.undo_episode(None) == replace(one, ended_at=LATER)
    assert keeping.retry() == 1
    assert keeping.note() is None
    assert list(keeping.episodes()) == []


def test_a_log_that_can_be_read_again_says_no_more(profile: Profile, keeping: SafeJournal) -> None:
    with log_out_of_reach(profile):
        assert keeping.open_episode(NOON + timedelta(hours=1)) is None
        assert keeping.note()
    keeping.retry()
    assert keeping.note() is None


def test_on_a_full_disk_it_is_kept_in_memory_and_says_so(episode: Make) -> None:
    with small_disk("600k") as disk:
        profile = Profile(disk)
        journal = SqliteJournal(profile)
        keeping = SafeJournal(journal, profile)
        keeping.add_episode(episode())
        filler = fill(disk)
        big = episode(1, note="x" * 80_000)
        keeping.add_episode(big)
        note = keeping.note() or ""
        assert "only held while NumbGuard is running. Don't quit until this is fixed. There is no space left" in note
        assert profile.unwritten.read_bytes() == b"", "no torn line is left behind"
        filler.unlink()
        assert keeping.retry() == 1
        assert (keeping.note(), journal.last_episode()) == (None, big)
        journal.close()


def test_what_only_memory_held_goes_to_the_file_when_that_works_again(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    with log_out_of_reach(profile):
        profile.unwritten.mkdir()
        keeping.add_episode(episode())
        assert "Don't quit" in (keeping.note() or "")
        profile.unwritten.rmdir()
        assert keeping.retry() == 0
        assert "kept in unwritten.jsonl" in (keeping.note() or "")
    assert SafeJournal(journal, profile).last_episode() is not None


def test_a_verb_and_the_app_share_what_is_kept_aside(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    mine, theirs = episode(), episode(1)
    with closing(SafeJournal(SqliteJournal(profile, patience_s=0.05), profile)) as verb:
        with log_out_of_reach(profile):
            keeping.add_episode(mine)
            verb.add_episode(theirs)
            assert keeping.pending() == 2
            assert verb.last_episode() == theirs
        assert verb.retry() == 2
    assert profile.unwritten.read_bytes() == b""
    assert keeping.pending() == 2, "it has not heard yet"
    keeping.retry()
    assert (keeping.pending(), list(journal.episodes())) == (0, [mine, theirs])


def test_the_first_look_after_the_trouble_shows_what_it_writes(
    profile: Profile, keeping: SafeJournal, episode: Make
) -> None:
    with log_out_of_reach(profile):
        keeping.add_episode(episode(note="waiting"))
    with closing(SafeJournal(SqliteJournal(profile), profile)) as another:
        assert [one.note for one in another.episodes()] == ["waiting"]


def test_lines_torn_by_a_crash_take_no_other_with_them(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    first, second, third = episode(), episode(1), episode(2)
    torn = write_line(RecordVersion(episode(), 1))[:-30]
    profile.unwritten.write_bytes(write_line(RecordVersion(first, 1)) + b"rubbish\n\n" + torn)
    with log_out_of_reach(profile):
        keeping.add_episode(second)
    with profile.unwritten.open("ab") as file:
        file.write(write_line(RecordVersion(third, 1)).rstrip() + b"\n" + torn)
    keeping.retry()
    assert list(journal.episodes()) == [first, second, third]
    assert profile.unwritten.read_bytes() == b""
    aside = profile.folder / "unwritten.jsonl.broken"
    assert aside.read_bytes() == b"rubbish\n" + torn + b"\n" + torn + b"\n"
    assert is_private(aside)


def test_a_whole_line_that_only_lacks_its_end_counts(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    one = episode()
    profile.unwritten.write_bytes(write_line(RecordVersion(one, 1)).rstrip())
    keeping.retry()
    assert list(journal.episodes()) == [one]
    assert profile.unwritten.read_bytes() == b""


def test_one_that_never_fits_holds_no_other_back(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    odd, fine = BreakRecord("odd", Outcome.MOVED, NOON, None, seated_s=float("nan")), episode()
    with log_out_of_reach(profile):
        keeping.keep_break(odd)
        keeping.add_episode(fine)
    assert keeping.retry() == 1
    assert list(journal.episodes()) == [fine]
    assert "1 break or sitting bout" in (keeping.note() or "")


def test_no_word_of_it_reaches_a_log_file(
    profile: Profile, keeping: SafeJournal, episode: Make, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), log_out_of_reach(profile):
        keeping.add_episode(episode(note="tingling toes"))
        keeping.retry()
    assert "tingling" not in caplog.text


_CLICK = f"""
import sys
from datetime import datetime, UTC
from numbguard.core.log.records.episode import Episode
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.profile import Profile
from numbguard.store.log.spool.safe_journal import SafeJournal
profile = Profile.find(sys.argv[1])
SafeJournal(SqliteJournal(profile, patience_s=0.05), profile).add_episode(Episode("the-click", datetime.now(UTC)))
{KILL_NOW}
"""


def test_even_kill_9_leaves_it_for_the_next_start(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal
) -> None:
    journal.last_episode()
    with held_by_another_process(profile):
        assert subprocess.run([sys.executable, "-c", _CLICK, str(profile.folder)]).returncode == KILLED
        assert list(journal.episodes()) == []
    keeping.retry()
    assert [one.id for one in journal.episodes()] == ["the-click"]


@given(
    record=episodes | breaks | bouts | habit_ticks | posture_checks | sign_answers,
    edited_us=st.integers(0, 2**62),
    deleted=st.booleans(),
)
def test_a_line_holds_all_of_a_record(record: Episode, edited_us: int, deleted: bool) -> None:
    version = RecordVersion(record, edited_us, deleted)
    line = write_line(version)
    assert line.count(b"\n") == 1
    assert read_line(line) == version


def test_a_line_from_before_sites_is_still_read(episode: Make) -> None:
    """Its regions keep their one side and are marked; the version of an answered question was the first."""
    told = json.loads(write_line(RecordVersion(episode(note="left"), 7)))
    for name in ("sites", "leg", "before_sites", "end_unknown"):
        del told["record"][name]
    told["record"] |= {"side": "both", "regions": ["calf", "sole", "calf"]}
    version = read_line(json.dumps(told).encode())
    assert version is not None
    assert isinstance(version.record, Episode)
    assert version.record.sites == sites_on(Side.BOTH, Region.CALF, Region.SOLE)
    assert version.record.before_sites
    told["record"] |= {"side": "left", "regions": []}
    version = read_line(json.dumps(told).encode())
    assert version is not None
    assert isinstance(version.record, Episode)
    assert (version.record.sites, version.record.leg) == ((), Side.LEFT)
    answer = SignAnswer("a", NOON, "e", WarningSign.SADDLE, present=False)
    told = json.loads(write_line(RecordVersion(answer, 7)))
    del told["record"]["version"]
    assert read_line(json.dumps(told).encode()) == RecordVersion(answer, 7)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "dream"},
        {"record": None},
        {"edited_us": "soon"},
        {"record": {"id": "x", "started_at": "2025-03-03T12:00:00", "ended_at": None}},
        {"edited_us": 10**30},
        {"edited_us": True},
        {"deleted": "no"},
    ],
)
def test_a_line_that_says_something_else_is_not_guessed_at(change: dict[str, object], episode: Make) -> None:
    told = json.loads(write_line(RecordVersion(episode(), 1)))
    assert read_line(json.dumps({**told, **change}).encode()) is None
    assert read_line(b"[" * 100_000) is None


@has_a_disk_without_locks
def test_a_home_without_file_locks_keeps_it_aside_all_the_same(
    profile: Profile, keeping: SafeJournal, episode: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def no_locks(_descriptor: int, how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    with log_out_of_reach(profile):
        monkeypatch.setattr(fcntl, "flock", no_locks)
        keeping.add_episode(episode())
        assert not keeping.only_in_memory
        assert profile.unwritten.stat().st_size > 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("note", 12),
        ("note", "x" * 1_000_001),
        ("severity", 11),
        ("severity", 10**40),
        ("weakness", 1),
        ("relief_after_s", math.inf),
        ("relief_after_s", -1),
        ("id", None),
        ("regions", "calf"),
        ("context", {"seated_s": math.nan, "since_break_s": None, "skipped_today": 0, "seat": None}),
        ("context", {"seated_s": 1.0, "since_break_s": None, "skipped_today": 2.5, "seat": None}),
    ],
)
def test_one_value_out_of_range_is_put_aside_with_its_line_and_the_others_are_written(
    profile: Profile, field: str, value: object, episode: Make, caplog: pytest.LogCaptureFixture
) -> None:
    told = json.loads(write_line(RecordVersion(replace(episode(), id="odd"), 1)))
    told["record"][field] = value
    odd = json.dumps(told).encode()
    profile.unwritten.write_bytes(odd + b"\n" + write_line(RecordVersion(replace(episode(), id="sound"), 1)))
    with closing(SafeJournal(SqliteJournal(profile), profile)) as keeping:
        keeping.add_episode(replace(episode(), id="new"))
        assert {one.id for one in keeping.episodes()} == {"sound", "new"}
    assert profile.unwritten.with_name("unwritten.jsonl.broken").read_bytes() == odd + b"\n"
    assert caplog.messages == ["Lines of unwritten.jsonl made no sense (1); they were kept in unwritten.jsonl.broken."]


def test_a_spool_of_nothing_but_nonsense_is_put_aside_at_the_first_look(
    profile: Profile, keeping: SafeJournal, caplog: pytest.LogCaptureFixture
) -> None:
    profile.unwritten.write_bytes(b"nonsense\n{}\n")
    (said,) = keeping.notes()
    assert said == (
        "2 lines of unwritten.jsonl could not be understood, so an entry may be missing from the log. What could "
        "not be read is kept in unwritten.jsonl.broken."
    )
    assert profile.unwritten.read_bytes() == b""
    assert profile.unwritten.with_name("unwritten.jsonl.broken").read_bytes() == b"nonsense\n{}\n"


def test_a_spool_that_cannot_be_read_is_survived(profile: Profile, keeping: SafeJournal, episode: Make) -> None:
    profile.unwritten.symlink_to(Path(os.devnull).parent / "there-is-no-such-folder" / "file")
    keeping.add_episode(episode())
    assert keeping.pending() == 0
