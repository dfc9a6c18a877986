"""The history window as a person uses it: by keyboard, on a real log that other programs also write to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count, pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPixmap, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QStyleOptionViewItem,
)
from pytestqt.qtbot import QtBot

from numbguard.app.windows.log_windows import LogWindows
from numbguard.core.breaks.instant import Instant
from numbguard.core.log.records.episode import Episode, Posture
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.sites import Region, Side, sites_on
from numbguard.store.erase import erase
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.queries.history import EpisodeFilter, HistoryQueries
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.ui.episode.form import EpisodeForm
from numbguard.ui.history import model as history_model
from numbguard.ui.history.column_map_dialog import ColumnMapDialog
from numbguard.ui.history.day.month import MonthPopup
from numbguard.ui.history.day.timeline import DayTimeline
from numbguard.ui.history.model import MAX_PAGES, PAGE, DayHeading
from numbguard.ui.history.versions_dialog import VersionsDialog
from numbguard.ui.history.window import HistoryWindow
from tools.fakes import MORNING, NO_WAYS, FakeControls, app_snapshot, book_on

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Desk:
    """A profile, the app's journal and episode book, and the history window on top of them."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.profile, self.runtime = Profile.find(str(folder)), FakeControls()
        self.journal = SqliteJournal(self.profile)
        self.keeping = SafeJournal(self.journal, self.profile)
        numbers = count()
        self.episodes = book_on(self.keeping, self.runtime, lambda: f"new-{next(numbers)}")
        self.windows: LogWindows | None = None
        self.window: HistoryWindow | None = None

    def write_waiting_entries(self) -> None: ...

    def may_say_it_recurs(self) -> bool:
        return True

    def add(self, id: str, at: datetime = MORNING, **told: object) -> Episode:
        """Log an episode as another program does, or before the window is opened."""
        episode = Episode(id, at, **told)  # type: ignore[arg-type]
        self.keeping.add_episode(episode)
        return episode

    def open(self) -> HistoryWindow:
        self.windows = LogWindows(self, show_help=lambda: None, show_relief=lambda: None, ways=NO_WAYS)
        self.windows.show_history()
        window = self.window = self.windows._history.now
        assert window is not None
        self.qtbot.waitExposed(window)
        self.counted()
        return window

    def counted(self) -> None:
        assert self.window is not None
        self.qtbot.waitUntil(lambda: self.window._rows.is_counted, timeout=20_000)

    def shown(self) -> list[str]:
        """The rows of the list: days as ``9:2``, episodes by their id."""
        assert self.window is not None
        rows = self.window._rows
        found = [rows.at(row) for row in range(rows.rowCount())]
        return [
            f"{one.day.day}:{one.count}" if isinstance(one, DayHeading) else one.id if one else "?" for one in found
        ]

    def chosen(self) -> str:
        assert self.window is not None
        found = self.window._list.chosen()
        return found.id if isinstance(found, Episode) else ""

    def key(self, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        assert self.window is not None
        QTest.keyClick(self.window._list, key, how)

    def press(self, words: str) -> None:
        assert self.window is not None
        buttons = self.window.findChildren(QPushButton)
        button = next((one for one in buttons if words in (one.text().replace("&", ""), one.accessibleName())), None)
        if button is None:
            entry = self.entry(words)
            assert entry.isEnabled(), words
            entry.trigger()
            return
        assert button.isEnabled(), words
        button.click()

    def entry(self, words: str) -> QAction:
        """The entry of a menu."""
        assert self.window is not None
        entries = [one for menu in self.window.findChildren(QMenu) for one in menu.actions()]
        return next(one for one in entries if one.text().replace("&", "") == words)

    def stands(self) -> None:
        """Nobody sits now, so that the line shows only what the log contains."""
        self.runtime.show(app_snapshot(minutes=0))

    def import_file(self, file: Path, answer: str) -> None:
        """Import a file with some refused lines, and answer what to do with the others."""
        assert self.window is not None
        window = self.window
        window._files.import_file(file)
        self.qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None, timeout=20_000)
        asked = window.findChild(QMessageBox)
        assert asked is not None
        assert "1 entry could not be imported:\nline 3: severity" in asked.text()
        assert asked.informativeText() == f"1 other entry of {file.name} can be imported."
        self.press(answer)
        self.qtbot.waitUntil(lambda: window.findChild(QMessageBox) is None, timeout=20_000)

    def pick(self, name: str, words: str) -> None:
        assert self.window is not None
        box = next(one for one in self.window.findChildren(QComboBox) if one.accessibleName() == name)
        box.setCurrentText(words)
        self.counted()

    def said(self) -> str:
        assert self.window is not None
        return self.window._notice.sentence


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot):
    desk = Desk(tmp_path / "profile", qtbot)
    yield desk
    if desk.windows is not None and desk.windows._history.now is not None:
        desk.windows._history.close()
    desk.journal.close()


