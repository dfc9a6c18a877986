"""The third page: where the data is, starting at log-in, the emergency number, and how NumbGuard is opened.

The first-start window makes it, on the GUI thread. What the page offers with a tick is done only at the end: nobody
who closes the window has agreed to it.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QWidget

from numbguard.core.log.advice.relief import CardMotion
from numbguard.core.ports import Autostart, AutostartError, LauncherError, LauncherOffer
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.settings.groups.startup_group import AutostartSwitch
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.controls import CheckBox
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import _, translated

from .page import FirstStartPage

_BREAKS = "\u200b"
"""A space of no width: a line may break after it."""
_ISOLATE, _END_ISOLATE = "\u2066", "\u2069"
"""What is between them is written from left to right, also in a sentence that is not."""


class YoursPage(FirstStartPage):
    figure = CardMotion("breathing", "breath")

    def __init__(
        self,
        book: SettingsBook,
        parent: QWidget,
        *,
        autostart: Autostart,
        launcher: LauncherOffer | None,
        folder: Path,
        has_tray: bool,
    ) -> None:
        super().__init__(_("Yours alone"), book, parent)
        content = self.content
        said = _("Your log stays on this computer, in {folder}. NumbGuard never goes online.")
        self.column.addWidget(label_for(content, said.format(folder=say_folder(folder))))
        if not has_tray:
            said = _("This desktop has no tray. To open NumbGuard, start it again like any other program.")
            self.column.addWidget(label_for(content, said))
        self._gap(0.6)
        self._log_in = AutostartSwitch(autostart, content, in_tray=has_tray)
        self._log_in.offer()
        self.column.addWidget(self._log_in)
        self._launcher = launcher
        self._among_programs = CheckBox(_("Add NumbGuard to this desktop's applications"), content)
        self._among_programs.setChecked(launcher is not None)
        self._among_programs.setVisible(launcher is not None)
        self.column.addWidget(self._among_programs)
        self._gap(0.6)
        number = self._ask(
            "help.number",
            _("Your local emergency number"),
            _("Shown in “When to get help”. NumbGuard never makes calls."),
        )
        number.setMaximumWidth(round(theme.unit() * 14))
        self._gap(0.6)
        self.column.addWidget(label_for(content, _("You can change all this later in Settings."), role="quiet"))
        self._finish()

    def take_over(self, former: FirstStartPage) -> None:
        super().take_over(former)
        assert isinstance(former, YoursPage)
        self._log_in.take_over(former._log_in)
        self._among_programs.setChecked(former._among_programs.isChecked())

    def finish(self) -> bool:
        if not super().finish():
            return False
        try:
            self._log_in.apply()
            if self._launcher is not None and self._among_programs.isChecked():
                self._launcher.install()
        except (AutostartError, LauncherError) as failed:
            self.say(translated(failed))
            return False
        return True


def say_folder(folder: Path) -> str:
    """A folder for a sentence, with the home folder as ``~``, and with places where a line may break."""
    shown = str(folder)
    if folder.is_relative_to(Path.home()):
        shown = str(Path("~") / folder.relative_to(Path.home()))
    return _ISOLATE + shown.replace(os.sep, os.sep + _BREAKS) + _END_ISOLATE
