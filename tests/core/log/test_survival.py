"""The Kaplan–Meier estimate, compared with published figures and with a slow computation from the definition."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from fractions import Fraction

import pytest

from numbguard.core.log.survival import EndedBouts, SurvivalEstimate, kaplan_meier

Bout = tuple[float, bool]
"""The length of a bout, and whether an episode began in it."""

# Weeks in remission under 6-mercaptopurine; the second row was censored. E. J. Freireich and others: The effect
# of 6-mercaptopurine on the duration of steroid-induced remissions in acute leukemia. Blood 21 (1963), 699-716.
RELAPSED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
IN_REMISSION = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
PLACEBO = (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)

# Week, at risk, survival, Greenwood's standard error and 95 % limits on the log-log scale, as R prints them for
# survfit(Surv(time, cens) ~ treat, data = gehan, conf.type = "log-log") in the example of MASS's `gehan`
# (W. N. Venables, B. D. Ripley: Modern Applied Statistics with S, 4th ed. 2002, 13.1); Stata's `sts list` agrees.
PUBLISHED = (
    (6, 21, 0.857, 0.0764, 0.620, 0.952),
    (7, 17, 0.807, 0.0869, 0.563, 0.923),
    (10, 15, 0.753, 0.0963, 0.503, 0.889),
    (13, 12, 0.690, 0.1068, 0.432, 0.849),
    (16, 11, 0.627, 0.1141, 0.368, 0.805),
    (22, 7, 0.538, 0.1282, 0.268, 0.747),
    (23, 6, 0.448, 0.1346, 0.188, 0.680),
)


def estimate(bouts: Sequence[Bout]) -> SurvivalEstimate:
    return kaplan_meier(EndedBouts(t, events=int(event), censored=int(not event)) for t, event in bouts)


def six_mp() -> list[Bout]:
    return [(t, True) for t in RELAPSED] + [(t, False) for t in IN_REMISSION]


@pytest.mark.parametrize(("week", "at_risk", "survival", "error", "lower", "upper"), PUBLISHED)
def test_remission_under_6_mp_is_as_published(
    week: int, at_risk: int, survival: float, error: float, lower: float, upper: float
) -> None:
    (point,) = (point for point in estimate(six_mp()).curve if point.t_s == week)
    assert point.at_risk == at_risk
    assert point.survival == pytest.approx(survival, abs=0.0006)
    assert (point.lower, point.upper) == (pytest.approx(lower, abs=0.0006), pytest.approx(upper, abs=0.0006))
    # The published standard error, put on the log-log scale by hand, gives the same band.
    assert math.log(-math.log(point.lower)) - math.log(-math.log(point.survival)) == pytest.approx(
        1.96 * error / (-point.survival * math.log(point.survival)), abs=0.002
    )


def test_half_of_those_under_6_mp_had_relapsed_by_week_23() -> None:
    """R prints `median 23, 0.95LCL 13, 0.95UCL NA` with the log-log band."""
    found = estimate(six_mp())
    assert (found.n, found.events) == (21, 9)
    assert (found.median_s, found.median_lower_s, found.median_upper_s) == (23, 13, None)


def test_without_a_censored_one_it_is_the_share_that_is_left() -> None:
    """The placebo group of the same paper; median 8 weeks, as in the paper, 95 % limits 4 and 11 as in R."""
    found = estimate([(t, True) for t in PLACEBO])
    for point in found.curve:
        assert point.survival == pytest.approx(sum(t > point.t_s for t in PLACEBO) / 21, abs=1e-12)
    assert (found.median_s, found.median_lower_s, found.median_upper_s) == (8, 4, 11)
    last = found.curve[-1]
    assert (last.t_s, last.survival, last.lower, last.upper, last.at_risk) == (23, 0, 0, 0, 1)


def test_the_curve_begins_at_nought_and_has_every_time_at_which_a_bout_ended() -> None:
    found = estimate([(60, False), (60, True), (90, False), (30, False)])
    assert [point.t_s for point in found.curve] == [0, 30, 60, 90]
    assert [point.at_risk for point in found.curve] == [4, 4, 3, 1]
    assert [point.survival for point in found.curve] == pytest.approx([1, 1, 2 / 3, 2 / 3])
    assert (found.curve[1].lower, found.curve[1].upper) == (1, 1)


def test_nobody_at_risk_is_no_curve() -> None:
    assert kaplan_meier([]) == SurvivalEstimate(0, 0, ())
    assert kaplan_meier([EndedBouts(60.0)]) == SurvivalEstimate(0, 0, ())


def test_bouts_that_all_ended_without_an_episode_say_only_that() -> None:
    found = estimate([(60, False), (120, False)])
    assert (found.n, found.events, found.median_s, found.median_upper_s) == (2, 0, None, None)
    assert [(point.survival, point.lower, point.upper) for point in found.curve] == [(1, 1, 1)] * 3


def test_numb_from_the_first_second() -> None:
    found = estimate([(0, True), (0, False), (60, True)])
    assert [(point.t_s, point.at_risk) for point in found.curve] == [(0, 3), (60, 1)]
    assert found.curve[0].survival == pytest.approx(2 / 3)
    assert found.median_s == 60


def test_exactly_half_is_the_median() -> None:
    """Rounding errors in the product of fractions must not shift it."""
    for n in range(2, 200, 2):
        assert estimate([(t, True) for t in range(1, n + 1)]).median_s == n / 2


def slowly(bouts: Sequence[Bout]) -> list[tuple[float, float, float, float, int]]:
    """The estimate by its definition, time by time, in fractions; the limits by their textbook formula."""
    rows = []
    for t in sorted({0.0, *(length for length, _ in bouts)}):
        survival, variance = Fraction(1), Fraction(0)
        for s in sorted({length for length, event in bouts if event and length <= t}):
            risk = sum(length >= s for length, _ in bouts)
            came = sum(event and length == s for length, event in bouts)
            survival *= 1 - Fraction(came, risk)
            variance += Fraction(came, risk * (risk - came)) if came < risk else 0
        lower = upper = float(survival)
        if 0 < survival < 1:
            centre = math.log(-math.log(survival))
            half = 1.959963984540054 * math.sqrt(variance) / abs(math.log(survival))
            lower, upper = math.exp(-math.exp(centre + half)), math.exp(-math.exp(centre - half))
        rows.append((t, float(survival), lower, upper, sum(length >= t for length, _ in bouts)))
    return rows


@pytest.mark.parametrize("seed", range(200))
def test_any_data_gives_what_the_definition_gives(seed: int) -> None:
    chance = random.Random(seed)
    # Few different times, so that there are ties; every tenth set has no event, and every tenth has only events.
    share = {0: 0.0, 1: 1.0}.get(seed % 10, chance.random())
    longest = chance.choice((4, 30, 4000))
    bouts = [(float(chance.randint(0, longest)), chance.random() < share) for _ in range(chance.randint(1, 60))]
    found = [(point.t_s, point.survival, point.lower, point.upper, point.at_risk) for point in estimate(bouts).curve]
    expected = slowly(bouts)
    assert len(found) == len(expected)
    for ours, theirs in zip(found, expected, strict=True):
        assert ours == pytest.approx(theirs, abs=1e-9)
