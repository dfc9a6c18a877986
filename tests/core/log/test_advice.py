"""The advice on episodes: row by row from `advice_table.toml`, and rules for all of it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from numbguard.core.guide.pages import GuidePage, GuidePlace
from numbguard.core.log.advice import AdviceKind, EpisodePattern, advise, lasted_s, pattern
from numbguard.core.log.records import Context, Episode, Onset, Posture, Sensation
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.sites import Region, Side, sites_on

NINE = datetime(2025, 3, 3, 9, 0, tzinfo=timezone(timedelta(hours=1)))
ROWS = tomllib.loads(Path(__file__).with_name("advice_table.toml").read_text(encoding="utf-8"))["row"]


def told(row: dict[str, Any]) -> Episode:
    words = row.get("episode", {})
    kinds = {"side": Side, "posture": Posture, "onset": Onset}
    several = {"regions": Region, "sensations": Sensation}
    given: dict[str, Any] = {
        key: kinds[key](value)
        if key in kinds
        else tuple(several[key](each) for each in value)
        if key in several
        else value
        for key, value in words.items()
    }
    side = given.pop("side", None)
    given |= {"sites": sites_on(side, *given.pop("regions", ())), "leg": side}
    seated = row.get("seated_min")
    return Episode("one", NINE, **given, context=Context(seated_s=None if seated is None else seated * 60.0))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
@pytest.mark.parametrize("still_on", [True, False], ids=["still on", "gone"])
def test_the_table(row: dict[str, Any], still_on: bool) -> None:
    assert set(row) <= {
        *("name", "episode", "pattern", "answers", "lasted_min", "seated_min", "number"),
        *("kind", "section", "says", "asks"),
    }
    episode, length = told(row), row.get("lasted_min")
    now = None if length is None else NINE + timedelta(minutes=length)
    if not still_on:
        episode, now = replace(episode, ended_at=now), None
    advice = advise(
        episode,
        EpisodePattern(**row.get("pattern", {})),
        now=now,
        answers={WarningSign(sign): answer for sign, answer in row.get("answers", {}).items()},
        number=row.get("number"),
    )
    assert (advice.kind.value, advice.section.value) == (row["kind"], row["section"])
    assert [sign.value for sign in advice.questions] == row.get("asks", [])
    said = " ".join(advice.sentences)
    for words in row.get("says", []):
        assert words in said


def test_each_sign_alone_is_enough() -> None:
    for sign in WarningSign:
        advice = advise(Episode("one", NINE), answers={sign: True})
        assert advice.kind is AdviceKind.HELP_NOW
        assert sign.words.lower() in advice.sentences[0].lower()
        assert sign.question.endswith("?")
        assert advice.place == GuidePlace(GuidePage.HELP, "get-help-at-once")


def test_no_answer_but_yes_makes_it_urgent_and_none_hides_it() -> None:
    calm = dict.fromkeys(WarningSign, False)
    assert advise(Episode("one", NINE), answers=calm).kind is AdviceKind.RELIEF
    assert advise(Episode("one", NINE, leg=Side.BOTH), answers=calm).kind is AdviceKind.HELP_NOW


def test_no_emergency_number_is_made_up() -> None:
    for row in ROWS:
        said = " ".join(advise(told(row), answers=dict.fromkeys(WarningSign, True)).sentences)
        assert not any(letter.isdigit() for letter in said)


def test_what_leads_on_opens_where_the_guide_tells_it() -> None:
    assert advise(Episode("one", NINE)).place == GuidePlace(GuidePage.RELIEF, "1-change-your-position")
    assert advise(Episode("one", NINE, weakness=True)).place == GuidePlace(GuidePage.HELP, "see-a-doctor-soon")


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
