"""Keeps what the person wants on the report, and when each report was written, in the log.

It is health data as the entries are: owner-only, in every backup, and emptied by *Delete everything*. Exports do not
contain it. The insights window and the writing of a report call it, each with the journal of its thread; the functions
raise ``JournalError`` as the journal does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from numbguard.core.log.visit import VisitDetails, on_one_line

from .journal import SqliteJournal, now_us
from .rows.moments import clean, microseconds, moment

_REPORTS_KEPT = 100


def read_visit(journal: SqliteJournal) -> VisitDetails:
    """Return what is kept; words that this version does not know are left alone."""
    with journal.reading() as connection:
        rows = connection.execute("SELECT word, content FROM visit").fetchall()
    found: Mapping[str, str] = {str(word): str(content) for word, content in rows}
    return VisitDetails(found.get("questions", ""), found.get("name", ""), found.get("born", ""))


def keep_visit(journal: SqliteJournal, details: VisitDetails) -> None:
    """Keep these details in place of the former ones, on the disk; one that is empty is deleted."""
    kept = VisitDetails(details.questions.strip(), on_one_line(details.name), on_one_line(details.born))
    with journal.writing() as connection:
        for word, content in asdict(kept).items():
            if content:
                connection.execute(
                    "INSERT OR REPLACE INTO visit (word, changed_us, content) VALUES (?, ?, ?)",
                    (word, now_us(), clean(content)),
                )
            else:
                connection.execute("DELETE FROM visit WHERE word = ?", (word,))


def note_report(journal: SqliteJournal, at: datetime) -> None:
    """Record that a report was written at this moment."""
    offset = at.utcoffset()
    with journal.writing() as connection:
        connection.execute(
            "INSERT INTO reports (written_us, written_offset_s) VALUES (?, ?)",
            (microseconds(at), round(offset.total_seconds()) if offset else 0),
        )
        connection.execute(
            "DELETE FROM reports WHERE n NOT IN (SELECT n FROM reports ORDER BY n DESC LIMIT ?)", (_REPORTS_KEPT,)
        )


def last_report(journal: SqliteJournal, before: datetime) -> datetime | None:
    """Return when the latest report before this moment was written."""
    with journal.reading() as connection:
        row = connection.execute(
            "SELECT written_us, written_offset_s FROM reports WHERE written_us < ? ORDER BY written_us DESC LIMIT 1",
            (microseconds(before),),
        ).fetchone()
    return moment(*row) if row else None
