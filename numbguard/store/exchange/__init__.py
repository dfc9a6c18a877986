"""Exports and imports the log: CSV for spreadsheets, JSON for another NumbGuard, FHIR R4 for a doctor's system.

The command line and the windows call ``export_log`` and ``import_log``, on any thread: both open the log for themselves
and close it again. Nothing here is imported before the first export or import.
"""

from __future__ import annotations

from .export import export_log
from .import_ import import_log
from .sheets.column_map import ColumnMap, ColumnMapError, SheetSample, UnmappedColumnsError
from .types import ExchangeError, ExchangeFormat, Exported, Imported, Patient, RefusedEntry

__all__ = [
    "ColumnMap",
    "ColumnMapError",
    "ExchangeError",
    "ExchangeFormat",
    "Exported",
    "Imported",
    "Patient",
    "RefusedEntry",
    "SheetSample",
    "UnmappedColumnsError",
    "export_log",
    "import_log",
]
