"""The words about the day's and the week's breaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from numbguard.core.breaks.messages import Suppression
from numbguard.core.log.break_days import BreakDay, LastWeek, week
from numbguard.wording.log import break_days as words
from tools.fakes import MORNING, snapshot


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "First break today"), (10, "Tenth break today"), (11, "11 breaks today"), (0, "0 breaks today")],
)
def test_which_break_of_the_day_it_was(count: int, said: str) -> None:
    assert words.nth_today(count) == said


def test_the_word_after_a_break_says_when_the_next_is_only_where_that_is_known() -> None:
    day, now = BreakDay(3, 4), snapshot(minutes=0, interval=35)
    assert words.after_break(day, now) == ("Third break today", "Next at 10:50")
    for silent in (
        replace(now, suppressed=(Suppression("call", "microphone in use"),)),
        replace(now, hours_end=MORNING + timedelta(minutes=30)),
    ):
        assert words.after_break(day, silent) == ("Third break today", "")
    assert words.after_break(day, replace(now, hours_end=MORNING + timedelta(hours=3)))[1] == "Next at 10:50"


@pytest.mark.parametrize(
    ("day", "seated_s", "said"),
    [
        (BreakDay(4, 5, 1), 11_100, "4 of 5 breaks · 1 episode · sat for 3 h 05 min"),
        (BreakDay(1, 1), 1_500, "1 of 1 break · sat for 25 minutes"),
        (BreakDay(), 1_500, "No breaks yet · sat for 25 minutes"),
        (BreakDay(0, 0, 2), 30, "No breaks yet · 2 episodes"),
    ],
)
def test_today_in_a_line(day: BreakDay, seated_s: float, said: str) -> None:
    assert words.today(day, seated_s) == said


@pytest.mark.parametrize(
    ("taken", "asked", "episodes", "fewer", "said"),
    [
        (31, 38, 0, 0, "Last week: 31 of 38 breaks taken, and no numbness."),
        (31, 38, 2, 3, "Last week: 31 of 38 breaks taken, and 2 episodes, 3 fewer than the week before."),
        (31, 38, 1, 0, "Last week: 31 of 38 breaks taken, and 1 episode."),
        (9, 38, 4, 0, "Last week: 9 breaks taken, and 4 episodes."),
    ],
)
def test_last_week_in_a_sentence_that_reproaches_nobody(
    taken: int, asked: int, episodes: int, fewer: int, said: str
) -> None:
    days = (BreakDay(taken, asked, episodes), *(BreakDay(),) * 6)
    assert words.last_week(LastWeek(days, fewer)) == said


def test_the_dots_and_the_streak_in_words() -> None:
    today = date(2026, 3, 11)
    kept = {today - timedelta(days=ago): BreakDay(3, 4) for ago in range(3)}
    assert words.dots(week(kept, today)) == "You took at least half of your breaks on 3 days this week"
    assert words.streak(week(kept, today).streak) == "3-day streak (rest days don't break it)"
    assert words.streak(week({today: BreakDay(3, 4)}, today).streak) == ""
