"""Packs: exports and imports the person's own cards and routines as one file.

The command line calls it on its one thread, the editor's window on the GUI thread. A pack may be anybody's: its size is
limited, it is checked as a whole before anything is written, and it can neither name a file nor run anything. A bad one
is refused with its line.
"""

from __future__ import annotations

import base64
import re
import tomllib
from codecs import BOM_UTF8
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tomlkit import dumps
from tomlkit.items import String, StringType, Trivia

from numbguard.core.cards.cards import MAX_STEPS
from numbguard.core.cards.pack_rules import FORMAT, MAX_CARDS, Pack, pack_from
from numbguard.core.cards.routines import Routine, routine_table
from numbguard.core.cards.table_reader import CardError
from numbguard.core.sentence import N_, listed, sentence
from numbguard.store.profile import Profile, make_folder, reason, write_whole

from .library import Library
from .routines import read_routine

MAX_FILE: Final = 8 * 1024 * 1024
MAX_WORDS: Final = 320 * 1024
"""The most characters, pictures excluded, that the parser is given."""
_MAX_DOTS: Final = 200
"""The most dots in one line: a key of thousands of parts would keep the parser busy for minutes."""

# Pictures are removed before parsing: the parser would go through them character by character.
_LONG: Final = re.compile(
    r"(\"\"\"|'''|\"|')([A-Za-z0-9+/\r\n]{200,}+={0,2}+[\r\n]*+)\1|(''')(\s*+<(?:[^']|'(?!''))*+)'''"
)
_STEP: Final = "[[card.steps]]"
_MAX_STEPS: Final = MAX_CARDS * MAX_STEPS
_MARK: Final = "picture put aside: "


class PackError(Exception):
    """A pack cannot be used or written. The message is a sentence: what is wrong, in which line, what was kept."""


