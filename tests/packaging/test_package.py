"""The packages: the same bytes wherever they are built, no part of Qt too few, every licence named."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
import zipfile
from datetime import date
from pathlib import Path, PurePosixPath

import PySide6
import pytest

from tools.package import deb
from tools.package.libraries import qt_parts
from tools.package.libraries.elf import is_elf, needed
from tools.package.libraries.locked_wheels import LOCK, Wheel, licence_of, read_lock
from tools.package.libraries.system_libraries import depends_on
from tools.package.papers import release_notes
from tools.package.papers.bill_of_materials import bill_of_materials, written
from tools.package.source import PackageError, Source

CHECKOUT = Path(__file__).resolve().parents[2]
QT = Path(PySide6.__file__).parent / "Qt"
on_linux = pytest.mark.skipif(os.name == "nt" or not (QT / "plugins").is_dir(), reason="the wheels of Linux")


def make_wheel(folder: Path, name: str, *, metadata: str = "", files: dict[str, str] | None = None) -> Wheel:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(
            f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{metadata}\n"
        )
        for place, text in (files or {}).items():
            wheel.writestr(place, text)
    return Wheel(path)


# --- the parts of Qt ----------------------------------------------------------------------------------------------


def test_the_kept_modules_are_those_that_numbguard_imports() -> None:
    imported = set()
    for module in (CHECKOUT / "numbguard").rglob("*.py"):
        imported |= set(re.findall(r"^\s*(?:from|import) PySide6\.(\w+)", module.read_text(encoding="utf-8"), re.M))
    assert imported == set(qt_parts.MODULES)


@on_linux
def test_every_plugin_that_is_kept_is_in_this_qt() -> None:
    assert [plugin for plugin in qt_parts.PLUGINS if not (QT / "plugins" / plugin).is_file()] == []


@on_linux
def test_the_libraries_that_nothing_links_to_go_and_debian_has_what_the_others_need(tmp_path: Path) -> None:
    site = QT.parents[1]
    for path in (*(QT.parent).rglob("*.so*"), *(site / "shiboken6").rglob("*.so*")):
        place = PurePosixPath(path.relative_to(site).as_posix())
        if qt_parts.is_kept(place):
            (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / place).symlink_to(path)
    gone = {path.name for path in qt_parts.unlinked_libraries(tmp_path)}
    assert {"libQt6Qml.so.6", "libQt6Quick.so.6", "libQt6Sql.so.6", "libQt6Network.so.6"} <= gone
    assert gone.isdisjoint({"libQt6Core.so.6", "libQt6XcbQpa.so.6", "libQt6DBus.so.6", "libQt6WaylandClient.so.6"})
    for name in gone:
        (tmp_path / "PySide6" / "Qt" / "lib" / name).unlink()
    packages = depends_on(qt_parts.outside_libraries(tmp_path), glibc="2.34")
    assert "libc6 (>= 2.34)" in packages
    assert {"libxcb-cursor0", "libegl1", "libfontconfig1"} <= set(packages)


def test_translations_of_qt_are_kept_only_for_languages_that_numbguard_speaks() -> None:
    place = PurePosixPath("PySide6/Qt/translations/qtbase_de.qm")
    assert qt_parts.is_kept(place, ["de"])
    assert not qt_parts.is_kept(place)
    assert not qt_parts.is_kept(PurePosixPath("PySide6/Qt/translations/designer_de.qm"), ["de"])


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ("numbguard/_resources/locale/de/LC_MESSAGES/numbguard.mo", True),
        ("apscheduler-3.11.3.dist-info/entry_points.txt", True),
        ("apscheduler-3.11.3.dist-info/RECORD", False),
        ("jeepney/tests/test_auth.py", False),
        ("plyer/platforms/linux/notification.py", True),
        ("plyer/platforms/win/notification.py", False),
        ("plyer/platforms/__init__.py", True),
        ("PySide6/designer", False),
        ("PySide6/QtCore.abi3.so", True),
        ("PySide6/QtQml.abi3.so", False),
        ("PySide6/libpyside6.abi3.so.6.11", True),
        ("PySide6/libpyside6qml.abi3.so.6.11", False),
        ("PySide6/Qt/qml/builtins.qmltypes", False),
    ],
)
def test_what_is_kept_of_a_wheel(place: str, kept: bool) -> None:
    assert qt_parts.is_kept(PurePosixPath(place)) is kept


@on_linux
def test_needed_reads_what_readelf_prints() -> None:
    core = QT.parent / "QtWidgets.abi3.so"
    assert is_elf(core)
    assert {"libQt6Widgets.so.6", "libpyside6.abi3.so.6.11", "libc.so.6"} <= needed(core)
    if shutil.which("readelf"):
        told = subprocess.run(["readelf", "--dynamic", core], capture_output=True, text=True, check=True).stdout
        assert needed(core) == set(re.findall(r"\(NEEDED\).*\[(.+)\]", told))


def test_a_library_of_which_no_package_is_known_stops_the_build() -> None:
    with pytest.raises(PackageError, match=r"libnew\.so\.7 is needed"):
        depends_on(["libnew.so.7"], glibc="2.34")


# --- the lock and the wheels --------------------------------------------------------------------------------------


def test_every_package_of_the_lock_is_read_with_its_hashes() -> None:
    text = (CHECKOUT / LOCK).read_text(encoding="utf-8")
    lock = read_lock(text)
    assert len(lock) == len(re.findall(r"^[a-z0-9.-]+==", text, re.M))
    assert sum(len(package.hashes) for package in lock.values()) == text.count("--hash=sha256:")


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ("License-Expression: MIT OR Apache-2.0\nLicense: other", "MIT OR Apache-2.0"),
        ("License: LGPL-3.0-only", "LGPL-3.0-only"),
        ("License: MIT License", "MIT"),
        ("Classifier: License :: OSI Approved :: Apache Software License", "Apache-2.0"),
        ("", ""),
    ],
)
def test_the_licence_is_found_wherever_the_metadata_states_it(tmp_path: Path, metadata: str, licence: str) -> None:
    assert licence_of(make_wheel(tmp_path, "one", metadata=metadata).metadata) == licence


def test_a_wheel_with_a_file_outside_of_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="outside of itself"):
        make_wheel(tmp_path, "one", files={"../elsewhere.py": ""}).unpack(tmp_path / "into", lambda _place: True)


def test_the_bill_of_materials_names_hash_licence_and_who_needs_whom(tmp_path: Path) -> None:
    wheels = [
        make_wheel(tmp_path, "two", metadata="License: MIT License\nAuthor: Somebody\nRequires-Dist: one"),
        make_wheel(tmp_path, "one", metadata='License: Apache-2.0\nRequires-Dist: three; extra == "more"'),
    ]
    bill = bill_of_materials(wheels, version="1.0.0", commit="c0ffee", requirements=["two"])
    components = bill["components"]
    assert isinstance(components, list)
    assert [(one["name"], one["licenses"][0]["expression"]) for one in components] == [
        ("one", "Apache-2.0"),
        ("two", "MIT"),
    ]
    assert components[1]["hashes"] == [{"alg": "SHA-256", "content": wheels[0].sha256}]
    assert bill["dependencies"] == [
        {"ref": "pkg:pypi/numbguard@1.0.0", "dependsOn": ["pkg:pypi/two@1.0"]},
        {"ref": "pkg:pypi/one@1.0", "dependsOn": []},
        {"ref": "pkg:pypi/two@1.0", "dependsOn": ["pkg:pypi/one@1.0"]},
    ]
    again = bill_of_materials(reversed(wheels), version="1.0.0", commit="c0ffee", requirements=["two"])
    assert written(again) == written(bill)


def test_the_bill_of_materials_names_each_chime_with_the_licence_that_its_paper_states() -> None:
    folder = CHECKOUT / "resources" / "sounds"
    chimes = sorted(folder.glob("*.wav"))
    bill = bill_of_materials([], version="1.0.0", commit="c0ffee", requirements=[], chimes=reversed(chimes))
    components = bill["components"]
    assert isinstance(components, list)
    assert [Path(one["name"]).name for one in components] == [path.name for path in chimes]
    assert all(len(one["hashes"][0]["content"]) == 64 for one in components)
    paper = (folder / "LICENCE.md").read_text(encoding="utf-8")
    stated = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["license"]
    metadata = bill["metadata"]
    assert isinstance(metadata, dict)
    assert metadata["component"]["licenses"] == [{"expression": stated}]
    for one in components:
        assert f"(SPDX: `{one['licenses'][0]['license']['id']}`)" in paper
        assert f"`{Path(one['name']).name}`" in paper


def test_a_library_without_a_licence_stops_the_release(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="states no licence"):
        bill_of_materials([make_wheel(tmp_path, "one")], version="1.0.0", commit="c0ffee", requirements=[])


# --- the releases -------------------------------------------------------------------------------------------------

CHANGELOG = """# Changelog

