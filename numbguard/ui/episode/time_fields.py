"""When an episode began and how long it lasted: short answers to click, the last of which opens a field for any time.

The episode form creates both, on the GUI thread. The answers and their field are one stop for the Tab key: the field if
it is in use, from which the Up key leads back to the answers. What counts is the answer; a hidden field does not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from numbguard.core.log.records.episode import Episode, EpisodeEnd
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.chips import Chips
from numbguard.ui.widgets.form.tab_group import TabGroup
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _

from .moment_field import MomentField, fixed_offset

_OTHER: Final = -1
_AGO: Final = {
    0: N_("Now"),
    5: N_("5 min ago"),
    10: N_("10 min ago"),
    20: N_("20 min ago"),
    30: N_("30 min ago"),
    60: N_("1 h ago"),
    _OTHER: N_("Another time"),
}
"""By minutes."""
_JUST_NOW: Final = timedelta(minutes=1)
"""An episode that began this recently began *now*."""


class _EndChoice(Enum):
    FEW_MINUTES = "few_minutes"
    QUARTER = "quarter"
    HOUR = "hour"
    UNKNOWN = "unknown"
    OPEN = "open"
    AT = "at"


_ENDS: Final = {
    _EndChoice.FEW_MINUTES: N_("A few minutes"),
    _EndChoice.QUARTER: N_("About 15 min"),
    _EndChoice.HOUR: N_("About an hour"),
    _EndChoice.UNKNOWN: N_("Don't know"),
    _EndChoice.OPEN: N_("Still numb"),
    _EndChoice.AT: N_("Until…"),
}
_LENGTHS: Final = {
    _EndChoice.FEW_MINUTES: timedelta(minutes=5),
    _EndChoice.QUARTER: timedelta(minutes=15),
    _EndChoice.HOUR: timedelta(hours=1),
}
_CHOICES: Final = {
    EpisodeEnd.UNKNOWN: _EndChoice.UNKNOWN,
    EpisodeEnd.OPEN: _EndChoice.OPEN,
    EpisodeEnd.AT: _EndChoice.AT,
}


class BeginningField(QWidget):
    changed = Signal()

    def __init__(self, parent: QWidget, given: datetime | None, *, now: Callable[[], datetime], logged: bool) -> None:
        """``given``: the beginning so far, if there is one.

        ``logged``: the episode was logged with a click, so that the first answer keeps ``given``. An episode that was
        neither just logged nor is new has the field alone.
        """
        super().__init__(parent)
        self._given = given
        self._now = now
        self._logged = logged
        self._chosen_at = now()
        self._is_fresh = logged and given is not None and abs(self._chosen_at - given) < _JUST_NOW
        self._has_answers = logged or given is None
        words = {ago: _(word) for ago, word in _AGO.items()}
        if logged and given is not None and not self._is_fresh:
            words[0] = _("At {time}").format(time=formats.clock(given.astimezone(self._chosen_at.tzinfo)))
        self._ago: Chips[int] = Chips(self, _("When it started"), words, kind="choice")
        self._ago.setVisible(self._has_answers)
        self._ago.changed.connect(self._chosen)
        self._field = MomentField(self, _("When it started"), given, now=now)
        self._field.setVisible(not self._has_answers)
        self._field.changed.connect(self._written)
        self.tab_group = _with_field(self._ago, self._field, answers=self._has_answers)
        if logged:
            self._ago.show_chosen([0])
            self.tab_group.make_stop(self._ago.buttons()[0])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(theme.unit() * 0.3))
        column.addWidget(self._ago)
        column.addWidget(self._field)

    @property
    def is_edited(self) -> bool:
        if not self._has_answers:
            return self._field.is_edited
        return self._ago.one() not in ((None, 0) if self._logged else (None,))

    @property
    def is_typed(self) -> bool:
        """Whether the person has typed a time that counts."""
        return self._field.is_edited and not self._field.isHidden()

    @property
    def is_now(self) -> bool:
        return self._ago.one() == 0

    def take_over(self, former: BeginningField) -> None:
        """Show what was entered in another field of the same kind."""
        self._ago.show_chosen([former._ago.one()])
        self._field.take_over(former._field)
        self._chosen_at = former._chosen_at
        self._field.setVisible(not former._field.isHidden())

    def moment(self) -> datetime:
        """The beginning; raises ``ValueError`` with a sentence where it is missing or not understood."""
        ago = self._ago.one()
        if self._logged and self._given is not None and not ago:
            return self._given
        if self._has_answers and ago is not None and ago != _OTHER:
            if self._is_fresh and self._given is not None:
                return self._given - timedelta(minutes=ago)
            began = (self._chosen_at.astimezone(UTC) - timedelta(minutes=ago)).astimezone(self._chosen_at.tzinfo)
            return fixed_offset(began if ago == 0 else began.replace(second=0, microsecond=0))
        found = self._field.moment()
        assert found is not None  # the field may not be empty
        return found

    def _chosen(self) -> None:
        self._chosen_at = self._now()
        _show_field(self._ago, self._field, self.tab_group, wanted=self._ago.one() == _OTHER)
        self.changed.emit()

    def _written(self) -> None:
        if self._has_answers:
            self._ago.show_chosen([_OTHER])
            self._field.show()
            self.tab_group.make_stop(self._field.line)
        self.changed.emit()


class EndField(QWidget):
    changed = Signal()

    def __init__(self, parent: QWidget, episode: Episode, *, now: Callable[[], datetime], late: bool) -> None:
        """``late``: an episode that was not logged when it began; its end is not known unless the person says it."""
        super().__init__(parent)
        self._touched = False
        ends = {end: _(word) for end, word in _ENDS.items()}
        self._choice: Chips[_EndChoice] = Chips(self, _("How long it lasted"), ends)
        self._given = _EndChoice.UNKNOWN if late else _CHOICES[episode.end]
        self._choice.changed.connect(self._chosen)
        self._field = MomentField(self, _("When it ended"), episode.ended_at, now=now, empty=" ")
        self._field.changed.connect(self._written)
        self.tab_group = _with_field(self._choice, self._field, answers=True)
        self._show_choice(self._given)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(theme.unit() * 0.3))
        column.addWidget(self._choice)
        column.addWidget(self._field)

    @property
    def is_edited(self) -> bool:
        return self._choice.one() is not self._given or self.is_typed

    @property
    def is_typed(self) -> bool:
        """Whether the person has typed a time that counts."""
        return self._field.is_edited and not self._field.isHidden()

    def take_over(self, former: EndField) -> None:
        """Show what was entered in another field of the same kind."""
        self._touched = former._touched
        self._field.take_over(former._field)
        self._show_choice(former._choice.one() or self._given)

    def end(self, began: datetime) -> tuple[datetime | None, bool]:
        """The end, and whether it is not known; raises ``ValueError`` with a sentence for a time not understood."""
        choice = self._choice.one()
        if choice in _LENGTHS:
            return began + _LENGTHS[choice], False
        if choice is not _EndChoice.AT:
            return None, choice is not _EndChoice.OPEN
        found = self._field.moment()
        return found, found is None

    def offer_still_numb(self, *, wanted: bool) -> None:
        """Choose *Still numb* or *Don't know* for a beginning now or earlier, unless the person has said something."""
        if not self._touched:
            self._show_choice(_EndChoice.OPEN if wanted else _EndChoice.UNKNOWN)

    def _show_choice(self, choice: _EndChoice) -> None:
        self._choice.show_chosen([choice])
        is_at = choice is _EndChoice.AT
        self._field.setVisible(is_at)
        chip = self._choice.buttons()[list(_EndChoice).index(choice)]
        self.tab_group.make_stop(self._field.line if is_at else chip)

    def _chosen(self) -> None:
        self._touched = True
        _show_field(self._choice, self._field, self.tab_group, wanted=self._choice.one() is _EndChoice.AT)
        self.changed.emit()

    def _written(self) -> None:
        self._touched = True
        self._choice.show_chosen([_EndChoice.AT])
        self._field.show()
        self.tab_group.make_stop(self._field.line)
        self.changed.emit()


def _with_field(chips: Chips[int] | Chips[_EndChoice], field: MomentField, *, answers: bool) -> TabGroup:
    """Make the field the last part of the chips' group, or the only one if there are no ``answers``."""
    group = chips.tab_group
    group.set_rows([[*chips.buttons(), field.line] if answers else [field.line]])
    if answers:
        field.left_upwards.connect(lambda: chips.buttons()[-1].setFocus(Qt.FocusReason.OtherFocusReason))
    return group


def _show_field(chips: Chips[int] | Chips[_EndChoice], field: MomentField, group: TabGroup, *, wanted: bool) -> None:
    """Show the field if the last answer was chosen. A click takes the focus there; an arrow key passes on, with Tab."""
    had_focus = field.line.hasFocus()
    field.setVisible(wanted)
    last = chips.buttons()[-1]
    if wanted:
        group.make_stop(field.line)
        if not chips.by_arrow:
            field.line.setFocus(Qt.FocusReason.OtherFocusReason)
    else:
        group.renew()
        if had_focus:
            last.setFocus(Qt.FocusReason.OtherFocusReason)
