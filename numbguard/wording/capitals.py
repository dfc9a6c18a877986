"""A sentence of the catalogue inside another one, and words at the beginning of a line: the first letter changes.

Pure, on any thread; called by the rest of the wording. Every language that has capitals begins a line with one. Within
a sentence only English may lose one: a German noun keeps it, so there a translation stays as its translator wrote it.
"""

from __future__ import annotations

from numbguard.wording import catalogue


def inside(words: str) -> str:
    """The sentence as it continues another one: ``time to move your legs``."""
    return words[:1].lower() + words[1:] if catalogue.language() == catalogue.ENGLISH else words


def at_start(words: str) -> str:
    """The words as they begin a line: ``Microphone in use``."""
    return words[:1].upper() + words[1:]
