"""The windows about the log of episodes, made when first opened and let go of when closed.

Made by the composition root; called on the GUI thread by the tray, the panel and by one another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .core.records import Episode
    from .episode_book import EpisodeBook
    from .ui.episode_form import EpisodeForm, Purpose


class LogWindows:
    """One of each at most; a form that is opened takes the place of the one before."""

    def __init__(self, *, book: Callable[[], EpisodeBook], show_help: Callable[[], None]) -> None:
        self._book = book
        self._show_help = show_help
        self._form: EpisodeForm | None = None

    # --- the form -----------------------------------------------------------------------------------------------

    def ask_more(self, logged: Episode) -> None:
        """The form after the one click: in a corner, and gone by itself where nobody touches it."""
        from .ui.episode_form import Purpose

        self._open(logged, Purpose.JUST_LOGGED, self._book().add_to).appear()

    def change(self, episode: Episode) -> None:
        """The form to correct an episode of the log."""
        from .ui.episode_form import Purpose

        self._open(episode, Purpose.CHANGE, self._book().correct).present()

    def add_earlier(self) -> None:
        """The form for an episode that was not logged when it began."""
        from .ui.episode_form import Purpose

        self._open(self._book().blank(), Purpose.LATE, self._book().keep).present()

    def _open(self, episode: Episode, purpose: Purpose, save: Callable[[Episode], Episode]) -> EpisodeForm:
        from .ui.episode_form import EpisodeForm

        if self._form is not None:
            self._form.close()
        book = self._book()
        form = EpisodeForm(episode, purpose, last=book.last_told(episode), now=book.now, save=save)
        form.help_wanted.connect(self._show_help)
        form.closed.connect(self._let_form_go)
        self._form = form
        return form

    def _let_form_go(self) -> None:
        form, self._form = self._form, None
        if form is not None:
            form.deleteLater()
