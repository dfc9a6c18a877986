"""The log's tables, version by version. Read by the database module when it opens a log; holds no code.

Moments are microseconds since 1970 in UTC beside the local offset in seconds: compact, exact, quick to compare.
Regions and sensations have tables of their own, so that a log of many years can be filtered by them. ``edited_us`` lets
two logs merge by id and newest edit; an episode taken back stays, marked, until the log is purged.
"""

from __future__ import annotations

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
)
"""Each script brings the log one version further, in one transaction. Only ever add to the end."""
