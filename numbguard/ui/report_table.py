"""The table of episodes at the end of a report: a row for each, its note under it. Called by `report_content.py`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ..core.records import Episode
from ..store.report_figures import SEVERE, ReportFigures
from . import report_words as words
from .episode_words import SENSATIONS
from .report_pages import Block, Columns, Rows, Stack, Text

_HEAD: Final = ("Began", "Lasted", "0–10", "Sat before", "Where", "What it was like, posture", "What helped")
_SHARES: Final = (0.165, 0.075, 0.045, 0.09, 0.205, 0.245, 0.175)
_POINTS: Final = 7.8
_RULE: Final = "#999999"


@dataclass(frozen=True, slots=True)
class Room:
    """How much the table may hold: of the latest episodes, of the most severe before them, and of a note."""

    latest: int
    severe: int
    letters: int


def rooms(found: ReportFigures) -> Iterator[Room]:
    """From all there is down to nothing: first long notes are cut, then the latest become fewer, then both."""
    most = len(found.latest)
    yield Room(most, SEVERE, 1500)
    for letters, fewest in ((400, 20), (120, 0)):
        latest = most if fewest else min(most, fewest or 20)
        while latest > fewest:
            yield Room(latest, SEVERE if fewest else min(SEVERE, latest), letters)
            latest -= max(1, latest // 10)
    yield Room(0, 0, 0)


class EpisodeTable:
    """Makes a row only once for each length that notes may have."""

    def __init__(self, found: ReportFigures) -> None:
        self._found = found
        self._made: dict[tuple[str, int], Block] = {}

    def chosen(self, room: Room) -> list[Episode]:
        """The latest, and the most severe of the others; newest first."""
        seen, rest = self._found.latest[: room.latest], self._found.latest[room.latest :]
        told = [one for one in (*rest, *self._found.severe) if one.severity]
        severe = sorted(told, key=lambda one: (one.severity or 0, one.started_at), reverse=True)[: room.severe]
        return sorted((*seen, *severe), key=lambda one: one.started_at, reverse=True)

    def rows(self, episodes: Sequence[Episode], room: Room) -> Rows:
        head = Columns(
            [Text(word, _POINTS, bold=True) for word in _HEAD], _SHARES, gap=5, rule="#000000", pad=2.5, keeps_next=True
        )
        return Rows(head, [self._row(one, room.letters) for one in episodes])

    def _row(self, one: Episode, letters: int) -> Block:
        if (one.id, letters) not in self._made:
            self._made[one.id, letters] = _row(one, letters)
        return self._made[one.id, letters]


def left_out(found: ReportFigures, listed: int, room: Room) -> str:
    """What the table does not hold, and where it is; empty where it holds all."""
    missing = found.insights.episodes - listed
    if missing <= 0:
        return ""
    latest = min(room.latest, len(found.latest))
    beside = listed - latest
    severe = f" and the {beside:,} most severe before them" if beside > 0 else ""
    return (
        f"The table holds the latest {latest:,} episodes{severe}. {missing:,} others are in "
        "the figures above and not in the table; an export of the log, or reports of shorter periods, hold them."
    )


def _row(one: Episode, letters: int) -> Block:
    lasted = "" if one.ended_at is None else words.length(max(0.0, (one.ended_at - one.started_at).total_seconds()))
    extra = [SENSATIONS[sensation].lower() for sensation in one.sensations]
    extra += [one.onset.value] if one.onset else []
    extra += ["weakness"] if one.weakness else []
    extra += ["back pain"] if one.back_pain else []
    extra += [words.posture(one.posture)] if one.posture else []
    helped = words.relief(one.relief) if one.relief else ""
    if one.relief and one.relief_after_s is not None:
        helped += f", {words.length(one.relief_after_s)}"
    cells = (
        words.clock(one.started_at),
        lasted,
        "" if one.severity is None else str(one.severity),
        "" if one.context.seated_s is None else words.length(one.context.seated_s),
        words.place(one.side, one.regions),
        ", ".join(extra),
        helped,
    )
    note = _shortened((one.note or "").strip(), letters)
    row = Columns([Text(cell, _POINTS) for cell in cells], _SHARES, gap=5, rule="" if note else _RULE, pad=2)
    if not note:
        return row
    beneath = Columns([Text("", _POINTS), Text(f"Note: {note}", _POINTS)], (0.03, 0.97), gap=0, rule=_RULE, pad=1.5)
    return Stack([row, beneath])


def _shortened(note: str, letters: int) -> str:
    lines = [line.strip() for line in note.splitlines() if line.strip()]
    whole = "\n".join(lines)
    if len(whole) <= letters and len(lines) <= letters // 60:
        return whole
    # Many short lines take as much room as long ones.
    return " / ".join(lines)[:letters].rstrip() + " … (the rest is in the log)"
