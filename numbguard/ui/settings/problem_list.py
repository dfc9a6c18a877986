"""What of the settings file could not be used, line by line, each with a button that mends it in the file.

The settings window makes it, above its pages, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from numbguard.store.settings.undo_book import Mend
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import N_, _, translated

_WORDS = {
    Mend.DEFAULT: (N_("Use the default"), N_("Replace this value with the default. Undo brings it back.")),
    Mend.KEEP: (
        N_("Keep what NumbGuard uses"),
        N_("Save the working hours that NumbGuard uses for this day. Undo brings the text back."),
    ),
    Mend.REMOVE: (N_("Remove it"), N_("Remove this from the file. Undo brings it back.")),
}
_MOST_SHARE = 0.3
"""The largest share of the window's height that the list takes; more scrolls."""


class ProblemList(QScrollArea):
    mend_wanted = Signal(str)
    """The key to mend."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Problems in the settings file"))
        self._shown: Sequence[str] = ()
        self.hide()

    def show_problems(self, problems: Sequence[str], mends: Mapping[str, tuple[str, Mend]]) -> None:
        """Show the sentences; ``mends`` has the key and the kind of mend of those that can be mended here."""
        if problems == self._shown:
            return
        self._shown = problems
        page = QWidget(self)
        column = QVBoxLayout(page)
        edge = round(theme.unit() * 0.4)
        column.setContentsMargins(edge, edge, edge, 0)
        column.setSpacing(edge)
        for sentence in problems:
            row = QHBoxLayout()
            row.setSpacing(edge)
            row.addWidget(label_for(page, translated(sentence), role="note", expands=True), 1)
            if sentence in mends:
                key, mend = mends[sentence]
                words, means = map(_, _WORDS[mend])
                button = button_for(page, words, partial(self.mend_wanted.emit, key), means=means)
                button.setAccessibleName(_("{button}: {key}").format(button=words, key=key))
                row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        self.setWidget(page)
        self.setVisible(bool(problems))
        if problems:
            self._fit(column)

    def _fit(self, column: QVBoxLayout) -> None:
        width = max(self.width(), round(theme.unit() * 30))
        most = round(self.window().height() * _MOST_SHARE)
        self.setFixedHeight(min(column.totalHeightForWidth(width), max(most, round(theme.unit() * 4))))
