"""``numbguard advice``: what NumbGuard says of an episode, and the answers to its questions.

``dispatch`` calls the verb with the parsed arguments and the profile; ``live.log`` asks for the advice on what it has
logged. The running app is asked, because its clock may run faster; otherwise the log is read from here.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from numbguard.ipc.documents import advice_document
from numbguard.store.profile import Profile
from numbguard.wording.catalogue import _, translated

from ..support import SilentAppError, VerbError, complain, log_of, say, through_app

if TYPE_CHECKING:
    from numbguard.core.log.red_flags import WarningSign
    from numbguard.ipc.documents import Document


def advice(given: argparse.Namespace, profile: Profile) -> int:
    document = document_of(profile, given.id, given.answer or ())
    return say(given, document, _text(document))


def document_of(
    profile: Profile,
    id: str | None,
    answers: Sequence[tuple[WarningSign, bool]] = (),
    *,
    ask_app: bool = True,
    is_brief: bool = False,
) -> Document:
    """Return the advice on the episode logged last, or on that one, after keeping the answers.

    ``ask_app`` is false where the app is known not to answer; ``is_brief`` means that only the heading and the first
    sentence are wanted, for which the settings need not be read as a rule.

    Raises ``VerbError`` if there is no such episode, and ``JournalError``.
    """
    request = {"verb": "advice", "id": id, "answers": {sign.value: present for sign, present in answers}}
    if not ask_app:
        return _from_log(profile, id, answers, is_brief=is_brief)
    try:
        document = through_app(profile, request, ("tier", lambda tier: isinstance(tier, str)))
    except SilentAppError:  # answers that it keeps after all have the same ids
        document = None
    return _from_log(profile, id, answers, is_brief=is_brief) if document is None else document


def _from_log(
    profile: Profile, id: str | None, answers: Sequence[tuple[WarningSign, bool]], *, is_brief: bool
) -> Document:
    from numbguard.core.log.red_flags import AdviceTier
    from numbguard.ipc.documents import no_episode
    from numbguard.runtime.episode_advice import advice_in, sign_answer

    now = datetime.now().astimezone()
    with log_of(profile) as journal:
        episode = journal.last_episode() if id is None else journal.find_episode(id)
        if episode is None:
            raise VerbError(no_episode("advice", id))
        for sign, present in answers:
            journal.add_sign_answer(sign_answer(episode, sign, present=present, at=now))
        if journal.only_in_memory:
            raise VerbError(
                _("{why} The answers were not saved. Fix that and try again.").format(why=translated(journal.why))
            )
        for note in journal.notes():
            complain(note)
        found = advice_in(journal, episode, now=now)
    names_number = found.tier is AdviceTier.NOW or not is_brief
    return advice_document(episode.id, found, number=_help_number(profile) if names_number else "")


def _help_number(profile: Profile) -> str:
    from numbguard.store.settings import file as settings_file

    return settings_file.load(profile).settings.help_number


def _text(document: Document) -> str:
    sentences, questions = document["sentences"], document["questions"]
    assert isinstance(sentences, list)
    assert isinstance(questions, list)
    lines = [str(document["heading"]), "", *map(str, sentences)]
    if questions:
        lines += ["", *(f"  {one['sign']:20} {translated(one['question'])}" for one in questions)]
        lines += [
            "",
            _("Answer with: {command}").format(
                command=f"numbguard advice {document['id']} --answer {questions[0]['sign']}=no"
            ),
        ]
    return "\n".join(lines)
