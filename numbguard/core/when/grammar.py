"""How a language other than English says moments and lengths: a table of its words, and rules for their order.

A grammar turns a text into the same text in English, which `moments.py` and `days.py` then read; so every language has
the same rules for what may mean two moments. A word that is not in the table makes the whole text one that is not
understood. Pure, on any thread; `languages.py` chooses the grammar. `docs/TRANSLATING.md` says how to add one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Final

Rule = tuple[str, str | Callable[[re.Match[str]], str]]
"""A pattern, and what takes its place."""

UNITS: Final = "seconds|minutes|hours|days|weeks|months|years|h"
"""The units that a table may name."""
_LENGTH: Final = rf"(?:(?:\d+[hms]){{2,}}|[\d.]+ (?:{UNITS})(?:(?: and)? [\d.]+ (?:{UNITS}))*)"
_FIGURES: Final = r"(?:\d+[hms]){2,}(?!\w)|\d+,\d+(?![\d:.])|\d+(?:[.:/-]\d+)*\.?"
_SHARED: Final[tuple[Rule, ...]] = (
    (rf"(?:@before|@since) ({_LENGTH})(?= |$)", r"\1 ago"),
    (rf"\btoday (?={_LENGTH} ago)", ""),
)
"""Applied before a grammar's own rules: “vor zehn Minuten”, “منذ 10 دقائق”, “heute vor einer Woche”."""
_AT_THE_HOUR: Final[tuple[Rule, ...]] = (
    # Marked as an hour, so that “3.11. um 15” is not read as 3 November 2015, and “15 Uhr” not as a length.
    (r"(?:@at )+([01]?\d|2[0-3])(?= |$)(?! past| to)", r"\1@"),
    (r"@(?:at|since)(?= |$)(?! 24$)", ""),  # “24 Uhr gestern” is the end of the day, which English does not say so
)
"""Applied after a grammar's own rules."""


class Grammar:
    """What one language says.

    ``words``: its words and phrases, in lower case, each with the English for it; an empty text for a word that changes
    nothing. Words that stand in another order than in English get a mark for the rules: ``@before`` and ``@since``
    stand before a length that has passed, ``@at`` before a time of day; a grammar may have more, such as ``@half``. A
    mark that no rule removes makes the text one that is not understood.
    ``rules``: applied in turn to the English words.
    ``letters``: letters that are written in more than one way.
    """

    def __init__(
        self,
        words: Mapping[str, str],
        rules: Iterable[Rule],
        letters: Mapping[str, str | None],
        *,
        counts: Iterable[Rule] = (),
        joined: str = "",
    ) -> None:
        """``counts``: rules for numbers and units, applied before all others.

        ``joined``: an “and” that is written together with the next word, as in Arabic.
        """
        self._letters = str.maketrans(dict(letters))
        self._words = {self._folded(word): english for word, english in words.items()}
        phrases = "|".join(re.escape(word) for word in sorted(self._words, key=len, reverse=True))
        and_ = f"|(?P<joined>{joined})(?=(?:{phrases})(?!\\w)|\\d)" if joined else ""
        self._next = re.compile(rf"[\s,،~]+|(?P<word>{phrases})(?!\w)\.?|(?P<figures>{_FIGURES}){and_}")
        self._rules = [(re.compile(pattern), by) for pattern, by in (*counts, *_SHARED, *rules, *_AT_THE_HOUR)]

    def in_english(self, text: str) -> str | None:
        """The text in English; ``None`` if it has a word that the grammar does not know."""
        said, at, english = self._folded(text.strip()), 0, []
        while at < len(said):
            found = self._next.match(said, at)
            if found is None:
                return None
            if word := found["word"]:
                english.append(self._words[word])
            elif figures := found["figures"]:
                english.append(figures.replace(",", "."))
            elif found.lastgroup == "joined":
                english.append("and")
            at = found.end()
        made = " ".join(word for word in english if word)
        for pattern, by in self._rules:
            made = " ".join(pattern.sub(by, made).split())
        return made

    def _folded(self, text: str) -> str:
        return unicodedata.normalize("NFC", text).lower().translate(self._letters)
