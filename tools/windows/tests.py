"""Tests under the Windows Python: `python3 -m tools.windows.tests PYTHON_FOLDER ICU FOLDER…`, within the root.

`tools.windows.__main__` runs it and reads the counts from what it prints.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.windows.play import Wine

DISPLAY = ":92"
"""Not that of the play, so that both can run at once."""


def main() -> int:
    """Run pytest on these folders; its exit status."""
    python, icu, *folders = sys.argv[1:]
    wine = Wine(Path(python), Path(icu), Path.home() / "out", display=DISPLAY)
    # The checkout is not this user's, so pytest keeps no cache in it.
    words = ["-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider", *folders]
    try:
        process = subprocess.Popen(
            ["wine", str(Path(python) / "python.exe"), *words],
            env=wine.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8", errors="replace",
        )  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
        return process.wait()
    finally:
        wine.close()


if __name__ == "__main__":
    sys.exit(main())
