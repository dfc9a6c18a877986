"""Pictures of the tray icon and of the small windows, for the docs and for review.

``python -m tools.pictures.sheets.ui_sheet OUT_DIR``
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from numbguard.core.breaks.messages import Announce, Phase, State, Suppression
from numbguard.core.log.habits import EVERY_DAY, MONDAY_TO_FRIDAY, GoalProgress, WeekGoal
from numbguard.core.log.records.episode import Posture
from numbguard.core.log.records.habits import HabitKind
from numbguard.core.ports import AppSnapshot
from numbguard.core.sites import Side
from numbguard.desktop.idle.unknown import UnknownIdle
from numbguard.ui.tray import icon
from numbguard.wording.now import IconFace, announcement
from tools.fakes import MORNING, FakeControls, FakeHabits, FakeToday, app_snapshot, busy_today, episode
from tools.pictures.few_colours import save

_SIZES = (16, 22, 32, 48, 64)
_PANELS = (("#f2f2f2", False), ("#2b2f33", True), ("#2b2f33", False), ("#f2f2f2", True))
"""A panel's colour, and whether the icon is the one for dark panels; wrong pairs, too, since they occur."""


PANEL_ROOM: QRect | None = QRect(0, 0, 1920, 1080)
"""The screen of the panels, in place of Qt's offscreen one, which is lower than any real one; ``None`` for Qt's."""


def icons(out: Path, *, zoom: int = 1) -> None:
    """Draw every state in a row: at each size, on light and dark panels, and in a column of greys."""
    row, gap = 76, 12
    column = sum(_SIZES) + gap * (len(_SIZES) + 1)
    faces = [(face, step) for face in IconFace for step in ((0, 9, 18) if face is IconFace.SITTING else (15,))]
    faces.insert(6, (IconFace.QUIET, icon.STEPS))
    sheet = QImage(110 + column * len(_PANELS), row * len(faces), QImage.Format.Format_RGB32)
    sheet.fill(QColor("#ffffff"))
    painter = QPainter(sheet)
    for line, (face, step) in enumerate(faces):
        painter.drawText(QRect(8, line * row, 100, row), Qt.AlignmentFlag.AlignVCenter, f"{face.value} {step}/24")
        for number, (panel, dark) in enumerate(_PANELS):
            left = 110 + number * column
            painter.fillRect(left, line * row, column, row, QColor(panel))
            x = left + gap
            for size in _SIZES:
                painter.drawPixmap(x, line * row + (row - size) // 2, icon.paint(size, face, step, dark=dark))
                x += size + gap
    painter.end()
    save(sheet.scaled(sheet.width() * zoom, sheet.height() * zoom), out)


def _panels() -> list[QWidget]:
    from numbguard.ui.tray.habit_row import HabitRow
    from numbguard.ui.tray.panel import Panel

    call = Suppression("call", "microphone in use")
    silence = Suppression("dnd", "Do Not Disturb is on")
    wednesday = MORNING.replace(day=11, hour=15, minute=10)
    pause = Suppression("paused", "paused", wednesday.replace(hour=16, minute=30))
    hours = Suppression("hours", "outside your working hours", wednesday + timedelta(hours=17))
    logged = episode(wednesday - timedelta(minutes=4))
    weak = replace(logged, leg=Side.LEFT, posture=Posture.STANDING)
    silent = (UnknownIdle.detail,)
    numb: dict[str, Any] = {"open_episode": logged, "undoable": logged, "fresh": logged}
    shown = [
        (_seated(minutes=23, wall=wednesday), True),
        (_seated(State.ANNOUNCED, minutes=45, phase=Phase.ANNOUNCED, wall=wednesday), True),
        (_seated(minutes=31, **numb, speed=60.0, wall=wednesday), True),
        (_seated(minutes=31, **{**numb, "open_episode": weak}, wall=wednesday), True),
        (_seated(State.BREAK, minutes=46, phase=Phase.CARD, remaining_s=80, wall=wednesday), True),
        (_seated(State.BREAK, minutes=46, phase=Phase.AFTER, wall=wednesday), True),
        (_seated(minutes=64, interval=60, suppressed=(call,), wall=wednesday), True),
        (_seated(minutes=64, interval=60, suppressed=(call, silence), wall=wednesday), True),
        (_seated(State.PAUSED, minutes=12, suppressed=(pause,), paused_until=pause.until, wall=wednesday), True),
        (_seated(minutes=41, due_in=4, wall=wednesday), True),
        (_seated(State.OFF, minutes=0, suppressed=(hours,), wall=wednesday), True),
        (_seated(State.STANDING, minutes=12, wall=wednesday), True),
        (_seated(minutes=9, wall=MORNING), True),
        (_seated(minutes=8, notes=silent, wall=wednesday), False),
        (_seated(minutes=0, wall=wednesday), False),
    ]
    if PANEL_ROOM is not None:
        Panel._room = lambda _panel: PANEL_ROOM  # type: ignore[method-assign, assignment]
    panels: list[QWidget] = [
        Panel(FakeControls(one), FakeControls(), popup=popup, habits=_habits(number), today=_today(one, number))
        for number, (one, popup) in enumerate(shown)
    ]
    panels[1].findChildren(HabitRow)[0].findChildren(QPushButton)[0].click()  # a glass just ticked
    return panels


def _seated(state: State = State.SITTING, **rest: Any) -> AppSnapshot:
    """Return an ``AppSnapshot`` of a day on which the person has sat as long as they do now."""
    made = app_snapshot(state, **rest)
    now = made.snapshot
    return replace(made, snapshot=replace(now, bout_s=now.seated_s, seated_today_s=now.seated_s))


def _today(shown: AppSnapshot, number: int) -> FakeToday:
    """Return a day of work, and for the last panel the first day with NumbGuard."""
    return FakeToday(None if number == 14 else busy_today(shown.snapshot.at.wall))


def _habits(number: int) -> FakeHabits:
    """Return a day that is still going on, with one of the goals or none, by ``number``."""
    goals = (
        None,
        WeekGoal(HabitKind.WALK, 15, EVERY_DAY),
        WeekGoal(HabitKind.STRETCH, 1, MONDAY_TO_FRIDAY),
        WeekGoal(HabitKind.WATER, 8, EVERY_DAY),
    )
    habits, goal = FakeHabits(), goals[number % len(goals)]
    far = GoalProgress(goal, number, met_today=False, streak=number + 4) if goal else None
    habits.set_day(water=number + 2, walk=number * 6, stretch=number % 2, goal=far)
    return habits


def _after_the_card() -> list[QWidget]:
    """Return the question after a card, and the word after *Yes*, as the card's window shows them."""
    from numbguard.core.log.break_days import BreakWeek, DotState
    from numbguard.ui.card.after_page import AfterPage
    from numbguard.ui.card.got_up_page import BreakWord, GotUpPage
    from numbguard.ui.card.window import CardWindow
    from numbguard.wording.log import break_days

    week = BreakWeek((DotState.KEPT, DotState.REST, *(DotState.KEPT,) * 2, *(DotState.AHEAD,) * 3), today=3, streak=12)
    word = BreakWord(break_days.nth_today(3), break_days.next_at(MORNING.replace(minute=50)), week)
    found: list[QWidget] = []
    for number in range(2):
        window = CardWindow(
            firm=False, screen=QApplication.primaryScreen(), closed=lambda: None, rearrange=lambda: None
        )
        page = GotUpPage(window, word, zoom=1.0) if number else AfterPage(window, zoom=1.0, say=lambda _action: None)
        window.show_page(page)
        window.place_on(QApplication.primaryScreen())
        found.append(window)
    return found


def _small_windows() -> list[QWidget]:
    from numbguard.ui.notice_window import OwnNoticeWindow
    from numbguard.ui.reader.window import ReaderWindow

    due = Announce(card="seated-hamstring", seated_s=45 * 60, can_snooze=True, snooze_s=300)
    nudge = OwnNoticeWindow()
    nudge.show(announcement(due, card_title="Seated hamstring stretch", duration_s=120), lambda _answer: None)
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.windowTitle()]
    return [*shown, ReaderWindow()]


