"""The body map with its marks in words below it, each of which a click removes.

The episode form creates it, on the GUI thread. The words also name what the map cannot show: a place whose side was
not said, and a leg without a region.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from numbguard.core.sites import Side, Site
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.chips import FlowLayout
from numbguard.wording.catalogue import N_, _
from numbguard.wording.sites import leg_name, site_name

from ..leg_map.control import LegMap, Where

_NOTHING = N_("Nothing marked. Click where it is numb.")


class PlaceField(QWidget):
    changed = Signal()
    """The person marked or cleared a place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.map = LegMap(self)
        self.map.changed.connect(self._marked)
        self._before_sites: tuple[Site, ...] = ()
        self._note = QLabel(self)
        self._note.setProperty("role", "quiet")
        self._note.setFont(theme.font(0.9))
        self._note.setWordWrap(True)
        self._words = QWidget(self)
        self._words.setAccessibleName(_("Places marked"))
        self._row = FlowLayout(self._words, gap=round(theme.unit() * 0.3))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(theme.unit() * 0.3))
        column.addWidget(self.map, 1)
        column.addWidget(self._note)
        column.addWidget(self._words)
        self._say()

    def where(self) -> Where:
        return self.map.where()

    def show_where(self, sites: Sequence[Site], leg: Side | None, *, before_sites: bool = False) -> None:
        """Mark these places; ``changed`` is not emitted. ``before_sites``: one side was stored for all of them."""
        self._before_sites = tuple(sites) if before_sites else ()
        self.map.show_where(sites, leg)
        self._say()

    def _marked(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        while item := self._row.takeAt(0):
            gone = item.widget()
            assert gone is not None
            gone.setParent(None)
            gone.deleteLater()
        sites, leg = self.where()
        for site in sites:
            self._row.addWidget(self._word(site_name(site), site))
        if leg is not None:
            self._row.addWidget(self._word(leg_name(leg), None))
        before: QWidget = self.map.tab_stop
        for at in range(self._row.count()):
            button = self._row.itemAt(at).widget()
            assert button is not None
            self.setTabOrder(before, button)
            before = button
        doubtful = len(sites) > 1 and sites == self._before_sites
        note = _("Recorded with one side for all places: correct this if you remember.") if doubtful else ""
        self._note.setText(note or ("" if sites or leg else _(_NOTHING)))
        self._note.setVisible(bool(self._note.text()))
        self._words.setVisible(bool(sites or leg))
        self._words.updateGeometry()

    def _word(self, name: str, site: Site | None) -> QPushButton:
        button = button_for(
            self._words,
            f"{name}  ✕",
            lambda: self.map.clear_place(site),
            name=_("Remove {name}").format(name=name),
            kind="chip",
        )
        button.show()  # Qt shows no child that is added to a window already on the screen
        return button
