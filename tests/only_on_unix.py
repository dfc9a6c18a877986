"""Marks for tests of what Windows does not have, or has otherwise; `./dev windows` lists the reasons."""

from __future__ import annotations

import sys

import pytest

_ON_WINDOWS = sys.platform == "win32"

has_modes = pytest.mark.skipif(_ON_WINDOWS, reason="Windows has lists of rights instead of modes")
has_links = pytest.mark.skipif(_ON_WINDOWS, reason="an ordinary user of Windows may not make links")
has_kill = pytest.mark.skipif(_ON_WINDOWS, reason="there is no SIGKILL here")
has_homes = pytest.mark.skipif(_ON_WINDOWS, reason="Windows takes ~name for a folder beside one's own")
