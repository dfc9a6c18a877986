"""The window of the first start: how long to sit, when you work, and whether to start at log-in. It can be skipped.

Imported and made only for a fresh profile, released when it is closed; on the GUI thread. Nothing waits for it: breaks
are timed from the start, it does not take the keyboard focus, and it closes itself when a break is announced.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from numbguard.core.breaks.messages import Phase
from numbguard.core.ports import AppSnapshot, Autostart, AutostartError, Controls, LauncherError, LauncherOffer
from numbguard.core.settings.settings import WorkingSpan
from numbguard.core.settings.table import SPECS
from numbguard.store.settings.file import SettingsError
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.settings.autostart_page import AutostartSwitch
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.controls import CheckBox, LengthBox, Stepper, TimeBox
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.plain_window import PlainWindow
from numbguard.wording.catalogue import _, translated
from numbguard.wording.hours import say_hours

from .widgets import theme

_INTERVAL = next(spec for spec in SPECS if spec.key == "breaks.interval")
_WEEK = tuple(range(5))


class FirstStartWindow(PlainWindow):
    closed = Signal()
    hours_wanted = Signal()
    """The person wants the page of the settings window on which each day has its own hours."""

    def __init__(
        self,
        controls: Controls,
        book: SettingsBook,
        autostart: Autostart,
        *,
        launcher: LauncherOffer | None = None,
        has_tray: bool = True,
    ) -> None:
        """``launcher``: the launcher to offer; ``None`` where the desktop has one, or knows none of that kind."""
        super().__init__()
        self._launcher = launcher
        self._book = book
        self.setWindowTitle(_("Welcome"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._build(autostart, has_tray=has_tray)
        theme.apply_theme(self, lambda _colours: self.update())
        self._forget: Callable[[], None] | None = controls.subscribe(self._make_room)

    def present(self) -> None:
        """Show it where new windows open, without taking the focus."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        width = max(round(theme.unit() * 34), layout.totalMinimumSize().width())
        self.resize(width, layout.totalHeightForWidth(width))
        self.show()

    # --- its parts ---------------------------------------------------------------------------------------------------

    def _build(self, autostart: Autostart, *, has_tray: bool) -> None:
        unit = theme.unit()
        column = QVBoxLayout(self)
        edge = round(unit * 1.4)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(round(unit * 0.5))
        heading = label_for(self, _("Welcome to NumbGuard"))
        heading.setFont(theme.font(1.5, bold=True))
        column.addWidget(heading)
        said = _("NumbGuard lives in the tray, keeps track of how long you sit, and tells you when to get up.")
        if not has_tray:
            said = _(
                "NumbGuard keeps track of how long you sit, and tells you when to get up. This desktop has no tray: to "
                "see NumbGuard, start it again."
            )
        column.addWidget(label_for(self, said, role="quiet"))
        column.addSpacing(round(unit * 0.6))

        self._interval = LengthBox(*_INTERVAL.bounds)
        self._stepper = Stepper(self._interval, self)
        self._stepper.name(_("How long do you want to sit before a break?"), _("Most people choose 30 to 60 minutes."))
        self._stepper.show_value(round(self._book.settings.interval))
        self._stepper.refused.connect(self._say)
        row = QHBoxLayout()
        question = QVBoxLayout()
        question.setSpacing(0)
        question.addWidget(label_for(self, _("How long do you want to sit before a break?")))
        question.addWidget(label_for(self, _("Most people choose 30 to 60 minutes."), role="quiet"))
        row.addLayout(question, 1)
        row.addWidget(self._stepper)
        column.addLayout(row)
        column.addSpacing(round(unit * 0.4))

        column.addWidget(label_for(self, _("When do you work?")))
        self._only = CheckBox(_("Stay quiet outside my working hours"), self)
        self._only.clicked.connect(self._show_hours)
        column.addWidget(self._only)
        hours = QHBoxLayout()
        hours.setSpacing(round(unit * 0.4))
        hours.setContentsMargins(round(unit * 1.7), 0, 0, 0)
        self._start, self._end = TimeBox(_("Monday to Friday: from"), self), TimeBox(_("Monday to Friday: to"), self)
        for box, at in ((self._start, time(9)), (self._end, time(17))):
            box.show_time(at)
            box.timeChanged.connect(lambda _time: self._show_hours())
        for part in (QLabel(_("Monday to Friday"), self), self._start, QLabel("–", self), self._end):
            hours.addWidget(part)
        hours.addStretch(1)
        column.addLayout(hours)
        foot = QHBoxLayout()
        foot.setContentsMargins(round(unit * 1.7), 0, 0, 0)
        self._words = label_for(self, role="quiet")
        foot.addWidget(self._words, 1)
        self._each = button_for(self, _("Set each day separately…"), self._each_day, kind="link")
        foot.addWidget(self._each)
        column.addLayout(foot)
        column.addSpacing(round(unit * 0.4))

        self._log_in = AutostartSwitch(autostart, self, at_once=False)
        self._log_in.offer()
        column.addWidget(self._log_in)
        self._among_programs = CheckBox(_("Add NumbGuard and its icon to the applications of this desktop"), self)
        self._among_programs.setChecked(self._launcher is not None)
        self._among_programs.setVisible(self._launcher is not None)
        column.addWidget(self._among_programs)
        self._trouble = label_for(self, role="note")
        self._trouble.hide()
        column.addWidget(self._trouble)
        column.addStretch(1)
        column.addSpacing(round(unit * 0.6))
        answers = QHBoxLayout()
        answers.addWidget(label_for(self, _("You can change all this later in Settings."), role="quiet"), 1)
        answers.addWidget(button_for(self, _("&Skip"), self.close, kind="plain"))
        answers.addWidget(button_for(self, _("&Done"), self._keep, kind="primary"))
        column.addLayout(answers)
        self._show_hours()

    # --- showing -----------------------------------------------------------------------------------------------------

    def _hours(self) -> dict[int, tuple[WorkingSpan, ...]]:
        return (
            {day: (WorkingSpan(self._start.at(), self._end.at()),) for day in _WEEK} if self._only.isChecked() else {}
        )

    def _show_hours(self, _checked: bool = False) -> None:
        for box in (self._start, self._end):
            box.setEnabled(self._only.isChecked())
        self._words.setText(say_hours(self._hours()))

    def _say(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    # --- answering ---------------------------------------------------------------------------------------------------

    def _keep(self) -> bool:
        """Apply the answers and close. If that fails, stay open, say why and return False."""
        self._interval.interpretText()
        hours = self._hours()
        if hours and self._start.at() == self._end.at():
            self._say(_("Please choose different start and end times."))
            return False
        try:
            self._book.change("breaks.interval", float(self._interval.value()))
            if hours:
                self._book.change_hours(hours)
            self._log_in.apply()
            if self._launcher is not None and self._among_programs.isChecked():
                self._launcher.install()
        except (SettingsError, AutostartError, LauncherError) as failed:
            self._say(translated(failed))
            return False
        self.close()
        return True

    def _each_day(self, _checked: bool = False) -> None:
        self._only.setChecked(True)
        if self._keep():
            self.hours_wanted.emit()

    def _make_room(self, app_snapshot: AppSnapshot) -> None:
        """Close when a break is announced, unless somebody is filling the page in."""
        current = app_snapshot.snapshot.current
        if current is not None and current.phase is not Phase.NONE and self.isVisible() and not self.isActiveWindow():
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._forget is not None:
            self._forget()
            self._forget = None
        super().closeEvent(event)
        self.closed.emit()
