"""Says who else can read the backups in a folder: everybody on a disk without file rights, a cloud drive's company.

``numbguard backup``, ``numbguard check`` and the settings window call it, on any thread but the GUI thread: a disk on
the network may take its time.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from numbguard.core.sentence import sentence
from numbguard.store.profile import open_private

_DRIVES = re.compile(
    r"Dropbox( \(.*\))?|OneDrive( - .*)?|Google ?Drive|GoogleDrive-.*|My Drive|iCloud ?Drive|com~apple~CloudDocs"
    r"|Mobile Documents|CloudStorage|Nextcloud.*|ownCloud.*|pCloud ?Drive|MEGA(sync)?|Box( Sync)?|Yandex\.Disk"
    r"|Proton ?Drive|Seafile|kDrive|HiDrive|MagentaCLOUD|Tresorit|Insync|Syncthing",
    re.IGNORECASE,
)
"""The usual names of the folders that cloud drives keep in step."""

_MARKS = (".dropbox", ".dropbox.cache", ".nextcloudsync.log", ".owncloudsync.log", ".stfolder", ".tmp.driveupload")
"""Files and folders that a cloud drive's program keeps in its folder, whatever that is called."""

_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""Variables of the environment in which OneDrive's program on Windows says where its folders are."""

_MOUNTED = re.compile(r"davfs|fuse\.(rclone|google-drive-ocamlfuse|onedriver?|pcloud.*|gdfuse|davfs2?|s3fs)")
"""File systems that are a cloud drive, as Linux names them."""


def other_readers(folder: Path) -> str | None:
    """Return a sentence on who else can read what NumbGuard writes into ``folder``; ``None`` where nobody can.

    Also ``None`` where the folder is not there or may not be written to.
    """
    if (drive := _cloud_drive(folder)) is not None:
        return sentence(
            "The folder {folder} is part of a cloud drive ({drive}): the company that runs it, and anyone who can "
            "open that drive, can read the backups there.",
            folder=folder,
            drive=drive,
        )
    if _has_no_rights(folder):
        return sentence(
            "The disk of the folder {folder} has no file permissions: anyone who can use that disk can read the "
            "backups there.",
            folder=folder,
        )
    return None


def _has_no_rights(folder: Path) -> bool:
    """Whether a file made for its owner alone can be read by others, as on FAT; tried with an empty file."""
    if sys.platform == "win32":
        from numbguard.store.windows_rights import has_no_lists

        return has_no_lists(folder)
    probe = folder / f".numbguard-probe-{os.urandom(6).hex()}"
    try:
        handle = open_private(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except OSError:
        return False
    try:
        return bool(os.fstat(handle).st_mode & 0o044)
    finally:
        os.close(handle)
        with suppress(OSError):
            probe.unlink()


def _cloud_drive(folder: Path) -> str | None:
    """The name of the cloud drive's folder in which a folder lies, if it does."""
    path = Path(os.path.realpath(folder))
    for one in (path, *path.parents):
        if one.parent == one:
            break
        if _DRIVES.fullmatch(one.name) or any(os.path.lexists(one / mark) for mark in _MARKS):
            return one.name
    for variable in _VARIABLES:
        told = os.environ.get(variable, "")
        if told and path.is_relative_to(os.path.realpath(told)):
            return Path(told).name
    return next((mount.name for mount in _cloud_mounts() if path.is_relative_to(mount)), None)


def _cloud_mounts() -> Iterator[Path]:
    """Yield where cloud drives are mounted, as Linux says (proc(5), mountinfo)."""
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        before, _, after = line.partition(" - ")
        if _MOUNTED.fullmatch(after.split(" ")[0]):
            yield Path(re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), before.split(" ")[4]))
