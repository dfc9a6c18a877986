"""The launcher entry, the AppStream page and the icons are valid and describe the app correctly."""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ElementTree
from configparser import ConfigParser
from pathlib import Path

import pytest

from numbguard import __version__
from tools.package.deb import appstream_page
from tools.package.source import Source

CHECKOUT = Path(__file__).resolve().parents[2]
LINUX = CHECKOUT / "packaging" / "linux"
NAME = "org.numbguard.NumbGuard"
LAUNCHER = LINUX / f"{NAME}.desktop"
PAGE = LINUX / f"{NAME}.metainfo.xml"


@pytest.fixture(scope="module")
def page_text() -> str:
    """The page as packages contain it: with the releases."""
    source = Source(CHECKOUT, commit="", epoch=1_796_083_200)
    return appstream_page(PAGE.read_text(encoding="utf-8"), source)


def launcher() -> ConfigParser:
    entry = ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(LAUNCHER, encoding="utf-8")
    return entry


def test_the_launcher_entry_is_valid() -> None:
    done = subprocess.run(["desktop-file-validate", LAUNCHER], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_appstream_page_is_valid_but_for_the_homepage_that_there_is_not(page_text: str, tmp_path: Path) -> None:
    packed = tmp_path / PAGE.name
    packed.write_text(page_text, encoding="utf-8")
    command = ["appstreamcli", "validate", "--no-net", "--no-color", packed]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = [line.split()[2] for line in done.stdout.splitlines() if line.startswith(("E: ", "W: "))]
    homepage = ElementTree.parse(PAGE).getroot().find("url[@type='homepage']")
    # AppStream 1.0 warns of this; older versions do not know the tag, so they cannot be told to ignore it.
    missing = ["url-homepage-missing"] if homepage is None else []
    assert done.returncode == 0 or found == missing, done.stdout + done.stderr


def test_the_page_names_its_developer_as_appstream_1_0_has_it() -> None:
    page = ElementTree.parse(PAGE).getroot()
    assert page.findtext("developer/name") == "The NumbGuard authors"
    assert page.find("developer_name") is None


def test_the_launcher_offers_what_one_wants_without_opening_anything() -> None:
    entry = launcher()
    actions = [name for name in entry["Desktop Entry"]["Actions"].split(";") if name]
    offered = {entry[f"Desktop Action {name}"]["Name"]: entry[f"Desktop Action {name}"]["Exec"] for name in actions}
    assert offered == {
        "Log numbness": "numbguard log",
        "Start a break": "numbguard break start",
        "Pause for an hour": "numbguard pause 1h",
    }


def test_launcher_page_and_icons_have_one_name() -> None:
    page = ElementTree.parse(PAGE).getroot()
    assert page.findtext("id") == NAME
    assert page.findtext("launchable") == LAUNCHER.name
    assert launcher()["Desktop Entry"]["Icon"] == NAME
    icons = LINUX / "icons" / "hicolor"
    for size in (16, 22, 24, 32, 48, 64, 128, 256, 512):
        picture = (icons / f"{size}x{size}" / "apps" / f"{NAME}.png").read_bytes()
        width, height = (int.from_bytes(picture[start : start + 4], "big") for start in (16, 20))
        assert (width, height) == (size, size)
    assert (icons / "scalable" / "apps" / f"{NAME}.svg").exists()


def test_the_page_gets_the_releases_from_the_changelog_when_it_is_packed(page_text: str) -> None:
    newest = ElementTree.fromstring(page_text).findall("releases/release")[0]
    assert newest.get("version") == __version__


def test_the_symbolic_icon_has_one_colour() -> None:
    icon = ElementTree.parse(LINUX / f"{NAME}-symbolic.svg").getroot()
    assert {part.get("fill") for part in icon.iter()} - {None} == {"#2e3436"}
