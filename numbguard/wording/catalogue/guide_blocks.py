"""Cuts a page of the guide into the blocks that are translated one by one, and puts the page together again.

The extractor of ``tools/translations`` and the reader use it. A block is a heading, a paragraph, or an entry of a list,
without its line breaks: how a paragraph is wrapped in the file is no concern of a translator's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from . import _

_MARK: Final = re.compile(r"(?P<mark>\s*(?:#{1,6}|[-*]|\d+\.|>)\s+)(?P<text>.+)")


@dataclass(frozen=True, slots=True)
class GuideBlock:
    """A block of a page: its Markdown mark, such as ``## `` or ``- ``, and its message; both empty for a blank line."""

    mark: str
    message: str


def blocks(page: str) -> Iterator[GuideBlock]:
    """The blocks of a page in Markdown, in order, blank lines among them."""
    mark, lines = "", list[str]()
    for line in [*page.splitlines(), ""]:
        found = _MARK.fullmatch(line)
        if (found or not line.strip()) and lines:
            yield GuideBlock(mark, " ".join(lines))
            mark, lines = "", []
        if found:
            mark, lines = found["mark"], [found["text"].strip()]
        elif line.strip():
            lines.append(line.strip())
        else:
            yield GuideBlock("", "")


def translated_page(page: str) -> str:
    """The page in the person's language; a block that the catalogue does not have stays English."""
    return "\n".join(f"{block.mark}{_(block.message)}" for block in blocks(page))
