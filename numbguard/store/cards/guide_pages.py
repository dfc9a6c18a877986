"""Reads the pages of the guide, Markdown files that NumbGuard ships.

The reader uses it on the GUI thread. A page is read when it is first opened. A page that cannot be read is replaced by
one that says so; *When to get help* then still says the one thing that matters.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from numbguard.core.guide.pages import GuidePage, GuidePassage, passages, with_number
from numbguard.core.sentence import N_
from numbguard.resources import ResourcesError, resource

MAX_BYTES: Final = 256 * 1024

_HELP_LOST: Final = N_("""# When to get help

This page could not be loaded. If something feels seriously wrong, call your local emergency number.
Otherwise ask a doctor. To get the page back, install NumbGuard again; your log is untouched.
""")
_PAGE_LOST: Final = N_("""# {title}

This page could not be loaded. To get it back, install NumbGuard again; your log is untouched. The other
pages may still work. Start with [When to get help](page:when-to-get-help).
""")


class GuidePages:
    """The pages of one folder, each read once."""

    def __init__(self, folder: Path | None = None, *, number: str = "") -> None:
        """``number``: the emergency number from the settings."""
        self._folder = folder
        self._number = number
        self._read: dict[GuidePage, str] = {}

    def text(self, page: GuidePage) -> str:
        """Return a page as Markdown."""
        if page not in self._read:
            self._read[page] = with_number(self._from_disk(page), self._number)
        return self._read[page]

    def passages(self) -> tuple[GuidePassage, ...]:
        """Return every page, split at its headings, in the order of the contents."""
        return tuple(each for page in GuidePage for each in passages(page, self.text(page)))

    def _from_disk(self, page: GuidePage) -> str:
        try:
            path = (self._folder or resource("guide")) / f"{page.value}.md"
            if path.stat().st_size <= MAX_BYTES:
                return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError, ResourcesError):
            pass
        return _HELP_LOST if page is GuidePage.HELP else _PAGE_LOST.format(title=page.title)
