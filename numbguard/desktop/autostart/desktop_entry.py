"""What NumbGuard needs of desktop entries: quotes and splits command lines, reads keys, and adds translations.

Pure functions for ``xdg`` and the launcher. They follow the Desktop Entry Specification (freedesktop.org, version
1.5), sections "The Exec key", "Value types" and "Localized values for keys".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

_PLAIN = re.compile(r"[A-Za-z0-9_@+=:,./-]+")
_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}

_IN_LANGUAGES = ("Name", "GenericName", "Comment", "Keywords")
"""The keys of an entry whose values are texts."""

Translations = Mapping[str, Callable[[str], str | None]]
"""By the tag of a language, such as ``pt_BR``: what translates an English text, or gives ``None``."""


def quote_command(words: Sequence[str]) -> str:
    """A command line as a value of ``Exec``, with words quoted where necessary and ``%`` doubled."""
    return " ".join(_quote(word.replace("%", "%%")) for word in words)


def _quote(word: str) -> str:
    if not _PLAIN.fullmatch(word.replace("%", "")):
        word = '"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"'
    return as_value(word)


def as_value(text: str) -> str:
    """The text, escaped as the value of a key."""
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return "\\s" + escaped[1:] if escaped.startswith(" ") else escaped


def from_value(value: str) -> str:
    """The text that the value of a key represents; the inverse of ``as_value``."""
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), value)


def split_command(value: str) -> list[str]:
    """The words of an ``Exec`` value without its field codes; empty if it contains none."""
    words: list[str] = []
    for plain, quoted in re.findall(r'([^\s"]+)|"((?:[^"\\]|\\.)*)"', from_value(value), re.DOTALL):
        word = plain or re.sub(r'\\(["`$\\])', r"\1", quoted)
        if plain and re.fullmatch(r"%[a-zA-Z]", plain):
            continue
        words.append(word.replace("%%", "%"))
    return words


def in_languages(entry: str, translations: Translations) -> str:
    """A desktop entry with each of its texts in all languages, as ``GenericName[de]=…`` after ``GenericName=…``."""
    lines: list[str] = []
    for line in entry.splitlines():
        lines.append(line)
        key, _equals, value = line.partition("=")
        if key in _IN_LANGUAGES:
            found = ((language, translate(value)) for language, translate in translations.items())
            lines += [f"{key}[{language}]={as_value(text)}" for language, text in found if text and text != value]
    return "\n".join(lines) + "\n"


def read_entry(text: str) -> Mapping[str, str]:
    """The keys of the group ``[Desktop Entry]`` with their raw values; empty if the group is missing."""
    keys: dict[str, str] = {}
    here = False
    for line in text.splitlines():
        row = line.strip()
        if row.startswith("["):
            here = row == "[Desktop Entry]"
        elif here and row and not row.startswith("#") and "=" in row:
            key, _, value = row.partition("=")
            keys.setdefault(key.rstrip(), value.lstrip())
    return keys


def is_true(value: str | None) -> bool:
    return value is not None and value.strip() in ("true", "1")


def shown_in(keys: Mapping[str, str], desktops: Sequence[str]) -> bool:
    """Whether an entry is for one of these desktops (``$XDG_CURRENT_DESKTOP``); the first one it lists decides."""
    only = _list(keys.get("OnlyShowIn"))
    never = _list(keys.get("NotShowIn"))
    for desktop in desktops:
        if only is not None and desktop in only:
            return True
        if never is not None and desktop in never:
            return False
    return only is None


def _list(value: str | None) -> list[str] | None:
    return None if value is None else [one for one in value.split(";") if one]
