"""Which files of the wheels a package keeps: what NumbGuard uses of Qt, and of the others all but their tests.

`tools.package.deb` calls it. Qt's libraries are not listed: those are kept that a kept module or plugin links to,
directly or through another one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from tools.package.libraries.elf import is_elf, needed

MODULES = ("QtCore", "QtGui", "QtSvg", "QtWidgets")
"""The modules that NumbGuard imports; a test compares them with its source."""
PLUGINS = (
    *("platforms/libqxcb.so", "platforms/libqwayland.so", "platforms/libqoffscreen.so"),
    *("platformthemes/libqgtk3.so", "platformthemes/libqxdgdesktopportal.so"),
    *("platforminputcontexts/libcomposeplatforminputcontextplugin.so",),
    *("platforminputcontexts/libibusplatforminputcontextplugin.so",),
    "iconengines/libqsvgicon.so",
    *(f"imageformats/libq{kind}.so" for kind in ("gif", "svg", "webp")),
    *("wayland-decoration-client/libadwaita.so", "wayland-decoration-client/libbradient.so"),
    "wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
    "wayland-shell-integration/libxdg-shell.so",
    *("xcbglintegrations/libqxcb-egl-integration.so", "xcbglintegrations/libqxcb-glx-integration.so"),
)
"""Both display servers with their input methods, decorations and themes; the formats of a card's picture."""
OPTIONAL_PLUGINS = ("platformthemes/libqgtk3.so",)
"""Plugins that Qt loads only on a desktop that has their libraries already: those are no dependency of a package."""
_QT = PurePosixPath("PySide6/Qt")
_UNUSED_SUFFIXES = frozenset({".pyi", ".h", ".cmake", ".typed"})
_UNUSED_FOLDERS = frozenset(
    {"tests", "include", "doc", "glue", "scripts", "typesystems", "metatypes", "qml", "libexec"}
)
_UNUSED_FILES = frozenset({"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"})


def is_kept(place: PurePosixPath, languages: Collection[str] = ()) -> bool:
    """Whether a file of a wheel belongs into a package. `languages`: those that NumbGuard is translated into."""
    if (
        place.suffix in _UNUSED_SUFFIXES
        or place.name in _UNUSED_FILES
        or _UNUSED_FOLDERS.intersection(place.parts[:-1])
    ):
        return False
    if place.parts[0].endswith(".data"):
        return False
    if place.parts[0] == "plyer" and len(place.parts) > 3 and place.parts[1] == "platforms":
        return place.parts[2] == "linux"
    if place.parts[0] != "PySide6":
        return True
    if place.is_relative_to(_QT):
        return _is_kept_of_qt(place.relative_to(_QT), languages)
    if place.parent == PurePosixPath("PySide6") and place.suffix != ".py":
        return place.name.split(".")[0] in (*MODULES, "libpyside6")
    return place.suffix == ".py"


def _is_kept_of_qt(place: PurePosixPath, languages: Collection[str]) -> bool:
    match place.parts[0]:
        case "lib":
            return True  # thinned out by `unlinked_libraries`, once everything is unpacked
        case "plugins":
            return place.relative_to("plugins").as_posix() in PLUGINS
        case "translations":
            return place.stem.startswith("qtbase_") and place.stem.removeprefix("qtbase_") in languages
        case _:
            return False


def unlinked_libraries(folder: Path) -> list[Path]:
    """Qt's libraries below a folder that no other kept file links to, directly or through another library."""
    libraries = {path.name: path for path in (folder / _QT / "lib").iterdir()}
    waiting = [path for path in elf_files(folder) if path.name not in libraries]
    used: set[str] = set()
    while waiting:
        for name in needed(waiting.pop()) & libraries.keys():
            if name not in used:
                used.add(name)
                waiting.append(libraries[name])
    return sorted(path for name, path in libraries.items() if name not in used)


def outside_libraries(folder: Path) -> frozenset[str]:
    """The names of the libraries that the files below a folder need of the system."""
    files = list(elf_files(folder))
    inside = {path.name for path in files}
    optional = {_QT / "plugins" / plugin for plugin in OPTIONAL_PLUGINS}
    found: set[str] = set()
    for path in files:
        if PurePosixPath(path.relative_to(folder).as_posix()) not in optional:
            found |= needed(path) - inside
    return frozenset(found)


def elf_files(folder: Path) -> Iterable[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and is_elf(path))
