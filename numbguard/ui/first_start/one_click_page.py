"""The second page: how an episode is logged with one click, and where the person can stretch.

The first-start window makes it, on the GUI thread.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QWidget

from numbguard.core.log.advice.relief import CardMotion
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.widgets.labels import label_for
from numbguard.wording import labels
from numbguard.wording.catalogue import _

from .page import FirstStartPage
from .tray_picture import TrayPicture


class OneClickPage(FirstStartPage):
    figure = CardMotion("rub", "rub")

    def __init__(
        self, book: SettingsBook, parent: QWidget, *, has_tray: bool, middle_click: bool = sys.platform != "darwin"
    ) -> None:
        """``middle_click``: whether a middle click on the icon logs an episode; macOS does not report one."""
        super().__init__(_("One click when a leg goes numb"), book, parent)
        if not has_tray:
            said = _("Open NumbGuard and choose “{log}”. It's saved at once. You can add details later.")
        elif middle_click:
            said = _(
                "Click this icon with the middle mouse button, or choose “{log}” in its menu. It's saved at once. You "
                "can add details later."
            )
        else:
            said = _("Click this icon and choose “{log}”. It's saved at once. You can add details later.")
        self.column.addWidget(label_for(self.content, said.format(log=_(labels.LOG))))
        if has_tray:
            self._gap(0.3)
            self.column.addWidget(TrayPicture(self.content, middle_click=middle_click))
        self._gap(0.6)
        self._ask("cards.places", _("Where can you stretch?"), _("You'll only get cards for these places."))
        self._finish()
