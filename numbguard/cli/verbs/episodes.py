"""The verbs that read and write the log: episodes of numbness, and the list of breaks. None of them imports Qt.

``dispatch`` calls each verb with the parsed arguments and the profile; each returns an exit status. Where an app runs
they write through it, else they write the log themselves.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from numbguard.ipc.answer_checks import AN_ID
from numbguard.ipc.client import may_run
from numbguard.store.profile import Profile
from numbguard.wording.catalogue import _, language, translated

from ..support import WRONG_WORDS, SilentAppError, VerbError, log_of, report_unwritten, say, through_app

if TYPE_CHECKING:
    from numbguard.core.log.records.answers import SignAnswer
    from numbguard.core.log.records.episode import Episode
    from numbguard.store.log.spool.safe_journal import SafeJournal

_LONGEST_NOTE = 100_000


def log(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.core.log.episode_from_words import episode_from_words
    from numbguard.core.log.records.episode import Episode
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
        episode = episode_from_words(
            details, id=new_id(), now=_now(), localise=datetime.astimezone, language=language()
        )
    except ValueError as error:
        raise VerbError(translated(error), WRONG_WORDS) from None
    is_silent = False
    try:
        request = {"verb": "log", "as": episode.id, "clicked_at": clicked_at, "language": language(), **details}
        document = through_app(profile, request, AN_ID)
    except SilentAppError:  # write it from here; if the app logs it later after all, the id is the same
        document, is_silent = None, True
    if document is None:
        is_bare = episode == Episode(episode.id, episode.started_at) and not given.at
        with log_of(profile) as journal:
            if is_bare:
                episode = _click(profile, journal, episode, clicked_at)
            else:
                journal.add_episode(episode)
            report_unwritten(journal)
        document = episode_document(episode)
    status = say(given, document, str(document["id"]))
    words = [value for key, value in details.items() if key not in ("at", "ended")]
    says_more = any(not (value is None or value is False or value == "") for value in words)  # as a severity of 0 does
    if says_more and not given.json:
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
    # Translators: The heading of the advice, and its first sentence.
    said = _("{heading}. {sentence}").format(heading=advice["heading"], sentence=sentences[0])
    print(said, file=sys.stderr)


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
            _("The note could not be read from standard input ({strerror}). Nothing was logged.").format(
                strerror=error.strerror
            )
        ) from None
    if len(content) > _LONGEST_NOTE:
        from numbguard.wording import formats

        raise VerbError(
            _("A note can have {longest_note} bytes at most. Nothing was logged.").format(
                longest_note=formats.number(_LONGEST_NOTE)
            ),
            WRONG_WORDS,
        )
    return content.decode("utf-8", "replace").removesuffix("\n")


def _meant(profile: Profile, find: Callable[[SafeJournal], Episode | None]) -> str | None:
    """Return the id of the episode that a verb without one means, so that a request sent twice does nothing twice.

    ``None`` if there is none, if the log cannot be read, or if no app can be running.
    """
    from numbguard.core.errors import JournalError

    if not may_run(profile):
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
    document = through_app(profile, {"verb": "gone", "id": id}, AN_ID)
    if document is None:
        with log_of(profile) as journal:
            ended = journal.end_episode(given.id, _now())
            report_unwritten(journal)
            if ended is None:
                raise VerbError(no_episode("gone", given.id))
            document = episode_document(ended, journal.answers_about([ended.id]), now=_now())
    return say(given, document, _("Ended {document}.").format(document=document["id"]))


def undo(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.ipc.documents import episode_document, no_episode

    id = given.id or _meant(profile, lambda journal: journal.last_episode())
    document = through_app(profile, {"verb": "undo", "id": id}, AN_ID)
    if document is None:
        with log_of(profile) as journal:
            undone = journal.undo_episode(given.id)
            report_unwritten(journal)
            if undone is None:
                raise VerbError(no_episode("undo", given.id))
            document = episode_document(undone, journal.answers_about([undone.id]), now=_now())
    return say(given, document, _("Undid {document}.").format(document=document["id"]))


def episodes(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.ipc.documents import episode_document
    from numbguard.wording import formats
    from numbguard.wording.log.sites import places

    with log_of(profile) as journal:
        found = list(journal.episodes(since=given.since, until=given.until))
        answers: dict[str, list[SignAnswer]] = {}
        for answer in journal.answers_about([one.id for one in found]):
            answers.setdefault(answer.episode, []).append(answer)
    now = _now()
    document = [episode_document(one, answers.get(one.id, ()), now=now) for one in found]
    rows = [
        f"{one.started_at.isoformat(timespec='seconds')}  {places(one.sites, one.leg) or formats.NOTHING}  {one.id}"
        for one in found
    ]
    return say(given, document, "\n".join(rows) or _("No episodes."))


def breaks(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.ipc.documents import break_document

    with log_of(profile) as journal:
        found = [break_document(one) for one in journal.breaks(since=given.since, until=given.until)]
    rows = [f"{one['started_at']}  {one['outcome']:9}  {one['card'] or ''}".rstrip() for one in found]
    return say(given, found, "\n".join(rows) or _("No breaks."))


def _now() -> datetime:
    return datetime.now().astimezone()
