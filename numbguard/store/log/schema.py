"""The log's tables, version by version. The database module reads it to make a log or migrate one; it has no code.

Moments are microseconds since 1970 in UTC beside the local offset in seconds: compact, exact, quick to compare.
Regions and sensations have tables of their own, so that a log of many years can be filtered by them. ``edited_us`` lets
two logs merge by id and newest edit; an undone episode stays, marked, until the log is purged.

The ninth gives each region its side and says which ends are not known. A column that the ninth adds is empty in a row
from before it: such an episode has one side for all of its regions (see ``rows.SITE_SIDE``), and such an answer is to
the first version of its question. No row is written anew for it. The tenth keeps what the person wants on the report
(see ``visit.py``) and when each report was written; neither is an entry, and exports have neither.

The fourth version keeps an episode as it was before each edit, with its regions and sensations, until the log is
purged. The fifth keeps the answers to questions about warning signs. The eighth has entries alone: counts that the
third, sixth and seventh kept beside them are now computed when needed. The scripts of the third and the seventh no
longer make what the eighth drops; logs that have it from an earlier NumbGuard lose it by the eighth. The number of
versions is ``database.VERSION``, so that an up-to-date log opens without importing this module.
"""

from __future__ import annotations

from numbguard.core.log.records.episode import OPEN_FOR

from .rows.episodes import REGION_WORD, list_of
from .rows.moments import DAY

_KEPT = (
    *(("id", "TEXT NOT NULL"), ("edited_us", "INTEGER NOT NULL"), ("deleted", "INTEGER NOT NULL")),
    *(("started_us", "INTEGER NOT NULL"), ("started_offset_s", "INTEGER NOT NULL"), ("ended_us", "INTEGER")),
    *(("ended_offset_s", "INTEGER"), ("side", "TEXT"), ("severity", "INTEGER"), ("posture", "TEXT")),
    *(("onset", "TEXT"), ("weakness", "INTEGER"), ("back_pain", "INTEGER"), ("relief", "TEXT")),
    *(("relief_after_s", "REAL"), ("note", "TEXT"), ("seated_s", "REAL"), ("since_break_s", "REAL")),
    *(("skipped_today", "INTEGER"), ("seat", "TEXT")),
)
"""The columns kept of each former version of an episode, as in the fourth version of the log."""

_KEPT_NOW = (*(column for column, _ in _KEPT), "end_unknown", "with_sites")
_OPEN_FOR_S = round(OPEN_FOR.total_seconds())

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
    # The column stays empty; the eighth step drops it, also where an earlier NumbGuard filled it.
    f"""
    CREATE INDEX episodes_by_day ON episodes (deleted, {DAY}, started_us);
    ALTER TABLE bouts ADD COLUMN numb_s REAL;
    CREATE INDEX bouts_by_span ON bouts (ended_us - started_us);
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
    """
    DROP TRIGGER region_added;
    DROP TRIGGER side_changed;
    DROP INDEX regions_by_leg;
    DROP INDEX regions_by_name;
    DROP INDEX sensations_by_name;
    ALTER TABLE episode_regions DROP COLUMN leg;
    CREATE INDEX episodes_by_severity ON episodes (severity, started_us) WHERE NOT deleted AND severity > 0;
    """,
    # Counting the longest supported log takes half a second, so no counters are kept.
    """
    DROP TRIGGER IF EXISTS bout_added;
    DROP TRIGGER IF EXISTS bout_changed;
    DROP TRIGGER IF EXISTS episode_added;
    DROP TRIGGER IF EXISTS episode_changed;
    DROP TRIGGER IF EXISTS episode_removed;
    DROP TRIGGER IF EXISTS episode_lists_gone;
    DROP TRIGGER IF EXISTS episode_tallied;
    DROP TRIGGER IF EXISTS episode_tallied_anew;
    DROP TRIGGER IF EXISTS episode_untallied;
    DROP TRIGGER IF EXISTS break_tallied;
    DROP TRIGGER IF EXISTS break_tallied_anew;
    DROP TRIGGER IF EXISTS break_untallied;
    DROP TRIGGER IF EXISTS bout_tallied;
    DROP TRIGGER IF EXISTS bout_tallied_anew;
    DROP TRIGGER IF EXISTS bout_untallied;
    DROP TRIGGER IF EXISTS episode_region_tallied;
    DROP TRIGGER IF EXISTS episode_region_untallied;
    DROP TRIGGER IF EXISTS episode_region_tallied_elsewhere;
    DROP TRIGGER IF EXISTS episode_sensation_tallied;
    DROP TRIGGER IF EXISTS episode_sensation_untallied;
    DROP TRIGGER IF EXISTS episode_sensation_tallied_elsewhere;
    DROP VIEW IF EXISTS tell_episodes;
    DROP VIEW IF EXISTS tell_breaks;
    DROP VIEW IF EXISTS tell_bouts;
    DROP VIEW IF EXISTS tell_episode_regions;
    DROP VIEW IF EXISTS tell_episode_sensations;
    DROP TABLE IF EXISTS tallies;
    DROP INDEX IF EXISTS episodes_by_hour;
    DROP INDEX IF EXISTS episodes_by_side;
    DROP INDEX IF EXISTS episodes_by_posture;
    DROP INDEX IF EXISTS episodes_by_length;
    DROP INDEX IF EXISTS episodes_by_relief;
    DROP INDEX IF EXISTS episodes_by_sitting;
    DROP INDEX IF EXISTS breaks_by_day;
    DROP INDEX IF EXISTS bouts_by_onset;
    ALTER TABLE bouts DROP COLUMN numb_s;
    """,
    f"""
    ALTER TABLE episodes ADD COLUMN end_unknown INTEGER;
    ALTER TABLE episodes ADD COLUMN with_sites INTEGER;
    ALTER TABLE episode_regions ADD COLUMN side TEXT;
    ALTER TABLE former_episodes ADD COLUMN end_unknown INTEGER;
    ALTER TABLE former_episodes ADD COLUMN with_sites INTEGER;
    ALTER TABLE sign_answers ADD COLUMN version INTEGER;
    UPDATE episodes SET end_unknown = 1
        WHERE ended_us IS NULL AND started_us / 1000000 <= CAST(strftime('%s', 'now') AS INTEGER) - {_OPEN_FOR_S};
    DROP INDEX episodes_open;
    CREATE INDEX episodes_open ON episodes (started_us)
        WHERE NOT deleted AND ended_us IS NULL AND end_unknown IS NOT 1;
    DROP TRIGGER episode_edited;
    CREATE TRIGGER episode_edited BEFORE UPDATE ON episodes WHEN old.edited_us <> new.edited_us
    BEGIN
        INSERT INTO former_episodes ({", ".join(_KEPT_NOW)}, regions, sensations)
        VALUES ({", ".join(f"old.{column}" for column in _KEPT_NOW)},
            {list_of("region", REGION_WORD, "old.n")},
            {list_of("sensation", "sensation", "old.n")});
    END;
    """,
    """
    CREATE TABLE visit (
        word TEXT PRIMARY KEY,
        changed_us INTEGER NOT NULL,
        content TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE reports (
        n INTEGER PRIMARY KEY,
        written_us INTEGER NOT NULL,
        written_offset_s INTEGER NOT NULL
    );
    """,
)
"""Each script migrates the log by one version, in one transaction. Only ever add to the end."""
