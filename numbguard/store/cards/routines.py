"""Reads the routine files: those that NumbGuard ships and the person's own.

The app uses it on the GUI thread when a routine is started or chosen, and so does the command line. A routine that has
started does not change until it ends.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from numbguard.core.cards.cards import Card, is_slug
from numbguard.core.cards.routines import Routine, RoutinePart, break_name, parts, routine_from
from numbguard.core.cards.table_reader import CardError
from numbguard.core.sentence import N_, listed, sentence

from .library import Library

MAX_BYTES: Final = 16 * 1024
MAX_FILES: Final = 200


class RoutineLibrary:
    """The routines of several folders; a later folder's routine replaces an earlier one of the same name."""

    def __init__(
        self, library: Library, *folders: Path, is_on: Callable[[Card], bool] = lambda card: not card.advised_only
    ) -> None:
        """``is_on`` says of a card whether it may come; a routine leaves out the others."""
        self._library = library
        self._is_on = is_on
        self._folders = folders
        self._begun: dict[str, tuple[RoutinePart, ...]] = {}

    def begin(self, slug: str) -> tuple[RoutinePart, ...]:
        """The results of ``look_up``, kept so that a running routine continues when another one is looked up."""
        found = self._begun[break_name(slug)] = self.look_up(slug)
        return found

    def look_up(self, slug: str) -> tuple[RoutinePart, ...]:
        """Return the cards of a routine in order, at least one; raise CardError where none can be shown."""
        known = {card.slug: card for card in self._library.cards()}
        routine = self._read(slug)
        found = parts(routine, {name: card for name, card in known.items() if self._is_on(card)}.get)
        if not found and any(name in known for name in routine.cards):
            raise CardError(
                sentence(
                    "Every card of “{title}” is off. In the settings, tick those that a therapist has advised, or "
                    "wait until your numb or weak leg will hold you again.",
                    title=routine.title,
                )
            )
        if not found:
            raise CardError(
                sentence(
                    "None of the cards of “{title}” can be shown. Run “numbguard check” to see why.",
                    title=routine.title,
                )
            )
        return found

    def parts_of(self, card: str) -> tuple[RoutinePart, ...]:
        """Return the routine that was started under a break's card name; None where that names a card."""
        return self._begun.get(card, ())

    def routines(self) -> tuple[Routine, ...]:
        """Return every readable routine, by slug."""
        found: list[Routine] = []
        for slug in sorted(set(self._slugs())):
            try:
                found.append(self._read(slug))
            except CardError:
                continue  # ``check`` reports it
        return tuple(found)

    def check(self) -> tuple[str, ...]:
        """Read every routine; return a sentence for each that cannot be used as it is and for each missing card."""
        self._library.check()
        known = {card.slug for card in self._library.cards()}
        said: list[str] = []
        for slug in sorted(set(self._slugs())):
            try:
                routine = self._read(slug)
            except CardError as error:
                said.append(error.args[0])
                continue
            missing = [f"“{card}”" for card in dict.fromkeys(routine.cards) if card not in known]
            if missing:
                said.append(
                    sentence(
                        "{place} leaves out {missing}, which can't be shown.",
                        place=self._place(slug),
                        missing=listed(missing),
                    )
                )
        return tuple(said)

    def _slugs(self) -> Iterator[str]:
        for folder in self._folders:
            if folder.is_dir():
                yield from (place.stem for place in sorted(folder.glob("*.toml"))[:MAX_FILES])

    def _place(self, slug: str) -> Path:
        places = [folder / f"{slug}.toml" for folder in reversed(self._folders)]
        return next((place for place in places if place.exists()), places[-1])

    def _read(self, slug: str) -> Routine:
        if not is_slug(slug):
            raise CardError(sentence("“{slug}” isn't a valid routine name.", slug=slug))
        path = self._place(slug)
        if not path.exists():
            raise CardError(sentence("There is no routine “{slug}”: {path} doesn't exist.", slug=slug, path=path))
        try:
            return read_routine(path)
        except CardError as error:
            problem: str = error.args[0]
            if problem.endswith("."):
                problem = problem.rstrip(".")
            raise CardError(
                sentence(
                    "{path} cannot be used: {problem}. Fix it, or move it away, and start again.",
                    path=path,
                    problem=problem,
                )
            ) from error


def read_routine(path: Path) -> Routine:
    """Read the routine in a file; raise CardError with what is wrong, without the line."""
    try:
        if path.exists() and not path.is_file():
            raise CardError(N_("it isn't a file"))
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise CardError(sentence("it is larger than {max_bytes} kB", max_bytes=MAX_BYTES // 1024))
        return routine_from(path.stem, tomllib.loads(data.decode("utf-8")))
    except tomllib.TOMLDecodeError as error:
        problem: str = sentence("it is not valid TOML: {error}", error=error)
    except UnicodeDecodeError:
        problem = N_("it is not text in UTF-8")
    except (RecursionError, ValueError) as error:
        if isinstance(error, CardError):
            raise
        problem = N_("it is nested too deeply") if isinstance(error, RecursionError) else N_("it isn't valid TOML")
    except OSError as error:
        problem = error.strerror or str(error)
    raise CardError(problem)
