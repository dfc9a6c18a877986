"""The root of the desktops: a Debian with all of them, made once and kept outside the checkout.

`tools.desktops.__main__` calls it. It is about 3 GB. What is installed is noted in a file beside it, so that an
interrupted making goes on where it stopped, and a desktop added to the list is added to the root.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.bare_root import BareRoot, Lent, RootError

from .packages import BASE, Desktop

CHECKOUT = Path(__file__).resolve().parents[2]
LOCK = CHECKOUT / "packaging" / "requirements.lock"
USER, UID = "desk", 1000
AWAKE = "/run/awake"
"""This file in the machine ends its suspend."""
_QUIET = ("DPkg::Lock::Timeout=120", "APT::Install-Recommends=false")
_MASKED = (
    *("NetworkManager", "ModemManager", "wpa_supplicant", "bluetooth", "cups", "cups-browsed", "avahi-daemon"),
    *("systemd-networkd", "systemd-resolved", "systemd-udevd", "gdm3", "lightdm", "sddm", "udisks2", "upower"),
    *("colord", "accounts-daemon", "power-profiles-daemon", "switcheroo-control", "iio-sensor-proxy", "fwupd"),
    *("packagekit", "getty@tty1", "console-getty", "systemd-timesyncd", "apt-daily.timer", "apt-daily-upgrade.timer"),
    *("e2scrub_all.timer", "fstrim.timer", "man-db.timer", "dpkg-db-backup.timer", "geoclue"),
)
"""Services that need hardware or a network, neither of which is there."""

# Once per root, inside it. A suspend lasts until a file is there, half a minute at most: what logind tells is real, and
# nothing else happens.
_PREPARE = f"""
set -eu
chmod 755 /root
for unit in {" ".join(_MASKED)}; do systemctl mask $unit >/dev/null 2>&1 || :; done
ln -sf /dev/null /etc/systemd/system/getty.target
# Debian starts sway's bar and its notifications on every desktop; sway's configuration here starts its own.
systemctl --global mask waybar.service mako.service >/dev/null 2>&1 || :
systemctl set-default multi-user.target >/dev/null 2>&1
mkdir -p /etc/systemd/system/systemd-suspend.service.d /etc/systemd/logind.conf.d /checkout /desks/inside /desks/out
printf '#!/bin/sh\\nfor i in $(seq 60); do [ -e {AWAKE} ] && break; sleep .5; done\\n' >/usr/local/sbin/sleeps
chmod 755 /usr/local/sbin/sleeps
printf '[Service]\\nExecStart=\\nExecStart=/usr/local/sbin/sleeps\\n' \\
    >/etc/systemd/system/systemd-suspend.service.d/fake.conf
printf '[Login]\\nKillUserProcesses=yes\\n' >/etc/systemd/logind.conf.d/desks.conf
usermod --login {USER} --home /home/{USER} --move-home --shell /bin/bash somebody 2>/dev/null || :
echo '{USER} ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/{USER}
echo '{USER}:{USER}' | chpasswd
cat >/etc/dbus-1/system.d/desks.conf <<'XML'
<busconfig><policy user="root"><allow own="org.gnome.DisplayManager"/></policy>
<policy context="default"><allow send_destination="org.gnome.DisplayManager"/></policy></busconfig>
XML
if [ -e /usr/bin/kwin_wayland ]; then setcap -r /usr/bin/kwin_wayland 2>/dev/null || :; fi
"""

# NumbGuard as a wheel would be installed, but read from the checkout.
_NUMBGUARD = """
set -eu
rm -rf /opt/numbguard
python3 -m venv /opt/numbguard
/opt/numbguard/bin/pip --disable-pip-version-check --no-input -q install --no-deps --only-binary=:all: \
    --require-hashes -r /opt/requirements.lock
