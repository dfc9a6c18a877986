"""One's own cards and routines on disk: kept, copied, taken away and put back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from numbguard.core.cards.drafts import StepDraft, with_motions_from
from numbguard.core.cards.picture_rules import MAX_BYTES, PictureKind, checked_picture
from numbguard.core.cards.routines import Routine
from numbguard.resources import resource
from numbguard.store.cards.library import Library
from numbguard.store.cards.own_cards import OwnCards, OwnCardsError, picture_in
from numbguard.store.cards.pack import PackError, export_pack, import_pack
from numbguard.store.cards.routines import RoutineLibrary
from numbguard.store.profile import Profile
from tests.core.cards.test_drafts import SLIDES
from tests.core.cards.test_picture_rules import PNG, gif, svg
from tests.only_on_unix import is_private

OURS = resource("cards")


@pytest.fixture
def shelf(profile: Profile) -> OwnCards:
    return OwnCards(profile, ours=OURS, our_routines=resource("routines"))


def test_a_card_is_kept_shown_and_changed_under_its_first_name(shelf: OwnCards, profile: Profile) -> None:
    slug = shelf.keep_card(SLIDES, slug=None)
    assert slug == "heel-slides"
    assert shelf.card(slug) == SLIDES
    assert [(one.slug, one.title, one.problem) for one in shelf.cards()] == [(slug, "Heel slides", "")]
    assert shelf.keep_card(replace(SLIDES, title="Slides"), slug=slug) == slug
    assert [one.title for one in shelf.cards()] == ["Slides"]
    card = Library(OURS, profile.cards).card(slug)
    assert card and card.image == SLIDES.picture
    assert is_private(profile.cards)
    assert all(map(is_private, profile.cards.iterdir()))


def test_another_picture_takes_the_place_of_the_first(shelf: OwnCards, profile: Profile) -> None:
    slug = shelf.keep_card(SLIDES, slug=None)
    drawn = checked_picture(PictureKind.SVG, svg("<path d='M0 0'/>"))
    shelf.keep_card(replace(SLIDES, picture=drawn), slug=slug)
    assert sorted(place.name for place in profile.cards.iterdir()) == ["heel-slides.svg", "heel-slides.toml"]
    quad = shelf.library.card("quad")
    assert quad
    shelf.keep_card(with_motions_from(SLIDES, quad), slug=slug)
    assert [place.name for place in profile.cards.iterdir()] == ["heel-slides.toml"]


def test_no_card_takes_the_name_of_another(shelf: OwnCards) -> None:
    assert shelf.keep_card(replace(SLIDES, title="Quad"), slug=None) == "quad-2"
    assert shelf.keep_card(replace(SLIDES, title="Quad"), slug=None) == "quad-3"
    assert shelf.keep_routine(Routine("", "Daily", "", ("quad",)), slug=None) == "daily-2"


def test_what_cannot_be_shown_is_not_kept(shelf: OwnCards, profile: Profile) -> None:
    for bad in (replace(SLIDES, steps=()), replace(SLIDES, picture=None, like="no-such-card")):
        with pytest.raises(OwnCardsError, match="It was not saved"):
            shelf.keep_card(bad, slug=None)
    with pytest.raises(OwnCardsError, match="It was not saved"):
        shelf.keep_routine(Routine("", "Evening", "", ()), slug=None)
    assert not profile.cards.exists()


def test_copies_stand_on_their_own(shelf: OwnCards) -> None:
    first = shelf.keep_card(SLIDES, slug=None)
    second = shelf.copy_card(first)
    assert shelf.card(second) == replace(SLIDES, title="Heel slides 2")
    ours = shelf.copy_card("quad")
    assert (shelf.card(ours).like, shelf.card(ours).title) == ("quad", "Quad stretch 2")
    evening = shelf.keep_routine(Routine("", "Evening", "", ("quad",), (90,)), slug=None)
    assert shelf.routine(shelf.copy_routine(evening)).title == "Evening 2"
    with pytest.raises(OwnCardsError, match="no longer exists"):
        shelf.copy_card("gone")


def test_what_was_taken_away_comes_back_whole(shelf: OwnCards, profile: Profile) -> None:
    slug = shelf.keep_card(SLIDES, slug=None)
    shelf.keep_routine(Routine("", "Evening", "", (slug, "quad")), slug=None)
    removed = shelf.remove_card(slug)
    assert (removed.title, removed.missed_by, shelf.cards()) == ("Heel slides", ("Evening",), ())
    routines = RoutineLibrary(Library(OURS, profile.cards), profile.routines)
    assert routines.check() == (f"{profile.routines / 'evening.toml'} leaves out “heel-slides”, which can't be shown.",)
    assert [part.card for part in routines.begin("evening")] == ["quad"]
    shelf.put_back(removed)
    assert shelf.card(slug) == SLIDES
    gone = shelf.remove_routine("evening")
    assert shelf.routines() == ()
    shelf.put_back(gone)
    assert [one.title for one in shelf.routines()] == ["Evening"]


def test_files_that_cannot_be_used_are_listed_with_why(shelf: OwnCards, profile: Profile) -> None:
    profile.cards.mkdir()
    profile.routines.mkdir()
    (profile.cards / "bad.toml").write_text("title = ", encoding="utf-8")
    (profile.routines / "bad.toml").write_text('title = "Bad"\ncards = []\n', encoding="utf-8")
    (card,), (routine,) = shelf.cards(), shelf.routines()
    assert "it is not valid TOML" in card.problem and "must have 1 to 20 entries" in routine.problem
    for read in (shelf.card, shelf.routine):
        with pytest.raises(OwnCardsError):
            read("bad")
    (said,) = RoutineLibrary(shelf.library, profile.routines).check()
    assert said.endswith("Fix it, or move it away, and start again.")
    assert shelf.remove_card("bad").title == "bad"


def test_a_routine_is_shared_with_what_it_needs_and_no_more(shelf: OwnCards, profile: Profile, tmp_path: Path) -> None:
    slides = shelf.keep_card(SLIDES, slug=None)
    shelf.keep_card(replace(SLIDES, title="Something else"), slug=None)
    shelf.keep_routine(Routine("", "Evening", "", (slides, "quad", slides), (90, 0, 30)), slug=None)
    shelf.keep_routine(Routine("", "Morning", "", ("calf-wall",)), slug=None)
    pack = tmp_path / "evening.toml"
    done = export_pack(pack, profile, ours=OURS, routine="evening")
    assert (done.cards, done.routines) == (("heel-slides",), ("evening",))
    other = Profile.find(str(tmp_path / "other"))
    assert import_pack(pack, other, ours=OURS).routines == ("evening",)
    there = OwnCards(other, ours=OURS, our_routines=resource("routines"))
    assert there.routine("evening") == shelf.routine("evening")
    assert there.card("heel-slides") == SLIDES
    with pytest.raises(PackError, match="there is no routine “night”"):
        export_pack(pack, profile, ours=OURS, routine="night")


def test_a_picture_keeps_the_name_that_its_owner_gave_it(shelf: OwnCards, profile: Profile, tmp_path: Path) -> None:
    slug = shelf.keep_card(SLIDES, slug=None)
    (profile.cards / "heel-slides.png").rename(profile.cards / "my picture.PNG")
    file = profile.cards / "heel-slides.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("heel-slides.png", "my picture.PNG"), encoding="utf-8")
    assert shelf.card(slug).picture == SLIDES.picture
    shelf.keep_card(replace(SLIDES, title="Slides"), slug=slug)
    assert sorted(place.name for place in profile.cards.iterdir()) == ["heel-slides.toml", "my picture.PNG"]
    other = Profile.find(str(tmp_path / "other"))
    shelf.share(tmp_path / "mine.toml")
    import_pack(tmp_path / "mine.toml", other, ours=OURS)
    assert OwnCards(other, ours=OURS, our_routines=resource("routines")).card(slug).picture == SLIDES.picture
    drawn = checked_picture(PictureKind.SVG, svg("<path d='M0 0'/>"))
    shelf.keep_card(replace(SLIDES, picture=drawn), slug=slug)
    left = sorted(place.name for place in profile.cards.iterdir())
    assert left == ["heel-slides.svg", "heel-slides.toml", "my picture.PNG"], "it may be the only copy"


def test_one_bad_card_keeps_no_other_from_being_exported(shelf: OwnCards, profile: Profile, tmp_path: Path) -> None:
    for title in ("Good", "Bad", "Lends"):
        shelf.keep_card(replace(SLIDES, title=title), slug=None)
    (profile.cards / "bad.png").write_bytes(b"no picture")
    (profile.cards / "worse.toml").write_text("title = ", encoding="utf-8")
    shelf.keep_routine(Routine("", "Whole", "", ("good", "quad")), slug=None)
    shelf.keep_routine(Routine("", "Lacking", "", ("good", "bad")), slug=None)
    done = shelf.share(tmp_path / "mine.toml")
    assert (done.cards, done.routines) == (("good", "lends"), ("whole",))
    bad, worse, lacking = done.left_out
    assert "bad.toml" in bad and "picture" in bad
    assert "worse.toml" in worse and "TOML" in worse
    assert lacking == "The routine “Lacking” needs the card “bad”, which does not exist or can't be used."
    other = Profile.find(str(tmp_path / "other"))
    assert import_pack(tmp_path / "mine.toml", other, ours=OURS).cards == ("good", "lends")
    with pytest.raises(PackError, match=r"Nothing was exported: .*bad\.toml"):
        shelf.share(tmp_path / "other.toml", routine="lacking")


def test_nothing_is_exported_that_would_be_refused_elsewhere(shelf: OwnCards, profile: Profile, tmp_path: Path) -> None:
    pack = tmp_path / "mine.toml"
    slides = shelf.keep_card(SLIDES, slug=None)
    shelf.keep_routine(Routine("", "Evening", "", (slides,)), slug=None)
    removed = shelf.remove_card(slides)
    with pytest.raises(
        PackError, match=r"Nothing was exported: The routine “Evening” needs the card “heel-slides”, which does not"
    ):
        export_pack(pack, profile, ours=OURS)
    shelf.put_back(removed)
    large = checked_picture(PictureKind.PNG, PNG.ljust(MAX_BYTES, b"\0"))
    for _ in range(6):
        shelf.keep_card(replace(SLIDES, picture=large), slug=None)
    with pytest.raises(PackError, match="larger than 8 MB; export one routine at a time"):
        export_pack(pack, profile, ours=OURS)
    assert not pack.exists()


def test_a_full_disk_is_said_to_be_so(shelf: OwnCards, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numbguard.store.cards.own_cards.write_whole", full)
    with pytest.raises(OwnCardsError, match=r"could not be written \(no space left on device\)"):
        shelf.keep_card(SLIDES, slug=None)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jpeg", b"", "is not a kind of picture that a card can have. Use SVG, PNG, GIF or WebP"),
        ("a.png", b"GIF89a", "the picture isn't a PNG"),
        ("a.png", PNG.ljust(100 * 2**20, b"\0"), r"the picture is 100\.0 MB; 1 MB is the limit"),
        ("a.gif", gif(700), "the picture has more than 600 frames"),
        ("a.svg", svg("<image href='http://example.org/x.png'/>"), "has a <image>"),
        ("a.svg", svg("<use href='file:///etc/passwd'/>"), "has a <use>"),
        ("gone.png", None, "doesn't exist or isn't a file"),
    ],
)
def test_a_picture_that_cannot_be_used_is_refused(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(OwnCardsError, match=said):
        picture_in(tmp_path / name)


def test_a_step_without_words_is_never_written(shelf: OwnCards) -> None:
    with pytest.raises(OwnCardsError):
        shelf.keep_card(replace(SLIDES, steps=(StepDraft("  ", 60),)), slug=None)


BY_HAND = """\
# From the practice, in March.
title = "Heel slides"  # slides, not lifts
why = "As shown."
section = "help.therapy"
places = ["seated"]
regions = ["knee"]
muscle = "quad"
like = "quad"

