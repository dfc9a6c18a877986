"""A small part of ``./dev faults``: no fault loses an acknowledged entry, and every start succeeds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.faults.faults import FAULTS


@pytest.mark.skipif(sys.platform == "win32", reason="the writers are forked")
def test_no_fault_loses_an_acknowledged_entry() -> None:
    # In a process of its own, because it forks, which a process with threads must not.
    names = [name for name in FAULTS if name != "full" or os.geteuid() == 0]
    run = subprocess.run(
        [sys.executable, "-m", "tools.faults", "--quick", *names],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert len(run.stdout.splitlines()) == 1 + len(names)
