"""What a person can do for the log in a window: back it up, restore a backup, repair it. Each returns a sentence.

The settings window calls these off the GUI thread; ``numbguard backup``, ``restore`` and ``repair`` do the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from numbguard.store.profile import Profile

from ..copies import Backup
from ..health import HealthFile
from .backups import all_backups, back_up, content_of


class LogRecovery:
    """Backup, restore and repair, each with a connection of its own. ``second`` returns the second backup folder.

    Every method may raise ``JournalError``.
    """

    def __init__(self, profile: Profile, second: Callable[[], Path | None]) -> None:
        self._profile = profile
        self._second = second

    def trouble(self) -> str | None:
        """The sentence on damage; ``None`` for a log that is whole as far as is known."""
        return HealthFile(self._profile).trouble

    def last(self) -> str:
        """When the log was last backed up and checked."""
        health = HealthFile(self._profile).read()
        return f"Last backup: {_when(health.last_backup)}. Last found whole: {_when(health.last_check)}."

    def backups(self) -> list[Backup]:
        """The files that can be restored, newest first; they have not been opened yet."""
        return all_backups(self._profile, self._second())[::-1]

    def back_up(self) -> str:
        path = back_up(self._profile, at=_now())
        return f"Backed up to {path}."

    def restore(self, path: Path) -> str:
        from .repair import restore

        content = content_of(self._profile, path)
        aside = restore(self._profile, path, at=_now())
        many = "1 episode" if content.episodes == 1 else f"{content.episodes} episodes"
        kept = f" The log that was there is kept as {aside.name}, and can be restored here." if aside else ""
        return f"Restored {path.name}, with {many}.{kept}"

    def repair(self) -> str:
        from .repair import repair

        return repair(self._profile, at=_now(), second=self._second()).sentence()


def backup_title(backup: Backup) -> str:
    """A backup in the words of a list."""
    kinds = {"backup": "", "replaced": ", replaced by a restore", "rescued": ", saved when it was deleted"}
    return f"{backup.made_at.astimezone():%d %b %Y, %H:%M}{kinds.get(backup.kind, ', before an update')}"


def _when(moment: datetime | None) -> str:
    return "never" if moment is None else f"{moment.astimezone():%d %b %Y, %H:%M}"


def _now() -> datetime:
    return datetime.now().astimezone()
