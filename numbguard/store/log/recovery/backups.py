"""Backups of the log: made nightly or by hand, listed, checked for a restore, and thinned out.

The nightly care and the verbs call it, on any thread. ``copies.py`` makes each copy and names the kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from numbguard.core.errors import JournalError
from numbguard.core.sentence import sentence
from numbguard.store.profile import Profile, reason

from ..copies import Backup, backups_in, copy_checked, opened_copy, private_folder, stamp
from ..database import VERSION, open_database
from ..entries import unreadable_entries
from ..errors import failure
from ..file_set import free_path, tidy
from ..health import HealthFile
from ..integrity import faults, log_version

if TYPE_CHECKING:
    import sqlite3

DAYS, WEEKS, MONTHS = 7, 4, 12
"""The number of days, weeks and months of which the latest backup is kept."""

_COUNTED = ("episodes", "breaks", "bouts", "habit_ticks", "posture_checks", "sign_answers")
_BESIDE_ENTRIES = (
    "SELECT count(*), coalesce(max(changed_us), 0) FROM visit",
    "SELECT count(*), coalesce(max(written_us), 0) FROM reports",
)


class BackupError(JournalError):
    """A backup could not be made, found or used. The message is a sentence."""


@dataclass(frozen=True, slots=True)
class BackupContent:
    """What a sound backup contains: entries that were not undone, and the days of the first and last."""

    episodes: int
    breaks: int
    version: int


def back_up(profile: Profile, *, at: datetime, to: Path | None = None) -> Path:
    """Make a checked backup of the log, in the profile's ``backups`` unless ``to`` names another file.

    Raises ``JournalError``; then no file is left behind.
    """
    import sqlite3

    opened = open_database(profile)
    try:
        target = to or free_path(private_folder(profile.backups), f"numbguard-backup-{stamp(at)}")
        copy_checked(opened.connection, profile, target)
        HealthFile(profile).backed_up(at, _state(opened.connection))
    except (sqlite3.Error, OSError, UnicodeError) as error:
        raise failure(error, profile) from error
    finally:
        opened.close()
    return target


def back_up_if_changed(profile: Profile, *, at: datetime, second: Path | None = None) -> Path | None:
    """Make the nightly backup where the log has changed since the last one, and thin out the older ones.

    ``second``: a folder that gets a copy as well; where it is missing, ``BackupError`` says so once the first copy is
    made. Returns the new backup, or ``None`` where nothing has changed. Raises ``JournalError``.
    """
    import sqlite3

    tidy(profile.folder)
    opened = open_database(profile)
    try:
        known, state = HealthFile(profile).read(), _state(opened.connection)
        is_missing = second is not None and not any(backups_in(second))
        if known.backed_up == state and backups_in(profile.backups) and not is_missing:
            return None
        name = f"numbguard-backup-{stamp(at)}"
        target = free_path(private_folder(profile.backups), name)
        copy_checked(opened.connection, profile, target)
        HealthFile(profile).backed_up(at, state)
        thin_out(profile.backups)
        if second is not None:
            if not second.is_dir():
                raise BackupError(
                    sentence(
                        "The second folder for backups, {second}, doesn't exist. The backup in {backups} was "
                        "made. Connect its disk, or change [backup] folder in the settings.",
                        second=second,
                        backups=profile.backups,
                    )
                )
            copy_checked(opened.connection, profile, free_path(second, name))
            HealthFile(profile).backed_up(at, state, second)
            thin_out(second)
        return target
    except (sqlite3.Error, OSError, UnicodeError) as error:
        raise failure(error, profile) from error
    finally:
        opened.close()


def content_of(profile: Profile, path: Path) -> BackupContent:
    """Check a backup and return what it contains. Raises ``BackupError`` where it cannot be restored."""
    import sqlite3

    if not path.is_file():
        raise BackupError(sentence("There is no file {path}. Run “numbguard restore” to list the backups.", path=path))
    try:
        with opened_copy(profile, path) as connection:
            version = log_version(connection)
            names = {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            found = faults(connection)
            if version > VERSION:
                raise BackupError(
                    sentence(
                        "{path} was written by a newer NumbGuard (its version is {version}, this program knows "
                        "{known}). Update NumbGuard to restore it.",
                        path=path,
                        version=version,
                        known=VERSION,
                    )
                )
            if not version or "episodes" not in names:
                raise BackupError(sentence("{path} isn't a NumbGuard log. Nothing was changed.", path=path))
            if found or unreadable_entries(connection):
                raise BackupError(sentence("{path} is damaged and was not restored. Choose another backup.", path=path))
            (episodes,) = connection.execute("SELECT count(*) FROM episodes WHERE NOT deleted").fetchone()
            (breaks,) = connection.execute("SELECT count(*) FROM breaks").fetchone()
    except (sqlite3.DatabaseError, UnicodeError) as error:
        raise BackupError(
            sentence("{path} is damaged or isn't a NumbGuard log. Choose another backup.", path=path)
        ) from error
    except OSError as error:
        raise BackupError(
            sentence("{path} could not be read ({reason}). Nothing was changed.", path=path, reason=reason(error))
        ) from error
    return BackupContent(int(episodes), int(breaks), version)


def all_backups(profile: Profile, second: Path | None = None) -> list[Backup]:
    """Return the backups of the profile and of its second folders, oldest first."""
    folders = [profile.backups, *second_folders(profile, second)]
    return sorted((one for folder in folders for one in backups_in(folder)), key=lambda one: one.made_at)


def second_folders(profile: Profile, second: Path | None = None) -> list[Path]:
    """Return the folders outside the profile that have had a backup, and the one set now."""
    names = [*HealthFile(profile).read().folders, *([str(second)] if second else [])]
    return [Path(name) for name in dict.fromkeys(names)]


def sound_backups(profile: Profile, candidates: Sequence[Backup]) -> Iterator[Backup]:
    """Yield the backups that can be restored, the newest first; each is opened and checked only when asked for."""
    for backup in reversed(candidates):
        with suppress(BackupError):
            content_of(profile, backup.path)
            yield backup


def thin_out(folder: Path) -> list[Path]:
    """Delete older backups; keep the latest of each of the last 7 days, 4 weeks and 12 months that have one.

    Only backups made nightly or by hand are deleted. Returns the deleted files.
    """
    made = [one for one in backups_in(folder) if one.kind == "backup"]
    keep: set[Path] = set()
    for most, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        latest = {one.made_at.astimezone().strftime(period): one.path for one in made}
        keep.update(list(latest.values())[-most:])
    gone = [one.path for one in made if one.path not in keep]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _state(connection: sqlite3.Connection) -> str:
    """A text that differs whenever an entry was added, changed or undone."""
    parts = [
        connection.execute(f"SELECT count(*), coalesce(max(edited_us), 0) FROM {table}").fetchone()
        for table in _COUNTED
    ]
    for query in _BESIDE_ENTRIES:
        parts.append(connection.execute(query).fetchone())
    return f"{log_version(connection)}:" + ",".join(f"{count}.{edited}" for count, edited in parts)
