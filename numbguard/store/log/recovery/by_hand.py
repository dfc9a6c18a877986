"""Backs up, restores and repairs the log for a window; each action returns a sentence.

The settings window calls these off the GUI thread; ``numbguard backup``, ``restore`` and ``repair`` do the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from numbguard.core.sentence import counted, sentence
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
            "Last backup: {backup}. Last found intact: {check}.",
            backup=_when(health.last_backup),
            check=_when(health.last_check),
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
        if aside is None:
            return counted(
                "Restored {path}, with {count} episode.",
                "Restored {path}, with {count} episodes.",
                content.episodes,
                path=path.name,
            )
        return counted(
            "Restored {path}, with {count} episode. The previous log is kept as {aside}, and you can restore it here.",
            "Restored {path}, with {count} episodes. The previous log is kept as {aside}, and you can restore it here.",
            content.episodes,
            path=path.name,
            aside=aside.name,
        )

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
    found = [other_readers(folder) for folder in (second, profile.folder) if folder is not None]
    notes = [note for note in found if note]
    if len(notes) == 2:
        return sentence("{first} {second}", first=notes[0], second=notes[1])
    return notes[0] if notes else None


def backup_title(backup: Backup) -> str:
    """Return a backup's date and kind as the line of a list."""
    moment = _when(backup.made_at)
    match backup.kind:
        case "backup":
            return moment
        case "replaced":
            return sentence("{moment}, replaced by a restore", moment=moment)
        case "rescued":
            return sentence("{moment}, saved when it was deleted", moment=moment)
    return sentence("{moment}, before an update", moment=moment)


def _when(moment: datetime | None) -> str:
    return sentence("never") if moment is None else f"{moment.astimezone():%d %b %Y, %H:%M}"


def _now() -> datetime:
    return datetime.now().astimezone()
