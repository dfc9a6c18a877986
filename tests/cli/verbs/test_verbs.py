"""The command line as scripts and hot keys use it, with a running app and without one.

One app without a screen runs for the whole module; tests that would disturb others use a profile of their own.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from numbguard.ipc.shown_windows import WINDOWS
from numbguard.runtime.one_numbness import SAME_NUMBNESS_S
from tests.cli.command_line import CommandLine, environment, start
from tools.desktop.app_process import CHECKOUT, wait_until

RELIEF = "Change your position. If the leg will hold you, stand up and shake it gently."
LOOK_AT_THE_SIGNS = "Before you go on. Is anything else wrong? What to do depends on that."
STATES = {"sitting", "standing", "away", "announced", "break", "paused", "off"}
EPISODE_KEYS = {
    *("id", "started_at", "ended_at", "side", "regions", "sensations", "severity", "posture", "onset", "weakness"),
    *("back_pain", "relief", "relief_after_s", "note", "context", "sites", "before_sites", "end", "signs"),
}
STATUS_KEYS = {
    *("running", "version", "speed", "state", "seat", "seated_s", "interval_s", "due_in_s", "suppressed"),
    *("overdue", "paused_until", "break", "senses", "open_episode", "today", "log"),
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """A running app."""
    folder = tmp_path_factory.mktemp("app")
    line = CommandLine(folder / "profile", environment(folder), here=True)
    running = start(line)
    yield line
    running.stop()
    assert "Warning" not in running.output


@pytest.fixture(scope="module")
def _nobody(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    folder = tmp_path_factory.mktemp("nobody")
    return CommandLine(folder / "profile", environment(folder), here=True)


@pytest.fixture
def alone(tmp_path: Path) -> CommandLine:
    """A new profile without an app."""
    return CommandLine(tmp_path / "profile", environment(tmp_path), here=True)


@pytest.fixture(params=["with the app", "without an app"])
def line(request: pytest.FixtureRequest, app: CommandLine) -> CommandLine:
    """The command line, once with a running app and once without."""
    if request.param == "with the app":
        return app
    other: CommandLine = request.getfixturevalue("_nobody")
    return other


# --- status ----------------------------------------------------------------------------------------------------------


def test_status_tells_all_that_was_promised(app: CommandLine) -> None:
    status = app.ask("status")
    assert set(status) >= STATUS_KEYS
    assert status["running"] is True
    assert status["speed"] == 1
    assert status["state"] in STATES
    assert status["seat"] == "sitting"
    assert (status["interval_s"], status["paused_until"], status["break"]) == (2700, None, None)
    assert status["seated_s"] + status["due_in_s"] in (2699, 2700, 2701)
    assert set(status["senses"]) >= {"idle", "session", "quiet", "notify"}
    for sense in status["senses"].values():
        assert set(sense) >= {"backend", "works"}
    assert set(status["today"]) >= {"breaks", "episodes", "seated_s", "longest_sitting_s", "water", "walk_min"}
    assert set(status["today"]["breaks"]) >= {"moved", "finished", "snoozed", "skipped", "natural"}


def test_status_without_an_app_tells_what_the_log_knows(alone: CommandLine) -> None:
    id = alone.run("log").stdout.strip()
    status = alone.ask("status")
    assert set(status) >= STATUS_KEYS
    assert status["running"] is False
    assert status["state"] is None
    assert status["open_episode"]["id"] == id
    assert status["today"]["episodes"] == 1
    assert alone.run("status").stdout == "NumbGuard is not running.\n"


# --- verbs that need the app -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [["break"], ["break", "skip"], ["pause"], ["resume"], ["stand"], ["sit"], ["show"], ["show", "history"], ["quit"]],
)
def test_a_verb_that_needs_the_app_says_that_it_is_not_running(alone: CommandLine, words: list[str]) -> None:
    assert alone.refused(3, *words) == "NumbGuard is not running. Start it with “numbguard run”."
    assert alone.refused(3, *words, "--json") == "NumbGuard is not running. Start it with “numbguard run”."


def test_a_window_is_shown_by_its_name_and_by_no_other(app: CommandLine) -> None:
    for window in WINDOWS:
        assert app.ask("show", window) == {"window": window}
    assert app.ask("show") == {"window": "panel"}
    shown = app.run("show", "guide")
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, "", "")
    assert "invalid choice: 'attic' (choose from 'panel', 'history'," in app.wrong("show", "attic")


def test_a_break_is_started_done_and_confirmed(app: CommandLine) -> None:
    before = app.ask("breaks")
    now = app.ask("break")
    assert (now["state"], now["break"]["phase"], now["break"]["snoozes"]) == ("break", "card", 0)
    assert now["break"]["card"] in {card["slug"] for card in app.ask("cards")}
    assert 110 <= now["break"]["remaining_s"] <= 120
    assert app.refused(1, "break", "start") == "A break is already running."
    assert app.ask("break", "done")["break"]["phase"] == "after"
    assert app.refused(1, "break", "skip") == "The break is over. Say if you got up."
    assert app.ask("break", "done")["break"] is None
    new = app.ask("breaks")[len(before) :]
    assert [one["outcome"] for one in new] == ["moved"]
    assert new[0]["card"] == now["break"]["card"]


@pytest.mark.parametrize(("answer", "outcome"), [("snooze", "snoozed"), ("skip", "skipped")])
def test_a_card_is_put_off_or_skipped(app: CommandLine, answer: str, outcome: str) -> None:
    app.ask("break", "start")
    assert app.ask("break", answer)["break"] is None
    assert app.ask("breaks")[-1]["outcome"] == outcome


def test_the_daily_routine_is_started_and_a_bad_one_is_named(app: CommandLine) -> None:
    now = app.ask("break", "routine")["break"]
    assert now["card"] == "routine:daily"
    assert 420 <= now["remaining_s"] <= 430
    assert app.refused(1, "break", "snooze").startswith("You can't snooze a routine")
    assert app.ask("break", "skip")["break"] is None
    own = app.profile / "routines" / "daily.toml"
    own.parent.mkdir(exist_ok=True)
    own.write_text('title = "Mine"\n', encoding="utf-8")
    assert app.refused(1, "break", "routine").startswith(f"{own} cannot be used: Routine “daily”: cards")
    assert app.refused(1, "break", "routine", "evening").startswith("There is no routine “evening”")
    assert app.refused(2, "break", "skip", "evening") == "Only “break routine” takes a name."
    own.with_name("evening.toml").write_text('title = "Evening"\ncards = ["quad"]\n', encoding="utf-8")
    assert app.ask("break", "routine", "evening")["break"]["card"] == "routine:evening"
    assert app.ask("break", "skip")["break"] is None
    own.with_name("evening.toml").unlink()
    own.unlink()


@pytest.mark.parametrize("answer", ["snooze", "skip", "done"])
def test_an_answer_that_nothing_asked_for_is_refused_with_a_reason(app: CommandLine, answer: str) -> None:
    assert app.refused(1, "break", answer) == "There is no break at the moment."


def test_standing_and_sitting(app: CommandLine) -> None:
    standing = app.ask("stand")
    assert (standing["state"], standing["seat"]) == ("standing", "standing")
    assert app.ask("sit")["state"] == "sitting"


@pytest.mark.parametrize(
    ("words", "seconds"), [(["45m"], 2700), (["90s"], 90), (["1h30m"], 5400), (["2h"], 7200), ([], None)]
)
def test_a_pause_has_a_length_or_lasts_until_it_is_ended(
    app: CommandLine, words: list[str], seconds: int | None
) -> None:
    paused = app.ask("pause", *words)
    assert paused["state"] == "paused"
    (reason,) = paused["suppressed"]
    assert reason == {"id": "paused", "reason": "paused", "until": paused["paused_until"]}
    if seconds is None:
        assert paused["paused_until"] is None
    else:
        left = datetime.fromisoformat(paused["paused_until"]) - datetime.now().astimezone()
        assert seconds - 20 <= left.total_seconds() <= seconds
    resumed = app.ask("resume")
    assert (resumed["state"], resumed["suppressed"], resumed["paused_until"]) == ("sitting", [], None)


@pytest.mark.parametrize("clock", ["00:00", "7:05", "23:59", "12:30"])
def test_a_pause_until_a_time_means_the_next_time_the_clock_shows_it(app: CommandLine, clock: str) -> None:
    until = datetime.fromisoformat(app.ask("pause", "--until", clock)["paused_until"])
    now = datetime.now().astimezone()
    app.ask("resume")
    assert f"{until:%H:%M}" == clock.zfill(5)
    assert now < until <= now + timedelta(days=1)


def test_a_pause_until_tomorrow_ends_on_the_next_day(app: CommandLine) -> None:
    until = datetime.fromisoformat(app.ask("pause", "--until", "tomorrow")["paused_until"])
    app.ask("resume")
    day_ends = timedelta(hours=4)  # a day of work after midnight is still the day before
    assert (until - day_ends).date() == (datetime.now().astimezone() - day_ends).date() + timedelta(days=1)


@pytest.mark.parametrize(
    "words",
    [
        ["pause", "soon"],
        ["pause", "0s"],
        ["pause", "-5m"],
        ["pause", "45m", "--until", "12:00"],
        ["pause", "--until", "25:00"],
        ["pause", "--until", "yesterday"],
        ["break", "later"],
        ["frobnicate"],
        ["status", "now"],
        ["run", "--speed", "0"],
        ["run", "--speed", "601"],
        ["run", "--speed", "fast"],
        ["run", "--speed", "nan"],
        ["log", "--side", "middle"],
        ["log", "--region", "ear"],
        ["log", "--sensation", "purple"],
        ["log", "--severity", "11"],
        ["log", "--severity", "3.5"],
        ["log", "--posture", "flying"],
        ["log", "--at", "half past soon"],
        ["log", "--at", "2999-01-01"],
        ["log", "--at", "3/4/2026 14:30"],
        ["episodes", "--until", "3/4/2026"],
        ["log", "--at", "2026-03-02T10:00", "--ended", "2026-03-02T09:00"],
        ["log", "--ended", "2999-01-01"],
        ["episodes", "--since", "spring"],
        ["breaks", "--until", "2026-02-30"],
        ["episodes", "--since", "0001-01-01"],
    ],
)
def test_wrong_words_are_named(app: CommandLine, words: list[str]) -> None:
    assert app.wrong(*words).strip()


def test_wrong_words_leave_no_trace(line: CommandLine) -> None:
    episodes = line.ask("episodes")
    line.wrong("log", "--region", "calf", "--region", "ear")
    assert line.ask("episodes") == episodes


# --- the log ---------------------------------------------------------------------------------------------------------


def test_a_bare_log_makes_nothing_up(line: CommandLine) -> None:
    done = line.run("log")
    assert (done.returncode, done.stderr) == (0, "")
    id = done.stdout.strip()
    episode = line.ask("episodes")[-1]
    assert set(episode) == EPISODE_KEYS
    assert set(episode["context"]) == {"seated_s", "since_break_s", "skipped_today", "seat"}
    assert episode["id"] == id
    age = datetime.now().astimezone() - datetime.fromisoformat(episode["started_at"])
    assert timedelta(0) <= age < timedelta(seconds=30)
    told = {key: value for key, value in episode.items() if key not in ("id", "started_at", "context")}
    assert told.pop("end") == "open"
    assert {key: value for key, value in told.items() if value not in (None, [], {}, False)} == {}
    with_app = line.ask("status")["running"]
    assert (episode["context"]["seat"], episode["context"]["seated_s"] is not None) == (
        ("sitting", True) if with_app else (None, False)
    )


def test_all_that_is_told_is_kept(line: CommandLine) -> None:
    words = ["--side", "left", "--region", "calf", "--region", "foot-top", "--region", "calf"]
    words += ["--sensation", "pins-and-needles", "--severity", "0", "--posture", "legs-crossed", "--weakness"]
    words += ["--note", "  an “odd” line\nand another – 100 % ", "--at", "2026-03-02T14:30:00+05:30"]
    words += ["--ended", "2026-03-02T15:00:00+05:30"]
    logged = line.ask("log", *words)
    assert logged["side"] == "left"
    assert logged["regions"] == ["calf", "foot_top"]
    assert logged["sensations"] == ["pins_and_needles"]
    assert (logged["severity"], logged["posture"], logged["weakness"]) == (0, "legs_crossed", True)
    assert logged["note"] == "  an “odd” line\nand another – 100 % "
    assert logged["started_at"] == "2026-03-02T14:30:00+05:30"
    assert logged["ended_at"] == "2026-03-02T15:00:00+05:30"
    assert logged["context"] == {"seated_s": None, "since_break_s": None, "skipped_today": None, "seat": None}
    (kept,) = [one for one in line.ask("episodes") if one["id"] == logged["id"]]
    assert kept == logged


def test_a_local_time_has_the_offset_that_held_then(alone: CommandLine) -> None:
    line = CommandLine(alone.profile, alone.env | {"TZ": "CET-1CEST,M3.5.0,M10.5.0/3"})
    for day, offset in (("2025-01-10", "+01:00"), ("2025-07-10", "+02:00")):
        assert line.ask("log", "--at", f"{day}T12:00")["started_at"] == f"{day}T12:00:00{offset}"
        assert len(line.ask("episodes", "--since", day, "--until", day)) == 1
    assert line.ask("log", "--at", "10.7.2025 12.30")["started_at"] == "2025-07-10T12:30:00+02:00"


def test_a_time_of_the_day_is_the_last_time_the_clock_showed_it(line: CommandLine) -> None:
    now = datetime.now().astimezone()
    for minutes in (-10, 10):
        clock = f"{now + timedelta(minutes=minutes):%H:%M}"
        began = datetime.fromisoformat(line.ask("log", "--at", clock)["started_at"])
        assert f"{began:%H:%M}" == clock
        assert now - timedelta(days=1, minutes=1) < began <= now


def test_the_open_episode_ends_and_the_last_one_is_taken_back(line: CommandLine) -> None:
    first = line.run("log").stdout.strip()
    time.sleep(SAME_NUMBNESS_S)
    second = line.run("log").stdout.strip()
    assert line.ask("gone")["id"] == second
    ended = line.ask("gone", first)
    assert ended["id"] == first
    assert ended["ended_at"] >= ended["started_at"]
    assert line.ask("undo")["id"] == second
    assert line.ask("undo", first)["id"] == first
    left = {one["id"] for one in line.ask("episodes")}
    assert not {first, second} & left


def test_bare_logs_within_two_seconds_are_one_numbness(line: CommandLine) -> None:
    before = len(line.ask("episodes"))
    pressed = [_begin(line, "log") for _ in range(5)]
    ids = {done.communicate()[0].strip() for done in pressed}
    time.sleep(SAME_NUMBNESS_S)
    other = line.run("log").stdout.strip()
    assert (len(ids), len(ids | {other}), len(line.ask("episodes"))) == (1, 2, before + 2)
    assert line.run("log", "--severity", "0").stdout.strip() not in {*ids, other}, "what says more is another"


def test_a_numbness_logged_past_the_app_is_known_to_it(tmp_path: Path) -> None:
    line = CommandLine(tmp_path / "profile", environment(tmp_path), here=True)
    app = start(line, "--speed", "60")
    try:
        first = line.run("log").stdout.strip()
        app.kill9()
        assert line.run("log").stdout.strip() == first
    finally:
        app.stop()


def test_a_request_that_was_not_answered_is_carried_out_once(tmp_path: Path) -> None:
    """The app hangs; the person tries three times, and then it wakes."""
    line = CommandLine(tmp_path / "profile", environment(tmp_path), here=True)
    ids = [line.run("log", "--severity", str(number)).stdout.strip() for number in range(4)]
    app = start(line)
    try:
        os.kill(app.pid, signal.SIGSTOP)
        asked = [_begin(line, verb) for verb in ("undo", "undo", "undo", "gone", "gone")]
        _wait_for_requests(line, len(asked))
        logged = _begin(line, "log")
        _wait_for_requests(line, len(asked) + 1)
        os.kill(app.pid, signal.SIGCONT)
        status = [(done.communicate()[0], done.returncode)[1] for done in asked]
        new = logged.communicate()[0].strip()
        left = line.ask("episodes")
    finally:
        app.stop()
    assert [one["id"] for one in left] == [*ids[:3], new]
    assert all(one["ended_at"] is None for one in left), "the episode they meant had been taken back"
    # A request to end it that arrives first ends the one that is then taken back; which one arrives first is open.
    assert status[:3].count(0) == 1


def _wait_for_requests(line: CommandLine, count: int) -> None:
    """Wait until this number of requests waits at the socket of an app that hangs."""
    socket_path = str(line.profile / "numbguard.sock")
    wait_until(
        # The first line is the socket that listens.
        lambda: sum(row.endswith(f" {socket_path}") for row in Path("/proc/net/unix").read_text().splitlines()) > count,
        20,
        what="the requests",
    )


def _begin(line: CommandLine, *words: str) -> subprocess.Popen[str]:
    """Start a verb without waiting for its end, as a hot key does."""
    return subprocess.Popen(
        [sys.executable, "-m", "numbguard", *words, "--profile", str(line.profile)],
        env=line.env,
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_what_is_not_there_cannot_be_ended_or_taken_back(line: CommandLine) -> None:
    while line.run("gone").returncode == 0:
        pass
    assert line.refused(1, "gone") == "No episode is open."
    assert "4711" in line.refused(1, "gone", "4711")
    assert "4711" in line.refused(1, "undo", "4711")


def test_nothing_to_take_back(alone: CommandLine) -> None:
    assert alone.refused(1, "undo") == "There is no episode to undo."
    assert alone.ask("episodes") == []
    assert alone.ask("breaks") == []
    assert alone.run("episodes").stdout == "No episodes.\n"
    assert alone.run("breaks").stdout == "No breaks.\n"


def test_lists_are_cut_to_the_days_that_are_asked_for(alone: CommandLine) -> None:
    for day in ("01", "02", "03"):
        alone.ask("log", "--at", f"2026-03-{day}T12:00")

    def days(*words: str) -> list[str]:
        return [one["started_at"][8:10] for one in alone.ask("episodes", *words)]

    assert days() == ["01", "02", "03"]
    assert days("--since", "2026-03-02") == ["02", "03"]
    assert days("--until", "2026-03-02") == ["01", "02"]
    assert days("--since", "2026-03-02", "--until", "2026-03-02") == ["02"]
    assert days("--since", "2026-03-02T12:00:01") == ["03"]
    assert days("--until", "2026-03-01T12:00") == []
    assert days("--since", "2026-03-04") == []
    assert days("--since", "Monday, 2.3.2026", "--until", "2 March 2026") == ["02"]
    assert days("--until", "9999-12-31") == ["01", "02", "03"]


def test_an_episode_logged_past_the_app_and_one_through_it_are_in_the_same_log(tmp_path: Path) -> None:
    line = CommandLine(tmp_path / "profile", environment(tmp_path), here=True)
    past = line.run("log").stdout.strip()
    app = start(line)
    try:
        assert line.ask("status")["open_episode"]["id"] == past
        through = line.run("log").stdout.strip()
        assert line.ask("status")["open_episode"]["id"] == through
        assert line.ask("quit") == {"ended": True}
        assert app.wait() == 0
    finally:
        app.stop()
    assert {one["id"] for one in line.ask("episodes")} == {past, through}


# --- verbs that read -------------------------------------------------------------------------------------------------


def test_cards_check_and_red_flags(line: CommandLine) -> None:
    cards = line.ask("cards")
    assert {"seated-hamstring", "short-walk", "quad"} <= {card["slug"] for card in cards}
    assert len(cards) >= 32
    assert all(card["regions"] and card["places"] and card["seconds"] for card in cards)
    assert all((card["section"] is None) is (card["source"] is not None) for card in cards)
    assert {card["slug"] for card in cards if not card["on"]} == {"sciatic-glide", "figure-four"}
    assert {card["kind"] for card in cards} == {"break", "relief", "posture"}
    checked = line.ask("check")
    assert set(checked["senses"]) >= {"idle", "session", "notify"}
    assert checked["settings"] == checked["cards"] == {"whole": True, "faults": []}
    assert (checked["log"]["whole"], checked["log"]["faults"], checked["log"]["last_backup"]) == (True, [], None)
    assert datetime.fromisoformat(checked["log"]["last_check"]).tzinfo
    assert "your local emergency number" in " ".join(line.ask("red-flags")["text"].split())
    for verb in ("cards", "check", "red-flags"):
        done = line.run(verb)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.strip()


# --- the profile -----------------------------------------------------------------------------------------------------


def test_a_profile_lies_as_deep_as_it_likes(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a rather long folder name – with ünicode"] * 5) / "profile"
    line = CommandLine(deep, environment(tmp_path), here=True)
    app = start(line)
    try:
        assert line.ask("status")["running"]
        assert (deep / "numbguard.sock").is_socket()
        assert deep.stat().st_mode & 0o777 == 0o700
        for path in deep.iterdir():
            assert path.stat().st_mode & 0o077 == 0, path
    finally:
        assert app.stop() == 0


def test_the_profile_is_named_by_the_environment_too(alone: CommandLine) -> None:
    id = alone.run("log").stdout.strip()
    done = subprocess.run(
        [sys.executable, "-m", "numbguard", "episodes", "--json"],
        env=alone.env | {"NUMBGUARD_PROFILE": str(alone.profile)},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert [one["id"] for one in json.loads(done.stdout)] == [id]


def test_what_holds_for_every_verb_may_stand_before_it(alone: CommandLine) -> None:
    id = alone.run("log").stdout.strip()
    done = subprocess.run(
        [sys.executable, "-m", "numbguard", "--profile", str(alone.profile), "--json", "episodes"],
        env=alone.env,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert [one["id"] for one in json.loads(done.stdout)] == [id]


@pytest.mark.parametrize("verb", ["status", "log", "episodes", "check", "quit", "run"])
def test_a_profile_that_is_a_file_is_refused(alone: CommandLine, verb: str) -> None:
    alone.profile.write_text("not a folder")
    said = alone.refused(1, verb)
    assert str(alone.profile) in said
    assert "Nothing was changed." in said
    assert alone.profile.read_text() == "not a folder"


def test_what_the_log_could_not_take_is_seen_without_an_app_too(alone: CommandLine) -> None:
    alone.ask("habit", "water")
    assert (alone.ask("status")["notes"], alone.ask("check")["waiting"]) == ([], None)
    with contextlib.closing(sqlite3.connect(alone.profile / "numbguard.db")) as newer:
        newer.execute("PRAGMA user_version = 4711")
    alone.run("habit", "water")
    (note,) = json.loads(alone.run("status", "--json").stdout)["notes"]
    assert "1 habit or posture check, kept in unwritten.jsonl" in note
    assert alone.ask("check")["waiting"] == note
    assert note in alone.run("status").stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
@pytest.mark.parametrize("verb", ["log", "run"])
def test_a_profile_that_may_not_be_written_to_is_refused(alone: CommandLine, verb: str) -> None:
    alone.profile.parent.chmod(0o500)
    try:
        assert str(alone.profile) in alone.refused(1, verb)
    finally:
        alone.profile.parent.chmod(0o700)


# --- cost of a verb --------------------------------------------------------------------------------------------------


# --- habits ----------------------------------------------------------------------------------------------------------


def test_a_habit_is_ticked_counted_and_taken_back(line: CommandLine) -> None:
    before = line.ask("status")["today"]
    ticked = line.ask("habit", "water")
    assert set(ticked) == {"id", "at", "habit", "amount", "today", "goal", "said"}
    assert (ticked["habit"], ticked["amount"], ticked["goal"]) == ("water", 1, None)
    assert line.ask("habit", "walk", "20")["today"]["walk_min"] == before["walk_min"] + 20
    assert line.run("habit", "stretch").stdout.startswith("Today: water")
    today = line.ask("status")["today"]
    assert (today["water"], today["walk_min"]) == (before["water"] + 1, before["walk_min"] + 20)
    assert line.ask("habit", "water", "-1")["today"]["water"] == before["water"]
    assert line.ask("habit", "walk", "-20")["today"]["walk_min"] == before["walk_min"]
    line.ask("habit", "stretch", "-1")


def test_a_habit_gets_its_kind_word_and_its_goal(alone: CommandLine) -> None:
    alone.profile.mkdir(parents=True)
    (alone.profile / "settings.toml").write_text('[goals]\nweek = "walk"\nwalk = "20m"\n')
    assert alone.ask("habit", "water", "7")["said"] is None
    assert alone.run("habit", "water").stdout.splitlines()[-1].startswith("Eight glasses today.")
    walked = alone.ask("habit", "walk", "20")
    assert walked["goal"] == {
        "habit": "walk",
        "amount": 20,
        "met_today": True,
        "met_days": 1,
        "due_days": 7,
        "streak": 1,
    }
    assert walked["said"] == "You've met today's goal. Walk 20 minutes a day: done. Good start."


def test_the_weeks_goal_is_picked_and_what_is_no_goal_is_refused(line: CommandLine) -> None:
    assert line.run("habit", "goal", "walk", "20").stdout == "Walk 20 minutes a day: 0 of 7 days.\n"
    picked = line.ask("habit", "goal", "water", "6")["goal"]
    assert (picked["habit"], picked["amount"], picked["due_days"]) == ("water", 6, 7)
    assert line.ask("habit", "goal", "walk")["goal"]["amount"] == 20, "as it was set last"
    assert line.ask("habit", "goal", "routine")["goal"]["due_days"] == 5
    assert 'week = "routine"' in (line.profile / "settings.toml").read_text()
    assert "5 to 120 minutes" in line.refused(2, "habit", "goal", "walk", "3")
    assert "doesn't take an amount" in line.refused(2, "habit", "goal", "routine", "3")
    line.wrong("habit", "goal", "sleep")
    assert line.ask("habit", "goal", "none") == {"goal": None, "said": "No goal for the week."}


def test_a_habit_that_cannot_be_ticked_says_why(line: CommandLine) -> None:
    assert "at most 20" in line.refused(2, "habit", "water", "21")
    assert "Give a positive amount" in line.refused(2, "habit", "walk", "0")
    assert "Nothing to undo" in line.refused(1, "habit", "stretch", "-1")
    line.wrong("habit", "wine")
    line.wrong("habit", "water", "some")


@pytest.mark.parametrize(
    "words", [["status"], ["log"], ["gone"], ["habit", "water"], ["episodes"], ["cards"], ["check"], ["pause"]]
)
def test_a_verb_does_not_import_the_toolkit(line: CommandLine, words: list[str]) -> None:
    program = (
        "import sys; from numbguard.cli.main import main; main(sys.argv[1:]); "
        "heavy = ('PySide6', 'apscheduler', 'plyer', 'asyncio'); "
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words, "--profile", str(line.profile)],
        env=line.env,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "words", [["log"], ["log", "--side", "left", "--region", "calf", "--severity", "4", "--note", "x"], ["undo"]]
)
def test_logging_does_not_wait_for_half_of_the_library(alone: CommandLine, words: list[str]) -> None:
    """Each of these modules takes as long to import as everything that is needed to log an episode."""
    program = (
        "import sys; before = set(sys.modules); from numbguard.cli.main import main; main(sys.argv[1:]); "
        "slow = {'PySide6', 'apscheduler', 'jeepney', 'tomlkit', 'tomllib', 'platformdirs', 'uuid',"
        " 'numbguard.core.breaks.engine', 'numbguard.core.breaks.messages', 'numbguard.core.settings.settings'}; "
        "print(sorted(slow & (set(sys.modules) - before)), file=sys.stderr)"
    )
    alone.run("log")
    home = str(alone.profile.parent)
    env = {name: value for name, value in alone.env.items() if name != "NUMBGUARD_PROFILE"}
    for where in (["--profile", str(alone.profile)], []):
        done = subprocess.run(
            [sys.executable, "-S", "-c", program, *words, *where],
            env={**env, "XDG_DATA_HOME": home, "PYTHONPATH": str(CHECKOUT)},
            cwd=home,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr.splitlines()[-1:] == ["[]"]


def test_a_verb_is_told_from_what_stands_before_it(alone: CommandLine) -> None:
    log = ["log", "--side", "left"]
    for before in (["--json"], ["--profile", "log"], ["--profile=undo", "--json"], ["--prof", "undo"]):
        done = subprocess.run(
            [sys.executable, "-m", "numbguard", *before, *log, "--profile", str(alone.profile)],
            env=alone.env,
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "" if "--json" in before else f"{RELIEF}\n")
    assert [one["side"] for one in alone.ask("episodes")] == ["left"] * 4
    assert "invalid choice: 'logg' (choose from 'run', 'status', 'break'" in alone.wrong("--profile", "log", "logg")


def test_what_is_said_of_wrong_words_does_not_depend_on_the_python(alone: CommandLine) -> None:
    colourful = CommandLine(alone.profile, alone.env | {"FORCE_COLOR": "1", "COLUMNS": "200"})
    for words, named in (
        (["logg"], "invalid choice: 'logg' (choose from 'run', 'status', 'break'"),
        (["log", "--side", "up"], "argument --side: invalid choice: 'up' (choose from 'left', 'right', 'both')"),
        (["log", "--severity", "11"], "argument --severity: invalid choice: 11 (choose from 0, 1, 2,"),
        (["episodes", "--since", "0001-01-01"], "argument --since: “0001-01-01” is not a date like 2026-03-02"),
        (["episodes", "--since", "9999-12-31"], "argument --since: “9999-12-31” is not a date like 2026-03-02"),
    ):
        said = colourful.wrong(*words)
        assert named in said.splitlines()[-1]
        assert said.startswith("usage: numbguard")
    shown = colourful.run("log", "--help")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("usage: numbguard log [-h]")


def test_a_reader_that_has_seen_enough_is_no_failure(alone: CommandLine) -> None:
    program = 'set -o pipefail; "$0" -m numbguard red-flags --profile "$1" | true'
    done = subprocess.run(
        ["bash", "-c", program, sys.executable, str(alone.profile)],
        env=alone.env,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr


# --- what else may be at the other end --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rubbish", [b"\xff", b"[" * 100_000, b"[]", b'{"status": 0, "document": {}}', b'{"status": 2}', b""]
)
def test_a_socket_that_answers_rubbish_loses_no_entry(alone: CommandLine, rubbish: bytes) -> None:
    alone.run("episodes")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(alone.profile / "numbguard.sock"))
        listener.listen()

        def talk() -> None:
            with contextlib.suppress(OSError):  # the listener is closed
                while True:
                    talker, _ = listener.accept()
                    with talker:
                        talker.recv(65536)
                        talker.sendall(rubbish)

        thread = threading.Thread(target=talk)
        thread.start()
        done = alone.run("log", "--note", "left foot")
        status = alone.run("status")
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
    assert (done.returncode, done.stderr.count("\n")) == (0, 1), "the advice, and nothing about the socket"
    assert "Traceback" not in status.stderr
    if rubbish:
        assert status.returncode == 1
        assert "but not the way this NumbGuard does" in status.stderr
    assert [one["id"] for one in alone.ask("episodes")] == [done.stdout.strip()]


# --- what notes are kept out of ---------------------------------------------------------------------------------------


def test_a_strength_of_nothing_is_something_told(alone: CommandLine) -> None:
    assert alone.run("log", "--severity", "0").stderr == f"{RELIEF}\n"
    assert alone.run("log").stderr == ""


def test_a_note_can_come_by_standard_input(alone: CommandLine) -> None:
    command = [sys.executable, "-m", "numbguard", "--profile", str(alone.profile), "log", "--note", "-"]
    for told, note in (
        ("the left foot – since nine\nafter lunch\n", "the left foot – since nine\nafter lunch"),
        ("", None),
    ):
        done = subprocess.run(command, input=told, env=alone.env, cwd=CHECKOUT, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, f"{LOOK_AT_THE_SIGNS}\n" if note else "")
        assert alone.ask("episodes")[-1]["note"] == note
    done = subprocess.run(command, input="x" * 100_001, env=alone.env, cwd=CHECKOUT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Nothing was logged" in done.stderr


_CRASH = """
import os, resource, signal, sys
from unittest import mock
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
from numbguard.cli.main import main
with mock.patch("numbguard.cli.verbs.episodes.say", lambda *_: os.kill(os.getpid(), signal.SIGSEGV)):
    main(sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="core dumps are Unix's")
def test_a_crash_leaves_no_core_dump_with_the_notes_in_it(alone: CommandLine, tmp_path: Path) -> None:
    where = tmp_path / "where"
    where.mkdir()
    words = ["--profile", str(alone.profile), "log", "--note", "the left foot"]
    env = {**alone.env, "PYTHONPATH": str(CHECKOUT)}
    crash = subprocess.run([sys.executable, "-c", _CRASH, *words], env=env, cwd=where, capture_output=True)
    assert crash.returncode == -signal.SIGSEGV
    assert list(where.iterdir()) == []


@pytest.mark.parametrize("verb", ["gone", "undo"])
def test_an_id_that_is_no_text_is_the_id_of_no_episode(line: CommandLine, verb: str) -> None:
    assert "There is no episode with the id" in line.refused(1, verb, os.fsdecode(b"\xff"))
