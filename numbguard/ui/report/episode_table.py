"""The table of episodes at the end of a report, in as much detail as its pages have room for. Called by `pdf.py`.

A doctor gains more from every date, place and strength than from the full text of the notes, and more from the latest
and the most severe episodes than from the others. So notes are shortened first. Then the older rows become one line
each, with the beginning of the note, then half a line. Then they stand three abreast, and a sentence counts the notes
that are missing there. Only if not even the dates of all episodes fit is the table limited to the latest and the most
severe.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from numbguard.core.log.records.episode import Episode, Sensation
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.log.telling_notes import is_weak
from numbguard.store.log.queries.report import SEVERE, ReportQueries
from numbguard.wording import formats, in_lists
from numbguard.wording.capitals import inside
from numbguard.wording.catalogue import N_, _, ngettext, translated

from . import words
from .layout import ColumnsBlock, GapBlock, ReportBlock, RowsBlock, StackBlock, TextBlock

_HEAD: Final = (
    N_("Started"),
    N_("Lasted"),
    "0–10",
    N_("Sat before"),
    N_("Where"),
    N_("How it felt, posture"),
    N_("What helped"),
)
_SHARES: Final = (0.165, 0.075, 0.045, 0.09, 0.205, 0.245, 0.175)
_SHORT: Final = (N_("Started"), "0–10", N_("Where"))
_NOTED: Final = (*_SHORT, N_("Note, or how it felt"))
_SMALL: Final = 7.0
_POINTS: Final = 7.8
_RULE: Final = "#999999"

_MIN_FULL_ROWS: Final = 15
"""Full rows that are worth more than the charts of hours and postures."""
_LONGEST_NOTE: Final = 3000
"""Characters of a note that fit on one page in any script; no more of a note is printed."""


class BriefRows(Enum):
    """How the episodes are listed that are not shown in full."""

    LEFT_OUT = "left out"
    LINES = "lines"
    """A line each: date, strength, place, and the beginning of the note."""
    PAIRS = "pairs"
    """The same, two to a line."""
    ABREAST = "abreast"
    """Three to a line: date, strength and place."""


@dataclass(frozen=True, slots=True)
class TableRoom:
    """How much the table may contain."""

    latest: int
    """Number of the latest episodes, shown in full."""
    severe: int
    """Number of the most severe episodes before them, also shown in full."""
    brief: BriefRows
    """How all the others are listed."""
    note_length: int
    """The most characters of a note below a row in full."""


def rooms(found: ReportQueries) -> Iterator[Sequence[TableRoom]]:
    """Rooms from everything down to nothing, in groups, the best group first; within a group, each room takes less
    space than the one before."""
    read, every = len(found.latest), found.insights.episodes
    if read == every:
        yield [
            TableRoom(read, 0, BriefRows.LEFT_OUT, note_length) for note_length in (_LONGEST_NOTE, 1000, 500, 250, 110)
        ]
        some = min(read - 1, _MIN_FULL_ROWS)
        for brief in (BriefRows.LINES, BriefRows.PAIRS, BriefRows.ABREAST):
            yield [TableRoom(latest, 0, brief, 110) for latest in range(read - 1, some - 1, -1)]
            yield [TableRoom(latest, 0, brief, 110) for latest in range(some, -1, -1)]
    for least in (20, 0):
        yield [
            TableRoom(latest, _severe(latest), BriefRows.LEFT_OUT, 110)
            for latest in range(max(read, least), least - 1, -1)
        ]


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
        rows = [self._row(one, room.note_length) for one in whole]
        blocks: list[ReportBlock | RowsBlock] = []
        said = [_left_out(self._found, room, len(whole), len(brief))]
        if any(words.is_ambiguous(one) for one in (*whole, *brief)):
            said.append(_(words.BEFORE_SITES))
        said.append(_notes_cut(whole, brief, room))
        if any(said):
            blocks.append(
                TextBlock(" ".join(part for part in said if part), 9, below=3, keeps_next=bool(rows or brief))
            )
        if whole:
            blocks.append(RowsBlock(_head(_HEAD, _SHARES), rows))
        if brief:
            if whole:
                blocks.append(GapBlock(6, keeps_next=True))
                blocks.append(TextBlock(_("Other episodes, in brief"), 9, bold=True, below=3, keeps_next=True))
            blocks.append(_brief_rows(brief, room.brief))
        return blocks, len(whole) + len(brief)

    def _chosen(self, room: TableRoom) -> tuple[list[Episode], list[Episode]]:
        """The episodes shown in full (the latest, and the most severe of the others) and the rest, shown in short.

        Both newest first.
        """
        seen, rest = self._found.latest[: room.latest], self._found.latest[room.latest :]
        told = [one for one in (*rest, *self._found.severe) if one.severity]
        severe = sorted(told, key=lambda one: (one.severity or 0, one.started_at), reverse=True)[: room.severe]
        whole = sorted((*seen, *severe), key=lambda one: one.started_at, reverse=True)
        return whole, list(rest) if room.brief is not BriefRows.LEFT_OUT else []

    def _row(self, one: Episode, note_length: int) -> ReportBlock:
        if (one.id, note_length) not in self._made:
            self._made[one.id, note_length] = _row(one, note_length, self._found.signs_of(one))
        return self._made[one.id, note_length]


def _notes_cut(whole: Sequence[Episode], brief: Sequence[Episode], room: TableRoom) -> str:
    """A sentence on the notes that are shortened or missing; empty if all are whole."""
    said = []
    if any(_is_cut(one, room.note_length) for one in whole) or (
        room.brief is not BriefRows.ABREAST and any(words.note_lines(one) for one in brief)
    ):
        said.append(_("Notes that end in “…” or “… (shortened)” are longer."))
    missing = sum(bool(words.note_lines(one)) for one in brief) if room.brief is BriefRows.ABREAST else 0
    if missing:
        words_of_missing = ngettext(
            "The episodes in brief have {count} note more.", "The episodes in brief have {count} notes more.", missing
        )
        said.append(words_of_missing.format(count=formats.number(missing)))
    return " ".join([*said, _("An export of the log has all notes in full.")]) if said else ""


def _left_out(found: ReportQueries, room: TableRoom, whole: int, brief: int) -> str:
    """A sentence on the episodes that the table leaves out and where they are; empty if it contains all of them."""
    missing = found.insights.episodes - whole - brief
    if missing <= 0:
        return ""
    latest = min(room.latest, len(found.latest))
    others = ngettext(
        "{count} other is counted above but not listed. To see it, export the log or make a report for a shorter "
        "period.",
        "{count} others are counted above but not listed. To see them, export the log or make a report for a shorter "
        "period.",
        missing,
    ).format(count=formats.number(missing))
    if not whole:
        return others
    held = (
        ngettext(
            "The table lists the newest episode and the {severe} most severe before it.",
            "The table lists the newest {count} episodes and the {severe} most severe before them.",
            latest,
        )
        if whole > latest
        else ngettext("The table lists the newest episode.", "The table lists the newest {count} episodes.", latest)
    ).format(count=formats.number(latest), severe=formats.number(whole - latest))
    return f"{held} {others}"


def _head(cells: Sequence[str], shares: Sequence[float], points: float = _POINTS) -> ReportBlock:
    texts = [TextBlock(_(word), points, bold=True) for word in cells]
    return ColumnsBlock(texts, shares, gap=5, rule="#000000", pad=2.5, keeps_next=True)


def _row(one: Episode, note_length: int, signs: Sequence[WarningSign]) -> ReportBlock:
    extra = [in_lists.sensation(sensation) for sensation in one.sensations]
    extra += [in_lists.onset_kind(one.onset)] if one.onset else []
    extra += [_("weakness")] if one.weakness else []
    extra += [_("back pain")] if one.back_pain else []
    extra += [words.posture(one.posture)] if one.posture else []
    extra += [
        _("warning sign: {sign}").format(sign=formats.own_words(inside(translated(sign.words)))) for sign in signs
    ]
    helped = words.relief(one.relief) if one.relief else ""
    if one.relief and one.relief_after_s is not None:
        helped = formats.enumerated([helped, words.length(one.relief_after_s)])
    cells = (
        words.clock(one.started_at),
        words.lasted(one),
        _strength(one),
        "" if one.context.seated_s is None else words.length(one.context.seated_s),
        words.place(one),
        formats.enumerated(extra),
        helped,
    )
    note = words.shortened(words.note_lines(one), note_length)
    row = ColumnsBlock([TextBlock(cell, _POINTS) for cell in cells], _SHARES, gap=5, rule="" if note else _RULE, pad=2)
    if not note:
        return row
    beneath = ColumnsBlock(
        [TextBlock("", _POINTS), TextBlock(_("Note: {note}").format(note=formats.own_words(note)), _POINTS)],
        (0.03, 0.97),
        gap=0,
        rule=_RULE,
        pad=1.5,
    )
    return StackBlock([row, beneath])


@dataclass(frozen=True, slots=True)
class _BriefForm:
    """How many episodes a line has, and the columns of each."""

    abreast: int
    head: tuple[str, ...]
    shares: tuple[float, ...]


_BRIEF: Final = {
    BriefRows.LINES: _BriefForm(1, _NOTED, (0.15, 0.05, 0.27, 0.53)),
    BriefRows.PAIRS: _BriefForm(2, _NOTED, (0.143, 0.037, 0.13, 0.19)),
    BriefRows.ABREAST: _BriefForm(3, _SHORT, (0.143, 0.041, 0.149)),
}


def _brief_rows(brief: Sequence[Episode], kind: BriefRows) -> RowsBlock:
    form = _BRIEF[kind]
    rows = [_brief_row(brief[at : at + form.abreast], form) for at in range(0, len(brief), form.abreast)]
    return RowsBlock(_head(form.head * form.abreast, form.shares * form.abreast, _SMALL), rows)


def _brief_row(abreast: Sequence[Episode], form: _BriefForm) -> ReportBlock:
    cells: list[ReportBlock] = []
    for one in abreast:
        place, weak = words.place(one), _("weakness") if is_weak(one) else ""
        is_noted = len(form.head) == len(_NOTED)
        where = place if is_noted else formats.enumerated([said for said in (place, weak) if said])
        cells += [TextBlock(cell, _SMALL) for cell in (words.clock(one.started_at), _strength(one), where)]
        if is_noted:
            cells.append(TextBlock(_note_or_like(one, weak), _SMALL, one_line=True))
    cells += [GapBlock(0)] * (form.abreast * len(form.head) - len(cells))
    return ColumnsBlock(cells, form.shares * form.abreast, gap=4, rule=_RULE, pad=1.2)


def _note_or_like(one: Episode, weak: str) -> str:
    note = " / ".join(words.note_lines(one))
    if note:
        # Translators: {sign} is “weakness”.
        return _("{sign}: {note}").format(sign=weak, note=formats.own_words(note)) if weak else note
    like = [in_lists.sensation(sensation) for sensation in one.sensations if sensation is not Sensation.WEAK]
    return formats.enumerated([said for said in (weak, *like) if said])


def _strength(one: Episode) -> str:
    return "" if one.severity is None else str(one.severity)


def _is_cut(one: Episode, note_length: int) -> bool:
    """Whether a row prints only part of the note."""
    lines = words.note_lines(one)
    return bool(lines) and words.shortened(lines, note_length).endswith(words.cut_mark())
