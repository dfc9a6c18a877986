"""Asks which column of a file is what, where the file is a diary of the person's own and not a log.

`import_export.py` opens it over the history window, on the GUI thread; it is deleted when closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from numbguard.store.exchange import ColumnMap, ExchangeError, SheetSample
from numbguard.store.exchange.sheets.cells import is_of_two_numbers
from numbguard.store.exchange.sheets.csv_file import read_sample
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.fields import ChoiceBox
from numbguard.ui.widgets.form.style import form_sheet
from numbguard.ui.widgets.labels import label_for
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _, translated
from numbguard.wording.log.episodes import like

_CHOICES: Final[Mapping[str, str]] = {
    "": formats.NOTHING,
    "started_at": N_("Date it started"),
    "started_time": N_("Time it started"),
    "ended_at": N_("Date it ended"),
    "ended_time": N_("Time it ended"),
    "lasted": N_("How many minutes"),
    "side": N_("Which leg"),
    "regions": N_("Where"),
    "sensations": N_("What it felt like"),
    "severity": N_("How bad, 0 to 10"),
    "posture": N_("Posture"),
    "onset": N_("Sudden or gradual"),
    "weakness": N_("Leg weak: yes or no"),
    "back_pain": N_("Back pain: yes or no"),
    "relief": N_("What helped"),
    "note": N_("Note"),
}
_ORDERS: Final[Mapping[str, bool | None]] = {
    N_("As the other dates show"): None,
    N_("3/4 is 3 April"): True,
    N_("3/4 is 4 March"): False,
}
_LONGEST_CELL: Final = 28
"""Letters of a cell that are shown; its tool tip has the whole."""


class ColumnMapDialog(QDialog):
    mapped = Signal(object)
    """Carries the ``ColumnMap`` that the person confirmed."""

    def __init__(self, parent: QWidget, name: str, sheet: SheetSample, *, now: datetime) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Import a diary"))
        self._sheet = sheet
        self._now = now
        unit = theme.unit()
        column = QVBoxLayout(self)
        edge = round(unit * 1.1)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(round(unit * 0.6))
        column.addWidget(label_for(self, _("Which column is what?"), bold=True, scale=1.25))
        column.addWidget(
            label_for(
                self,
                _(
                    "{name} isn't a NumbGuard log. If it is your own diary, choose what each column is. Columns set "
                    "to “{not_used}” are ignored. These are its first rows:"
                ).format(name=name, not_used=formats.NOTHING),
                role="quiet",
            )
        )
        self._boxes: dict[str, ChoiceBox] = {}
        self._order = ChoiceBox(self)
        self._order.setAccessibleName(_("The order of day and month"))
        for words, order in _ORDERS.items():
            self._order.addItem(_(words), order)
        self._order.setVisible(any(is_of_two_numbers(cell) for cells in sheet.rows for cell in cells))
        self._order.currentIndexChanged.connect(lambda _index: self._read())
        column.addWidget(self._table(ColumnMap.guessed(sheet.names)), 1)
        self._says = label_for(self, bold=True, expands=True)
        column.addWidget(self._says)
        foot = QHBoxLayout()
        foot.addWidget(self._order)
        foot.addStretch(1)
        foot.addWidget(button_for(self, _("&Cancel"), self.reject))
        self._import = button_for(self, _("&Import"), self._confirm, kind="primary")
        self._import.setDefault(True)
        foot.addWidget(self._import)
        column.addLayout(foot)
        room = parent.screen().availableGeometry().size()
        self.resize(QSize(round(unit * 62), round(unit * 26)).boundedTo(room * 0.9))
        theme.apply_theme(self, lambda colours: self.setStyleSheet(theme.style_sheet(colours) + form_sheet(colours)))
        self._read()

    def _table(self, guessed: ColumnMap) -> QScrollArea:
        unit = theme.unit()
        page = QWidget(self)
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, round(unit * 0.4), 0)
        grid.setHorizontalSpacing(round(unit * 0.8))
        grid.setVerticalSpacing(round(unit * 0.35))
        target_of = {name: target for target, name in guessed.columns.items()}
        for place, name in enumerate(self._sheet.names):
            if not name or name in self._boxes:  # a column that no map can name
                continue
            heading = label_for(page, _shortened(name), bold=True)
            heading.setWordWrap(False)
            heading.setToolTip(name)
            box = ChoiceBox(page)
            box.setAccessibleName(_("The column “{name}” is").format(name=name))
            for target, words in _CHOICES.items():
                box.addItem(_(words) if target else words, target)
            box.setCurrentIndex(box.findData(target_of.get(name, "")))
            box.currentIndexChanged.connect(partial(self._chosen, name))
            self._boxes[name] = box
            at = grid.columnCount()
            grid.addWidget(heading, 0, at)
            grid.addWidget(box, 1, at)
            for row, cells in enumerate(self._sheet.rows, start=2):
                whole = cells[place] if place < len(cells) else ""
                cell = label_for(page, _shortened(whole))
                cell.setWordWrap(False)
                cell.setToolTip(whole if len(whole) > _LONGEST_CELL else "")
                grid.addWidget(cell, row, at)
        grid.setRowStretch(grid.rowCount(), 1)
        grid.setColumnStretch(grid.columnCount(), 1)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        return scroll

    def _chosen(self, name: str, _index: int) -> None:
        """A column of the file can be what another one was; that one is then not used."""
        target = self._boxes[name].currentData()
        for other, box in self._boxes.items():
            if target and other != name and box.currentData() == target:
                box.setCurrentIndex(0)
        self._read()

    def columns(self) -> ColumnMap:
        """What the person chose."""
        chosen = {box.currentData(): name for name, box in self._boxes.items() if box.currentData()}
        unused = frozenset(self._boxes) - frozenset(chosen.values())
        return ColumnMap(chosen, unused, self._order.currentData())

    def _read(self) -> None:
        """Say how the first rows are read by what is chosen, or what is missing."""
        columns = self.columns()
        self._import.setEnabled("started_at" in columns.columns)
        if "started_at" not in columns.columns:
            self._says.setText(_("Choose the column with the date."))
            return
        try:
            read = read_sample(self._sheet, columns, self._now)
        except ExchangeError as error:
            self._says.setText(translated(error))
            self._import.setEnabled(False)
            return
        if not read:
            self._says.setText(_("There are no rows in that file."))
            return
        said = []
        for number, one in enumerate(read, start=1):
            if isinstance(one, str):
                said.append(_("Row {row} cannot be read: {reason}.").format(row=number, reason=translated(one)))
        first = next((one for one in read if not isinstance(one, str)), None)
        if first is not None:
            at = first.started_at
            words = [
                # Translators: {date} is “2 November 2026”.
                _("{date} at {time}").format(date=formats.full_date(at), time=formats.clock(at)),
                like(first),
            ]
            words += [] if first.severity is None else [_("{severity} of 10").format(severity=first.severity)]
            words += [] if first.ended_at is None else [_("until {time}").format(time=formats.clock(first.ended_at))]
            row = read.index(first) + 1
            # Translators: {episode} is “2 November 2026 at 15:10, your left calf, 3 of 10, until 15:40”.
            as_read = _("Row {row} is read as: {episode}.")
            said.insert(0, as_read.format(row=row, episode=formats.enumerated([word for word in words if word])))
        self._says.setText("\n".join(said[:3]))

    def _confirm(self) -> None:
        columns = self.columns()
        self.accept()
        self.mapped.emit(columns)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_CELL else f"{line[: _LONGEST_CELL - 1]}…"
