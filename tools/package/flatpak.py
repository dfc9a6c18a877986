"""The Flatpak, built and tried in a bare Debian: a runtime made of another bare Debian, the app by flatpak-builder.

`tools.package.__main__` calls it after the `.deb`, whose files the app contains. It needs root. Nothing is fetched but
Debian's packages. What is built stays in the root: without a repository that serves that runtime, nobody can use it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from tools.bare_root import USER
from tools.package.source import CHECKOUT
from tools.package.trial import DRIVER, SPEED, Trial

SUITE = "trixie"
PLATFORM = "org.numbguard.Platform"
APP_ID = "org.numbguard.NumbGuard"
_RECIPE = CHECKOUT / "packaging" / "flatpak"
_WORK = Path("/opt/flatpak")
_BUILDERS = (
    *("flatpak", "flatpak-builder", "ostree", "bubblewrap", "appstream", "appstream-compose", "librsvg2-common"),
    *("dbus", "dbus-system-bus-common", "dbus-session-bus-common"),
)
_OF_THE_RUNTIME = ("pulseaudio-utils",)
"""What plays the chimes."""
_OF_THE_DESKTOP = ("xdg-desktop-portal", "xdg-desktop-portal-gtk", "pulseaudio")
_EXPORTED = f"/home/{USER}/log.json"
_PROGRAM = Path("/opt/flatpak/numbguard-in-its-sandbox")
_METADATA = f"[Runtime]\nname={PLATFORM}\nruntime={PLATFORM}/x86_64/{SUITE}\nsdk={PLATFORM}/x86_64/{SUITE}\n"

# As root: a system bus, which Flatpak asks whether this person may install; then, as the person, a session bus.
_AS_THE_PERSON = f"""
mkdir -p /run/dbus
rm -f /run/dbus/pid /run/dbus/system_bus_socket
dbus-daemon --system --fork
install -d -m 755 /run/user
install -d -o 1000 -g 1000 -m 700 /run/user/1000
exec setpriv --reuid 1000 --regid 1000 --clear-groups env HOME=/home/{USER} USER={USER} \\
    XDG_RUNTIME_DIR=/run/user/1000 dbus-run-session -- sh -ec "$1"
"""
_BUILD = f"""
cd {_WORK}
flatpak build-export --runtime --arch=x86_64 repo runtime {SUITE}
flatpak --user remote-add --no-gpg-verify local {_WORK}/repo
flatpak --user install -y --noninteractive local {PLATFORM}//{SUITE}
flatpak-builder --user --disable-rofiles-fuse --repo=repo --state-dir={_WORK}/state out packaging/flatpak/{APP_ID}.yml
flatpak --user install -y --noninteractive local {APP_ID}
flatpak info --show-permissions {APP_ID}
"""

_SOUND_SERVER = """
pulseaudio -n --exit-idle-time=-1 -L module-native-protocol-unix -L module-null-sink >/dev/null 2>&1 &
until [ -S "$XDG_RUNTIME_DIR/pulse/native" ]; do sleep 0.2; done
"""

# The tour's desktop has a home and a bus of its own, on which nothing is started unasked. The report goes to the tour's
# folder, which a person would lend in the same way.
_STARTER = f"""#!/bin/sh
export FLATPAK_USER_DIR=/home/{USER}/.local/share/flatpak
unset DBUS_SYSTEM_BUS_ADDRESS
if [ "$1" = run ]; then
    /usr/libexec/xdg-desktop-portal-gtk >/dev/null 2>&1 &
    /usr/libexec/xdg-desktop-portal >/dev/null 2>&1 &
    {_SOUND_SERVER}
    until dbus-send --session --print-reply --dest=org.freedesktop.portal.Desktop / org.freedesktop.DBus.Peer.Ping; do
        sleep 0.2
    done >/dev/null 2>&1
