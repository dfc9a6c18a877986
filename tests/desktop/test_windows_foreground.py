"""Coming to the front on Windows, played to by a stand-in for its libraries."""

from __future__ import annotations

from typing import Any

from numbguard.desktop.windows_foreground import come_to_front

OURS, ANOTHER = 11, 22


class Windows:
    """The parts of user32 and kernel32 that are called, and what was asked of them."""

    def __init__(self, *, front: int = ANOTHER, lets: bool = True) -> None:
        self.front, self.lets, self.asked = front, lets, list[tuple[Any, ...]]()

    def GetForegroundWindow(self) -> int:
        return 7

    def GetWindowThreadProcessId(self, _window: Any, _process: None) -> int:
        return self.front

    def GetCurrentThreadId(self) -> int:
        return OURS

    def AttachThreadInput(self, ours: int, front: int, on: bool) -> int:
        self.asked.append((ours, front, on))
        return 1

    def SetForegroundWindow(self, window: Any) -> int:
        self.asked.append((window.value,))
        if not self.lets:
            raise OSError("no")
        return 1


def test_the_input_of_the_thread_in_front_is_shared_only_while_the_window_comes_forward() -> None:
    windows = Windows()
    assert come_to_front(42, user32=windows, kernel32=windows)
    assert windows.asked == [(OURS, ANOTHER, True), (42,), (OURS, ANOTHER, False)]


def test_nothing_is_shared_with_nobody_or_with_ourselves() -> None:
    for front in (0, OURS):
        windows = Windows(front=front)
        assert come_to_front(42, user32=windows, kernel32=windows)
        assert windows.asked == [(42,)]


def test_a_refusal_is_not_an_error_and_shares_nothing_on() -> None:
    windows = Windows(lets=False)
    assert not come_to_front(42, user32=windows, kernel32=windows)
    assert windows.asked[-1] == (OURS, ANOTHER, False)
