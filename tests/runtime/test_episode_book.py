"""The actions of the tray, windows and the command line on episodes, with a real log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from numbguard.core.breaks.instant import Instant
from numbguard.core.breaks.snapshot import Snapshot
from numbguard.core.errors import JournalError
from numbguard.core.log.advice.episode_pattern import AdviceReason
from numbguard.core.log.advice.relief import ReliefMethod
from numbguard.core.log.records.episode import Episode, EpisodeContext, Posture, Seat, Sensation
from numbguard.core.log.red_flags import AdviceTier, SignAnswers, WarningSign
from numbguard.core.sites import Region, Side, Site, sites_on
from numbguard.runtime.episode_book import (
    Change,
    EpisodeBook,
    EpisodeChangedError,
    EpisodeEndedError,
    EpisodeRemovedError,
)
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.last_click import LastClick
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from tools.fakes import MORNING, snapshot


class Log:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = MORNING
        self.seated_s = 1380.0
        self.changes: list[Change | None] = []
        profile = Profile.find(str(folder))
        self.journal = SqliteJournal(profile)
        self.keeping = SafeJournal(self.journal, profile)
        numbers = count()
        self.desk = _Desk(self)
        self.real_s = 1_700_000_000.0
        self.clicks = LastClick(profile)
        self.book = EpisodeBook(
            self.keeping,
            self.desk,
            new_id=lambda: f"e{next(numbers)}",
            clicks=self.clicks,
            real_now=lambda: self.real_s,
        )
        self.book.watch(self.changes.append)

    def waits(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)
        self.real_s += minutes * 60

    def at_speed_60(self, real_s: float) -> None:
        """Let real seconds pass for an app whose clock runs sixty times as fast."""
        self.real_s += real_s
        self.now += timedelta(seconds=60 * real_s)

    def sets_clock(self, *, hours: int, bout_minutes: float) -> None:
        """Set the wall clock; the current bout began that long ago."""
        self.now += timedelta(hours=hours)
        self.book.clock_set(hours * 3600.0, at=self.desk.now(), bout_s=bout_minutes * 60)

    def offered(self) -> tuple[Episode | None, Episode | None] | None:
        """Return the episode as it is and as *Undo* in the tray would leave it."""
        found = self.book.undoable(self.desk.now())
        return (found.after, found.before) if found else None

    def logged(self, at: datetime | None = None, **told: object) -> Episode:
        return self.book.keep(replace(self.book.blank(), started_at=at or self.now, **told))  # type: ignore[arg-type]


class _Desk:
    def __init__(self, log: Log) -> None:
        self._log = log

    def now(self) -> Instant:
        return Instant(self._log.now, (self._log.now - MORNING).total_seconds())

    def moment(self) -> Snapshot:
        return replace(snapshot(), at=self.now(), seated_s=self._log.seated_s)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    log = Log(tmp_path / "profile")
    yield log
    log.journal.close()


def test_what_is_told_after_the_click_is_added_and_an_end_it_got_meanwhile_stays(log: Log) -> None:
    clicked = log.logged()
    log.now += timedelta(minutes=4)
    log.keeping.end_episode(clicked.id, log.now, relief="movement")
    log.book.add_details(replace(clicked, sites=sites_on(Side.LEFT, Region.CALF), severity=3))
    kept = log.keeping.find_episode(clicked.id)
    assert kept
    assert (kept.side, kept.regions, kept.severity) == (Side.LEFT, (Region.CALF,), 3)
    assert (kept.ended_at, kept.relief, kept.relief_after_s) == (log.now, "movement", 240)


def test_an_episode_taken_back_meanwhile_does_not_come_back_by_its_form(log: Log) -> None:
    clicked = log.logged()
    log.book.remove(clicked.id)
    with pytest.raises(EpisodeRemovedError, match="has since been undone"):
        log.book.add_details(replace(clicked, severity=3))
    assert log.keeping.find_episode(clicked.id) is None


def test_taken_out_and_put_back(log: Log) -> None:
    episode = log.logged(note="at the desk")
    taken = log.book.remove(episode.id)
    assert taken == episode
    log.book.keep(taken)
    assert log.keeping.find_episode(episode.id) == episode


def test_a_corrected_end_corrects_how_long_it_took_to_help(log: Log) -> None:
    episode = log.logged(ended_at=MORNING + timedelta(minutes=9), relief="massage", relief_after_s=540.0)
    assert log.book.correct(replace(episode, ended_at=MORNING + timedelta(minutes=5))).relief_after_s == 300
    still = log.book.correct(replace(episode, ended_at=None))
    assert (still.relief, still.relief_after_s) == (None, None), "what is still numb was not helped"
    assert [one.record.relief for one in log.journal.former(episode.id)] == ["massage", "massage"]


def test_the_answers_of_the_last_told_episode_are_offered(log: Log) -> None:
    assert log.book.last_with_details(log.book.blank()) is None
    told = log.logged(MORNING - timedelta(days=2), leg=Side.LEFT, sensations=(Sensation.TINGLING,))
    log.logged(MORNING - timedelta(days=1), note="nothing but words")
    log.logged(MORNING - timedelta(days=90), posture=Posture.SLOUCHED)
    clicked = log.logged()
    assert log.book.last_with_details(clicked) == told
    assert log.book.last_with_details(told) is None, "never those of the episode itself, nor of long ago"


def test_episodes_of_the_bout_move_with_a_clock_that_is_set_and_can_be_undone_all_the_same(log: Log) -> None:
    log.book.log_numbness()
    log.book.end()
    log.waits(30)
    gone = log.book.log_numbness()
    log.book.remove(gone.id)
    log.waits(10)
    kept = log.book.log_numbness()
    log.real_s += 3  # past the two seconds within which a click is the same numbness
    told = log.book.log_numbness()
    log.book.correct(replace(told, severity=3))
    ended = log.book.end_with_relief(kept.id, ReliefMethod.MASSAGE)
    assert ended
    dated_by_hand = log.logged(log.now - timedelta(minutes=5))
    log.book.remove(dated_by_hand.id)
    log.book.keep(dated_by_hand)
    log.sets_clock(hours=-1, bout_minutes=20)
    by = timedelta(hours=-1)
    moved = log.keeping.find_episode(kept.id)
    assert moved
    assert (moved.started_at, moved.ended_at) == (ended.started_at + by, ended.ended_at and ended.ended_at + by)
    first, second, third, fourth = sorted(log.keeping.episodes(), key=lambda one: one.id)
    assert first.started_at == MORNING, "of an earlier bout"
    assert second.started_at == third.started_at
    assert fourth == dated_by_hand
    log.book.undo()
    log.book.undo()
    log.book.undo()
    assert log.book.undo()[1] == replace(told, started_at=told.started_at + by)


def test_an_episode_that_cannot_be_moved_keeps_its_date(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    logged = log.book.log_numbness()

    def full(_episode: Episode) -> None:
        raise JournalError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(log.keeping, "add_episode", full)
        log.sets_clock(hours=-1, bout_minutes=1)
    assert log.keeping.find_episode(logged.id) == logged


def test_a_clock_that_is_set_over_a_log_that_cannot_be_read_moves_nothing(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged = log.book.log_numbness()

    def unreadable(**_period: object) -> list[Episode]:
        raise JournalError("The log cannot be read.")

    with monkeypatch.context() as patched:
        patched.setattr(log.keeping, "episodes", unreadable)
        log.sets_clock(hours=-1, bout_minutes=1)
    assert log.keeping.find_episode(logged.id) == logged


def test_an_episode_of_the_bout_moves_with_the_clock_after_a_restart_of_the_program_too(log: Log) -> None:
    logged = log.book.log_numbness()
    log.waits(5)
    log.book = EpisodeBook(log.keeping, log.desk)
    log.sets_clock(hours=1, bout_minutes=30)
    moved = log.keeping.find_episode(logged.id)
    assert moved and moved.started_at == logged.started_at + timedelta(hours=1)


def test_windows_that_watch_hear_of_every_change_until_they_look_away(log: Log) -> None:
    seen: list[str] = []
    look_away = log.book.watch(lambda _change: seen.append("changed"))
    episode = log.logged()
    log.book.correct(replace(episode, severity=2))
    look_away()
    log.book.remove(episode.id)
    assert (len(seen), len(log.changes)) == (2, 3)


def test_advice_knows_the_weeks_before_and_what_was_answered(log: Log) -> None:
    clicked = log.logged(leg=Side.LEFT, sensations=(Sensation.NUMB,))
    assert log.book.advice(clicked).tier is AdviceTier.RELIEF
    for days in range(1, 7):
        log.logged(MORNING - timedelta(days=days), ended_at=MORNING - timedelta(days=days) + timedelta(minutes=2))
    assert log.book.advice(clicked).tier is AdviceTier.SOON, "it keeps coming back"
    log.book.answer(clicked, WarningSign.SADDLE, present=True)
    assert log.book.answers(clicked).today == {WarningSign.SADDLE: True}
    assert log.book.advice(clicked).tier is AdviceTier.NOW
    assert log.book.advice(clicked, SignAnswers()).tier is AdviceTier.SOON, "as if nothing had been answered"
    log.book.answer(clicked, WarningSign.SADDLE, present=False)
    assert log.book.answers(clicked).today == {WarningSign.SADDLE: False}
    assert log.book.answers(log.logged()) == SignAnswers()


def test_advice_sees_strength_grow_over_the_weeks(log: Log) -> None:
    for weeks, severity in enumerate((6, 5, 4, 3, 3, 2, 2), start=1):
        log.logged(MORNING - timedelta(weeks=weeks), severity=severity)
    assert log.book.advice(log.logged(severity=2)).tier is AdviceTier.RELIEF, "this one is mild"
    assert log.book.advice(log.logged(severity=7)).reasons == (AdviceReason.STRONGER,)


def test_advice_on_an_episode_alone_where_the_log_cannot_be_read(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    hurt = log.logged(leg=Side.LEFT, sensations=(Sensation.PAIN,))

    def refuse(*_given: object, **_more: object) -> None:
        raise JournalError("The log cannot be read.")

    monkeypatch.setattr(log.keeping, "episodes", refuse)
    monkeypatch.setattr(log.keeping, "answers_about", refuse)
    assert log.book.advice(hurt).reasons == (AdviceReason.PAIN,)


def test_changes_are_undone_one_after_the_other_whatever_they_were(log: Log) -> None:
    episode = log.logged(severity=2)
    log.book.correct(replace(episode, severity=6))
    log.book.remove(episode.id)
    assert log.book.undo() == (None, replace(episode, severity=6))
    assert log.book.undo() == (replace(episode, severity=6), episode)
    assert log.keeping.find_episode(episode.id) == episode
    assert log.book.undo() == (episode, None)
    assert log.keeping.find_episode(episode.id) is None
    assert not log.book.can_undo


def test_what_has_been_changed_since_is_not_undone_and_the_step_before_it_can_be(log: Log) -> None:
    first = log.logged(severity=2)
    second = log.logged(MORNING + timedelta(minutes=1))
    log.keeping.end_episode(second.id, MORNING + timedelta(minutes=9))
    with pytest.raises(EpisodeChangedError, match="since been changed"):
        log.book.undo()
    found = log.keeping.find_episode(second.id)
    assert found
    assert found.ended_at
    assert log.book.undo() == (first, None)


def test_a_correction_that_changes_nothing_is_no_step_and_deleting_everything_leaves_none(log: Log) -> None:
    episode = log.logged(severity=2)
    log.book.correct(episode)
    log.book.undo()
    assert not log.book.can_undo
    log.logged()
    log.book.forget()
    assert not log.book.can_undo


def test_an_earlier_episode_is_kept_also_while_the_log_cannot_be_read(log: Log) -> None:
    database = Profile.find(str(log.folder)).database
    log.journal.close()
    database.mkdir(parents=True)
    late = log.logged(MORNING - timedelta(hours=3), severity=4)
    assert "Not in the log yet: 1 episode" in (log.keeping.note() or "")
    assert not log.book.can_undo
    database.rmdir()
    assert log.keeping.retry() == 1
    assert log.journal.find_episode(late.id) == late


# --- one numbness is one episode ---------------------------------------------------------------------------------


def test_a_double_click_and_a_held_hot_key_are_one_numbness_however_fast_the_clock_runs(log: Log) -> None:
    said: list[str] = []
    log.book.watch_logs(lambda episode: said.append(episode.id))
    first = log.book.log_numbness()
    for _ in range(20):
        log.at_speed_60(0.5)
        assert log.book.log_numbness() == first
    assert (len(log.changes), set(said)) == (1, {first.id})
    log.at_speed_60(2.0)
    assert log.book.log_numbness().id != first.id
    assert len(list(log.keeping.episodes())) == 2


def test_two_processes_that_log_at_once_log_one_numbness(log: Log) -> None:
    other = EpisodeBook(
        log.keeping, log.desk, clicks=LastClick(Profile.find(str(log.folder))), real_now=lambda: log.real_s
    )
    first = log.book.log_numbness()
    log.real_s += 1.9
    assert other.log_numbness() == first
    log.real_s += 1.9
    assert log.book.log_numbness() == first, "counted from the click before"


def test_what_was_taken_back_or_ended_is_not_logged_by_the_next_click(log: Log) -> None:
    first = log.book.log_numbness()
    log.book.undo_last()
    second = log.book.log_numbness()
    log.book.end()
    third = log.book.log_numbness()
    assert len({first.id, second.id, third.id}) == 3
    assert [one.id for one in log.keeping.episodes()] == [second.id, third.id]


def test_details_given_on_the_command_line_are_another_episode(log: Log) -> None:
    bare = log.book.log_numbness()
    told = log.book.log_numbness(Episode("told", log.now, severity=0))
    assert [one.id for one in log.keeping.episodes()] == [bare.id, told.id]


def test_a_request_that_arrives_late_is_not_carried_out_again(log: Log) -> None:
    """The app hung, so the command line wrote the episodes by itself; then the app wakes."""
    for id, ago in (("first", 40), ("second", 20)):
        log.keeping.add_episode(Episode(id, log.now - timedelta(seconds=ago)))
    before = list(log.keeping.episodes())
    assert log.book.log_numbness(id="first", clicked_at=log.real_s - 40).id == "first"
    assert log.book.log_numbness(id="second", clicked_at=log.real_s - 20).id == "second"
    assert list(log.keeping.episodes()) == before


# --- a click while another episode is open -----------------------------------------------------------------------


def test_a_click_while_one_is_open_writes_another_which_can_be_added_to_it(log: Log) -> None:
    first = log.book.log_numbness()
    log.book.add_details(replace(first, sites=sites_on(Side.LEFT, Region.CALF), note="calf"))
    log.waits(30)
    second = log.book.log_numbness()
    assert log.journal.find_episode(second.id) == second, "nothing is asked first"
    assert log.book.open_before(first.id) is None
    its = sites_on(Side.RIGHT, Region.CALF, Region.SOLE)
    log.book.add_details(replace(second, sites=its, sensations=(Sensation.TINGLING,), severity=0, note="again"))
    log.book.answer(second, WarningSign.SADDLE, present=True)
    whole = log.book.add_to_open(second.id)
    assert (whole.id, whole.started_at, whole.severity) == (first.id, MORNING, 0)
    assert whole.sites == (Site(Region.CALF, Side.BOTH), Site(Region.SOLE, Side.RIGHT)), "each place keeps its side"
    assert (whole.sensations, whole.note) == ((Sensation.TINGLING,), "calf\nagain")
    assert list(log.keeping.episodes()) == [whole]
    assert log.book.answers(whole).today == {WarningSign.SADDLE: True}
    assert log.book.fresh(log.desk.now()) == whole


def test_an_episode_is_added_to_no_other_that_has_ended_or_gone(log: Log) -> None:
    first = log.book.log_numbness()
    log.waits(30)
    second = log.book.log_numbness()
    log.book.end(first.id)
    assert log.book.open_before(second.id) is None
    with pytest.raises(EpisodeEndedError, match="Both were left"):
        log.book.add_to_open(second.id)
    log.book.remove(second.id)
    with pytest.raises(EpisodeRemovedError):
        log.book.add_to_open(second.id)


def test_what_is_told_of_an_earlier_day_asks_nothing(log: Log) -> None:
    log.book.log_numbness()
    told = log.book.log_numbness(Episode("told", log.now - timedelta(days=1)))
    assert log.book.open_before(told.id) is None


# --- one click, and Undo in the tray ---------------------------------------------------------------------------------


def test_the_one_click_writes_the_moment_at_the_desk_and_is_announced_once(log: Log) -> None:
    log.waits(1)
    clicked = log.book.log_numbness()
    assert (clicked.id, clicked.started_at) == ("e0", log.now)
    assert clicked.context == EpisodeContext(1380.0, 1380.0, 0, Seat.SITTING)
    assert log.journal.find_episode("e0") == log.book.open_episode == clicked
    (change,) = log.changes
    assert change
    assert (change.before, change.after, change.ends_it) == (None, clicked, False)


def test_after_the_click_undo_takes_back_the_log_whatever_became_of_it(log: Log) -> None:
    clicked = log.book.log_numbness()
    assert log.offered() == (clicked, None)
    log.waits(3)
    ended = log.book.end()
    assert ended
    assert log.offered() == (ended, None)
    assert log.book.undo_last() == ended
    assert log.journal.find_episode(clicked.id) is None
    assert log.offered() is None
    assert log.book.undo_last() is None


def test_after_the_form_was_saved_undo_takes_back_what_it_added_and_then_the_log(log: Log) -> None:
    clicked = log.book.log_numbness()
    log.waits(9)
    told = log.book.add_details(replace(clicked, sites=sites_on(Side.LEFT, Region.CALF)))
    log.waits(5)
    assert log.offered() == (told, clicked), "ten minutes are counted from the last change"
    assert log.book.undo_last() == told
    assert log.journal.find_episode(clicked.id) == log.book.open_episode == clicked
    assert [one.record for one in log.journal.former(clicked.id)] == [told, clicked], "nothing that was said is lost"
    assert log.offered() is None, "the click itself was fourteen minutes ago"
    assert log.book.undo_last() == clicked, "where it is asked for all the same, it is not refused"
    assert log.book.open_episode is None


def test_a_form_saved_without_an_answer_leaves_undo_to_the_log(log: Log) -> None:
    clicked = log.book.log_numbness()
    log.book.add_details(clicked)
    assert log.offered() == (clicked, None)


def test_an_end_stays_when_what_was_told_before_it_is_taken_back(log: Log) -> None:
    clicked = log.book.log_numbness()
    told = log.book.add_details(replace(clicked, severity=4))
    log.waits(2)
    ended = log.book.end_with_relief(clicked.id, ReliefMethod.MOVEMENT)
    assert ended == replace(told, ended_at=log.now, relief="movement", relief_after_s=120.0)
    assert log.book.undo() == (ended, replace(ended, severity=None))
    assert log.book.undo() == (replace(ended, severity=None), None)


def test_an_end_that_was_corrected_away_comes_back_by_undo_also_after_another_end(log: Log) -> None:
    clicked = log.book.log_numbness()
    log.waits(2)
    first = log.book.end()
    assert first
    log.book.correct(replace(first, ended_at=None))
    log.waits(2)
    second = log.book.end()
    assert log.book.undo() == (second, first)
    assert log.book.undo() == (first, None)
    assert log.keeping.find_episode(clicked.id) is None


def test_what_ended_before_is_left_alone_and_announced_to_nobody(log: Log) -> None:
    clicked = log.book.log_numbness()
    ended = log.book.end()
    assert log.book.end() is None, "none is open"
    assert log.book.end(clicked.id) == ended
    assert len(log.changes) == 2
    assert [change.ends_it for change in log.changes if change] == [False, True]


def test_the_tray_undoes_nothing_that_was_done_to_other_episodes(log: Log) -> None:
    other = log.logged(MORNING - timedelta(days=1), severity=2)
    assert log.offered() is None, "added later, in the history"
    clicked = log.book.log_numbness()
    corrected = log.book.correct(replace(other, severity=6))
    assert log.offered() == (clicked, None), "the history's change takes nothing from it"
    assert log.book.undo_last() == clicked
    assert log.keeping.find_episode(other.id) == corrected
    assert log.offered() is None
    assert log.book.undo_last() is None, "a second click on Undo takes back nothing else"
    assert log.book.undo() == (corrected, other)


def test_undo_lasts_its_ten_minutes_also_after_the_form_is_saved_and_another_is_corrected(log: Log) -> None:
    other = log.logged(MORNING - timedelta(days=1), severity=2)
    clicked = log.book.log_numbness()
    log.waits(1)
    told = log.book.add_details(replace(clicked, severity=4))
    corrected = log.book.correct(replace(other, severity=6))
    log.waits(8)
    assert log.offered() == (told, clicked)
    assert log.book.undo_last() == told
    assert log.offered() == (clicked, None)
    log.waits(1.1)
    assert log.offered() is None
    assert log.book.undo() == (corrected, other)
    assert log.book.undo() == (clicked, None), "the history undoes it all the same"


def test_a_notification_takes_back_its_own_episode_once(log: Log) -> None:
    first = log.book.log_numbness()
    log.waits(1)
    second = log.book.log_numbness()
    assert log.book.undo_last(first.id) == first
    assert log.book.undo_last(first.id) is None
    assert list(log.keeping.episodes()) == [second]
    assert log.offered() == (second, None)


def test_details_are_offered_for_ten_minutes(log: Log) -> None:
    clicked = log.book.log_numbness()
    log.waits(9)
    ended = log.book.end()
    assert log.book.fresh(log.desk.now()) == ended
    log.waits(1)
    assert log.book.fresh(log.desk.now()) is None
    again = log.book.log_numbness()
    assert log.book.fresh(log.desk.now()) == again != clicked
    log.book.undo_last()
    assert log.book.fresh(log.desk.now()) is None


def test_a_view_that_breaks_changes_no_answer(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, _error, _trace: caught.append(kind))

    def breaks(_change: object) -> None:
        raise RuntimeError("Internal C++ object already deleted.")

    log.book.watch(breaks)
    log.book.watch(log.changes.append)
    log.book.watch_logs(breaks)
    clicked = log.book.log_numbness()
    assert log.journal.find_episode(clicked.id) == clicked
    assert log.book.end() is not None
    assert caught == [RuntimeError] * 3
    assert len(log.changes) == 4, "the views after it have followed"


def test_what_the_history_took_out_is_not_offered_again_by_the_tray(log: Log) -> None:
    log.logged(MORNING - timedelta(days=1))
    clicked = log.book.log_numbness()
    log.book.remove(clicked.id)
    assert log.offered() is None
    assert log.book.undo_last() is None
    assert len(list(log.keeping.episodes())) == 1, "no older one goes in its place"


def test_a_click_is_undone_also_while_the_log_cannot_be_read(log: Log) -> None:
    database = Profile.find(str(log.folder)).database
    database.mkdir(parents=True)
    clicked = log.book.log_numbness()
    assert log.offered() == (clicked, None)
    assert log.book.undo_last() == clicked
    database.rmdir()
    log.keeping.retry()
    assert list(log.keeping.episodes()) == []


def test_a_log_written_by_something_else_is_looked_at_again(log: Log) -> None:
    log.keeping.add_episode(Episode("elsewhere", MORNING))
    assert log.book.open_episode is None
    log.book.reread()
    assert log.book.open_episode == Episode("elsewhere", MORNING)
    assert log.changes == [None]
