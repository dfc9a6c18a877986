"""The language of the command line: that of the settings, or the system's; also for the words of argparse itself.

``dispatch`` calls ``speak`` before it reads the arguments.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from numbguard.store.profile import Profile, ProfileError
from numbguard.store.settings.language import chosen_language
from numbguard.wording import catalogue
from numbguard.wording.catalogue import N_

ARGPARSE_WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ignored explicit argument %r"),
    N_("not allowed with argument %s"),
    N_("invalid %(type)s value: %(value)r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)
"""What argparse says of its own accord, in Python 3.11 to 3.14; it looks each up when it needs it."""


def speak(words: Sequence[str]) -> None:
    """Speak the language of the profile that the arguments name, or the system's where there is no such profile."""
    try:
        setting = chosen_language(Profile.find(_named_profile(words)))
    except ProfileError:  # the verb says it
        setting = catalogue.SYSTEM
    catalogue.use(setting)
    # argparse asks gettext for a domain that nobody can install beside it, and looks for that in every locale folder of
    # the system; it offers no other way.
    vars(argparse).update(_=catalogue._, ngettext=catalogue.ngettext)


def _named_profile(words: Sequence[str]) -> str | None:
    for place, word in enumerate(words):
        if word == "--profile" and place + 1 < len(words):
            return words[place + 1]
        if word.startswith("--profile="):
            return word.removeprefix("--profile=")
    return None
