"""Converts the records of the model to rows of the log and back. The journal calls it on its thread; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from typing import Any, TypeVar

from numbguard.core.log.records import (
    BoutEnd,
    BreakRecord,
    Episode,
    EpisodeContext,
    HabitKind,
    HabitTick,
    Onset,
    Outcome,
    Posture,
    PostureCheck,
    Seat,
    Sensation,
    SignAnswer,
    SittingBout,
)
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.sites import Region, Side, Site

E = TypeVar("E", bound=Enum)

Record = Episode | BreakRecord | SittingBout | HabitTick | PostureCheck | SignAnswer

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (reckoned without zones, so that no offset can overflow)
_MICROSECOND = timedelta(microseconds=1)

DAY = "(started_us / 1000000 + started_offset_s + 86400 * 1000000) / 86400"
"""SQL for the local day on which an entry began: the days since 1970 plus a million, so that none is negative."""
FIRST_DAY = 719_163 - 1_000_000
"""The difference of Python's ordinal and such a day: 1 January 1970 is ordinal 719,163."""
SITE_SIDE = "CASE WHEN with_sites THEN episode_regions.side ELSE episodes.side END"
"""SQL for the side of a site: until the ninth version, an episode had one side for all of its regions."""
_DAY_US = 86_400_000_000
"""Microseconds of a day, which is more than the largest offset from UTC."""

# The first two columns of each are the key by which pages follow one another.
_EPISODE = (
    "started_us, started_offset_s, id, ended_us, ended_offset_s, side, severity, posture, onset, weakness, back_pain, "
    "relief, relief_after_s, note, seated_s, since_break_s, skipped_today, seat, end_unknown, with_sites"
)
_BREAK = (
    "started_us, started_offset_s, id, ended_us, ended_offset_s, outcome, card, announced_us, announced_offset_s, "
    "seated_s, snoozes"
)
_BOUT = 'started_us, started_offset_s, id, ended_us, ended_offset_s, seated_s, "end"'
_TICK = "at_us, at_offset_s, id, kind, amount"
_CHECK = "at_us, at_offset_s, id, feet_supported, knees_level, screen_level, back_supported, legs_uncrossed"
_ANSWER = "at_us, at_offset_s, id, episode, sign, present, version"


def list_of(name: str, value: str, episode: str = "episodes.n") -> str:
    """Return SQL for an episode's regions or sensations as one text, parted by commas, in their order."""
    return (
        "(SELECT group_concat(word) FROM"
        f" (SELECT {value} AS word FROM episode_{name}s WHERE episode = {episode} ORDER BY place))"
    )


REGION_WORD = "region || ifnull(':' || side, '')"
"""SQL for a region with its side, such as ``calf:left``; only the region where no side was said."""

SELECT_EPISODE = (
    f"SELECT n, {_EPISODE}, {list_of('region', REGION_WORD)}, {list_of('sensation', 'sensation')} FROM episodes"
)
SELECT_FORMER = f"SELECT n, {_EPISODE}, regions, sensations, edited_us, deleted FROM former_episodes"
SELECT_BREAK = f"SELECT n, {_BREAK} FROM breaks"
SELECT_BOUT = f"SELECT n, {_BOUT} FROM bouts"
SELECT_TICK = f"SELECT n, {_TICK} FROM habit_ticks"
SELECT_CHECK = f"SELECT n, {_CHECK} FROM posture_checks"
SELECT_ANSWER = f"SELECT n, {_ANSWER} FROM sign_answers"


def _statements(table: str, marks: Mapping[str, str], *, only_newer: bool) -> tuple[str, str]:
    # Two statements: one upsert would have SQLite prepare the edit, triggers included, for each new entry.
    # An edit made here is newer than the version that it changes, even after the clock was set back.
    edited = ":edited_us" if only_newer else "max(:edited_us, edited_us + 1)"
    newer = " AND :edited_us >= edited_us" if only_newer else ""
    changes = [f"{name} = :{mark}" for name, mark in marks.items() if name not in ("id", "edited_us")]
    return (
        f"INSERT INTO {table} ({', '.join(marks)}) VALUES (:{', :'.join(marks.values())})"
        " ON CONFLICT (id) DO NOTHING RETURNING n",
        f"UPDATE {table} SET {', '.join(changes)}, edited_us = {edited} WHERE id = :id{newer} RETURNING n",
    )


