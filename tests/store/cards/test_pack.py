"""Packs out and in, and what a bad one gets: a sentence with its line, at once, and nothing written."""

from __future__ import annotations

import base64
import os
import sys
import time
import tomllib
from pathlib import Path

import pytest

from numbguard.resources import resource
from numbguard.store.cards.library import Library
from numbguard.store.cards.pack import MAX_FILE, MAX_WORDS, PackChanges, PackError, export_pack, import_pack
from numbguard.store.profile import Profile
from tests.core.cards.test_picture_rules import PNG, svg

OURS = resource("cards")
PICTURE = PNG + bytes(600)
GOOD = f"""\
numbguard_pack = 1
title = "From the practice"

[[card]]
slug = "heel-slides"
title = "Heel slides"
why = "As shown in the practice."
section = "help.therapy"
places = ["seated"]
regions = ["knee"]
muscle = "hamstring"

[card.picture]
kind = "png"
data = '''
{base64.encodebytes(PICTURE).decode()}'''

[[card.steps]]
text = "Slide the heel back."
seconds = 30
side = "left"

[[card.steps]]
text = "And the other."
seconds = 30
side = "right"

[[card]]
slug = "my-quad"
title = "My quad stretch"
why = "Longer on the left."
section = "help.therapy"
places = ["standing"]
regions = ["thigh_front"]
muscle = "quad"
like = "quad"
steps = [
  {{ text = "Pull the left heel up.", seconds = 60, side = "left", motion = "pull" }},
]

[[routine]]
slug = "evening"
title = "Evening"
cards = ["heel-slides", "quad"]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "practice.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def taken_in(path: Path, profile: Profile, *, replace: bool = False) -> PackChanges:
    return import_pack(path, profile, ours=OURS, replace=replace)


def refusal(path: Path, profile: Profile, content: str | bytes) -> str:
    """What is said of a pack; it must be said within a second, in one line, and leave the profile as it was."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    began = time.process_time()
    with pytest.raises(PackError) as caught:
        taken_in(path, profile)
    # A debugger or the measuring of coverage goes along with each line.
    assert time.process_time() - began < (1.0 if sys.gettrace() is None else 5.0)
    said = str(caught.value)
    assert said.isprintable() and len(said) < 900
    assert not profile.cards.exists() and not profile.routines.exists()
    return said.removeprefix(str(path))


def test_a_pack_brings_its_cards_pictures_and_routines(pack: Path, profile: Profile) -> None:
    assert taken_in(pack, profile) == PackChanges(("heel-slides", "my-quad"), ("evening",))
    library = Library(OURS, profile.cards)
    slides, quad = library.card("heel-slides"), library.card("my-quad")
    assert slides and slides.image and slides.image.data == PICTURE
    assert quad and set(quad.motions) == {"pull"}
    assert library.complaints == ()
    routine = tomllib.loads((profile.routines / "evening.toml").read_text(encoding="utf-8"))
    assert routine["cards"] == ["heel-slides", "quad"]


def test_the_same_pack_twice_changes_nothing(pack: Path, profile: Profile) -> None:
    taken_in(pack, profile)
    before = {path: path.stat().st_mtime_ns for path in profile.folder.rglob("*")}
    assert taken_in(pack, profile) == PackChanges((), ())
    assert {path: path.stat().st_mtime_ns for path in profile.folder.rglob("*")} == before


def test_another_card_of_the_name_is_kept_unless_it_is_to_be_replaced(pack: Path, profile: Profile) -> None:
    taken_in(pack, profile)
    pack.write_text(GOOD.replace("Longer on the left", "Shorter"), encoding="utf-8")
    with pytest.raises(PackError, match="you already have a different “my-quad”"):
        taken_in(pack, profile)
    assert taken_in(pack, profile, replace=True) == PackChanges(("my-quad",), ())
    card = Library(profile.cards).cards()[1]
    assert card.why == "Shorter."


