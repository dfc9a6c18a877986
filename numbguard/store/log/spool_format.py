"""Writes a version of a record as a line of JSON and reads it: the format of ``unwritten.jsonl``. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

from numbguard.core.body import Region, Side
from numbguard.core.log.records import (
    BoutEnd,
    BreakRecord,
    Context,
    Episode,
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

from .journal import RecordVersion
from .rows import Record

E = TypeVar("E", bound=Enum)

_KINDS: Mapping[str, type[Record]] = {
    "episode": Episode,
    "break": BreakRecord,
    "bout": SittingBout,
    "habit": HabitTick,
    "posture": PostureCheck,
    "sign": SignAnswer,
}


def write_line(version: RecordVersion) -> bytes:
    """Return the version as a line for ``read_line``."""
    import json

    kind = next(name for name, one in _KINDS.items() if isinstance(version.record, one))
    whole = {
        "kind": kind,
        "edited_us": version.edited_us,
        "deleted": version.deleted,
        "record": _plain(version.record),
    }
    return json.dumps(whole).encode() + b"\n"


def read_line(line: bytes) -> RecordVersion | None:
    """Return the version on a line; ``None`` where the line is not valid."""
    import json

    try:
        whole = json.loads(line)
        record = _record(_KINDS[whole["kind"]], whole["record"])
        return RecordVersion(record, int(whole["edited_us"]), bool(whole["deleted"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _record(kind: type[Record], told: Mapping[str, Any]) -> Record:
    if kind is PostureCheck:
        return PostureCheck(**{**told, "at": _moment(told["at"])})
    if kind is SignAnswer:
        return SignAnswer(**{**told, "at": _moment(told["at"]), "sign": WarningSign(told["sign"])})
    if kind is HabitTick:
        return HabitTick(**{**told, "at": _moment(told["at"]), "kind": HabitKind(told["kind"])})
    shared = {**told, "started_at": _moment(told["started_at"]), "ended_at": _moment(told["ended_at"])}
    if kind is SittingBout:
        return SittingBout(**{**shared, "end": BoutEnd(told["end"])})
    if kind is BreakRecord:
        announced = _moment(told["announced_at"])
        return BreakRecord(**{**shared, "outcome": Outcome(told["outcome"]), "announced_at": announced})
    context = told["context"]
    words = {
        "side": _choice(Side, told["side"]),
        "regions": tuple(Region(word) for word in told["regions"]),
        "sensations": tuple(Sensation(word) for word in told["sensations"]),
        "posture": _choice(Posture, told["posture"]),
        "onset": _choice(Onset, told["onset"]),
        "context": Context(**{**context, "seat": _choice(Seat, context["seat"])}),
    }
    return Episode(**{**shared, **words})


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset from UTC")
    return moment


def _choice(kind: type[E], word: str | None) -> E | None:
    return None if word is None else kind(word)
