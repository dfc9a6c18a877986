"""Provides desktops for the end-to-end tests, and saves a picture and the logs of a desktop in which a test fails."""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest

from tools.desktop.app_process import CHECKOUT
from tools.desktop.virtual_desktop import VirtualDesktop

HERE = Path(__file__).parent
SLOWEST = (
    "windows/test_screen_reader.py",
    "breaks/test_sound.py",
    "desktops/test_poor_desktop.py",
    "windows/test_reach.py",
    "breaks/test_counting.py",
)
"""The files that take longest. They begin first, so that no worker is left with one of them at the end."""
KEPT = CHECKOUT / "build" / "e2e"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder as one that drives a real desktop, and begin with the slowest files."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)
    slow = [HERE / name for name in SLOWEST]
    items.sort(key=lambda item: slow.index(item.path) if item.path in slow else len(slow))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """At a second try, which `./dev test` makes, say of each test how it went."""
    if "NUMBGUARD_SECOND_TRY" not in os.environ:
        return
    terminalreporter.section("second try")
    for outcome, words in (
        ("passed", "passed only at the second try"),
        ("failed", "failed at both tries"),
        ("error", "failed at both tries"),
    ):
        for report in terminalreporter.getreports(outcome):
            terminalreporter.line(f"{words}: {report.nodeid}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        desktops: list[VirtualDesktop] = []
        for value in getattr(item, "funcargs", {}).values():
            desktops += value if isinstance(value, Opened) else [value] if isinstance(value, VirtualDesktop) else []
        for number, desktop in enumerate(dict.fromkeys(desktops), start=1):
            name = re.sub(r"[^\w-]+", "-", item.name)
            with suppress(OSError):  # a desktop that did not start has no evidence
                desktop.keep_evidence(KEPT / f"{name}-{number}")
    return report


class Opened(list[VirtualDesktop]):
    """The desktops that a test has opened; calling it opens another."""

    def __init__(self, desktops: ExitStack) -> None:
        super().__init__()
        self._desktops = desktops

    def __call__(self, **wishes: Any) -> VirtualDesktop:
        desktop = self._desktops.enter_context(VirtualDesktop(**wishes))
        self.append(desktop)
        return desktop


@pytest.fixture
def open_desktop() -> Iterator[Opened]:
    """Open desktops as a test needs them, such as `open_desktop(parts=[Part.BUS])`; all end with the test."""
    with ExitStack() as desktops:
        yield Opened(desktops)


@pytest.fixture
def desktop(open_desktop: Opened) -> VirtualDesktop:
    """A complete desktop: screen, bus, window manager, notification daemon and tray host."""
    return open_desktop()


@pytest.fixture(scope="module")
def lasting_desktop() -> Iterator[VirtualDesktop]:
    """One complete desktop for all tests of a module."""
    with VirtualDesktop() as desktop:
        yield desktop


@pytest.fixture
def desk(lasting_desktop: VirtualDesktop) -> Iterator[VirtualDesktop]:
    """The module's desktop; after each test every app is ended and the screen is cleared."""
    yield lasting_desktop
    lasting_desktop.clear()
