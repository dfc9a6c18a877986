"""The list of own cards and routines. The editor's window creates it, on the GUI thread."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from numbguard.store.cards.own_cards import ListedItem
from numbguard.ui.widgets import roles, theme
from numbguard.wording.catalogue import N_, _, translated

_SLUG, _KIND = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class OwnItemKind(Enum):
    CARD = "card"
    ROUTINE = "routine"


_HEADS = {OwnItemKind.CARD: N_("Cards"), OwnItemKind.ROUTINE: N_("Routines")}


class OwnItemList(QListWidget):
    wanted = Signal(object, str)
    """The person went to an entry; carries its ``OwnItemKind`` and slug."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("My cards and routines"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._go)
        roles.choose_what_is_selected(self)

    def show_items(
        self,
        cards: Iterable[ListedItem],
        routines: Iterable[ListedItem],
        *,
        chosen: tuple[OwnItemKind | None, str | None],
    ) -> None:
        """Fill the list and select ``chosen``, without emitting ``wanted``."""
        self.blockSignals(True)
        self.clear()
        for kind, listed in ((OwnItemKind.CARD, cards), (OwnItemKind.ROUTINE, routines)):
            self._head(_(_HEADS[kind]))
            count = 0
            for one in listed:
                count += 1
                item = QListWidgetItem(f"{one.title} ⚠" if one.problem else one.title)
                item.setToolTip(translated(one.problem) if one.problem else one.title)
                item.setData(_SLUG, one.slug)
                item.setData(_KIND, kind.value)
                self.addItem(item)
                if (kind, one.slug) == chosen:
                    self.setCurrentItem(item)
            if not count:
                self._head(_("None yet"), quiet=True)
        self.blockSignals(False)

    def _head(self, text: str, *, quiet: bool = False) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(theme.font(0.95 if quiet else 0.9, bold=not quiet))
        self.addItem(item)

    def _go(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None and item.data(_SLUG):
            self.wanted.emit(OwnItemKind(item.data(_KIND)), item.data(_SLUG))
