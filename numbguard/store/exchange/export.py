"""Writes the log to a file for the person: whole or not at all, owner-only, piece by piece.

``numbguard export`` calls it, and so do the windows, on a worker thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode, as_read
from numbguard.core.sentence import sentence
from numbguard.store.fresh_file import fresh_file, sweep
from numbguard.store.log.database import open_database
from numbguard.store.log.errors import failure
from numbguard.store.log.journal import RecordVersion
from numbguard.store.profile import Profile, reason
from numbguard.store.written_files import remember

from .fhir.file import write_fhir
from .json_file import write_json
from .log_rows import all_versions
from .plain import SECTIONS
from .sheets.csv_file import write_csv
from .types import ExchangeError, ExchangeFormat, Exported, Patient

if TYPE_CHECKING:
    import sqlite3


def export_log(
    profile: Profile, path: Path, format: ExchangeFormat, *, at: datetime, patient: Patient | None = None
) -> Exported:
    """Write the whole log to ``path``, which is replaced. Raises ``ExchangeError`` and ``JournalError``.

    ``patient``: what the person gives of themselves in a FHIR document; nothing where omitted.
    """
    import sqlite3

    target = path.expanduser().resolve()
    if profile.owns(target):
        raise ExchangeError(
            sentence("{target} is a file of NumbGuard's own. Nothing was written. Choose another name.", target=target)
        )
    connection = open_database(profile).connection
    try:
        connection.execute("BEGIN")  # a snapshot of the log, whatever is written to it meanwhile
        counted = _Counted(_as_read(_versions(connection, format), at))
        pieces = {
            ExchangeFormat.CSV: lambda: write_csv(counted, _answers(connection)),
            ExchangeFormat.JSON: lambda: write_json(counted, at=at),
            ExchangeFormat.FHIR: lambda: write_fhir(
                counted, _answers(connection), at=at, patient=patient or Patient(), document=str(uuid4())
            ),
        }[format]()
        _write(profile, target, pieces)
    except OSError as error:
        raise ExchangeError(
            sentence(
                "{target} could not be written ({reason}). The existing file was not changed. Choose a folder "
                "that you can write to, with enough space.",
                target=target,
                reason=reason(error),
            )
        ) from error
    except (sqlite3.Error, UnicodeError) as error:
        raise failure(error, profile) from error
    finally:
        connection.close()
    remember(profile, target)
    return Exported(target, format, counted.episodes)


def _versions(connection: sqlite3.Connection, format: ExchangeFormat) -> Iterator[RecordVersion]:
    if format is ExchangeFormat.JSON:
        return all_versions(connection, tuple(SECTIONS.values()), deleted=True)
    return all_versions(connection, (Episode,), deleted=False)


def _as_read(versions: Iterator[RecordVersion], at: datetime) -> Iterator[RecordVersion]:
    """Yield the versions; the end of an episode that is too old to be open is not known."""
    for version in versions:
        record = version.record
        yield version._replace(record=as_read(record, at)) if isinstance(record, Episode) else version


def _answers(connection: sqlite3.Connection) -> dict[str, list[SignAnswer]]:
    found: dict[str, list[SignAnswer]] = {}
    for version in all_versions(connection, (SignAnswer,), deleted=False):
        assert isinstance(version.record, SignAnswer)
        found.setdefault(version.record.episode, []).append(version.record)
    return found


class _Counted:
    def __init__(self, versions: Iterator[RecordVersion]) -> None:
        self._versions = versions
        self.episodes = 0

    def __iter__(self) -> Iterator[RecordVersion]:
        for version in self._versions:
            self.episodes += isinstance(version.record, Episode) and not version.deleted
            yield version


def _write(profile: Profile, target: Path, pieces: Iterable[str]) -> None:
    sweep(profile)
    with fresh_file(profile, target) as file:
        for piece in pieces:
            file.write(piece.encode("utf-8", "replace"))