DAY = timedelta(days=1)


def test_days_and_episodes_latest_first_and_how_many(desk: Desk) -> None:
    desk.add("a", MORNING - DAY, sites=sites_on(Side.LEFT, Region.CALF), severity=4)
    desk.add("b", MORNING - timedelta(hours=1))
    desk.add("c")
    window = desk.open()
    assert desk.shown() == ["9:2", "c", "b", "8:1", "a"]
    assert window._count.text() == "3 episodes"
    assert desk.chosen() == "c"
    spoken = window._rows.data(window._rows.index(4, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Yesterday, Sunday 8 March 2026, 10:15, your left calf, 4 of 10, end not known"


def test_a_note_is_never_taken_for_markup(desk: Desk) -> None:
    desk.add("a", note="<img src='x'>\nsecond line")
    rows = desk.open()._rows
    tip = rows.data(rows.index(1, 0), Qt.ItemDataRole.ToolTipRole)
    assert tip == "<qt>Numbness<br>&lt;img src=&#x27;x&#x27;&gt;<br>second line</qt>"


def test_an_empty_log_says_what_to_do_and_the_first_episode_shows_up(desk: Desk) -> None:
    window = desk.open()
    assert "There are no episodes yet" in window._stack.currentWidget().text()
    assert window._count.text() == "No episodes"
    desk.add("first")
    desk.qtbot.waitUntil(lambda: desk.shown() == ["9:1", "first"], timeout=10_000)
    assert window._stack.currentWidget() is window._list


def test_filters_go_together_and_one_click_shows_all_again(desk: Desk) -> None:
    desk.add("a", MORNING - 40 * DAY, leg=Side.LEFT, posture=Posture.SLOUCHED)
    desk.add("b", sites=sites_on(Side.LEFT, Region.SOLE))
    desk.add("c", leg=Side.RIGHT)
    window = desk.open()
    desk.pick("Side", "Left leg, or both")
    assert desk.shown()[1::2] == ["b", "a"]
    assert desk.chosen() == "b"
    desk.pick("Time", "Last 7 days")
    assert desk.shown() == ["9:1", "b"]
    desk.pick("Where", "Toes")
    assert desk.shown() == []
    assert "No matching episodes" in window._stack.currentWidget().text()
    desk.press("Clear")
    desk.counted()
    assert window._count.text() == "3 episodes"


def test_a_period_of_ones_own_either_way_round(desk: Desk) -> None:
    for ago in range(4):
        desk.add(f"e{ago}", MORNING - ago * DAY)
    window = desk.open()
    desk.pick("Time", "Between…")
    for name, words in (("From day", "2026-03-08"), ("To day", "2026-03-07")):
        line = next(one for one in window.findChildren(QLineEdit) if one.accessibleName() == name)
        QTest.keyClicks(line, words)
        QTest.keyClick(line, Qt.Key.Key_Return)
    desk.counted()
    assert desk.shown() == ["8:1", "e1", "7:1", "e2"]
    assert window._filter.choice == EpisodeFilter(since=MORNING.date() - 2 * DAY, until=MORNING.date() - DAY)


def test_a_day_that_no_calendar_has_is_told_and_filters_nothing(desk: Desk) -> None:
    desk.add("a", MORNING - DAY)
    window = desk.open()
    desk.pick("Time", "Between…")
    line = next(one for one in window.findChildren(QLineEdit) if one.accessibleName() == "From day")
    for words, why in (
        ("30 February", "“30 February” is not a day of the calendar: February has 29 days"),
        ("0001-01-01", "Not understood. Try a day like 2026-03-02"),
        ("9999-12-31", "Not understood. Try a day like 2026-03-02"),
    ):
        line.clear()
        QTest.keyClicks(line, words)
        QTest.keyClick(line, Qt.Key.Key_Return)
        assert line.toolTip().startswith(why)
        assert window._filter.choice == EpisodeFilter()
    line.clear()
    QTest.keyClicks(line, "yesterday")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert (line.toolTip(), window._filter.choice) == ("", EpisodeFilter(since=MORNING.date() - DAY))


def test_delete_and_undo_in_several_steps(desk: Desk) -> None:
    desk.add("a", MORNING - DAY)
    desk.add("b", severity=3)
    window = desk.open()
    desk.key(Qt.Key.Key_Delete)
    assert desk.shown() == ["8:1", "a"]
    assert desk.said() == "Deleted: today at 10:15."
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Delete)
    assert desk.shown() == []
    desk.key(Qt.Key.Key_Delete)  # nothing is chosen, nothing happens
    window.undo()
    assert desk.shown() == ["8:1", "a"]
    desk.press("Undo")
    assert desk.shown() == ["9:1", "b", "8:1", "a"]
    assert desk.chosen() == "b"
    found = desk.journal.find_episode("b")
    assert found is not None
    assert found.severity == 3
    assert not window._book.can_undo


def test_enter_corrects_in_the_form_and_undo_brings_the_former_back(desk: Desk) -> None:
    desk.add("a", severity=3)
    window = desk.open()
    desk.key(Qt.Key.Key_Return)
    assert desk.windows is not None
    form = desk.windows._form.now
    assert isinstance(form, EpisodeForm)
    form._severity.show_chosen([7])
    form._save()
    assert [one.severity for one in desk.journal.episodes()] == [7]
    assert isinstance(shown := window._list.chosen(), Episode)
    assert shown.severity == 7
    window.undo()
    assert [one.severity for one in desk.journal.episodes()] == [3]
    assert "As it was before" in desk.said()
    desk.key(Qt.Key.Key_Return)
    assert desk.said() == "", "that line was about something else"


def test_what_was_changed_elsewhere_is_not_undone(desk: Desk) -> None:
    a = desk.add("a", severity=3)
    window = desk.open()
    desk.episodes.correct(replace(a, severity=5))
    desk.add("a", severity=8)
    window.undo()
    assert "has since been changed" in desk.said()
    assert [one.severity for one in desk.journal.episodes()] == [8]


def test_former_versions_are_told_one_by_one(desk: Desk) -> None:
    a = desk.add("a", severity=3)
    desk.add("b", MORNING - DAY)
    window = desk.open()
    assert not desk.entry("Versions").isEnabled()
    desk.episodes.correct(replace(a, severity=5, note="after lunch"))
    desk.press("Versions")
    shown = window.findChild(VersionsDialog)
    assert shown is not None
    told = [label.text() for label in shown.findChildren(QLabel)]
    assert "•  How bad: 5/10 (before: 3/10)" in told
    assert "•  Note: after lunch" in told
    shown.close()


def test_the_chosen_episode_has_its_advice(desk: Desk) -> None:
    window = desk.open()
    assert window._list.row_actions.isHidden()
    desk.add("a", leg=Side.BOTH)
    window._look()
    desk.counted()
    desk.press("Advice")
    assert desk.windows is not None
    advice = desk.windows._advice.now
    assert advice is not None
    assert "Before you go on" in [label.text() for label in advice.findChildren(QLabel)]
    advice.close()


def test_changes_elsewhere_come_in_and_what_was_in_view_stays(desk: Desk) -> None:
    for number in range(400):
        desk.add(f"e{number:03}", MORNING - number * timedelta(hours=5))
    window = desk.open()
    row = window._rows.row_of("e200")
    assert row is not None
    window._list.go_to(row, top=True)
    top = window._rows.at(window._list.rowAt(0))
    for number in range(3):
        desk.add(f"late-{number}", MORNING + timedelta(minutes=number))
    desk.keeping.undo_episode("e100")
    window._look()
    desk.counted()
    assert desk.chosen() == "e200"
    assert window._rows.at(window._list.rowAt(0)) == top
    assert window._count.text() == "402 episodes"
    assert [id for id in desk.shown() if ":" not in id][:4] == ["late-2", "late-1", "late-0", "e000"]


def test_only_what_is_near_the_screen_is_held_and_all_of_it_can_be_reached(desk: Desk, monkeypatch) -> None:
    # Count a day or so at a time, as with a log of a million, so that rows are inserted while the person scrolls.
    monkeypatch.setattr(history_model, "_AT_ONCE_S", 0.0)
    many = 40 * PAGE
    with desk.journal.writing() as connection:
        connection.executemany(
            "INSERT INTO episodes (id, edited_us, deleted, started_us, started_offset_s) VALUES (?, 0, 0, ?, 3600)",
            [(f"e{number:04}", 1_700_000_000_000_000 + number * 3_000_000_000) for number in range(many)],
        )
    window = desk.open()
    assert window._rows.episodes == many
    ids = [id for id in desk.shown() if ":" not in id]
    assert ids == [f"e{number:04}" for number in reversed(range(many))]
    assert window._rows.held <= MAX_PAGES * PAGE < many
    desk.key(Qt.Key.Key_End)
    assert desk.chosen() == "e0000"
    assert window._list.verticalScrollBar().value() == window._list.verticalScrollBar().maximum()


def test_one_goes_to_a_day_by_its_name_also_where_nothing_was_logged(desk: Desk) -> None:
    for ago in (0, 3, 5):
        desk.add(f"e{ago}", MORNING - ago * DAY)
    window = desk.open()
    QTest.keyClicks(window._pane.go, "2026-03-07")
    QTest.keyClick(window._pane.go, Qt.Key.Key_Return)
    assert window._pane.title.accessibleName() == "Saturday 7 March 2026"
    assert window._list.day() == (MORNING - 3 * DAY).date(), "the latest day before it that has any"
    assert window._pane.summary.text() == "Nothing was recorded on this day."
    window._pane.step(-1)
    assert window._pane.title.accessibleName() == "Friday 6 March 2026"
    window._pane.go.setText("no day at all")
    window._pane._go_to_entered()
    assert "isn't a day" in desk.said()


def test_the_line_of_a_day_says_what_the_log_knows_and_no_more(desk: Desk) -> None:
    at = MORNING.replace(hour=9, minute=0)
    desk.keeping.keep_bout(SittingBout("s1", at, at + timedelta(minutes=50), 3000, BoutEnd.MOVED))
    desk.keeping.keep_break(
        BreakRecord("b1", Outcome.MOVED, at + timedelta(minutes=50), at + timedelta(minutes=53), seated_s=3000)
    )
    desk.stands()
    # The bout starts when the pause was credited, but the person stayed away until 12:00.
    desk.keeping.keep_break(BreakRecord("b2", Outcome.NATURAL, at + timedelta(hours=2), at + timedelta(hours=3)))
    desk.keeping.keep_bout(
        SittingBout("s2", at + timedelta(minutes=125), at + timedelta(hours=4), 1800, BoutEnd.STOPPED)
    )
    desk.keeping.keep_break(BreakRecord("b3", Outcome.SKIPPED, at + timedelta(minutes=30), at + timedelta(minutes=30)))
    desk.add(
        "e", at + timedelta(minutes=20), sites=sites_on(Side.LEFT, Region.SOLE), ended_at=at + timedelta(minutes=25)
    )
    window = desk.open()
    line = window.findChild(DayTimeline)
    assert line is not None
    assert line.words() == [
        "Sitting, 09:00 to 09:50",
        "Numbness at 09:20 in the sole of your left foot, for 5 minutes",
        "Break at 09:30: skipped",
        "Break at 09:50: got up and moved",
        "Away or standing from 11:00 to 12:00",
        "Sitting, 11:05 to 13:00, 30 minutes of it sitting",
    ]
    assert line._marks[-1].start == 12 * 3600, "nobody sat while they were away"
    said = "Sat for 1 h 20 min; longest sitting 50 minutes · 2 breaks taken, 1 missed · 1 episode"
    assert window._pane.summary.text().startswith(said)
    assert "Break at 09:30: skipped" in line.accessibleDescription()
    line.setFocus()
    for _ in range(2):
        QTest.keyClick(line, Qt.Key.Key_Right)
    assert window._pane.summary.text() == "Numbness at 09:20 in the sole of your left foot, for 5 minutes"
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert desk.chosen() == "e"


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.usefixtures("right_to_left")
def test_where_one_reads_from_right_to_left_the_day_runs_that_way(desk: Desk) -> None:
    at = MORNING.replace(hour=9, minute=0)
    desk.keeping.keep_bout(SittingBout("s1", at, at + timedelta(minutes=50), 3000, BoutEnd.MOVED))
    desk.add("e1", at + timedelta(minutes=20), ended_at=at + timedelta(minutes=45))
    desk.add("e2", at + timedelta(hours=3))
    desk.stands()
    window = desk.open()
    line = window.findChild(DayTimeline)
    assert line is not None
    sitting, early, late = (line._box(mark) for mark in line._marks)
    assert late.right() < early.left() < early.right() < sitting.right()
    assert sitting.right() == pytest.approx(line._x(9 * 3600))
    line.setFocus()
    for said in ("Sitting, 09:00 to 09:50", "Numbness at 09:20, for 25 minutes"):
        QTest.keyClick(line, Qt.Key.Key_Left)
        assert window._pane.summary.text() == said
    day = window._pane.day
    assert day is not None
    towards_earlier = next(one for one in window.findChildren(QShortcut) if one.key() == QKeySequence("Alt+Right"))
    towards_earlier.activated.emit()
    assert window._pane.day == day - timedelta(days=1)


@pytest.mark.usefixtures("right_to_left")
def test_where_one_reads_from_right_to_left_no_word_of_a_row_lies_over_another(desk: Desk) -> None:
    desk.add("e", severity=4, leg=Side.LEFT, ended_at=MORNING + timedelta(minutes=5), note="after the call")
    window = desk.open()
    drawn: list[tuple[QRectF, str]] = []
    delegate = window._list._pen

    class Painter(QPainter):
        def drawText(self, box: QRectF, flags: int, words: str) -> None:  # type: ignore[override]
            wide = delegate._plain.metrics.horizontalAdvance(words)
            at_right = bool(flags & Qt.AlignmentFlag.AlignRight)
            drawn.append((QRectF(box.right() - wide if at_right else box.left(), 0, wide, 1), words))

    picture = QPixmap(600, 40)
    painter = Painter(picture)
    option = QStyleOptionViewItem()
    option.rect = picture.rect()
    delegate.paint(painter, option, window._rows.index(1, 0))
    painter.end()
    drawn.sort(key=lambda one: -one[0].left())
    assert [words for _box, words in drawn] == ["10:15", "Left leg", "“after the call”", "4/10", "5 minutes"]
    assert all(left.right() <= right.left() for (right, _), (left, _) in pairwise(drawn))


def test_out_into_a_file_and_in_again(desk: Desk, tmp_path: Path) -> None:
    desk.add("a", severity=3)
    window = desk.open()
    path = tmp_path / "mine.json"
    window._files.export(path)
    desk.qtbot.waitUntil(lambda: "1 episode written" in desk.said(), timeout=20_000)
    desk.key(Qt.Key.Key_Delete)
    table = tmp_path / "table.csv"
    table.write_text("id,started_at,severity\nx1,2026-03-01T10:00:00+01:00,4\nx2,2026-03-01T11:00:00+01:00,eleven\n")
    desk.import_file(table, "Import nothing")
    assert desk.said() == "Nothing was imported. Fix those lines in table.csv and import it again."
    assert desk.shown() == []
    desk.import_file(table, "Import the rest")
    desk.qtbot.waitUntil(lambda: "Imported" in desk.said(), timeout=20_000)
    assert "1 new" in desk.said()
    assert "1 entry could not be imported:\nline 3: severity" in desk.said()
    desk.qtbot.waitUntil(lambda: desk.shown() == ["1:1", "x1"], timeout=10_000)
    window._files.import_file(tmp_path / "not there.csv")
    desk.qtbot.waitUntil(lambda: "could not be read" in desk.said(), timeout=20_000)


def test_closed_while_a_file_is_read_it_goes_when_that_is_done_and_can_be_opened_meanwhile(
    desk: Desk, tmp_path: Path
) -> None:
    window = desk.open()
    assert desk.windows is not None
    table = tmp_path / "table.csv"
    table.write_text("id,started_at\n" + "".join(f"x{n},2026-03-01T10:00:00+01:00\n" for n in range(300)))
    window._files.import_file(table)
    assert window._files.is_busy
    window.close()
    desk.windows.show_history()
    assert desk.windows._history.now is window
    desk.qtbot.waitUntil(lambda: not window._files.is_busy, timeout=20_000)
    assert window.isVisible()
    desk.qtbot.waitUntil(lambda: window._rows.episodes == 300, timeout=20_000)
    window._files.import_file(table)
    window.close()
    desk.qtbot.waitUntil(lambda: desk.windows._history.now is None, timeout=20_000)


def test_todays_bar_grows_while_somebody_sits(desk: Desk) -> None:
    desk.add("a", MORNING - DAY)
    window = desk.open()
    assert "sitting now" not in window._pane.summary.text(), "yesterday is over"
    window.go_to(MORNING.date())
    assert window._pane.line.words() == ["Sitting since 09:52, 23 minutes so far"]
    assert window._pane.summary.text() == "Sat for 23 minutes; longest sitting 23 minutes · sitting now"
    desk.runtime.shown = app_snapshot(minutes=24)
    window._look()
    assert window._pane.line.words() == ["Sitting since 09:51, 24 minutes so far"]
    desk.runtime.show(app_snapshot(minutes=0))
    assert window._pane.line.words() == []
    desk.add("now")
    window._look()
    assert window._pane.summary.text() == "1 episode"
    waits = replace(desk.runtime.shown, waiting_entries="Not in the log yet: 1 episode.")
    desk.runtime.show(waits)
    assert desk.said() == "Not in the log yet: 1 episode."


def test_the_chosen_row_has_its_own_buttons(desk: Desk) -> None:
    desk.add("a")
    desk.add("b", MORNING - DAY)
    window = desk.open()
    rows = window._list
    assert [one.accessibleName() for one in rows.row_actions.findChildren(QPushButton)] == [
        "Edit…",
        "Delete",
        "More for this episode",
    ]
    top = rows.row_actions.y()
    desk.key(Qt.Key.Key_Down)
    assert rows.row_actions.isHidden(), "a day's heading cannot be edited"
    desk.key(Qt.Key.Key_Down)
    assert rows.row_actions.isVisible() and rows.row_actions.y() > top
    desk.press("Delete")
    assert desk.shown() == ["9:1", "a"]
    desk.press("Undo")
    assert desk.shown() == ["9:1", "a", "8:1", "b"]


def test_a_month_with_dots_leads_to_a_day(desk: Desk) -> None:
    for number, ago in enumerate((0, 3, 3, 40)):
        desk.add(f"e{number}", MORNING - ago * DAY)
    desk.stands()
    window = desk.open()
    window._pane.title.click()
    month = window.findChild(MonthPopup)
    assert month is not None and month.isVisible()
    grid = month.grid
    assert grid.say(MORNING.date() - 3 * DAY) == "Friday 6 March 2026: 2 episodes"
    for _ in range(3):
        QTest.keyClick(grid, Qt.Key.Key_Left)
    assert grid.accessibleDescription() == "Friday 6 March 2026: 2 episodes"
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert not month.isVisible()
    assert window._pane.day == MORNING.date() - 3 * DAY
    assert window._list.day() == MORNING.date() - 3 * DAY
    window._pane.open_month()
    QTest.keyClick(grid, Qt.Key.Key_PageUp)
    assert (grid.first.month, grid.totals[MORNING.date() - 40 * DAY].episodes) == (2, 1)
    box = grid.box(MORNING.date() - 30 * DAY)
    assert box is not None
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert window._pane.day == MORNING.date() - 30 * DAY
    window._pane.open_month()
    grid.put_cursor(MORNING.date() + DAY)
    assert grid.cursor_day == MORNING.date(), "tomorrow has no day yet"
    QTest.keyClick(month, Qt.Key.Key_Escape)
    assert not month.isVisible()


def test_weeks_and_months_at_a_glance(desk: Desk) -> None:
    at = MORNING.replace(hour=9, minute=0) - DAY
    desk.keeping.keep_bout(SittingBout("s", at, at + timedelta(hours=5), 4.5 * 3600, BoutEnd.MOVED))
    for number, outcome in enumerate((Outcome.MOVED, Outcome.NATURAL, Outcome.SKIPPED)):
        desk.keeping.keep_break(BreakRecord(f"b{number}", outcome, at + timedelta(hours=number), None))
    desk.add("e", at)
    window = desk.open()
    desk.press("Sitting")
    weeks = window._pane.weeks
    assert weeks.isVisible() and not window._pane.line.isVisible()
    assert weeks.accessibleName() == "Sitting by week"
    yesterday, today = at.date(), MORNING.date()
    assert weeks.say(yesterday) == "Yesterday, Sunday 8 March 2026: sat for 4 h 30 min · 2 breaks taken · 1 episode"
    assert weeks.say(today) == "Today, Monday 9 March 2026: sat for 23 minutes", "the present bout counts too"
    assert weeks.say(yesterday - DAY) == "Saturday 7 March 2026: nothing recorded"
    assert (weeks._shade(yesterday), weeks._shade(today), weeks._shade(yesterday - DAY)) == (3, 1, 0)
    desk.press("Breaks")
    assert weeks._shade(yesterday) == 1
    weeks.setFocus()
    QTest.keyClick(weeks, Qt.Key.Key_Left)
    assert window._pane.summary.text().startswith("Sunday 1 March 2026")
    QTest.keyClick(weeks, Qt.Key.Key_Return)
    assert window._pane.day == yesterday - 7 * DAY
    first = weeks.days()[0]
    weeks.put_cursor(first - DAY)
    assert weeks.days()[0] < first, "older weeks come into view"
    desk.press("Day")
    assert window._pane.line.isVisible() and not weeks.isVisible()


def test_sitting_past_midnight_is_on_both_days_of_the_weeks_and_of_the_line(desk: Desk) -> None:
    midnight = MORNING.replace(hour=0, minute=0)
    start = midnight - DAY - timedelta(minutes=60)
    desk.keeping.keep_bout(SittingBout("s", start, start + timedelta(minutes=90), 90 * 60, BoutEnd.MOVED))
    now = replace(app_snapshot(minutes=50).snapshot, at=Instant(midnight + timedelta(minutes=20), 9000.0))
    now = replace(now, seated_today_s=1200.0, longest_today_s=1200.0)
    desk.runtime.shown = replace(app_snapshot(), snapshot=now)
    window = desk.open()
    pane, today = window._pane, MORNING.date()
    window.go_to(today)
    assert pane.summary.text() == "Sat for 20 minutes; longest sitting 20 minutes · sitting now"
    window.go_to(today - DAY)
    assert pane.summary.text() == "Sat for 1 h 00 min; longest sitting 30 minutes · sitting now"
    window.go_to(today - 2 * DAY)
    assert pane.summary.text() == "Sat for 1 h 00 min; longest sitting 1 h 00 min"
    desk.press("Sitting")
    said = [pane.weeks.say(today - days * DAY).split(": ")[1] for days in range(3)]
    assert said == ["sat for 20 minutes", "sat for 1 h 00 min", "sat for 1 h 00 min"]


def test_deleting_everything_while_it_is_open_empties_it(desk: Desk) -> None:
    desk.add("a")
    window = desk.open()
    desk.episodes.keep(Episode("b", MORNING))
    desk.journal.close()
    erase(desk.profile, settings=False)
    desk.episodes.forget()
    window._look()
    desk.counted()
    assert desk.shown() == []
    assert "There are no episodes yet" in window._stack.currentWidget().text()
    assert not window._tools._undo.isEnabled()


def test_escape_closes_and_lets_go_also_of_a_log_that_cannot_be_read(desk: Desk) -> None:
    desk.add("a")
    desk.journal.close()
    desk.profile.database.write_bytes(b"SQLite format 3\0" + b"\0" * 84)
    window = HistoryWindow(HistoryQueries(SqliteJournal(desk.profile)), desk.episodes, desk.runtime, desk.profile)
    desk.qtbot.addWidget(window)
    gone: list[bool] = []
    window.closed.connect(lambda: gone.append(True))
    window.present()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert gone == [True]
    assert not window.isVisible()


DIARY = (
    "Date;Time;Leg;Strength;Remark;Mood\r\n"
    "20.11.2025;14:30;left;5;after the call;fine\r\n21.11.2025;09:00;right;3;;\r\n"
)


def column_dialog(desk: Desk, file: Path) -> ColumnMapDialog:
    window = desk.window
    assert window is not None
    window._files.import_file(file)
    desk.qtbot.waitUntil(lambda: window.findChild(ColumnMapDialog) is not None, timeout=20_000)
    dialog = window.findChild(ColumnMapDialog)
    assert dialog is not None
    return dialog


def choose(dialog: ColumnMapDialog, column: str, words: str) -> None:
    box = next(one for one in dialog.findChildren(QComboBox) if one.accessibleName() == f"The column “{column}” is")
    box.setCurrentText(words)


def test_a_diary_of_ones_own_comes_in_by_saying_what_each_column_is(desk: Desk, tmp_path: Path) -> None:
    window = desk.open()
    file = tmp_path / "diary.csv"
    file.write_text(DIARY, encoding="cp1252", newline="")
    dialog = column_dialog(desk, file)
    labels = [one.text() for one in dialog.findChildren(QLabel)]
    assert {"Date", "20.11.2025", "after the call", "Mood", "fine"} <= set(labels)
    assert dialog._says.text() == "Row 1 is read as: 20 November 2025 at 14:30, your left leg, 5 of 10."
    choose(dialog, "Date", "—")
    assert dialog._says.text() == "Choose the column with the date."
    assert not dialog._import.isEnabled()
    choose(dialog, "Date", "Date it started")
    choose(dialog, "Mood", "Which leg")
    assert "Row 1 cannot be read: side can be left, right, both; “fine” is not one of them." in dialog._says.text()
    choose(dialog, "Leg", "Which leg")
    dialog._import.click()
    desk.qtbot.waitUntil(lambda: "Imported" in desk.said(), timeout=20_000)
    assert desk.said() == "Imported: 2 new."
    desk.counted()
    episodes = list(desk.journal.episodes())
    assert [(one.side, one.severity, one.note) for one in episodes] == [
        (Side.LEFT, 5, "after the call"),
        (Side.RIGHT, 3, None),
    ]
    assert window.findChild(ColumnMapDialog) is None or not dialog.isVisible()


def test_a_diary_that_is_let_go_of_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.open()
    file = tmp_path / "diary.csv"
    file.write_text(DIARY, encoding="utf-8", newline="")
    column_dialog(desk, file).reject()
    assert desk.said() == "Nothing was imported."
    assert list(desk.journal.episodes()) == []


def test_the_order_of_day_and_month_is_asked_for_where_the_dates_do_not_show_it(desk: Desk, tmp_path: Path) -> None:
    desk.open()
    file = tmp_path / "diary.csv"
    file.write_text("Day,Leg\n3/4/2025 10:00,left\n5/6/2025 11:00,right\n", encoding="utf-8")
    dialog = column_dialog(desk, file)
    assert "Row 1 cannot be read: started_at: “3/4/2025” may be 3 April or 4 March" in dialog._says.text()
    box = next(one for one in dialog.findChildren(QComboBox) if "order" in one.accessibleName())
    box.setCurrentText("3/4 is 4 March")
    assert dialog._says.text() == "Row 1 is read as: 4 March 2025 at 10:00, your left leg."
    dialog._import.click()
    desk.qtbot.waitUntil(lambda: desk.said() == "Imported: 2 new.", timeout=20_000)
    desk.counted()
    assert [one.started_at.month for one in desk.journal.episodes()] in ([3, 5], [5, 3])
