"""The first page: what NumbGuard does, how long you sit before a break, and when you work.

The first-start window makes it, on the GUI thread.
"""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from numbguard.core.log.advice.relief import CardMotion
from numbguard.core.settings.settings import WorkingSpan
from numbguard.store.settings.file import SettingsError
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.controls import CheckBox, TimeBox
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import _, translated
from numbguard.wording.hours import say_hours

from .page import FirstStartPage

_WEEK = tuple(range(5))
_INDENT = 1.7


class GetUpPage(FirstStartPage):
    each_day_wanted = Signal()
    """The person wants other hours on each day."""

    figure = CardMotion("short-walk", "walk")

    def __init__(self, book: SettingsBook, parent: QWidget) -> None:
        super().__init__(_("We get you up"), book, parent)
        unit, content = theme.unit(), self.content
        said = _(
            "NumbGuard keeps track of how long you sit. When it's time, it tells you to get up and shows you how to "
            "move."
        )
        self.column.addWidget(label_for(content, said))
        self._gap(0.8)
        self._interval = self._ask(
            "breaks.interval",
            _("How long do you want to sit before a break?"),
            _("Most people choose 30 to 60 minutes."),
        )
        self._gap(0.6)
        self.column.addWidget(label_for(content, _("When do you work?")))
        self._only = CheckBox(_("Stay quiet outside my working hours"), content)
        self._only.clicked.connect(self._hours_changed)
        self.column.addWidget(self._only)
        hours = QHBoxLayout()
        hours.setSpacing(round(unit * 0.4))
        hours.setContentsMargins(round(unit * _INDENT), 0, 0, 0)
        self._start = TimeBox(_("Monday to Friday: from"), content)
        self._end = TimeBox(_("Monday to Friday: to"), content)
        for box, at in ((self._start, time(9)), (self._end, time(17))):
            box.show_time(at)
            box.timeChanged.connect(lambda _time: self._hours_changed())
        for part in (QLabel(_("Monday to Friday"), content), self._start, QLabel("–", content), self._end):
            hours.addWidget(part)
        hours.addStretch(1)
        self.column.addLayout(hours)
        foot = QHBoxLayout()
        foot.setContentsMargins(round(unit * _INDENT), 0, 0, 0)
        self._words = label_for(content, role="quiet")
        foot.addWidget(self._words, 1)
        foot.addWidget(button_for(content, _("Set each day separately…"), self._each_day, kind="link"))
        self.column.addLayout(foot)
        self._are_hours_changed = False
        self._show_hours()
        self._finish()

    def take_over(self, former: FirstStartPage) -> None:
        super().take_over(former)
        assert isinstance(former, GetUpPage)
        self._only.setChecked(former._only.isChecked())
        for box, before in ((self._start, former._start), (self._end, former._end)):
            box.show_time(before.at())
        self._show_hours()
        self._are_hours_changed = former._are_hours_changed

    def keep(self) -> bool:
        if not super().keep():
            return False
        if not self._are_hours_changed:
            return True
        if self._only.isChecked() and self._start.at() == self._end.at():
            self.say(_("Please choose different start and end times."))
            return False
        try:
            self._book.change_hours(self._hours())
        except SettingsError as failed:
            self.say(translated(failed))
            return False
        self._are_hours_changed = False
        return True

    def _hours(self) -> dict[int, tuple[WorkingSpan, ...]]:
        if not self._only.isChecked():
            return {}
        return {day: (WorkingSpan(self._start.at(), self._end.at()),) for day in _WEEK}

    def _hours_changed(self, _checked: bool = False) -> None:
        self._are_hours_changed = True
        self._show_hours()

    def _show_hours(self) -> None:
        for box in (self._start, self._end):
            box.setEnabled(self._only.isChecked())
        self._words.setText(say_hours(self._hours()))

    def _each_day(self) -> None:
        self._only.setChecked(True)
        self._hours_changed()
        self.each_day_wanted.emit()
