"""The verb `report`: a PDF for a doctor. Called by `cli.main`; needs no display, but Qt's letters and lines.

Qt is started off screen for it, and what it says about that is no news to whoever asked for a report.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from numbguard.app.lean_qt import import_qt

from .support import DONE, WRONG_WORDS, VerbError, complain

if TYPE_CHECKING:
    import argparse

    from numbguard.store.profile import Profile


def report(given: argparse.Namespace, profile: Profile) -> int:
    """Write it and give the exit status; raises ``JournalError`` where the log cannot be read."""
    if given.since is not None and given.until is not None and given.since >= given.until:
        raise VerbError("--since lies after --until. Give the earlier date with --since.", WRONG_WORDS)
    path = Path(given.file)
    if path.suffix.lower() != ".pdf":
        raise VerbError(f"A report is a PDF: end the name {path.name} in .pdf.", WRONG_WORDS)
    import_qt()
    from PySide6.QtCore import QCoreApplication, qInstallMessageHandler
    from PySide6.QtGui import QGuiApplication

    from numbguard.store.log.insight_queries import Period
    from numbguard.store.log.journal import SqliteJournal
    from numbguard.store.log.safe_journal import SafeJournal
    from numbguard.ui.report.pdf import PaperSize, ReportError, paper_of, write_report

    former = qInstallMessageHandler(lambda *_words: None)
    app = QCoreApplication.instance() or QGuiApplication(["numbguard", "-platform", "offscreen"])
    journal = SqliteJournal(profile)
    try:
        # What the log could not take before goes in first, so that the report holds all there is.
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
        )
    except ReportError as error:
        raise VerbError(str(error)) from None
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
        many = "1 page" if written.pages == 1 else f"{written.pages} pages"
        told = "1 episode" if written.episodes == 1 else f"{written.episodes:,} episodes"
        print(f"Written: {written.path} ({many}, {told}).")
    return DONE


def usual_locale() -> str:
    """The locale that paper comes from here."""
    return next((os.environ[name] for name in ("LC_ALL", "LC_PAPER", "LANG") if os.environ.get(name)), "")