All that a person would notice.

## Unreleased

Counted right ([how](docs/COUNTING.md)):

- Every second is counted **once**: see
  [the page](docs/COUNTING.md) & `check`.
- Another point.

## 0.1.0, 23 November 2026

- The first one.
"""


def test_what_is_unreleased_belongs_to_the_version_of_the_program() -> None:
    newest, first = release_notes.releases(CHANGELOG, version="1.0.0", day=date(2026, 12, 1))
    assert (newest.version, newest.day) == ("1.0.0", date(2026, 12, 1))
    assert newest.points == ("Every second is counted once: see the page & check.", "Another point.")
    assert (first.version, first.day) == ("0.1.0", date(2026, 11, 23))


def test_a_version_that_is_not_raised_yet_is_listed_once() -> None:
    (first,) = release_notes.releases(CHANGELOG, version="0.1.0", day=date(2026, 12, 1))
    assert first.points == ("The first one.",)


def test_appstream_and_debian_get_the_same_releases() -> None:
    found = release_notes.releases(CHANGELOG, version="1.0.0", day=date(2026, 12, 1))
    page = release_notes.appstream(found)
    assert '<release version="1.0.0" date="2026-12-01">' in page
    assert "see the page &amp; check." in page
    changelog = release_notes.debian(found, maintainer="Somebody <somebody@example.org>")
    assert changelog.startswith("numbguard (1.0.0) unstable; urgency=medium\n\n  * Every second is counted once")
    assert " -- Somebody <somebody@example.org>  Tue, 01 Dec 2026 12:00:00 +0000\n" in changelog


def test_the_changelog_of_this_checkout_is_read() -> None:
    text = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = release_notes.releases(text, version="9.9.9", day=date(2026, 12, 1))[0]
    assert newest.points
    assert all(not re.search(r"\]\(|\*\*|`", point) for point in newest.points)


# --- the .deb ------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg-deb, which packs a .deb, is not here")
def test_two_trees_in_two_folders_are_packed_into_the_same_bytes(tmp_path: Path) -> None:
    packed = []
    for number, mask in enumerate((0o022, 0o077)):
        tree = tmp_path / f"folder {number}" / "tree"
        former = os.umask(mask)
        try:
            for place in sorted(("usr/bin/numbguard", "usr/share/doc/numbguard/copyright"), reverse=bool(number)):
                (tree / place).parent.mkdir(parents=True, exist_ok=True)
                (tree / place).write_text(place, encoding="utf-8")
            (tree / "usr/bin/numbguard").chmod(0o700 | 0o111 * number)
            (tree / "DEBIAN").mkdir()
            control = (CHECKOUT / "packaging/debian/control").read_text(encoding="utf-8")
            values = {"VERSION": "1.0.0", "ARCHITECTURE": "amd64", "INSTALLED_SIZE": "1", "DEPENDS": "python3"}
            (tree / "DEBIAN/control").write_text(deb.filled(control, values), encoding="utf-8")
        finally:
            os.umask(former)
        source = Source(tmp_path, commit="c0ffee", epoch=1_700_000_000)
        packed.append(deb._pack(tree, tmp_path / f"{number}.deb", source).read_bytes())
    assert packed[0] == packed[1]


def test_the_copyright_file_names_each_library_with_its_licence(tmp_path: Path) -> None:
    wheels = [make_wheel(tmp_path, "plyer", metadata="License: MIT\nAuthor: The Kivy team")]
    text = deb.copyright_file((CHECKOUT / "LICENSE").read_text(encoding="utf-8"), wheels)
    assert "Files: usr/lib/numbguard/plyer/* usr/lib/numbguard/plyer-*\nCopyright: The Kivy team\nLicense: MIT" in text
    assert "License: LGPL-3\n" in text
    assert "_resources/sounds/* usr/share/metainfo/*\nCopyright: none" in text
    assert "License: CC0-1.0\n On Debian systems" in text
    assert "Permission is hereby granted" in text


def test_the_scripts_of_the_package_are_sound_and_touch_no_home() -> None:
    for name in ("postinst", "prerm", "postrm", "numbguard.rtupdate"):
        path = CHECKOUT / "packaging" / "debian" / name
        subprocess.run(["sh", "-n", path], check=True)
        commands = [
            line for line in path.read_text(encoding="utf-8").splitlines() if "echo" not in line and '"~' not in line
        ]
        assert not [line for line in commands if "/home" in line or "$HOME" in line or "~/" in line]
