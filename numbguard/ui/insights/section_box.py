"""One section of the insights window: its title, its sentences and its charts. On the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from numbguard.ui.charts.view import ChartBox
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for

from .sections import InsightSection


class SectionBox(QWidget):
    """``use`` sets a suggested interval (seconds); ``used`` returns the interval that is set."""

    def __init__(self, parent: QWidget, title: str, *, use: Callable[[int], None], used: Callable[[], float]) -> None:
        super().__init__(parent)
        self._use_it = use
        self._used = used
        self._section: InsightSection | None = None
        self._shown: list[QWidget] = []
        self.charts: list[ChartBox] = []
        self.use_button: QPushButton | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(round(theme.unit() * 0.5))
        heading = QLabel(title, self)
        heading.setFont(theme.font(1.2, bold=True))
        self._column.addWidget(heading)
        self.setAccessibleName(title)

    def words(self) -> list[str]:
        """The sentences it shows."""
        return [one.text() for one in self._shown if isinstance(one, QLabel)]

    def clear(self) -> None:
        for widget in self._shown:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown, self.charts, self.use_button, self._section = [], [], None, None

    def wait(self) -> None:
        if not self._shown:
            self._say("…", quiet=True)

    def show_section(self, section: InsightSection, pictures: tuple[bytes, ...]) -> None:
        if section == self._section:  # read again without a change
            return
        unfolded = {box.title for box in self.charts if box.table is not None}
        self.clear()
        self._section = section
        for sentence in section.sentences:
            self._say(sentence)
        if section.suggestion is not None:
            self.use_button = button_for(self, "", self._use, kind="primary")
            self._add(self.use_button, Qt.AlignmentFlag.AlignLeft)
            self.show_use()
        if section.needs:
            self._say(section.needs, quiet=True)
        for chart, svg in zip(section.charts, pictures, strict=True):
            box = ChartBox(self, chart, svg)
            self.charts.append(box)
            self._add(box)
            box.unfold(on=box.title in unfolded)

    def show_use(self) -> None:
        """Label the button with the interval that it sets, or disable it if that one is set already."""
        suggestion = self._section.suggestion if self._section else None
        if self.use_button is None or suggestion is None or suggestion.interval_s is None:
            return
        there = self._used() == suggestion.interval_s
        minutes = suggestion.interval_s // 60
        self.use_button.setText(f"{minutes} minutes is what you have" if there else f"&Use {minutes} minutes")
        self.use_button.setEnabled(not there)

    def apply_colours(self, colours: theme.Palette) -> None:
        for box in self.charts:
            box.view.apply_colours(colours)

    def _use(self) -> None:
        if self._section is not None and self._section.suggestion is not None:
            interval_s = self._section.suggestion.interval_s
            if interval_s is not None:
                self._use_it(interval_s)

    def _say(self, sentence: str, *, quiet: bool = False) -> None:
        label = label_for(self, sentence.replace(" %", "\u00a0%"))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if quiet:
            label.setProperty("role", "quiet")
        self._add(label)

    def _add(self, widget: QWidget, side: Qt.AlignmentFlag | None = None) -> None:
        self._shown.append(widget)
        if side is None:
            self._column.addWidget(widget)
        else:
            self._column.addWidget(widget, 0, side)
