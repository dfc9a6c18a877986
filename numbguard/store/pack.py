"""Packs: the person's own cards and routines as one file, out and in.

Called by the command line, on its one thread. A pack may come from anybody: it is read within bounds of size, checked
as a whole before anything is written, names no file and runs nothing. A bad one is refused with its line.
"""

from __future__ import annotations

import base64
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from numbguard.core.cards import MAX_STEPS
from numbguard.core.pack_rules import FORMAT, MAX_CARDS, Pack, pack_from
from numbguard.core.reading import CardError

from .library import Library
from .profile import Profile, make_folder, reason, write_whole
from .table_text import as_toml

MAX_FILE: Final = 8 * 1024 * 1024
MAX_WORDS: Final = 320 * 1024
"""Letters beside the pictures: what the parser may be given."""
_MAX_DOTS: Final = 200
"""In one line: a key of thousands of parts would keep the parser busy for minutes."""

# Pictures are taken out before the parser sees the text: it would go through them letter by letter.
_LONG: Final = re.compile(r"(\"\"\"|'''|\"|')([A-Za-z0-9+/\r\n]{200,}+={0,2}+[\r\n]*+)\1")
_STEP: Final = "[[card.steps]]"
_MAX_STEPS: Final = MAX_CARDS * MAX_STEPS
_MARK: Final = "picture put aside: "


class PackError(Exception):
    """A pack that cannot be used, or written. The message is a sentence: what, in which line, and what was kept."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import wrote. What was there already, the same, is not among it."""

    cards: tuple[str, ...]
    routines: tuple[str, ...]


def read_pack(path: Path, *, library: Library) -> Pack:
    """The pack in a file; PackError where it is none. ``library``: what it may borrow from and name."""
    text = _text(path)
    words, pictures = _put_aside(text)
    steps = words.count(_STEP)
    if steps > _MAX_STEPS:
        line = words.count("\n", 0, words.index(_STEP)) + 1
        raise _refused(path, f"it has {steps} steps, and {MAX_STEPS} in each card is the most", line=line)
    if len(words) > MAX_WORDS:
        raise _refused(path, f"it holds more than {MAX_WORDS // 1024} kB beside its pictures")
    for number, row in enumerate(words.split("\n"), 1):
        if row.count(".") > _MAX_DOTS:
            raise _refused(path, f"there are more than {_MAX_DOTS} full stops in it", line=number)
    try:
        table = tomllib.loads(words)
        _put_back(table, pictures)
        return pack_from(path.name, table, card_of=library.card)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \((?:at line (\d+), column \d+|at end of document)\)$", str(error))
        told = str(error)[: place.start()] if place else str(error)
        line = int(place[1]) if place and place[1] else words.count("\n") + 1
        raise _refused(path, f"this is not valid TOML ({told})", line=line) from error
    except CardError as error:
        raise _refused(path, str(error), line=_line_of(error.key, words)) from error
    except (RecursionError, ValueError) as error:
        raise _refused(path, "it makes no sense as TOML") from error


def import_pack(path: Path, profile: Profile, *, ours: Path, replace: bool = False) -> Changes:
    """Put a pack's cards and routines into the profile: all of them or, where anything is wrong, none.

    ``ours`` is the folder of the cards that come with NumbGuard. ``replace``: even where another has the name.
    """
    library = Library(ours, profile.cards)
    pack = read_pack(path, library=library)
    files: dict[Path, bytes] = {}
    for one in pack.cards:
        if one.picture:
            files[profile.cards / f"{one.card.slug}.{one.picture.kind}"] = one.picture.data
        files[profile.cards / f"{one.card.slug}.toml"] = as_toml(one.table).encode()
    for routine in pack.routines:
        table = {"title": routine.title, "why": routine.why, "cards": list(routine.cards)}
        files[profile.routines / f"{routine.slug}.toml"] = as_toml(table).encode()
    try:
        fresh = {place: content for place, content in files.items() if _content(place) != content}
        theirs = {place.name for place in ours.glob("*.toml")}
        taken = {
            place.stem for place in fresh if place.exists() or (place.parent == profile.cards and place.name in theirs)
        }
        if taken and not replace:
            raise PackError(
                f"{path} was not imported: there is another {_named(sorted(taken))} already. Nothing was changed. "
                "Change the name in the pack, or import it with --replace."
            )
        for place, content in fresh.items():
            make_folder(place.parent)
            write_whole(place, content)
    except OSError as error:
        raise PackError(
            f"{path} was not imported as a whole: {profile.folder} could not be written ({reason(error)}). "
            "Make room there or see to its rights, and import it again."
        ) from error
    written = {(place.parent, place.stem) for place in fresh}
    return Changes(
        tuple(one.card.slug for one in pack.cards if (profile.cards, one.card.slug) in written),
        tuple(one.slug for one in pack.routines if (profile.routines, one.slug) in written),
    )


