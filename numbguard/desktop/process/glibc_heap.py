"""Gives freed memory back to the system on Linux with glibc; elsewhere the allocator does so by itself, or cannot.

The composition root and ``app.process.spare_memory`` call it on the GUI thread. What a closed window frees stays with
the process: glibc gives back only the end of the heap, where something small always remains. ``malloc_trim`` also gives
back what is free in between (malloc_trim(3), since glibc 2.8).
"""

from __future__ import annotations

import ctypes
import sys

_M_ARENA_MAX = -8
"""From malloc.h."""


def share_one_heap() -> bool:
    """Let threads that start from now on allocate from the main heap; ``False`` where the allocator cannot.

    Otherwise glibc creates a heap for each thread that reads the log or talks to the desktop, and keeps it for the
    next one. Python's threads take turns, so they never wait for each other here.
    """
    library = _glibc()
    return library is not None and bool(library.mallopt(_M_ARENA_MAX, 1))


def give_back() -> bool:
    """Give back all pages in which nothing is kept; ``False`` where the allocator cannot. Takes a few milliseconds."""
    library = _glibc()
    return library is not None and bool(library.malloc_trim(0))


def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    # Another C library, such as musl, lacks it.
    return library if hasattr(library, "malloc_trim") else None
