"""``numbguard backup``, ``restore`` and ``repair``. Imported by these verbs alone.

``cli`` calls them with the parsed words and the profile. They work beside a running app: while a log is replaced it
counts as damaged, so that the app keeps new entries in the spool, and the app is then asked to read the log again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from numbguard.ipc.client import ask
from numbguard.ipc.line import NotRunning
from numbguard.store.log.copies import stamp
from numbguard.store.log.errors import DamagedDatabaseError, LockedDatabaseError
from numbguard.store.log.recovery.backups import BackupError, all_backups, back_up, content_of
from numbguard.store.log.recovery.readers import other_readers
from numbguard.store.log.recovery.repair import repair as repair_log
from numbguard.store.log.recovery.repair import restore as restore_log
from numbguard.store.settings import file as settings_file
from numbguard.store.settings.backup_folder import backup_folder
from numbguard.store.written_files import remember
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _, ngettext, translated

from ..support import VerbError, complain, log_of, say

if TYPE_CHECKING:
    import argparse

    from numbguard.store.log.copies import Backup
    from numbguard.store.profile import Profile

T = TypeVar("T")

_KINDS = {
    "backup": "{content}",
    "replaced": N_("{content}, replaced by a restore"),
    "rescued": N_("{content}, saved when it was deleted"),
}
"""What the list says of a backup, by its kind: its content, and why it was made."""


def backup(given: argparse.Namespace, profile: Profile) -> int:
    _write_pending(profile)
    to = None if given.file is None else _target(given.file, profile)
    try:
        path = back_up(profile, at=_now(), to=to)
    except OSError as error:
        raise VerbError(
            _("{to} could not be written ({strerror}). Choose another place.").format(to=to, strerror=error.strerror)
        ) from None
    if to is not None:
        remember(profile, path)
    content = content_of(profile, path)
    readers = other_readers(path.parent)
    if readers:
        complain(readers)
    document = {
        "file": str(path),
        "episodes": content.episodes,
        "breaks": content.breaks,
        "other_readers": readers,
    }
    counts = formats.listed([_episodes(content.episodes), _breaks(content.breaks)])
    # Translators: Such as “12 episodes and 30 breaks”.
    return say(given, document, _("Backed up {counts} to {path}.").format(counts=counts, path=path))


def restore(given: argparse.Namespace, profile: Profile) -> int:
    if given.file is None:
        return _list(given, profile)
    source = _source(given.file, profile)
    _write_pending(profile)
    aside = _again_without_the_app(profile, lambda: restore_log(profile, source, at=_now()))
    _read_again(profile)
    document = {"file": str(source), "aside": str(aside) if aside else None}
    said = _("Restored {source}. The previous log is kept as {aside}.") if aside else _("Restored {source}.")
    return say(given, document, said.format(source=source, aside=aside))


def repair(given: argparse.Namespace, profile: Profile) -> int:
    report = _again_without_the_app(profile, lambda: repair_log(profile, at=_now(), second=_second(profile)))
    _read_again(profile)
    return say(given, report.document(), translated(report.sentence()))


def _list(given: argparse.Namespace, profile: Profile) -> int:
    documents: list[dict[str, object]] = []
    lines = []
    for one in reversed(all_backups(profile, _second(profile))):
        when = one.made_at.astimezone().isoformat(timespec="seconds")
        document: dict[str, object] = {"file": str(one.path), "made_at": when, "kind": _kind(one)}
        try:
            content = content_of(profile, one.path)
        except BackupError as error:
            document |= {"sound": False, "episodes": None, "breaks": None}
            words = _("cannot be restored")
            complain(translated(error))
        else:
            document |= {"sound": True, "episodes": content.episodes, "breaks": content.breaks}
            words = formats.enumerated([_episodes(content.episodes), _breaks(content.breaks)])
        documents.append(document)
        said = translated(_KINDS.get(one.kind) or N_("{content}, before an update")).format(content=words)
        lines.append(f"{when}  {said}  {one.path}")
    none = _("There are no backups yet. Run “numbguard backup” to make one.")
    return say(given, documents, "\n".join(lines) or none)


def _kind(backup: Backup) -> str:
    return backup.kind if backup.kind in _KINDS else "update"


def _target(named: str, profile: Profile) -> Path:
    path = Path(named).expanduser()
    if path.is_dir():
        path /= f"numbguard-backup-{stamp(_now())}.db"
    if path.exists():
        raise VerbError(_("There is already a file {path}. It was not changed. Choose another name.").format(path=path))
    if not path.parent.is_dir():
        raise VerbError(
            _("There is no folder {parent}. Create it, or choose another place.").format(parent=path.parent)
        )
    if profile.owns(path.resolve()) and path.resolve().parent != profile.backups:
        raise VerbError(_("{path} is one of NumbGuard's own files. Choose another place.").format(path=path))
    return path.absolute()


def _source(named: str, profile: Profile) -> Path:
    """A path, or the bare name of one of the listed backups."""
    path = Path(named).expanduser()
    if not path.exists() and path.name == named:
        path = next((one.path for one in all_backups(profile, _second(profile)) if one.path.name == named), path)
    return path.absolute()


def _second(profile: Profile) -> Path | None:
    return backup_folder(settings_file.load(profile).settings)


def _write_pending(profile: Profile) -> None:
    with log_of(profile) as journal:
        journal.retry()


def _again_without_the_app(profile: Profile, deed: Callable[[], T]) -> T:
    """Do it; where another program holds the log, ask the app to read it, and try once more.

    On Windows nobody can move a log that is open. Once it counts as damaged, the app closes it after each look at it.
    """
    try:
        return deed()
    except (LockedDatabaseError, DamagedDatabaseError):
        if sys.platform == "win32":
            with suppress(NotRunning):
                ask(profile, {"verb": "reread"})
            return deed()
        raise


def _read_again(profile: Profile) -> None:
    """Write the entries that were kept meanwhile, and have a running app look at the log."""
    _write_pending(profile)
    with suppress(NotRunning):
        ask(profile, {"verb": "reread"})


def _episodes(count: int) -> str:
    return ngettext("{count} episode", "{count} episodes", count).format(count=count)


def _breaks(count: int) -> str:
    return ngettext("{count} break", "{count} breaks", count).format(count=count)


def _now() -> datetime:
    return datetime.now().astimezone()
