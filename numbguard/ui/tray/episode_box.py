"""The panel's row about the open episode, or about the one logged last while its logging can be undone.

The panel creates it and shows it only where there is such an episode, on the GUI thread.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from numbguard.core.log.advice.advice import Advice
from numbguard.core.log.records.episode import Episode
from numbguard.core.ports import AppSnapshot
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for, with_key
from numbguard.ui.widgets.labels import label_for
from numbguard.wording import labels
from numbguard.wording import now as now_words
from numbguard.wording.catalogue import _, pgettext
from numbguard.wording.log.habits import TAKE_BACK

from .advice_line import AdviceLine


class EpisodeBox(QFrame):
    gone = Signal()
    undone = Signal()
    details_wanted = Signal(str)
    """Carries the id of the episode."""
    relief_wanted = Signal()
    advice_wanted = Signal(object)
    """Carries the ``Episode``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._id = ""
        self._is_short = False
        self._undo_words = _(labels.UNDO)
        self.setProperty("frame", "box")
        unit = theme.unit()
        button = partial(button_for, self)
        self._undo_key = pgettext("access key of “Undo last entry” and “Undo last change”", "U")
        self._mark = _Diamond(self)
        self._said = label_for(self)
        self.gone_button = button(_(labels.GONE), self.gone.emit, key=pgettext("access key of “It's gone”", "g"))
        self._details = button(
            _(labels.ADD_DETAILS),
            lambda: self.details_wanted.emit(self._id),
            key=pgettext("access key of “Add details”", "A"),
        )
        self.advice = AdviceLine(self)
        self.advice.wanted.connect(self.advice_wanted)
        self._relief = button(
            _(labels.RELIEF),
            self.relief_wanted.emit,
            key=pgettext("access key of “Step-by-step relief”", "f"),
            kind="link",
        )
        self._undo = button(_(labels.UNDO), self.undone.emit, key=self._undo_key, kind="link")
        for link in (self._relief, self._undo):
            link.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            link.setCursor(Qt.CursorShape.PointingHandCursor)

        rows = QVBoxLayout(self)
        edge = round(unit * 0.6)
        rows.setContentsMargins(edge, edge, edge, round(unit * 0.4))
        rows.setSpacing(round(unit * 0.45))
        head = QHBoxLayout()
        head.setSpacing(round(unit * 0.4))
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._said, 1)
        rows.addLayout(head)
        rows.addLayout(_row(unit, self.gone_button, self._details))
        rows.addWidget(self.advice)
        links = QHBoxLayout()
        links.setSpacing(round(unit * 0.5))
        links.addWidget(self._relief)
        links.addStretch(1)
        links.addWidget(self._undo)
        rows.addLayout(links)

    def show_episode(self, app_snapshot: AppSnapshot, known: Episode, advice: Advice, *, may_undo: bool) -> None:
        """``may_undo``: nothing newer can be undone in the panel, which offers one undo at a time."""
        is_open = app_snapshot.open_episode is not None
        self._id = known.id
        self._said.setText(now_words.episode(app_snapshot, known.started_at))
        self.gone_button.setVisible(is_open)
        self._relief.setVisible(is_open)
        self.advice.show_advice(known, advice)
        self._undo_words = now_words.undo(app_snapshot)
        self._undo.setAccessibleName(self._undo_words)
        self._write_undo()
        self._undo.setVisible(app_snapshot.undoable is not None and may_undo)

    def shorten(self, is_short: bool) -> None:
        """Write the link to undo in one word, where the box is beside something else, or in full."""
        self._is_short = is_short
        self._write_undo()

    def _write_undo(self) -> None:
        self._undo.setText(with_key(_(TAKE_BACK) if self._is_short else self._undo_words, self._undo_key))

    def apply_colours(self, colours: theme.Palette) -> None:
        self._mark.apply_colours(colours)
        self.advice.apply_colours(colours)


class _Diamond(QWidget):
    """The shape that an episode has on the day's line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._side = round(theme.unit())
        self._colours = theme.current()
        self.setFixedSize(QSize(self._side, self._side))

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.warm_text))
        half, middle = self._side * 0.4, self._side / 2
        corners = ((0.0, -half), (half, 0.0), (0.0, half), (-half, 0.0))
        painter.drawPolygon(QPolygonF([QPointF(middle + x, middle + y) for x, y in corners]))
        painter.end()


def _row(unit: float, *buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(round(unit * 0.5))
    for button in buttons:
        row.addWidget(button, 1)
    return row
