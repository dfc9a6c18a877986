"""The verbs, options and operands of the command line, read from the program's own parser.

The completions and the man page are made from them. Run as a program, `command_words.py MODULE FUNCTION` prints them as
JSON for the `numbguard` that `PYTHONPATH` names; it imports nothing else, because that may be another version than the
one beside it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any


class Kind(StrEnum):
    """What follows an option or takes the place of an operand."""

    FLAG = "flag"
    CHOICE = "choice"
    FILE = "file"
    FOLDER = "folder"
    TEXT = "text"


@dataclass(frozen=True)
class Word:
    """One option, or one operand, whose `flags` are empty."""

    flags: tuple[str, ...]
    kind: Kind
    placeholder: str
    help: str
    choices: tuple[str, ...] = ()
    optional: bool = True
    repeats: bool = False


@dataclass(frozen=True)
class VerbWords:
    """The words of one verb, or of the program itself."""

    name: str
    help: str
    options: tuple[Word, ...]
    operands: tuple[Word, ...]
    verbs: tuple[VerbWords, ...]

    def walk(self, *above: str) -> Iterator[tuple[tuple[str, ...], VerbWords]]:
        """This and everything below it, each with the words that lead to it."""
        path = (*above, self.name)
        yield path, self
        for verb in self.verbs:
            yield from verb.walk(*path)


def words_of(parser: argparse.ArgumentParser, name: str, help_line: str) -> VerbWords:
    """The words that a parser understands."""
    options: list[Word] = []
    operands: list[Word] = []
    verbs: list[VerbWords] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            lines = {choice.dest: choice.help or "" for choice in action._choices_actions}
            verbs += [words_of(sub, verb, lines.get(verb, "")) for verb, sub in action.choices.items()]
        else:
            (options if action.option_strings else operands).append(_word(action))
    return VerbWords(name, help_line, tuple(options), tuple(operands), tuple(verbs))


def _word(action: argparse.Action) -> Word:
    placeholder = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    choices: tuple[str, ...] = ()
    if action.nargs == 0:
        kind = Kind.FLAG
    elif action.choices is not None:
        kind, choices = Kind.CHOICE, tuple(str(choice) for choice in action.choices)
    elif placeholder.startswith("FILE"):
        kind = Kind.FILE
    elif placeholder == "DIR":
        kind = Kind.FOLDER
    else:
        kind = Kind.TEXT
    return Word(
        tuple(action.option_strings),
        kind,
        placeholder,
        (action.help or "") % {"prog": "numbguard"},
        choices,
        optional=action.nargs == "?" or not action.required,
        repeats=isinstance(action, argparse._AppendAction),
    )


def read(document: Mapping[str, Any]) -> VerbWords:
    """The inverse of what the program prints."""

    def word(told: Mapping[str, Any]) -> Word:
        lists = {key: tuple(told[key]) for key in ("flags", "choices")}
        return Word(**{**told, **lists, "kind": Kind(told["kind"])})

    return VerbWords(
        document["name"],
        document["help"],
        tuple(map(word, document["options"])),
        tuple(map(word, document["operands"])),
        tuple(map(read, document["verbs"])),
    )


def main(module: str, function: str) -> int:
    """Print the words of that entry point as JSON: its parser is the one that `--help` would use."""
    found: list[argparse.ArgumentParser] = []

    class Found(Exception):
        pass

    def parse_args(self: argparse.ArgumentParser, *_words: object, **_more: object) -> None:
        found.append(self)
        raise Found

    argparse.ArgumentParser.parse_args = parse_args  # type: ignore[assignment,method-assign]
    try:
        getattr(import_module(module), function)(["--help"])
    except Found:
        pass
    json.dump(asdict(words_of(found[0], "numbguard", found[0].description or "")), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
