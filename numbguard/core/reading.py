"""One table of a card's file, read key by key and bounded: the sentence for whatever is wrong names card and key.

Used by `cards.py` and `motion_reading.py`, on the thread that reads the file. Opens no files itself.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import Enum
from typing import Final, NoReturn, TypeVar


class CardError(ValueError):
    """A card that cannot be used. Its text is a sentence naming the card, the key and what is wrong there."""


REACH: Final = 2000.0
"""No number of a card lies further from nought."""

_Word = TypeVar("_Word", bound=Enum)


class Reading:
    """One card's table being read: knows where it is, so that every complaint can name the key."""

    def __init__(self, card: str, table: Mapping[str, object], where: str = "") -> None:
        self.card = card
        self.table = table
        self.where = where

    def fail(self, key: str, problem: str) -> NoReturn:
        path = f"{self.where}.{key}" if self.where else key
        raise CardError(f"Card “{self.card}”: {path} {problem}.")

    def only(self, *known: str) -> None:
        for key in self.table:
            if key not in known:
                self.fail(key, "is not a key that a card has")

    def text(self, key: str, *, limit: int, default: str | None = None) -> str:
        value = self.table.get(key, default)
        if value is None:
            self.fail(key, "is missing")
        if not isinstance(value, str):
            self.fail(key, "must be text in quotes")
        if not value.strip() and default is None:
            self.fail(key, "is empty")
        if len(value) > limit:
            self.fail(key, f"is longer than {limit} characters")
        return value.strip()

    def number(self, key: str, *, low: float, high: float, default: float | None = None) -> float:
        value = self.table.get(key, default)
        if value is None:
            self.fail(key, "is missing")
        return self._checked(key, value, low, high)

    def _checked(self, key: str, value: object, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.fail(key, "must be a number")
        if not low <= value <= high:
            self.fail(key, f"must lie between {low:g} and {high:g}, not {value:g}")
        return float(value)

    def numbers(self, key: str, *, least: int, most: int) -> tuple[float, ...]:
        value = self.table.get(key, ())
        if not isinstance(value, list) or not least <= len(value) <= most:
            self.fail(key, f"must be a list of {least} to {most} numbers")
        return tuple(self._checked(key, each, -REACH, REACH) for each in value)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.table.get(key, default)
        if not isinstance(value, bool):
            self.fail(key, "must be true or false")
        return value

    def word(self, key: str, kind: type[_Word], default: _Word | None = None) -> _Word:
        value = self.table.get(key, default)
        if value is None:
            self.fail(key, "is missing")
        return self.as_word(key, value, kind)

    def as_word(self, key: str, value: object, kind: type[_Word]) -> _Word:
        try:
            return kind(value)
        except ValueError:
            self.fail(key, f"is “{value}”, which is none of: {', '.join(str(each.value) for each in kind)}")

    def words(self, key: str, kind: type[_Word], *, may_be_empty: bool = False) -> tuple[_Word, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list):
            self.fail(key, "must be a list of words")
        if not value and not may_be_empty:
            self.fail(key, "needs one word at least")
        return tuple(dict.fromkeys(self.as_word(key, each, kind) for each in value))

    def part(self, key: str) -> Reading:
        value = self.table.get(key, {})
        if not isinstance(value, Mapping):
            self.fail(key, "must be a table")
        return Reading(self.card, value, f"{self.where}.{key}" if self.where else key)

    def parts(self, key: str, *, most: int) -> list[Reading]:
        value = self.table.get(key)
        if value is None:
            self.fail(key, "is missing")
        if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
            self.fail(key, "must be a list of tables")
        if not 1 <= len(value) <= most:
            self.fail(key, f"must have 1 to {most} entries, not {len(value)}")
        path = f"{self.where}.{key}" if self.where else key
        return [Reading(self.card, each, f"{path} {i}") for i, each in enumerate(value, 1)]
