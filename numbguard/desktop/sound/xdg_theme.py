"""The sound theme of a freedesktop desktop: which file plays at a moment.

Called by ``sound.theme_sound`` on the GUI thread; it reads a few small files. The rules are those of freedesktop.org's
*Sound Theme Specification* and *Sound Naming Specification*: the theme's folders, then those of the themes that it
inherits, then those of ``freedesktop``; a name loses what follows its last hyphen until a sound is found.
"""

from __future__ import annotations

import configparser
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from numbguard.core.settings.choices import SoundMoment

from . import SILENCED

_NAMES: Final = {
    SoundMoment.ANNOUNCEMENT: "message-new-instant",
    SoundMoment.START: "dialog-information",
    SoundMoment.STEP: "bell",
    SoundMoment.END: "complete",
}
"""The sounds by their names in the *Sound Naming Specification*."""
_SUFFIXES: Final = (SILENCED, ".oga", ".ogg", ".wav")
"""In the order in which the specification looks for them."""
_LAST: Final = "freedesktop"
_FOLDERS: Final = ("stereo", ".")
"""Where a theme without a readable ``index.theme`` may have its sounds."""
_MOST_THEMES: Final = 10
"""A theme may inherit from one that inherits from it."""


def theme_sound(moment: SoundMoment) -> Path | None:
    """The file for a moment, which may be a ``SILENCED`` one; ``None`` where the theme has none."""
    name, folders = _NAMES[moment], list(_folders())
    while name:
        for folder in folders:
            for suffix in _SUFFIXES:
                found = folder / f"{name}{suffix}"
                if found.is_file():
                    return found
        name = name.rpartition("-")[0]
    return None


def _folders() -> Iterator[Path]:
    """Every folder to look in, the chosen theme's first."""
    waiting, seen = [_chosen_theme()], set[str]()
    while waiting and len(seen) < _MOST_THEMES:
        theme = waiting.pop(0)
        if theme in seen:
            continue
        seen.add(theme)
        for base in _bases():
            folders, inherits = _index(base / theme)
            yield from (base / theme / folder for folder in folders)
            waiting += inherits
    if _LAST not in seen:
        for base in _bases():
            yield from (base / _LAST / folder for folder in _FOLDERS)


def _index(theme: Path) -> tuple[list[str], list[str]]:
    """The folders of a theme, and the themes that it inherits."""
    reader = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        reader.read(theme / "index.theme", encoding="utf-8")
    except (configparser.Error, OSError, UnicodeDecodeError):
        return list(_FOLDERS), []
    about = reader["Sound Theme"] if reader.has_section("Sound Theme") else {}
    folders = [one.strip() for one in about.get("Directories", "").replace(";", ",").split(",") if one.strip()]
    inherits = [one.strip() for one in about.get("Inherits", "").replace(";", ",").split(",") if one.strip()]
    return folders or list(_FOLDERS), inherits


def _bases() -> Iterator[Path]:
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    everywhere = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for base in (home, *everywhere.split(":")):
        if base.startswith("/"):
            yield Path(base, "sounds")


def _chosen_theme() -> str:
    """The theme that Plasma's or GTK's settings file names; where none does, the one that everybody has.

    GNOME keeps it in a database of its own, which only its programs read; there it is hardly ever another one.
    """
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    for file, section, key in (
        ("kdeglobals", "Sounds", "Theme"),
        ("gtk-4.0/settings.ini", "Settings", "gtk-sound-theme-name"),
        ("gtk-3.0/settings.ini", "Settings", "gtk-sound-theme-name"),
    ):
        reader = configparser.ConfigParser(interpolation=None, strict=False)
        try:
            reader.read(Path(config, file), encoding="utf-8")
        except (configparser.Error, OSError, UnicodeDecodeError):
            continue
        theme = reader.get(section, key, fallback="").strip()
        if theme and "/" not in theme:
            return theme
    return _LAST
