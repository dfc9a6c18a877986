"""Reads the settings file, notices changes to it, and writes it with its comments kept.

The composition root and the command line call ``load``; windows and verbs that change a setting call ``write_value``,
on the GUI thread. The file is the person's: a mistake in it is reported with its line, the rest is used, and the file
is never overwritten because of it.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from enum import Enum
from typing import TYPE_CHECKING, Final

from numbguard.core.errors import GoalError
from numbguard.core.sentence import N_, counted, listed, sentence
from numbguard.core.settings.choices import GoalKind
from numbguard.core.settings.reading import read_settings
from numbguard.core.settings.settings import WEEKDAYS, Settings
from numbguard.core.settings.table import SPECS
from numbguard.core.when.duration import write_duration
from numbguard.store.profile import Profile, reason, write_whole

if TYPE_CHECKING:  # imported only for writing the file
    from tomlkit import TOMLDocument

_TOO_BIG = 256 * 1024
"""The longest settings file read, in bytes; a longer one is not a settings file."""

_MOST_PROBLEMS = 20
"""The most mistakes that are reported one by one; the rest are counted."""

_MOST_TRIED = 600_000
"""The most characters parsed to find the line of each statement; a file that needs more gets no line numbers."""

_FAR = 10**9
"""A value out of every setting's range."""

_CLOSES = re.compile(r"[\]}]|\"\"\"|'''")

Stamp = tuple[int, int, int]
"""Identifies a version of the file: its time of change, its size, its inode."""


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings in force, and a sentence for each item of the file that could not be used."""

    settings: Settings
    problems: tuple[str, ...] = ()
    stamp: Stamp | None = None
    keys: tuple[str, ...] = ()
    """The key of each of the first ``problems``; of the rest, and of a file that cannot be read, none is known."""


OUT: Final = object()
"""In place of a value: remove the key, so that the default applies."""


class SettingsError(Exception):
    """A setting could not be changed. The message is a sentence; the file is unchanged."""


class _UnusableError(Exception):
    """The file as a whole cannot be read; the message names the line where one is known."""


def load(profile: Profile, *, before: Settings | None = None) -> LoadedSettings:
    """Read the settings; where the file as a whole cannot be read, ``before`` (or the defaults) stay in force."""
    stamp = stamp_of(profile)
    if stamp is None:
        return LoadedSettings(Settings())
    name = profile.settings.name
    try:
        text, table = _read(profile)
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except _UnusableError as error:
        template = N_("{problem}; the previous settings stay in use.")
        if before is None:
            template = N_("{problem}; the defaults are used.")
        return LoadedSettings(before or Settings(), (sentence(template, problem=error.args[0]),), stamp)
    settings, found = read_settings(table)
    if not found:
        return LoadedSettings(settings, (), stamp)
    lines = _lines_of_keys(text)
    problems = sorted(found, key=lambda problem: _line_of(problem.key, lines))[:_MOST_PROBLEMS]
    said = []
    for problem in problems:
        line = _line_of(problem.key, lines)
        said.append(
            sentence("{file}, line {line}: {problem}.", file=name, line=line, problem=problem.sentence)
            if line
            else sentence("{file}: {problem}.", file=name, problem=problem.sentence)
        )
    if len(found) > _MOST_PROBLEMS:
        more = len(found) - _MOST_PROBLEMS
        said.append(counted("{file}: {count} more problems.", "{file}: {count} more problems.", more, file=name))
    return LoadedSettings(settings, tuple(said), stamp, tuple(problem.key for problem in problems))


def stamp_of(profile: Profile) -> Stamp | None:
    """Return the version of the file at present; ``None`` where there is none. One system call, no reading."""
    try:
        found = profile.settings.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def changed(profile: Profile, loaded: LoadedSettings) -> bool:
    """Whether the file has changed since ``loaded`` was read from it."""
    return stamp_of(profile) != loaded.stamp


def write_value(profile: Profile, key: str, value: object) -> None:
    """Change one setting in the file; keep its comments and everything else.

    ``key`` is as in ``SPECS`` (a duration in seconds, a choice as its enum) or ``hours.monday`` (a list of ranges).
    """
    write_values(profile, {key: value})


def write_values(profile: Profile, values: Mapping[str, object]) -> None:
    """Change several settings at once, or none of them; raise ``SettingsError`` with the reason.

    ``OUT`` removes a key from the file, so that its default applies; it also removes a table, or what is in its place.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    written = {key: value if value is OUT else _as_written(key, value) for key, value in values.items()}
    names = listed(values)
    try:
        text = _read(profile)[0]
    except FileNotFoundError:
        text = ""
    except _UnusableError as error:
        raise SettingsError(
            sentence(
                "{names} was not changed: {problem}. The file was not changed. Please fix it first.",
                names=names,
                problem=error.args[0],
            )
        ) from error
    try:
        document = tomlkit.parse(text)
        for key, value in written.items():
            spec = next((spec for spec in SPECS if spec.key == key), None)
            if value is OUT and spec is not None and _has_comment(text, key):
                # A comment on this line stays, and so does the line.
                value = _as_written(key, spec.default)
            _put(document, key, value, profile.settings.name)
        write_whole(profile.settings, tomlkit.dumps(document).encode())
    except (TOMLKitError, OSError) as error:
        words = reason(error) if isinstance(error, OSError) else str(error)
        raise SettingsError(
            sentence(
                "{names} was not changed: {settings} could not be written ({words}). The file was not changed.",
                names=names,
                settings=profile.settings,
                words=words,
            )
        ) from error


