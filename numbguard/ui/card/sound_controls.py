"""The sound of a break on its card: the button that mutes it, and the question whether it is wanted.

``stage`` adds them to the answers under a card, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import _, pgettext

if TYPE_CHECKING:
    from .page import CardPage


class SoundControls(Protocol):
    """The sounds of breaks, as the card sees them. ``app.sound_switch`` implements it."""

    @property
    def is_on(self) -> bool: ...

    def may_ask(self) -> bool:
        """Whether to ask now whether sounds are wanted. It is True once in the life of a profile."""

    def switch(self, on: bool) -> None: ...


class SoundButton(QPushButton):
    """A loudspeaker that shows whether breaks have sound; one click mutes them, another lets them be heard again."""

    def __init__(self, parent: QWidget, sound: SoundControls, *, unit: float) -> None:
        super().__init__(parent)
        self._sound = sound
        self._unit = unit
        self.setProperty("kind", "plain")
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setFixedWidth(round(unit * 2.4))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(_("Sound"))
        self.clicked.connect(lambda on: self._switch(on))
        self.refresh()

    def refresh(self) -> None:
        """Show whether sounds are on now."""
        on = self._sound.is_on
        self.setChecked(on)
        self.setToolTip(_("Sound is on. Click to turn it off.") if on else _("Sound is off. Click to turn it on."))
        self.setAccessibleDescription(self.toolTip())
        self.update()

    def _switch(self, on: bool) -> None:
        self._sound.switch(on)
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(round(self._unit * 2.4), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._unit * 1.15
        painter.translate(self.width() / 2, self.height() / 2)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            painter.scale(-1, 1)
        painter.scale(side, side)
        colour = QColor(colours.text if self.isChecked() else colours.quiet)
        pen = QPen(colour, 0.09)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(colour)
        painter.drawPath(_LOUDSPEAKER)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            for reach in (0.2, 0.38):
                painter.drawArc(QRectF(0.04 - reach, -reach, 2 * reach, 2 * reach), -45 * 16, 90 * 16)
        else:
            painter.drawLine(QPointF(0.14, -0.16), QPointF(0.46, 0.16))
            painter.drawLine(QPointF(0.14, 0.16), QPointF(0.46, -0.16))


def _loudspeaker() -> QPainterPath:
    """A loudspeaker that faces right, in a square of side 1 around 0."""
    path = QPainterPath(QPointF(-0.46, -0.14))
    for x, y in ((-0.28, -0.14), (-0.06, -0.34), (-0.06, 0.34), (-0.28, 0.14), (-0.46, 0.14)):
        path.lineTo(x, y)
    path.closeSubpath()
    return path


_LOUDSPEAKER = _loudspeaker()


class SoundQuestion(QWidget):
    """A line that asks whether breaks shall have sound. It goes with its answer."""

    answered = Signal()

    def __init__(self, parent: QWidget, sound: SoundControls, *, unit: float) -> None:
        super().__init__(parent)
        self._sound = sound
        words = label_for(self, _("Would you like a soft sound at breaks?"), role="quiet")
        # On one line, with the answers right behind it, where there is room.
        words.setMinimumWidth(min(words.fontMetrics().horizontalAdvance(words.text()) + 2, round(unit * 24)))
        yes, no = pgettext("a soft sound at breaks", "&Yes"), pgettext("a soft sound at breaks", "N&o")
        self.yes = button_for(self, yes, lambda: self._answer(True), means=_("Play soft sounds at breaks"))
        self.no = button_for(self, no, lambda: self._answer(False), means=_("Keep breaks silent"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(round(unit * 0.6))
        for part in (words, self.yes, self.no):
            line.addWidget(part)
        line.addStretch(1)
        QWidget.setTabOrder(self.yes, self.no)

    def _answer(self, on: bool) -> None:
        self._sound.switch(on)
        self.close_for_good()

    def close_for_good(self) -> None:
        if self.yes.hasFocus() or self.no.hasFocus():
            # Not on to whatever button is the next one.
            self.window().setFocus()
        self.hide()
        self.answered.emit()


def with_sound(
    page: CardPage, answers: QHBoxLayout, sound: SoundControls, *, asks: bool, answered: Callable[[], None]
) -> QHBoxLayout:
    """The row of answers with the button that mutes; where it ``asks``, under the question whether sound is wanted.

    ``answered`` is called once the person has answered that, or has used the button instead.
    """
    button = SoundButton(page, sound, unit=page.unit)
    # After the answers on the left, at the beginning of the empty middle.
    middle = next((place for place in range(answers.count()) if isinstance(answers.itemAt(place), QSpacerItem)), 0)
    answers.insertWidget(middle, button)
    if not asks:
        return answers
    question = SoundQuestion(page, sound, unit=page.unit)
    question.answered.connect(button.refresh)
    question.answered.connect(answered)
    button.clicked.connect(question.close_for_good)
    column = QVBoxLayout()
    column.setSpacing(round(page.unit * 0.8))
    column.addWidget(question)
    column.addLayout(answers)
    whole = QHBoxLayout()
    whole.addLayout(column, 1)
    return whole
