"""The group of working hours: ranges for each day of the week, and a summary of them in words.

Made by the settings window with its page, on the GUI thread. Tab goes through every field, the arrow
keys change hours and minutes, and each change is reported a moment after the last key.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from functools import partial

from PySide6.QtCore import Qt, QTime, QTimer, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from numbguard.core.settings.settings import MIDNIGHT, Settings, WorkingSpan
from numbguard.core.settings.table import SettingsSection
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.controls import SETTLES_MS, CheckBox, TimeBox
from numbguard.ui.widgets.labels import label_for
from numbguard.wording import formats
from numbguard.wording.catalogue import _, translated
from numbguard.wording.hours import say_days, say_hours, say_span

from .group import SettingsGroup

Hours = dict[int, tuple[WorkingSpan, ...]]

WORKING_DAYS = range(5)
USUAL: Hours = {day: (WorkingSpan(time(9), time(12, 30)), WorkingSpan(time(13, 30), time(18))) for day in WORKING_DAYS}
"""The hours shown, for the person to change, when working hours are first switched on."""
_ONE_MORE = WorkingSpan(time(9), time(17))


class HoursGroup(SettingsGroup):
    hours_set = Signal(object)
    """All working hours, spans by weekday (0 is Monday); if empty, every hour counts."""

    def __init__(self, section: SettingsSection, parent: QWidget) -> None:
        super().__init__(translated(section.title), translated(section.about), parent)
        unit = theme.unit()
        self._last = USUAL
        """The hours to restore when the box is ticked again."""
        self._only = CheckBox(_("Only in my working hours"), self)
        self._only.clicked.connect(self._switched)
        self.column.addWidget(self._only)
        self._days = [HoursRow(day, self) for day in range(7)]
        self._week = QWidget(self)
        rows = QVBoxLayout(self._week)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(round(unit * 0.45))
        for row in self._days:
            row.changed.connect(self._tell)
            row.copied.connect(self._copy)
            rows.addWidget(row)
        self.column.addWidget(self._week)
        self._trouble = label_for(self, "")
        self._trouble.setProperty("role", "warm")
        self._trouble.hide()
        self.column.addWidget(self._trouble)
        self._said = label_for(self, "")
        self._said.setFont(theme.font(1.0, bold=True))
        self._said.setAccessibleName(_("The working hours in words"))
        self.column.addWidget(self._said)

    def show_settings(self, settings: Settings) -> None:
        hours = {day: tuple(spans) for day, spans in settings.hours.items()}
        self._only.setChecked(bool(hours))
        self._week.setVisible(bool(hours))
        self._said.setText(say_hours(hours))
        if hours:
            self._last = hours
            for row in self._days:
                row.show_spans(hours.get(row.day, ()))
            self.tab_after(self._only)

    def tab_after(self, before: QWidget) -> QWidget:
        if before is not self._only:
            QWidget.setTabOrder(before, self._only)
        before = self._only
        for part in (part for row in self._days for part in row.tabs()):
            QWidget.setTabOrder(before, part)
            before = part
        return before

    def say(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    def flush(self) -> None:
        for row in self._days:
            row.flush()

    def _switched(self, on: bool) -> None:
        self.say("")
        self.hours_set.emit(self._last if on else {})

    def _tell(self) -> None:
        if not self._only.isChecked():
            return
        empty = next((row for row in self._days if any(_is_empty(span) for span in row.spans())), None)
        if empty is not None:
            self.say(
                _("{day}: the start and end must be different times. It will be saved when they are.").format(
                    day=formats.weekday(empty.day)
                )
            )
            return
        self.say("")
        self.hours_set.emit(self._all())

    def _all(self) -> Hours:
        # Days without hours are kept: without any day at all, every hour would count.
        return {row.day: row.spans() for row in self._days}

    def _copy(self, source: int, days: Sequence[int]) -> None:
        spans = self._days[source].spans()
        for day in days:
            self._days[day].show_spans(spans, forced=True)
        self._tell()


class HoursRow(QWidget):
    """One day: its ranges side by side, a button for one more, and one to copy them to other days."""

    changed = Signal()
    copied = Signal(int, object)

    def __init__(self, day: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.day = day
        self._ranges: list[RangeField] = []
        self._later = QTimer(self, singleShot=True, interval=SETTLES_MS)
        self._later.timeout.connect(self.changed)
        unit = theme.unit()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(round(unit * 0.5))
        name = QLabel(formats.short_weekday(day), self)
        widest = max(name.fontMetrics().horizontalAdvance(formats.short_weekday(one)) for one in range(7))
        name.setFixedWidth(max(round(unit * 2.6), widest))
        name.setFixedHeight(round(unit * 2))
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        self._grid = QGridLayout()
        self._grid.setSpacing(round(unit * 0.4))
        self._none = QLabel(_("no working hours"), self)
        self._none.setProperty("role", "quiet")
        self._none.setFixedHeight(round(unit * 2))
        self._grid.addWidget(self._none, 0, 0)
        row.addLayout(self._grid)
        row.addStretch(1)
        height = round(unit * 2)
        self._more = button_for(
            self, "+", self._add, name=_("{day}: add a range").format(day=formats.weekday(day)), kind="step"
        )
        self._more.setFixedSize(height, height)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        self._copy_button = copy = button_for(
            self, _("Copy"), name=_("{day}: copy to other days").format(day=formats.weekday(day))
        )
        copy.setFixedHeight(height)
        menu = QMenu(copy)
        for words, days in self._offers():
            menu.addAction(words).triggered.connect(partial(self._copy, days))
        copy.setMenu(menu)
        row.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)

    def _offers(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The entries of the copy menu with their days: ``To Tue–Fri`` on Monday, and every other day."""
        working = tuple(day for day in WORKING_DAYS if day != self.day)
        others = tuple(day for day in range(7) if day != self.day)
        return (_("To {days}").format(days=say_days(working)), working), (_("To every other day"), others)

    def _copy(self, days: tuple[int, ...], _checked: bool = False) -> None:
        self.copied.emit(self.day, days)

    def spans(self) -> tuple[WorkingSpan, ...]:
        return tuple(field.span() for field in self._ranges)

    def show_spans(self, spans: Sequence[WorkingSpan], *, forced: bool = False) -> None:
        """Show these ranges, unless a change is still settling here."""
        if self._later.isActive() and not forced:
            return
        if self.spans() == tuple(spans):
            return
        while len(self._ranges) > len(spans):
            self._drop(self._ranges[-1])
        for field, span in zip(self._ranges, spans, strict=False):
            field.show_span(span)
        for span in spans[len(self._ranges) :]:
            self._put(span)
        self._lay_out()

    def flush(self) -> None:
        if self._later.isActive():
            self._later.stop()
            self.changed.emit()

    def _put(self, span: WorkingSpan) -> RangeField:
        field = RangeField(formats.weekday(self.day), span, self)
        field.changed.connect(self._later.start)
        field.remove_wanted.connect(partial(self._remove, field))
        self._ranges.append(field)
        return field

    def _add(self) -> None:
        field = self._put(_after(self.spans()))
        self._lay_out()
        field.setFocus()
        self.changed.emit()

    def _remove(self, field: RangeField) -> None:
        self._drop(field)
        self._lay_out()
        (self._ranges[-1] if self._ranges else self._more).setFocus()
        self.changed.emit()

    def _drop(self, field: RangeField) -> None:
        self._ranges.remove(field)
        self._grid.removeWidget(field)
        field.hide()
        field.deleteLater()

    def _lay_out(self) -> None:
        self._none.setVisible(not self._ranges)
        for place, field in enumerate(self._ranges):
            self._grid.addWidget(field, place // 2, place % 2)
            field.show()

    def tabs(self) -> Sequence[QWidget]:
        """The widgets that Tab goes through, in order."""
        return [part for field in self._ranges for part in (field.start, field.end, field.remove_button)] + [
            self._more,
            self._copy_button,
        ]


class RangeField(QWidget):
    """A range from one time to another, with a button to remove it."""

    changed = Signal()
    remove_wanted = Signal()

    def __init__(self, day: str, span: WorkingSpan, parent: QWidget) -> None:
        super().__init__(parent)
        self._day = day
        unit = theme.unit()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(round(unit * 0.2))
        self.start = TimeBox(_("{day}: from").format(day=day), self)
        self.end = TimeBox(_("{day}: to").format(day=day), self)
        self.remove_button = button_for(self, "×", self.remove_wanted.emit, kind="plain")
        self.remove_button.setStyleSheet("padding: 0;")
        side = round(unit * 1.5)
        self.remove_button.setFixedSize(side, side)
        for part in (self.start, QLabel("–", self), self.end, self.remove_button):
            row.addWidget(part)
        self.setFocusProxy(self.start)
        self._name(day, span)
        self.show_span(span)
        for box in (self.start, self.end):
            box.timeChanged.connect(self._turned)

    def _turned(self, _time: QTime) -> None:
        self._name(self._day, self.span())
        self.changed.emit()

    def span(self) -> WorkingSpan:
        return WorkingSpan(self.start.at(), self.end.at())

    def show_span(self, span: WorkingSpan) -> None:
        for box, at in ((self.start, span.start), (self.end, span.end)):
            box.show_time(at)

    def _name(self, day: str, span: WorkingSpan) -> None:
        means = _("{day}: remove {span}").format(day=day, span=say_span(span))
        self.remove_button.setAccessibleName(means)
        self.remove_button.setToolTip(means)


def _is_empty(span: WorkingSpan) -> bool:
    return span.start == span.end != MIDNIGHT


def _after(spans: Sequence[WorkingSpan]) -> WorkingSpan:
    """A range to start from, after the existing ones."""
    if not spans:
        return _ONE_MORE
    last = spans[-1].end
    if spans[-1].start >= last or last.hour >= 22:
        return WorkingSpan(time(20), time(21))
    return WorkingSpan(time(last.hour + 1, last.minute), time((last.hour + 2) % 24, last.minute))
