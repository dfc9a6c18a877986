"""The box at the top of a report: what a doctor needs in the first minute. Called by `content.py`, on its thread.

From top to bottom: the pattern in three lines, the warning signs that were answered with yes, what has changed since
the last report, the most telling notes, and the questions for the visit. The rows are blocks of their own, so that a
box that is higher than a page goes on over the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from numbguard.core.log.insights import WeekChange
from numbguard.core.log.records import Episode
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.log.since_report import PartFigures, SinceReport
from numbguard.core.log.visit import VisitDetails
from numbguard.store.log.queries.report import DatedCount, ReportQueries
from numbguard.wording import insights as insight_words

from . import words
from .layout import ColumnsBlock, FramedBlock, GapBlock, LineBlock, OverhangBlock, ReportBlock, StackBlock, TextBlock

Key = TypeVar("Key")

_LABEL: Final = 0.17
_POINTS: Final = 9.0
_EMPTY_LINES: Final = 3
"""Lines to write questions on by hand, where none was kept."""
_LONGEST_NOTE: Final = 280
"""Characters of a quoted note."""


def first_box(found: ReportQueries) -> list[ReportBlock]:
    parts = [*_pattern(found), _signs(found)]
    if found.since_last is not None:
        parts.append(_part("Since the last report", _since(found.since_last)))
    if found.telling:
        parts.append(_part("Notes that say most", [_quoted(one) for one in found.telling]))
    parts.append(_questions(found.visit))
    rows = [(row, at == 0) for part in parts for at, row in enumerate(part)]
    last = len(rows) - 1
    return [
        FramedBlock(row, top=at == 0, bottom=at == last, parted=is_first) for at, (row, is_first) in enumerate(rows)
    ]


def _part(label: str, lines: Iterable[str]) -> list[ReportBlock]:
    return _labelled(label, [TextBlock(line, _POINTS) for line in lines])


def _labelled(label: str, blocks: Sequence[ReportBlock]) -> list[ReportBlock]:
    """A part of the box: its blocks as rows, with the label before the first. A long label reaches into the second."""
    said: ReportBlock = TextBlock(label, _POINTS, bold=True)
    if len(blocks) > 1:
        said = OverhangBlock(said)
    return [
        ColumnsBlock([GapBlock(0) if at else said, block], (_LABEL, 1 - _LABEL), gap=8)
        for at, block in enumerate(blocks)
    ]


# --- the pattern ------------------------------------------------------------------------------------------------------


def _pattern(found: ReportQueries) -> Iterator[list[ReportBlock]]:
    if not found.insights.episodes:
        yield _part("How often", ["No episodes were logged in this period."])
        return
    for label, parts in (
        ("How often", _how_often(found)),
        ("Where", _where(found)),
        ("When", _when(found)),
    ):
        said = "; ".join(part for part in parts if part)
        yield _part(label, [f"{said[0].upper()}{said[1:]}." if said else "Not recorded."])


def _how_often(found: ReportQueries) -> Iterator[str]:
    figures = found.insights
    days = "1 day" if found.days == 1 else f"{found.days:,} days"
    rate = insight_words.a_week(figures.trend).rstrip(".")
    said = [f"{words.episodes(figures.episodes)} on {days}", f"{rate[:1].lower()}{rate[1:]}"]
    yield ", ".join(part for part in said if part)
    yield f"usually {words.length(figures.lasted.median_s)}" if figures.lasted.median_s is not None else ""
    if found.severity:
        yield f"severity {words.short_strength(found.severity, found.strength)}"


def _where(found: ReportQueries) -> Iterator[str]:
    sides = found.insights.sides
    legs = [f"{side} {count:,}" for side, count in _most(sides.counts, 3)]
    if legs:
        (first, count), *_ = _most(sides.counts, 1)
        yield ", ".join([f"{words.LEGS[first]} {count:,} of {sides.n:,}", *legs[1:]])
    sided = {place: count for place, count in found.places.items() if place[1] is not None}
    first_two = _most(sided or found.places, 2)
    regions = [f"{words.region_at(*place)} {count:,}" for place, count in first_two if count == first_two[0][1]]
    yield f"most often {', '.join(regions)}" if regions else ""
    yield ", ".join(f"{name} {count:,}" for name, count in _most(words.sensations(found.sensations), 2))


def _when(found: ReportQueries) -> Iterator[str]:
    figures = found.insights
    sat = figures.sat_before.median_s
    yield f"after {words.length(sat)} of sitting" if sat is not None else ""
    yield ", ".join(f"{name} {count:,}" for name, count in _most(words.onsets(found.onsets), 2))
    yield ", ".join(f"{name} {count:,}" for name, count in _most(words.postures(figures.postures.counts), 1))
    helped = [f"{words.relief(kind).lower()} {count:,}" for kind, count in _most(found.relief, 1)]
    yield f"helped: {', '.join(helped)}" if helped else ""


def _most(counts: Mapping[Key, int], most: int) -> list[tuple[Key, int]]:
    ordered = sorted(((key, count) for key, count in counts.items() if count), key=lambda one: -one[1])
    return ordered[:most]


# --- the signs --------------------------------------------------------------------------------------------------------


def _signs(found: ReportQueries) -> list[ReportBlock]:
    """Every sign that was answered with yes, with its dates; both legs and weakness also where only logged."""
    lines = [(sign.words, _answered(found, sign)) for sign in WarningSign if found.answers(sign)[0]]
    if found.both_legs.count:
        lines.append(("Both legs at once, from the places logged", _dated(found.both_legs)))
    if found.weak.count:
        lines.append(("With weakness", _dated(found.weak)))
    if lines:
        return _labelled(
            "Warning signs",
            [
                ColumnsBlock([TextBlock(said, _POINTS, bold=True), TextBlock(when, _POINTS)], (0.55, 0.45), gap=8)
                for said, when in lines
            ],
        )
    asked = {one.episode for one in found.signs}
    none = f"None. Questions were answered about {words.episodes(len(asked))}."
    return _part("Warning signs", [none if asked else "No questions about them were answered in this period."])


def _answered(found: ReportQueries, sign: WarningSign) -> str:
    moments = [one.at for one in found.signs if one.sign is sign and one.present]
    return words.dates(len(moments), moments)


def _dated(counted: DatedCount) -> str:
    return words.dates(counted.count, counted.latest)


# --- since the last report --------------------------------------------------------------------------------------------


def _since(change: SinceReport) -> Iterator[str]:
    after, before = change.after, change.before
    days = max(1, round(after.days))
    ago = f"{words.day(change.at)}, {'1 day' if days == 1 else f'{days:,} days'} before this one"
    yield f"{words.episodes(after.episodes)} since the report of {ago}{_rates(change)}."
    figures = [*_medians("lasting", after, before), *_strengths(after, before)]
    if figures:
        yield f"{'; '.join(figures)}.".capitalize()
    new = [words.region_at(site.region, site.side) for site in change.new_places]
    new += [words.SENSATION_WORDS[one] for one in change.new_sensations]
    if new:
        yield f"New: {', '.join(new)}."
    for sign in change.new_signs:
        yield f"New warning sign: {sign.words[0].lower()}{sign.words[1:]}."
    if after.episodes and not (new or change.new_signs):
        yield "No new place, sensation or warning sign."


def _rates(change: SinceReport) -> str:
    says = {
        WeekChange.MORE: "more than before",
        WeekChange.FEWER: "fewer than before",
        WeekChange.UNCHANGED: "a difference this small could be chance",
    }
    if change.change is None:
        return ""
    before = f"{change.before.a_week:.1f} a week in the {round(change.before.days):,} days before it"
    return f": {change.after.a_week:.1f} a week, after {before} ({says[change.change]})"


def _medians(what: str, after: PartFigures, before: PartFigures) -> Iterator[str]:
    if after.lasted.median_s is not None and before.lasted.median_s is not None:
        yield f"{what} {words.length(after.lasted.median_s)}, before {words.length(before.lasted.median_s)} (medians)"


def _strengths(after: PartFigures, before: PartFigures) -> Iterator[str]:
    if after.strength.median_s is not None and before.strength.median_s is not None:
        yield f"severity {after.strength.median_s:g} of 10, before {before.strength.median_s:g} (medians)"


# --- notes and questions ----------------------------------------------------------------------------------------------


def _quoted(one: Episode) -> str:
    about = [words.clock(one.started_at)[:10]]
    about += [f"{one.severity} of 10"] if one.severity is not None else []
    about += [place] if (place := words.place(one)) else []
    return f"{', '.join(about)}: “{words.shortened(words.note_lines(one), _LONGEST_NOTE)}”"


def _questions(visit: VisitDetails) -> list[ReportBlock]:
    label = "My questions for the visit"
    lines = [f"{number}. {line}" for number, line in enumerate(visit.printed_questions(), start=1)]
    if more := visit.left_out():
        lines.append("and 1 more question" if more == 1 else f"and {more:,} more questions")
    if lines:
        return _part(label, lines)
    return _labelled(label, [StackBlock([GapBlock(8), *[LineBlock(20) for _ in range(_EMPTY_LINES)]])])
