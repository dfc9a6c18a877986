"""The composition root: builds the parts of the app and joins them; no other module knows them all.

``start`` creates the ``App`` on the GUI thread once the first icon is in the tray. The engine and the tray's menu are
built first, then the bus and the alarm clock are imported and joined, and each window is imported when it first opens.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from numbguard import __version__
from numbguard.core.breaks.engine import BreakEngine
from numbguard.core.breaks.messages import Action, Announce, Phase
from numbguard.core.ports import Notice, SenseStatus
from numbguard.core.settings.choices import Stills
from numbguard.ipc.server import Server
from numbguard.runtime.clock import LocalZone, SystemClock
from numbguard.runtime.effects import Ports
from numbguard.runtime.episode_book import EpisodeBook
from numbguard.runtime.ids import new_id
from numbguard.runtime.runtime import Runtime, longest_wait
from numbguard.runtime.still_numb import StillNumb
from numbguard.store.engine_state import StateFile
from numbguard.store.log.health import HealthFile
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.last_click import LastClick
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.store.settings import file as settings_file
from numbguard.store.settings.backup_folder import backup_folder
from numbguard.ui.tray.tray import Tray
from numbguard.wording.catalogue import language, translated

from .card_choice import CardChoice
from .hooks import Hooks
from .notices import NO_TRAY, AppMessages, in_words
from .process.appearance import AppAppearance
from .process.language import AppLanguage
from .process.log_file import record
from .routines import Routines
from .sound_switch import SoundSwitch
from .windows.app_windows import AppWindows

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from numbguard.core.cards.cards import Card
    from numbguard.core.log.records.habits import PostureCheck
    from numbguard.core.ports import Autostart, LauncherOffer
    from numbguard.core.settings.choices import GoalKind, SoundMoment
    from numbguard.core.settings.settings import Settings
    from numbguard.core.sites import Region
    from numbguard.desktop.dbus.bus import Bus
    from numbguard.desktop.hot_keys.keys import HotKeys
    from numbguard.desktop.notify import NoticeWindow
    from numbguard.desktop.reduced_motion import ReducedMotion
    from numbguard.ipc.bus_service.service import BusService
    from numbguard.ipc.requests import RequestHandler
    from numbguard.runtime.habit_book import HabitBook
    from numbguard.store.cards.own_cards import OwnCards
    from numbguard.store.erase import ErasableData
    from numbguard.store.log.queries.break_days import TodayLog
    from numbguard.store.log.recovery.by_hand import LogRecovery
    from numbguard.store.settings.undo_book import SettingsBook
    from numbguard.ui.card.got_up_page import BreakWord
    from numbguard.ui.day_line.reader import TodayReader

    from .log_care import LogCare

log = logging.getLogger("numbguard")

TRAY_HOST = "org.kde.StatusNotifierWatcher"
SENSES_SETTLE_S = 20.0
"""Seconds from the start until idleness may be reported as unknown: a login starts the desktop's services meanwhile."""

WELCOME_AFTER_MS = 1500
"""Milliseconds between the start and the welcome page; all other parts start first."""

ENTRIES_AFTER_MS = 5000
"""Milliseconds between the start and a look at the entries that start NumbGuard; a login starts other things first."""

PREPARE_AFTER_MS = 400
"""Milliseconds between an announcement and the import of the modules that its card needs."""


