"""The faults. Each function inflicts one a number of times, in folders of its own; the tool and its test call them."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from numbguard.core.errors import JournalError
from numbguard.core.log.records.episode import Episode
from numbguard.store.log.copies import backups_in
from numbguard.store.log.journal import RecordVersion, SqliteJournal, now_us
from numbguard.store.log.recovery.backups import back_up
from numbguard.store.log.recovery.repair import repair, restore
from numbguard.store.log.schema import MIGRATIONS
from numbguard.store.profile import Profile
from tools.former_logs import write_former

from .power import TraceError, moments
from .writing import NOTE, Tally, Writer, fresh_profile, start_writer, write_through_app

Fault = Callable[[Path, int, random.Random], Tally]

_FRAME = 4096 + 24
"""Bytes of a page in the journal, with its header."""


def killed(folder: Path, times: int, chance: random.Random) -> Tally:
    """Kill a writer by SIGKILL at a random moment; each start uses the profile that the last kill left."""
    tally = Tally("kill -9 while writing")
    profile, kept = fresh_profile(folder, "killed"), set[str]()
    for number in range(times):
        writer = start_writer(profile, f"k{number}")
        # Half of them in the first moments, in which the log is opened; the others later, however slow the machine is.
        kept.update(writer.await_acknowledged(chance.randrange(0, 12) if number % 2 else 0))
        kept.update(writer.kill_after(chance.uniform(0.0, 0.08)))
        if number % 20 == 19 or number == times - 1:
            tally.judge(profile, kept)
    tally.tried, tally.acknowledged = times, len(kept)
    return tally


_LOAD = """
import sqlite3, sys
from datetime import UTC, datetime
from numbguard.core.log.records.episode import Episode
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.recovery.backups import back_up
from numbguard.store.log.recovery.repair import repair, restore
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile

profile = Profile(__import__("pathlib").Path(sys.argv[1]))

def write(keeping, name, count):
    for number in range(count):
        keeping.add_episode(Episode(f"{name}-{number}", datetime.now(UTC), note="a note of some length, " * 8))
        assert not keeping.only_in_memory
        print(f"{name}-{number}", flush=True)

def journal():
    return SafeJournal(SqliteJournal(profile, patience_s=0.01), profile)

keeping = journal()
write(keeping, "new", 12)
keeping.close()
keeping = journal()
write(keeping, "again", 8)
other = sqlite3.connect(profile.database, isolation_level=None)
other.execute("BEGIN IMMEDIATE")
write(keeping, "spooled", 4)
other.execute("ROLLBACK")
other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
other.close()
assert keeping.retry() == 4
keeping.close()
restore(profile, back_up(profile, at=datetime.now(UTC)), at=datetime.now(UTC))
keeping = journal()
write(keeping, "restored", 4)
keeping.close()
with profile.database.open("r+b") as file:
    file.write(b"garbage!")
