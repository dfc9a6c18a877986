"""The five steps in the guide's order, and the progress through them by time and by button."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from numbguard.core.guide.sections import GuideSection
from numbguard.core.log.advice.leg_limits import LegLimits, SparedLegs, limits_of, spared_legs
from numbguard.core.log.advice.relief import (
    STEPS,
    WALKING,
    ReliefMethod,
    ReliefPlace,
    ReliefProgress,
    ReliefStep,
    steps_for,
    still_open,
)
from numbguard.core.log.records.episode import Episode, Sensation
from numbguard.core.log.red_flags import AdviceTier, SignAnswers, WarningSign, signs_of
from numbguard.core.sites import Region, Side, sites_on
from numbguard.store.cards.library import Library

RESOURCES = Path(__file__).parents[4] / "resources"
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
    assert "don't walk on it until the feeling is back" in WALKING
    up = [part.text for step in STEPS for part in step.parts if re.search(r"stand up|steps|knee bends", part.text)]
    assert len(up) == 3
    assert all(re.search(r"[Ii]f the leg will hold you|Once you can feel it", text) for text in up)


SIGN_KEYS = {
    WarningSign.SADDLE: "genitals or back passage",
    WarningSign.BLADDER_BOWEL: "bladder",
    WarningSign.BOTH_LEGS: "both legs numb",
    WarningSign.PAIN_BOTH_LEGS: "pain down both legs",
    WarningSign.TRUNK_LEVEL: "chest, belly or waist",
    WarningSign.FEVER_CANCER_WEIGHT: "fever",
    WarningSign.FACE_SPEECH_SIGHT: "a weak arm",
    WarningSign.SPREADING: "spreading",
    WarningSign.WEAKNESS: "severe",
    WarningSign.COLD_LEG: "cold, pale or blue",
    WarningSign.INJURY: "injury",
    WarningSign.CLOT_BREATH: "chest pain",
    WarningSign.WHOLE_SIDE: "a whole leg",
    WarningSign.FOOT_DROP: "no longer lift",
    WarningSign.SWOLLEN: "swollen",
}


@pytest.mark.parametrize(
    ("tier", "heading"), [(AdviceTier.NOW, "Get help at once"), (AdviceTier.TODAY, "Be seen today")]
)
def test_every_sign_of_the_page_is_in_the_short_list(tier: AdviceTier, heading: str) -> None:
    page = (RESOURCES / "guide" / "when-to-get-help.md").read_text(encoding="utf-8")
    part = page.split(f"## {heading}")[1].split("\n## ")[0]
    entries = [entry.replace("\n  ", " ") for entry in re.split(r"^- ", part, flags=re.MULTILINE)[1:]]
    signs = [sign for sign in WarningSign if sign.tier is tier]
    assert len(signs) == len(entries)
    for sign, entry, short in zip(signs, entries, signs_of(tier), strict=True):
        assert SIGN_KEYS[sign] in entry.lower()
        assert SIGN_KEYS[sign] in short.lower()


# --- what is left out -------------------------------------------------------------------------------------------------


def cards_in(limits: LegLimits) -> set[str]:
    return {part.figure.card for step in steps_for(limits) for part in step.parts if part.figure}


def test_nothing_is_left_out_where_nothing_speaks_against_it() -> None:
    assert steps_for(limits_of(Episode("one", NOON, leg=Side.LEFT), SignAnswers())) == STEPS


@pytest.mark.parametrize(
    ("told", "answered"),
    [
        (Episode("one", NOON, weakness=True), None),
        (Episode("one", NOON, sensations=(Sensation.WEAK,)), None),
        (Episode("one", NOON, sites=sites_on(Side.LEFT, Region.THIGH_BACK, Region.CALF, Region.SOLE)), None),
        (Episode("one", NOON), WarningSign.WEAKNESS),
        (Episode("one", NOON), WarningSign.FOOT_DROP),
    ],
)
def test_a_leg_that_may_not_hold_is_not_stood_on(told: Episode, answered: WarningSign | None) -> None:
    answers = SignAnswers({answered: True} if answered else {})
    limits = limits_of(told, answers)
    assert cards_in(limits).isdisjoint({"shake-leg", "short-walk", "knee-bends"})
    assert len(steps_for(limits)) == len(STEPS)
    assert "Stay sitting" in steps_for(limits)[0].parts[-1].text
    assert not cards_in(LegLimits()).isdisjoint({"shake-leg"})


def test_a_cold_leg_is_not_raised_and_a_swollen_or_painful_one_not_rubbed() -> None:
    one = Episode("one", NOON)
    cold = limits_of(one, SignAnswers({WarningSign.COLD_LEG: True}))
    assert "elevate" not in cards_in(cold)
    assert "rub" in cards_in(cold)
    swollen = limits_of(one, SignAnswers({WarningSign.SWOLLEN: True}))
    painful = limits_of(replace(one, sensations=(Sensation.PAIN,)), SignAnswers({WarningSign.SWOLLEN: False}))
    for limits in (swollen, painful):
        assert cards_in(limits).isdisjoint({"rub", "tap"})
        assert "elevate" in cards_in(limits)


def test_fewer_steps_are_gone_through_like_all_of_them() -> None:
    steps = steps_for(LegLimits(is_cold=True, is_sore=True))
    course = ReliefProgress.begin(0.0, steps)
    assert course.go(9, 5.0).step == len(steps) - 1 == 2
    assert course.at(100_000.0).place(100_000.0) == ReliefPlace(2, 1, 0.0)
    assert course.hold(5.0).go_on(10.0).steps == steps


def test_a_leg_is_spared_while_it_is_numb_and_for_a_day_if_it_was_weak() -> None:
    now = NOON + timedelta(hours=20)
    open_now = Episode("open", now - timedelta(minutes=5), leg=Side.LEFT)
    weak = Episode("weak", NOON, NOON + timedelta(minutes=5), leg=Side.RIGHT, weakness=True)
    passed = replace(weak, weakness=None)
    nothing = SignAnswers()
    right = frozenset({Side.RIGHT})
    assert spared_legs([(open_now, nothing)], now) == SparedLegs(numb=True)
    assert spared_legs([(weak, nothing), (open_now, nothing)], now) == SparedLegs(numb=True, weak=right)
    assert spared_legs([(passed, SignAnswers({WarningSign.FOOT_DROP: True}))], now) == SparedLegs(numb=True, weak=right)
    assert spared_legs([(passed, nothing)], now) == SparedLegs()
    assert spared_legs([(weak, nothing)], now + timedelta(hours=5)) == SparedLegs()
    assert spared_legs([(replace(weak, leg=None), nothing)], now).weak == {Side.LEFT, Side.RIGHT}


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
