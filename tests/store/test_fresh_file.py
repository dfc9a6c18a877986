"""A file for the person is written whole or not at all, even by a writer that is killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from numbguard.core.log.records.episode import Episode
from numbguard.store import fresh_file as module
from numbguard.store.erase import erasable_data, erase
from numbguard.store.exchange import ExchangeFormat, export_log
from numbguard.store.fresh_file import fresh_file, left_behind, sweep
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from tests.only_on_unix import KILL_NOW, KILLED, is_private
from tests.store.conftest import NOON

Make = Callable[..., Episode]
SECRET = b"the left calf, after lunch"

_KILLED = f"""
import sys
from pathlib import Path
from numbguard.store import fresh_file as module
from numbguard.store.profile import Profile

if sys.argv[3] == "with names":
    module._nameless = lambda folder: None
with module.fresh_file(Profile(Path(sys.argv[1])), Path(sys.argv[2])) as file:
    file.write(b"the left calf, after lunch")
    file.flush()
    {KILL_NOW}
"""


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def killed(profile: Profile, target: Path, how: str) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED, str(profile.folder), str(target), how], check=False)
    assert done.returncode == KILLED


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("nameless", [True, False])
def test_a_file_is_there_whole_and_nothing_beside_it(
    profile: Profile, place: Path, monkeypatch: pytest.MonkeyPatch, there: bool, nameless: bool
) -> None:
    if not nameless:
        monkeypatch.setattr(module, "_nameless", lambda _folder: None)
    target = place / "log.csv"
    if there:
        target.write_bytes(b"what was there before")
    with fresh_file(profile, target) as file:
        file.write(SECRET)
        assert target.exists() == there
    assert target.read_bytes() == SECRET
    assert is_private(target)
    assert names_in(place) == ["log.csv"]
    assert not profile.unfinished.exists()


def test_an_error_leaves_what_was_there(profile: Profile, place: Path) -> None:
    target = place / "log.csv"
    target.write_bytes(b"what was there before")
    with pytest.raises(ZeroDivisionError), fresh_file(profile, target):
        raise ZeroDivisionError
    assert target.read_bytes() == b"what was there before"
    assert names_in(place) == ["log.csv"]


@pytest.mark.skipif(sys.platform != "linux", reason="files without a name are Linux's")
def test_a_killed_export_leaves_nothing(profile: Profile, place: Path) -> None:
    killed(profile, place / "log.csv", "without")
    assert names_in(place) == []


def test_where_files_need_names_the_next_start_takes_away_what_a_killed_export_left(
    profile: Profile, place: Path
) -> None:
    killed(profile, place / "log.csv", "with names")
    (left,) = place.iterdir()
    assert left.read_bytes() == SECRET
    assert left_behind(profile) == (left,)
    sweep(profile)
    assert names_in(place) == []
    assert not profile.unfinished.exists()


def test_a_file_that_is_being_written_now_is_not_swept_away(
    profile: Profile, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_nameless", lambda _folder: None)
    with fresh_file(profile, place / "log.csv") as file:
        file.write(SECRET)
        assert left_behind(profile) == ()
        sweep(profile)
    assert (place / "log.csv").read_bytes() == SECRET


def test_delete_everything_names_and_deletes_what_killed_exports_left(
    profile: Profile, place: Path, keeping: SafeJournal, episode: Make
) -> None:
    keeping.add_episode(episode())
    export_log(profile, place / "log.csv", ExchangeFormat.CSV, at=NOON)
    killed(profile, place / "other.csv", "with names")
    (noted,) = left_behind(profile)
    older = place / ".numbguard-export-0123456789ab"  # of a version that noted nothing
    older.write_bytes(SECRET)
    half = profile.folder / ".numbguard-unwritten.jsonl-1"
    half.write_bytes(SECRET)
    assert set(erasable_data(profile).exports) == {place / "log.csv", noted, older}
    assert set(erase(profile).exports) == {place / "log.csv", noted, older}
    assert names_in(place) == []
    assert not half.exists()
    assert not profile.unfinished.exists()
