"""The running app's answers to the verbs of the command line.

``socket.Server`` calls ``RequestHandler`` on the GUI thread, one request at a time. A reply is
``{"status": exit status, "document": JSON for --json}`` or ``{"status": exit status, "error": sentence}``.

A reply is in English, as ``--json`` prints it, unless the request names a ``language``: that of a person who reads the
text of the verb. What the app does for a request speaks the language of its windows all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from enum import Enum
from typing import TYPE_CHECKING, Protocol, TypeVar

from numbguard import __version__
from numbguard.core.breaks.messages import Action
from numbguard.core.errors import JournalError
from numbguard.core.log.episode_from_words import episode_from_words
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.records.habits import HabitKind
from numbguard.core.ports import SenseStatus
from numbguard.core.sentence import Sentence, sentence
from numbguard.runtime.runtime import Runtime
from numbguard.wording import catalogue

from .documents import (
    Document,
    advice_document,
    day_of,
    episode_document,
    goal_document,
    habit_document,
    no_episode,
    sense_document,
    status_document,
)
from .shown_windows import PANEL, WINDOWS

if TYPE_CHECKING:
    from numbguard.core.log.day_figures import DayFigures
    from numbguard.runtime.episode_book import EpisodeBook
    from numbguard.runtime.habit_book import HabitBook
    from numbguard.store.erase import ErasableData

Reply = dict[str, object]
E = TypeVar("E", bound=Enum)

_LONGEST_WORD = 200
_LONGEST_LANGUAGE = 20
_LONGEST_PAUSE_S = 100 * 366 * 86400.0
_LATEST_S = 1e11
"""The latest moment of a click, in seconds since 1970."""

_ACTS = {
    "break start": Action.START,
    "break snooze": Action.SNOOZE,
    "break skip": Action.SKIP,
    "break done": Action.DONE,
    "break routine": Action.ROUTINE,
    "resume": Action.RESUME,
    "stand": Action.STAND,
    "sit": Action.SIT,
}


class DaySource(Protocol):
    """The part of the log that provides a day's figures."""

    def day(self, start: datetime, end: datetime) -> DayFigures:
        """Return the figures of ``[start, end)``; raises ``JournalError`` if the log cannot be read."""


class RunningApp(Protocol):
    """The parts and actions of the running app that the command line uses."""

    @property
    def runtime(self) -> Runtime: ...

    def program(self) -> str:
        """Return the command of the installation that runs."""

    @property
    def episodes(self) -> EpisodeBook: ...

    @property
    def habits(self) -> HabitBook: ...

    @property
    def journal(self) -> DaySource: ...

    def show_window(self, name: str) -> None:
        """Open one of ``shown_windows.WINDOWS``, in front."""

    def notify(self, sentence: str | None) -> None:
        """Show a sentence in a notification; does nothing for ``None``."""

    def quit(self) -> None: ...

    def reach(self) -> Mapping[str, SenseStatus]:
        """Return how people and programs reach the app: the tray, D-Bus, hot keys."""

    def start_routine(self, slug: str | None = None) -> str | None:
        """Start a routine, by default the daily one; returns a sentence if that is not possible."""

    def log_health(self) -> Mapping[str, object]:
        """Return whether the log is whole, and when it was last checked and backed up, as JSON values."""

    def only_in_memory(self) -> str | None:
        """Return why an entry is neither in the log nor in the spool, as a sentence; ``None`` if none is so."""

    def erase(self, *, settings: bool) -> ErasableData:
        """Delete everything the person logged, with ``settings`` also their settings; raises ``JournalError``."""


