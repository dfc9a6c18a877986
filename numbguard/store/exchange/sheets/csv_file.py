"""Writes episodes as CSV (RFC 4180, UTF-8) for a spreadsheet, and reads them. Pure; the export and the import call it.

A cell that a spreadsheet would run as a formula gets an apostrophe before it, and so does a cell that has apostrophes
before such a formula: removing one apostrophe always restores the text. (OWASP, "CSV Injection": ``=``, ``+``, ``-``,
``@``, tab, carriage return, and their full-width forms; white space before them is skipped.) Each part of a cell after
a semicolon, a tab or the end of a line is guarded too: a spreadsheet that splits cells at semicolons sees no quotation
mark at the beginning of ours, and splits them there.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode, EpisodeEnd
from numbguard.core.sentence import N_, counted, sentence, words_of
from numbguard.store.log.journal import RecordVersion
from numbguard.store.log.rows.moments import microseconds
from numbguard.store.log.rows.writing import began

from ..plain import Plain, plain_edit, plain_record, read_edit, read_episode, read_record
from ..types import MOST_OF_ONE, ExchangeError, ReadingNotes, RowError
from .cells import (
    DateOrder,
    end_after,
    has_time,
    is_clock,
    joined_times,
    over_midnight,
    plain_cell,
    plain_truth,
)
from .column_map import SAMPLE_ROWS, ColumnMap, SheetSample, UnmappedColumnsError, example, listed

CONTEXT: Final = ("seated_s", "since_break_s", "skipped_today", "seat")
COLUMNS: Final = (
    *("id", "started_at", "ended_at", "end", "sites", "side", "regions", "sensations", "severity", "posture", "onset"),
    *("weakness", "back_pain", "relief", "relief_after_s", "note", "signs", "signs_asked", *CONTEXT, "before_sites"),
    "edited_at",
)
_READ: Final = frozenset(COLUMNS)
_LISTS: Final = frozenset({"sites", "regions", "sensations", "signs", "signs_asked"})
_TEXTS: Final = frozenset({"note", "relief"})
_WHOLE: Final = frozenset({"severity", "skipped_today", "version"})
_NOT_SAID: Final = "unknown"
"""The side of a site whose side was not said."""
_LENGTHS: Final = frozenset({"relief_after_s", "seated_s", "since_break_s"})
_TRUTHS: Final = frozenset({"weakness", "back_pain", "before_sites"})
_YES_NO: Final = {"yes": True, "no": False}
_SEPARATOR_LINE: Final = re.compile(r"\"?sep=(.)\"?\s*", re.IGNORECASE)
_TITLE_LINES: Final = 10
"""Lines among which the row of names is looked for."""
_SEPARATORS: Final = ",;\t|"

_SPACE = r"\s\x00-\x1f\x7f\ufeff\u200b-\u200f\u2028-\u202e\u2060"
_RUN = rf"(?:[{_SPACE}]*[=+\-@＝＋－＠]|[\t\r\n]|\Z)"
# Each part of a cell is guarded by itself, so that guarding one does not affect another.
_PART = rf"(?<=[;\t\r\n]){{}}(?=(?:(?![;\t\r\n])[{_SPACE}])*[=+\-@＝＋－＠])"
_TO_GUARD = re.compile(f"'*{_RUN}")
_GUARDED = re.compile(f"'+{_RUN}")
_PARTED = re.compile(r"[;\t\r\n]")
_PART_TO_GUARD = re.compile(_PART.format("('*)"))
_PART_GUARDED = re.compile(_PART.format("'('*)"))


def guarded(text: str) -> str:
    """Return the text as a cell that no spreadsheet runs; empty text is an apostrophe: an empty cell means None."""
    cell = f"'{text}" if _TO_GUARD.match(text) else text
    return _PART_TO_GUARD.sub(r"'\1", cell) if _PARTED.search(cell) else cell


def unguarded(cell: str) -> str:
    """Undo ``guarded``."""
    if "'" not in cell:
        return cell
    if _PARTED.search(cell):
        cell = _PART_GUARDED.sub(r"\1", cell)
    return cell[1:] if _GUARDED.match(cell) else cell


def write_csv(
    versions: Iterable[RecordVersion], answers: Mapping[str, Sequence[SignAnswer]] = MappingProxyType({})
) -> Iterator[str]:
    """Yield the file piece by piece: a row of names, and a row for each episode. Undone episodes are omitted.

    ``answers``: by the id of an episode, the answers to the questions about warning signs, the latest last.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for version in versions:
        if isinstance(version.record, Episode) and not version.deleted:
            writer.writerow(_row(version, answers.get(version.record.id, ())))
            if buffer.tell() > 65536:
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
    yield buffer.getvalue()


