"""Where windows were is kept between runs, and a damaged file does no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from numbguard.store.profile import Profile
from numbguard.store.window_places import WindowPlace, keep_place, place_of


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile.find(str(tmp_path / "profile"))


def test_each_window_has_its_own_place(profile: Profile) -> None:
    assert place_of(profile, "history") is None
    keep_place(profile, "history", WindowPlace(10, -20, 800, 600))
    keep_place(profile, "settings", WindowPlace(0, 0, 400, 300, maximised=True))
    keep_place(profile, "history", WindowPlace(30, 40, 900, 700))
    assert place_of(profile, "history") == WindowPlace(30, 40, 900, 700)
    assert place_of(profile, "settings") == WindowPlace(0, 0, 400, 300, maximised=True)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"history": 5}',
        '{"history": [1, 2, 3]}',
        '{"history": [1, 2, 0, 4, false]}',
        '{"history": [1, 2, 3e9, 4, false]}',
        '{"history": [1, 2, 999999999, 4, false]}',
    ],
)
def test_a_damaged_file_is_as_good_as_none(profile: Profile, content: str) -> None:
    profile.windows.write_text(content, encoding="utf-8")
    assert place_of(profile, "history") is None
    keep_place(profile, "history", WindowPlace(1, 2, 3, 4))
    assert place_of(profile, "history") == WindowPlace(1, 2, 3, 4)


def test_a_place_that_cannot_be_written_is_forgotten(profile: Profile) -> None:
    profile.windows.mkdir()
    keep_place(profile, "history", WindowPlace(1, 2, 3, 4))
    assert place_of(profile, "history") is None
