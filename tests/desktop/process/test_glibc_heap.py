"""Memory that a closed window freed goes back to the system where the C library offers it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from numbguard.desktop.process import glibc_heap

FREED_IN_BETWEEN = """
import ctypes
from pathlib import Path
from numbguard.desktop.process import glibc_heap

library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
library.free.argtypes = [ctypes.c_void_p]

def resident_mb():
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024

blocks = [library.malloc(60_000) for _ in range(400)]
for block in blocks:
    ctypes.memset(block, 1, 60_000)
for block in blocks[:-1]:
    library.free(block)
before = resident_mb()
assert glibc_heap.give_back()
print(before - resident_mb())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc")
def test_what_is_free_below_something_that_is_kept_goes_back() -> None:
    done = subprocess.run([sys.executable, "-c", FREED_IN_BETWEEN], capture_output=True, text=True, check=True)
    assert float(done.stdout) > 15


def test_elsewhere_it_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert not glibc_heap.give_back()
    assert not glibc_heap.share_one_heap()


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("ctypes.CDLL", lambda _name: object())
    assert not glibc_heap.give_back()
    assert not glibc_heap.share_one_heap()