def _row(version: RecordVersion, answers: Iterable[SignAnswer]) -> list[str]:
    told = plain_record(version.record)
    told.update(told.pop("context"), edited_at=plain_edit(version.edited_us))
    told["sites"] = [f"{one['side'] or _NOT_SAID}:{one['region']}" for one in told["sites"]]
    last = {one.sign: one for one in answers}
    told["signs"] = [f"{one.sign.value}:{_cell(one.present)}" for one in last.values()]
    told["signs_asked"] = [f"{one.version} {one.at.isoformat()}" for one in last.values()]
    return [_cell(told[name]) for name in COLUMNS]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ";".join(value)
    return guarded(value) if isinstance(value, str) else repr(value)


def read_csv(
    lines: Iterable[str],
    *,
    columns: ColumnMap | None = None,
    now: datetime | None = None,
    notes: ReadingNotes | None = None,
    day_first: bool | None = None,
) -> Iterator[tuple[int, RecordVersion | RowError]]:
    """Yield each row's episode and answers, or why it is refused, with its line.

    Raises ``ExchangeError`` for another kind of file.

    The columns may be in any order, with others among them; ``started_at`` is required. ``columns`` says which of them
    are what in a diary of the person's own. Cells are read as spreadsheets write them. Local times are those of this
    computer, in the year of ``now`` (the present moment) where they name none. ``notes`` gets what was assumed.
    ``day_first``: what ``survey`` found in the same file.
    """
    sheet = _Sheet(lines)
    with _long_cells():
        names = _names(sheet, columns)
        last = max(place for place, name in enumerate(names) if name) + 1
        said = columns.day_first if columns else None
        reader = _RowReader(
            names,
            last,
            now or datetime.now().astimezone(),
            notes or ReadingNotes(),
            day_first=day_first if said is None else said,
        )
        for line, cells in sheet.rows():
            if isinstance(cells, RowError):
                yield line, cells
            elif any(cell.strip() for cell in cells):
                try:
                    found = reader.versions(cells)
                except RowError as error:
                    yield line, error
                else:
                    yield from ((line, version) for version in found)


def sample(lines: Iterable[str]) -> SheetSample:
    """Return the names and the first rows of a table, as they are. Raises ``ExchangeError``."""
    with _long_cells():
        return _Sheet(lines).sample()


@dataclass(frozen=True, slots=True)
class SheetSurvey:
    """What only all rows of a file show."""

    day_first: bool | None = None
    """Whether its dates have the day before the month; ``None`` where they do not show it."""
    time_column: str = ""
    """A column that a map leaves out and that has the times of day, by its name and by every cell of it."""


def survey(lines: Iterable[str], columns: ColumnMap | None) -> SheetSurvey:
    """Read a file for the first time, for what ``read_csv`` cannot know at its first row."""
    with _long_cells():
        sheet = _Sheet(lines)
        try:
            names = _names(sheet, columns)
        except ExchangeError:
            return SheetSurvey()
        time_column = _spare_time_column(sheet, columns)
        time_place = sheet.names.index(time_column) if time_column else None
        began = names.index("started_at")
        order, has_times = DateOrder(), False
        for _, cells in sheet.rows():
            if isinstance(cells, RowError):
                continue
            for place in (place for place, name in enumerate(names) if name in ("started_at", "ended_at")):
                order.see(cells[place] if place < len(cells) else "")
            if time_place is not None and began < len(cells) and time_place < len(cells) and cells[began].strip():
                has_times = has_times or bool(cells[time_place].strip())
                if has_time(cells[began]) or not is_clock(cells[time_place]):
                    time_place = None
        return SheetSurvey(order.day_first, time_column if has_times and time_place is not None else "")


def _spare_time_column(sheet: _Sheet, columns: ColumnMap | None) -> str:
    if columns is None or "started_time" in columns.columns or "started_at" not in columns.columns:
        return ""
    name = ColumnMap.guessed(sheet.names).columns.get("started_time", "")
    return "" if name in columns.unused or name in columns.columns.values() else name