keeping = journal()
write(keeping, "while-damaged", 3)
repair(profile, at=datetime.now(UTC))
keeping.retry()
write(keeping, "repaired", 3)
keeping.close()
"""


def power_cut(folder: Path, times: int, chance: random.Random) -> Tally:
    """Cut the power before each write of a load: entries, a checkpoint, the spool, a backup, a restore, a repair."""
    tally = Tally("power cut at every write boundary")
    source = fresh_profile(folder, "load")
    try:
        cuts = [(moment, kept) for moment in moments(_LOAD, source.folder, folder / "trace") for kept in _KEPT]
    except TraceError as error:
        tally.why.append(f"this machine cannot show it: {error}")
        return tally
    for number, (moment, kept) in enumerate(cuts if times >= len(cuts) else chance.sample(cuts, times)):
        profile = Profile(folder / f"power-{number}")
        moment.lay_out(source.folder, profile.folder, chance, kept=kept)
        if tally.judge(profile, moment.acknowledged, may_repair=True):
            shutil.rmtree(profile.folder)
    return tally


_KEPT = ("nothing", "all", "some")
"""Of what was not synced before a power cut."""


def torn_journal(folder: Path, times: int, chance: random.Random) -> Tally:
    """Cut the journal between two of its frames or within one; entries that were synced before must be there."""
    tally = Tally("torn or cut journal")
    return _cut(tally, folder, times, chance, damage_the_log=False)


def torn_journal_and_damage(folder: Path, times: int, chance: random.Random) -> Tally:
    """Do the same and damage the first bytes of the log, so that a repair has to read both page by page."""
    tally = Tally("cut journal, damaged log, repair")
    return _cut(tally, folder, times, chance, damage_the_log=True)


def _cut(tally: Tally, folder: Path, times: int, chance: random.Random, *, damage_the_log: bool) -> Tally:
    source = fresh_profile(folder, "source")
    journal = source.database.with_name("numbguard.db-wal")
    sizes: list[int] = []
    with closing(SqliteJournal(source)) as log:
        for number in range(60):
            log.keep(RecordVersion(Episode(f"cut-{number}", datetime.now(UTC), note=NOTE), now_us()))
            sizes.append(journal.stat().st_size)
        database, whole = source.database.read_bytes(), journal.read_bytes()
    boundaries = [32 + _FRAME * frame + part for frame in range((len(whole) - 32) // _FRAME) for part in (0, 24, 2000)]
    for number, size in enumerate(chance.sample(boundaries, min(times, len(boundaries)))):
        profile = fresh_profile(folder, f"cut-{number}")
        content = b"garbage!" + database[8:] if damage_the_log else database
        profile.database.write_bytes(content)
        profile.database.with_name("numbguard.db-wal").write_bytes(whole[:size])
        kept = [f"cut-{one}" for one, synced in enumerate(sizes) if synced <= size]
        if tally.judge(profile, kept, may_repair=damage_the_log):
            shutil.rmtree(profile.folder)
    return tally


def full_disk(folder: Path, times: int, _chance: random.Random) -> Tally:
    """Fill a disk, a slightly larger one each time; the writer continues without room, and finds room in the end."""
    return _full(Tally("disk full, without the app"), folder, times, lambda profile: _write_some(profile, "full", 120))


def full_disk_with_app(folder: Path, times: int, _chance: random.Random) -> Tally:
    """Do the same with the running app as the writer, which is killed in the end."""
    return _full(Tally("disk full, with the app"), folder, times, lambda profile: write_through_app(profile, "app", 60))


def _full(tally: Tally, folder: Path, times: int, write: Callable[[Profile], list[str]]) -> Tally:
    disk = folder / "disk"
    disk.mkdir()
    for level in range(times):
        size = 200 + 40 * level
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(disk)]).returncode:
            tally.why.append("this machine allows no small disk")
            return tally
        try:
            profile = fresh_profile(disk, "profile")
            acknowledged = write(profile)
            keep = folder / f"full-{level}"
            (profile.folder / "numbguard.sock").unlink(missing_ok=True)
            shutil.copytree(profile.folder, keep)
            tally.judge(Profile(keep), acknowledged)
        finally:
            subprocess.run(["umount", "--lazy", str(disk)], check=True)
    return tally


def noise(folder: Path, times: int, chance: random.Random) -> Tally:
    """Write random bytes into one file of a profile that was backed up; a repair has to restore every entry."""
    tally = Tally("noise in a file, repair")
    source = fresh_profile(folder, "quiet")
    kept = _write_some(source, "noise", 80)
    back_up(source, at=datetime.now(UTC))
    source.state.write_text("{}")
    names = ["numbguard.db", "numbguard.db", "numbguard.db", "log-health.json", "state.json", "unwritten.jsonl"]
    for number in range(times):
        profile = Profile(folder / f"noise-{number}")
        shutil.copytree(source.folder, profile.folder)
        path = profile.folder / chance.choice(names)
        content = bytearray(path.read_bytes() if path.exists() else b"")
        content += bytes(max(0, 64 - len(content)))
        for _ in range(chance.choice((1, 1, 3))):
            length = chance.choice((1, 16, 4096))
            at = chance.randrange(max(1, len(content) - length))
            content[at : at + length] = chance.randbytes(min(length, len(content) - at))
        path.write_bytes(content)
        tally.judge(profile, kept, may_repair=True)
        shutil.rmtree(profile.folder)
    return tally


def killed_while_repairing(folder: Path, times: int, chance: random.Random) -> Tally:
    """Kill a repair or a restore by SIGKILL at a random moment; the next repair has to restore every entry."""
    tally = Tally("kill -9 during a repair or a restore")
    source = fresh_profile(folder, "sound")
    kept = _write_some(source, "repair", 60)
    backup = back_up(source, at=datetime.now(UTC))
    for number in range(times):
        profile = Profile(folder / f"repair-{number}")
        shutil.copytree(source.folder, profile.folder)
        if number % 2:
            profile.database.write_bytes(b"garbage!" + profile.database.read_bytes()[8:])
        child = os.fork()
        if child == 0:
            try:
                if number % 2:
                    repair(profile, at=datetime.now(UTC))
                else:
                    restore(profile, profile.backups / backup.name, at=datetime.now(UTC))
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0.0, 0.12))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        tally.judge(profile, kept, may_repair=True)
        shutil.rmtree(profile.folder)
    return tally


def five_writers(folder: Path, times: int, _chance: random.Random) -> Tally:
    """Let five processes begin the same log at once and write to it."""
    tally = Tally("five writers at once")
    for number in range(times):
        profile = fresh_profile(folder, f"five-{number}")
        writers = [start_writer(profile, f"w{place}", count=20) for place in range(5)]
        kept = [id for writer in writers for id in writer.acknowledged()]
        tally.judge(profile, kept)
    return tally


def touched_under_writers(folder: Path, times: int, _chance: random.Random) -> Tally:
    """Have another program touch the journal while five processes write: one of them makes the log anew."""
    tally = Tally("journal touched, five writers")
    for number in range(times):
        profile = fresh_profile(folder, f"touched-{number}")
        writers = [start_writer(profile, f"t{place}", count=20) for place in range(5)]
        for _ in range(3):
            time.sleep(0.03)
            with suppress(FileNotFoundError):
                os.utime(profile.database.with_name("numbguard.db-wal"))
        tally.judge(profile, [id for writer in writers for id in writer.acknowledged()])
    return tally


def deleted_under_a_writer(folder: Path, times: int, chance: random.Random) -> Tally:
    """Delete the log, its journal or both while a process writes."""
    tally = Tally("log or journal deleted while writing")
    for number in range(times):
        profile = fresh_profile(folder, f"deleted-{number}")
        names = chance.choice((["-wal"], [""], ["-wal", "-shm"], ["", "-wal", "-shm"]))
        waiting, going = os.pipe()

        def wait_for_the_last(number: int, waiting: int = waiting) -> None:
            # Without a write after it, nobody can notice that the log is gone.
            if number == _WRITES - 1:
                os.read(waiting, 1)

        writer = start_writer(profile, "d", count=_WRITES, before_each=wait_for_the_last)
        before = writer.await_acknowledged(chance.randrange(_WRITES - 1))
        time.sleep(chance.uniform(0.0, 0.005))
        for name in names:
            with suppress(FileNotFoundError):
                profile.database.with_name(f"numbguard.db{name}").unlink()
        os.write(going, b"!")
        tally.judge(profile, [*before, *writer.acknowledged()])
        os.close(waiting)
        os.close(going)
    return tally


_WRITES = 40


def clock_set(folder: Path, times: int, chance: random.Random) -> Tally:
    """Set the clock forward and back by decades while a process writes."""
    tally = Tally("clock set while writing")
    true_ns = time.time_ns
    for number in range(times):
        profile, jumps = fresh_profile(folder, f"clock-{number}"), random.Random(chance.random())

        def set_clock(_number: int, jumps: random.Random = jumps) -> None:
            off = jumps.randrange(-(10**9), 10**9) * 31_536_000
            time.time_ns = lambda: true_ns() + off

        tally.judge(profile, start_writer(profile, "c", count=30, before_each=set_clock).acknowledged())
    return tally


def migrations(folder: Path, times: int, _chance: random.Random) -> Tally:
    """Migrate logs of each earlier version, read one of a newer NumbGuard, and let a migration fail repeatedly."""
    tally = Tally("older, newer and failing migrations")
    for number in range(times):
        version = 1 + number % len(MIGRATIONS)
        profile = fresh_profile(folder, f"migration-{number}")
        kept = [f"m{number}-{one}" for one in range(20)]
        write_former(profile, version, [Episode(id, datetime.now(UTC), note=NOTE) for id in kept])
        failing = (*MIGRATIONS[:version], "CREATE TABLE one (id TEXT); INSERT INTO nowhere VALUES (1)")
        for _ in range(5):
            with closing(SqliteJournal(profile, migrations=failing)) as newer, suppress(JournalError):
                newer.last_episode()
        if len(backups_in(profile.backups)) != 1:
            tally.failed += 1
            tally.why.append(f"{len(backups_in(profile.backups))} copies by a migration that failed five times")
        tally.judge(profile, kept)
    return tally


def _write_some(profile: Profile, name: str, count: int) -> list[str]:
    writer: Writer = start_writer(profile, name, count=count)
    return writer.acknowledged()


FAULTS: Mapping[str, tuple[Fault, int, int]] = {
    "kill": (killed, 500, 20),
    "power": (power_cut, 100_000, 25),
    "cut": (torn_journal, 600, 20),
    "repair": (torn_journal_and_damage, 300, 10),
    "full": (full_disk, 20, 3),
    "full-app": (full_disk_with_app, 20, 1),
    "noise": (noise, 300, 12),
    "mending": (killed_while_repairing, 200, 10),
    "writers": (five_writers, 20, 1),
    "touched": (touched_under_writers, 60, 2),
    "deleted": (deleted_under_a_writer, 60, 4),
    "clock": (clock_set, 20, 1),
    "migrations": (migrations, 24, 2),
}
"""By name: the fault, how often it is inflicted in full, and how often in the tests."""


def run_fault(name: str, folder: Path, *, times: int, seed: int = 1) -> Tally:
    """Inflict a fault in a folder of its own, which is deleted unless something was lost or failed."""
    own = folder / name
    own.mkdir()
    began = time.monotonic()
    tally = FAULTS[name][0](own, times, random.Random(seed))
    tally.seconds = time.monotonic() - began
    if not (tally.lost or tally.failed):
        shutil.rmtree(own, ignore_errors=True)
    return tally
