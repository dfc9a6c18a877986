"""The engine's state is written whole, only when it has changed, and never keeps the app from starting."""

from __future__ import annotations

import json
import logging
import math
from pathlib import Path

import pytest

from numbguard.store.engine_state import StateFile
from numbguard.store.profile import Profile
from tests.only_on_unix import ON_WINDOWS
from tests.store.locked import as_somebody_else, fill, small_disk

STATE = {
    "version": 1,
    "wall": "2026-03-02T09:00:00+01:00",
    "bout_since": "2026-03-02T08:30:00+01:00",
    "due_at_s": 2700.0,
    "seated_s": 12.5,
    "seat": "sitting",
    "since_break_s": None,
    "phase": "none",
    "card": "neck\ud800",
    "snoozes": 0,
    "shown": ["neck"],
    "skipped_today": 0,
    "skipped_on": "2026-03-02",
    "paused": True,
    "paused_until": None,
    "free_s": None,
}


def test_the_next_run_finds_what_this_one_saved(profile: Profile) -> None:
    assert StateFile(profile).load() is None
    StateFile(profile).save(STATE)
    assert StateFile(profile).load() == STATE


def test_the_same_state_is_not_written_twice(profile: Profile) -> None:
    keeper = StateFile(profile)
    keeper.save(STATE)
    first = profile.state.stat().st_ino
    keeper.save(dict(reversed(STATE.items())))
    assert profile.state.stat().st_ino == first
    keeper.save({**STATE, "seated_s": 13.0})
    assert profile.state.stat().st_ino != first
    other = StateFile(profile)
    second = profile.state.stat().st_ino
    other.save(dict(other.load() or {}))
    assert profile.state.stat().st_ino == second


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b"[" * 100_000])
def test_a_file_that_makes_no_sense_is_kept_aside(
    profile: Profile, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    profile.state.write_bytes(content)
    assert StateFile(profile).load() is None
    assert (profile.folder / "state.json.broken").read_bytes() == content
    assert not profile.state.exists()
    assert caplog.messages == ["The state file made no sense; it was kept as state.json.broken, starting afresh."]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seated_s", math.inf),
        ("due_at_s", math.nan),
        ("since_break_s", 1e300),
        ("snoozes", 10**40),
        ("skipped_today", -1),
        ("shown", [1]),
        ("shown", ["neck"] * 5000),
        ("card", 12),
        ("wall", "0001-01-01T00:00:00+23:59"),
        ("paused_until", "9999-12-31T23:59:59-23:59"),
        ("stretches", 5),
        ("stretches", [["sitting", 10.0, 20.0]]),
        ("skipped_on", "today"),
    ],
)
def test_one_value_out_of_range_puts_the_file_aside(
    profile: Profile, key: str, value: object, caplog: pytest.LogCaptureFixture
) -> None:
    profile.state.write_text(json.dumps({**STATE, key: value}))
    assert StateFile(profile).load() is None
    assert (profile.folder / "state.json.broken").exists()
    assert len(caplog.messages) == 1


def test_a_folder_in_its_place_is_a_line_in_the_log_and_no_more(
    profile: Profile, caplog: pytest.LogCaptureFixture
) -> None:
    profile.state.mkdir()
    keeper = StateFile(profile)
    assert keeper.load() is None
    keeper.save(STATE)
    keeper.save(STATE)
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * 2
    why = "access denied" if ON_WINDOWS else "is a directory"
    assert caplog.messages[1] == f"The state could not be saved ({why}); a restart may begin afresh."
    assert [path.name for path in profile.folder.iterdir()] == ["state.json"]


def test_a_full_disk_keeps_the_former_state_and_a_later_save_catches_up() -> None:
    with small_disk("64k") as disk:
        profile = Profile(Path(disk))
        keeper = StateFile(profile)
        keeper.save(STATE)
        filler = fill(disk)
        standing = {**STATE, "seat": "standing"}
        keeper.save(standing)
        assert StateFile(profile).load() == STATE
        filler.unlink()
        keeper.save(standing)
        assert StateFile(profile).load() == standing


def test_a_broken_state_that_may_not_be_moved_is_survived(caplog: pytest.LogCaptureFixture) -> None:
    with as_somebody_else() as folder:
        profile = Profile(folder)
        profile.state.write_text("{")
        folder.chmod(0o500)
        assert StateFile(profile).load() is None
    assert "could not be moved (permission denied)" in caplog.messages[0]