class NameTakenError(PackError):
    """Slugs are in use already; nothing was changed. ``names``: the slugs of those cards and routines."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self.names = tuple(names)
        super().__init__(
            sentence(
                "{path} was not imported: you already have a different {named}. Nothing was changed. Change "
                "the name in the pack, or import it with --replace.",
                path=path,
                named=_named(names),
            )
        )


@dataclass(frozen=True, slots=True)
class PackChanges:
    """What an import or an export wrote. Items that were already there unchanged are not listed."""

    cards: tuple[str, ...]
    routines: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    """A sentence on each card or routine that an export left out, because nobody could use it."""


def read_pack(path: Path, *, library: Library) -> Pack:
    """Read a pack; raise PackError where the file is not one. ``library``: the cards that it may use."""
    return _pack_in(_text(path), path, library=library)


def _pack_in(text: str, path: Path, *, library: Library) -> Pack:
    words, pictures = _put_aside(text)
    steps = words.count(_STEP)
    if steps > _MAX_STEPS:
        line = words.count("\n", 0, words.index(_STEP)) + 1
        raise _refused(
            path,
            sentence("it has {steps} steps; {max_steps} in each card is the limit", steps=steps, max_steps=MAX_STEPS),
            line=line,
        )
    if len(words) > MAX_WORDS:
        raise _refused(
            path, sentence("it contains more than {max_words} kB besides its pictures", max_words=MAX_WORDS // 1024)
        )
    for number, row in enumerate(words.split("\n"), 1):
        if row.count(".") > _MAX_DOTS:
            raise _refused(
                path, sentence("there are more than {max_dots} full stops in it", max_dots=_MAX_DOTS), line=number
            )
    try:
        table = tomllib.loads(words)
        _put_back(table, pictures)
        return pack_from(path.name, table, card_of=library.card)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \((?:at line (\d+), column \d+|at end of document)\)$", str(error))
        said = str(error)[: place.start()] if place else str(error)
        line = int(place[1]) if place and place[1] else words.count("\n") + 1
        raise _refused(path, sentence("this is not valid TOML ({said})", said=said), line=line) from error
    except CardError as error:
        raise _refused(path, error.args[0], line=_line_of(error.key, words)) from error
    except (RecursionError, ValueError, OverflowError) as error:
        raise _refused(path, N_("it isn't valid TOML")) from error


def import_pack(path: Path, profile: Profile, *, ours: Path, replace: bool = False) -> PackChanges:
    """Import a pack's cards and routines into the profile: all of them or, where anything is wrong, none.

    ``ours``: the folder of the shipped cards. ``replace``: replace items that have the same slugs.
    """
    library = Library(ours, profile.cards)
    pack = read_pack(path, library=library)
    files: dict[Path, bytes] = {}
    for one in pack.cards:
        if one.picture:
            files[profile.cards / f"{one.card.slug}.{one.picture.kind}"] = one.picture.data
        files[profile.cards / f"{one.card.slug}.toml"] = dumps(one.table).encode()
    for routine in pack.routines:
        files[profile.routines / f"{routine.slug}.toml"] = dumps(routine_table(routine)).encode()
    try:
        fresh = {place: content for place, content in files.items() if _content(place) != content}
        theirs = {place.name for place in ours.glob("*.toml")}
        taken = {
            place.stem for place in fresh if place.exists() or (place.parent == profile.cards and place.name in theirs)
        }
        if taken and not replace:
            raise NameTakenError(path, sorted(taken))
        for place, content in fresh.items():
            make_folder(place.parent)
            write_whole(place, content)
    except OSError as error:
        raise PackError(
            sentence(
                "{path} was not imported as a whole: {folder} could not be written ({reason}). Free "
                "some space or check the permissions, and import it again.",
                path=path,
                folder=profile.folder,
                reason=reason(error),
            )
        ) from error
    written = {(place.parent, place.stem) for place in fresh}
    return PackChanges(
        tuple(one.card.slug for one in pack.cards if (profile.cards, one.card.slug) in written),
        tuple(one.slug for one in pack.routines if (profile.routines, one.slug) in written),
    )


def export_pack(path: Path, profile: Profile, *, ours: Path, routine: str | None = None) -> PackChanges:
    """Write the person's own cards and routines as one pack for ``import_pack``; return its content.

    ``routine``: export only this one, with those of the person's own cards that it needs. Without it, a card or routine
    that cannot be used is left out, and keeps no other from being exported.
    """
    library = Library(ours, profile.cards)
    wanted = [place for place in _files(profile.routines) if routine in (None, place.stem)]
    if routine is not None and not wanted:
        raise PackError(
            sentence(
                "Nothing was exported: there is no routine “{routine}” in {routines}.",
                routine=routine,
                routines=profile.routines,
            )
        )
    try:
        left_out: list[str] = []
        routines, tables = _usable(wanted, library, profile, ours, left_out if routine is None else None)
    except (OSError, ValueError) as error:
        words = reason(error) if isinstance(error, OSError) else str(error).rstrip(".")
        raise PackError(
            sentence("Nothing was exported: a card or routine of yours cannot be used ({words}).", words=words)
        ) from error
    if not tables and not routines:
        if left_out:
            raise PackError(sentence("Nothing was exported: {problem}", problem=left_out[0]))
        raise PackError(
            sentence(
                "Nothing was exported: there are no cards or routines of your own in {cards}.", cards=profile.cards
            )
        )
    packed = [{"slug": one.slug, **routine_table(one)} for one in routines]
    parts = {key: part for key, part in (("card", tables), ("routine", packed)) if part}
    text = dumps({"numbguard_pack": FORMAT, **parts})
    try:
        # Report what another NumbGuard would refuse here, to the person who can correct it.
        if len(text.encode()) > MAX_FILE:
            raise PackError(
                sentence("it would be larger than {max_file} MB; export one routine at a time", max_file=MAX_FILE >> 20)
            )
        _pack_in(text, path, library=Library(ours))
    except PackError as error:
        words = str(error).removesuffix(" Nothing was imported.").removeprefix(str(path)).rstrip(".")
        raise PackError(
            sentence("Nothing was exported: {problem}.", problem=re.sub(r"^(, line [0-9]+)?: ", "", words))
        ) from error
    try:
        write_whole(path, text.encode())
    except OSError as error:
        raise PackError(
            sentence("{path} could not be written ({reason}). Choose another place.", path=path, reason=reason(error))
        ) from error
    return PackChanges(
        tuple(str(table["slug"]) for table in tables), tuple(one.slug for one in routines), tuple(left_out)
    )


def _usable(
    wanted: Sequence[Path], library: Library, profile: Profile, ours: Path, left_out: list[str] | None
) -> tuple[list[Routine], list[dict[str, object]]]:
    """The routines in these files, and the tables of the person's own cards to go with them.

    Without ``left_out``, those are the cards that the routines need, and the first that cannot be used raises
    ``CardError`` or ``OSError``; with it, all cards, but for those on which it gets a sentence.
    """
    own = {place.stem for place in _files(profile.cards)}
    routines: list[Routine] = []
    for place in wanted:
        try:
            routines.append(read_routine(place))
        except CardError as error:
            if left_out is None:
                raise
            left_out.append(error.args[0])
    if left_out is None:
        return routines, [_packed(slug, library, profile) for slug in sorted(_needed(routines, library) & own)]
    tables: dict[str, dict[str, object]] = {}
    for slug in sorted(own):
        try:
            tables[slug] = _packed(slug, library, profile)
        except CardError as error:
            left_out.append(error.args[0])
    ready = {*tables, *(card.slug for card in Library(ours).cards())}
    for slug in list(tables):  # a card that borrows from one that was left out
        if (like := str(tables[slug].get("like", ""))) and like not in ready:
            del tables[slug]
            ready.discard(slug)
            left_out.append(sentence("“{slug}” borrows from “{like}”, which was left out.", slug=slug, like=like))
    whole = [one for one in routines if ready.issuperset(one.cards)]
    for one in routines:
        if lacking := next((slug for slug in one.cards if slug not in ready), None):
            left_out.append(
                sentence(
                    "The routine “{title}” needs the card “{slug}”, which does not exist or can't be used.",
                    title=one.title,
                    slug=lacking,
                )
            )
    return whole, list(tables.values())


def _needed(routines: Sequence[Routine], library: Library) -> set[str]:
    """Return the cards of some routines, and the cards whose motions those borrow."""
    listed = {card.slug: card for card in library.cards()}
    slugs = {slug for routine in routines for slug in routine.cards}
    return slugs | {listed[slug].like for slug in slugs if slug in listed}


def _packed(slug: str, library: Library, profile: Profile) -> dict[str, object]:
    card = library.card(slug)
    if card is None:
        place = profile.cards / f"{slug}.toml"
        raise CardError(library.complaint_on(place) or sentence("“{slug}” cannot be read.", slug=slug))
    table: dict[str, object] = {"slug": slug, **_parsed(profile.cards / f"{slug}.toml")}
    if card.image is not None:
        data = base64.encodebytes(card.image.data).decode()
        # A multi-line literal stays readable; escaping it would take tomlkit minutes.
        lines = String(StringType.MLL, data, f"\n{data}", Trivia())
        table["picture"] = {"kind": card.image.kind.value, "data": lines}
    return table


# --- reading ---------------------------------------------------------------------------------------------------------


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise PackError(sentence("{path} doesn't exist or isn't a file. Nothing was changed.", path=path))
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except OSError as error:
        raise PackError(
            sentence("{path} could not be read ({reason}). Nothing was changed.", path=path, reason=reason(error))
        ) from error
    if len(content) > MAX_FILE:
        raise _refused(
            path, sentence("it is larger than {max_file} MB, more than any pack needs", max_file=MAX_FILE >> 20)
        )
    try:
        return content.removeprefix(BOM_UTF8).decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise _refused(path, N_("this is not UTF-8 text"), line=content.count(b"\n", 0, error.start) + 1) from error


def _put_aside(text: str) -> tuple[str, list[str]]:
    pictures: list[str] = []

    def mark(found: re.Match[str]) -> str:
        quotes, data = found[1] or found[3], found[2] or found[4]
        lines = data.count("\n")
        if lines and len(quotes) == 1:
            return found[0]  # not valid, and the parser will say where
        pictures.append(data)
        # Keep the number of lines, so that line numbers stay right.
        return quotes + f"{_MARK}{len(pictures) - 1}" + "\n" * lines + quotes

    return _LONG.sub(mark, text), pictures


def _put_back(table: dict[str, Any], pictures: Sequence[str]) -> None:
    """Restore everything that was removed as a picture, wherever it was."""
    left: list[Any] = [table]
    while left:
        part = left.pop()
        for place, value in part.items() if isinstance(part, dict) else enumerate(part):
            if isinstance(value, dict | list):
                left.append(value)
            elif isinstance(value, str) and value.startswith(_MARK):
                number = value.removeprefix(_MARK).strip()
                if number.isdecimal() and len(number) < 8 and int(number) < len(pictures):
                    part[place] = pictures[int(number)]


def _refused(path: Path, problem: str, *, line: int | None = None) -> PackError:
    if problem.endswith("."):
        problem = problem.rstrip(".")
    if line:
        return PackError(
            sentence("{path}, line {line}: {problem}. Nothing was imported.", path=path, line=line, problem=problem)
        )
    return PackError(sentence("{path}: {problem}. Nothing was imported.", path=path, problem=problem))


def _line_of(key: str, text: str) -> int | None:
    """Return the nearest known line: for ``card 2.steps 3.seconds`` that of the key, else of its step or card."""
    lines = _lines_of_keys(text)
    while key:
        if key in lines:
            return lines[key]
        head, dot, last = key.rpartition(".")
        name, space, number = last.rpartition(" ")
        # Entries of a one-line list have no line of their own.
        key = f"{head}{dot}{name}" if space and number.isdecimal() and f"{head}{dot}{name}" in lines else head
    return None


def _lines_of_keys(text: str) -> dict[str, int]:
    """Return the lines of keys and tables in a valid text; entries of a list of tables are counted from 1."""
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


def _named(names: Sequence[str]) -> str:
    return listed(f"“{name}”" for name in names)
