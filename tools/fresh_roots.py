"""`./dev fresh`: the README's two commands where nothing is prepared.

A Debian suite means a bare root of it, once for root and once for an ordinary user, who installs the packages that
`./dev` names. A path to a Python means that Python on this machine. Each gets a clone of the last commit. The results
go to standard output, to `build/fresh/` with the logs, and into the README's table. Exit status 0: everything that was
asked for is green; sid, which changes daily, is reported only.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tools.bare_root import INTERRUPTIBLE, USER, BareRoot, Lent, RootError
from tools.tried_table import SUITES, TOUR_BEGAN, Row, counts_of, packages_asked_for, table, with_table

CHECKOUT = Path(__file__).resolve().parents[1]
RESULTS = CHECKOUT / "build" / "fresh"
README = CHECKOUT / "README.md"
TOO_LONG_S = 3600.0
MAX_LISTS = 6
"""An ordinary user who is asked for packages more often than this gives up."""


@dataclass(frozen=True)
class Done:
    """A command that has ended; `tour_began` is a monotonic time, or None."""

    status: int
    output: str
    tour_began: float | None


class Log:
    """Runs commands and keeps everything they print in one file."""

    def __init__(self, name: str) -> None:
        RESULTS.mkdir(parents=True, exist_ok=True)
        self.path = RESULTS / f"{name}.log"
        self.path.write_text("", encoding="utf-8")

    def write(self, words: str) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(words)

    def run(
        self, command: Sequence[str], *, told: str, cwd: Path = CHECKOUT, env: Mapping[str, str] | None = None
    ) -> Done:
        """Run a command to its end, or for `TOO_LONG_S`; `told` is what the log calls it."""
        self.write(f"\n$ {told}\n")
        lines: list[str] = []
        tour_began: float | None = None
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
        watchdog = threading.Timer(TOO_LONG_S, process.kill)
        watchdog.start()
        try:
            assert process.stdout is not None
            with self.path.open("a", encoding="utf-8", buffering=1) as file:
                for line in process.stdout:
                    file.write(line)
                    lines.append(line)
                    if tour_began is None and TOUR_BEGAN.match(line):
                        tour_began = time.monotonic()
            status = process.wait()
        finally:
            watchdog.cancel()
            process.kill()
            process.communicate()  # to the end of the pipe: then nothing that held it is left
        self.write(f"(exit status {status})\n")
        return Done(status, "".join(lines), tour_began)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try what the command line asks for; 0 if all of it but sid is green."""
    parser = argparse.ArgumentParser(prog="./dev fresh", description="The README's two commands on a bare system.")
    parser.add_argument(
        "where", nargs="*", default=list(SUITES), metavar="bookworm|trixie|sid|PYTHON",
        help="a Debian suite, or a Python of this machine (all three suites)",
    )  # fmt: skip
    parser.add_argument("--keep", action="store_true", help="keep the roots in build/fresh to look around in")
    parser.add_argument("--user", choices=("root", "ordinary"), help="try the suites as one kind of user only")
    given = parser.parse_args(arguments)
    suites = [where for where in given.where if where in SUITES]
    pythons: dict[Path, str] = {}
    for where in given.where:
        if where not in SUITES:
            python = Path(shutil.which(where) or where).absolute()
            version = version_of([str(python)])
            if version is None:
                parser.error(f"{where} is neither {', '.join(SUITES)} nor a Python that runs on this machine.")
            pythons[python] = version
    kinds = [given.user] if given.user else ["root", "ordinary"]
    rows: list[Row] = []
    try:
        if suites:
            prepare()
        warn_of_changes()
        for suite in suites:
            for kind in kinds:
                rows.append(try_suite(suite, kind, keep=given.keep))
        for python, version in pythons.items():
            rows.append(try_python(python, version))
    except RootError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Interrupted.")
        return 130
    finally:
        report(rows)
    return 0 if all(row.green for row in rows if row.system != "Debian sid") else 1


# ---- Before it begins ----


def prepare() -> None:
    """Make sure that bare roots can be made here.

    Raises `RootError` if they cannot.
    """
    if os.geteuid() != 0:
        raise RootError("Only root can make a bare root: sudo ./dev fresh")
    if shutil.which("mmdebstrap") or shutil.which("debootstrap"):
        return
    if not shutil.which("apt-get"):
        raise RootError("A bare root is made by mmdebstrap or debootstrap. Please install one of them.")
    say("Installing mmdebstrap, which makes the bare roots.")
    install = ["apt-get", "-q", "-y", "install", "--no-install-recommends", "mmdebstrap", "debian-archive-keyring"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "-q", "update"], install):
        if subprocess.run(command, env=env, check=False).returncode != 0:
            raise RootError("mmdebstrap could not be installed; apt-get says why.")


def warn_of_changes() -> None:
    changes = git("status", "--porcelain")
    say(f"What is tried is the last commit, {git('log', '-1', '--format=%h %s')}")
    if changes:
        say("Changes that are not committed are not in it:", changes)


def git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.rstrip()


def clone(into: Path) -> None:
    """Clone the last commit of this checkout, as a new user would get it."""
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", CHECKOUT, into], check=True)


