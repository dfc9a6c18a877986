"""The log out and in: CSV for spreadsheets, JSON for another NumbGuard, FHIR R4 for a doctor's system.

``export_log`` and ``import_log`` are what the command line and the windows call, each on a thread of its own choosing:
they open the log for themselves and close it again. Nothing here is imported before somebody exports or imports.
"""

from __future__ import annotations

from .going_out import export_log
from .taking_in import import_log
from .terms import ExchangeError, Exported, Format, Imported, Refusal

__all__ = ["ExchangeError", "Exported", "Format", "Imported", "Refusal", "export_log", "import_log"]