def read_sample(sheet: SheetSample, columns: ColumnMap, now: datetime) -> list[Episode | str]:
    """Read the rows of a sample: each row's episode, or why it is refused. Raises ``ColumnMapError``."""
    names = [""] * len(sheet.names)
    for target, place in columns.places(sheet.names).items():
        names[place] = target
    order = DateOrder()
    for cell in (cell for cells in sheet.rows for cell in cells):
        order.see(cell)
    day_first = order.day_first if columns.day_first is None else columns.day_first
    reader = _RowReader(names, len(names), now, ReadingNotes(), day_first=day_first)
    found: list[Episode | str] = []
    for cells in sheet.rows:
        try:
            episode = reader.versions([guarded(cell) for cell in cells])[0].record
        except RowError as error:
            found.append(words_of(error))
        else:
            assert isinstance(episode, Episode)
            found.append(episode)
    return found


class _Sheet:
    """A table as spreadsheets save it, perhaps with a title or a line that names the separator, and with empty rows."""

    def __init__(self, lines: Iterable[str]) -> None:
        left = iter(lines)
        first = [line.removeprefix("\ufeff") if not at else line for at, line in enumerate(islice(left, _TITLE_LINES))]
        separator = ""
        header = None
        for at, line in enumerate(first):
            if header is None and (found := _SEPARATOR_LINE.fullmatch(line)):
                separator = found[1]
                continue
            named = len([part for part in _parts(line, separator or _separator_of(line)) if part.strip()])
            if named > 1 or (named and header is None):
                header = at
            if named > 1 or "started_at" in line.lower():  # a line with one cell may be a title above the table
                break
        self._above = header or 0
        """Lines above the row of names."""
        line = first[self._above] if first else ""
        self._lines = chain(first[self._above + 1 :], left)
        self.separator = separator or _separator_of(line)
        self.names = tuple(name.replace("\ufeff", "").strip() for name in _parts(line, self.separator))

    def rows(self) -> Iterator[tuple[int, list[str] | RowError]]:
        """Yield the cells of each row with its line, or why it cannot be read."""
        rows = csv.reader(self._lines, delimiter=self.separator, strict=True)
        while True:
            line = self._above + rows.line_num + 2
            try:
                yield line, next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield line, RowError(sentence("its quotation marks or length are not right ({error})", error=error))

    def sample(self) -> SheetSample:
        found: list[tuple[str, ...]] = []
        for _, cells in self.rows():
            if not isinstance(cells, RowError) and any(cell.strip() for cell in cells):
                found.append(tuple(unguarded(cell) for cell in cells))
            if len(found) == SAMPLE_ROWS:
                break
        return SheetSample(self.names, tuple(found))


def _site(word: str) -> Plain:
    side, _, region = word.rpartition(":")
    side = side.strip("_")
    return {"region": region.strip("_"), "side": None if side in ("", _NOT_SAID) else side}


def _answers(told: Plain, episode: Episode) -> Iterator[RecordVersion]:
    """The answers of a row. One without its version and moment, as in a file written by hand, is to the first."""
    asked = told.get("signs_asked") or []
    for place, word in enumerate(told.get("signs") or ()):
        sign, _, said = word.partition(":")
        sign = sign.strip("_")
        version, _, at = asked[place].partition(" ") if place < len(asked) else ("1", "", "")
        plain = {
            "id": f"{episode.id}.{sign}"[:200],
            "at": at or episode.started_at.isoformat(),
            "episode": episode.id,
            "sign": sign,
            "present": _value("weakness", plain_truth(said.strip("_"))),
            "version": _number("version", version),
        }
        answer = read_record(SignAnswer, plain)
        yield RecordVersion(answer, microseconds(began(answer)))


def _separator_of(line: str) -> str:
    return max(_SEPARATORS, key=lambda one: len(_parts(line, one)))


def _parts(header: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([header], delimiter=separator), [])
    except csv.Error:
        return []


