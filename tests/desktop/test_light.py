"""The desktop layer costs nothing while nothing happens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.desktop.virtual_desktop import VirtualDesktop

STILL = """
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from numbguard.core.settings.settings import Settings
from numbguard.core.settings.choices import KeyCombination
from numbguard.desktop import hot_keys, idle, notify, quiet, session
from numbguard.desktop.dbus.bus import Bus

app = QCoreApplication([])
session_bus = Bus.session()
notifier, sense = notify.choose(session_bus, make_nudge=None), idle.choose(session_bus)
system_bus = Bus.system()
watch = session.choose(session_bus, system_bus)
quiet_sense = quiet.choose(session_bus, system_bus, Settings(quiet_programs=("zoom",)))
keys = hot_keys.choose(session_bus, titles={"log": "Log numbness"}, program="numbguard")
keys.start(print)
keys.follow({"log": KeyCombination("Ctrl+Alt+N")})
session_bus.serve(print)
session_bus.own_name("org.numbguard.NumbGuard", lambda ours: None)
notifier.start(print)
sense.start(lambda seconds: None)
watch.start(print)
quiet_sense.start(lambda id, reason: None)

def wake_ups():
    status = Path("/proc/self/status").read_text()
    return int(status.split("voluntary_ctxt_switches:")[1].split()[0])

def begin():
    assert notifier.status().works and sense.status().works and quiet_sense.status().works
    assert keys.status().works
    before = wake_ups()
    QTimer.singleShot(2000, lambda: end(before))

def end(before):
    print(wake_ups() - before)
    app.quit()

QTimer.singleShot(500, begin)
app.exec()
"""


def test_nobody_is_woken_while_nothing_happens(desktop: VirtualDesktop, tmp_path: Path) -> None:
    """This session has no system bus, which is retried rarely; the only other wake-up comes from the measurement."""
    script = tmp_path / "still.py"
    script.write_text(STILL, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**desktop.env, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True, text=True, timeout=20, check=True,
    )  # fmt: skip
    assert int(done.stdout) <= 4
