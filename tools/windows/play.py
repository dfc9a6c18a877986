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
"""The app's clock runs this many times as fast while a break is due, taken and over."""
_SETTINGS = '[breaks]\ninterval = "10m"\nduration = "5m"\npatience = "10m"\n'
PATIENCE_S = 300.0
"""Seconds for what a person would have at once: Wine on a busy machine takes minutes to start a program."""
_TRAY = (16, 42)
"""Where Wine shows a tray icon without a task bar: in a small window of its own, in the corner."""

# What the windows are called, and where in them the play clicks: a negative number counts from the right or from below.
_WELCOME, _PANEL, _NUDGE, _CARD, _ASKED = (
    "^Welcome",
    "^NumbGuard$",
    "Time to move",
    " – NumbGuard$|^Break",
    "Did you get up",
)
_DONE, _LOG_NOW, _START, _YES = (-38, -27), (128, 144), (40, -22), (-50, -30)

_EMPTY_JOURNAL = """
import sqlite3
from numbguard.store.profile import Profile
log = sqlite3.connect(Profile.find().database)
assert log.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
"""
"""Moves what is in the log's journal into the log, so that damage to the log is not hidden by it."""
_SEND = """
import ctypes, sys
from ctypes import wintypes
user = ctypes.WinDLL("user32")
message, what = int(sys.argv[1], 16), int(sys.argv[2], 16)

@ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_ssize_t)
def send(window, _):
    name = ctypes.create_unicode_buffer(99)
    user.GetClassNameW(ctypes.c_void_p(window), name, 99)
    if name.value.startswith("Qt"):
        user.PostMessageW(ctypes.c_void_p(window), message, ctypes.c_size_t(what), ctypes.c_ssize_t(0))
    return 1

user.EnumWindows(send, ctypes.c_ssize_t(0))
"""
"""Sends a window message to each window of Qt: what Windows itself sends when it is locked or falls asleep."""


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
        self.step("check", self.check)
        self.step("every verb", self.verbs)
        self.step("kill and restart", self.kill_and_restart)
        self.step("quit", self.quit)
        self.step("autostart off", self.autostart_off)
        self.step("announcement", self.announcement)
        self.step("answered, card", self.card)
        self.step("did you get up: yes", self.yes)
        self.step("idle and back", self.idle)
        self.step("locked and unlocked", self.locked)
        self.step("asleep and awake", self.asleep)
        self.step("a backup restored while the app runs", self.restored)
        self.step("a damaged log repaired while the app runs", self.repaired)
        self.step("quit again", self.quit)
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
        self.wine.window(_WELCOME)
        time.sleep(2)
        self.wine.picture("first-start")
        return f"the welcome page is there; profile {self.wine.profile.relative_to(self.wine.prefix / 'drive_c')}"

    def welcome(self) -> str:
        must(not self._autostart(), "the Run key is set before anybody has answered")
        for _page in range(3):
            # "Next" and "Done" are in the same place; with the tick as it is offered.
            self.wine.click(*_DONE, within=self.wine.window(_WELCOME))
            time.sleep(2)
        line = until(self._autostart, PATIENCE_S, "the Run key")
        must("pythonw.exe" in line and "--minimised" in line, line)
        return line

    def panel(self) -> str:
        self.wine.click(*_TRAY)
        time.sleep(4)
        self.wine.picture("panel")
        panel = self.wine.window(_PANEL)
        return f"{panel.width} by {panel.height} pixels"

    def one_click(self) -> str:
        before = self._episodes()
        self.wine.click(*_LOG_NOW, within=self.wine.window(_PANEL))
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
        must(bool(self._log()["whole"]), f"{self._log()}")
        return f"{before} episodes before and after; the log is whole"

    def quit(self) -> str:
        assert self.app is not None
        done = self.wine.numbguard("quit")
        must(done.returncode == 0, done.stderr)
        self.app.ended()
        must(self.wine.numbguard("pause").returncode == 3, "it still answers")
        log = (self.wine.profile / "numbguard.log").read_text("utf-8")
        must("Traceback" not in log, log[-600:])
        warnings = [line for line in log.splitlines() if " WARNING " in line]
        return "ended by itself; nothing in its log file but INFO lines" if not warnings else " ".join(warnings)[-300:]

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
            self.wine.window(_NUDGE, 1200 / SPEED + PATIENCE_S)
            time.sleep(1)
            self.wine.picture("announcement")
        return "announced in NumbGuard's own window"

    def card(self) -> str:
        with self.wine.hand_on_the_mouse():
            self.wine.click(*_START, within=self.wine.window(_NUDGE))
            self.wine.window(_CARD)
            time.sleep(12)
            self.wine.picture("card")
        return "the card is on after a click on Start"

    def yes(self) -> str:
        page = self.wine.window(_ASKED, 600 / SPEED + PATIENCE_S)
        time.sleep(1)
        self.wine.picture("did-you-get-up")
        self.wine.click(*_YES, within=page)
        time.sleep(2)
        breaks = self.wine.numbguard("breaks", "--json").stdout
        must('"moved"' in breaks, breaks[-400:])
        return "the break's outcome is moved"

    def idle(self) -> str:
        """Nobody touches anything for the five minutes of a natural break, by the app's fast clock."""
        before = self._natural_breaks()
        with self.wine.hand_on_the_mouse():
            until(lambda: self.wine.document("status").get("seated_s"), PATIENCE_S, "sitting to be counted")
        self._reaches("away")
        with self.wine.hand_on_the_mouse():
            self._reaches("sitting")
        must(self._natural_breaks() == before + 1, "no natural break was counted")
        return "away after five minutes without a touch, back at the first one; a natural break"

    def locked(self) -> str:
        """The messages of a lock, with a hand on the mouse all the while."""
        with self.wine.hand_on_the_mouse():
            self._reaches("sitting")
            self._send(0x2B1, 0x7)
            self._reaches("away")
            self._send(0x2B1, 0x8)
            self._reaches("sitting")
        return "away after five locked minutes, whatever moves; back when unlocked (WM_WTSSESSION_CHANGE)"

    def asleep(self) -> str:
        self._send(0x218, 0x4)
        self._reaches("away")
        self._send(0x218, 0x12)
        with self.wine.hand_on_the_mouse():
            self._reaches("sitting")
        return "away while it sleeps, back at the first touch after waking (WM_POWERBROADCAST)"

    def restored(self) -> str:
        before = self._episodes()
        copy = str(self.wine.document("backup")["file"])
        must(self.wine.numbguard("log", "--severity", "3").returncode == 0, "nothing was logged")
        must(self._episodes() == before + 1, "the new episode is not there")
        told = self.wine.document("restore", copy)
        must(self._episodes() == before, f"{self._episodes()} episodes, before {before}")
        aside = str(told["aside"]).rpartition("\\")[2]
        must(bool(self.wine.document("status").get("running")), "the app is gone")
        must((self.wine.profile / "backups" / aside).stat().st_size > 0, f"{told}")
        must(bool(self._log()["whole"]), f"{self._log()}")
        return f"{before} episodes again; what was there is kept as {aside}"

    def repaired(self) -> str:
        before = self._episodes()
        must(self.wine.numbguard("backup").returncode == 0, "no backup")
        done = self.wine.run("-c", _EMPTY_JOURNAL)
        must(done.returncode == 0, done.stderr)
        with (self.wine.profile / "numbguard.db").open("r+b") as file:
            length = file.seek(0, os.SEEK_END)
            file.seek(2 * 4096)
            file.write(b"\x5a" * (length - 2 * 4096))
        must(not self._log()["whole"], "the damage is not noticed")
        done = self.wine.numbguard("repair")
        must(done.returncode == 0, done.stdout + done.stderr)
        must(bool(self._log()["whole"]), f"{self._log()}")
        must(self._episodes() == before, f"{self._episodes()} episodes, before {before}")
        must(self.wine.numbguard("log", "--severity", "4").returncode == 0, "nothing can be logged")
        must(self._episodes() == before + 1, "the new episode is not there")
        return done.stdout.partition(":")[0]

    def check(self) -> str:
        senses = self.wine.document("check")["senses"]
        assert isinstance(senses, dict)
        must(all(one["works"] for one in senses.values()), f"{senses}")
        return ", ".join(f"{name}: {one['backend']}" for name, one in senses.items())

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

    def _reaches(self, state: str) -> None:
        until(lambda: self.wine.document("status").get("state") == state, PATIENCE_S, f"the state “{state}”")

    def _send(self, message: int, what: int) -> None:
        done = self.wine.run("-c", _SEND, f"{message:x}", f"{what:x}")
        must(done.returncode == 0, done.stderr)

    def _log(self) -> dict[str, object]:
        found = self.wine.document("check")["log"]
        assert isinstance(found, dict)
        return found

    def _natural_breaks(self) -> int:
        told = self.wine.document("status")["today"]
        assert isinstance(told, dict)
        return int(told["breaks"]["natural"])

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
