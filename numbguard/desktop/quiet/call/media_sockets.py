"""Where this session's sound server and PipeWire listen, by their own rules. No Qt; on any thread.

Used by the sources that connect to them and by the survey of a command line without an app.
"""

from __future__ import annotations

import os
import re
import socket
from contextlib import suppress
from pathlib import Path

from numbguard.desktop import Unavailable


def sound_server() -> Path:
    """Where the sound server of this session listens. Raises ``Unavailable``."""
    told = os.environ.get("PULSE_SERVER", "")
    if told:
        path = re.sub(r"^(\{[^}]*\})?(unix:)?", "", told)
        if not path.startswith("/"):
            raise Unavailable("The sound server is on another machine, which is not asked.")
        return Path(path)
    folder = os.environ.get("PULSE_RUNTIME_PATH")
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if folder or runtime:
        return Path(folder, "native") if folder else Path(runtime or "", "pulse", "native")
    return _state_folder() / f"{_machine()}-runtime" / "native"


def _state_folder() -> Path:
    """Where PulseAudio keeps its files, and without a runtime folder the way to its socket (pa_get_runtime_dir)."""
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(os.environ.get("PULSE_STATE_PATH") or Path(config, "pulse"))


def _machine() -> str:
    for path in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        with suppress(OSError):
            if found := path.read_text(encoding="ascii", errors="replace").strip():
                return found
    raise Unavailable("This session has no folder for its sound server's socket.")


def pipewire() -> Path:
    """Where PipeWire listens. Raises ``Unavailable``."""
    name = os.environ.get("PIPEWIRE_REMOTE", "pipewire-0")
    folder = os.environ.get("PIPEWIRE_RUNTIME_DIR") or os.environ.get("XDG_RUNTIME_DIR")
    if not folder and not name.startswith("/"):
        raise Unavailable("PipeWire cannot be found without XDG_RUNTIME_DIR, so a shared screen is not noticed.")
    return Path(folder or "/", name)


def answers(path: Path) -> bool:
    """Whether somebody listens there."""
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.settimeout(1.0)
        link.connect(str(path))
        return True
    return False
