"""The contents of a report from top to bottom, as blocks for `layout.py`. Called by `pdf.py`, on its thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from numbguard.core.log.insights import LEADER_FROM, MEDIAN_FROM
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.log.time_buckets import bucketed
from numbguard.core.sites import Side
from numbguard.store.log.queries.report import ReportQueries
from numbguard.ui.charts import contents as charts
from numbguard.ui.charts.contents import Chart, LegMapChart
from numbguard.ui.charts.look import PAPER
from numbguard.ui.charts.svg import natural_height, svg_of
from numbguard.wording import catalogue, formats, in_lists
from numbguard.wording.catalogue import N_, _, ngettext, translated
from numbguard.wording.log import insights as insight_words

from . import words
from .first_box import first_box
from .layout import ColumnsBlock, GapBlock, PictureBlock, ReportBlock, RowsBlock, StackBlock, TextBlock

_QUIET: Final = "#333333"


def content(
    found: ReportQueries, *, now: datetime, version: str, charts_of_habit: bool = True
) -> list[ReportBlock | RowsBlock]:
    """All blocks except the table of episodes. `charts_of_habit` adds the charts of hours, weekdays and postures, for
    which a long table leaves no room."""
    episodes = found.insights.episodes
    blocks: list[ReportBlock | RowsBlock] = [*_top(found, now, version), *first_box(found), *_what_it_is()]
    if not episodes:
        blocks += _breaks(found)
        return blocks
    helped = [*_relief(found), *_weakness(found)]
    blocks += [*_totals(found), *_beside(helped, _breaks(found)), *_over_time(found), *_where(found)]
    blocks += _beside(_how_long(found), _sitting(found))
    blocks += [*_when(found, charted=charts_of_habit), *(_postures(found) if charts_of_habit else [])]
    return blocks


def _beside(left: list[ReportBlock], right: list[ReportBlock]) -> list[ReportBlock]:
    """Two parts side by side; nothing if both are empty."""
    if not left and not right:
        return []
    return [ColumnsBlock([StackBlock(left), StackBlock(right)], (0.5, 0.5), gap=16)]


def heading(text: str, *, points: float = 12.0) -> list[ReportBlock]:
    return [GapBlock(9, keeps_next=True), TextBlock(text, points, bold=True, below=3, keeps_next=True)]


def _top(found: ReportQueries, now: datetime, version: str) -> Iterator[ReportBlock]:
    first, last = found.first_and_last() or (None, None)
    yield TextBlock(_(words.TITLE), 17, bold=True, below=2)
    if who := words.person(found.visit):
        yield TextBlock(who, 12, bold=True, below=2)
    yield TextBlock(words.period(found.period, first, last, now), 12, below=1)
    yield TextBlock(
        _("Written on {day} by NumbGuard {version}").format(day=words.day(now.date()), version=version),
        8.5,
        colour=_QUIET,
        below=7,
    )


def _what_it_is() -> Iterator[ReportBlock]:
    yield GapBlock(6)
    yield TextBlock(_(words.WHAT_IT_IS), 8.5, colour=_QUIET, below=3)


def _facts(rows: Iterable[tuple[str, str]], share: float = 0.26) -> list[ReportBlock]:
    return [
        ColumnsBlock([TextBlock(name, 9), TextBlock(said, 9)], (share, 1 - share), gap=6, rule="#bbbbbb", pad=1.8)
        for name, said in rows
    ]


def _totals(found: ReportQueries) -> list[ReportBlock]:
    insights = found.insights
    strength = words.strength(found.severity, found.strength) if found.severity else formats.NOTHING
    told = sum(found.onsets.values())
    # Translators: {episodes} is a number of episodes, as in “25 on 12 days; no end recorded for 3”.
    on_days = (
        ngettext(
            "{episodes} on {count} day; no end recorded for {open}",
            "{episodes} on {count} days; no end recorded for {open}",
            found.days,
        )
        if found.open
        else ngettext("{episodes} on {count} day", "{episodes} on {count} days", found.days)
    ).format(
        episodes=formats.number(insights.episodes),
        count=formats.number(found.days),
        open=formats.number(found.open),
    )
    sensations = words.sensations(found.sensations)
    return [
        *heading(_("Summary")),
        *_facts(
            [
                (_("Episodes"), on_days),
                (_("Lasted"), words.median(insights.lasted)),
                (_("Severity"), strength),
                (
                    _("Leg"),
                    words.counts(
                        {in_lists.side(Side(side)): count for side, count in insights.sides.counts.items()},
                        unanswered=insights.sides.unanswered,
                    ),
                ),
                (_("How it felt"), words.counts(sensations, unanswered=0)),
                (_("Onset"), words.counts(words.onsets(found.onsets), unanswered=insights.episodes - told)),
                (
                    _("Posture"),
                    words.counts(words.postures(insights.postures.counts), unanswered=insights.postures.unanswered),
                ),
                (_("With weakness"), words.yes_no(found.weakness)),
                (_("With back pain"), words.yes_no(found.back_pain)),
                (_("Sitting time before"), words.median(insights.sat_before)),
            ]
        ),
    ]


def _picture(chart: Chart, *, width: float = 640, height: float = 138, text_size: float = 10.0) -> ReportBlock:
    """A chart below its title; ``height`` applies to a chart that fits any."""
    height = natural_height(chart, text_size) or height
    mirrored = catalogue.is_right_to_left()
    svg = svg_of(chart, PAPER, width=width, height=height, text_size=text_size, mirrored=mirrored)
    return StackBlock([TextBlock(chart.title, 9, bold=True, below=1), PictureBlock(svg, height / width)])


def _halves(left: Chart, right: Chart) -> ReportBlock:
    """Two charts side by side, with text as large as in a chart of the full width."""
    return ColumnsBlock([_picture(one, width=316) for one in (left, right)], (0.5, 0.5))


def _paragraphs(sentences: Sequence[str]) -> list[ReportBlock]:
    return [TextBlock(sentence, 9, below=2) for sentence in sentences if sentence]


def _over_time(found: ReportQueries) -> list[ReportBlock]:
    over_time = bucketed(found.insights.weeks)
    if len(over_time.buckets) < 2:
        return []
    episodes = charts.episodes_over_time(over_time)
    pictures = [_picture(episodes)]
    if any(one.moved for one in over_time.buckets):
        pictures = [_halves(episodes, charts.moved_over_time(over_time))]
    return [*heading(_("Over time")), *pictures, *_paragraphs([insight_words.breaks_moved(found.insights)])]


def _where(found: ReportQueries) -> list[ReportBlock]:
    regions = found.insights.regions
    if not regions.n:
        return []
    from numbguard.ui.charts.leg_map_svg import HEIGHT, WIDTH

    chart = charts.on_the_map(found.places)
    drawn = PictureBlock(svg_of(chart, PAPER, width=WIDTH, height=HEIGHT), HEIGHT / WIDTH)
    beside: list[ReportBlock] = [_region_row(chart.table.head, bold=True)]
    beside += [_region_row(row) for row in chart.table.rows]
    beside += [
        GapBlock(3),
        TextBlock(
            ngettext(
                "Place recorded for {count} episode, not recorded for {unanswered}. An episode can have more than one.",
                "Place recorded for {count} episodes, not recorded for {unanswered}. An episode can have more than "
                "one.",
                regions.n,
            ).format(count=formats.number(regions.n), unanswered=formats.number(regions.unanswered)),
            8,
        ),
        TextBlock(_("Episodes in both legs are counted on each side."), 8) if _in_both(chart) else GapBlock(0),
    ]
    return [*heading(_("Where")), ColumnsBlock([drawn, StackBlock(beside)], (0.4, 0.6), gap=20)]


def _in_both(chart: LegMapChart) -> bool:
    return any(count for (_unused, side), count in chart.counts.items() if side is Side.BOTH)


def _region_row(cells: Sequence[str], *, bold: bool = False) -> ReportBlock:
    texts = [TextBlock(cell, 8.5, bold=bold, right=at > 0) for at, cell in enumerate(cells)]
    return ColumnsBlock(texts, (0.46, 0.14, 0.15, 0.25), gap=4, rule="#bbbbbb", pad=1.2)


def _how_long(found: ReportQueries) -> list[ReportBlock]:
    if found.insights.lasted.n < MEDIAN_FROM:
        return []
    return [
        *heading(_("How long they lasted")),
        _picture(charts.by_length(found.lengths), width=316),
        *_paragraphs([insight_words.lasted(found.insights.lasted)]),
    ]


def _sitting(found: ReportQueries) -> list[ReportBlock]:
    insights = found.insights
    said = [insight_words.time_to_numbness(insights.time_to_numbness), insight_words.sat_before(insights.sat_before)]
    if not any(said):
        return []
    blocks = heading(_("Sitting before it started"))
    if said[0]:
        blocks.append(_picture(charts.time_to_numbness(insights.time_to_numbness), width=316))
        said.append(_(_ESTIMATE))
    said.append(insight_words.sound_since(insights.sound_since))
    return [*blocks, *_paragraphs(said)]


_ESTIMATE: Final = N_(
    "(Kaplan–Meier over sittings, band by log-log Greenwood; sittings without an episode are censored.)"
)


def _when(found: ReportQueries, *, charted: bool) -> list[ReportBlock]:
    insights = found.insights
    if insights.hours.n < LEADER_FROM:
        return []
    said = [
        insight_words.most_frequent(insights.weekdays, kind="weekday"),
        insight_words.most_frequent(insights.hours, kind="hour"),
    ]
    pair = [_halves(charts.by_weekday(insights.weekdays), charts.by_hour(insights.hours))] if charted else []
    return [*heading(_("When")), *pair, *_paragraphs(said)] if charted or any(said) else []


def _postures(found: ReportQueries) -> list[ReportBlock]:
    postures = found.insights.postures
    if postures.n < LEADER_FROM:
        return []
    told = ngettext(
        "Recorded for {count} episode, not recorded for {unanswered}.",
        "Recorded for {count} episodes, not recorded for {unanswered}.",
        postures.n,
    ).format(count=formats.number(postures.n), unanswered=formats.number(postures.unanswered))
    return [
        *heading(_("Posture")),
        _picture(charts.by_posture(postures)),
        *_paragraphs([told, insight_words.crossed_legs(found.insights)]),
    ]


def _relief(found: ReportQueries) -> list[ReportBlock]:
    if not found.relief:
        return []
    rows = []
    for kind, count in sorted(found.relief.items(), key=lambda one: (-one[1], one[0]))[:12]:
        spread = found.insights.relief.get(kind)
        said = words.episodes(count)
        if spread and spread.median_s is not None:
            # Translators: {length} is “12 min”, {median_count} is the number of episodes that the median is of.
            said = ngettext(
                "{count} episode; gone after {length} (median of {median_count})",
                "{count} episodes; gone after {length} (median of {median_count})",
                count,
            ).format(
                count=formats.number(count),
                length=words.length(spread.median_s),
                median_count=formats.number(spread.n),
            )
        rows.append((words.relief(kind), said))
    return [*heading(_("What helped")), *_facts(rows, share=0.35)]


def _weakness(found: ReportQueries) -> list[ReportBlock]:
    asked = [(sign, *found.answers(sign)) for sign in WarningSign if any(found.answers(sign))]
    if not asked:
        return [
            *heading(_("Warning signs")),
            TextBlock(_("No questions about warning signs were answered in this period."), 9),
        ]
    rows = [
        (translated(sign.words), _("yes {yes}, no {no}").format(yes=formats.number(yes), no=formats.number(no)))
        for sign, yes, no in asked
    ]
    return [*heading(_("Questions about warning signs")), *_facts(rows, share=0.74)]


def _breaks(found: ReportQueries) -> list[ReportBlock]:
    total = sum(found.outcomes.values())
    if not total:
        return []
    rows = [
        (_(name), formats.number(found.outcomes[outcome.value]))
        for outcome, name in words.OUTCOMES.items()
        if found.outcomes.get(outcome.value)
    ]
    return [*heading(_("Movement breaks")), StackBlock(_facts(rows, share=0.62))]