class RequestHandler:
    """Answers one request for each call."""

    def __init__(self, app: RunningApp) -> None:
        self._app = app

    def __call__(self, request: Mapping[str, object]) -> Reply:
        reply = self._reply(request)
        language = _language(request)
        if language == catalogue.ENGLISH:
            return reply
        with catalogue.speaking(language):
            return {key: _translated(value) for key, value in reply.items()}

    def _reply(self, request: Mapping[str, object]) -> Reply:
        verb = str(request.get("verb"))[:_LONGEST_WORD]
        try:
            match verb:
                case "status":
                    return _done(self.status())
                case "check":
                    runtime = self._app.runtime
                    senses = {**runtime.senses(), **runtime.sound_status(), **self._app.reach()}
                    waiting = self._app.runtime.app_snapshot().waiting_entries
                    found = {name: sense_document(sense) for name, sense in senses.items()}
                    program = self._app.program()
                    return _done({"senses": found, "waiting": waiting, "program": program, "version": __version__})
                case "show":
                    return self._show(request)
                case "erase":
                    return _done(self._app.erase(settings=bool(request.get("settings"))).document())
                case "reread":
                    self._app.episodes.reread()
                    return _done({})
                case "quit":
                    self._app.quit()
                    return _done({"ended": True})
                case "pause":
                    return self._pause(request)
                case "log":
                    return self._on_disk(self._log(request))
                case "gone":
                    ended = self._app.episodes.end(_id(request))
                    return self._on_disk(self._episode(ended, no_episode(verb, _id(request))))
                case "undo":
                    undone = self._app.episodes.remove(_id(request))
                    return self._on_disk(self._episode(undone, no_episode(verb, _id(request))))
                case "advice":
                    return self._on_disk(self._advice(request))
                case "habit":
                    return self._on_disk(self._habit(request))
                case "goal":
                    return self._goal(request)
                case "break routine" if request.get("name"):
                    why = self._app.start_routine(str(request.get("name")))
                    return _failed(why) if why else _done(self.status())
                case _ if verb in _ACTS:
                    why = self._app.runtime.act(_ACTS[verb])
                    return _failed(why) if why else _done(self.status())
                case _:
                    return _failed(
                        sentence("The running app does not know “{verb}”. Restart it after an update.", verb=verb)
                    )
        except (JournalError, _RequestError) as error:
            return _failed(_sentence_of(error))

    def _on_disk(self, reply: Reply) -> Reply:
        """Return the reply, or a failure if it reports success for an entry that is only in this process's memory."""
        if reply["status"] == 0 and (why := self._app.only_in_memory()):
            return _failed(
                sentence(
                    "{why} It is not on the disk yet. NumbGuard keeps it until it can be written, but "
                    "only while NumbGuard is running.",
                    why=why,
                )
            )
        return reply

    def status(self) -> Document:
        app_snapshot = self._app.runtime.app_snapshot()
        try:
            at = app_snapshot.snapshot.at
            day = self._app.journal.day(*day_of(at.wall, at.local))
        except JournalError:  # one of the notes says so already
            day = None
        episode = app_snapshot.open_episode
        answers = self._app.episodes.answers_about(episode) if episode else ()
        return status_document(app_snapshot, self._app.runtime.senses(), day, dict(self._app.log_health()), answers)

    def _show(self, request: Mapping[str, object]) -> Reply:
        window = _text(request, "window") or PANEL
        if window not in WINDOWS:
            words = sentence(
                "There is no window “{window}”. NumbGuard can show: {windows}.",
                window=window,
                windows=", ".join(WINDOWS),
            )
            return {"status": 2, "error": words}
        self._app.show_window(window)
        document: dict[str, object] = {"window": window}
        if (started := _text(request, "program", longest=None)) is not None:
            document["note"] = note = self._which_runs(started, _text(request, "version"))
            self._app.notify(note)
        return _done(document)

    def _which_runs(self, started: str, version: str | None) -> Sentence | None:
        """Return which NumbGuard runs, for a person who has just started another installation or another version."""
        program = self._app.program()
        if (started, version) == (program, __version__):
            return None
        return sentence(
            "A different NumbGuard is already running: {running}, version {version}. To use {program}, version "
            "{other}, quit NumbGuard and start it again.",
            running=program,
            version=__version__,
            program=started,
            other=version,
        )

    def _pause(self, request: Mapping[str, object]) -> Reply:
        for_s, until = _number(request, "for_s", most=_LONGEST_PAUSE_S), request.get("until")
        runtime = self._app.runtime
        if until == "tomorrow":
            runtime.pause_until_tomorrow()
        elif until == "workday":
            runtime.pause_until_workday()
        elif isinstance(until, str):
            runtime.pause_until_clock(_time_of_day(until))
        else:
            runtime.pause(for_s=for_s)
        return _done(self.status())

    def _log(self, request: Mapping[str, object]) -> Reply:
        blank = self._app.episodes.blank()
        try:
            id, language = _text(request, "as") or blank.id, _text(request, "language") or "en"
            given = episode_from_words(
                request, id=id, now=blank.started_at, localise=datetime.astimezone, language=language
            )
        except ValueError as error:
            return {"status": 2, "error": _sentence_of(error)}
        is_bare = given == Episode(given.id, given.started_at) and not request.get("at")
        clicked_at = _number(request, "clicked_at", most=_LATEST_S)
        episode = self._app.episodes.log_numbness(None if is_bare else given, id=given.id, clicked_at=clicked_at)
        return _done(episode_document(episode))

    def _episode(self, episode: Episode | None, none: str) -> Reply:
        if episode is None:
            return _failed(none)
        episodes = self._app.episodes
        return _done(episode_document(episode, episodes.answers_about(episode), now=episodes.now()))

    def _advice(self, request: Mapping[str, object]) -> Reply:
        from numbguard.core.log.red_flags import WarningSign

        episodes, id = self._app.episodes, _id(request)
        episode = episodes.last_logged() if id is None else episodes.find(id)
        if episode is None:
            return _failed(no_episode("advice", id))
        answers = request.get("answers") or {}
        if not isinstance(answers, Mapping):
            raise _RequestError("answers")
        for word, present in answers.items():
            sign = _choice({"answers": word}, "answers", WarningSign)
            if not isinstance(present, bool):
                raise _RequestError("answers")
            episodes.answer(episode, sign, present=present)
        advice = episodes.advice(episode)
        with catalogue.speaking(_language(request)):
            return _done(advice_document(episode.id, advice, number=episodes.help_number))

    def _habit(self, request: Mapping[str, object]) -> Reply:
        from numbguard.core.log.habits import AmountError, TickError
        from numbguard.wording.log.habits import kind_word

        amount, id = _integer(request, "amount"), _text(request, "as")
        kind = _choice(request, "habit", HabitKind)
        try:
            done = self._app.habits.tick(kind, amount, id=id)
        except TickError as error:
            return {"status": 2 if isinstance(error, AmountError) else 1, "error": _sentence_of(error)}
        with catalogue.speaking(_language(request)):
            return _done(habit_document(done.tick, done.day, kind_word(done.achievement)))

    def _goal(self, request: Mapping[str, object]) -> Reply:
        from numbguard.core.errors import GoalError
        from numbguard.core.settings.choices import GoalKind

        amount, habits = _integer(request, "amount"), self._app.habits
        goal = _choice(request, "goal", GoalKind)
        try:
            habits.pick(goal, amount)
        except GoalError as error:
            return _failed(_sentence_of(error))
        with catalogue.speaking(_language(request)):
            return _done(goal_document(habits.goal, habits.today()))


