"""The group on starting: whether NumbGuard starts with the desktop. It reads the state from the system each time.

Made by the settings window with its page, on the GUI thread; the window of the first start uses the
same switch.
"""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from numbguard.core.ports import Autostart, AutostartError
from numbguard.core.settings.settings import Settings
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.controls import CheckBox
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import _, translated

from .group import SettingsGroup


class AutostartSwitch(QWidget):
    def __init__(self, autostart: Autostart, parent: QWidget, *, in_tray: bool = True) -> None:
        """``in_tray``: whether the desktop has a tray for NumbGuard to start in."""
        super().__init__(parent)
        self._autostart = autostart
        unit = theme.unit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(unit * 0.1))
        self._tick = CheckBox(_("Start NumbGuard when I log in"), self)
        hint = _("In the tray, without a window.") if in_tray else ""
        self._tick.setAccessibleDescription(hint)
        self._tick.clicked.connect(self._clicked)
        self._hint = label_for(self, hint, role="quiet")
        self._hint.setVisible(in_tray)
        self._hint.setContentsMargins(round(unit * 1.75), 0, 0, 0)
        self._trouble = label_for(self, role="warm")
        for part in (self._tick, self._hint, self._trouble):
            column.addWidget(part)
        self.setFocusProxy(self._tick)
        self.refresh()

    def refresh(self) -> None:
        """Show the state that the system reports."""
        now = self._autostart.state()
        self._tick.setChecked(now.on)
        self._tick.setEnabled(now.possible)
        self._say(translated(now.detail))

    def offer(self) -> None:
        """Tick the box, unless somebody has switched autostart off. The system changes with ``apply`` or a click."""
        now = self._autostart.state()
        self._tick.setChecked(now.on or (now.possible and not now.declined))

    @property
    def is_ticked(self) -> bool:
        return self._tick.isChecked()

    def take_over(self, former: AutostartSwitch) -> None:
        """Show what was ticked on another switch."""
        self._tick.setChecked(former.is_ticked)

    def apply(self) -> None:
        """Set the system to what the tick box says. Raises ``AutostartError``."""
        if self._tick.isChecked() != self._autostart.state().on:
            self._autostart.set(self._tick.isChecked())

    def _clicked(self, on: bool) -> None:
        try:
            if on != self._autostart.state().on:  # after an offer, the tick may differ from the system
                self._autostart.set(on)
        except AutostartError as failed:
            self.refresh()
            self._say(translated(failed))
        else:
            self.refresh()

    def _say(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))


class StartupGroup(SettingsGroup):
    def __init__(self, title: str, autostart: Autostart, parent: QWidget) -> None:
        super().__init__(title, _("Whether NumbGuard starts when you log in."), parent)
        self._tick = AutostartSwitch(autostart, self)
        self.column.addWidget(self._tick)

    def show_settings(self, _settings: Settings) -> None:
        self._tick.refresh()
