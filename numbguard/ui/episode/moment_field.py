"""A text field for a moment in everyday words, with the moment understood shown below it.

The episode form creates it, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from numbguard.core.when.days import NoSuchDayError, UnclearDayError
from numbguard.core.when.moments import read_moment
from numbguard.ui.widgets import theme
from numbguard.wording.catalogue import _, language, translated
from numbguard.wording.log.episodes import moment


def fixed_offset(at: datetime) -> datetime:
    """``at`` with its UTC offset instead of a zone, so that later zone rules cannot change the record."""
    return at.replace(tzinfo=timezone(at.utcoffset() or timedelta()))


class MomentField(QWidget):
    changed = Signal()
    left_upwards = Signal()
    """The Up key was pressed in the text field."""

    def __init__(
        self, parent: QWidget, name: str, at: datetime | None, *, now: Callable[[], datetime], empty: str = ""
    ) -> None:
        """``now`` returns a time in the zone in which moments are read and shown.

        ``empty``: the meaning of an empty field, shown below it; without it the field must not be empty.
        """
        super().__init__(parent)
        self._now = now
        self._empty = empty
        self._given = at
        self._line = _Line(self)
        self._line.left_upwards.connect(self.left_upwards)
        self._line.setProperty("role", "field")
        self._line.setAccessibleName(name)
        self._line.setPlaceholderText(_("14:30, or “yesterday about three”"))
        if at is not None:
            self._line.setText(f"{at.astimezone(now().tzinfo):%Y-%m-%d %H:%M}")
        self._written = self._line.text()
        self._understood = QLabel(self)
        self._understood.setWordWrap(True)
        self._understood.setProperty("role", "quiet")
        self._understood.setFont(theme.font(0.9))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(theme.unit() * 0.15))
        column.addWidget(self._line)
        column.addWidget(self._understood)
        self._line.textEdited.connect(self._edited)
        self._say()

    @property
    def line(self) -> QLineEdit:
        return self._line

    @property
    def is_edited(self) -> bool:
        return self._line.text() != self._written

    def moment(self) -> datetime | None:
        """The moment entered, exact to the second if unedited; ``None`` if empty and allowed to be.

        Raises ``ValueError`` with a sentence if the text is missing or not understood.
        """
        text = self._line.text().strip()
        if not text:
            if self._empty:
                return None
            raise ValueError(_("Say when it started, like 14:30 or “yesterday about three”."))
        if text == self._written:
            return self._given
        return fixed_offset(read_moment(text, self._now(), language=language()))

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        self._line.setVisible(visible)  # so that a group of which the line is a part knows

    def take_over(self, former: MomentField) -> None:
        """Show the text of another field that was given the same moment."""
        self._line.setText(former._line.text())
        self._say()

    def _edited(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        try:
            at = self.moment()
        except (NoSuchDayError, UnclearDayError) as error:
            self._understood.setText(translated(error))
            return
        except ValueError:
            self._understood.setText(_("not understood yet") if self._line.text().strip() else "")
            return
        self._understood.setText(self._empty if at is None else moment(at, self._now()))


class _Line(QLineEdit):
    left_upwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)
