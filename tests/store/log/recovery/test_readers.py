"""NumbGuard says who else can read the backups in a folder, and says nothing where nobody can."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from numbguard.store.log.recovery.readers import other_readers
from tests.only_on_unix import has_links, has_modes


def test_a_folder_on_an_ordinary_disk_is_read_by_nobody_else(tmp_path: Path) -> None:
    assert other_readers(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
    assert other_readers(tmp_path / "not mounted") is None


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - Work", "Google Drive", "Nextcloud", "pCloudDrive", "MEGA"])
def test_the_folder_of_a_cloud_drive_is_known_by_its_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name / "numbness"
    folder.mkdir(parents=True)
    assert f"is part of a cloud drive ({name})" in (other_readers(folder) or "")


def test_the_folder_of_a_cloud_drive_is_known_by_what_its_program_keeps_there(tmp_path: Path) -> None:
    (tmp_path / "mine" / "deep").mkdir(parents=True)
    (tmp_path / "mine" / ".stfolder").mkdir()
    assert "is part of a cloud drive (mine)" in (other_readers(tmp_path / "mine" / "deep") or "")


def test_the_folder_that_onedrive_names_in_the_environment_is_a_cloud_drive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Documents" / "numbness"
    folder.mkdir(parents=True)
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Documents"))
    assert "is part of a cloud drive (Documents)" in (other_readers(folder) or "")
    assert other_readers(tmp_path) is None


@has_links
def test_a_link_into_a_cloud_drive_is_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "backups").symlink_to(tmp_path / "Dropbox")
    assert "is part of a cloud drive (Dropbox)" in (other_readers(tmp_path / "backups") or "")


@has_modes
def test_a_disk_without_file_rights_is_known_by_a_file_made_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_fstat = os.fstat

    def as_on_fat(handle: int) -> os.stat_result:
        found = list(true_fstat(handle))
        found[0] |= 0o777
        return os.stat_result(found)

    monkeypatch.setattr(os, "fstat", as_on_fat)
    assert f"The disk of the folder {tmp_path} has no file permissions" in (other_readers(tmp_path) or "")
    assert list(tmp_path.iterdir()) == []
