"""The actions of a test in a virtual desktop: run the app, answer its notifications, use the mouse, see the screen.

The end-to-end tests, the tour and the bench each open their own:

    with VirtualDesktop() as desktop:
        app = desktop.run_app(speed=60).wait_ready()
        desktop.answer("Start")

Everything ends with the `with` block, even after an error. Call it from one thread; only the moving pointer has a
thread of its own. `tools.desktop.session_parts` contains the parts.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from tools.desktop.app_process import PATIENCE_S, THIS_NUMBGUARD, AppProcess, WaitError, wait_until
from tools.desktop.screen import Picture, read_frame_buffer
from tools.desktop.session_bus import Notice
from tools.desktop.session_parts import WHOLE, Part, Session

__all__ = ["AppProcess", "Notice", "Part", "VirtualDesktop", "wait_until"]

_OFFERS_WITHIN_S = 6.0
"""Seconds that dunst is given to start the program that picks an answer, before it is asked anew."""


class VirtualDesktop(Session):
    """A session for tests; `parts` lists its parts, so that a test can omit some."""

    def __init__(self, *, parts: Iterable[Part] = WHOLE, size: tuple[int, int] = (1280, 800)) -> None:
        super().__init__(parts=parts, size=size)
        self._apps: list[AppProcess] = []
        self._pointer = threading.RLock()
        self._mover: threading.Thread | None = None
        self._stop_moving = threading.Event()

    def close(self) -> None:
        """End every app and every part, and remove the home; safe to call twice."""
        self.stop_pointer()
        for app in self._apps:
            with contextlib.suppress(Exception):
                app.stop()
        super().close()

    def clear(self) -> None:
        """End every app and close its notifications, which restores the initial desktop."""
        self.stop_pointer()
        while self._apps:
            self._apps.pop().stop()
        if self.runs(Part.NOTIFIER):
            self.dunstctl("close-all")

    # The app

    def run_app(
        self,
        *arguments: str,
        profile: Path | None = None,
        speed: float | None = None,
        env: dict[str, str] | None = None,
        command: Sequence[str] | None = None,
        program: Sequence[str] = THIS_NUMBGUARD,
    ) -> AppProcess:
        """Start NumbGuard (or `command` instead); its profile is by default a folder of this session.

        `program`: the NumbGuard to start, if not that of this checkout.
        """
        profile = profile or self._home / "profile"
        if command is None:
            command = [*program, "run", "--profile", str(profile)]
            if speed is not None:
                command = [*command, "--speed", f"{speed:g}"]
        app = AppProcess([*command, *arguments], env=self.env | (env or {}), profile=profile, program=program)
        self._apps.append(app)
        return app

    # Notifications

    def notices(self) -> list[Notice]:
        """Return every notification that apps requested since the session began, oldest first."""
        return [*self._heard, *(self._tap.notices() if self._tap else [])]

    def wait_notice(
        self, wanted: str | Callable[[Notice], bool], timeout: float = PATIENCE_S, *, after: int = 0
    ) -> Notice:
        """Wait for a notification whose summary or body contains the words, ignoring the first `after` ones."""

        def fits(notice: Notice) -> bool:
            if callable(wanted):
                return wanted(notice)
            return wanted.lower() in f"{notice.summary}\n{notice.body}".lower()

        def look() -> Notice | None:
            return next((notice for notice in self.notices()[after:] if fits(notice)), None)

        found = wait_until(look, timeout, what=lambda: f"a notification about {wanted!r}; there were {self.notices()}")
        assert found is not None
        return found

    def shown(self) -> int:
        """Return the number of notifications on screen."""
        return int(self.dunstctl("count", "displayed"))

    def answer(self, label: str, timeout: float = PATIENCE_S) -> None:
        """Press the button with this label on the notification on screen.

        Dunst leaves the notification there; the app has to withdraw it.
        """
        answers = self._home / "answers"
        wait_until(lambda: self.shown() > 0, timeout, what=f"a notification with the answer {label!r}")

        def pressed() -> bool:
            (answers / "taken").unlink(missing_ok=True)
            (answers / "wanted").write_text(f"{label}\n", encoding="utf-8")
            self.dunstctl("context")
            try:
                wait_until((answers / "taken").exists, _OFFERS_WITHIN_S, what="dunst to offer the answers")
            except WaitError:  # the notification was just being replaced, so dunst had none to offer answers of
                return False
            return bool((answers / "taken").read_text(encoding="utf-8").strip())

        wait_until(pressed, timeout, what=lambda: f"an answer {label!r}; on offer: {self._offered()}", every=0.3)

    def dunstctl(self, *words: str) -> str:
        """Run `dunstctl` and return its output."""
        return self._run("dunstctl", *words)

    # The screen, the keyboard and the pointer

    def picture(self) -> Picture:
        """Return the present contents of the screen."""
        return read_frame_buffer(self._home / "screen" / "Xvfb_screen0")

    def wait_still(self, window: int) -> None:
        """Wait until nothing in a window has changed for half a second, apart from a text cursor."""
        since, before = time.monotonic(), self.picture().crop(*self.place(window))

        def is_still() -> bool:
            nonlocal since, before
            now = self.picture().crop(*self.place(window))
            if now.changed_from(before) > 0.001:
                since, before = time.monotonic(), now
            return time.monotonic() - since > 0.5

        wait_until(is_still, what="the window to rest", every=0.1)

    def resting_place(self, window: int) -> tuple[int, int, int, int]:
        """Return the position and size of a window's contents once they have not changed for half a second."""
        since, at = time.monotonic(), self.place(window)

        def rests() -> bool:
            nonlocal since, at
            now = self.place(window)
            if now != at:
                since, at = time.monotonic(), now
            return time.monotonic() - since > 0.5

        wait_until(rests, what="the window to rest", every=0.1)
        return at

    def screenshot(self, path: Path) -> Picture:
        """Save the contents of the screen as a PNG file and return them."""
        picture = self.picture()
        picture.save(path)
        return picture

    def keep_evidence(self, folder: Path) -> None:
        """Save evidence of a failure: the screen, the apps' output and the logs of the parts."""
        self.screenshot(folder / "screen.png")
        for number, app in enumerate(self._apps, start=1):
            (folder / f"app-{number}.txt").write_text(app.output + "\n", encoding="utf-8")
        for log in (self.home / "logs").iterdir():
            shutil.copy(log, folder)

    def xdotool(self, *words: str) -> str:
        """Run `xdotool`, which moves the pointer, clicks, types and finds windows; returns its output."""
        return self._run("xdotool", *words)

    def repeat_keys(self) -> None:
        """From now on a key that is held down repeats itself, as on a usual keyboard."""
        self._run("xset", "r", "on")

    def windows(self, name: str) -> list[int]:
        """Return the ids of visible windows whose title matches the pattern."""
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", name],
            env=self.env, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        )  # fmt: skip
        return [int(line) for line in found.stdout.split()]

    def place(self, window: int) -> tuple[int, int, int, int]:
        """Return the position and size of a window's contents on the screen: x, y, width, height."""
        told = self._run("xwininfo", "-id", str(window))
        words = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
        x, y, width, height = (int(told.split(f"{word}:")[1].split()[0]) for word in words)
        return x, y, width, height

    def focused_window(self) -> str:
        """Return the title of the focused window, or an empty string."""
        found = subprocess.run(
            ["xdotool", "getwindowfocus", "getwindowname"],
            env=self.env, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        )  # fmt: skip
        return found.stdout.strip()

    def activate(self, window: int) -> None:
        """Bring a window to the front with the keyboard; again, where another comes up at the same moment.

        xdotool's own ``--sync`` would wait for ever then.
        """

        def is_active() -> bool:
            self.xdotool("windowactivate", str(window))
            found = subprocess.run(
                ["xdotool", "getactivewindow"],
                env=self.env,
                capture_output=True,
                text=True,
                timeout=PATIENCE_S,
                check=False,
            )
            return found.stdout.strip() == str(window)

        wait_until(is_active, what="the window to be in front")

    def move_pointer(self, x: int, y: int) -> None:
        """Move the pointer there, as a hand on the mouse would."""
        with self._pointer:
            self.xdotool("mousemove", str(x), str(y))

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click there; the moving pointer waits meanwhile."""
        with self._pointer:
            self.xdotool("mousemove", str(x), str(y), "click", str(button))

    def keep_pointer_moving(self, every: float = 1.0) -> None:
        """Move the pointer every `every` seconds, so that the person does not count as away, until `stop_pointer`."""
        self.stop_pointer()
        self._stop_moving.clear()

        def stir() -> None:
            step = 1
            while not self._stop_moving.wait(every):
                with self._pointer, contextlib.suppress(subprocess.SubprocessError):
                    self.xdotool("mousemove_relative", "--", str(step), "0")
                step = -step

        self._mover = threading.Thread(target=stir, daemon=True, name="pointer")
        self._mover.start()

    def stop_pointer(self) -> None:
        """Stop moving the pointer: from now on nobody is at the desk."""
        self._stop_moving.set()
        if self._mover is not None:
            self._mover.join(timeout=PATIENCE_S)  # the last touch may be late
            self._mover = None

    @contextlib.contextmanager
    def hands_off(self) -> Iterator[None]:
        """Keep the pointer still within the block, so that a test can click precisely."""
        with self._pointer:
            yield

    def _offered(self) -> str:
        offered = self._home / "answers" / "offered"
        return offered.read_text(encoding="utf-8").strip() if offered.exists() else "nothing"
