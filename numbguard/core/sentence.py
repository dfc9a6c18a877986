"""Sentences that the core, the store and the desktop's senses hand over, without knowing any language but English.

A `Sentence` is its English text, so that JSON, log files, error messages and comparisons see ordinary English. It also
keeps the template and the values it was made from, from which `numbguard.wording.catalogue.translated` makes the same
sentence in the person's language where it is shown. `N_` marks a constant for the catalogue and does nothing else.
Pure, on any thread. `docs/decisions/translations.md` says when to use which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce


def N_(message: str) -> str:
    """The same text; the extractor finds it by this mark, and whatever shows it translates it."""
    return message


class Sentence(str):
    """An English sentence that can still be translated."""

    __slots__ = ("fields", "number", "plural", "template")

    template: str
    """The English template, with named placeholders: the key in the catalogue."""
    plural: str
    """The English plural template; empty if the sentence counts nothing."""
    number: int
    """The number that decides between the plural forms."""
    fields: Mapping[str, object]
    """The values of the placeholders; a value may be a `Sentence` itself."""


def sentence(template: str, /, **fields: object) -> Sentence:
    """A whole sentence with named placeholders: ``sentence("{file} could not be read.", file=name)``."""
    made = Sentence(template.format(**fields))
    made.template, made.plural, made.number, made.fields = template, "", 0, fields
    return made


def counted(singular: str, plural: str, count: int, /, **fields: object) -> Sentence:
    """A sentence that counts something; ``{count}`` is the number: ``counted("{count} card", "{count} cards", 3)``."""
    fields = {"count": count} | fields
    made = Sentence((singular if count == 1 else plural).format(**fields))
    made.template, made.plural, made.number, made.fields = singular, plural, count, fields
    return made


class Joined(Sentence):
    """Several sentences or words, each of which can still be translated; its own template is only its English text."""

    __slots__ = ("last", "middle", "parts")

    parts: tuple[str, ...]
    middle: str
    """What puts one more part after those before it, with ``{items}`` and ``{item}``; a key in the catalogue. Empty for
    sentences, which a space separates in every language that there is."""
    last: str
    """The same for the last part."""


_COMMA = N_("{items}, {item}")
_AND = N_("{items} and {item}")
_OR = N_("{items} or {item}")


def passage(said: Iterable[str]) -> Joined:
    """Sentences that follow one another; those that are empty are left out."""
    return _joined(said, "", "")


def listed(items: Iterable[str]) -> Joined:
    """``a, b and c``, as a value of another sentence."""
    return _joined(items, _COMMA, _AND)


def alternatives(items: Iterable[str]) -> Joined:
    """``a, b or c``, as a value of another sentence."""
    return _joined(items, _COMMA, _OR)


def enumerated(items: Iterable[str]) -> Joined:
    """``a, b, c``, as a value of another sentence."""
    return _joined(items, _COMMA, _COMMA)


def _joined(items: Iterable[str], middle: str, last: str) -> Joined:
    parts = tuple(filter(None, items))
    made = Joined(in_order(parts, middle, last) if middle else " ".join(parts))
    made.parts, made.middle, made.last = parts, middle, last
    made.template, made.plural, made.number, made.fields = str(made), "", 0, {}
    return made


def in_order(parts: tuple[str, ...], middle: str, last: str) -> str:
    """The parts put together with the templates of ``Joined``; empty for none."""
    if len(parts) < 2:
        return "".join(parts)
    before = reduce(lambda items, item: middle.format(items=items, item=item), parts[:-1])
    return last.format(items=before, item=parts[-1])


def words_of(error: BaseException) -> str:
    """The message of an exception, which keeps its template where it has one; ``str(error)`` would lose it."""
    words = error.args[0] if error.args else ""
    return words if isinstance(words, str) else str(error)
