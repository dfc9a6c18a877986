"""The settings window: changes take effect at once, can be undone, and are what the file says."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QTimeEdit, QWidget

from numbguard.core.ports import AutostartError, AutostartState
from numbguard.core.settings.choices import AdvisedCard, GoalKind, Place, Style, Theme
from numbguard.core.settings.table import SPECS
from numbguard.store.log.recovery.by_hand import LogRecovery
from numbguard.store.profile import Profile
from numbguard.ui.settings import search
from numbguard.ui.settings.groups.hours_group import HoursGroup, HoursRow
from numbguard.ui.settings.rows.language_field import LanguageField
from numbguard.ui.settings.rows.row import SettingRow
from numbguard.ui.settings.rows.style_field import StyleField, _StylePicture
from numbguard.ui.settings.rows.theme_field import _ThemePicture
from numbguard.ui.settings.window import SettingsWindow
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.controls import CheckBox, NumberBox, RadioButton, TimeBox
from numbguard.wording.languages import Language
from tests.store.settings.test_undo_book import Desk
from tools.fakes import FakeHooks, FakeHotKeys

# Qt's offscreen platform warns about what it cannot do; a desktop can.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class LogIn:
    """Stands in for the system's autostart; fails on demand."""

    def __init__(self) -> None:
        self.on = False
        self.fails = False
        self.declined = False

    def state(self) -> AutostartState:
        return AutostartState(self.on, declined=self.declined)

    def set(self, on: bool) -> None:
        if self.fails:
            raise AutostartError("The folder could not be written. Nothing was changed.")
        self.on = on


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Profile.find(str(tmp_path / "profile")))


@pytest.fixture
def log_in() -> LogIn:
    return LogIn()


@pytest.fixture
def hot_keys() -> FakeHotKeys:
    return FakeHotKeys()


@pytest.fixture
def hooks() -> FakeHooks:
    return FakeHooks()


@pytest.fixture
def window(desk: Desk, log_in: LogIn, hot_keys: FakeHotKeys, hooks: FakeHooks, qtbot) -> SettingsWindow:
    made = SettingsWindow(
        desk.book, log_in, LogRecovery(desk.profile, lambda: None), hot_keys=lambda: hot_keys, hooks=hooks
    )
    qtbot.addWidget(made)
    made.present()
    return made


def row(window: SettingsWindow, key: str) -> SettingRow:
    return window.row(key)


def shown(widget: QWidget, kind: type) -> list:
    return [one for one in widget.findChildren(kind) if one.isVisibleTo(widget)]


def said(widget: QWidget) -> str:
    return " ".join(label.text() for label in shown(widget, QLabel))


def click(widget: QWidget, name: str) -> None:
    QTest.mouseClick(
        next(one for one in shown(widget, QPushButton) if name in (one.text(), one.accessibleName())),
        Qt.MouseButton.LeftButton,
    )


def typed(box: QWidget, text: str) -> None:
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Qt.Key.Key_Tab)


def test_every_setting_has_its_row_with_the_value_that_holds(window: SettingsWindow) -> None:
    for spec in SPECS:
        found = row(window, spec.key)
        named = [one.text() for one in shown(found, CheckBox) + shown(found, QLabel)]
        assert spec.title in named
        assert not [one for one in shown(found, QPushButton) if one.text().startswith("Back to")], spec.key
    assert window._contents.count() == 5


def test_an_emergency_number_is_typed_and_taken_away_again(window: SettingsWindow, desk: Desk, qtbot) -> None:
    line = row(window, "help.number").findChild(QLineEdit)
    typed(line, "112")
    qtbot.waitUntil(lambda: desk.book.settings.help_number == "112", timeout=10_000)
    assert desk.text == '[help]\nnumber = "112"\n'
    typed(line, "call me")
    assert desk.book.settings.help_number == "112"
    assert "telephone number" in " ".join(one.text() for one in shown(window, QLabel))
    typed(line, "")
    line.clear()
    typed(line, " ")
    qtbot.waitUntil(lambda: desk.book.settings.help_number == "", timeout=10_000)


def test_a_run_of_clicks_is_one_change_and_ctrl_z_takes_it_back(window: SettingsWindow, desk: Desk, qtbot) -> None:
    interval = row(window, "breaks.interval")
    for _ in range(3):
        click(interval, "+")
    qtbot.waitUntil(lambda: desk.book.settings.interval == 3600.0, timeout=10_000)
    assert desk.text == '[breaks]\ninterval = "1h"\n'
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.book.settings.interval == 2700.0
    assert interval.findChild(NumberBox).text() == "45 min"
    assert not desk.profile.settings.exists()


