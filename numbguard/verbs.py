"""What the running app answers to each verb of the command line.

Called by ``instance.Line`` on the GUI thread, one request at a time. A reply is
``{"status": exit status, "document": JSON for --json, "error": sentence}``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING

from .core.model import Action
from .core.ports import Journal, JournalError, SenseStatus
from .core.records import Episode, HabitKind
from .core.telling import told_episode
from .documents import (
    Document,
    day_of,
    episode_document,
    goal_document,
    habit_document,
    no_episode,
    sense_document,
    status_document,
)
from .runtime import Runtime

if TYPE_CHECKING:
    from .habit_book import HabitBook

Reply = dict[str, object]

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


class Verbs:
    def __init__(
        self,
        runtime: Runtime,
        journal: Journal,
        *,
        show: Callable[[], None],
        end: Callable[[], None],
        logged: Callable[[Episode], None],
        tray: Callable[[], SenseStatus],
        habits: Callable[[], HabitBook],
        erase: Callable[[bool], Document],
        routine: Callable[[str], str | None],
    ) -> None:
        """``show`` brings the panel up; ``end`` ends the app; ``logged`` tells the person an episode was logged;
        ``tray`` says whether there is one; ``habits`` is made when it is first asked for;
        ``erase`` deletes everything, the settings too if so told; ``routine`` begins one by its name, or says why not.
        """
        self._runtime = runtime
        self._journal = journal
        self._show = show
        self._end = end
        self._logged = logged
        self._tray = tray
        self._habits = habits
        self._erase = erase
        self._routine = routine

    def __call__(self, request: Mapping[str, object]) -> Reply:
        verb = str(request.get("verb"))
        try:
            match verb:
                case "status":
                    return _done(self.status())
                case "check":
                    senses = {**self._runtime.senses(), "tray": self._tray()}
                    waiting = self._runtime.glance().unwritten
                    found = {name: sense_document(sense) for name, sense in senses.items()}
                    return _done({"senses": found, "waiting": waiting})
                case "show":
                    self._show()
                    return _done({})
                case "erase":
                    return _done(self._erase(bool(request.get("settings"))))
                case "reread":
                    self._runtime.reread()
                    return _done({})
                case "quit":
                    self._end()
                    return _done({"ended": True})
                case "pause":
                    return self._pause(request)
                case "log":
                    return self._log(request)
                case "gone":
                    return _episode(self._runtime.gone(_id(request)), no_episode(verb, _id(request)))
                case "undo":
                    return _episode(self._runtime.undo(_id(request)), no_episode(verb, _id(request)))
                case "habit":
                    return self._habit(request)
                case "goal":
                    return self._goal(request)
                case "break routine" if request.get("name"):
                    why = self._routine(str(request.get("name")))
                    return _failed(why) if why else _done(self.status())
                case _ if verb in _ACTS:
                    why = self._runtime.act(_ACTS[verb])
                    return _failed(why) if why else _done(self.status())
                case _:
                    return _failed(f"The running app does not know “{verb}”. Restart it after an update.")
        except JournalError as error:
            return _failed(str(error))

    def status(self) -> Document:
        glance = self._runtime.glance()
        try:
            day = self._journal.day(*day_of(glance.snapshot.at.wall))
        except JournalError:  # the notes say so already
            day = None
        return status_document(glance, self._runtime.senses(), day)

    def _pause(self, request: Mapping[str, object]) -> Reply:
        for_s, until = request.get("for_s"), request.get("until")
        if until == "tomorrow":
            self._runtime.pause_until_tomorrow()
        elif until == "workday":
            self._runtime.pause_until_workday()
        elif isinstance(until, str):
            self._runtime.pause_until_clock(time.fromisoformat(until))
        else:
            self._runtime.pause(for_s=float(str(for_s)) if for_s is not None else None)
        return _done(self.status())

    def _log(self, request: Mapping[str, object]) -> Reply:
        blank = self._runtime.blank_episode()
        try:
            id = str(request.get("as") or blank.id)
            told = told_episode(request, id=id, now=blank.started_at, lived=datetime.astimezone)
        except ValueError as error:
            return {"status": 2, "error": str(error)}
        episode = self._runtime.log_numbness(told)
        self._logged(episode)
        return _done(episode_document(episode))

    def _habit(self, request: Mapping[str, object]) -> Reply:
        from .core.habits import AmountError, TickError
        from .habit_words import kind_word

        amount, id = request.get("amount"), request.get("as")
        try:
            kind = HabitKind(request.get("habit"))
            done = self._habits().tick(kind, None if amount is None else int(str(amount)), id=str(id) if id else None)
        except TickError as error:
            return {"status": 2 if isinstance(error, AmountError) else 1, "error": str(error)}
        return _done(habit_document(done.tick, done.day, kind_word(done.feat)))

    def _goal(self, request: Mapping[str, object]) -> Reply:
        from .core.options import GoalKind
        from .core.ports import GoalError

        amount, habits = request.get("amount"), self._habits()
        try:
            habits.pick(GoalKind(request.get("goal")), None if amount is None else int(str(amount)))
        except GoalError as error:
            return _failed(str(error))
        return _done(goal_document(habits.goal, habits.today()))


def _id(request: Mapping[str, object]) -> str | None:
    id = request.get("id")
    return str(id) if id else None


def _done(document: Document) -> Reply:
    return {"status": 0, "document": document}


def _failed(sentence: str) -> Reply:
    return {"status": 1, "error": sentence}


def _episode(episode: Episode | None, none: str) -> Reply:
    return _done(episode_document(episode)) if episode else _failed(none)
