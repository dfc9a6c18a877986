"""The counts of the log: which episode belongs to which sitting bout, what a period holds, and that both stay true."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from uuid import uuid4

import pytest

from numbguard.core.log.insights import EpisodesOfDay, EpisodesOfWeek, SeatedDays, ValueCounts
from numbguard.core.log.records.episode import Episode, EpisodeContext, Posture
from numbguard.core.log.records.habits import PostureCheck
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.log.survival import EndedBouts
from numbguard.core.sites import Region, Side, sites_on
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.queries import insights as insight_queries
from numbguard.store.log.queries.insights import InsightQueries, Period
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.wording.log.insights import sound_since
from tests.store.conftest import NOON
from tools.former_logs import write_former

Make = Callable[..., Episode]
FIRST = date(2025, 3, 3)
"""A Monday."""


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def bout(start: float, end: float, seated_s: float | None = None) -> SittingBout:
    length = (end - start) * 60 if seated_s is None else seated_s
    return SittingBout(str(uuid4()), at(start), at(end), length, BoutEnd.MOVED)


def sat(seconds: float | None) -> EpisodeContext:
    return EpisodeContext(seated_s=seconds)


def ended(journal: SqliteJournal) -> dict[float, tuple[int, int]]:
    found: dict[float, tuple[int, int]] = {}
    for one in InsightQueries(journal).ended():
        events, censored = found.get(one.t_s, (0, 0))
        found[one.t_s] = (events + one.events, censored + one.censored)
    return found


# --- an episode and its sitting bout ----------------------------------------------------------------------------------


def test_a_bout_with_an_episode_is_an_event_at_its_seated_clock_and_any_other_is_censored(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    for one in (bout(0, 60, 3000), bout(100, 130)):
        keeping.keep_bout(one)
    keeping.add_episode(episode(40, context=sat(2100.5)))
    keeping.add_episode(episode(80, context=sat(0)))
    assert ended(journal) == {2100.5: (1, 0), 1800: (0, 1)}, "the one at 80 min was in no bout"


def test_the_first_episode_of_a_bout_counts_whichever_was_logged_first(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    keeping.add_episode(episode(50, context=sat(3000)))
    keeping.keep_bout(bout(0, 60))
    keeping.add_episode(episode(20, context=sat(1200)))
    assert ended(journal) == {1200: (1, 0)}


def test_an_episode_told_later_counts_at_its_place_in_the_bout(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    """What the clock read is not known then; time away is taken to be spread evenly."""
    keeping.keep_bout(bout(0, 60, 3000))
    keeping.add_episode(episode(30))
    assert ended(journal) == {1500: (1, 0)}


def test_taken_back_and_told_again(journal: SqliteJournal, keeping: SafeJournal, episode: Make) -> None:
    first, second = episode(20, context=sat(1200)), episode(40, context=sat(2400))
    keeping.keep_bout(bout(0, 60))
    for one in (first, second):
        keeping.add_episode(one)
    keeping.undo_episode(first.id)
    assert ended(journal) == {2400: (1, 0)}
    keeping.undo_episode(second.id)
    assert ended(journal) == {3600: (0, 1)}
    keeping.add_episode(replace(first, context=sat(1300)))
    assert ended(journal) == {1300: (1, 0)}


def test_an_episode_that_is_moved_leaves_one_bout_for_another(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    one = episode(20, context=sat(1200))
    keeping.keep_bout(bout(0, 60))
    keeping.keep_bout(bout(100, 160, 3000))
    keeping.add_episode(one)
    keeping.add_episode(replace(one, started_at=at(110)))
    assert ended(journal) == {3600: (0, 1), 1200: (1, 0)}


def test_a_bout_that_changes_asks_again(journal: SqliteJournal, keeping: SafeJournal, episode: Make) -> None:
    first = bout(0, 10)
    keeping.keep_bout(first)
    keeping.add_episode(episode(20, context=sat(1200)))
    keeping.keep_bout(replace(first, ended_at=at(30), seated_s=1800))
    assert ended(journal) == {1200: (1, 0)}


def test_where_one_bout_ends_as_the_next_begins_the_clock_tells_which_it_was(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    for one in (bout(0, 30), bout(30, 60), bout(60, 100)):
        keeping.keep_bout(one)
    keeping.add_episode(episode(30, context=sat(1800)))
    keeping.add_episode(episode(60, context=sat(0)))
    assert ended(journal) == {1800: (1, 1), 0: (1, 0)}


def test_an_old_log_is_brought_to_the_same(profile: Profile, episode: Make) -> None:
    write_former(profile, 2, [bout(0, 60), bout(70, 90), episode(20, context=sat(1200))])
    with closing(SqliteJournal(profile)) as brought_up_to_date:
        assert ended(brought_up_to_date) == {1200: (1, 1)}


@pytest.mark.parametrize("seed", range(6))
def test_however_a_log_came_about_it_counts_what_the_definition_says(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make, seed: int
) -> None:
    """Two machines' bouts, overlapping; episodes added, moved and taken back in any order."""
    chance = random.Random(seed)
    bouts = [bout(start, start + chance.randint(0, 90), chance.randint(0, 5000)) for start in range(0, 600, 25)]
    # Odd seconds, each its own, so that no episode falls on the beginning or end of a bout or on another.
    told = [
        episode(minute + 1 / 7, context=sat(chance.choice((None, chance.randint(0, 5000)))))
        for minute in chance.sample(range(-60, 700), 25)
    ]
    steps: list[Callable[[], object]] = [lambda one=one: keeping.keep_bout(one) for one in bouts]  # type: ignore[misc]
    steps += [lambda one=one: keeping.add_episode(one) for one in told]  # type: ignore[misc]
    chance.shuffle(steps)
    for step in steps:
        step()
    for number in range(0, 25, 4):
        told[number] = replace(told[number], started_at=at(chance.randint(0, 600) + (number + 2) / 100))
        keeping.add_episode(told[number])
    gone = {one.id for one in told[::5]}
    for one in gone:
        keeping.undo_episode(one)
    live = sorted((one for one in told if one.id not in gone), key=lambda one: one.started_at)
    assert ended(journal) == by_definition(bouts, live)


