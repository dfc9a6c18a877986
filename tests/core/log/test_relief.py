"""The five steps in the guide's order, and the progress through them by time and by button."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from numbguard.core.guide.sections import GuideSection
from numbguard.core.log.records import Episode
from numbguard.core.log.red_flags import RED_FLAGS
from numbguard.core.log.relief import STEPS, WALKING, ReliefMethod, ReliefPlace, ReliefProgress, ReliefStep, still_open
from numbguard.store.cards.library import Library

RESOURCES = Path(__file__).parents[3] / "resources"
NOON = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


# --- what it teaches -------------------------------------------------------------------------------------------------


def test_five_steps_in_the_order_of_the_guide() -> None:
    assert [step.section for step in STEPS] == [
        GuideSection.RELIEF_POSITION,
        GuideSection.RELIEF_MOVEMENT,
        GuideSection.RELIEF_MASSAGE,
        GuideSection.RELIEF_ELEVATE,
        GuideSection.RELIEF_WATER,
    ]
    assert [step.relief for step in STEPS] == list(ReliefMethod)
    assert all(step.section == f"relief.{step.relief}" for step in STEPS)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.relief.value)
def test_every_figure_is_a_movement_of_a_card(step: ReliefStep) -> None:
    library = Library(RESOURCES / "cards")
    for part in step.parts:
        if part.figure is None:
            assert step.relief is ReliefMethod.WATER
            continue
        card = library.card(part.figure.card)
        assert card is not None
        assert part.figure.motion in card.motions


def test_the_words_fit_on_the_screen_and_each_step_takes_a_moment() -> None:
    for step in STEPS:
        assert len(step.title) <= 30
        assert len(step.why) <= 180
        assert all(len(part.text) <= 90 for part in step.parts)
        assert 45 <= step.seconds <= 180


def test_nobody_is_sent_walking_on_a_leg_that_may_give_way() -> None:
    assert "do not walk on it before feeling returns" in WALKING
    up = [part.text for step in STEPS for part in step.parts if re.search(r"stand up|steps|knee bends", part.text)]
    assert len(up) == 3
    assert all(re.search(r"[Ii]f the leg holds you|Feeling back\?", text) for text in up)


def test_every_sign_of_the_page_is_in_the_short_list() -> None:
    page = (RESOURCES / "guide" / "when-to-get-help.md").read_text(encoding="utf-8")
    at_once = page.split("## Get help at once")[1].split("\n## ")[0]
    signs = [entry.replace("\n", " ") for entry in re.split(r"^- ", at_once, flags=re.MULTILINE)[1:]]
    keys = (
        "between the legs", "bladder", "both legs", "whole leg", "spreading", "severe", "face", "injury", "swollen",
    )  # fmt: skip
    assert len(signs) == len(RED_FLAGS) == len(keys)
    for key, sign, short in zip(keys, signs, RED_FLAGS, strict=True):
        assert key in sign.lower()
        assert key in short.lower()


# --- the way through -------------------------------------------------------------------------------------------------


def test_time_leads_from_part_to_part_and_from_step_to_step() -> None:
    course = ReliefProgress.begin(100.0)
    assert course.place(100.0) == ReliefPlace(0, 0, 60.0)
    assert course.place(112.0) == ReliefPlace(0, 1, 48.0)
    assert course.place(159.5) == ReliefPlace(0, 2, 0.5)
    assert course.place(160.0) == ReliefPlace(1, 0, 90.0)
    assert course.at(165.0) == ReliefProgress(1, 160.0)


def test_the_last_step_waits_for_a_word() -> None:
    course = ReliefProgress.begin(0.0).at(100_000.0)
    assert course.step == len(STEPS) - 1
    assert course.place(100_000.0) == ReliefPlace(4, 1, 0.0)


def test_next_and_back_begin_their_step_anew_and_stop_at_the_ends() -> None:
    course = ReliefProgress.begin(0.0)
    assert course.go(-1, 5.0) == ReliefProgress(0, 5.0)
    assert course.go(1, 5.0) == ReliefProgress(1, 5.0)
    assert course.go(1, 61.0) == ReliefProgress(2, 61.0), "the clock had gone on by itself before the click"
    assert course.go(9, 5.0) == ReliefProgress(4, 5.0)
    assert course.go(1, 5.0).go(0, 50.0).place(50.0) == ReliefPlace(1, 0, 90.0)


def test_somebody_who_needs_longer_holds_the_time() -> None:
    held = ReliefProgress.begin(0.0).hold(20.0)
    assert held.hold(30.0) == held
    assert held.place(500.0) == ReliefPlace(0, 1, 40.0)
    going = held.go_on(500.0)
    assert going.place(510.0) == ReliefPlace(0, 1, 30.0)
    assert going.go_on(510.0) == going
    assert held.go(1, 500.0).held is None


def test_a_clock_that_is_read_early_does_no_harm() -> None:
    assert ReliefProgress.begin(100.0).place(90.0) == ReliefPlace(0, 0, 60.0)


def test_it_is_known_when_the_episode_was_ended_elsewhere() -> None:
    mine = Episode("mine", NOON)
    assert still_open(mine, mine)
    assert still_open(mine, replace(mine, id="later", started_at=NOON + timedelta(minutes=3)))
    assert not still_open(mine, replace(mine, id="earlier", started_at=NOON - timedelta(days=1)))
    assert not still_open(mine, None)