def test_a_pack_does_not_quietly_take_the_place_of_our_cards(pack: Path, profile: Profile) -> None:
    pack.write_text(GOOD.replace('"my-quad"', '"calf-raises"'), encoding="utf-8")
    with pytest.raises(PackError, match="you already have a different “calf-raises”"):
        taken_in(pack, profile)


def test_what_is_exported_comes_in_the_same_elsewhere(pack: Path, profile: Profile, tmp_path: Path) -> None:
    taken_in(pack, profile)
    # One that was written by hand, and one of ours that the person took over with all its motions.
    (profile.cards / "my-twist.toml").write_bytes((OURS / "seated-twist.toml").read_bytes())
    shared = tmp_path / "shared.toml"
    assert export_pack(shared, profile, ours=OURS) == PackChanges(("heel-slides", "my-quad", "my-twist"), ("evening",))
    other = Profile.find(str(tmp_path / "other"))
    assert taken_in(shared, other).cards == ("heel-slides", "my-quad", "my-twist")
    here, there = Library(OURS, profile.cards), Library(OURS, other.cards)
    for slug in ("heel-slides", "my-quad", "my-twist"):
        assert here.card(slug) == there.card(slug)
    assert not there.complaints
    assert max(map(len, shared.read_text(encoding="utf-8").splitlines())) < 2000


