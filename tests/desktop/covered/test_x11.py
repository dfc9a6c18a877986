"""What hides a window on a real X server, with and without a window manager."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from numbguard.desktop.covered.x11 import XCoverSense
from tools.desktop.app_process import wait_until
from tools.desktop.virtual_desktop import Part, VirtualDesktop

OURS = (200, 150, 400, 300)
OVER_OURS = (150, 100, 600, 500)
EVERYWHERE = (0, 0, 1280, 800)


class Windows:
    """The windows of another program."""

    def __init__(self, env: dict[str, str]) -> None:
        program = Path(__file__).with_name("windows.py")
        self._process = subprocess.Popen(
            [sys.executable, str(program)], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def open(self, name: str, place: tuple[int, int, int, int], *kinds: str) -> int:
        return int(self._say("open", name, *map(str, place), *kinds))

    def close(self, name: str) -> None:
        self._say("close", name)

    def end(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        assert self._process.wait(10) == 0
        self._process.stdout.close()

    def _say(self, *words: str) -> str:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(" ".join(words) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


@pytest.fixture(scope="module", params=["managed", "bare"])
def screen(request: pytest.FixtureRequest) -> Iterator[VirtualDesktop]:
    with VirtualDesktop(parts=[Part.WINDOW_MANAGER] if request.param == "managed" else []) as desktop:
        yield desktop


@pytest.fixture
def windows(screen: VirtualDesktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    monkeypatch.setenv("DISPLAY", screen.env["DISPLAY"])
    monkeypatch.setenv("XDG_SESSION_TYPE", "x11")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    made = Windows(screen.env)
    yield made
    made.end()


@pytest.fixture
def covered(windows: Windows) -> Iterator[Callable[[], bool]]:
    ours = windows.open("ours", OURS)
    sense = XCoverSense()
    wait_until(lambda: sense._server.is_drawn(ours), what="our window on the screen")
    yield lambda: sense.is_covered(ours)
    sense.close()


def test_a_window_over_all_of_ours_hides_it_until_it_goes(windows: Windows, covered: Callable[[], bool]) -> None:
    assert not covered()
    windows.open("other", OVER_OURS)
    wait_until(covered, what="our window to be hidden")
    windows.close("other")
    wait_until(lambda: not covered(), what="our window to be seen again")


def test_a_window_over_part_of_ours_does_not_and_two_that_share_it_do(
    windows: Windows, covered: Callable[[], bool]
) -> None:
    left = windows.open("left", (150, 100, 250, 500), "unmanaged")
    assert drawn(left)
    assert not covered()
    windows.open("right", (400, 100, 350, 500), "unmanaged")
    wait_until(covered, what="our window to be hidden by both")
    windows.close("left")
    wait_until(lambda: not covered(), what="half of our window to be seen again")


def test_a_window_below_ours_hides_nothing(screen: VirtualDesktop, windows: Windows) -> None:
    ours = windows.open("ours", OURS)
    sense = XCoverSense()
    windows.open("other", OVER_OURS)
    wait_until(lambda: sense.is_covered(ours), what="our window to be hidden")
    screen.xdotool("windowraise", str(ours))
    wait_until(lambda: not sense.is_covered(ours), what="our window to be in front again")
    sense.close()


@pytest.mark.parametrize("kind", ["glass", "faint", "aloof", "half"])
def test_a_window_through_which_ours_may_be_seen_hides_nothing(
    windows: Windows, covered: Callable[[], bool], kind: str
) -> None:
    other = windows.open("other", EVERYWHERE, "unmanaged", kind)
    assert drawn(other)
    assert not covered()
    windows.close("other")


def test_a_translucent_window_hides_what_lies_under_the_part_that_it_calls_opaque(
    windows: Windows, covered: Callable[[], bool]
) -> None:
    other = windows.open("other", EVERYWHERE, "unmanaged", "glass")
    assert drawn(other)
    say_opaque(other, (0, 0, 1280, 100))
    assert not covered()
    say_opaque(other, (0, 100, 1280, 700))
    wait_until(covered, what="our window to be hidden")


def test_a_window_that_is_gone_is_not_called_hidden(windows: Windows) -> None:
    sense = XCoverSense()
    assert not sense.is_covered(0x7FFFFFFF)
    sense.close()
    assert not sense.is_covered(0x7FFFFFFF)


def drawn(window: int) -> bool:
    sense = XCoverSense()
    wait_until(lambda: sense._server.is_drawn(window), what="the other window on the screen")
    sense.close()
    return True


def say_opaque(window: int, rect: tuple[int, int, int, int]) -> None:
    values = ",".join(map(str, rect))
    subprocess.run(
        ["xprop", "-id", str(window), "-f", "_NET_WM_OPAQUE_REGION", "32c", "-set", "_NET_WM_OPAQUE_REGION", values],
        check=True, timeout=10,
    )  # fmt: skip
