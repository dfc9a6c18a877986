"""Habit ticks and posture checks as rows of the log. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numbguard.core.log.records.habits import HabitKind, HabitTick, PostureCheck

from .moments import clean, moment, moment_columns

# The first two columns of each are the key by which pages follow one another.
_TICK = "at_us, at_offset_s, id, kind, amount"
_CHECK = "at_us, at_offset_s, id, feet_supported, knees_level, screen_level, back_supported, legs_uncrossed"

SELECT_TICK = f"SELECT n, {_TICK} FROM habit_ticks"
SELECT_CHECK = f"SELECT n, {_CHECK} FROM posture_checks"


def tick_row(tick: HabitTick) -> tuple[str, tuple[object, ...]]:
    """The columns of ``habit_ticks`` but for ``edited_us``, parted by commas, and their values."""
    return _TICK, (*moment_columns(tick.at), clean(tick.id), tick.kind.value, tick.amount)


def check_row(check: PostureCheck) -> tuple[str, tuple[object, ...]]:
    """The columns of ``posture_checks`` but for ``edited_us``, parted by commas, and their values."""
    return _CHECK, (
        *(*moment_columns(check.at), clean(check.id), check.feet_supported, check.knees_level, check.screen_level),
        *(check.back_supported, check.legs_uncrossed),
    )


def read_tick(row: Sequence[Any]) -> HabitTick:
    """Read a row of ``SELECT_TICK``; raise ``ValueError`` for a value that NumbGuard does not write."""
    _, at, offset, id, kind, amount = row
    return HabitTick(id, moment(at, offset), HabitKind(kind), amount)


def read_check(row: Sequence[Any]) -> PostureCheck:
    """Read a row of ``SELECT_CHECK``."""
    _, at, offset, id, *points = row
    return PostureCheck(id, moment(at, offset), *(bool(point) for point in points))
