"""A log of any earlier version is migrated with every entry unchanged, even if the migration is interrupted.

`former_logs/` holds a log of each version with every kind of entry, written by the NumbGuard that had seven of them
through its own journal, and dumped as SQL; the ninth is the eighth, migrated.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from numbguard.core.log.records.episode import Episode
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.log.survival import EndedBouts
from numbguard.core.sites import Region, Side, Site
from numbguard.store.log import database
from numbguard.store.log.database import VERSION, open_database
from numbguard.store.log.errors import NewerDatabaseError
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.queries.insights import InsightQueries
from numbguard.store.log.schema import MIGRATIONS
from numbguard.store.profile import Profile
from tests.only_on_unix import KILL_NOW, KILLED

FORMER = range(1, VERSION)
NOT_ENTRIES = ("tallies", "numb_s", "leg")
"""A table and two columns of earlier versions whose content can be computed from the entries."""

Rows = dict[str, list[dict[str, object]]]
"""The rows of each table, by column."""


def lay_down(profile: Profile, version: int) -> Rows:
    """Put a log of that version in the profile and return its entries."""
    profile.folder.mkdir(parents=True, exist_ok=True)
    script = (Path(__file__).parent / "former_logs" / f"version{version}.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(profile.database)) as connection:
        connection.executescript(script)
    return entries(profile.database)


def entries(log: Path) -> Rows:
    found: Rows = {}
    with closing(sqlite3.connect(log)) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table not in NOT_ENTRIES:
                rows = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
                names = [column[0] for column in rows.description]
                found[table] = [
                    {name: value for name, value in zip(names, row, strict=True) if name not in NOT_ENTRIES}
                    for row in rows
                ]
    return found


def former_columns(after: Rows, before: Rows) -> Rows:
    """The entries of the tables and columns that there were before."""
    columns = {table: rows[0].keys() for table, rows in before.items()}
    return {
        table: [{name: value for name, value in row.items() if name in columns[table]} for row in after[table]]
        for table in before
    }


def version_of(log: Path) -> int:
    with closing(sqlite3.connect(log)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def schema(log: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(log)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {(name, " ".join(sql.split())) for name, sql in rows}


@pytest.mark.parametrize("version", FORMER)
def test_every_row_comes_over_as_it_was(profile: Profile, version: int) -> None:
    before = lay_down(profile, version)
    assert all(before.values()), "every kind of entry is there"
    with closing(SqliteJournal(profile)) as journal, journal.reading():
        pass
    after = entries(profile.database)
    assert former_columns(after, before) == before
    assert not any(after[table] for table in after.keys() - before.keys())
    assert version_of(profile.database) == VERSION


@pytest.mark.parametrize("version", FORMER)
def test_an_episode_from_before_sites_keeps_its_regions_and_its_side_and_is_marked(
    profile: Profile, version: int
) -> None:
    """One site a region, each with the one side that was stored; nothing is multiplied."""
    before = lay_down(profile, version)
    with closing(SqliteJournal(profile)) as journal:
        read = {one.id: one for one in journal.episodes()}
        former = {id: journal.former(id) for id in read}
    regions: dict[object, set[object]] = {}
    for row in before["episode_regions"]:
        regions.setdefault(row["episode"], set()).add(row["region"])
    now = datetime.now(UTC)
    for row in before["episodes"]:
        if row["deleted"]:
            continue
        one = read[str(row["id"])]
        assert {site.region.value for site in one.sites} == regions.get(row["n"], set())
        assert {site.side for site in one.sites} <= {row["side"] and Side(row["side"])}
        assert (one.side and one.side.value) == row["side"]
        assert one.before_sites == bool(one.sites)
        assert (one.ended_at is None) == (row["ended_us"] is None)
        assert one.end_unknown == (one.ended_at is None), "it was open, and is older than twelve hours"
        assert not one.is_open(now)
        for older in former[one.id]:
            assert isinstance(older.record, Episode)
            assert older.record.before_sites == bool(older.record.sites)


def test_calf_and_sole_on_both_sides_stay_two_sites(profile: Profile) -> None:
    lay_down(profile, 8)
    with closing(SqliteJournal(profile)) as journal:
        both, edited = journal.find_episode("both-two"), journal.find_episode("edited-both")
        (before_edit,) = journal.former("edited-both")
        answers = journal.answers_about(["both-two"])
        leg = journal.find_episode("leg-only")
    assert both is not None
    assert both.sites == (Site(Region.CALF, Side.BOTH), Site(Region.SOLE, Side.BOTH))
    assert edited is not None
    assert edited.sites == (Site(Region.SHIN, Side.BOTH), Site(Region.ANKLE, Side.BOTH))
    assert isinstance(before_edit.record, Episode)
    assert before_edit.record.sites == (Site(Region.SHIN, Side.LEFT),)
    assert leg is not None
    assert (leg.sites, leg.leg, leg.side) == ((), Side.LEFT, Side.LEFT)
    assert [(one.sign, one.present, one.version) for one in answers] == [
        (WarningSign.SADDLE, False, 1),
        (WarningSign.WEAKNESS, True, 1),
    ]


def test_an_episode_open_for_an_hour_is_still_open_after_the_step(profile: Profile) -> None:
    lay_down(profile, 8)
    began = round((datetime.now(UTC) - timedelta(hours=1)).timestamp() * 1e6)
    with closing(sqlite3.connect(profile.database)) as connection:
        connection.execute("UPDATE episodes SET started_us = ? WHERE id = 'leg-only'", (began,))
        connection.commit()
    with closing(SqliteJournal(profile)) as journal:
        found = journal.open_episode(datetime.now(UTC))
    assert found is not None
    assert found.id == "leg-only"


@pytest.mark.parametrize("version", FORMER)
def test_what_comes_out_is_a_log_like_any_other(profile: Profile, tmp_path: Path, version: int) -> None:
    """No table, index or trigger is left over, and none is missing."""
    lay_down(profile, version)
    fresh = Profile.find(str(tmp_path / "fresh"))
    for one in (profile, fresh):
        open_database(one).connection.close()
    assert schema(profile.database) == schema(fresh.database)


@pytest.mark.parametrize("version", FORMER)
def test_the_log_is_copied_before(profile: Profile, version: int) -> None:
    before = lay_down(profile, version)
    open_database(profile).connection.close()
    (copy,) = profile.backups.iterdir()
    assert copy.name.startswith(f"numbguard-v{version}-")
    assert (version_of(copy), entries(copy)) == (version, before)


def test_what_was_kept_beside_the_bouts_is_what_is_counted_now(profile: Profile) -> None:
    lay_down(profile, 7)
    with closing(sqlite3.connect(profile.database)) as connection:
        kept = connection.execute("SELECT numb_s, seated_s FROM bouts").fetchall()
    events = [EndedBouts(numb_s, events=1) for numb_s, _ in kept if numb_s is not None]
    censored = [EndedBouts(seated_s, censored=1) for numb_s, seated_s in kept if numb_s is None]
    journal = SqliteJournal(profile)
    assert sorted(InsightQueries(journal).ended(), key=lambda one: one.t_s) == sorted(
        events + censored, key=lambda one: one.t_s
    )
    journal.close()


_UNTIL_THEN = f"""
import sys
from numbguard.store.log import database
from numbguard.store.profile import Profile
from tests.only_on_unix import KILL_NOW, KILLED
from tests.only_on_unix import KILL_NOW, KILLED

