"""Filters the episodes in the history window by side, region, posture and time; also the field for entering a day.

The history window and its day pane create these widgets, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolTip, QWidget

from numbguard.core.log.records.episode import Posture
from numbguard.core.sites import Region, Side
from numbguard.core.when.days import NoSuchDayError, UnclearDayError
from numbguard.core.when.moments import read_moment
from numbguard.store.log.queries.history import EpisodeFilter
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.chips import FlowLayout
from numbguard.ui.widgets.form.fields import ChoiceBox as Box
from numbguard.wording.catalogue import N_, _, language, translated
from numbguard.wording.log.episodes import POSTURES
from numbguard.wording.log.sites import region_name

E = TypeVar("E", bound=Enum)

_LEGS = {Side.LEFT: N_("Left leg, or both"), Side.RIGHT: N_("Right leg, or both"), Side.BOTH: N_("Both legs at once")}
_BETWEEN = -1
"""Instead of a number of days: the period between the two days entered."""
_PERIODS = {
    N_("Any time"): 0,
    N_("Last 7 days"): 7,
    N_("Last 30 days"): 30,
    N_("Last 90 days"): 90,
    N_("Last 12 months"): 365,
    N_("Between…"): _BETWEEN,
}
"""Days up to and including today; 0 for no limit."""


class FilterBar(QWidget):
    changed = Signal()
    """``choice`` has changed."""

    def __init__(self, parent: QWidget, *, now: Callable[[], datetime]) -> None:
        super().__init__(parent)
        self._now = now
        layout = FlowLayout(self, gap=round(theme.unit() * 0.4))
        self.setSizePolicy(_height_follows_width())
        self._side = self._box(_("Side"), _("Any side"), {side: _(word) for side, word in _LEGS.items()})
        self._region = self._box(_("Where"), _("Anywhere"), {region: region_name(region) for region in Region})
        postures = {**POSTURES, Posture.OTHER: N_("Another posture")}
        self._posture = self._box(
            _("Posture"), _("Any posture"), {posture: _(word) for posture, word in postures.items()}
        )
        self._period = Box(self)
        self._period.setAccessibleName(_("Time"))
        for words, days in _PERIODS.items():
            self._period.addItem(_(words), days)
        self._from, self._to = DayField(self, _("From day"), now=now), DayField(self, _("To day"), now=now)
        self._from.setPlaceholderText(_("from, 2026-03-02"))
        self._to.setPlaceholderText(_("to, like “yesterday”"))
        self._clear = button_for(self, _("C&lear"), self.clear, means=_("Clear filters"))
        for part in (self._side, self._region, self._posture, self._period, self._from, self._to, self._clear):
            layout.addWidget(part)
        for box in (self._side, self._region, self._posture, self._period):
            box.currentIndexChanged.connect(self.read_choice)
        for line in (self._from, self._to):
            line.entered.connect(self.read_choice)
            line.hide()
        self._choice = EpisodeFilter()
        self._clear.hide()

    def _box(self, name: str, any_of_them: str, words: Mapping[E, str]) -> Box:
        box = Box(self)
        box.setAccessibleName(name)
        box.addItem(any_of_them, None)
        for value, word in words.items():
            box.addItem(word, value)
        return box

    @property
    def choice(self) -> EpisodeFilter:
        return self._choice

    def choose(self, choice: EpisodeFilter) -> None:
        """Show this choice, and emit ``changed`` if it differs from the last one."""
        boxes = ((self._side, choice.side), (self._region, choice.region), (self._posture, choice.posture))
        for box, value in boxes:
            box.blockSignals(True)
            box.setCurrentIndex(next((at for at in range(box.count()) if box.itemData(at) == value), 0))
            box.blockSignals(False)
        between = choice.since is not None or choice.until is not None
        self._period.blockSignals(True)
        self._period.setCurrentIndex(self._period.findData(_BETWEEN) if between else 0)
        self._period.blockSignals(False)
        self._from.show_day(choice.since)
        self._to.show_day(choice.until)
        self.read_choice()

    def clear(self) -> None:
        self.choose(EpisodeFilter())
        self._side.setFocus()

    def take_focus(self) -> None:
        self._side.setFocus()

    def read_choice(self) -> None:
        """Read the choice from the widgets, and emit ``changed`` if it differs from the last one."""
        days = self._period.currentData()
        today = self._now().date()
        since = today - timedelta(days=days - 1) if days > 0 else None
        until: date | None = None
        if days == _BETWEEN:
            since, until = self._from.day(), self._to.day()
            if since is not None and until is not None and since > until:
                since, until = until, since
        for line in (self._from, self._to):
            line.setVisible(days == _BETWEEN)
        choice = EpisodeFilter(
            side=self._side.currentData(),
            region=self._region.currentData(),
            posture=self._posture.currentData(),
            since=since,
            until=until,
        )
        self._clear.setVisible(not choice.is_all or days == _BETWEEN)
        self.updateGeometry()
        if choice != self._choice:
            self._choice = choice
            self.changed.emit()


class DayField(QLineEdit):
    """A field for a day in words: ``2026-03-02``, ``yesterday``, ``Friday``."""

    entered = Signal()
    """The text has changed, and the person pressed Enter or left the field."""

    def __init__(self, parent: QWidget, name: str, *, now: Callable[[], datetime]) -> None:
        super().__init__(parent)
        self._now = now
        self._last = ""
        self.setAccessibleName(name)
        self.setMinimumWidth(round(theme.unit() * 9))
        self.editingFinished.connect(self._left)

    def day(self) -> date | None:
        """The day entered; ``None`` if the field is empty or cannot be understood."""
        text = self.text().strip()
        if not text:
            return None
        try:
            return read_moment(text, self._now(), language=language()).date()
        except ValueError:
            return None

    def _refusal(self) -> str:
        """Why the text names no day: a reason where there is one, else how to write a day."""
        try:
            read_moment(self.text().strip(), self._now(), language=language())
        except (NoSuchDayError, UnclearDayError) as error:
            return translated(error)
        except ValueError:
            return _("Not understood. Try a day like 2026-03-02, “yesterday” or “Friday”")
        return ""

    def show_day(self, day: date | None) -> None:
        self._last = day.isoformat() if day is not None else ""
        self.setText(self._last)

    def _left(self) -> None:
        if self.text() == self._last:
            return
        self._last = self.text()
        day = self.day()
        if day is not None:
            self.show_day(day)
        refusal = self._refusal() if self._last.strip() else ""
        self.setToolTip(refusal)
        if refusal:
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), refusal, self)
        self.entered.emit()


def _height_follows_width() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy
