"""Sentences that the core, the store and the desktop's senses hand over, without knowing any language but English.

A `Sentence` is its English text, so that JSON, log files, error messages and comparisons see ordinary English. It also
keeps the template and the values it was made from, from which `numbguard.wording.catalogue.translated` makes the same
sentence in the person's language where it is shown. `N_` marks a constant for the catalogue and does nothing else.
Pure, on any thread. `docs/decisions/translations.md` says when to use which.
"""

from __future__ import annotations

from collections.abc import Mapping


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


def words_of(error: BaseException) -> str:
    """The message of an exception, which keeps its template where it has one; ``str(error)`` would lose it."""
    words = error.args[0] if error.args else ""
    return words if isinstance(words, str) else str(error)
