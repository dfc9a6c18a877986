"""The process becomes a fresh one of the same program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from numbguard.desktop.process import own_memory, same_program

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="exec keeps the process id on Linux")

PROGRAM = """
import os, sys
from numbguard.desktop.process import same_program

print(os.getpid(), sys.flags.no_site, *sys.argv[1:], os.environ.get("PYINSTALLER_RESET_ENVIRONMENT"))
if "AGAIN" not in os.environ:
    os.environ["AGAIN"] = "yes"
    kept = open(sys.argv[2])
    if sys.argv[1] == "bundle":
        sys.frozen = True
        sys.argv = [sys.argv[0], "-S", *sys.argv]
    same_program.begin_again()
else:
    print(any(os.path.realpath(f"/proc/self/fd/{one}") == sys.argv[2] for one in os.listdir("/proc/self/fd")))
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    file = tmp_path / "program with a space.py"
    file.write_text(PROGRAM, encoding="utf-8")
    return file


def run(program: Path, kind: str) -> tuple[list[str], list[str], str]:
    """Return the words that the first and the second program printed, and whether a file was still open."""
    command = [sys.executable, "-S", str(program), kind, str(program.resolve())]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(Path.cwd())}, capture_output=True, text=True, check=True
    )
    first, second, is_open = done.stdout.splitlines()
    return first.rsplit(maxsplit=1), second.rsplit(maxsplit=1), is_open


def test_it_has_the_same_process_id_options_and_words_and_no_open_file(program: Path) -> None:
    first, second, is_open = run(program, "checkout")
    assert second == first
    assert is_open == "False"


def test_a_bundle_is_a_program_of_its_own_with_the_words_after_it(program: Path) -> None:
    (first, before), (second, after), _is_open = run(program, "bundle")
    assert (before, after) == ("None", "1")
    assert second == first


def test_a_program_that_was_removed_cannot_begin_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert same_program.can_begin_again()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "removed"))
    assert not same_program.can_begin_again()
    with pytest.raises(FileNotFoundError):
        same_program.begin_again()


def test_the_memory_in_use_grows_with_what_is_touched() -> None:
    before = own_memory.resident_bytes()
    assert before is not None
    held = bytearray(os.urandom(1024)) * (32 * 1024)
    after = own_memory.resident_bytes()
    assert after is not None
    assert after - before > 0.9 * len(held)


def test_without_proc_nobody_knows_the_memory_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_memory, "_STATM", tmp_path / "statm")
    assert own_memory.resident_bytes() is None