def windows(out: Path, make: Callable[[], list[QWidget]], *, across: int) -> None:
    """Draw the same windows on a light and a dark desktop, on one sheet."""
    rows: list[list[QPixmap]] = []
    for ground in ("#f0f0f0", "#202020"):
        QApplication.setPalette(QPalette(QColor(ground)))
        made = make()
        for one in made:
            one.show()
        QApplication.processEvents()
        grabbed = [one.grab() for one in made]
        for one in made:
            one.hide()
            one.deleteLater()
        rows += [grabbed[at : at + across] for at in range(0, len(grabbed), across)]
    gap = 40
    sizes = [[(one.width(), one.height()) for one in row] for row in rows]
    width = max(sum(w + gap for w, _ in row) for row in sizes) + gap
    heights = [max(h for _, h in row) + gap for row in sizes]
    sheet = QImage(width, sum(heights) + gap, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#8a989b"))
    painter = QPainter(sheet)
    y = gap
    for row, height in zip(rows, heights, strict=True):
        x = gap
        for grab in row:
            picture = grab.toImage()
            picture.setDevicePixelRatio(1)
            painter.drawImage(x, y, picture)
            x += picture.width() + gap
        y += height
    painter.end()
    save(sheet, out)


def main(out: Path) -> None:
    app = QApplication.instance() or QApplication([])
    out.mkdir(parents=True, exist_ok=True)
    icons(out / "tray-icons.png")
    windows(out / "panel.png", _panels, across=5)
    windows(out / "after-the-card.png", _after_the_card, across=2)
    windows(out / "nudge-and-help.png", _small_windows, across=2)
    del app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
