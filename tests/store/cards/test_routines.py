"""The routine files on disk: ours, the person's own in its place, and what a broken one gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from numbguard.core.cards.choosing import is_on
from numbguard.core.cards.routines import DAILY, break_name
from numbguard.core.cards.table_reader import CardError
from numbguard.core.settings.choices import AdvisedCard
from numbguard.resources import resource
from numbguard.store.cards.library import Library
from numbguard.store.cards.routines import MAX_BYTES, RoutineLibrary


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "daily.toml"


@pytest.fixture
def shelf(tmp_path: Path) -> RoutineLibrary:
    return RoutineLibrary(Library(resource("cards")), resource("routines"), tmp_path)


def test_the_daily_routine_is_there_and_stays_known_by_its_break(shelf: RoutineLibrary) -> None:
    assert shelf.parts_of(break_name(DAILY)) == ()
    begun = shelf.begin(DAILY)
    assert [part.card for part in begun][::5] == ["cat-cow-standing", "soleus"]
    assert shelf.parts_of(break_name(DAILY)) == begun
    assert shelf.parts_of("soleus") == ()


def test_a_routine_of_ones_own_takes_its_place(shelf: RoutineLibrary, own: Path) -> None:
    own.write_text('title = "Mine"\ncards = ["quad"]\n', encoding="utf-8")
    (part,) = shelf.begin(DAILY)
    assert (part.routine, part.card, part.of) == ("Mine", "quad", 1)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"title = ", "it is not valid TOML"),
        (b"\xff", "it is not text in UTF-8"),
        (b"a = " + b"[" * 5000, "it is nested too deeply"),
        (b"#" * (MAX_BYTES + 1), "it is larger than 16 kB"),
        (b'title = "Mine"\ncards = 3\n', "Routine “daily”: cards"),
    ],
)
def test_a_bad_file_is_named_with_what_to_do(shelf: RoutineLibrary, own: Path, content: bytes, told: str) -> None:
    own.write_bytes(content)
    with pytest.raises(CardError) as refused:
        shelf.begin(DAILY)
    assert str(refused.value).startswith(f"{own} cannot be used: {told}")
    assert str(refused.value).endswith("Fix it, or move it away, and start again.")


def test_a_routine_without_a_card_that_is_there_says_so(shelf: RoutineLibrary, own: Path) -> None:
    own.write_text('title = "Mine"\ncards = ["gone"]\n', encoding="utf-8")
    with pytest.raises(CardError, match="None of the cards of “Mine” can be shown"):
        shelf.begin(DAILY)


def test_a_file_that_is_not_there_is_named(shelf: RoutineLibrary) -> None:
    with pytest.raises(CardError, match=r"There is no routine “evening”: .*evening\.toml doesn't exist"):
        shelf.begin("evening")
    with pytest.raises(CardError, match="isn't a valid routine name"):
        shelf.begin("../evening")


def test_a_routine_that_is_on_goes_on_where_another_was_asked_for(shelf: RoutineLibrary, tmp_path: Path) -> None:
    (tmp_path / "evening.toml").write_text('title = "Evening"\ncards = [{ card = "quad", seconds = 90 }]\n', "utf-8")
    begun = shelf.begin("evening")
    assert [(part.card, part.end_s) for part in begun] == [("quad", 90)]
    shelf.begin(DAILY)
    assert shelf.parts_of(break_name("evening")) == begun


def test_checking_cards_and_routines_reads_each_card_whole_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole: list[Path] = []
    read = Library._read

    def counted(self: Library, path: Path, *, words_only: bool, lent: bool = False) -> object:
        if not words_only:
            whole.append(path)
        return read(self, path, words_only=words_only, lent=lent)

    monkeypatch.setattr(Library, "_read", counted)
    library = Library(resource("cards"))
    assert library.check() == RoutineLibrary(library, resource("routines")).check() == ()
    assert len(whole) == len(set(whole)) == len(library.cards())


def test_a_routine_leaves_out_a_card_that_no_therapist_has_advised(tmp_path: Path, own: Path) -> None:
    library = Library(resource("cards"))
    own.write_text('title = "Mine"\ncards = ["figure-four", "quad"]\n', encoding="utf-8")
    assert [part.card for part in RoutineLibrary(library, tmp_path).begin(DAILY)] == ["quad"]
    told = RoutineLibrary(library, tmp_path, is_on=lambda card: is_on(card, [AdvisedCard.FIGURE_FOUR]))
    assert [part.card for part in told.begin(DAILY)] == ["figure-four", "quad"]
    own.write_text('title = "Mine"\ncards = ["figure-four"]\n', encoding="utf-8")
    with pytest.raises(CardError, match=r"Every card of “Mine” is off\. In the settings, tick"):
        RoutineLibrary(library, tmp_path).begin(DAILY)
