"""What holds for every test: windows of the test's own process are drawn nowhere, and nobody's own log is touched."""

from __future__ import annotations

import os

import pytest

# Before any test imports Qt. What drives a real desktop runs the app as a process of its own, in its own environment.
os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture(autouse=True, scope="session")
def a_profile_for_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A test that names no profile never meets the one of the person who runs the tests."""
    os.environ["NUMBGUARD_PROFILE"] = str(tmp_path_factory.mktemp("unnamed") / "profile")
