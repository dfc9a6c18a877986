"""What scripts and hooks hear: states and ids, each break with one beginning and one end."""

from __future__ import annotations

import pytest

from numbguard.core.breaks.messages import Action
from numbguard.core.log.records.episode import Episode
from numbguard.runtime.happenings import Happening, HappeningKind, Happenings

from .test_runtime import Desk, HeldClock


class Told:
    """A desk, and all that it announced."""

    def __init__(self) -> None:
        self.desk = Desk(HeldClock())
        self.heard: list[Happening] = []
        Happenings(self.desk.runtime, self.desk.book).subscribe(self.heard.append)

    def of(self, *kinds: HappeningKind) -> list[Happening]:
        return [one for one in self.heard if one.kind in kinds]


@pytest.fixture
def told() -> Told:
    return Told()


BREAKS = (HappeningKind.ANNOUNCED, HappeningKind.STARTED, HappeningKind.ENDED)


def test_a_break_has_one_id_from_its_announcement_to_its_record(told: Told) -> None:
    told.desk.works(46)
    assert [one.kind for one in told.of(*BREAKS)] == [HappeningKind.ANNOUNCED]
    told.desk.runtime.act(Action.START)
    told.desk.works(2.5)
    told.desk.runtime.act(Action.DONE)
    announced, started, ended = told.of(*BREAKS)
    assert (announced.kind, started.kind, ended.kind) == BREAKS
    assert announced.id == started.id == ended.id in told.desk.kept
    assert (announced.state, started.state, ended.state) == ("announced", "break", "sitting")
    assert ended.outcome == told.desk.kept[ended.id].outcome.value
    assert [one.state for one in told.of(HappeningKind.STATE)] == ["announced", "break", "sitting"]


def test_a_snoozed_break_ends_and_its_second_announcement_is_another(told: Told) -> None:
    told.desk.works(46)
    told.desk.runtime.act(Action.SNOOZE)
    told.desk.works(6)
    first, ended, second = told.of(*BREAKS)
    assert (ended.id, ended.outcome) == (first.id, "snoozed")
    assert second.kind is HappeningKind.ANNOUNCED
    assert second.id != first.id


def test_a_break_that_a_call_takes_off_the_screen_is_told_as_withdrawn(told: Told) -> None:
    told.desk.works(46)
    told.desk.quiet("call", "a microphone is in use")
    announced, withdrawn = told.of(*BREAKS)
    assert (withdrawn.kind, withdrawn.id, withdrawn.outcome) == (HappeningKind.ENDED, announced.id, "withdrawn")


def test_an_episode_is_told_once_with_its_id_alone_and_only_the_present_state_with_it(told: Told) -> None:
    told.desk.runtime.act(Action.LOG)
    told.desk.runtime.act(Action.LOG)  # the second click of a double click
    (logged,) = told.of(HappeningKind.LOGGED)
    (episode,) = told.desk.log
    assert isinstance(episode, Episode)
    assert logged == Happening(HappeningKind.LOGGED, "sitting", episode.id)


def test_nothing_is_told_while_nothing_changes(told: Told) -> None:
    told.desk.works(30)
    assert told.heard == []
