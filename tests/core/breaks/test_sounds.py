"""What a break lets be heard: a sound at each of its moments and a voice for its steps, unless something forbids it."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from numbguard.core.breaks.messages import (
    CALL,
    DND,
    Action,
    FallingAsleep,
    Locked,
    PlaySound,
    ReadAloud,
    StepShown,
    StopReading,
)
from numbguard.core.breaks.sounds import SOUND_S
from numbguard.core.settings.choices import NO_SOUND, SoundMoment
from numbguard.core.settings.settings import Settings, WorkingSpan
from tests.scenario import Scenario

ON = Settings(sound_enabled=True)
ALOUD = replace(ON, sound_read_aloud=True)
ANNOUNCEMENT, START, STEP, END = SoundMoment


def heard(scenario: Scenario) -> list[SoundMoment | str | None]:
    """What was to be heard since the last look: moments, words, and ``None`` where the voice was to stop."""
    said: list[SoundMoment | str | None] = []
    for effect in scenario.effects:
        match effect:
            case PlaySound(moment=moment):
                said.append(moment)
            case ReadAloud(words=words):
                said.append(words)
            case StopReading():
                said.append(None)
    scenario.effects.clear()
    return said


def shows(scenario: Scenario, words: str, *, round: int = 0) -> Scenario:
    return scenario.tell(StepShown(scenario.now, f"{round} {words}", words))


# --- chimes ----------------------------------------------------------------------------------------------------------


def test_until_somebody_says_yes_everything_is_silent(scenario):
    scenario.sits(minutes=45).answers(Action.START)
    shows(shows(scenario, "Sit tall"), "Lean").rests(minutes=3)
    assert heard(scenario) == []


def test_a_break_sounds_once_at_its_announcement_its_start_each_new_step_and_its_end():
    break_ = Scenario(ON).sits(minutes=45)
    assert heard(break_) == [ANNOUNCEMENT]
    break_.answers(Action.START)
    shows(break_, "Sit tall")
    assert heard(break_) == [START]
    shows(shows(break_, "Lean"), "Sit tall", round=1)
    assert heard(break_) == [STEP, STEP]
    break_.rests(minutes=2)
    assert heard(break_) == [END]
    break_.answers(Action.MOVED)
    assert heard(break_) == []


def test_a_step_that_is_reported_twice_sounds_once_and_one_reported_without_a_card_never():
    break_ = Scenario(ALOUD)
    assert heard(shows(break_, "Lean")) == []
    break_.answers(Action.START)
    heard(break_)
    assert heard(shows(shows(break_, "Lean"), "Lean")) == ["Lean"]
    assert heard(shows(shows(break_, "Stand"), "Stand")) == [STEP, "Stand"]
    break_.answers(Action.DONE)
    heard(break_)
    assert heard(shows(break_, "Sit")) == []


def test_another_card_for_an_announced_break_and_a_second_announcement_make_no_second_sound():
    unseen = Scenario(ON)
    unseen.may_be_unseen = True
    unseen.sits(minutes=45).answers(Action.ANOTHER)
    assert heard(unseen) == [ANNOUNCEMENT]
    unseen.types(minutes=3)
    assert heard(unseen) == []


def test_a_break_put_off_or_skipped_ends_without_a_sound():
    break_ = Scenario(ON).sits(minutes=45).answers(Action.START)
    heard(break_)
    break_.answers(Action.SKIP)
    assert heard(break_) == []


@pytest.mark.parametrize("moment", SoundMoment)
def test_each_moment_can_be_silent_by_itself(moment):
    quiet = replace(ON, **{f"sound_{moment.value}": NO_SOUND})
    break_ = Scenario(quiet).sits(minutes=45).answers(Action.START)
    shows(shows(break_, "Sit tall"), "Lean").answers(Action.DONE)
    assert heard(break_) == [one for one in SoundMoment if one is not moment]


def test_at_volume_zero_nothing_is_heard():
    break_ = Scenario(replace(ALOUD, sound_volume=0)).sits(minutes=45).answers(Action.START)
    assert heard(shows(break_, "Lean")) == []


@pytest.mark.parametrize("reason", [CALL, DND, "fullscreen", "sharing", "program"])
def test_a_card_opened_by_hand_is_silent_in_a_call_and_while_anything_else_holds_breaks_back(reason):
    break_ = Scenario(ALOUD).begins(reason).answers(Action.START)
    shows(shows(break_, "Sit tall"), "Lean").answers(Action.DONE)
    assert heard(break_) == []


def test_outside_working_hours_and_behind_a_locked_screen_it_is_silent_too():
    hours = {0: (WorkingSpan(time(9), time(9, 30)),)}
    late = Scenario(replace(ALOUD, hours=hours)).sits(minutes=40).answers(Action.START)
    assert heard(shows(late, "Lean")) == []
    locked = Scenario(ALOUD).answers(Action.START)
    heard(locked)
    locked.tell(Locked(locked.now))
    assert heard(shows(locked, "Lean")) == []


# --- the voice -------------------------------------------------------------------------------------------------------


def test_the_voice_reads_each_step_after_its_sound_and_stops_with_the_card():
    break_ = Scenario(ALOUD).answers(Action.START)
    shows(shows(break_, "Sit tall"), "Lean")
    read = [effect for effect in break_.effects if isinstance(effect, ReadAloud)]
    assert read == [ReadAloud("Sit tall", SOUND_S), ReadAloud("Lean", SOUND_S)]
    heard(break_)
    break_.answers(Action.DONE)
    assert heard(break_) == [None, END]


def test_where_a_step_has_no_sound_the_voice_waits_for_none():
    break_ = Scenario(replace(ALOUD, sound_step=NO_SOUND)).answers(Action.START)
    shows(shows(break_, "Sit tall"), "Lean")
    assert [effect.after_s for effect in break_.effects if isinstance(effect, ReadAloud)] == [SOUND_S, 0.0]


@pytest.mark.parametrize(
    "stops",
    [
        lambda break_: break_.answers(Action.CLOSE),
        lambda break_: break_.answers(Action.SNOOZE),
        lambda break_: break_.answers(Action.MOVED),
        lambda break_: break_.begins(CALL),
        lambda break_: break_.begins(DND),
        lambda break_: break_.pauses(minutes=5),
        lambda break_: break_.tell(Locked(break_.now)),
        lambda break_: break_.tell(FallingAsleep(break_.now)),
    ],
)
def test_the_voice_stops_once_whatever_ends_or_silences_the_card(stops):
    break_ = Scenario(ALOUD).answers(Action.START)
    shows(break_, "Sit tall")
    heard(break_)
    stops(break_)
    assert heard(break_) == [None]
    break_.rests(seconds=30)
    assert None not in heard(break_)


def test_a_step_that_begins_after_sound_was_muted_stops_the_voice_of_the_one_before():
    break_ = Scenario(ALOUD).answers(Action.START)
    shows(break_, "Sit tall")
    heard(break_)
    break_.engine.configure(Settings())
    assert heard(shows(break_, "Lean")) == [None]
    break_.engine.configure(ALOUD)
    assert heard(shows(break_, "Stand")) == [STEP, "Stand"]
