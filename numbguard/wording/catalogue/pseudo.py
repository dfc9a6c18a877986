"""The pseudo-language ``qps``: every English sentence in brackets and 40 % longer, with its placeholders untouched.

The catalogue imports it when somebody asks for ``qps``, in tests and pictures. A text on the screen without brackets
did not pass through the catalogue; a text that is cut off has no room for a longer language.
"""

from __future__ import annotations

from math import ceil
from typing import Final

OPENING: Final = "⟦"
CLOSING: Final = "⟧"
_GROWTH: Final = 0.4
"""How much longer a sentence becomes, as a share of its length: German needs up to that much more than English."""

_WORD: Final = 9
"""Letters of a word of the lengthening, which a line may break between."""


class PseudoCatalogue:
    """Makes each sentence when it is asked for."""

    def find(self, message: str, context: str | None) -> str | None:
        return pseudo(message)

    def find_plural(self, singular: str, plural: str, count: int, context: str | None) -> str | None:
        return pseudo(singular if count == 1 else plural)


def pseudo(message: str) -> str:
    """``⟦Skip ~~⟧`` for ``Skip``; a sentence in brackets already stays as it is.

    The lengthening is appended, so placeholders, markup and access keys within the message stay valid.
    """
    if not message.strip() or OPENING in message:
        return message
    words = message.rstrip("\n")
    more = ceil(len(words) * _GROWTH)
    longer = "".join(" " if at % (_WORD + 1) == _WORD and at < more - 1 else "~" for at in range(more))
    return f"{OPENING}{words} {longer}{CLOSING}{message[len(words) :]}"
