"""The ways in which the log can fail, each with a sentence for the person: what happened, what was kept, what to do.

Every module that opens the log raises these, on its own thread. Damage is also recorded in the log's health, so that it
is reported until it is repaired.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from numbguard.core.errors import JournalError
from numbguard.core.sentence import N_, sentence
from numbguard.store.profile import UNWRITTEN, Profile, reason
from numbguard.store.windows_files import InUseError

from .health import HealthFile


class NewerDatabaseError(JournalError):
    """The log was written by a newer NumbGuard."""


class LockedDatabaseError(JournalError):
    """Another program has locked the log."""


class ReadOnlyDatabaseError(JournalError):
    """The log, or its folder, may not be written to."""


class FullDiskError(JournalError):
    """The disk has no room for another entry."""


class DamagedDatabaseError(JournalError):
    """The log is damaged: it cannot be read, or not all of it."""


class MigrationError(JournalError):
    """The log could not be brought to this NumbGuard's version."""


class UnreachableDatabaseError(JournalError):
    """The log cannot be opened, read or written for another reason."""


IN_PLACES: Final = N_("The log {log} is damaged in places.")


def damaged(profile: Profile, words: str) -> DamagedDatabaseError:
    """Record damage in the log's health and return it as an error. ``words``: a sentence with ``{log}``."""
    said = sentence(
        # Translators: {damage} is a sentence, such as “The log … is damaged in places.”
        "{damage} It was not changed, and new entries are kept in {unwritten} until you repair it. Run “numbguard "
        "repair”: it saves what can be read and deletes nothing.",
        damage=sentence(words, log=profile.database),
        unwritten=UNWRITTEN,
    )
    HealthFile(profile).found_trouble(said)
    return DamagedDatabaseError(said)


def failure(error: Exception, profile: Profile) -> JournalError:
    """Return an error of SQLite or the system as a sentence: what happened, what was kept, what to do."""
    path = profile.database
    if _means_broken_text(error) or str(error).startswith(_OF_A_DAMAGED_SCHEMA) or _means_damaged_header(error, path):
        # Not with the words of the error: they may be those of an entry.
        return damaged(profile, IN_PLACES)
    if _means_full(error, profile):
        return FullDiskError(
            sentence(
                "There is no space left on the disk of {folder}. The log was not changed. Free some space.",
                folder=profile.folder,
            )
        )
    match code(error):
        case "SQLITE_BUSY" | "SQLITE_LOCKED":
            return LockedDatabaseError(
                sentence(
                    "Another program is holding the log {path}. Nothing in it was changed. "
                    "Close that program or try again.",
                    path=path,
                )
            )
        case "SQLITE_READONLY" | "SQLITE_PERM" | "SQLITE_AUTH":
            return ReadOnlyDatabaseError(
                sentence(
                    "You don't have permission to write to the log {path}. It was not changed. Make the file and its "
                    "folder writable for you.",
                    path=path,
                )
            )
        case "SQLITE_CORRUPT" | "SQLITE_NOTADB":
            return damaged(profile, IN_PLACES)
    words = reason(error) if isinstance(error, OSError) else str(error)
    return UnreachableDatabaseError(
        sentence(
            "The log {path} could not be used ({words}). It was not changed. Check that this is a file in a folder "
            "that you can write to.",
            path=path,
            words=words,
        )
    )


def code(error: Exception) -> str:
    """Return the name of SQLite's primary result code, or of its equivalent for a system error."""
    if isinstance(error, OSError):
        if isinstance(error, InUseError):
            return "SQLITE_BUSY"
        return "SQLITE_READONLY" if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) else ""
    name = getattr(error, "sqlite_errorname", None) or ""
    return "_".join(name.split("_")[:2])


_OF_A_DAMAGED_SCHEMA = (
    *("no such column", "no such table", "no such function", "no such collation sequence"),
    "unsupported file format",
)
"""Beginnings of SQLite's messages about damage that neither its error code nor its own check calls damage."""


def _means_damaged_header(error: Exception, log: Path) -> bool:
    """Whether SQLite refuses to write a log that may be written to: its header names a format that SQLite only reads.

    https://www.sqlite.org/fileformat2.html, 1.3.3. Other causes have an extended error code.
    """
    effective = os.access in os.supports_effective_ids
    return getattr(error, "sqlite_errorname", None) == "SQLITE_READONLY" and all(
        os.access(path, os.W_OK, effective_ids=effective) for path in (log, log.parent)
    )


def _means_broken_text(error: Exception) -> bool:
    """Whether SQLite gave text that is not UTF-8: an entry, or a message about a damaged schema."""
    return isinstance(error, UnicodeError) or "Could not decode to UTF-8" in str(error)


def _means_full(error: Exception, profile: Profile) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    if code(error) == "SQLITE_FULL":
        return True
    # SQLite reports some failures for lack of room as I/O errors, the shared memory beside the log among them.
    if code(error) not in ("SQLITE_IOERR", "SQLITE_CANTOPEN"):
        return False
    import shutil

    try:
        return shutil.disk_usage(profile.folder).free < 64 * 1024
    except OSError:
        return False
