"""The chosen day in the history window: its name, its line, a summary, and the controls for going to another day.

The history window creates it, on the GUI thread. Any day can be chosen, including one without episodes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from numbguard.core.errors import JournalError
from numbguard.store.log.queries.history import DayLog, HistoryQueries
from numbguard.ui.day_line.marks import summary
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import N_, _, translated
from numbguard.wording.episodes import long_day

from ..filter_bar import DayField
from .timeline import DayTimeline

_GOES_ON = N_("sitting now (shown when you get up)")
DAY_KEYS = {
    Qt.LayoutDirection.LeftToRight: ("Alt+Left", "Alt+Right"),
    Qt.LayoutDirection.RightToLeft: ("Alt+Right", "Alt+Left"),
}
"""The keys for the day before and the day after: those that point where the button is."""
_ONLY_NOW = N_("Nothing recorded yet today. Sitting shows up once you get up.")


class DayPane(QWidget):
    wanted = Signal(object)
    """The person asked for another day; carries the ``date``."""
    episode_wanted = Signal(str)
    troubled = Signal(str)
    """Carries a sentence: the log could not be read, or the text entered is not a day."""

    def __init__(self, parent: QWidget, log: HistoryQueries, *, now: Callable[[], datetime]) -> None:
        super().__init__(parent)
        self._log = log
        self._now = now
        self._words = ""
        self.day: date | None = None
        unit = theme.unit()
        self.title = QLabel(self)
        self.title.setFont(theme.font(1.15, bold=True))
        bar = QHBoxLayout()
        bar.setSpacing(round(unit * 0.4))
        back, on = DAY_KEYS[QGuiApplication.layoutDirection()]
        for sign, step, name, keys in (("‹", -1, _("The day before"), back), ("›", 1, _("The day after"), on)):
            button = button_for(self, sign, partial(self.step, step), name=name, kind="step")
            button.setFixedSize(round(unit * 1.9), round(unit * 1.9))
            button.setToolTip(_("{name} ({keys})").format(name=name, keys=keys))
            bar.addWidget(button)
        self.go = DayField(self, _("Go to day"), now=now)
        self.go.setPlaceholderText(_("go to: 2026-03-02, Friday"))
        example = self.go.fontMetrics().horizontalAdvance(self.go.placeholderText())
        self.go.setMinimumWidth(max(round(unit * 12), example + round(unit * 1.5)))
        self.go.setToolTip(_("Go to a day (Ctrl+G)"))
        self.go.entered.connect(self._go_to_entered)
        self.line = DayTimeline(self)
        self.line.episode_wanted.connect(self.episode_wanted)
        self.line.pointed.connect(self._say)
        self.summary = label_for(self, role="quiet")
        bar.addWidget(self.title, 1)
        bar.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(unit * 0.45))
        column.addLayout(bar)
        column.addWidget(self.line)
        column.addWidget(self.summary)

    def show_day(self, day: date, *, sits_now: bool) -> None:
        """Draw a day again. With ``sits_now`` the summary says that the current bout is drawn only once it ends."""
        self.day = day
        today = self._now().date()
        read = True
        try:
            log = self._log.day(day)
        except JournalError as error:
            self.troubled.emit(translated(error))
            log, read = DayLog(day), False
        self.title.setText(long_day(day, today))
        self.line.show_day(log, today)
        self._words = summary(log) if read else _("The log for this day could not be read.")
        if read and day == today and sits_now:
            empty = not (log.bouts or log.breaks or log.episodes)
            self._words = _(_ONLY_NOW) if empty else f"{self._words} · {_(_GOES_ON)}"
        self._say("")

    def step(self, days: int) -> None:
        """Ask for the day ``days`` later, or earlier if negative."""
        day = self.day or self._now().date()
        if date.min < day < date.max:
            self.wanted.emit(day + timedelta(days=days))

    def apply_colours(self, colours: theme.Palette) -> None:
        self.line.apply_colours(colours)

    def _say(self, words: str) -> None:
        self.summary.setText(words or self._words)

    def _go_to_entered(self) -> None:
        day = self.go.day()
        if day is not None:
            self.wanted.emit(day)
        elif self.go.text().strip():
            self.troubled.emit(
                _("“{text}” isn't a day. Try 2026-03-02, “yesterday” or “Friday”.").format(text=self.go.text())
            )
