"""Gives the end-to-end tests their desktops, and keeps a picture and the logs of a desktop in which a test failed."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.app_process import CHECKOUT
from tests.e2e.desktop import VirtualDesktop

HERE = Path(__file__).parent
KEPT = CHECKOUT / "build" / "e2e"

_failed = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder drives a real desktop, and is marked so."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[_failed] = True
    return report


@pytest.fixture
def open_desktop(request: pytest.FixtureRequest) -> Iterator[Callable[..., VirtualDesktop]]:
    """Opens desktops as a test wants them: `open_desktop(parts=[Part.BUS])`; all end with the test."""
    with ExitStack() as desktops:
        opened: list[VirtualDesktop] = []

        def open_one(**wishes: Any) -> VirtualDesktop:
            desktop = desktops.enter_context(VirtualDesktop(**wishes))
            opened.append(desktop)
            return desktop

        yield open_one
        if request.node.stash.get(_failed, False):
            for number, desktop in enumerate(opened, start=1):
                name = re.sub(r"[^\w-]+", "-", request.node.name)
                desktop.keep_evidence(KEPT / f"{name}-{number}")


@pytest.fixture
def desktop(open_desktop: Callable[..., VirtualDesktop]) -> VirtualDesktop:
    """A whole desktop: screen, bus, window manager, notification daemon and tray host."""
    return open_desktop()