def _has_comment(text: str, key: str) -> bool:
    if "." not in key:
        return False
    line = _lines_of_keys(text).get(tuple(key.split(".", 1)))
    return line is not None and "#" in re.split(r"\r?\n", text)[line - 1]


def _put(document: TOMLDocument, key: str, value: object, file: str) -> None:
    import tomlkit

    table, _, name = (key, "", "") if key in document else key.partition(".")  # a quoted key may contain a dot
    if table not in document:
        if value is OUT:
            return
        document[table] = tomlkit.table()
    if not name:
        del document[table]
        return
    content = document[table]
    if not isinstance(content, dict):
        raise SettingsError(
            sentence(
                "{key} was not changed: “{table}” in {file} is not a table. The file was not changed. Write "
                "[{table}] there first.",
                key=key,
                table=table,
                file=file,
            )
        )
    if value is not OUT:
        content[name] = value
    elif name in content:
        del content[name]


def write_goal(profile: Profile, goal: GoalKind, amount: int | None) -> None:
    """Set the week's goal, with its minutes or glasses per day; raise ``GoalError`` where it could not be written."""
    try:
        if amount is not None and goal is GoalKind.WALK:
            write_value(profile, "goals.walk", 60.0 * max(-_FAR, min(amount, _FAR)))
        elif amount is not None and goal is GoalKind.WATER:
            write_value(profile, "goals.water", amount)
        write_value(profile, "goals.week", goal)
    except SettingsError as error:
        raise GoalError(error.args[0]) from error


class GoalFile:
    """The week's goal in a profile's settings file, read and written anew each time."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    @property
    def settings(self) -> Settings:
        return load(self._profile).settings

    def write_goal(self, goal: GoalKind, amount: int | None) -> None:
        write_goal(self._profile, goal, amount)


def _as_written(key: str, value: object) -> object:
    """Return a value in the file's form, checked like one that a person wrote."""
    table, _, name = key.partition(".")
    spec = next((one for one in SPECS if one.key == key), None)
    if spec is not None and spec.kind is float and isinstance(value, (int, float)):
        value = write_duration(value)
    elif spec is not None and spec.kind is time:
        value = value.strftime("%H:%M") if isinstance(value, time) else value or "off"
    elif isinstance(value, Enum):
        value = value.value
    elif isinstance(value, tuple):
        value = [one.value if isinstance(one, Enum) else one for one in value]
    elif spec is None and not (table == "hours" and name in WEEKDAYS):
        raise SettingsError(sentence("There is no setting “{key}”. Nothing was changed.", key=key))
    _, problems = read_settings({table: {name: value}})
    if problems:
        raise SettingsError(
            sentence("{key} was not changed: {problem}.", key=key, problem=problems[0].sentence.partition(";")[0])
        )
    return value