def test_ctrl_z_belongs_to_the_window_even_within_a_field(window: SettingsWindow, desk: Desk, qtbot) -> None:
    box = row(window, "breaks.snooze").findChild(NumberBox)
    typed(box, "7 min")
    qtbot.waitUntil(lambda: desk.book.settings.snooze == 420.0, timeout=10_000)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.book.settings.snooze == 300.0
    assert box.text() == "5 min"


def test_what_cannot_be_is_refused_in_words_and_the_former_value_stands(window: SettingsWindow, desk: Desk) -> None:
    interval = row(window, "breaks.interval")
    box = interval.findChild(NumberBox)
    typed(box, "3 h")
    assert box.text() == "45 min"
    assert "From 10 min to 2 h." in said(interval)
    typed(box, "§$50")
    window.undo()
    assert desk.book.settings.interval == 2700.0  # 50 was typed, reported, and undone
    assert "From 10 min" not in said(interval)


def test_back_to_the_default(window: SettingsWindow, desk: Desk, qtbot) -> None:
    snooze = row(window, "breaks.snooze")
    typed(snooze.findChild(NumberBox), "10")
    qtbot.waitUntil(lambda: desk.book.settings.snooze == 600.0, timeout=10_000)
    click(snooze, "Back to the default: 5 min")
    assert desk.book.settings.snooze == 300.0
    assert "snooze" not in desk.text
    window.undo()
    assert desk.book.settings.snooze == 600.0


def test_the_style_of_a_break_is_chosen_by_its_picture_or_with_the_arrow_keys(
    window: SettingsWindow, desk: Desk
) -> None:
    style = row(window, "breaks.style")
    radios = shown(style, RadioButton)
    assert [radio.text() for radio in radios] == ["Gentle", "Standard", "Firm"]
    assert radios[2].accessibleDescription() == "A card over every screen. It takes the keyboard too."
    assert [radio.isChecked() for radio in radios] == [False, True, False]
    gentle = style.findChildren(_StylePicture)[0]
    QTest.mouseClick(gentle, Qt.MouseButton.LeftButton)
    assert desk.book.settings.style is Style.GENTLE
    assert radios[0].hasFocus()
    QTest.keyClick(radios[0], Qt.Key.Key_Right)
    assert desk.book.settings.style is Style.STANDARD
    assert radios[1].isChecked() and not radios[0].isChecked()


def test_the_pictures_of_the_styles_are_below_one_another_where_there_is_no_room(qtbot) -> None:
    spec = next(one for one in SPECS if one.key == "breaks.style")
    parent = QWidget()
    qtbot.addWidget(parent)
    field = StyleField(spec, parent)
    lefts = []
    for width in (60, 20):
        field.resize(round(width * theme.unit()), round(30 * theme.unit()))
        parent.show()
        QTest.qWait(10)
        lefts.append(len({one.mapTo(field, QPoint(0, 0)).x() for one in field.findChildren(_StylePicture)}))
    assert lefts == [3, 1]


def test_choices_ticks_and_names(window: SettingsWindow, desk: Desk) -> None:
    shown(row(window, "breaks.style"), RadioButton)[2].click()
    shown(row(window, "quiet.call"), CheckBox)[0].click()
    places = row(window, "cards.places")
    for tick in shown(places, CheckBox)[:3]:
        tick.click()
    assert "Keep at least one." in said(places)
    settings = desk.book.settings
    assert (settings.style, settings.quiet_call, settings.places) == (Style.FIRM, False, (Place.WALL,))
    line = row(window, "quiet.programs")._field._line
    typed(line, " zoom, obs,, zoom ")
    assert desk.book.settings.quiet_programs == ("zoom", "obs")


def test_a_card_that_a_therapist_advised_is_ticked_and_taken_away_again(window: SettingsWindow, desk: Desk) -> None:
    advised = row(window, "cards.advised")
    glide, four = shown(advised, CheckBox)
    assert not glide.isChecked() and not four.isChecked()
    four.click()
    assert desk.book.settings.advised_cards == (AdvisedCard.FIGURE_FOUR,)
    four.click()
    assert desk.book.settings.advised_cards == ()
    assert "Keep at least one" not in said(advised)


def test_a_time_of_day_or_off(window: SettingsWindow, desk: Desk, qtbot) -> None:
    routine = row(window, "routine.at")
    tick, box = shown(routine, CheckBox)[0], shown(routine, QTimeEdit)[0]
    assert not box.isEnabled()
    tick.click()
    assert desk.book.settings.routine_at == time(10, 30)
    box.setSelectedSection(QTimeEdit.Section.MinuteSection)
    QTest.keyClick(box, Qt.Key.Key_Up)
    routine.flush()
    assert desk.book.settings.routine_at == time(10, 35)
    tick.click()
    assert desk.book.settings.routine_at is None
    window.undo()
    assert box.text() == "10:35"


