PRAGMA user_version = 5;
BEGIN TRANSACTION;
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
    , numb_s REAL);
INSERT INTO "bouts" VALUES(1,'bout-1',1795947972681634,1740971700123456,20700,1740974400123456,20700,2700.0,'moved',1200.0);
INSERT INTO "bouts" VALUES(2,'bout-2',1795947972746841,1740974700123456,20700,1740976500123456,20700,1800.0,'natural',660.0);
INSERT INTO "bouts" VALUES(3,'bout-3',1795947972758685,1740977100123456,20700,1740980700123456,20700,3500.25,'moved',600.5);
INSERT INTO "bouts" VALUES(4,'bout-4',1795947972762837,1740980700123456,-28800,1740982500123456,-28800,1800.0,'moved',0.0);
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
INSERT INTO "breaks" VALUES(1,'break-moved',1795947972908388,'moved',1740974400123456,20700,1740974520123456,20700,'calf-raises',1740974340123456,20700,2700.0,0);
INSERT INTO "breaks" VALUES(2,'break-finished',1795947972917985,'finished',1740974460123456,20700,1740974580123456,20700,'calf-raises',1740974400123456,20700,2700.0,1);
INSERT INTO "breaks" VALUES(3,'break-cut_short',1795947972926844,'cut_short',1740974520123456,20700,1740974640123456,20700,'calf-raises',1740974460123456,20700,2700.0,2);
INSERT INTO "breaks" VALUES(4,'break-snoozed',1795947972938713,'snoozed',1740974580123456,20700,1740974700123456,20700,'calf-raises',1740974520123456,20700,2700.0,3);
INSERT INTO "breaks" VALUES(5,'break-skipped',1795947972946681,'skipped',1740974640123456,20700,1740974760123456,20700,'calf-raises',1740974580123456,20700,2700.0,4);
INSERT INTO "breaks" VALUES(6,'break-natural',1795947972958795,'natural',1740974700123456,20700,1740974820123456,20700,'calf-raises',1740974640123456,20700,2700.0,5);
INSERT INTO "breaks" VALUES(7,'break-missed',1795947972970773,'missed',1740974760123456,20700,1740974880123456,20700,'calf-raises',1740974700123456,20700,2700.0,6);
INSERT INTO "breaks" VALUES(8,'break-grew',1795947973007998,'moved',1740983700123456,20700,1740983820123456,-28800,NULL,NULL,NULL,0.0,1);
CREATE TABLE episode_regions (
        episode INTEGER NOT NULL REFERENCES episodes (n) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        region TEXT NOT NULL,
        PRIMARY KEY (episode, place)
    ) WITHOUT ROWID;
INSERT INTO "episode_regions" VALUES(2,0,'calf');
INSERT INTO "episode_regions" VALUES(5,0,'calf');
INSERT INTO "episode_regions" VALUES(2,1,'sole');
INSERT INTO "episode_regions" VALUES(8,0,'sole');
CREATE TABLE episode_sensations (
        episode INTEGER NOT NULL REFERENCES episodes (n) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        sensation TEXT NOT NULL,
        PRIMARY KEY (episode, place)
    ) WITHOUT ROWID;
