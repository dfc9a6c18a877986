"""The windows about the log of episodes, made when first opened and let go of when closed.

Made by the composition root; called on the GUI thread by the tray, the panel and by one another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from .one_window import OneWindow, Window

if TYPE_CHECKING:
    from numbguard.core.log.records import Episode
    from numbguard.runtime.episode_book import EpisodeBook
    from numbguard.runtime.runtime import Runtime
    from numbguard.store.profile import Profile
    from numbguard.store.settings.undo_book import SettingsBook
    from numbguard.ui.episode.advice_window import AdviceWindow
    from numbguard.ui.episode.form import EpisodeForm, FormPurpose
    from numbguard.ui.history.window import HistoryWindow
    from numbguard.ui.insights.window import InsightsWindow


class LogSupplies(Protocol):
    """What these windows are given; the composition root has it."""

    @property
    def runtime(self) -> Runtime: ...

    @property
    def episodes(self) -> EpisodeBook: ...

    @property
    def profile(self) -> Profile: ...

    def settings_book(self) -> SettingsBook: ...

    def write_what_waits(self) -> None: ...


class LogWindows:
    """One of each at most; a form that is opened takes the place of one that nobody has begun to fill in."""

    def __init__(
        self,
        supplies: LogSupplies,
        *,
        show_help: Callable[[], None],
        show_relief: Callable[[], None],
        show_erasing: Callable[[], None],
    ) -> None:
        self._from = supplies
        self._show_erasing = show_erasing
        self._show_help = show_help
        self._show_relief = show_relief
        self._form: OneWindow[EpisodeForm] = OneWindow()
        self._advice: OneWindow[AdviceWindow] = OneWindow()
        self._history: OneWindow[HistoryWindow] = OneWindow()
        self._insights: OneWindow[InsightsWindow] = OneWindow()

    def _book(self) -> EpisodeBook:
        return self._from.episodes

    def end(self) -> None:
        """Close the windows that have the log open: a log that nobody has open is one file."""
        self._history.close()
        self._insights.close()

    # --- the history --------------------------------------------------------------------------------------------

    def show_history(self) -> None:
        """The window with all of the log."""
        self._front(self._history.made(self._make_history))

    def _make_history(self) -> HistoryWindow:
        from numbguard.store.log.history_queries import HistoryQueries
        from numbguard.store.log.journal import SqliteJournal
        from numbguard.ui.history.window import HistoryWindow

        needs = self._from
        # A connection of its own: it tells by itself when anybody else has written, and goes with the window.
        window = HistoryWindow(
            HistoryQueries(SqliteJournal(needs.profile, patience_s=0.2)),
            needs.episodes,
            needs.runtime,
            needs.profile,
            write_what_waits=needs.write_what_waits,
        )
        window.edit_wanted.connect(self.change)
        window.add_wanted.connect(self.add_earlier)
        window.erase_wanted.connect(self._show_erasing)
        window.insights_wanted.connect(self.show_insights)
        window.report_wanted.connect(self._ask_for_report)
        window.offer(insights=True, report=True)
        window.closed.connect(self._history.let_go)
        return window

    # --- insights and the report --------------------------------------------------------------------------------

    def show_insights(self) -> None:
        """What the figures of the log can bear to say."""
        self._front(self._insights.made(self._make_insights))

    def _make_insights(self) -> InsightsWindow:
        from numbguard.ui.insights.window import InsightsWindow

        needs = self._from
        window = InsightsWindow(
            needs.profile, needs.settings_book(), now=self._book().now, write_what_waits=needs.write_what_waits
        )
        window.closed.connect(self._insights.let_go)
        return window

    def _ask_for_report(self) -> None:
        """From the history, whose line says what became of it."""
        from numbguard.ui.report.save_dialog import ReportSaver

        window, needs = self._history.now, self._from
        if window is None:
            return
        asking = ReportSaver(window, needs.profile, now=self._book().now, before=needs.write_what_waits)
        asking.said.connect(window.say)
        asking.ask()

    # --- the form -----------------------------------------------------------------------------------------------

    def ask_more(self, logged: Episode) -> None:
        """The form after the one click: in a corner, and gone by itself where nobody touches it.

        One that is being filled in stays: another click must not cost anybody what they have told.
        """
        from numbguard.ui.episode.form import FormPurpose

        if self._form.now is None or not self._form.now.has_news:
            self._open(logged, FormPurpose.JUST_LOGGED, self._book().add_to).appear()

    def change(self, episode: Episode) -> None:
        """The form to correct an episode of the log."""
        from numbguard.ui.episode.form import FormPurpose

        if not self._goes_on():
            self._open(episode, FormPurpose.CHANGE, self._book().correct).present()

    def add_earlier(self) -> None:
        """The form for an episode that was not logged when it began."""
        from numbguard.ui.episode.form import FormPurpose

        if not self._goes_on():
            self._open(self._book().blank(), FormPurpose.LATE, self._book().keep).present()

    def _goes_on(self) -> bool:
        """Bring a form to the front that is being filled in; another has to wait until that is saved or left."""
        if self._form.now is None or not self._form.now.has_news:
            return False
        self._form.now.present()
        return True

    def _open(self, episode: Episode, purpose: FormPurpose, save: Callable[[Episode], Episode]) -> EpisodeForm:
        from numbguard.ui.episode.form import EpisodeForm

        book = self._book()
        form = self._form.anew(
            lambda: EpisodeForm(
                episode,
                purpose,
                last=book.last_told(episode),
                now=book.here,
                save=lambda told: self.advise(save(told)),
            )
        )
        form.help_wanted.connect(self._show_help)
        form.closed.connect(self._let_form_go)
        return form

    def look_again(self) -> None:
        """The log may have changed: there is nothing to tell of an episode that was taken back or deleted."""
        form = self._form.now
        if form is not None and form.adds_to is not None and not self._book().holds(form.adds_to):
            form.close()
        if self._insights.now is not None:
            self._insights.now.look_again()

    def step_back(self) -> None:
        """Another window was asked for: the form that came by itself no longer lies over it."""
        if self._form.now is not None:
            self._form.now.step_back()

    def _front(self, window: Window) -> None:
        self.step_back()
        window.present()

    def _let_form_go(self) -> None:
        form = self._form.let_go()
        if form is None:
            return
        asked_for, advised = form.adds_to is None, self._advice.now is not None
        if self._history.now is not None and form.isActiveWindow() and asked_for and not advised:
            # The form was opened from there. Left to themselves, some window managers give the keyboard to nobody.
            self._history.now.present()

    # --- what the guide says ------------------------------------------------------------------------------------

    def advise(self, episode: Episode) -> None:
        """Say what the guide says about an episode, where that is more than to change one's position."""
        from numbguard.core.log.advice import AdviceKind

        book = self._book()
        answers = book.answers(episode)
        first = book.advice(episode, answers)
        if first.kind is AdviceKind.RELIEF and not first.questions:
            return
        from numbguard.ui.episode.advice_window import AdviceWindow

        window = self._advice.anew(
            lambda: AdviceWindow(
                advise=lambda told: book.advice(episode, told),
                answer=lambda sign, present: book.answer(episode, sign, present=present),
                answers=answers,
            )
        )
        window.help_wanted.connect(self._show_help)
        window.relief_wanted.connect(self._show_relief)
        window.closed.connect(self._advice.let_go)
        window.present()
