"""`numbguard insights`, as scripts and outside tests call it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import pytest

from numbguard.cli.main import main
from numbguard.core.log.records.episode import Episode, EpisodeContext
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.sites import Region, sites_on
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile

NINE = datetime(2025, 3, 3, 9, 0, tzinfo=timezone(timedelta(hours=1)))
CURVE = {"t_s", "survival", "lower", "upper", "at_risk"}


def ask(capsys: pytest.CaptureFixture[str], profile: Path, *words: str) -> dict[str, object]:
    assert main(["insights", "--json", "--profile", str(profile), *words]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    document = json.loads(printed.out)
    assert isinstance(document, dict)
    return document


def say(capsys: pytest.CaptureFixture[str], profile: Path) -> str:
    assert main(["insights", "--profile", str(profile)]) == 0
    return capsys.readouterr().out


def sat(keeping: SafeJournal, number: int, *, weeks: float, numb: bool) -> None:
    """Log a bout of ``weeks`` seconds on day ``number``, which ends with an episode or without one."""
    start = NINE + timedelta(days=number)
    keeping.keep_bout(SittingBout(str(uuid4()), start, start + timedelta(seconds=weeks), weeks, BoutEnd.MOVED))
    if numb:
        keeping.add_episode(
            Episode(str(uuid4()), start + timedelta(seconds=weeks), context=EpisodeContext(seated_s=float(weeks)))
        )


def test_an_empty_log_has_no_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, tmp_path)
    assert (found["episodes"], found["bouts"], found["suggested_interval_s"]) == (0, 0, None)
    assert found["time_to_numbness"] == {
        **dict.fromkeys(("n", "events"), 0),
        **dict.fromkeys(("median_s", "median_lower_s", "median_upper_s")),
        "curve": [],
    }
    assert say(capsys, tmp_path) == "No episodes in this period.\n"


def test_the_remission_times_of_1963_come_out_as_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The figures of `tests/core/log/test_survival.py`, stored in the log and read back."""
    profile = Profile.find(str(tmp_path))
    journal = SqliteJournal(profile)
    keeping = SafeJournal(journal, profile)
    relapsed, in_remission = (6, 6, 6, 7, 10, 13, 16, 22, 23), (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
    for number, weeks in enumerate((*relapsed, *in_remission)):
        sat(keeping, number, weeks=weeks, numb=number < len(relapsed))
    journal.close()
    found = ask(capsys, tmp_path)
    time = found["time_to_numbness"]
    assert isinstance(time, dict)
    assert (found["episodes"], found["bouts"], time["n"], time["events"], time["median_s"]) == (9, 21, 21, 9, 23)
    assert all(set(point) == CURVE for point in time["curve"])
    curve = {point["t_s"]: point for point in time["curve"]}
    assert sorted(curve) == [0, *sorted({*relapsed, *in_remission})]
    assert curve[10]["survival"] == pytest.approx(0.7529, abs=5e-5)
    assert (curve[23]["lower"], curve[23]["upper"]) == (
        pytest.approx(0.1881, abs=5e-5),
        pytest.approx(0.6801, abs=5e-5),
    )
    assert (curve[6]["at_risk"], curve[35]["at_risk"]) == (21, 1)
    later = ask(capsys, tmp_path, "--since", "2025-03-12", "--until", "2025-03-13")
    assert (later["episodes"], later["bouts"]) == (0, 2)


def test_a_log_that_bears_it_speaks_and_suggests(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = Profile.find(str(tmp_path))
    journal = SqliteJournal(profile)
    keeping = SafeJournal(journal, profile)
    for number in range(70):
        start = NINE + timedelta(days=number)
        seated = (50 if number % 5 else 20) * 60.0
        keeping.keep_bout(SittingBout(str(uuid4()), start, start + timedelta(hours=1), 3600.0, BoutEnd.NATURAL))
        numb = start + timedelta(seconds=seated)
        for move in range(3 if number // 7 % 2 else 1):
            moved = start + timedelta(hours=move + 2)
            keeping.keep_break(BreakRecord(str(uuid4()), Outcome.MOVED, moved, None))
        if number % 2:
            continue
        keeping.add_episode(
            Episode(
                str(uuid4()),
                numb,
                ended_at=numb + timedelta(minutes=2),
                sites=sites_on(None, Region.CALF),
                relief="position" if number % 4 else "massage",
                relief_after_s=45.0 if number % 4 else 200.0,
                context=EpisodeContext(seated_s=seated),
            )
        )
    journal.close()
    found = ask(capsys, tmp_path)
    assert found["suggested_interval_s"] is None
    suggestion = found["suggestion"]
    assert isinstance(suggestion, dict)
    assert (suggestion["says"], suggestion["interval_s"], suggestion["current_s"]) == ("too_little", None, 45 * 60)
    assert (suggestion["free_share"], suggestion["none_is_short_enough"]) == (0.95, False)
    assert found["trend"] == {
        "recent": {"weeks": 4, "episodes": 14},
        "earlier": {"weeks": 4, "episodes": 14},
        "change": "unchanged",
    }
    assert found["said"] == say(capsys, tmp_path).splitlines()
    assert say(capsys, tmp_path).splitlines() == [
        "Numbness usually starts after 50 minutes of sitting.",
        "Your log doesn't have enough yet to say whether a break every 45 minutes suits you. 4 more sittings "
        "that long could show it.",
        "It is mostly your calf.",
        "About 4 a week, unchanged.",
        "It usually lasts 2 minutes.",
        "Most often between 9:00 and 10:00.",
        "35 episodes, 70 sittings.",
        "When you sit without a break, numbness starts within 50 minutes half the time (95% band: 50 minutes or "
        "later): 35 of 70 sittings had an episode.",
        "NumbGuard looks for the longest interval of 30 to 60 minutes after which the curve, with its 95% band, "
        "is above 95% without numbness. It needs 59 sittings that long. It suggests a shorter one only if the "
        "whole band of your current interval is below that. The figures can't tell you whether a break prevents "
        "numbness.",
        "You had been sitting for 50 minutes when an episode started (median of 35).",
        "14 episodes in the last 4 whole weeks, 14 in the 4 whole weeks before. A difference this small may be chance.",
        "Episodes lasted 2 minutes (median of 35).",
        "How long it took to go, by what helped: 45 seconds with position (17), 3 minutes with massage (18). "
        "What you try may depend on how bad it is.",
        "Recorded most often: calf, 35 of 35.",
        "The busiest hour starts at 9:00, 35 of 35. That may just be when you sit most.",
        "3.0 episodes a week in the 4 weeks with more breaks taken, 4.0 in the other 4. This difference could "
        "just be chance.",
        "These are figures from your own log. They show what happened together, not what caused what.",
    ]


def test_sitting_without_an_episode_speaks_for_the_interval(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = Profile.find(str(tmp_path))
    journal = SqliteJournal(profile)
    keeping = SafeJournal(journal, profile)
    for number in range(60):
        sat(keeping, number, weeks=46 * 60, numb=False)
    journal.close()
    assert say(capsys, tmp_path).splitlines() == [
        "No episodes in this period.",
        "A break every 45 minutes suits you: all sittings that long stay free of numbness.",
    ]


def test_the_interval_is_compared_with_the_one_that_is_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = Profile.find(str(tmp_path))
    journal = SqliteJournal(profile)
    keeping = SafeJournal(journal, profile)
    for number in range(200):
        sat(keeping, number, weeks=37 * 60 if number < 20 else 46 * 60, numb=number < 20)
    journal.close()
    found = ask(capsys, tmp_path)["suggestion"]
    assert isinstance(found, dict)
    assert (found["says"], found["interval_s"]) == ("shorter", 35 * 60)
    profile.settings.write_text('[breaks]\ninterval = "35m"\n', encoding="utf-8")
    found = ask(capsys, tmp_path)["suggestion"]
    assert isinstance(found, dict)
    assert (found["says"], found["interval_s"], found["current_s"]) == ("serves", 35 * 60, 35 * 60)


def test_words_that_are_wrong_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["insights", "--profile", str(tmp_path), "--since", "soon"])
    assert ended.value.code == 2
