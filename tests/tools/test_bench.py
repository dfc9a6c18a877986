"""`./dev bench` without the desktop that it needs: what its own process must not have, and what it knows of the app."""

from __future__ import annotations

import subprocess
import sys

from numbguard.app.process.renewal import AFTER_MS
from tools.bench import lived_in

LOOKS = "import sys, tools.bench.__main__; print(any(name.startswith('PySide6') for name in sys.modules))"


def test_its_own_process_has_no_qt_which_the_measured_programs_would_share_with_it() -> None:
    done = subprocess.run([sys.executable, "-c", LOOKS], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_it_knows_when_the_app_begins_again() -> None:
    assert lived_in._BEGINS_AGAIN_AFTER_S * 1000 == AFTER_MS