# ---- Trying ----


def try_suite(suite: str, kind: str, *, keep: bool) -> Row:
    """Make a bare root of the suite and run the two commands in it.

    Raises `RootError` if the root cannot be made.
    """
    name = f"{suite}-{kind}"
    log = Log(name)
    root = BareRoot(RESULTS / name, suite, Lent.by_this_machine())
    root.remove()
    say(f"Debian {suite} as {kind}: making a bare root; the log is {log.path.relative_to(CHECKOUT)}")
    try:
        if log.run(root.making(), told="make a bare root").status != 0:
            raise RootError(f"The bare root of {suite} could not be made; {log.path} says why.")
        root.furnish()
        user = "root" if kind == "root" else USER
        inside = root.home(user) / "NumbGuard"
        checkout = root.folder / inside.relative_to("/")
        clone(checkout)
        root.give(inside, user)

        def as_(someone: str, *words: str) -> Done:
            say(f"    {' '.join(words)[:100]}")
            return log.run(root.command(words, user=someone, cwd=inside), told=f"({someone}) {' '.join(words)}")

        began = time.monotonic()
        lists = 0
        if user != "root":
            while (setup := as_(user, "./dev", "setup")).status != 0 and lists < MAX_LISTS:
                packages = packages_asked_for(setup.output)
                if not packages:
                    break
                lists += 1
                as_("root", "apt-get", "-q", "update")
                noninteractive = ("env", "DEBIAN_FRONTEND=noninteractive")
                as_("root", *noninteractive, "apt-get", "-q", "-y", "install", "--no-install-recommends", *packages)
            if lists > 1:
                say(f"    ./dev asked an ordinary user for packages {lists} times; it should name them in one list.")
        tour = as_(user, "./dev", "run")
        tests = as_(user, "./dev", "test")
        row = Row(
            system=f"Debian {suite}",
            user=kind,
            python=version_of(root.command([".venv/bin/python"], user=user, cwd=inside)),
            setup_s=None if tour.tour_began is None else tour.tour_began - began,
            counts=counts_of(tests.output),
            tour_ok=tour.status == 0,
            tests_ok=tests.status == 0,
            apt_lists=lists,
            tried=today(),
        )
        keep_evidence(row, checkout, name)
    finally:
        if not keep:
            root.remove()
    return row


def try_python(python: Path, version: str) -> Row:
    """Run the two commands with that Python on this machine, in a clone in a temporary folder."""
    kind = "root" if os.geteuid() == 0 else "ordinary"
    name = f"python-{version}-{kind}"
    log = Log(name)
    say(f"Python {version} on this machine: the log is {log.path.relative_to(CHECKOUT)}")
    # Without a display the first command plays the tour, and ends.
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    env["PYTHON"] = str(python)
    with tempfile.TemporaryDirectory(prefix="numbguard-fresh-") as folder:
        checkout = Path(folder) / "NumbGuard"
        clone(checkout)
        began = time.monotonic()
        tour = log.run([*INTERRUPTIBLE, "./dev", "run"], told="./dev run", cwd=checkout, env=env)
        tests = log.run([*INTERRUPTIBLE, "./dev", "test"], told="./dev test", cwd=checkout, env=env)
        row = Row(
            system=f"Python {version} on {this_system()}",
            user=kind,
            python=version,
            setup_s=None if tour.tour_began is None else tour.tour_began - began,
            counts=counts_of(tests.output),
            tour_ok=tour.status == 0,
            tests_ok=tests.status == 0,
            apt_lists=0,
            tried=today(),
        )
        keep_evidence(row, checkout, name)
    return row


def keep_evidence(row: Row, checkout: Path, name: str) -> None:
    """Save the pictures and logs of the tests and the tour if something failed."""
    kept = RESULTS / f"{name}-build"
    shutil.rmtree(kept, ignore_errors=True)
    if not row.green and (checkout / "build").is_dir():
        shutil.copytree(checkout / "build", kept)


# ---- Afterwards ----


def report(rows: Sequence[Row]) -> None:
    """Print the table, and write it to build/fresh and into the README."""
    if not rows:
        return
    text = table(row.line for row in rows)
    say("", text)
    (RESULTS / "table.md").write_text(f"{text}\n", encoding="utf-8")
    README.write_text(with_table(README.read_text(encoding="utf-8"), rows), encoding="utf-8")


def version_of(python: Sequence[str]) -> str | None:
    """The version of the Python that such a command starts, such as "3.13.5"; None if it does not start."""
    try:
        told = subprocess.run([*python, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return told.stdout.split()[-1] if told.returncode == 0 and told.stdout.startswith("Python ") else None


def this_system() -> str:
    """The name and version of this machine's system, such as "Debian 12"."""
    release = Path("/etc/os-release")
    lines = release.read_text(encoding="utf-8").splitlines() if release.exists() else []
    known = dict(line.split("=", 1) for line in lines if "=" in line)
    name = known.get("ID", sys.platform).strip('"').capitalize()
    return f"{name} {known.get('VERSION_ID', '').strip(chr(34))}".strip()


def today() -> date:
    return datetime.now().astimezone().date()


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