# Slowly.
[[steps]]
text = "The left one."  # the worse one
seconds = 30
motion = "pull"

[[steps]]
text = "The right one."
seconds = 20
motion = "pull"  # as long as it goes
"""


def test_what_somebody_wrote_beside_the_values_stays_when_a_card_is_changed(shelf: OwnCards, profile: Profile) -> None:
    profile.cards.mkdir(parents=True)
    place = profile.cards / "slides.toml"
    place.write_text(BY_HAND, encoding="utf-8")
    draft = shelf.card("slides")
    one, two = draft.steps
    shelf.keep_card(draft, slug="slides")
    assert place.read_text(encoding="utf-8") == BY_HAND
    more = StepDraft("Both.", 15, motion="pull")
    turned = replace(draft, title="Slides", caution="Slow.", steps=(two, more, replace(one, seconds=40)))
    shelf.keep_card(turned, slug="slides")
    after = place.read_text(encoding="utf-8")
    assert shelf.card("slides") == turned
    for comment in ("# From the practice", "# slides, not lifts", "# the worse one", "# as long as it goes"):
        assert comment in after
    assert after.index("as long as it goes") < after.index("Both.") < after.index("the worse one")
    shelf.keep_card(replace(turned, steps=(more,)), slug="slides")
    assert shelf.card("slides").steps == (more,)


def test_the_comments_of_a_routine_stay_too(shelf: OwnCards, profile: Profile) -> None:
    profile.routines.mkdir(parents=True)
    place = profile.routines / "evening.toml"
    place.write_text('# Every evening.\ntitle = "Evening"\ncards = ["quad"] # both sides\n', encoding="utf-8")
    routine = replace(shelf.routine("evening"), title="Late", cards=("quad", "soleus"), seconds=(90, 0))
    shelf.keep_routine(routine, slug="evening")
    assert shelf.routine("evening") == routine
    assert place.read_text(encoding="utf-8").startswith('# Every evening.\ntitle = "Late"\n')


def test_what_cannot_be_read_as_a_file_is_written_anew(shelf: OwnCards, profile: Profile) -> None:
    profile.cards.mkdir(parents=True)
    for before in (b"# \xff", b"# not ][ TOML", b'# no table\nsteps = "none"\n'):
        (profile.cards / "heel-slides.toml").write_bytes(before)
        shelf.keep_card(SLIDES, slug="heel-slides")
        assert shelf.card("heel-slides") == SLIDES
