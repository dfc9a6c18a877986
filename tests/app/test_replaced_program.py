"""NumbGuard is upgraded while it runs: it says so once, and says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from numbguard import __version__
from numbguard.app import replaced_program
from numbguard.app.replaced_program import ReplacedProgram
from numbguard.core.ports import Notice


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replaced_program, "_SETTLES_MS", 20)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return version(tmp_path / "__init__.py", __version__)


def version(package: Path, number: str) -> Path:
    """Write the file as a package manager does: under another name first."""
    new = package.with_suffix(".dpkg-new")
    new.write_text(f'"""NumbGuard."""\n\n__version__ = "{number}"\n', encoding="utf-8")
    return new.replace(package)


def test_another_version_under_the_running_one_is_said_once(package: Path, qtbot: QtBot) -> None:
    said: list[Notice] = []
    watch = ReplacedProgram(said.append, package=package)
    version(package, "9.9.9")
    qtbot.waitUntil(lambda: bool(said))
    version(package, "9.9.10")
    qtbot.wait(200)
    assert [notice.body for notice in said] == [
        "Version 9.9.9 is installed now. To use it, quit NumbGuard and start it again."
    ]
    watch.end()


def test_the_same_version_written_again_is_not_worth_a_word_and_the_next_one_is(package: Path, qtbot: QtBot) -> None:
    said: list[Notice] = []
    watch = ReplacedProgram(said.append, package=package)
    version(package, __version__)
    qtbot.wait(200)
    assert said == []
    version(package, "9.9.9")
    qtbot.waitUntil(lambda: bool(said))
    watch.end()


def test_an_installer_that_removes_the_old_version_first_is_waited_for(package: Path, qtbot: QtBot) -> None:
    said: list[Notice] = []
    watch = ReplacedProgram(said.append, package=package)
    package.unlink()
    qtbot.wait(100)
    version(package, "9.9.9")
    qtbot.waitUntil(lambda: bool(said))
    watch.end()


def test_what_is_removed_for_good_is_not_looked_for_for_ever(package: Path, qtbot: QtBot) -> None:
    watch = ReplacedProgram(lambda _notice: pytest.fail("nothing to say"), package=package)
    package.unlink()
    qtbot.waitUntil(lambda: watch._looks == replaced_program._LOOKS)
    assert not watch._later.isActive()
    watch.end()


def test_a_bundle_without_such_a_file_watches_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    watch = ReplacedProgram(lambda _notice: pytest.fail("nothing to say"), package=tmp_path / "nowhere")
    assert watch._watcher.files() == []
    watch.end()


def test_it_knows_whether_the_files_are_still_those_of_this_process(package: Path, qtbot: QtBot) -> None:
    said: list[Notice] = []
    watch = ReplacedProgram(said.append, package=package)
    assert watch.is_unchanged()
    version(package, __version__)
    qtbot.waitUntil(lambda: not watch.is_unchanged())
    qtbot.waitUntil(watch.is_unchanged)
    package.unlink()
    qtbot.waitUntil(lambda: not watch.is_unchanged())
    version(package, "9.9.9")
    qtbot.waitUntil(lambda: bool(said))
    assert not watch.is_unchanged()
    watch.end()