class App:
    """All parts of the running app. ``start`` shows and joins them; ``end`` releases those that were made.

    Implements ``WindowSupplies`` for the windows, ``AppPort`` for the runtime, ``RunningApp`` for the command line and
    ``GoalSettings`` for the habits.
    """

    def __init__(
        self, profile: Profile, line: Server, *, speed: float, minimised: bool, icon: QSystemTrayIcon | None
    ) -> None:
        """``icon`` is the tray icon that ``start`` shows already; ``Tray`` takes it over."""
        self._profile = profile
        self._line = line
        self._speed = speed
        self._minimised = minimised
        self._ends = ExitStack()
        """Callbacks that release the parts, the last part first."""
        self._session_bus: Bus | None = None
        self._reduced_motion: ReducedMotion | None = None
        self._bus_service: BusService | None = None
        self._answer: RequestHandler | None = None
        """Answers the requests of the command line, of D-Bus and of hot keys, once all parts are joined."""
        self._hot_keys: HotKeys | None = None
        self._bus_was_lost = False
        self._is_first = speed == 1 and not minimised and profile.is_fresh()
        self._settings = settings_file.load(profile)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._language = AppLanguage(application, self._settings.settings.language)
        self._appearance = AppAppearance(self._settings.settings)
        self._reopening = QTimer(singleShot=True)
        """Opens all windows again, in another language or text size."""
        self._reopening.timeout.connect(self._renew_windows)
        self._state = StateFile(profile)
        self._habit_book: HabitBook | None = None
        self._care: LogCare | None = None
        self._clock = clock = SystemClock(speed)
        self.journal = SafeJournal(SqliteJournal(profile, patience_s=0.2), profile)
        """The log; the first query opens its file."""
        self._health = HealthFile(profile)
        self._ends.callback(self.journal.close)
        self._cards = CardChoice(
            profile,
            now=self.now,
            settings=lambda: self._settings.settings,
            episodes=lambda since: self.journal.episodes(since=since),
            answers_about=self.journal.answers_about,
        )
        self._routines = Routines(
            profile,
            library=lambda: self._cards.library,
            start=lambda name, length_s: self.runtime.start_routine(name, length_s),
            advised=lambda: self._settings.settings.advised_cards,
            suits=self._cards.suits,
        )
        self.hooks = Hooks(profile, lambda: self._settings.settings)
        self._ends.callback(self.hooks.end)
        self._engine = BreakEngine(
            self._settings.settings,
            clock.now(),
            choose_card=self._cards.choose,
            new_id=new_id,
            saved=self._state.load(),
            longest_wait_s=longest_wait(speed),
            may_be_unseen=lambda: self._notifier.may_be_unseen(),
        )
        self.runtime = Runtime(self._engine, clock, speed=speed)
        self.episodes = EpisodeBook(
            self.journal, self.runtime, help_number=self.help_number, zone=LocalZone(), clicks=LastClick(profile)
        )
        self._messages = AppMessages(
            profile, self.runtime, self.episodes, self.say, asks_details=lambda id: self._windows.log.asks_about(id)
        )
        # Once the form is open, if the click opens it.
        self.episodes.watch_logs(lambda logged: QTimer.singleShot(0, lambda: self._messages.logged(logged)))
        # Not within the change itself: it is for everybody who watches.
        self.episodes.watch(lambda _change: QTimer.singleShot(0, self._spare_the_leg))
        self._tray = Tray(self.runtime, self.episodes, icon=icon)
        self._windows = AppWindows(self)
        self._ends.callback(self._windows.log.end)
        if minimised:
            # First, because GNOME has a banner of its own for a window that opens unasked.
            self._tray.missing.connect(self._messages.no_tray)
        self._windows.open_from(self._tray, minimised=minimised)
        self._tray.shows_minutes = lambda: self._settings.settings.tray_minutes
        self._tray.quit_wanted.connect(QApplication.quit)

    def start(self) -> None:
        """Show the tray and join the parts that can wait. If that fails, ``end`` releases whatever was made."""
        self._ends.callback(self._tray.hide)
        self._tray.show()
        # Called here, not by a timer: a click in between would find no log to write to.
        self._join()
        if self._is_first and QApplication.platformName() not in ("offscreen", "minimal"):
            QTimer.singleShot(WELCOME_AFTER_MS, self._welcome)

    # --- the parts that can wait --------------------------------------------------------------------------------

    def _join(self) -> None:
        from numbguard.desktop import idle, notify, quiet, reduced_motion, session, sound, speech
        from numbguard.desktop.dbus import addresses
        from numbguard.desktop.dbus.bus import Bus
        from numbguard.desktop.high_contrast import PortalContrast
        from numbguard.desktop.other_reminders import OtherReminders
        from numbguard.desktop.process import glibc_heap
        from numbguard.ipc.requests import RequestHandler
        from numbguard.store.fresh_file import sweep
        from numbguard.ui.card.stage import BreakCardStage
        from numbguard.ui.widgets import theme

        from .alarm_clock import AlarmClock
        from .file_watch import FileWatch
        from .log_care import LogCare
        from .monday import MondayMessage
        from .process.renewal import Renewal
        from .process.spare_memory import SpareMemory
        from .replaced_program import ReplacedProgram
        from .windows.one_window import OneWindow

        glibc_heap.share_one_heap()
        self._alarm = AlarmClock(on_crash=self._job_failed)
        self._ends.callback(self._alarm.stop)
        self._alarm.start()
        session_bus = system_bus = None
        if addresses.dbus_available():
            session_bus, system_bus = self._session_bus, _ = Bus.session(), Bus.system()
            self._ends.callback(session_bus.close)
            self._ends.callback(system_bus.close)
        else:
            log.info("%s", addresses.NO_DBUS)
        self._reduced_motion = reduced_motion.choose(session_bus)
        self._ends.callback(self._reduced_motion.stop)
        if session_bus is not None and sys.platform not in ("win32", "darwin"):
            contrast = PortalContrast(session_bus, theme.tell_contrast)
            self._ends.callback(contrast.stop)
            contrast.start()
        self._notifier = notify.choose(session_bus, make_nudge=_make_nudge, in_words=in_words)
        self._sounds = sound.choose(self._settings.settings)
        self._voice = speech.choose(self._settings.settings, language=language)
        self._stage = BreakCardStage(
            self.runtime,
            self._cards,
            self._routines,
            read=self._windows.read_about,
            still=self.still,
            word=self._break_word,
            sound=SoundSwitch(self),
            chooser=self._windows,
        )
        self._stage.on_step = self.runtime.step_shown
        self._ends.callback(self.runtime.end)
        self.runtime.begin(
            Ports(
                log=self.journal,
                notifier=self._notifier,
                stage=self._stage,
                alarm=self._alarm,
                idle=idle.choose(session_bus, scale=self._speed),
                session=session.choose(session_bus, system_bus),
                quiet=quiet.choose(session_bus, system_bus, self._settings.settings),
                sounds=self._sounds,
                voice=self._voice,
                state=self._state,
                windows=self._windows,
                app=self,
            ),
            self.episodes,
        )
        self.runtime.subscribe(self._cards.preload)
        memory = SpareMemory()
        self.runtime.subscribe(memory.follow)
        OneWindow.released.append(memory.wait)
        self._ends.callback(OneWindow.released.remove, memory.wait)
        self._other_reminders = OtherReminders(session_bus, self._messages.other_reminders)
        self._ends.callback(self._other_reminders.stop)
        QTimer.singleShot(int(SENSES_SETTLE_S * 1000 / self._speed), self._messages.idle_unknown)
        self._tray.message.connect(self._notifier.say)
        if session_bus:
            session_bus.watch_name(TRAY_HOST, self._tray_host_changed)
        self._file_watch = FileWatch(
            self._profile,
            self.journal,
            self._alarm,
            speed=self._speed,
            settings=self._follow_the_settings,
            folder=self._hold_the_profile,
        )
        self._ends.callback(self._file_watch.end)
        self._replaced_program = ReplacedProgram(self.say)
        self._ends.callback(self._replaced_program.end)
        self.runtime.subscribe(lambda _snapshot: self._file_watch.check())
        self._care = care = LogCare(
            self._profile,
            self._alarm,
            self._tray,
            speed=self._speed,
            second_folder=lambda: backup_folder(self._settings.settings),
            say=self.say,
            is_first_time=self._messages.once,
            changed=self.runtime.refresh,
        )
        care.begin()
        self.runtime.subscribe(care.follow)
        still_numb = StillNumb(self._alarm, app_snapshot=self.runtime.app_snapshot, say=self.say, speed=self._speed)
        still_numb.follow(self.runtime.app_snapshot())
        self.runtime.subscribe(still_numb.follow)
        self._monday = MondayMessage(
            self._profile,
            self.today_reader,
            wanted=lambda: self._settings.settings.monday_message,
            say=self.say,
        )
        self.runtime.subscribe(self._monday.follow)
        self.runtime.subscribe(lambda _snapshot: self._windows.log.log_changed())
        sweep(self._profile)
        if self._speed == 1 and self._profile.is_usual():
            QTimer.singleShot(ENTRIES_AFTER_MS, self._put_entries_right)
        answer = RequestHandler(self)
        self._join_outside(answer)
        self._line.open(answer, _watch)
        self.runtime.subscribe(Renewal(self._may_begin_again).follow)
        log.info("ready, version %s", __version__)

    def _may_begin_again(self) -> bool:
        """Whether nothing is going on that a new process would not go on with."""
        from numbguard.desktop.process import same_program
        from numbguard.ui import worker

        if self._speed != 1 or not same_program.can_begin_again():  # the clock of `--speed` begins with the process
            return False
        going_on = worker.is_busy() or self.hooks.running or self._notifier.awaits_answers()
        # A tray of the old kind (XEmbed) would show the icon in another place.
        keeps_its_place = self._tray.shown and not self._tray.is_xembed
        return keeps_its_place and not going_on and self._replaced_program.is_unchanged()

    def _join_outside(self, answer: RequestHandler) -> None:
        """Let programs of the person's call NumbGuard and learn what happens."""
        from numbguard.runtime.happenings import Happenings

        happenings = Happenings(self.runtime, self.episodes)
        happenings.subscribe(self.hooks.happened)
        self._answer = answer
        self._follow_hot_keys()
        if self._session_bus:
            from numbguard.ipc.bus_service.service import BusService

            self._bus_service = BusService(
                self._session_bus, self._profile, happenings, answer, in_background=_in_background
            )

    def _follow_hot_keys(self) -> None:
        """Have the hot keys of the settings; nothing is loaded for them until one is set."""
        settings = self._settings.settings
        if self._hot_keys or settings.hot_key_log or settings.hot_key_break:
            self._follow_keys(self.hot_keys())

    def _follow_keys(self, hot_keys: HotKeys) -> None:
        settings = self._settings.settings
        hot_keys.follow({"log": settings.hot_key_log, "break_now": settings.hot_key_break})

    def hot_keys(self) -> HotKeys:
        if self._hot_keys is None:
            from numbguard.desktop import hot_keys
            from numbguard.wording.catalogue import _

            titles = {hot_keys.LOG: _("Log numbness"), hot_keys.BREAK_NOW: _("Start a break")}
            self._hot_keys = made = hot_keys.choose(self._session_bus, titles=titles, program=self.program())
            self._ends.callback(made.stop)
            made.start(self._hot_key_pressed)
            self._follow_keys(made)
        return self._hot_keys

    def _hot_key_pressed(self, name: str) -> None:
        assert self._answer
        reply = self._answer({"verb": "log" if name == "log" else "break start"})
        error = reply.get("error")
        if isinstance(error, str):
            self._messages.refused(error)

    def _welcome(self) -> None:
        """Show the welcome page, once: saving the state makes the profile no longer fresh, even if the page fails."""
        self._state.save(self._engine.to_table())
        self._windows.show_welcome()

    def end(self) -> None:
        """Save the state and release every part that was made."""
        self._ends.close()

    # --- cards and words ----------------------------------------------------------------------------------------

    @property
    def habits(self) -> HabitBook:
        if self._habit_book is None:
            from numbguard.runtime.habit_book import HabitBook

            self._habit_book = HabitBook(self.journal, self, now=self.now)
            self._habit_book.watch(self._messages.ticked)
            self._habit_book.watch(lambda _ticked: self.runtime.refresh())
        return self._habit_book

    @property
    def settings(self) -> Settings:
        return self._settings.settings

    def write_goal(self, goal: GoalKind, amount: int | None) -> None:
        settings_file.write_goal(self._profile, goal, amount)
        self._follow_the_settings()

    def settings_book(self) -> SettingsBook:
        from numbguard.store.settings.undo_book import SettingsBook

        return SettingsBook(self._profile, loaded=lambda: self._settings, follow=self._follow_the_settings)

    def still(self) -> bool:
        """Whether figures stand still, by the person's setting and by the system's."""
        chosen = self._settings.settings.stills
        if chosen is Stills.SYSTEM:
            return self._reduced_motion is not None and self._reduced_motion.is_wanted()
        return chosen is Stills.ALWAYS

    def help_number(self) -> str:
        return self._settings.settings.help_number

    def autostart(self) -> Autostart:
        from numbguard.desktop import autostart
        from numbguard.wording.languages import translations

        folder = None if self._profile.is_usual() else self._profile.folder
        return autostart.choose(folder, translations=translations)

    def program(self) -> str:
        from numbguard.desktop.installations import this_program

        return this_program()

    def _put_entries_right(self) -> None:
        """Point an autostart entry or a launcher that starts a former installation, now gone, at this one."""
        from numbguard.desktop.installations import put_right
        from numbguard.wording.languages import translations

        for sentence in put_right(translations=translations):
            log.info("%s", sentence)
            self._messages.refused(sentence)

    def launcher_to_offer(self) -> LauncherOffer | None:
        from numbguard.desktop.launcher import Launcher, serves_this_system
        from numbguard.wording.languages import translations

        launcher = Launcher(None if self._profile.is_usual() else self._profile.folder, translations=translations)
        return None if not serves_this_system() or launcher.is_found() else launcher

    def card(self, slug: str) -> Card | None:
        return self._cards.card(slug)

    def stretch_for(self, region: Region) -> Card | None:
        from numbguard.core.cards.choosing import serving_best

        return serving_best(self._cards.library.cards(), region)

    def has_card(self, slug: str) -> bool:
        return any(card.slug == slug for card in self._cards.library.cards())

    def announcement(self, effect: Announce) -> Notice:
        from numbguard.wording import now as words

        card = self.card(effect.card)
        QTimer.singleShot(PREPARE_AFTER_MS, self._stage.prepare)
        notice = words.announcement(
            effect,
            card_title=translated(card.title) if card else None,
            duration_s=self._settings.settings.duration,
            reason=self._cards.announced_reason(),
        )
        # One sound is enough: the desktop's own would come on top of ours, or in place of the silence that was chosen.
        return replace(notice, has_own_sound=self._settings.settings.sound_enabled)

    def not_again(self) -> None:
        self._messages.once(NO_TRAY)

    def say_logged(self, id: str) -> None:
        if (episode := self.journal.find_episode(id)) is not None:
            self._messages.logged(episode, asks=False)

    def _spare_the_leg(self) -> None:
        """Put another card in place of one that needs a leg which has just been logged as numb or weak."""
        current = self.runtime.moment().current
        on = current is not None and current.phase in (Phase.ANNOUNCED, Phase.CARD)
        if current is not None and on and not self._cards.still_suits(current.card):
            self.runtime.act(Action.ANOTHER)

    def standing_reminder(self) -> Notice:
        from numbguard.wording.now import standing_reminder

        return standing_reminder()

    def start_routine(self, slug: str | None = None) -> str | None:
        return self._routines.start(slug)

    def all_cards(self) -> Sequence[Card]:
        return self._cards.library.cards()

    def cards_to_go_on_with(self) -> Sequence[Card]:
        current = self.runtime.moment().current
        return self._cards.instead_of(current.card if current else "")

    def start_card(self, slug: str) -> str | None:
        return self.runtime.start_card(slug)

    def own_shelf(self) -> OwnCards:
        return self._routines.own_shelf()

    def routine_offer(self) -> Notice | None:
        """Return ``None`` where a routine has been ticked off today."""
        from numbguard.core.log.records.habits import HabitKind

        today = self.habits.today()
        return None if today and today.amounts[HabitKind.STRETCH] else self._routines.offer()

    def routine_done(self, name: str) -> None:
        # Not within the engine's own step: ticking the habit redraws every window.
        QTimer.singleShot(0, lambda: self._routines.done(name, self.habits.routine_done))

    # --- for the command line (see ``ipc.requests.RunningApp``) ------------------------------------------------------

    def show_window(self, name: str) -> None:
        self._windows.show(name)

    def notify(self, sentence: str | None) -> None:
        self._messages.refused(sentence)

    def quit(self) -> None:
        QApplication.quit()

    def reach(self) -> Mapping[str, SenseStatus]:
        from numbguard.desktop.dbus.addresses import NO_DBUS
        from numbguard.desktop.probe import tray_status

        no_bus = SenseStatus("none", False, NO_DBUS)
        return {
            "tray": tray_status(self._tray.shown, is_xembed=self._tray.is_xembed),
            "dbus": self._bus_service.status() if self._bus_service else no_bus,
            "hot_keys": self.hot_keys().status(),
        }

    # --- for the windows (see ``windows.WindowSupplies``) -------------------------------------------------------------

    @property
    def profile(self) -> Profile:
        return self._profile

    def write_waiting_entries(self) -> None:
        """Write entries that the log could not take earlier, so that an export is complete."""
        self.journal.retry()

    def today_reader(self) -> TodayReader:
        from numbguard.ui.day_line.reader import TodayReader

        return TodayReader(self._profile)

    def _break_word(self, asker: QObject, done: Callable[[BreakWord | None], object]) -> None:
        """Find the word after *Yes*: it counts the break that has just ended."""
        from numbguard.core.log.break_days import BreakDay, week
        from numbguard.ui.card.got_up_page import BreakWord
        from numbguard.wording.log.break_days import after_break

        today = self.now().date()

        def found(log: TodayLog | None) -> None:
            day = log.days.get(today, BreakDay()) if log else BreakDay()
            if log is None or not day.taken:
                done(None)
            else:
                count, then = after_break(day, self.runtime.moment())
                done(BreakWord(count, then, week(log.days, today)))

        self.today_reader().ask(asker, today, found)

    def may_say_it_recurs(self) -> bool:
        return self._messages.may_say_it_recurs(self.now())

    def now(self) -> datetime:
        return self._clock.now().wall

    def new_id(self) -> str:
        return new_id()

    def tray_shown(self) -> bool:
        return self._tray.shown

    def tray_place(self) -> QRect:
        return self._tray.place

    def say(self, notice: Notice) -> None:
        self._notifier.say(notice)

    def keep_posture_check(self, check: PostureCheck) -> None:
        self.journal.add_posture_check(check)

    def erase(self, *, settings: bool) -> ErasableData:
        """Delete everything the person logged, with ``settings`` also their settings.

        Raises ``JournalError`` if the log could not be emptied.
        """
        from numbguard.store.erase import erase

        self.journal.forget()
        erased = erase(self._profile, settings=settings, second=backup_folder(self._settings.settings))
        self.episodes.forget()
        return erased

    def log_recovery(self) -> LogRecovery:
        from numbguard.store.log.recovery.by_hand import LogRecovery

        return LogRecovery(self._profile, lambda: backup_folder(self._settings.settings))

    def log_damaged(self) -> bool:
        return self._health.trouble is not None

    def preview_erasing(self) -> ErasableData:
        from numbguard.store.erase import erasable_data

        return erasable_data(self._profile, second=backup_folder(self._settings.settings))

    # --- sounds -------------------------------------------------------------------------------------------------

    def switch_sound(self, on: bool) -> None:
        """Switch sounds on or off in the settings; raise ``SettingsError`` where that fails."""
        settings_file.write_value(self._profile, "sound.enabled", on)
        self._follow_the_settings()

    def once(self, what: str) -> bool:
        return self._messages.once(what)

    def refuse(self, sentence: str) -> None:
        self._messages.refused(sentence)

    def try_sound(self, moment: SoundMoment) -> str:
        """Play the sound of a moment now; return a sentence where another one, or none, is heard."""
        settings = self._settings.settings
        return self._sounds.try_out(moment, settings.sound_at(moment), settings.sound_volume)

    def try_voice(self, words: str) -> str:
        """Read these words now; return a sentence where nothing reads them."""
        return self._voice.try_out(words)

    # --- the tray's host ----------------------------------------------------------------------------------------

    def _tray_host_changed(self, owner: str | None) -> None:
        """Show the icon in a tray that has appeared or returned.

        If only the tray was gone and not the bus, Qt shows the icon again by itself.
        """
        if owner is None:
            self._bus_was_lost = self._bus_was_lost or bool(self._session_bus and self._session_bus.trouble)
        else:
            lost, self._bus_was_lost = self._bus_was_lost, False
            self._tray.renew(lost=lost)

    # --- changed files and faults -------------------------------------------------------------------

    def _follow_the_settings(self) -> None:
        if settings_file.changed(self._profile, self._settings):
            self._settings = settings_file.load(self._profile, before=self._settings.settings)
            self.runtime.configure(self._settings.settings)
            if self._answer:
                self._follow_hot_keys()
            # Not at once: the window in which the language or the text size was chosen is opened again. And once where
            # both have changed: a window that was just opened does not have the keyboard focus yet.
            self._appearance.follow(self._settings.settings, resized=self._reopening.start)
            self._language.follow(self._settings.settings.language, changed=self._reopening.start)

    def _renew_windows(self) -> None:
        self._tray.renew_menu()
        self._windows.renew()
        self._stage.renew()

    def _hold_the_profile(self) -> None:
        """End where another app has the profile, after somebody deleted both its lock file and its socket."""
        if not self._line.hold():
            log.warning("Another NumbGuard has this profile now; this one ends.")
            QApplication.quit()

    def faults(self) -> tuple[str, ...]:
        unreached = (self._line.trouble,) if self._line.trouble else ()
        care = (self._care.note,) if self._care and self._care.note else ()
        return (*self.journal.notes(), *care, *self._settings.problems, *self._cards.complaints, *unreached)

    def waiting_entries(self) -> str | None:
        return self.journal.note()

    def log_health(self) -> Mapping[str, object]:
        return self._health.read().document()

    def only_in_memory(self) -> str | None:
        return self.journal.why if self.journal.only_in_memory else None

    def crashed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Handle a bug: log its whole trace, print it to standard error, and keep the app running."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        record(kind, error, trace)

    def _job_failed(self, error: BaseException) -> None:
        self.crashed(type(error), error, error.__traceback__)


def _make_nudge() -> NoticeWindow:
    from numbguard.ui.notice_window import OwnNoticeWindow

    return OwnNoticeWindow()


def _in_background(work: Callable[[], Mapping[str, object]], done: Callable[[Mapping[str, object]], None]) -> None:
    from numbguard.ui import worker

    application = QApplication.instance()
    assert application is not None

    def failed(sentence: str) -> None:
        done({"status": 1, "error": sentence})

    worker.run(application, work, name="another profile", done=done, failed=failed, expected=())


def _watch(descriptor: int, call: Callable[[], None]) -> Callable[[], None]:
    """Call ``call`` whenever the descriptor is readable, or the event of Windows is set; returns the watch's end."""
    if sys.platform == "win32":
        from PySide6.QtCore import QWinEventNotifier
        from shiboken6 import Shiboken

        # PySide6 takes no number here, and cannot pass the signal's handle on; a slot without arguments gets none.
        notifier = QWinEventNotifier(Shiboken.VoidPtr(descriptor))
        notifier.setEnabled(True)
    else:
        notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: call())

    def end() -> None:
        notifier.setEnabled(False)
        notifier.deleteLater()

    return end