echo /checkout >"$(echo /opt/numbguard/lib/python3*/site-packages)/checkout.pth"
printf '#!/opt/numbguard/bin/python\\nimport sys\\nfrom numbguard.cli.main import main\\nsys.exit(main())\\n' \
    >/opt/numbguard/bin/numbguard
chmod 755 /opt/numbguard/bin/numbguard
ln -sf /opt/numbguard/bin/numbguard /usr/local/bin/numbguard
"""


def default_folder() -> Path:
    """``$NUMBGUARD_DESKTOPS``, or a folder in the person's cache."""
    if chosen := os.environ.get("NUMBGUARD_DESKTOPS"):
        return Path(chosen)
    cache = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(cache) if cache.startswith("/") else Path.home() / ".cache") / "numbguard-desktops"


class DesktopsRoot:
    """One suite's root, in a folder of its own below ``place``."""

    def __init__(self, place: Path, suite: str) -> None:
        self.folder = place / suite
        self.suite = suite
        self._root = BareRoot(self.folder, suite, Lent.by_this_machine())
        self._notes = place / f"{suite}.made"

    def make(self, desktops: Sequence[Desktop]) -> None:
        """Make what is missing for these desktops. Raises `RootError` where a step fails."""
        if self.folder.is_relative_to(CHECKOUT):
            raise RootError(f"The root would lie in the checkout: {self.folder}")
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        if not self._is_noted("bare"):
            self._root.remove()
            self._run(self._root.making(), "the bare root")
            self._root.furnish()
            self._note("bare")
        wanted = {"base": (*BASE, *_qt_libraries())} | {one.name: one.packages for one in desktops}
        for name, packages in wanted.items():
            step = f"{name} {_digest(' '.join(packages))}"
            if not self._is_noted(step):
                self._inside(
                    "apt-get -q update && apt-get -q -y install " + " ".join(packages) + " && apt-get clean", name
                )
                self._note(step)
        prepare, lock = f"prepared {_digest(_PREPARE)}", f"numbguard {_digest(LOCK.read_text(encoding='utf-8'))}"
        if not self._is_noted(prepare):
            self._inside(_PREPARE, "the preparation")
            self._note(prepare)
        if not self._is_noted(lock):
            (self.folder / "opt/requirements.lock").write_bytes(LOCK.read_bytes())
            self._inside(_NUMBGUARD, "NumbGuard's libraries")
            self._note(lock)

    def versions(self, packages: Sequence[str]) -> dict[str, str]:
        """The installed versions of these packages."""
        command = ["chroot", str(self.folder), "dpkg-query", "-W", "-f", "${Package} ${Version}\\n", *packages]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        return dict(line.split(" ", 1) for line in told.splitlines())

    def _inside(self, script: str, what: str) -> None:
        words = ["env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", script]
        options = "".join(f"{one.replace('=', ' ')};\n" for one in _QUIET)
        (self.folder / "etc/apt/apt.conf.d/97desktops").write_text(options, encoding="utf-8")
        self._run(self._root.command(words, user="root", cwd=Path("/root")), what)

    def _run(self, command: Sequence[str], what: str) -> None:
        print(f"Making {self.suite}: {what} …", flush=True)
        log = self._notes.with_suffix(".log")
        with log.open("ab") as file:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, check=False)
        if done.returncode:
            raise RootError(f"{what} could not be made; the end of {log} says why.")

    def _is_noted(self, step: str) -> bool:
        return self._notes.exists() and step in self._notes.read_text(encoding="utf-8").splitlines()

    def _note(self, step: str) -> None:
        with self._notes.open("a", encoding="utf-8") as file:
            file.write(f"{step}\n")


def _qt_libraries() -> list[str]:
    """The packages of ``TO_RUN`` in `dev`, which has the only list of them."""
    found = re.search(r"^TO_RUN='\n(.*?)^'", (CHECKOUT / "dev").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert found
    return [package for line in found[1].splitlines() for package in line.split()[1:]]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
