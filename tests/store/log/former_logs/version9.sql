PRAGMA user_version = 9;
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
    );
INSERT INTO "bouts" VALUES(1,'bout-1',1795947973692231,1740971700123456,20700,1740974400123456,20700,2700.0,'moved');
INSERT INTO "bouts" VALUES(2,'bout-2',1795947973806708,1740974700123456,20700,1740976500123456,20700,1800.0,'natural');
INSERT INTO "bouts" VALUES(3,'bout-3',1795947973822703,1740977100123456,20700,1740980700123456,20700,3500.25,'moved');
INSERT INTO "bouts" VALUES(4,'bout-4',1795947973828673,1740980700123456,-28800,1740982500123456,-28800,1800.0,'moved');
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
        region TEXT NOT NULL, side TEXT,
        PRIMARY KEY (episode, place)
    ) WITHOUT ROWID;
INSERT INTO "episode_regions" VALUES(2,0,'calf',NULL);
INSERT INTO "episode_regions" VALUES(2,1,'sole',NULL);
INSERT INTO "episode_regions" VALUES(5,0,'calf',NULL);
INSERT INTO "episode_regions" VALUES(8,0,'sole',NULL);
INSERT INTO "episode_regions" VALUES(9,0,'calf',NULL);
INSERT INTO "episode_regions" VALUES(9,1,'sole',NULL);
INSERT INTO "episode_regions" VALUES(10,0,'toes',NULL);
INSERT INTO "episode_regions" VALUES(11,0,'knee',NULL);
INSERT INTO "episode_regions" VALUES(11,1,'calf',NULL);
INSERT INTO "episode_regions" VALUES(11,2,'knee',NULL);
INSERT INTO "episode_regions" VALUES(13,0,'shin',NULL);
INSERT INTO "episode_regions" VALUES(13,1,'ankle',NULL);
INSERT INTO "episode_regions" VALUES(14,0,'hip',NULL);
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
    , end_unknown INTEGER, with_sites INTEGER);
