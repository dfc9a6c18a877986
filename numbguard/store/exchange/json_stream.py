"""Reads a JSON file entry by entry, with the line of each, so that a long or hostile file does not fill the memory.

The file must be one object whose members are plain values or lists of entries, as our files and FHIR Bundles are. The
import calls it on its thread.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn, TextIO

from numbguard.core.sentence import sentence

from .types import MOST_OF_ENTRY, ExchangeError

_CHUNK = 1024 * 1024
_SPACE = " \t\n\r"


@dataclass(frozen=True, slots=True)
class JsonEntry:
    """One element of a list in the file."""

    section: str
    line: int
    value: Any


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} isn't a number")


class JsonStream:
    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._line = 1
        self._ended = False
        self._decoder = json.JSONDecoder(parse_constant=_no_number)
        self.head: dict[str, object] = {}
        """The plain members read so far."""

    def entries(self) -> Iterator[JsonEntry]:
        """Yield each element of each list. Raises ``ExchangeError`` where the file is not such JSON."""
        self._expect("{")
        if self._peek() == "}":
            return
        while True:
            name = self._value()
            if not isinstance(name, str):
                self._fail()
            self._expect(":")
            if self._peek() == "[":
                yield from self._list(name)
            else:
                self.head[name] = self._value()
            if self._expect(",}") == "}":
                break
        if self._peek():
            self._fail()

    def _list(self, section: str) -> Iterator[JsonEntry]:
        self._expect("[")
        if self._peek() == "]":
            self._expect("]")
            return
        while True:
            self._peek()
            line = self._line
            yield JsonEntry(section, line, self._value())
            if self._expect(",]") == "]":
                return

    def _peek(self) -> str:
        """Return the next character that is not white space; empty at the end."""
        while True:
            while self._at < len(self._text):
                letter = self._text[self._at]
                if letter not in _SPACE:
                    return letter
                self._line += letter == "\n"
                self._at += 1
            if not self._more():
                return ""

    def _expect(self, letters: str) -> str:
        found = self._peek()
        if not found or found not in letters:
            self._fail()
        self._at += 1
        return found

    def _value(self) -> Any:
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except RecursionError:
                raise ExchangeError(
                    sentence(
                        "The file is nested too deeply at line {line}: no log looks like that. Nothing was imported.",
                        line=self._line,
                    )
                ) from None
            except ValueError:
                if len(self._text) - self._at > MOST_OF_ENTRY or not self._more():
                    self._fail()
                continue
            # A number may continue beyond what has been read so far.
            if end == len(self._text) and self._more():
                continue
            if end - self._at > MOST_OF_ENTRY:
                self._fail()
            self._line += self._text.count("\n", self._at, end)
            self._at = end
            return value

    def _more(self) -> bool:
        if self._ended:
            return False
        # Read a long entry in growing pieces, so that parsing is not retried too often.
        chunk = self._file.read(max(_CHUNK, len(self._text) - self._at))
        self._ended = not chunk
        self._text, self._at = self._text[self._at :] + chunk, 0
        return bool(chunk)

    def _fail(self) -> NoReturn:
        raise ExchangeError(
            sentence(
                "The file is incomplete or isn't valid JSON: see line {line}. Nothing was imported.", line=self._line
            )
        )
