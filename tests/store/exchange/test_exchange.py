"""The log out and in: what goes out comes back, two logs become one, and what cannot be taken is reported."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.records.habits import HabitKind, HabitTick, PostureCheck
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.sites import Region, Side, Site, sites_on
from numbguard.resources import resource
from numbguard.store.exchange import ExchangeError, ExchangeFormat, Imported, export_log, import_log, json_file
from numbguard.store.exchange.import_ import _json_found
from numbguard.store.exchange.json_file import write_json
from numbguard.store.exchange.log_rows import all_versions
from numbguard.store.exchange.merge import MergeResult, content, merge
from numbguard.store.exchange.plain import SECTIONS
from numbguard.store.exchange.sheets.csv_file import guarded, read_csv, unguarded, write_csv
from numbguard.store.exchange.types import RowError
from numbguard.store.log.journal import RecordVersion, SqliteJournal
from numbguard.store.log.schema import MIGRATIONS
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.store.written_files import remembered
from tests.only_on_unix import is_private
from tests.store.conftest import NOON
from tests.store.strategies import bouts, breaks, episodes, habit_ticks, moments, posture_checks, sign_answers, texts

Make = Callable[..., Episode]
edits = st.integers(0, 2**51)
SCHEMA = json.loads((resource("cards").parent.parent / "docs" / "numbguard-log.schema.json").read_text("utf-8"))


def in_order(episode: Episode) -> Episode:
    """No NumbGuard writes an episode that ends before it begins."""
    return episode if episode.ended_at is None or episode.ended_at >= episode.started_at else replace(
        episode, ended_at=episode.started_at)  # fmt: skip


@pytest.fixture
def episode() -> Make:
    """An episode at noon, or ``after`` minutes later, that lasted nine minutes: an open one would be too old."""

    def make(after: float = 0, **told: Any) -> Episode:
        began = NOON + timedelta(minutes=after)
        return Episode(str(uuid4()), began, **{"ended_at": began + timedelta(minutes=9), **told})

    return make


whole_episodes = episodes.map(in_order)
told_versions = st.builds(RecordVersion, whole_episodes, edits)


def taken(found: Sequence[tuple[int, RecordVersion | RowError]]) -> list[RecordVersion]:
    for _, version in found:
        assert isinstance(version, RecordVersion), version
    return [version for _, version in found if isinstance(version, RecordVersion)]


def from_json(text: str) -> list[RecordVersion]:
    return taken(list(_json_found(io.StringIO(text, newline=""))))


# --- there and back --------------------------------------------------------------------------------------------------


@given(versions=st.lists(told_versions, max_size=3))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_episode_goes_through_a_spreadsheet_file_and_back(versions: list[RecordVersion]) -> None:
    text = "".join(write_csv(versions))
    assert taken(list(read_csv(io.StringIO(text, newline="")))) == versions


@given(text=texts)
def test_no_cell_is_run_and_every_text_comes_back(text: str) -> None:
    cell = guarded(text)
    assert not re.match(r"\s*[=+\-@]|[\t\r\n]", cell)
    assert not [part for part in re.split("[;\t\r\n]", cell) if re.match(r"\s*[=+\-@＝]", part)]
    assert unguarded(cell) == text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "'=1+1",
        "x;=1",
        "x;'=1",
        "a\n- b\r\n+1",
        "''",
        "'",
        "",
        "'s ist gut",
        "\t=x",
        " =x",
        "＝x",
        "-3",
        "@SUM(A1)",
    ],
)
def test_cells_that_a_spreadsheet_would_run_and_those_that_look_guarded_already(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in ("=", "-", "@", "\t", " ", "＝")


others_of_the_log = breaks | bouts | habit_ticks | posture_checks | sign_answers


@given(
    told=st.lists(told_versions, max_size=2),
    others=st.lists(st.builds(RecordVersion, others_of_the_log, edits), max_size=4),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_whole_log_goes_through_json_and_back(told: list[RecordVersion], others: list[RecordVersion]) -> None:
    kinds = list(SECTIONS.values())
    log = sorted([*told, *others], key=lambda version: kinds.index(type(version.record)))
    text = "".join(write_json(log, at=NOON))
    assert from_json(text) == log
    check_schema(json.loads(text), SCHEMA)


# --- two logs become one ---------------------------------------------------------------------------------------------


def empty_log() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for script in MIGRATIONS:
        connection.executescript(script)
    return connection


def seen(connection: sqlite3.Connection) -> dict[tuple[type, str], tuple[int, bool, str]]:
    """What a log says: of an episode that was taken back, that alone."""
    return {
        (type(one.record), one.record.id): (one.edited_us, one.deleted, "" if one.deleted else content(one.record))
        for one in all_versions(connection, tuple(SECTIONS.values()), deleted=True)
    }


few_ids = st.sampled_from(["a", "b"])
few_edits = st.integers(1, 3)
story = st.lists(
    st.builds(lambda one, id, edit, deleted: RecordVersion(replace(one, id=id), edit, deleted),
              whole_episodes, few_ids, few_edits, st.booleans())
    | st.builds(lambda one, id, edit: RecordVersion(replace(one, id=id), edit), breaks, few_ids, few_edits),
    max_size=5,
)  # fmt: skip


def exchange(into: sqlite3.Connection, other: sqlite3.Connection) -> None:
    text = "".join(write_json(all_versions(other, tuple(SECTIONS.values()), deleted=True), at=NOON))
    for version in from_json(text):
        merge(into, version)


def log_of(versions: list[RecordVersion]) -> sqlite3.Connection:
    connection = empty_log()
    for version in versions:
        merge(connection, version)
    return connection


@given(one=story, two=story, three=story)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_logs_become_one_whichever_way_round_in_whatever_order_and_however_often(
    one: list[RecordVersion], two: list[RecordVersion], three: list[RecordVersion]
) -> None:
    logs = [log_of(versions) for versions in (one, two, three)]
    joined = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0, 1, 2)):
        into = empty_log()
        for number in order:
            exchange(into, logs[number])
        joined.append(seen(into))
        into.close()
    assert joined[0] == joined[1] == joined[2]
    # Not only into an empty log: each takes in the others.
    exchange(logs[0], logs[1])
    exchange(logs[0], logs[2])
    exchange(logs[2], logs[1])
    exchange(logs[2], logs[0])
    assert seen(logs[0]) == seen(logs[2]) == joined[0]
    for log in logs:
        log.close()


def test_an_episode_taken_back_elsewhere_goes_here_too_and_says_nothing_in_the_file(
    tmp_path: Path, profile: Profile, keeping: SafeJournal, episode: Make
) -> None:
    other_profile = Profile.find(str(tmp_path / "other"))
    other = SqliteJournal(other_profile)
    kept = episode(note="private")
    keeping.add_episode(kept)
    file = tmp_path / "log.json"
    export_log(profile, file, ExchangeFormat.JSON, at=NOON)
    assert import_log(other_profile, file).added == 1
    assert list(other.episodes()) == [kept]
    keeping.undo_episode(kept.id)
    export_log(profile, file, ExchangeFormat.JSON, at=NOON)
    assert "private" not in file.read_text("utf-8")
    assert import_log(other_profile, file).changed == 1
    assert list(other.episodes()) == []
    assert import_log(other_profile, file).unchanged == 1
    other.close()


def test_an_undone_episode_that_nobody_here_ever_saw_is_not_told_of(
    tmp_path: Path, profile: Profile, keeping: SafeJournal, episode: Make
) -> None:
    kept, undone = episode(), episode()
    for one in (kept, undone):
        keeping.add_episode(one)
    keeping.undo_episode(undone.id)
    file = tmp_path / "log.json"
    export_log(profile, file, ExchangeFormat.JSON, at=NOON)
    done = import_log(Profile.find(str(tmp_path / "empty")), file)
    assert (done.added, done.changed, done.unchanged, done.refused) == (1, 0, 0, 0)


@pytest.mark.parametrize("format", ExchangeFormat)
def test_no_older_file_brings_back_what_was_taken_back_since(
    tmp_path: Path,
    profile: Profile,
    journal: SqliteJournal,
    keeping: SafeJournal,
    episode: Make,
    format: ExchangeFormat,
) -> None:
    gone = episode(note="a click by mistake")
    keeping.add_episode(gone)
    older, newer = tmp_path / "older.out", tmp_path / "newer.out"
    export_log(profile, older, format, at=NOON)
    keeping.undo_episode(gone.id)
    export_log(profile, newer, format, at=NOON)
    assert "mistake" not in newer.read_text("utf-8")
    for file in (older, newer, older):
        done = import_log(profile, file)
        assert (done.added, done.changed, done.refused) == (0, 0, 0)
        assert list(journal.episodes()) == []


@pytest.mark.parametrize("format", ExchangeFormat)
def test_the_same_file_twice_changes_nothing(
    tmp_path: Path,
    profile: Profile,
    journal: SqliteJournal,
    keeping: SafeJournal,
    episode: Make,
    format: ExchangeFormat,
) -> None:
    odd = timezone(timedelta(hours=5, minutes=45, seconds=13))
    keeping.add_episode(episode(note="=1+1", sites=sites_on(Side.BOTH, Region.SOLE, Region.TOES)))
    keeping.add_episode(replace(episode(note="\0\x07 \n"), started_at=datetime(2025, 1, 1, tzinfo=odd)))
    before = list(journal.episodes())
    file = tmp_path / "log.out"
    assert export_log(profile, file, format, at=NOON).episodes == 2
    done = import_log(profile, file)
    assert (done.format, done.added, done.changed, done.unchanged, done.refused) == (format, 0, 0, 2, 0)
    fresh = Profile.find(str(tmp_path / "fresh"))
    assert import_log(fresh, file).added == 2
    assert import_log(fresh, file).unchanged == 2
    other = SqliteJournal(fresh)
    assert list(other.episodes()) == before
    other.close()


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_file_of_the_log_is_for_its_owner_alone_and_remembered(
    tmp_path: Path, profile: Profile, keeping: SafeJournal, episode: Make, open_umask: None
) -> None:
    keeping.add_episode(episode())
    file = tmp_path / "log.csv"
    file.write_text("what was there before")
    export_log(profile, file, ExchangeFormat.CSV, at=NOON)
    assert is_private(file)
    assert file.read_bytes().startswith(b"id,started_at,")
    assert file.read_bytes().count(b"\r\n") == 2
    (known,) = remembered(profile)
    assert known.path == file
    assert known.is_there()
    file.write_text("something else by now")
    assert not known.is_there()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".numbguard")] == []


def test_no_file_of_our_own_is_written_over(
    profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    keeping.add_episode(episode())
    with pytest.raises(ExchangeError, match="a file of NumbGuard's own"):
        export_log(profile, profile.database, ExchangeFormat.CSV, at=NOON)
    assert len(list(journal.episodes())) == 1


def test_a_file_that_cannot_be_written_leaves_what_was_there(
    tmp_path: Path, profile: Profile, journal: SqliteJournal
) -> None:
    with pytest.raises(ExchangeError, match=r"could not be written .* Choose a folder"):
        export_log(profile, tmp_path / "nowhere" / "log.csv", ExchangeFormat.CSV, at=NOON)


BAD = (
    "id,started_at,severity,regions,note\r\n"
    "good,2025-03-03T12:00:00+01:00,3,calf;toes,fine\r\n"
    "a,2025-03-03T12:00:00+01:00,11,calf,\r\n"
    "b,yesterday 12:00,3,calf,\r\n"
    'c,2025-03-03T12:00:00+01:00,3,moon,"two\r\nlines"\r\n'
    "d,,3,,\r\n"
)


def test_bad_rows_are_listed_with_line_and_reason_and_the_good_ones_taken(
    tmp_path: Path, profile: Profile, journal: SqliteJournal
) -> None:
    file = tmp_path / "log.csv"
    file.write_text(BAD, encoding="utf-8", newline="")
    nothing = import_log(profile, file, all_or_nothing=True)
    assert not nothing.kept
    assert list(journal.episodes()) == []
    done = import_log(profile, file)
    assert [one.id for one in journal.episodes()] == ["good"]
    assert [(one.line, one.reason.split(" ")[0]) for one in done.refusals] == [
        (3, "severity"), (4, "started_at"), (5, "regions"), (7, "started_at"),
    ]  # fmt: skip
    assert done.refusals[0].reason == "severity is not a whole number from 0 to 10"


def test_a_file_that_was_cut_off_gives_no_half_episode(
    tmp_path: Path, profile: Profile, keeping: SafeJournal, episode: Make
) -> None:
    keeping.add_episode(episode(note="all of it"))
    whole = tmp_path / "log.csv"
    export_log(profile, whole, ExchangeFormat.CSV, at=NOON)
    whole.write_bytes(whole.read_bytes().partition(b" of it")[0])
    done = import_log(Profile.find(str(tmp_path / "other")), whole)
    assert (done.added, [one.line for one in done.refusals]) == (0, [2])
    assert "cut off" in done.refusals[0].reason


@pytest.mark.parametrize("began", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_that_no_calendar_has_in_utc_never_keeps_a_log_from_being_exported(
    tmp_path: Path, profile: Profile, began: str
) -> None:
    file = tmp_path / "strange.json"
    head = {"format": "numbguard-log", "version": 1}
    file.write_text(json.dumps({**head, "episodes": [{"id": "x", "started_at": began}]}), encoding="utf-8")
    assert "calendar" in import_log(profile, file).refusals[0].reason
    for format in ExchangeFormat:
        export_log(profile, tmp_path / f"log.{format.value}", format, at=NOON)


def test_rows_written_by_hand_need_no_id_and_come_in_once(
    tmp_path: Path, profile: Profile, journal: SqliteJournal
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("\ufeffNote;Started_At\nafter lunch;2025-03-03T12:00:00+01:00\n", encoding="utf-8")
    assert import_log(profile, file).added == 1
    assert import_log(profile, file).unchanged == 1
    (one,) = journal.episodes()
    assert one.note == "after lunch"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "isn't a log"),
        (b"a,b\r\n1,2\r\n", "isn't a NumbGuard log"),
        (b"{", "incomplete"),
        (b'{"format": "numbguard-log", "version": 1, "episodes": [', "incomplete"),
        (b'{"format": "numbguard-log", "version": 2, "episodes": []}', "newer NumbGuard"),
        (b'{"format": "something", "episodes": []}', "isn't a NumbGuard log"),
        (b'{"episodes": [' + b"[" * 200_000, "nested too deeply"),
        (b'{"version": ' + b"9" * 5000 + b"}", "incomplete"),
        (b"id,started_at\r\n\xff\xfe\r\n", "not text in UTF-8"),
        (b"id,started_at,note\r\na," + b"x" * 9_000_000, "too long"),
    ],
)
def test_a_file_that_is_no_log_is_refused_in_words_and_nothing_of_it_taken(
    tmp_path: Path, profile: Profile, journal: SqliteJournal, content: bytes, words: str
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(ExchangeError, match=words):
        import_log(profile, file)
    assert list(journal.episodes()) == []


def test_what_is_no_file_or_endless_is_refused(tmp_path: Path, profile: Profile) -> None:
    endless = () if sys.platform == "win32" else (Path("/dev/zero"),)
    for path in (tmp_path, *endless):
        with pytest.raises(ExchangeError, match="is not a file"):
            import_log(profile, path)
    with pytest.raises(ExchangeError, match=r"could not be read \((no such file or directory|file not found)\)"):
        import_log(profile, tmp_path / "nowhere")
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(3 * 1024**3)
    with pytest.raises(ExchangeError, match="larger than 2 GB"):
        import_log(profile, huge)


def test_entries_of_a_json_file_are_refused_by_their_line(tmp_path: Path, profile: Profile) -> None:
    file = tmp_path / "log.json"
    tick = {"id": "t", "at": "2025-03-03T12:00:00+01:00", "habit": "water", "amount": 1}
    entries = [tick, {**tick, "id": "u", "amount": True}, {**tick, "id": "v", "habit": "beer"}, 7]
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    file.write_text(f'{{"later": {{"a": [1]}},\n"habits": [\n{lines}\n],\n"format": "numbguard-log", "version": 1}}')
    done: Imported = import_log(profile, file)
    assert (done.added, [one.line for one in done.refusals]) == (1, [4, 5, 6])


def test_what_was_edited_later_holds_and_what_helps_nobody_is_told(
    tmp_path: Path, profile: Profile, journal: SqliteJournal, keeping: SafeJournal, episode: Make
) -> None:
    one = episode(note="first")
    keeping.add_episode(one)
    file = tmp_path / "log.csv"
    export_log(profile, file, ExchangeFormat.CSV, at=NOON)
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))
    rows[0].update(note="from the spreadsheet", edited_at=datetime.now(UTC).isoformat())
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    assert import_log(profile, file).changed == 1
    (found,) = journal.episodes()
    assert found == replace(one, note="from the spreadsheet")


def test_a_reader_sees_one_moment_of_the_log(tmp_path: Path, profile: Profile, journal: SqliteJournal) -> None:
    records = (
        Episode("e", NOON, NOON),
        BreakRecord("b", Outcome.MOVED, NOON, None),
        SittingBout("s", NOON, NOON, 1.0, BoutEnd.MOVED),
        HabitTick("h", NOON, HabitKind.WATER, -1),
        PostureCheck("p", NOON, True, True, True, True, False),
    )
    for record in records:
        journal.keep(RecordVersion(record, 5))
    export_log(profile, tmp_path / "log.json", ExchangeFormat.JSON, at=NOON)
    fresh = Profile.find(str(tmp_path / "fresh"))
    assert import_log(fresh, tmp_path / "log.json").added == len(records)
    with closing(sqlite3.connect(fresh.database)) as connection:
        assert [one.record for one in all_versions(connection, tuple(SECTIONS.values()), deleted=True)] == list(records)


# --- the schema ------------------------------------------------------------------------------------------------------


def check_schema(value: Any, schema: Any) -> None:
    """The part of JSON Schema that the file in ``docs`` uses."""
    known = {"$ref", "anyOf", "const", "enum", "type", "properties", "required", "items", "minimum", "maximum",
             "maxLength", "maxItems", "pattern", "description", "format", "title", "$schema", "$defs"}  # fmt: skip
    assert set(schema) <= known, f"this check does not know {set(schema) - known}"
    if "$ref" in schema:
        check_schema(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        choice = schema["anyOf"][1] if value is None else schema["anyOf"][0]
        check_schema(value, choice)
    assert value == schema.get("const", value)
    assert value in schema.get("enum", [value])
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool,
             "null": type(None)}  # fmt: skip
    if "type" in schema:
        if schema["type"] == "integer" and isinstance(value, float):
            assert value.is_integer()
        else:
            assert isinstance(value, kinds[schema["type"]]), (value, schema)
        assert not (isinstance(value, bool) and schema["type"] in ("integer", "number"))
    if isinstance(value, dict) and "properties" in schema:
        assert set(schema.get("required", ())) <= set(value)
        assert set(value) <= set(schema["properties"]), "the schema names all that we write"
        for name, one in value.items():
            check_schema(one, schema["properties"][name])
    if isinstance(value, list) and "items" in schema:
        assert len(value) <= schema.get("maxItems", len(value))
        for one in value:
            check_schema(one, schema["items"])
    if isinstance(value, str):
        assert len(value) <= schema.get("maxLength", len(value))
        # Python's $ also matches before a line break at the end, that of JSON Schema does not.
        assert re.search(re.sub(r"\$$", r"\\Z", schema.get("pattern", "")), value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        assert schema.get("minimum", value) <= value <= schema.get("maximum", value)


MOMENTS = st.from_regex(SCHEMA["$defs"]["moment"]["pattern"], fullmatch=True) | st.sampled_from(
    [
        *(
            "2026-03-02T14:30:00.123Z",
            "2026-03-02T14:30:00.1234567+01:00",
            "2026-03-02T14:30+0100",
            "2026-03-02 14:30Z",
        ),
        *("2026-03-02T14:30:00", "2026-03-02", "20260302T143000Z", "2026-W10-1T14:30Z", "2026-03-02T24:00Z"),
        *("2026-03-02T14:30:60Z", "2026-03-02T14:30:00,5Z", "2026-03-02T14:30:00Z\n", "2026-03-02T14:30:00+24:00"),
        *("２026-03-02T14:30:00Z", "2026-03-02t14:30:00z", "2026-03-02T14:30:00.Z", "2026-03-02T14:30:00+01", ""),
    ]
)
ANYTHING = (
    st.none()
    | st.booleans()
    | st.integers(-3, 12)
    | st.sampled_from([5.0, 5.5, -0.0, 1e12, 1.1e12, 10**9, 10**9 + 1, -(10**9) - 1, 1e300, 10**400])
    | st.sampled_from(["left", "calf", "numb", "sudden", "moved", "water", "saddle", "sitting", "x", " ", "a\n", "é"])
    | MOMENTS
    | st.sampled_from([[], ["calf"], ["numb"], ["calf"] * 100, ["calf"] * 101, ["x"], [None], [["calf"]], {}])
    | st.sampled_from(["both", "unknown", "open", "at", {"region": "calf"}])
    | st.sampled_from(
        [
            *([{"region": "calf"}], [{"region": "calf", "side": "left"}], [{"region": "calf", "side": None}]),
            *([{"side": "left"}], [{"region": "calf", "side": "up"}], [{"region": "calf"}] * 101, [{}], ["left:calf"]),
        ]
    )
    | st.sampled_from([{"seated_s": -1}, {"seat": "sitting"}, {"skipped_today": 3.0}, {"seat": "away"}, {"more": 1}])
)
ENTRIES = st.builds(RecordVersion, whole_episodes | others_of_the_log, edits)


def fits_schema(value: Any, section: str) -> bool:
    try:
        check_schema(value, SCHEMA["properties"][section]["items"])
    except AssertionError:
        return False
    return True


def in_calendar(entry: dict[str, Any]) -> bool:
    """What the schema says in words: moments are of the calendar, and no episode ends before it begins."""
    try:
        moments = {
            name: datetime.fromisoformat(value).astimezone(UTC)
            for name, value in entry.items()
            if name in ("at", "edited_at", "announced_at", "started_at", "ended_at") and value is not None
        }
    except (OverflowError, TypeError, ValueError):
        return False
    is_episode = "context" in entry or "note" in entry
    return not is_episode or moments.get("ended_at", datetime.max.replace(tzinfo=UTC)) >= moments["started_at"]


@given(version=ENTRIES, draw=st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_schema_allows_exactly_what_the_import_takes(version: RecordVersion, draw: st.DataObject) -> None:
    text = json.loads("".join(write_json([version], at=NOON)))
    section = next(name for name in SECTIONS if text[name])
    (entry,) = text[section]
    name = draw.draw(st.sampled_from(sorted(entry)))
    if draw.draw(st.booleans()):
        entry[name] = draw.draw(MOMENTS if name.endswith("at") else ANYTHING)
    else:
        del entry[name]
    try:
        json_file.read_entry(section, entry)
    except RowError as refused:
        assert not (fits_schema(entry, section) and in_calendar(entry)), (str(refused), entry)
    else:
        assert fits_schema(entry, section), entry
        assert in_calendar(entry)


@pytest.mark.parametrize(
    ("began", "ended", "says"),
    [
        ("2026-03-02T14:30:00.123Z", "2026-03-02T14:30:00.124Z", None),
        ("2026-03-02T14:30:00.123Z", "2026-03-02T14:30:00.122Z", "it ends before it begins"),
        ("2026-02-30T14:30:00Z", None, "started_at is not a day of the calendar: February 2026 has 28 days"),
        ("2026-03-02T14:30:00", None, "started_at lacks its offset from UTC"),
        ("2026-03-02T25:30:00Z", None, "started_at is not a time like"),
        ("0001-01-01T00:00:00+14:00", None, "started_at is not a moment of this calendar"),
    ],
)
def test_the_times_of_another_program_are_taken_or_refused_in_a_sentence(
    began: str, ended: str | None, says: str | None
) -> None:
    entry = {"id": "x", "started_at": began, "ended_at": ended}
    if says is None:
        version = json_file.read_entry("episodes", entry)
        assert version is not None
        assert version.record.started_at.microsecond == 123_000
        assert fits_schema(entry, "episodes")
    else:
        with pytest.raises(RowError, match=re.escape(says)):
            json_file.read_entry("episodes", entry)


def test_a_file_whose_sections_are_no_lists_is_refused(tmp_path: Path, profile: Profile) -> None:
    file = tmp_path / "log.json"
    for value in ("{}", "null", '"none"'):
        file.write_text(f'{{"format": "numbguard-log", "version": 1.0, "episodes": {value}}}', encoding="utf-8")
        with pytest.raises(ExchangeError, match="“episodes” in the file is not a list of entries"):
            import_log(profile, file)
    file.write_text('{"format": "numbguard-log", "version": 1.0, "episodes": []}', encoding="utf-8")
    assert import_log(profile, file).added == 0


# --- places, ends and signs ------------------------------------------------------------------------------------------

CALF_AND_SOLE = (Site(Region.CALF, Side.LEFT), Site(Region.SOLE, Side.RIGHT))


@given(
    version=told_versions,
    said=st.lists(st.tuples(st.sampled_from(WarningSign), st.booleans(), st.integers(1, 9), moments), max_size=4),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_answers_about_signs_go_through_a_spreadsheet_file_with_the_version_of_their_question(
    version: RecordVersion, said: list[tuple[WarningSign, bool, int, datetime]]
) -> None:
    id = version.record.id
    answers = [SignAnswer(f"{id}.{sign}", at, id, sign, present, v) for sign, present, v, at in said]
    text = "".join(write_csv([version], {id: answers}))
    first, *others = taken(list(read_csv(io.StringIO(text, newline=""))))
    assert first == version
    assert [one.record for one in others] == list({one.sign: one for one in answers}.values())


def test_sites_win_over_their_summary(tmp_path: Path, profile: Profile, journal: SqliteJournal) -> None:
    row = {"id": "one", "started_at": NOON.isoformat(), "side": "left", "regions": ["toes"]}
    sites = [{"region": "calf", "side": "left"}, {"region": "sole", "side": "right"}]
    file = tmp_path / "log.json"
    for id, more in (("one", {"sites": sites}), ("two", {"sites": []}), ("three", {})):
        log = {"format": "numbguard-log", "version": 1, "episodes": [{**row, **more, "id": id}]}
        file.write_text(json.dumps(log), encoding="utf-8")
        assert import_log(profile, file).added == 1
    one, two, three = (journal.find_episode(id) for id in ("one", "two", "three"))
    assert one is not None
    assert (one.sites, one.before_sites) == (CALF_AND_SOLE, False)
    for former in (two, three):
        assert former is not None
        assert (former.sites, former.before_sites) == ((Site(Region.TOES, Side.LEFT),), True)
    rows = tmp_path / "log.csv"
    rows.write_text(
        f"id,started_at,side,regions,sites\nfour,{NOON.isoformat()},both,toes,left:calf; right:sole\n"
        f"five,{NOON.isoformat()},both,calf;sole,\nsix,{NOON.isoformat()},left,,\n",
        encoding="utf-8",
    )
    assert import_log(profile, rows).added == 3
    four, five, six = (journal.find_episode(id) for id in ("four", "five", "six"))
    assert four is not None
    assert (four.sites, four.before_sites) == (CALF_AND_SOLE, False)
    assert five is not None
    assert (five.sites, five.before_sites) == (sites_on(Side.BOTH, Region.CALF, Region.SOLE), True)
    assert six is not None
    assert (six.leg, six.sites) == (Side.LEFT, ())


def without_what_came_since(text: str) -> str:
    """The file as NumbGuard 0.1.0 wrote it."""
    log = json.loads(text)
    for one in log["episodes"]:
        for name in ("sites", "before_sites", "end"):
            del one[name]
    for one in log["sign_answers"]:
        del one["version"]
    return json.dumps(log)


@pytest.mark.parametrize("ours_first", [True, False])
def test_two_logs_edited_on_both_sides_become_one_also_if_one_numbguard_knows_no_sites(*, ours_first: bool) -> None:
    """0.1.0 took the summary in, added a note and gave the file back: the sites are still what they were."""
    apart = Episode("apart", NOON, NOON, sites=CALF_AND_SOLE, note="first")
    moved = Episode("moved", NOON, NOON, sites=CALF_AND_SOLE)
    theirs = [
        RecordVersion(replace(apart, note="edited by 0.1.0"), 9),
        RecordVersion(replace(moved, sites=(Site(Region.KNEE, Side.LEFT),)), 9),
        RecordVersion(Episode("their-own", NOON, NOON, sites=sites_on(Side.BOTH, Region.CALF, Region.SOLE)), 9),
    ]
    ours = [RecordVersion(apart, 5), RecordVersion(moved, 5), RecordVersion(replace(moved, id="our-own"), 5)]
    files = [
        "".join(write_json(ours, at=NOON)),
        without_what_came_since("".join(write_json(theirs, at=NOON))),
    ]
    with closing(empty_log()) as log:
        for file in files if ours_first else reversed(files):
            for version in from_json(file):
                merge(log, version)
        found = {one.record.id: one.record for one in all_versions(log, (Episode,), deleted=False)}
        for version in from_json(files[1]):
            assert merge(log, version) is MergeResult.UNCHANGED
    assert found["apart"] == replace(apart, note="edited by 0.1.0"), "its sites, and the later note"
    assert found["moved"] == replace(moved, sites=(Site(Region.KNEE, Side.LEFT),), before_sites=True), "an edit"
    assert found["our-own"] == replace(moved, id="our-own")
    both = sites_on(Side.BOTH, Region.CALF, Region.SOLE)
    assert found["their-own"] == Episode("their-own", NOON, NOON, sites=both, before_sites=True)


@pytest.mark.parametrize("format", ExchangeFormat)
def test_an_episode_open_for_twelve_hours_comes_in_with_an_end_that_is_not_known(
    tmp_path: Path, profile: Profile, keeping: SafeJournal, format: ExchangeFormat
) -> None:
    now = datetime.now(UTC)
    for id, hours in (("old", 13), ("fresh", 1)):
        keeping.add_episode(Episode(id, now - timedelta(hours=hours)))
    file, fresh = tmp_path / "log.out", Profile.find(str(tmp_path / "fresh"))
    export_log(profile, file, format, at=now - timedelta(hours=12))
    assert import_log(profile, file).changed == 0
    import_log(fresh, file)
    with closing(SqliteJournal(fresh)) as journal:
        ends = {one.id: one.end.value for one in journal.episodes()}
    assert ends == {"old": "unknown", "fresh": "open"}
