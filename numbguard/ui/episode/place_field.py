"""The body map with its marks in words below it, each of which a click removes.

The episode form creates it, on the GUI thread. The words also name what the map cannot show: a place whose side was
not said, and a leg without a region. They are one stop for the Tab key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from numbguard.core.sites import Side, Site
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.chips import FlowLayout
from numbguard.ui.widgets.form.tab_group import GroupBox, GroupButton, TabGroup
from numbguard.wording.catalogue import N_, _
from numbguard.wording.log.sites import leg_name, site_name

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
        self._words = GroupBox(self, _("Places marked"))
        self._group = TabGroup(self._words)
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

    def tab_chain(self) -> list[QWidget]:
        """The parts that the Tab key may reach, in order."""
        return [*self.map.tab_chain(), *self._group.parts()]

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
        named: list[tuple[str, Site | None]] = [(site_name(site), site) for site in sites]
        if leg is not None:
            named.append((leg_name(leg), None))
        words = [_Word(self._words, name, site, self._group, self._remove) for name, site in named]
        for word in words:
            self._row.addWidget(word)
            word.show()  # Qt shows no child that is added to a window already on the screen
        self._group.set_rows([words])
        doubtful = len(sites) > 1 and sites == self._before_sites
        note = _("Recorded with one side for all places: correct this if you remember.") if doubtful else ""
        self._note.setText(note or ("" if sites or leg else _(_NOTHING)))
        self._note.setVisible(bool(self._note.text()))
        self._words.setVisible(bool(sites or leg))
        self._words.updateGeometry()

    def _remove(self, word: _Word) -> None:
        """Clear a place, as if the person had done it on the map; the focus goes to the word after it."""
        had_focus, at = word.hasFocus(), self._group.parts().index(word)
        self.map.clear_place(word.site)
        if had_focus:
            words = self._group.parts()
            after = words[min(at, len(words) - 1)] if words else self.map.tab_stop
            after.setFocus(Qt.FocusReason.OtherFocusReason)


class _Word(GroupButton):
    """A place in words, which a click, Space or Delete removes."""

    def __init__(self, parent: QWidget, name: str, site: Site | None, group: TabGroup, removed: _Removed) -> None:
        super().__init__(f"{name}  ✕", parent, group)
        self.site = site
        self._removed = removed
        said = _("Remove {name}").format(name=name)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.clicked.connect(lambda: removed(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._removed(self)
        else:
            super().keyPressEvent(event)


_Removed = Callable[[_Word], None]
