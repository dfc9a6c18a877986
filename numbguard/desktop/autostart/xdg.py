"""Autostart through the freedesktop autostart folders: the person's ``numbguard.desktop``.

The settings window and the first page call it through ``Autostart`` on the GUI thread. A hidden entry of the person's
overrides an entry that the system provides for everybody (below ``$XDG_CONFIG_DIRS``), as the Desktop Application
Autostart Specification (freedesktop.org) lays down.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from numbguard import APP_ID
from numbguard.core.ports import AutostartError, AutostartState
from numbguard.core.sentence import N_, sentence

from . import moved
from .desktop_entry import (
    Translations,
    as_value,
    from_value,
    in_languages,
    is_true,
    quote_command,
    read_entry,
    shown_in,
    split_command,
)

NAME = "numbguard.desktop"
_COMMENT = N_("Gets you up before your legs go numb, and keeps a private log")
"""As in the launcher, so that it is translated once."""
_HIDDEN = "[Desktop Entry]\nType=Application\nName=NumbGuard\nHidden=true\n"


class XdgAutostart:
    def __init__(
        self,
        command: Sequence[str],
        *,
        translations: Callable[[], Translations] = dict,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        """``command``: the command that starts NumbGuard, one item per word.

        ``translations`` is called when the entry is written; without it, the entry is in English alone.
        """
        self._command = tuple(command)
        self._translations = translations
        self._environ = os.environ if environ is None else environ

    @property
    def path(self) -> Path:
        return self._folder("XDG_CONFIG_HOME", "~/.config") / "autostart" / NAME

    def state(self) -> AutostartState:
        try:
            found = self._entry()
        except (OSError, UnicodeDecodeError) as error:
            return AutostartState(
                False, detail=sentence("{path} could not be read ({reason}).", path=self.path, reason=_reason(error))
            )
        if found is None:
            return AutostartState(False)
        path, keys = found
        # GNOME and MATE switch an entry off with the second key.
        if is_true(keys.get("Hidden")) or keys.get("X-GNOME-Autostart-enabled", "true").strip() == "false":
            return AutostartState(False, declined=True)
        if not split_command(keys.get("Exec", "")):
            return AutostartState(False, detail=sentence("{path} does not name a program to start.", path=path))
        desktops = [one for one in self._environ.get("XDG_CURRENT_DESKTOP", "").split(":") if one]
        if not shown_in(keys, desktops):
            return AutostartState(False, detail=sentence("{path} is for a different desktop.", path=path))
        program = _program(keys)
        if not self._runs(program):
            return AutostartState(
                False,
                detail=sentence(
                    "{path} starts {program}, which no longer exists. Tick this again to fix that.",
                    path=path,
                    program=program,
                ),
            )
        return AutostartState(True)

    def set(self, on: bool) -> None:
        path = self.path
        try:
            if on:
                _write(path, self._in_languages(self._command))
            elif any((folder / NAME).is_file() for folder in self._system_folders()):
                _write(path, _HIDDEN)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            failed = N_(
                "{path} could not be written ({reason}). Nothing was changed. "
                "Make sure that you can write to the folder, or use your desktop's own startup settings."
            )
            if not on:
                failed = N_(
                    "{path} could not be removed ({reason}). Nothing was changed. "
                    "Make sure that you can write to the folder, or use your desktop's own startup settings."
                )
            raise AutostartError(sentence(failed, path=path, reason=_reason(error))) from error

    def gone_program(self) -> str | None:
        keys = self._own()
        if is_true(keys.get("Hidden")) or not split_command(keys.get("Exec", "")):
            return None
        program = _program(keys)
        return None if self._runs(program) else program

    def put_right(self) -> None:
        former = split_command(self._own().get("Exec", ""))
        try:
            _write(self.path, self._in_languages(moved(former, self._command)))
        except OSError as error:
            raise AutostartError(
                sentence("{path} could not be written ({reason}).", path=self.path, reason=_reason(error))
            ) from error

    def _in_languages(self, command: Sequence[str]) -> str:
        return in_languages(entry(command), self._translations())

    def _own(self) -> Mapping[str, str]:
        """The keys of the person's own entry; none where it cannot be read."""
        try:
            return read_entry(self.path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            return {}

    def _entry(self) -> tuple[Path, Mapping[str, str]] | None:
        """The entry that takes effect: the person's own, otherwise the system's first."""
        for folder in (self.path.parent, *self._system_folders()):
            path = folder / NAME
            try:
                return path, read_entry(path.read_text(encoding="utf-8"))
            except FileNotFoundError:
                continue
        return None

    def _system_folders(self) -> Iterator[Path]:
        for folder in (self._environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":"):
            # The XDG Base Directory Specification requires relative paths to be ignored.
            if folder.startswith("/"):
                yield Path(folder) / "autostart"

    def _folder(self, variable: str, otherwise: str) -> Path:
        chosen = self._environ.get(variable, "")
        return Path(chosen) if chosen.startswith("/") else Path(otherwise).expanduser()

    def _runs(self, program: str) -> bool:
        return shutil.which(program, path=self._environ.get("PATH")) is not None


def _program(keys: Mapping[str, str]) -> str:
    return from_value(keys["TryExec"]) if keys.get("TryExec") else split_command(keys["Exec"])[0]


def entry(command: Sequence[str]) -> str:
    """The complete text of a desktop entry that starts ``command``."""
    return "\n".join(
        (
            "[Desktop Entry]",
            "Type=Application",
            "Name=NumbGuard",
            f"Comment={_COMMENT}",
            f"Exec={quote_command(command)}",
            f"TryExec={as_value(command[0])}",
            f"Icon={APP_ID}",
            "Terminal=false",
            "StartupNotify=false",
            "X-GNOME-Autostart-enabled=true",
            "",
        )
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _reason(error: OSError | UnicodeDecodeError) -> str:
    words = error.strerror if isinstance(error, OSError) else N_("it is not text")
    return (words or type(error).__name__).lower()
