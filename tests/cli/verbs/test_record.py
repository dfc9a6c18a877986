"""An episode as it was, through the verbs: its places, its end, its signs, its day."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.red_flags import WarningSign
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile

from ..command_line import CommandLine, environment

BERLIN, LOS_ANGELES = "CET-1CEST,M3.5.0,M10.5.0/3", "PST8PDT,M3.2.0,M11.1.0"


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "profile", environment(tmp_path), here=True)


def at_home_in(line: CommandLine, zone: str) -> CommandLine:
    return CommandLine(line.profile, line.env | {"TZ": zone})


def test_left_calf_and_right_sole_are_two_places(line: CommandLine) -> None:
    logged = line.ask("log", "--site", "right:sole", "--site", "left:calf")
    assert logged["sites"] == [{"region": "calf", "side": "left"}, {"region": "sole", "side": "right"}]
    assert (logged["side"], logged["regions"]) == ("both", ["calf", "sole"])
    assert line.ask("episodes") == [logged]
    assert "left: calf; right: sole" in line.run("episodes").stdout


def test_both_is_left_and_right_and_a_side_may_be_unknown(line: CommandLine) -> None:
    logged = line.ask("log", *("--site", "left:toes", "--site", "right:toes", "--site", "unknown:foot-top"))
    assert logged["sites"] == [{"region": "foot_top", "side": None}, {"region": "toes", "side": "both"}]


def test_side_and_region_keep_working(line: CommandLine) -> None:
    logged = line.ask("log", "--side", "both", "--region", "calf", "--region", "sole")
    assert logged["sites"] == [{"region": "calf", "side": "both"}, {"region": "sole", "side": "both"}]
    assert logged["before_sites"] is False, "it was said of each"
    leg = line.ask("log", "--side", "left")
    assert (leg["side"], leg["regions"], leg["sites"]) == ("left", [], [])
    mixed = line.ask("log", *("--site", "left:calf", "--side", "right", "--region", "knee"))
    assert mixed["sites"] == [{"region": "knee", "side": "right"}, {"region": "calf", "side": "left"}]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--site", "calf"], "such as left:calf"),
        (["--site", "up:calf"], "“up” is not one of them"),
        (["--site", "left:nose"], "“nose” is not one of them"),
        (["--site", "left:calf", "--side", "right"], "a --site has its own side"),
    ],
)
def test_a_place_that_is_none_is_named(line: CommandLine, words: list[str], says: str) -> None:
    assert says in line.refused(2, "log", *words)
    assert line.ask("episodes") == []


def test_onset_and_back_pain_can_be_said(line: CommandLine) -> None:
    logged = line.ask("log", "--onset", "sudden", "--back-pain")
    assert (logged["onset"], logged["back_pain"]) == ("sudden", True)


def test_a_past_episode_without_an_end_is_not_open(line: CommandLine) -> None:
    past = line.ask("log", "--at", "30 minutes ago")
    assert (past["end"], past["ended_at"]) == ("unknown", None)
    assert line.ask("status")["open_episode"] is None
    assert line.refused(1, "gone") == "No episode is open."
    now = line.ask("log")
    assert now["end"] == "open"
    assert line.ask("gone")["end"] == "at"
    assert line.ask("log", "--ended", "unknown")["end"] == "unknown"
    after = line.ask("log", "--at", "30 minutes ago", "--ended", "15m")
    assert datetime.fromisoformat(after["ended_at"]) - datetime.fromisoformat(after["started_at"]) == timedelta(
        minutes=15
    )


def test_what_is_known_to_be_a_few_hours_old_can_still_be_ended_by_its_id(line: CommandLine) -> None:
    past = line.ask("log", "--at", "30 minutes ago")
    assert line.ask("gone", past["id"])["end"] == "at"
    old = line.ask("log", "--at", "2026-03-02T12:00")
    assert line.ask("gone", old["id"])["end"] == "unknown", "nobody was numb for months"


def test_an_episode_is_found_under_the_day_where_it_happened(line: CommandLine, tmp_path: Path) -> None:
    logged = at_home_in(line, BERLIN).ask("log", "--at", "2026-06-03T08:00", "--ended", "2026-06-03T08:10")
    away = at_home_in(line, LOS_ANGELES)
    assert [one["id"] for one in away.ask("episodes", "--since", "2026-06-03", "--until", "2026-06-03")] == [
        logged["id"]
    ]
    assert away.ask("episodes", "--until", "2026-06-02") == []
    assert away.ask("insights", "--since", "2026-06-03", "--until", "2026-06-03")["episodes"] == 1
    report = away.ask("report", str(tmp_path / "day.pdf"), "--since", "2026-06-03", "--until", "2026-06-03")
    assert report["episodes"] == report["listed"] == 1
    assert away.ask("episodes", "--since", "2026-06-03T00:00-07:00") == [], "a moment with an offset is that moment"


def test_answers_are_part_of_the_episode(line: CommandLine) -> None:
    logged, profile = line.ask("log"), Profile.find(str(line.profile))
    journal = SqliteJournal(profile)
    keeping, now = SafeJournal(journal, profile), datetime.now().astimezone()
    for sign, present, version in ((WarningSign.SADDLE, False, 2), (WarningSign.INJURY, True, 1)):
        keeping.add_sign_answer(SignAnswer(f"{logged['id']}.{sign}", now, logged["id"], sign, present, version))
    journal.close()
    (one,) = line.ask("episodes")
    assert one["signs"] == {"saddle": False, "injury": True}
    assert line.ask("status")["open_episode"]["signs"] == one["signs"]
    assert line.ask("gone")["signs"] == one["signs"]
