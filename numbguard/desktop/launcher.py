"""The launcher entry and the icons of this installation, in the person's own folder of applications.

``numbguard install-launcher`` and the window of the first start call it; no Qt, any thread. On Wayland, GNOME and
Plasma take the icon of a window and of a notification from the launcher alone, and a checkout or a wheel has none
until it is installed. It follows the Desktop Entry Specification and the Icon Theme Specification (freedesktop.org).

An entry has its texts in every language at once, because the desktop chooses among them whenever it shows the entry.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from numbguard import APP_ID
from numbguard.core.ports import LauncherError
from numbguard.core.sentence import N_, sentence
from numbguard.desktop.autostart import program_command
from numbguard.desktop.autostart.desktop_entry import (
    Translations,
    as_value,
    in_languages,
    quote_command,
    read_entry,
    split_command,
)
from numbguard.resources import resource

FILE = f"{APP_ID}.desktop"
PNG_SIZES = (48, 128, 256)
"""Pixels; every size between them is drawn from the SVG."""
_ACTIONS = (
    ("log", N_("Log numbness"), ("log",)),
    ("break", N_("Start a break"), ("break", "start")),
    ("pause", N_("Pause for an hour"), ("pause", "1h")),
)


def serves_this_system() -> bool:
    return sys.platform not in ("win32", "darwin")


@dataclass(frozen=True, slots=True)
class LauncherChange:
    """What an installation or a removal did."""

    path: Path
    """The launcher entry."""
    changed: bool
    """False: everything was as it should be already."""


class Launcher:
    """Implements ``core.ports.LauncherOffer``."""

    def __init__(
        self,
        profile: Path | None = None,
        *,
        translations: Callable[[], Translations] = dict,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        """``profile``: the profile folder that the launcher starts with, if not the default one.

        ``translations`` is called when the entry is written; without it, the entry is in English alone.
        """
        self._translations = translations
        self._environ = os.environ if environ is None else environ
        self._command = program_command(environ=self._environ)
        self._profile = () if profile is None else ("--profile", str(profile))

    @property
    def folder(self) -> Path:
        """``$XDG_DATA_HOME``, or what the XDG Base Directory Specification puts in its place."""
        chosen = self._environ.get("XDG_DATA_HOME", "")
        return Path(chosen) if chosen.startswith("/") else Path.home() / ".local" / "share"

    @property
    def path(self) -> Path:
        return self.folder / "applications" / FILE

    def is_found(self) -> bool:
        """Whether this desktop has a launcher of NumbGuard, the person's own or the system's."""
        return any((folder / "applications" / FILE).is_file() for folder in (self.folder, *self._system_folders()))

    def gone_program(self) -> str | None:
        """The program that the person's own entry starts but that is not there any more; else ``None``."""
        try:
            keys = read_entry(self.path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            return None
        words = split_command(keys.get("Exec", ""))
        return words[0] if words and shutil.which(words[0], path=self._environ.get("PATH")) is None else None

    def put_right(self) -> None:
        """Where such an entry hides one of the system's, delete it; else write it anew. Raises ``LauncherError``."""
        if any((folder / "applications" / FILE).is_file() for folder in self._system_folders()):
            self.remove()
        else:
            self.install()

    def install(self) -> LauncherChange:
        """Write the entry and the icons. Raises ``LauncherError``."""
        text = in_languages(entry(self._command, self._profile), self._translations())
        contents = {self.path: text.encode()} | dict(self._icons())
        try:
            stale = [path for path, content in contents.items() if not _has(path, content)]
            for path in stale:
                _write(path, contents[path])
            self._touch(stale)
        except OSError as error:
            raise LauncherError(
                sentence(
                    "{path} could not be written ({reason}). Make sure that you can write to the folder, then try "
                    "again.",
                    path=error.filename or self.path,
                    reason=(error.strerror or "an error").lower(),
                )
            ) from error
        return LauncherChange(self.path, bool(stale))

    def remove(self) -> LauncherChange:
        """Delete what ``install`` writes, and nothing else. Raises ``LauncherError``."""
        ours = [path for path in (self.path, *(path for path, _content in self._icons())) if path.exists()]
        try:
            for path in ours:
                path.unlink(missing_ok=True)
            self._touch(ours)
        except OSError as error:
            raise LauncherError(
                sentence(
                    "{path} could not be deleted ({reason}).",
                    path=error.filename or self.path,
                    reason=(error.strerror or "an error").lower(),
                )
            ) from error
        return LauncherChange(self.path, bool(ours))

    def _icons(self) -> Iterator[tuple[Path, bytes]]:
        theme = self.folder / "icons" / "hicolor"
        for size in PNG_SIZES:
            yield theme / f"{size}x{size}" / "apps" / f"{APP_ID}.png", resource("icons", f"app-{size}.png").read_bytes()
        yield theme / "scalable" / "apps" / f"{APP_ID}.svg", resource("icons", "numbguard.svg").read_bytes()

    def _touch(self, changed: Sequence[Path]) -> None:
        """Date the icon theme anew, so that desktops do not use a cache made before the change."""
        theme = self.folder / "icons" / "hicolor"
        if changed and theme.is_dir():
            os.utime(theme)

    def _system_folders(self) -> Iterator[Path]:
        for folder in (self._environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":"):
            if folder.startswith("/"):
                yield Path(folder)


def entry(command: Sequence[str], options: Sequence[str] = ()) -> str:
    """The launcher entry in English. ``command`` starts NumbGuard; ``options`` follow every verb."""
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=NumbGuard",
        "GenericName=Movement Breaks",
        "Comment=Gets you up before your legs go numb, and keeps a private log",
        f"Exec={quote_command((*command, *options))}",
        *((f"TryExec={as_value(command[0])}",) if command[0].startswith("/") else ()),
        f"Icon={APP_ID}",
        "Terminal=false",
        "Categories=Utility;",
        "Keywords=break;reminder;stretch;posture;numbness;sitting;health;legs;",
        "StartupNotify=false",
        f"StartupWMClass={APP_ID}",
        f"Actions={''.join(f'{name};' for name, _label, _words in _ACTIONS)}",
    ]
    for name, label, words in _ACTIONS:
        exec_line = quote_command((*command, *words, *options))
        lines += ["", f"[Desktop Action {name}]", f"Name={label}", f"Exec={exec_line}"]
    return "\n".join(lines) + "\n"


def _has(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except FileNotFoundError:
        return False


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
