"""The profile: one folder with settings, log, state and socket, and the functions that write files there.

Files are owner-only and are written whole. The command line and the composition root find the profile at start; the
other modules of the store take their paths from it, on any thread.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from numbguard.core.sentence import sentence

FOLDER_MODE, FILE_MODE = 0o700, 0o600
UNWRITTEN = "unwritten.jsonl"
_PATIENCE_S = 30.0
"""Seconds to wait on Windows for another NumbGuard that holds a lock for moments."""

_OURS = (
    "settings.toml",
    "numbguard.",
    "state.json",
    "unwritten.jsonl",
    "log-health.json",
    "backups",
    "cards",
    "routines",
    "exports.json",
    "unfinished.json",
    "said.json",
    "windows.json",
    ".numbguard-",
)


class ProfileError(Exception):
    """The profile folder cannot be used. The message is a sentence: what happened and what to do."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile folder and the paths in it."""

    folder: Path

    @classmethod
    def find(cls, explicit: str | None = None, environ: Mapping[str, str] | None = None) -> Profile:
        """Return the profile of ``--profile``, else of ``NUMBGUARD_PROFILE``, else the platform's own."""
        profile = cls.named(explicit, environ)
        profile.make()
        return profile

    @classmethod
    def named(cls, explicit: str | None = None, environ: Mapping[str, str] | None = None) -> Profile:
        """Return the same profile, whether or not its folder exists."""
        chosen = explicit or (os.environ if environ is None else environ).get("NUMBGUARD_PROFILE")
        return cls(_resolved(_given_folder(chosen) if chosen else usual_folder()))

    def is_fresh(self) -> bool:
        """Whether NumbGuard has never run with this profile and nobody has written settings for it."""
        return not (self.state.exists() or self.settings.exists())

    def is_usual(self) -> bool:
        """Whether this is the platform's own profile, used when none is named."""
        return self.folder == _resolved(usual_folder())

    @property
    def settings(self) -> Path:
        return self.folder / "settings.toml"

    @property
    def database(self) -> Path:
        return self.folder / "numbguard.db"

    @property
    def state(self) -> Path:
        return self.folder / "state.json"

    @property
    def unwritten(self) -> Path:
        return self.folder / UNWRITTEN

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def health(self) -> Path:
        """What is known of the log: damage, the last whole check and the last backup."""
        return self.folder / "log-health.json"

    @property
    def cards(self) -> Path:
        return self.folder / "cards"

    @property
    def routines(self) -> Path:
        return self.folder / "routines"

    @property
    def log(self) -> Path:
        return self.folder / "numbguard.log"

    @property
    def exports(self) -> Path:
        """The record of files written for the person, for *Delete everything*."""
        return self.folder / "exports.json"

    @property
    def unfinished(self) -> Path:
        """The record of files that are being written for the person under hidden names."""
        return self.folder / "unfinished.json"

    @property
    def said(self) -> Path:
        """The record of hints that are shown once."""
        return self.folder / "said.json"

    @property
    def windows(self) -> Path:
        """Where the windows were when they were last closed."""
        return self.folder / "windows.json"

    @property
    def last_click(self) -> Path:
        """Which episode the last bare log wrote, and when."""
        return self.folder / "numbguard.last-click"

    @property
    def socket(self) -> Path:
        return self.folder / "numbguard.sock"

    @property
    def pipe(self) -> str:
        """The name of the named pipe on Windows, which is the same however the folder's letters are cased."""
        import hashlib
        import ntpath

        path = ntpath.normcase(str(self.folder)).encode("utf-8", "surrogatepass")
        return rf"\\.\pipe\numbguard-{hashlib.sha256(path).hexdigest()[:32]}"

    def owns(self, path: Path) -> bool:
        """Whether a resolved path is one of NumbGuard's own files in this profile, which nothing else may write."""
        if not path.is_relative_to(self.folder):
            return False
        inside = path.relative_to(self.folder).parts
        return not inside or inside[0].startswith(_OURS)

    def make(self) -> None:
        """Make the folder if it does not exist, and remove other users' rights on it.

        Refuse a folder that others may write to, because its files may be theirs; use one that is read-only.
        """
        try:
            make_folder(self.folder)
            if self.is_read_only():
                return
            self._refuse_files_of_others()
            self._close_to_others()
            self._refuse_open_folder()
        except OSError as error:
            raise ProfileError(
                sentence(
                    "The profile folder {folder} cannot be used ({reason}). Nothing was changed. "
                    "Make it writable for you, or choose another with --profile.",
                    folder=self.folder,
                    reason=reason(error),
                )
            ) from error

    def is_read_only(self) -> bool:
        """Whether the folder exists and no file can be made in it, as in a mounted backup."""
        effective = os.access in os.supports_effective_ids
        return self.folder.is_dir() and not os.access(self.folder, os.W_OK, effective_ids=effective)

    def _refuse_files_of_others(self) -> None:
        if sys.platform == "win32":
            from .windows_rights import belongs_to_another_user

            if belongs_to_another_user(self.folder):
                raise ProfileError(
                    sentence(
                        "{folder} belongs to another user of this computer, who could read or change what you log. "
                        "Nothing was changed. Choose another folder with --profile.",
                        folder=self.folder,
                    )
                )
            return
        us = os.geteuid()
        for path in (self.folder, *self.folder.iterdir()):
            if path != self.folder and not path.name.startswith(_OURS):
                continue
            try:
                owner = path.lstat().st_uid if path != self.folder else path.stat().st_uid
            except FileNotFoundError:  # a half-made file of another process, renamed or deleted since
                continue
            if owner != us and (owner or path == self.folder):  # files of root are there after a run with sudo
                raise ProfileError(
                    sentence(
                        "{path} belongs to {owner}, who could read or change what you log. Nothing was changed. "
                        "Make it yours with “sudo chown -R {you} {folder}”, "
                        "or choose another folder with --profile.",
                        path=path,
                        owner=_name_of(owner),
                        you=_name_of(us),
                        folder=_quoted(self.folder),
                    )
                )

    def _refuse_open_folder(self) -> None:
        if sys.platform == "win32":
            from .windows_rights import may_be_written_by_others

            if may_be_written_by_others(self.folder):
                raise ProfileError(
                    sentence(
                        "Other users of this computer can write to the folder {folder}, and so change what you log. "
                        "Nothing was changed. Remove their permission, or choose another folder with --profile.",
                        folder=self.folder,
                    )
                )
            return
        if self.folder.stat().st_mode & 0o022:
            raise ProfileError(
                sentence(
                    "Other users can write to the folder {folder}, and so change what you log. Nothing was changed. "
                    "Close it with “chmod go-w {quoted_folder}”, or choose another with --profile.",
                    folder=self.folder,
                    quoted_folder=_quoted(self.folder),
                )
            )

    def _close_to_others(self) -> None:
        """Remove other users' rights, but only where the folder is NumbGuard's own: never on ``/tmp`` or a home."""
        inside = list(self.folder.iterdir())
        if not all(path.name.startswith(_OURS) for path in inside):
            return
        if sys.platform == "win32":
            from .windows_rights import close_folder

            close_folder(self.folder)  # and what is in it, by inheritance
            return
        for path in (self.folder, *inside):
            close_to_others(path)


