"""NumbGuard as `python -m numbguard` starts it, which also counts its timers when it gets SIGUSR1; for `./dev soak`.

No other process can see how many timers run in a Qt application. Qt's event loop is woken by the signal as by SIGTERM;
the handler runs on the GUI thread and writes the number into the file that `NUMBGUARD_TIMERS` names.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path

from numbguard.cli.main import main


def _count(*_signal: object) -> None:
    from PySide6.QtCore import QTimer
    from shiboken6 import isValid

    timers = [one for one in gc.get_objects() if isinstance(one, QTimer) and isValid(one)]
    fresh = Path(os.environ["NUMBGUARD_TIMERS"])
    fresh.with_suffix(".new").write_text(f"{len(timers)} {sum(one.isActive() for one in timers)}", encoding="ascii")
    fresh.with_suffix(".new").replace(fresh)


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, _count)
    sys.exit(main(sys.argv[1:]))
