PRAGMA user_version = 7;
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
INSERT INTO "bouts" VALUES(1,'bout-1',1795947973692231,1740971700123456,20700,1740974400123456,20700,2700.0,'moved',1200.0);
INSERT INTO "bouts" VALUES(2,'bout-2',1795947973806708,1740974700123456,20700,1740976500123456,20700,1800.0,'natural',660.0);
INSERT INTO "bouts" VALUES(3,'bout-3',1795947973822703,1740977100123456,20700,1740980700123456,20700,3500.25,'moved',600.5);
INSERT INTO "bouts" VALUES(4,'bout-4',1795947973828673,1740980700123456,-28800,1740982500123456,-28800,1800.0,'moved',0.0);
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
INSERT INTO "breaks" VALUES(1,'break-moved',1795947973978708,'moved',1740974400123456,20700,1740974520123456,20700,'calf-raises',1740974340123456,20700,2700.0,0);
INSERT INTO "breaks" VALUES(2,'break-finished',1795947973998716,'finished',1740974460123456,20700,1740974580123456,20700,'calf-raises',1740974400123456,20700,2700.0,1);
INSERT INTO "breaks" VALUES(3,'break-cut_short',1795947974006727,'cut_short',1740974520123456,20700,1740974640123456,20700,'calf-raises',1740974460123456,20700,2700.0,2);
INSERT INTO "breaks" VALUES(4,'break-snoozed',1795947974014712,'snoozed',1740974580123456,20700,1740974700123456,20700,'calf-raises',1740974520123456,20700,2700.0,3);
INSERT INTO "breaks" VALUES(5,'break-skipped',1795947974016422,'skipped',1740974640123456,20700,1740974760123456,20700,'calf-raises',1740974580123456,20700,2700.0,4);
INSERT INTO "breaks" VALUES(6,'break-natural',1795947974022726,'natural',1740974700123456,20700,1740974820123456,20700,'calf-raises',1740974640123456,20700,2700.0,5);
INSERT INTO "breaks" VALUES(7,'break-missed',1795947974027439,'missed',1740974760123456,20700,1740974880123456,20700,'calf-raises',1740974700123456,20700,2700.0,6);
INSERT INTO "breaks" VALUES(8,'break-grew',1795947974030698,'moved',1740983700123456,20700,1740983820123456,-28800,NULL,NULL,NULL,0.0,1);
CREATE TABLE episode_regions (
        episode INTEGER NOT NULL REFERENCES episodes (n) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        region TEXT NOT NULL,
        PRIMARY KEY (episode, place)
    ) WITHOUT ROWID;