def writing(
    record: Record, *, edited_us: int, deleted: bool, only_newer: bool
) -> tuple[tuple[str, str], dict[str, object]]:
    """Return the statements that write a record under its id, and their values by name.

    The first inserts a new id, the second updates a known one. Each returns the row's number if it wrote the record.
    """
    values: tuple[object, ...]
    moments: tuple[object, ...] = (*_moment(began(record)), clean(record.id))
    if isinstance(record, Episode | BreakRecord | SittingBout):
        moments = (*moments, *_moment(record.ended_at))
    match record:
        case Episode():
            table, columns = "episodes", f"deleted, {_EPISODE}"
            values = (
                *(deleted, *moments, _word(record.side), record.severity, _word(record.posture)),
                *(_word(record.onset), record.weakness, record.back_pain, clean(record.relief), record.relief_after_s),
                *(clean(record.note), record.context.seated_s, record.context.since_break_s),
                *(record.context.skipped_today, _word(record.context.seat), record.end_unknown),
                not record.before_sites,
            )
        case BreakRecord():
            table, columns = "breaks", _BREAK
            values = (
                *(*moments, record.outcome.value, clean(record.card), *_moment(record.announced_at)),
                *(record.seated_s, record.snoozes),
            )
        case SittingBout():
            table, columns = "bouts", _BOUT
            values = (*moments, record.seated_s, record.end.value)
        case HabitTick():
            table, columns = "habit_ticks", _TICK
            values = (*moments, record.kind.value, record.amount)
        case PostureCheck():
            table, columns = "posture_checks", _CHECK
            values = (
                *(*moments, record.feet_supported, record.knees_level, record.screen_level),
                *(record.back_supported, record.legs_uncrossed),
            )
        case SignAnswer():
            table, columns = "sign_answers", _ANSWER
            values = (*moments, clean(record.episode), record.sign.value, record.present, record.version)
    # By name, because the update has them in another order. Python 3.12.0 to 3.12.3 warns of numbered marks
    # (CPython issue 117995).
    marks = {name: name.strip('"') for name in ("edited_us", *columns.split(", "))}
    given = dict(zip(marks.values(), (edited_us, *values), strict=True))
    return _statements(table, marks, only_newer=only_newer), given


def began(record: Record) -> datetime:
    """Return the moment by which a record is found and ordered."""
    return record.at if isinstance(record, HabitTick | PostureCheck | SignAnswer) else record.started_at


def since_sql(moment: datetime, name: str, column: str = "started") -> str:
    """Return the SQL condition that an entry began at ``moment`` or later; ``name`` is the mark of its value.

    A moment without an offset is meant by the clock of the place where the entry was made, so that a day is the day
    there.
    """
    return _compared(moment, name, column, ">=", -_DAY_US)


def until_sql(moment: datetime, name: str, column: str = "started") -> str:
    """Return the SQL condition that an entry began before ``moment``, as ``since_sql`` does."""
    return _compared(moment, name, column, "<", _DAY_US)


def _compared(moment: datetime, name: str, column: str, sign: str, furthest_us: int) -> str:
    if moment.tzinfo is not None:
        return f"{column}_us {sign} :{name}"
    # The first condition is wider and lets SQLite use the index.
    there = f"{column}_us + {column}_offset_s * 1000000 {sign} :{name}"
    return f"{column}_us {sign} :{name} + {furthest_us} AND {there}"


def is_since(moment: datetime, bound: datetime) -> bool:
    """Whether a moment is at ``bound`` or later, as ``since_sql`` reads it."""
    return moment.replace(tzinfo=bound.tzinfo and moment.tzinfo) >= bound


def bound_us(moment: datetime) -> int:
    """Return the value of a bound, for the mark of ``since_sql`` and ``until_sql``."""
    return microseconds(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)


