"""Reads a table of a card's file key by key, within limits; each error names the card and the key.

Used by the modules here that read cards, motions, routines and packs, on the reading thread. Opens no files.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from enum import Enum
from typing import Final, NoReturn, TypeVar

from numbguard.core.sentence import N_, enumerated, sentence


class CardError(ValueError):
    """A card or routine that cannot be used. The message is a sentence that names it, the key and the mistake."""

    def __init__(self, sentence: str, *, key: str = "") -> None:
        super().__init__(sentence)
        self.key = key
        """The place in the file, such as ``steps 2.seconds``."""


REACH: Final = 2000.0
"""Greatest absolute value of any number in a card."""

_QUOTED: Final = 60
"""Most characters that a sentence quotes from a file."""
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that control a terminal or change the direction of the text around them."""

_Word = TypeVar("_Word", bound=Enum)
_Any = TypeVar("_Any")


def shown(value: object, *, limit: int = _QUOTED) -> str:
    """A value from a file, as a sentence can quote it: short, on one line, without terminal control characters."""
    if isinstance(value, list):
        return N_("a list")
    if isinstance(value, Mapping):
        return N_("a table")
    if isinstance(value, int) and abs(value) >= 10**15:
        return N_("a number")
    text = str(value)
    short = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in short)


_UNKNOWN_KEY: Final = {
    "card": N_("is not a key that a card has"),
    "pack": N_("is not a key that a pack has"),
    "routine": N_("is not a key that a routine has"),
}


