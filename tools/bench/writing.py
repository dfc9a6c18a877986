"""Times the logging of an episode: by the command line, by a bare Python that does the same, and by a click.

`tools.bench --log` calls it. Each command first runs once unmeasured; then they take turns, so that other load on the
machine affects them alike. A command is timed from the start of its process to its end, with everything on the disk.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from uuid import uuid4

from numbguard.core.log.records.episode import Episode
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from tools.bench.table import Figure
from tools.desktop.app_process import CHECKOUT

_BARE = """
import sqlite3, sys
log = sqlite3.connect(sys.argv[1], isolation_level=None)
log.execute("PRAGMA journal_mode = WAL")
log.execute("PRAGMA synchronous = FULL")
log.execute("CREATE TABLE IF NOT EXISTS episodes (n INTEGER PRIMARY KEY, at INTEGER)")
log.execute("BEGIN IMMEDIATE")
log.execute("INSERT INTO episodes (at) VALUES (1)")
log.execute("COMMIT")
"""

_WORDS = ("--side", "left", "--region", "calf", "--severity", "4", "--note", "under the desk")


def p99(figures: Sequence[float]) -> float:
    """Return the 99th percentile (nearest rank)."""
    return sorted(figures)[max(0, -(-len(figures) * 99 // 100) - 1)]


def measure(*, runs: int, clicks: int = 200) -> list[Figure]:
    """Return milliseconds: median and p99 of `runs` calls of each command, and p99 of `clicks` writes as in the app.

    The bare log has a limit, by its median: p99 measures the machine. With words it also reads the log for the advice.
    """
    with tempfile.TemporaryDirectory() as folder:
        bare = [sys.executable, "-c", _BARE, str(Path(folder) / "bare.db")]
        verb = [sys.executable, "-m", "numbguard", "--profile", str(Path(folder) / "profile"), "log"]
        commands = {"bare": bare, "numbguard log": verb, "numbguard log, with words": [*verb, *_WORDS]}
        times: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(runs + 1):
            for name, command in commands.items():
                # Otherwise this log is the same numbness as the one before, and writes nothing.
                (Path(folder) / "profile" / "numbguard.last-click").unlink(missing_ok=True)
                took = _run(command)
                if number:
                    times[name].append(took)
        clicked = _clicks(Profile.find(str(Path(folder) / "app")), clicks)
    floors = times.pop("bare")
    floor = median(floors)
    limits = {"numbguard log": round(floor + 60)}
    return [
        *(
            Figure(f"{name}, median", "ms", floor, median(took), at_most=limits.get(name))
            for name, took in times.items()
        ),
        *(Figure(f"{name}, p99", "ms", p99(floors), p99(took)) for name, took in times.items()),
        Figure(f"Click to committed, p99 of {clicks}", "ms", None, p99(clicked), at_most=20),
    ]


def _run(command: Sequence[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, cwd=CHECKOUT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000


def _clicks(profile: Profile, many: int) -> list[float]:
    """Time the write behind a click as the app does it: through `SafeJournal`, with the log open. Milliseconds."""
    from datetime import UTC, datetime

    journal = SafeJournal(SqliteJournal(profile, patience_s=0.2), profile)
    journal.open_episode(datetime.now(UTC))
    took: list[float] = []
    for _ in range(many):
        episode = Episode(str(uuid4()), datetime.now(UTC))
        began = time.perf_counter()
        journal.add_episode(episode)
        took.append((time.perf_counter() - began) * 1000)
    journal.close()
    return took
