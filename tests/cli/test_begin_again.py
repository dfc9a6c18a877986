"""A process that begins again says so where the system cannot start it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.cli.command_line import CommandLine, environment

CANNOT = """
import sys
from numbguard.app import start
from numbguard.app.process.application import BEGIN_AGAIN
from numbguard.cli.main import main
start.start = lambda profile, line, *, speed, minimised: BEGIN_AGAIN
sys.executable = "/removed/python"
sys.exit(main())
"""


def test_a_program_that_has_gone_says_what_is_kept_and_what_to_do_and_lets_the_next_start_in(tmp_path: Path) -> None:
    line = CommandLine(tmp_path / "profile", environment(tmp_path))
    run = [sys.executable, "-c", CANNOT, "run", "--profile", str(line.profile)]
    for _unused in range(2):
        done = subprocess.run(run, env=line.env, capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == (
            "numbguard: NumbGuard could not start again (No such file or directory). What you have logged is kept. "
            "Start NumbGuard.\n"
        )
