"""The group on warning signs: what it is about, and the way to *When to get help*.

Made by the settings window with the page on health, on the GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from numbguard.core.settings.settings import Settings
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import _

from .group import SettingsGroup


class SignsGroup(SettingsGroup):
    help_wanted = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, _("Numbness that needs a doctor, and numbness that can't wait."), parent)
        words = _(
            "NumbGuard asks about them when you log an episode that could be serious. You can read them at any time."
        )
        self.column.addWidget(label_for(self, words))
        button = button_for(self, _("When to &get help"), self.help_wanted.emit)
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)

    def show_settings(self, _settings: Settings) -> None:
        pass
