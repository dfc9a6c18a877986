"""Imports a file into the log. Its content shows its format, each entry is checked, and all is one transaction.

``numbguard import`` calls it, and so do the windows, on a worker thread.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from numbguard.core.sentence import N_, sentence, words_of
from numbguard.store.log.database import open_database
from numbguard.store.log.errors import DamagedDatabaseError, failure
from numbguard.store.log.health import HealthFile
from numbguard.store.log.journal import RecordVersion
from numbguard.store.profile import Profile, reason

from . import json_file
from .fhir import reading as fhir_reading
from .json_stream import JsonStream
from .merge import MergeResult, merge
from .sheets.column_map import ColumnMap, ColumnMapError
from .sheets.csv_file import read_csv, survey
from .sheets.encoding import encoding_of
from .types import MOST_BYTES, MOST_OF_ONE, MOST_ROWS, ExchangeError, ExchangeFormat, Imported, ReadingNotes, RowError

if TYPE_CHECKING:
    import sqlite3

Found = Iterator[tuple[int, RecordVersion | RowError]]


def import_log(
    profile: Profile, path: Path, *, all_or_nothing: bool = False, columns: ColumnMap | None = None
) -> Imported:
    """Merge a file from NumbGuard or a spreadsheet into the log. Raises ``ExchangeError`` and ``JournalError``.

    ``all_or_nothing``: import nothing where one entry is refused. ``columns``: which column is what in a diary of the
    person's own; without it, such a file raises ``UnmappedColumnsError``.
    """
    import sqlite3

    path = path.expanduser()
    try:
        _check(path)
        notes = ReadingNotes()
        with path.open(encoding=encoding_of(path), newline="") as file:
            format, found = _recognised(file, columns, notes)
            if trouble := HealthFile(profile).trouble:
                raise DamagedDatabaseError(trouble)
            connection = open_database(profile).connection
            try:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    done = _take(connection, format, found)
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                done.at_noon, done.time_column = notes.at_noon, notes.time_column
                done.kept = not (all_or_nothing and done.refused)
                connection.execute("COMMIT" if done.kept else "ROLLBACK")
            except (sqlite3.Error, UnicodeError) as error:
                raise failure(error, profile) from error
            finally:
                connection.close()
    except OSError as error:
        raise ExchangeError(
            sentence("{path} could not be read ({reason}). Nothing was imported.", path=path, reason=reason(error))
        ) from error
    except UnicodeDecodeError as error:
        raise ExchangeError(
            sentence(
                "{path} is not text in UTF-8 (see its byte {place}). Nothing was imported. Save it as “CSV "
                "UTF-8”, or export it again.",
                path=path,
                place=error.start + 1,
            )
        ) from error
    return done


def _check(path: Path) -> None:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise ExchangeError(sentence("{path} is not a file. Nothing was imported.", path=path))
    if found.st_size > MOST_BYTES:
        raise ExchangeError(
            sentence(
                "{path} is larger than {limit} GB: no log is that long. Nothing was imported.",
                path=path,
                limit=MOST_BYTES // 1024**3,
            )
        )


def _recognised(file: TextIO, columns: ColumnMap | None, notes: ReadingNotes) -> tuple[ExchangeFormat, Found]:
    start = file.read(65536)
    file.seek(0)
    if not start.lstrip().startswith("{"):
        found = survey(_lines(file), columns)
        file.seek(0)
        if found.time_column and columns is not None:
            notes.time_column = found.time_column
            columns = replace(columns, columns={**columns.columns, "started_time": found.time_column})
        return ExchangeFormat.CSV, read_csv(_lines(file), columns=columns, notes=notes, day_first=found.day_first)
    if columns is not None:
        raise ColumnMapError(N_("The file has no columns: it is JSON, which doesn't need a map. Nothing was imported."))
    # Our own file and a Bundle name their format first; with another order it is known at the end of the file.
    format = ExchangeFormat.FHIR if '"resourceType"' in start.partition("[")[0] else ExchangeFormat.JSON
    return format, _json_found(file)


def _lines(file: TextIO) -> Iterator[str]:
    number = 0
    while line := file.readline(MOST_OF_ONE):
        number += 1
        if len(line) == MOST_OF_ONE:
            raise ExchangeError(sentence("Line {number} is too long for a log. Nothing was imported.", number=number))
        yield line


def _json_found(file: TextIO) -> Found:
    stream = JsonStream(file)
    for entry in stream.entries():
        try:
            if entry.section == "entry":
                versions = fhir_reading.read_entries(entry.value)
            else:
                version = json_file.read_entry(entry.section, entry.value)
                versions = () if version is None else (version,)
        except RowError as error:
            yield entry.line, error
        else:
            yield from ((entry.line, version) for version in versions)
    if stream.head.get("resourceType") != "Bundle":
        json_file.check_head(stream.head)


def _take(connection: sqlite3.Connection, format: ExchangeFormat, found: Found) -> Imported:
    done, now = Imported(format), datetime.now(UTC)
    for number, (line, version) in enumerate(found, start=1):
        if number > MOST_ROWS:
            raise ExchangeError(
                sentence("The file contains more than {limit} entries. Nothing was imported.", limit=MOST_ROWS)
            )
        if isinstance(version, RowError):
            done.refuse(line, words_of(version))
            continue
        match merge(connection, version, whole=format is not ExchangeFormat.FHIR, now=now):
            case MergeResult.ADDED:
                done.added += 1
            case MergeResult.CHANGED:
                done.changed += 1
            case MergeResult.UNCHANGED:
                done.unchanged += 1
            case MergeResult.UNSEEN:
                pass
    return done
