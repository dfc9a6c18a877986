"""``numbguard export`` and ``import``: the log out into a file, and a file into the log. Imported by these verbs alone.

Called by ``cli`` with the parsed words and the profile. Both work beside a running app, which is told to look again.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .commands import DONE, WRONG_WORDS, VerbError
from .instance import NotRunning, ask
from .store.exchange import ExchangeError, Format, Imported, export_log, import_log
from .store.journal import SqliteJournal
from .store.unwritten import Keeping

if TYPE_CHECKING:
    from .store.profile import Profile

_SHOWN = 20
"""Refused rows that are printed for people; ``--json`` gives more."""


def export(given: argparse.Namespace, profile: Profile) -> int:
    path = Path(given.file)
    format = Format(given.format) if given.format else Format.of(path)
    if format is None:
        raise VerbError(
            f"The name {path.name} does not tell the format. End it in .csv, .json or .fhir.json, or give --format.",
            WRONG_WORDS,
        )
    _write_what_waits(profile)
    try:
        done = export_log(profile, path, format, at=datetime.now().astimezone())
    except ExchangeError as error:
        raise VerbError(str(error)) from None
    document = {"file": str(done.path), "format": done.format.value, "episodes": done.episodes}
    many = "episode" if done.episodes == 1 else "episodes"
    return _say(given, document, f"Exported {done.episodes} {many} to {done.path}.")


def import_(given: argparse.Namespace, profile: Profile) -> int:
    path = Path(given.file)
    _write_what_waits(profile)
    try:
        done = import_log(profile, path, all_or_nothing=given.all_or_nothing)
    except ExchangeError as error:
        raise VerbError(str(error)) from None
    if done.kept and (done.added or done.changed):
        with suppress(NotRunning):  # it runs on a log of its own making then
            ask(profile, {"verb": "reread"})
    for one in done.refusals[:_SHOWN]:
        print(f"numbguard: {path.name}, line {one.line}: {one.reason}.", file=sys.stderr)
    if done.refused > _SHOWN:
        print(f"numbguard: {done.refused - _SHOWN} more could not be taken.", file=sys.stderr)
    document = {
        "file": str(path),
        "format": done.format.value,
        "imported": done.kept,
        "added": done.added if done.kept else 0,
        "changed": done.changed if done.kept else 0,
        "unchanged": done.unchanged,
        "refused": [{"line": one.line, "reason": one.reason} for one in done.refusals],
        "refused_count": done.refused,
    }
    nothing_taken = done.refused and not (done.added or done.changed or done.unchanged)
    if done.kept and not nothing_taken:
        return _say(given, document, _text(done))
    if given.json:
        _say(given, document, "")
    raise VerbError(f"Nothing was taken in: {done.refused} of the entries in {path} cannot be. Mend them, or the file.")


def _text(done: Imported) -> str:
    told = f"{done.added} new, {done.changed} changed, {done.unchanged} known already"
    return f"Imported: {told}, {done.refused} refused." if done.refused else f"Imported: {told}."


def _write_what_waits(profile: Profile) -> None:
    """What the log could not take before goes in first, so that a file holds all there is."""
    log = SqliteJournal(profile)
    journal = Keeping(log, profile)
    journal.retry()
    for note in journal.notes():
        print(f"numbguard: {note}", file=sys.stderr)
    log.close()


def _say(given: argparse.Namespace, document: object, text: str) -> int:
    print(json.dumps(document, ensure_ascii=False, indent=2) if given.json else text)
    return DONE
