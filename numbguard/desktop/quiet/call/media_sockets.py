"""The socket paths of this session's sound server and PipeWire, by those servers' own rules. No Qt, any thread.

``microphone`` and ``screen_sharing`` use it, and the survey of the command line without an app.
"""

from __future__ import annotations

import os
import re
import socket
from contextlib import suppress
from pathlib import Path

from numbguard.core.sentence import N_
from numbguard.desktop import Unavailable


def sound_server() -> Path:
    """The path of the sound server's socket. Raises ``Unavailable``."""
    server = os.environ.get("PULSE_SERVER", "")
    if server:
        path = re.sub(r"^(\{[^}]*\})?(unix:)?", "", server)
        if not path.startswith("/"):
            raise Unavailable(N_("The sound server is on another computer, so it isn't checked."))
        return Path(path)
    folder = os.environ.get("PULSE_RUNTIME_PATH")
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if folder or runtime:
        return Path(folder, "native") if folder else Path(runtime or "", "pulse", "native")
    return _state_folder() / f"{_machine()}-runtime" / "native"


def _state_folder() -> Path:
    """PulseAudio's state folder, which contains a link to its runtime folder if there is no ``$XDG_RUNTIME_DIR``.

    The rules are those of PulseAudio's ``pa_get_runtime_dir``.
    """
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(os.environ.get("PULSE_STATE_PATH") or Path(config, "pulse"))


def _machine() -> str:
    for path in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        with suppress(OSError):
            if found := path.read_text(encoding="ascii", errors="replace").strip():
                return found
    raise Unavailable(N_("This session has no folder for the sound server's socket."))


def pipewire() -> Path:
    """The path of PipeWire's socket. Raises ``Unavailable``."""
    name = os.environ.get("PIPEWIRE_REMOTE", "pipewire-0")
    folder = os.environ.get("PIPEWIRE_RUNTIME_DIR") or os.environ.get("XDG_RUNTIME_DIR")
    if not folder and not name.startswith("/"):
        raise Unavailable(N_("PipeWire cannot be found without XDG_RUNTIME_DIR, so a shared screen can't be detected."))
    return Path(folder or "/", name)


def is_listening(path: Path) -> bool:
    """Whether a server listens at the path; blocks for up to a second."""
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.settimeout(1.0)
        link.connect(str(path))
        return True
    return False
