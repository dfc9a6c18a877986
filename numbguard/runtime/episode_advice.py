"""The advice on an episode, from what the log has of it, of the answers about it and of the episodes before it. No Qt.

The episode book calls it on the GUI thread, and `numbguard advice` and `numbguard log` in their own process, so that
all of them say the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from numbguard.core.errors import JournalError
from numbguard.core.log.red_flags import SignAnswers, read_answers

if TYPE_CHECKING:
    from numbguard.core.log.advice.advice import Advice
    from numbguard.core.log.advice.episode_pattern import EpisodePattern
    from numbguard.core.log.records.answers import SignAnswer
    from numbguard.core.log.records.episode import Episode
    from numbguard.core.log.red_flags import WarningSign


class AdviceLog(Protocol):
    """The part of the log that the advice rests on; either call may raise ``JournalError``."""

    def episodes(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[Episode]: ...

    def answers_about(self, ids: Collection[str]) -> list[SignAnswer]: ...


def answers_in(log: AdviceLog, episode: Episode) -> SignAnswers:
    """Return what the answers about an episode say; nothing if the log cannot be read."""
    try:
        return answers_of(log.answers_about([episode.id]))
    except JournalError:
        return SignAnswers()


def answers_of(given: Iterable[SignAnswer]) -> SignAnswers:
    """Return what these answers say, oldest first; all of them are about one episode."""
    return read_answers((one.sign, one.present, one.version) for one in given)


def advice_in(log: AdviceLog, episode: Episode, *, now: datetime, answers: SignAnswers | None = None) -> Advice:
    """Return the advice on an episode; ``answers`` replaces those of the log.

    Where the log cannot be read, the advice is on the episode alone.
    """
    from numbguard.core.log.advice.advice import advise

    known = answers_in(log, episode) if answers is None else answers
    return advise(episode, _pattern(log, episode), now=now, answers=known)


def _pattern(log: AdviceLog, episode: Episode) -> EpisodePattern:
    from numbguard.core.log.advice.episode_pattern import FORTNIGHT, STRENGTHS, STRENGTHS_BACK, EpisodePattern, pattern

    began = episode.started_at
    try:
        others = list(log.episodes(since=began - 2 * FORTNIGHT, until=began))
        if sum(other.severity is not None for other in others) < STRENGTHS:
            others += log.episodes(since=began - STRENGTHS_BACK, until=began - 2 * FORTNIGHT)
        return pattern(episode, others)
    except JournalError:
        return EpisodePattern()


def sign_answer(episode: Episode, sign: WarningSign, *, present: bool, at: datetime) -> SignAnswer:
    """Return an answer to today's question; all answers to one question share an id, wherever they were given."""
    from numbguard.core.log.records.answers import SignAnswer

    return SignAnswer(f"{episode.id}.{sign.value}", at, episode.id, sign, present, sign.version)
