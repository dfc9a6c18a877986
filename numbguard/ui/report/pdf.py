"""Writes the report of a period as a PDF: at most three pages for a year and six for ten, however long the log is.

Called by `numbguard report`, and by the windows on a worker thread; needs a QGuiApplication. The file is written whole
or not at all, readable only by its owner, and recorded so that *Delete everything* finds it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, qVersion
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter

from numbguard import __version__
from numbguard.core.errors import JournalError
from numbguard.store.fresh_file import fresh_file, sweep
from numbguard.store.log.queries.insights import Period
from numbguard.store.log.queries.report import ReportQueries, gather
from numbguard.store.log.visit import note_report
from numbguard.store.profile import reason
from numbguard.store.written_files import remember
from numbguard.wording import catalogue
from numbguard.wording.catalogue import _, translated

from . import words
from .archive import DocumentFacts, archivable
from .content import content, heading
from .episode_table import EpisodeTable, TableRoom, rooms
from .layout import DOTS, ColumnsBlock, ReportBlock, RowsBlock, TextBlock, draw, pages, printable

if TYPE_CHECKING:
    from numbguard.core.log.visit import VisitDetails
    from numbguard.store.log.journal import SqliteJournal
    from numbguard.store.profile import Profile

_PAGES: Final = ((400, 3), (4 * 366, 4), (7 * 366, 5))
_MAX_PAGES: Final = 6
_MARGIN: Final = 45.0
_FOOT: Final = 26.0


class ReportError(Exception):
    """The report could not be written; its sentence says why, and what to do."""


def most_pages(found: ReportQueries) -> int:
    """Three pages for about a year from the first episode to the last, one more for each three years beyond, at most
    six.

    The reader has only minutes; the charts show the course of a longer time.
    """
    first, last = found.first_and_last() or (date.min, date.min)
    return next((pages for days, pages in _PAGES if (last - first).days <= days), _MAX_PAGES)


class PaperSize(StrEnum):
    A4 = "a4"
    LETTER = "letter"

    @property
    def points(self) -> tuple[float, float]:
        return (595.0, 842.0) if self is PaperSize.A4 else (612.0, 792.0)


_LETTER_COUNTRIES: Final = frozenset(
    {"US", "CA", "MX", "BZ", "CL", "CO", "CR", "GT", "NI", "PA", "PH", "PR", "SV", "VE"}
)
"""Countries for which the Unicode locale data (CLDR, paperSize) gives US Letter."""


def paper_of(locale: str) -> PaperSize:
    """The usual paper in the country of a locale such as ``en_US.UTF-8``."""
    country = locale.partition(".")[0].partition("@")[0].rpartition("_")[2]
    return PaperSize.LETTER if "_" in locale and country in _LETTER_COUNTRIES else PaperSize.A4


@dataclass(frozen=True, slots=True)
class WrittenReport:
    path: Path
    pages: int
    episodes: int
    listed: int
    """Episodes in the table."""


def write_report(
    profile: Profile,
    journal: SqliteJournal,
    path: Path,
    *,
    period: Period,
    paper: PaperSize,
    now: datetime,
    visit: VisitDetails | None = None,
) -> WrittenReport:
    """Write the report of a period to ``path``, and record when. Raises ``ReportError`` and ``JournalError``.

    ``visit``: the questions, name and date of birth for this report, in place of what the log keeps.
    """
    target = path.expanduser().resolve()
    if profile.owns(target):
        raise ReportError(
            _("{target} is a file of NumbGuard's own. Nothing was written. Choose another name.").format(target=target)
        )
    found = gather(journal, period, now=now, visit=visit)
    document, count, listed = as_pdf(found, paper=paper, now=now)
    try:
        sweep(profile)
        with fresh_file(profile, target) as file:
            file.write(document)
    except OSError as error:
        raise ReportError(
            _(
                "{target} could not be written ({reason}). The existing file was not changed. Choose a folder that "
                "you can write to, with enough space."
            ).format(target=target, reason=translated(reason(error)))
        ) from error
    remember(profile, target)
    with suppress(JournalError):  # a log that may only be read: the next report cannot compare with this one
        note_report(journal, now)
    return WrittenReport(target, count, found.insights.episodes, listed)


def as_pdf(found: ReportQueries, *, paper: PaperSize, now: datetime) -> tuple[bytes, int, int]:
    """The document, its number of pages, and the number of episodes in its table."""
    wide, tall = paper.points
    width, height = wide - 2 * _MARGIN, tall - 2 * _MARGIN - _FOOT
    fronts = [content(found, now=now, version=__version__, charts_of_habit=charts) for charts in (True, False)]
    whole, listed = _fullest(found, fronts, width, height)
    laid = pages(whole, width, height)

    into = QByteArray()
    buffer = QBuffer(into)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    writer.setPdfVersion(QPagedPaintDevice.PdfVersion.PdfVersion_A1b)
    size = QPageSize.PageSizeId.A4 if paper is PaperSize.A4 else QPageSize.PageSizeId.Letter
    writer.setPageLayout(
        QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    )
    who = words.person(found.visit)

    def foot(number: int, count: int) -> ReportBlock:
        said = _("Self-reported. Not a diagnosis.")
        left = TextBlock(
            _("{person}. {remark}").format(person=who, remark=said) if who else said, 8, colour="#333333", one_line=True
        )
        return ColumnsBlock(
            [
                left,
                TextBlock(
                    _("Page {number} of {count}").format(number=number, count=count), 8, colour="#333333", right=True
                ),
            ],
            (0.7, 0.3),
        )

    draw(writer, laid, margin=_MARGIN, width=width, foot_at=tall - _MARGIN - 10, foot=foot)
    del writer
    buffer.close()
    facts = DocumentFacts(
        title=_(words.TITLE),
        author=printable(found.visit.name),
        creator=f"NumbGuard {__version__}",
        producer=f"Qt {qVersion()}",
        language="en-GB" if catalogue.language() == catalogue.ENGLISH else catalogue.language().replace("_", "-"),
        written_at=now,
    )
    document = bytes(into.data())
    with suppress(ValueError):  # as another version of Qt may build it: a report like any other, not for an archive
        document = archivable(document, facts)
    return document, len(laid), listed


def _fullest(
    found: ReportQueries, fronts: Sequence[list[ReportBlock | RowsBlock]], width: float, height: float
) -> tuple[list[ReportBlock | RowsBlock], int]:
    """The blocks of the report with the fullest table for which the pages have room, and the number of episodes in it.

    ``fronts`` are the blocks before the table, the preferred ones first.
    """
    table = EpisodeTable(found)
    # Many signs and long questions may take a page for themselves; the table gets one all the same.
    most = max(most_pages(found), len(pages(fronts[-1], width, height)) + 1)

    def laid(front: list[ReportBlock | RowsBlock], room: TableRoom) -> list[ReportBlock | RowsBlock]:
        held, _unused = table.blocks(room)
        return [*front, *(heading(_("Episodes, newest first")) if held else []), *held]

    def fits(front: list[ReportBlock | RowsBlock], room: TableRoom) -> bool:
        return len(pages(laid(front, room), width, height)) <= most

    for kind in rooms(found):
        for front in fronts:
            if fits(front, kind[-1]):
                room = kind[bisect_left(kind, True, key=partial(fits, front))]
                return laid(front, room), table.blocks(room)[1]
    return fronts[-1], 0
