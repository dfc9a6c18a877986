"""Converts records to plain values (text, numbers, lists) for files, and back with strict checks.

All three formats use it; pure. Moments are ISO 8601 with offset and microseconds, durations are seconds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, TypeVar

from numbguard.core.body import Region, Side, Site, sites_on
from numbguard.core.log.records import (
    BoutEnd,
    BreakRecord,
    Context,
    Episode,
    EpisodeEnd,
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
from numbguard.store.log.rows import Record, clean

from .types import MOST_TEXT, RowError

E = TypeVar("E", bound=Enum)
Plain = dict[str, Any]

SECTIONS: Mapping[str, type[Record]] = {
    "episodes": Episode,
    "breaks": BreakRecord,
    "bouts": SittingBout,
    "habits": HabitTick,
    "posture_checks": PostureCheck,
    "sign_answers": SignAnswer,
}
POINTS = ("feet_supported", "knees_level", "screen_level", "back_supported", "legs_uncrossed")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_US = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
_LAST_US = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
_ID = re.compile(r"[!-~]{1,200}")
_LONGEST_S = 1e12
_MOST = 10**9


# --- out -------------------------------------------------------------------------------------------------------------


def plain_record(record: Record) -> Plain:
    """Return the record as plain values, with the names of the command line's JSON."""
    match record:
        case Episode():
            context = record.context
            return {
                "id": record.id,
                "started_at": record.started_at.isoformat(),
                "ended_at": _moment(record.ended_at),
                "side": _word(record.side),
                "regions": [one.value for one in record.regions],
                "sites": [{"region": one.region.value, "side": _word(one.side)} for one in record.sites],
                "before_sites": record.before_sites,
                "end": record.end.value,
                "sensations": [one.value for one in record.sensations],
                "severity": record.severity,
                "posture": _word(record.posture),
                "onset": _word(record.onset),
                "weakness": record.weakness,
                "back_pain": record.back_pain,
                "relief": record.relief,
                "relief_after_s": record.relief_after_s,
                "note": record.note,
                "context": {
                    "seated_s": context.seated_s,
                    "since_break_s": context.since_break_s,
                    "skipped_today": context.skipped_today,
                    "seat": _word(context.seat),
                },
            }
        case BreakRecord():
            return {
                "id": record.id,
                "outcome": record.outcome.value,
                "card": record.card,
                "announced_at": _moment(record.announced_at),
                "started_at": record.started_at.isoformat(),
                "ended_at": _moment(record.ended_at),
                "seated_s": record.seated_s,
                "snoozes": record.snoozes,
            }
        case SittingBout():
            return {
                "id": record.id,
                "started_at": record.started_at.isoformat(),
                "ended_at": record.ended_at.isoformat(),
                "seated_s": record.seated_s,
                "end": record.end.value,
            }
        case HabitTick():
            return {"id": record.id, "at": record.at.isoformat(), "habit": record.kind.value, "amount": record.amount}
        case PostureCheck():
            return {
                "id": record.id,
                "at": record.at.isoformat(),
                **{point: getattr(record, point) for point in POINTS},
            }
        case SignAnswer():
            return {
                "id": record.id,
                "at": record.at.isoformat(),
                "episode": record.episode,
                "sign": record.sign.value,
                "present": record.present,
                "version": record.version,
            }


def plain_edit(edited_us: int) -> str:
    """Return the moment of an edit, in UTC."""
    moment = _EPOCH + timedelta(microseconds=min(max(edited_us, _FIRST_US), _LAST_US))
    return moment.isoformat().replace("+00:00", "Z")


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _word(choice: Enum | None) -> str | None:
    return None if choice is None else str(choice.value)


# --- in --------------------------------------------------------------------------------------------------------------


def read_record(kind: type[Record], told: object) -> Record:
    """Return the record of plain values. Raises ``RowError`` with the first reason for refusing it."""
    if not isinstance(told, dict):
        raise RowError("is not an entry of a log")
    if kind is Episode:
        return read_episode(told)
    id = read_id(told.get("id"))
    if kind is HabitTick:
        amount = _whole(told, "amount", least=-_MOST, most=_MOST)
        return HabitTick(id, read_moment(told, "at"), _needed(told, "habit", HabitKind), _present(amount, "amount"))
    if kind is PostureCheck:
        points = [_present(_truth(told, point), point) for point in POINTS]
        return PostureCheck(id, read_moment(told, "at"), *points)
    if kind is SignAnswer:
        present = _present(_truth(told, "present"), "present")
        return SignAnswer(
            id,
            read_moment(told, "at"),
            read_id(told.get("episode")),
            _needed(told, "sign", WarningSign),
            present,
            # Missing in a file from before questions had versions.
            _whole(told, "version", least=1, most=_MOST) or 1,
        )
    started = read_moment(told, "started_at")
    seated_s = _present(_seconds(told, "seated_s"), "seated_s")
    if kind is SittingBout:
        return SittingBout(id, started, read_moment(told, "ended_at"), seated_s, _needed(told, "end", BoutEnd))
    return BreakRecord(
        id,
        _needed(told, "outcome", Outcome),
        started,
        _maybe_moment(told, "ended_at"),
        _text(told, "card"),
        _maybe_moment(told, "announced_at"),
        seated_s,
        _present(_whole(told, "snoozes", least=0, most=_MOST), "snoozes"),
    )


