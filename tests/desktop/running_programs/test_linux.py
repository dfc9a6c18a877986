"""The programs that run are those of this person that have a desktop entry, by the names of their processes."""

from __future__ import annotations

from pathlib import Path

from numbguard.desktop.running_programs import RunningProgram, running_programs
from numbguard.desktop.running_programs.linux import running_applications


def entry(folder: Path, id: str, *lines: str) -> None:
    applications = folder / "applications"
    applications.mkdir(parents=True, exist_ok=True)
    (applications / f"{id}.desktop").write_text("\n".join(("[Desktop Entry]", *lines)), encoding="utf-8")


def test_applications_are_told_from_other_processes(tmp_path: Path) -> None:
    data, proc = tmp_path / "share", tmp_path / "proc"
    entry(data, "org.example.Meet", "Name=Meet & Talk", "Name[de]=Treffen", "Exec=/usr/bin/a-very-long-program-name %U")
    entry(data, "firefox", "Name=Firefox", "Exec=env MOZ=1 /usr/lib/firefox/firefox %u", "[Desktop Action x]", "Name=x")
    entry(data, "hidden", "Name=Hidden", "Exec=hidden", "NoDisplay=true")
    entry(data, "broken", "Name=Broken", 'Exec=broken "x')
    for pid, comm in enumerate(("firefox", "a-very-long-pro", "hidden", "dbus-daemon", "numbguard"), 100):
        (proc / str(pid)).mkdir(parents=True)
        (proc / str(pid) / "comm").write_text(f"{comm}\n")
    (proc / "200").mkdir()  # it has just ended
    (proc / "self").mkdir()
    found = running_applications(proc, {"XDG_DATA_HOME": str(tmp_path / "none"), "XDG_DATA_DIRS": str(data)})
    assert found == [RunningProgram("a-very-long-pro", "Meet & Talk"), RunningProgram("firefox", "Firefox")]


def test_this_machine_answers() -> None:
    titles = [one.title.casefold() for one in running_programs()]
    assert titles == sorted(titles)
