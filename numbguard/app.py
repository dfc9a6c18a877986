"""The composition root: builds each part and joins them; the one module that knows all the others.

Made by ``launch`` on the GUI thread once the first icon is in the tray. The engine and the tray's menu come first; the
log, the bus and the alarm clock are imported and joined after them, and windows when they are first asked for.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from . import __version__
from .clock import SystemClock
from .core.engine import BreakEngine
from .core.model import Action, Announce
from .core.ports import JournalError, Notice, SenseStatus
from .core.records import Episode
from .instance import Line
from .resources import resource
from .runtime import Ports, Runtime
from .store import config
from .store.profile import Profile
from .store.state import StateFile
from .ui.tray import Tray

if TYPE_CHECKING:
    from .core.cards import Card
    from .core.choosing import Choice
    from .core.model import GoalKind
    from .core.posture import Point
    from .desktop.bus import Bus
    from .desktop.notify import NudgeWindow
    from .habit_book import HabitBook, Ticked
    from .store.library import Library
    from .store.routine_shelf import RoutineShelf
    from .ui.panel import Panel
    from .ui.posture_check import PostureCheckWindow
    from .ui.reader import Reader
    from .ui.relief_window import ReliefWindow

log = logging.getLogger("numbguard")

TRAY_HOST = "org.kde.StatusNotifierWatcher"


def new_id() -> str:
    from uuid import uuid4

    return str(uuid4())


class App:
    """Every part of the running app."""

    def __init__(
        self, profile: Profile, line: Line, *, speed: float, minimised: bool, icon: QSystemTrayIcon | None
    ) -> None:
        """``icon`` is what ``launch`` has put into the tray already; the tray takes it over."""
        self._profile = profile
        self._line = line
        self._speed = speed
        self._panel: Panel | None = None
        self._reader: Reader | None = None
        self._relief: ReliefWindow | None = None
        self._posture: PostureCheckWindow | None = None
        self._library: Library | None = None
        self._routines: RoutineShelf | None = None
        self._buses: tuple[Bus, ...] = ()
        self._bus_was_lost = False
        self._settings = config.load(profile)
        self._state = StateFile(profile)
        self._choice: Choice | None = None
        self._habit_book: HabitBook | None = None
        self._episodes: Callable[[datetime], Iterable[Episode]] = lambda _since: ()
        """The log's, once it is joined."""
        self._clock = clock = SystemClock(speed)
        self._engine = BreakEngine(
            self._settings.settings,
            clock.now(),
            choose_card=self._choose_card,
            new_id=new_id,
            saved=self._state.load(),
        )
        self._runtime = Runtime(self._engine, clock, new_id=new_id, speed=speed)
        self._tray = Tray(self._runtime, icon=icon)
        self._tray.panel_wanted.connect(self._toggle_panel)
        self._tray.help_wanted.connect(self._show_help)
        self._tray.relief_wanted.connect(self._show_relief)
        self._tray.posture_wanted.connect(self._check_posture)
        self._tray.quit_wanted.connect(QApplication.quit)
        if not minimised:
            self._tray.missing.connect(self._show_panel)
        self._tray.appeared.connect(self._drop_panel)
        self._tray.show()
        # Not left to the loop: a click between would find nothing to write to.
        self._join()

    # --- the parts that can wait --------------------------------------------------------------------------------

    def _join(self) -> None:
        from .desktop import idle, notify, session
        from .desktop.bus import Bus
        from .store.journal import SqliteJournal
        from .store.unwritten import Keeping
        from .ui.break_window import BreakWindow
        from .ui.scheduler import AlarmClock
        from .verbs import Verbs

        self._alarm = AlarmClock(on_crash=self._job_failed)
        self._alarm.start()
        self._buses = session_bus, system_bus = Bus.session(), Bus.system()
        self._journal = Keeping(SqliteJournal(self._profile, patience_s=0.2), self._profile)
        self._episodes = lambda since: self._journal.episodes(since=since)
        self._notifier = notify.choose(session_bus, make_nudge=_make_nudge)
        self._stage = BreakWindow(
            card_of=self._card,
            say=self._say,
            elapsed=self._elapsed,
            snooze_s=lambda: self._settings.settings.snooze,
            because=self._because,
            parts_of=lambda card: self._routines.parts_of(card) if self._routines else (),
        )
        self._runtime.begin(
            Ports(
                journal=self._journal,
                notifier=self._notifier,
                stage=self._stage,
                alarm=self._alarm,
                idle=idle.choose(session_bus, scale=self._speed),
                session=session.choose(system_bus),
                state=self._state,
                announcement=self._announcement,
                troubles=self._troubles,
                unwritten=self._journal.note,
                relief=self._show_relief,
                routine=self._start_routine,
                # Not within the step that gave the word: a tick draws everything anew.
                routine_done=lambda: QTimer.singleShot(0, self.habits.routine_done),
            )
        )
        self._tray.said.connect(self._notifier.say)
        session_bus.watch_name(TRAY_HOST, self._tray_host_changed)
        self._runtime.subscribe(lambda _glance: self._follow_the_files())
        self._line.open(
            Verbs(
                self._runtime,
                self._journal,
                show=self._show_panel,
                end=QApplication.quit,
                logged=self._say_logged,
                tray=self._tray_status,
                habits=lambda: self.habits,
            ),
            _watch,
        )
        log.info("ready, version %s", __version__)

    def end(self) -> None:
        """Keep where we are and let go of everything."""
        self._runtime.end()
        for bus in self._buses:
            bus.close()
        self._line.close()
        self._tray.hide()

    # --- cards and words ----------------------------------------------------------------------------------------

    @property
    def library(self) -> Library:
        if self._library is None:
            from .store.library import Library

            self._library = Library(resource("cards"), self._profile.cards)
        return self._library

    @property
    def habits(self) -> HabitBook:
        if self._habit_book is None:
            from .habit_book import HabitBook

            self._habit_book = HabitBook(
                self._journal,
                now=lambda: self._clock.now().wall,
                new_id=new_id,
                settings=lambda: self._settings.settings,
                save=self._save_goal,
                ticked=self._say_ticked,
            )
        return self._habit_book

    def _save_goal(self, goal: GoalKind, amount: int | None) -> None:
        config.write_goal(self._profile, goal, amount)
        self._follow_the_files()

    def _say_ticked(self, done: Ticked) -> None:
        from .habit_words import praise

        if done.feat:
            self._notifier.say(praise(done.feat))
        self._runtime.refresh()

    def _choose_card(self, shown: Sequence[str]) -> str:
        from .core.choosing import next_card

        now = self._clock.now().wall
        self._choice = next_card(
            self.library.cards(),
            shown=shown,
            now=now,
            logged=self._logged_lately(now),
            places=self._settings.settings.places,
            seed=now.toordinal(),
        )
        return self._choice.card.slug if self._choice else ""

    def _logged_lately(self, now: datetime) -> Sequence[Episode]:
        from .core.choosing import LOOKS_BACK

        try:
            return tuple(self._episodes(now - LOOKS_BACK))
        except JournalError:
            # The panel says what is wrong with the log; a card comes all the same.
            return ()

    def _because(self, slug: str) -> str:
        """Why the card that is announced or on was chosen, for the card."""
        from .ui import reason_words

        choice = self._choice
        return reason_words.on_card(choice.reason) if choice and choice.card.slug == slug else ""

    def _card(self, slug: str) -> Card | None:
        return self.library.card(slug)

    def _announcement(self, effect: Announce) -> Notice:
        from .ui import reason_words, words

        card = self.library.card(effect.card)
        # Once the notification is out: what a card needs is imported before "Start" is pressed.
        QTimer.singleShot(0, self._stage.prepare)
        return words.announcement(
            effect,
            card_title=card.title if card else None,
            duration_s=self._settings.settings.duration,
            because=reason_words.in_announcement(self._choice.reason) if self._choice else "",
        )

    def _elapsed(self) -> float:
        """Seconds of the running card on the engine's clock."""
        current = self._runtime.glance().snapshot.current
        return current.ran_s if current else self._settings.settings.duration

    def _start_routine(self) -> str | None:
        from .core.reading import CardError
        from .core.routines import DAILY, break_name
        from .store.routine_shelf import RoutineShelf

        if self._routines is None:
            self._routines = RoutineShelf(self.library, resource("routines"), self._profile.routines)
        try:
            parts = self._routines.begin(DAILY)
        except CardError as error:
            return str(error)
        return self._runtime.start_routine(break_name(DAILY), parts[-1].end_s)

    def _say(self, action: Action) -> None:
        self._runtime.act(action)

    def _say_logged(self, episode: Episode) -> None:
        from .ui import words

        self._notifier.say(words.logged(self._runtime.glance(), episode.started_at))

    def _tray_status(self) -> SenseStatus:
        from .desktop.survey import tray_status

        return tray_status(self._tray.shown)

    # --- windows ------------------------------------------------------------------------------------------------

    def _panel_made(self) -> Panel:
        if self._panel is None:
            from .ui.panel import Panel

            self._panel = Panel(self._runtime, popup=self._tray.shown, habits=self.habits)
            self._panel.help_wanted.connect(self._show_help)
            self._panel.relief_wanted.connect(self._show_relief)
            self._panel.posture_wanted.connect(self._check_posture)
            self._panel.quit_wanted.connect(QApplication.quit)
        return self._panel

    def _drop_panel(self) -> None:
        """A tray that came late makes the panel a popup beside it."""
        if self._panel is not None:
            self._panel.deleteLater()
            self._panel = None

    def _toggle_panel(self, near: QRect) -> None:
        self._panel_made().toggle(near)

    def _show_panel(self) -> None:
        self._panel_made().present()

    def _show_help(self) -> None:
        from .core.guide import FIRST

        reader = self._reader_made()
        reader.open_at(FIRST)
        reader.present()

    def _reader_made(self) -> Reader:
        if self._reader is None:
            from .ui.reader import Reader

            self._reader = Reader()
            self._reader.closed.connect(self._let_reader_go)
        return self._reader

    def _let_reader_go(self) -> None:
        if self._reader is not None:
            self._reader.deleteLater()
            self._reader = None

    def _check_posture(self) -> None:
        if self._posture is None:
            from .ui.posture_check import PostureCheckWindow

            self._posture = PostureCheckWindow(self.library.card("desk-posture"), save=self._keep_posture)
            self._posture.finished.connect(self._let_posture_go)
        self._posture.present()

    def _keep_posture(self, held: frozenset[Point]) -> None:
        from .core.posture import checked
        from .ui.posture_check import saved

        self._journal.add_posture_check(checked(held, id=new_id(), at=self._clock.now().wall))
        self._notifier.say(saved(held))

    def _let_posture_go(self, _result: int) -> None:
        if self._posture is not None:
            self._posture.deleteLater()
            self._posture = None

    def _tray_host_changed(self, owner: str | None) -> None:
        """A tray that came, or came back; where only the tray was away, Qt shows the icon there again by itself."""
        if owner is None:
            self._bus_was_lost = self._bus_was_lost or bool(self._buses[0].trouble)
        else:
            lost, self._bus_was_lost = self._bus_was_lost, False
            self._tray.renew(lost=lost)

    def _show_relief(self) -> None:
        """Relief, step by step; where no episode is open, one is logged before anything is shown."""
        if self._relief is not None and self._relief.is_over:
            self._relief.close()
        if self._relief is None:
            from .ui.relief_window import ReliefWindow

            episode = self._runtime.glance().open_episode or self._runtime.log_numbness()
            self._relief = ReliefWindow(self._runtime, episode, card_of=self._card)
            self._relief.help_wanted.connect(self._show_help)
            self._relief.closed.connect(self._let_relief_go)
        self._relief.present()

    def _let_relief_go(self) -> None:
        if self._relief is not None:
            self._relief.deleteLater()
            self._relief = None

    # --- files that change, and what went wrong -------------------------------------------------------------------

    def _follow_the_files(self) -> None:
        """Take changed settings over, and write again what could not be written; called at each step."""
        if config.changed(self._profile, self._settings):
            self._settings = config.load(self._profile, before=self._settings.settings)
            self._runtime.configure(self._settings.settings)
        self._journal.retry()

    def _troubles(self) -> tuple[str, ...]:
        unreached = (self._line.trouble,) if self._line.trouble else ()
        return (*self._journal.notes(), *self._settings.problems, *self.library_complaints, *unreached)

    @property
    def library_complaints(self) -> tuple[str, ...]:
        return self._library.complaints if self._library else ()

    def crashed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A bug: into the log file whole, to the person in a sentence; the app goes on."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log.critical("a bug", exc_info=(kind, error, trace))
        sys.__excepthook__(kind, error, trace)

    def _job_failed(self, error: BaseException) -> None:
        self.crashed(type(error), error, error.__traceback__)


def _make_nudge() -> NudgeWindow:
    from .ui.nudge import Nudge

    return Nudge()


def _watch(descriptor: int, call: Callable[[], None]) -> Callable[[], None]:
    """Have ``call`` called whenever a descriptor can be read."""
    notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: call())

    def end() -> None:
        notifier.setEnabled(False)
        notifier.deleteLater()

    return end
