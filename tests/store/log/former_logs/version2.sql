PRAGMA user_version = 2;
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
INSERT INTO "bouts" VALUES(1,'bout-1',1795947971335889,1740971700123456,20700,1740974400123456,20700,2700.0,'moved');
INSERT INTO "bouts" VALUES(2,'bout-2',1795947971411140,1740974700123456,20700,1740976500123456,20700,1800.0,'natural');
INSERT INTO "bouts" VALUES(3,'bout-3',1795947971431155,1740977100123456,20700,1740980700123456,20700,3500.25,'moved');
INSERT INTO "bouts" VALUES(4,'bout-4',1795947971432673,1740980700123456,-28800,1740982500123456,-28800,1800.0,'moved');
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
INSERT INTO "breaks" VALUES(1,'break-moved',1795947971579339,'moved',1740974400123456,20700,1740974520123456,20700,'calf-raises',1740974340123456,20700,2700.0,0);
INSERT INTO "breaks" VALUES(2,'break-finished',1795947971598706,'finished',1740974460123456,20700,1740974580123456,20700,'calf-raises',1740974400123456,20700,2700.0,1);
INSERT INTO "breaks" VALUES(3,'break-cut_short',1795947971610742,'cut_short',1740974520123456,20700,1740974640123456,20700,'calf-raises',1740974460123456,20700,2700.0,2);
INSERT INTO "breaks" VALUES(4,'break-snoozed',1795947971626693,'snoozed',1740974580123456,20700,1740974700123456,20700,'calf-raises',1740974520123456,20700,2700.0,3);
INSERT INTO "breaks" VALUES(5,'break-skipped',1795947971638664,'skipped',1740974640123456,20700,1740974760123456,20700,'calf-raises',1740974580123456,20700,2700.0,4);
INSERT INTO "breaks" VALUES(6,'break-natural',1795947971651070,'natural',1740974700123456,20700,1740974820123456,20700,'calf-raises',1740974640123456,20700,2700.0,5);
INSERT INTO "breaks" VALUES(7,'break-missed',1795947971654608,'missed',1740974760123456,20700,1740974880123456,20700,'calf-raises',1740974700123456,20700,2700.0,6);
INSERT INTO "breaks" VALUES(8,'break-grew',1795947971666694,'moved',1740983700123456,20700,1740983820123456,-28800,NULL,NULL,NULL,0.0,1);
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
INSERT INTO "episodes" VALUES(1,'episode-bare',1795947971448604,0,1740972900123456,20700,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(2,'episode-full',1795947971463104,0,1740977700123456,20700,1740977940123456,20700,'left',4,'slouched','sudden',0,1,'position',240.0,'it''s “numb”; 50 % of the sole
and then some',600.5,900.0,2,'sitting');
INSERT INTO "episodes" VALUES(3,'episode-ended',1795947971474932,0,1740973500123456,20700,1740974220123456,20700,'right',NULL,NULL,NULL,NULL,NULL,'massage',720.0,NULL,1800.0,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(4,'episode-corrected',1795947971502769,0,1740975360123456,20700,NULL,NULL,NULL,10,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(5,'episode-taken-back',1795947971515300,1,1740972300123456,20700,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(6,'episode-told-again',1795947971540733,0,1740981300123456,-28800,NULL,NULL,'left',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.0,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(7,'episode-at-the-seam',1795947971564831,0,1740980700123456,20700,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,3500.25,NULL,NULL,NULL);
INSERT INTO "episodes" VALUES(8,'episode-from-elsewhere',1700000000000000,0,1737371700123456,-28800,1737372300123456,-28800,'right',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE habit_ticks (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        edited_us INTEGER NOT NULL,
        at_us INTEGER NOT NULL,
        at_offset_s INTEGER NOT NULL,
        kind TEXT NOT NULL,
        amount INTEGER NOT NULL
    );
INSERT INTO "habit_ticks" VALUES(1,'tick-water',1795947971683293,1740971700123456,20700,'water',1);
INSERT INTO "habit_ticks" VALUES(2,'tick-walk',1795947971686657,1740971760123456,20700,'walk',2);
INSERT INTO "habit_ticks" VALUES(3,'tick-stretch',1795947971702720,1740971820123456,20700,'stretch',3);
INSERT INTO "habit_ticks" VALUES(4,'tick-minus',1795947971711868,1740972240123456,20700,'water',-1);
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
INSERT INTO "posture_checks" VALUES(1,'check-0',1795947971718675,1740971700123456,20700,1,0,1,1,1);
INSERT INTO "posture_checks" VALUES(2,'check-1',1795947971734419,1741058100123456,20700,1,0,1,1,0);
CREATE INDEX episodes_by_start ON episodes (started_us) WHERE NOT deleted;
CREATE INDEX episodes_open ON episodes (started_us) WHERE NOT deleted AND ended_us IS NULL;
CREATE INDEX regions_by_name ON episode_regions (region, episode);
CREATE INDEX sensations_by_name ON episode_sensations (sensation, episode);
CREATE INDEX breaks_by_start ON breaks (started_us);
CREATE INDEX bouts_by_start ON bouts (started_us);
CREATE INDEX bouts_by_end ON bouts (ended_us);
CREATE INDEX habit_ticks_by_time ON habit_ticks (at_us);
CREATE INDEX posture_checks_by_time ON posture_checks (at_us);
COMMIT;
