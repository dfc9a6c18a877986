"""The insights window: what the figures of the log support, in a person's words, and without naming a cause.

Opened from the history and the panel and released when closed; on the GUI thread. It appears at once and fills section
by section as the log is read. A suggested interval changes the settings only when the person presses its button.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from numbguard.core.errors import JournalError
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.queries.history import HistoryQueries
from numbguard.store.log.queries.insights import Period
from numbguard.store.settings.file import SettingsError
from numbguard.ui.report.save_dialog import ReportSaver
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.chips import Chips
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.notice_bar import NoticeBar
from numbguard.ui.widgets.windows.plain_window import to_front
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _, ngettext, translated
from numbguard.wording.lengths import say_minutes
from numbguard.wording.log.insights import NO_CAUSE

from .loader import InsightLoader, LoadedSection
from .section_box import SectionBox
from .sections import ORDER, InsightAction, InsightSection
from .visit_box import VisitBox

if TYPE_CHECKING:
    from numbguard.store.profile import Profile
    from numbguard.store.settings.undo_book import SettingsBook

_PERIODS: Final = {0: N_("Everything"), 365: N_("A year"), 91: N_("3 months"), 28: N_("4 weeks")}
_SETTLES_MS: Final = 1500
"""Milliseconds from a change of the log until it is read, so that several changes in a row are read together."""
_KEY: Final = "breaks.interval"


class InsightsWindow(QWidget):
    closed = Signal()
    settings_wanted = Signal()
    history_wanted = Signal()
    posture_wanted = Signal()
    relief_page_wanted = Signal()
    stretch_wanted = Signal(object)
    """Carries the ``Region`` for which a stretch is wanted."""

    def __init__(
        self,
        profile: Profile,
        book: SettingsBook,
        *,
        now: Callable[[], datetime],
        present: Callable[[], Mapping[date, float]] = dict,
        write_waiting_entries: Callable[[], object] = lambda: None,
    ) -> None:
        """``present``: the sitting that is not over yet, in seconds by local day."""
        super().__init__()
        self._book = book
        self._now = now
        self._present = present
        self._colours = theme.current()
        self._period = Period()
        self.setWindowTitle(_("Insights"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._journal = SqliteJournal(profile, patience_s=0.2)
        self._log = HistoryQueries(self._journal)
        self._stamp: object = None
        self._later = QTimer(self, singleShot=True, interval=_SETTLES_MS)
        self._later.timeout.connect(self.reload)
        self._reading = InsightLoader(self, profile)
        self._write_waiting_entries = write_waiting_entries
        self._report = ReportSaver(self, profile, now=now, before=self._before_report)
        self._notice = NoticeBar(self)
        self._sections: list[SectionBox] = []
        self._build()
        theme.apply_theme(self, self._apply_colours)
        self._report.message.connect(self._notice.say)
        self._reading.counted.connect(self._count)
        self._reading.read.connect(self._show)
        self._reading.failed.connect(self._fail)
        for keys, action in ((QKeySequence.StandardKey.Close, self.close), ("Esc", self.close), ("F5", self.reload)):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        write_waiting_entries()
        self.reload()

    # --- for the app --------------------------------------------------------------------------------------------------

    def present(self) -> None:
        """Show it and bring it to the front."""
        if not self.isVisible():
            unit, room = theme.unit(), QGuiApplication.primaryScreen().availableSize()
            self.resize(QSize(round(unit * 44), round(unit * 44)).boundedTo(room - QSize(8, round(unit * 2))))
        to_front(self)

    def log_changed(self) -> None:
        """Called when the log may have changed: if it has, read it again after `_SETTLES_MS`."""
        if not self._later.isActive() and self._stamp_now() != self._stamp:
            self._later.start()

    def reload(self) -> None:
        """Read the log again."""
        self._stamp = self._stamp_now()
        self._period = self._last(self._days.one() or 0)
        self.visit.load()
        self._count_line.setText(_("Reading the log…"))
        for box in self._sections:
            box.wait()
        interval_s = self._book.settings.interval
        self._reading.ask(self._period, self._last(7), interval_s, self._colours, present=self._present())

    def _last(self, days: int) -> Period:
        """The last days, today included; the whole log for 0."""
        if not days:
            return Period()
        # Without an offset, so that a day is the day where an episode was logged.
        return Period(datetime.combine(self._now().date() - timedelta(days=days - 1), time()))

    # --- its parts ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        unit = theme.unit()
        heading = QLabel(_("What your log shows"), self)
        heading.setFont(theme.font(1.5, bold=True))
        self._count_line = QLabel(self)
        about = label_for(self, _(NO_CAUSE), role="quiet")
        self._days: Chips[int] = Chips(self, _("Period"), {days: _(words) for days, words in _PERIODS.items()})
        self._days.show_chosen((0,))
        self._days.changed.connect(self._choose)

        inner = QWidget(self)
        column = QVBoxLayout(inner)
        edge = round(unit * 1.3)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(round(unit * 1.6))
        head = QVBoxLayout()
        head.setSpacing(round(unit * 0.5))
        for widget in (heading, self._days, self._count_line, about):
            head.addWidget(widget)
        column.addLayout(head)
        for title, _unused in ORDER:
            box = SectionBox(inner, _(title), used=lambda: self._book.settings.interval)
            box.acted.connect(self._act)
            self._sections.append(box)
            column.addWidget(box)
        self.visit = VisitBox(inner, self._journal)
        self.visit.failed.connect(self._notice.say)
        column.addWidget(self.visit)
        column.addStretch(1)
        scroll = QScrollArea(self)
        self._scroll = scroll
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A chart is lower where it is narrower. A bar that came and went would let it fit, go, and so not fit again.
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        scroll.setWidget(inner)
        scroll.setAccessibleName(_("The insights"))

        below = QHBoxLayout()
        below.addWidget(button_for(self, _("&Report for your doctor…"), lambda: self._report.ask(self._period)))
        below.addWidget(button_for(self, _("My &questions for the visit"), self._show_visit))
        below.addStretch(1)
        below.addWidget(button_for(self, _("&Close"), self.close))

        foot = QVBoxLayout()
        foot.setContentsMargins(edge, round(unit * 0.5), edge, round(unit * 0.8))
        foot.setSpacing(round(unit * 0.5))
        foot.addWidget(self._notice)
        foot.addLayout(below)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)

    def _apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        for box in self._sections:
            box.apply_colours(colours)

    # --- reading the log ----------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        if self._days.one() is None:  # one is always chosen
            self._days.show_chosen((0,))
        self.reload()

    def _count(self, episodes: int) -> None:
        words = ngettext("{count} episode in this period.", "{count} episodes in this period.", episodes)
        self._count_line.setText(
            words.format(count=formats.number(episodes)) if episodes else _("No episodes in this period.")
        )

    def _show(self, read: LoadedSection) -> None:
        self._sections[read.place].show_section(read.section, read.pictures)
        self._sections[read.place].show()

    def _fail(self, sentence: str) -> None:
        self._count_line.setText(_("The log could not be read."))
        self._notice.say(sentence)
        for box in self._sections:
            box.clear()
            box.hide()

    # --- the actions --------------------------------------------------------------------------------------------------

    def _act(self, section: InsightSection) -> None:
        match section.action:
            case InsightAction.USE_INTERVAL if section.interval_s is not None:
                self._use(section.interval_s)
            case InsightAction.SETTINGS:
                self.settings_wanted.emit()
            case InsightAction.REPORT:
                self._report.ask(self._period)
            case InsightAction.STRETCH:
                self.stretch_wanted.emit(section.region)
            case InsightAction.RELIEF:
                self.relief_page_wanted.emit()
            case InsightAction.POSTURE:
                self.posture_wanted.emit()
            case InsightAction.HISTORY:
                self.history_wanted.emit()

    def _use(self, interval_s: int) -> None:
        before = self._book.settings.interval
        try:
            self._book.change(_KEY, float(interval_s))
        except SettingsError as failed:
            self._notice.say(translated(failed))
            return
        self._notice.say(
            _(
                "You'll now get a break after {interval} of sitting instead of {before}. "
                "You can change this at any time in Settings."
            ).format(interval=say_minutes(interval_s), before=say_minutes(before)),
            answer=_("&Undo"),
            action=self._undo,
        )
        self._after_change()

    def _undo(self) -> None:
        try:
            self._book.undo()
        except SettingsError as failed:
            self._notice.say(translated(failed))
        self._after_change()

    def _after_change(self) -> None:
        for box in self._sections:
            box.show_use()

    # --- what is kept for the visit -----------------------------------------------------------------------------------

    def _show_visit(self) -> None:
        self._scroll.ensureWidgetVisible(self.visit)
        self.visit.begin()

    def _before_report(self) -> None:
        self.visit.keep()
        self._write_waiting_entries()

    def _stamp_now(self) -> object:
        """A value that changes with every write to the log; the last one if the log cannot be read."""
        try:
            return self._log.stamp()
        except JournalError:
            return self._stamp

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._later.stop()
        self.visit.keep()
        self._reading.stop()
        self._log.close()
        self.closed.emit()
