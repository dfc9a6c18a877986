"""Boots the root of the desktops under its own systemd, and runs commands in it.

`tools.desktops.__main__` uses it as a context manager. The machine has mount, process, IPC, host name, network and
cgroup namespaces of its own; the root is pivoted to, so nothing of this machine's file system is reachable but what is
lent: the checkout and the scripts (read-only) and the folder for pictures. `/dev` has six devices, bound one by one.
`/sys` is read-only and `/sys/power` a small file system of its own: a suspend in there reaches logind and nothing else.
When this program ends, however that happens, the kernel ends the machine's processes and drops its mounts.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from tools.bare_root import RootError

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
_NAMESPACES = ("--mount", "--propagation", "private", "--pid", "--ipc", "--uts", "--net", "--cgroup", "--fork")
_CGROUPS = Path("/sys/fs/cgroup")
_GROUP = "numbguard-desktops"
BOOTS_WITHIN_S = 120.0

# Arguments: the root, the checkout, the scripts, the folder for pictures, and "hybrid" or "unified".
_BOOT = """
set -eu
root=$1 checkout=$2 inside=$3 out=$4 cgroups=$5
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro,nosuid,nodev,noexec sysfs "$root/sys"
mount -t tmpfs -o size=1m tmpfs "$root/sys/power"
echo "freeze mem" >"$root/sys/power/state"
echo "[s2idle] deep" >"$root/sys/power/mem_sleep"
if [ "$cgroups" = hybrid ]; then
    mount -t tmpfs -o mode=755 tmpfs "$root/sys/fs/cgroup"
    mkdir "$root/sys/fs/cgroup/systemd" "$root/sys/fs/cgroup/unified"
    mount -t cgroup -o none,name=systemd,xattr cgroup "$root/sys/fs/cgroup/systemd"
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup/unified"
else
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
fi
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir "$root/dev/pts" "$root/dev/shm" "$root/dev/mqueue"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/0 "$root/dev/stdin"
ln -s /proc/self/fd/1 "$root/dev/stdout"
ln -s /proc/self/fd/2 "$root/dev/stderr"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
lend() {
    mkdir -p "$root$2"
    mount --bind "$1" "$root$2"
}
lend "$checkout" /checkout
mount -o remount,bind,ro "$root/checkout"
lend "$inside" /desks/inside
mount -o remount,bind,ro "$root/desks/inside"
lend "$out" /desks/out
hostname desks
ip link set lo up 2>/dev/null || :
cd "$root"
pivot_root . mnt
umount --lazy /mnt
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --log-target=console
"""


class Machine:
    """The booted root. Leaving the block ends it."""

    def __init__(self, root: Path, out: Path) -> None:
        self._root, self._out = root, out
        self._process: subprocess.Popen[bytes] | None = None
        self._init = 0

    def __enter__(self) -> Machine:
        if os.geteuid() != 0:
            raise RootError("Only root can boot the desktops: they get namespaces and mounts of their own.")
        self._out.mkdir(parents=True, exist_ok=True)
        hybrid = (_CGROUPS / "systemd").is_dir()
        words = (str(self._root), str(CHECKOUT), str(HERE / "inside"), str(self._out))
        join = "".join(f"echo $$ >{group}/cgroup.procs\n" for group in self._groups(hybrid=hybrid))
        enter = ("unshare", *_NAMESPACES, "--kill-child", "sh", "-c", _BOOT, "boot", *words)
        with (self._out / "boot.log").open("wb") as log:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "sh", "-c", f'{join}exec "$@"', "join", *enter,
                 "hybrid" if hybrid else "unified"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        try:
            self._wait_until_booted()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def run(self, *words: str, timeout_s: float = 60.0) -> subprocess.CompletedProcess[str]:
        """Run a command as root in the machine and return what it printed, on both channels."""
        enter = ["nsenter", "-t", str(self._init), "-m", "-p", "-u", "-i", "-n", "-C", "-r", "-w"]
        env = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "TERM=dumb", "LANG=C.UTF-8", "HOME=/root"]
        return subprocess.run(
            [*enter, *env, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", timeout=timeout_s, check=False,
        )  # fmt: skip

    def _groups(self, *, hybrid: bool) -> Sequence[Path]:
        parents = (_CGROUPS / "systemd", _CGROUPS / "unified") if hybrid else (_CGROUPS,)
        groups = [parent / f"{_GROUP}-{self._root.name}" for parent in parents]
        for group in groups:
            group.mkdir(exist_ok=True)
        return groups

    def _wait_until_booted(self) -> None:
        assert self._process
        until = time.monotonic() + BOOTS_WITHIN_S
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        state = ""
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            found = children.read_text().split()
            if found:
                self._init = int(found[0])
                state = self.run("systemctl", "is-system-running").stdout.strip()
                if state in ("running", "degraded"):
                    return
            time.sleep(0.3)
        raise RootError(f"The root did not boot ({state or 'no answer'}); {self._out / 'boot.log'} says more.")

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
