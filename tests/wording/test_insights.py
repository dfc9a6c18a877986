"""The insights in a person's words: what is said, what is left unsaid, and how figures are rounded."""

from __future__ import annotations

from datetime import date

import pytest

from numbguard.core.log.insights import LengthSpread, OnsetSpread, SeatedDays, ValueCounts, WeekTrend
from numbguard.core.log.interval_suggestion import suggest
from numbguard.core.log.survival import EndedBouts, kaplan_meier
from numbguard.core.sites import Region, Side
from numbguard.wording.log import insights as words


def advice(current: float, *ended: EndedBouts) -> str:
    return words.interval(suggest(kaplan_meier(ended), current * 60))


def numb(minutes: float, count: int) -> EndedBouts:
    return EndedBouts(minutes * 60, events=count)


def free(minutes: float, count: int) -> EndedBouts:
    return EndedBouts(minutes * 60, censored=count)


def test_onsets_that_lie_close_together_have_a_time_and_others_a_range() -> None:
    assert words.onset(OnsetSpread(9, 2100, 2390, 2700)) == "Numbness usually starts after 40 minutes of sitting."
    assert words.onset(OnsetSpread(9, 720, 2400, 2900)) == (
        "Numbness starts at no particular time: half the time after 12 minutes to 48 minutes of sitting."
    )
    assert words.onset(OnsetSpread(3)) == ""


def test_what_is_said_of_the_interval() -> None:
    assert advice(45, free(46, 300), numb(30, 3)) == (
        "A break every 45 minutes suits you: 99 of 100 sittings that long stay free of numbness."
    )
    assert advice(45, free(46, 100)).startswith("A break every 45 minutes suits you: all sittings that long")
    assert advice(45, free(61, 400), numb(30, 1)) == (
        "You could sit a little longer: more than 99 of 100 sittings of 60 minutes stay free of numbness."
    )
    assert advice(60, free(61, 300), numb(43, 60), numb(20, 3)) == (
        "A break every 40 minutes would suit you better: 99 of 100 sittings that long stay free of numbness. Of "
        "sittings of 60 minutes, only 83 of 100 do."
    )
    assert advice(90, free(61, 99)).endswith("better: all sittings that long stay free of numbness.")
    assert advice(45, free(46, 80), numb(15, 20)) == (
        "Even 30 minutes is not short enough: numbness starts sooner in 20 of 100 sittings. Show this to a doctor."
    )


def test_too_little_to_say_has_a_number_where_one_can_be_foreseen() -> None:
    assert advice(45) == (
        "Your log doesn't have enough yet to say whether a break every 45 minutes suits you. About 60 more "
        "sittings that long could show it."
    )
    assert advice(45, free(46, 58)).endswith(" 1 more sitting that long could show it.")
    assert advice(45, free(46, 190), numb(31, 10)).endswith(" is too close to 95 of 100.")
    assert advice(60, free(61, 60), numb(50, 12), numb(25, 2)).endswith(
        "Until your log shows how much shorter it should be, 30 minutes is the safest choice."
    )


CALVES = {(Region.CALF, Side.LEFT): 14, (Region.CALF, None): 2, (Region.SOLE, Side.RIGHT): 2}


@pytest.mark.parametrize(
    ("places", "regions", "sides", "said"),
    [
        (CALVES, {"calf": 16, "sole": 2}, {}, "It is mostly your left calf."),
        (
            {(Region.CALF, Side.LEFT): 9, (Region.CALF, Side.RIGHT): 9},
            {"calf": 18},
            {},
            "It is mostly your calf.",
        ),
        ({(Region.CALF, Side.BOTH): 18}, {"calf": 18}, {}, "It is mostly your calves."),
        (
            {(Region.CALF, Side.LEFT): 9, (Region.SOLE, Side.LEFT): 9},
            {"calf": 9, "sole": 9},
            {"left": 18},
            "It is mostly your left leg.",
        ),
        ({}, {}, {"both": 18}, "It is mostly both legs."),
        (
            {(Region.CALF, Side.LEFT): 9, (Region.SOLE, Side.RIGHT): 9},
            {"calf": 9, "sole": 9},
            {"left": 9, "right": 9},
            "It is in several places, about equally often.",
        ),
        ({}, {}, {"left": 4}, ""),
    ],
)
def test_the_place(
    places: dict[tuple[Region, Side | None], int], regions: dict[str, int], sides: dict[str, int], said: str
) -> None:
    tallies = [ValueCounts(sum(counts.values()), 0, counts) for counts in (regions, sides)]
    assert words.place(places, *tallies) == said


@pytest.mark.parametrize(
    ("trend", "said"),
    [
        (WeekTrend(4, 32, 4, 30), "About 8 a week, unchanged."),
        (WeekTrend(4, 32, 4, 4), "About 8 a week, more than before (1 a week)."),
        (WeekTrend(4, 2, 4, 32), "Less than one a week, fewer than before (8 a week)."),
        (WeekTrend(4, 0, 4, 32), "None in the last 4 whole weeks, fewer than before (8 a week)."),
        (WeekTrend(2, 5), "About 3 a week."),
        (None, ""),
    ],
)
def test_how_often(trend: WeekTrend | None, said: str) -> None:
    assert words.a_week(trend) == said


def test_lengths_are_rounded() -> None:
    assert words.usual_length(LengthSpread(9, 17.9 * 60)) == "It usually lasts 18 minutes."
    assert words.lasted(LengthSpread(9, 17.9 * 60)) == "Episodes lasted 18 minutes (median of 9)."


def test_the_hour_the_day_and_the_posture() -> None:
    hours, days = ValueCounts(30, 0, {"9": 25, "10": 5}), ValueCounts(30, 0, {"monday": 28, "friday": 2})
    even = ValueCounts(30, 0, {"9": 15, "10": 15})
    assert words.time_of_day(hours, days) == "Most often between 9:00 and 10:00, and on Mondays."
    assert words.time_of_day(even, even) == "It happens at no particular time of the day or week."
    assert words.posture(ValueCounts(30, 0, {"legs_crossed": 30})) == "It happens mostly with your legs crossed."
    assert words.posture(even) == "It happens in several postures, about equally often."


def test_the_last_seven_days() -> None:
    sitting = SeatedDays({date(2025, 3, 3): 7300, date(2025, 3, 4): 3500}, bouts=4, longest_s=2990)
    assert words.seven_days(sitting, {"moved": 3, "skipped": 1, "snoozed": 2, "natural": 1}) == (
        "In the last seven days you sat for 3 h 00 min.",
        "That was in 4 sittings, the longest 50 minutes.",
        "You got up for 3 of 4 breaks.",
        "Once you got up before a reminder.",
    )
    assert words.seven_days(SeatedDays({}, 0, 0), {}) == (
        ("NumbGuard hasn't recorded any sitting in the last seven days."),
    )
