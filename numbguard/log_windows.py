"""The windows about the log of episodes, made when first opened and let go of when closed.

Made by the composition root; called on the GUI thread by the tray, the panel and by one another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from .core.records import Episode
    from .episode_book import EpisodeBook
    from .runtime import Runtime
    from .store.profile import Profile
    from .store.settings_book import SettingsBook
    from .ui.advice_window import AdviceWindow
    from .ui.episode_form import EpisodeForm, Purpose
    from .ui.history_window import HistoryWindow
    from .ui.insights_window import InsightsWindow


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
        self._form: EpisodeForm | None = None
        self._advice: AdviceWindow | None = None
        self._history: HistoryWindow | None = None
        self._insights: InsightsWindow | None = None

    def _book(self) -> EpisodeBook:
        return self._from.episodes

    # --- the history --------------------------------------------------------------------------------------------

    def show_history(self) -> None:
        """The window with all of the log."""
        if self._history is None:
            from .store.history import LogHistory
            from .store.journal import SqliteJournal
            from .ui.history_window import HistoryWindow

            needs = self._from
            # A connection of its own: it tells by itself when anybody else has written, and goes with the window.
            window = HistoryWindow(
                LogHistory(SqliteJournal(needs.profile, patience_s=0.2)),
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
            window.closed.connect(self._let_history_go)
            self._history = window
        self.step_back()
        self._history.present()

    def _let_history_go(self) -> None:
        window, self._history = self._history, None
        if window is not None:
            window.deleteLater()

    # --- insights and the report --------------------------------------------------------------------------------

    def show_insights(self) -> None:
        """What the figures of the log can bear to say."""
        if self._insights is None:
            from .ui.insights_window import InsightsWindow

            needs = self._from
            self._insights = InsightsWindow(
                needs.profile, needs.settings_book(), now=self._book().now, write_what_waits=needs.write_what_waits
            )
            self._insights.closed.connect(self._let_insights_go)
        self.step_back()
        self._insights.present()

    def _let_insights_go(self) -> None:
        window, self._insights = self._insights, None
        if window is not None:
            window.deleteLater()

    def _ask_for_report(self) -> None:
        """From the history, whose line says what became of it."""
        from .ui.report_asking import ReportAsking

        window, needs = self._history, self._from
        if window is None:
            return
        asking = ReportAsking(window, needs.profile, now=self._book().now, before=needs.write_what_waits)
        asking.said.connect(window.say)
        asking.ask()

    # --- the form -----------------------------------------------------------------------------------------------

    def ask_more(self, logged: Episode) -> None:
        """The form after the one click: in a corner, and gone by itself where nobody touches it.

        One that is being filled in stays: another click must not cost anybody what they have told.
        """
        from .ui.episode_form import Purpose

        if self._form is None or not self._form.has_news:
            self._open(logged, Purpose.JUST_LOGGED, self._book().add_to).appear()

    def change(self, episode: Episode) -> None:
        """The form to correct an episode of the log."""
        from .ui.episode_form import Purpose

        if not self._goes_on():
            self._open(episode, Purpose.CHANGE, self._book().correct).present()

    def add_earlier(self) -> None:
        """The form for an episode that was not logged when it began."""
        from .ui.episode_form import Purpose

        if not self._goes_on():
            self._open(self._book().blank(), Purpose.LATE, self._book().keep).present()

    def _goes_on(self) -> bool:
        """Bring a form to the front that is being filled in; another has to wait until that is saved or left."""
        if self._form is None or not self._form.has_news:
            return False
        self._form.present()
        return True

    def _open(self, episode: Episode, purpose: Purpose, save: Callable[[Episode], Episode]) -> EpisodeForm:
        from .ui.episode_form import EpisodeForm

        if self._form is not None:
            self._form.close()
        book = self._book()
        form = EpisodeForm(
            episode,
            purpose,
            last=book.last_told(episode),
            now=book.here,
            save=lambda told: self.advise(save(told)),
        )
        form.help_wanted.connect(self._show_help)
        form.closed.connect(self._let_form_go)
        self._form = form
        return form

    def look_again(self) -> None:
        """The log may have changed: there is nothing to tell of an episode that was taken back or deleted."""
        if self._form is not None and self._form.adds_to is not None and not self._book().holds(self._form.adds_to):
            self._form.close()
        if self._insights is not None:
            self._insights.look_again()

    def step_back(self) -> None:
        """Another window was asked for: the form that came by itself no longer lies over it."""
        if self._form is not None:
            self._form.step_back()

    def _let_form_go(self) -> None:
        form, self._form = self._form, None
        if form is None:
            return
        form.deleteLater()
        asked_for, advised = form.adds_to is None, self._advice is not None
        if self._history is not None and form.isActiveWindow() and asked_for and not advised:
            # The form was opened from there. Left to themselves, some window managers give the keyboard to nobody.
            self._history.present()

    # --- what the guide says ------------------------------------------------------------------------------------

    def advise(self, episode: Episode) -> None:
        """Say what the guide says about an episode, where that is more than to change one's position."""
        from .core.advice import Kind

        book = self._book()
        answers = book.answers(episode)
        first = book.advice(episode, answers)
        if first.kind is Kind.RELIEF and not first.questions:
            return
        from .ui.advice_window import AdviceWindow

        if self._advice is not None:
            self._advice.close()
        window = AdviceWindow(
            advise=lambda told: book.advice(episode, told),
            answer=lambda sign, present: book.answer(episode, sign, present=present),
            answers=answers,
        )
        window.help_wanted.connect(self._show_help)
        window.relief_wanted.connect(self._show_relief)
        window.closed.connect(self._let_advice_go)
        self._advice = window
        window.present()

    def _let_advice_go(self) -> None:
        window, self._advice = self._advice, None
        if window is not None:
            window.deleteLater()