def read_episode(row: Sequence[Any]) -> Episode:
    """Read a row of ``SELECT_EPISODE``; raise ``ValueError`` for a value that NumbGuard does not write."""
    _, started, started_offset, id, ended, ended_offset, side, severity, posture, onset, weakness, back_pain = row[:12]
    relief, relief_after_s, note, seated_s, since_break_s, skipped_today, seat, end_unknown, with_sites = row[12:21]
    regions, sensations = row[21:]
    leg = _choice(Side, side)
    return Episode(
        id=id,
        started_at=moment(started, started_offset),
        ended_at=_datetime_or_none(ended, ended_offset),
        end_unknown=bool(end_unknown),
        sites=tuple(_site(word, leg, told=bool(with_sites)) for word in regions.split(",")) if regions else (),
        leg=leg,
        before_sites=not with_sites,
        sensations=tuple(Sensation(word) for word in sensations.split(",")) if sensations else (),
        severity=severity,
        posture=_choice(Posture, posture),
        onset=_choice(Onset, onset),
        weakness=None if weakness is None else bool(weakness),
        back_pain=None if back_pain is None else bool(back_pain),
        relief=relief,
        relief_after_s=relief_after_s,
        note=note,
        context=EpisodeContext(seated_s, since_break_s, skipped_today, _choice(Seat, seat)),
    )


def read_break(row: Sequence[Any]) -> BreakRecord:
    """Read a row of ``SELECT_BREAK``; raise ``ValueError`` for a value that NumbGuard does not write."""
    (
        _,
        started,
        started_offset,
        id,
        ended,
        ended_offset,
        outcome,
        card,
        announced,
        announced_offset,
        seated_s,
        snoozes,
    ) = row
    return BreakRecord(
        id=id,
        outcome=Outcome(outcome),
        started_at=moment(started, started_offset),
        ended_at=_datetime_or_none(ended, ended_offset),
        card=card,
        announced_at=_datetime_or_none(announced, announced_offset),
        seated_s=seated_s,
        snoozes=snoozes,
    )


def read_bout(row: Sequence[Any]) -> SittingBout:
    """Read a row of ``SELECT_BOUT``; raise ``ValueError`` for a value that NumbGuard does not write."""
    _, started, started_offset, id, ended, ended_offset, seated_s, end = row
    return SittingBout(id, moment(started, started_offset), moment(ended, ended_offset), seated_s, BoutEnd(end))


def read_tick(row: Sequence[Any]) -> HabitTick:
    """Read a row of ``SELECT_TICK``; raise ``ValueError`` for a value that NumbGuard does not write."""
    _, at, offset, id, kind, amount = row
    return HabitTick(id, moment(at, offset), HabitKind(kind), amount)


def read_check(row: Sequence[Any]) -> PostureCheck:
    """Read a row of ``SELECT_CHECK``."""
    _, at, offset, id, *points = row
    return PostureCheck(id, moment(at, offset), *(bool(point) for point in points))


def read_answer(row: Sequence[Any]) -> SignAnswer:
    """Read a row of ``SELECT_ANSWER``; raise ``ValueError`` for a value that NumbGuard does not write."""
    _, at, offset, id, episode, sign, present, version = row
    return SignAnswer(id, moment(at, offset), episode, WarningSign(sign), bool(present), version or 1)


def microseconds(moment: datetime) -> int:
    """Return an aware moment as microseconds since 1970 in UTC."""
    us, _ = _moment(moment)
    assert us is not None
    return us


def clean(text: str | None) -> str | None:
    """Return text that UTF-8 can encode: undecodable bytes of a command line are replaced, not refused."""
    return text if text is None else text.encode("utf-8", "replace").decode("utf-8") if _broken(text) else text


def _broken(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _moment(moment: datetime | None) -> tuple[int | None, int | None]:
    if moment is None:
        return None, None
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a moment in the log needs its offset from UTC")
    us = (moment.replace(tzinfo=None) - _EPOCH - offset) // _MICROSECOND
    return us, round(offset.total_seconds())


def moment(us: int, offset_s: int) -> datetime:
    offset = timedelta(seconds=offset_s)
    return (_EPOCH + (timedelta(microseconds=us) + offset)).replace(tzinfo=timezone(offset))


def _datetime_or_none(us: int | None, offset_s: int | None) -> datetime | None:
    return None if us is None or offset_s is None else moment(us, offset_s)


def _site(word: str, episodes_side: Side | None, *, told: bool) -> Site:
    region, _, side = word.partition(":")
    return Site(Region(region), _choice(Side, side or None) if told else episodes_side)


def _word(choice: Enum | None) -> str | None:
    return None if choice is None else str(choice.value)


def _choice(kind: type[E], word: str | None) -> E | None:
    return None if word is None else kind(word)
