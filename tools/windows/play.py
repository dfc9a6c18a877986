"""A day of NumbGuard under Wine, played by clicks and verbs. Runs inside the root that `tools.windows.root` makes.

`python3 -m tools.windows.play PYTHON_FOLDER OUT` runs with the root's own Python, as an ordinary user, and imports
nothing but the standard library. It writes pictures and `played.json` into the folder `OUT`.

Standard input and output of a program of Windows are pipes here: Python does not start with Wine's files.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TypeVar

from tools.windows.verbs import VERBS

DISPLAY = ":91"
SPEED = 10
"""So many times as fast the app's clock runs while a break is due, taken and over."""
_SETTINGS = '[breaks]\ninterval = "10m"\nduration = "5m"\npatience = "10m"\n'
PATIENCE_S = 300.0
"""Seconds for what a person would have at once: Wine on a busy machine takes minutes to start a program."""
_TRAY = (16, 42)
"""Where Wine shows a tray icon without a task bar: in a small window of its own, in the corner."""


@dataclass(frozen=True)
class Step:
    """One row of the table."""

    what: str
    ok: bool
    said: str


class PlayError(Exception):
    """A step failed; the message is what its row says."""


@dataclass(frozen=True)
class Window:
    """A visible window of X11; the size is in pixels."""

    number: str
    width: int
    height: int


