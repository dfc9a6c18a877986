"""The log out and in: CSV for spreadsheets, JSON for another NumbGuard, FHIR R4 for a doctor's system.

``export_log`` and ``import_log`` are what the command line and the windows call, each on a thread of its own choosing:
they open the log for themselves and close it again. Nothing here is imported before somebody exports or imports.
"""

from __future__ import annotations

from .export import export_log
from .import_ import import_log
from .types import ExchangeError, ExchangeFormat, Exported, Imported, RefusedEntry

__all__ = ["ExchangeError", "ExchangeFormat", "Exported", "Imported", "RefusedEntry", "export_log", "import_log"]
