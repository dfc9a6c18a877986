"""The way out of a firm break, at the foot of every covered screen: a question in place, never a box in front of it.

The firm window and the covers of the other screens create one each, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for, scale_fonts
from numbguard.ui.widgets.labels import label_for
from numbguard.wording import labels
from numbguard.wording.catalogue import _, pgettext


class LeaveBar(QWidget):
    """Two quiet links; *Leave the break*, like Esc, asks once.

    ``leave`` ends the break. ``get_help`` ends it and shows *When to get help*; ``None`` offers no such link.
    """

    def __init__(
        self,
        parent: QWidget,
        *,
        zoom: float = 1.0,
        leave: Callable[[], object],
        get_help: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._before: QWidget | None = None
        unit = theme.unit() * zoom
        leave_key = pgettext("access key of “Leave the break”", "L")
        self._links = QWidget(self)
        row = _row(self._links, round(unit * 1.5))
        link = button_for(
            self._links,
            _("Leave the break"),
            self.ask,
            key=leave_key,
            means=_("Close the break and carry on working"),
            kind="link",
        )
        row.addWidget(link)
        if get_help is not None:
            row.addWidget(
                button_for(
                    self._links,
                    _(labels.HELP),
                    get_help,
                    key=pgettext("access key of “When to get help”", "h"),
                    means=_("Leave the break and show when to get help"),
                    kind="link",
                )
            )
        row.addStretch(1)

        self._question = QWidget(self)
        row = _row(self._question, round(unit * 0.6))
        words = label_for(self._question, _("Leave the break?"), scale=zoom, bold=True)
        words.setWordWrap(False)
        row.addWidget(words)
        row.addSpacing(round(unit * 0.6))
        self._leave = button_for(
            self._question,
            _("Leave"),
            leave,
            key=pgettext("access key of “Leave”", "L"),
            means=_("Close the break and carry on working"),
        )
        stay = button_for(
            self._question,
            _("Stay"),
            self.stay,
            key=pgettext("access key of “Stay”", "t"),
            means=_("Go on with the break"),
        )
        row.addWidget(self._leave)
        row.addWidget(stay)
        row.addStretch(1)
        QWidget.setTabOrder(self._leave, stay)

        scale_fonts(self, zoom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._links, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(self._question, 0, Qt.AlignmentFlag.AlignVCenter)
        for part in self.findChildren(QWidget):
            part.ensurePolished()
        # The taller row sets the height, so that nothing above moves when the question appears.
        self.setFixedHeight(max(self._links.sizeHint().height(), self._question.sizeHint().height()))
        self._question.hide()

    @property
    def asks(self) -> bool:
        """Whether the question is on the screen."""
        return not self._question.isHidden()

    def toggle(self) -> None:
        """Esc: ask, or after all stay."""
        if self.asks:
            self.stay()
        else:
            self.ask()

    def ask(self) -> None:
        self._before = self.window().focusWidget()
        self._links.hide()
        self._question.show()
        self._leave.setFocus()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, _("Leave the break?")))

    def stay(self) -> None:
        self._question.hide()
        self._links.show()
        before = self._before
        back_to_window = before is None or self.isAncestorOf(before)
        (self.window() if back_to_window or before is None else before).setFocus()


def _row(parent: QWidget, spacing: int) -> QHBoxLayout:
    row = QHBoxLayout(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    row.addStretch(1)
    return row
