"""Turns a parsed settings file into ``Settings``; reports and ignores anything unknown or wrong in it.

Pure: takes tables, gives the settings and the problems found. Called by the store, on any thread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import PurePath

from numbguard.core.sentence import sentence
from numbguard.core.when.duration import parse_duration

from .choices import NO_SOUND, OUR_SOUND, THEME_SOUND, HookCommand, KeyCombination, SoundChoice
from .language_tag import SYSTEM_LANGUAGE, LanguageTag
from .settings import MIDNIGHT, WEEKDAYS, WHOLE_DAY, Settings, WorkingSpan
from .table import SPECS, SettingSpec


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """A key that could not be used, with a sentence that gives the reason and what NumbGuard does instead."""

    key: str
    sentence: str


_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_NUMBER = re.compile(r"\+?[0-9][0-9 ]{0,18}[0-9]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:_(?:[A-Z]{2}|[A-Z][a-z]{3}))?")
_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})")


def read_settings(table: Mapping[str, object]) -> tuple[Settings, tuple[SettingProblem, ...]]:
    """The settings in a parsed file, and a problem for each unknown or wrong value, which is ignored. Never raises."""
    values: dict[str, object] = {}
    problems: list[SettingProblem] = []
    by_key = {spec.key: spec for spec in SPECS}
    tables = {key.partition(".")[0] for key in by_key} | {"hours"}
    for name, content in table.items():
        if name not in tables:
            problems.append(SettingProblem(name, sentence("there is no setting “{name}”; it is ignored", name=name)))
        elif not isinstance(content, Mapping):
            problems.append(
                SettingProblem(name, sentence("“{name}” is a table: write it as [{name}]; it is ignored", name=name))
            )
        elif name == "hours":
            values["hours"] = _read_hours(content, problems)
        else:
            for key, value in content.items():
                spec = by_key.get(f"{name}.{key}")
                if spec is None:
                    problems.append(
                        SettingProblem(
                            f"{name}.{key}",
                            sentence("there is no setting “{name}.{key}”; it is ignored", name=name, key=key),
                        )
                    )
                    continue
                try:
                    values[spec.field] = _read_value(spec, value)
                except ValueError as error:
                    problems.append(
                        SettingProblem(
                            spec.key,
                            sentence(
                                "{error}; the default {default_words} is used",
                                error=error,
                                default_words=spec.default_words(),
                            ),
                        )
                    )
    return Settings(**values), tuple(problems)  # type: ignore[arg-type]  # the SettingSpec of each value checked it


def _read_value(spec: SettingSpec, value: object) -> object:
    wanted = sentence("{key} takes {values}", key=spec.key, values=spec.range_words())
    if spec.kind is str and not spec.several:
        return _read_number(value, wanted)
    if spec.several:
        return _read_several(spec, value, wanted)
    if spec.kind is time:
        return _read_time(value, wanted)
    if spec.kind is LanguageTag:
        return _read_language(value, wanted)
    if spec.kind is SoundChoice:
        return _read_sound(value, wanted)
    if spec.kind is PurePath:
        return _read_folder(value, wanted)
    if spec.kind is KeyCombination:
        return _read_keys(value, wanted)
    if spec.kind is HookCommand:
        return _read_command(value, wanted)
    if spec.kind is bool:
        if not isinstance(value, bool):
            raise ValueError(wanted)
        return value
    if spec.kind is int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(sentence("{wanted}, as a whole number", wanted=wanted))
        number: float = value
    elif spec.kind is float:
        if not isinstance(value, str):
            raise ValueError(sentence('{wanted}, written like "45m"', wanted=wanted))
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


def _read_time(value: object, wanted: str) -> time | None:
    if isinstance(value, time):  # TOML's own: at = 10:30:00
        return value
    if value == "off":
        return None
    match = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise ValueError(sentence('{wanted}, written like "10:30"', wanted=wanted))
    return time(int(match[1]), int(match[2]))


def _read_number(value: object, wanted: str) -> str:
    text = value.strip() if isinstance(value, str) else None
    if text is None or (text and not _NUMBER.fullmatch(text)):
        raise ValueError(sentence('{wanted}, written like "112"', wanted=wanted))
    return text


def _read_folder(value: object, wanted: str) -> str:
    text = value.strip() if isinstance(value, str) and "\0" not in value else None
    if text is None or (text and not (text.startswith("~") or PurePath(text).is_absolute())):
        raise ValueError(sentence('{wanted}, written like "/media/disk/backups"', wanted=wanted))
    return text


def _read_sound(value: object, wanted: str) -> SoundChoice:
    text = value.strip() if isinstance(value, str) and "\0" not in value else ""
    is_file = text.startswith("~") or PurePath(text).is_absolute()
    if text not in (OUR_SOUND, THEME_SOUND, NO_SOUND) and not is_file:
        raise ValueError(sentence('{wanted}, written like "ours"', wanted=wanted))
    return SoundChoice(text)


def _read_language(value: object, wanted: str) -> LanguageTag:
    text = value.strip() if isinstance(value, str) else ""
    if text != SYSTEM_LANGUAGE and not _LANGUAGE.fullmatch(text):
        raise ValueError(sentence('{wanted}, written like "de"', wanted=wanted))
    return LanguageTag(text)


def _read_keys(value: object, wanted: str) -> KeyCombination:
    from .key_combination import read_combination

    try:
        return read_combination(value if isinstance(value, str) else "+")
    except ValueError:
        raise ValueError(sentence('{wanted}, written like "Ctrl+Alt+N"', wanted=wanted)) from None


def _read_command(value: object, wanted: str) -> HookCommand:
    from .hook_command import read_command

    try:
        return read_command(value)
    except ValueError:
        raise ValueError(sentence('{wanted}, written like ["notify-send", "Break"]', wanted=wanted)) from None


def _read_several(spec: SettingSpec, value: object, wanted: str) -> tuple[object, ...]:
    if spec.kind is str:
        return _read_names(value, wanted)
    if not isinstance(value, list | tuple):
        raise ValueError(wanted)
    if not value and not spec.may_be_empty:
        raise ValueError(sentence("{wanted}, at least one", wanted=wanted))
    try:
        return tuple(dict.fromkeys(spec.kind(one) for one in value))
    except ValueError:
        raise ValueError(wanted) from None


def _read_names(value: object, wanted: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one.strip() for one in value):
        raise ValueError(sentence('{wanted}, written like ["zoom", "obs"]', wanted=wanted))
    return tuple(dict.fromkeys(one.strip() for one in value))


def _read_hours(content: Mapping[str, object], problems: list[SettingProblem]) -> dict[int, tuple[WorkingSpan, ...]]:
    hours: dict[int, tuple[WorkingSpan, ...]] = {}
    for day, spans in content.items():
        key = f"hours.{day}"
        if day not in WEEKDAYS:
            problems.append(SettingProblem(key, sentence("“{day}” is not a day of the week; it is ignored", day=day)))
            continue
        read: list[WorkingSpan] = []
        bad: list[SettingProblem] = []
        for text in spans if isinstance(spans, list) else [spans]:
            try:
                read.append(_read_span(text))
            except ValueError:
                bad.append(
                    SettingProblem(
                        key, sentence('{key} takes ranges like "09:00-12:30"; “{text}” is ignored', key=key, text=text)
                    )
                )
        if bad and not read:
            # A typing mistake must not silence a whole day.
            read = [WHOLE_DAY]
            bad[-1] = SettingProblem(
                key,
                sentence("{sentence}, and all of {day} counts as working hours", sentence=bad[-1].sentence, day=day),
            )
        problems += bad
        hours[WEEKDAYS.index(day)] = tuple(read)
    return hours


def _read_span(text: object) -> WorkingSpan:
    match = _SPAN.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise ValueError
    first, second, third, fourth = (int(part) for part in match.groups())
    start, end = time(first, second), MIDNIGHT if (third, fourth) == (24, 0) else time(third, fourth)
    if start == end and end is not MIDNIGHT:
        raise ValueError
    return WorkingSpan(start, end)
