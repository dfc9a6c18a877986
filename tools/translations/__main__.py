"""``./dev translations``: extracts the sentences, updates each language, and counts what is translated.

``--check`` changes nothing and fails where the template is not up to date. ``--new xx`` begins a language.
``--unwrapped`` opens every window in the pseudo-language and lists the texts that did not pass through the catalogue.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Set
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from .compiled import LOCALE, catalogue_of, compile_all, is_whole, language_of, po_files
from .extract import PEOPLE, POT, template


def main() -> int:
    words = argparse.ArgumentParser(prog="./dev translations", description=(__doc__ or "").partition("\n")[0])
    words.add_argument("--check", action="store_true", help="change nothing; fail if the template is not up to date")
    words.add_argument("--new", metavar="LANGUAGE", help="begin a language, such as fr or pt_BR")
    words.add_argument("--unwrapped", action="store_true", help="list visible texts that are not in the catalogue")
    asked = words.parse_args()
    if asked.unwrapped:
        from .unwrapped import main as list_unwrapped

        return list_unwrapped()
    now = template()
    if asked.check:
        stale = changes(now, kept_template())
        print("\n".join(stale) if stale else "The template is up to date.")
        if stale:
            print("Run ./dev translations and commit the result.", file=sys.stderr)
        print(table(now))
        return 1 if stale else 0
    if asked.new:
        begin(now, asked.new)
    write(now, POT)
    for po in po_files():
        update(po, now)
    compile_all()
    print(table(now))
    return 0


def kept_template() -> Catalog:
    """The template in version control; empty where there is none yet."""
    if not POT.exists():
        return Catalog()
    with POT.open("rb") as file:
        return read_po(file)


def changes(now: Catalog, before: Catalog) -> list[str]:
    """A line for each sentence that only one of two templates has."""
    new, old = keys(now), keys(before)
    return [f"+ {key}" for key in sorted(new - old)] + [f"- {key}" for key in sorted(old - new)]


def keys(catalogue: Catalog) -> set[str]:
    return {key_of(message) for message in catalogue if message.id}


def key_of(message: Message) -> str:
    words = message.id if isinstance(message.id, str) else " / ".join(message.id)
    return f"{message.context}: {words}" if message.context else words


def begin(now: Catalog, language: str) -> None:
    """Make the PO file of a new language."""
    locale = Locale.parse(language)
    po = LOCALE / language / "LC_MESSAGES" / "numbguard.po"
    if po.exists():
        return
    po.parent.mkdir(parents=True)
    fresh = Catalog(
        locale=locale,
        project="NumbGuard",
        version=now.version,
        header_comment=now.header_comment,
        **PEOPLE,
        fuzzy=False,
    )
    write(fresh, po)


def update(po: Path, now: Catalog) -> None:
    """Bring a language up to date: new sentences are added, changed ones become fuzzy, those that are gone go."""
    catalogue = catalogue_of(po)
    catalogue.update(now, update_creation_date=False)
    write(catalogue, po)


def write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue if anything but its dates has changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        write_po(file, catalogue, width=100, include_lineno=False, ignore_obsolete=True)
    if path.exists() and _without_dates(path) == _without_dates(beside):
        beside.unlink()
    else:
        beside.replace(path)


def _without_dates(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith(('"POT-Creation-Date', '"PO-Revision-Date'))]


def table(now: Catalog) -> str:
    """Language × entries, translated, fuzzy, missing, in Markdown."""
    total = len(keys(now))
    rows = ["| Language | Entries | Translated | Fuzzy | Missing |", "|---|--:|--:|--:|--:|"]
    rows.append(f"| en | {total} | {total} | 0 | 0 |")
    for po in po_files():
        done, fuzzy = counts(catalogue_of(po), keys(now))
        rows.append(f"| {language_of(po)} | {total} | {done} | {fuzzy} | {total - done - fuzzy} |")
    return "\n".join(rows)


def counts(catalogue: Catalog, wanted: Set[str]) -> tuple[int, int]:
    """How many of the wanted sentences are translated, and how many are fuzzy."""
    done = fuzzy = 0
    for message in catalogue:
        if not message.id or key_of(message) not in wanted:
            continue
        if message.fuzzy:
            fuzzy += 1
        elif is_whole(message):
            done += 1
    return done, fuzzy


if __name__ == "__main__":
    sys.exit(main())
