"""`./dev biglog DIR`: makes a long log for experiments, the same for the same seed, in a profile of its own.

It writes thousands of episodes, breaks and sitting bouts as NumbGuard would have written them, but straight through
SQLite: committing each to the disk before the next would take hours. `log_bench` and `lived_in` call it too.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from numbguard.core.log.advice.relief import ReliefMethod
from numbguard.core.log.records.episode import Posture, Seat, Sensation
from numbguard.core.log.records.sitting import BoutEnd, Outcome
from numbguard.core.sites import Region, Side
from numbguard.store.log.database import open_database
from numbguard.store.profile import Profile

LONGEST = 100_000
"""Episodes in the longest log that NumbGuard has to support: ten a day for 27 years, with 200,000 breaks."""
BOUTS_A_DAY = 12
"""Sitting bouts a day; five of six have an episode, so there are ten episodes a day."""
FIRST_DAY_US = int(datetime(1998, 10, 1, tzinfo=UTC).timestamp()) * 1_000_000
"""Start of the log in microseconds since the epoch; the longest log ends in February 2026."""
FIRST_HOUR = 7
"""Hour at which each day starts, in UTC."""
DAY_US = 86_400_000_000
_US = 1_000_000

_EPISODE = (
    "n, id, edited_us, deleted, started_us, started_offset_s, ended_us, ended_offset_s, side, severity, posture, "
    "onset, weakness, back_pain, relief, relief_after_s, note, seated_s, since_break_s, skipped_today, seat, "
    "end_unknown, with_sites"
)
_BREAK = (
    "id, edited_us, outcome, started_us, started_offset_s, ended_us, ended_offset_s, card, announced_us, "
    "announced_offset_s, seated_s, snoozes"
)
_BOUT = 'id, edited_us, started_us, started_offset_s, ended_us, ended_offset_s, seated_s, "end"'
_CHECK = "id, edited_us, at_us, at_offset_s, feet_supported, knees_level, screen_level, back_supported, legs_uncrossed"

Row = tuple[object, ...]


@dataclass
class Rows:
    """Rows for each table that are not written yet."""

    tables: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, *values: object) -> None:
        self.tables.setdefault(table, []).append(values)


def make(folder: Path, *, episodes: int, seed: int = 1, first_day_us: int = FIRST_DAY_US) -> Profile:
    """Make a profile with that many episodes, twice as many breaks and a fifth more bouts; deletes the old folder.

    The first day starts at `first_day_us`, microseconds since the epoch; each day has ten episodes.
    """
    shutil.rmtree(folder, ignore_errors=True)
    profile = Profile.find(str(folder))
    connection = open_database(profile).connection
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -200000")
    connection.execute("BEGIN")
    for rows in _entries(random.Random(seed), episodes, first_day_us):
        for into, values in rows.tables.items():
            connection.executemany(f"INSERT INTO {into} VALUES ({', '.join('?' * len(values[0]))})", values)
    connection.execute("COMMIT")
    connection.close()
    return profile


def _entries(chance: random.Random, episodes: int, first_day_us: int) -> Iterator[Rows]:
    """Yield the rows of a thousand bouts at a time.

    Five of six bouts have an episode, each ends with a break, and in two of three a break was skipped or snoozed. There
    is one posture check a day.
    """
    words: dict[type, list[str]] = {
        kind: [one.value for one in kind] for kind in (Side, Region, Sensation, Posture, ReliefMethod)
    }
    rows, n = Rows(), 0
    for number in range(episodes * 6 // 5):
        day, place = divmod(number, BOUTS_A_DAY)
        length = round(min(3400.0, 300 + chance.expovariate(1 / 1500)), 3)
        start = first_day_us + day * DAY_US + (FIRST_HOUR + place) * 3600 * _US + chance.randrange(10 * _US)
        end = start + round(length * _US)
        offset = 3600 if day % 365 < 180 else 7200
        if place == BOUTS_A_DAY // 2:
            rows.add(
                f"posture_checks ({_CHECK})",
                *(f"check-{day}", start, start, offset, 1, 1, day % 3 > 0, 1, day % 2),
            )
        away = place % 3 == 0
        bout_end = BoutEnd.NATURAL if away else BoutEnd.MOVED
        rows.add(f"bouts ({_BOUT})", _id(chance), end, start, offset, end, offset, length, bout_end.value)
        outcome = Outcome.NATURAL if away else Outcome.MOVED
        over = end + 120 * _US
        rows.add(
            f"breaks ({_BREAK})",
            *(_id(chance), over, outcome.value, end, offset, over, offset, None if away else "calf-raises"),
            *((None, None) if away else (end, offset)),
            *(length, 0),
        )
        if number % 3:
            rows.add(
                f"breaks ({_BREAK})",
                *(_id(chance), start, chance.choice((Outcome.SKIPPED, Outcome.SNOOZED)).value),
                *(start + 60 * _US, offset, start + 60 * _US, offset, "quad", start, offset, 60.0, 0),
            )
        if number % 6 != 5:
            n += 1
            _episode(rows, chance, words, n=n, start=start, length=length, offset=offset)
        if number % 1000 == 999:
            yield rows
            rows = Rows()
    if rows.tables:
        yield rows


def _episode(
    rows: Rows,
    chance: random.Random,
    words: dict[type, list[str]],
    *,
    n: int,
    start: int,
    length: float,
    offset: int,
) -> None:
    onset = round(chance.weibullvariate(3000, 3), 3)
    inside = onset < length
    began = start + round(min(onset, length + 30) * _US)
    ended = began + chance.randrange(20, 900) * _US
    relief = chance.choice((None, *words[ReliefMethod]))
    side = chance.choice((None, *words[Side]))
    rows.add(
        f"episodes ({_EPISODE})",
        *(n, _id(chance), ended, int(n % 100 == 0), began, offset, ended, offset),
        *(side, chance.choice((None, 2, 3, 5)), chance.choice((None, *words[Posture]))),
        *(None, None, None, relief, None if relief is None else (ended - began) / _US, None),
        *((onset, onset, 0, Seat.SITTING.value) if inside else (None, None, None, None)),
        *(0, 1),
    )
    for place, region in enumerate(chance.sample(words[Region], chance.choice((0, 1, 1, 2)))):
        rows.add("episode_regions (episode, place, region, side)", n, place, region, side)
    rows.add("episode_sensations (episode, place, sensation)", n, 0, chance.choice(words[Sensation]))


def _id(chance: random.Random) -> str:
    digits = f"{chance.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="biglog", description="A long log in a profile of its own, to try things on.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="the profile; what lies there is deleted")
    parser.add_argument("--episodes", type=int, default=LONGEST, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(words)
    if given.folder.exists() and not (given.folder / "numbguard.db").exists() and any(given.folder.iterdir()):
        print(f"biglog: {given.folder} holds something else. Name a folder that is not there yet.", file=sys.stderr)
        return 1
    began = time.monotonic()
    profile = make(given.folder, episodes=given.episodes, seed=given.seed)
    size = profile.database.stat().st_size / 1e6
    print(f"{given.episodes:,} episodes in {profile.database} ({size:,.0f} MB), in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
