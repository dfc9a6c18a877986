"""`./dev package --try`: each package, installed into a bare Debian, lives a whole cycle on a virtual desktop.

A `.deb` is also upgraded from one of version 0.1.0, removed and purged, with a log that has to survive all of it. It
needs root and mmdebstrap. Logs and pictures go to `build/trial/`. `tools.package.__main__` calls it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Lock

from tools.bare_root import USER, BareRoot, Lent, RootError
from tools.package.libraries.locked_wheels import fetch_runtime
from tools.package.source import CHECKOUT, export

RESULTS = CHECKOUT / "build" / "trial"
SUITES = ("bookworm", "trixie")
FIRST_VERSION = "736ec23ead5e8414d69494dfc6c9a682b0405ac0"
"""The commit of version 0.1.0, which a `.deb` is upgraded from."""
DRIVER = Path("/opt/driver")
"""Where the tour and its libraries are, seen from within; the package under trial is elsewhere."""
PACKAGES = Path("/opt/packages")
_DESKTOP = (
    *("python3", "xvfb", "dbus-daemon", "dbus-x11", "openbox", "dunst", "xfce4-panel", "xfconf", "hicolor-icon-theme"),
    *("adwaita-icon-theme", "xdotool", "x11-utils", "x11-xserver-utils", "util-linux", "procps"),
)
_OF_THE_TRIAL = ("/opt/", "/tmp/", "/proc/", "/etc/apt/apt.conf.d/")
"""Where the trial and its root have files with NumbGuard's name themselves."""
SPEED = "6"
"""Of the tour: slower than a tour of the checkout, because a machine that makes roots is a busy one."""
_CHECKERS = ("lintian", "desktop-file-utils", "appstream", "man-db", "zsh", "fish", "bash-completion")
_FETCHING = Lock()
"""Held by the one trial that fills the cache of wheels."""
_VERBS = (("status", "--json"), ("log",), ("episodes", "--json"), ("red-flags",))


class TrialError(Exception):
    """A package did not do what it has to; the message says what, and where the log is."""


