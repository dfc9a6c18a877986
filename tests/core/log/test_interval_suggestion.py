"""Which interval the log supports: serves, shorter, longer, too little to say, or a matter for a doctor."""

from __future__ import annotations

import pytest

from numbguard.core.log.interval_suggestion import IntervalSuggestion, IntervalVerdict, suggest
from numbguard.core.log.survival import EndedBouts, kaplan_meier


def asked(current: float, *ended: EndedBouts, share: float = 0.95) -> IntervalSuggestion:
    return suggest(kaplan_meier(ended), current * 60, share)


def numb(minutes: float, count: int) -> EndedBouts:
    return EndedBouts(minutes * 60, events=count)


def free(minutes: float, count: int) -> EndedBouts:
    return EndedBouts(minutes * 60, censored=count)


def test_an_empty_log_says_too_little_and_how_many_sittings_it_takes() -> None:
    found = suggest(kaplan_meier([]), 2700)
    assert found == IntervalSuggestion(IntervalVerdict.TOO_LITTLE, None, 2700, more=59)
    assert not found.none_is_short_enough


def test_sittings_that_stayed_free_show_that_the_interval_serves_from_59_on() -> None:
    few, enough = asked(45, free(46, 58)), asked(45, free(46, 59), free(20, 30))
    assert (few.says, few.more) == (IntervalVerdict.TOO_LITTLE, 1)
    assert (enough.says, enough.interval_s, enough.current_free) == (IntervalVerdict.SERVES, 45 * 60, 1.0)


def test_a_longer_one_is_offered_only_where_enough_sat_that_long() -> None:
    assert asked(45, free(46, 200), free(61, 58)).interval_s == 45 * 60
    found = asked(45, free(46, 200), free(61, 59))
    assert (found.says, found.interval_s) == (IntervalVerdict.LONGER, 60 * 60)


def test_the_longest_that_keeps_95_of_100_free_is_suggested_where_todays_does_not() -> None:
    found = asked(60, free(61, 300), numb(43, 60), numb(20, 3))
    assert (found.says, found.interval_s) == (IntervalVerdict.SHORTER, 40 * 60)
    assert found.interval_free == pytest.approx(360 / 363)
    assert found.current_free == pytest.approx(300 / 363)
    assert found.current_too_long


def test_onset_at_the_very_end_of_an_interval_is_not_prevented_by_it() -> None:
    assert asked(60, free(61, 300), numb(40, 60)).interval_s == 35 * 60


def test_a_lack_of_entries_shortens_nothing() -> None:
    """4 of 160 is 97.5 %, but the band reaches below 95 %: today's interval is not shown to be too long."""
    found = asked(45, free(46, 156), numb(32, 4))
    assert (found.says, found.interval_s) == (IntervalVerdict.TOO_LITTLE, None)
    assert found.more is not None
    assert 59 < found.more < 500


def test_where_a_step_shorter_is_shown_to_serve_todays_is_kept_while_its_band_lies_across() -> None:
    found = asked(45, free(46, 288), numb(42, 12))
    assert (found.says, found.interval_s) == (IntervalVerdict.SERVES, 45 * 60)


def test_even_the_shortest_is_too_long() -> None:
    found = asked(45, free(46, 80), numb(15, 20))
    assert found.none_is_short_enough
    assert (found.says, found.interval_s, found.shortest_free) == (IntervalVerdict.SHORTER, None, 0.8)


def test_no_doctor_is_named_for_a_handful_of_episodes() -> None:
    found = asked(45, numb(15, 2), free(46, 1))
    assert (found.says, found.more) == (IntervalVerdict.TOO_LITTLE, 58)
    assert not asked(45, numb(15, 9), free(46, 20)).none_is_short_enough


def test_todays_is_too_long_but_what_would_do_is_not_known_yet() -> None:
    found = asked(60, free(61, 60), numb(50, 12), numb(25, 2))
    assert (found.says, found.interval_s, found.current_too_long) == (IntervalVerdict.TOO_LITTLE, None, True)
    assert found.more is not None
    assert found.meanwhile_s == 30 * 60
    assert asked(45).meanwhile_s is None


def test_an_interval_beyond_those_offered_is_compared_with_them() -> None:
    assert asked(90, free(91, 100)).interval_s == 60 * 60
    assert asked(90, free(91, 100)).says is IntervalVerdict.SHORTER
    assert asked(20, free(31, 100)).interval_s == 30 * 60
    assert asked(20, free(31, 100)).says is IntervalVerdict.LONGER
    assert asked(47, free(48, 100)).interval_s == 47 * 60


def test_a_limit_too_close_to_predict_announces_no_number() -> None:
    found = asked(45, free(46, 191), numb(31, 10))
    assert (found.says, found.more) == (IntervalVerdict.TOO_LITTLE, None)
    assert asked(45, free(46, 190), numb(31, 10)).more is None


@pytest.mark.parametrize("share", [0, 1, -0.1, 1.01])
def test_a_share_lies_between_none_and_all(share: float) -> None:
    with pytest.raises(ValueError, match="a share lies between"):
        asked(45, share=share)
