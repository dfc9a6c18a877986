"""Reads what can be read from a damaged log and its journal, page by page, without asking SQLite.

The repair calls it, on the thread of the repair. A page that SQLite cannot reach because another page is damaged is
still found here, and so are the rows of a log whose schema is damaged. The file format is that of
https://www.sqlite.org/fileformat2.html (sections 1.3 to 1.6, 2.1 and 4.1). Nothing is written.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from numbguard.core.log.records.episode import Sensation
from numbguard.core.sites import Region

from ..file_set import beside, read_log

Value = None | int | float | str | bytes
Row = tuple[Value, ...]

_USUAL_PAGE = 4096
_LONGEST_ROW = 8 * 1024 * 1024
"""Bytes: the longest note is a hundredth of it."""
_WAL_HEADER, _FRAME_HEADER = 32, 24
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR = 0x0D, 0x0A, 0x02

_WORDS: Mapping[str, frozenset[str]] = {
    "region": frozenset(one.value for one in Region),
    "sensation": frozenset(one.value for one in Sensation),
}
"""The words that a column of these names may contain: two tables have the same shape otherwise."""


_FEWEST: Mapping[str, int] = {"episode_regions": 3}
"""The columns that a table without ``edited_us`` had before others were added."""


class _BrokenError(Exception):
    """These bytes are not what they should be."""


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table of a sound log: how a row of it is recognised. ``rowid``: its first column is the row's number."""

    name: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    needed: tuple[bool, ...]
    rowid: bool

    def fits(self, row: Row) -> bool:
        return len(row) == len(self.columns) and self._agrees(row)

    def fitted_once(self, row: Row) -> bool:
        """Whether the row can be from before the last columns were added to the table."""
        shortest = self.columns.index("edited_us") + 4 if "edited_us" in self.columns else _FEWEST.get(self.name, 99)
        return shortest <= len(row) < len(self.columns) and not any(self.needed[len(row) :]) and self._agrees(row)

    def _agrees(self, row: Row) -> bool:
        return all(map(_value_fits, row, self.columns, self.kinds, self.needed))


