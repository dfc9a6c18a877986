"""``numbguard insights``: statistics of the log as text or JSON. ``cli.main`` calls this verb; it imports no Qt."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from numbguard.store.profile import Profile


def insights(given: argparse.Namespace, profile: Profile) -> int:
    """Print the statistics and return the exit status; raises ``JournalError`` if the log cannot be read."""
    from numbguard.core.log.interval_suggestion import suggest
    from numbguard.ipc.documents import insights_document
    from numbguard.store.log.journal import SqliteJournal
    from numbguard.store.log.queries.insights import InsightQueries, Period
    from numbguard.store.settings import file as settings_file
    from numbguard.wording.log.insights import sentences

    with closing(SqliteJournal(profile)) as journal:
        found = InsightQueries(journal, Period(given.since, given.until)).insights()
    suggestion = suggest(found.time_to_numbness, settings_file.load(profile).settings.interval)
    if given.json:
        import json

        print(json.dumps(insights_document(found, suggestion), ensure_ascii=False, indent=2))
    else:
        print("\n".join(sentences(found, suggestion)))
    return 0
