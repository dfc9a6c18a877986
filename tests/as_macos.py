"""A pytest plugin that takes away what Python has on Linux and not on macOS: ``pytest -p tests.as_macos tests/ipc …``.

For tests that need no desktop. It shows that the code asks macOS for nothing that it lacks, and no more: the kernel and
the libraries are still Linux's.
"""

from __future__ import annotations

from tests.elsewhere import be


def pytest_collection() -> None:
    """Begin to pretend once pytest and its plugins are loaded."""
    be("darwin", with_qt=True)
