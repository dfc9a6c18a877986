"""Reads the words of the command line where nothing about them is in doubt; argparse reads all others.

Importing argparse and telling it of a verb's words takes as long as writing an episode down. A ``PlainWords`` is told
of them in the same way, and understands whole names, each with its value as a word of its own or after ``=``. Whatever
is missing, wrong, shortened or unusual it leaves to argparse, and with it all that is said of it. Called by ``cli``.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

COMMON: Mapping[str, Mapping[str, Any]] = {
    "--profile": {"metavar": "DIR", "help": "keep settings, log and state in DIR"},
    "--json": {"action": "store_true", "help": "print one JSON document and nothing else"},
}
"""What may stand before and after every verb, as ``add_argument`` is told of it."""


class UnclearError(Exception):
    """argparse is to look at these words."""


class PlainWords:
    """What one verb takes: so much of ``argparse.ArgumentParser`` as telling it takes."""

    def __init__(self) -> None:
        self._options = dict(COMMON)
        self._places: list[tuple[str, Mapping[str, Any]]] = []
        self._verbs: dict[str, PlainWords] = {}
        self._verb_as: str | None = None
        self._verb_needed = False
        self._defaults: dict[str, Any] = {}

    def add_argument(self, name: str, **said: Any) -> None:
        if name.startswith("-"):
            self._options[name] = said
        else:
            self._places.append((name, said))
        self._defaults[_key(name)] = said.get("default", False if _is_switch(said) else None)

    def set_defaults(self, **defaults: Any) -> None:
        self._defaults |= defaults

    def add_subparsers(self, *, dest: str | None = None, required: bool = False, **_: object) -> PlainWords:
        self._verb_as, self._verb_needed = dest, required
        return self

    def add_parser(self, name: str, **_: object) -> PlainWords:
        self._verbs[name] = PlainWords()
        return self._verbs[name]

    def read(self, told: Sequence[str], known: Mapping[str, Any]) -> dict[str, Any]:
        """What these words give, besides what is ``known`` already; raises ``UnclearError``."""
        found, places = {**known, **self._defaults}, list(self._places)
        words, optioned = iter(told), False
        for word in words:
            if word.startswith("-"):
                optioned = True
                self._take(word, words, found)
            elif word in self._verbs:
                which = {} if self._verb_as is None else {self._verb_as: word}
                return self._verbs[word].read(list(words), {**found, **which})
            elif places and not optioned:
                name, said = places.pop(0)
                found[name] = _value(word, said)
            else:
                raise UnclearError
        if self._verb_needed or any(said.get("nargs") != "?" for _, said in places):
            raise UnclearError
        return found

    def _take(self, word: str, words: Iterator[str], found: dict[str, Any]) -> None:
        name, joined, value = word.partition("=")
        said = self._options.get(name)
        if said is None or (joined and _is_switch(said)):
            raise UnclearError
        if _is_switch(said):
            found[_key(name)] = True
            return
        if not joined:
            value = next(words, "-")
            if value.startswith("-"):
                raise UnclearError
        read = _value(value, said)
        found[_key(name)] = [*(found[_key(name)] or []), read] if said.get("action") == "append" else read


def _key(name: str) -> str:
    return name.lstrip("-").replace("-", "_")


def _is_switch(said: Mapping[str, Any]) -> bool:
    return said.get("action") == "store_true"


def _value(word: str, said: Mapping[str, Any]) -> object:
    try:
        value = said.get("type", str)(word)
    except Exception:  # whatever it is: argparse meets it again, and says it
        raise UnclearError from None
    if "choices" in said and value not in said["choices"]:
        raise UnclearError
    return value