INSERT INTO "episodes" VALUES(1,'episode-bare',1795947973834650,0,1740972900123456,20700,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO "episodes" VALUES(2,'episode-full',1795947973846729,0,1740977700123456,20700,1740977940123456,20700,'left',4,'slouched','sudden',0,1,'position',240.0,'it''s “numb”; 50 % of the sole
and then some',600.5,900.0,2,'sitting',NULL,NULL);
INSERT INTO "episodes" VALUES(3,'episode-ended',1795947973863068,0,1740973500123456,20700,1740974220123456,20700,'right',NULL,NULL,NULL,NULL,NULL,'massage',720.0,NULL,1800.0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(4,'episode-corrected',1795947973894727,0,1740975360123456,20700,NULL,NULL,NULL,10,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO "episodes" VALUES(5,'episode-taken-back',1795947973918971,1,1740972300123456,20700,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO "episodes" VALUES(6,'episode-told-again',1795947973950646,0,1740981300123456,-28800,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.0,NULL,NULL,NULL,1,NULL);
INSERT INTO "episodes" VALUES(7,'episode-at-the-seam',1795947973955256,0,1740980700123456,20700,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,3500.25,NULL,NULL,NULL,1,NULL);
INSERT INTO "episodes" VALUES(8,'episode-from-elsewhere',1700000000000000,0,1737371700123456,-28800,1737372300123456,-28800,'right',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(9,'both-two',1795959197479568,0,1780470000000000,7200,1780471200000000,7200,'both',5,NULL,NULL,NULL,NULL,NULL,NULL,'calf on the left, sole on the right',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(10,'right-one',1795959197619493,0,1780473600000000,7200,1780473780000000,7200,'right',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(11,'no-side',1795959197620798,0,1780477200000000,7200,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO "episodes" VALUES(12,'leg-only',1795959197622807,0,1780480800000000,7200,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO "episodes" VALUES(13,'edited-both',1795959197634728,0,1780484400000000,7200,1780488000000000,7200,'both',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(14,'gone-open',1795959197645597,1,1780491600000000,7200,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
CREATE TABLE former_episodes (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL, edited_us INTEGER NOT NULL, deleted INTEGER NOT NULL, started_us INTEGER NOT NULL, started_offset_s INTEGER NOT NULL, ended_us INTEGER, ended_offset_s INTEGER, side TEXT, severity INTEGER, posture TEXT, onset TEXT, weakness INTEGER, back_pain INTEGER, relief TEXT, relief_after_s REAL, note TEXT, seated_s REAL, since_break_s REAL, skipped_today INTEGER, seat TEXT,
        regions TEXT,
        sensations TEXT
    , end_unknown INTEGER, with_sites INTEGER);
INSERT INTO "former_episodes" VALUES(1,'episode-ended',1795947973854645,0,1740973500123456,20700,NULL,NULL,'right',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1800.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "former_episodes" VALUES(2,'episode-corrected',1795947973870627,0,1740975300123456,20700,NULL,NULL,'both',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'first',NULL,NULL,NULL,NULL,'toes','tingling',NULL,NULL);
INSERT INTO "former_episodes" VALUES(3,'episode-corrected',1795947973878790,0,1740975300123456,20700,NULL,NULL,'both',0,NULL,NULL,NULL,NULL,NULL,NULL,'second',NULL,NULL,NULL,NULL,'toes,calf','tingling',NULL,NULL);
INSERT INTO "former_episodes" VALUES(4,'episode-taken-back',1795947973910756,0,1740972300123456,20700,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'calf',NULL,NULL,NULL);
INSERT INTO "former_episodes" VALUES(5,'episode-told-again',1795947973926769,0,1740981300123456,-28800,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "former_episodes" VALUES(6,'episode-told-again',1795947973938914,1,1740981300123456,-28800,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "former_episodes" VALUES(7,'edited-both',1795959197625046,0,1780484400000000,7200,1780488000000000,7200,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'shin',NULL,NULL,NULL);
INSERT INTO "former_episodes" VALUES(8,'gone-open',1795959197643106,0,1780491600000000,7200,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'hip',NULL,NULL,NULL);
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
    , version INTEGER);
INSERT INTO "sign_answers" VALUES(1,'answer-0',1795947974079177,1740978000123456,20700,'episode-full','saddle',1,NULL);
INSERT INTO "sign_answers" VALUES(2,'answer-1',1795947974082628,1740978060123456,20700,'episode-full','bladder_bowel',0,NULL);
INSERT INTO "sign_answers" VALUES(3,'answer-2',1795947974090729,1740978120123456,20700,'episode-full','both_legs',1,NULL);
INSERT INTO "sign_answers" VALUES(4,'answer-3',1795947974103724,1740978180123456,20700,'episode-full','whole_side',0,NULL);
INSERT INTO "sign_answers" VALUES(5,'answer-4',1795947974107179,1740978240123456,20700,'episode-full','spreading',1,NULL);
INSERT INTO "sign_answers" VALUES(6,'answer-5',1795947974114739,1740978300123456,20700,'episode-full','weakness',0,NULL);
INSERT INTO "sign_answers" VALUES(7,'answer-6',1795947974121763,1740978360123456,20700,'episode-full','face_speech_sight',1,NULL);
INSERT INTO "sign_answers" VALUES(8,'answer-7',1795947974130229,1740978420123456,20700,'episode-full','injury',0,NULL);
INSERT INTO "sign_answers" VALUES(9,'answer-8',1795947974142722,1740978480123456,20700,'episode-full','swollen',1,NULL);
INSERT INTO "sign_answers" VALUES(10,'both-two.saddle',1795959197649043,1780470000000000,7200,'both-two','saddle',0,NULL);
INSERT INTO "sign_answers" VALUES(11,'both-two.weakness',1795959197658975,1780470000000000,7200,'both-two','weakness',1,NULL);
CREATE INDEX episodes_by_start ON episodes (started_us) WHERE NOT deleted;
CREATE INDEX breaks_by_start ON breaks (started_us);
CREATE INDEX bouts_by_start ON bouts (started_us);
CREATE INDEX bouts_by_end ON bouts (ended_us);
CREATE INDEX habit_ticks_by_time ON habit_ticks (at_us);
CREATE INDEX posture_checks_by_time ON posture_checks (at_us);
CREATE INDEX episodes_by_day ON episodes (deleted, (started_us / 1000000 + started_offset_s + 86400 * 1000000) / 86400, started_us);
CREATE INDEX bouts_by_span ON bouts (ended_us - started_us);
CREATE INDEX former_by_id ON former_episodes (id, edited_us);
CREATE TRIGGER episode_purged AFTER DELETE ON episodes
    BEGIN
        DELETE FROM former_episodes WHERE id = old.id;
    END;
CREATE INDEX sign_answers_by_time ON sign_answers (at_us);
CREATE INDEX sign_answers_by_episode ON sign_answers (episode);
CREATE INDEX episodes_by_severity ON episodes (severity, started_us) WHERE NOT deleted AND severity > 0;
CREATE INDEX episodes_open ON episodes (started_us)
        WHERE NOT deleted AND ended_us IS NULL AND end_unknown IS NOT 1;
CREATE TRIGGER episode_edited BEFORE UPDATE ON episodes WHEN old.edited_us <> new.edited_us
    BEGIN
        INSERT INTO former_episodes (id, edited_us, deleted, started_us, started_offset_s, ended_us, ended_offset_s, side, severity, posture, onset, weakness, back_pain, relief, relief_after_s, note, seated_s, since_break_s, skipped_today, seat, end_unknown, with_sites, regions, sensations)
        VALUES (old.id, old.edited_us, old.deleted, old.started_us, old.started_offset_s, old.ended_us, old.ended_offset_s, old.side, old.severity, old.posture, old.onset, old.weakness, old.back_pain, old.relief, old.relief_after_s, old.note, old.seated_s, old.since_break_s, old.skipped_today, old.seat, old.end_unknown, old.with_sites,
            (SELECT group_concat(word) FROM (SELECT region || ifnull(':' || side, '') AS word FROM episode_regions WHERE episode = old.n ORDER BY place)),
            (SELECT group_concat(word) FROM (SELECT sensation AS word FROM episode_sensations WHERE episode = old.n ORDER BY place)));
    END;
COMMIT;
