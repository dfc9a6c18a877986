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
from tools.translations.compiled import language_of, po_files
from tools.translations.merged import launcher_entry

CHECKOUT = Path(__file__).resolve().parents[2]
LINUX = CHECKOUT / "packaging" / "linux"
NAME = "org.numbguard.NumbGuard"
LAUNCHER = LINUX / f"{NAME}.desktop"
PAGE = LINUX / f"{NAME}.metainfo.xml"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TEXTS = {
    *(("Desktop Entry", key) for key in ("GenericName", "Comment", "Keywords")),
    *((f"Desktop Action {action}", "Name") for action in ("log", "break", "pause")),
}
"""What a launcher entry has in words, besides NumbGuard's own name."""


@pytest.fixture(scope="module")
def page_text() -> str:
    """The page as packages contain it: with the releases."""
    source = Source(CHECKOUT, commit="", epoch=1_796_083_200)
    return appstream_page(PAGE.read_text(encoding="utf-8"), source)


def launcher(text: str = "") -> ConfigParser:
    """The keys of a launcher entry, which is the one in English unless a text is given."""
    entry = ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string(text or LAUNCHER.read_text(encoding="utf-8"))
    return entry


def in_every_language() -> str:
    """The launcher entry as packages contain it."""
    return launcher_entry(LAUNCHER.read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", [LAUNCHER.read_text(encoding="utf-8"), in_every_language()], ids=["English", "packed"])
def test_the_launcher_entry_is_valid(text: str, tmp_path: Path) -> None:
    entry = tmp_path / LAUNCHER.name
    entry.write_text(text, encoding="utf-8")
    done = subprocess.run(["desktop-file-validate", entry], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_packed_entry_has_each_of_its_texts_in_every_language() -> None:
    english, packed = launcher(), launcher(in_every_language())
    texts = [(part, key) for part in english.sections() for key in english[part] if (part, key) in TEXTS]
    assert len(texts) == len(TEXTS)
    for language in map(language_of, po_files()):
        for part, key in texts:
            assert packed[part][f"{key}[{language}]"] not in ("", english[part][key])
        listed = [packed["Desktop Entry"][f"Keywords{of}"].count(";") for of in ("", f"[{language}]")]
        assert listed == [8, 8]
    without = {part: {k: v for k, v in packed[part].items() if "[" not in k} for part in packed.sections()}
    assert without == {part: dict(english[part]) for part in english.sections()}
    assert packed["Desktop Entry"]["GenericName[de]"] == "Bewegungspausen"


def test_the_packed_page_has_each_of_its_sentences_in_every_language(page_text: str) -> None:
    english = [one for one in ElementTree.parse(PAGE).getroot().iter() if one.tag in ("summary", "p", "li")]
    packed = ElementTree.fromstring(page_text)
    description = [*packed.findall("summary"), *packed.findall("description//*")]
    languages = [language_of(po) for po in po_files()]
    for language in languages:
        mine = [one.text for one in description if one.get(LANG) == language]
        assert len(mine) == len(english) and all(mine)
    # Each sentence is followed by its translations, as software centres expect it.
    assert [one.get(LANG) for one in packed.findall("description/ul/*")] == [None, *languages] * 4


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
