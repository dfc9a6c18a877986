"""The log's tables, version by version. Read by the database module when it opens a log; holds no code.

Moments are microseconds since 1970 in UTC beside the local offset in seconds: compact, exact, quick to compare.
Regions and sensations have tables of their own, so that a log of many years can be filtered by them. ``edited_us`` lets
two logs merge by id and newest edit; an episode taken back stays, marked, until the log is purged.

The third version has for each sitting bout ``numb_s``, the reading of the seated clock when its first episode began.
Triggers keep that true whichever way an episode or a bout comes, changes or goes.

The fourth keeps what an episode was before each edit, with its regions and sensations, until the log is purged.
The fifth keeps what was said to questions after signs of danger.
The seventh counts everything beside the entries, in the tallies; the indexes that the third to the sixth had made for
counting are gone with it. How many versions there are is ``database.VERSION``: this module is read only to make a log
or bring one up to date.
"""

from __future__ import annotations

from . import tallies
from .tallies import DAY, HOUR, LASTED, ONSET

_FIRST_ONSET = """(
    SELECT coalesce(e.seated_s, bouts.seated_s * (e.started_us - bouts.started_us)
        / max(bouts.ended_us - bouts.started_us, 1))
    FROM episodes AS e
    WHERE NOT e.deleted AND e.started_us BETWEEN bouts.started_us AND bouts.ended_us
        -- At the very moment where one bout ends and the next begins, the clock says to which an episode belongs.
        AND (bouts.started_us = bouts.ended_us
            OR NOT (e.started_us = bouts.started_us AND ifnull(e.seated_s, 0) > 0)
            AND NOT (e.started_us = bouts.ended_us AND ifnull(e.seated_s, 1) = 0))
    ORDER BY e.started_us, e.n LIMIT 1
)"""


def _bouts_around(episode: str) -> str:
    return (
        f"UPDATE bouts SET numb_s = {_FIRST_ONSET} WHERE ended_us >= {episode}.started_us AND started_us BETWEEN"
        # No bout that began longer ago than the longest lasts still goes on: few have to be looked at.
        f" {episode}.started_us - (SELECT max(ended_us - started_us) FROM bouts) AND {episode}.started_us;"
    )


