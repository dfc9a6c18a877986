"""The languages in which moments and lengths are read, each by its grammar.

Pure, on any thread: the caller passes in the language. Used by `moments.py`, the command line's ``--since`` and the
fields for a length.
"""

from __future__ import annotations


def in_english(text: str, language: str) -> str | None:
    """The text in English, by the grammar of a language such as ``de`` or ``de_AT``.

    ``None`` if it has a word that the grammar does not know, or if there is no grammar of that language.
    """
    match language.partition("_")[0]:
        # Imported here, because English needs no table.
        case "de":
            from .german import GERMAN

            return GERMAN.in_english(text)
        case "ar":
            from .arabic import ARABIC

            return ARABIC.in_english(text)
    return None