def by_definition(bouts: Sequence[SittingBout], live: Sequence[Episode]) -> dict[float, tuple[int, int]]:
    found: dict[float, tuple[int, int]] = {}
    before: SittingBout | None = None
    for one in sorted(map(corrected, bouts), key=lambda each: (each.ended_at, each.started_at)):
        overlaps = before is not None and before.ended_at > one.started_at + timedelta(seconds=2)
        before = one
        if overlaps:
            continue
        span = (one.ended_at - one.started_at) // timedelta(microseconds=1)
        seated_s = one.seated_s
        first = next((each for each in live if belongs(each, one, seated_s)), None)
        if first is None:
            at_s, event = seated_s, False
        elif first.context.seated_s is not None:
            at_s, event = min(first.context.seated_s, max(seated_s, first.context.seated_s - 300)), True
        else:
            us = (first.started_at - one.started_at) // timedelta(microseconds=1)
            at_s, event = seated_s * us / span, True
        events, censored = found.get(at_s, (0, 0))
        found[at_s] = (events + event, censored + (not event))
    return found


def corrected(one: SittingBout) -> SittingBout:
    """A bout with more sitting than its span began earlier than it says."""
    length = timedelta(seconds=one.seated_s)
    if length <= one.ended_at - one.started_at + timedelta(seconds=2):
        return one
    return replace(one, started_at=one.ended_at - length)


def belongs(each: Episode, one: SittingBout, seated_s: float) -> bool:
    """In the bout and not of the one before, as numbness noticed on rising is; or noticed on rising from this one."""
    read_s, into_s = each.context.seated_s, (each.started_at - one.started_at).total_seconds()
    if into_s < 0 or (into_s < 180 and read_s is not None and read_s > into_s + 60):
        return False
    late_s = (each.started_at - one.ended_at).total_seconds()
    if late_s <= 0 or late_s > 1800 or read_s is None:
        return late_s <= 0
    return seated_s - 1 <= read_s <= seated_s + 300 and read_s > late_s


