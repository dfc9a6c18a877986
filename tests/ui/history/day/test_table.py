"""The day table, compared with a plain list of rows after any sequence of recounts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from numbguard.ui.history.day.table import DayTable

DAYS = st.integers(min_value=0, max_value=12)
STRETCHES = st.lists(
    st.tuples(DAYS, DAYS, st.dictionaries(DAYS, st.integers(min_value=1, max_value=3), max_size=6)), max_size=8
)


def rows(days: dict[int, int]) -> list[tuple[int, int]]:
    """The expected rows as day and place; a heading has place 0."""
    return [(day, place) for day in sorted(days, reverse=True) for place in range(days[day] + 1)]


@given(STRETCHES)
@settings(max_examples=60, deadline=None)
def test_rows_come_and_go_as_counted_and_everything_is_found_again(stretches) -> None:
    table, known = DayTable(), dict[int, int]()
    for first, second, found in stretches:
        newest, oldest = max(first, second), min(first, second)
        counted = [(day, found[day]) for day in sorted(found, reverse=True) if oldest <= day <= newest]
        before = rows(known)
        known = {day: count for day, count in known.items() if not oldest <= day <= newest} | dict(counted)
        after = rows(known)
        splice = table.change(newest, oldest, counted)
        if splice is None:
            assert before == after
        else:
            assert before[: splice.at] == after[: splice.at]
            assert before[splice.at + splice.removed :] == after[splice.at + splice.inserted :]
            rest = table.unchanged(newest, oldest, counted)
            assert set(rest) <= set(counted)
        table.apply(newest, oldest, counted)
        assert [table.at(row)[::2] for row in range(table.rows)] == after
        assert table.episodes == sum(known.values())
        for row, (day, place) in enumerate(after):
            assert table.row(day, place - 1) == row if place else table.heading(day) == row
        assert table.row(99, 0) is None
        assert table.heading(-1) is None


@given(st.dictionaries(DAYS, st.integers(min_value=1, max_value=4), min_size=1), st.data())
@settings(max_examples=40, deadline=None)
def test_a_run_of_rows_is_one_question(days, data) -> None:
    table = DayTable()
    table.apply(99, 0, sorted(days.items(), reverse=True))
    all_rows = rows(days)
    first = data.draw(st.integers(0, len(all_rows) - 1))
    last = data.draw(st.integers(first, len(all_rows) - 1))
    asked = table.stretch(first, last)
    episodes = [one for one in all_rows if asked.oldest <= one[0] <= asked.newest and one[1]]
    wanted = [one for one in all_rows[first : last + 1] if one[1]]
    assert episodes[asked.skip : asked.skip + asked.most] == wanted
