"""What holds for every test: windows of the test's own process are drawn nowhere, and nobody's own log is touched."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.watched_databases import watched

# A test run says the same of the same code, on however busy a machine. To search on: --hypothesis-profile=search
settings.register_profile(
    "same", max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")

# Before any test imports Qt. What drives a real desktop runs the app as a process of its own, in its own environment.
os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture(autouse=True, scope="session")
def a_profile_for_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A test that names no profile never meets the one of the person who runs the tests."""
    os.environ["NUMBGUARD_PROFILE"] = str(tmp_path_factory.mktemp("unnamed") / "profile")


@pytest.fixture(autouse=True, scope="session")
def databases_are_watched() -> Iterator[None]:
    """What one Python alone would warn of fails a test on every Python."""
    former = sqlite3.connect
    sqlite3.connect = watched(former)  # type: ignore[assignment]
    yield
    sqlite3.connect = former


COLLECT_AT = 20_000
"""Objects made since the last collection."""


@pytest.fixture(autouse=True)
def rubbish_is_collected_on_the_gui_thread() -> Iterator[None]:
    """Some tests have threads of their own; a window that Python's collector destroys in one of those is a crash."""
    gc.disable()
    yield
    if gc.get_count()[0] > COLLECT_AT:
        gc.collect()
