"""What the verbs share: exit statuses, errors, printing, and the way to the log or the running app."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from numbguard.ipc.socket import NO_LINE, NoLine, NotAnswering, NotRunning, ask
from numbguard.store.profile import Profile

if TYPE_CHECKING:
    from numbguard.ipc.documents import Document
    from numbguard.store.log.safe_journal import SafeJournal


DONE, FAILED, WRONG_WORDS, NOT_RUNNING = 0, 1, 2, 3


class VerbError(Exception):
    """Ends a verb with a sentence for the person and an exit status."""

    def __init__(self, sentence: str, status: int = FAILED) -> None:
        super().__init__(sentence)
        self.status = status


class SilentAppError(VerbError):
    """The app runs and does not answer; it may still do what it was asked."""


_complaints: set[str] = set()


def complain(sentence: str) -> None:
    """Print a sentence on standard error, once however often it is said."""
    if sentence not in _complaints:
        _complaints.add(sentence)
        print(f"numbguard: {sentence}", file=sys.stderr)


def complain_of_damage(profile: Profile) -> None:
    """Say that the log is damaged, with every verb until it is repaired."""
    from numbguard.store.log.health import HealthFile

    if trouble := HealthFile(profile).trouble:
        complain(trouble)


def ask_app(profile: Profile, request: Mapping[str, object]) -> Document:
    """The running app's document for a request; ends the verb when it has none."""
    try:
        reply = ask(profile, request)
    except NotAnswering:
        raise SilentAppError(
            "NumbGuard runs but does not answer. Wait a moment, or end it and start it again."
        ) from None
    except NoLine:
        raise VerbError(NO_LINE, NOT_RUNNING) from None
    except NotRunning:
        raise VerbError("NumbGuard is not running. Start it with “numbguard run”.", NOT_RUNNING) from None
    status = reply.get("status")
    if status:
        raise VerbError(str(reply.get("error")), int(str(status)))
    document = reply.get("document")
    assert isinstance(document, dict)
    return document


def say(given: argparse.Namespace, document: object, text: str) -> int:
    if given.json:
        import json

        text = json.dumps(document, ensure_ascii=False, indent=2)
    print(text)
    return DONE


@contextmanager
def log_of(profile: Profile) -> Iterator[SafeJournal]:
    """The log for one verb, which lets go of it when it is done."""
    from numbguard.store.log.journal import SqliteJournal
    from numbguard.store.log.safe_journal import SafeJournal

    journal = SafeJournal(SqliteJournal(profile), profile)
    try:
        yield journal
    finally:
        journal.close()


def through_app(profile: Profile, request: Mapping[str, object]) -> Document | None:
    """The running app's document, or ``None`` when no app runs: then the log is written from here."""
    try:
        return ask_app(profile, request)
    except VerbError as error:
        if error.status == NOT_RUNNING:
            return None
        raise
