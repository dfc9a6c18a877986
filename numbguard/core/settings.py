"""Settings: what each key means, its range and default, in one table.

``SPECS`` is the single source: the reader of the settings file validates by it, ``docs/USING.md`` is checked against it
and the settings window will be built from it. Pure: takes a parsed table, gives a ``Settings`` and the problems found.
Called by the store and the windows; runs nothing of its own, so on any thread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import Enum

from .duration import parse_duration, write_duration
from .model import AwayRule, GoalKind, Style
from .places import Place

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Span:
    """A range of working time within a day, by the local clock. ``end`` before ``start`` runs over midnight."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, validated. Durations in seconds. ``hours`` empty: every hour counts."""

    interval: float = 45 * 60.0
    duration: float = 2 * 60.0
    patience: float = 3 * 60.0
    snooze: float = 5 * 60.0
    max_snoozes: int = 3
    natural_break: float = 5 * 60.0
    settle: float = 30.0
    style: Style = Style.STANDARD
    posture_enabled: bool = True
    posture_interval: float = 25 * 60.0
    away_lock: AwayRule = AwayRule.AWAY
    away_sleep: AwayRule = AwayRule.AWAY
    quiet_dnd: bool = True
    quiet_fullscreen: bool = True
    quiet_call: bool = True
    goal: GoalKind = GoalKind.NONE
    goal_walk: float = 15 * 60.0
    goal_water: int = 8
    places: tuple[Place, ...] = (Place.SEATED, Place.STANDING, Place.WALL)
    """Where break cards may be done."""
    hours: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    """Weekday (0 is Monday) to its spans; a day left out has no working hours once any day is given."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One key of the settings file: where it stands, what it may be and what it does."""

    key: str
    field: str
    kind: type
    about: str
    low: float | None = None
    high: float | None = None
    offered: tuple[float, float] | None = None
    several: bool = False
    """A list of the choices of ``kind``, one at least."""

    @property
    def default(self) -> object:
        return getattr(Settings(), self.field)

    def range_words(self) -> str:
        """The accepted values, as the documentation and an error message name them."""
        if self.kind is float:
            return f"{write_duration(self.bounds[0])} to {write_duration(self.bounds[1])}"
        if self.kind is int:
            return f"{self.bounds[0]:g} to {self.bounds[1]:g}"
        if self.kind is bool:
            return "true or false"
        words = ", ".join(str(one.value) for one in self.choices)
        return f"a list of: {words}" if self.several else words

    def default_words(self) -> str:
        value = self.default
        if isinstance(value, tuple):
            return "[" + ", ".join(f'"{one.value}"' for one in value) + "]"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, Enum):
            return f'"{value.value}"'
        if isinstance(value, float):
            return f'"{write_duration(value)}"'
        return str(value)

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest accepted number."""
        assert self.low is not None and self.high is not None
        return self.low, self.high

    @property
    def choices(self) -> tuple[Enum, ...]:
        return tuple(self.kind) if issubclass(self.kind, Enum) else ()


_M, _H = 60.0, 3600.0

SPECS: tuple[Spec, ...] = (
    Spec(
        "breaks.interval",
        "interval",
        float,
        "how long you may sit before a break is announced",
        10 * _M,
        120 * _M,
        (30 * _M, 60 * _M),
    ),
    Spec("breaks.duration", "duration", float, "how long a card runs", 20.0, 20 * _M),
    Spec(
        "breaks.patience",
        "patience",
        float,
        "how long an announcement waits before the card opens by itself",
        10.0,
        30 * _M,
    ),
    Spec("breaks.snooze", "snooze", float, "how long “in 5 minutes” puts a break off", 1 * _M, 30 * _M),
    Spec("breaks.max_snoozes", "max_snoozes", int, "how often in a row a break can be put off", 0, 10),
    Spec("breaks.natural_break", "natural_break", float, "away this long counts as a break", 1 * _M, 30 * _M),
    Spec(
        "breaks.settle",
        "settle",
        float,
        "nothing is announced this soon after waking or after a reason to keep quiet has gone",
        0.0,
        10 * _M,
    ),
    Spec(
        "breaks.style",
        "style",
        Style,
        "gentle: the announcement only; standard: a card window; firm: a card that covers every screen",
    ),
    Spec("posture.enabled", "posture_enabled", bool, "whether posture is nudged between breaks"),
    Spec("posture.interval", "posture_interval", float, "how far apart posture nudges are", 10 * _M, 60 * _M),
    Spec(
        "away.lock",
        "away_lock",
        AwayRule,
        "what locking the screen means: away (towards a natural break), pause (the clock only stops), ignore",
    ),
    Spec("away.sleep", "away_sleep", AwayRule, "the same for the machine's sleep"),
    Spec("quiet.dnd", "quiet_dnd", bool, "keep quiet while the desktop's do-not-disturb is on"),
    Spec("quiet.fullscreen", "quiet_fullscreen", bool, "keep quiet while a window fills the screen"),
    Spec("quiet.call", "quiet_call", bool, "keep quiet while the microphone or camera is in use"),
    Spec(
        "goals.week",
        "goal",
        GoalKind,
        "the week's goal: routine (the stretching routine every working day), walk or water (so much every day)",
    ),
    Spec("goals.walk", "goal_walk", float, "how much walking a day the goal asks for", 5 * _M, 2 * _H),
    Spec("goals.water", "goal_water", int, "how many glasses of water a day the goal asks for", 1, 20),
    Spec("cards.places", "places", Place, "where you can do a break card", several=True),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """A key that could not be used and why, and what is done instead."""

    key: str
    sentence: str


MIDNIGHT = time(0, 0)
WHOLE_DAY = Span(MIDNIGHT, MIDNIGHT)
"""A span that ends where it starts lasts until then on the next day."""

_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})")


def read_settings(table: Mapping[str, object]) -> tuple[Settings, tuple[Problem, ...]]:
    """Settings from a parsed file. What is unknown or wrong is named and left out; the rest is used."""
    values: dict[str, object] = {}
    problems: list[Problem] = []
    by_key = {spec.key: spec for spec in SPECS}
    tables = {key.partition(".")[0] for key in by_key} | {"hours"}
    for name, content in table.items():
        if name not in tables:
            problems.append(Problem(name, f"there is no setting “{name}”; it is ignored"))
        elif not isinstance(content, Mapping):
            problems.append(Problem(name, f"“{name}” is a table: write it as [{name}]; it is ignored"))
        elif name == "hours":
            values["hours"] = _read_hours(content, problems)
        else:
            for key, value in content.items():
                spec = by_key.get(f"{name}.{key}")
                if spec is None:
                    problems.append(Problem(f"{name}.{key}", f"there is no setting “{name}.{key}”; it is ignored"))
                    continue
                try:
                    values[spec.field] = _read_value(spec, value)
                except ValueError as error:
                    problems.append(Problem(spec.key, f"{error}; the default {spec.default_words()} is used"))
    return Settings(**values), tuple(problems)  # type: ignore[arg-type]  # each value was checked by its Spec


def _read_value(spec: Spec, value: object) -> object:
    wanted = f"{spec.key} takes {spec.range_words()}"
    if spec.several:
        return _read_several(spec, value, wanted)
    if spec.kind is bool:
        if not isinstance(value, bool):
            raise ValueError(wanted)
        return value
    if spec.kind is int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(f"{wanted}, as a whole number")
        number: float = value
    elif spec.kind is float:
        if not isinstance(value, str):
            raise ValueError(f'{wanted}, written like "45m"')
        number = parse_duration(value)
    else:
        try:
            return spec.kind(value)
        except ValueError:
            raise ValueError(wanted) from None
    low, high = spec.bounds
    if not low <= number <= high:
        raise ValueError(wanted)
    return number


def _read_several(spec: Spec, value: object, wanted: str) -> tuple[object, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise ValueError(f"{wanted}, one at least")
    try:
        return tuple(dict.fromkeys(spec.kind(one) for one in value))
    except ValueError:
        raise ValueError(wanted) from None


def _read_hours(content: Mapping[str, object], problems: list[Problem]) -> dict[int, tuple[Span, ...]]:
    hours: dict[int, tuple[Span, ...]] = {}
    for day, spans in content.items():
        key = f"hours.{day}"
        if day not in WEEKDAYS:
            problems.append(Problem(key, f"“{day}” is not a day of the week; it is ignored"))
            continue
        read: list[Span] = []
        bad: list[Problem] = []
        for text in spans if isinstance(spans, list) else [spans]:
            try:
                read.append(_read_span(text))
            except ValueError:
                bad.append(Problem(key, f'{key} takes ranges like "09:00-12:30"; “{text}” is ignored'))
        if bad and not read:
            # A slip of the pen must not silence a whole day.
            read = [WHOLE_DAY]
            bad[-1] = Problem(key, f"{bad[-1].sentence}, and all of {day} counts")
        problems += bad
        hours[WEEKDAYS.index(day)] = tuple(read)
    return hours


def _read_span(text: object) -> Span:
    match = _SPAN.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise ValueError
    first, second, third, fourth = (int(part) for part in match.groups())
    start, end = time(first, second), MIDNIGHT if (third, fourth) == (24, 0) else time(third, fourth)
    if start == end and end is not MIDNIGHT:
        raise ValueError
    return Span(start, end)
