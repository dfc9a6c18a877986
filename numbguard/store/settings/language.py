"""The language in a profile's settings file, without loading the other settings.

The command line calls it before it reads its arguments, because their help is in that language. It parses the file only
where the word ``language`` is in it, so for everybody else a verb starts as fast as before.
"""

from __future__ import annotations

from numbguard.core.settings.language_tag import SYSTEM_LANGUAGE
from numbguard.store.profile import Profile


def chosen_language(profile: Profile) -> str:
    """The setting ``appearance.language``; ``system`` where it is missing or the file cannot be used."""
    try:
        content = profile.settings.read_bytes()
    except OSError:
        return SYSTEM_LANGUAGE
    if b"language" not in content:
        return SYSTEM_LANGUAGE
    from .file import load

    return load(profile).settings.language
