"""The chosen day in the history window: its name, its line, a summary, and the controls for going to another day.

The history window creates it, on the GUI thread. Any day can be chosen, including one without episodes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from numbguard.core.breaks.snapshot import Snapshot
from numbguard.core.errors import JournalError
from numbguard.store.log.queries.history import DayLog, DayTotals, HistoryQueries
from numbguard.ui.day_line.marks import present_by_day, summary, with_present
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.wording import formats
from numbguard.wording.catalogue import _, translated
from numbguard.wording.log.episodes import long_day

from ..filter_bar import DayField
from .heat_map import MEASURE_NAMES, DayMeasure, HeatMap
from .month import MonthPopup
from .timeline import DayTimeline

DAY_KEYS = {
    Qt.LayoutDirection.LeftToRight: ("Alt+Left", "Alt+Right"),
    Qt.LayoutDirection.RightToLeft: ("Alt+Right", "Alt+Left"),
}
"""The keys for the day before and the day after: those that point where the button is."""


class _TwoParts(QWidget):
    """Two rows of controls beside one another, or below one another where there is no room."""

    def __init__(self, parent: QWidget, first: QHBoxLayout, second: QHBoxLayout) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        second.addStretch(1)
        self._parts = (first, second)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        # Its own minimum would keep the window as wide as both parts.
        self._box.setSizeConstraint(QBoxLayout.SizeConstraint.SetNoConstraint)
        self._box.addLayout(first, 1)
        self._box.addLayout(second)

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider part, apart from the day's name, which becomes shorter."""
        return QSize(self._parts[1].minimumSize().width(), self._box.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= sum(part.sizeHint().width() for part in self._parts) + theme.unit()
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if wanted != self._box.direction():
            self._box.setDirection(wanted)
            self.updateGeometry()


class DayPane(QWidget):
    wanted = Signal(object)
    """The person asked for another day; carries the ``date``."""
    episode_wanted = Signal(str)
    view_chosen = Signal()
    """The day's line or the weeks have been chosen; ``shows_weeks`` says which."""
    troubled = Signal(str)
    """Carries a sentence: the log could not be read, or the text entered is not a day."""

    def __init__(self, parent: QWidget, log: HistoryQueries, *, now: Callable[[], datetime]) -> None:
        super().__init__(parent)
        self._log = log
        self._now = now
        self._words = ""
        self.day: date | None = None
        unit = theme.unit()
        self._moment: Snapshot | None = None
        self._is_low = False
        days = QHBoxLayout()
        days.setSpacing(round(unit * 0.4))
        back, on = DAY_KEYS[QGuiApplication.layoutDirection()]
        self.title = button_for(self, "", self.open_month, key="", means=_("Go to another day (Ctrl+G)"), kind="title")
        self.title.setAccessibleName(long_day(now().date(), now().date()))
        self.title.setFont(theme.font(1.15, bold=True))
        for sign, step, name, keys in (("‹", -1, _("The day before"), back), ("›", 1, _("The day after"), on)):
            button = button_for(self, sign, partial(self.step, step), name=name, kind="step")
            button.setFixedSize(round(unit * 1.9), round(unit * 1.9))
            button.setToolTip(_("{name} ({keys})").format(name=name, keys=keys))
            days.addWidget(button)
        days.addWidget(self.title)
        days.addStretch(1)
        self.go = DayField(self, _("Go to day"), now=now)
        self.go.setPlaceholderText(_("or type: 2026-03-02, Friday"))
        self.go.setToolTip(_("Go to a day (Ctrl+G)"))
        self.go.entered.connect(self._go_to_entered)
        self._month: MonthPopup | None = None
        self.go.hide()
        self.line = DayTimeline(self)
        self.line.episode_wanted.connect(self.episode_wanted)
        self.line.pointed.connect(self._say)
        self.weeks = HeatMap(self, self._totals)
        self.weeks.hide()
        self.weeks.day_wanted.connect(self.wanted)
        self.weeks.pointed.connect(self._say)
        self.summary = label_for(self, role="quiet")
        self._views = QButtonGroup(self)
        views = QHBoxLayout()
        views.setSpacing(round(unit * 0.3))
        for number, name in enumerate((_("Day"), *(_(MEASURE_NAMES[each]) for each in DayMeasure))):
            chip = button_for(self, name, means=_("What the picture shows"), kind="chip")
            chip.setCheckable(True)
            chip.setAutoExclusive(True)  # to a screen reader, one of several radio buttons
            chip.setChecked(number == 0)
            self._views.addButton(chip, number)
            views.addWidget(chip)
        self._views.idClicked.connect(self._show_view)
        bar = _TwoParts(self, days, views)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(unit * 0.45))
        column.addWidget(bar)
        column.addWidget(self.line)
        column.addWidget(self.weeks)
        column.addWidget(self.summary)

    def open_month(self) -> None:
        """Show the month with its dots below the day's name."""
        if self._month is None:
            legend = _("A dot is an episode.")
            self.go.show()
            self._month = MonthPopup(self, read=self._totals, go=self.go, legend=legend)
            self._month.day_wanted.connect(self.wanted)
        today = self._now().date()
        self._month.present(self.title, day=self.day or today, today=today)

    def _totals(self, oldest: date, newest: date) -> dict[date, DayTotals]:
        try:
            found = self._log.totals(newest=newest, oldest=oldest)
        except JournalError as error:
            self.troubled.emit(translated(error))
            return {}
        present = {} if self._moment is None else present_by_day(self._moment)
        for day, sat_s in present.items():
            if oldest <= day <= newest and sat_s > 0:
                known = found.get(day, DayTotals())
                found[day] = replace(known, seated_s=known.seated_s + sat_s)
        return found

    def choose_view(self, number: int) -> None:
        """Show the day's line (0), or the weeks by sitting, breaks or episodes (1 to 3), as a click does."""
        self._views.button(number).click()

    def _show_view(self, number: int) -> None:
        """Show the day's line (0), or the weeks by one of the measures."""
        self.line.setVisible(number == 0 and not self._is_low)
        self.weeks.setVisible(number > 0)
        if number > 0:
            self.weeks.show_measure(list(DayMeasure)[number - 1])
            self.weeks.show_day(self.day or self._now().date(), self._now().date())
        self._say("")
        self.view_chosen.emit()

    @property
    def shows_weeks(self) -> bool:
        return not self.weeks.isHidden()

    def save_height(self, *, low: bool, very_low: bool) -> None:
        """Leave the room to the list: on a low screen without the day's line, on a very low one without the rest."""
        self._is_low = low
        self.line.setHidden(low or self.shows_weeks)
        self.summary.setHidden(very_low)
        for chip in self._views.buttons():
            chip.setHidden(very_low)

    def show_day(self, day: date, *, moment: Snapshot) -> None:
        """Draw a day again, with the sitting of that moment, which the log contains only once it has ended."""
        self.day = day
        today = self._now().date()
        read = True
        try:
            log = self._log.day(day)
        except JournalError as error:
            self.troubled.emit(translated(error))
            log, read = DayLog(day), False
        self._moment = moment
        log = with_present(log, moment)
        self.title.setAccessibleName(long_day(day, today))
        self._fit_title()
        self.line.show_day(log, today)
        if not self.weeks.isHidden():
            self.weeks.show_day(day, today)
        self._words = summary(log) if read else _("The log for this day could not be read.")
        self._say("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_title()

    def _fit_title(self) -> None:
        """Write the day's name shorter where the whole of it has no room."""
        if self.day is None:
            return
        room = self.width() - round(theme.unit() * 6)
        whole = f"{self.title.accessibleName()} ▾"
        if QFontMetrics(self.title.font()).horizontalAdvance(whole) > room:
            whole = f"{formats.short_weekday(self.day)} {formats.short_date(self.day)} ▾"
        self.title.setText(whole)

    def step(self, days: int) -> None:
        """Ask for the day ``days`` later, or earlier if negative."""
        day = self.day or self._now().date()
        if date.min < day < date.max:
            self.wanted.emit(day + timedelta(days=days))

    def apply_colours(self, colours: theme.Palette) -> None:
        self.line.apply_colours(colours)
        self.weeks.apply_colours(colours)

    def _say(self, words: str) -> None:
        self.summary.setText(words or self._words)

    def _go_to_entered(self) -> None:
        day = self.go.day()
        if day is not None:
            if self._month is not None:
                self._month.hide()
            self.wanted.emit(day)
        elif self.go.text().strip():
            self.troubled.emit(
                _("“{text}” isn't a day. Try 2026-03-02, “yesterday” or “Friday”.").format(text=self.go.text())
            )