def test_nothing_of_ones_own_makes_no_pack(profile: Profile, tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no cards or routines of your own"):
        export_pack(tmp_path / "empty.toml", profile, ours=OURS)
    assert not (tmp_path / "empty.toml").exists()


def test_a_card_that_lost_its_picture_is_left_out_of_the_library(pack: Path, profile: Profile) -> None:
    taken_in(pack, profile)
    (profile.cards / "heel-slides.png").write_bytes(b"GIF89a")
    library = Library(OURS, profile.cards)
    assert library.card("heel-slides") is None
    assert "its picture isn't a PNG" in library.complaints[0]
    (profile.cards / "heel-slides.png").unlink()
    assert Library(OURS, profile.cards).card("heel-slides") is None


def test_cards_that_borrow_from_one_another_borrow_from_nobody(pack: Path, profile: Profile) -> None:
    taken_in(pack, profile)
    for slug, like in (("a", "b"), ("b", "a"), ("c", "c")):
        text = (profile.cards / "my-quad.toml").read_text(encoding="utf-8").replace('"quad"\n', f'"{like}"\n')
        text = text.replace('muscle = "a"', 'muscle = "quad"').replace('muscle = "b"', 'muscle = "quad"')
        (profile.cards / f"{slug}.toml").write_text(text.replace('muscle = "c"', 'muscle = "quad"'), encoding="utf-8")
    library = Library(OURS, profile.cards)
    assert [library.card(slug) for slug in "abc"] == [None, None, None]
    assert all("isn't a card with motions of its own" in each for each in library.complaints)


def test_a_card_that_comes_while_the_library_is_in_use_is_seen(pack: Path, profile: Profile) -> None:
    library = Library(OURS, profile.cards)
    before = len(library.cards())
    taken_in(pack, profile)
    assert len(library.cards()) == before + 2


# --- bad packs -------------------------------------------------------------------------------------------------------

LINE = {text: number for number, text in reversed(list(enumerate(GOOD.split("\n"), 1)))}
AFTER_PICTURE = LINE["[[card.steps]]"]

STEP = '[[card.steps]]\ntext = "Slide."\nseconds = 5\n'
HEAD = GOOD.split("[card.picture]")[0]
BAD = {
    "not TOML": (GOOD.replace('side = "left"', "side = left", 1), LINE['side = "left"'], "this is not valid TOML"),
    "cut off": (GOOD[:-5], GOOD.count("\n"), "this is not valid TOML"),
    "no pack": (GOOD.replace("numbguard_pack = 1\n", ""), None, "the line “numbguard_pack = 1” is missing"),
    "missing step": (HEAD, LINE["[[card]]"], "Card “heel-slides”: steps is missing"),
    "missing words": (GOOD.replace('text = "And the other."\n', ""), AFTER_PICTURE + 5, "steps 2.text is missing"),
    "an odd time": (GOOD.replace("seconds = 30", "seconds = 3000", 1), LINE["seconds = 30"], "between 3 and 300"),
    "10,000 steps": (HEAD + STEP * 10_000, len(HEAD.split("\n")), "it has 10000 steps; 12 in each card"),
    "30 steps": (HEAD + STEP * 30, len(HEAD.split("\n")), "1 to 12 entries, not 30"),
    "steps on one line": (GOOD.replace("seconds = 60", "seconds = 2"), LINE["steps = ["], "seconds must be between"),
    "a slug that climbs out": (
        GOOD.replace('"heel-slides"\ntitle', '"../../heel"\ntitle'), LINE['slug = "heel-slides"'], "lower-case letters",
    ),
    "a picture that climbs out": (
        HEAD + 'picture = "../../../etc/passwd"\n' + STEP, len(HEAD.split("\n")), "a pack contains its pictures itself",
    ),
    "a key of no card": (GOOD.replace('like = "quad"', 'run = "quad"'), LINE['like = "quad"'], "run is not a key"),
    "a routine of strangers": (GOOD.replace('"quad"]', '"squat"]'), LINE["[[routine]]"] + 3, "has “squat”"),
    "deep": ("x = " + "[" * 100_000, None, "isn't valid TOML"),
    "a long key": (".".join("a" * 100_000) + " = 1", 1, "more than 200 full stops"),
    "many words": ("a = 1\n" * (MAX_WORDS // 5), None, "more than 320 kB besides its pictures"),
    "dense": ("".join(f"k{number}=[[],[]]\n" for number in range(MAX_WORDS // 16)), None, "isn't a NumbGuard pack"),
    "a long number": ("a = " + "9" * 100_000, None, "isn't valid TOML"),
    "a vast number": (
        GOOD.replace("seconds = 60", "seconds = 0x" + "f" * 2000), LINE["steps = ["], "300, not something so large",
    ),
    "a name Windows keeps": (
        GOOD.replace('"heel-slides"\ntitle', '"con"\ntitle'), LINE['slug = "heel-slides"'], "Windows keeps for itself",
    ),
    "a title that steers the terminal": (
        GOOD.replace('"Heel slides"', '"Heel \\u001b[2J slides"'), LINE['title = "Heel slides"'], "can't be shown",
    ),
    "a title that turns its neighbours round": (
        GOOD.replace('"Heel slides"', '"Heel \\u202e slides"'), LINE['title = "Heel slides"'], "can't be shown",
    ),
    "a word that steers the terminal": (
        GOOD.replace('kind = "png"', 'kind = "a\\u001b[2J\\nb"'), LINE['kind = "png"'],
        "is “a\N{REPLACEMENT CHARACTER}[2J",
    ),
    "a title taken for a picture": (
        GOOD.replace('"Heel slides"', f'"{"x" * 9000}"'), LINE['title = "Heel slides"'], "longer than 60 characters",
    ),
    "a word without end": (
        GOOD.replace('kind = "png"', f'kind = "{"x" * 9000}"'), LINE['kind = "png"'], "xxx…”, which is not one of",
    ),
    "another form": (GOOD.replace("pack = 1", "pack = true"), 1, "newer than this NumbGuard"),
    "quotes": ('"' * 300_000, 1, "this is not valid TOML"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "line", "said"), BAD.values(), ids=list(BAD))
def test_a_bad_pack_is_refused_at_once_with_its_line(
    content: str, line: int | None, said: str, pack: Path, profile: Profile
) -> None:
    refused = refusal(pack, profile, content)
    assert said in refused
    assert refused.startswith(f", line {line}: " if line else ": ")
    assert refused.endswith(". Nothing was imported.")


def pictured(kind: str, data: str) -> str:
    return f"{HEAD}\n[card.picture]\nkind = \"{kind}\"\ndata = '''\n{data}'''\n\n{STEP}"


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<image href='http://example.org/x.png'/>", "has a <image>"),
        ("<path style='fill: url(http://example.org/x)'/>", "links to something outside itself"),
        ("<script>alert(1)</script>", "has a <script>"),
    ],
)
def test_an_svg_that_reaches_out_is_refused_with_the_line_of_its_data(
    inside: str, said: str, pack: Path, profile: Profile
) -> None:
    for data in (svg(inside).decode(), base64.encodebytes(svg(inside)).decode()):
        refused = refusal(pack, profile, pictured("svg", data))
        assert refused.startswith(f", line {len(HEAD.split(chr(10))) + 3}: Card “heel-slides”: picture.data {said}")


def test_an_svg_as_a_drawing_program_writes_it_may_stand_in_a_pack_as_it_is(pack: Path, profile: Profile) -> None:
    drawn = svg("<path d='" + "M0.1 0.2L3.4 5.6" * 300 + "'/>\n<g/>").decode()
    pack.write_text(pictured("svg", drawn).replace("seconds = 5", "seconds = 60"), encoding="utf-8")
    assert taken_in(pack, profile) == PackChanges(("heel-slides",), ())
    assert (profile.cards / "heel-slides.svg").read_text(encoding="utf-8") == drawn


def test_a_number_of_thousands_of_digits_in_a_card_leaves_that_card_out(pack: Path, profile: Profile) -> None:
    taken_in(pack, profile)
    for slug, number in (("a", "9" * 5000), ("b", "0x" + "f" * 2000)):
        text = (profile.cards / "my-quad.toml").read_text(encoding="utf-8")
        (profile.cards / f"{slug}.toml").write_text(
            text.replace("seconds = 60", f"seconds = {number}"), encoding="utf-8"
        )
    library = Library(OURS, profile.cards)
    assert library.card("my-quad") and not library.card("a") and not library.card("b")
    assert len(library.complaints) == 2


def test_an_entity_bomb_in_a_picture_is_refused(pack: Path, profile: Profile) -> None:
    bomb = "<!DOCTYPE s [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>" + svg("&b;").decode()
    assert "has a DOCTYPE" in refusal(pack, profile, pictured("svg", bomb))


def test_a_picture_of_a_hundred_megabytes_is_refused_without_being_read(pack: Path, profile: Profile) -> None:
    content = pictured("png", "A" * 100 * 2**20)
    assert "it is larger than 8 MB" in refusal(pack, profile, content)
    assert "is 5.2 MB; 1 MB is the limit" in refusal(pack, profile, pictured("png", "A" * (MAX_FILE - 2**20)))


def test_a_picture_that_would_be_vast_when_unpacked_is_refused(pack: Path, profile: Profile) -> None:
    vast = PNG[:16] + (60_000).to_bytes(4, "big") * 2 + bytes(300)
    assert "is 60000 by 60000 points" in refusal(pack, profile, pictured("png", base64.b64encode(vast).decode()))


def test_what_is_no_text_or_no_file_is_said_to_be_so(pack: Path, profile: Profile, tmp_path: Path) -> None:
    assert refusal(pack, profile, b"title = 1\n\xff").startswith(", line 2: this is not UTF-8 text")
    for path in (tmp_path, tmp_path / "gone.toml"):
        with pytest.raises(PackError, match="doesn't exist or isn't a file"):
            taken_in(path, profile)


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in the file system there")
def test_a_pipe_that_never_ends_is_not_read(profile: Profile, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(PackError, match="isn't a file"):
        taken_in(tmp_path / "pipe", profile)


def test_a_full_disk_is_said_to_be_so(pack: Path, profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numbguard.store.cards.pack.write_whole", full)
    with pytest.raises(PackError, match=r"could not be written \(no space left on device\)"):
        taken_in(pack, profile)
