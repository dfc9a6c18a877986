"""NumbGuard's identity on Windows, the AppUserModelID, by which the task bar groups its windows under its own icon.

Without it they belong to Python. ``app.start`` calls it on the GUI thread before the first window. Written from
Microsoft's documentation of SetCurrentProcessExplicitAppUserModelID.
"""

from __future__ import annotations

import ctypes
import logging
from typing import Any

APP_USER_MODEL_ID = "NumbGuard.NumbGuard"


def identify(shell: Any = None) -> bool:
    """Give this process the identity; ``False`` where Windows did not take it. ``shell`` replaces shell32 in tests."""
    try:
        shell = ctypes.CDLL("shell32") if shell is None else shell
        failed = shell.SetCurrentProcessExplicitAppUserModelID(ctypes.c_wchar_p(APP_USER_MODEL_ID))
    except OSError:
        failed = 1
    if failed:
        logging.getLogger(__name__).info("Windows did not take NumbGuard's identity.")
    return not failed