# --- values of a request, checked, because any process of this user may have sent it ---------------------------------


class _RequestError(Exception):
    """A value that no NumbGuard sends. The message is a sentence."""

    def __init__(self, key: str) -> None:
        super().__init__(
            sentence("The running app cannot use the “{key}” that it was given. Restart it after an update.", key=key)
        )


def _language(request: Mapping[str, object]) -> str:
    """The language of the reply; a name that no catalogue has means English."""
    language = request.get("language")
    return language if isinstance(language, str) and len(language) <= _LONGEST_LANGUAGE else catalogue.ENGLISH


def _id(request: Mapping[str, object]) -> str | None:
    return _text(request, "id", longest=None)


def _text(request: Mapping[str, object], key: str, *, longest: int | None = _LONGEST_WORD) -> str | None:
    value = request.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or (longest is not None and len(value) > longest):
        raise _RequestError(key)
    return value.encode("utf-8", "replace").decode() or None


def _number(request: Mapping[str, object], key: str, *, most: float) -> float | None:
    value = request.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise _RequestError(key)
    return float(value)


def _integer(request: Mapping[str, object], key: str) -> int | None:
    value = request.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise _RequestError(key)
    return value


def _choice(request: Mapping[str, object], key: str, kind: type[E]) -> E:
    try:
        return kind(request.get(key))
    except ValueError:
        raise _RequestError(key) from None


def _time_of_day(until: str) -> time:
    try:
        return time.fromisoformat(until).replace(tzinfo=None)
    except ValueError:
        raise _RequestError("until") from None


# --- replies ---------------------------------------------------------------------------------------------------------


def _done(document: Document) -> Reply:
    return {"status": 0, "document": document}


def _failed(sentence: str) -> Reply:
    return {"status": 1, "error": sentence}


def _sentence_of(error: Exception) -> str:
    """The message of an error with the template that ``str`` would lose."""
    words = error.args[0] if error.args else ""
    return words if isinstance(words, str) else str(error)


def _translated(value: object) -> object:
    """The value with each sentence in the language in use; keys and names are no sentences and stay."""
    if isinstance(value, Sentence):
        return catalogue.translated(value)
    if isinstance(value, Mapping):
        return {key: _translated(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_translated(one) for one in value]
    return value
