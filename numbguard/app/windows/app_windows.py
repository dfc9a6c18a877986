"""The windows a person asks for, each imported and created when first opened and released when closed.

The composition root creates ``AppWindows`` and supplies what the windows need; the tray, other windows and the command
line call it on the GUI thread. The card and the nudge are not here: the engine opens those.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QApplication

from .log_windows import InsightWays, LogWindows
from .one_window import OneWindow, Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QWidget

    from numbguard.core.breaks.nudges.posture import PosturePoint
    from numbguard.core.cards.cards import Card
    from numbguard.core.guide.sections import GuideSection
    from numbguard.core.log.records.habits import PostureCheck
    from numbguard.core.ports import Autostart, HabitControls, HotKeyControls, LauncherOffer, Notice
    from numbguard.core.settings.choices import SoundMoment
    from numbguard.core.sites import Region
    from numbguard.runtime.episode_book import EpisodeBook
    from numbguard.runtime.runtime import Runtime
    from numbguard.store.cards.own_cards import OwnCards
    from numbguard.store.erase import ErasableData
    from numbguard.store.log.recovery.by_hand import LogRecovery
    from numbguard.store.profile import Profile
    from numbguard.store.settings.undo_book import SettingsBook
    from numbguard.ui.card.viewer import CardViewer
    from numbguard.ui.day_line.reader import TodayReader
    from numbguard.ui.editor.window import EditorWindow
    from numbguard.ui.erase_window import EraseWindow
    from numbguard.ui.first_start.tray_pointer import TrayPointer
    from numbguard.ui.first_start.window import FirstStartWindow
    from numbguard.ui.library.window import LibraryWindow
    from numbguard.ui.posture_check import PostureCheckWindow
    from numbguard.ui.reader.window import ReaderWindow
    from numbguard.ui.relief.window import ReliefWindow
    from numbguard.ui.settings.groups.hooks_group import HookTrial
    from numbguard.ui.settings.window import SettingsWindow
    from numbguard.ui.tray.panel import Panel
    from numbguard.ui.tray.tray import Tray


class WindowSupplies(Protocol):
    """The parts and actions the windows need; the composition root provides them."""

    @property
    def runtime(self) -> Runtime: ...

    @property
    def habits(self) -> HabitControls: ...

    @property
    def episodes(self) -> EpisodeBook: ...

    @property
    def profile(self) -> Profile: ...

    def write_waiting_entries(self) -> None: ...

    def today_reader(self) -> TodayReader: ...

    def may_say_it_recurs(self) -> bool: ...

    def now(self) -> datetime: ...

    def new_id(self) -> str: ...

    def card(self, slug: str) -> Card | None: ...

    def has_card(self, slug: str) -> bool: ...

    def all_cards(self) -> Sequence[Card]: ...

    def cards_to_go_on_with(self) -> Sequence[Card]: ...

    def start_card(self, slug: str) -> str | None: ...

    def stretch_for(self, region: Region) -> Card | None: ...

    def still(self) -> bool: ...

    def help_number(self) -> str: ...

    def settings_book(self) -> SettingsBook: ...

    def own_shelf(self) -> OwnCards: ...

    def start_routine(self, slug: str) -> str | None: ...

    def autostart(self) -> Autostart: ...

    def hot_keys(self) -> HotKeyControls: ...

    @property
    def hooks(self) -> HookTrial: ...

    def launcher_to_offer(self) -> LauncherOffer | None: ...

    def tray_shown(self) -> bool: ...

    def tray_place(self) -> QRect: ...

    def say(self, notice: Notice) -> None: ...

    def keep_posture_check(self, check: PostureCheck) -> None: ...

    def log_recovery(self) -> LogRecovery: ...

    def try_sound(self, moment: SoundMoment) -> str: ...

    def try_voice(self, words: str) -> str: ...

    def preview_erasing(self) -> ErasableData: ...

    def erase(self, *, settings: bool) -> ErasableData: ...


class AppWindows:
    """At most one window of each kind."""

    def __init__(self, supplies: WindowSupplies) -> None:
        self._supplies = supplies
        self.log = LogWindows(
            supplies,
            show_help=self.show_help,
            show_relief=self.show_relief,
            ways=InsightWays(
                show_settings=self.show_breaks,
                check_posture=self.check_posture,
                read_about=self.read_about,
                show_stretch=self.show_stretch,
            ),
        )
        self._panel: OneWindow[Panel] = OneWindow()
        self._reader: OneWindow[ReaderWindow] = OneWindow()
        self._relief: OneWindow[ReliefWindow] = OneWindow()
        self._card: OneWindow[CardViewer] = OneWindow()
        self._posture: OneWindow[PostureCheckWindow] = OneWindow()
        self._settings: OneWindow[SettingsWindow] = OneWindow()
        self._welcome: OneWindow[FirstStartWindow] = OneWindow()
        self._pointer: OneWindow[TrayPointer] = OneWindow()
        self._erasing: OneWindow[EraseWindow] = OneWindow()
        self._library: OneWindow[LibraryWindow] = OneWindow()
        self._chooser: OneWindow[LibraryWindow] = OneWindow()

    def open_from(self, tray: Tray, *, minimised: bool) -> None:
        """Connect the tray's menu to the windows; without a tray, show the panel, ``minimised`` where that can be."""
        tray.missing.connect(self.show_panel_minimised if minimised else self.show_panel)
        tray.panel_wanted.connect(self.toggle_panel)
        tray.open_wanted.connect(self.show_panel)
        tray.appeared.connect(self.drop_panel)
        tray.logged.connect(self.log.ask_details)
        tray.help_wanted.connect(self.show_help)
        tray.settings_wanted.connect(self.show_settings)
        tray.history_wanted.connect(self.log.show_history)

    def renew(self) -> None:
        """Open each open window again, in another language or text size, with what was entered in it.

        Step-by-step relief runs on in its language.
        """
        panel = self._panel.release()
        if panel is not None:
            shown = panel.isVisible()
            panel.close()
            if shown:
                self.show_panel()
        self._reader.reopen(self._make_reader, carry=lambda window, former: window.take_over(former))
        self.log.renew()
        self._card.reopen(self._make_viewer, carry=lambda window, former: window.take_over(former))
        self._posture.reopen(self._make_posture, carry=lambda window, former: window.take_over(former))
        if self._library.now is not None:
            self._library.now.hand_over()
            self._library.reopen(self._make_library, carry=lambda window, former: window.take_over(former))
        self._chooser.close()
        self._welcome.reopen(self._make_welcome, carry=lambda window, former: window.take_over(former))
        if self._erasing.now is not None and not self._erasing.now.deleted:
            self._erasing.reopen(self._make_erasing)
        self._settings.reopen(self._make_settings, carry=lambda window, former: window.take_over(former))

    def show(self, name: str) -> None:
        """Open the window with this name of ``ipc.shown_windows.WINDOWS``, in front."""
        {
            "panel": self.show_panel,
            "history": self.log.show_history,
            "insights": self.log.show_insights,
            "settings": self.show_settings,
            "stretches": self.show_stretches,
            "guide": self.show_guide,
            "help": self.show_help,
        }[name]()

    # --- the panel ----------------------------------------------------------------------------------------------

    def toggle_panel(self, near: QRect) -> None:
        self._panel.get(self._make_panel).toggle(near)

    def show_panel(self) -> None:
        self._panel.get(self._make_panel).present()

    def show_panel_minimised(self) -> None:
        """Show the panel where minimised windows are listed; on a desktop that lists none, show it open."""
        from numbguard.desktop.window_list import lists_minimised_windows

        self._panel.get(self._make_panel).present_unasked(minimised=lists_minimised_windows())

    def drop_panel(self) -> None:
        """Release the panel when a tray appears late; the next panel is a popup beside the tray."""
        self._panel.release()

    def _make_panel(self) -> Panel:
        from numbguard.ui.tray.panel import Panel

        panel = Panel(
            self._supplies.runtime,
            self._supplies.episodes,
            popup=self._supplies.tray_shown(),
            habits=self._supplies.habits,
            today=self._supplies.today_reader(),
        )
        panel.logged.connect(self.log.ask_details)
        panel.details_wanted.connect(self.add_details)
        panel.advice_wanted.connect(self.log.show_advice)
        panel.help_wanted.connect(self.show_help)
        panel.relief_wanted.connect(self.show_relief)
        panel.posture_wanted.connect(self.check_posture)
        panel.settings_wanted.connect(self.show_settings)
        panel.repair_wanted.connect(self.show_data)
        panel.history_wanted.connect(self.log.show_history)
        panel.insights_wanted.connect(self.log.show_insights)
        panel.stretches_wanted.connect(self.show_stretches)
        panel.guide_wanted.connect(self.show_guide)
        panel.editor_wanted.connect(self.show_editor)
        panel.quit_wanted.connect(QApplication.quit)
        return panel

    # --- the reader ---------------------------------------------------------------------------------------------

    def show_help(self) -> None:
        """Open the reader at *When to get help*."""
        from numbguard.core.guide.pages import FIRST

        reader = self._reader.get(self._make_reader)
        reader.open_at(FIRST)
        self._front(reader)

    def show_guide(self) -> None:
        """Open the reader at the first page of the guide, behind *When to get help*."""
        from numbguard.core.guide.pages import GuidePage

        reader = self._reader.get(self._make_reader)
        reader.open_at(GuidePage.CAUSES)
        self._front(reader)

    def read_about(self, section: GuideSection) -> None:
        """Open the reader at a section of the guide."""
        from numbguard.core.guide.pages import place_of

        reader = self._reader.get(self._make_reader)
        reader.open_link(place_of(section).link)
        self._front(reader)

    def _make_reader(self) -> ReaderWindow:
        from numbguard.ui.reader.window import ReaderWindow
        from numbguard.ui.widgets.windows.kept_place import KeptPlace

        reader = ReaderWindow(has_card=self._supplies.has_card, number=self._supplies.help_number())
        reader.card_wanted.connect(self.show_card)
        reader.closed.connect(self._reader.release)
        KeptPlace(reader, "guide", self._supplies.profile)
        return reader

    # --- a card, outside a break --------------------------------------------------------------------------------------

    def show_card(self, slug: str) -> None:
        """Show a card outside any break; nothing is counted or logged. An unknown slug shows nothing."""
        card = self._supplies.card(slug)
        if card is None:
            return
        viewer = self._card.get(self._make_viewer)
        viewer.show_card(card)
        self._front(viewer)

    def show_stretch(self, region: Region) -> None:
        """Show the card that serves a region best; where none does, all of them."""
        card = self._supplies.stretch_for(region)
        if card is None:
            self.show_stretches()
        else:
            self.show_card(card.slug)

    def _make_viewer(self) -> CardViewer:
        from numbguard.ui.card.viewer import CardViewer

        viewer = CardViewer(read=self.read_about, still=self._supplies.still())
        viewer.closed.connect(self._card.release)
        return viewer

    # --- posture ------------------------------------------------------------------------------------------------

    def check_posture(self) -> None:
        self._front(self._posture.get(self._make_posture))

    def _make_posture(self) -> PostureCheckWindow:
        from numbguard.ui.posture_check import PostureCheckWindow

        window = PostureCheckWindow(self._supplies.card("desk-posture"), save=self._keep_posture)
        window.read_wanted.connect(self.read_about)
        window.finished.connect(self._posture.release)
        return window

    def _keep_posture(self, held: frozenset[PosturePoint]) -> None:
        from numbguard.core.breaks.nudges.posture import checked
        from numbguard.ui.posture_check import saved_notice

        self._supplies.keep_posture_check(checked(held, id=self._supplies.new_id(), at=self._supplies.now()))
        self._supplies.say(saved_notice(held))

    # --- stretches: all cards, and the person's own cards and routines ----------------------------------------------

    def show_stretches(self) -> None:
        """Show the library at all stretches."""
        window = self._library.get(self._make_library)
        window.show_area(None)
        self._front(window)

    def show_editor(self) -> None:
        """Show the library at the person's own cards and routines."""
        window = self._library.get(self._make_library)
        window.show_own()
        self._front(window)

    def _make_library(self) -> LibraryWindow:
        from numbguard.ui.library.window import LibraryWindow

        window = LibraryWindow(
            self._supplies,
            settings=self._supplies.settings_book(),
            make_editor=self._make_editor,
            still=self._supplies.still(),
        )
        window.look_wanted.connect(self.show_card)
        window.closed.connect(self._library.release)
        return window

    def choose_stretch(self, above: QWidget) -> None:
        """Show the cards that the current break may go on with; the one chosen takes the place of its card."""
        window = self._chooser.get(self._make_chooser)
        window.keep_above(above)
        self._front(window)

    def end_choosing(self) -> None:
        self._chooser.close()

    def _make_chooser(self) -> LibraryWindow:
        from numbguard.ui.library.window import LibraryWindow

        window = LibraryWindow(
            self._supplies,
            settings=self._supplies.settings_book(),
            choose_from=self._supplies.cards_to_go_on_with(),
            still=self._supplies.still(),
        )
        window.closed.connect(self._chooser.release)
        return window

    def _make_editor(self) -> EditorWindow:
        from numbguard.ui.editor.window import EditorWindow

        return EditorWindow(
            self._supplies.own_shelf(), start=self._supplies.start_routine, still=self._supplies.still()
        )

    # --- settings -----------------------------------------------------------------------------------------------

    def show_settings(self) -> None:
        self._front(self._settings.get(self._make_settings))

    def show_hours(self) -> None:
        """Open the settings at the page of working hours."""
        self.show_settings()
        self._settings.get(self._make_settings).open_at("hours")

    def show_breaks(self) -> None:
        """Open the settings at the page of breaks."""
        self.show_settings()
        self._settings.get(self._make_settings).open_at("breaks")

    def show_data(self) -> None:
        """Open the settings at the page with backups and the repair."""
        self.show_settings()
        self._settings.get(self._make_settings).open_at("backup")

    def _read_log_again(self) -> None:
        self._supplies.write_waiting_entries()
        self._supplies.episodes.reread()

    def _make_settings(self) -> SettingsWindow:
        from numbguard.ui.settings.window import SettingsWindow
        from numbguard.ui.widgets.windows.kept_place import KeptPlace

        window = SettingsWindow(
            self._supplies.settings_book(),
            self._supplies.autostart(),
            self._supplies.log_recovery(),
            self._supplies,
            hot_keys=self._supplies.hot_keys,
            hooks=self._supplies.hooks,
        )
        window.closed.connect(self._settings.release)
        KeptPlace(window, "settings", self._supplies.profile)
        window.log_replaced.connect(self._read_log_again)
        window.erase_wanted.connect(self.show_erasing)
        window.help_wanted.connect(self.show_help)
        return window

    # --- the first start ----------------------------------------------------------------------------------------

    def show_welcome(self) -> None:
        self._welcome.get(self._make_welcome).present()

    def _make_welcome(self) -> FirstStartWindow:
        from numbguard.ui.first_start.window import FirstStartWindow

        needs = self._supplies
        window = FirstStartWindow(
            needs.runtime,
            needs.settings_book(),
            needs.autostart(),
            folder=needs.profile.folder,
            card_of=needs.card,
            launcher=needs.launcher_to_offer(),
            has_tray=needs.tray_shown(),
            still=needs.still(),
        )
        window.hours_wanted.connect(self.show_hours)
        window.stretch_wanted.connect(self.try_stretch)
        window.answered.connect(self.point_at_tray)
        window.closed.connect(self._welcome.release)
        return window

    def try_stretch(self) -> None:
        """Show a stretch of 20 seconds, which is not counted or logged, and then where the tray icon is."""
        from numbguard.ui.first_start.short_stretch import short_stretch

        card = short_stretch(self._supplies.settings_book().settings.places, self._supplies.card)
        if card is None:
            self.point_at_tray()
            return
        self._card.close()
        viewer = self._card.get(self._make_viewer)
        viewer.closed.connect(self.point_at_tray)
        viewer.show_card(card, once=True)
        self._front(viewer)

    def point_at_tray(self) -> None:
        """Point at the tray icon, or say in words where it is; nothing where the desktop has no tray."""
        if self._supplies.tray_shown():
            self._pointer.get(self._make_pointer).present()

    def _make_pointer(self) -> TrayPointer:
        from numbguard.ui.first_start.tray_pointer import TrayPointer

        pointer = TrayPointer(self._supplies.tray_place())
        pointer.closed.connect(self._pointer.release)
        return pointer

    # --- delete everything --------------------------------------------------------------------------------------

    def show_erasing(self) -> None:
        """Show *Delete everything*; only the settings lead to it."""
        self._front(self._erasing.get(self._make_erasing))

    def _make_erasing(self) -> EraseWindow:
        from numbguard.ui.erase_window import EraseWindow

        window = EraseWindow(
            preview=self._supplies.preview_erasing, erase=lambda settings: self._supplies.erase(settings=settings)
        )
        window.finished.connect(self._erasing.release)
        return window

    # --- relief -------------------------------------------------------------------------------------------------

    def show_relief(self) -> None:
        """Show step-by-step relief; if no episode is open, log one first."""
        if self._relief.now is not None and self._relief.now.is_over:
            self._relief.close()
        self._front(self._relief.get(self._make_relief))

    def _make_relief(self) -> ReliefWindow:
        from numbguard.ui.relief.window import ReliefWindow

        runtime, episodes = self._supplies.runtime, self._supplies.episodes
        episode = runtime.app_snapshot().open_episode or episodes.log_numbness()
        window = ReliefWindow(runtime, episodes, episode, card_of=self._supplies.card, still=self._supplies.still())
        window.help_wanted.connect(self.show_help)
        window.read_wanted.connect(self.read_about)
        window.advice_wanted.connect(self.log.show_advice)
        window.closed.connect(self._relief.release)
        return window

    # --- details of an episode ----------------------------------------------------------------------------------

    def add_details(self, id: str) -> None:
        """Show the form that adds details to that episode, in front."""
        self.log.add_details(id)

    def keep_answers(self, id: str) -> None:
        """Save the answers in the form about that episode, which is about to be added to another."""
        self.log.keep_answers(id)

    # --- shared ------------------------------------------------------------------------------------

    def _front(self, window: Window) -> None:
        """Show a window that the person asked for, with none of our own windows on top of it."""
        self.log.step_back()
        window.present()
