"""What windows may do with episodes, on a real log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from numbguard.core.advice import Kind
from numbguard.core.records import Episode, Posture, Region, Sensation, Side
from numbguard.core.red_flags import Sign
from numbguard.episode_book import ChangedSinceError, EpisodeBook, TakenBackError
from numbguard.store.journal import SqliteJournal
from numbguard.store.profile import Profile
from numbguard.store.unwritten import Keeping
from tests.fakes import MORNING


class Log:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = MORNING
        self.changes = 0
        profile = Profile.find(str(folder))
        self.journal = SqliteJournal(profile)
        self.keeping = Keeping(self.journal, profile)
        numbers = count()
        self.book = EpisodeBook(
            self.keeping, now=lambda: self.now, new_id=lambda: f"e{next(numbers)}", changed=self._changed
        )

    def _changed(self) -> None:
        self.changes += 1

    def logged(self, at: datetime | None = None, **told: object) -> Episode:
        return self.book.keep(replace(self.book.blank(), started_at=at or self.now, **told))  # type: ignore[arg-type]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    log = Log(tmp_path / "profile")
    yield log
    log.journal.close()


def test_what_is_told_after_the_click_is_added_and_an_end_it_got_meanwhile_stays(log: Log) -> None:
    clicked = log.logged()
    log.now += timedelta(minutes=4)
    log.keeping.end_episode(clicked.id, log.now, relief="movement")
    log.book.add_to(replace(clicked, side=Side.LEFT, regions=(Region.CALF,), severity=3))
    kept = log.keeping.find_episode(clicked.id)
    assert kept
    assert (kept.side, kept.regions, kept.severity) == (Side.LEFT, (Region.CALF,), 3)
    assert (kept.ended_at, kept.relief, kept.relief_after_s) == (log.now, "movement", 240)


def test_an_episode_taken_back_meanwhile_does_not_come_back_by_its_form(log: Log) -> None:
    clicked = log.logged()
    log.book.take_out(clicked.id)
    with pytest.raises(TakenBackError, match="taken back meanwhile"):
        log.book.add_to(replace(clicked, severity=3))
    assert log.keeping.find_episode(clicked.id) is None


def test_taken_out_and_put_back(log: Log) -> None:
    episode = log.logged(note="at the desk")
    taken = log.book.take_out(episode.id)
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
    assert log.book.last_told(log.book.blank()) is None
    told = log.logged(MORNING - timedelta(days=2), side=Side.LEFT, sensations=(Sensation.TINGLING,))
    log.logged(MORNING - timedelta(days=1), note="nothing but words")
    log.logged(MORNING - timedelta(days=90), posture=Posture.SLOUCHED)
    clicked = log.logged()
    assert log.book.last_told(clicked) == told
    assert log.book.last_told(told) is None, "never those of the episode itself, nor of long ago"


def test_windows_that_watch_hear_of_every_change_until_they_look_away(log: Log) -> None:
    seen: list[str] = []
    look_away = log.book.watch(lambda: seen.append("changed"))
    episode = log.logged()
    log.book.correct(replace(episode, severity=2))
    look_away()
    log.book.take_out(episode.id)
    assert (len(seen), log.changes) == (2, 3)


def test_advice_knows_the_weeks_before_and_what_was_answered(log: Log) -> None:
    clicked = log.logged(side=Side.LEFT, sensations=(Sensation.NUMB,))
    assert log.book.advice(clicked, {}).kind is Kind.RELIEF
    for days in range(1, 7):
        log.logged(MORNING - timedelta(days=days), ended_at=MORNING - timedelta(days=days) + timedelta(minutes=2))
    assert log.book.advice(clicked, {}).kind is Kind.PROFESSIONAL, "it keeps coming back"
    log.book.answer(clicked, Sign.SADDLE, present=True)
    assert log.book.answers(clicked) == {Sign.SADDLE: True}
    assert log.book.advice(clicked, log.book.answers(clicked)).kind is Kind.HELP_NOW
    log.book.answer(clicked, Sign.SADDLE, present=False)
    assert log.book.answers(clicked) == {Sign.SADDLE: False}
    assert log.book.answers(log.logged()) == {}


def test_advice_sees_strength_grow_over_the_weeks(log: Log) -> None:
    for weeks, severity in enumerate((6, 5, 4, 3, 3, 2, 2), start=1):
        log.logged(MORNING - timedelta(weeks=weeks), severity=severity)
    assert log.book.advice(log.logged(severity=2), {}).kind is Kind.RELIEF, "this one is mild"
    advice = log.book.advice(log.logged(severity=7), {})
    assert (advice.kind, "stronger than it used to be" in advice.sentences[0]) == (Kind.PROFESSIONAL, True)


def test_changes_are_undone_one_after_the_other_whatever_they_were(log: Log) -> None:
    episode = log.logged(severity=2)
    log.book.correct(replace(episode, severity=6))
    log.book.take_out(episode.id)
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
    with pytest.raises(ChangedSinceError, match="changed since"):
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
    log.book.forget_steps()
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
