"""The table of episodes at the end of a report, in as much detail as its pages have room for. Called by `pdf.py`.

A doctor gains more from every date, place and strength than from the full text of the notes, and more from the latest
and the most severe episodes than from the others. So notes are shortened first, then left out, then rows become short.
Only if not even the dates of all episodes fit is the table limited to the latest and the most severe.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from numbguard.core.log.records import Episode
from numbguard.core.log.red_flags import WarningSign
from numbguard.store.log.queries.report import SEVERE, ReportQueries
from numbguard.wording.episodes import SENSATIONS

from . import words
from .layout import ColumnsBlock, GapBlock, ReportBlock, RowsBlock, StackBlock, TextBlock

_HEAD: Final = ("Began", "Lasted", "0–10", "Sat before", "Where", "What it was like, posture", "What helped")
_SHARES: Final = (0.165, 0.075, 0.045, 0.09, 0.205, 0.245, 0.175)
_SHORT: Final = ("Began", "0–10", "Where")
_SHORT_COLUMNS: Final = 3
_SHORT_SHARES: Final = (0.143, 0.041, 0.149)
_SMALL: Final = 7.0
_POINTS: Final = 7.8
_RULE: Final = "#999999"
_CUT: Final = " … (shortened)"
_NOTE_MARK: Final = "*"

_MIN_FULL_ROWS: Final = 15
"""Full rows that are worth more than the charts of hours and postures."""
_LONGEST_NOTE: Final = 3000
"""Characters of a note that fit on one page in any script; no more of a note is printed."""


@dataclass(frozen=True, slots=True)
class TableRoom:
    """How much the table may contain."""

    latest: int
    """Number of the latest episodes, shown in full."""
    severe: int
    """Number of the most severe episodes before them, also shown in full."""
    brief: bool
    """Whether all others are listed with date, strength and place; otherwise they are left out."""
    note_length: int
    """The most characters of a note."""
    notes: int
    """Number of rows, counted from the latest, with a note below."""


def rooms(found: ReportQueries) -> Iterator[Sequence[TableRoom]]:
    """Rooms from everything down to nothing, in groups, the best group first; within a group, each room takes less
    space than the one before."""
    read, every = len(found.latest), found.insights.episodes
    if read == every:
        yield [
            TableRoom(read, 0, brief=False, note_length=note_length, notes=read)
            for note_length in (_LONGEST_NOTE, 1000, 500, 250, 110)
        ]
        yield [
            TableRoom(read, 0, brief=False, note_length=110, notes=notes)
            for notes in range(read - 1, read // 2 - 1, -1)
        ]
        yield [TableRoom(read, 0, brief=False, note_length=110, notes=notes) for notes in range(read // 2, -1, -1)]
        some = min(read - 1, _MIN_FULL_ROWS)
        yield [TableRoom(latest, 0, brief=True, note_length=110, notes=0) for latest in range(read - 1, some - 1, -1)]
        yield [TableRoom(latest, 0, brief=True, note_length=110, notes=0) for latest in range(some, -1, -1)]
    yield [
        TableRoom(latest, _severe(latest), brief=False, note_length=110, notes=read) for latest in range(read, 19, -1)
    ]
    yield [TableRoom(latest, _severe(latest), brief=False, note_length=0, notes=0) for latest in range(read, -1, -1)]


def _severe(latest: int) -> int:
    return min(SEVERE, latest // 2)


class EpisodeTable:
    """Builds the table; makes each row only once for each length that notes may have."""

    def __init__(self, found: ReportQueries) -> None:
        self._found = found
        self._made: dict[tuple[str, int], ReportBlock] = {}

    def blocks(self, room: TableRoom) -> tuple[list[ReportBlock | RowsBlock], int]:
        """The table, after a sentence on what it leaves out, and the number of episodes in it."""
        whole, brief = self._chosen(room)
        rows = [self._row(one, room.note_length if at < room.notes else 0) for at, one in enumerate(whole)]
        blocks: list[ReportBlock | RowsBlock] = []
        said = _left_out(self._found, room, len(whole), len(brief))
        if any(words.is_ambiguous(one) for one in (*whole, *brief)):
            said = f"{said} {words.BEFORE_SITES}".strip()
        if any(one.note for one in brief) or any(_is_cut(one, room, at) for at, one in enumerate(whole)):
            said = f"{said} {_NOTES_CUT}".strip()
        if said:
            blocks.append(TextBlock(said, 9, below=3, keeps_next=bool(whole or brief)))
        if whole:
            blocks.append(RowsBlock(_head(_HEAD, _SHARES), rows))
        if brief:
            if whole:
                blocks.append(GapBlock(6, keeps_next=True))
                blocks.append(TextBlock("The others, in short", 9, bold=True, below=3, keeps_next=True))
            rows = [_short_row(brief[at : at + _SHORT_COLUMNS]) for at in range(0, len(brief), _SHORT_COLUMNS)]
            blocks.append(RowsBlock(_head(_SHORT * _SHORT_COLUMNS, _SHORT_SHARES * _SHORT_COLUMNS, _SMALL), rows))
        return blocks, len(whole) + len(brief)

    def _chosen(self, room: TableRoom) -> tuple[list[Episode], list[Episode]]:
        """The episodes shown in full (the latest, and the most severe of the others) and the rest, shown in short.

        Both newest first.
        """
        seen, rest = self._found.latest[: room.latest], self._found.latest[room.latest :]
        told = [one for one in (*rest, *self._found.severe) if one.severity]
        severe = sorted(told, key=lambda one: (one.severity or 0, one.started_at), reverse=True)[: room.severe]
        whole = sorted((*seen, *severe), key=lambda one: one.started_at, reverse=True)
        return whole, list(rest) if room.brief else []

    def _row(self, one: Episode, note_length: int) -> ReportBlock:
        if (one.id, note_length) not in self._made:
            self._made[one.id, note_length] = _row(one, note_length, self._found.signs_of(one))
        return self._made[one.id, note_length]


_NOTES_CUT: Final = (
    f"A note that ends in “{_CUT.strip()}” is longer, and “{_NOTE_MARK}” is a note that is not printed; an "
    "export of the log holds them whole."
)


def _left_out(found: ReportQueries, room: TableRoom, whole: int, brief: int) -> str:
    """A sentence on the episodes that the table leaves out and where they are; empty if it contains all of them."""
    missing = found.insights.episodes - whole - brief
    if missing <= 0:
        return ""
    latest = min(room.latest, len(found.latest))
    severe = f" and the {whole - latest:,} most severe before them" if whole > latest else ""
    held = f"The table holds the latest {latest:,} episodes{severe}. " if whole else ""
    return (
        f"{held}{missing:,} others are in the figures above and not in the table; an export of the log, or reports of "
        "shorter periods, hold them."
    )


def _head(cells: Sequence[str], shares: Sequence[float], points: float = _POINTS) -> ReportBlock:
    texts = [TextBlock(word, points, bold=True) for word in cells]
    return ColumnsBlock(texts, shares, gap=5, rule="#000000", pad=2.5, keeps_next=True)


def _row(one: Episode, note_length: int, signs: Sequence[WarningSign]) -> ReportBlock:
    extra = [SENSATIONS[sensation].lower() for sensation in one.sensations]
    extra += [one.onset.value] if one.onset else []
    extra += ["weakness"] if one.weakness else []
    extra += ["back pain"] if one.back_pain else []
    extra += [words.posture(one.posture)] if one.posture else []
    extra += [f"sign of danger: {sign.words[0].lower()}{sign.words[1:]}" for sign in signs]
    helped = words.relief(one.relief) if one.relief else ""
    if one.relief and one.relief_after_s is not None:
        helped += f", {words.length(one.relief_after_s)}"
    cells = (
        words.clock(one.started_at),
        words.lasted(one),
        _strength(one),
        "" if one.context.seated_s is None else words.length(one.context.seated_s),
        words.place(one),
        ", ".join(extra) + (_NOTE_MARK if _lines(one) and not note_length else ""),
        helped,
    )
    note = _shortened(_lines(one), note_length) if note_length else ""
    row = ColumnsBlock([TextBlock(cell, _POINTS) for cell in cells], _SHARES, gap=5, rule="" if note else _RULE, pad=2)
    if not note:
        return row
    beneath = ColumnsBlock(
        [TextBlock("", _POINTS), TextBlock(f"Note: {note}", _POINTS)], (0.03, 0.97), gap=0, rule=_RULE, pad=1.5
    )
    return StackBlock([row, beneath])


def _short_row(abreast: Sequence[Episode]) -> ReportBlock:
    cells: list[str] = []
    for one in abreast:
        told = (words.place(one), "weakness" if one.weakness else "")
        where = ", ".join(said for said in told if said)
        cells += [words.clock(one.started_at), _strength(one), where + (_NOTE_MARK if _lines(one) else "")]
    cells += [""] * (_SHORT_COLUMNS * len(_SHORT) - len(cells))
    return ColumnsBlock(
        [TextBlock(cell, _SMALL) for cell in cells], _SHORT_SHARES * _SHORT_COLUMNS, gap=4, rule=_RULE, pad=1.2
    )


def _strength(one: Episode) -> str:
    return "" if one.severity is None else str(one.severity)


def _lines(one: Episode) -> list[str]:
    return [line.strip() for line in (one.note or "").splitlines() if line.strip()]


def _is_cut(one: Episode, room: TableRoom, at: int) -> bool:
    """Whether row ``at`` prints only part of the note, or nothing of it."""
    lines = _lines(one)
    note_length = room.note_length if at < room.notes else 0
    return bool(lines) and not (note_length and _shortened(lines, note_length) in ("\n".join(lines), " / ".join(lines)))


def _shortened(lines: Sequence[str], note_length: int) -> str:
    """A note cut to ``note_length`` characters and, as each line takes room, to as many lines as they would fill."""
    whole = "\n".join(lines)
    if len(whole) <= note_length and len(lines) <= max(1, note_length // 60):
        return whole
    one_line = " / ".join(lines)
    if len(one_line) <= note_length:
        return one_line
    cut = one_line[: note_length - len(_CUT)]
    words_of_it = cut.rpartition(" ")[0]
    # Cut between words, unless a very long word would take half the note with it.
    return (words_of_it if len(words_of_it) > note_length // 2 else cut).rstrip("\u200d ") + _CUT
