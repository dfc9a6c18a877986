"""The verbs that run the app, ask it, or read and write the log. Of these, only ``run`` imports Qt.

``cli.main`` calls each verb with the parsed arguments and the profile; each returns an exit status. Verbs that need the
running app ask it over its socket; the others read the log themselves, and write it through the app where one runs.
"""

from __future__ import annotations

import argparse
import errno
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from numbguard.ipc.socket import (
    UNREACHABLE,
    AlreadyRunning,
    NoFileLocks,
    NotAnswering,
    NotRunning,
    Server,
    Unreachable,
    ask,
    whereabouts,
)
from numbguard.store.profile import Profile

from .support import (
    DONE,
    FAILED,
    NOT_RUNNING,
    WRONG_WORDS,
    Held,
    SilentAppError,
    VerbError,
    ask_app,
    complain,
    log_of,
    say,
    through_app,
)

if TYPE_CHECKING:  # the tray icon shows before these are loaded
    from numbguard.core.log.records import Episode, SignAnswer
    from numbguard.ipc.documents import Document
    from numbguard.ipc.whereabouts import Whereabouts
    from numbguard.store.log.spool.safe_journal import SafeJournal


def _a(*kinds: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kinds)


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12


def _is_figure_or_none(value: object) -> bool:
    return value is None or _is_figure(value)


def _are_reasons(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and "reason" in one for one in value)


_LONGEST_NOTE = 100_000
_HABITS = {"water", "walk_min", "stretch"}
_AN_ID: Held = ("id", _a(str))
_STATE: tuple[Held, ...] = (
    *(("state", _a(str)), ("seated_s", _is_figure), ("due_in_s", _is_figure_or_none), ("notes", _a(list))),
    ("suppressed", _are_reasons),
)
"""What the text for people needs of the app's state."""
_TICKED: tuple[Held, ...] = (
    ("today", lambda value: value is None or (isinstance(value, dict) and value.keys() >= _HABITS)),
)


# --- verbs that run or ask the app -----------------------------------------------------------------------------------


def run(given: argparse.Namespace, profile: Profile) -> int:
    try:
        line = _take(profile)
    except _RunsElsewhereError as elsewhere:
        from .move_here import move_here

        line = move_here(profile, elsewhere.there, unasked=getattr(given, "here", False))
    if line is None:
        return DONE
    try:
        from numbguard.app.lean_qt import import_qt

        import_qt()
        from numbguard.app.start import StartError, start

        try:
            return start(profile, line, speed=given.speed, minimised=given.minimised)
        except StartError as error:
            raise VerbError(str(error)) from None
    finally:
        line.close()


class _RunsElsewhereError(Exception):
    """Another app has the profile, and its screen is not the one of this start."""

    def __init__(self, there: Whereabouts) -> None:
        super().__init__(there)
        self.there = there


def _take(profile: Profile) -> Server | None:
    """Take the profile; returns ``None`` if another app has it, after making that app show its panel.

    Raises ``_RunsElsewhereError`` where that panel would be on another screen.

    It tries for several seconds, since the other app may be just starting or ending.
    """
    for _ in range(50):
        try:
            return Server(profile)
        except AlreadyRunning:
            from numbguard.ipc.whereabouts import Whereabouts

            there = whereabouts(profile)
            if there is not None and there.is_elsewhere(Whereabouts.here()):
                raise _RunsElsewhereError(there) from None
        except NoFileLocks:
            raise VerbError(
                f"The folder {profile.folder} lies on a file system without file locks, so that two NumbGuards would "
                "not know of one another. Nothing was changed. Choose a folder on another disk with --profile."
            ) from None
        except OSError as error:
            raise VerbError(
                f"The profile folder {profile.folder} cannot be used ({error.strerror}). Nothing was changed. "
                f"{_way_out(error)}, or choose another with --profile."
            ) from None
        try:
            ask(profile, {"verb": "show"}, patience_s=5.0)
        except NotAnswering:
            break
        except Unreachable:
            raise VerbError(f"NumbGuard runs already. {UNREACHABLE}") from None
        except NotRunning:
            time.sleep(0.1)
        else:
            return None
    raise VerbError("NumbGuard runs but does not answer. Wait a moment, or end it and start it again.")


def _way_out(error: OSError) -> str:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return "Make room on its disk" if full else "Make the folder and what is in it writable for you"


def asking(verb: str) -> Callable[[argparse.Namespace, Profile], int]:
    """Return a verb that sends one request to the running app."""

    def asked(given: argparse.Namespace, profile: Profile) -> int:
        document = ask_app(profile, {"verb": verb}, *(() if verb == "quit" else _STATE))
        return say(given, document, "NumbGuard has ended." if verb == "quit" else _status_text(document))

    return asked


def answer_break(given: argparse.Namespace, profile: Profile) -> int:
    if given.name is not None and given.answer != "routine":
        raise VerbError("Only a routine has a name: “break routine NAME”.", WRONG_WORDS)
    if given.name is not None:
        from numbguard.core.cards.cards import is_slug

        if not is_slug(given.name):
            raise VerbError(f"“{given.name}” is no name of a routine, such as “evening”.", WRONG_WORDS)
    document = ask_app(profile, {"verb": f"break {given.answer}", "name": given.name}, *_STATE)
    return say(given, document, _status_text(document))


