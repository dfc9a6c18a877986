"""Backs up, restores and repairs the log for a window; each action returns a sentence.

The settings window calls these off the GUI thread; ``numbguard backup``, ``restore`` and ``repair`` do the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from numbguard.core.sentence import N_, sentence
from numbguard.store.profile import Profile

from ..copies import Backup
from ..health import HealthFile
from .backups import all_backups, back_up, content_of
from .readers import other_readers


@dataclass(frozen=True, slots=True)
class BackupList:
    """The files that can be restored, newest first, not opened yet; ``note``: a sentence on their folders, if any."""

    backups: tuple[Backup, ...]
    note: str | None


class LogRecovery:
    """Backup, restore and repair, each with a connection of its own. ``second`` returns the second backup folder.

    Every method may raise ``JournalError``.
    """

    def __init__(self, profile: Profile, second: Callable[[], Path | None]) -> None:
        self._profile = profile
        self._second = second

    def trouble(self) -> str | None:
        """Return the sentence on damage; ``None`` for a log that is whole as far as is known."""
        return HealthFile(self._profile).trouble

    def last(self) -> str:
        """Return when the log was last backed up and found whole, as two sentences."""
        health = HealthFile(self._profile).read()
        return sentence(
            "Last backup: {when}. Last found intact: {when_2}.",
            when=_when(health.last_backup),
            when_2=_when(health.last_check),
        )

    def backups(self) -> BackupList:
        """Return what can be restored. Not for the GUI thread: the second folder may be on a slow disk."""
        second = self._second()
        return BackupList(tuple(all_backups(self._profile, second)[::-1]), second_folder_note(self._profile, second))

    def back_up(self) -> str:
        path = back_up(self._profile, at=_now())
        return sentence("Backed up to {path}.", path=path)

    def restore(self, path: Path) -> str:
        from .repair import restore

        content = content_of(self._profile, path)
        aside = restore(self._profile, path, at=_now())
        many = N_("1 episode") if content.episodes == 1 else f"{content.episodes} episodes"
        kept = f" The previous log is kept as {aside.name}, and you can restore it here." if aside else ""
        return sentence("Restored {path}, with {many}.{kept}", path=path.name, many=many, kept=kept)

    def repair(self) -> str:
        from .repair import repair

        return repair(self._profile, at=_now(), second=self._second()).sentence()


def second_folder_note(profile: Profile, second: Path | None) -> str | None:
    """Return a sentence where the second folder is missing or others can read it; else one on the profile's own."""
    if second is not None and not second.is_dir():
        return sentence(
            "The second folder for backups, {second}, doesn't exist. Until it does, backups are made in one place.",
            second=second,
        )
    notes = [other_readers(folder) for folder in (second, profile.folder) if folder is not None]
    return " ".join(note for note in notes if note) or None


def backup_title(backup: Backup) -> str:
    """Return a backup's date and kind as the line of a list."""
    kinds = {"backup": "", "replaced": ", replaced by a restore", "rescued": ", saved when it was deleted"}
    return f"{backup.made_at.astimezone():%d %b %Y, %H:%M}{kinds.get(backup.kind, ', before an update')}"


def _when(moment: datetime | None) -> str:
    return "never" if moment is None else f"{moment.astimezone():%d %b %Y, %H:%M}"


def _now() -> datetime:
    return datetime.now().astimezone()
