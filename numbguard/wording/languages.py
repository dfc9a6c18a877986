"""The languages that NumbGuard speaks, by their own names, and which of them no native speaker has read yet.

Called by the settings window on the GUI thread, and where a text is written in every language at once; no Qt. Each
catalogue says both about itself, in two entries that any editor of PO files shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from numbguard.resources import ResourcesError, resource

from . import catalogue
from .catalogue import N_, _, pgettext

CONTEXT = "about this translation"
BY_MACHINE = N_("Translated by machine, not yet read by a native.")


@dataclass(frozen=True, slots=True)
class Language:
    """A language to choose."""

    tag: str
    """As in the settings: ``de``."""
    own_name: str
    """As its speakers write it: ``Deutsch``."""
    by_machine: bool
    """Whether no native speaker has read it."""


def languages() -> tuple[Language, ...]:
    """English, and every language that has a compiled catalogue, in the order of their tags."""
    found = [Language(catalogue.ENGLISH, "English", False)]
    for tag, about in _compiled():
        name = about.find("English", CONTEXT) or tag
        found.append(Language(tag, name, about.find("machine", CONTEXT) != "native"))
    return tuple(found)


def translations() -> Mapping[str, Callable[[str], str | None]]:
    """By its tag, what translates an English text into each language but English, or gives ``None``."""
    return {tag: partial(found.find, context=None) for tag, found in _compiled()}


def _compiled() -> Iterator[tuple[str, catalogue.Catalogue]]:
    try:
        files = sorted(resource("locale").glob("*/LC_MESSAGES/numbguard.mo"))
    except (OSError, ResourcesError):
        files = []
    for tag in (file.parents[1].name for file in files):
        if (found := catalogue.open_catalogue(tag)) is not None:
            yield tag, found


def system_choice() -> str:
    """The choice that leaves the language to the system."""
    return _("The system's language")


def say_language(tag: str) -> str:
    """The name of a choice."""
    if tag == catalogue.SYSTEM:
        return system_choice()
    return next((language.own_name for language in languages() if language.tag == tag), tag)


def about() -> tuple[str, str]:
    """The language in use as it describes itself: its own name, and ``native`` or ``machine``."""
    return (
        # Translators: The name of your language, as its speakers write it.
        pgettext("about this translation", "English"),
        # Translators: Write "native" once a native speaker has read every sentence, and "machine" until then.
        pgettext("about this translation", "machine"),
    )