def pause(given: argparse.Namespace, profile: Profile) -> int:
    if given.duration is not None and given.until is not None:
        raise VerbError("Give either a length or --until, not both.", WRONG_WORDS)
    document = ask_app(profile, {"verb": "pause", "for_s": given.duration, "until": given.until}, *_STATE)
    return say(given, document, _status_text(document))


def status(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.core.errors import JournalError

    try:
        document = ask_app(profile, {"verb": "status"}, *_STATE)
    except VerbError as error:
        if error.status != NOT_RUNNING:
            raise
        from numbguard.ipc.documents import day_of, stopped_document
        from numbguard.ipc.socket import UNREACHABLE
        from numbguard.runtime.clock import LocalZone
        from numbguard.store.log.health import HealthFile

        unreached = (UNREACHABLE,) if str(error) == UNREACHABLE else ()
        with log_of(profile) as journal:
            try:
                episode, today = journal.open_episode(_now()), journal.day(*day_of(_now(), LocalZone()))
                answers = journal.answers_about([episode.id]) if episode else []
            except JournalError as trouble:
                complain(str(trouble))
                episode, today, answers = None, None, []
            document = stopped_document(
                episode, today, (*journal.notes(), *unreached), HealthFile(profile).read().document(), answers
            )
    return say(given, document, _status_text(document))


def _status_text(document: Document) -> str:
    notes = document["notes"]
    said = [str(note) for note in notes] if isinstance(notes, list) else []
    if not document.get("running"):
        from numbguard.ipc.socket import UNREACHABLE

        return "\n".join(said if UNREACHABLE in said else ["NumbGuard is not running.", *said])
    from numbguard.core.when.duration import say_minutes

    seated, due = float(str(document["seated_s"])), document.get("due_in_s")
    lines = [f"{str(document['state']).capitalize()}; seated for {say_minutes(seated)}."]
    reasons = document["suppressed"]
    if isinstance(reasons, list) and reasons:
        lines.append("Quiet: " + ", ".join(str(one["reason"]) for one in reasons) + ".")
    elif document.get("break") is None:
        left = float(str(due)) if due is not None else None
        if left is not None:
            lines.append(f"Next break in {say_minutes(left)}." if left > 0 else "A break is due.")
    return "\n".join([*lines, *said])


# --- verbs that read and write the log -------------------------------------------------------------------------------


def _now() -> datetime:
    return datetime.now().astimezone()


def _report_unwritten(journal: SafeJournal) -> None:
    """Print what the log could not take and where it waits; raises ``VerbError`` if it could not be kept at all."""
    if journal.only_in_memory:
        raise VerbError(f"{journal.why} Nothing was changed: try again after that.")
    for note in journal.notes():
        complain(note)


def log(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.core.log.episode_from_words import episode_from_words
    from numbguard.core.log.records import Episode
    from numbguard.ipc.documents import episode_document
    from numbguard.runtime.ids import new_id

    clicked_at = time.time()
    details = {
        key: getattr(given, key)
        for key in (
            *("site", "side", "region", "sensation", "severity", "posture", "onset", "weakness", "back_pain", "note"),
            *("at", "ended"),
        )
    }
    if given.note == "-":  # every process of the machine can read a command's arguments
        details["note"] = _standard_input()
    try:
        episode = episode_from_words(details, id=new_id(), now=_now(), localise=datetime.astimezone)
    except ValueError as error:
        raise VerbError(str(error), WRONG_WORDS) from None
    is_silent = False
    try:
        request = {"verb": "log", "as": episode.id, "clicked_at": clicked_at, **details}
        document = through_app(profile, request, _AN_ID)
    except SilentAppError:  # write it from here; if the app logs it later after all, the id is the same
        document, is_silent = None, True
    if document is None:
        is_bare = episode == Episode(episode.id, episode.started_at) and not given.at
        with log_of(profile) as journal:
            if is_bare:
                episode = _click(profile, journal, episode, clicked_at)
            else:
                journal.add_episode(episode)
            _report_unwritten(journal)
        document = episode_document(episode)
    status = say(given, document, str(document["id"]))
    told = any(value not in (None, False) for key, value in details.items() if key not in ("at", "ended"))
    if told and not given.json:
        _say_advice(profile, str(document["id"]), ask_app=not is_silent)
    return status


def _say_advice(profile: Profile, id: str, *, ask_app: bool) -> None:
    """Print the heading and the first sentence of the advice on standard error; a fault here spoils no log."""
    from numbguard.core.errors import JournalError

    from .advice import document_of

    try:
        advice = document_of(profile, id, ask_app=ask_app, is_brief=True)
    except (JournalError, VerbError):
        return
    sentences = advice["sentences"]
    assert isinstance(sentences, list)
    print(f"{advice['heading']}. {sentences[0]}", file=sys.stderr)


def _click(profile: Profile, journal: SafeJournal, episode: Episode, clicked_at: float) -> Episode:
    """Write a bare episode, or return the one of the click that this one repeats."""
    from numbguard.runtime.one_numbness import log_click
    from numbguard.store.log.last_click import LastClick

    def write() -> Episode:
        journal.add_episode(episode)
        return episode

    return log_click(LastClick(profile), clicked_at, find=journal.find_episode, write=write)


def _standard_input() -> str:
    try:
        content = sys.stdin.buffer.read(_LONGEST_NOTE + 1) if sys.stdin else b""
    except OSError as error:
        raise VerbError(
            f"The note could not be read from standard input ({error.strerror}). Nothing was logged."
        ) from None
    if len(content) > _LONGEST_NOTE:
        raise VerbError(f"A note has {_LONGEST_NOTE:,} bytes at most. Nothing was logged.", WRONG_WORDS)
    return content.decode("utf-8", "replace").removesuffix("\n")


def _meant(profile: Profile, find: Callable[[SafeJournal], Episode | None]) -> str | None:
    """Return the id of the episode that a verb without one means, so that a request sent twice does nothing twice.

    ``None`` if there is none, if the log cannot be read, or if no app can be running.
    """
    from numbguard.core.errors import JournalError

    if not profile.socket.exists():
        return None
    try:
        with log_of(profile) as journal:
            found = find(journal)
    except JournalError:
        return None
    return found.id if found is not None else None


def gone(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.ipc.documents import episode_document, no_episode

    id = given.id or _meant(profile, lambda journal: journal.open_episode(_now()))
    document = through_app(profile, {"verb": "gone", "id": id}, _AN_ID)
    if document is None:
        with log_of(profile) as journal:
            ended = journal.end_episode(given.id, _now())
            _report_unwritten(journal)
            if ended is None:
                raise VerbError(no_episode("gone", given.id))
            document = episode_document(ended, journal.answers_about([ended.id]), now=_now())
    return say(given, document, f"Ended {document['id']}.")


def undo(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.ipc.documents import episode_document, no_episode

    id = given.id or _meant(profile, lambda journal: journal.last_episode())
    document = through_app(profile, {"verb": "undo", "id": id}, _AN_ID)
    if document is None:
        with log_of(profile) as journal:
            undone = journal.undo_episode(given.id)
            _report_unwritten(journal)
            if undone is None:
                raise VerbError(no_episode("undo", given.id))
            document = episode_document(undone, journal.answers_about([undone.id]), now=_now())
    return say(given, document, f"Took back {document['id']}.")


def habit(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.core.log.habits import AmountError, TickError
    from numbguard.core.log.records import HabitKind
    from numbguard.ipc.documents import habit_document
    from numbguard.runtime.ids import new_id
    from numbguard.wording.habits import kind_word

    id = new_id()
    request = {"verb": "habit", "as": id, "habit": given.habit, "amount": given.amount}
    try:
        document = through_app(profile, request, *_TICKED)
    except SilentAppError:  # as for an episode
        document = None
    if document is None:
        from numbguard.runtime.habit_book import HabitBook
        from numbguard.store.settings.file import GoalFile

        with log_of(profile) as journal:
            book = HabitBook(journal, GoalFile(profile), now=_now)
            try:
                done = book.tick(HabitKind(given.habit), given.amount, id=id)
            except TickError as error:
                raise VerbError(str(error), WRONG_WORDS if isinstance(error, AmountError) else FAILED) from None
            _report_unwritten(journal)
        document = habit_document(done.tick, done.day, kind_word(done.achievement))
    return say(given, document, _habit_text(document))


def _habit_text(document: Document) -> str:
    today, said = document.get("today"), document.get("said")
    if not isinstance(today, dict):
        return "Ticked."
    lines = [f"Today: water {today['water']}, walk {today['walk_min']} min, stretched {today['stretch']}."]
    return "\n".join([*lines, *([str(said)] if said else [])])


def episodes(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.ipc.documents import episode_document
    from numbguard.wording.body import places

    with log_of(profile) as journal:
        found = list(journal.episodes(since=given.since, until=given.until))
        answers: dict[str, list[SignAnswer]] = {}
        for answer in journal.answers_about([one.id for one in found]):
            answers.setdefault(answer.episode, []).append(answer)
    now = _now()
    document = [episode_document(one, answers.get(one.id, ()), now=now) for one in found]
    rows = [
        f"{one.started_at.isoformat(timespec='seconds')}  {places(one.sites, one.leg) or '–'}  {one.id}"
        for one in found
    ]
    return say(given, document, "\n".join(rows) or "No episodes.")


def breaks(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.ipc.documents import break_document

    with log_of(profile) as journal:
        found = [break_document(one) for one in journal.breaks(since=given.since, until=given.until)]
    rows = [f"{one['started_at']}  {one['outcome']:9}  {one['card'] or ''}".rstrip() for one in found]
    return say(given, found, "\n".join(rows) or "No breaks.")
