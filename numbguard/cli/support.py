"""Shared by the verbs: exit statuses, errors, printing, and access to the log and the running app."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from numbguard.ipc.answer_checks import Held
from numbguard.ipc.client import address, ask
from numbguard.ipc.line import UNREACHABLE, NotAnswering, NotRunning, NotUnderstood, Unreachable
from numbguard.store.profile import Profile
from numbguard.wording import catalogue
from numbguard.wording.catalogue import _, translated

if TYPE_CHECKING:
    from numbguard.ipc.documents import Document
    from numbguard.store.log.spool.safe_journal import SafeJournal


DONE, FAILED, WRONG_WORDS, NOT_RUNNING = 0, 1, 2, 3
"""The exit statuses."""


class VerbError(Exception):
    """Ends a verb with a sentence for the person and an exit status."""

    def __init__(self, sentence: str, status: int = FAILED) -> None:
        super().__init__(sentence)
        self.status = status


class SilentAppError(VerbError):
    """The app runs but does not answer; it may still carry out the request."""


_complaints: set[str] = set()


def complain(sentence: str) -> None:
    """Print a sentence on standard error, once however often it is said, in the person's language."""
    sentence = translated(sentence)
    if sentence not in _complaints:
        _complaints.add(sentence)
        print(f"numbguard: {sentence}", file=sys.stderr)


def complain_of_damage(profile: Profile) -> None:
    """Say that the log is damaged, with every verb until it is repaired."""
    from numbguard.store.log.health import HealthFile

    if trouble := HealthFile(profile).trouble:
        complain(trouble)


def ask_app(profile: Profile, request: Mapping[str, object], *holds: Held) -> Document:
    """Return the running app's document for a request; raises ``VerbError`` if the app gives none.

    The document has to fit each of ``holds``.
    """
    try:
        reply = ask(profile, in_our_language(request))
        given = reply.get("document")
        if not reply["status"] and not (isinstance(given, dict) and all(fits(given.get(key)) for key, fits in holds)):
            raise NotUnderstood
    except NotUnderstood:
        raise SilentAppError(
            _(
                "Something answers at {address}, but not the way this NumbGuard does. If it is a NumbGuard of "
                "another version, quit it and start it again."
            ).format(address=address(profile))
        ) from None
    except NotAnswering:
        raise SilentAppError(
            _("NumbGuard is running but not responding. Wait a moment, or quit it and start it again.")
        ) from None
    except Unreachable:
        raise VerbError(_(UNREACHABLE), NOT_RUNNING) from None
    except NotRunning:
        raise VerbError(_("NumbGuard is not running. Start it with “numbguard run”."), NOT_RUNNING) from None
    status = reply.get("status")
    if status:
        raise VerbError(translated(str(reply.get("error"))), int(str(status)))
    assert isinstance(given, dict)
    return given


def in_our_language(request: Mapping[str, object]) -> Mapping[str, object]:
    """The request, which names the language of the reply unless that is English."""
    language = catalogue.language()
    return request if language == catalogue.ENGLISH else {**request, "language": language}


def say(given: argparse.Namespace, document: object, text: str) -> int:
    """Print the text, or with ``--json`` the document; returns the exit status 0."""
    if given.json:
        import json

        text = json.dumps(document, ensure_ascii=False, indent=2)
    print(text)
    return DONE


@contextmanager
def log_of(profile: Profile) -> Iterator[SafeJournal]:
    """Open the log for one verb and close it afterwards."""
    from numbguard.store.log.journal import SqliteJournal
    from numbguard.store.log.spool.safe_journal import SafeJournal

    journal = SafeJournal(SqliteJournal(profile), profile)
    try:
        yield journal
    finally:
        journal.close()


def through_app(profile: Profile, request: Mapping[str, object], *holds: Held) -> Document | None:
    """Return the running app's document, or ``None`` if no app runs and the caller has to use the log itself."""
    try:
        return ask_app(profile, request, *holds)
    except VerbError as error:
        if error.status == NOT_RUNNING:
            return None
        raise


def report_unwritten(journal: SafeJournal) -> None:
    """Print what the log could not take and where it waits; raises ``VerbError`` if it could not be kept at all."""
    if journal.only_in_memory:
        raise VerbError(_("{why} Nothing was changed. Fix that and try again.").format(why=translated(journal.why)))
    for note in journal.notes():
        complain(note)