class TableReader:
    """One table of a card, routine or pack, with its place in the file, so that every error can name the key.

    Every method that reads a key raises ``CardError`` where the value is missing, of the wrong kind or out of range.
    """

    def __init__(self, card: str, table: Mapping[str, object], where: str = "", *, what: str = "card") -> None:
        self.card = card
        self.what = what
        self.table = table
        self.where = where

    def fail(self, key: str, problem: str) -> NoReturn:
        """Raise the ``CardError`` for a key; ``problem`` completes the sentence after the key's name."""
        path = f"{self.where}.{key}" if self.where else key
        told = {"name": shown(self.card), "path": shown(path, limit=2 * _QUOTED), "problem": problem}
        # Translators: A key of a file, and what is wrong with it, such as “steps 2.seconds is missing”.
        said = sentence("Card “{name}”: {path} {problem}.", **told)
        if self.what == "pack":
            said = sentence("Pack “{name}”: {path} {problem}.", **told)
        elif self.what == "routine":
            said = sentence("Routine “{name}”: {path} {problem}.", **told)
        raise CardError(said, key=path)

    def only(self, *known: str) -> None:
        """Fail if the table has any other key."""
        for key in self.table:
            if key not in known:
                self.fail(key, _UNKNOWN_KEY[self.what])

    def text(self, key: str, *, limit: int, default: str | None = None) -> str:
        """Words for a person, on one line: line breaks and runs of spaces become one space."""
        value = self.data(key, limit=limit, default=default)
        line = " ".join(value.split())
        if _UNSEEN.search(line):
            self.fail(key, N_("contains a character that can't be shown"))
        return line

    def data(self, key: str, *, limit: int, default: str | None = None) -> str:
        """Text for a program, without the white space around it but otherwise unchanged."""
        value = self.table.get(key, default)
        if value is None:
            self.fail(key, N_("is missing"))
        if not isinstance(value, str):
            self.fail(key, N_("must be text in quotes"))
        if not value.strip() and default is None:
            self.fail(key, N_("is empty"))
        if len(value) > limit:
            self.fail(key, sentence("is longer than {limit} characters", limit=limit))
        return value.strip()

    def number(self, key: str, *, low: float, high: float, default: float | None = None) -> float:
        value = self.table.get(key, default)
        if value is None:
            self.fail(key, N_("is missing"))
        return self._checked(key, value, low, high)

    def whole(self, key: str, *, low: int, high: int, default: int | None = None) -> int:
        value = self.number(key, low=low, high=high, default=default)
        if value != int(value):
            self.fail(key, N_("must be a whole number"))
        return int(value)

    def _checked(self, key: str, value: object, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail(key, N_("must be a number"))
        if isinstance(value, float) and not math.isfinite(value):
            self.fail(key, N_("must be a number"))
        if not low <= value <= high:
            # A whole number may be too large to convert to a float.
            told = f"{value:g}" if abs(value) < 10**15 or isinstance(value, float) else N_("something so large")
            self.fail(key, sentence("must be between {low:g} and {high:g}, not {told}", low=low, high=high, told=told))
        return float(value)

    def numbers(self, key: str, *, least: int, most: int) -> tuple[float, ...]:
        value = self.table.get(key, ())
        if not isinstance(value, list) or not least <= len(value) <= most:
            self.fail(key, sentence("must be a list of {least} to {most} numbers", least=least, most=most))
        return tuple(self._checked(key, each, -REACH, REACH) for each in value)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.table.get(key, default)
        if not isinstance(value, bool):
            self.fail(key, N_("must be true or false"))
        return value

    def word(self, key: str, kind: type[_Word], default: _Word | None = None) -> _Word:
        value = self.table.get(key, default)
        if value is None:
            self.fail(key, N_("is missing"))
        return self.as_word(key, value, kind)

    def as_word(self, key: str, value: object, kind: type[_Word]) -> _Word:
        """The member of an enum for a value from the file."""
        try:
            return kind(value)
        except ValueError:
            self.fail(
                key,
                sentence(
                    "is “{shown}”, which is not one of: {value}",
                    shown=shown(value),
                    value=enumerated(str(each.value) for each in kind),
                ),
            )

    def words(self, key: str, kind: type[_Word], *, may_be_empty: bool = False) -> tuple[_Word, ...]:
        return self.words_of(key, {str(each.value): each for each in kind}, may_be_empty=may_be_empty)

    def words_of(self, key: str, known: Mapping[str, _Any], *, may_be_empty: bool = False) -> tuple[_Any, ...]:
        """The values of a list of known words, each once."""
        value = self.table.get(key, [])
        if not isinstance(value, list):
            self.fail(key, N_("must be a list of words"))
        if not value and not may_be_empty:
            self.fail(key, N_("needs at least one word"))
        for each in value:
            if not isinstance(each, str) or each not in known:
                self.fail(
                    key,
                    sentence("is “{shown}”, which is not one of: {known}", shown=shown(each), known=enumerated(known)),
                )
        return tuple(dict.fromkeys(known[each] for each in value))

    def entries(self, key: str, *, of: str, most: int) -> list[object]:
        """A list whose entries the caller checks itself; ``of`` names them in the error."""
        value = self.table.get(key)
        if value is None:
            self.fail(key, N_("is missing"))
        if not isinstance(value, list):
            self.fail(key, sentence("must be a list of {things}", things=of))
        if not 1 <= len(value) <= most:
            self.fail(key, sentence("must have 1 to {most} entries, not {number}", most=most, number=len(value)))
        return list(value)

    def part(self, key: str) -> TableReader:
        """The table under a key; an empty one where the key is missing."""
        value = self.table.get(key, {})
        if not isinstance(value, Mapping):
            self.fail(key, N_("must be a table"))
        return TableReader(self.card, value, f"{self.where}.{key}" if self.where else key, what=self.what)

    def parts(self, key: str, *, most: int) -> list[TableReader]:
        """The list of 1 to ``most`` tables under a key."""
        value = self.table.get(key)
        if value is None:
            self.fail(key, N_("is missing"))
        if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
            self.fail(key, N_("must be a list of tables"))
        if not 1 <= len(value) <= most:
            self.fail(key, sentence("must have 1 to {most} entries, not {number}", most=most, number=len(value)))
        path = f"{self.where}.{key}" if self.where else key
        return [TableReader(self.card, each, f"{path} {i}", what=self.what) for i, each in enumerate(value, 1)]
