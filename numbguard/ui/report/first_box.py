"""The box at the top of a report: what a doctor needs in the first minute. Called by `content.py`, on its thread.

From top to bottom: the pattern in three lines, the warning signs that were answered with yes, what has changed since
the last report, the most telling notes, and the questions for the visit. The rows are blocks of their own, so that a
box that is higher than a page goes on over the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from numbguard.core.log.insights import WeekChange
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.log.since_report import PartFigures, SinceReport
from numbguard.core.log.visit import VisitDetails
from numbguard.core.sites import Side
from numbguard.store.log.queries.report import DatedCount, ReportQueries
from numbguard.wording import formats, in_lists
from numbguard.wording.capitals import at_start, inside
from numbguard.wording.catalogue import _, ngettext, translated
from numbguard.wording.log import insights as insight_words

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
        said = formats.clauses([part for part in parts if part])
        # Translators: {parts} is a list such as “tingling 12, numb 9; left calf 8”.
        line = _("{parts}.").format(parts=at_start(said)) if said else _("Not recorded.")
        yield _part(label, [line])


def _how_often(found: ReportQueries) -> Iterator[str]:
    figures = found.insights
    # Translators: {episodes} is “25 episodes”.
    on_days = ngettext("{episodes} on {count} day", "{episodes} on {count} days", found.days).format(
        episodes=words.episodes(figures.episodes), count=formats.number(found.days)
    )
    rate = insight_words.a_week(figures.trend, continues=True).rstrip(".")
    yield formats.enumerated([part for part in (on_days, rate) if part])
    if figures.lasted.median_s is not None:
        yield _("usually {length}").format(length=words.length(figures.lasted.median_s))
    if found.severity:
        # Translators: {severity} is “4 of 10 (2 to 5)”.
        yield _("severity {severity}").format(severity=words.short_strength(found.severity, found.strength))


def _where(found: ReportQueries) -> Iterator[str]:
    sides = found.insights.sides
    legs = [words.name_and_count(in_lists.side(Side(side)), count) for side, count in _most(sides.counts, 3)]
    if legs:
        (first, count), *_unused = _most(sides.counts, 1)
        # Translators: as in “left leg 12 of 20”.
        words_of_first = _("{leg} {count} of {all}").format(
            leg=in_lists.leg(Side(first)), count=formats.number(count), all=formats.number(sides.n)
        )
        yield formats.enumerated([words_of_first, *legs[1:]])
    sided = {place: count for place, count in found.places.items() if place[1] is not None}
    first_two = _most(sided or found.places, 2)
    regions = [
        words.name_and_count(words.region_at(*place), count) for place, count in first_two if count == first_two[0][1]
    ]
    # Translators: {regions} is a list such as “left calf 8, left sole 8”.
    yield _("most often {regions}").format(regions=formats.enumerated(regions)) if regions else ""
    yield _names_and_counts(_most(words.sensations(found.sensations), 2))


def _names_and_counts(counted: Iterable[tuple[str, int]]) -> str:
    return formats.enumerated([words.name_and_count(name, count) for name, count in counted])


def _when(found: ReportQueries) -> Iterator[str]:
    figures = found.insights
    sat = figures.sat_before.median_s
    yield _("after {length} of sitting").format(length=words.length(sat)) if sat is not None else ""
    yield _names_and_counts(_most(words.onsets(found.onsets), 2))
    yield _names_and_counts(_most(words.postures(figures.postures.counts), 1))
    helped = _names_and_counts((inside(words.relief(kind)), count) for kind, count in _most(found.relief, 1))
    yield _("helped: {relief}").format(relief=helped) if helped else ""


def _most(counts: Mapping[Key, int], most: int) -> list[tuple[Key, int]]:
    ordered = sorted(((key, count) for key, count in counts.items() if count), key=lambda one: -one[1])
    return ordered[:most]


# --- the signs --------------------------------------------------------------------------------------------------------


def _signs(found: ReportQueries) -> list[ReportBlock]:
    """Every sign that was answered with yes, with its dates; both legs and weakness also where only logged."""
    lines = [(translated(sign.words), _answered(found, sign)) for sign in WarningSign if found.answers(sign)[0]]
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
    none = ngettext(
        "None. Questions were answered about {count} episode.",
        "None. Questions were answered about {count} episodes.",
        len(asked),
    ).format(count=formats.number(len(asked)))
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
    # Translators: {episodes} is “25 episodes”, {rate} and {before} are numbers, {change} is “more than before”.
    said = (
        ngettext(
            "{episodes} since the report of {date}, {count} day before this one: {rate} a week, after {before} a week "
            "in the {before_days} days before it ({change}).",
            "{episodes} since the report of {date}, {count} days before this one: {rate} a week, after {before} a week "
            "in the {before_days} days before it ({change}).",
            days,
        )
        if change.change is not None
        else ngettext(
            "{episodes} since the report of {date}, {count} day before this one.",
            "{episodes} since the report of {date}, {count} days before this one.",
            days,
        )
    )
    yield said.format(
        episodes=words.episodes(after.episodes),
        date=words.day(change.at),
        count=formats.number(days),
        rate=formats.number(after.a_week, 1),
        before=formats.number(before.a_week, 1),
        before_days=formats.number(round(before.days)),
        change=_change(change.change),
    )
    figures = [*_medians(after, before), *_strengths(after, before)]
    if figures:
        yield _("{parts}.").format(parts=at_start(formats.clauses(list(figures))))
    new = [words.region_at(site.region, site.side) for site in change.new_places]
    new += [in_lists.sensation(one) for one in change.new_sensations]
    if new:
        yield _("New: {places_and_sensations}.").format(places_and_sensations=formats.enumerated(new))
    for sign in change.new_signs:
        yield _("New warning sign: {sign}.").format(sign=formats.own_words(inside(translated(sign.words))))
    if after.episodes and not (new or change.new_signs):
        yield _("No new place, sensation or warning sign.")


def _change(change: WeekChange | None) -> str:
    match change:
        case WeekChange.MORE:
            return _("more than before")
        case WeekChange.FEWER:
            return _("fewer than before")
        case WeekChange.UNCHANGED:
            return _("a difference this small could be chance")
    return ""


def _medians(after: PartFigures, before: PartFigures) -> Iterator[str]:
    if after.lasted.median_s is not None and before.lasted.median_s is not None:
        yield _("lasting {length}, before {length_before} (medians)").format(
            length=words.length(after.lasted.median_s), length_before=words.length(before.lasted.median_s)
        )


def _strengths(after: PartFigures, before: PartFigures) -> Iterator[str]:
    if after.strength.median_s is not None and before.strength.median_s is not None:
        yield _("severity {severity} of 10, before {severity_before} (medians)").format(
            severity=words.half(after.strength.median_s), severity_before=words.half(before.strength.median_s)
        )


# --- notes and questions ----------------------------------------------------------------------------------------------


def _quoted(one: Episode) -> str:
    about = [words.clock(one.started_at)[:10]]
    about += [_("{severity} of 10").format(severity=one.severity)] if one.severity is not None else []
    about += [place] if (place := words.place(one)) else []
    # Translators: {episode} is “2026-03-02, 4 of 10, left: calf”.
    return _("{episode}: “{note}”").format(
        episode=formats.enumerated(about), note=formats.own_words(words.shortened(words.note_lines(one), _LONGEST_NOTE))
    )


def _questions(visit: VisitDetails) -> list[ReportBlock]:
    label = _("My questions for the visit")
    lines = [f"{number}. {formats.own_words(line)}" for number, line in enumerate(visit.printed_questions(), start=1)]
    if more := visit.left_out():
        words_of_more = ngettext("and {count} more question", "and {count} more questions", more)
        lines.append(words_of_more.format(count=formats.number(more)))
    if lines:
        return _part(label, lines)
    return _labelled(label, [StackBlock([GapBlock(8), *[LineBlock(20) for _unused in range(_EMPTY_LINES)]])])
