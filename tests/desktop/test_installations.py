"""Moving from one installation to another: entries of the former one are found, and put right or taken away."""

from __future__ import annotations

import plistlib
import sys
from pathlib import Path

import pytest

from numbguard.core.ports import AutostartError
from numbguard.desktop import installations
from numbguard.desktop.autostart import moved
from numbguard.desktop.autostart.desktop_entry import read_entry, split_command
from numbguard.desktop.autostart.macos import LaunchAgent, agent
from numbguard.desktop.autostart.windows import program_of
from numbguard.desktop.autostart.xdg import XdgAutostart
from numbguard.desktop.launcher import FILE, Launcher, entry

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="entries of freedesktop.org")
GONE = "/opt/former/bin/numbguard"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "system"))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CONFIG_DIRS", "APPIMAGE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def at_login(home: Path) -> Path:
    return home / ".config" / "autostart" / "numbguard.desktop"


def launcher(home: Path) -> Path:
    return home / ".local" / "share" / "applications" / FILE


def test_where_nothing_is_gone_nothing_is_said_and_nothing_changes(home: Path) -> None:
    assert installations.gone_programs() == []
    XdgAutostart(("/bin/sh", "run")).set(True)
    Launcher().install()
    before = at_login(home).read_bytes(), launcher(home).read_bytes()
    assert installations.put_right() == []
    assert (at_login(home).read_bytes(), launcher(home).read_bytes()) == before


def test_an_entry_for_the_log_in_that_starts_a_former_program_starts_this_one_with_the_same_words(home: Path) -> None:
    write(at_login(home), f"[Desktop Entry]\nExec={GONE} run --minimised --profile /x\nTryExec={GONE}\n")
    assert installations.gone_programs() == [f"The entry for your log-in starts {GONE}, which no longer exists."]
    (said,) = installations.put_right()
    assert GONE in said and f"Now it starts {installations.this_program()}." in said
    words = split_command(read_entry(at_login(home).read_text())["Exec"])
    assert words[-4:] == ["run", "--minimised", "--profile", "/x"]
    assert " ".join(words[:-4]) == installations.this_program()
    assert installations.gone_programs() == []


def test_an_entry_that_was_switched_off_stays_as_it_is(home: Path) -> None:
    text = f"[Desktop Entry]\nExec={GONE} run\nHidden=true\n"
    write(at_login(home), text)
    assert installations.put_right() == []
    assert at_login(home).read_text() == text


def test_a_launcher_of_a_former_program_is_written_anew(home: Path) -> None:
    write(launcher(home), entry((GONE,)))
    assert installations.gone_programs() == [
        f"The launcher among your applications starts {GONE}, which no longer exists."
    ]
    assert len(installations.put_right()) == 1
    assert f"Exec={installations.this_program()}\n" in launcher(home).read_text()


def test_a_launcher_that_hides_one_of_the_system_is_taken_away(home: Path) -> None:
    write(home / "system" / "applications" / FILE, entry(("numbguard",)))
    write(launcher(home), entry((GONE,)))
    assert len(installations.put_right()) == 1
    assert not launcher(home).exists()


def test_what_cannot_be_put_right_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(at_login(home), f"[Desktop Entry]\nExec={GONE} run\n")

    def fails(_self: XdgAutostart) -> None:
        raise AutostartError("It could not be written.")

    monkeypatch.setattr(XdgAutostart, "put_right", fails)
    assert installations.put_right() == ["It could not be written."]


def test_others_are_found_on_the_path_and_where_packages_put_them_but_never_this_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APPIMAGE", str(home / "mine" / "numbguard"))
    for folder in ("mine", "other", ".local/bin"):
        write(home / folder / "numbguard", "#!/bin/sh\n").chmod(0o755)
    (home / "again").symlink_to(home / "other")
    (home / "not-executable").mkdir()
    write(home / "not-executable" / "numbguard", "")
    monkeypatch.setenv("PATH", ":".join(str(home / one) for one in ("mine", "other", "again", "not-executable")))
    found = [path for path in installations.other_programs() if path.startswith(str(home))]
    assert found == [str(home / "other/numbguard"), str(home / ".local/bin/numbguard")]


@pytest.mark.parametrize(
    ("former", "command", "expected"),
    [
        (
            ["/a", "run", "--profile", "x"],
            ["/b", "-m", "numbguard", "run"],
            ["/b", "-m", "numbguard", "run", "--profile", "x"],
        ),
        (["/a"], ["/b", "run", "--minimised"], ["/b", "run", "--minimised"]),
        ([], ["/b", "run"], ["/b", "run"]),
    ],
)
def test_the_words_move_from_one_program_to_the_other(
    former: list[str], command: list[str], expected: list[str]
) -> None:
    assert list(moved(former, command)) == expected


def test_on_macos_an_agent_of_a_former_program_is_put_right(tmp_path: Path) -> None:
    now = LaunchAgent(("/bin/sh", "run", "--minimised"), folder=tmp_path)
    assert now.gone_program() is None
    now.path.write_bytes(agent((GONE, "run", "--profile", "/x")))
    assert now.gone_program() == GONE
    now.put_right()
    assert plistlib.loads(now.path.read_bytes())["ProgramArguments"] == ["/bin/sh", "run", "--profile", "/x"]
    now.path.write_bytes(plistlib.dumps({"ProgramArguments": [GONE], "RunAtLoad": True, "Disabled": True}))
    assert now.gone_program() is None


@pytest.mark.parametrize(
    ("line", "program"),
    [
        (r'"C:\Program Files\NumbGuard\numbguardw.exe" run --minimised', r"C:\Program Files\NumbGuard\numbguardw.exe"),
        (r"C:\NumbGuard\numbguardw.exe run", r"C:\NumbGuard\numbguardw.exe"),
    ],
)
def test_the_program_of_a_line_of_windows(line: str, program: str) -> None:
    assert program_of(line) == program
