"""Keeps the engine's state between two runs in one small JSON file.

The runtime calls it on the GUI thread after each step that changed something. It never raises: a state that cannot be
saved costs at most a remembered pause, and leaves a line in the log file.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping

from numbguard.core.breaks.state.saved import from_table

from .profile import Profile, reason, write_whole

_log = logging.getLogger(__name__)


class StateFile:
    """The ``StateKeeper`` of a profile."""

    def __init__(self, profile: Profile) -> None:
        self._path = profile.state
        self._written: bytes | None = None
        self._failing = False

    def load(self) -> Mapping[str, object] | None:
        """Return the state saved last, or ``None``. An unusable file is moved to ``state.json.broken``."""
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            _log.warning("The state of the last run could not be read (%s); starting afresh.", reason(error))
            return None
        try:
            state = json.loads(content)
            if not isinstance(state, dict) or from_table(state) is None:
                raise ValueError("not what the engine wrote")
        except (ValueError, RecursionError):
            self._put_aside()
            return None
        self._written = content
        return state

    def save(self, state: Mapping[str, object]) -> None:
        """Write the state, unless the file already contains it."""
        content = json.dumps(state, indent=1, sort_keys=True).encode() + b"\n"
        if content == self._written:
            return
        try:
            # No fsync: the state is written every minute, and losing the newest one costs next to nothing.
            write_whole(self._path, content, forced=False)
        except OSError as error:
            if not self._failing:
                _log.warning("The state could not be saved (%s); a restart may begin afresh.", reason(error))
            self._failing = True
            return
        self._written = content
        self._failing = False

    def _put_aside(self) -> None:
        aside = self._path.with_name(self._path.name + ".broken")
        try:
            self._path.replace(aside)
        except OSError as error:
            _log.warning(
                ("The state file can't be understood and could not be moved (%s); starting afresh."), reason(error)
            )
            return
        _log.warning("The state file made no sense; it was kept as %s, starting afresh.", aside.name)