INSERT INTO "episode_sensations" VALUES(2,0,'tingling');
INSERT INTO "episode_sensations" VALUES(2,1,'tingling');
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
INSERT INTO "episodes" VALUES(1,'episode-bare',1795947972764694,0,1740972900123456,20700,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(2,'episode-full',1795947972778719,0,1740977700123456,20700,1740977940123456,20700,'left',4,'slouched','sudden',0,1,'position',240.0,'it''s “numb”; 50 % of the sole
and then some',600.5,900.0,2,'sitting');
INSERT INTO "episodes" VALUES(3,'episode-ended',1795947972787009,0,1740973500123456,20700,1740974220123456,20700,'right',NULL,NULL,NULL,NULL,NULL,'massage',720.0,NULL,1800.0,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(4,'episode-corrected',1795947972817882,0,1740975360123456,20700,NULL,NULL,NULL,10,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(5,'episode-taken-back',1795947972846903,1,1740972300123456,20700,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(6,'episode-told-again',1795947972878676,0,1740981300123456,-28800,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.0,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(7,'episode-at-the-seam',1795947972886698,0,1740980700123456,20700,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,3500.25,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(8,'episode-from-elsewhere',1700000000000000,0,1737371700123456,-28800,1737372300123456,-28800,'right',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE former_episodes (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL, edited_us INTEGER NOT NULL, deleted INTEGER NOT NULL, started_us INTEGER NOT NULL, started_offset_s INTEGER NOT NULL, ended_us INTEGER, ended_offset_s INTEGER, side TEXT, severity INTEGER, posture TEXT, onset TEXT, weakness INTEGER, back_pain INTEGER, relief TEXT, relief_after_s REAL, note TEXT, seated_s REAL, since_break_s REAL, skipped_today INTEGER, seat TEXT,
        regions TEXT,
        sensations TEXT
    );
INSERT INTO "former_episodes" VALUES(1,'episode-ended',1795947972784142,0,1740973500123456,20700,NULL,NULL,'right',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1800.0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "former_episodes" VALUES(2,'episode-corrected',1795947972794891,0,1740975300123456,20700,NULL,NULL,'both',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'first',NULL,NULL,NULL,NULL,'toes','tingling');
INSERT INTO "former_episodes" VALUES(3,'episode-corrected',1795947972806714,0,1740975300123456,20700,NULL,NULL,'both',0,NULL,NULL,NULL,NULL,NULL,NULL,'second',NULL,NULL,NULL,NULL,'toes,calf','tingling');
INSERT INTO "former_episodes" VALUES(4,'episode-taken-back',1795947972830732,0,1740972300123456,20700,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'calf',NULL);
INSERT INTO "former_episodes" VALUES(5,'episode-told-again',1795947972850650,0,1740981300123456,-28800,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "former_episodes" VALUES(6,'episode-told-again',1795947972867038,1,1740981300123456,-28800,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.0,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE habit_ticks (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        edited_us INTEGER NOT NULL,
        at_us INTEGER NOT NULL,
        at_offset_s INTEGER NOT NULL,
        kind TEXT NOT NULL,
        amount INTEGER NOT NULL
    );
INSERT INTO "habit_ticks" VALUES(1,'tick-water',1795947973014742,1740971700123456,20700,'water',1);
INSERT INTO "habit_ticks" VALUES(2,'tick-walk',1795947973030718,1740971760123456,20700,'walk',2);
INSERT INTO "habit_ticks" VALUES(3,'tick-stretch',1795947973042698,1740971820123456,20700,'stretch',3);
INSERT INTO "habit_ticks" VALUES(4,'tick-minus',1795947973052973,1740972240123456,20700,'water',-1);
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
INSERT INTO "posture_checks" VALUES(1,'check-0',1795947973062715,1740971700123456,20700,1,0,1,1,1);
INSERT INTO "posture_checks" VALUES(2,'check-1',1795947973066684,1741058100123456,20700,1,0,1,1,0);
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
INSERT INTO "sign_answers" VALUES(1,'answer-0',1795947973082636,1740978000123456,20700,'episode-full','saddle',1);
INSERT INTO "sign_answers" VALUES(2,'answer-1',1795947973086629,1740978060123456,20700,'episode-full','bladder_bowel',0);
INSERT INTO "sign_answers" VALUES(3,'answer-2',1795947973090866,1740978120123456,20700,'episode-full','both_legs',1);
INSERT INTO "sign_answers" VALUES(4,'answer-3',1795947973100342,1740978180123456,20700,'episode-full','whole_side',0);
INSERT INTO "sign_answers" VALUES(5,'answer-4',1795947973106832,1740978240123456,20700,'episode-full','spreading',1);
INSERT INTO "sign_answers" VALUES(6,'answer-5',1795947973120243,1740978300123456,20700,'episode-full','weakness',0);
INSERT INTO "sign_answers" VALUES(7,'answer-6',1795947973126004,1740978360123456,20700,'episode-full','face_speech_sight',1);
INSERT INTO "sign_answers" VALUES(8,'answer-7',1795947973131101,1740978420123456,20700,'episode-full','injury',0);
INSERT INTO "sign_answers" VALUES(9,'answer-8',1795947973138898,1740978480123456,20700,'episode-full','swollen',1);
CREATE INDEX episodes_by_start ON episodes (started_us) WHERE NOT deleted;
CREATE INDEX episodes_open ON episodes (started_us) WHERE NOT deleted AND ended_us IS NULL;
CREATE INDEX regions_by_name ON episode_regions (region, episode);
CREATE INDEX sensations_by_name ON episode_sensations (sensation, episode);
CREATE INDEX breaks_by_start ON breaks (started_us);
CREATE INDEX bouts_by_start ON bouts (started_us);
CREATE INDEX bouts_by_end ON bouts (ended_us);
CREATE INDEX habit_ticks_by_time ON habit_ticks (at_us);
CREATE INDEX posture_checks_by_time ON posture_checks (at_us);
CREATE INDEX episodes_by_day ON episodes (deleted, (started_us / 1000000 + started_offset_s + 86400 * 1000000) / 86400, started_us);
CREATE INDEX episodes_by_hour ON episodes (deleted, (started_us / 1000000 + started_offset_s + 86400 * 1000000) % 86400 / 3600, started_us);
CREATE INDEX episodes_by_side ON episodes (deleted, side, started_us);
CREATE INDEX episodes_by_posture ON episodes (deleted, posture, started_us);
CREATE INDEX episodes_by_length ON episodes (deleted, (ended_us - started_us) / 1000000, started_us);
CREATE INDEX episodes_by_relief ON episodes (deleted, relief, CAST(relief_after_s AS INTEGER), started_us);
CREATE INDEX episodes_by_sitting ON episodes (deleted, CAST(seated_s AS INTEGER), started_us);
CREATE INDEX breaks_by_day ON breaks (outcome, (started_us / 1000000 + started_offset_s + 86400 * 1000000) / 86400, started_us);
CREATE INDEX bouts_by_span ON bouts (ended_us - started_us);
CREATE INDEX bouts_by_onset ON bouts (CAST(coalesce(numb_s, seated_s) + 0.5 AS INTEGER), numb_s IS NOT NULL, started_us);
CREATE TRIGGER bout_added AFTER INSERT ON bouts
    BEGIN
        UPDATE bouts SET numb_s = (
    SELECT coalesce(e.seated_s, bouts.seated_s * (e.started_us - bouts.started_us)
        / max(bouts.ended_us - bouts.started_us, 1))
    FROM episodes AS e
    WHERE NOT e.deleted AND e.started_us BETWEEN bouts.started_us AND bouts.ended_us
        -- At the very moment where one bout ends and the next begins, the clock says to which an episode belongs.
        AND (bouts.started_us = bouts.ended_us
            OR NOT (e.started_us = bouts.started_us AND ifnull(e.seated_s, 0) > 0)
            AND NOT (e.started_us = bouts.ended_us AND ifnull(e.seated_s, 1) = 0))
    ORDER BY e.started_us, e.n LIMIT 1
) WHERE n = new.n;
    END;
CREATE TRIGGER bout_changed AFTER UPDATE OF started_us, ended_us, seated_s ON bouts
    BEGIN
        UPDATE bouts SET numb_s = (
    SELECT coalesce(e.seated_s, bouts.seated_s * (e.started_us - bouts.started_us)
        / max(bouts.ended_us - bouts.started_us, 1))
    FROM episodes AS e
    WHERE NOT e.deleted AND e.started_us BETWEEN bouts.started_us AND bouts.ended_us
        -- At the very moment where one bout ends and the next begins, the clock says to which an episode belongs.
        AND (bouts.started_us = bouts.ended_us
            OR NOT (e.started_us = bouts.started_us AND ifnull(e.seated_s, 0) > 0)
            AND NOT (e.started_us = bouts.ended_us AND ifnull(e.seated_s, 1) = 0))
    ORDER BY e.started_us, e.n LIMIT 1
) WHERE n = new.n;
    END;
CREATE TRIGGER episode_added AFTER INSERT ON episodes
    BEGIN
        UPDATE bouts SET numb_s = (
    SELECT coalesce(e.seated_s, bouts.seated_s * (e.started_us - bouts.started_us)
        / max(bouts.ended_us - bouts.started_us, 1))
    FROM episodes AS e
    WHERE NOT e.deleted AND e.started_us BETWEEN bouts.started_us AND bouts.ended_us
        -- At the very moment where one bout ends and the next begins, the clock says to which an episode belongs.
        AND (bouts.started_us = bouts.ended_us
            OR NOT (e.started_us = bouts.started_us AND ifnull(e.seated_s, 0) > 0)
            AND NOT (e.started_us = bouts.ended_us AND ifnull(e.seated_s, 1) = 0))
    ORDER BY e.started_us, e.n LIMIT 1
) WHERE ended_us >= new.started_us AND started_us BETWEEN new.started_us - (SELECT max(ended_us - started_us) FROM bouts) AND new.started_us;
    END;
CREATE TRIGGER episode_changed AFTER UPDATE OF started_us, deleted, seated_s ON episodes
    BEGIN
        UPDATE bouts SET numb_s = (
    SELECT coalesce(e.seated_s, bouts.seated_s * (e.started_us - bouts.started_us)
        / max(bouts.ended_us - bouts.started_us, 1))
    FROM episodes AS e
    WHERE NOT e.deleted AND e.started_us BETWEEN bouts.started_us AND bouts.ended_us
        -- At the very moment where one bout ends and the next begins, the clock says to which an episode belongs.
        AND (bouts.started_us = bouts.ended_us
            OR NOT (e.started_us = bouts.started_us AND ifnull(e.seated_s, 0) > 0)
            AND NOT (e.started_us = bouts.ended_us AND ifnull(e.seated_s, 1) = 0))
    ORDER BY e.started_us, e.n LIMIT 1
) WHERE ended_us >= old.started_us AND started_us BETWEEN old.started_us - (SELECT max(ended_us - started_us) FROM bouts) AND old.started_us;
        UPDATE bouts SET numb_s = (
    SELECT coalesce(e.seated_s, bouts.seated_s * (e.started_us - bouts.started_us)
        / max(bouts.ended_us - bouts.started_us, 1))
    FROM episodes AS e
    WHERE NOT e.deleted AND e.started_us BETWEEN bouts.started_us AND bouts.ended_us
        -- At the very moment where one bout ends and the next begins, the clock says to which an episode belongs.
        AND (bouts.started_us = bouts.ended_us
            OR NOT (e.started_us = bouts.started_us AND ifnull(e.seated_s, 0) > 0)
            AND NOT (e.started_us = bouts.ended_us AND ifnull(e.seated_s, 1) = 0))
    ORDER BY e.started_us, e.n LIMIT 1
) WHERE ended_us >= new.started_us AND started_us BETWEEN new.started_us - (SELECT max(ended_us - started_us) FROM bouts) AND new.started_us;
    END;
CREATE TRIGGER episode_removed AFTER DELETE ON episodes
    BEGIN
        UPDATE bouts SET numb_s = (
    SELECT coalesce(e.seated_s, bouts.seated_s * (e.started_us - bouts.started_us)
        / max(bouts.ended_us - bouts.started_us, 1))
    FROM episodes AS e
    WHERE NOT e.deleted AND e.started_us BETWEEN bouts.started_us AND bouts.ended_us
        -- At the very moment where one bout ends and the next begins, the clock says to which an episode belongs.
        AND (bouts.started_us = bouts.ended_us
            OR NOT (e.started_us = bouts.started_us AND ifnull(e.seated_s, 0) > 0)
            AND NOT (e.started_us = bouts.ended_us AND ifnull(e.seated_s, 1) = 0))
    ORDER BY e.started_us, e.n LIMIT 1
) WHERE ended_us >= old.started_us AND started_us BETWEEN old.started_us - (SELECT max(ended_us - started_us) FROM bouts) AND old.started_us;
    END;
CREATE INDEX former_by_id ON former_episodes (id, edited_us);
CREATE TRIGGER episode_edited BEFORE UPDATE ON episodes WHEN old.edited_us <> new.edited_us
    BEGIN
        INSERT INTO former_episodes (id, edited_us, deleted, started_us, started_offset_s, ended_us, ended_offset_s, side, severity, posture, onset, weakness, back_pain, relief, relief_after_s, note, seated_s, since_break_s, skipped_today, seat, regions, sensations)
        VALUES (old.id, old.edited_us, old.deleted, old.started_us, old.started_offset_s, old.ended_us, old.ended_offset_s, old.side, old.severity, old.posture, old.onset, old.weakness, old.back_pain, old.relief, old.relief_after_s, old.note, old.seated_s, old.since_break_s, old.skipped_today, old.seat,
            (SELECT group_concat(region) FROM
                (SELECT region FROM episode_regions WHERE episode = old.n ORDER BY place)),
            (SELECT group_concat(sensation) FROM
                (SELECT sensation FROM episode_sensations WHERE episode = old.n ORDER BY place)));
    END;
CREATE TRIGGER episode_purged AFTER DELETE ON episodes
    BEGIN
        DELETE FROM former_episodes WHERE id = old.id;
    END;
CREATE INDEX sign_answers_by_time ON sign_answers (at_us);
CREATE INDEX sign_answers_by_episode ON sign_answers (episode);
COMMIT;
