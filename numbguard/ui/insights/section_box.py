"""One section of the insights window: what it says, its picture, its action, and the figures on request.

Made by the insights window, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from numbguard.ui.charts.view import ChartView, FigureTable
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import _

from .sections import InsightAction, InsightSection


class SectionBox(QWidget):
    """``used`` returns the interval that is set, in seconds."""

    acted = Signal(object)
    """Its button was pressed; carries the ``InsightSection``."""

    def __init__(self, parent: QWidget, title: str, *, used: Callable[[], float]) -> None:
        super().__init__(parent)
        self._used = used
        self._section: InsightSection | None = None
        self._pictures: tuple[bytes, ...] = ()
        self._shown: list[QWidget] = []
        self.views: list[ChartView] = []
        self.action_button: QPushButton | None = None
        self.figures_button: QPushButton | None = None
        self.figures: QWidget | None = None
        """The figures while they are unfolded."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(round(theme.unit() * 0.5))
        self._column.addWidget(label_for(self, title, role="quiet"))
        self.setAccessibleName(title)

    def words(self) -> list[str]:
        """The sentences it shows, without the figures."""
        return [one.text() for one in self._shown if isinstance(one, QLabel)]

    def clear(self) -> None:
        for widget in self._shown:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown, self.views, self._section, self._pictures = [], [], None, ()
        self.action_button = self.figures_button = self.figures = None

    def wait(self) -> None:
        if not self._shown:
            self._say("…", role="quiet")

    def show_section(self, section: InsightSection, pictures: tuple[bytes, ...]) -> None:
        """Show a section; ``pictures`` has an SVG for each of its charts."""
        if section == self._section:  # read again without a change
            return
        unfolded = self.figures is not None
        self.clear()
        self._section, self._pictures = section, pictures
        if section.headline:
            self._say(section.headline, scale=1.25, bold=True)
        for sentence in section.sentences:
            self._say(sentence)
        if section.needs:
            self._say(section.needs, role="quiet")
        if section.picture is not None:
            self._say(section.picture.title, role="quiet", scale=0.9)
            self._add(self._view(self, 0))
        if section.action is not None:
            kind = "primary" if section.action is InsightAction.USE_INTERVAL else ""
            self.action_button = button_for(self, section.label, self._act, kind=kind)
            self._add(self.action_button, Qt.AlignmentFlag.AlignLeft)
            self.show_use()
        if section.figures or section.pictures:
            self.figures_button = button_for(self, _("Show the figures"), kind="link")
            self.figures_button.setCheckable(True)
            self.figures_button.toggled.connect(self._unfold)
            self._add(self.figures_button, Qt.AlignmentFlag.AlignLeft)
            if unfolded:
                self.figures_button.blockSignals(True)
                self.figures_button.setChecked(True)
                self.figures_button.blockSignals(False)
                self._show_figures()
        self._name_figures()

    def show_use(self) -> None:
        """Label the button with the interval that it sets, or disable it if that one is set already."""
        section = self._section
        if self.action_button is None or section is None or section.action is not InsightAction.USE_INTERVAL:
            return
        is_set = self._used() == section.interval_s
        self.action_button.setText(
            _("{minutes} minutes is your current setting").format(minutes=(section.interval_s or 0) // 60)
            if is_set
            else section.label
        )
        self.action_button.setEnabled(not is_set)

    def apply_colours(self, colours: theme.Palette) -> None:
        for view in self.views:
            view.apply_colours(colours)

    def _act(self) -> None:
        self.acted.emit(self._section)

    # --- the figures --------------------------------------------------------------------------------------------------

    def _unfold(self, on: bool) -> None:
        if on:
            self._show_figures()
            tables = self.figures.findChildren(FigureTable) if self.figures else []
            if tables:
                tables[0].setFocus()
        elif self.figures is not None:
            self._column.removeWidget(self.figures)
            self._shown.remove(self.figures)
            inside = {view for view in self.views if self.figures.isAncestorOf(view)}
            self.views = [view for view in self.views if view not in inside]
            self.figures.hide()
            self.figures.deleteLater()
            self.figures = None
        self._name_figures()

    def _show_figures(self) -> None:
        section = self._section
        if section is None:
            return
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(theme.unit() * 0.5))
        for sentence in section.figures:
            column.addWidget(_sentence(box, sentence))
        for place, chart in enumerate(section.pictures):
            column.addWidget(label_for(box, chart.title, bold=True))
            if chart is not section.picture:
                column.addWidget(self._view(box, place))
            column.addWidget(FigureTable(box, chart.table, chart.title))
        self.figures = box
        self._add(box)

    def _name_figures(self) -> None:
        if self.figures_button is not None and self._section is not None:
            words = _("Hide the figures") if self.figures is not None else _("Show the figures")
            self.figures_button.setText(words)
            # Translators: {action} is “Show the figures” or “Hide the figures”, {section} is its heading.
            name = _("{action}: {section}").format(action=words, section=self._section.title)
            self.figures_button.setAccessibleName(name)

    # --- its parts ----------------------------------------------------------------------------------------------------

    def _view(self, parent: QWidget, place: int) -> ChartView:
        section = self._section
        assert section is not None
        view = ChartView(parent, section.pictures[place], self._pictures[place])
        self.views.append(view)
        return view

    def _say(self, sentence: str, *, role: str = "", scale: float = 1.0, bold: bool = False) -> None:
        self._add(_sentence(self, sentence, role=role, scale=scale, bold=bold))

    def _add(self, widget: QWidget, side: Qt.AlignmentFlag | None = None) -> None:
        self._shown.append(widget)
        if side is None:
            self._column.addWidget(widget)
        else:
            self._column.addWidget(widget, 0, side)


def _sentence(parent: QWidget, words: str, *, role: str = "", scale: float = 1.0, bold: bool = False) -> QLabel:
    return label_for(parent, words.replace(" %", "\u00a0%"), role=role, scale=scale, bold=bold, selectable=True)
