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
from types import MappingProxyType
from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

from numbguard.core.log.records import Episode, SignAnswer
from numbguard.store.log.journal import RecordVersion
from numbguard.store.log.rows import began, microseconds

from .plain import Plain, plain_edit, plain_record, read_edit, read_episode, read_record
from .types import MOST_OF_ONE, ExchangeError, RowError

CONTEXT: Final = ("seated_s", "since_break_s", "skipped_today", "seat")
COLUMNS: Final = (
    *("id", "started_at", "ended_at", "end", "sites", "side", "regions", "sensations", "severity", "posture", "onset"),
    *("weakness", "back_pain", "relief", "relief_after_s", "note", "signs", "signs_asked", *CONTEXT, "before_sites"),
    "edited_at",
)
_LISTS: Final = frozenset({"sites", "regions", "sensations", "signs", "signs_asked"})
_TEXTS: Final = frozenset({"note", "relief"})
_WHOLE: Final = frozenset({"severity", "skipped_today", "version"})
_NOT_SAID: Final = "unknown"
"""The side of a site whose side was not said."""
_LENGTHS: Final = frozenset({"relief_after_s", "seated_s", "since_break_s"})
_TRUTHS: Final = frozenset({"weakness", "back_pain", "before_sites"})
_YES_NO: Final = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}

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

    ``answers``: by the id of an episode, the answers to the questions about signs of danger, the latest last.
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


def read_csv(lines: Iterable[str]) -> Iterator[tuple[int, RecordVersion | RowError]]:
    """Yield each row's episode and answers, or why it is refused, with its line.

    Raises ``ExchangeError`` for another kind of file.

    The columns may be in any order, with others among them; ``started_at`` is required. Spreadsheets of some countries
    separate cells with semicolons or tabs, which the row of names shows.
    """
    text = iter(lines)
    header = next(text, "").removeprefix("\ufeff")
    separator = max(",;\t", key=header.count)
    with _long_cells():
        names = [name.strip().lower() for name in next(csv.reader([header], delimiter=separator), [])]
        if "started_at" not in names or len(set(names)) != len(names):
            raise ExchangeError(
                "The file is no log: a CSV file begins with a row of names, such as id, started_at and note, "
                "each of them once. Nothing was taken in."
            )
        rows = csv.reader(text, delimiter=separator, strict=True)
        while True:
            line = rows.line_num + 2
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield line, RowError(f"its quotation marks or length are not right ({error})")
                continue
            if any(cells):
                try:
                    found = _versions(names, cells)
                except RowError as error:
                    yield line, error
                else:
                    yield from ((line, version) for version in found)


def _versions(names: list[str], cells: list[str]) -> list[RecordVersion]:
    if len(cells) > len(names):
        raise RowError(f"it has {len(cells)} cells, and there are {len(names)} names")
    told: Plain = {}
    if len(cells) < len(names) and "edited_at" in names:  # ours: rows that we write are complete
        raise RowError(f"it has {len(cells)} cells of {len(names)}: the file may be cut off")
    for name, cell in zip(names, cells, strict=False):
        told[name] = _value(name, cell)
    if told.get("id") is None:  # written by hand: the same row gets the same id the next time
        told["id"] = str(uuid5(NAMESPACE_OID, "\x1f".join(cells)))
    context = {name: told.get(name) for name in CONTEXT}
    sites = [_site(word) for word in told.get("sites") or ()]
    episode = read_episode({**told, "sites": sites, "context": context})
    return [RecordVersion(episode, read_edit(told, episode.started_at)), *_answers(told, episode)]


def _site(word: str) -> Plain:
    side, _, region = word.rpartition(":")
    return {"region": region, "side": None if side in ("", _NOT_SAID) else side}


def _answers(told: Plain, episode: Episode) -> Iterator[RecordVersion]:
    """The answers of a row. One without its version and moment, as in a file written by hand, is to the first."""
    asked = told.get("signs_asked") or []
    for place, word in enumerate(told.get("signs") or ()):
        sign, _, said = word.partition(":")
        version, _, at = asked[place].partition(" ") if place < len(asked) else ("1", "", "")
        plain = {
            "id": f"{episode.id}.{sign}"[:200],
            "at": at or episode.started_at.isoformat(),
            "episode": episode.id,
            "sign": sign,
            "present": _YES_NO.get(said.lower(), said),
            "version": _number("version", version),
        }
        answer = read_record(SignAnswer, plain)
        yield RecordVersion(answer, microseconds(began(answer)))


def _value(name: str, cell: str) -> Any:
    if not cell:
        return None
    plain = unguarded(cell)
    if name in _TEXTS:
        return plain
    word = plain.strip()
    if not word:
        return None
    if name in _LISTS:
        return [one.strip() for one in word.split(";") if one.strip()]
    if name in _TRUTHS:
        return _YES_NO.get(word.lower(), word)
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