def _read(profile: Profile) -> tuple[str, Mapping[str, object]]:
    """Return the file as text and as tables; raise ``_UnusableError`` where it is not valid as a whole."""
    import tomllib

    name = profile.settings.name

    try:
        with profile.settings.open("rb") as file:
            content = file.read(_TOO_BIG + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _UnusableError(
            sentence("{file} could not be read ({reason})", file=name, reason=reason(error))
        ) from error
    if len(content) > _TOO_BIG:
        raise _UnusableError(sentence("{file} is far too long for a settings file", file=name))
    try:
        text = content.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _UnusableError(sentence("{file}, line {line}: this is not UTF-8 text", file=name, line=line)) from error
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words = str(error)
        place = re.search(r" \((?:at line (\d+), column \d+|at end of document)\)$", words)
        line = int(place[1]) if place and place[1] else max(1, len(text.splitlines()))
        fault = words[: place.start()] if place else words
        raise _UnusableError(
            sentence("{file}, line {line}: this is not valid TOML ({fault})", file=name, line=line, fault=fault)
        ) from error
    except (RecursionError, ValueError) as error:
        raise _UnusableError(sentence("{file} isn't valid TOML", file=name)) from error


def _line_of(key: str, lines: Mapping[tuple[str, ...], int]) -> int:
    """Return the line of a key, from 1; 0 if it is not known."""
    # A quoted key may contain a dot.
    return lines.get(tuple(key.split(".", 1))) or lines.get((key,), 1 if lines else 0)


def _lines_of_keys(text: str) -> dict[tuple[str, ...], int]:
    """Return the line of each table and key of a text that is valid as a whole.

    The text is cut into the shortest runs of lines that are valid by themselves. Such a run is one statement, whatever
    quotes, dots, inline tables and line breaks within brackets it contains, and the parser says what it sets.
    """
    lines: dict[tuple[str, ...], int] = {}
    heading: tuple[str, ...] = ()
    for first, statement, table in _statements(text):
        if table is None:
            return {}
        if statement.lstrip().startswith("["):
            heading = max(_paths(table), key=len)
            found = [heading]
        else:
            found = [heading + path for path in _paths(table)]
        for path in found:
            for depth in (1, 2):
                # A table's line is its first mention, a key's line is where it is set.
                lines.setdefault(path[:depth], first)
    return lines


def _statements(text: str) -> Iterator[tuple[int, str, Mapping[str, object] | None]]:
    """Yield each statement with its first line and what it sets; lastly ``None`` if finding the next takes too long."""
    import tomllib

    # Only these end a line in TOML; str.splitlines knows more characters.
    rows = re.split(r"\r?\n", text)
    first, run, left = 1, "", _MOST_TRIED
    for number, row in enumerate(rows, start=1):
        # A statement of several lines ends on one that closes a bracket or a quote.
        may_end = not run or _CLOSES.search(row)
        run = f"{run}\n{row}" if run else row
        if not may_end:
            continue
        left -= len(run)
        if left < 0:
            yield first, "", None
            return
        try:
            table = tomllib.loads(run)
        except tomllib.TOMLDecodeError:
            continue
        if table:
            yield first, run, table
        first, run = number + 1, ""


def _paths(table: Mapping[str, object]) -> Iterator[tuple[str, ...]]:
    """Return each key of a statement with its tables: ``a.b = 1`` gives a and a.b."""
    for key, value in table.items():
        yield (key,)
        content = value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else value
        if isinstance(content, dict):
            for path in _paths(content):
                yield (key, *path)
