"""``numbguard export``, ``import`` and ``erase``, which work on the whole log. Only these verbs import this module.

``cli.main`` calls these verbs with the parsed arguments and the profile. They can run beside the app: after an import
they make it read the log again, and a running app does the erasing itself.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numbguard.ipc.client import ask
from numbguard.ipc.line import NotAnswering, NotRunning
from numbguard.store.exchange import (
    ColumnMap,
    ColumnMapError,
    ExchangeError,
    ExchangeFormat,
    Imported,
    Patient,
    export_log,
    import_log,
)
from numbguard.wording import formats
from numbguard.wording.catalogue import _, ngettext, translated
from numbguard.wording.log.episodes import at_noon

from ..support import DONE, FAILED, WRONG_WORDS, VerbError, complain, in_our_language, log_of

if TYPE_CHECKING:
    import argparse

    from numbguard.store.profile import Profile

_SHOWN = 20
"""Number of refused rows printed as text; ``--json`` lists more."""


def export(given: argparse.Namespace, profile: Profile) -> int:
    path = Path(given.file)
    format = ExchangeFormat(given.format) if given.format else ExchangeFormat.of(path)
    if format is None:
        raise VerbError(
            _("The name {path} has no known format. Use .csv, .json or .fhir.json, or give --format.").format(
                path=path.name
            ),
            WRONG_WORDS,
        )
    if (given.name or given.born) and format is not ExchangeFormat.FHIR:
        raise VerbError(
            (_("Only a FHIR file can contain your name and date of birth. Use a file name that ends in .fhir.json.")),
            WRONG_WORDS,
        )
    patient = Patient(given.name, given.born.date() if given.born else None)
    _write_waiting_entries(profile)
    try:
        done = export_log(profile, path, format, at=datetime.now().astimezone(), patient=patient)
    except ExchangeError as error:
        raise VerbError(translated(error)) from None
    document = {"file": str(done.path), "format": done.format.value, "episodes": done.episodes}
    said = ngettext("Exported {count} episode to {path}.", "Exported {count} episodes to {path}.", done.episodes)
    return _say(given, document, said.format(count=done.episodes, path=done.path))


def import_(given: argparse.Namespace, profile: Profile) -> int:
    path = Path(given.file)
    try:
        columns = ColumnMap.parse(given.map) if given.map else None
    except ColumnMapError as error:
        raise VerbError(f"--map: {translated(error)}", WRONG_WORDS) from None
    _write_waiting_entries(profile)
    try:
        done = import_log(profile, path, all_or_nothing=given.all_or_nothing, columns=columns)
    except ExchangeError as error:
        raise VerbError(translated(error)) from None
    if done.kept and (done.added or done.changed):
        with suppress(NotRunning):  # no app needs to read the log again
            ask(profile, {"verb": "reread"})
    for one in done.refusals[:_SHOWN]:
        print(
            # Translators: A file, a line of it, and what is wrong with that line.
            _("numbguard: {path}, line {line}: {reason}.").format(
                path=path.name, line=one.line, reason=translated(one.reason)
            ),
            file=sys.stderr,
        )
    if done.refused > _SHOWN:
        more = ngettext(
            "numbguard: {count} more could not be imported.",
            "numbguard: {count} more could not be imported.",
            done.refused - _SHOWN,
        )
        print(more.format(count=done.refused - _SHOWN), file=sys.stderr)
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
    said = ngettext(
        "Nothing was imported: {path} contains {count} invalid entry. Fix the file and try again.",
        "Nothing was imported: {path} contains {count} invalid entries. Fix the file and try again.",
        done.refused,
    )
    raise VerbError(said.format(path=path, count=formats.number(done.refused)))


def erase(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.store.erase import WORD, erasable_data
    from numbguard.store.erase import erase as erase_now
    from numbguard.store.settings import file as settings_file
    from numbguard.store.settings.backup_folder import backup_folder

    second = backup_folder(settings_file.load(profile).settings)
    if not given.yes_delete_everything:
        if not sys.stdin.isatty():
            raise VerbError(_("Nothing was deleted. To delete everything, add --yes-delete-everything."), WRONG_WORDS)
        print(
            # Translators: Followed by counts and file names.
            _("This deletes {everything}").format(
                everything=_everything(erasable_data(profile, second=second).document())
            ),
            file=sys.stderr,
        )
        print(
            _("This can't be undone. Type {word} to continue: ").format(word=WORD), end="", file=sys.stderr, flush=True
        )
        if sys.stdin.readline().strip().lower() != WORD:
            raise VerbError(_("Nothing was deleted."))
    try:
        reply = ask(profile, in_our_language({"verb": "erase", "settings": given.settings}), patience_s=120.0)
        if reply.get("status"):
            raise VerbError(translated(str(reply.get("error"))))
        told = reply.get("document")
        assert isinstance(told, dict)
        document: dict[str, Any] = told
    except NotAnswering:
        raise VerbError(_("NumbGuard is running but not responding. Quit it, and delete everything again.")) from None
    except NotRunning:
        document = erase_now(profile, settings=given.settings, second=second).document()
    for sentence in (
        *(translated(said) for said in document["failed"]),
        *(_("{path} has changed since and was not deleted.").format(path=path) for path in document["changed"]),
    ):
        print(f"numbguard: {sentence}", file=sys.stderr)
    _say(given, document, _("Deleted {everything}").format(everything=_everything(document)))
    return FAILED if document["failed"] else DONE


def _everything(document: Mapping[str, Any]) -> str:
    # Translators: What there is of each in the log; “bouts” are stretches of sitting.
    counts = _("{episodes} episodes, {breaks} breaks, {bouts} bouts, {habits} habits, {posture_checks} posture checks")
    files = [str(path) for path in (*document["backups"], *document["exports"])]
    settings = [_("your settings")] if document["settings"] else []
    return "\n    ".join([counts.format(**document), *files, *settings]) + "."


def _text(done: Imported) -> str:
    said = (
        _("Imported: {added} new, {changed} changed, {unchanged} already in the log, {refused} refused.")
        if done.refused
        else _("Imported: {added} new, {changed} changed, {unchanged} already in the log.")
    )
    lines = [said.format(added=done.added, changed=done.changed, unchanged=done.unchanged, refused=done.refused)]
    if done.at_noon and (done.added or done.changed):
        lines.append(at_noon(done.at_noon))
    if done.time_column:
        lines.append(_("The times of day come from the column “{time_column}”.").format(time_column=done.time_column))
    return "\n".join(lines)


def _write_waiting_entries(profile: Profile) -> None:
    """Write entries that the log could not take earlier, so that the export is complete."""
    with log_of(profile) as journal:
        journal.retry()
        for note in journal.notes():
            complain(note)


def _say(given: argparse.Namespace, document: object, text: str) -> int:
    print(json.dumps(document, ensure_ascii=False, indent=2) if given.json else text)
    return DONE
