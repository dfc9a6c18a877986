"""``numbguard report``: writes a PDF for a doctor. ``dispatch`` calls this verb.

It needs no display, but it uses Qt's fonts and drawing. Qt runs off screen, and its warnings about that are suppressed.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from numbguard.app.process.lean_qt import import_qt
from numbguard.wording import formats
from numbguard.wording.catalogue import _, ngettext, translated

from ..support import DONE, WRONG_WORDS, VerbError, complain

if TYPE_CHECKING:
    import argparse

    from numbguard.core.log.visit import VisitDetails
    from numbguard.store.log.journal import SqliteJournal
    from numbguard.store.profile import Profile


def report(given: argparse.Namespace, profile: Profile) -> int:
    """Write the report and return the exit status; raises ``JournalError`` if the log cannot be read."""
    if given.since is not None and given.until is not None and given.since.astimezone() >= given.until.astimezone():
        raise VerbError(_("--since is later than --until. Give the earlier date with --since."), WRONG_WORDS)
    path = Path(given.file)
    if given.anonymous and (given.name is not None or given.born is not None):
        raise VerbError(_("Give either --anonymous or a name and date of birth, not both."), WRONG_WORDS)
    if path.suffix.lower() != ".pdf":
        raise VerbError(
            _("A report is a PDF. Use a file name that ends in .pdf, not {path}.").format(path=path.name), WRONG_WORDS
        )
    import_qt()
    from PySide6.QtCore import QCoreApplication, qInstallMessageHandler
    from PySide6.QtGui import QGuiApplication

    from numbguard.store.log.journal import SqliteJournal
    from numbguard.store.log.queries.insights import Period
    from numbguard.store.log.spool.safe_journal import SafeJournal
    from numbguard.ui.report.pdf import PaperSize, ReportError, paper_of, write_report

    former = qInstallMessageHandler(lambda *_words: None)
    app = QCoreApplication.instance() or QGuiApplication(["numbguard", "-platform", "offscreen"])
    journal = SqliteJournal(profile)
    try:
        # Write entries that the log could not take earlier, so that the report is complete.
        waiting = SafeJournal(journal, profile)
        waiting.retry()
        for note in waiting.notes():
            complain(note)
        written = write_report(
            profile,
            journal,
            path,
            period=Period(given.since, given.until),
            paper=PaperSize(given.paper) if given.paper else paper_of(usual_locale()),
            now=datetime.now().astimezone(),
            visit=_visit(given, journal),
        )
    except ReportError as error:
        raise VerbError(translated(error)) from None
    finally:
        journal.close()
        qInstallMessageHandler(former)
        del app
    if given.json:
        document = {
            "path": str(written.path),
            "pages": written.pages,
            "episodes": written.episodes,
            "listed": written.listed,
        }
        print(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        pages = ngettext("{count} page", "{count} pages", written.pages).format(count=written.pages)
        episodes = ngettext("{count} episode", "{count} episodes", written.episodes).format(
            count=formats.number(written.episodes)
        )
        # Translators: A file, and how much is in it, such as “2 pages, 12 episodes”.
        print(_("Written: {path} ({pages}, {episodes}).").format(path=written.path, pages=pages, episodes=episodes))
    return DONE


def _visit(given: argparse.Namespace, journal: SqliteJournal) -> VisitDetails | None:
    """Return what is kept for the visit, changed by the words for this report alone; ``None`` where there are none."""
    from numbguard.core.log.visit import on_one_line
    from numbguard.store.log.rows.moments import clean
    from numbguard.store.log.visit import read_visit
    from numbguard.ui.report.words import day

    changes: dict[str, str] = {"name": "", "born": ""} if given.anonymous else {}
    if given.question is not None:
        changes["questions"] = clean("\n".join(" ".join(question.split()) for question in given.question)) or ""
    if given.name is not None:
        changes["name"] = clean(on_one_line(given.name)) or ""
    if given.born is not None:
        changes["born"] = day(given.born)
    return replace(read_visit(journal), **changes) if changes else None


def usual_locale() -> str:
    """Return the locale that determines the paper size; empty if none is set."""
    return next((os.environ[name] for name in ("LC_ALL", "LC_PAPER", "LANG") if os.environ.get(name)), "")
