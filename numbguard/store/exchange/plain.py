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

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode, EpisodeContext, EpisodeEnd, Onset, Posture, Seat, Sensation
from numbguard.core.log.records.habits import HabitKind, HabitTick, PostureCheck
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.sentence import N_, enumerated, sentence, words_of
from numbguard.core.sites import Region, Side, Site, sites_on
from numbguard.core.when.days import NoSuchDayError, calendar_day
from numbguard.store.log.rows.moments import clean
from numbguard.store.log.rows.writing import Record

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
_MOMENT = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?"
    r"(?P<offset>Z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9]|:[0-5][0-9]:[0-5][0-9])?)?"
)
"""ISO 8601 as ``docs/numbguard-log.schema.json`` has it; that the day is one of the calendar is checked apart."""
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


def read_record(kind: type[Record], given: object) -> Record:
    """Return the record of plain values. Raises ``RowError`` with the first reason for refusing it."""
    if not isinstance(given, dict):
        raise RowError(N_("is not an entry of a log"))
    if kind is Episode:
        return read_episode(given)
    id = read_id(given.get("id"))
    if kind is HabitTick:
        amount = _whole(given, "amount", least=-_MOST, most=_MOST)
        return HabitTick(id, read_moment(given, "at"), _needed(given, "habit", HabitKind), _present(amount, "amount"))
    if kind is PostureCheck:
        points = [_present(_truth(given, point), point) for point in POINTS]
        return PostureCheck(id, read_moment(given, "at"), *points)
    if kind is SignAnswer:
        present = _present(_truth(given, "present"), "present")
        return SignAnswer(
            id,
            read_moment(given, "at"),
            read_id(given.get("episode")),
            _needed(given, "sign", WarningSign),
            present,
            # Missing in a file from before questions had versions.
            _whole(given, "version", least=1, most=_MOST) or 1,
        )
    started = read_moment(given, "started_at")
    seated_s = _present(_seconds(given, "seated_s"), "seated_s")
    if kind is SittingBout:
        return SittingBout(id, started, read_moment(given, "ended_at"), seated_s, _needed(given, "end", BoutEnd))
    return BreakRecord(
        id,
        _needed(given, "outcome", Outcome),
        started,
        _maybe_moment(given, "ended_at"),
        _text(given, "card"),
        _maybe_moment(given, "announced_at"),
        seated_s,
        _present(_whole(given, "snoozes", least=0, most=_MOST), "snoozes"),
    )


def read_episode(given: Mapping[str, Any]) -> Episode:
    """Return an episode; raise ``RowError`` where a value is not valid."""
    context = given.get("context")
    if context is None:
        context = {}
    if not isinstance(context, dict):
        raise RowError(N_("its context is not a group of figures"))
    started, ended = read_moment(given, "started_at"), _maybe_moment(given, "ended_at")
    if ended is not None and ended < started:
        raise RowError(N_("it ends before it begins"))
    sites, side, regions = _sites(given), _choice(given, "side", Side), _several(given, "regions", Region)
    before_sites = _truth(given, "before_sites") is True
    return Episode(
        id=read_id(given.get("id")),
        started_at=started,
        ended_at=ended,
        end_unknown=_choice(given, "end", EpisodeEnd) is EpisodeEnd.UNKNOWN,
        # The sites win over their summary.
        sites=sites or sites_on(side, *regions),
        leg=side,
        before_sites=before_sites or not sites,
        sensations=_several(given, "sensations", Sensation),
        severity=_whole(given, "severity", least=0, most=10),
        posture=_choice(given, "posture", Posture),
        onset=_choice(given, "onset", Onset),
        weakness=_truth(given, "weakness"),
        back_pain=_truth(given, "back_pain"),
        relief=_text(given, "relief"),
        relief_after_s=_seconds(given, "relief_after_s"),
        note=_text(given, "note"),
        context=EpisodeContext(
            seated_s=_seconds(context, "seated_s"),
            since_break_s=_seconds(context, "since_break_s"),
            skipped_today=_whole(context, "skipped_today", least=0, most=_MOST),
            seat=_choice(context, "seat", Seat),
        ),
    )


