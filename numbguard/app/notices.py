"""The app's notifications, apart from breaks, tips and offers. No Qt.

The composition root creates them; the tray, the command line's requests and the senses call them on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from numbguard.core.ports import Notice
from numbguard.wording.catalogue import translated

if TYPE_CHECKING:
    from numbguard.core.log.records.episode import Episode
    from numbguard.runtime.episode_book import EpisodeBook
    from numbguard.runtime.habit_book import TickResult
    from numbguard.runtime.runtime import Runtime
    from numbguard.store.profile import Profile


NO_TRAY = "no-tray"
"""The message that no tray shows NumbGuard, once the person does not want it again."""


def in_words(notice: Notice) -> Notice:
    """The same notice in the person's language."""
    answers = tuple((action, translated(words)) for action, words in notice.answers)
    return replace(notice, title=translated(notice.title), body=translated(notice.body), answers=answers)


class AppMessages:
    """Says each message; those that ``once`` guards appear once in the life of a profile."""

    def __init__(
        self,
        profile: Profile,
        runtime: Runtime,
        episodes: EpisodeBook,
        say: Callable[[Notice], None],
        *,
        asks_details: Callable[[str], bool],
    ) -> None:
        """``asks_details``: whether the form asks for the details of the episode with that id now."""
        self._asks_details = asks_details
        self._profile = profile
        self._runtime = runtime
        self._episodes = episodes
        self._say = say

    def logged(self, episode: Episode, *, asks: bool = True) -> None:
        """Confirm an episode, however it was logged.

        ``asks``: where another one is still open, let the person say whether this one is part of it.
        """
        from numbguard.wording import now as words

        other = self._episodes.open_before(episode.id) if asks else None
        self._say(
            words.logged(
                self._runtime.app_snapshot(),
                episode.started_at,
                about=episode.id,
                open_since=other.started_at if other else None,
                form_open=self._asks_details(episode.id),
            )
        )

    def ticked(self, done: TickResult) -> None:
        from numbguard.wording.log.habits import praise

        if done.achievement:
            self._say(praise(done.achievement))

    def refused(self, sentence: str | None) -> None:
        """Notify the person why a request was refused; does nothing for ``None``."""
        if sentence is not None:
            from numbguard.wording import labels

            self._say(Notice(title=labels.APP, body=sentence))

    def idle_unknown(self) -> None:
        """Say once that this desktop does not report idleness, where that is so."""
        from numbguard.wording import now as words

        if not self._runtime.senses()["idle"].works and self.once("idle-unknown"):
            self._say(words.idle_unknown())

    def other_reminders(self, on: frozenset[str]) -> None:
        """Say once that the desktop's own break reminders, named in ``on``, are enabled as well."""
        from numbguard.wording import now as words

        if self.once("gnome-break-reminders"):
            self._say(words.other_reminders(on))

    def may_say_it_recurs(self, now: datetime) -> bool:
        """Return whether a fortnight has passed since this was said in this profile, and record that it is said now."""
        from numbguard.core.log.advice.episode_pattern import FORTNIGHT
        from numbguard.store.said_once import not_within

        return not_within(self._profile, "keeps-coming-back", FORTNIGHT, now)

    def no_tray(self) -> None:
        """Say how NumbGuard is reached where no tray shows it, unless the person does not want that again."""
        from numbguard.store.said_once import was_said
        from numbguard.wording import now as words

        if not was_said(self._profile, NO_TRAY):
            self._say(words.no_tray())

    def once(self, what: str) -> bool:
        """Return whether this has never been said in this profile, and record that it has been."""
        from numbguard.store.said_once import first_time

        return first_time(self._profile, what)
