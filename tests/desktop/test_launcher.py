"""The launcher entry and icons of an installation: written, written again, taken away, and never anybody else's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from numbguard import APP_ID
from numbguard.core.ports import LauncherError
from numbguard.desktop.autostart import program_command
from numbguard.desktop.autostart.desktop_entry import in_languages
from numbguard.desktop.launcher import FILE, Launcher, entry

SHIPPED = Path(__file__).resolve().parents[2] / "packaging" / "linux" / FILE


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"XDG_DATA_HOME": str(tmp_path / "data home"), "XDG_DATA_DIRS": str(tmp_path / "system")}


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_the_entry_is_the_one_that_packages_ship_but_for_the_command() -> None:
    assert entry(("numbguard",)) == SHIPPED.read_text(encoding="utf-8")


def test_it_starts_this_installation_by_an_absolute_path_and_has_icons(environ: dict[str, str], tmp_path: Path) -> None:
    launcher = Launcher(environ=environ)
    assert not launcher.is_found()
    done = launcher.install()
    assert done.changed and done.path == tmp_path / "data home/applications" / FILE
    assert launcher.is_found()
    checked = subprocess.run(["desktop-file-validate", done.path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    commands = [line.split("=", 1)[1] for line in done.path.read_text().splitlines() if line.startswith("Exec=")]
    program = " ".join(program_command(environ=environ))
    assert program.startswith("/")
    assert commands == [program, f"{program} log", f"{program} break start", f"{program} pause 1h"]
    assert files(tmp_path / "data home") == {
        f"applications/{FILE}",
        *(f"icons/hicolor/{size}x{size}/apps/{APP_ID}.png" for size in (48, 128, 256)),
        f"icons/hicolor/scalable/apps/{APP_ID}.svg",
    }


GERMAN = {"Log numbness": "Taubheit eintragen", "Movement Breaks": "Bewegungspausen", "NumbGuard": "NumbGuard"}


def test_it_speaks_every_language_that_numbguard_does(environ: dict[str, str]) -> None:
    languages = {"de": GERMAN.get, "pt_BR": {"Movement Breaks": "Pausas\\para mover-se"}.get}
    launcher = Launcher(environ=environ, translations=lambda: languages)
    text = launcher.install().path.read_text(encoding="utf-8")
    assert subprocess.run(["desktop-file-validate", launcher.path], check=False).returncode == 0
    lines = text.splitlines()
    generic = lines.index("GenericName=Movement Breaks")
    assert lines[generic + 1 : generic + 3] == [
        "GenericName[de]=Bewegungspausen",
        "GenericName[pt_BR]=Pausas\\\\para mover-se",
    ]
    assert lines[lines.index("Name=Log numbness") + 1] == "Name[de]=Taubheit eintragen"
    assert [line for line in lines if "[" in line.partition("=")[0][1:]] == [
        "GenericName[de]=Bewegungspausen",
        "GenericName[pt_BR]=Pausas\\\\para mover-se",
        "Name[de]=Taubheit eintragen",
    ]
    assert not launcher.install().changed


def test_an_entry_without_translations_stays_as_it_is() -> None:
    assert in_languages(entry(("numbguard",)), {"de": lambda _english: None}) == entry(("numbguard",))


def test_a_second_time_changes_nothing_and_an_older_one_is_put_right(environ: dict[str, str]) -> None:
    launcher = Launcher(environ=environ)
    launcher.install()
    assert not launcher.install().changed
    launcher.path.write_text("[Desktop Entry]\nExec=/somewhere/else\n")
    assert launcher.install().changed
    assert "/somewhere/else" not in launcher.path.read_text()


def test_it_is_taken_away_whole_and_nothing_else_is(environ: dict[str, str], tmp_path: Path) -> None:
    launcher = Launcher(environ=environ)
    assert not launcher.remove().changed
    launcher.install()
    other = launcher.path.with_name("other.desktop")
    other.write_text("")
    assert launcher.remove().changed
    assert files(tmp_path / "data home") == {"applications/other.desktop"}


def test_that_of_the_system_counts_as_found(environ: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "system" / "applications"
    folder.mkdir(parents=True)
    (folder / FILE).write_text("")
    assert Launcher(environ=environ).is_found()


def test_a_profile_of_its_own_is_named_for_every_verb(environ: dict[str, str], tmp_path: Path) -> None:
    launcher = Launcher(tmp_path / "my profile", environ=environ)
    launcher.install()
    lines = [line for line in launcher.path.read_text().splitlines() if line.startswith("Exec=")]
    assert all(line.endswith(f'--profile "{tmp_path}/my profile"') for line in lines)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "data home").mkdir(mode=0o500)
    with pytest.raises(LauncherError, match="could not be written"):
        Launcher(environ=environ).install()


def test_a_file_where_a_folder_should_be_is_named(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "data home").write_text("")
    with pytest.raises(LauncherError, match="could not be written"):
        Launcher(environ=environ).install()


def test_the_verb_says_where_and_what(tmp_path: Path) -> None:
    environ = os.environ | {"XDG_DATA_HOME": str(tmp_path / "data"), "NUMBGUARD_PROFILE": str(tmp_path / "profile")}

    def verb(*words: str) -> str:
        command = [sys.executable, "-m", "numbguard", "install-launcher", *words]
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout

    path = tmp_path / "data" / "applications" / FILE
    assert verb() == f"Installed: {path}\n"
    assert verb() == f"Already installed: {path}\n"
    assert '"changed": false' in verb("--json")
    assert verb("--remove") == f"Removed: {path}\n"
    assert verb("--remove") == f"There is no launcher at {path}.\n"
    assert not path.exists()
