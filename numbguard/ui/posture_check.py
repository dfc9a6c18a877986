"""*Check my posture*: the five points of sitting well at a desk, with a tick box for each beside a marked picture.

Imported when it is first opened and released when it is closed; on the GUI thread. The picture marks the points not yet
ticked. Digits tick, Enter saves, Escape closes without saving; only a saved check reaches the log.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from numbguard.core.breaks.nudges.posture import PosturePoint
from numbguard.core.cards.cards import Card
from numbguard.core.cards.motion import Callout
from numbguard.core.errors import JournalError
from numbguard.core.guide.sections import GuideSection
from numbguard.core.ports import Notice
from numbguard.figure import svg as figure_svg
from numbguard.ui.card.card_plan import deepest_s, ground_of, look_for
from numbguard.ui.picture.view import PictureView
from numbguard.ui.widgets.buttons import button_for, read_more
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.windows.plain_window import to_front
from numbguard.wording import labels
from numbguard.wording.catalogue import N_, _, translated

from .widgets import theme

_POINTS = {
    PosturePoint.FEET: N_("Feet flat, on the floor or a footrest"),
    PosturePoint.KNEES: N_("Knees at a right angle"),
    PosturePoint.SCREEN: N_("Screen at eye level"),
    PosturePoint.BACK: N_("Back supported"),
    PosturePoint.LEGS: N_("Legs side by side, not crossed"),
}
_TO_CHANGE = {
    PosturePoint.FEET: N_("feet flat"),
    PosturePoint.KNEES: N_("knees at 90°"),
    PosturePoint.SCREEN: N_("screen at eye level"),
    PosturePoint.BACK: N_("back on the backrest"),
    PosturePoint.LEGS: N_("legs side by side"),
}
_KEYS = {Qt.Key(Qt.Key.Key_1 + place): point for place, point in enumerate(PosturePoint)}


def saved_notice(held: Collection[PosturePoint]) -> Notice:
    """The notice after a check is saved, with the points that hold."""
    missing = [_(_TO_CHANGE[point]) for point in PosturePoint if point not in held]
    if not missing:
        return Notice(_("All five points"), _("Saved. You're sitting well."), quiet=True)
    return Notice(
        _("Saved: {held} of {points} points").format(held=len(held), points=len(PosturePoint)),
        _("Worth changing: {missing}.").format(missing=", ".join(missing)),
        quiet=True,
    )


class PostureCheckWindow(QDialog):
    """``finished`` is emitted when it closes, saved or not."""

    read_wanted = Signal(object)
    """A ``GuideSection`` of the guide."""

    def __init__(self, card: Card | None, *, save: Callable[[frozenset[PosturePoint]], None]) -> None:
        """The motions of ``card`` mark the points; without it there is no picture. ``save`` may raise
        ``JournalError``."""
        super().__init__()
        self._motions = card.motions if card else {}
        self._save_it = save
        self._colours = theme.current()
        self.setWindowTitle(_(labels.POSTURE))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._build()
        theme.apply_theme(self, self._apply_colours)

    @property
    def held(self) -> frozenset[PosturePoint]:
        return frozenset(point for point, tick in self._ticks.items() if tick.isChecked())

    def present(self) -> None:
        """Show it and bring it to the front."""
        to_front(self)
        self._ticks[PosturePoint.FEET].setFocus()

    def take_over(self, former: PostureCheckWindow) -> None:
        """Tick what is ticked in another check."""
        for point, tick in self._ticks.items():
            tick.setChecked(point in former.held)

    # --- its parts ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        unit = theme.unit()
        heading = QLabel(_("How are you sitting?"), self)
        heading.setFont(theme.font(1.5, bold=True))
        hint = QLabel(_("Tick everything that's true right now."), self)
        hint.setProperty("role", "quiet")
        self._ticks = {
            point: PointCheckBox(self, place, _(_POINTS[point])) for place, point in enumerate(PosturePoint, start=1)
        }
        for tick in self._ticks.values():
            tick.toggled.connect(self._show)
        self._trouble = label_for(self, role="note")
        self._trouble.hide()
        keys = QLabel(_("Keys 1 to 5 tick, Enter saves."), self)
        keys.setProperty("role", "quiet")
        keys.setFont(theme.font(0.9))
        self._save = button_for(self, "", self._keep, kind="primary")
        self._save.setDefault(True)
        leave = button_for(self, _("Not now"), self.reject, kind="plain")

        text_column = QVBoxLayout()
        text_column.setSpacing(0)
        text_column.addWidget(heading)
        text_column.addSpacing(round(unit * 0.2))
        text_column.addWidget(hint)
        text_column.addSpacing(round(unit * 0.2))
        text_column.addWidget(read_more(self, lambda: self.read_wanted.emit(GuideSection.PREVENTION_POSTURE)))
        text_column.addSpacing(round(unit * 0.9))
        for tick in self._ticks.values():
            text_column.addWidget(tick)
            text_column.addSpacing(round(unit * 0.3))
        text_column.addStretch(1)
        text_column.addWidget(self._trouble)
        text_column.addSpacing(round(unit * 0.6))
        text_column.addWidget(keys)
        text_column.addSpacing(round(unit * 0.5))
        answers = QHBoxLayout()
        answers.setSpacing(round(unit * 0.5))
        answers.addWidget(self._save, 1)
        answers.addWidget(leave)
        text_column.addLayout(answers)

        self._figure = PictureView(self)
        self._figure.setVisible("sit" in self._motions)
        self._figure.setMinimumSize(round(unit * 22), round(unit * 20))
        row = QHBoxLayout(self)
        edge = round(unit * 1.3)
        row.setContentsMargins(edge, edge, edge, edge)
        row.setSpacing(round(unit * 1.6))
        row.addWidget(self._figure, 1)
        row.addLayout(text_column)

    # --- showing -----------------------------------------------------------------------------------------------------

    def _apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self._figure.apply_colours(colours)
        for tick in self._ticks.values():
            tick.apply_colours(colours)
        self._show()

    def _show(self, _checked: bool = False) -> None:
        held = self.held
        self._save.setText(_("Save: {held} of {points}").format(held=len(held), points=len(PosturePoint)))
        left = [point for point in PosturePoint if point not in held]
        if "sit" in self._motions:
            whole = self._motions["sit"]
            # The marks of knees and legs would overlap.
            shown = [point for point in left if point is not PosturePoint.LEGS or PosturePoint.KNEES not in left]
            marks = tuple(mark for point in shown for mark in self._marks_of(point))
            look = look_for(self._colours)
            picture = figure_svg.still_svg(replace(whole, marks=marks), at=deepest_s(whole), theme=look)
            self._figure.show_picture(picture, ground=ground_of(look))
            self._figure.setAccessibleName(_("Someone sitting well at a desk"))

    def _marks_of(self, point: PosturePoint) -> tuple[Callout, ...]:
        motion = self._motions.get(point.value)
        return motion.marks if motion else ()

    # --- keys and clicks ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        point = _KEYS.get(Qt.Key(event.key()))
        if point is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._ticks[point].toggle()
            return
        super().keyPressEvent(event)

    def _keep(self) -> None:
        try:
            self._save_it(self.held)
        except JournalError as failed:
            self._trouble.setText(translated(failed))
            self._trouble.show()
            return
        self.accept()


class PointCheckBox(QCheckBox):
    """One point as a row: a large box with the digit that ticks it, and the point in words."""

    def __init__(self, parent: QWidget, digit: int, asked: str) -> None:
        super().__init__(asked, parent)
        self._digit = str(digit)
        self._colours = theme.current()
        self._unit = theme.unit()
        self.setFont(theme.font(1.12))
        self.setAccessibleDescription(_("Key {digit}").format(digit=digit))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text()) + self._unit * 4.2
        return QSize(round(width), round(self._unit * 2.5))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, _pos: object) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        c, unit = self._colours, self._unit
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        focused = self.hasFocus()
        painter.setBrush(QColor(c.hover if self.underMouse() else c.surface))
        painter.setPen(QPen(QColor(c.accent if focused else c.line), c.focus_outline if focused else c.outline))
        painter.drawRoundedRect(row, 6, 6)
        side = unit * 1.45
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = row.right() - unit * 0.6 - side if is_mirrored else row.left() + unit * 0.6
        box = QRectF(left, row.center().y() - side / 2, side, side)
        if self.isChecked():
            painter.setBrush(QColor(c.accent))
            painter.setPen(QPen(QColor(c.accent), 1.5))
            painter.drawRoundedRect(box, 5, 5)
            pen = QPen(QColor(c.on_accent), side * 0.13)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            at = (QPointF(0.24, 0.54), QPointF(0.43, 0.72), QPointF(0.77, 0.31))
            painter.drawPolyline(QPolygonF([box.topLeft() + point * side for point in at]))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.edge), 1.5))
            painter.drawRoundedRect(box, 5, 5)
            painter.setFont(theme.font(0.9))
            painter.setPen(QColor(c.quiet))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._digit)
        painter.setFont(self.font())
        painter.setPen(QColor(c.text))
        taken = side + unit * 1.3
        beside = row.adjusted(0, 0, -taken, 0) if is_mirrored else row.adjusted(taken, 0, 0, 0)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()