def test_what_means_nothing_for_now_is_grey(window: SettingsWindow, desk: Desk) -> None:
    assert not row(window, "goals.walk").isEnabled()
    shown(row(window, "goals.week"), RadioButton)[2].click()
    assert desk.book.settings.goal is GoalKind.WALK
    assert row(window, "goals.walk").isEnabled()
    assert not row(window, "goals.water").isEnabled()


def test_a_change_made_elsewhere_shows_up_by_itself(window: SettingsWindow, desk: Desk, qtbot) -> None:
    box = row(window, "breaks.interval").findChild(NumberBox)
    desk.profile.settings.write_text('[breaks]\ninterval = "30m"\nsnooze = "soon"\n', encoding="utf-8")
    qtbot.waitUntil(lambda: box.text() == "30 min", timeout=10_000)
    assert "line 3: “soon” is not a duration" in said(window)
    assert not window._undo.isEnabled()


def test_a_file_that_makes_no_sense_is_left_alone_and_the_window_says_so(window: SettingsWindow, desk: Desk) -> None:
    desk.profile.settings.write_text("[breaks\n", encoding="utf-8")
    style = row(window, "breaks.style")
    shown(style, RadioButton)[0].click()
    assert "Please fix it first." in said(style)
    assert shown(style, RadioButton)[1].isChecked()
    assert desk.text == "[breaks\n"


def hours_page(window: SettingsWindow) -> HoursGroup:
    page = window.open_at("hours")
    assert isinstance(page, HoursGroup)
    return page


def day(page: HoursGroup, number: int) -> HoursRow:
    return page.findChildren(HoursRow)[number]


def test_a_time_typed_over_the_whole_of_another_is_taken_from_its_first_digit(qtbot) -> None:
    box = TimeBox("Monday: from", None)
    qtbot.addWidget(box)
    box.show_time(time(9, 0))
    box.selectAll()
    qtbot.keyClicks(box, "13:30")
    assert box.at() == time(13, 30)


def test_working_hours_are_switched_on_set_copied_and_said_in_words(window: SettingsWindow, desk: Desk, qtbot) -> None:
    page = hours_page(window)
    assert "Reminders at any hour." in said(page)
    page._only.click()
    assert "Mon–Fri 09:00–12:30, 13:30–18:00" in said(page)
    start = shown(day(page, 0), QTimeEdit)[0]
    start.setFocus()
    start.setSelectedSection(QTimeEdit.Section.HourSection)
    QTest.keyClick(start, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: desk.book.settings.hours[0][0].start.hour == 8, timeout=10_000)
    day(page, 0)._copy((1, 2, 3, 4))
    assert "Mon–Fri 08:00–12:30, 13:30–18:00" in said(page)
    click(day(page, 4), "Friday: remove 13:30–18:00")
    click(day(page, 5), "Saturday: add a range")
    assert "Mon–Thu 08:00–12:30, 13:30–18:00; Fri 08:00–12:30; Sat 09:00–17:00" in said(page)
    for _ in range(5):
        window.undo()
    assert desk.book.settings.hours == {}
    assert not page._only.isChecked()


def test_a_range_without_length_is_not_kept_until_it_has_one(window: SettingsWindow, desk: Desk) -> None:
    page = hours_page(window)
    page._only.click()
    start, end = shown(day(page, 1), QTimeEdit)[:2]
    end.setTime(start.time())
    page.flush()
    assert "Tuesday: the start and end must be different times." in said(page)
    assert desk.book.settings.hours[1][0].end.hour == 12
    end.setTime(start.time().addSecs(3600))
    page.flush()
    assert desk.book.settings.hours[1][0].end.hour == 10
    assert "different times" not in said(page)


def test_starting_at_log_in_is_as_the_system_has_it(window: SettingsWindow, log_in: LogIn) -> None:
    page = window.open_at("startup")
    (tick,) = shown(page, CheckBox)
    tick.click()
    assert log_in.on
    log_in.fails = True
    tick.click()
    assert tick.isChecked()
    assert "could not be written" in said(page)


def test_escape_closes_and_keeps_what_was_still_settling(window: SettingsWindow, desk: Desk, qtbot) -> None:
    click(row(window, "breaks.interval"), "+")
    with qtbot.waitSignal(window.closed):
        QTest.keyClick(window, Qt.Key.Key_Escape)
    assert desk.book.settings.interval == 3000.0


