"""The Debian package: the system's Python, and the locked wheels in a folder of the package's own.

`tools.package.__main__` calls it. dpkg-deb packs the tree; every file has the time of the commit and belongs to root,
so that the bytes depend on the commit and on the version of dpkg-deb alone.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from tools.package.libraries import qt_parts
from tools.package.libraries.locked_wheels import PLATFORMS, Wheel, fetch_runtime
from tools.package.libraries.system_libraries import depends_on
from tools.package.papers import completions, release_notes
from tools.package.papers.bill_of_materials import LICENCE_OF_SOUNDS
from tools.package.papers.command_words import VerbWords, read
from tools.package.papers.man_page import man_page
from tools.package.source import CHECKOUT, PackageError, Source
from tools.translations import merged

FILES = CHECKOUT / "packaging"
APP_ID = "org.numbguard.NumbGuard"
LIBRARY = PurePosixPath("usr/lib/numbguard")
MAINTAINER = "The NumbGuard authors <authors@numbguard.invalid>"
_SCRIPTS = ("postinst", "prerm", "postrm")
_GLIBC = re.compile(r"manylinux_(\d+)_(\d+)_")


def build(source: Source, wheel: Path, into: Path, *, cache: Path, architecture: str = "amd64") -> Path:
    """Build the package of the wheel of this source. Raises `PackageError`.

    `cache`: a folder for the wheels of others. A package of another architecture is built in the same way, because
    nothing in it runs while it is built.
    """
    if not shutil.which("dpkg-deb"):
        raise PackageError("A .deb is packed by dpkg-deb, which is not here: apt-get install dpkg")
    tree = source.folder.parent / f"deb-{architecture}"
    wheels = fetch_runtime(source, cache, architecture)
    lay_out_library(tree / LIBRARY, Wheel(wheel), wheels)
    _lay_out_program(tree, source)
    _lay_out_desktop(tree, source)
    _lay_out_papers(tree, source, wheels)
    _lay_out_control(tree, source, architecture)
    return _pack(tree, into / f"numbguard_{source.version}_{architecture}.deb", source)


def lay_out_library(folder: Path, own: Wheel, wheels: Sequence[Wheel]) -> None:
    """Unpack NumbGuard's wheel and those of others into a folder, without the files that NumbGuard does not use."""
    own.unpack(folder, qt_parts.is_kept)
    languages = [path.name for path in (folder / "numbguard" / "_resources" / "locale").glob("*")]
    for wheel in wheels:
        wheel.unpack(folder, lambda place: qt_parts.is_kept(place, languages))
    for unlinked in qt_parts.unlinked_libraries(folder):
        unlinked.unlink()


def _lay_out_program(tree: Path, source: Source) -> None:
    module, function = source.entry_point
    script = (FILES / "debian" / "numbguard").read_text(encoding="utf-8")
    text = script.replace("@MODULE@", module).replace("@FUNCTION@", function)
    _write(tree / "usr/bin/numbguard", text, executable=True)
    words = _words(tree / LIBRARY, source)
    _write(tree / "usr/share/bash-completion/completions/numbguard", completions.bash(words))
    _write(tree / "usr/share/zsh/vendor-completions/_numbguard", completions.zsh(words))
    _write(tree / "usr/share/fish/vendor_completions.d/numbguard.fish", completions.fish(words))
    page = man_page(words, version=source.version, day=_day(source))
    _write_gzipped(tree / "usr/share/man/man1/numbguard.1.gz", page)


