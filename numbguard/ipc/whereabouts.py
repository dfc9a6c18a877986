"""Where an app runs: on which screen of which computer, so that a second start can tell whether the person sees it.

The app writes it into its lock file when it takes the profile; ``numbguard run`` compares it with its own. Pure but for
the environment and the computer's name.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from numbguard.core.sentence import sentence

LONGEST = 4096
"""The greatest length of the written form, in bytes."""
_MOST_LETTERS = 80
_SCREEN = re.compile(r"(?:unix)?(.*:\d+)(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A place; what is not known is empty. ``since``: when the app started, in ISO 8601."""

    computer: str = ""
    x11: str = ""
    """The display of X11, without its screen number."""
    wayland: str = ""
    """The socket of the Wayland compositor, with its folder."""
    desktop: str = ""
    since: str = ""

    @classmethod
    def here(cls, *, since: datetime | None = None, environ: Mapping[str, str] | None = None) -> Whereabouts:
        told = os.environ if environ is None else environ
        screen = _SCREEN.fullmatch(told.get("DISPLAY", ""))
        wayland = told.get("WAYLAND_DISPLAY", "")
        return cls(
            socket.gethostname(),
            screen[1] if screen else told.get("DISPLAY", ""),
            str(Path(told.get("XDG_RUNTIME_DIR", "")) / wayland) if wayland else "",
            told.get("XDG_CURRENT_DESKTOP", "").partition(":")[0],
            since.isoformat(timespec="minutes") if since else "",
        )

    def is_elsewhere(self, other: Whereabouts) -> bool:
        """Whether nobody in front of one place sees the other; ``False`` where that is not known.

        A program in a Wayland session may know only its X11 display, or only its Wayland one: sharing either is enough.
        """
        if not (self._has_screen and other._has_screen):
            return False
        if self.computer and other.computer and self.computer != other.computer:
            return True
        if self.wayland and other.wayland:
            return self.wayland != other.wayland
        if self.x11 and other.x11:
            return self.x11 != other.x11
        return False

    @property
    def _has_screen(self) -> bool:
        return bool(self.x11 or self.wayland)

    def in_words(self, *, seen_from: Whereabouts) -> str:
        """``on the screen :0 (GNOME) since 09:12``, for use within a sentence."""
        screen = Path(self.wayland).name or self.x11
        if self.desktop:
            screen = f"{screen} ({self.desktop})"
        try:
            since = f"{datetime.fromisoformat(self.since):%H:%M}"
        except ValueError:
            since = ""
        if self.computer != seen_from.computer:
            if since:
                return sentence(
                    "on the screen {screen} of the computer {computer} since {time}",
                    screen=screen,
                    computer=self.computer,
                    time=since,
                )
            return sentence("on the screen {screen} of the computer {computer}", screen=screen, computer=self.computer)
        if since:
            return sentence("on the screen {screen} since {time}", screen=screen, time=since)
        return sentence("on the screen {screen}", screen=screen)

    def written(self) -> bytes:
        import json

        return json.dumps(asdict(self)).encode()

    @classmethod
    def read(cls, written: bytes) -> Whereabouts | None:
        """Return what ``written`` wrote; ``None`` for anything else."""
        import json

        try:
            told = json.loads(written)
        except (ValueError, RecursionError):
            return None
        if not isinstance(told, dict):
            return None
        parts = {
            name: value if isinstance(value, str) and value.isprintable() else ""
            for name, value in ((name, told.get(name)) for name in cls.__dataclass_fields__)
        }
        return cls(**{name: value[:_MOST_LETTERS] for name, value in parts.items()})