@dataclass(slots=True)
class Salvaged:
    """What was read. ``rows``: by table, with the first columns at least. ``ids``: every id that an index contains.

    ``undone``: number and onset of episodes that an index of the newest pages says were undone.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    undone: set[tuple[int, int]] = field(default_factory=set)
    not_undone: set[tuple[int, int]] = field(default_factory=set)


def salvage(log: Path, shapes: Sequence[TableShape]) -> Salvaged:
    """Read every row of these tables that a damaged log and its journal still have.

    Former images of a page count as well for tables with ids: of two rows of an id, the one edited last wins. Raises
    ``OSError`` where the files cannot be read.
    """
    content = read_log(log) if log.exists() else b""
    journal = beside(log)[0]
    frames = journal.read_bytes() if journal.exists() else b""
    size = _page_size(content, frames)
    newest = {number + 1: content[at : at + size] for number, at in enumerate(range(0, len(content), size))}
    former = []
    for number, page in _committed(frames, size):
        if number in newest:
            former.append(newest[number])
        newest[number] = page
    found = Salvaged()
    for number, page in newest.items():
        for row in _rows(page, newest, size, 100 if number == 1 else 0):
            _sort_in(row, shapes, found, newest=True)
    for page in former:
        for row in _rows(page, newest, size, 0):
            _sort_in(row, shapes, found, newest=False)
    return found


def _sort_in(row: Row, shapes: Sequence[TableShape], found: Salvaged, *, newest: bool) -> None:
    for fit in (TableShape.fits, TableShape.fitted_once):
        for shape in shapes:
            if fit(shape, row) and (newest or "edited_us" in shape.columns):
                found.rows.setdefault(shape.name, []).append(row)
                return
    if not newest:
        return
    if len(row) == 2 and isinstance(row[0], str) and isinstance(row[1], int):
        found.ids.add(row[0])
    match row:
        # The index of episodes by day: undone, day, onset, number.
        case (int() as undone, int(), int() as onset, int() as number) if undone in (0, 1):
            (found.undone if undone else found.not_undone).add((number, onset))


def _value_fits(value: Value, column: str, kind: str, needed: bool) -> bool:
    if value is None:
        return not needed
    if column in _WORDS:
        return value in _WORDS[column]
    match kind:
        case "INTEGER":
            return isinstance(value, int)
        case "REAL":
            return isinstance(value, int | float)
        case _:
            return isinstance(value, str)


# --- pages -----------------------------------------------------------------------------------------------------------


def _page_size(content: bytes, frames: bytes) -> int:
    for source, form, at in ((content, ">H", 16), (frames, ">I", 8)):
        if len(source) >= at + 4:
            (size,) = struct.unpack_from(form, source, at)
            size = 65536 if size == 1 else size
            if 512 <= size <= 65536 and size & (size - 1) == 0:
                return int(size)
    return _USUAL_PAGE


def _committed(frames: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    """Yield the pages of a write-ahead log up to its last commit; a damaged frame in between costs only itself."""
    if len(frames) < _WAL_HEADER:
        return
    salts = frames[16:24]
    waiting: list[tuple[int, bytes]] = []
    for at in range(_WAL_HEADER, len(frames) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        number, commit = struct.unpack_from(">II", frames, at)
        if frames[at + 8 : at + 16] != salts:
            continue
        if 0 < number < 2**24:
            waiting.append((number, frames[at + _FRAME_HEADER : at + _FRAME_HEADER + size]))
        if commit:
            yield from waiting
            waiting = []


def _rows(page: bytes, pages: Mapping[int, bytes], size: int, start: int) -> Iterator[Row]:
    """Yield the rows in the cells of a page; a cell that makes no sense is skipped."""
    if len(page) < size:
        return
    kind = page[start]
    if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR):
        return
    (cells,) = struct.unpack_from(">H", page, start + 3)
    first = start + (12 if kind == _INDEX_INTERIOR else 8)
    for place in range(min(cells, (size - first) // 2)):
        (at,) = struct.unpack_from(">H", page, first + 2 * place)
        with suppress(_BrokenError, struct.error, IndexError, UnicodeDecodeError):
            yield _cell(page, at, kind, pages, size)


def _cell(page: bytes, at: int, kind: int, pages: Mapping[int, bytes], size: int) -> Row:
    if kind == _INDEX_INTERIOR:
        at += 4
    length, at = _varint(page, at)
    if not 0 < length < _LONGEST_ROW:
        raise _BrokenError
    number = 0
    if kind == _TABLE_LEAF:
        number, at = _varint(page, at)
    payload = _payload(page, at, length, pages, size, is_table=kind == _TABLE_LEAF)
    row = _record(payload)
    if kind == _TABLE_LEAF and row and row[0] is None:  # an INTEGER PRIMARY KEY is stored as the row's number
        return (number, *row[1:])
    return row


def _payload(page: bytes, at: int, length: int, pages: Mapping[int, bytes], size: int, *, is_table: bool) -> bytes:
    most = size - 35 if is_table else (size - 12) * 64 // 255 - 23
    if length <= most:
        if at + length > size:
            raise _BrokenError
        return page[at : at + length]
    least = (size - 12) * 32 // 255 - 23
    here = least + (length - least) % (size - 4)
    if here > most:
        here = least
    parts, missing = [page[at : at + here]], length - here
    (following,) = struct.unpack_from(">I", page, at + here)
    seen: set[int] = set()
    while missing > 0:
        overflow = pages.get(following)
        if overflow is None or following in seen or len(overflow) < size:
            raise _BrokenError
        seen.add(following)
        parts.append(overflow[4 : 4 + min(missing, size - 4)])
        missing -= size - 4
        (following,) = struct.unpack_from(">I", overflow, 0)
    return b"".join(parts)


# --- records ---------------------------------------------------------------------------------------------------------


def _record(payload: bytes) -> Row:
    header, at = _varint(payload, 0)
    kinds = []
    while at < header:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Value] = []
    at = header
    for kind in kinds:
        value, at = _value(payload, at, kind)
        values.append(value)
    if at != len(payload):
        raise _BrokenError
    return tuple(values)


_WHOLE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of an integer, by its serial type."""


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind in _WHOLE:
        end = at + _WHOLE[kind]
        return int.from_bytes(_part(payload, at, end), "big", signed=True), end
    if kind == 7:
        return float(struct.unpack(">d", _part(payload, at, at + 8))[0]), at + 8
    if kind < 12:
        raise _BrokenError
    end = at + (kind - 12) // 2
    piece = _part(payload, at, end)
    return (piece.decode("utf-8") if kind % 2 else piece), end


def _part(payload: bytes, start: int, end: int) -> bytes:
    if end > len(payload):
        raise _BrokenError
    return payload[start:end]


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = content[at + place]
        if place == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    raise AssertionError
