"""``numbguard cards`` with its packs, and ``red-flags``. Only these verbs import this module.

``dispatch`` calls these verbs with the parsed arguments and the profile; they read files and need no running app.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from numbguard.resources import resource
from numbguard.store.profile import Profile
from numbguard.wording import catalogue, formats
from numbguard.wording.catalogue import _, translated

from ..support import VerbError, say


def cards(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.core.cards.choosing import is_on
    from numbguard.ipc.documents import card_document
    from numbguard.store.cards.library import Library
    from numbguard.store.settings import file as settings_file

    library = Library(resource("cards"), profile.cards)
    advised = settings_file.load(profile).settings.advised_cards
    found = [card_document(card, on=is_on(card, advised)) for card in library.cards()]
    for complaint in library.complaints:
        print(f"numbguard: {translated(complaint)}", file=sys.stderr)
    return say(given, found, "\n".join(_line_for(one) for one in found))


def _line_for(card: Mapping[str, object]) -> str:
    title = translated(str(card["title"]))
    if not card["on"]:
        title = _("{title} (off until a therapist advises it: see [cards] advised in the settings)").format(title=title)
    return f"{card['slug']:22}  {title}"


def packs(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.store.cards.pack import PackError, export_pack, import_pack

    path, ours = Path(given.file), resource("cards")
    try:
        if given.taking:
            done = import_pack(path, profile, ours=ours, replace=given.replace)
        else:
            done = export_pack(path, profile, ours=ours, routine=given.routine)
    except PackError as error:
        raise VerbError(translated(error)) from None
    for sentence in done.left_out:
        print(f"numbguard: {translated(sentence)}", file=sys.stderr)
    names = formats.enumerated([*done.cards, *done.routines])
    if not names:
        text = _("You already have all of these.")
    else:
        text = (_("Imported {names}.") if given.taking else _("Exported {names}.")).format(names=names)
    return say(given, {"cards": list(done.cards), "routines": list(done.routines)}, text)


def red_flags(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.core.guide.pages import FIRST
    from numbguard.store.cards.guide_pages import GuidePages
    from numbguard.store.settings import file as settings_file

    number = settings_file.load(profile).settings.help_number
    if catalogue.language() == catalogue.ENGLISH:
        text = GuidePages(number=number).text(FIRST).strip()
    else:
        from numbguard.wording.catalogue.guide_blocks import translated_page

        text = translated_page(GuidePages().text(FIRST)).strip()
        if number:  # where the language declines these words, they stay, and are true as well
            text = text.replace(_("your local emergency number"), number)
    return say(given, {"text": text}, text)