class Trial:
    """One bare root, the commands run in it, and the log of all that they print."""

    def __init__(self, name: str, suite: str) -> None:
        RESULTS.mkdir(parents=True, exist_ok=True)
        self.name = name
        self.log = RESULTS / f"{name}.log"
        self.log.write_text("", encoding="utf-8")
        self._root = BareRoot(RESULTS / name, suite, Lent.by_this_machine())

    def __enter__(self) -> Trial:
        self._root.remove()
        say(f"{self.name}: making a bare root; the log is {self.log.relative_to(CHECKOUT)}")
        if self._logged(self._root.making()).returncode != 0:
            raise RootError(f"The bare root could not be made; {self.log} says why.")
        self._root.furnish()
        self.as_root("apt-get", "-q", "update")
        return self

    def __exit__(self, *_error: object) -> None:
        self._root.remove()

    def bring(self, *packages: Path) -> None:
        """Copy packages into the root."""
        folder = self.inside(PACKAGES)
        folder.mkdir(parents=True, exist_ok=True)
        for package in packages:
            shutil.copy(package, folder)

    def bring_the_tour(self) -> None:
        """Install a desktop, and copy the tour with the libraries that it needs."""
        self.install(*_DESKTOP)
        driver = self.inside(DRIVER)
        source = export(driver)
        with _FETCHING:
            wheels = fetch_runtime(source, CHECKOUT / "build" / "wheels", "amd64")
        for wheel in wheels:
            if wheel.name not in ("pyside6-essentials", "shiboken6"):
                wheel.unpack(driver, lambda place: ".dist-info" not in place.parts[0])

    def install(self, *packages: str) -> str:
        return self.as_root(
            *("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", "install", "--no-install-recommends"),
            *packages,
        )

    def as_root(self, *words: str) -> str:
        return self._run(words, user="root")

    def as_user(self, *words: str) -> str:
        return self._run(words, user=USER)

    def live_a_cycle(self, program: str) -> None:
        """Play the tour with an installed program, as an ordinary user, and bring its pictures out."""
        folder = self._root.home(USER) / "tour"
        try:
            tour = ("python3", "-m", "tools.tour", str(folder), "--program", program, "--speed", SPEED)
            self._run(tour, user=USER, cwd=DRIVER)
        finally:
            self.keep_pictures()

    def keep_pictures(self) -> None:
        """Copy the pictures of the tour out of the root."""
        folder = self.inside(self._root.home(USER) / "tour")
        kept = RESULTS / f"{self.name}-pictures"
        shutil.rmtree(kept, ignore_errors=True)
        if folder.is_dir():
            shutil.copytree(folder, kept)

    def time_verbs(self, program: str) -> None:
        """Say how long each verb takes, at best of five."""
        for words in _VERBS:
            told = self.as_user("python3", "-c", _TIMER, program, *words)
            say(f"{self.name}: {' '.join(words)}: {told.strip()}")

    def episodes(self, program: str) -> list[str]:
        """The ids of the episodes in the ordinary user's log."""
        return [episode["id"] for episode in json.loads(self.as_user(program, "episodes", "--json"))]

    def expect(self, holds: bool, what: str) -> None:
        """Raises `TrialError` where it does not hold."""
        self._write(f"{'yes' if holds else 'NO'}: {what}\n")
        if not holds:
            raise TrialError(f"{self.name}: not so: {what}. See {self.log}")
        say(f"{self.name}: {what}")

    def is_there(self, path: str) -> bool:
        return self.inside(Path(path)).exists()

    def _run(self, words: Sequence[str], *, user: str, cwd: Path | None = None) -> str:
        done = self._logged(self._root.command(words, user=user, cwd=cwd or self._root.home(user)), told=words)
        if done.returncode != 0:
            raise TrialError(f"{self.name}: {' '.join(words)[:200]} ended with {done.returncode}. See {self.log}")
        return done.stdout

    def _logged(self, command: Sequence[str], told: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        self._write(f"\n$ {' '.join(told or command)}\n")
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
        self._write(f"{done.stdout}{done.stderr}(exit status {done.returncode})\n")
        return done

    def _write(self, words: str) -> None:
        with self.log.open("a", encoding="utf-8") as file:
            file.write(words)

    def inside(self, path: Path) -> Path:
        """The place, on this machine, of a path of the root."""
        return self._root.folder / path.relative_to("/")


_TIMER = """
import resource, subprocess, sys, time
def took():
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    return ended - began, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
times = [took() for _ in range(5)]
print(*(f"{min(each) * 1000:.0f} ms {what}" for each, what in zip(zip(*times), ("by the clock,", "on the processor"))))
"""


def try_deb(suite: str, package: Path, former: Path) -> None:
    """Install the former package, log, upgrade, live a cycle, remove and purge."""
    program = "/usr/bin/numbguard"
    if package.name == former.name:
        raise TrialError(f"{package.name} cannot be upgraded to itself: ./dev package --as 1.0.0 --try")
    with Trial(f"deb-{suite}", suite) as trial:
        trial.bring(former, package)
        trial.install(str(PACKAGES / former.name))
        trial.as_user(program, "log", "--side", "left", "--region", "calf")
        logged = trial.episodes(program)
        trial.expect(len(logged) == 1, f"{former.name} is installed and has logged an episode")
        missing = trial.as_root("sh", "-c", _UNRESOLVED)
        trial.expect(missing.strip() == "", "every library that Qt links to came with the package's dependencies")
        said = trial.install(str(PACKAGES / package.name))
        trial.expect(trial.episodes(program) == logged, "upgraded, and the log is kept")
        trial.expect(trial.is_there("/usr/lib/numbguard/numbguard/__pycache__"), "byte-compiled at the installation")
        trial.as_user(program, "check")
        trial.bring_the_tour()
        trial.time_verbs(program)
        trial.live_a_cycle(program)
        trial.expect(True, "one cycle on a virtual desktop: announced, answered, card, episode, report, quit")
        _validate(trial, package)
        said = trial.as_root("apt-get", "-q", "-y", "remove", "numbguard")
        trial.expect("log and settings are kept" in said, "the removal says that logs are kept")
        trial.expect(not trial.is_there("/usr/lib/numbguard"), "the removal leaves nothing of the program")
        said = trial.as_root("apt-get", "-q", "-y", "purge", "numbguard")
        trial.expect("Their logs are theirs, and are kept" in said, "the purge says that logs are kept")
        log = f"/home/{USER}/.local/share/numbguard/numbguard.db"
        trial.expect(trial.is_there(log), f"the log is there after the purge: {log}")
        left = trial.as_root("find", "/", "-xdev", "-iname", "*numbguard*", "-not", "-path", f"/home/{USER}/*")
        ours = [line for line in left.splitlines() if not line.startswith(_OF_THE_TRIAL)]
        trial.expect(ours == [], f"nothing else of NumbGuard is left: {ours}")


_UNRESOLVED = (
    "find /usr/lib/numbguard -name '*.so*' -not -name libqgtk3.so -exec ldd {} + 2>/dev/null | grep 'not found' || true"
)


def _validate(trial: Trial, package: Path) -> None:
    trial.install(*_CHECKERS)
    desktop = "/usr/share/applications/org.numbguard.NumbGuard.desktop"
    trial.expect(trial.as_root("desktop-file-validate", desktop) == "", "desktop-file-validate has nothing to say")
    page = "/usr/share/metainfo/org.numbguard.NumbGuard.metainfo.xml"
    said = trial.as_root("sh", "-c", f"appstreamcli validate --no-net --no-color {page} || true")
    found = [line.split()[2] for line in said.splitlines() if line.startswith(("E: ", "W: "))]
    # There is no home page yet.
    trial.expect(set(found) <= {"url-homepage-missing"}, f"appstreamcli validate: {found or 'nothing'}")
    said = trial.as_user("sh", "-c", f"lintian --color never --show-overrides {PACKAGES / package.name} || true")
    found = [line for line in said.splitlines() if line.startswith(("E: ", "W: "))]
    # The missing home page again; lintian of Debian 12, which has no such tag, would take an override for an error.
    found = [line for line in found if "appstream-metadata-validation-failed" not in line]
    trial.expect(found == [], f"lintian: {found or 'no error, and no warning but of the missing home page'}")
    page = trial.as_root("sh", "-c", "man --warnings -l /usr/share/man/man1/numbguard.1.gz 2>&1 >/dev/null || true")
    trial.expect(page == "", "the man page has no warning")
    for shell, script in _COMPLETIONS.items():
        offered = trial.as_user(*shell, script).split()
        trial.expect("red-flags" in offered, f"{shell[0]} completes the verbs")


_COMPLETIONS: dict[tuple[str, ...], str] = {
    ("bash", "-c"): (
        "source /usr/share/bash-completion/completions/numbguard; COMP_WORDS=(numbguard re); COMP_CWORD=1;"
        " _numbguard; echo ${COMPREPLY[@]}"
    ),
    ("fish", "-c"): "complete --do-complete 'numbguard re' | string split -f1 \\t",
    ("zsh", "-fc"): (
        "zmodload zsh/zpty; zpty z zsh -f -i; zpty -w z 'PS1=; autoload -Uz compinit; compinit -D -u';"
        " sleep 3; zpty -w -n z $'numbguard re\\t\\t'; sleep 3; zpty -w -n z $'\\C-u'; while zpty -r -t z line; do"
        " print -r -- $line; done | tr -cs a-z- '\\n'; zpty -d z"
    ),
}


def try_wheel(suite: str, wheel: Path) -> None:
    """Install the wheel with pipx, as an ordinary user would, and live a cycle."""
    with Trial(f"wheel-{suite}", suite) as trial:
        trial.bring(wheel)
        trial.install("pipx", *_libraries())
        trial.as_user("pipx", "install", str(PACKAGES / wheel.name))
        trial.bring_the_tour()
        program = f"/home/{USER}/.local/bin/numbguard"
        trial.time_verbs(program)
        trial.live_a_cycle(program)
        trial.expect(True, "one cycle on a virtual desktop: announced, answered, card, episode, report, quit")


def try_bundle(suite: str, package: Path) -> None:
    """Unpack the bundle as an ordinary user where there is no Python, and live a cycle."""
    with Trial(f"bundle-{suite}", suite) as trial:
        trial.bring(package)
        trial.install("xz-utils", *_libraries())
        trial.expect(not trial.is_there("/usr/bin/python3"), "there is no Python on this system")
        trial.as_user("tar", "-xf", str(PACKAGES / package.name))
        program = f"/home/{USER}/numbguard/numbguard"
        trial.as_user(program, "check")
        trial.bring_the_tour()
        trial.time_verbs(program)
        trial.live_a_cycle(program)
        trial.expect(True, "one cycle on a virtual desktop: announced, answered, card, episode, report, quit")


def _libraries() -> list[str]:
    """The packages that `./dev` installs for the app to run."""
    text = (CHECKOUT / "dev").read_text(encoding="utf-8")
    rows = text.partition("TO_RUN='")[2].partition("'")[0].splitlines()
    return [row.split()[1] for row in rows if row.strip()]


def main(packages: Sequence[Path], former: Path | None, *, with_flatpak: bool = False, at_once: int = 1) -> int:
    """Try packages; 0 if all of them did what they have to.

    `former`: the `.deb` to upgrade from. `at_once`: how many trials run side by side; each of them mostly waits.
    """
    from tools.package.flatpak import try_flatpak

    trials: list[Callable[[], None]] = []
    for package in packages:
        if package.suffix == ".deb" and former is not None:
            trials += [partial(try_deb, suite, package, former) for suite in SUITES]
            trials += [partial(try_flatpak, package)] if with_flatpak else []
        elif package.suffix == ".whl":
            trials += [partial(try_wheel, suite, package) for suite in SUITES]
        elif package.name.endswith(".tar.xz"):
            trials += [partial(try_bundle, suite, package) for suite in SUITES]
    with ThreadPoolExecutor(at_once) as pool:
        went_well = list(pool.map(_goes_well, trials))
    say(f"{sum(went_well)} of {len(trials)} went well.")
    return 0 if all(went_well) else 1


def _goes_well(trial: Callable[[], None]) -> bool:
    try:
        trial()
    except (TrialError, RootError) as error:
        say(str(error))
        return False
    return True


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)