def read_episode(told: Mapping[str, Any]) -> Episode:
    """Return an episode; raise ``RowError`` where a value is not valid."""
    context = told.get("context")
    if context is None:
        context = {}
    if not isinstance(context, dict):
        raise RowError("its context is not a group of figures")
    started, ended = read_moment(told, "started_at"), _maybe_moment(told, "ended_at")
    if ended is not None and ended < started:
        raise RowError("it ends before it begins")
    sites, side = _sites(told), _choice(told, "side", Side)
    before_sites = not sites or _truth(told, "before_sites") is True
    return Episode(
        id=read_id(told.get("id")),
        started_at=started,
        ended_at=ended,
        end_unknown=_choice(told, "end", EpisodeEnd) is EpisodeEnd.UNKNOWN,
        # The sites win over their summary.
        sites=sites or sites_on(side, *_several(told, "regions", Region)),
        leg=side,
        before_sites=before_sites,
        sensations=_several(told, "sensations", Sensation),
        severity=_whole(told, "severity", least=0, most=10),
        posture=_choice(told, "posture", Posture),
        onset=_choice(told, "onset", Onset),
        weakness=_truth(told, "weakness"),
        back_pain=_truth(told, "back_pain"),
        relief=_text(told, "relief"),
        relief_after_s=_seconds(told, "relief_after_s"),
        note=_text(told, "note"),
        context=Context(
            seated_s=_seconds(context, "seated_s"),
            since_break_s=_seconds(context, "since_break_s"),
            skipped_today=_whole(context, "skipped_today", least=0, most=_MOST),
            seat=_choice(context, "seat", Seat),
        ),
    )


def _sites(told: Mapping[str, Any]) -> tuple[Site, ...]:
    values = told.get("sites")
    if values is None:
        return ()
    if not isinstance(values, list) or len(values) > 100:
        raise RowError("sites is not a list of at most 100 places")
    if not all(isinstance(one, dict) for one in values):
        raise RowError("a place of its sites is not a region with a side")
    return tuple(Site(_needed(one, "region", Region), _choice(one, "side", Side)) for one in values)


def read_edit(told: Mapping[str, Any], otherwise: datetime) -> int:
    """Return the time of the edit in microseconds since 1970; where it is missing, one older than any edit."""
    moment = _maybe_moment(told, "edited_at")
    try:
        return ((moment or otherwise) - _EPOCH) // timedelta(microseconds=1)
    except OverflowError:
        raise RowError("edited_at is not a moment of this calendar") from None


def read_id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise RowError("its id is missing or not one word of plain letters and digits")
    return value


def read_moment(told: Mapping[str, Any], name: str) -> datetime:
    return _present(_maybe_moment(told, name), name)


def _maybe_moment(told: Mapping[str, Any], name: str) -> datetime | None:
    value = told.get(name)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise RowError(f"{name} is not a time like 2026-03-02T14:30:00+01:00") from None
    if moment.tzinfo is None:
        raise RowError(f"{name} lacks its offset from UTC, as in 2026-03-02T14:30:00+01:00")
    if not _FIRST_US <= (moment - _EPOCH) // timedelta(microseconds=1) <= _LAST_US:
        raise RowError(f"{name} is not a moment of this calendar")
    return moment


def _text(told: Mapping[str, Any], name: str) -> str | None:
    value = told.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise RowError(f"{name} is not text")
    if len(value) > MOST_TEXT:
        raise RowError(f"{name} is longer than {MOST_TEXT} letters")
    return clean(value)


def _truth(told: Mapping[str, Any], name: str) -> bool | None:
    value = told.get(name)
    if value is None or isinstance(value, bool):
        return value
    raise RowError(f"{name} is neither yes nor no")


def _whole(told: Mapping[str, Any], name: str, *, least: int, most: int) -> int | None:
    value = told.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise RowError(f"{name} is not a whole number from {least} to {most}")
    return value


def _seconds(told: Mapping[str, Any], name: str) -> float | None:
    value = told.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LONGEST_S:
        raise RowError(f"{name} is not a length in seconds")
    seconds = float(value)
    return seconds if math.isfinite(seconds) else None


def _choice(told: Mapping[str, Any], name: str, kind: type[E]) -> E | None:
    value = told.get(name)
    return None if value is None else _one(value, name, kind)


def _needed(told: Mapping[str, Any], name: str, kind: type[E]) -> E:
    return _present(_choice(told, name, kind), name)


def _several(told: Mapping[str, Any], name: str, kind: type[E]) -> tuple[E, ...]:
    values = told.get(name)
    if values is None:
        return ()
    if not isinstance(values, list) or len(values) > 100:
        raise RowError(f"{name} is not a list of at most 100 words")
    return tuple(_one(value, name, kind) for value in values)


def _one(value: object, name: str, kind: type[E]) -> E:
    try:
        return kind(value)
    except ValueError:
        words = ", ".join(str(one.value) for one in kind)
        raise RowError(f"{name} takes {words}; “{str(value)[:40]}” is none of them") from None


T = TypeVar("T")


def _present(value: T | None, name: str) -> T:
    if value is None:
        raise RowError(f"{name} is missing")
    return value
