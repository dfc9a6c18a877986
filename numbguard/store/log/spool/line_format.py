"""Writes a version of a record as a line of JSON and reads it: the format of ``unwritten.jsonl``. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode, EpisodeContext, Onset, Posture, Seat, Sensation
from numbguard.core.log.records.habits import HabitKind, HabitTick, PostureCheck
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.sites import Region, Side, Site, sites_on

from ..journal import RecordVersion
from ..rows.writing import Record

E = TypeVar("E", bound=Enum)

_KINDS: Mapping[str, type[Record]] = {
    "episode": Episode,
    "break": BreakRecord,
    "bout": SittingBout,
    "habit": HabitTick,
    "posture": PostureCheck,
    "sign": SignAnswer,
}

_MOST: Final = 1e9
"""The largest number of seconds, or of anything counted: more than a long life has."""
_RANGES: Final[Mapping[str, tuple[float, float]]] = {"severity": (0, 10), "amount": (-_MOST, _MOST)}
_LONGEST_TEXT: Final = 1_000_000
_LARGEST: Final = 2**63 - 1
"""The largest whole number that SQLite holds."""


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
        edited_us, deleted = whole["edited_us"], whole["deleted"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if type(edited_us) is not int or abs(edited_us) > _LARGEST or type(deleted) is not bool:
        return None
    return RecordVersion(record, edited_us, deleted) if _is_sound(record) else None


def _is_sound(record: object) -> bool:
    """Whether each value is of the kind that its field declares, and in the range that the log is meant to hold."""
    hints = get_type_hints(type(record))
    return all(_fits(getattr(record, name), hint, _RANGES.get(name, (0, _MOST))) for name, hint in hints.items())


def _fits(value: object, hint: Any, bounds: tuple[float, float]) -> bool:
    if get_origin(hint) is tuple:
        return isinstance(value, tuple) and all(_fits(one, get_args(hint)[0], bounds) for one in value)
    kinds = get_args(hint) or (hint,)
    if type(value) not in kinds and not (type(value) is int and float in kinds):
        return False
    if is_dataclass(value):
        return _is_sound(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return bounds[0] <= value <= bounds[1]  # false for NaN, too
    return not isinstance(value, str) or len(value) <= _LONGEST_TEXT


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


def _record(kind: type[Record], given: Mapping[str, Any]) -> Record:
    if kind is PostureCheck:
        return PostureCheck(**{**given, "at": _moment(given["at"])})
    if kind is SignAnswer:
        return SignAnswer(
            **{**given, "at": _moment(given["at"]), "sign": WarningSign(given["sign"])}
        )  # old: no version
    if kind is HabitTick:
        return HabitTick(**{**given, "at": _moment(given["at"]), "kind": HabitKind(given["kind"])})
    shared = {**given, "started_at": _moment(given["started_at"]), "ended_at": _moment(given["ended_at"])}
    if kind is SittingBout:
        return SittingBout(**{**shared, "end": BoutEnd(given["end"])})
    if kind is BreakRecord:
        announced = _moment(given["announced_at"])
        return BreakRecord(**{**shared, "outcome": Outcome(given["outcome"]), "announced_at": announced})
    context = given["context"]
    where: dict[str, object]
    if "sites" in given:
        where = {
            "sites": tuple(Site(Region(one["region"]), _choice(Side, one["side"])) for one in given["sites"]),
            "leg": _choice(Side, given["leg"]),
        }
    else:  # written before an episode had sites
        side = _choice(Side, shared.pop("side"))
        regions = tuple(Region(word) for word in shared.pop("regions"))
        where = {"sites": sites_on(side, *regions), "leg": side, "before_sites": True}
    words = {
        **where,
        "sensations": tuple(Sensation(word) for word in given["sensations"]),
        "posture": _choice(Posture, given["posture"]),
        "onset": _choice(Onset, given["onset"]),
        "context": EpisodeContext(**{**context, "seat": _choice(Seat, context["seat"])}),
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