def test_numbness_noticed_on_rising_is_an_event_of_the_bout_before(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    keeping.keep_bout(bout(0, 45))
    keeping.keep_bout(bout(52, 90))
    keeping.add_episode(episode(52.1, context=sat(2700)))
    assert ended(journal) == {2700: (1, 0), 38 * 60: (0, 1)}


def test_numbness_while_standing_is_an_event_of_the_bout_before(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    keeping.keep_bout(bout(0, 45))
    keeping.add_episode(episode(46, context=sat(2700)))
    keeping.add_episode(episode(47, context=sat(0)))
    assert ended(journal) == {2700: (1, 0)}


def test_bouts_that_cannot_be_true_are_put_right_or_left_out(journal: SqliteJournal, keeping: SafeJournal) -> None:
    """As earlier versions wrote them. Nothing is deleted, and the figures say from when on they are sound."""
    assert InsightQueries(journal).insights().sound_since is None
    keeping.keep_bout(bout(0, 40))
    sound = InsightQueries(journal).insights()
    assert (sound.sound_since, sound.left_out) == (None, 0)
    keeping.keep_bout(bout(60, 80, 1500))  # more than its span: it began five minutes earlier
    keeping.keep_bout(bout(70, 100))  # overlaps the one before
    keeping.keep_bout(bout(200, 197, 1500))  # ends before it begins: it began at 172
    keeping.keep_bout(bout(260, 250, 6000))  # would overlap the one before
    keeping.keep_bout(bout(300, 330))
    assert ended(journal) == {2400: (0, 1), 1500: (0, 2), 1800: (0, 1)}
    found = InsightQueries(journal).insights()
    assert (found.bouts, found.left_out, found.sound_since) == (4, 2, at(260))
    assert sound_since(sound.sound_since) == ""
    assert "The figures since then are sound" in sound_since(found.sound_since)
    with journal.reading() as connection:
        assert connection.execute("SELECT count(*) FROM bouts").fetchone() == (6,)
    assert InsightQueries(journal, Period(at(270))).insights().sound_since is None


@pytest.mark.parametrize(("began", "ended_at", "sat_s"), [(52, 57, 600), (52, 49, 120)], ids=["too long", "backwards"])
def test_the_break_in_the_log_says_how_a_bout_was_counted_twice(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make, began: int, ended_at: int, sat_s: int
) -> None:
    """As version 0.1 wrote the day of somebody who worked on without answering, and of one who locked the screen."""
    keeping.keep_bout(bout(0, 52, 49 * 60))
    keeping.keep_break(BreakRecord(str(uuid4()), Outcome.FINISHED, at(45), at(52), seated_s=45 * 60))
    keeping.keep_bout(bout(began, ended_at, sat_s))
    assert ended(journal) == {45 * 60: (0, 1), sat_s: (0, 1)}
    assert InsightQueries(journal).unsound() == (0, at(max(began, ended_at)))
    keeping.add_episode(episode(48))
    assert ended(journal)[45 * 60] == (0, 1), "the numbness began in the second of the two"


def test_a_clock_that_showed_the_wrong_year_leaves_no_other_bout_out(
    journal: SqliteJournal, keeping: SafeJournal
) -> None:
    keeping.keep_bout(bout(-5_000_000, 0, 1800))
    keeping.keep_bout(bout(-100, -60))
    keeping.keep_bout(bout(20, 60))
    assert ended(journal) == {2400: (0, 2)}
    assert InsightQueries(journal).unsound() == (1, at(0))


def test_numbness_later_in_the_day_is_not_of_a_bout_of_the_same_length(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    keeping.keep_bout(bout(0, 20))
    keeping.keep_bout(bout(23, 60))
    keeping.add_episode(episode(43, context=sat(1200)))
    assert ended(journal) == {1200: (1, 1)}


def test_many_bouts_are_counted_by_the_whole_second(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for start in range(0, 300, 100):
        keeping.keep_bout(bout(start, start + 60, 3600.4 if start else 3599.6))
    keeping.add_episode(episode(250, context=sat(2999.5)))
    assert len(InsightQueries(journal).ended()) == 3
    monkeypatch.setattr(insight_queries, "EXACT_UP_TO", 2)
    assert ended(journal) == {3600: (0, 2), 3000: (1, 0)}
    period = Period(at(50), at(150))
    monkeypatch.setattr(insight_queries, "EXACT_UP_TO", 0)
    assert InsightQueries(journal, period).ended() == [EndedBouts(3600, censored=1)]


# --- the other counts -------------------------------------------------------------------------------------------------


def full_log(keeping: SafeJournal, episode: Make) -> None:
    """Noon is a Monday's; one day later each time."""
    day = 24 * 60
    told = [
        episode(0, sites=sites_on(Side.LEFT, Region.CALF, Region.SOLE), ended_at=at(2), relief="position"),
        episode(day, sites=sites_on(Side.LEFT, Region.CALF), posture=Posture.SLOUCHED, context=sat(60)),
        episode(2 * day + 60, leg=Side.RIGHT, ended_at=at(2 * day + 64), relief="massage", relief_after_s=240.0),
        episode(2 * day + 60, sites=sites_on(Side.RIGHT, Region.TOES)),
    ]
    for one in told:
        keeping.add_episode(one)
    keeping.undo_episode(told[3].id)
    for minutes, outcome in ((0, Outcome.MOVED), (1, Outcome.MOVED), (day, Outcome.NATURAL), (day, Outcome.SKIPPED)):
        keeping.keep_break(BreakRecord(str(uuid4()), outcome, at(minutes), None))
    for minutes, uncrossed in ((0, True), (60, False), (day, True)):
        keeping.add_posture_check(
            PostureCheck(
                str(uuid4()),
                at(minutes),
                feet_supported=True,
                knees_level=True,
                screen_level=True,
                back_supported=True,
                legs_uncrossed=uncrossed,
            )
        )


def test_the_sitting_of_a_period_is_counted_by_day(journal: SqliteJournal, keeping: SafeJournal) -> None:
    day = 24 * 60
    for start, end in ((0, 60), (100, 130), (day, day + 20), (2 * day, 2 * day + 90)):
        keeping.keep_bout(bout(start, end))
    found = InsightQueries(journal, Period(until=at(2 * day))).seated()
    assert found == SeatedDays({FIRST: 90 * 60, FIRST + timedelta(days=1): 20 * 60}, bouts=3, longest_s=3600)
    assert InsightQueries(journal, Period(since=at(9999))).seated() == SeatedDays({}, bouts=0, longest_s=0)


def test_a_bout_past_midnight_gives_each_day_of_a_period_its_part(journal: SqliteJournal, keeping: SafeJournal) -> None:
    midnight = datetime.combine(FIRST + timedelta(days=1), time())
    to_midnight = (midnight - at(0).replace(tzinfo=None)) / timedelta(minutes=1)
    keeping.keep_bout(bout(to_midnight - 60, to_midnight + 30))
    second = FIRST + timedelta(days=1)
    assert InsightQueries(journal).seated() == SeatedDays({FIRST: 3600, second: 1800}, bouts=1, longest_s=5400)
    assert InsightQueries(journal, Period(midnight)).seated() == SeatedDays({second: 1800}, bouts=1, longest_s=1800)
    assert InsightQueries(journal, Period(None, midnight)).seated() == SeatedDays({FIRST: 3600}, 1, longest_s=3600)
    assert len(InsightQueries(journal, Period(midnight)).ended()) == 0, "as a sitting it is one, where it began"


def told(counts: dict[str, int]) -> dict[str, int]:
    return {word: count for word, count in counts.items() if count}


def test_the_whole_log_is_counted(journal: SqliteJournal, keeping: SafeJournal, episode: Make) -> None:
    full_log(keeping, episode)
    found = InsightQueries(journal).insights()
    assert (found.episodes, found.bouts) == (3, 0)
    assert told(dict(found.sides.counts)) == {"left": 2, "right": 1}
    assert found.places[Region.CALF, Side.LEFT] == 2
    assert (told(dict(found.regions.counts)), found.regions.n, found.regions.unanswered) == (
        {"calf": 2, "sole": 1},
        2,
        1,
    )
    assert (told(dict(found.postures.counts)), found.postures.unanswered) == ({"slouched": 1}, 2)
    assert told(dict(found.hours.counts)) == {"12": 2, "13": 1}, "by the clock that hung there"
    assert told(dict(found.weekdays.counts)) == {"monday": 1, "tuesday": 1, "wednesday": 1}
    assert [(week.monday, week.episodes, week.moved, week.natural) for week in found.weeks] == [
        (date(2025, 3, 3), 3, 2, 1)
    ]
    assert (found.lasted.n, found.sat_before.n) == (2, 1)
    assert {kind: spread.n for kind, spread in found.relief.items()} == {"massage": 1}
    checked = found.checked
    assert (checked.crossed_days, checked.crossed_episodes, checked.other_days, checked.other_episodes) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    ("since", "until", "regions", "days", "weeks"),
    [
        (
            None,
            1440,
            {"calf": 1, "sole": 1},
            [EpisodesOfDay(date(2025, 3, 3), 1)],
            (EpisodesOfWeek(FIRST, 1, moved=2),),
        ),
        (
            1440,
            None,
            {"calf": 1},
            [EpisodesOfDay(date(2025, 3, 4), 1), EpisodesOfDay(date(2025, 3, 5), 1)],
            (EpisodesOfWeek(FIRST, 2, natural=1),),
        ),
        (1440, 1441, {"calf": 1}, [EpisodesOfDay(date(2025, 3, 4), 1)], (EpisodesOfWeek(FIRST, 1, natural=1),)),
        (9999, None, {}, [], ()),
    ],
)
def test_a_period_holds_what_began_in_it(
    journal: SqliteJournal,
    keeping: SafeJournal,
    episode: Make,
    since: float | None,
    until: float | None,
    regions: dict[str, int],
    days: list[EpisodesOfDay],
    weeks: tuple[EpisodesOfWeek, ...],
) -> None:
    full_log(keeping, episode)
    period = Period(None if since is None else at(since), None if until is None else at(until))
    found = InsightQueries(journal, period)
    assert told(dict(found.regions().counts)) == regions
    assert found.days() == days
    assert found.weeks() == weeks
    assert found.insights().episodes == sum(day.episodes for day in days)


@pytest.mark.parametrize("seed", range(2))
def test_a_period_is_counted_right_wherever_its_ends_fall_and_in_whatever_order_the_log_was_written(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make, seed: int
) -> None:
    chance = random.Random(seed)
    zones = [timezone(timedelta(hours=hours)) for hours in (-11, 0, 14)]

    def some(count: int) -> list[datetime]:
        return [
            (NOON + timedelta(minutes=chance.randint(0, 60_000))).astimezone(chance.choice(zones)) for _ in range(count)
        ]

    told = [
        replace(episode(), started_at=when, sites=sites_on(None, *chance.sample(list(Region), chance.randint(0, 3))))
        for when in some(60)
    ]
    taken = [BreakRecord(str(uuid4()), Outcome.MOVED, when, None) for when in some(60)]
    order: list[Episode | BreakRecord] = [*told, *taken]
    if seed % 2:
        chance.shuffle(order)
    else:
        order.sort(key=lambda one: one.started_at)
    for one in order:
        keeping.add_episode(one) if isinstance(one, Episode) else keeping.keep_break(one)
    for one in told[::7]:
        keeping.undo_episode(one.id)
    for since, until in [sorted(some(2)) for _ in range(6)] + [(NOON, NOON), (None, some(1)[0]), (some(1)[0], None)]:
        found = InsightQueries(journal, Period(since, until))

        def within(when: datetime, since: datetime | None = since, until: datetime | None = until) -> bool:
            return (since is None or when >= since) and (until is None or when < until)

        held = [one for place, one in enumerate(told) if place % 7 and within(one.started_at)]
        weeks: dict[date, list[int]] = {}
        for place, entries in enumerate((held, [one for one in taken if within(one.started_at)])):
            for one in entries:
                monday = one.started_at.date() - timedelta(days=one.started_at.weekday())
                weeks.setdefault(monday, [0, 0])[place] += 1
        assert found.weeks() == tuple(EpisodesOfWeek(monday, *weeks[monday]) for monday in sorted(weeks))
        counts = {region.value: sum(region in one.regions for one in held) for region in Region}
        assert found.regions() == ValueCounts(
            sum(bool(one.regions) for one in held), sum(not one.regions for one in held), counts
        )


def test_days_are_those_of_the_clock_that_hung_there(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    """Late on Sunday in New York is Monday in Auckland."""
    for hours in (-5, 13):
        zone = timezone(timedelta(hours=hours))
        late = datetime(2025, 3, 2, 23, 0, tzinfo=timezone(timedelta(hours=-5))).astimezone(zone)
        keeping.add_episode(replace(episode(), started_at=late))
    first = datetime(1, 1, 1, 0, 0, tzinfo=timezone(timedelta(hours=13)))
    keeping.add_episode(replace(episode(), started_at=first))
    days = InsightQueries(journal).days()
    assert [(one.day, one.episodes) for one in days] == [
        (date(1, 1, 1), 1),
        (date(2025, 3, 2), 1),
        (date(2025, 3, 3), 1),
    ]
    assert InsightQueries(journal).hours().counts["17"] == 1


def test_breaks_are_gathered_by_the_week_of_the_clock_that_hung_there(
    journal: SqliteJournal, keeping: SafeJournal
) -> None:
    """From Monday to Sunday, with years between them, also before 1970."""
    zone = timezone(timedelta(hours=13))
    days = [date(1969, 12, 28), date(1969, 12, 29), date(2025, 3, 2), date(2025, 3, 3), date(2025, 3, 9)]
    for day in days:
        late = datetime(day.year, day.month, day.day, 0, 30, tzinfo=zone)
        keeping.keep_break(BreakRecord(str(uuid4()), Outcome.MOVED, late, None))
    assert InsightQueries(journal).weeks() == (
        EpisodesOfWeek(date(1969, 12, 22), moved=1),
        EpisodesOfWeek(date(1969, 12, 29), moved=1),
        EpisodesOfWeek(date(2025, 2, 24), moved=1),
        EpisodesOfWeek(date(2025, 3, 3), moved=2),
    )


# --- where, by leg ----------------------------------------------------------------------------------------------------


def test_regions_are_counted_by_leg_whichever_way_an_episode_came_changed_or_went(
    journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    first, second, third = (
        episode(10, sites=sites_on(Side.LEFT, Region.CALF, Region.SOLE)),
        episode(20, sites=sites_on(Side.BOTH, Region.CALF)),
        episode(30, sites=sites_on(None, Region.TOES)),
    )
    for one in (first, second, third):
        keeping.add_episode(one)
    counted = InsightQueries(journal)
    assert counted.places() == {
        (Region.CALF, Side.LEFT): 1,
        (Region.CALF, Side.BOTH): 1,
        (Region.SOLE, Side.LEFT): 1,
        (Region.TOES, None): 1,
    }
    keeping.add_episode(replace(first, sites=sites_on(Side.RIGHT, Region.CALF, Region.SOLE)))
    keeping.add_episode(replace(third, sites=sites_on(Side.LEFT, Region.TOES, Region.CALF)))
    keeping.undo_episode(second.id)
    assert {place: count for place, count in counted.places().items() if count} == {
        (Region.CALF, Side.RIGHT): 1,
        (Region.SOLE, Side.RIGHT): 1,
        (Region.TOES, Side.LEFT): 1,
        (Region.CALF, Side.LEFT): 1,
    }
    assert (counted.regions().n, counted.regions().counts["calf"]) == (2, 2)
    late = InsightQueries(journal, Period(since=at(25)))
    assert {place: count for place, count in late.places().items() if count} == {
        (Region.TOES, Side.LEFT): 1,
        (Region.CALF, Side.LEFT): 1,
    }