def _names(sheet: _Sheet, columns: ColumnMap | None) -> list[str]:
    """The names of the columns by which we know them, empty for a column that is passed over."""
    plain = [re.sub(r"[\s\-]+", "_", name.lower()) for name in sheet.names]
    names = [name if name in _READ else "" for name in plain]
    if columns is not None:
        places = columns.places(sheet.names)
        names = [
            "" if name in places or own in columns.unused else name
            for name, own in zip(names, sheet.names, strict=True)
        ]
        for target, place in places.items():
            names[place] = target
    known = [name for name in names if name]
    if "started_at" in known and len(set(known)) == len(known):
        return names
    if "started_at" in known or len([name for name in sheet.names if name]) < 2:
        raise ExchangeError(
            N_(
                "The file isn't a log: a CSV file begins with a row of names, such as id, started_at and note, each "
                "of them once. Nothing was imported."
            )
        )
    found = sheet.sample()
    raise UnmappedColumnsError(
        sentence(
            "This isn't a NumbGuard log: it has no column started_at. If it is your own diary, give the meaning of "
            "its columns, as in: numbguard import FILE --map '{example}'. Its columns are "
            "{listed}. Nothing was imported.",
            example=example(found),
            listed=listed(found.names),
        ),
        found,
    )


class _RowReader:
    def __init__(
        self, names: list[str], last: int, now: datetime, notes: ReadingNotes, *, day_first: bool | None
    ) -> None:
        """``last``: the number of columns up to the last that is read."""
        self._names = names
        self._last = last
        self._now = now
        self._notes = notes
        self._day_first = day_first

    def versions(self, cells: list[str]) -> list[RecordVersion]:
        """The episode of a row, and the answers to the questions about it."""
        names = self._names
        if any(cell.strip() for cell in cells[len(names) :]):
            raise RowError(
                counted(
                    "it has {count} cell, and there are {names} names",
                    "it has {count} cells, and there are {names} names",
                    len(cells),
                    names=len(names),
                )
            )
        if len(cells) < self._last and "edited_at" in names:  # ours: rows that we write are complete
            raise RowError(
                counted(
                    "it has {count} cell of {all}: the file may be cut off",
                    "it has {count} cells of {all}: the file may be cut off",
                    len(cells),
                    all=self._last,
                )
            )
        cell_of = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        told: Plain = {name: unguarded(cell) if cell else None for name, cell in cell_of.items() if name in _TEXTS}
        written = {name: unguarded(cell) for name, cell in cell_of.items() if name not in _TEXTS}
        day_assumed = joined_times(written)
        lasted = written.pop("lasted", "").strip()
        at_noon = only_day = False
        for name, cell in written.items():
            plain, lacks_time = plain_cell(name, cell, self._now, datetime.astimezone, self._day_first)
            at_noon = at_noon or (lacks_time and name == "started_at")
            told[name] = _value(name, plain)
            if lacks_time and name == "ended_at":  # An end of which only the day is known is not known.
                told[name], only_day = None, True
        if day_assumed and told.get("ended_at") and told.get("started_at"):
            told["ended_at"] = over_midnight(told["ended_at"], told["started_at"], datetime.astimezone)
        if told.get("id") is None:  # written by hand: the same row gets the same id the next time
            told["id"] = str(uuid5(NAMESPACE_OID, "\x1f".join(cells[: len(names)])))
        if only_day:
            told["end"] = told.get("end") or EpisodeEnd.UNKNOWN.value
        sites = [_site(word) for word in told.get("sites") or ()]
        context = {name: told.get(name) for name in CONTEXT}
        episode = read_episode({**told, "sites": sites, "context": context})
        if lasted and episode.ended_at is None:
            episode = replace(episode, ended_at=end_after(lasted, episode.started_at))
        found = [RecordVersion(episode, read_edit(told, episode.started_at)), *_answers(told, episode)]
        self._notes.at_noon += at_noon
        return found


def _value(name: str, word: str) -> Any:
    if not word:
        return None
    if name in _LISTS:
        return word.split(";")
    if name in _TRUTHS:
        return _YES_NO.get(word, word)
    return _number(name, word)


def _number(name: str, word: str) -> Any:
    kinds: Mapping[frozenset[str], type[int] | type[float]] = {_WHOLE: int, _LENGTHS: float}
    for names, kind in kinds.items():
        if name in names:
            try:
                return kind(word)
            except ValueError:
                return word
    return word


@contextmanager
def _long_cells() -> Iterator[None]:
    former = csv.field_size_limit(MOST_OF_ONE)
    try:
        yield
    finally:
        csv.field_size_limit(former)
