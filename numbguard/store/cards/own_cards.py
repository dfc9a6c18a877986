"""Lists, reads, writes, copies, removes and restores the person's own cards and routines.

The editor's window calls it on the GUI thread. Everything is checked by the library's own rules before it is written,
so that whatever the editor saves can be shown. Files are owner-only and are written whole.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from numbguard.core.cards.cards import Card, card_from, is_picture_name, with_motions_of
from numbguard.core.cards.drafts import CardDraft, card_table, draft_borrowing, draft_of, fresh_slug, fresh_title
from numbguard.core.cards.picture_rules import MAX_BYTES as MAX_PICTURE
from numbguard.core.cards.picture_rules import OwnPicture, PictureError, PictureKind, checked_picture
from numbguard.core.cards.routines import Routine, routine_from, routine_table
from numbguard.core.cards.table_reader import CardError
from numbguard.core.sentence import sentence
from numbguard.store.profile import Profile, make_folder, reason, write_whole

from .library import Library
from .pack import PackChanges, export_pack, import_pack
from .routines import read_routine
from .toml_edit import changed


class OwnCardsError(Exception):
    """A card or routine of one's own could not be read or written. The message is a sentence."""


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One line of the list. ``problem``: why the item cannot be shown; it can still be removed."""

    slug: str
    title: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RemovedItem:
    """A removed card or routine, for putting it back."""

    title: str
    files: Mapping[Path, bytes]
    missed_by: tuple[str, ...] = ()
    """The titles of routines that now lack it."""


class OwnCards:
    def __init__(self, profile: Profile, *, ours: Path, our_routines: Path) -> None:
        """``ours`` and ``our_routines`` are the folders that NumbGuard ships."""
        self._profile = profile
        self._ours = ours
        self._our_routines = our_routines
        self.library = Library(ours, profile.cards)
        self.ours = Library(ours)

    # --- reading -----------------------------------------------------------------------------------------------------

    def cards(self) -> tuple[ListedItem, ...]:
        """Return every card of one's own, by title, with the reason where it cannot be used."""
        usable = {card.slug: card for card in self.library.cards()}
        found = [
            ListedItem(slug, usable[slug].title) if slug in usable else ListedItem(slug, slug, self._complaint(slug))
            for slug in _slugs(self._profile.cards)
        ]
        return tuple(sorted(found, key=lambda one: one.title.casefold()))

    def routines(self) -> tuple[ListedItem, ...]:
        """Return every routine of one's own, by title."""
        found: list[ListedItem] = []
        for slug in _slugs(self._profile.routines):
            try:
                found.append(ListedItem(slug, read_routine(self._routine(slug)).title))
            except CardError as error:
                found.append(ListedItem(slug, slug, error.args[0]))
        return tuple(sorted(found, key=lambda one: one.title.casefold()))

    def choices(self) -> tuple[Card, ...]:
        """Return the text of every card that a routine can contain, by title."""
        return tuple(sorted(self.library.cards(), key=lambda card: card.title.casefold()))

    def lenders(self) -> tuple[Card, ...]:
        """Return the text of the shipped cards, whose motions can be borrowed, by title."""
        return tuple(sorted(self.ours.cards(), key=lambda card: card.title.casefold()))

    def card(self, slug: str) -> CardDraft:
        """Return a card of one's own for editing; raise OwnError where it cannot be read."""
        card = self.library.card(slug)
        if card is None:
            raise OwnCardsError(self._complaint(slug) or sentence("“{slug}” no longer exists.", slug=slug))
        try:
            table: dict[str, Any] = tomllib.loads(self._card(slug).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise OwnCardsError(
                sentence("“{title}” could not be read ({words}).", title=card.title, words=_words(error))
            ) from error
        return draft_of(card, table)

    def routine(self, slug: str) -> Routine:
        """Return a routine of one's own for editing; raise OwnError where it cannot be read."""
        try:
            return read_routine(self._routine(slug))
        except CardError as error:
            raise OwnCardsError(error.args[0]) from error

    def _complaint(self, slug: str) -> str:
        return self.library.complaint_on(self._card(slug))

    # --- writing -----------------------------------------------------------------------------------------------------

    def keep_card(self, draft: CardDraft, *, slug: str | None) -> str:
        """Write a card, under a new slug where it has none, and return the slug. On OwnError nothing has changed."""
        if slug is None:
            slug = fresh_slug(draft.title, taken=self._taken(), otherwise="card")
        picture = self._picture_for(draft, slug)
        table = card_table(draft, picture_file=picture)
        try:
            card = card_from(slug, table)
            if card.like:
                with_motions_of(card, self.library.card(card.like))
        except CardError as error:
            raise OwnCardsError(sentence("It was not saved: {problem}", problem=error.args[0])) from error
        files = {self._card(slug): self._text(self._card(slug), table)}
        if draft.picture:
            files = {self._profile.cards / picture: draft.picture.data, **files}
        self._write(files)
        for kind in PictureKind:  # a file with a name of the person's own may be their only copy, so it stays
            if f"{slug}.{kind}" != picture:
                _forget(self._profile.cards / f"{slug}.{kind}")
        return slug

    def keep_routine(self, routine: Routine, *, slug: str | None) -> str:
        """Write a routine, under a new slug where it has none, and return the slug. On OwnError nothing has changed."""
        if slug is None:
            taken = {*_slugs(self._profile.routines), *_slugs(self._our_routines)}
            slug = fresh_slug(routine.title, taken=taken, otherwise="routine")
        table = routine_table(replace(routine, title=" ".join(routine.title.split())))
        try:
            routine_from(slug, table)
        except CardError as error:
            raise OwnCardsError(sentence("It was not saved: {problem}", problem=error.args[0])) from error
        self._write({self._routine(slug): self._text(self._routine(slug), table)})
        return slug

    def copy_card(self, slug: str) -> str:
        """Copy a card and return the copy's slug. The copy of a shipped card borrows its motions."""
        own = slug in _slugs(self._profile.cards)
        card = self.ours.card(slug)
        if not own and card is None:
            raise OwnCardsError(sentence("“{slug}” no longer exists.", slug=slug))
        draft = self.card(slug) if own or card is None else draft_borrowing(card)
        title = fresh_title(draft.title, taken=[one.title for one in self.cards()])
        return self.keep_card(replace(draft, title=title), slug=None)

    def copy_routine(self, slug: str) -> str:
        routine = self.routine(slug)
        title = fresh_title(routine.title, taken=[one.title for one in self.routines()])
        return self.keep_routine(replace(routine, title=title), slug=None)

    # --- removing and restoring --------------------------------------------------------------------------------------

    def remove_card(self, slug: str) -> RemovedItem:
        """Remove a card, with the picture of its name; ``put_back`` undoes this."""
        title = next((one.title for one in self.cards() if one.slug == slug), slug)
        ours = {card.slug for card in self.ours.cards()}
        missed = [one.title for one in self._good_routines() if slug in one.cards] if slug not in ours else []
        places = [self._card(slug), *(self._profile.cards / f"{slug}.{kind}" for kind in PictureKind)]
        return self._remove(title, places, tuple(missed))

    def remove_routine(self, slug: str) -> RemovedItem:
        """Remove a routine; its cards stay."""
        title = next((one.title for one in self.routines() if one.slug == slug), slug)
        return self._remove(title, [self._routine(slug)], ())

    def put_back(self, removed: RemovedItem) -> None:
        """Restore what was removed; raise OwnError where that fails."""
        self._write(removed.files)

    def _remove(self, title: str, places: list[Path], missed_by: tuple[str, ...]) -> RemovedItem:
        try:
            files = {place: place.read_bytes() for place in places if place.is_file()}
            for place in files:
                place.unlink()
        except OSError as error:
            raise OwnCardsError(
                sentence("“{title}” could not be deleted ({words}).", title=title, words=_words(error))
            ) from error
        return RemovedItem(title, files, missed_by)

    def _good_routines(self) -> list[Routine]:
        return [self.routine(one.slug) for one in self.routines() if not one.problem]

    # --- sharing -----------------------------------------------------------------------------------------------------

    def take_in(self, path: Path, *, replace: bool = False) -> PackChanges:
        """Import a pack, whole or not at all. Raises PackError, and TakenError where one of its slugs is in use."""
        return import_pack(path, self._profile, ours=self._ours, replace=replace)

    def share(self, path: Path, *, routine: str | None = None) -> PackChanges:
        """Export everything of one's own, or one routine with the cards it needs. Raises PackError."""
        return export_pack(path, self._profile, ours=self._ours, routine=routine)

    # --- files -------------------------------------------------------------------------------------------------------

    def _card(self, slug: str) -> Path:
        return self._profile.cards / f"{slug}.toml"

    def _routine(self, slug: str) -> Path:
        return self._profile.routines / f"{slug}.toml"

    def _picture_of(self, slug: str) -> str:
        """The name of the picture that a card's file names; empty where it has none or cannot be read."""
        try:
            named = tomllib.loads(self._card(slug).read_text(encoding="utf-8")).get("picture", "")
        except (OSError, ValueError, RecursionError):
            return ""
        return named if isinstance(named, str) and is_picture_name(named) else ""

    def _picture_for(self, draft: CardDraft, slug: str) -> str:
        """The file name for a draft's picture: the one that the person gave it, as long as it is that picture."""
        if draft.picture is None:
            return ""
        former = self._picture_of(slug)
        try:
            if former and (self._profile.cards / former).read_bytes() == draft.picture.data:
                return former
        except OSError:
            pass
        return f"{slug}.{draft.picture.kind}"

    def _text(self, place: Path, table: Mapping[str, object]) -> bytes:
        """Return the file's new content; comments in a hand-written file stay."""
        try:
            before = place.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            before = ""
        return changed(before, table).encode()

    def _taken(self) -> set[str]:
        pictures = {place.stem for place in self._profile.cards.glob("*.*")} if self._profile.cards.is_dir() else set()
        return {*_slugs(self._ours), *pictures}

    def _write(self, files: Mapping[Path, bytes]) -> None:
        try:
            for place, content in files.items():
                make_folder(place.parent)
                write_whole(place, content)
        except OSError as error:
            raise OwnCardsError(
                sentence(
                    "It was not saved: {folder} could not be written ({words}). Free some "
                    "space or check the permissions, and try again.",
                    folder=self._profile.folder,
                    words=_words(error),
                )
            ) from error


def picture_in(path: Path) -> OwnPicture:
    """Read a picture from any path; raise OwnError with a sentence where it cannot be used."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in {each.value for each in PictureKind}:
        raise OwnCardsError(
            sentence("{path} is not a kind of picture that a card can have. Use SVG, PNG, GIF or WebP.", path=path.name)
        )
    try:
        if not path.is_file():
            raise OwnCardsError(sentence("{path} doesn't exist or isn't a file.", path=path.name))
        with path.open("rb") as file:
            size = path.stat().st_size
            data = file.read(MAX_PICTURE + 1)
        if size > MAX_PICTURE:
            raise PictureError(
                sentence(
                    "is {size:.1f} MB; {max_picture} MB is the limit", size=size / 2**20, max_picture=MAX_PICTURE >> 20
                )
            )
        return checked_picture(PictureKind(kind), data)
    except PictureError as error:
        raise OwnCardsError(
            sentence("{path} cannot be used: the picture {problem}.", path=path.name, problem=error.args[0])
        ) from error
    except OSError as error:
        raise OwnCardsError(
            sentence("{path} could not be read ({words}).", path=path.name, words=_words(error))
        ) from error


def _slugs(folder: Path) -> list[str]:
    return sorted(place.stem for place in folder.glob("*.toml")) if folder.is_dir() else []


def _forget(place: Path) -> None:
    try:
        place.unlink(missing_ok=True)
    except OSError:
        pass  # a picture that no card shows any more


def _words(error: Exception) -> str:
    return reason(error) if isinstance(error, OSError) else str(error)
