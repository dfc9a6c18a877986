"""Moments, choices and text as columns of the log, and the SQL that finds entries by their moment. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from typing import TypeVar

E = TypeVar("E", bound=Enum)

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (reckoned without zones, so that no offset can overflow)
_MICROSECOND = timedelta(microseconds=1)

DAY = "(started_us / 1000000 + started_offset_s + 86400 * 1000000) / 86400"
"""SQL for the local day on which an entry began: the days since 1970 plus a million, so that none is negative."""
CROSSES_MIDNIGHT = f"(ended_us > started_us AND {DAY.replace('started', 'ended')} > {DAY})"
"""SQL for whether an entry ended on a later local day than it began."""
FIRST_DAY = 719_163 - 1_000_000
"""The difference of Python's ordinal and such a day: 1 January 1970 is ordinal 719,163."""
_DAY_US = 86_400_000_000
"""Microseconds of a day, which is more than the largest offset from UTC."""


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


def microseconds(moment: datetime) -> int:
    """Return an aware moment as microseconds since 1970 in UTC."""
    us, _ = moment_columns(moment)
    assert us is not None
    return us


def clean(text: str | None) -> str | None:
    """Return text that UTF-8 can encode: undecodable bytes of a command line are replaced, not refused."""
    return text if text is None else text.encode("utf-8", "replace").decode("utf-8") if _broken(text) else text


def _broken(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def moment_columns(moment: datetime | None) -> tuple[int | None, int | None]:
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


def moment_or_none(us: int | None, offset_s: int | None) -> datetime | None:
    return None if us is None or offset_s is None else moment(us, offset_s)


def word_of(choice: Enum | None) -> str | None:
    return None if choice is None else str(choice.value)


def choice_of(kind: type[E], word: str | None) -> E | None:
    return None if word is None else kind(word)
