"""The page on the log's data backs up, restores and repairs a real log by one click each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton

from numbguard.core.log.records.episode import Episode
from numbguard.core.settings.settings import Settings
from numbguard.core.settings.table import SECTIONS
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.recovery.by_hand import LogRecovery
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.ui.settings.groups.data_group import DataGroup
from tests.store.conftest import NOON

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
_SECTION = next(one for one in SECTIONS if one.table == "backup")


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile.find(str(tmp_path / "profile"))


@pytest.fixture
def page(profile: Profile, qtbot) -> Callable[[], DataGroup]:
    def made() -> DataGroup:
        page = DataGroup(_SECTION, LogRecovery(profile, lambda: None), None)
        qtbot.addWidget(page)
        page.show()
        return page

    return made


def log(profile: Profile, note: str) -> None:
    keeping = SafeJournal(SqliteJournal(profile), profile)
    keeping.add_episode(Episode(f"id-{note}", NOON, note=note))
    keeping.close()


def notes(profile: Profile) -> list[str | None]:
    keeping = SafeJournal(SqliteJournal(profile), profile)
    try:
        keeping.retry()
        return sorted(str(one.note) for one in keeping.episodes())
    finally:
        keeping.close()


def button(page: DataGroup, words: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.text().replace("&", "") == words)


def press(page: DataGroup, words: str, qtbot) -> str:
    QTest.mouseClick(button(page, words), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._said.text() not in ("", "…"))
    return page._said.text()


def test_a_backup_and_the_way_back(profile: Profile, page: Callable[[], DataGroup], qtbot) -> None:
    log(profile, "one")
    shown = page()
    assert not button(shown, "Restore").isEnabled()
    assert not button(shown, "Repair the log").isVisible()
    assert press(shown, "Back up now", qtbot).startswith("Backed up to ")
    log(profile, "two")
    backups = shown.findChild(QListWidget)
    assert backups is not None
    assert backups.count() == 1
    backups.setCurrentRow(0)
    with qtbot.waitSignal(shown.log_replaced):
        said = press(shown, "Restore", qtbot)
    assert said.startswith("Restored numbguard-backup-")
    assert "with 1 episode. The previous log is kept as numbguard-replaced-" in said
    assert notes(profile) == ["one"]
    assert backups.count() == 2, "and you can restore it here"
    backups.setCurrentRow(next(row for row in range(2) if "replaced" in backups.item(row).text()))
    press(shown, "Restore", qtbot)
    qtbot.waitUntil(lambda: notes(profile) == ["one", "two"])


def test_a_second_folder_that_others_can_read_is_named(profile: Profile, qtbot, tmp_path: Path) -> None:
    drive = tmp_path / "Dropbox"
    drive.mkdir()
    shown = DataGroup(_SECTION, LogRecovery(profile, lambda: drive), None)
    qtbot.addWidget(shown)
    shown.show_settings(Settings())
    shown.show()
    note = f"The folder {drive} is part of a cloud drive (Dropbox)"
    qtbot.waitUntil(lambda: any(one.text().startswith(note) for one in shown.findChildren(QLabel) if one.isVisible()))


def test_a_damaged_log_is_repaired_by_one_click(profile: Profile, page: Callable[[], DataGroup], qtbot) -> None:
    log(profile, "one")
    whole = profile.database.read_bytes()
    profile.database.write_bytes(b"garbage!" + whole[8:])
    log(profile, "two")
    shown = page()
    said = [one.text() for one in shown.findChildren(QLabel) if one.isVisible()]
    assert any("is damaged and cannot be read" in one for one in said)
    assert not button(shown, "Back up now").isEnabled()
    with qtbot.waitSignal(shown.log_replaced):
        assert press(shown, "Repair the log", qtbot).startswith(
            "The log is repaired: 1 entry read from the damaged log"
        )
    assert not button(shown, "Repair the log").isVisible()
    assert notes(profile) == ["one", "two"]
    QApplication.processEvents()
