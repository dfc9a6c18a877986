"""The language is read from the settings file without the other settings, and a fault in the file changes nothing."""

from __future__ import annotations

import pytest

from numbguard.store.profile import Profile
from numbguard.store.settings.language import chosen_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (None, "system"),
        ("", "system"),
        ('[appearance]\nlanguage = "de"\n', "de"),
        ('[breaks]\ninterval = "nonsense"\n[appearance]\nlanguage = "pt_BR"\n', "pt_BR"),
        ('[appearance]\nlanguage = "../de"\n', "system"),
        ('[appearance\nlanguage = "de"\n', "system"),
        ("# the language of my forefathers\n", "system"),
    ],
)
def test_the_language_in_the_file(profile: Profile, text: str | None, language: str) -> None:
    if text is not None:
        profile.settings.parent.mkdir(parents=True, exist_ok=True)
        profile.settings.write_text(text, encoding="utf-8")
    assert chosen_language(profile) == language
