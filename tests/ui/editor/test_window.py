"""*My cards and routines* as a person uses it: by keyboard and mouse, on real files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMessageBox, QPushButton

from numbguard.core.cards.routines import Routine
from numbguard.core.settings.choices import Place
from numbguard.core.sites import Region
from numbguard.resources import resource
from numbguard.store.cards.own_cards import OwnCards
from numbguard.store.profile import Profile
from numbguard.ui.editor.card_form import CardForm
from numbguard.ui.editor.list import OwnItemKind, OwnItemList
from numbguard.ui.editor.routine_form import RoutineForm
from numbguard.ui.editor.row_list import DragHandle, RowList
from numbguard.ui.editor.window import EditorWindow
from numbguard.ui.widgets.form.controls import CheckBox
from numbguard.ui.widgets.notice_bar import NoticeBar
from tests.core.cards.test_drafts import SLIDES
from tests.core.cards.test_picture_rules import PNG, svg
from tests.store.cards.test_pack import BAD, GOOD
from tests.ui.picture.test_own_picture import moving

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

DRAWN = svg("<rect width='300' height='200' fill='red'/>")


class Person:
    """A person using the window."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.shelf = OwnCards(profile, ours=resource("cards"), our_routines=resource("routines"))
        self.started: list[str] = []
        self.refusal: str | None = None
        self.window = EditorWindow(self.shelf, start=self._start)
        self.window.resize(1000, 700)
        self.window.show()
        self.closed = 0
        self.window.closed.connect(self._count)

    def _start(self, slug: str) -> str | None:
        self.started.append(slug)
        return self.refusal

    def _count(self) -> None:
        self.closed += 1

    def press(self, label: str) -> None:
        buttons = [one for one in self.window.findChildren(QPushButton) if one.isVisible()]
        (button,) = [one for one in buttons if one.text().replace("&", "") == label]
        assert button.isEnabled(), f"{label} is greyed out"
        button.click()

    def answers(self, label: str) -> None:
        (ask,) = [one for one in self.window.findChildren(QMessageBox) if one.isVisible()]
        (button,) = [one for one in ask.buttons() if one.text().replace("&", "") == label]
        button.click()

    @property
    def card(self) -> CardForm:
        return self.window.findChild(CardForm)  # type: ignore[return-value]

    @property
    def routine(self) -> RoutineForm:
        return self.window.findChild(RoutineForm)  # type: ignore[return-value]

    @property
    def said(self) -> str:
        bar = self.window.findChild(NoticeBar)
        assert isinstance(bar, NoticeBar)
        return bar.sentence.replace("\u200b", "")

    @property
    def listed(self) -> list[str]:
        found = self.window.findChild(OwnItemList)
        assert isinstance(found, OwnItemList)
        return [found.item(row).text() for row in range(found.count())]

    def field(self, name: str) -> QLineEdit:
        return [one for one in self.window.findChildren(QLineEdit)
                if one.accessibleName() == name and one.isVisible()][-1]  # fmt: skip

    def types(self, name: str, text: str) -> None:
        self.field(name).end(False)
        QTest.keyClicks(self.field(name), text)

    def ticks(self, *words: str) -> None:
        for tick in self.window.findChildren(CheckBox):
            if tick.text() in words and tick.isVisible():
                tick.click()

    def borrows(self, title: str) -> None:
        (box,) = [one for one in self.card.findChildren(QComboBox) if one.accessibleName() == "What you see"]
        box.setCurrentIndex(box.findText(f"Motion of: {title}"))
        box.activated.emit(box.currentIndex())


@pytest.fixture
def person(qapp: QApplication, tmp_path: Path) -> Iterator[Person]:
    somebody = Person(Profile.find(str(tmp_path / "profile")))
    yield somebody
    for ask in somebody.window.findChildren(QMessageBox):
        ask.close()
    somebody.window.hide()
    somebody.window.deleteLater()
    QTest.qWait(1)


def test_a_card_is_made_from_a_motion_of_ours(person: Person) -> None:
    person.press("New card")
    person.press("Save")
    assert person.said == "Give the card a name."
    person.types("Name", "Long quad")
    person.press("Save")
    assert person.said == "Choose a picture, or borrow a motion."
    person.borrows("Quad stretch")
    person.press("Save")
    assert person.said == "Say what to do in step 1."
    person.types("What to do", "Heel to the seat.")
    person.press("Save")
    assert person.said == "Saved."
    draft = person.shelf.card("long-quad")
    assert (draft.like, [(step.text, step.motion) for step in draft.steps]) == ("quad", [("Heel to the seat.", "pull")])
    assert draft.places == {Place.STANDING, Place.WALL} and Region.THIGH_FRONT in draft.regions
    assert person.listed == ["Cards", "Long quad", "Routines", "None yet"]
    card = person.shelf.library.card("long-quad")
    assert card and card.motions