def test_every_control_is_reached_by_tab_and_has_a_name(window: SettingsWindow) -> None:
    hours_page(window)._only.click()
    for place in range(window._contents.count()):
        window._contents.setCurrentRow(place)
        window._contents.setFocus()
        order: list[QWidget] = []
        while (at := QApplication.focusWidget()) not in order:
            order.append(at)
            assert at.accessibleName() or at.text(), at
            QTest.keyClick(at, Qt.Key.Key_Tab)
        page = window._stack.currentWidget()
        QApplication.processEvents()  # what was made with the page gets its place
        heights = [one.mapTo(window, one.rect().center()).y() for one in order if page.isAncestorOf(one)]
        assert heights == sorted(heights), "from top to bottom"
        able = [one for one in shown(page, NumberBox) + shown(page, CheckBox) if one.isEnabled()]
        assert set(able) <= set(order)


def test_a_wrong_value_in_the_file_is_mended_with_the_default_by_a_click(window: SettingsWindow, desk: Desk) -> None:
    wrong = '[breaks]\ninterval = "5 hours"\nstyle = "loud"\n'
    desk.profile.settings.write_text(wrong, encoding="utf-8")
    window._look_again()
    assert "settings.toml, line 2: “5 hours” is not a duration" in said(window._problems)
    click(window._problems, "Use the default: breaks.interval")
    assert desk.text == '[breaks]\nstyle = "loud"\n'
    assert "5 hours" not in said(window)
    click(window._problems, "Use the default: breaks.style")
    assert (desk.text, window._problems.isVisible()) == ("[breaks]\n", False)
    window.undo()
    window.undo()
    assert desk.text == wrong
    assert "line 2" in said(window._problems)


def test_many_wrong_values_leave_room_for_the_settings(window: SettingsWindow, desk: Desk) -> None:
    desk.profile.settings.write_text("[breaks]\n" + "".join(f"x{n} = 1\n" for n in range(40)), encoding="utf-8")
    window._look_again()
    assert "20 more problems" in said(window._problems)
    assert window._problems.height() <= window.height() * 0.35


