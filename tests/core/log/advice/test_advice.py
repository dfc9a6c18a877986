"""The advice on episodes: row by row from `advice_table.toml`, and rules for all of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from numbguard.core.guide.pages import GuidePage, GuidePlace
from numbguard.core.log.advice.advice import Advice, advise
from numbguard.core.log.advice.episode_pattern import AdviceReason, EpisodePattern, lasted_s, pattern
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.red_flags import AdviceTier, SignAnswers, WarningSign, read_answers
from numbguard.wording.log import advice as words
from tests.advice_rows import NOW, ROWS, answers_of, episode_of, length

NINE = datetime(2025, 3, 3, 9, 0, tzinfo=timezone(timedelta(hours=1)))
HEALTH = (Path(__file__).parents[4] / "docs" / "HEALTH.md").read_text(encoding="utf-8")


def advice_of(row: dict[str, Any]) -> Advice:
    return advise(episode_of(row), EpisodePattern(**row.get("pattern", {})), now=NOW, answers=answers_of(row))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_the_table(row: dict[str, Any]) -> None:
    assert set(row) <= {
        *("name", "age", "lasted", "known", "seated", "pattern", "answers", "answers_before"),
        *("tier", "could_be", "asks", "source"),
    }
    advice = advice_of(row)
    assert (advice.tier.value, advice.could_be.value) == (row["tier"], row["could_be"])
    assert [sign.value for sign in advice.questions] == row["asks"]
    assert f"| {row['source']}" in HEALTH or f"; {row['source']}" in HEALTH, "docs/HEALTH.md names each source"


def test_the_table_has_eighty_patterns_of_different_names() -> None:
    assert len({row["name"] for row in ROWS}) == len(ROWS) >= 80


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_nothing_reassures_while_a_question_may_raise_the_tier(row: dict[str, Any]) -> None:
    advice = advice_of(row)
    said = " ".join(words.sentences(advice))
    if advice.is_settled:
        assert words.heading(advice) == words.HEADINGS[advice.tier]
        assert ("usually harmless" in said) == (advice.tier is AdviceTier.RELIEF)
    else:
        assert words.heading(advice) == words.BEFORE_YOU_GO_ON
        assert not re.search("harmless|usually comes back|couple of minutes", said)
        assert advice.questions
    assert not re.search(r"[0-9]", said), "no emergency number is made up"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_every_question_may_change_the_tier_and_no_answer_of_no_raises_it(row: dict[str, Any]) -> None:
    advice, answers = advice_of(row), answers_of(row)
    for sign in advice.questions:
        no = replace(answers, today={**answers.today, sign: False})
        said = advise(episode_of(row), EpisodePattern(**row.get("pattern", {})), now=NOW, answers=no)
        assert said.tier.rank <= advice.tier.rank
        assert said.could_be.rank <= advice.could_be.rank
        yes = replace(answers, today={**answers.today, sign: True})
        said = advise(episode_of(row), EpisodePattern(**row.get("pattern", {})), now=NOW, answers=yes)
        assert said.tier.rank >= advice.tier.rank


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_an_old_episode_is_never_urgent(row: dict[str, Any]) -> None:
    old = replace(episode_of(row), started_at=NOW - timedelta(days=8), ended_at=NOW - timedelta(days=8) + length("2m"))
    for answers in (answers_of(row), SignAnswers(dict.fromkeys(WarningSign, True))):
        advice = advise(old, now=NOW, answers=answers)
        assert advice.could_be.rank <= AdviceTier.SOON.rank
    assert "If you have not been seen about this" in words.sentences(advice)[0]


@pytest.mark.parametrize("sign", WarningSign)
def test_each_sign_alone_has_its_tier_a_row_in_the_papers_and_a_question_whose_yes_is_bad(sign: WarningSign) -> None:
    alone = Episode("one", NINE, severity=2)
    advice = advise(alone, now=NINE, answers=SignAnswers({sign: True}))
    assert (advice.tier, advice.signs) == (sign.tier, (sign,))
    assert sign.question.endswith("?")
    assert f"| `{sign.value}` |" in HEALTH
    settled = advise(alone, now=NINE, answers=SignAnswers({**dict.fromkeys(WarningSign, False), sign: True}))
    assert settled.is_settled
    assert sign.words[1:] in " ".join(words.sentences(settled))


@pytest.mark.parametrize("reason", AdviceReason)
def test_each_reason_has_a_row_in_the_papers(reason: AdviceReason) -> None:
    assert f"| `{reason.value}` |" in HEALTH


def test_a_number_that_the_person_has_set_is_the_one_to_call() -> None:
    hurt = advise(Episode("one", NINE), now=NINE, answers=SignAnswers({WarningSign.INJURY: True}))
    assert "Call 000 123 now" in words.sentences(hurt, number="000 123")[0]
    assert "Call your local emergency number now" in words.sentences(hurt)[0]


def test_what_leads_on_opens_where_the_guide_tells_it() -> None:
    known = Episode("one", NINE, severity=2)
    assert advise(known, now=NINE).place == GuidePlace(GuidePage.RELIEF, "1-change-your-position")
    weak = replace(known, weakness=True)
    assert advise(weak, now=NINE).place == GuidePlace(GuidePage.HELP, "get-help-at-once"), "questions are open"
    no = dict.fromkeys(WarningSign, False)
    for sign, anchor in (
        (None, "see-a-doctor-soon"),
        (WarningSign.FOOT_DROP, "be-seen-today"),
        (WarningSign.SADDLE, "get-help-at-once"),
    ):
        said = advise(weak, now=NINE, answers=SignAnswers({**no, **({sign: True} if sign else {})}))
        assert said.place == GuidePlace(GuidePage.HELP, anchor)


def test_only_recurring_is_told_from_other_reasons() -> None:
    often = EpisodePattern(fortnight=5)
    assert advise(Episode("one", NINE, severity=2), often, now=NINE).only_recurs
    assert not advise(Episode("one", NINE, severity=2), now=NINE).only_recurs
    answers = SignAnswers(dict.fromkeys(WarningSign, False))
    assert not advise(Episode("one", NINE, weakness=True), often, now=NINE, answers=answers).only_recurs


def test_what_to_leave_undone_is_said_with_the_sign() -> None:
    one = Episode("one", NINE, severity=2)
    cold = advise(one, now=NINE, answers=SignAnswers({WarningSign.COLD_LEG: True}))
    assert "Don't put the leg up." in words.sentences(cold)
    no = dict.fromkeys(WarningSign, False)
    swollen = advise(one, now=NINE, answers=SignAnswers({**no, WarningSign.SWOLLEN: True}))
    assert "Don't rub the leg." in words.sentences(swollen)
    passed = advise(one, now=NINE, answers=SignAnswers({WarningSign.FACE_SPEECH_SIGHT: True}))
    assert "Call even if it has passed." in words.sentences(passed)


# --- answers to earlier forms of the questions ------------------------------------------------------------------------


def test_a_no_to_less_and_a_yes_to_more_are_asked_anew() -> None:
    found = read_answers(
        [
            (WarningSign.SADDLE, False, 1),
            (WarningSign.FACE_SPEECH_SIGHT, True, 1),
            (WarningSign.BOTH_LEGS, True, 1),
            (WarningSign.INJURY, False, 1),
            (WarningSign.SPREADING, False, 1),
        ]
    )
    assert found.today == {
        WarningSign.FACE_SPEECH_SIGHT: True,
        WarningSign.INJURY: False,
        WarningSign.SPREADING: False,
    }
    assert found.before == {WarningSign.BOTH_LEGS}


def test_a_later_answer_replaces_an_earlier_one() -> None:
    found = read_answers([(WarningSign.SADDLE, True, 2), (WarningSign.SADDLE, False, 2)])
    assert (found.today, found.before) == ({WarningSign.SADDLE: False}, frozenset())
    assert read_answers([(WarningSign.SADDLE, True, 1), (WarningSign.SADDLE, False, 1)]).today == {}


# --- what came before -------------------------------------------------------------------------------------------------


def before(days: float, minutes: float | None = None) -> Episode:
    began = NINE - timedelta(days=days)
    return Episode(
        f"{days} days before", began, ended_at=None if minutes is None else began + timedelta(minutes=minutes)
    )


def test_a_pattern_counts_what_began_before_by_the_fortnight() -> None:
    one = Episode("one", NINE)
    found = pattern(one, [one, before(-1), before(0), before(3), before(14), before(15), before(28), before(29)])
    assert (found.fortnight, found.former_fortnight, found.usual_s) == (3, 2, None)


def test_a_pattern_holds_the_latest_strengths_that_were_told_within_twelve_weeks() -> None:
    one = Episode("one", NINE, severity=9)
    told = [
        replace(before(days), severity=severity) for days, severity in ((85, 1), (84, 2), (30, 3), (2, 0), (1, None))
    ]
    found = pattern(one, [one, *told])
    assert (found.strengths, found.fortnight, found.former_fortnight) == ((2, 3, 0), 2, 0)
    many = [replace(before(days), severity=days % 5) for days in range(1, 40)]
    assert pattern(one, many).strengths == tuple(days % 5 for days in range(15, 0, -1))


def test_how_long_is_usual_needs_six() -> None:
    one = Episode("one", NINE)
    lengths = [before(day, minutes) for day, minutes in enumerate((1, 2, 3, 4, 5), start=1)]
    assert pattern(one, lengths).usual_s is None
    assert pattern(one, [*lengths, before(6, 6)]).usual_s == 210


def test_a_clock_set_back_makes_no_length_below_nought() -> None:
    assert lasted_s(before(0, -5)) == 0
    assert lasted_s(Episode("one", NINE)) is None
