"""One desktop in the booted machine: starts its session, runs commands in it, and ends it without a trace.

`lines` calls it. A command is given to the session's own shell over a FIFO, so that it belongs to the logind session
and has its environment, as a program that the desktop starts.
"""

from __future__ import annotations

import json
import shlex
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from .machine import Machine
from .packages import Desktop
from .root import UID, USER

T = TypeVar("T")
ON_X11 = ("mate", "lxqt", "cinnamon", "plasma")
"""The desktops that are played under X11; the others under Wayland."""
_RUNTIME = f"/run/user/{UID}"
_OWN_SERVICE = {"mate": "mate", "plasma": "kde", "sway": "mako", "lxqt": "lxqt", "cinnamon": "none", "gnome": "gnome"}
"""A word of the bus service file of the notification service that belongs to the desktop; the others step aside."""
_OWN_AUTOSTART = {
    "cinnamon": "cinnamon-*",
    "mate": "mate-*",
    "lxqt": "lxqt-*",
    "gnome": "org.gnome.*",
    "plasma": "*kde* xembedsniproxy* kglobalacceld* gmenudbusmenuproxy*",
    "sway": "none",
}
"""The autostart entries that belong to the desktop, as shell patterns; the others are put aside."""

_ALONE = """
cd /usr/share/dbus-1/services && for file in $(grep -ls 'Name=org.freedesktop.Notifications$' *.service *.off); do
    case $file in
    *SERVICE*) [ "$file" = "${file%.off}" ] || mv "$file" "${file%.off}" ;;
    *) [ "$file" != "${file%.off}" ] || mv "$file" "$file.off" ;;
    esac
done
cd /etc/xdg/autostart && for file in *; do [ "${file%.off}" = "$file" ] || mv "$file" "${file%.off}"; done
for file in *; do
    mine=
    for pattern in AUTOSTART; do case $file in $pattern) mine=1 ;; esac; done
    [ -n "$mine" ] || mv "$file" "$file.off"
done
"""


class LineFailedError(Exception):
    """A line of the main job did not hold; the message says what was seen."""


class NotThereError(Exception):
    """This desktop, or this way of running it, does not have what the line needs; the message says what."""


class DesktopSession:
    """The session of one desktop, for one block."""

    def __init__(self, machine: Machine, desktop: Desktop, out: Path) -> None:
        self._machine = machine
        self.name = desktop.name
        self.kind = desktop.kind
        self.out = out / desktop.name
        self._numbers = count()

    @contextmanager
    def started(self, *, home: str) -> Iterator[None]:
        """Start the desktop with a fresh home folder, and end it afterwards.

        ``home`` is a shell script that the user runs before they log in.
        """
        self._end()
        self.out.mkdir(parents=True, exist_ok=True)
        self._machine.run("sh", "-c", f"chown -R {USER} /desks/out/{self.name}")
        alone = _ALONE.replace("SERVICE", _OWN_SERVICE[self.kind]).replace("AUTOSTART", _OWN_AUTOSTART[self.kind])
        self._machine.run("bash", "-c", alone)
        before = self._machine.run("runuser", "-l", USER, "-c", home)
        if before.returncode:
            raise LineFailedError(f"The home folder could not be made ready: {before.stdout.strip()[-200:]}")
        log = f"file:/desks/out/{self.name}/session.log"
        kind = "x11" if self.name in ON_X11 else "wayland"
        begun = self._machine.run(
            *("systemd-run", "-q", f"--unit=desk-{self.name}", "-p", "PAMName=login", "-p", f"User={USER}"),
            *("-p", "TimeoutStopSec=5", "-p", f"Environment=XDG_SESSION_TYPE={kind}"),
            *("-p", f"StandardOutput={log}", "-p", f"StandardError={log}"),
            *("bash", "/desks/inside/session.sh", self.name),
        )
        if begun.returncode:
            raise LineFailedError(f"The session did not start: {begun.stdout.strip()}")
        try:
            wait_until(lambda: self._machine.run("test", "-p", f"{_RUNTIME}/fifo").returncode == 0, "the session", 180)
            yield
        finally:
            self._end()

    def do(self, script: str, *, timeout_s: float = 60.0, check: bool = False) -> str:
        """Run a shell script in the session and return what it printed."""
        name = f"/tmp/do-{next(self._numbers)}"
        words = (
            f"cat >{name}.sh <<'THE_END'\n{script}\nTHE_END\nchmod 755 {name}.sh\n"
            f"echo 'bash {name}.sh >{name}.out 2>&1; echo $? >{name}.new; mv {name}.new {name}.rc' >{_RUNTIME}/fifo\n"
            f"for i in $(seq {int(timeout_s * 20)}); do [ -e {name}.rc ] && break; sleep .05; done\n"
            f"cat {name}.out; exit $(cat {name}.rc 2>/dev/null || echo 124)"
        )
        done = self._machine.run("bash", "-c", words, timeout_s=timeout_s + 20)
        if check and done.returncode:
            raise LineFailedError(f"{script.splitlines()[0][:60]}: {done.stdout.strip()[-200:]}")
        return done.stdout

    def spawn(self, script: str, log: str) -> None:
        """Start a shell script in the session and leave it running."""
        self.do(f"({script}) >/desks/out/{self.name}/log/{log}.log 2>&1 </dev/null &")

    def numbguard(self, *words: str) -> Any:
        """What a verb answers with ``--json``."""
        told = self.do(f"numbguard --json {' '.join(map(shlex.quote, words))} 2>/tmp/numbguard.err")
        try:
            return json.loads(told)
        except ValueError:
            raise LineFailedError(f"numbguard {' '.join(words)} answered: {told.strip()[-200:]}") from None

    def _end(self) -> None:
        self._machine.run(
            "sh",
            "-c",
            f"systemctl stop 'desk-*'; loginctl kill-user --signal=KILL {USER}; loginctl terminate-user {USER}",
        )
        gone = f"! systemctl is-active -q user@{UID}"
        wait_until(lambda: self._machine.run("sh", "-c", gone).returncode == 0, "the session to end", 180)
        fresh = (
            f"systemctl reset-failed; rm -rf /home/{USER}; cp -r /etc/skel /home/{USER}; chown -R {USER}: /home/{USER}"
        )
        self._machine.run("sh", "-c", f"{fresh}; rm -f /tmp/do-*")


def wait_until(look: Callable[[], T], what: str, timeout_s: float = 60.0) -> T:
    """Look every half second until the answer is true; raises `LineFailedError` after ``timeout_s`` seconds.

    The bounds are generous, because a machine may be slow; nothing is shown by how long it took.
    """
    until = time.monotonic() + timeout_s
    while True:
        if found := look():
            return found
        if time.monotonic() > until:
            raise LineFailedError(f"Waited {timeout_s:.0f} s for {what}.")
        time.sleep(0.5)
