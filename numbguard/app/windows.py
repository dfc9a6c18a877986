"""The windows a person asks for: each is imported and made when first opened, and let go of when closed.

Made by the composition root, which hands in what the windows need; called on the GUI thread by the tray, by other
windows and by the command line. The card and the nudge are not here: the engine opens those.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QApplication

from .log_windows import LogWindows
from .one_window import OneWindow, Window

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from numbguard.core.breaks.posture import PosturePoint
    from numbguard.core.cards.cards import Card
    from numbguard.core.guide.sections import GuideSection
    from numbguard.core.log.records import PostureCheck
    from numbguard.core.ports import Autostart, HabitControls, Notice
    from numbguard.runtime.episode_book import EpisodeBook
    from numbguard.runtime.runtime import Runtime
    from numbguard.store.cards.own_cards import OwnCards
    from numbguard.store.erase import ErasableData
    from numbguard.store.log.deeds import LogDeeds
    from numbguard.store.profile import Profile
    from numbguard.store.settings.undo_book import SettingsBook
    from numbguard.ui.card.viewer import CardViewer
    from numbguard.ui.editor.window import EditorWindow
    from numbguard.ui.erase_window import EraseWindow
    from numbguard.ui.first_start import FirstStartWindow
    from numbguard.ui.posture_check import PostureCheckWindow
    from numbguard.ui.reader.window import ReaderWindow
    from numbguard.ui.relief.window import ReliefWindow
    from numbguard.ui.settings.window import SettingsWindow
    from numbguard.ui.tray.panel import Panel
    from numbguard.ui.tray.tray import Tray


class WindowSupplies(Protocol):
    """What windows are given to show and to keep; the composition root has it all."""

    @property
    def runtime(self) -> Runtime: ...

    @property
    def habits(self) -> HabitControls: ...

    @property
    def episodes(self) -> EpisodeBook: ...

    @property
    def profile(self) -> Profile: ...

    def write_what_waits(self) -> None: ...

    def now(self) -> datetime: ...

    def new_id(self) -> str: ...

    def card(self, slug: str) -> Card | None: ...

    def has_card(self, slug: str) -> bool: ...

    def help_number(self) -> str: ...

    def settings_book(self) -> SettingsBook: ...

    def own_shelf(self) -> OwnCards: ...

    def start_routine(self, slug: str) -> str | None: ...

    def autostart(self) -> Autostart: ...

    def tray_shown(self) -> bool: ...

    def say(self, notice: Notice) -> None: ...

    def keep_posture_check(self, check: PostureCheck) -> None: ...

    def log_deeds(self) -> LogDeeds: ...

    def foresee_erasing(self) -> ErasableData: ...

    def erase(self, *, settings: bool) -> ErasableData: ...


class AppWindows:
    """One of each at most."""

    def __init__(self, supplies: WindowSupplies) -> None:
        self._from = supplies
        self.log = LogWindows(
            supplies, show_help=self.show_help, show_relief=self.show_relief, show_erasing=self.show_erasing
        )
        self._panel: OneWindow[Panel] = OneWindow()
        self._reader: OneWindow[ReaderWindow] = OneWindow()
        self._relief: OneWindow[ReliefWindow] = OneWindow()
        self._card: OneWindow[CardViewer] = OneWindow()
        self._posture: OneWindow[PostureCheckWindow] = OneWindow()
        self._settings: OneWindow[SettingsWindow] = OneWindow()
        self._welcome: OneWindow[FirstStartWindow] = OneWindow()
        self._erasing: OneWindow[EraseWindow] = OneWindow()
        self._own: OneWindow[EditorWindow] = OneWindow()

    def open_from(self, tray: Tray, *, minimised: bool) -> None:
        """What the tray's menu asks for, and the panel where there is no tray: but not for who asked for no window."""
        if not minimised:
            tray.missing.connect(self.show_panel)
        tray.panel_wanted.connect(self.toggle_panel)
        tray.appeared.connect(self.drop_panel)
        tray.logged.connect(self.log.ask_more)
        tray.help_wanted.connect(self.show_help)
        tray.relief_wanted.connect(self.show_relief)
        tray.posture_wanted.connect(self.check_posture)
        tray.settings_wanted.connect(self.show_settings)
        tray.history_wanted.connect(self.log.show_history)
        tray.insights_wanted.connect(self.log.show_insights)
        tray.own_wanted.connect(self.show_own)

    # --- the panel ----------------------------------------------------------------------------------------------

    def toggle_panel(self, near: QRect) -> None:
        self._panel.made(self._make_panel).toggle(near)

    def show_panel(self) -> None:
        self._panel.made(self._make_panel).present()

    def drop_panel(self) -> None:
        """A tray that came late makes the panel a popup beside it."""
        self._panel.let_go()

    def _make_panel(self) -> Panel:
        from numbguard.ui.tray.panel import Panel

        panel = Panel(self._from.runtime, self._from.episodes, popup=self._from.tray_shown(), habits=self._from.habits)
        panel.logged.connect(self.log.ask_more)
        panel.help_wanted.connect(self.show_help)
        panel.relief_wanted.connect(self.show_relief)
        panel.posture_wanted.connect(self.check_posture)
        panel.settings_wanted.connect(self.show_settings)
        panel.repair_wanted.connect(self.show_data)
        panel.history_wanted.connect(self.log.show_history)
        panel.insights_wanted.connect(self.log.show_insights)
        panel.own_wanted.connect(self.show_own)
        panel.quit_wanted.connect(QApplication.quit)
        return panel

    # --- the reader ---------------------------------------------------------------------------------------------

    def show_help(self) -> None:
        """When to get help, at once."""
        from numbguard.core.guide.pages import FIRST

        reader = self._reader.made(self._make_reader)
        reader.open_at(FIRST)
        self._front(reader)

    def read_about(self, section: GuideSection) -> None:
        """The guide where it tells of a section."""
        from numbguard.core.guide.pages import home

        reader = self._reader.made(self._make_reader)
        reader.open_link(home(section).link)
        self._front(reader)

    def _make_reader(self) -> ReaderWindow:
        from numbguard.ui.reader.window import ReaderWindow

        reader = ReaderWindow(has_card=self._from.has_card, number=self._from.help_number())
        reader.card_wanted.connect(self.show_card)
        reader.closed.connect(self._reader.let_go)
        return reader

    # --- a card, looked at --------------------------------------------------------------------------------------

    def show_card(self, slug: str) -> None:
        """A card outside any break: nothing is counted and nothing is kept."""
        card = self._from.card(slug)
        if card is None:
            return
        viewer = self._card.made(self._make_viewer)
        viewer.show_card(card)
        self._front(viewer)

    def _make_viewer(self) -> CardViewer:
        from numbguard.ui.card.viewer import CardViewer

        viewer = CardViewer(read=self.read_about)
        viewer.closed.connect(self._card.let_go)
        return viewer

    # --- posture ------------------------------------------------------------------------------------------------

    def check_posture(self) -> None:
        self._front(self._posture.made(self._make_posture))

    def _make_posture(self) -> PostureCheckWindow:
        from numbguard.ui.posture_check import PostureCheckWindow

        window = PostureCheckWindow(self._from.card("desk-posture"), save=self._keep_posture)
        window.read_wanted.connect(self.read_about)
        window.finished.connect(self._posture.let_go)
        return window

    def _keep_posture(self, held: frozenset[PosturePoint]) -> None:
        from numbguard.core.breaks.posture import checked
        from numbguard.ui.posture_check import saved

        self._from.keep_posture_check(checked(held, id=self._from.new_id(), at=self._from.now()))
        self._from.say(saved(held))

    # --- cards and routines of one's own ------------------------------------------------------------------------

    def show_own(self) -> None:
        self._front(self._own.made(self._make_own))

    def _make_own(self) -> EditorWindow:
        from numbguard.ui.editor.window import EditorWindow

        window = EditorWindow(self._from.own_shelf(), start=self._from.start_routine)
        window.closed.connect(self._own.let_go)
        return window

    # --- settings -----------------------------------------------------------------------------------------------

    def show_settings(self) -> None:
        self._front(self._settings.made(self._make_settings))

    def show_hours(self) -> None:
        """The page of working hours."""
        self.show_settings()
        self._settings.made(self._make_settings).open_at("hours")

    def show_data(self) -> None:
        """The page with backups and the repair."""
        self.show_settings()
        self._settings.made(self._make_settings).open_at("backup")

    def _read_log_again(self) -> None:
        self._from.write_what_waits()
        self._from.episodes.reread()

    def _make_settings(self) -> SettingsWindow:
        from numbguard.ui.settings.window import SettingsWindow

        window = SettingsWindow(self._from.settings_book(), self._from.autostart(), self._from.log_deeds())
        window.closed.connect(self._settings.let_go)
        window.log_replaced.connect(self._read_log_again)
        window.erase_wanted.connect(self.show_erasing)
        return window

    # --- the first start ----------------------------------------------------------------------------------------

    def show_welcome(self) -> None:
        self._welcome.made(self._make_welcome).present()

    def _make_welcome(self) -> FirstStartWindow:
        from numbguard.ui.first_start import FirstStartWindow

        window = FirstStartWindow(self._from.runtime, self._from.settings_book(), self._from.autostart())
        window.hours_wanted.connect(self.show_hours)
        window.closed.connect(self._welcome.let_go)
        return window

    # --- delete everything --------------------------------------------------------------------------------------

    def show_erasing(self) -> None:
        """*Delete everything*, for the settings and whichever window shows the log."""
        self._front(self._erasing.made(self._make_erasing))

    def _make_erasing(self) -> EraseWindow:
        from numbguard.ui.erase_window import EraseWindow

        window = EraseWindow(
            foresee=self._from.foresee_erasing, erase=lambda settings: self._from.erase(settings=settings)
        )
        window.finished.connect(self._erasing.let_go)
        return window

    # --- relief -------------------------------------------------------------------------------------------------

    def show_relief(self) -> None:
        """Relief, step by step; where no episode is open, one is logged before anything is shown."""
        if self._relief.now is not None and self._relief.now.is_over:
            self._relief.close()
        self._front(self._relief.made(self._make_relief))

    def _make_relief(self) -> ReliefWindow:
        from numbguard.ui.relief.window import ReliefWindow

        runtime, episodes = self._from.runtime, self._from.episodes
        episode = runtime.app_snapshot().open_episode or episodes.log_numbness()
        window = ReliefWindow(runtime, episodes, episode, card_of=self._from.card)
        window.help_wanted.connect(self.show_help)
        window.read_wanted.connect(self.read_about)
        window.closed.connect(self._relief.let_go)
        return window

    # --- what all of them do ------------------------------------------------------------------------------------

    def _front(self, window: Window) -> None:
        """Show a window that the person asked for, with nothing of ours on top of it."""
        self.log.step_back()
        window.present()