fi
exec flatpak run --user --filesystem=/home/{USER}/tour {APP_ID} "$@"
"""


def try_flatpak(package: Path) -> None:
    """Build the Flatpak of a `.deb`; in its sandbox check, take a log in, and live a whole cycle."""
    with Trial("flatpak", SUITE) as trial:
        trial.install(*_BUILDERS)
        work = trial.inside(_WORK)
        with Trial("flatpak-runtime", SUITE) as runtime:
            runtime.bring(package)
            runtime.install(f"/opt/packages/{package.name}", *_OF_THE_RUNTIME)
            runtime.as_user("numbguard", "log", "--side", "left", "--region", "calf")
            outside = runtime.episodes("numbguard")
            runtime.as_user("numbguard", "export", _EXPORTED)
            moved = runtime.inside(Path(_EXPORTED)).read_bytes()
            # The runtime is what the package depends on; the package itself belongs to the app.
            runtime.as_root("apt-get", "-q", "-y", "purge", "numbguard")
            (work / "runtime" / "files").mkdir(parents=True)
            subprocess.run(["cp", "-a", runtime.inside(Path("/usr")), work / "runtime" / "usr"], check=True)
            subprocess.run(["cp", "-a", runtime.inside(Path("/etc")), work / "runtime" / "usr" / "etc"], check=True)
        (work / "runtime" / "metadata").write_text(_METADATA, encoding="utf-8")
        _lay_out_app(package, work)
        trial.as_root("chown", "-R", "1000:1000", str(_WORK))
        _in_session(trial, _BUILD)
        trial.install(*_OF_THE_DESKTOP)
        said = _in_session(trial, f"{_SOUND_SERVER}\nflatpak run --env=QT_QPA_PLATFORM=offscreen {APP_ID} check")
        trial.expect(f"Program: flatpak run {APP_ID}" in said, "check, within the sandbox, knows how it is started")
        heard = "Sound: works (paplay)" in said and "    call: pulseaudio." in said
        trial.expect(heard, "check, within the sandbox, finds the sound server and a player")
        trial.inside(Path(_EXPORTED)).write_bytes(moved)
        _in_session(trial, f"flatpak run --filesystem={_EXPORTED}:ro {APP_ID} import {_EXPORTED}")
        said = _in_session(trial, f"flatpak run {APP_ID} episodes --json")
        trial.expect([one["id"] for one in json.loads(said)] == outside, "a log from outside the sandbox has moved in")
        log = f"/home/{USER}/.var/app/{APP_ID}/data/numbguard/numbguard.db"
        trial.expect(trial.is_there(log), f"the log lies in the app's own folder: {log}")
        _live_a_cycle(trial)


def _live_a_cycle(trial: Trial) -> None:
    """Play the tour with the app in its sandbox, on a desktop with a portal and a sound server."""
    trial.bring_the_tour()
    program = trial.inside(_PROGRAM)
    program.write_text(_STARTER, encoding="utf-8")
    program.chmod(0o755)
    # The sandbox has no /tmp of the desktop's, so the desktop has its home elsewhere.
    try:
        _in_session(
            trial,
            f"cd {DRIVER}; TMPDIR=/home/{USER} python3 -m tools.tour /home/{USER}/tour --program {_PROGRAM}"
            f" --profile .var/app/{APP_ID}/data/numbguard --speed {SPEED}",
        )
    finally:
        trial.keep_pictures()
    trial.expect(True, "one cycle in the sandbox: announced, answered, card, episode, report, quit")


def _lay_out_app(package: Path, work: Path) -> None:
    files = work / "build" / "flatpak" / "files"
    unpacked = work / "deb"
    files.mkdir(parents=True)
    subprocess.run(["dpkg-deb", "-x", package, unpacked], check=True)
    (files / "lib").mkdir()
    (unpacked / "usr/lib/numbguard").rename(files / "lib" / "numbguard")
    for name in ("applications", "icons", "metainfo"):
        (files / "share").mkdir(exist_ok=True)
        (unpacked / "usr/share" / name).rename(files / "share" / name)
    shutil.copy(_RECIPE / "numbguard", files)
    shutil.copytree(_RECIPE, work / "packaging" / "flatpak")


def _in_session(trial: Trial, commands: str) -> str:
    return trial.as_root("sh", "-c", _AS_THE_PERSON, "sh", commands)