def export_pack(path: Path, profile: Profile, *, ours: Path) -> Changes:
    """Write the person's own cards and routines as one pack that ``import_pack`` takes; gives what is in it."""
    library = Library(ours, profile.cards)
    own = {place.stem for place in _files(profile.cards)}
    cards = [card for card in library.cards() if card.slug in own]
    tables = []
    try:
        for card in cards:
            table: dict[str, object] = {"slug": card.slug, **_parsed(profile.cards / f"{card.slug}.toml")}
            if card.picture:
                kind = card.picture.rpartition(".")[2]
                data = base64.encodebytes((profile.cards / card.picture).read_bytes()).decode()
                table["picture"] = {"kind": kind, "data": data}
            tables.append(table)
        routines = [{"slug": place.stem, **_parsed(place)} for place in _files(profile.routines)]
    except (OSError, ValueError) as error:
        words = reason(error) if isinstance(error, OSError) else str(error)
        raise PackError(f"Nothing was exported: a card or routine of yours could not be read ({words}).") from error
    if not tables and not routines:
        raise PackError(f"Nothing was exported: there are no cards or routines of your own in {profile.cards}.")
    text = as_toml({"numbguard_pack": FORMAT, "card": tables, "routine": routines})
    try:
        write_whole(path, _with_long_lines(text).encode())
    except OSError as error:
        raise PackError(f"{path} could not be written ({reason(error)}). Choose another place.") from error
    return Changes(tuple(card.slug for card in cards), tuple(str(one["slug"]) for one in routines))


# --- reading ---------------------------------------------------------------------------------------------------------


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise PackError(f"{path} is not there, or is no file. Nothing was changed.")
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except OSError as error:
        raise PackError(f"{path} could not be read ({reason(error)}). Nothing was changed.") from error
    if len(content) > MAX_FILE:
        raise _refused(path, f"it is larger than {MAX_FILE >> 20} MB, more than any pack needs")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise _refused(path, "this is not UTF-8 text", line=content.count(b"\n", 0, error.start) + 1) from error


def _put_aside(text: str) -> tuple[str, list[str]]:
    pictures: list[str] = []

    def mark(found: re.Match[str]) -> str:
        quotes, data = found.groups()
        lines = data.count("\n")
        if lines and len(quotes) == 1:
            return found[0]  # not valid, and the parser will say where
        pictures.append(data)
        # As many lines as before, so that the numbers of the others stay.
        return quotes + f"{_MARK}{len(pictures) - 1}" + "\n" * lines + quotes

    return _LONG.sub(mark, text), pictures


def _put_back(table: Mapping[str, Any], pictures: Sequence[str]) -> None:
    cards = table.get("card")
    for card in cards if isinstance(cards, list) else ():
        picture = card.get("picture") if isinstance(card, dict) else None
        if not isinstance(picture, dict):
            continue
        data = picture.get("data")
        if isinstance(data, str) and data.startswith(_MARK):
            number = data.removeprefix(_MARK).strip()
            if number.isdecimal() and int(number) < len(pictures):
                picture["data"] = pictures[int(number)]


def _refused(path: Path, problem: str, *, line: int | None = None) -> PackError:
    place = f", line {line}" if line else ""
    return PackError(f"{path}{place}: {problem.rstrip('.')}. Nothing was imported.")


def _line_of(key: str, text: str) -> int | None:
    """The line of the nearest thing that is named: of ``card 2.steps 3.seconds``, that key, else its step or card."""
    lines = _lines_of_keys(text)
    while key:
        if key in lines:
            return lines[key]
        head, dot, last = key.rpartition(".")
        name, space, number = last.rpartition(" ")
        # Entries of a list written on one line have no line of their own.
        key = f"{head}{dot}{name}" if space and number.isdecimal() and f"{head}{dot}{name}" in lines else head
    return None


def _lines_of_keys(text: str) -> dict[str, int]:
    """Where keys and tables stand in a text that is valid; entries of a list of tables are counted from 1."""
    lines: dict[str, int] = {}
    entries: dict[str, int] = {}
    heading, closing = "", ""
    for number, line in enumerate(text.split("\n"), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        heads = re.match(r"\s*(\[\[?)\s*([\w.\- ]{1,200})\]", line)
        key = re.match(r"\s*([\w\-]{1,200})\s*=", line)
        if heads:
            heading = ""
            parts = [part.strip() for part in heads[2].split(".")]
            for place, part in enumerate(parts, 1):
                heading = f"{heading}.{part}" if heading else part
                if place == len(parts) and heads[1] == "[[":
                    lines.setdefault(heading, number)
                    entries[heading] = entries.get(heading, 0) + 1
                if heading in entries:
                    heading = f"{heading} {entries[heading]}"
            lines.setdefault(heading, number)
        elif key:
            lines.setdefault(f"{heading}.{key[1]}" if heading else key[1], number)
        closing = next((quotes for quotes in ('"""', "'''") if line.count(quotes) % 2), "")
    return lines


# --- writing ---------------------------------------------------------------------------------------------------------


def _content(place: Path) -> bytes | None:
    try:
        return place.read_bytes()
    except FileNotFoundError:
        return None


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml")) if folder.is_dir() else []


def _parsed(place: Path) -> dict[str, Any]:
    return tomllib.loads(place.read_text(encoding="utf-8"))


def _with_long_lines(text: str) -> str:
    """Pictures over several lines, as they can be looked at and sent."""

    def broken(found: re.Match[str]) -> str:
        return "data = '''\n" + found[1].replace("\\n", "\n") + "'''"

    return re.sub(r'^data = "((?:[A-Za-z0-9+/=]|\\n)*)"$', broken, text, flags=re.MULTILINE)


def _named(names: Sequence[str]) -> str:
    return " and ".join(f"“{name}”" for name in names)
