"""The routine files: those that come with NumbGuard and the person's own. Reads, never writes.

Used by the app on the GUI thread when a routine is started; what it begins with stays as it is until it is over.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from numbguard.core.reading import CardError
from numbguard.core.routines import Part, Routine, break_name, parts, routine_from

from .library import Library

MAX_BYTES: Final = 16 * 1024


class RoutineShelf:
    """The routines of some folders; a later folder's routine takes the place of an earlier one of the same name."""

    def __init__(self, library: Library, *folders: Path) -> None:
        self._library = library
        self._folders = folders
        self._begun: tuple[str, tuple[Part, ...]] = ("", ())

    def begin(self, slug: str) -> tuple[Part, ...]:
        """The cards of a routine in turn, at least one; CardError with a sentence where there is none to show."""
        listed = {card.slug: card for card in self._library.cards()}
        routine = self._read(slug)
        found = parts(routine, listed.get)
        if not found:
            raise CardError(f"None of the cards of “{routine.title}” can be shown; “numbguard check” says why.")
        self._begun = break_name(slug), found
        return found

    def parts_of(self, card: str) -> tuple[Part, ...]:
        """What was begun under the name that a break has for its card; nothing for a card."""
        name, found = self._begun
        return found if card == name else ()

    def _read(self, slug: str) -> Routine:
        places = [folder / f"{slug}.toml" for folder in reversed(self._folders)]
        path = next((place for place in places if place.exists()), places[-1])
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
            if len(data) > MAX_BYTES:
                raise CardError(f"it is larger than {MAX_BYTES // 1024} kB")
            return routine_from(slug, tomllib.loads(data.decode("utf-8")))
        except tomllib.TOMLDecodeError as error:
            problem = f"it is not valid TOML: {error}"
        except UnicodeDecodeError:
            problem = "it is not text in UTF-8"
        except RecursionError:
            problem = "it is nested too deeply"
        except OSError as error:
            problem = error.strerror or str(error)
        except CardError as error:
            problem = str(error)
        raise CardError(f"{path} cannot be used: {problem.rstrip('.')}. Mend it, or move it away, and start again.")
