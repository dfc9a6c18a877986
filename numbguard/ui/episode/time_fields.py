"""When an episode began and when it was gone: short answers to click, and a field for any other time.

The episode form creates both, on the GUI thread. Clicking an answer empties the field or fills it, and writing in the
field lets go of the answer, so that they never say two things.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from numbguard.core.log.records import Episode, EpisodeEnd
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.chips import Chips
from numbguard.wording.catalogue import N_, _

from .moment_field import MomentField

_OTHER: Final = -1
_AGO: Final = {0: N_("Now"), 5: N_("5 min ago"), 10: N_("10 min ago"), 20: N_("20 min ago"), _OTHER: N_("Another time")}
"""By minutes."""


class _EndChoice(Enum):
    FEW_MINUTES = "few_minutes"
    QUARTER = "quarter"
    HOUR = "hour"
    UNKNOWN = "unknown"
    OPEN = "open"


_ENDS: Final = {
    _EndChoice.FEW_MINUTES: N_("A few minutes"),
    _EndChoice.QUARTER: N_("About 15 min"),
    _EndChoice.HOUR: N_("About an hour"),
    _EndChoice.UNKNOWN: N_("Don't know"),
    _EndChoice.OPEN: N_("Still numb"),
}
_LENGTHS: Final = {
    _EndChoice.FEW_MINUTES: timedelta(minutes=5),
    _EndChoice.QUARTER: timedelta(minutes=15),
    _EndChoice.HOUR: timedelta(hours=1),
}
_CHOICES: Final = {EpisodeEnd.UNKNOWN: _EndChoice.UNKNOWN, EpisodeEnd.OPEN: _EndChoice.OPEN}


class BeginningField(QWidget):
    changed = Signal()

    def __init__(self, parent: QWidget, given: datetime | None, *, now: Callable[[], datetime], logged: bool) -> None:
        """``given``: the beginning so far, if there is one.

        ``logged``: the episode was just logged, so that *now* is ``given`` and the field is hidden until it is wanted.
        """
        super().__init__(parent)
        self._given = given
        self._now = now
        self._logged = logged
        self._ago: Chips[int] = Chips(self, _("When it started"), {ago: _(word) for ago, word in _AGO.items()})
        self._ago.setVisible(logged or given is None)
        self._ago.changed.connect(self._chosen)
        self._field = MomentField(self, _("When it started"), given, now=now)
        self._field.setVisible(not logged)
        self._field.changed.connect(self._written)
        if logged:
            self._ago.show_chosen([0])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(theme.unit() * 0.3))
        column.addWidget(self._ago)
        column.addWidget(self._field)
        self.setFocusProxy(self._field)

    @property
    def is_edited(self) -> bool:
        return self._ago.one() not in (None, 0) if self._logged else self._field.is_edited

    @property
    def is_now(self) -> bool:
        return self._ago.one() == 0

    def take_over(self, former: BeginningField) -> None:
        """Show what was entered in another field of the same kind."""
        self._ago.show_chosen([former._ago.one()])
        self._field.take_over(former._field)
        self._field.setVisible(not former._field.isHidden())

    def moment(self) -> datetime:
        """The beginning; raises ``ValueError`` with a sentence where it is missing or not understood."""
        ago = self._ago.one()
        if self._logged and self._given is not None and ago != _OTHER:
            return self._given - timedelta(minutes=ago or 0)
        found = self._field.moment()
        assert found is not None  # the field may not be empty
        return found

    def _chosen(self) -> None:
        ago = self._ago.one()
        if self._logged:
            self._field.setVisible(ago == _OTHER)
        elif ago is not None and ago != _OTHER:
            self._field.enter("now" if ago == 0 else f"{self._now() - timedelta(minutes=ago):%H:%M}")
        elif ago == _OTHER:
            self._field.enter("")
        if ago == _OTHER:
            self._field.setFocus()
        self.changed.emit()

    def _written(self) -> None:
        self._ago.show_chosen([_OTHER])
        self.changed.emit()


class EndField(QWidget):
    changed = Signal()

    def __init__(self, parent: QWidget, episode: Episode, *, now: Callable[[], datetime], late: bool) -> None:
        """``late``: an episode that was not logged when it began; its end is not known unless the person says it."""
        super().__init__(parent)
        self._touched = False
        ends = {end: _(word) for end, word in _ENDS.items()}
        self._choice: Chips[_EndChoice] = Chips(self, _("When it stopped"), ends)
        given = _EndChoice.UNKNOWN if late else _CHOICES.get(episode.end)
        self._choice.show_chosen([given])
        self._given = given
        self._choice.changed.connect(self._chosen)
        self._field = MomentField(self, _("When it stopped"), episode.ended_at, now=now, empty=" ")
        self._field.changed.connect(self._written)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(theme.unit() * 0.3))
        column.addWidget(self._choice)
        column.addWidget(self._field)
        self.setFocusProxy(self._field)

    @property
    def is_edited(self) -> bool:
        return self._choice.one() is not self._given or self._field.is_edited

    def take_over(self, former: EndField) -> None:
        """Show what was entered in another field of the same kind."""
        self._touched = former._touched
        self._choice.show_chosen([former._choice.one()])
        self._field.take_over(former._field)

    def end(self, began: datetime) -> tuple[datetime | None, bool]:
        """The end, and whether it is not known; raises ``ValueError`` with a sentence for a time not understood."""
        choice = self._choice.one()
        if choice in _LENGTHS:
            return began + _LENGTHS[choice], False
        if choice is not None:
            return None, choice is _EndChoice.UNKNOWN
        found = self._field.moment()
        return found, found is None

    def offer_still_numb(self, *, wanted: bool) -> None:
        """Choose *Still numb* or *Don't know* for a beginning now or earlier, unless the person has said something."""
        if not self._touched:
            self._choice.show_chosen([_EndChoice.OPEN if wanted else _EndChoice.UNKNOWN])

    def _chosen(self) -> None:
        self._touched = True
        if self._choice.one() is not None:
            self._field.enter("")
        self.changed.emit()

    def _written(self) -> None:
        self._touched = True
        self._choice.show_chosen([])
        self.changed.emit()
