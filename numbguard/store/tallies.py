"""How often each thing was told, kept beside the entries themselves, so that no insight has to go through a long log.

The seventh version of the log has them; `schema.py` takes the script from here, `tallied.py` asks them. A tally counts
the entries that began in one stretch of time and say one thing. Stretches are 2^41, 2^46 and 2^51 microseconds long
(25 days, 2.2 years, 71 years) and lie one within the other: a period is a few of them, and what is left over at its
ends is counted from the entries. What has too many words to be told twice in 25 days has none that short.

Triggers keep the tallies exact whichever way an entry comes, changes or goes: each takes off what the entry said and
adds what it says now. Holds SQL, no code that meets a log. A script once released is never changed, nor are the kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FEW: Final = (41, 46, 51)
MANY: Final = (46, 51)
"""The stretches of a kind, as powers of two of microseconds, for kinds with few words and with many."""

_DAY = "(@started_us / 1000000 + @started_offset_s + 86400 * 1000000) / 86400"
DAY: Final = _DAY.replace("@", "")
"""The local day of an entry: that many days after the first of January of the year 1, a million days added to 1970 so
that no year is below nought; ``figures.py`` takes them off again."""
TO_MONDAY: Final = (719_163 - 1_000_000 - 1) % 7
"""What to add to such a day, so that it leaves nothing over of sevens when it is a Monday."""
_HOUR = "(@started_us / 1000000 + @started_offset_s + 86400 * 1000000) % 86400 / 3600"
HOUR: Final = _HOUR.replace("@", "")
"""The local hour of an entry, 0 to 23."""
_LASTED = "(@ended_us - @started_us) / 1000000"
LASTED: Final = _LASTED.replace("@", "")
"""Whole seconds that an episode lasted."""
_ONSET = "CAST(coalesce(@numb_s, @seated_s) + 0.5 AS INTEGER)"
ONSET: Final = _ONSET.replace("@", "")
"""Of a bout: the second on the seated clock at which its first episode began, or else at which it ended."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One way of counting the entries of a table. In SQL, with ``@`` before each column of the entry."""

    table: str
    word: str
    """Where it is NULL, the entry is not counted."""
    beside: str = "''"
    levels: tuple[int, ...] = FEW

    @property
    def source(self) -> str:
        """What is counted, after FROM and WHERE: of the entries that were taken back, nothing."""
        return f"{_SOURCES[self.table]} AND {self.word.replace('@', '')} IS NOT NULL"


_MONDAY = f"{_DAY} - ({_DAY} + {TO_MONDAY}) % 7"

KINDS: Final = {
    "hour": Kind("episodes", _HOUR),
    "weekday": Kind("episodes", f"({_DAY} + {TO_MONDAY}) % 7"),
    "side": Kind("episodes", "ifnull(@side, '')"),
    "posture": Kind("episodes", "ifnull(@posture, '')"),
    **{column: Kind("episodes", f"@{column}") for column in ("severity", "onset", "weakness", "back_pain")},
    "day": Kind("episodes", _DAY, levels=MANY),
    "week": Kind("episodes", _MONDAY, levels=MANY),
    "lasted": Kind("episodes", _LASTED, levels=MANY),
    "relief": Kind(
        "episodes",
        "@relief",
        "ifnull(CAST(@relief_after_s AS INTEGER), '')",
        levels=MANY,
    ),
    "sat": Kind("episodes", "CAST(@seated_s AS INTEGER)", levels=MANY),
    "region": Kind("episode_regions", "@region", "ifnull(@side, '')"),
    "located": Kind("episode_regions", "CASE @place WHEN 0 THEN '' END"),
    "sensation": Kind("episode_sensations", "@sensation"),
    "break": Kind("breaks", "@outcome", _MONDAY),
    "bout": Kind("bouts", "@numb_s IS NOT NULL", _ONSET, levels=MANY),
}
"""Each kind: its word, and what is counted beside it. Nothing told is an empty word where it is counted at all."""

_COLUMNS: Final = {
    "episodes": (
        *("started_us", "started_offset_s", "deleted", "ended_us", "side", "posture", "severity", "onset", "weakness"),
        *("back_pain", "relief", "relief_after_s", "seated_s"),
    ),
    "breaks": ("started_us", "started_offset_s", "outcome"),
    "bouts": ("started_us", "seated_s", "numb_s"),
}
"""What the counts of an entry hang on."""
_LISTS: Final = {"episode_regions": ("place", "region"), "episode_sensations": ("place", "sensation")}
"""The lists of an episode, and what the counts of a word hang on, beside what follows."""
_PLACED: Final = ("started_us", "deleted", "side")

_SOURCES: Final = {
    "episodes": "episodes WHERE NOT deleted",
    **{name: f"episodes CROSS JOIN {name} ON episode = n WHERE NOT deleted" for name in _LISTS},
    "breaks": "breaks WHERE 1",
    "bouts": "bouts WHERE 1",
}

_TABLE = """
CREATE TABLE tallies (
    level INTEGER NOT NULL,
    stretch INTEGER NOT NULL,
    kind TEXT NOT NULL,
    word NOT NULL,
    beside NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (level, stretch, kind, word, beside)
) WITHOUT ROWID;
"""
_EMPTY = """
CREATE TRIGGER tally_empty AFTER UPDATE OF count ON tallies WHEN new.count = 0
BEGIN
    DELETE FROM tallies WHERE level = new.level AND stretch = new.stretch AND kind = new.kind AND word = new.word
        AND beside = new.beside;
END;
"""


