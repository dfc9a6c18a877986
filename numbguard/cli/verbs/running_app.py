"""The verbs that ask the running app: its state, a break's answer, a pause, standing and sitting, a window, its end.

``dispatch`` calls each verb with the parsed arguments and the profile; each returns an exit status.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from numbguard.ipc.answer_checks import STATE
from numbguard.ipc.line import UNREACHABLE
from numbguard.store.profile import Profile
from numbguard.wording.catalogue import N_, _, translated

from ..support import DONE, NOT_RUNNING, WRONG_WORDS, VerbError, ask_app, complain, log_of, say

if TYPE_CHECKING:
    from numbguard.ipc.documents import Document


_STATES = {
    "sitting": N_("Sitting"),
    "standing": N_("Standing"),
    "away": N_("Away"),
    "announced": N_("Announced"),
    "break": N_("Break"),
    "paused": N_("Paused"),
    "off": N_("Off"),
}


def asking(verb: str) -> Callable[[argparse.Namespace, Profile], int]:
    """Return a verb that sends one request to the running app."""

    def asked(given: argparse.Namespace, profile: Profile) -> int:
        document = ask_app(profile, {"verb": verb}, *(() if verb == "quit" else STATE))
        return say(given, document, _("NumbGuard has quit.") if verb == "quit" else _status_text(document))

    return asked


def answer_break(given: argparse.Namespace, profile: Profile) -> int:
    if given.name is not None and given.answer != "routine":
        raise VerbError(_("Only “break routine” takes a name."), WRONG_WORDS)
    if given.name is not None:
        from numbguard.core.cards.cards import is_slug

        if not is_slug(given.name):
            raise VerbError(
                _("“{name}” isn't a valid routine name. Use something like “evening”.").format(name=given.name),
                WRONG_WORDS,
            )
    document = ask_app(profile, {"verb": f"break {given.answer}", "name": given.name}, *STATE)
    return say(given, document, _status_text(document))


def pause(given: argparse.Namespace, profile: Profile) -> int:
    if given.duration is not None and given.until is not None:
        raise VerbError(_("Give either a length or --until, not both."), WRONG_WORDS)
    document = ask_app(profile, {"verb": "pause", "for_s": given.duration, "until": given.until}, *STATE)
    return say(given, document, _status_text(document))


def show(given: argparse.Namespace, profile: Profile) -> int:
    document = ask_app(profile, {"verb": "show", "window": given.window})
    return say(given, document, "") if given.json else DONE


def status(given: argparse.Namespace, profile: Profile) -> int:
    from numbguard.core.errors import JournalError

    try:
        document = ask_app(profile, {"verb": "status"}, *STATE)
    except VerbError as error:
        if error.status != NOT_RUNNING:
            raise
        from numbguard.ipc.documents import day_of, stopped_document
        from numbguard.runtime.clock import LocalZone
        from numbguard.store.log.health import HealthFile

        now = datetime.now().astimezone()
        unreached = (UNREACHABLE,) if str(error) == _(UNREACHABLE) else ()
        with log_of(profile) as journal:
            try:
                episode, today = journal.open_episode(now), journal.day(*day_of(now, LocalZone()))
                answers = journal.answers_about([episode.id]) if episode else []
            except JournalError as trouble:
                complain(translated(trouble))
                episode, today, answers = None, None, []
            document = stopped_document(
                episode, today, (*journal.notes(), *unreached), HealthFile(profile).read().document(), answers
            )
    return say(given, document, _status_text(document))


def _status_text(document: Document) -> str:
    notes = document["notes"]
    said = [translated(note) for note in notes if isinstance(note, str)] if isinstance(notes, list) else []
    if not document.get("running"):
        unreached = isinstance(notes, list) and UNREACHABLE in notes
        return "\n".join(said if unreached else [_("NumbGuard is not running."), *said])
    from numbguard.wording.lengths import say_minutes

    seated, due = float(str(document["seated_s"])), document.get("due_in_s")
    state = str(document["state"])
    # Translators: A state, such as “Sitting”, and for how long the person has been sitting.
    lines = [
        _("{state}; seated for {length}.").format(
            state=_(_STATES.get(state, state.capitalize())), length=say_minutes(seated)
        )
    ]
    reasons = document["suppressed"]
    if isinstance(reasons, list) and reasons:
        from numbguard.wording import formats

        why = formats.enumerated([translated(str(one["reason"])) for one in reasons])
        lines.append(_("Reminders off: {reasons}.").format(reasons=why))
    elif document.get("break") is None:
        left = float(str(due)) if due is not None else None
        if left is not None:
            lines.append(
                _("Next break in {length}.").format(length=say_minutes(left)) if left > 0 else _("A break is due.")
            )
    return "\n".join([*lines, *said])
