"""The windows a person asks for: each is imported and made when first opened, and let go of when closed.

Made by the composition root, which hands in what the windows need; called on the GUI thread by the tray, by other
windows and by the command line. The card and the nudge are not here: the engine opens those.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QApplication

from .log_windows import LogWindows

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QWidget

    from .core.cards import Card, Section
    from .core.ports import Autostart, HabitControls, Notice
    from .core.posture import Point
    from .core.records import PostureCheck
    from .episode_book import EpisodeBook
    from .runtime import Runtime
    from .store.erase import Everything
    from .store.own_shelf import OwnShelf
    from .store.profile import Profile
    from .store.settings_book import SettingsBook
    from .ui.card_viewer import CardViewer
    from .ui.erase_window import EraseWindow
    from .ui.own_window import OwnWindow
    from .ui.panel import Panel
    from .ui.posture_check import PostureCheckWindow
    from .ui.reader import Reader
    from .ui.relief_window import ReliefWindow
    from .ui.settings_window import SettingsWindow
    from .ui.tray import Tray
    from .ui.welcome import Welcome


class Asked(Protocol):
    def present(self) -> None: ...


class Supplies(Protocol):
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

    def own_shelf(self) -> OwnShelf: ...

    def start_routine(self, slug: str) -> str | None: ...

    def autostart(self) -> Autostart: ...

    def tray_shown(self) -> bool: ...

    def say(self, notice: Notice) -> None: ...

    def keep_posture_check(self, check: PostureCheck) -> None: ...

    def foresee_erasing(self) -> Everything: ...

    def erase(self, *, settings: bool) -> Everything: ...


class Windows:
    """One of each at most."""

    def __init__(self, supplies: Supplies) -> None:
        self._from = supplies
        self.log = LogWindows(
            supplies, show_help=self.show_help, show_relief=self.show_relief, show_erasing=self.show_erasing
        )
        self._panel: Panel | None = None
        self._reader: Reader | None = None
        self._relief: ReliefWindow | None = None
        self._card: CardViewer | None = None
        self._posture: PostureCheckWindow | None = None
        self._settings: SettingsWindow | None = None
        self._welcome: Welcome | None = None
        self._erasing: EraseWindow | None = None
        self._own: OwnWindow | None = None

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
        self._panel_made().toggle(near)

    def show_panel(self) -> None:
        self._panel_made().present()

    def drop_panel(self) -> None:
        """A tray that came late makes the panel a popup beside it."""
        _let_go(self._panel)
        self._panel = None

    def _panel_made(self) -> Panel:
        if self._panel is None:
            from .ui.panel import Panel

            self._panel = Panel(
                self._from.runtime, self._from.episodes, popup=self._from.tray_shown(), habits=self._from.habits
            )
            self._panel.logged.connect(self.log.ask_more)
            self._panel.help_wanted.connect(self.show_help)
            self._panel.relief_wanted.connect(self.show_relief)
            self._panel.posture_wanted.connect(self.check_posture)
            self._panel.settings_wanted.connect(self.show_settings)
            self._panel.history_wanted.connect(self.log.show_history)
            self._panel.insights_wanted.connect(self.log.show_insights)
            self._panel.own_wanted.connect(self.show_own)
            self._panel.quit_wanted.connect(QApplication.quit)
        return self._panel

    # --- the reader ---------------------------------------------------------------------------------------------

    def show_help(self) -> None:
        """When to get help, at once."""
        from .core.guide import FIRST

        reader = self._reader_made()
        reader.open_at(FIRST)
        self._front(reader)

    def read_about(self, section: Section) -> None:
        """The guide where it tells of a section."""
        from .core.guide import home

        reader = self._reader_made()
        reader.open_link(home(section).link)
        self._front(reader)

    def _reader_made(self) -> Reader:
        if self._reader is None:
            from .ui.reader import Reader

            self._reader = Reader(has_card=self._from.has_card, number=self._from.help_number())
            self._reader.card_wanted.connect(self.show_card)
            self._reader.closed.connect(self._let_reader_go)
        return self._reader

    def _let_reader_go(self) -> None:
        _let_go(self._reader)
        self._reader = None

    # --- a card, looked at --------------------------------------------------------------------------------------

    def show_card(self, slug: str) -> None:
        """A card outside any break: nothing is counted and nothing is kept."""
        card = self._from.card(slug)
        if card is None:
            return
        if self._card is None:
            from .ui.card_viewer import CardViewer

            self._card = CardViewer(read=self.read_about)
            self._card.closed.connect(self._let_card_go)
        self._card.show_card(card)
        self._front(self._card)

    def _let_card_go(self) -> None:
        _let_go(self._card)
        self._card = None

    # --- posture ------------------------------------------------------------------------------------------------

    def check_posture(self) -> None:
        if self._posture is None:
            from .ui.posture_check import PostureCheckWindow

            self._posture = PostureCheckWindow(self._from.card("desk-posture"), save=self._keep_posture)
            self._posture.read_wanted.connect(self.read_about)
            self._posture.finished.connect(self._let_posture_go)
        self._front(self._posture)

    def _keep_posture(self, held: frozenset[Point]) -> None:
        from .core.posture import checked
        from .ui.posture_check import saved

        self._from.keep_posture_check(checked(held, id=self._from.new_id(), at=self._from.now()))
        self._from.say(saved(held))

    def _let_posture_go(self, _result: int) -> None:
        _let_go(self._posture)
        self._posture = None

    # --- cards and routines of one's own ------------------------------------------------------------------------

    def show_own(self) -> None:
        if self._own is None:
            from .ui.own_window import OwnWindow

            self._own = OwnWindow(self._from.own_shelf(), start=self._from.start_routine)
            self._own.closed.connect(self._let_own_go)
        self._front(self._own)

    def _let_own_go(self) -> None:
        _let_go(self._own)
        self._own = None

    # --- settings -----------------------------------------------------------------------------------------------

    def show_settings(self) -> None:
        if self._settings is None:
            from .ui.settings_window import SettingsWindow

            self._settings = SettingsWindow(self._from.settings_book(), self._from.autostart())
            self._settings.closed.connect(self._let_settings_go)
            self._settings.erase_wanted.connect(self.show_erasing)
        self._front(self._settings)

    def show_hours(self) -> None:
        """The page of working hours."""
        self.show_settings()
        assert self._settings is not None
        self._settings.open_at("hours")

    def _let_settings_go(self) -> None:
        _let_go(self._settings)
        self._settings = None

    # --- the first start ----------------------------------------------------------------------------------------

    def show_welcome(self) -> None:
        from .ui.welcome import Welcome

        self._welcome = Welcome(self._from.runtime, self._from.settings_book(), self._from.autostart())
        self._welcome.hours_wanted.connect(self.show_hours)
        self._welcome.closed.connect(self._let_welcome_go)
        self._welcome.present()

    def _let_welcome_go(self) -> None:
        _let_go(self._welcome)
        self._welcome = None

    # --- delete everything --------------------------------------------------------------------------------------

    def show_erasing(self) -> None:
        """*Delete everything*, for the settings and whichever window shows the log."""
        if self._erasing is None:
            from .ui.erase_window import EraseWindow

            self._erasing = EraseWindow(
                foresee=self._from.foresee_erasing, erase=lambda settings: self._from.erase(settings=settings)
            )
            self._erasing.finished.connect(self._let_erasing_go)
        self._front(self._erasing)

    def _let_erasing_go(self, _result: int) -> None:
        _let_go(self._erasing)
        self._erasing = None

    # --- relief -------------------------------------------------------------------------------------------------

    def show_relief(self) -> None:
        """Relief, step by step; where no episode is open, one is logged before anything is shown."""
        if self._relief is not None and self._relief.is_over:
            self._relief.close()
        if self._relief is None:
            from .ui.relief_window import ReliefWindow

            runtime, episodes = self._from.runtime, self._from.episodes
            episode = runtime.glance().open_episode or episodes.log_numbness()
            self._relief = ReliefWindow(runtime, episodes, episode, card_of=self._from.card)
            self._relief.help_wanted.connect(self.show_help)
            self._relief.read_wanted.connect(self.read_about)
            self._relief.closed.connect(self._let_relief_go)
        self._front(self._relief)

    def _let_relief_go(self) -> None:
        _let_go(self._relief)
        self._relief = None

    # --- what all of them do ------------------------------------------------------------------------------------

    def _front(self, window: Asked) -> None:
        """Show a window that the person asked for, with nothing of ours on top of it."""
        self.log.step_back()
        window.present()


def _let_go(window: QWidget | None) -> None:
    if window is not None:
        window.deleteLater()