INSERT INTO "episode_regions" VALUES(2,0,'calf');
INSERT INTO "episode_regions" VALUES(2,1,'sole');
INSERT INTO "episode_regions" VALUES(5,0,'calf');
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
INSERT INTO "episodes" VALUES(1,'episode-bare',1795947973834650,0,1740972900123456,20700,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(2,'episode-full',1795947973846729,0,1740977700123456,20700,1740977940123456,20700,'left',4,'slouched','sudden',0,1,'position',240.0,'it''s “numb”; 50 % of the sole
and then some',600.5,900.0,2,'sitting');
INSERT INTO "episodes" VALUES(3,'episode-ended',1795947973863068,0,1740973500123456,20700,1740974220123456,20700,'right',NULL,NULL,NULL,NULL,NULL,'massage',720.0,NULL,1800.0,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(4,'episode-corrected',1795947973894727,0,1740975360123456,20700,NULL,NULL,NULL,10,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(5,'episode-taken-back',1795947973918971,1,1740972300123456,20700,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(6,'episode-told-again',1795947973950646,0,1740981300123456,-28800,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.0,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(7,'episode-at-the-seam',1795947973955256,0,1740980700123456,20700,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,3500.25,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(8,'episode-from-elsewhere',1700000000000000,0,1737371700123456,-28800,1737372300123456,-28800,'right',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE former_episodes (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL, edited_us INTEGER NOT NULL, deleted INTEGER NOT NULL, started_us INTEGER NOT NULL, started_offset_s INTEGER NOT NULL, ended_us INTEGER, ended_offset_s INTEGER, side TEXT, severity INTEGER, posture TEXT, onset TEXT, weakness INTEGER, back_pain INTEGER, relief TEXT, relief_after_s REAL, note TEXT, seated_s REAL, since_break_s REAL, skipped_today INTEGER, seat TEXT,
        regions TEXT,
        sensations TEXT
    );
INSERT INTO "former_episodes" VALUES(1,'episode-ended',1795947973854645,0,1740973500123456,20700,NULL,NULL,'right',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1800.0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "former_episodes" VALUES(2,'episode-corrected',1795947973870627,0,1740975300123456,20700,NULL,NULL,'both',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'first',NULL,NULL,NULL,NULL,'toes','tingling');
INSERT INTO "former_episodes" VALUES(3,'episode-corrected',1795947973878790,0,1740975300123456,20700,NULL,NULL,'both',0,NULL,NULL,NULL,NULL,NULL,NULL,'second',NULL,NULL,NULL,NULL,'toes,calf','tingling');
INSERT INTO "former_episodes" VALUES(4,'episode-taken-back',1795947973910756,0,1740972300123456,20700,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'calf',NULL);
INSERT INTO "former_episodes" VALUES(5,'episode-told-again',1795947973926769,0,1740981300123456,-28800,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "former_episodes" VALUES(6,'episode-told-again',1795947973938914,1,1740981300123456,-28800,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.0,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE habit_ticks (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        edited_us INTEGER NOT NULL,
        at_us INTEGER NOT NULL,
        at_offset_s INTEGER NOT NULL,
        kind TEXT NOT NULL,
        amount INTEGER NOT NULL
    );
INSERT INTO "habit_ticks" VALUES(1,'tick-water',1795947974039984,1740971700123456,20700,'water',1);
INSERT INTO "habit_ticks" VALUES(2,'tick-walk',1795947974050786,1740971760123456,20700,'walk',2);
INSERT INTO "habit_ticks" VALUES(3,'tick-stretch',1795947974056824,1740971820123456,20700,'stretch',3);
INSERT INTO "habit_ticks" VALUES(4,'tick-minus',1795947974058278,1740972240123456,20700,'water',-1);
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
INSERT INTO "posture_checks" VALUES(1,'check-0',1795947974066667,1740971700123456,20700,1,0,1,1,1);
INSERT INTO "posture_checks" VALUES(2,'check-1',1795947974071565,1741058100123456,20700,1,0,1,1,0);
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
INSERT INTO "sign_answers" VALUES(1,'answer-0',1795947974079177,1740978000123456,20700,'episode-full','saddle',1);
INSERT INTO "sign_answers" VALUES(2,'answer-1',1795947974082628,1740978060123456,20700,'episode-full','bladder_bowel',0);
INSERT INTO "sign_answers" VALUES(3,'answer-2',1795947974090729,1740978120123456,20700,'episode-full','both_legs',1);
INSERT INTO "sign_answers" VALUES(4,'answer-3',1795947974103724,1740978180123456,20700,'episode-full','whole_side',0);
INSERT INTO "sign_answers" VALUES(5,'answer-4',1795947974107179,1740978240123456,20700,'episode-full','spreading',1);
INSERT INTO "sign_answers" VALUES(6,'answer-5',1795947974114739,1740978300123456,20700,'episode-full','weakness',0);
INSERT INTO "sign_answers" VALUES(7,'answer-6',1795947974121763,1740978360123456,20700,'episode-full','face_speech_sight',1);
INSERT INTO "sign_answers" VALUES(8,'answer-7',1795947974130229,1740978420123456,20700,'episode-full','injury',0);
INSERT INTO "sign_answers" VALUES(9,'answer-8',1795947974142722,1740978480123456,20700,'episode-full','swollen',1);
CREATE TABLE tallies (
    level INTEGER NOT NULL,
    stretch INTEGER NOT NULL,
    kind TEXT NOT NULL,
    word NOT NULL,
    beside NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (level, stretch, kind, word, beside)
) WITHOUT ROWID;
INSERT INTO "tallies" VALUES(41,790,'hour',3,'',1);
INSERT INTO "tallies" VALUES(41,790,'located','','',1);
INSERT INTO "tallies" VALUES(41,790,'posture','','',1);
INSERT INTO "tallies" VALUES(41,790,'region','sole','right',1);
INSERT INTO "tallies" VALUES(41,790,'side','right','',1);
INSERT INTO "tallies" VALUES(41,790,'weekday',0,'',1);
INSERT INTO "tallies" VALUES(41,791,'back_pain',1,'',1);
INSERT INTO "tallies" VALUES(41,791,'break','cut_short',1020150,1);
INSERT INTO "tallies" VALUES(41,791,'break','finished',1020150,1);
INSERT INTO "tallies" VALUES(41,791,'break','missed',1020150,1);
INSERT INTO "tallies" VALUES(41,791,'break','moved',1020150,2);
INSERT INTO "tallies" VALUES(41,791,'break','natural',1020150,1);
INSERT INTO "tallies" VALUES(41,791,'break','skipped',1020150,1);
INSERT INTO "tallies" VALUES(41,791,'break','snoozed',1020150,1);
INSERT INTO "tallies" VALUES(41,791,'hour',9,'',2);
INSERT INTO "tallies" VALUES(41,791,'hour',10,'',2);
INSERT INTO "tallies" VALUES(41,791,'hour',11,'',1);
INSERT INTO "tallies" VALUES(41,791,'hour',21,'',1);
INSERT INTO "tallies" VALUES(41,791,'located','','',1);
INSERT INTO "tallies" VALUES(41,791,'onset','sudden','',1);
INSERT INTO "tallies" VALUES(41,791,'posture','','',5);
INSERT INTO "tallies" VALUES(41,791,'posture','slouched','',1);
INSERT INTO "tallies" VALUES(41,791,'region','calf','left',1);
INSERT INTO "tallies" VALUES(41,791,'region','sole','left',1);
INSERT INTO "tallies" VALUES(41,791,'sensation','tingling','',2);
INSERT INTO "tallies" VALUES(41,791,'severity',4,'',1);
INSERT INTO "tallies" VALUES(41,791,'severity',10,'',1);
INSERT INTO "tallies" VALUES(41,791,'side','','',3);
INSERT INTO "tallies" VALUES(41,791,'side','left','',2);
INSERT INTO "tallies" VALUES(41,791,'side','right','',1);
INSERT INTO "tallies" VALUES(41,791,'weakness',0,'',1);
INSERT INTO "tallies" VALUES(41,791,'weekday',0,'',5);
INSERT INTO "tallies" VALUES(41,791,'weekday',6,'',1);
INSERT INTO "tallies" VALUES(46,24,'back_pain',1,'',1);
INSERT INTO "tallies" VALUES(46,24,'bout',1,0,1);
INSERT INTO "tallies" VALUES(46,24,'bout',1,601,1);
INSERT INTO "tallies" VALUES(46,24,'bout',1,660,1);
INSERT INTO "tallies" VALUES(46,24,'bout',1,1200,1);
INSERT INTO "tallies" VALUES(46,24,'break','cut_short',1020150,1);
INSERT INTO "tallies" VALUES(46,24,'break','finished',1020150,1);
INSERT INTO "tallies" VALUES(46,24,'break','missed',1020150,1);
INSERT INTO "tallies" VALUES(46,24,'break','moved',1020150,2);
INSERT INTO "tallies" VALUES(46,24,'break','natural',1020150,1);
INSERT INTO "tallies" VALUES(46,24,'break','skipped',1020150,1);
INSERT INTO "tallies" VALUES(46,24,'break','snoozed',1020150,1);
INSERT INTO "tallies" VALUES(46,24,'day',1020108,'',1);
INSERT INTO "tallies" VALUES(46,24,'day',1020149,'',1);
INSERT INTO "tallies" VALUES(46,24,'day',1020150,'',5);
INSERT INTO "tallies" VALUES(46,24,'hour',3,'',1);
INSERT INTO "tallies" VALUES(46,24,'hour',9,'',2);
INSERT INTO "tallies" VALUES(46,24,'hour',10,'',2);
INSERT INTO "tallies" VALUES(46,24,'hour',11,'',1);
INSERT INTO "tallies" VALUES(46,24,'hour',21,'',1);
INSERT INTO "tallies" VALUES(46,24,'lasted',240,'',1);
INSERT INTO "tallies" VALUES(46,24,'lasted',600,'',1);
INSERT INTO "tallies" VALUES(46,24,'lasted',720,'',1);
INSERT INTO "tallies" VALUES(46,24,'located','','',2);
INSERT INTO "tallies" VALUES(46,24,'onset','sudden','',1);
INSERT INTO "tallies" VALUES(46,24,'posture','','',6);
INSERT INTO "tallies" VALUES(46,24,'posture','slouched','',1);
INSERT INTO "tallies" VALUES(46,24,'region','calf','left',1);
INSERT INTO "tallies" VALUES(46,24,'region','sole','left',1);
INSERT INTO "tallies" VALUES(46,24,'region','sole','right',1);
INSERT INTO "tallies" VALUES(46,24,'relief','massage',720,1);
INSERT INTO "tallies" VALUES(46,24,'relief','position',240,1);
INSERT INTO "tallies" VALUES(46,24,'sat',0,'',1);
INSERT INTO "tallies" VALUES(46,24,'sat',600,'',1);
INSERT INTO "tallies" VALUES(46,24,'sat',1800,'',1);
INSERT INTO "tallies" VALUES(46,24,'sat',3500,'',1);
INSERT INTO "tallies" VALUES(46,24,'sensation','tingling','',2);
INSERT INTO "tallies" VALUES(46,24,'severity',4,'',1);
INSERT INTO "tallies" VALUES(46,24,'severity',10,'',1);
INSERT INTO "tallies" VALUES(46,24,'side','','',3);
INSERT INTO "tallies" VALUES(46,24,'side','left','',2);
INSERT INTO "tallies" VALUES(46,24,'side','right','',2);
INSERT INTO "tallies" VALUES(46,24,'weakness',0,'',1);
INSERT INTO "tallies" VALUES(46,24,'week',1020108,'',1);
INSERT INTO "tallies" VALUES(46,24,'week',1020143,'',1);
INSERT INTO "tallies" VALUES(46,24,'week',1020150,'',5);
INSERT INTO "tallies" VALUES(46,24,'weekday',0,'',6);
INSERT INTO "tallies" VALUES(46,24,'weekday',6,'',1);
INSERT INTO "tallies" VALUES(51,0,'back_pain',1,'',1);
INSERT INTO "tallies" VALUES(51,0,'bout',1,0,1);
INSERT INTO "tallies" VALUES(51,0,'bout',1,601,1);
INSERT INTO "tallies" VALUES(51,0,'bout',1,660,1);
INSERT INTO "tallies" VALUES(51,0,'bout',1,1200,1);
INSERT INTO "tallies" VALUES(51,0,'break','cut_short',1020150,1);
INSERT INTO "tallies" VALUES(51,0,'break','finished',1020150,1);
INSERT INTO "tallies" VALUES(51,0,'break','missed',1020150,1);
INSERT INTO "tallies" VALUES(51,0,'break','moved',1020150,2);
INSERT INTO "tallies" VALUES(51,0,'break','natural',1020150,1);
INSERT INTO "tallies" VALUES(51,0,'break','skipped',1020150,1);
INSERT INTO "tallies" VALUES(51,0,'break','snoozed',1020150,1);
INSERT INTO "tallies" VALUES(51,0,'day',1020108,'',1);
INSERT INTO "tallies" VALUES(51,0,'day',1020149,'',1);
INSERT INTO "tallies" VALUES(51,0,'day',1020150,'',5);
INSERT INTO "tallies" VALUES(51,0,'hour',3,'',1);
INSERT INTO "tallies" VALUES(51,0,'hour',9,'',2);
INSERT INTO "tallies" VALUES(51,0,'hour',10,'',2);
INSERT INTO "tallies" VALUES(51,0,'hour',11,'',1);
INSERT INTO "tallies" VALUES(51,0,'hour',21,'',1);
INSERT INTO "tallies" VALUES(51,0,'lasted',240,'',1);
INSERT INTO "tallies" VALUES(51,0,'lasted',600,'',1);
INSERT INTO "tallies" VALUES(51,0,'lasted',720,'',1);
INSERT INTO "tallies" VALUES(51,0,'located','','',2);
INSERT INTO "tallies" VALUES(51,0,'onset','sudden','',1);
INSERT INTO "tallies" VALUES(51,0,'posture','','',6);
INSERT INTO "tallies" VALUES(51,0,'posture','slouched','',1);
INSERT INTO "tallies" VALUES(51,0,'region','calf','left',1);
INSERT INTO "tallies" VALUES(51,0,'region','sole','left',1);
INSERT INTO "tallies" VALUES(51,0,'region','sole','right',1);
INSERT INTO "tallies" VALUES(51,0,'relief','massage',720,1);
INSERT INTO "tallies" VALUES(51,0,'relief','position',240,1);
INSERT INTO "tallies" VALUES(51,0,'sat',0,'',1);
INSERT INTO "tallies" VALUES(51,0,'sat',600,'',1);
INSERT INTO "tallies" VALUES(51,0,'sat',1800,'',1);
INSERT INTO "tallies" VALUES(51,0,'sat',3500,'',1);
INSERT INTO "tallies" VALUES(51,0,'sensation','tingling','',2);
INSERT INTO "tallies" VALUES(51,0,'severity',4,'',1);
INSERT INTO "tallies" VALUES(51,0,'severity',10,'',1);
INSERT INTO "tallies" VALUES(51,0,'side','','',3);
INSERT INTO "tallies" VALUES(51,0,'side','left','',2);
INSERT INTO "tallies" VALUES(51,0,'side','right','',2);
INSERT INTO "tallies" VALUES(51,0,'weakness',0,'',1);
INSERT INTO "tallies" VALUES(51,0,'week',1020108,'',1);
INSERT INTO "tallies" VALUES(51,0,'week',1020143,'',1);
INSERT INTO "tallies" VALUES(51,0,'week',1020150,'',5);
INSERT INTO "tallies" VALUES(51,0,'weekday',0,'',6);
INSERT INTO "tallies" VALUES(51,0,'weekday',6,'',1);
CREATE INDEX episodes_by_start ON episodes (started_us) WHERE NOT deleted;
CREATE INDEX episodes_open ON episodes (started_us) WHERE NOT deleted AND ended_us IS NULL;
CREATE INDEX breaks_by_start ON breaks (started_us);
CREATE INDEX bouts_by_start ON bouts (started_us);
CREATE INDEX bouts_by_end ON bouts (ended_us);
CREATE INDEX habit_ticks_by_time ON habit_ticks (at_us);
CREATE INDEX posture_checks_by_time ON posture_checks (at_us);
CREATE INDEX episodes_by_day ON episodes (deleted, (started_us / 1000000 + started_offset_s + 86400 * 1000000) / 86400, started_us);
CREATE INDEX bouts_by_span ON bouts (ended_us - started_us);
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
CREATE TRIGGER tally_empty AFTER UPDATE OF count ON tallies WHEN new.count = 0
BEGIN
    DELETE FROM tallies WHERE level = new.level AND stretch = new.stretch AND kind = new.kind AND word = new.word
        AND beside = new.beside;
END;
CREATE VIEW tell_episodes AS SELECT 0 AS sign, 0 AS started_us, 0 AS started_offset_s, 0 AS deleted, 0 AS ended_us, 0 AS side, 0 AS posture, 0 AS severity, 0 AS onset, 0 AS weakness, 0 AS back_pain, 0 AS relief, 0 AS relief_after_s, 0 AS seated_s;
CREATE TRIGGER tell_episodes_now INSTEAD OF INSERT ON tell_episodes
    BEGIN
        INSERT INTO tallies (level, stretch, kind, word, beside, count)
        SELECT level, new.started_us >> level, kind, word, beside, new.sign
        FROM (SELECT NULL AS kind, NULL AS word, NULL AS beside, 0 AS least UNION ALL VALUES ('hour', (new.started_us / 1000000 + new.started_offset_s + 86400 * 1000000) % 86400 / 3600, '', 41), ('weekday', ((new.started_us / 1000000 + new.started_offset_s + 86400 * 1000000) / 86400 + 2) % 7, '', 41), ('side', ifnull(new.side, ''), '', 41), ('posture', ifnull(new.posture, ''), '', 41), ('severity', new.severity, '', 41), ('onset', new.onset, '', 41), ('weakness', new.weakness, '', 41), ('back_pain', new.back_pain, '', 41), ('day', (new.started_us / 1000000 + new.started_offset_s + 86400 * 1000000) / 86400, '', 46), ('week', (new.started_us / 1000000 + new.started_offset_s + 86400 * 1000000) / 86400 - ((new.started_us / 1000000 + new.started_offset_s + 86400 * 1000000) / 86400 + 2) % 7, '', 46), ('lasted', (new.ended_us - new.started_us) / 1000000, '', 46), ('relief', new.relief, ifnull(CAST(new.relief_after_s AS INTEGER), ''), 46), ('sat', CAST(new.seated_s AS INTEGER), '', 46))
            CROSS JOIN (SELECT 41 AS level UNION ALL VALUES (46), (51))
        WHERE level >= least AND word IS NOT NULL AND NOT new.deleted
        ON CONFLICT (level, stretch, kind, word, beside) DO UPDATE SET count = count + excluded.count;
    END;
CREATE TRIGGER episode_tallied AFTER INSERT ON episodes
    BEGIN
        INSERT INTO tell_episodes (sign, started_us, started_offset_s, deleted, ended_us, side, posture, severity, onset, weakness, back_pain, relief, relief_after_s, seated_s) VALUES (1, new.started_us, new.started_offset_s, new.deleted, new.ended_us, new.side, new.posture, new.severity, new.onset, new.weakness, new.back_pain, new.relief, new.relief_after_s, new.seated_s);
    END;
CREATE TRIGGER episode_tallied_anew AFTER UPDATE OF started_us, started_offset_s, deleted, ended_us, side, posture, severity, onset, weakness, back_pain, relief, relief_after_s, seated_s ON episodes WHEN (old.started_us, old.started_offset_s, old.deleted, old.ended_us, old.side, old.posture, old.severity, old.onset, old.weakness, old.back_pain, old.relief, old.relief_after_s, old.seated_s) IS NOT (new.started_us, new.started_offset_s, new.deleted, new.ended_us, new.side, new.posture, new.severity, new.onset, new.weakness, new.back_pain, new.relief, new.relief_after_s, new.seated_s)
    BEGIN
        INSERT INTO tell_episodes (sign, started_us, started_offset_s, deleted, ended_us, side, posture, severity, onset, weakness, back_pain, relief, relief_after_s, seated_s) VALUES (1, new.started_us, new.started_offset_s, new.deleted, new.ended_us, new.side, new.posture, new.severity, new.onset, new.weakness, new.back_pain, new.relief, new.relief_after_s, new.seated_s);
        INSERT INTO tell_episodes (sign, started_us, started_offset_s, deleted, ended_us, side, posture, severity, onset, weakness, back_pain, relief, relief_after_s, seated_s) VALUES (-1, old.started_us, old.started_offset_s, old.deleted, old.ended_us, old.side, old.posture, old.severity, old.onset, old.weakness, old.back_pain, old.relief, old.relief_after_s, old.seated_s);
    END;
CREATE TRIGGER episode_untallied AFTER DELETE ON episodes
    BEGIN
        INSERT INTO tell_episodes (sign, started_us, started_offset_s, deleted, ended_us, side, posture, severity, onset, weakness, back_pain, relief, relief_after_s, seated_s) VALUES (-1, old.started_us, old.started_offset_s, old.deleted, old.ended_us, old.side, old.posture, old.severity, old.onset, old.weakness, old.back_pain, old.relief, old.relief_after_s, old.seated_s);
    END;
CREATE VIEW tell_breaks AS SELECT 0 AS sign, 0 AS started_us, 0 AS started_offset_s, 0 AS outcome;
CREATE TRIGGER tell_breaks_now INSTEAD OF INSERT ON tell_breaks
    BEGIN
        INSERT INTO tallies (level, stretch, kind, word, beside, count)
        SELECT level, new.started_us >> level, kind, word, beside, new.sign
        FROM (SELECT NULL AS kind, NULL AS word, NULL AS beside, 0 AS least UNION ALL VALUES ('break', new.outcome, (new.started_us / 1000000 + new.started_offset_s + 86400 * 1000000) / 86400 - ((new.started_us / 1000000 + new.started_offset_s + 86400 * 1000000) / 86400 + 2) % 7, 41))
            CROSS JOIN (SELECT 41 AS level UNION ALL VALUES (46), (51))
        WHERE level >= least AND word IS NOT NULL
        ON CONFLICT (level, stretch, kind, word, beside) DO UPDATE SET count = count + excluded.count;
    END;
CREATE TRIGGER break_tallied AFTER INSERT ON breaks
    BEGIN
        INSERT INTO tell_breaks (sign, started_us, started_offset_s, outcome) VALUES (1, new.started_us, new.started_offset_s, new.outcome);
    END;
CREATE TRIGGER break_tallied_anew AFTER UPDATE OF started_us, started_offset_s, outcome ON breaks WHEN (old.started_us, old.started_offset_s, old.outcome) IS NOT (new.started_us, new.started_offset_s, new.outcome)
    BEGIN
        INSERT INTO tell_breaks (sign, started_us, started_offset_s, outcome) VALUES (1, new.started_us, new.started_offset_s, new.outcome);
        INSERT INTO tell_breaks (sign, started_us, started_offset_s, outcome) VALUES (-1, old.started_us, old.started_offset_s, old.outcome);
    END;
CREATE TRIGGER break_untallied AFTER DELETE ON breaks
    BEGIN
        INSERT INTO tell_breaks (sign, started_us, started_offset_s, outcome) VALUES (-1, old.started_us, old.started_offset_s, old.outcome);
    END;
CREATE VIEW tell_bouts AS SELECT 0 AS sign, 0 AS started_us, 0 AS seated_s, 0 AS numb_s;
CREATE TRIGGER tell_bouts_now INSTEAD OF INSERT ON tell_bouts
    BEGIN
        INSERT INTO tallies (level, stretch, kind, word, beside, count)
        SELECT level, new.started_us >> level, kind, word, beside, new.sign
        FROM (SELECT NULL AS kind, NULL AS word, NULL AS beside, 0 AS least UNION ALL VALUES ('bout', new.numb_s IS NOT NULL, CAST(coalesce(new.numb_s, new.seated_s) + 0.5 AS INTEGER), 46))
            CROSS JOIN (SELECT 41 AS level UNION ALL VALUES (46), (51))
        WHERE level >= least AND word IS NOT NULL
        ON CONFLICT (level, stretch, kind, word, beside) DO UPDATE SET count = count + excluded.count;
    END;
CREATE TRIGGER bout_tallied AFTER INSERT ON bouts
    BEGIN
        INSERT INTO tell_bouts (sign, started_us, seated_s, numb_s) VALUES (1, new.started_us, new.seated_s, new.numb_s);
    END;
CREATE TRIGGER bout_tallied_anew AFTER UPDATE OF started_us, seated_s, numb_s ON bouts WHEN (old.started_us, old.seated_s, old.numb_s) IS NOT (new.started_us, new.seated_s, new.numb_s)
    BEGIN
        INSERT INTO tell_bouts (sign, started_us, seated_s, numb_s) VALUES (1, new.started_us, new.seated_s, new.numb_s);
        INSERT INTO tell_bouts (sign, started_us, seated_s, numb_s) VALUES (-1, old.started_us, old.seated_s, old.numb_s);
    END;
CREATE TRIGGER bout_untallied AFTER DELETE ON bouts
    BEGIN
        INSERT INTO tell_bouts (sign, started_us, seated_s, numb_s) VALUES (-1, old.started_us, old.seated_s, old.numb_s);
    END;
CREATE VIEW tell_episode_regions AS SELECT 0 AS sign, 0 AS started_us, 0 AS deleted, 0 AS side, 0 AS place, 0 AS region;
CREATE TRIGGER tell_episode_regions_now INSTEAD OF INSERT ON tell_episode_regions
    BEGIN
        INSERT INTO tallies (level, stretch, kind, word, beside, count)
        SELECT level, new.started_us >> level, kind, word, beside, new.sign
        FROM (SELECT NULL AS kind, NULL AS word, NULL AS beside, 0 AS least UNION ALL VALUES ('region', new.region, ifnull(new.side, ''), 41), ('located', CASE new.place WHEN 0 THEN '' END, '', 41))
            CROSS JOIN (SELECT 41 AS level UNION ALL VALUES (46), (51))
        WHERE level >= least AND word IS NOT NULL AND NOT new.deleted
        ON CONFLICT (level, stretch, kind, word, beside) DO UPDATE SET count = count + excluded.count;
    END;
CREATE TRIGGER episode_region_tallied AFTER INSERT ON episode_regions
    BEGIN
        INSERT INTO tell_episode_regions (sign, started_us, deleted, side, place, region) SELECT 1, started_us, deleted, side, new.place, new.region FROM episodes WHERE n = new.episode;
    END;
CREATE TRIGGER episode_region_untallied AFTER DELETE ON episode_regions
    BEGIN
        INSERT INTO tell_episode_regions (sign, started_us, deleted, side, place, region) SELECT -1, started_us, deleted, side, old.place, old.region FROM episodes WHERE n = old.episode;
    END;
CREATE TRIGGER episode_region_tallied_elsewhere AFTER UPDATE OF started_us, deleted, side ON episodes WHEN (old.started_us, old.deleted, old.side) IS NOT (new.started_us, new.deleted, new.side)
    BEGIN
        INSERT INTO tell_episode_regions (sign, started_us, deleted, side, place, region) SELECT 1, new.started_us, new.deleted, new.side, place, region FROM episode_regions WHERE episode = new.n;
        INSERT INTO tell_episode_regions (sign, started_us, deleted, side, place, region) SELECT -1, old.started_us, old.deleted, old.side, place, region FROM episode_regions WHERE episode = old.n;
    END;
CREATE VIEW tell_episode_sensations AS SELECT 0 AS sign, 0 AS started_us, 0 AS deleted, 0 AS side, 0 AS place, 0 AS sensation;
CREATE TRIGGER tell_episode_sensations_now INSTEAD OF INSERT ON tell_episode_sensations
    BEGIN
        INSERT INTO tallies (level, stretch, kind, word, beside, count)
        SELECT level, new.started_us >> level, kind, word, beside, new.sign
        FROM (SELECT NULL AS kind, NULL AS word, NULL AS beside, 0 AS least UNION ALL VALUES ('sensation', new.sensation, '', 41))
            CROSS JOIN (SELECT 41 AS level UNION ALL VALUES (46), (51))
        WHERE level >= least AND word IS NOT NULL AND NOT new.deleted
        ON CONFLICT (level, stretch, kind, word, beside) DO UPDATE SET count = count + excluded.count;
    END;
CREATE TRIGGER episode_sensation_tallied AFTER INSERT ON episode_sensations
    BEGIN
        INSERT INTO tell_episode_sensations (sign, started_us, deleted, side, place, sensation) SELECT 1, started_us, deleted, side, new.place, new.sensation FROM episodes WHERE n = new.episode;
    END;
CREATE TRIGGER episode_sensation_untallied AFTER DELETE ON episode_sensations
    BEGIN
        INSERT INTO tell_episode_sensations (sign, started_us, deleted, side, place, sensation) SELECT -1, started_us, deleted, side, old.place, old.sensation FROM episodes WHERE n = old.episode;
    END;
CREATE TRIGGER episode_sensation_tallied_elsewhere AFTER UPDATE OF started_us, deleted, side ON episodes WHEN (old.started_us, old.deleted, old.side) IS NOT (new.started_us, new.deleted, new.side)
    BEGIN
        INSERT INTO tell_episode_sensations (sign, started_us, deleted, side, place, sensation) SELECT 1, new.started_us, new.deleted, new.side, place, sensation FROM episode_sensations WHERE episode = new.n;
        INSERT INTO tell_episode_sensations (sign, started_us, deleted, side, place, sensation) SELECT -1, old.started_us, old.deleted, old.side, place, sensation FROM episode_sensations WHERE episode = old.n;
    END;
CREATE TRIGGER episode_lists_gone BEFORE DELETE ON episodes
    BEGIN
        DELETE FROM episode_regions WHERE episode = old.n;
        DELETE FROM episode_sensations WHERE episode = old.n;
    END;
CREATE INDEX episodes_by_severity ON episodes (severity, started_us) WHERE NOT deleted AND severity > 0;
COMMIT;
