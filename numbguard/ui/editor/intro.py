"""The page beside the list before anything is chosen, and the scroll area around a form.

The editor's window creates both, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from numbguard.ui.widgets import theme
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.viewport import viewport_of
from numbguard.wording.catalogue import N_, _

from .card_form import CardForm
from .routine_form import RoutineForm

_TEXT = N_(
    "Turn the exercises your physiotherapist gave you into cards, with your own picture or one of our "
    "animations. String cards together into a routine, with a time for each.\n\nExport saves one file that "
    "another NumbGuard can import. Nothing leaves this computer unless you share that file."
)


class EditorIntro(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        title = QLabel(_("Your own cards"), self)
        title.setFont(theme.font(1.5, bold=True))
        text = label_for(self, _(_TEXT), role="quiet")
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(title)
        column.addSpacing(round(theme.unit() * 0.6))
        column.addWidget(text)
        column.addStretch(3)


class _FormArea(QScrollArea):
    sized = Signal(int)
    """The visible width has changed; carries it in pixels."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sized.emit(viewport_of(self).width())


def in_scroll(parent: QWidget, form: CardForm | RoutineForm) -> QScrollArea:
    """Wrap a form that may be higher than the window in a scroll area.

    The forms have parts side by side, so their ``fit`` receives the visible width.
    """
    area = _FormArea(parent)
    area.sized.connect(form.fit)
    area.setWidgetResizable(True)
    area.setWidget(form)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
