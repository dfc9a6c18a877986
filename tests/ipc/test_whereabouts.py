"""Where an app runs, and whether somebody in front of another screen sees it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numbguard.ipc.profile_lock import whereabouts
from numbguard.ipc.server import Server
from numbguard.ipc.whereabouts import Whereabouts
from numbguard.store.profile import Profile


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile.find(str(tmp_path / "profile"))


HOME = {"DISPLAY": ":0", "XDG_RUNTIME_DIR": "/run/user/1000", "XDG_CURRENT_DESKTOP": "GNOME:GNOME-Classic"}
WAYLAND = {**HOME, "WAYLAND_DISPLAY": "wayland-0"}


def at(environ: Mapping[str, str]) -> Whereabouts:
    return Whereabouts.here(environ=environ)


@pytest.mark.parametrize(
    ("there", "elsewhere"),
    [
        ({"DISPLAY": ":0"}, False),
        ({"DISPLAY": ":0.0"}, False),
        ({"DISPLAY": "unix:0"}, False),
        (WAYLAND, False),
        ({"DISPLAY": ":1"}, True),
        ({"DISPLAY": "localhost:10.0"}, True),
        ({}, False),
        ({"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": "/run/user/1000"}, False),
    ],
)
def test_another_screen_is_elsewhere_and_what_is_not_known_is_not(there: Mapping[str, str], elsewhere: bool) -> None:
    assert at(HOME).is_elsewhere(at(there)) is elsewhere
    assert at(there).is_elsewhere(at(HOME)) is elsewhere


def test_two_sessions_of_wayland_are_told_apart_even_where_both_have_an_x_display_of_the_same_name() -> None:
    assert at(WAYLAND).is_elsewhere(at({**WAYLAND, "WAYLAND_DISPLAY": "wayland-1"}))
    assert not at(WAYLAND).is_elsewhere(at({**WAYLAND, "WAYLAND_DISPLAY": "/run/user/1000/wayland-0"}))


def test_the_same_display_of_another_computer_with_the_same_home_is_elsewhere() -> None:
    other = replace(at(HOME), computer="den")
    assert at(HOME).is_elsewhere(other)
    assert other.in_words(seen_from=at(HOME)) == "on the screen :0 (GNOME) of the computer den"


def test_a_running_app_writes_down_where_it_is(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    assert whereabouts(profile) is None
    for name in ("WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":7")
    server = Server(profile)
    try:
        there = whereabouts(profile)
        assert there is not None
        assert there.in_words(seen_from=Whereabouts.here()).startswith("on the screen :7 since ")
        assert there.is_elsewhere(at({"DISPLAY": ":8"}))
    finally:
        server.close()


def test_the_time_is_the_clocks_there() -> None:
    since = datetime(2026, 3, 9, 9, 12, tzinfo=timezone(timedelta(hours=1)))
    told = Whereabouts.here(since=since, environ=WAYLAND)
    assert told.in_words(seen_from=told) == "on the screen wayland-0 (GNOME) since 09:12"
    assert Whereabouts.read(told.written()) == told


@given(st.binary(max_size=60) | st.sampled_from([b"[]", b"1", b'{"computer": 3, "x11": "\\n"}', b'{"since": "noon"}']))
def test_whatever_is_in_the_lock_file_is_a_place_or_nothing(written: bytes) -> None:
    told = Whereabouts.read(written)
    assert told is None or told.in_words(seen_from=at(HOME)).startswith("on the screen ")
