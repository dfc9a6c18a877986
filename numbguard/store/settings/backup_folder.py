"""The second folder for backups that the settings name. The verbs and the nightly care call it, on any thread."""

from __future__ import annotations

from pathlib import Path

from numbguard.core.settings.settings import Settings


def backup_folder(settings: Settings) -> Path | None:
    """Return the folder of ``[backup] folder``; ``None`` where none is set."""
    if not settings.backup_folder:
        return None
    try:
        return Path(settings.backup_folder).expanduser()
    except RuntimeError:  # a home that is not known here
        return Path(settings.backup_folder)
