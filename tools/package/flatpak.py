"""The Flatpak, built and tried in a bare Debian: a runtime made of another bare Debian, the app by flatpak-builder.

`tools.package.__main__` calls it after the `.deb`, whose files the app contains. It needs root. Nothing is fetched but
Debian's packages. What is built stays in the root: without a repository that serves that runtime, nobody can use it.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tools.bare_root import USER
from tools.package.source import CHECKOUT
from tools.package.trial import Trial

SUITE = "trixie"
PLATFORM = "org.numbguard.Platform"
APP_ID = "org.numbguard.NumbGuard"
_RECIPE = CHECKOUT / "packaging" / "flatpak"
_WORK = Path("/opt/flatpak")
_BUILDERS = (
    *("flatpak", "flatpak-builder", "ostree", "bubblewrap", "appstream", "appstream-compose", "librsvg2-common"),
    *("dbus", "dbus-system-bus-common", "dbus-session-bus-common"),
)
_METADATA = f"[Runtime]\nname={PLATFORM}\nruntime={PLATFORM}/x86_64/{SUITE}\nsdk={PLATFORM}/x86_64/{SUITE}\n"

# As root: a system bus, which Flatpak asks whether this person may install; then, as the person, a session bus.
_AS_THE_PERSON = f"""
mkdir -p /run/dbus
dbus-daemon --system --fork
exec setpriv --reuid 1000 --regid 1000 --clear-groups env HOME=/home/{USER} USER={USER} \\
    XDG_RUNTIME_DIR=/tmp/run dbus-run-session -- sh -ec "mkdir -p -m 700 /tmp/run; $1"
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


def try_flatpak(package: Path) -> None:
    """Build the Flatpak of a `.deb`, and check, log and list in its sandbox.

    The tour is not played there: it finds the tray icon by its process, which is Flatpak's bus proxy.
    """
    with Trial("flatpak", SUITE) as trial:
        trial.install(*_BUILDERS)
        work = trial.inside(_WORK)
        with Trial("flatpak-runtime", SUITE) as runtime:
            runtime.bring(package)
            # For what it depends on; the package itself belongs to the app.
            runtime.install(f"/opt/packages/{package.name}")
            runtime.as_root("apt-get", "-q", "-y", "purge", "numbguard")
            (work / "runtime" / "files").mkdir(parents=True)
            subprocess.run(["cp", "-a", runtime.inside(Path("/usr")), work / "runtime" / "usr"], check=True)
            subprocess.run(["cp", "-a", runtime.inside(Path("/etc")), work / "runtime" / "usr" / "etc"], check=True)
        (work / "runtime" / "metadata").write_text(_METADATA, encoding="utf-8")
        _lay_out_app(package, work)
        trial.as_root("chown", "-R", "1000:1000", str(_WORK))
        trial.as_root("sh", "-c", _AS_THE_PERSON, "sh", _BUILD)
        said = _in_session(trial, f"flatpak run --env=QT_QPA_PLATFORM=offscreen {APP_ID} check")
        trial.expect(f"Program: flatpak run {APP_ID}" in said, "check, within the sandbox, knows how it is started")
        _in_session(trial, f"flatpak run {APP_ID} log --side left; flatpak run {APP_ID} episodes")
        log = f"/home/{USER}/.var/app/{APP_ID}/data/numbguard/numbguard.db"
        trial.expect(trial.is_there(log), f"the log lies in the app's own folder: {log}")


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