_KEPT = (
    *(("id", "TEXT NOT NULL"), ("edited_us", "INTEGER NOT NULL"), ("deleted", "INTEGER NOT NULL")),
    *(("started_us", "INTEGER NOT NULL"), ("started_offset_s", "INTEGER NOT NULL"), ("ended_us", "INTEGER")),
    *(("ended_offset_s", "INTEGER"), ("side", "TEXT"), ("severity", "INTEGER"), ("posture", "TEXT")),
    *(("onset", "TEXT"), ("weakness", "INTEGER"), ("back_pain", "INTEGER"), ("relief", "TEXT")),
    *(("relief_after_s", "REAL"), ("note", "TEXT"), ("seated_s", "REAL"), ("since_break_s", "REAL")),
    *(("skipped_today", "INTEGER"), ("seat", "TEXT")),
)
"""What of an episode is kept of each former version, as the fourth version of the log has it."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE episodes (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        edited_us INTEGER NOT NULL,
        deleted INTEGER NOT NULL,
        started_us INTEGER NOT NULL,
        started_offset_s INTEGER NOT NULL,
        ended_us INTEGER,
        ended_offset_s INTEGER,
        side TEXT,
        severity INTEGER,
        posture TEXT,
        onset TEXT,
        weakness INTEGER,
        back_pain INTEGER,
        relief TEXT,
        relief_after_s REAL,
        note TEXT,
        seated_s REAL,
        since_break_s REAL,
        skipped_today INTEGER,
        seat TEXT
    );
    CREATE INDEX episodes_by_start ON episodes (started_us) WHERE NOT deleted;
    CREATE INDEX episodes_open ON episodes (started_us) WHERE NOT deleted AND ended_us IS NULL;

    CREATE TABLE episode_regions (
        episode INTEGER NOT NULL REFERENCES episodes (n) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        region TEXT NOT NULL,
        PRIMARY KEY (episode, place)
    ) WITHOUT ROWID;
    CREATE INDEX regions_by_name ON episode_regions (region, episode);

    CREATE TABLE episode_sensations (
        episode INTEGER NOT NULL REFERENCES episodes (n) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        sensation TEXT NOT NULL,
        PRIMARY KEY (episode, place)
    ) WITHOUT ROWID;
    CREATE INDEX sensations_by_name ON episode_sensations (sensation, episode);

    CREATE TABLE breaks (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        edited_us INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        started_us INTEGER NOT NULL,
        started_offset_s INTEGER NOT NULL,
        ended_us INTEGER,
        ended_offset_s INTEGER,
        card TEXT,
        announced_us INTEGER,
        announced_offset_s INTEGER,
        seated_s REAL NOT NULL,
        snoozes INTEGER NOT NULL
    );
    CREATE INDEX breaks_by_start ON breaks (started_us);

    CREATE TABLE bouts (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        edited_us INTEGER NOT NULL,
        started_us INTEGER NOT NULL,
        started_offset_s INTEGER NOT NULL,
        ended_us INTEGER NOT NULL,
        ended_offset_s INTEGER NOT NULL,
        seated_s REAL NOT NULL,
        "end" TEXT NOT NULL
    );
    CREATE INDEX bouts_by_start ON bouts (started_us);
    CREATE INDEX bouts_by_end ON bouts (ended_us);
    """,
    """
    CREATE TABLE habit_ticks (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        edited_us INTEGER NOT NULL,
        at_us INTEGER NOT NULL,
        at_offset_s INTEGER NOT NULL,
        kind TEXT NOT NULL,
        amount INTEGER NOT NULL
    );
    CREATE INDEX habit_ticks_by_time ON habit_ticks (at_us);

    CREATE TABLE posture_checks (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        edited_us INTEGER NOT NULL,
        at_us INTEGER NOT NULL,
        at_offset_s INTEGER NOT NULL,
        feet_supported INTEGER NOT NULL,
        knees_level INTEGER NOT NULL,
        screen_level INTEGER NOT NULL,
        back_supported INTEGER NOT NULL,
        legs_uncrossed INTEGER NOT NULL
    );
    CREATE INDEX posture_checks_by_time ON posture_checks (at_us);
    """,
    f"""
    CREATE INDEX episodes_by_day ON episodes (deleted, {DAY}, started_us);
    CREATE INDEX episodes_by_hour ON episodes (deleted, {HOUR}, started_us);
    CREATE INDEX episodes_by_side ON episodes (deleted, side, started_us);
    CREATE INDEX episodes_by_posture ON episodes (deleted, posture, started_us);
    CREATE INDEX episodes_by_length ON episodes (deleted, {LASTED}, started_us);
    CREATE INDEX episodes_by_relief ON episodes (deleted, relief, CAST(relief_after_s AS INTEGER), started_us);
    CREATE INDEX episodes_by_sitting ON episodes (deleted, CAST(seated_s AS INTEGER), started_us);
    CREATE INDEX breaks_by_day ON breaks (outcome, {DAY}, started_us);

    ALTER TABLE bouts ADD COLUMN numb_s REAL;
    UPDATE bouts SET numb_s = {_FIRST_ONSET};
    CREATE INDEX bouts_by_span ON bouts (ended_us - started_us);
    CREATE INDEX bouts_by_onset ON bouts ({ONSET}, numb_s IS NOT NULL, started_us);
    CREATE TRIGGER bout_added AFTER INSERT ON bouts
    BEGIN
        UPDATE bouts SET numb_s = {_FIRST_ONSET} WHERE n = new.n;
    END;
    CREATE TRIGGER bout_changed AFTER UPDATE OF started_us, ended_us, seated_s ON bouts
    BEGIN
        UPDATE bouts SET numb_s = {_FIRST_ONSET} WHERE n = new.n;
    END;
    CREATE TRIGGER episode_added AFTER INSERT ON episodes
    BEGIN
        {_bouts_around("new")}
    END;
    CREATE TRIGGER episode_changed AFTER UPDATE OF started_us, deleted, seated_s ON episodes
    BEGIN
        {_bouts_around("old")}
        {_bouts_around("new")}
    END;
    CREATE TRIGGER episode_removed AFTER DELETE ON episodes
    BEGIN
        {_bouts_around("old")}
    END;
    """,
    f"""
    CREATE TABLE former_episodes (
        n INTEGER PRIMARY KEY,
        {", ".join(f"{column} {kind}" for column, kind in _KEPT)},
        regions TEXT,
        sensations TEXT
    );
    CREATE INDEX former_by_id ON former_episodes (id, edited_us);
    CREATE TRIGGER episode_edited BEFORE UPDATE ON episodes WHEN old.edited_us <> new.edited_us
    BEGIN
        INSERT INTO former_episodes ({", ".join(column for column, _ in _KEPT)}, regions, sensations)
        VALUES ({", ".join(f"old.{column}" for column, _ in _KEPT)},
            (SELECT group_concat(region) FROM
                (SELECT region FROM episode_regions WHERE episode = old.n ORDER BY place)),
            (SELECT group_concat(sensation) FROM
                (SELECT sensation FROM episode_sensations WHERE episode = old.n ORDER BY place)));
    END;
    CREATE TRIGGER episode_purged AFTER DELETE ON episodes
    BEGIN
        DELETE FROM former_episodes WHERE id = old.id;
    END;
    """,
    """
    CREATE TABLE sign_answers (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        edited_us INTEGER NOT NULL,
        at_us INTEGER NOT NULL,
        at_offset_s INTEGER NOT NULL,
        episode TEXT NOT NULL,
        sign TEXT NOT NULL,
        present INTEGER NOT NULL
    );
    CREATE INDEX sign_answers_by_time ON sign_answers (at_us);
    CREATE INDEX sign_answers_by_episode ON sign_answers (episode);
    """,
    """
    ALTER TABLE episode_regions ADD COLUMN leg TEXT;
    UPDATE episode_regions SET leg = (SELECT side FROM episodes WHERE n = episode);
    CREATE INDEX regions_by_leg ON episode_regions (region, leg);
    CREATE TRIGGER region_added AFTER INSERT ON episode_regions
    BEGIN
        UPDATE episode_regions SET leg = (SELECT side FROM episodes WHERE n = new.episode)
        WHERE episode = new.episode AND place = new.place;
    END;
    CREATE TRIGGER side_changed AFTER UPDATE OF side ON episodes
    BEGIN
        UPDATE episode_regions SET leg = new.side WHERE episode = new.n;
    END;
    """,
    # What only ever counted is counted by the tallies, and the indexes for it go: each was one more thing to write.
    f"""
    DROP TRIGGER region_added;
    DROP TRIGGER side_changed;
    DROP INDEX regions_by_leg;
    DROP INDEX regions_by_name;
    DROP INDEX sensations_by_name;
    ALTER TABLE episode_regions DROP COLUMN leg;
    {tallies.SCRIPT}
    DROP INDEX episodes_by_hour;
    DROP INDEX episodes_by_side;
    DROP INDEX episodes_by_posture;
    DROP INDEX episodes_by_length;
    DROP INDEX episodes_by_relief;
    DROP INDEX episodes_by_sitting;
    DROP INDEX breaks_by_day;
    DROP INDEX bouts_by_onset;
    """,
)
"""Each script brings the log one version further, in one transaction. Only ever add to the end."""