class Wine:
    """A fresh prefix, a virtual screen, and commands of Windows on them."""

    def __init__(self, python: Path, icu: Path, out: Path, *, display: str = DISPLAY) -> None:
        self.python = python
        self.out = out
        self.home = Path.home()
        self.prefix = self.home / "prefix"
        self.env = {
            **os.environ,
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "WINEARCH": "win64",
            "LANG": "C.UTF-8",
            "DISPLAY": display,
        }
        shutil.rmtree(self.prefix, ignore_errors=True)
        self._screen = [
            subprocess.Popen(["Xvfb", display, "-screen", "0", "1280x800x24", "-nolisten", "tcp"]),
        ]
        time.sleep(2)
        self._screen.append(subprocess.Popen(["openbox"], env=self.env, stderr=subprocess.DEVNULL))
        subprocess.run(["wine", "wineboot", "-i"], env=self.env, capture_output=True, timeout=1200, check=False)
        subprocess.run(["wineserver", "-w"], env=self.env, timeout=1200, check=False)
        shutil.copy(icu, self.prefix / "drive_c/windows/system32/icuuc.dll")
        self.pictures = 0
        self._pointer = threading.Lock()

    def close(self) -> None:
        subprocess.run(["wineserver", "-k"], env=self.env, check=False)
        for process in reversed(self._screen):
            process.terminate()
            process.wait()

    @property
    def profile(self) -> Path:
        """Where the usual profile is: in ``%LOCALAPPDATA%``."""
        return next(self.prefix.glob("drive_c/users/*/AppData/Local")) / "numbguard"

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run Windows' Python to its end."""
        return self.finish(str(self.python / "python.exe"), *words)

    def finish(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a program of Windows to its end; programs that it leaves behind may keep its pipes open."""
        process = subprocess.Popen(
            ["wine", *words], env=self.env, cwd=self.home, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdin and process.stdout and process.stderr
        process.stdin.close()
        readers = [Reader(stream) for stream in (process.stdout, process.stderr)]
        try:
            status = process.wait(3 * PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise PlayError(f"{' '.join(words)} did not end") from None
        out, err = (reader.text() for reader in readers)
        return subprocess.CompletedProcess(words, status, out, err)

    def numbguard(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "numbguard", *words)

    def document(self, *words: str) -> dict[str, object]:
        done = self.numbguard(*words, "--json")
        try:
            document: dict[str, object] = json.loads(done.stdout)
        except ValueError:
            raise PlayError(f"{words}: {done.returncode}, {done.stdout!r}, {done.stderr!r}") from None
        return document

    def picture(self, name: str) -> None:
        self.pictures += 1
        path = self.out / f"{self.pictures:02}-{name}.png"
        subprocess.run(["import", "-window", "root", path], env=self.env, check=False)

    def window(self, name: str, patience_s: float = PATIENCE_S) -> Window:
        """The topmost window with such a title. Raises `PlayError`."""

        def found() -> Window | None:
            for number in reversed(self.xdotool("search", "--onlyvisible", "--name", name).split()):
                words = self.xdotool("getwindowgeometry", "--shell", number)
                size = {key: int(value) for key, value in re.findall(r"^(WIDTH|HEIGHT)=(\d+)$", words, re.M)}
                if size.get("WIDTH", 0) > 50:
                    return Window(number, size["WIDTH"], size["HEIGHT"])
            return None

        return until(found, patience_s, f"a window named {name}")

    def click(self, x: int, y: int, *, within: Window | None = None) -> None:
        """Click at a place of the screen, or of a window; a negative number counts from the right or from below."""
        if within:
            x, y = x % within.width, y % within.height
        with self._pointer:
            self.xdotool("mousemove", *(("--window", within.number) if within else ()), str(x), str(y))
            time.sleep(0.3)
            self.xdotool("click", "1")

    @contextmanager
    def hand_on_the_mouse(self) -> Iterator[None]:
        """Keep the pointer moving over the tray icon, so that nobody is taken for away."""
        ends = threading.Event()

        def move() -> None:
            aside = 0
            while not ends.wait(1.0):
                aside = (aside + 3) % 9
                with self._pointer:
                    self.xdotool("mousemove", str(_TRAY[0] + aside), str(_TRAY[1]))

        hand = threading.Thread(target=move)
        hand.start()
        try:
            yield
        finally:
            ends.set()
            hand.join()

    def titles(self) -> str:
        """The titles of all visible windows, for a row that failed."""
        numbers = self.xdotool("search", "--onlyvisible", "--name", ".").split()
        return ", ".join(self.xdotool("getwindowname", number).strip() for number in numbers)

    def xdotool(self, *words: str) -> str:
        return subprocess.run(
            ["xdotool", *words], env=self.env, capture_output=True, text=True, check=False
        ).stdout  # fmt: skip


class Reader:
    """Reads a pipe on a thread of its own."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._parts: list[bytes] = []
        self._stream = stream
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def text(self) -> str:
        """What has come, once the program that wrote it has ended; line ends are Unix's."""
        self._thread.join(2.0)
        return b"".join(self._parts).decode("utf-8", "replace").replace("\r\n", "\n")

    def _read(self) -> None:
        while part := self._stream.read1(65536):  # type: ignore[attr-defined]
            self._parts.append(part)


class App:
    """A running NumbGuard; its output goes into pipes that somebody reads."""

    def __init__(self, wine: Wine, *words: str, program: str = "pythonw.exe") -> None:
        self._wine = wine
        self._process = subprocess.Popen(
            ["wine", str(wine.python / program), "-m", "numbguard", "run", *words],
            env=wine.env, cwd=wine.home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert self._process.stdout is not None
        self._output = Reader(self._process.stdout)
        until(lambda: wine.document("status").get("running"), 3 * PATIENCE_S, "the app to answer")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def ended(self, patience_s: float = PATIENCE_S) -> None:
        try:
            self._process.wait(patience_s)
        except subprocess.TimeoutExpired:
            self.kill()
            raise PlayError(f"it did not end; it said {self._output.text()!r}") from None


Found = TypeVar("Found")


def until(look: Callable[[], Found | None], patience_s: float, what: str) -> Found:
    """Call a function until it gives something.

    Raises `PlayError`.
    """
    end = time.monotonic() + patience_s
    while True:
        with suppress(PlayError):
            if found := look():
                return found
        if time.monotonic() > end:
            raise PlayError(f"waited {patience_s:.0f} s in vain for {what}")
        time.sleep(0.5)


class Play:
    """The steps in their order; one that fails is a row of the table, and the next is tried all the same."""

    def __init__(self, wine: Wine) -> None:
        self.wine = wine
        self.steps: list[Step] = []
        self.documents: list[dict[str, object]] = []
        self.app: App | None = None

    def step(self, what: str, do: Callable[[], str]) -> None:
        began = time.monotonic()
        try:
            row = Step(what, True, do())
        except Exception as failed:  # whatever it is, the table says it
            self.wine.picture("failed")
            row = Step(what, False, f"{type(failed).__name__}: {failed}; windows: {self.wine.titles()}"[:600])
        self.steps.append(row)
        print(f"{'ok  ' if row.ok else 'FAIL'} {what} ({time.monotonic() - began:.0f} s): {row.said}", flush=True)

    def all(self) -> None:
        self.step("Python and Qt", self.versions)
        self.step("first start", self.first_start)
        self.step("welcome answered, autostart on", self.welcome)
        self.step("tray click, panel", self.panel)
        self.step("one-click log in the panel", self.one_click)
        self.step("second start shows the panel", self.second_start)
        self.step("the profile is the person's own", self.own_profile)
        self.step("every verb", self.verbs)
        self.step("kill and restart", self.kill_and_restart)
        self.step("quit", self.quit)
        self.step("autostart off", self.autostart_off)
        self.step("announcement", self.announcement)
        self.step("answered, card", self.card)
        self.step("did you get up: yes", self.yes)
        self.step("a file held open by another program", self.held_open)
        self.step("a path with spaces and other letters", self.odd_path)
        self.step("erase", self.erase)

    # --- the steps ----------------------------------------------------------------------------------------------

    def versions(self) -> str:
        told = self.wine.run("-c", "import sys, PySide6.QtCore as Q; print(sys.version, 'Qt', Q.qVersion())")
        must("Qt 6" in told.stdout, told.stdout + told.stderr)
        return told.stdout.strip()

    def first_start(self) -> str:
        self.app = App(self.wine)
        self.wine.window("Welcome")
        time.sleep(2)
        self.wine.picture("first-start")
        return f"the welcome page is there; profile {self.wine.profile.relative_to(self.wine.prefix / 'drive_c')}"

    def welcome(self) -> str:
        page = self.wine.window("Welcome")
        self.wine.click(24, -70, within=page)
        time.sleep(1)
        self.wine.picture("welcome-ticked")
        self.wine.click(-38, -27, within=page)
        line = until(self._autostart, PATIENCE_S, "the Run key")
        must("pythonw.exe" in line and "--minimised" in line, line)
        return line

    def panel(self) -> str:
        self.wine.click(*_TRAY)
        time.sleep(4)
        self.wine.picture("panel")
        panel = self.wine.window("^NumbGuard$")
        return f"{panel.width} by {panel.height} pixels"

    def one_click(self) -> str:
        before = self._episodes()
        panel = self.wine.window("^NumbGuard$")
        self.wine.click(panel.width // 2, 88, within=panel)
        until(lambda: self._episodes() == before + 1, PATIENCE_S, "the episode")
        time.sleep(2)
        self.wine.picture("numbness-logged")
        return "one episode on disk"

    def second_start(self) -> str:
        done = self.wine.numbguard("run")
        must(done.returncode == 0 and not done.stderr, f"{done.returncode} {done.stderr}")
        return "exit status 0, nothing said"

    def own_profile(self) -> str:
        told = self.wine.run(
            "-c",
            "from pathlib import Path; from numbguard.store.profile import usual_folder\n"
            "from numbguard.store.windows_rights import list_of_path, user_sid\n"
            "print(usual_folder(), user_sid(), list_of_path(usual_folder()))",
        )
        must(told.returncode == 0, told.stderr)
        return told.stdout.strip()

    def verbs(self) -> str:
        for words in VERBS:
            with self.wine.hand_on_the_mouse():  # the verbs take minutes, and nobody must be taken for away
                done = self.wine.numbguard(*words, "--json")
            self.documents.append(
                {"words": words, "status": done.returncode, "out": done.stdout, "err": done.stderr}
            )  # fmt: skip
        failed = [" ".join(one["words"][:2]) for one in self.documents if "Traceback" in str(one["err"])]  # type: ignore[index]
        must(not failed, f"{failed}")
        return f"{len(VERBS)} run; the table below compares them"

    def kill_and_restart(self) -> str:
        assert self.app is not None
        before = self._episodes()
        self.app.kill()
        until(lambda: not self.wine.document("status").get("running"), PATIENCE_S, "the app to be gone")
        self.app = App(self.wine, "--minimised")
        must(self._episodes() == before, "episodes are missing")
        log = self.wine.document("check").get("log")
        must(isinstance(log, dict) and bool(log.get("whole")), f"{log}")
        return f"{before} episodes before and after; the log is whole"

    def quit(self) -> str:
        assert self.app is not None
        done = self.wine.numbguard("quit")
        must(done.returncode == 0, done.stderr)
        self.app.ended()
        must(self.wine.numbguard("pause").returncode == 3, "it still answers")
        log = (self.wine.profile / "numbguard.log").read_text("utf-8")
        must("Traceback" not in log, log[-600:])
        return "ended by itself; nothing in its log file but INFO lines" if "WARNING" not in log else log[-300:]

    def autostart_off(self) -> str:
        done = self.wine.run("-c", "from numbguard.desktop.autostart import choose; choose().set(False)")
        must(done.returncode == 0, done.stderr)
        must(not self._autostart(), "the key is still there")
        return "the value is gone from the Run key"

    def announcement(self) -> str:
        (self.wine.profile / "settings.toml").write_text(_SETTINGS, encoding="utf-8")
        (self.wine.profile / "state.json").unlink(missing_ok=True)
        self.app = App(self.wine, "--speed", str(SPEED), "--minimised")
        with self.wine.hand_on_the_mouse():
            self.wine.window("Time to move", 1200 / SPEED + PATIENCE_S)
            time.sleep(1)
            self.wine.picture("announcement")
        return "announced in NumbGuard's own window"

    def card(self) -> str:
        with self.wine.hand_on_the_mouse():
            nudge = self.wine.window("Time to move")
            self.wine.click(nudge.width // 6, -22, within=nudge)
            self.wine.window(" – NumbGuard$|^Break")
            time.sleep(12)
            self.wine.picture("card")
        return "the card is on after a click on Start"

    def yes(self) -> str:
        page = self.wine.window("Did you get up", 600 / SPEED + PATIENCE_S)
        time.sleep(1)
        self.wine.picture("did-you-get-up")
        self.wine.click(-50, -30, within=page)
        time.sleep(2)
        breaks = self.wine.numbguard("breaks", "--json").stdout
        must('"moved"' in breaks, breaks[-400:])
        self.wine.numbguard("quit")
        assert self.app is not None
        self.app.ended()
        return "the break's outcome is moved"

    def held_open(self) -> str:
        """Another program holds the settings open, without letting others replace them, and then lets go."""
        program = (
            "import sys, threading, time\n"
            "from numbguard.store.profile import Profile, write_whole\n"
            "profile = Profile.find()\n"
            "held = open(profile.settings, 'rb')\n"
            "threading.Timer(0.25, held.close).start()\n"
            "write_whole(profile.settings, b'[breaks]\\ninterval = \"50m\"\\n')\n"
            "held = open(profile.settings, 'rb')\n"
            "try:\n    write_whole(profile.settings, b'')\n"
            "except OSError as error: print('kept', error.strerror)\n"
            "print(profile.settings.read_text())\n"
        )
        done = self.wine.run("-c", program)
        must("50m" in done.stdout and "kept" in done.stdout, done.stdout + done.stderr)
        return "waited for; and where it is held for longer, an error, and the file as it was"

    def odd_path(self) -> str:
        folder = "C:\\Zoë’s Ordner – 腿"
        done = self.wine.numbguard("log", "--note", "Fuß – 腿", "--profile", folder)
        must(done.returncode == 0, done.stderr)
        told = self.wine.numbguard("episodes", "--json", "--profile", folder)
        must("Fuß – 腿" in told.stdout, told.stdout + told.stderr)
        return f"logged and read in {folder}"

    def erase(self) -> str:
        done = self.wine.numbguard("erase", "--yes-delete-everything", "--settings")
        must(done.returncode == 0, done.stderr)
        left = sorted(path.name for path in self.wine.profile.rglob("*") if path.is_file())
        must("No episodes" in self.wine.numbguard("episodes").stdout, "episodes are left")
        must(not {"settings.toml", "exports.json"}.intersection(left), f"{left}")
        return f"left in the profile: {', '.join(left) or 'nothing'}"

    # --- looking ------------------------------------------------------------------------------------------------

    def _autostart(self) -> str:
        key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
        told = self.wine.finish("reg", "query", key, "/v", "NumbGuard").stdout
        found = re.search(r"REG_SZ\s+(.+)", told)
        return found[1].strip() if found else ""

    def _episodes(self) -> int:
        done = self.wine.numbguard("episodes", "--json")
        try:
            return len(json.loads(done.stdout))
        except ValueError:
            raise PlayError(done.stdout + done.stderr) from None


def must(true: bool, said: str) -> None:
    if not true:
        raise PlayError(said)


def main() -> int:
    python, icu, out = (Path(word) for word in sys.argv[1:])
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    wine = Wine(python, icu, out)
    play = Play(wine)
    try:
        play.all()
    finally:
        with suppress(OSError):
            shutil.copy(wine.profile / "numbguard.log", out / "numbguard.log")
        wine.close()
        told = {"steps": [asdict(step) for step in play.steps], "documents": play.documents}
        (out / "played.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0 if all(step.ok for step in play.steps) else 1


if __name__ == "__main__":
    sys.exit(main())