def test_another_editor_takes_over_what_is_being_written(person: Person) -> None:
    person.press("New card")
    person.types("Name", "Long quad")
    person.borrows("Quad stretch")
    former = person.window
    former.hand_over()
    assert former.close(), "it closes without a question"
    person.window = EditorWindow(person.shelf, start=lambda _slug: None)
    person.window.take_over(former)
    person.window.show()
    former.deleteLater()
    assert person.window.isWindowModified()
    person.types("What to do", "Heel to the seat.")
    person.press("Save")
    assert person.said == "Saved."
    draft = person.shelf.card("long-quad")
    assert (draft.title, draft.like) == ("Long quad", "quad")


@pytest.mark.parametrize(("name", "content"), [("a.svg", DRAWN), ("b.GIF", moving("rgb"))], ids=["svg", "gif"])
def test_a_card_is_made_from_a_picture_of_ones_own(person: Person, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    person.press("New card")
    person.types("Name", "Heel slides")
    person.window.take_picture(tmp_path / name)
    person.types("What to do", "Slide.")
    person.ticks("On a chair", "Knee")
    person.press("Save")
    draft = person.shelf.card("heel-slides")
    assert draft.picture and draft.picture.data == content
    assert (draft.places, draft.regions) == ({Place.SEATED}, (Region.KNEE,))


def test_what_is_ticked_first_counts_first(person: Person) -> None:
    person.press("New card")
    person.ticks("Knee")
    person.ticks("Hip")
    assert person.card.draft.regions == (Region.KNEE, Region.HIP)
    person.ticks("Knee")
    assert person.card.draft.regions == (Region.HIP,)


def test_a_picture_that_cannot_be_used_is_refused_and_the_card_stays(person: Person, tmp_path: Path) -> None:
    person.press("New card")
    person.borrows("Quad stretch")
    before = person.card.draft
    for name, content, said in (
        (
            "large.png",
            PNG.ljust(2 * 2**20, b"\0"),
            "large.png cannot be used: the picture is 2.0 MB; 1 MB is the limit.",
        ),
        ("half.png", PNG, "half.png cannot be used: the picture can't be drawn. The file may be incomplete."),
        ("out.svg", svg("<use href='http://example.org/x'/>"), "has a <use>"),
    ):
        (tmp_path / name).write_bytes(content)
        person.window.take_picture(tmp_path / name)
        assert said in person.said
        assert person.card.draft == before


def test_steps_are_moved_by_keys_arrows_and_the_mouse(person: Person) -> None:
    slug = person.shelf.keep_card(replace(SLIDES, steps=SLIDES.steps + SLIDES.steps[:1]), slug=None)
    person.window.open(OwnItemKind.CARD, slug)
    one, two = SLIDES.steps
    rows = person.card.findChild(RowList)
    assert isinstance(rows, RowList)
    first = rows.rows()[0]
    first.findChildren(QLineEdit)[0].setFocus()
    QTest.keyClick(first.findChildren(QLineEdit)[0], Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert person.card.draft.steps == (two, one, one)
    rows.rows()[0].buttons[1].click()
    assert person.card.draft.steps == (one, two, one)
    QTest.qWait(30)
    handle, below = rows.rows()[1].findChildren(DragHandle)[0], rows.rows()[2]
    drop = below.mapToGlobal(QPoint(5, below.height() - 4))
    QApplication.sendEvent(handle, _dragged(handle, drop))
    assert person.card.draft.steps == (one, one, two)
    rows.rows()[2].buttons[2].click()
    assert person.card.draft.steps == (one, one)
    person.press("Undo")
    assert person.card.draft.steps == (one, one, two)
    assert rows.rows()[2].accessibleName() == "Step 3 of 3"


def _dragged(handle: DragHandle, to: QPoint) -> QMouseEvent:
    return QMouseEvent(
        QMouseEvent.Type.MouseMove, QPointF(handle.mapFromGlobal(to)), QPointF(to),
        Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip


def test_a_routine_gives_each_card_its_time_and_is_started(person: Person) -> None:
    person.press("New routine")
    person.types("Name", "Evening")
    person.press("Save")
    assert person.said == "Add a card."
    person.press("Add a card")
    person.press("Add a card")
    rows = person.routine.findChild(RowList)
    assert isinstance(rows, RowList)
    first = rows.rows()[0]
    first._seconds.setValue(90)  # type: ignore[attr-defined]
    person.press("Save")
    kept = person.shelf.routine("evening")
    assert (len(kept.cards), kept.seconds) == (2, (90, 0))
    person.press("Start now")
    assert (person.started, person.said) == (["evening"], "Started. This counts as a break.")
    person.refusal = "A break is already running."
    person.press("Start now")
    assert person.said == "A break is already running."


def test_what_is_deleted_comes_back_with_undo(person: Person) -> None:
    slug = person.shelf.keep_card(SLIDES, slug=None)
    person.shelf.keep_routine(Routine("", "Evening", "", (slug,)), slug=None)
    person.window.open(OwnItemKind.CARD, slug)
    person.press("Duplicate")
    assert [one.title for one in person.shelf.cards()] == ["Heel slides", "Heel slides 2"]
    person.window.open(OwnItemKind.CARD, slug)
    person.press("Delete")
    assert person.said == "“Heel slides” was deleted. “Evening” no longer includes it."
    assert [one.title for one in person.shelf.cards()] == ["Heel slides 2"]
    person.press("Undo")
    assert person.shelf.card(slug) == SLIDES
    assert person.card.draft.title == "Heel slides"


def test_nothing_typed_is_lost_without_being_asked(person: Person) -> None:
    slug = person.shelf.keep_card(SLIDES, slug=None)
    person.window.open(OwnItemKind.CARD, slug)
    person.types("Name", " now")
    QTest.keyClick(person.window, Qt.Key.Key_Escape)
    person.answers("Keep editing")
    assert person.window.isVisible() and person.card.draft.title.endswith("now")
    person.window.close()
    person.answers("Save")
    assert (person.closed, person.shelf.card(slug).title) == (1, "Heel slides now")
    person.window.show()
    person.types("Name", " and then")
    person.window.close()
    person.answers("Discard")
    assert (person.closed, person.shelf.card(slug).title) == (2, "Heel slides now")


def test_a_pack_comes_in_and_goes_out(person: Person, tmp_path: Path) -> None:
    # The pack's own picture is a header without a body: it passes the rules, but nothing can be drawn.
    pack = tmp_path / "practice.toml"
    pack.write_text(GOOD, encoding="utf-8")
    person.window.sharing.import_pack(pack)
    assert person.said == "Imported “Heel slides”, “My quad stretch” and “Evening”."
    person.window.sharing.import_pack(pack)
    assert person.said == "You already have all of these."
    pack.write_text(GOOD.replace("Longer on the left", "Shorter"), encoding="utf-8")
    person.window.sharing.import_pack(pack)
    assert person.said.startswith("practice.toml was not imported: you already have a different “my-quad”.")
    person.press("Replace")
    assert person.shelf.card("my-quad").why == "Shorter."
    person.window.sharing.share("evening", tmp_path / "out.toml")
    assert person.said == "out.toml contains 1 card and 1 routine. You can import it into another NumbGuard."
    there = OwnCards(Profile.find(str(tmp_path / "there")), ours=resource("cards"), our_routines=resource("routines"))
    there.take_in(tmp_path / "out.toml")
    assert there.routine("evening").cards == ("heel-slides", "quad")


@pytest.mark.parametrize("kind", ["not TOML", "missing step", "10,000 steps", "a picture that climbs out"])
def test_a_bad_pack_is_refused_in_the_window_too(person: Person, tmp_path: Path, kind: str) -> None:
    content, line, said = BAD[kind]
    pack = tmp_path / "bad.toml"
    pack.write_text(content, encoding="utf-8")
    person.window.sharing.import_pack(pack)
    assert person.said.startswith(f"bad.toml, line {line}: ") and said in person.said
    assert not person.profile.cards.exists()


def test_a_file_that_cannot_be_read_says_so_and_can_be_deleted(person: Person) -> None:
    person.profile.cards.mkdir()
    (person.profile.cards / "bad.toml").write_text("title = ", encoding="utf-8")
    person.window.open(OwnItemKind.CARD, "bad")
    assert "it is not valid TOML" in person.said
    person.press("Delete it")
    assert not (person.profile.cards / "bad.toml").exists()
    person.press("Undo")
    assert (person.profile.cards / "bad.toml").read_text(encoding="utf-8") == "title = "