def _quoted(path: Path) -> str:
    """A path as a shell reads it back."""
    import shlex

    return shlex.quote(str(path))


def _name_of(user: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def usual_folder() -> Path:
    """Return the platform's own folder for a profile; raise ``ProfileError`` where the system names none.

    On Linux this follows the XDG Base Directory Specification, which ignores a relative ``XDG_DATA_HOME``;
    platformdirs 4.9 and older would use it. platformdirs decides where ``HOME`` is missing or relative.
    """
    if sys.platform == "linux":
        base = Path(os.environ.get("XDG_DATA_HOME", ""))
        if base.is_absolute():
            return base / "numbguard"
        home = Path(os.environ.get("HOME", ""))
        if home.is_absolute():
            return home / ".local/share/numbguard"
    import platformdirs

    try:
        return platformdirs.user_data_path("numbguard", appauthor=False)
    except RuntimeError as error:
        raise ProfileError(
            sentence(
                "NumbGuard doesn't know where to put the profile ({error}). Give a folder with --profile.", error=error
            )
        ) from error


def _given_folder(chosen: str) -> Path:
    if not chosen.startswith("~"):  # pathlib also expands ``./~name`` to a home
        return Path(chosen)
    try:
        return Path(chosen).expanduser()
    except RuntimeError:
        raise ProfileError(
            sentence("The profile folder {chosen} can't be found. Give its full path.", chosen=chosen)
        ) from None


def _resolved(folder: Path) -> Path:
    # Before Python 3.13 ``Path.resolve`` raises RuntimeError for a link that leads to itself.
    return Path(os.path.realpath(folder))


def make_folder(folder: Path) -> None:
    """Make a folder and its missing parents, each owner-only whatever the umask."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    # Another process may make it at this moment; a file in its place is an error.
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)


def close_to_others(path: Path) -> None:
    """Remove other users' rights on a file or folder of our own; leave a link's target alone."""
    if sys.platform == "win32":  # there a file inherits the rights of its folder
        return
    try:
        found = path.lstat()
    except FileNotFoundError:  # another process's new file, renamed since
        return
    mode = stat.S_IMODE(found.st_mode)
    if mode & 0o077 and found.st_uid == os.geteuid() and not stat.S_ISLNK(found.st_mode):
        path.chmod(mode & ~0o077)


def open_private(path: Path, flags: int) -> int:
    """``os.open``, with a new file owner-only whatever the umask."""
    # Without O_BINARY, the C library of Windows would write two bytes for each line feed.
    return os.open(path, flags | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0), FILE_MODE)


def write_whole(path: Path, content: bytes, *, forced: bool = True) -> None:
    """Replace a file as a whole: after a crash it has the former content or the new one, never a part.

    ``forced``: sync it to the disk before returning; otherwise the system does so later.
    """
    # A settings file that is a link to one elsewhere stays a link.
    target = path.resolve()
    fresh = target.with_name(f".numbguard-{target.name}-{os.getpid()}")
    try:
        handle = open_private(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if forced:
                os.fsync(file.fileno())
        replace_file(fresh, target)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    if forced:
        sync_folder(target.parent)


def replace_file(fresh: Path, target: Path) -> None:
    """Give a finished file its name, in place of the file that has it. Raises ``OSError``."""
    if sys.platform == "win32":
        from .windows_files import replace_patiently

        replace_patiently(fresh, target)
    else:
        fresh.replace(target)


def sync_folder(folder: Path) -> None:
    """Sync a folder, so that a new or renamed file survives a power cut; other systems do this by themselves."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


@contextmanager
def alone(handle: int, *, together: bool = False, if_possible: bool = False) -> Iterator[None]:
    """Hold a lock on an open file or folder, for moments only: no other NumbGuard is in such a block meanwhile.

    ``together``: a shared lock; other holders of a shared lock may be in the block at the same time.
    ``if_possible``: enter the block without a lock on a file system that has none.
    """
    if sys.platform == "win32":
        from .windows_locks import lock_file, unlock_file

        if not lock_file(handle, patience_s=_PATIENCE_S) and not if_possible:
            raise OSError(errno.EACCES, "another program has locked it")
        try:
            yield
        finally:
            unlock_file(handle)
        return
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_SH if together else fcntl.LOCK_EX)
    except OSError as error:
        without = if_possible and error.errno in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS)
        if not (together or without):  # some network file systems have no such locks; reading must work there
            raise
    yield  # closing the handle releases the lock


def reason(error: OSError) -> str:
    """The system's own words for a failure, without path and number, for use within a sentence."""
    words = error.strerror or str(error) or type(error).__name__
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
