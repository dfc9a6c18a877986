"""A bare Debian in a folder, and commands run in it. Called by `tools.fresh_roots`; needs root.

Every command gets a mount and a process namespace of its own: its mounts are seen nowhere else, and when it ends, or
this program does, however that happens, the kernel ends its processes and drops its mounts. `/dev` is a small file
system of the root's own, with the few devices that any program may use.

Lent by this machine, because a root without them reaches no package: the resolver, the certificates that this machine
trusts, the settings of pip and of apt's transport, and the proxies. A root is thrown away with what was lent to it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

USER = "somebody"
_UID = 1000
_NAMESPACES = (
    *("setpriv", "--pdeathsig", "KILL"),
    *("unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc"),
)
INTERRUPTIBLE = ("env", "--default-signal=INT,QUIT")
"""A shell's background jobs ignore an interrupt, and so would the tests, which send some, without this before them."""
_BUNDLE = Path("/etc/ssl/certs/ca-certificates.crt")
_OWN_CERTIFICATES = Path("/usr/local/share/ca-certificates")
_CERTIFICATE_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_PROXY_VARIABLES = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")

# Arguments: the root, the folders to lend, "--", and what chroot takes. The folder becomes the root of the mount
# namespace, as a mere chroot would not: within one nobody may make a namespace, and some tests do.
_ENTER = """
set -eu
root=$1
shift
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/0 "$root/dev/stdin"
ln -s /proc/self/fd/1 "$root/dev/stdout"
ln -s /proc/self/fd/2 "$root/dev/stderr"
ln -s pts/ptmx "$root/dev/ptmx"
mkdir "$root/dev/shm" "$root/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
while [ "$1" != -- ]; do
    mkdir -p "$root$1"
    mount --bind "$1" "$root$1"
    mount -o remount,bind,ro "$root$1"
    shift
done
shift
cd "$root"
pivot_root . mnt
umount --lazy /mnt
# The shell stays, as the first process of the namespace, and reaps what nobody else does.
status=0
chroot "$@" || status=$?
exit "$status"
"""


class RootError(Exception):
    """A bare root cannot be made here; the message says why and what would help."""


@dataclass(frozen=True)
class Lent:
    """What this machine lends to a root: variables, files (copied to the same path), folders (mounted read-only)."""

    variables: Mapping[str, str]
    files: frozenset[Path]
    folders: frozenset[Path]
    apt: tuple[str, ...]
    """Lines of apt's configuration."""

    @classmethod
    def by_this_machine(cls) -> Lent:
        wanted = (*_CERTIFICATE_VARIABLES, *_PROXY_VARIABLES)
        variables = {name: value for name, value in os.environ.items() if name.startswith("PIP_") or name in wanted}
        files = {path for path in (_BUNDLE, *_files_in(_OWN_CERTIFICATES), *_pip_files()) if path.is_file()}
        apt = _apt_settings()
        words = [*variables.values(), *(line.partition(" ")[2].strip('";') for line in apt)]
        words += [value for path in _pip_files() if path.name == "pip.conf" for value in _values(path)]
        folders: set[Path] = set()
        for place in places_in(" ".join(words)):
            if place.is_dir() and place != _BUNDLE.parent:
                folders.add(place)
            elif place.is_file():
                files.add(place)
        return cls(variables, frozenset(files), frozenset(outermost(folders)), apt)


