"""Reads the card files: those that NumbGuard ships and the person's own.

The app uses it on the GUI thread, and so does the command line. Listing the cards reads only the text of each file: the
motions are at the end of a card file and are read when the card is shown. A file with a mistake is omitted and named in
`complaints`; the others are used.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from numbguard.core.cards.cards import Card, card_from, with_motions_of
from numbguard.core.cards.picture_rules import MAX_BYTES as MAX_PICTURE
from numbguard.core.cards.picture_rules import PictureError, PictureKind, checked_picture
from numbguard.core.cards.table_reader import CardError
from numbguard.core.sentence import N_, sentence

MAX_BYTES: Final = 256 * 1024
MAX_FILES: Final = 500
_MOTIONS: Final = re.compile(r"^\s*\[\[?\s*motion\b", re.MULTILINE)


class Library:
    """All cards of several folders; a later folder's card replaces an earlier one of the same name."""

    def __init__(self, *folders: Path) -> None:
        self._folders: Sequence[Path] = folders
        self._files: dict[str, Path] | None = None
        self._stamps: list[int] = []
        self._listed: tuple[Card, ...] = ()
        self._whole: dict[str, Card] = {}
        self._checked = False
        self._complaints: dict[Path, str] = {}

    @property
    def complaints(self) -> tuple[str, ...]:
        """A sentence for each file read so far that could not be used."""
        return tuple(self._complaints.values())

    def complaint_on(self, path: Path) -> str:
        """The sentence on one file; empty where it has been used, or not been read."""
        return self._complaints.get(path, "")

    def cards(self) -> tuple[Card, ...]:
        """Return the text of every usable card, by slug. Read once, and again when a file was added or removed."""
        stamps = [_stamp(folder) for folder in self._folders]
        if self._files is None or stamps != self._stamps:
            self._stamps, self._whole, self._complaints, self._checked = stamps, {}, {}, False
            files: dict[str, Path] = {}
            cards: dict[str, Card] = {}
            for folder in self._folders:
                for path in self._in(folder):
                    card = self._read(path, words_only=True)
                    if card is not None:
                        files[card.slug], cards[card.slug] = path, card
            self._files = files
            self._listed = tuple(cards[slug] for slug in sorted(cards))
        return self._listed

    def card(self, slug: str) -> Card | None:
        """Return a card with its motions, or None where no usable one has that name."""
        known = {each.slug for each in self.cards()}
        if slug not in known or self._files is None:
            return None
        if slug not in self._whole:
            card = self._read(self._files[slug], words_only=False)
            if card is None:
                # Its text is valid and its motion is not: remove it from the list, so that it is not chosen again.
                self._listed = tuple(each for each in self._listed if each.slug != slug)
                return None
            # One card is on screen at a time, so only that one is kept.
            self._whole = {slug: card}
        return self._whole[slug]

    def check(self) -> tuple[str, ...]:
        """Read every card whole, once, and return the complaints. Afterwards ``cards`` has only usable ones."""
        cards = self.cards()
        if not self._checked:
            for card in cards:
                self.card(card.slug)
            self._checked = True
        return self.complaints

    def _in(self, folder: Path) -> list[Path]:
        try:
            return sorted(folder.glob("*.toml"))[:MAX_FILES]
        except OSError as error:
            self._complaints[folder] = sentence(
                "{folder} could not be read ({reason}), so its cards are not used.",
                folder=folder,
                reason=error.strerror,
            )
            return []

    def _with_pictures(self, card: Card, path: Path, *, lent: bool) -> Card:
        """Complete one of the person's own cards with its picture, or with the motions that it borrows."""
        if card.picture:
            with path.with_name(card.picture).open("rb") as file:
                data = file.read(MAX_PICTURE + 1)
            return replace(card, image=checked_picture(PictureKind(card.picture.rpartition(".")[2].lower()), data))
        if card.like and not lent:
            lender = (self._files or {}).get(card.like)
            return with_motions_of(card, self._read(lender, words_only=False, lent=True) if lender else None)
        return card

    def _read(self, path: Path, *, words_only: bool, lent: bool = False) -> Card | None:
        """``lent``: another card borrows its motions, so it cannot borrow them itself."""
        try:
            if path.stat().st_size > MAX_BYTES:
                raise CardError(sentence("it is larger than {max_bytes} kB", max_bytes=MAX_BYTES // 1024))
            text = path.read_text(encoding="utf-8")
            if words_only:
                motions = _MOTIONS.search(text)
                if motions:
                    text = text[: motions.start()]
            card = card_from(path.stem, tomllib.loads(text), words_only=words_only)
            return card if words_only else self._with_pictures(card, path, lent=lent)
        except tomllib.TOMLDecodeError as error:
            problem: str = sentence("it is not valid TOML: {error}", error=error)
        except UnicodeDecodeError:
            problem = N_("it is not text in UTF-8")
        except OSError as error:
            problem = error.strerror or str(error)
        except RecursionError:
            problem = N_("it is nested too deeply")
        except PictureError as error:
            problem = sentence("its picture {problem}", problem=error.args[0])
        except CardError as error:
            problem = error.args[0]
        except ValueError:  # a number of thousands of digits
            problem = N_("it isn't valid TOML")
        if problem.endswith("."):
            problem = problem.rstrip(".")
        self._complaints[path] = sentence(
            "{path} is not used: {problem}. The other cards are used.", path=path, problem=problem
        )
        return None


def _stamp(folder: Path) -> int:
    """A value that changes when a file is added to a folder or removed from it."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0
