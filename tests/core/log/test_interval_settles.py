"""People with a known onset of numbness follow every suggestion for a year: it settles, and does not ratchet down."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tools.simulation.onsets import PEOPLE, OnsetPerson, Week, weeks_of

WEEKS = 52
SLOW = "even, 0 to 15 h"
"""Even an hour leaves 93 of 100 sittings free here. To tell that from 95 takes longer than a year."""
BY_NAME = {person.name: person for person in PEOPLE}


def lived(person: OnsetPerson, *, start: int, seed: int = 0) -> list[Week]:
    return list(weeks_of(person, start_s=start * 60, weeks=WEEKS, seed=seed))


@pytest.mark.parametrize("start", [60, 30])
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
def test_the_interval_is_shortened_at_most_once_and_ends_no_longer_than_is_right(
    person: OnsetPerson, start: int
) -> None:
    weeks, right = lived(person, start=start), person.right_interval()
    intervals = [week.interval_s / 60 for week in weeks]
    assert sum(later < former for former, later in pairwise(intervals)) <= 1, "it ratchets"
    if right is None:
        assert weeks[-1].suggestion.none_is_short_enough
        assert set(intervals) <= {start, 30}, "30 at most for the meantime: none is short enough"
    else:
        assert not any(week.suggestion.none_is_short_enough for week in weeks)
        assert 30 <= intervals[-1] <= right or person.name == SLOW


@pytest.mark.parametrize(
    ("name", "settled"),
    [
        ("normal, 50 ± 8 min", {30, 35}),
        ("normal, 60 ± 12 min", {35, 40}),
        ("normal, 70 ± 10 min", {45, 50}),
        ("normal, 50 ± 8 min, one sitting in 7", {40, 45}),
        ("none", {60}),
        ("rare, one sitting in 100", {60}),
    ],
)
def test_it_settles_at_the_same_place_wherever_it_started(name: str, settled: set[int]) -> None:
    ends = {lived(BY_NAME[name], start=start, seed=2)[-1].interval_s / 60 for start in (60, 45, 30)}
    assert ends <= settled


def test_a_shorter_interval_is_followed_by_rest_though_numbness_becomes_rare() -> None:
    """The former rule asked for 80 % of the episodes that still happened, and so for less and less."""
    weeks = lived(BY_NAME["normal, 60 ± 12 min"], start=60, seed=3)
    after = [week.interval_s / 60 for week in weeks[26:]]
    assert set(after) <= {35, 40}
    assert sum(week.numb for week in weeks[26:]) < sum(week.numb for week in weeks[:3]) * 4
