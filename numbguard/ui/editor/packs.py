"""Imports and exports packs, and reports the result in the notice bar.

The editor's window creates it and calls it, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from numbguard.store.cards.own_cards import OwnCards
from numbguard.store.cards.pack import NameTakenError, PackError
from numbguard.ui.widgets.notice_bar import NoticeBar
from numbguard.wording import formats
from numbguard.wording.catalogue import _, ngettext, translated


class PackSharing:
    def __init__(self, shelf: OwnCards, notice: NoticeBar, *, imported: Callable[[], None]) -> None:
        """``imported`` is called after an import."""
        self._shelf = shelf
        self._notice = notice
        self._imported = imported

    def import_pack(self, path: Path, *, replace: bool = False) -> None:
        """Import a whole pack or nothing. Takes well under a second whatever the file contains.

        If names are taken, offer to import again with ``replace``.
        """
        try:
            done = self._shelf.take_in(path, replace=replace)
        except NameTakenError as taken:
            self._notice.say(
                _("{path} was not imported: you already have a different {names}. Nothing was changed.").format(
                    path=path.name, names=listed(taken.names)
                ),
                answer=_("&Replace"),
                action=lambda: self.import_pack(path, replace=True),
            )
            return
        except PackError as error:
            self._notice.say(translated(error).replace(str(path), path.name, 1))
            return
        self._imported()
        here = {("card", one.slug): one.title for one in self._shelf.cards()}
        here |= {("routine", one.slug): one.title for one in self._shelf.routines()}
        names = [("card", slug) for slug in done.cards] + [("routine", slug) for slug in done.routines]
        titles = [here.get(name, name[1]) for name in names]
        self._notice.say(
            _("Imported {names}.").format(names=listed(titles)) if titles else _("You already have all of these.")
        )

    def share(self, routine: str | None, path: Path) -> None:
        """Write one file with everything, or with ``routine`` and the cards it needs."""
        try:
            done = self._shelf.share(path, routine=routine)
        except PackError as error:
            self._notice.say(translated(error))
            return
        cards, routines = len(done.cards), len(done.routines)
        parts = [
            *([ngettext("{count} card", "{count} cards", cards).format(count=cards)] if cards else []),
            *([ngettext("{count} routine", "{count} routines", routines).format(count=routines)] if routines else []),
        ]
        # Translators: {contents} is such as “2 cards and 1 routine”.
        said = _("{path} contains {contents}. You can import it into another NumbGuard.").format(
            path=path.name, contents=formats.listed(parts)
        )
        if done.left_out:
            # Translators: {written} and {why} are whole sentences; {why} is about the first thing that was left out.
            said = _("{written} Not everything is in it: {why}").format(written=said, why=translated(done.left_out[0]))
        self._notice.say(said)


def listed(names: Sequence[str]) -> str:
    """``“A”, “B” and “C”``; of more than six names the first five, and how many more there are."""
    quoted = [f"“{name}”" for name in names]
    if len(quoted) > 6:
        more = len(quoted) - 5
        # Translators: {names} is such as “A”, “B”, “C”.
        return ngettext("{names} and {count} more", "{names} and {count} more", more).format(
            names=", ".join(quoted[:5]), count=more
        )
    return formats.listed(quoted)