def _words(library: Path, source: Source) -> VerbWords:
    program = Path(__file__).with_name("papers") / "command_words.py"
    done = subprocess.run(
        [sys.executable, program, *source.entry_point],
        env={**source.environment, "PYTHONPATH": str(library), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "80"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise PackageError(f"The words of the command line could not be read:\n{done.stderr}")
    return read(json.loads(done.stdout))


def _lay_out_desktop(tree: Path, source: Source) -> None:
    linux, share = FILES / "linux", tree / "usr/share"
    entry = merged.launcher_entry((linux / f"{APP_ID}.desktop").read_text(encoding="utf-8"), _languages(source))
    _write(share / "applications" / f"{APP_ID}.desktop", entry)
    page = appstream_page((linux / f"{APP_ID}.metainfo.xml").read_text(encoding="utf-8"), source)
    _write(share / "metainfo" / f"{APP_ID}.metainfo.xml", page)
    for icon in sorted((linux / "icons").rglob(f"{APP_ID}.*")):
        _copy(icon, share / icon.relative_to(linux))
    _copy(linux / f"{APP_ID}-symbolic.svg", share / "icons/hicolor/symbolic/apps" / f"{APP_ID}-symbolic.svg")


def appstream_page(page: str, source: Source) -> str:
    """The AppStream page with the releases that the changelog names, in every language."""
    whole = page.replace("  <releases/>", release_notes.appstream(_releases(source)))
    return merged.appstream_page(whole, _languages(source))


def _languages(source: Source) -> Path:
    return source.folder / "resources" / "locale"


def _lay_out_papers(tree: Path, source: Source, wheels: Sequence[Wheel]) -> None:
    folder = tree / "usr/share/doc/numbguard"
    _write(folder / "copyright", copyright_file((source.folder / "LICENSE").read_text(encoding="utf-8"), wheels))
    _write_gzipped(folder / "changelog.gz", release_notes.debian(_releases(source), maintainer=MAINTAINER))
    for name in ("USING.md", "DBUS.md"):
        paper = source.folder / "docs" / name
        if paper.is_file():  # the commit of 0.1.0 has only the first
            _write_gzipped(folder / f"{name}.gz", paper.read_text(encoding="utf-8"))
    _copy(FILES / "debian" / "lintian-overrides", tree / "usr/share/lintian/overrides/numbguard")
    script = (FILES / "debian" / "numbguard.rtupdate").read_text(encoding="utf-8")
    _write(tree / "usr/share/python3/runtime.d/numbguard.rtupdate", script, executable=True)


_LGPL = """ This library is free software; you can redistribute it and/or modify it
 under the terms of the GNU Lesser General Public License, version 3, as
 published by the Free Software Foundation. On Debian systems, its text is in
 /usr/share/common-licenses/LGPL-3; the GNU General Public License, on which
 it builds, is in /usr/share/common-licenses/GPL-3."""
_QT_NOTICE = """Files: usr/lib/numbguard/PySide6/* usr/lib/numbguard/shiboken6/*
Copyright: The Qt Company Ltd. and other contributors
License: LGPL-3
Comment: Qt for Python and Qt, unchanged from the wheels that their authors
 publish; files that NumbGuard does not use are left out. They may be replaced
 by other builds of the same version. The sources are those of
 https://code.qt.io/ at the version that usr/lib/numbguard/*.dist-info names.
 Qt contains ICU (Unicode, Inc., under the Unicode licence) and other parts,
 which https://doc.qt.io/qt-6/licenses-used-in-qt.html lists."""

_CHIMES_NOTICE = f"""Files: usr/lib/numbguard/numbguard/_resources/sounds/* usr/share/metainfo/*
Copyright: none; the NumbGuard authors dedicate these files to the public domain
License: {LICENCE_OF_SOUNDS}"""
_CC0 = """ On Debian systems, the text of the CC0 1.0 Universal dedication is in
 /usr/share/common-licenses/CC0-1.0."""


def copyright_file(licence: str, wheels: Iterable[Wheel]) -> str:
    """Debian's copyright file: the licences of NumbGuard and its chimes, and that of each wheel."""
    holder = next(line for line in licence.splitlines() if line.startswith("Copyright"))
    text = licence.partition(holder)[2].strip()
    paragraphs = [
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: NumbGuard",
        f"Files: *\n{holder.replace('Copyright (c)', 'Copyright:')}\nLicense: MIT",
        _CHIMES_NOTICE,
        _QT_NOTICE,
    ]
    for wheel in wheels:
        if wheel.name in ("pyside6-essentials", "shiboken6"):
            continue
        folder = re.sub(r"[-.]", "_", wheel.name)
        author = " ".join(filter(None, (wheel.metadata["Author"], wheel.metadata["Author-email"]))) or "its authors"
        paragraphs.append(
            f"Files: usr/lib/numbguard/{folder}/* usr/lib/numbguard/{folder}-*\n"
            f"Copyright: {' '.join(author.split())}\nLicense: {wheel.licence}"
        )
    paragraphs.append("License: MIT\n" + "\n".join(f" {line}" if line.strip() else " ." for line in text.splitlines()))
    paragraphs.append(f"License: LGPL-3\n{_LGPL}")
    paragraphs.append(f"License: {LICENCE_OF_SOUNDS}\n{_CC0}")
    return "\n\n".join(paragraphs) + "\n"


def _lay_out_control(tree: Path, source: Source, architecture: str) -> None:
    glibc = _GLIBC.match(PLATFORMS[architecture])
    assert glibc
    libraries = depends_on(qt_parts.outside_libraries(tree / LIBRARY), glibc=f"{glibc[1]}.{glibc[2]}")
    files = [path for path in sorted(tree.rglob("*")) if path.is_file()]
    values = {
        "VERSION": source.version,
        "ARCHITECTURE": architecture,
        "INSTALLED_SIZE": str(sum(-(-path.stat().st_size // 1024) for path in files)),
        "DEPENDS": ", ".join([*libraries, "python3 (>= 3.11)"]),
    }
    sums = "".join(f"{_md5(path)}  {path.relative_to(tree).as_posix()}\n" for path in files)
    _write(tree / "DEBIAN/control", filled((FILES / "debian" / "control").read_text(encoding="utf-8"), values))
    _write(tree / "DEBIAN/md5sums", sums)
    for name in _SCRIPTS:
        _write(tree / "DEBIAN" / name, (FILES / "debian" / name).read_text(encoding="utf-8"), executable=True)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with each `@NAME@` replaced by its value. Raises `KeyError` for a name without one."""
    return re.sub(r"@([A-Z_]+)@", lambda found: values[found[1]], text)


def _pack(tree: Path, package: Path, source: Source) -> Path:
    for path in (tree, *sorted(tree.rglob("*"))):
        executable = path.is_dir() or os.access(path, os.X_OK)
        path.chmod(0o755 if executable else 0o644)
        os.utime(path, (source.epoch, source.epoch))
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--threads-max=1", "--build", str(tree), str(package)]
    done = subprocess.run(command, env=source.environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PackageError(f"dpkg-deb could not pack the tree:\n{done.stderr}")
    return package


def _releases(source: Source) -> Sequence[release_notes.Release]:
    changelog = (source.folder / "CHANGELOG.md").read_text(encoding="utf-8")
    return release_notes.releases(changelog, version=source.version, day=_day(source).date())


def _day(source: Source) -> datetime:
    return datetime.fromtimestamp(source.epoch, UTC)


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(file.read_bytes())


def _write(path: Path, text: str, *, executable: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755 if executable else 0o644)


def _write_gzipped(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def _md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