left, one_by_one = int(sys.argv[2]), database._statements

def die():
    {KILL_NOW}

def until_then(script):
    global left
    for statement in one_by_one(script):
        if left == 0:
            die()
        yield statement
        left -= 1
        if left == 0:
            die()

database._statements = until_then
database.open_database(Profile.find(sys.argv[1]))
die()
"""


@pytest.mark.parametrize("version", [3, 7, 8])
@pytest.mark.parametrize("share", [0, 0.3, 0.7, 1, 2], ids=["not begun", "some", "most", "not committed", "committed"])
def test_a_step_cut_short_by_kill_9_is_done_or_not_done_and_loses_nothing(
    profile: Profile, version: int, share: float
) -> None:
    before = lay_down(profile, version)
    statements = sum(len(list(database._statements(script))) for script in MIGRATIONS[version:])
    command = [sys.executable, "-c", _UNTIL_THEN, str(profile.folder), str(round(statements * share))]
    assert subprocess.run(command).returncode == KILLED

    cut_short = entries(profile.database)
    assert version_of(profile.database) == (VERSION if share == 2 else version)
    assert former_columns(cut_short, before) == before

    open_database(profile).connection.close()
    after = entries(profile.database)
    assert version_of(profile.database) == VERSION
    assert former_columns(after, before) == before


def test_the_numbguard_before_says_that_the_log_is_from_a_newer_one(profile: Profile) -> None:
    lay_down(profile, VERSION - 1)
    open_database(profile).connection.close()
    untouched = profile.database.read_bytes()
    with pytest.raises(NewerDatabaseError) as caught:
        open_database(profile, migrations=MIGRATIONS[:-1])
    assert str(caught.value) == (
        f"The log {profile.database} was written by a newer NumbGuard (its version is {VERSION}, this program "
        f"knows {VERSION - 1}). It was not changed. Update NumbGuard to use it."
    )
    assert profile.database.read_bytes() == untouched
