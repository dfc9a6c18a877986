"""Fixtures for every test: the test's own process draws no windows on a screen, and no test touches a person's log."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.watched_databases import watched

# The same code gives the same result, however busy the machine is. To try more examples: --hypothesis-profile=search
settings.register_profile(
    "same", max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")

# Before any test imports Qt. Tests on a real desktop run the app as a process of its own, in its own environment.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

# Tests read English sentences and British dates, whatever the desktop of the person who runs them speaks.
os.environ["LANGUAGE"] = "en"
os.environ["LC_TIME"] = "en_GB.UTF-8"
os.environ.pop("LC_ALL", None)


@pytest.fixture(autouse=True, scope="session")
def a_profile_for_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A test that names no profile never uses the profile of the person who runs the tests."""
    os.environ["NUMBGUARD_PROFILE"] = str(tmp_path_factory.mktemp("unnamed") / "profile")


@pytest.fixture(autouse=True, scope="session")
def databases_are_watched() -> Iterator[None]:
    """A use of SQLite that only one version of Python warns about fails the test on every version."""
    former = sqlite3.connect
    sqlite3.connect = watched(former)  # type: ignore[assignment]
    yield
    sqlite3.connect = former


COLLECT_AT = 20_000
"""Number of objects made since the last collection from which the next one is due."""


@pytest.fixture(autouse=True)
def rubbish_is_collected_on_the_gui_thread() -> Iterator[None]:
    """Some tests start threads; the process would crash if Python's collector destroyed a window on one of them."""
    gc.disable()
    yield
    if gc.get_count()[0] > COLLECT_AT:
        gc.collect()


PATIENCE_MS = 60_000
"""Milliseconds that a test waits for what has to happen; on a busy machine, a service may take long to start."""


class PatientQtBot(QtBot):
    """As pytest-qt's, which gives up after five seconds."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **options: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **options)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientQtBot(request)