def _sites(given: Mapping[str, Any]) -> tuple[Site, ...]:
    values = given.get("sites")
    if values is None:
        return ()
    if not isinstance(values, list) or len(values) > 100:
        raise RowError(N_("sites is not a list of at most 100 places"))
    if not all(isinstance(one, dict) for one in values):
        raise RowError(N_("a place of its sites is not a region with a side"))
    return tuple(Site(_needed(one, "region", Region), _choice(one, "side", Side)) for one in values)


def read_edit(given: Mapping[str, Any], otherwise: datetime) -> int:
    """Return the time of the edit in microseconds since 1970; where it is missing, one older than any edit."""
    moment = _maybe_moment(given, "edited_at")
    try:
        return ((moment or otherwise) - _EPOCH) // timedelta(microseconds=1)
    except OverflowError:
        raise RowError(N_("edited_at is not a moment of this calendar")) from None


def read_id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise RowError(N_("its id is missing or not one word of plain letters and digits"))
    return value


def read_moment(given: Mapping[str, Any], name: str) -> datetime:
    return _present(_maybe_moment(given, name), name)


def _maybe_moment(given: Mapping[str, Any], name: str) -> datetime | None:
    value = given.get(name)
    if value is None:
        return None
    written = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if written is None:
        raise RowError(sentence("{name} is not a time like 2026-03-02T14:30:00+01:00", name=name))
    if written["offset"] is None:
        raise RowError(sentence("{name} lacks its offset from UTC, as in 2026-03-02T14:30:00+01:00", name=name))
    try:
        calendar_day(int(written["year"]), int(written["month"]), int(written["day"]))
        moment = datetime.fromisoformat(value)
    except NoSuchDayError as error:
        raise RowError(
            sentence("{name} is not a day of the calendar: {error}", name=name, error=words_of(error))
        ) from None
    except ValueError:
        raise RowError(sentence("{name} is not a time like 2026-03-02T14:30:00+01:00", name=name)) from None
    if not _FIRST_US <= (moment - _EPOCH) // timedelta(microseconds=1) <= _LAST_US:
        raise RowError(sentence("{name} is not a moment of this calendar", name=name))
    return moment


def _text(given: Mapping[str, Any], name: str) -> str | None:
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise RowError(sentence("{name} is not text", name=name))
    if len(value) > MOST_TEXT:
        raise RowError(sentence("{name} is longer than {limit} letters", name=name, limit=MOST_TEXT))
    return clean(value)


def _truth(given: Mapping[str, Any], name: str) -> bool | None:
    value = given.get(name)
    if value is None or isinstance(value, bool):
        return value
    raise RowError(sentence("{name} is neither yes nor no", name=name))


def _whole(given: Mapping[str, Any], name: str, *, least: int, most: int) -> int | None:
    value = given.get(name)
    if value is None:
        return None
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())  # 5.0, as other programs write
    if isinstance(value, bool) or not whole or not least <= value <= most:
        raise RowError(
            sentence("{name} is not a whole number from {least} to {most}", name=name, least=least, most=most)
        )
    return int(value)


def _seconds(given: Mapping[str, Any], name: str) -> float | None:
    value = given.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LONGEST_S:
        raise RowError(sentence("{name} is not a length in seconds", name=name))
    seconds = float(value)
    return seconds if math.isfinite(seconds) else None


def _choice(given: Mapping[str, Any], name: str, kind: type[E]) -> E | None:
    value = given.get(name)
    return None if value is None else _one(value, name, kind)


def _needed(given: Mapping[str, Any], name: str, kind: type[E]) -> E:
    return _present(_choice(given, name, kind), name)


def _several(given: Mapping[str, Any], name: str, kind: type[E]) -> tuple[E, ...]:
    values = given.get(name)
    if values is None:
        return ()
    if not isinstance(values, list) or len(values) > 100:
        raise RowError(sentence("{name} is not a list of at most 100 words", name=name))
    return tuple(_one(value, name, kind) for value in values)


def _one(value: object, name: str, kind: type[E]) -> E:
    try:
        return kind(value)
    except ValueError:
        words = enumerated(str(one.value) for one in kind)
        raise RowError(
            sentence(
                "{name} can be {words}; “{value}” is not one of them", name=name, words=words, value=str(value)[:40]
            )
        ) from None


T = TypeVar("T")


def _present(value: T | None, name: str) -> T:
    if value is None:
        raise RowError(sentence("{name} is missing", name=name))
    return value
