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
from numbguard.wording import formats
from numbguard.wording import insights as insight_words
from numbguard.wording.catalogue import _

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
        parts.append(_part(_("Since the last report"), _since(found.since_last)))
    if found.telling:
        parts.append(_part(_("Notes that say most"), [_quoted(one) for one in found.telling]))
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
        yield _part(_("How often"), [_("No episodes were logged in this period.")])
        return
    for label, parts in (
        (_("How often"), _how_often(found)),
        (_("Where"), _where(found)),
        (_("When"), _when(found)),
    ):
        said = "; ".join(part for part in parts if part)
        yield _part(label, [f"{said[0].upper()}{said[1:]}." if said else _("Not recorded.")])


def _how_often(found: ReportQueries) -> Iterator[str]:
    figures = found.insights
    days = _("1 day") if found.days == 1 else f"{found.days:,} days"
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
        (first, count), *_unused = _most(sides.counts, 1)
        yield ", ".join([f"{words.LEGS[first]} {count:,} of {sides.n:,}", *legs[1:]])
    sided = {place: count for place, count in found.places.items() if place[1] is not None}
    first_two = _most(sided or found.places, 2)
    regions = [f"{words.region_at(*place)} {count:,}" for place, count in first_two if count == first_two[0][1]]
    yield _("most often {regions}").format(regions=", ".join(regions)) if regions else ""
    yield ", ".join(f"{name} {count:,}" for name, count in _most(words.sensations(found.sensations), 2))


def _when(found: ReportQueries) -> Iterator[str]:
    figures = found.insights
    sat = figures.sat_before.median_s
    yield _("after {length} of sitting").format(length=words.length(sat)) if sat is not None else ""
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
        lines.append((_("Both legs at once, from the places logged"), _dated(found.both_legs)))
    if found.weak.count:
        lines.append((_("With weakness"), _dated(found.weak)))
    if lines:
        return _labelled(
            _("Warning signs"),
            [
                ColumnsBlock([TextBlock(said, _POINTS, bold=True), TextBlock(when, _POINTS)], (0.55, 0.45), gap=8)
                for said, when in lines
            ],
        )
    asked = {one.episode for one in found.signs}
    none = _("None. Questions were answered about {episodes}.").format(episodes=words.episodes(len(asked)))
    return _part(_("Warning signs"), [none if asked else _("No questions about them were answered in this period.")])


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
    yield _("{episodes} since the report of {ago}{rates}.").format(
        episodes=words.episodes(after.episodes), ago=ago, rates=_rates(change)
    )
    figures = [*_medians("lasting", after, before), *_strengths(after, before)]
    if figures:
        yield f"{'; '.join(figures)}.".capitalize()
    new = [words.region_at(site.region, site.side) for site in change.new_places]
    new += [words.SENSATION_WORDS[one] for one in change.new_sensations]
    if new:
        yield _("New: {new}.").format(new=", ".join(new))
    for sign in change.new_signs:
        yield _("New warning sign: {words}{words_2}.").format(words=sign.words[0].lower(), words_2=sign.words[1:])
    if after.episodes and not (new or change.new_signs):
        yield _("No new place, sensation or warning sign.")


def _rates(change: SinceReport) -> str:
    says = {
        WeekChange.MORE: _("more than before"),
        WeekChange.FEWER: _("fewer than before"),
        WeekChange.UNCHANGED: _("a difference this small could be chance"),
    }
    if change.change is None:
        return ""
    before = _("{a_week} a week in the {days} days before it").format(
        a_week=formats.number(change.before.a_week, 1), days=formats.number(round(change.before.days))
    )
    return f": {change.after.a_week:.1f} a week, after {before} ({says[change.change]})"


def _medians(what: str, after: PartFigures, before: PartFigures) -> Iterator[str]:
    if after.lasted.median_s is not None and before.lasted.median_s is not None:
        yield _("{what} {length}, before {length_2} (medians)").format(
            what=what, length=words.length(after.lasted.median_s), length_2=words.length(before.lasted.median_s)
        )


def _strengths(after: PartFigures, before: PartFigures) -> Iterator[str]:
    if after.strength.median_s is not None and before.strength.median_s is not None:
        yield _("severity {median_s:g} of 10, before {median_s_2:g} (medians)").format(
            median_s=after.strength.median_s, median_s_2=before.strength.median_s
        )


# --- notes and questions ----------------------------------------------------------------------------------------------


def _quoted(one: Episode) -> str:
    about = [words.clock(one.started_at)[:10]]
    about += [_("{severity} of 10").format(severity=one.severity)] if one.severity is not None else []
    about += [place] if (place := words.place(one)) else []
    return f"{', '.join(about)}: “{words.shortened(words.note_lines(one), _LONGEST_NOTE)}”"


def _questions(visit: VisitDetails) -> list[ReportBlock]:
    label = _("My questions for the visit")
    lines = [f"{number}. {line}" for number, line in enumerate(visit.printed_questions(), start=1)]
    if more := visit.left_out():
        lines.append(
            _("and 1 more question") if more == 1 else _("and {more} more questions").format(more=formats.number(more))
        )
    if lines:
        return _part(label, lines)
    return _labelled(label, [StackBlock([GapBlock(8), *[LineBlock(20) for _unused in range(_EMPTY_LINES)]])])