class BareRoot:
    """A bare root of one Debian suite in a folder that is its alone."""

    def __init__(self, folder: Path, suite: str, lent: Lent) -> None:
        self.folder = folder
        self.suite = suite
        self._lent = lent

    def making(self) -> list[str]:
        """The command that makes it.

        Raises `RootError` if neither mmdebstrap nor debootstrap is here.
        """
        if shutil.which("mmdebstrap"):
            options = [word for line in self._apt() for word in ("--aptopt", line)]
            maker = ["mmdebstrap", "--mode=root", *options]
        elif shutil.which("debootstrap"):
            maker = ["debootstrap"]
        else:
            raise RootError("A bare root is made by mmdebstrap, which is not here: apt-get install mmdebstrap")
        return [*_NAMESPACES, *maker, "--variant=minbase", self.suite, str(self.folder)]

    def furnish(self) -> None:
        """Give the new root an ordinary user and what this machine lends it."""
        subprocess.run(
            ["chroot", self.folder, "useradd", "--create-home", "--uid", str(_UID), "--user-group", USER], check=True
        )
        conf = self.folder / "etc/apt/apt.conf.d/98numbguard"
        conf.write_text("".join(f"{line}\n" for line in self._apt()), encoding="utf-8")
        resolver = self.folder / "etc/resolv.conf"
        resolver.unlink(missing_ok=True)
        shutil.copy(Path("/etc/resolv.conf"), resolver)
        home = Path.home()
        for file in self._lent.files:
            inside = [file]
            if file.is_relative_to(home):
                inside = [self.home(user) / file.relative_to(home) for user in ("root", USER)]
            for path in inside:
                copy = self.folder / path.relative_to("/")
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, copy)
        self.give(self.home(USER), USER)

    def _apt(self) -> list[str]:
        # A mirror of sid may lag behind, and its index may then be past its date.
        late = ['Acquire::Check-Valid-Until "false";'] if self.suite == "sid" else []
        return [*self._lent.apt, *late]

    @staticmethod
    def home(user: str) -> Path:
        """The home of a user, as seen from within."""
        return Path("/root") if user == "root" else Path("/home", user)

    def give(self, path: Path, user: str) -> None:
        """Make a user the owner of a folder of the root and of everything in it."""
        owner = 0 if user == "root" else _UID
        subprocess.run(["chroot", self.folder, "chown", "-R", f"{owner}:{owner}", path], check=True)

    def command(self, words: Sequence[str], *, user: str, cwd: Path) -> list[str]:
        """The command of this machine that runs such a command as that user in that folder of the root."""
        as_user = [] if user == "root" else [f"--userspec={_UID}:{_UID}", f"--groups={_UID}"]
        path = "/usr/local/bin:/usr/bin:/bin"
        variables = {
            **self._lent.variables,
            "PATH": f"/usr/local/sbin:/usr/sbin:/sbin:{path}" if user == "root" else path,
            "HOME": str(self.home(user)),
            "USER": user,
            "LOGNAME": user,
        }
        return [
            *_NAMESPACES,
            *("sh", "-c", _ENTER, "enter", str(self.folder)),
            *(str(folder) for folder in sorted(self._lent.folders)),
            *("--", *as_user, "/", *INTERRUPTIBLE, "--ignore-environment", f"--chdir={cwd}"),
            *(f"{name}={value}" for name, value in variables.items()),
            *words,
        ]

    def remove(self) -> None:
        """Delete the folder, unless something is mounted in it."""
        mounted = Path("/proc/self/mountinfo").read_text(encoding="utf-8")
        if f" {self.folder}/" in mounted:
            raise RootError(f"Something is mounted in {self.folder}, so it is left alone.")
        if self.folder.exists():
            shutil.rmtree(self.folder)


def places_in(words: str) -> set[Path]:
    """The local files and folders that settings of pip or apt name, as paths or as file: addresses.

    The pages of a package index refer to files beside them, so such an address stands for the folder above it.
    """
    places = set()
    for word in words.split():
        if word.startswith("file:"):
            folder = Path(unquote(urlsplit(word).path))
            places.add(folder if folder.parent == Path("/") else folder.parent)
        elif word.startswith("/"):
            places.add(Path(word))
    return places - {Path("/")}


def outermost(folders: Iterable[Path]) -> set[Path]:
    """The folders that lie in no other of them."""
    known = set(folders)
    return {folder for folder in known if not known.intersection(folder.parents)}


def _pip_files() -> list[Path]:
    own = [Path.home() / folder / "pip.conf" for folder in (".config/pip", ".pip")]
    found = [Path("/etc/pip.conf"), *_files_in(Path("/etc/xdg/pip")), *own]
    return [path for path in found if path.is_file()]


def _values(pip_conf: Path) -> list[str]:
    settings = ConfigParser(interpolation=None)
    settings.read(pip_conf, encoding="utf-8")
    return [value for section in settings.values() for value in section.values()]


def _files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _apt_settings() -> tuple[str, ...]:
    """The proxies and certificates that apt is set to on this machine, as lines of its configuration."""
    if not shutil.which("apt-config"):
        return ()
    told = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=True).stdout
    wanted = ("Acquire::http::Proxy", "Acquire::https::Proxy", "Acquire::https::CaInfo")
    return tuple(line for line in told.splitlines() if line.startswith(wanted) and not line.endswith('"";'))
