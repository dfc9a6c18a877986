"""The windows about the log of episodes, each created when first opened and released when closed.

``AppWindows`` creates ``LogWindows``; the tray, the panel and other windows call it on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from .one_window import OneWindow, Window

if TYPE_CHECKING:
    from numbguard.core.guide.sections import GuideSection
    from numbguard.core.log.records.episode import Episode
    from numbguard.core.log.red_flags import WarningSign
    from numbguard.core.sites import Region
    from numbguard.runtime.episode_book import EpisodeBook
    from numbguard.runtime.runtime import Runtime
    from numbguard.store.profile import Profile
    from numbguard.store.settings.undo_book import SettingsBook
    from numbguard.ui.episode.advice_window import AdviceWindow
    from numbguard.ui.episode.form import EpisodeForm, FormPurpose
    from numbguard.ui.history.window import HistoryWindow
    from numbguard.ui.insights.window import InsightsWindow


class LogSupplies(Protocol):
    """The parts these windows need; the composition root provides them."""

    @property
    def runtime(self) -> Runtime: ...

    @property
    def episodes(self) -> EpisodeBook: ...

    @property
    def profile(self) -> Profile: ...

    def settings_book(self) -> SettingsBook: ...

    def write_waiting_entries(self) -> None: ...

    def may_say_it_recurs(self) -> bool:
        """Whether a fortnight has passed since the person was told that numbness keeps coming back; notes that it is
        told now."""


@dataclass(frozen=True, slots=True)
class InsightWays:
    """How the actions of the insights reach windows that are not about the log."""

    show_settings: Callable[[], None]
    check_posture: Callable[[], None]
    read_about: Callable[[GuideSection], None]
    show_stretch: Callable[[Region], None]


class LogWindows:
    """At most one window of each kind; a new form replaces one that has not been touched."""

    def __init__(
        self,
        supplies: LogSupplies,
        *,
        show_help: Callable[[], None],
        show_relief: Callable[[], None],
        ways: InsightWays,
    ) -> None:
        self._supplies = supplies
        self._ways = ways
        self._show_help = show_help
        self._show_relief = show_relief
        self._form: OneWindow[EpisodeForm] = OneWindow()
        self._form_about: tuple[Episode, FormPurpose, Callable[[Episode], Episode]] | None = None
        """What the last form was opened with."""
        self._advice: OneWindow[AdviceWindow] = OneWindow()
        self._advised: Episode | None = None
        """The episode that the last advice was about."""
        self._history: OneWindow[HistoryWindow] = OneWindow()
        self._insights: OneWindow[InsightsWindow] = OneWindow()

    def _book(self) -> EpisodeBook:
        return self._supplies.episodes

    def end(self) -> None:
        """Close the windows that have the log open: a log that nobody has open is one file."""
        self._history.close()
        self._insights.close()

    def renew(self) -> None:
        """Open each window again that is open, in another language; a form keeps the answers that are in it."""
        self._history.reopen(self._make_history)
        self._insights.reopen(self._make_insights)
        if self._advised is not None:
            episode = self._advised
            self._advice.reopen(lambda: self._make_advice(episode))
        former, about = self._form.now, self._form_about
        if former is None or about is None:
            return
        form = self._open(*about)
        form.take_over(former)
        if form.logged_id is None:
            form.present()
        else:
            form.appear()

    # --- the history --------------------------------------------------------------------------------------------

    def show_history(self) -> None:
        """Show the window that lists the whole log."""
        self._front(self._history.get(self._make_history))

    def _make_history(self) -> HistoryWindow:
        from numbguard.runtime.clock import LocalZone
        from numbguard.store.log.journal import SqliteJournal
        from numbguard.store.log.queries.history import HistoryQueries
        from numbguard.ui.history.window import HistoryWindow
        from numbguard.ui.widgets.windows.kept_place import KeptPlace

        needs = self._supplies
        # A connection of its own notices when another connection has written, and is closed with the window.
        window = HistoryWindow(
            HistoryQueries(SqliteJournal(needs.profile, patience_s=0.2), now=needs.episodes.now, zone=LocalZone()),
            needs.episodes,
            needs.runtime,
            needs.profile,
            write_waiting_entries=needs.write_waiting_entries,
        )
        window.edit_wanted.connect(self.change)
        window.add_wanted.connect(self.add_earlier)
        window.advice_wanted.connect(self.show_advice)
        window.insights_wanted.connect(self.show_insights)
        window.report_wanted.connect(self._ask_for_report)
        window.offer(insights=True, report=True)
        window.closed.connect(self._history.release)
        KeptPlace(window, "history", needs.profile)
        return window

    # --- insights and the report --------------------------------------------------------------------------------

    def show_insights(self) -> None:
        """Show the conclusions that the log's figures support."""
        self._front(self._insights.get(self._make_insights))

    def _make_insights(self) -> InsightsWindow:
        from numbguard.core.guide.sections import GuideSection
        from numbguard.ui.day_line.marks import present_by_day
        from numbguard.ui.insights.window import InsightsWindow
        from numbguard.ui.widgets.windows.kept_place import KeptPlace

        needs, ways = self._supplies, self._ways
        window = InsightsWindow(
            needs.profile,
            needs.settings_book(),
            now=self._book().now,
            present=lambda: present_by_day(needs.runtime.app_snapshot().snapshot),
            write_waiting_entries=needs.write_waiting_entries,
        )
        window.settings_wanted.connect(ways.show_settings)
        window.history_wanted.connect(self.show_history)
        window.posture_wanted.connect(ways.check_posture)
        window.relief_page_wanted.connect(lambda: ways.read_about(GuideSection.RELIEF_POSITION))
        window.stretch_wanted.connect(ways.show_stretch)
        window.closed.connect(self._insights.release)
        KeptPlace(window, "insights", needs.profile)
        return window

    def _ask_for_report(self) -> None:
        """Save a report from the history window, which shows the outcome in its status line."""
        from numbguard.ui.report.save_dialog import ReportSaver

        window, needs = self._history.now, self._supplies
        if window is None:
            return
        asking = ReportSaver(window, needs.profile, now=self._book().now, before=needs.write_waiting_entries)
        asking.message.connect(window.say)
        asking.ask()

    # --- the form -----------------------------------------------------------------------------------------------

    def ask_details(self, logged: Episode) -> None:
        """Show the form after an episode was logged: near the pointer; it closes by itself unless somebody touches it.

        A form that is being filled in stays: another click must not discard the answers in it. So does the form of
        this episode: the second click of a double click opens no other.
        """
        from numbguard.ui.episode.form import FormPurpose

        form = self._form.now
        if form is None or not (form.has_unsaved or form.logged_id == logged.id):
            self._open(logged, FormPurpose.JUST_LOGGED, self._book().add_details).appear()

    def asks_about(self, id: str) -> bool:
        """Whether the form about that episode, which was just logged, is open."""
        return self._form.now is not None and self._form.now.logged_id == id

    def add_details(self, id: str) -> None:
        """Show the form that adds details to an episode logged before, in front; do nothing if it is not in the log."""
        from numbguard.ui.episode.form import FormPurpose

        form, episode = self._form.now, self._book().find(id)
        if form is not None and form.logged_id == id:
            form.present()
        elif episode is not None and not self._shows_unsaved_form():
            self._open(episode, FormPurpose.JUST_LOGGED, self._book().add_details).present()

    def keep_answers(self, id: str) -> None:
        """Save the answers in the form about that episode, if there are any: the episode is about to be added to
        another. Raises ``JournalError``."""
        form = self._form.now
        if form is not None and form.logged_id == id and form.has_unsaved:
            self._store(form.episode(), form.signs(), self._book().add_details)

    def change(self, episode: Episode) -> None:
        """Show the form that corrects an episode of the log."""
        from numbguard.ui.episode.form import FormPurpose

        if not self._shows_unsaved_form():
            self._open(episode, FormPurpose.CHANGE, self._book().correct).present()

    def add_earlier(self) -> None:
        """Show the form for an episode that was not logged when it began."""
        from numbguard.ui.episode.form import FormPurpose

        if not self._shows_unsaved_form():
            self._open(self._book().blank(), FormPurpose.LATE, self._book().keep).present()

    def _shows_unsaved_form(self) -> bool:
        """Bring a form that is being filled in to the front, and say whether there is one.

        No other form opens until that one is saved or left.
        """
        if self._form.now is None or not self._form.now.has_unsaved:
            return False
        self._form.now.present()
        return True

    def _open(self, episode: Episode, purpose: FormPurpose, save: Callable[[Episode], Episode]) -> EpisodeForm:
        from dataclasses import replace

        from numbguard.ui.episode.form import EpisodeForm

        book = self._book()
        known = book.answers(episode)
        self._form_about = episode, purpose, save
        form = self._form.renew(
            lambda: EpisodeForm(
                episode,
                purpose,
                last=book.last_with_details(episode),
                now=book.local_now,
                advise=lambda told, signs: book.advice(told, replace(known, today={**known.today, **signs})),
                save=lambda told, signs: self.advise(self._store(told, signs, save)),
                number=book.help_number,
            )
        )
        form.help_wanted.connect(self._show_help)
        form.closed.connect(self._release_form)
        return form

    def _store(
        self, episode: Episode, signs: Mapping[WarningSign, bool], save: Callable[[Episode], Episode]
    ) -> Episode:
        """Store an episode, and then the answers about warning signs given with it. Raises ``JournalError``."""
        kept = save(episode)
        for sign, present in signs.items():
            self._book().answer(kept, sign, present=present)
        return kept

    def log_changed(self) -> None:
        """Follow a change of the log: close the form of an episode that it no longer has, and refresh the insights."""
        form = self._form.now
        if form is not None and form.logged_id is not None and not self._book().contains(form.logged_id):
            form.close()
        if self._insights.now is not None:
            self._insights.now.log_changed()

    def step_back(self) -> None:
        """Lower the form that opened by itself, so that it does not cover the window a person asked for."""
        if self._form.now is not None:
            self._form.now.step_back()

    def _front(self, window: Window) -> None:
        self.step_back()
        window.present()

    def _release_form(self) -> None:
        form = self._form.release()
        if form is None:
            return
        asked_for, advised = form.logged_id is None, self._advice.now is not None
        if self._history.now is not None and form.isActiveWindow() and asked_for and not advised:
            # The form was opened from the history. Some window managers would focus no window after it closes.
            self._history.now.present()

    # --- advice from the guide ------------------------------------------------------------------------------------

    def advise(self, episode: Episode) -> None:
        """Show the advice on an episode just described, if it goes beyond changing position.

        That it keeps coming back is said once a fortnight.
        """
        from numbguard.core.log.red_flags import AdviceTier

        advice = self._book().advice(episode)
        if advice.is_settled and advice.tier is AdviceTier.RELIEF:
            return
        if advice.is_settled and advice.only_recurs and not self._supplies.may_say_it_recurs():
            return
        self._advice.renew(lambda: self._make_advice(episode)).appear()

    def show_advice(self, episode: Episode) -> None:
        """Show the advice on an episode in front, because the person asked for it."""
        self._front(self._advice.renew(lambda: self._make_advice(episode)))

    def _make_advice(self, episode: Episode) -> AdviceWindow:
        from dataclasses import replace

        from numbguard.ui.episode.advice_window import AdviceWindow

        book = self._book()
        self._advised = episode
        known = book.answers(episode)
        window = AdviceWindow(
            advise=lambda answers: book.advice(episode, replace(known, today=answers)),
            answer=lambda sign, present: book.answer(episode, sign, present=present),
            answers=known.today,
            number=book.help_number,
        )
        window.help_wanted.connect(self._show_help)
        window.relief_wanted.connect(self._show_relief)
        window.closed.connect(self._advice.release)
        return window
