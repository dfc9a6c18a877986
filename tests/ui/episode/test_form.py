"""The episode form: every answer is optional, nothing is saved before *Save*, and an ignored form closes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from numbguard.core.errors import JournalError
from numbguard.core.log.records.episode import Episode, EpisodeEnd, Onset, Posture, Sensation
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.sites import Region, Side, Site, sites_on
from numbguard.ui.episode import form as episode_form
from numbguard.ui.episode.form import EpisodeForm, FormPurpose
from numbguard.ui.leg_map.control import LegMap
from numbguard.wording import catalogue
from tools.fakes import MORNING, advise_alone, episode

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LAST = Episode(
    "the last",
    MORNING - timedelta(days=1),
    sites=sites_on(Side.LEFT, Region.CALF, Region.SOLE),
    sensations=(Sensation.TINGLING,),
    severity=7,
    posture=Posture.LEGS_CROSSED,
    note="only that day",
)


class Person:
    """A person using the form."""

    def __init__(self, qtbot: QtBot, purpose: FormPurpose, about: Episode, last: Episode | None = None) -> None:
        self.kept: list[Episode] = []
        self.refusal: JournalError | None = None
        self.qtbot = qtbot
        self.signs: dict[WarningSign, bool] = {}
        self.form = EpisodeForm(
            about, purpose, last=last, now=lambda: MORNING, advise=advise_alone, save=self._save, number="112"
        )
        qtbot.addWidget(self.form)
        if purpose is FormPurpose.JUST_LOGGED:
            self.form.appear()
        else:
            self.form.show()
        qtbot.waitExposed(self.form)

    def _save(self, saved: Episode, signs: Mapping[WarningSign, bool]) -> None:
        if self.refusal:
            raise self.refusal
        self.kept.append(saved)
        self.signs = dict(signs)

    def press(self, words: str, *, under: str = "") -> None:
        buttons = [
            button
            for button in self.form.findChildren(QPushButton)
            if button.text().replace("&", "").startswith(words) and under in button.accessibleDescription()
        ]
        assert len(buttons) == 1, [button.text() for button in buttons]
        if not buttons[0].isVisible():
            self.open_details()
        assert buttons[0].isVisible(), buttons[0].text()
        self.qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)

    def open_details(self) -> None:
        self.qtbot.mouseClick(self.form._fold.button, Qt.MouseButton.LeftButton)

    def note(self, words: str) -> None:
        if not self.form._note.isVisible():
            self.open_details()
        self.qtbot.keyClicks(self.form._note, words)

    def write(self, field: str, words: str) -> None:
        line = next(one for one in self.form.findChildren(QLineEdit) if one.accessibleName() == field)
        if not line.isVisible():
            self.press({"When it started": "Another time", "When it ended": "Until"}[field])
        line.clear()
        self.qtbot.keyClicks(line, words)

    def trouble(self) -> str:
        return self.form._trouble.text() if self.form._trouble.isVisible() else ""


def test_nothing_told_is_nothing_made_up(qtbot: QtBot) -> None:
    person = Person(qtbot, FormPurpose.JUST_LOGGED, episode(), LAST)
    person.press("Save")
    assert person.kept == [episode()]
    assert not person.form.isVisible()


def test_all_of_it_told(qtbot: QtBot) -> None:
    person = Person(qtbot, FormPurpose.JUST_LOGGED, episode())
    person.form._places.show_where(sites_on(Side.RIGHT, Region.TOES), None)
    for words, under in (("Numb", "feels"), ("Burning", "feels"), ("4", "bad"), ("Slouched", "sitting")):
        person.press(words, under=under)
    person.press("Suddenly")
    person.press("No", under="Is the leg weak")
    person.press("Yes", under="Does your back hurt")
    person.note("  after lunch ")
    person.press("Save")
    assert person.kept == [
        replace(
            episode(),
            sites=sites_on(Side.RIGHT, Region.TOES),
            sensations=(Sensation.NUMB, Sensation.BURNING),
            severity=4,
            posture=Posture.SLOUCHED,
            onset=Onset.SUDDEN,
            weakness=False,
            back_pain=True,
            note="after lunch",
        )
    ]


def test_what_was_said_the_last_time_is_offered_and_not_written_before_one_agrees(qtbot: QtBot) -> None:
    person = Person(qtbot, FormPurpose.JUST_LOGGED, episode(), LAST)
    assert person.form.episode() == episode()
    person.press("Like the last one: your left calf, the sole of your left foot, tingling, legs crossed")
    assert person.kept == []
    person.press("Save")
    (kept,) = person.kept
    assert (kept.side, kept.regions, kept.sensations) == (Side.LEFT, LAST.regions, LAST.sensations)
    assert kept.posture is Posture.LEGS_CROSSED
    assert (kept.severity, kept.note) == (None, None), "what differs each time is not taken over"


def test_a_chip_is_let_go_of_by_a_second_click_and_only_one_posture_holds(qtbot: QtBot) -> None:
    person = Person(qtbot, FormPurpose.JUST_LOGGED, episode())
    person.press("Slouched")
    person.press("Perched")
    assert person.form.episode().posture is Posture.PERCHED
    person.press("Perched")
    assert person.form.episode().posture is None


def test_ignored_it_goes_by_itself_and_keeps_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(episode_form, "_IGNORED_AFTER_MS", 50)
    person = Person(qtbot, FormPurpose.JUST_LOGGED, episode(), LAST)
    qtbot.waitUntil(lambda: not person.form.isVisible(), timeout=10_000)
    assert person.kept == []


def test_a_pointer_that_merely_lies_there_does_not_hold_it_and_one_that_moves_does(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pointer = [QPoint(1, 1)]
    monkeypatch.setattr(episode_form.QCursor, "pos", lambda: pointer[0])
    person = Person(qtbot, FormPurpose.JUST_LOGGED, episode())
    pointer[0] = person.form.frameGeometry().center()
    person.form._close_if_ignored()
    assert person.form.isVisible(), "it came here just now"
    person.form._close_if_ignored()
    assert not person.form.isVisible()


def test_touched_it_stays(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(episode_form, "_IGNORED_AFTER_MS", 400)
    person = Person(qtbot, FormPurpose.JUST_LOGGED, episode())
    person.press("Numb", under="feels")
    qtbot.wait(700)
    assert person.form.isVisible()


def test_it_never_takes_the_keyboard_when_it_comes(qtbot: QtBot) -> None:
    person = Person(qtbot, FormPurpose.JUST_LOGGED, episode())
    assert person.form.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert person.form.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    qtbot.waitUntil(lambda: not person.form.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus, timeout=10_000)


def test_a_late_entry_is_dated_as_one_says_it(qtbot: QtBot) -> None:
    person = Person(qtbot, FormPurpose.LATE, episode())
    person.press("Save")
    assert "Say when it started" in person.trouble()
    person.write("When it started", "yesterday about three")
    person.write("When it ended", "yesterday 15:20")
    person.press("Save")
    (kept,) = person.kept
    yesterday = (MORNING - timedelta(days=1)).replace(minute=0)
    assert kept.started_at == yesterday.replace(hour=15)
    assert kept.ended_at == yesterday.replace(hour=15, minute=20)


def test_a_time_is_read_and_refused_in_the_language_in_use(qtbot: QtBot, request: pytest.FixtureRequest) -> None:
    person = Person(qtbot, FormPurpose.LATE, episode())
    request.addfinalizer(catalogue.forget)
    catalogue.use("de")
    person.write("When it started", "vorhin")
    person.press("Save")
    assert "gestern gegen drei" in person.trouble()
    person.write("When it started", "gestern gegen drei")
    person.press("Save")
    (kept,) = person.kept
    assert kept.started_at == (MORNING - timedelta(days=1)).replace(hour=15, minute=0)


def test_a_time_of_another_season_is_the_one_the_clock_showed_then(qtbot: QtBot, monkeypatch) -> None:
    monkeypatch.setattr("tests.ui.episode.test_form.MORNING", MORNING.astimezone(ZoneInfo("Europe/Berlin")))
    summer = datetime(2025, 7, 20, 13, 5, tzinfo=UTC)
    person = Person(qtbot, FormPurpose.CHANGE, replace(LAST, started_at=summer, ended_at=None))
    line = next(one for one in person.form.findChildren(QLineEdit) if one.accessibleName() == "When it started")
    assert line.text() == "2025-07-20 15:05"
    person.write("When it started", "2025-07-20 15:10")
    person.press("Save")
    assert person.kept[0].started_at.isoformat() == "2025-07-20T15:10:00+02:00"
    assert isinstance(person.kept[0].started_at.tzinfo, timezone)


@pytest.mark.parametrize(
    ("began", "gone", "says"),
    [
        ("2030-01-01 10:00", "", "The start time is in the future"),
        ("9:00", "8:00", "The end time is before the start time"),
        ("9:00", "2030-01-01 10:00", "The end time is in the future"),
        ("some time", "", "is not a time"),
        ("2026-02-30 10:00", "", "“2026-02-30 10:00” is not a day of the calendar: February 2026 has 28 days"),
        ("9:00", "31 November", "November has 30 days"),
        ("1.1.0026", "", "is in the year 26; check the year"),
        ("9:00", "9999-12-31T23:59-14:00", "is not a time"),
    ],
)
def test_times_that_cannot_be_are_refused_in_a_sentence(qtbot: QtBot, began: str, gone: str, says: str) -> None:
    person = Person(qtbot, FormPurpose.LATE, episode())
    person.write("When it started", began)
    person.write("When it ended", gone)
    person.press("Save")
    assert says in person.trouble()
    assert person.kept == []


def test_correcting_keeps_to_the_second_what_was_not_touched(qtbot: QtBot) -> None:
    whole = replace(
        LAST,
        started_at=MORNING - timedelta(hours=20, seconds=13),
        ended_at=MORNING - timedelta(hours=19, seconds=7),
        weakness=True,
        back_pain=False,
        onset=Onset.GRADUAL,
    )
    person = Person(qtbot, FormPurpose.CHANGE, whole)
    person.press("Save")
    assert person.kept == [whole]


def test_correcting_loses_nothing_that_the_map_cannot_show(qtbot: QtBot) -> None:
    """Regions without a side, an unusual order of sensations and a note from elsewhere."""
    note = "  from\ta spreadsheet\r\n"
    told = replace(LAST, sites=sites_on(None, Region.SOLE, Region.LOWER_BACK), note=note)
    told = replace(told, sensations=(Sensation.PAIN, Sensation.NUMB))
    person = Person(qtbot, FormPurpose.CHANGE, told)
    person.press("Save")
    assert person.kept == [told]
    again = Person(qtbot, FormPurpose.CHANGE, told)
    leg_map = again.form._places.map
    qtbot.mouseClick(leg_map, Qt.MouseButton.LeftButton, pos=middle_of(leg_map, Side.LEFT, Region.KNEE))
    again.press("Save")
    assert again.kept[0].sites == (*sites_on(None, Region.LOWER_BACK), Site(Region.KNEE, Side.LEFT), Site(Region.SOLE))


def middle_of(leg: LegMap, side: Side, region: Region) -> QPoint:
    button = next(one for one in leg._buttons if one.spot == (side, region))
    return button.geometry().center()


def test_an_end_can_be_taken_away(qtbot: QtBot) -> None:
    person = Person(qtbot, FormPurpose.CHANGE, replace(LAST, ended_at=MORNING))
    person.write("When it ended", "")
    person.press("Save")
    assert person.kept[0].end is EpisodeEnd.UNKNOWN
    person = Person(qtbot, FormPurpose.CHANGE, replace(LAST, ended_at=MORNING))
    person.press("Still numb")
    person.press("Save")
    assert person.kept[0].end is EpisodeEnd.OPEN


def test_a_past_episode_says_when_it_began_and_how_long_it_lasted_by_two_clicks(qtbot: QtBot) -> None:
    person = Person(qtbot, FormPurpose.LATE, episode())
    person.press("20 min ago")
    person.press("About 15 min")
    person.press("Save")
    (kept,) = person.kept
    assert kept.started_at == (MORNING - timedelta(minutes=20)).replace(second=0, microsecond=0)
    assert kept.ended_at == kept.started_at + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("began", "gone", "end"),
    [
        ("20 min ago", None, EpisodeEnd.UNKNOWN),
        ("20 min ago", "Don't know", EpisodeEnd.UNKNOWN),
        ("20 min ago", "Still numb", EpisodeEnd.OPEN),
        ("Now", None, EpisodeEnd.OPEN),
        ("10 min ago", "A few minutes", EpisodeEnd.AT),
    ],
)
def test_a_past_episode_is_open_only_if_that_is_said(
    qtbot: QtBot, began: str, gone: str | None, end: EpisodeEnd
) -> None:
    person = Person(qtbot, FormPurpose.LATE, episode())
    person.press(began)
    if gone:
        person.press(gone)
    person.press("Save")
    assert [one.end for one in person.kept] == [end]


def test_an_episode_just_logged_began_a_while_ago(qtbot: QtBot) -> None:
    person = Person(qtbot, FormPurpose.JUST_LOGGED, episode())
    person.press("10 min ago")
    assert person.form.has_unsaved
    person.press("Save")
    (kept,) = person.kept
    assert kept.started_at == episode().started_at - timedelta(minutes=10)
    assert kept.end is EpisodeEnd.OPEN, "it was numb a moment ago"


def test_what_is_known_of_the_end_comes_back_when_it_is_corrected(qtbot: QtBot) -> None:
    for end_unknown in (True, False):
        person = Person(qtbot, FormPurpose.CHANGE, replace(LAST, end_unknown=end_unknown))
        assert not person.form.has_unsaved
        person.press("Save")
        assert person.kept == [replace(LAST, end_unknown=end_unknown)]


def test_left_calf_and_right_sole_are_what_is_marked_after_reopening(qtbot: QtBot) -> None:
    apart = (Site(Region.CALF, Side.LEFT), Site(Region.SOLE, Side.RIGHT))
    person = Person(qtbot, FormPurpose.CHANGE, LAST)
    person.form._places.show_where((), None)
    leg_map = person.form._places.map
    for side, region in ((Side.LEFT, Region.CALF), (Side.RIGHT, Region.SOLE)):
        button = next(one for one in leg_map._buttons if one.spot == (side, region))
        button.click()
    person.press("Save")
    again = Person(qtbot, FormPurpose.CHANGE, person.kept[0])
    assert again.form._places.map.marked() == {(Side.LEFT, Region.CALF), (Side.RIGHT, Region.SOLE)}
    assert again.form.episode().sites == apart


def test_each_place_is_said_in_words_and_a_click_on_them_removes_it(qtbot: QtBot) -> None:
    told = replace(LAST, sites=(Site(Region.CALF, Side.BOTH), Site(Region.SOLE, Side.RIGHT), Site(Region.KNEE)))
    person = Person(qtbot, FormPurpose.CHANGE, told)
    words = [one.text() for one in person.form._places._words.findChildren(QPushButton)]
    assert words == ["Knee, side not given  ✕", "Calf, both sides  ✕", "Right sole  ✕"]
    person.press("Calf, both sides")
    assert person.form._places.map.marked() == {(Side.RIGHT, Region.SOLE)}
    person.press("Knee, side not given")
    person.press("Save")
    assert person.kept[0].sites == (Site(Region.SOLE, Side.RIGHT),)
    leg = Person(qtbot, FormPurpose.CHANGE, replace(LAST, sites=(), leg=Side.LEFT))
    leg.press("Left leg")
    leg.press("Save")
    assert (leg.kept[0].sites, leg.kept[0].leg) == ((), None)


def test_the_words_below_the_map_are_reached_right_after_it(qtbot: QtBot) -> None:
    person = Person(qtbot, FormPurpose.CHANGE, replace(LAST, sites=()))
    leg_map = person.form._places.map
    next(one for one in leg_map._buttons if one.spot == (Side.LEFT, Region.HIP)).click()
    leg_map.tab_stop.setFocus()
    qtbot.keyClick(leg_map.tab_stop, Qt.Key.Key_Tab)
    focused = person.form.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Remove Left hip"


def test_an_episode_from_before_sites_says_so_until_its_places_are_corrected(qtbot: QtBot) -> None:
    former = replace(LAST, sites=sites_on(Side.BOTH, Region.CALF, Region.SOLE), before_sites=True)
    person = Person(qtbot, FormPurpose.CHANGE, former)
    assert "one side for all places" in person.form._places._note.text()
    person.press("Save")
    assert person.kept == [former]
    again = Person(qtbot, FormPurpose.CHANGE, former)
    again.press("Sole, both sides")
    assert again.form._places._note.isHidden()
    again.press("Save")
    assert not again.kept[0].before_sites


def test_a_side_told_without_a_region_stays(qtbot: QtBot) -> None:
    sided = replace(LAST, sites=(), leg=Side.RIGHT)
    person = Person(qtbot, FormPurpose.CHANGE, sided)
    person.press("Save")
    assert person.kept == [sided]


def test_what_cannot_be_written_is_said_and_the_form_stays(qtbot: QtBot) -> None:
    person = Person(qtbot, FormPurpose.JUST_LOGGED, episode())
    person.refusal = JournalError("The disk is full. Nothing was kept.")
    person.press("Save")
    assert person.trouble() == "The disk is full. Nothing was kept."
    assert person.form.isVisible()


def test_help_is_one_click_away(qtbot: QtBot) -> None:
    person = Person(qtbot, FormPurpose.JUST_LOGGED, episode())
    with qtbot.waitSignal(person.form.help_wanted):
        person.press("When to get help")


def test_escape_leaves_without_keeping(qtbot: QtBot) -> None:
    person = Person(qtbot, FormPurpose.CHANGE, LAST)
    person.press("5", under="bad")
    with qtbot.waitSignal(person.form.closed):
        qtbot.keyClick(person.form, Qt.Key.Key_Escape)
    assert person.kept == []


def test_it_lies_over_other_windows_until_one_of_ours_is_asked_for(qtbot: QtBot) -> None:
    person = Person(qtbot, FormPurpose.JUST_LOGGED, episode())
    person.press("Tingling")
    handle = person.form.windowHandle()
    assert handle and handle.flags() & Qt.WindowType.WindowStaysOnTopHint
    person.form.step_back()
    assert not handle.flags() & Qt.WindowType.WindowStaysOnTopHint
    assert person.form.isVisible()
    assert person.form.episode().sensations == (Sensation.TINGLING,)


def test_a_day_that_no_calendar_has_is_told_while_it_is_written(qtbot: QtBot) -> None:
    person = Person(qtbot, FormPurpose.LATE, episode())
    person.write("When it started", "31 November 10:00")
    assert person.form._began._field._understood.text().endswith("November has 30 days")
    person.write("When it started", "3/4")
    assert "may be 3 April or 4 March" in person.form._began._field._understood.text()
    person.write("When it started", "a quarter of an hour ago")
    assert person.form._began._field._understood.text() == "today at 10:00"