def test_a_mend_that_fails_says_so(window: SettingsWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.profile.settings.write_text('[breaks]\ninterval = "5 hours"\n', encoding="utf-8")
    window._look_again()

    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numbguard.store.settings.file.write_whole", full)
    click(window._problems, "Use the default: breaks.interval")
    assert "no space left on device" in said(window)


def test_a_language_is_chosen_and_one_from_the_file_without_a_translation_is_shown(
    window: SettingsWindow, desk: Desk
) -> None:
    box = row(window, "appearance.language").findChild(QComboBox)
    assert [box.itemData(0), box.itemData(1)] == ["system", "en"]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert desk.text == '[appearance]\nlanguage = "en"\n'
    desk.profile.settings.write_text('[appearance]\nlanguage = "xx"\n', encoding="utf-8")
    window._look_again()
    assert box.currentData() == "xx"
    assert "machine" not in said(window)


def test_a_translation_that_no_native_has_read_says_so(monkeypatch: pytest.MonkeyPatch, qtbot) -> None:
    offered = (Language("en", "English", False), Language("de", "Deutsch", True))
    monkeypatch.setattr("numbguard.ui.settings.rows.language_field.languages", lambda: offered)
    page = QWidget()
    qtbot.addWidget(page)
    field = LanguageField(next(spec for spec in SPECS if spec.key == "appearance.language"), page)
    field.show_value("de")
    assert said(field) == "Translated by machine, not yet read by a native."
    field.show_value("en")
    assert said(field) == ""


# --- the pages and the search ----------------------------------------------------------------------------------------


def results(window: SettingsWindow) -> list[str]:
    return [window._hit_list.item(place).text() for place in range(window._hit_list.count())]


def search_for(window: SettingsWindow, words: str) -> list[str]:
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window._search.hasFocus()
    QTest.keyClicks(window._search, words)
    return results(window)


def test_a_page_is_built_when_it_is_first_opened(window: SettingsWindow) -> None:
    assert list(window._pages) == [0]
    window.open_at("hooks")
    assert list(window._pages) == [0, 4]
    assert list(window._pages[4].groups) == ["appearance", "backup", "startup", "hot_keys", "hooks"]


@pytest.mark.parametrize(
    ("typed_words", "found"),
    [
        ("snooze", "Snooze for"),
        ("put off", "Snooze for"),
        ("webcam", "The microphone or camera is in use"),
        ("ambulance", "My local emergency number"),
        ("weekend", "Working hours"),
        ("autostart", "Startup"),
        ("shortcut", "Log numbness"),
        ("breaks.style", "How breaks appear"),
        ("FULL screen", "A window fills the screen"),
    ],
)
def test_a_setting_is_found_by_its_words_and_by_others_for_the_same(
    window: SettingsWindow, typed_words: str, found: str
) -> None:
    assert found in search_for(window, typed_words)


def test_a_hit_turns_to_its_page_marks_the_row_and_takes_the_keyboard_there(window: SettingsWindow) -> None:
    search_for(window, "water")
    assert "settings found" in said(window)
    QTest.keyClick(window._search, Qt.Key.Key_Return)
    page = window._pages[2]
    assert window._stack.currentWidget() is page
    assert page._mark._part is page.row("goals.week") or page._mark._part is page.row("goals.water")
    assert page._mark.isVisible()
    QTest.keyClicks(window._search, "x")  # another search
    window._search.clear()
    assert not page._mark.isVisible()
    assert window._contents.isVisible()


def test_escape_empties_the_search_before_it_closes_the_window(window: SettingsWindow) -> None:
    assert search_for(window, "qqqq") == []
    assert "Nothing found. Try another word." in said(window)
    QTest.keyClick(window._search, Qt.Key.Key_Escape)
    assert window.isVisible() and window._search.text() == ""
    assert window._contents.isVisible()


def test_the_arrow_keys_go_through_what_was_found_and_show_each(window: SettingsWindow) -> None:
    search_for(window, "camera")
    QTest.keyClick(window._search, Qt.Key.Key_Down)
    assert window._hit_list.hasFocus()
    assert window.page == 1
    marked = window._pages[1]._mark._part
    QTest.keyClick(window._hit_list, Qt.Key.Key_Down)
    assert window._pages[1]._mark._part is not marked


def test_everything_can_be_deleted_under_data_alone(window: SettingsWindow, qtbot) -> None:
    for number in range(5):
        window.turn_to(number)
        words = [one.text().replace("&", "") for one in shown(window, QPushButton)]
        assert ("Delete everything…" in words) == (number == 4)
    with qtbot.waitSignal(window.erase_wanted):
        click(window.open_at("backup"), "Delete everyt&hing…")


def test_the_page_on_health_leads_to_when_to_get_help(window: SettingsWindow, qtbot) -> None:
    with qtbot.waitSignal(window.help_wanted):
        click(window.open_at("signs"), "When to &get help")


def test_settings_are_found_in_the_persons_language_and_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    german = {"Snooze for": "Zurückstellen um"}
    monkeypatch.setattr("numbguard.ui.settings.search.translated", lambda text: german.get(str(text), str(text)))
    search.forget()
    assert [hit.key for hit in search.find("ZURUCKSTELLEN")] == ["breaks.snooze"]
    assert "breaks.snooze" in [hit.key for hit in search.find("snooze for")]
    search.forget()


def test_a_window_opened_again_shows_the_same_row_with_the_keyboard_in_it(
    window: SettingsWindow, desk: Desk, log_in: LogIn, hot_keys: FakeHotKeys, hooks: FakeHooks, qtbot
) -> None:
    desk.book.change("appearance.text_size", 120)
    window.row("appearance.text_size").field.setFocus()
    again = SettingsWindow(
        Desk(desk.profile).book, log_in, LogRecovery(desk.profile, lambda: None), hot_keys=lambda: hot_keys, hooks=hooks
    )
    qtbot.addWidget(again)
    window.close()
    again.take_over(window)
    again.present()
    size = again._pages[4].row("appearance.text_size")
    assert size is not None
    qtbot.waitUntil(lambda: 0 <= size.mapTo(again._pages[4].viewport(), QPoint(0, 0)).y() < again.height() / 2)
    assert again.focused_key == "appearance.text_size"
    again.undo()
    assert desk.book.settings.text_size == 100


def test_colours_are_chosen_by_their_picture_and_kept(window: SettingsWindow, desk: Desk) -> None:
    colours = window.row("appearance.theme")
    radios = shown(colours, RadioButton)
    assert [radio.text() for radio in radios] == [
        "As the desktop is", "Light", "Dark", "High contrast: black and white"
    ]  # fmt: skip
    QTest.mouseClick(colours.findChildren(_ThemePicture)[3], Qt.MouseButton.LeftButton)
    assert desk.book.settings.theme is Theme.HIGH_CONTRAST
    assert radios[3].isChecked() and radios[3].hasFocus()