def _filled() -> str:
    """The tallies of a log that had none, the shortest stretches from the entries, each longer one from the shorter."""
    columns = "INSERT INTO tallies (level, stretch, kind, word, beside, count)"
    counted = "".join(
        f"{columns} SELECT {kind.levels[0]}, started_us >> {kind.levels[0]} AS s, '{name}',"
        f" {kind.word.replace('@', '')} AS w, {kind.beside.replace('@', '')} AS b, count(*)"
        f" FROM {kind.source} GROUP BY s, w, b;\n"
        for name, kind in KINDS.items()
    )
    added = "".join(
        f"{columns} SELECT {longer}, stretch >> {longer - level} AS s, kind, word, beside, sum(count)"
        f" FROM tallies WHERE level = {level} GROUP BY s, kind, word, beside;\n"
        for level, longer in ((FEW[0], FEW[1]), (FEW[1], FEW[2]))
    )
    return counted + added


def _tell(table: str, columns: tuple[str, ...]) -> str:
    """What adds an entry to its tallies or takes it off: a view that nobody reads, for whatever is put into it.

    It stands in for a routine, so that its words are in the file, and read at each start, only once.
    """
    kinds = ", ".join(
        f"('{name}', {kind.word.replace('@', 'new.')}, {kind.beside.replace('@', 'new.')}, {kind.levels[0]})"
        for name, kind in KINDS.items()
        if kind.table == table
    )
    alive = " AND NOT new.deleted" if "deleted" in columns else ""
    return f"""
    CREATE VIEW tell_{table} AS SELECT {", ".join(f"0 AS {column}" for column in ("sign", *columns))};
    CREATE TRIGGER tell_{table}_now INSTEAD OF INSERT ON tell_{table}
    BEGIN
        INSERT INTO tallies (level, stretch, kind, word, beside, count)
        SELECT level, new.started_us >> level, kind, word, beside, new.sign
        FROM (SELECT NULL AS kind, NULL AS word, NULL AS beside, 0 AS least UNION ALL VALUES {kinds})
            CROSS JOIN (SELECT {FEW[0]} AS level UNION ALL VALUES {", ".join(f"({level})" for level in FEW[1:])})
        WHERE level >= least AND word IS NOT NULL{alive}
        ON CONFLICT (level, stretch, kind, word, beside) DO UPDATE SET count = count + excluded.count;
    END;
    """


def _kept(table: str, columns: tuple[str, ...]) -> str:
    """The triggers on a table of entries."""
    one, into = table.removesuffix("s"), f"INSERT INTO tell_{table} (sign, {', '.join(columns)})"
    added, gone = (f"{into} VALUES ({sign}, {_of(row, columns)});" for row, sign in (("new", 1), ("old", -1)))
    return f"""{_tell(table, columns)}
    CREATE TRIGGER {one}_tallied AFTER INSERT ON {table}
    BEGIN
        {added}
    END;
    CREATE TRIGGER {one}_tallied_anew AFTER UPDATE OF {", ".join(columns)} ON {table} WHEN {_differ(columns)}
    BEGIN
        {added}
        {gone}
    END;
    CREATE TRIGGER {one}_untallied AFTER DELETE ON {table}
    BEGIN
        {gone}
    END;
    """


def _kept_list(table: str, columns: tuple[str, ...]) -> str:
    """The triggers for the words of a list, each counted with what its episode says."""
    one, into = table.removesuffix("s"), f"INSERT INTO tell_{table} (sign, {', '.join((*_PLACED, *columns))})"
    added, gone = (
        f"{into} SELECT {sign}, {', '.join(_PLACED)}, {_of(row, columns)} FROM episodes WHERE n = {row}.episode;"
        for row, sign in (("new", 1), ("old", -1))
    )
    here, there = (
        f"{into} SELECT {sign}, {_of(row, _PLACED)}, {', '.join(columns)} FROM {table} WHERE episode = {row}.n;"
        for row, sign in (("new", 1), ("old", -1))
    )
    return f"""{_tell(table, (*_PLACED, *columns))}
    CREATE TRIGGER {one}_tallied AFTER INSERT ON {table}
    BEGIN
        {added}
    END;
    CREATE TRIGGER {one}_untallied AFTER DELETE ON {table}
    BEGIN
        {gone}
    END;
    CREATE TRIGGER {one}_tallied_elsewhere AFTER UPDATE OF {", ".join(_PLACED)} ON episodes WHEN {_differ(_PLACED)}
    BEGIN
        {here}
        {there}
    END;
    """


def _of(row: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{row}.{column}" for column in columns)


def _differ(columns: tuple[str, ...]) -> str:
    return f"({_of('old', columns)}) IS NOT ({_of('new', columns)})"


SCRIPT: Final = f"""
    {_TABLE}
    {_filled()}
    {_EMPTY}
    {"".join(_kept(table, columns) for table, columns in _COLUMNS.items())}
    {"".join(_kept_list(table, columns) for table, columns in _LISTS.items())}
    -- While it is still there to be looked up.
    CREATE TRIGGER episode_lists_gone BEFORE DELETE ON episodes
    BEGIN
        DELETE FROM episode_regions WHERE episode = old.n;
        DELETE FROM episode_sensations WHERE episode = old.n;
    END;
    CREATE INDEX episodes_by_severity ON episodes (severity, started_us) WHERE NOT deleted AND severity > 0;
    """
