"""The profile folder is found, and nobody else can read it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import platformdirs
import pytest

from numbguard.core.log.records.episode import Episode
from numbguard.store.engine_state import StateFile
from numbguard.store.exchange import ExchangeFormat, export_log
from numbguard.store.log.journal import RecordVersion, SqliteJournal
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile, ProfileError, usual_folder, write_whole
from numbguard.store.settings import file as settings_file
from tests.only_on_unix import has_homes, has_links, has_modes
from tests.store.locked import as_somebody_else, held_by_another_process


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.lstat().st_mode) for path in (folder, *folder.rglob("*"))}


def test_the_option_wins_over_the_environment_and_that_over_the_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = {"NUMBGUARD_PROFILE": str(tmp_path / "environment")}
    assert Profile.find(str(tmp_path / "option"), environ).folder == tmp_path / "option"
    assert Profile.find(None, environ).folder == tmp_path / "environment"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    if sys.platform == "linux":
        assert Profile.find(None, {}).folder == tmp_path / "data" / "numbguard"


@has_modes
def test_all_that_is_kept_is_for_the_owner_alone_whatever_the_umask(
    tmp_path: Path, open_umask: None, episode: Callable[..., Episode]
) -> None:
    profile = Profile.find(str(tmp_path / "a" / "b"))
    journal = SqliteJournal(profile, patience_s=0.05)
    keeping = SafeJournal(journal, profile)
    keeping.add_episode(episode())
    with held_by_another_process(profile):
        keeping.add_episode(episode())
    journal.last_episode()
    settings_file.write_value(profile, "breaks.snooze", 600.0)
    StateFile(profile).save({"phase": "none"})
    found = modes(profile.folder)
    assert {"numbguard.db", "numbguard.db-wal", "numbguard.db-shm", "settings.toml", "state.json"} < set(found)
    assert "unwritten.jsonl" in found
    assert {name: mode for name, mode in found.items() if mode != (0o700 if name == "b" else 0o600)} == {}
    assert stat.S_IMODE(profile.folder.parent.stat().st_mode) == 0o700
    journal.close()


@has_modes
def test_an_empty_folder_made_by_hand_is_closed_to_others(tmp_path: Path, open_umask: None) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "settings.toml").write_text("")
    Profile.find(str(folder))
    assert modes(folder) == {"made": 0o700, "settings.toml": 0o600}


@has_modes
def test_a_folder_that_others_may_write_to_is_not_used_and_keeps_its_rights(tmp_path: Path, open_umask: None) -> None:
    folder = tmp_path / "shared by all"
    folder.mkdir()
    (folder / "letter.txt").write_text("")
    with pytest.raises(ProfileError) as refused:
        Profile.find(str(folder))
    assert f"Close it with “chmod go-w '{folder}'”" in str(refused.value)
    assert modes(folder) == {"shared by all": 0o777, "letter.txt": 0o666}
    subprocess.run(["chmod", "go-w", str(folder)], check=True)
    assert Profile.find(str(folder)).folder == folder
    assert modes(folder) == {"shared by all": 0o755, "letter.txt": 0o666}


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can give things away")
@pytest.mark.parametrize("what", ["the folder", "a file in it"])
def test_what_belongs_to_somebody_else_is_not_used(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "profile"
    Profile.find(str(folder))
    theirs = folder if what == "the folder" else folder / "settings.toml"
    if theirs != folder:
        theirs.write_text("")
    os.chown(theirs, 65534, 65534)
    with pytest.raises(ProfileError) as refused:
        Profile.find(str(folder))
    assert f"{theirs} belongs to nobody" in str(refused.value)
    assert f"sudo chown -R root {folder}" in str(refused.value)


def test_one_that_may_only_be_read_is_read_and_says_that_nothing_can_be_logged(
    episode: Callable[..., Episode],
) -> None:
    with as_somebody_else() as home:
        folder = home / "backup"
        profile = Profile.find(str(folder))
        writer = SqliteJournal(profile)
        told = episode(note="left foot")
        writer.keep(RecordVersion(told, 1))
        for name in ("numbguard.db", "numbguard.db-wal"):  # as a backup finds it, with the log in use
            (home / name).write_bytes((folder / name).read_bytes())
        writer.close()
        for path in folder.iterdir():
            path.unlink()
        for name in ("numbguard.db", "numbguard.db-wal"):
            (home / name).rename(folder / name)
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        folder.chmod(0o500)

        backup = Profile.find(str(folder))
        assert backup.is_read_only()
        with closing(SafeJournal(SqliteJournal(backup), backup)) as journal:
            assert [one.id for one in journal.episodes()] == [told.id]
            assert journal.notes() == ()
            journal.add_episode(episode())
            assert journal.only_in_memory
            assert "permission to write to" in (journal.note() or "")
        exported = home / "log.csv"
        assert export_log(backup, exported, ExchangeFormat.CSV, at=told.started_at).episodes == 1
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_file_in_the_folders_place_is_a_plain_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(ProfileError, match=r"taken cannot be used .* choose another with --profile"):
        Profile.find(str(tmp_path / "taken"))
    with pytest.raises(ProfileError, match="cannot be used"):
        Profile.find(str(tmp_path / "taken" / "below"))


@has_homes
def test_a_home_that_nobody_has_is_a_plain_sentence() -> None:
    with pytest.raises(ProfileError, match="full path"):
        Profile.find("~nobody-of-that-name/profile")


def test_a_folder_below_the_present_one_is_nobodys_home_whatever_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Profile.find("./~one").folder == tmp_path / "~one"


@has_links
def test_a_link_that_leads_to_itself_is_a_plain_sentence(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(ProfileError, match="loop cannot be used"):
        Profile.find(str(tmp_path / "loop"))


@has_links
def test_a_file_is_put_in_place_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.toml"
    target.write_text("before")
    link = tmp_path / "settings.toml"
    link.symlink_to(target)
    write_whole(link, b"after")
    assert link.is_symlink(), "a settings file kept elsewhere stays linked"
    assert target.read_text() == "after"
    blocked = tmp_path / "folder"
    blocked.mkdir()
    with pytest.raises(OSError, match="directory"):
        write_whole(blocked, b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere.toml", "folder", "settings.toml"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is platformdirs that is asked")
@pytest.mark.parametrize(
    "told",
    [
        {"XDG_DATA_HOME": "/data", "HOME": "/home/one"},
        {"XDG_DATA_HOME": "relative", "HOME": "/home/one"},
        {"XDG_DATA_HOME": "", "HOME": "/home/one"},
        {"HOME": "/"},
        {"HOME": "/home/two/"},
        {"HOME": "relative"},
        {},
    ],
)
def test_the_usual_place_is_the_one_that_platformdirs_names(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, str]
) -> None:
    for name in ("XDG_DATA_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert Path(usual_folder()) == Path(platformdirs.user_data_dir("numbguard", appauthor=False))


def test_finding_the_profile_imports_nothing_heavy() -> None:
    code = (
        "import sys; from numbguard.store import engine_state, profile;"
        "import numbguard.store.log.journal, numbguard.store.log.spool.safe_journal, numbguard.store.settings.file;"
        "print(*sorted({'sqlite3', 'tomllib', 'tomlkit', 'platformdirs', 'tempfile'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    assert run.stdout.strip() == ""
