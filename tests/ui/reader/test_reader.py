"""The reader: reading, searching and going through the guide by keyboard, at any text size, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPushButton

from numbguard.core.guide.pages import GuidePage, passages
from numbguard.resources import resource
from numbguard.store.cards.guide_pages import MAX_BYTES, GuidePages
from numbguard.ui.reader.page import PageView
from numbguard.ui.reader.window import SCALES, ReaderWindow
from numbguard.ui.widgets import theme

# Qt's offscreen platform warns about what it cannot do; a desktop can.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def reader(qtbot) -> Iterator[ReaderWindow]:
    made = ReaderWindow(has_card=lambda _slug: True)
    qtbot.addWidget(made)
    made.present()
    qtbot.waitExposed(made)
    yield made


def page(reader: ReaderWindow) -> PageView:
    return reader.findChild(PageView)


def field(reader: ReaderWindow) -> QLineEdit:
    return reader.findChild(QLineEdit)


def entries(reader: ReaderWindow) -> QListWidget:
    return reader.findChild(QListWidget)


def rows(reader: ReaderWindow) -> list[str]:
    return [entries(reader).item(row).text() for row in range(entries(reader).count())]


def button(reader: ReaderWindow, text: str) -> QPushButton:
    return next(one for one in reader.findChildren(QPushButton) if one.text().replace("&", "") == text)


def title(reader: ReaderWindow) -> str:
    """The heading at the start of the page on screen."""
    return page(reader).document().begin().text()


def top_line(reader: ReaderWindow) -> str:
    return page(reader).document().findBlock(page(reader).place).text()


def marked(reader: ReaderWindow) -> list[str]:
    return [each.cursor.selectedText() for each in page(reader).extraSelections()]


# --- opening ----------------------------------------------------------------------------------------------------------


def test_it_opens_at_when_to_get_help_with_the_keyboard_on_the_text(reader: ReaderWindow) -> None:
    assert title(reader) == reader.windowTitle() == page(reader).accessibleName() == "When to get help"
    assert "Get help at once" in page(reader).toPlainText()
    assert page(reader).verticalScrollBar().value() == 0
    assert reader.focusWidget() is page(reader)


def test_the_first_page_needs_no_other_and_no_card(qtbot, tmp_path: Path) -> None:
    (tmp_path / "when-to-get-help.md").write_text("# When to get help\n\nCall.\n", encoding="utf-8")
    asked: list[str] = []
    reader = ReaderWindow(folder=tmp_path, has_card=lambda slug: bool(asked.append(slug)))
    qtbot.addWidget(reader)
    assert "Call." in page(reader).toPlainText()
    assert asked == []


def test_a_first_page_that_cannot_be_read_still_says_what_matters(qtbot, tmp_path: Path) -> None:
    reader = ReaderWindow(folder=tmp_path / "gone")
    qtbot.addWidget(reader)
    assert "call your local emergency number" in page(reader).toPlainText().replace("\n", " ")


def test_the_number_that_was_set_stands_on_every_page_that_speaks_of_one(qtbot, tmp_path: Path) -> None:
    reader = ReaderWindow(number="+49 112")
    qtbot.addWidget(reader)
    assert "Call +49 112, or ask someone" in page(reader).toPlainText().replace("\n", " ")
    for folder in (None, tmp_path / "gone"):
        pages = GuidePages(folder, number="999")
        assert not [each for each in GuidePage if "emergency number" in " ".join(pages.text(each).split())]


def test_any_other_page_that_cannot_be_read_says_so_and_leads_to_the_first(qtbot, tmp_path: Path) -> None:
    for harm in (None, b"\xff\xfe", b"x" * (MAX_BYTES + 1)):
        if harm is not None:
            (tmp_path / "water.md").write_bytes(harm)
        text = GuidePages(tmp_path).text(GuidePage.WATER)
        assert "could not be loaded" in text
        assert "(page:when-to-get-help)" in text


def test_a_page_is_opened_at_a_heading_before_and_after_it_is_shown(qtbot) -> None:
    reader = ReaderWindow()
    qtbot.addWidget(reader)
    reader.open_at(GuidePage.CARE, "surgery")
    reader.present()
    qtbot.waitExposed(reader)
    assert top_line(reader) == "Surgery"
    assert abs(page(reader).cursorRect(QTextCursor(page(reader).document().findBlock(page(reader).place))).top()) < 40
    reader.open_link("page:posture#sleeping")
    assert (title(reader), top_line(reader)) == (GuidePage.POSTURE.title, "Sleeping")
    reader.open_link("https://example.org/")
    assert title(reader) == GuidePage.POSTURE.title


# --- walking through --------------------------------------------------------------------------------------------------


def test_the_contents_are_walked_by_keyboard_and_show_each_page(reader: ReaderWindow, qtbot) -> None:
    assert rows(reader) == [each.title for each in GuidePage]
    entries(reader).setFocus()
    for each in list(GuidePage)[1:]:
        qtbot.keyClick(entries(reader), Qt.Key.Key_Down)
        assert title(reader) == each.title
        assert page(reader).verticalScrollBar().value() == 0
    qtbot.keyClick(entries(reader), Qt.Key.Key_Return)
    assert reader.focusWidget() is page(reader)


def test_page_after_page_by_keyboard_and_by_the_link_at_the_foot(reader: ReaderWindow, qtbot) -> None:
    qtbot.keyClick(page(reader), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert title(reader) == "Why legs go numb"
    qtbot.keyClick(page(reader), Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page(reader), Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert title(reader) == "When to get help"
    qtbot.keyClick(page(reader), Qt.Key.Key_Tab)
    qtbot.keyClick(page(reader), Qt.Key.Key_Return)
    assert title(reader) == "Why legs go numb"
    assert entries(reader).currentItem().text() == "Why legs go numb"


def test_arrow_keys_scroll_at_once(reader: ReaderWindow, qtbot) -> None:
    qtbot.keyClick(page(reader), Qt.Key.Key_Down)
    assert page(reader).verticalScrollBar().value() > 0
    qtbot.keyClick(page(reader), Qt.Key.Key_End)
    assert page(reader).verticalScrollBar().value() == page(reader).verticalScrollBar().maximum()


def test_back_returns_to_the_line_the_link_was_followed_from(reader: ReaderWindow, qtbot) -> None:
    back = button(reader, "Back")
    assert not back.isEnabled()
    reader.open_at(GuidePage.RELIEF, "5-a-glass-of-water-a-bite-to-eat")
    before = page(reader).verticalScrollBar().value()
    page(reader).followed.emit("page:water")
    assert title(reader) == "Water"
    qtbot.keyClick(page(reader), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert title(reader) == "Relief right now"
    assert page(reader).verticalScrollBar().value() == pytest.approx(before, abs=2)
    assert not back.isEnabled()


# --- links ------------------------------------------------------------------------------------------------------------


def test_a_link_to_a_card_asks_for_the_card(reader: ReaderWindow, qtbot) -> None:
    reader.open_at(GuidePage.MOVEMENT)
    assert 'href="card:calf-wall"' in page(reader).toHtml()
    with qtbot.waitSignal(reader.card_wanted) as asked:
        page(reader).followed.emit("card:calf-wall")
    assert asked.args == ["calf-wall"]
    assert title(reader) == GuidePage.MOVEMENT.title


def test_where_a_card_cannot_be_shown_there_is_no_link_to_it(qtbot) -> None:
    reader = ReaderWindow()
    qtbot.addWidget(reader)
    reader.open_at(GuidePage.MOVEMENT)
    assert "card:" not in page(reader).toHtml()
    assert "against a wall" in page(reader).toPlainText()
    with qtbot.assertNotEmitted(reader.card_wanted):
        page(reader).followed.emit("card:calf-wall")


@pytest.mark.parametrize("link", ["https://example.org/", "file:///etc/hostname", "page:nowhere", "mailto:someone"])
def test_a_link_to_the_outside_is_not_followed(reader: ReaderWindow, qtbot, link: str) -> None:
    with qtbot.assertNotEmitted(reader.card_wanted):
        page(reader).followed.emit(link)
    assert title(reader) == "When to get help"
    assert not button(reader, "Back").isEnabled()


def test_nothing_is_fetched_for_a_page(reader: ReaderWindow) -> None:
    icon = resource("guide", "water.md").as_uri()
    assert page(reader).loadResource(2, icon).isEmpty()


# --- search -----------------------------------------------------------------------------------------------------------


def test_search_finds_as_you_type_shows_the_page_and_marks_the_words(reader: ReaderWindow, qtbot) -> None:
    qtbot.keyClick(page(reader), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert reader.focusWidget() is field(reader)
    qtbot.keyClicks(field(reader), "magnes")
    assert rows(reader)[0].startswith("Magnesium, in Weight and food:")
    assert title(reader) == "Weight and food"
    assert set(marked(reader)) == {"Magnes"}
    assert entries(reader).accessibleName() == "Search results"


def test_what_was_found_is_walked_from_the_search_field(reader: ReaderWindow, qtbot) -> None:
    field(reader).setFocus()
    qtbot.keyClicks(field(reader), "diabetes")
    pages = {title(reader)}
    for _ in range(entries(reader).count() - 1):
        qtbot.keyClick(field(reader), Qt.Key.Key_Down)
        pages.add(title(reader))
    assert pages == {"Why legs go numb", "Getting it looked at", "When to get help"}
    qtbot.keyClick(field(reader), Qt.Key.Key_Return)
    assert reader.focusWidget() is page(reader)
    assert marked(reader)


def test_from_word_to_word_through_all_pages_and_round_again(reader: ReaderWindow, qtbot) -> None:
    field(reader).setText("sciatica")
    first = (title(reader), page(reader).heading)
    seen = []
    for _ in range(8):
        qtbot.keyClick(page(reader), Qt.Key.Key_F3)
        seen.append(title(reader))
    assert {"Why legs go numb", "Getting it looked at"} <= set(seen)
    for _ in range(8):
        qtbot.keyClick(page(reader), Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert (title(reader), page(reader).heading) == first


def test_nothing_found_says_so_and_escape_ends_the_search_before_it_closes(reader: ReaderWindow, qtbot) -> None:
    qtbot.keyClicks(field(reader), "xyzzy")
    assert rows(reader) == []
    assert any("Nothing found for “xyzzy”" in one.text() for one in reader.findChildren(QLabel) if one.isVisible())
    qtbot.keyClick(field(reader), Qt.Key.Key_Escape)
    assert field(reader).text() == ""
    assert rows(reader) == [each.title for each in GuidePage]
    assert marked(reader) == []
    assert reader.isVisible()
    qtbot.keyClick(field(reader), Qt.Key.Key_Escape)
    assert not reader.isVisible()


@pytest.mark.parametrize("each", GuidePage, ids=lambda page: page.value)
def test_a_search_reads_the_same_words_as_the_eye(reader: ReaderWindow, each: GuidePage) -> None:
    """Qt and our own code both read the Markdown and must agree: otherwise a word is found but not marked, or marked
    but not found."""
    reader.open_at(each)
    shown = [line for line in page(reader).toPlainText().split("\n") if line and not line.startswith("Next: ")]
    read = []
    for passage in passages(each, GuidePages().text(each)):
        read += [passage.heading, *passage.lines]
    assert shown == read


# --- sizes and looks --------------------------------------------------------------------------------------------------


def test_text_grows_and_shrinks_by_keys_and_wheel_and_the_reading_place_stays(reader: ReaderWindow, qtbot) -> None:
    reader.open_at(GuidePage.CARE, "medicines")
    sizes = [_text_size(reader)]
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0):
        qtbot.keyClick(page(reader), key, Qt.KeyboardModifier.ControlModifier)
        sizes.append(_text_size(reader))
        assert top_line(reader) == "Medicines"
    assert sizes[0] < sizes[1] < sizes[2] > sizes[3] == sizes[1] > sizes[4] == sizes[0]
    _turn_wheel(page(reader), 120)
    assert _text_size(reader) == sizes[1]
    for _ in range(len(SCALES)):
        button(reader, "A+").click()
    assert _text_size(reader) == pytest.approx(sizes[0] * SCALES[-1], rel=0.02)
    assert not button(reader, "A+").isEnabled()


def _text_size(reader: ReaderWindow) -> float:
    block = page(reader).document().begin().next()
    return block.begin().fragment().charFormat().font().pointSizeF()


def _turn_wheel(view: PageView, angle: int) -> None:
    centre = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        centre,
        view.viewport().mapToGlobal(centre),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_lines_are_of_a_comfortable_length_however_wide_the_window(reader: ReaderWindow, qtbot) -> None:
    for width in (58, 90):
        reader.resize(round(theme.unit() * width), round(theme.unit() * 40))
        reader.open_at(GuidePage.CAUSES)
        QApplication.processEvents()
        lengths = _full_lines(reader)
        assert 60 <= sum(lengths) / len(lengths) <= 75, f"at {width}: {lengths}"


def _full_lines(reader: ReaderWindow) -> list[int]:
    """Characters in each line of text, except the last of each paragraph."""
    lengths = []
    block = page(reader).document().begin()
    while block.isValid():
        if not block.blockFormat().headingLevel() and block.textList() is None:
            layout = block.layout()
            lengths += [layout.lineAt(at).textLength() for at in range(layout.lineCount() - 1)]
        block = block.next()
    return lengths


def test_in_a_small_window_contents_and_page_take_turns(reader: ReaderWindow, qtbot) -> None:
    reader.resize(reader.minimumSize())
    QApplication.processEvents()
    assert page(reader).isVisible() and not entries(reader).isVisible()
    assert page(reader).horizontalScrollBar().maximum() == 0
    button(reader, "Contents").click()
    assert entries(reader).isVisible() and not page(reader).isVisible()
    entries(reader).setCurrentRow(6)
    qtbot.keyClick(entries(reader), Qt.Key.Key_Return)
    assert page(reader).isVisible() and title(reader) == "Water"
    qtbot.keyClick(page(reader), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert field(reader).isVisible() and reader.focusWidget() is field(reader)
    qtbot.keyClick(field(reader), Qt.Key.Key_Escape)
    assert page(reader).isVisible()


def test_what_was_found_in_a_small_window_is_in_view_when_it_is_taken(reader: ReaderWindow, qtbot) -> None:
    reader.resize(reader.minimumSize())
    qtbot.keyClick(page(reader), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field(reader), "laminec")
    qtbot.keyClick(field(reader), Qt.Key.Key_Return)
    QApplication.processEvents()
    (found,) = page(reader).extraSelections()
    assert page(reader).viewport().rect().contains(page(reader).cursorRect(found.cursor).center())


def test_no_page_is_wider_than_a_small_window_with_huge_letters(reader: ReaderWindow) -> None:
    reader.resize(reader.minimumSize())
    for _ in SCALES:
        button(reader, "A+").click()
    for each in GuidePage:
        reader.open_at(each)
        QApplication.processEvents()
        assert page(reader).horizontalScrollBar().maximum() == 0, each


def test_it_follows_the_desktop_into_the_dark_and_stays_where_it_was(reader: ReaderWindow, qtbot) -> None:
    reader.open_at(GuidePage.CARE, "injections")
    field(reader).setText("steroid")
    light = page(reader).document().begin().begin().fragment().charFormat().foreground().color()
    before = QGuiApplication.palette()
    place = page(reader).place
    QGuiApplication.setPalette(QPalette(QColor("#202020")))
    try:
        QApplication.processEvents()
        dark = page(reader).document().begin().begin().fragment().charFormat().foreground().color()
        assert light.lightness() < 100 < 180 < dark.lightness()
        assert page(reader).place == place
        assert set(marked(reader)) == {"steroid"}
    finally:
        QGuiApplication.setPalette(before)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_links_marks_and_quiet_text_can_be_read(reader: ReaderWindow, colours: theme.Palette) -> None:
    page(reader).apply_colours(colours)
    page(reader).mark(("call",))
    page(reader).step(1)
    for selection in page(reader).extraSelections():
        fore, back = selection.format.foreground().color(), selection.format.background().color()
        assert _contrast(fore, back) >= 4.5
    for letters in (colours.text, colours.quiet, colours.accent):
        assert _contrast(QColor(letters), QColor(colours.surface)) >= 4.5


def _contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_every_control_has_a_name(reader: ReaderWindow) -> None:
    for control in (*reader.findChildren(QPushButton), field(reader), entries(reader), page(reader)):
        assert control.accessibleName()


# --- closing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_W])
def test_it_closes_by_keyboard_and_says_so(reader: ReaderWindow, qtbot, key: Qt.Key) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(reader.closed):
        qtbot.keyClick(page(reader), key, control if key is Qt.Key.Key_W else Qt.KeyboardModifier.NoModifier)
    assert not reader.isVisible()


def test_it_may_be_let_go_while_it_closes(qtbot) -> None:
    kept = [ReaderWindow()]
    kept[0].closed.connect(lambda: kept.pop().deleteLater())
    kept[0].present()
    kept[0].close()
    QApplication.sendPostedEvents(None, 0)
    QApplication.processEvents()
    assert not kept
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, ReaderWindow) and one.isVisible()]
